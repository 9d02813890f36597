"""Numbers in prose: each one is a claim's, a table's or a definition's, or it does not stand there."""

import re

import pytest

from analysis import paths
from analysis.audit import reports
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


@pytest.mark.parametrize("name", notebooks.names())
def test_numbers_in_a_notebook(name):
    known = stated() | first_years() | {THRESHOLD}
    for kind, source in notebooks.cells(notebooks.path_of(name)):
        if kind == "markdown":
            assert set(NUMBER.findall(source)) <= known, source


def test_the_readme_says_what_the_audit_gives():
    text = paths.README.read_text(encoding="utf-8")
    assert readme.text(text) == text


def test_every_figure_that_the_readme_shows_is_there():
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", paths.README.read_text(encoding="utf-8"))
    assert shown
    for path in shown:
        assert (paths.ROOT / path).exists()
