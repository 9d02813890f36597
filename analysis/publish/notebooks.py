"""Notebooks: executed in a fresh kernel, and written so that the same cells give the same bytes."""

import hashlib
import json
from pathlib import Path

from analysis import paths
from analysis.errors import InputError

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
TIMEOUT = 300
"""Seconds that a cell may take."""


def names() -> list[str]:
    """The notebooks in their order."""
    return sorted(path.stem for path in paths.NOTEBOOKS.glob("*.ipynb"))


def path_of(name: str) -> Path:
    """Where a notebook lies."""
    return paths.NOTEBOOKS / f"{name}.ipynb"


def cells(path: Path) -> list[tuple[str, str]]:
    """What a person wrote in a notebook: (kind, source) of each cell."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return [(cell["cell_type"], "".join(cell["source"])) for cell in content["cells"]]


def source_hash(path: Path) -> str:
    """The SHA-256 of what a person wrote in a notebook, without outputs."""
    return hashlib.sha256(json.dumps(cells(path)).encode("utf-8")).hexdigest()


def execute(path: Path) -> str:
    """Run a notebook from top to bottom in a fresh kernel.

    Args:
        path: the notebook.

    Returns:
        The notebook with its outputs, as text: cell ids follow from the cells, and nothing in it
        tells when or how fast it ran.

    Raises:
        InputError: a cell that fails, with its number and the error's last line.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    book = nbformat.read(path, as_version=4)
    for number, cell in enumerate(book.cells, start=1):
        cell.id = _cell_id(number, cell.source)
        cell.metadata = nbformat.from_dict({key: value for key, value in cell.metadata.items() if key == "tags"})
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        book,
        timeout=TIMEOUT,
        kernel_name=KERNEL["name"],
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        failed = next(
            i for i, c in enumerate(book.cells, 1) if any(o.output_type == "error" for o in c.get("outputs", []))
        )
        raise InputError(
            f"{error.ename}: {error.evalue}", where=path, row=f"(cell) {failed}", do="run the notebook in JupyterLab"
        ) from error
    book.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    book.nbformat_minor = 5
    return nbformat.writes(book) + "\n"


def _cell_id(number: int, source: str) -> str:
    return f"{number:02d}-{hashlib.sha256(source.encode('utf-8')).hexdigest()[:8]}"


def fault(path: Path) -> str:
    """What is wrong with a committed notebook as a record: stripped, out of order, failed; "" if nothing."""
    content = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    counts = [cell["execution_count"] for cell in code]
    if counts != list(range(1, len(code) + 1)):
        return f"cells were executed in the order {counts}, not 1 to {len(code)}"
    for cell in code:
        if any(output["output_type"] == "error" for output in cell["outputs"]):
            return f"cell {cell['execution_count']} failed"
    return ""
