"""Notebooks run by a real kernel: same cells, same bytes; a failing cell, a stripped or reordered one is named."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from analysis import audit
from analysis.audit import reports
from analysis.charts import FIGURES
from analysis.errors import InputError
from analysis.publish import notebooks


def book(folder: Path, *cells: str) -> Path:
    made = nbformat.v4.new_notebook()
    made.cells = [nbformat.v4.new_code_cell(source) for source in cells]
    path = folder / "small.ipynb"
    nbformat.write(made, path)
    return path


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A notebook with a table, executed twice, the second time from what the first time wrote."""
    path = book(
        tmp_path_factory.mktemp("books"),
        "from analysis import table",
        'table("refugees", area="WLD", vintage="2017-08").query("year == 2015")[["year", "best"]]',
    )
    first = notebooks.execute(path)
    path.write_text(first, encoding="utf-8")
    return first, notebooks.execute(path)


@pytest.mark.enable_socket
def test_the_same_cells_give_the_same_bytes(executed):
    first, second = executed
    assert first == second


def test_a_table_stands_there_as_pandas_shows_it(executed):
    content = json.loads(executed[0])
    shown = content["cells"][1]["outputs"][0]["data"]
    assert all("16111285.0" in "".join(shown[form]) for form in ("text/html", "text/plain"))
    assert [cell["execution_count"] for cell in content["cells"]] == [1, 2]


def test_nothing_tells_when_or_with_what_it_ran(executed):
    content = json.loads(executed[0])
    assert content["metadata"] == {"kernelspec": notebooks.KERNEL, "language_info": {"name": "python"}}
    assert all(cell["metadata"] == {} for cell in content["cells"])
    assert len({cell["id"] for cell in content["cells"]}) == len(content["cells"])


def test_a_failing_cell_is_named(tmp_path):
    path = book(tmp_path, "1 + 1", "1 / 0")
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"small.ipynb, row \(cell\) 2: ZeroDivisionError: division by zero"):
        notebooks.execute(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", notebooks.names())
def test_every_committed_notebook_was_executed_in_order(name):
    assert notebooks.fault(notebooks.path_of(name)) == ""


@pytest.mark.parametrize("name", notebooks.names())
def test_a_notebook_imports_analysis_and_pandas_and_defines_nothing(name):
    for kind, source in notebooks.cells(notebooks.path_of(name)):
        if kind == "code":
            assert not any(line.startswith(("def ", "class ")) for line in source.splitlines())
            imports = [line for line in source.splitlines() if "import " in line]
            assert all(line == "import pandas as pd" or line.startswith("from analysis") for line in imports)


@pytest.mark.parametrize("name", notebooks.names())
def test_a_notebook_is_a_lesson_that_a_mail_can_carry(name):
    prose = "\n".join(source for kind, source in notebooks.cells(notebooks.path_of(name)) if kind == "markdown")
    assert all(f"**{part}.**" in prose for part in ("Question", "Reading it", "Limits", "Exercise"))
    assert notebooks.path_of(name).stat().st_size <= 600_000


@pytest.mark.parametrize("name", notebooks.names()[1:])
def test_an_exercise_changes_a_definition_and_sees_the_verdict(name):
    sources = [source for _, source in notebooks.cells(notebooks.path_of(name))]
    exercise = next(number for number, source in enumerate(sources) if "**Exercise.**" in source)
    assert "audit.under(" in sources[exercise + 1]


def test_every_claim_is_shown_with_its_verdict():
    shown = "\n".join(text for name in notebooks.names() for text in outputs(name)).splitlines()
    for report in reports.known():
        for verdict in audit.committed(report):
            row = re.compile(rf"\d+ +{re.escape(verdict.claim.id)} .*(?<!not )\b{verdict.verdict}\b")
            assert any(row.match(line) for line in shown), verdict.claim.id


def test_every_figure_is_shown():
    code = "\n".join(source for name in notebooks.names() for _, source in notebooks.cells(notebooks.path_of(name)))
    assert [figure for figure in FIGURES if f"charts.{figure}(" not in code] == []


def outputs(name: str) -> list[str]:
    """What the cells of a notebook show, as text."""
    content = json.loads(notebooks.path_of(name).read_text(encoding="utf-8"))
    shown = [output for cell in content["cells"] for output in cell.get("outputs", ())]
    return ["".join(output.get("data", {}).get("text/plain", "")) for output in shown]


def altered(tmp_path: Path, change: Callable[[list[dict]], object]) -> Path:
    content = json.loads(notebooks.path_of(notebooks.names()[0]).read_text(encoding="utf-8"))
    change([cell for cell in content["cells"] if cell["cell_type"] == "code"])
    path = tmp_path / "altered.ipynb"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_stripped_notebook_is_a_fault(tmp_path):
    path = altered(tmp_path, lambda code: [cell.update(execution_count=None, outputs=[]) for cell in code])
    assert "were executed in the order [None" in notebooks.fault(path)


def test_a_notebook_out_of_order_is_a_fault(tmp_path):
    path = altered(tmp_path, lambda code: code[0].update(execution_count=2))
    assert "were executed in the order [2, 2" in notebooks.fault(path)


def test_a_committed_error_is_a_fault(tmp_path):
    error = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}
    path = altered(tmp_path, lambda code: code[1].update(outputs=[error]))
    assert notebooks.fault(path) == "cell 2 failed"
