"""Notebooks: executed in a fresh kernel, and written so that the same cells give the same bytes."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.errors import InputError

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
AS_IN_A_KERNEL = (
    *("display.max_columns", 20),
    *("display.max_colwidth", 50),
    *("display.max_rows", 60),
    *("display.float_format", None),
)
"""How pandas shows tables in a kernel, where nothing was set; outside of one it would show fewer columns."""

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
    return cells_of(path.read_text(encoding="utf-8"))


def cells_of(text: str) -> list[tuple[str, str]]:
    """The same of a notebook's text."""
    return [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(text)["cells"]]


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


def differs(path: Path) -> str:
    """Run a notebook's cells again in this process, without its pictures, and say where what it shows differs.

    A cell that only shows a figure must have the figure's alt text and, as SVG, its committed
    drawing; other pictures are not compared.

    Returns:
        The first difference; "" if there is none.
    """
    import pandas as pd

    # A notebook may set how tables are shown; here that ends with it.
    with pd.option_context(*AS_IN_A_KERNEL):
        return _differs(path)


def _differs(path: Path) -> str:
    from IPython.core.displayhook import CapturingDisplayHook
    from IPython.utils.capture import capture_output

    shell = _shell()
    shell.reset()
    for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"], start=1):
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        stored = [_words(output.get("data", {"text": output.get("text", "")})) for output in cell["outputs"]]
        if figure := re.fullmatch(r"charts\.(\w+)\(\)", source.strip()):
            given = [_figure(figure[1], stored)]
        else:
            with capture_output() as captured:
                shell.display_trap.hook = CapturingDisplayHook(shell, captured._outputs)
                result = shell.run_cell(source)
            if not result.success:
                return f"cell {number} fails: {result.error_before_exec or result.error_in_exec}"
            printed = [{"text": text} for text in (captured.stdout,) if text]
            given = [*printed, *(_words(output.data) for output in captured.outputs if output.data)]
        if given != stored:
            return f"cell {number} does not show what its code gives"
    return ""


@cache
def _shell() -> Any:
    """One for the process, since what shows our tables is told to the first."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class ZMQShell(InteractiveShell):
        """By this part of its name pandas knows the shell of a kernel, and does not ask how wide a terminal is."""

    settings = Config({"HistoryManager": {"enabled": False}})
    return ZMQShell.instance(config=settings, ipython_dir=str(paths.CACHE / "ipython"))


def _words(shown: dict[str, Any]) -> dict[str, str]:
    """What an output shows, but for pictures other than SVG."""
    return {kind: "".join(text) for kind, text in shown.items() if kind in ("text", "image/svg+xml") or "text/" in kind}


def _figure(name: str, stored: list[dict[str, str]]) -> dict[str, str]:
    """What an output that shows a figure must say; as SVG only where it has one."""
    from analysis import charts

    drawn = {"image/svg+xml": (paths.FIGURES / "en" / f"{name}.svg").read_text(encoding="utf-8")}
    has = any("image/svg+xml" in output for output in stored)
    return {**(drawn if has else {}), "text/plain": charts.content(name).alt}
