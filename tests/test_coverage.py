"""The tables' clauses on what a number leaves out, and what findings are compared with, in words."""

import pytest

from analysis import audit, coverage, tables
from analysis.errors import InputError
from analysis.languages import ENGLISH, LANGUAGES, words


@pytest.mark.parametrize(
    ("covers", "said"),
    [
        ("", []),
        ("low: 39 of 40 rows, without Syria", ["low: 39 of 40 rows, without Syrian Arab Republic"]),
        ("low: 3 of 4 rows, without Atlantis", ["low: 3 of 4 rows, without Atlantis"]),
        ("low: 0 of 48 rows; high: 0 of 48 rows", ["no low", "no high"]),
        ("best: 52 of 52 areas", []),
        ("best: 21 of 49 areas; 11 of 12 months", ["best: 21 of 49 areas", "11 of 12 months"]),
        ("best: 3 of 4 fields, without JOR", ["best: 3 of 4 fields, without Jordan"]),
        ("8 of 31 days", ["8 of 31 days"]),
        ("9 of 10 parts have a figure", ["9 of 10 parts have a figure"]),
        ("events that run into a later month: 1 of 7 (best: 3 of 8)", []),
        ("best: as of 2012-09-26", ["as of 26 September 2012"]),
        ("as of 2012-06-26 to 2012-06-30", ["as of 26 June 2012 to 30 June 2012"]),
        ("best: EGY, JOR", ["only Egypt, Jordan"]),
        ("to 2022-07-08, the last veto listed", ["to 8 July 2022, the last veto listed"]),
    ],
)
def test_what_is_left_out_is_said(covers: str, said: list[str]) -> None:
    assert coverage.left_out(ENGLISH, covers) == said


@pytest.mark.parametrize("text", ["something else", "low: many of 40 rows", "best: 1 of 2 planets"])
def test_a_clause_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="coverage"):
        coverage.left_out(ENGLISH, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_of_the_tables_and_findings_has_words(language: str) -> None:
    say = words(language)
    found = set(tables.load()["coverage"].dropna()) | {f.covers for v in audit.committed() for f in v.findings}
    for text in found:
        assert all(coverage.left_out(say, text)) or not coverage.left_out(say, text)
    for against in {f.against for v in audit.committed() for f in v.findings}:
        assert bool(coverage.compared(say, against)) == bool(against)


@pytest.mark.parametrize(
    ("against", "said"),
    [
        ("2013", "2013"),
        ("2006-2010", "2006–2010"),
        ("1999, the highest of 1995-2013", "1999, the highest of 1995–2013"),
        ("7,202 of 107,222, 2005-2014", "7,202 of 107,222, 2005–2014"),
        ("10 of 11", "10 of 11"),
        ("4,598 deaths; 30 actors", "deaths: 4,598; actors: 30"),
        ("2011-03..2012-02", "March 2011 to February 2012"),
        ("", ""),
    ],
)
def test_what_a_number_is_compared_with(against: str, said: str) -> None:
    assert coverage.compared(ENGLISH, against) == said


def test_a_comparison_of_another_form_is_refused() -> None:
    with pytest.raises(InputError, match="compared with"):
        coverage.compared(ENGLISH, "last year")
