"""What a number leaves out, in the tables and in words; and what findings are compared with."""

import pytest

from analysis import audit
from analysis.audit.measures import HIGHEST, MEAN, RANK, RANK_AREAS, RISE, SHARE, Reference
from analysis.data import tables
from analysis.data.coverage import (
    AS_OF,
    AT_SEA,
    BETWEEN,
    BY_OTHERS,
    NOT_A_SUM,
    PART,
    RUNNING,
    SPREAD_OUT,
    UNTIL,
    WITHOUT,
    Coverage,
    from_text,
    incomplete,
    to_text,
)
from analysis.errors import InputError
from analysis.tell import LANGUAGES, coverage
from analysis.tell.languages import ENGLISH, words

CLAUSES = [
    ([], []),
    ([Coverage(PART, "low", 39, 40, "rows", ("Syria",))], ["low: 39 of 40 rows, without Syrian Arab Republic"]),
    ([Coverage(PART, "low", 3, 4, "rows", ("Atlantis",))], ["low: 3 of 4 rows, without Atlantis"]),
    ([Coverage(PART, end, 0, 48, "rows") for end in ("low", "high")], ["no low", "no high"]),
    ([Coverage(PART, "best", 52, 52, "areas")], []),
    (
        [Coverage(PART, "best", 21, 49, "areas"), Coverage(PART, "", 11, 12, "months")],
        ["best: 21 of 49 areas", "11 of 12 months"],
    ),
    ([Coverage(PART, "best", 3, 4, "fields", ("JOR",))], ["best: 3 of 4 fields, without Jordan"]),
    ([Coverage(PART, "", 8, 31, "days")], ["8 of 31 days"]),
    ([Coverage(PART, "", 9, 10, "parts")], ["9 of 10 parts have a figure"]),
    ([Coverage(RUNNING, "", 1, 7, "events"), Coverage(RUNNING, "", 3, 8, "deaths")], []),
    ([Coverage(AS_OF, "best", first="2012-09-26", last="2012-09-26")], ["as of 26 September 2012"]),
    ([Coverage(AS_OF, first="2012-06-26", last="2012-06-30")], ["as of 26 June 2012 to 30 June 2012"]),
    (
        [Coverage(AS_OF, "best", areas=("EGY", "JOR"), first="2012-06-30", last="2012-06-30")],
        ["only Egypt, Jordan", "as of 30 June 2012"],
    ),
    ([Coverage(UNTIL, last="2022-07-08")], ["to 8 July 2022, the last veto listed"]),
    ([Coverage(NOT_A_SUM, "best")], ["a world figure, not a sum of areas"]),
    ([Coverage(BY_OTHERS)], ["best only, summed from the events by others"]),
    (
        [Coverage(BETWEEN, first="2013-03-24", last="2014-04-10"), Coverage(SPREAD_OUT, "", 3, 1200, "events")],
        ["only 24 March 2013 to 10 April 2014", "3 of 1,200 events ran on and count with the share of their days"],
    ),
    (
        [Coverage(PART, "", 2, 3, "types", ("state_based",)), Coverage(WITHOUT, unit="place", without=(AT_SEA,))],
        [
            "2 of 3 types of violence, without wars in which a state fights",
            "without events in international waters or airspace",
        ],
    ),
    (
        [Coverage(WITHOUT, "best", unit="asylum", without=("Various/Unknown",))],
        ["without those whose country of asylum is various or unknown"],
    ),
]


@pytest.mark.parametrize(("clauses", "said"), CLAUSES)
def test_what_is_left_out_is_said(clauses: list[Coverage], said: list[str]) -> None:
    assert coverage.left_out(ENGLISH, clauses) == said


@pytest.mark.parametrize("clauses", [clauses for clauses, _ in CLAUSES])
def test_the_tables_give_back_what_was_written(clauses: list[Coverage]) -> None:
    assert from_text(to_text(clauses)) == tuple(clauses)
    assert (to_text(clauses) == "") == (clauses == [])


@pytest.mark.parametrize(
    "text", ["low: 39 of 40 rows", "[1]", '[{"estimate":"low"}]', '[{"kind":"part","of":1}]', "{}x"]
)
def test_a_text_that_is_no_coverage_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_text(text)


def test_an_end_of_a_band_is_incomplete_where_a_clause_is_about_it() -> None:
    assert incomplete([Coverage(PART, "low", 39, 40, "rows"), Coverage(PART, "", 8, 31, "days")]) == {"low"}
    assert incomplete([]) == set()


@pytest.mark.parametrize("clause", [Coverage("something"), Coverage(WITHOUT, "best", unit="origin", without=("X",))])
def test_a_clause_that_has_no_words_is_an_error(clause: Coverage) -> None:
    with pytest.raises(InputError, match="no words"):
        coverage.left_out(ENGLISH, [clause])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_of_the_tables_and_findings_has_words(language: str) -> None:
    say = words(language)
    found = {from_text(text) for text in tables.load()["coverage"]}
    findings = [f for v in audit.committed() for f in v.findings]
    for clauses in found | {f.coverage for f in findings}:
        assert all(coverage.left_out(say, clauses)) or not coverage.left_out(say, clauses)
    for finding in findings:
        assert bool(coverage.compared(say, finding.reference)) == bool(finding.reference)


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        (Reference(MEAN, first=2013, last=2013), "2013"),
        (Reference(MEAN, first=2006, last=2010), "2006–2010"),
        (Reference(MEAN, first=201103, last=201202), "March 2011 to February 2012"),
        (Reference(HIGHEST, year=1999, first=1995, last=2013), "1999, the highest of 1995–2013"),
        (Reference(RISE, part=7202.0, whole=107222.0, first=2005, last=2014), "7,202 of 107,222, 2005–2014"),
        (Reference(SHARE, part=10.0, whole=11.0), "10 of 11"),
        (Reference(RANK, part=4598.0, of=30), "deaths: 4,598; actors: 30"),
        (Reference(RANK_AREAS, part=1070854.0, of=172), "number: 1,070,854; areas: 172"),
        (None, ""),
    ],
)
def test_what_a_number_is_compared_with(reference: Reference | None, said: str) -> None:
    assert coverage.compared(ENGLISH, reference) == said
