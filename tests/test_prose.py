"""Numbers in prose: each one is a claim's, a table's or a definition's, or it does not stand there."""

import json
import re

import pytest

from analysis import paths
from analysis.audit import reports
from analysis.audit.verdicts import VERDICTS
from analysis.data import tables
from analysis.publish import notebooks, readme

NUMBER = re.compile(r"(?<![\w./-])\d+(?:,\d{3})*(?:\.\d+)?")
THRESHOLD = "25"
"""UCDP's threshold of deaths in a year, which defines its yearly data."""


def first_years() -> set[str]:
    """The first year of each series that the notebooks speak of."""
    rows = tables.load()
    world = rows[(rows["area"] == "WLD") & rows["best"].notna()]
    return {str(year) for year in world.groupby("series")["year"].min()} | {
        str(
            rows[(rows["source"] == "idmc_displacement") & (rows["area"] != "WLD") & (rows["vintage"] == "2026-06")][
                "year"
            ].min()
        )
    }


def stated() -> set[str]:
    """The figures of the claims, in the forms in which prose has them, and the years they speak of."""
    result: set[str] = set()
    for claim in (claim for report in reports.known() for claim in reports.committed(report).claims):
        if claim.value is not None:
            result |= {f"{claim.value:,.0f}", f"{claim.value / 1e6:g}"}
        result |= set(re.findall(r"\d[\d,.]*\d", claim.about))
        result |= {str(claim.as_of.year)} if claim.as_of else set()
        for definition in claim.definitions:
            result |= {str(year)[:4] for year in (*definition.years, *definition.against)}
    return result


def outputs(cell: dict) -> str:
    """What a cell shows, as text: a figure's alt text, a table."""
    return "\n".join("".join(output.get("data", {}).get("text/plain", "")) for output in cell.get("outputs", ()))


def unfounded(content: dict) -> set[str]:
    """The numbers in a notebook's prose that neither the claims have nor what is shown just before."""
    known, before, found = stated() | first_years() | {THRESHOLD}, "", set()
    for cell in content["cells"]:
        if cell["cell_type"] == "markdown":
            found |= set(NUMBER.findall("".join(cell["source"]))) - known - set(NUMBER.findall(before))
        else:
            before = outputs(cell)
    return found


def read(name: str) -> dict:
    return json.loads(notebooks.path_of(name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", notebooks.names())
def test_numbers_in_a_notebook(name):
    assert unfounded(read(name)) == set()


def test_a_number_that_the_figure_does_not_show_is_found():
    content = read("02_deaths_in_2014")
    assert "126,059" in json.dumps(content)
    for cell in content["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = [line.replace("126,059", "126,058") for line in cell["source"]]
    assert unfounded(content) == {"126,058"}


@pytest.mark.parametrize("name", notebooks.names())
def test_a_verdict_is_shown_and_not_typed(name):
    for kind, source in notebooks.cells(notebooks.path_of(name)):
        assert kind == "code" or not re.search(rf"\b({'|'.join(VERDICTS)})\b", source), source


def test_the_readme_says_what_the_audit_gives():
    text = paths.README.read_text(encoding="utf-8")
    assert readme.text(text) == text


def test_every_figure_that_the_readme_shows_is_there():
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", paths.README.read_text(encoding="utf-8"))
    assert shown
    for path in shown:
        assert (paths.ROOT / path).exists()
