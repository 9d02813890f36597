"""From tables to the number of a claim: terms, releases that belong together, sums, comparisons, shares, rises."""

import csv
import random
from collections.abc import Mapping

import ledgers
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledgers import definition, row

from analysis import paths
from analysis.audit import measures
from analysis.audit.measures import (
    HIGHEST,
    MEAN,
    NOTHING,
    RANK,
    RISE,
    SHARE,
    WORST,
    Data,
    Estimate,
    Measurement,
    Reference,
    added_rows,
    total,
)
from analysis.audit.terms import Term, parse_terms, years_of
from analysis.audit.ways import measure
from analysis.data import registry, tables
from analysis.data.coverage import ALONE, PART, WITHOUT, Coverage, incomplete, to_text
from analysis.errors import InputError

HALF_LOW, HALF_BEST = Coverage(PART, "low", 1, 2, "rows"), Coverage(PART, "best", 1, 2, "rows")
MONTHS_2, MONTHS_11 = Coverage(PART, "", 2, 12, "months"), Coverage(PART, "", 11, 12, "months")

BATTLES, FIGHTS, CIVILIANS = "deaths.state_based", "deaths.non_state", "deaths.one_sided"
ALL = f"{BATTLES} + {FIGHTS} + {CIVILIANS}"
YEARLY = "ucdp_battle_related_deaths ucdp_non_state ucdp_one_sided"
HOME = {BATTLES: "ucdp_battle_related_deaths", FIGHTS: "ucdp_non_state", CIVILIANS: "ucdp_one_sided"}


def measured(name: str, data: Data, **values: object) -> list[Measurement]:
    return measure(definition(measure=name, **values), data)


def only(found: list[Measurement]) -> Measurement:
    (one,) = found
    return one


def numbers(estimate: Estimate | None) -> tuple[float | None, float | None, float | None]:
    assert estimate is not None
    return estimate.low, estimate.value, estimate.high


# Terms and years.


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("idps", [Term("idps", "", "WLD", "")]),
        ("deaths.one_sided", [Term("deaths.one_sided", "", "WLD", "")]),
        ("idps@SYR", [Term("idps", "", "SYR", "")]),
        ("idps@SYR/location", [Term("idps", "", "SYR", "location")]),
        ("idps@AB9 from idmc_displacement", [Term("idps", "", "AB9", "", "idmc_displacement")]),
        ("idps from unhcr_population", [Term("idps", "", "WLD", "", "unhcr_population")]),
        ("deaths.one_sided:Government of Syria@SYR", [Term("deaths.one_sided", "Government of Syria", "SYR", "")]),
        ("vetoes:RUS", [Term("vetoes", "RUS", "WLD", "")]),
        ("idps@CAF,COD/location", [Term("idps", "", "CAF", "location"), Term("idps", "", "COD", "location")]),
        ("idps:x@CAF,AB9 from y", [Term("idps", "x", "CAF", "", "y"), Term("idps", "x", "AB9", "", "y")]),
        (
            " refugees@SYR/origin +idps@SYR/location from idmc_displacement+ ",
            [Term("refugees", "", "SYR", "origin"), Term("idps", "", "SYR", "location", "idmc_displacement")],
        ),
    ],
)
def test_terms(text: str, terms: list[Term]) -> None:
    assert parse_terms(text) == terms


@pytest.mark.parametrize(
    "text",
    ["Idps", "idps@Syria", "idps@SY", "idps@SYR,", "idps@SYR,IR", "idps/origin", "idps@SYR/", "idps from", "2014"],
)
def test_what_is_not_a_term(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_terms(f"refugees + {text}")
    assert str(caught.value) == f"{text!r} is not a term; expected series:actor@AREA/role from source"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("", []),
        ("2014", [2014]),
        ("2014-2014", [2014]),
        ("2011-2015", [2011, 2012, 2013, 2014, 2015]),
        ("2013,2015", [2013, 2015]),
        ("1990-1991, 2014,", [1990, 1991, 2014]),
        ("2012-03..2012-03", [201203]),
        ("2012-10..2013-02", [201210, 201211, 201212, 201301, 201302]),
        ("2011-12..2012-01, 2013", [201112, 201201, 2013]),
        ("2012-01..2014-12", [year * 100 + month for year in (2012, 2013, 2014) for month in range(1, 13)]),
    ],
)
def test_years(text: str, years: list[int]) -> None:
    assert years_of(text) == years


@pytest.mark.parametrize(
    "text",
    [
        *("2015-2011", "14", "2014-", "-2014", "two", "2011–2015", "20145"),
        *("2013-02..2012-11", "2012-13..2013-01", "2012-00..2012-02", "2012..2013", "2012-03", "2012-03..2012-4"),
    ],
)
def test_what_is_not_a_year(text: str) -> None:
    with pytest.raises(InputError) as caught:
        years_of(f"2010,{text}")
    assert (
        str(caught.value)
        == f"{text!r} is not a year or a span of years; expected 2014, 2011-2015, 2013,2014 or 2012-03..2013-02"
    )


# Single numbers.


def test_a_cell_is_the_row_of_its_whole_key() -> None:
    data = ledgers.data(
        [
            row("idps", 2014, 1),
            row("idps", 2015, 2, low=1, high=3),
            row("idps", 2015, 4, area="SYR"),
            row("idps", 2015, 5, area="SYR", role="origin"),
            row("idps", 2015, 6, actor="one"),
            row("idps", 2015, 7, "b"),
            row("idps", 2015, 8, source="ucdp_non_state"),
            row("refugees", 2015, 9),
        ]
    )
    home = ("ucdp_one_sided", "a", 2015)
    assert data.cell(Term("idps", "", "WLD", ""), *home) == Estimate(1, 2, 3)
    assert data.cell(Term("idps", "", "SYR", "location"), *home) == Estimate(None, 4, None)
    assert data.cell(Term("idps", "", "SYR", "origin"), *home) == Estimate(None, 5, None)
    assert data.cell(Term("idps", "one", "WLD", ""), *home) == Estimate(None, 6, None)
    assert data.cell(Term("idps", "", "WLD", ""), "ucdp_one_sided", "b", 2015) == Estimate(None, 7, None)
    assert data.cell(Term("idps", "", "WLD", ""), "ucdp_non_state", "a", 2015) == Estimate(None, 8, None)
    assert data.cell(Term("idps", "", "WLD", ""), "ucdp_one_sided", "a", 2013) == NOTHING
    assert data.cell(Term("idps", "", "IRQ", ""), *home) == NOTHING
    assert data.cell(Term("vetoes", "", "WLD", ""), *home) == NOTHING


def test_a_role_that_is_not_named_is_the_one_that_the_source_gives() -> None:
    data = ledgers.data([row("refugees", 2015, 5, role="asylum"), row("refugees", 2015, 3, area="SYR", role="origin")])
    home = ("ucdp_one_sided", "a", 2015)
    assert data.cell(Term("refugees", "", "WLD", ""), *home).value == 5
    assert data.cell(Term("refugees", "", "SYR", ""), *home).value == 3
    assert data.cell(Term("refugees", "", "WLD", "location"), *home) == NOTHING


@pytest.mark.parametrize(
    ("coverage", "expected"),
    [
        ((), (1, 2, 3)),
        ((Coverage(PART, "low", 39, 40, "rows", ("Syria",)),), (None, 2, 3)),
        ((Coverage(PART, "high", 1, 2, "rows"),), (1, 2, None)),
        ((Coverage(PART, "low", 0, 48, "rows"), Coverage(PART, "high", 0, 48, "rows")), (None, 2, None)),
        ((Coverage(PART, "best", 52, 53, "areas"),), (1, 2, 3)),
        ((MONTHS_11, Coverage(PART, "high", 1, 2, "rows")), (1, 2, None)),
        ((Coverage(WITHOUT, "", unit="asylum", without=("low: 3",)),), (1, 2, 3)),
    ],
)
def test_a_bound_of_a_part_is_no_bound(coverage: tuple[Coverage, ...], expected: tuple[float | None, ...]) -> None:
    data = ledgers.data([row(CIVILIANS, 2014, 2, low=1, high=3, coverage=to_text(coverage))])
    cell = data.cell(Term(CIVILIANS, "", "WLD", ""), "ucdp_one_sided", "a", 2014)
    assert numbers(cell) == expected
    assert cell.coverage == coverage


def test_the_source_of_a_term() -> None:
    data = ledgers.data([row("idps", 2015, 1, source=name) for name in ("unhcr_population", "idmc_displacement")])
    both = ["unhcr_population", "idmc_displacement"]
    idps, refugees = Term("idps", "", "WLD", ""), Term("refugees", "", "WLD", "")
    assert data.source_of(idps, ["unhcr_population", "unrwa_registered"]) == "unhcr_population"
    assert data.source_of(Term("idps", "", "WLD", "", "idmc_displacement"), both) == "idmc_displacement"
    assert data.source_of(idps, ["unrwa_registered"]) == "unrwa_registered"
    for term, sources, found in ((idps, both, 2), (refugees, both, 0)):
        with pytest.raises(InputError) as caught:
            data.source_of(term, sources)
        said = f"{term.series} is in {found} of the sources {', '.join(sources)}; expected exactly one"
        assert str(caught.value) == said


# Months.


def months(bests: Mapping[int, float | None], year: int = 2014, **values: object) -> list[dict[str, object]]:
    return [row(CIVILIANS, year, best, month=month, **values) for month, best in bests.items()]


def test_months_of_a_flow_add_up_where_there_is_no_year() -> None:
    data = ledgers.data(
        months({month: month for month in range(1, 13)}, low=1, high=20) + months({3: 5, 4: 7}, 2015, low=1, high=9)
    )
    home = (Term(CIVILIANS, "", "WLD", ""), "ucdp_one_sided", "a")
    assert data.cell(*home, 2014) == Estimate(12, 78, 240)
    assert data.cell(*home, 2015) == Estimate(2, 12, 18, (MONTHS_2,))


def test_months_do_not_add_to_a_year_that_is_given() -> None:
    data = ledgers.data([row(CIVILIANS, 2013, 9), *months({1: 1}, 2013), *months({1: 1}, 2014)])
    home = (Term(CIVILIANS, "", "WLD", ""), "ucdp_one_sided", "a")
    assert data.cell(*home, 2013).value == 9
    assert data.cell(*home, 2014) == NOTHING


@pytest.mark.parametrize(
    "other",
    [{"vintage": "b"}, {"source": "ucdp_non_state"}, {"actor": "one"}, {"area": "SYR"}, {"role": "origin"}],
    ids=str,
)
def test_a_year_that_is_given_elsewhere_does_not_silence_the_months(other: dict[str, str]) -> None:
    data = ledgers.data([row(CIVILIANS, 2014, 9, **other), row(BATTLES, 2014, 9), *months({1: 1, 2: 4})])
    assert data.cell(Term(CIVILIANS, "", "WLD", "location"), "ucdp_one_sided", "a", 2014).value == 5


@pytest.mark.parametrize("kind", ["stock", "count"])
def test_months_of_a_stock_or_a_count_never_add_up(kind: str) -> None:
    data = ledgers.data([*months({1: 1, 2: 4}, kind=kind), row(CIVILIANS, 2013, 9, "b")])
    assert data.cell(Term(CIVILIANS, "", "WLD", ""), "ucdp_one_sided", "a", 2014) == NOTHING


def test_months_of_several_keys_are_kept_apart() -> None:
    data = ledgers.data(
        [*months({1: 1, 2: 4}), *months({1: 10}, area="SYR"), *months({1: 100}, vintage="b"), *months({5: 7}, 2015)]
    )
    syria, world = Term(CIVILIANS, "", "SYR", ""), Term(CIVILIANS, "", "WLD", "")
    assert data.cell(world, "ucdp_one_sided", "a", 2014).value == 5
    assert data.cell(world, "ucdp_one_sided", "a", 2015).value == 7
    assert data.cell(world, "ucdp_one_sided", "b", 2014).value == 100
    assert data.cell(syria, "ucdp_one_sided", "a", 2014).value == 10


def test_a_month_is_a_number_too() -> None:
    data = ledgers.data(
        [
            *months({1: 1, 2: 4}, low=0, high=9, coverage=to_text([HALF_LOW])),
            *months({12: 7}, 2013),
            row(CIVILIANS, 2012, 5, month=3),
        ]
    )
    home = (Term(CIVILIANS, "", "WLD", ""), "ucdp_one_sided", "a")
    assert data.cell(*home, 201402) == Estimate(None, 4, 9, (HALF_LOW,))
    assert data.cell(*home, 201403) == NOTHING
    assert data.cell(*home, 201312).value == 7
    assert data.cell(*home, 201203).value == 5
    assert only(measured("total", data, years="2013-12..2014-02")).estimate.value == 12
    (part,) = measured("total", data, years="2013-11..2014-02")
    assert part.estimate.is_partial and part.estimate.value == 12
    change = only(measured("change", data, years="2014-01..2014-02", against="2013-12..2013-12"))
    assert (change.estimate.value, change.reference and change.reference.estimate.value) == (2.5, 7)


def test_a_month_without_events_is_one_of_no_deaths_between_the_first_and_the_last_of_the_area() -> None:
    events = {"source": "ucdp_events"}
    data = ledgers.data(
        [
            *months({3: 5}, **events),
            *months({6: 7}, **events),
            *months({9: 1}, area="SYR", **events),
            *months({1: 1, 12: 1}, vintage="b", **events),
            *months({1: 1, 12: 1}, source="vdc_syria"),
            row(BATTLES, 2014, 2, month=7, **events),
        ]
    )
    term = Term(CIVILIANS, "", "WLD", "")
    found = {month: data.cell(term, "ucdp_events", "a", 201400 + month) for month in range(2, 9)}
    assert found == {
        2: NOTHING,
        3: Estimate(None, 5, None),
        4: Estimate(0, 0, 0),
        5: Estimate(0, 0, 0),
        6: Estimate(None, 7, None),
        7: Estimate(0, 0, 0),
        8: NOTHING,
    }, "the span is that of all types of violence"
    assert data.cell(term, "vdc_syria", "a", 201404) == NOTHING
    assert data.cell(term, "ucdp_events", "a", 2013) == NOTHING
    assert data.cell(Term(CIVILIANS, "", "SYR", ""), "ucdp_events", "a", 201404) == NOTHING


def test_a_bound_that_a_month_lacks_is_no_bound_of_the_year() -> None:
    whole = {"low": 1, "high": 3}
    lacks_low = [row(CIVILIANS, 2014, 2, month=1, **whole), row(CIVILIANS, 2014, 2, month=2, high=3)]
    lacks_high = [row(CIVILIANS, 2015, 2, month=1, **whole), row(CIVILIANS, 2015, 2, month=2, low=1)]
    lacks_best = [row(CIVILIANS, 2016, 2, month=1, **whole), row(CIVILIANS, 2016, None, month=2, **whole)]
    none = [row(CIVILIANS, 2017, None, month=1), row(CIVILIANS, 2017, None, month=2)]
    data = ledgers.data([*lacks_low, *lacks_high, *lacks_best, *none])
    home = (Term(CIVILIANS, "", "WLD", ""), "ucdp_one_sided", "a")
    assert data.cell(*home, 2014) == Estimate(None, 4, 6, (MONTHS_2,))
    assert data.cell(*home, 2015) == Estimate(2, 4, None, (MONTHS_2,))
    assert data.cell(*home, 2016) == Estimate(2, 2, 6, (MONTHS_2, Coverage(PART, "best", 1, 2, "months")))
    assert data.cell(*home, 2017) == Estimate(None, None, None, (MONTHS_2, Coverage(PART, "best", 0, 2, "months")))


def test_twelve_months_of_which_one_is_unknown() -> None:
    data = ledgers.data(months({month: None if month == 5 else 1 for month in range(1, 13)}))
    cell = data.cell(Term(CIVILIANS, "", "WLD", ""), "ucdp_one_sided", "a", 2014)
    assert cell == Estimate(None, 11, None, (Coverage(PART, "best", 11, 12, "months"),))


# Which releases belong together.


def ucdp(group: str, types: str = "sno", year: int = 2014) -> list[dict[str, object]]:
    """Rows of one UCDP release group: state-based, non-state, one-sided."""
    series = {"s": BATTLES, "n": FIGHTS, "o": CIVILIANS}
    return [row(series[one], year, 10, f"{one}-{group}", source=HOME[series[one]]) for one in types]


def groups(*names: str) -> list[registry.Release]:
    return [
        ledgers.release(source, f"{source[5] if source[5] != 'b' else 's'}-{name}", name, name)
        for name in names
        for source in HOME.values()
    ]


def test_types_of_violence_add_up_only_within_one_release_group() -> None:
    data = ledgers.data([*ucdp("2015"), *ucdp("2016", "so"), *ucdp("2017")], *groups("2015", "2016", "2017"))
    three = measured("total", data, terms=ALL, sources=YEARLY)
    assert [dict(one.vintages) for one in three] == [
        {source: f"{letter}-{year}" for source, letter in zip(YEARLY.split(), "sno", strict=True)}
        for year in (2015, 2017)
    ]
    assert [one.estimate.value for one in three] == [30, 30]
    two = measured("total", data, terms=f"{BATTLES} + {CIVILIANS}", sources="ucdp_battle_related_deaths ucdp_one_sided")
    assert [one.vintages["ucdp_one_sided"] for one in two] == ["o-2015", "o-2016", "o-2017"]
    assert [one.estimate.value for one in two] == [20, 20, 20]


def test_a_group_without_one_of_the_types_has_no_total() -> None:
    releases = [one for one in groups("2015") if one.source != "ucdp_non_state"]
    elsewhere = ledgers.release("ucdp_non_state", "n-2016", "2016")
    data = ledgers.data([*ucdp("2015", "so"), *ucdp("2016", "n")], *releases, elsewhere)
    assert measured("total", data, terms=ALL, sources=YEARLY) == []


def test_sources_that_no_term_reads_are_no_part_of_it() -> None:
    data = ledgers.data([*ucdp("2015"), *ucdp("2016", "o")], *groups("2015", "2016"))
    found = measured("total", data, terms=CIVILIANS, sources=YEARLY)
    assert [dict(one.vintages) for one in found] == [{"ucdp_one_sided": "o-2015"}, {"ucdp_one_sided": "o-2016"}]


def test_what_a_share_is_divided_by_is_read_as_well() -> None:
    data = ledgers.data([*ucdp("2015"), *ucdp("2016", "o")], *groups("2015", "2016"))
    found = measured("share", data, terms=CIVILIANS, divided_by=ALL, sources=YEARLY)
    assert [one.vintages["ucdp_battle_related_deaths"] for one in found] == ["s-2015"]


UNHCR, UNRWA, IDMC = "unhcr_population", "unrwa_registered", "idmc_displacement"


def stock(source: str, vintage: str, year: int = 2014, best: float = 1) -> dict[str, object]:
    series = {UNHCR: "refugees", UNRWA: "palestine_refugees", IDMC: "idps"}[source]
    return row(series, year, best, vintage, source=source, kind="stock", unit="persons")


def joined(*held: tuple[str, str], lacking: tuple[tuple[str, str], ...] = ()) -> list[dict[str, str]]:
    """How the releases of publishers are joined, where the vintage is the day of release."""
    rows = [stock(source, day, 2013 if (source, day) in lacking else 2014) for source, day in held]
    data = ledgers.data(rows, *(ledgers.release(source, day, day) for source, day in held))
    names = [name for name in (UNHCR, UNRWA, IDMC) if name in {source for source, _ in held}]
    series = {UNHCR: "refugees", UNRWA: "palestine_refugees", IDMC: "idps"}
    terms = " + ".join(series[name] for name in names)
    return [dict(one.vintages) for one in measured("total", data, terms=terms, sources=" ".join(names))]


def test_publishers_are_joined_by_the_nearest_date() -> None:
    found = joined((UNHCR, "2015-01-01"), (UNHCR, "2018-01-01"), (UNRWA, "2015-06-01"), (UNRWA, "2017-01-01"))
    assert found == [{UNHCR: "2015-01-01", UNRWA: "2015-06-01"}, {UNHCR: "2018-01-01", UNRWA: "2017-01-01"}]


def test_each_release_of_each_publisher_is_used_once() -> None:
    found = joined((UNHCR, "2015-01-01"), (UNRWA, "2014-01-01"), (UNRWA, "2015-03-01"), (UNRWA, "2016-09-01"))
    assert found == [{UNHCR: "2015-01-01", UNRWA: day} for day in ("2014-01-01", "2015-03-01", "2016-09-01")]


def test_a_release_before_counts_as_near_as_one_after() -> None:
    found = joined((UNHCR, "2015-01-10"), (UNHCR, "2017-01-01"), (UNRWA, "2015-01-01"), (UNRWA, "2015-01-25"))
    assert {UNHCR: "2015-01-10", UNRWA: "2015-01-01"} in found
    assert {UNHCR: "2015-01-10", UNRWA: "2015-01-25"} in found
    assert {UNHCR: "2017-01-01", UNRWA: "2015-01-25"} in found
    assert len(found) == 3


def test_a_release_without_the_number_is_passed_over() -> None:
    held = ((UNHCR, "2015-01-01"), (UNRWA, "2015-02-01"), (UNRWA, "2016-01-01"))
    assert joined(*held, lacking=((UNRWA, "2015-02-01"),)) == [{UNHCR: "2015-01-01", UNRWA: "2016-01-01"}]
    assert joined(*held, lacking=((UNHCR, "2015-01-01"),)) == []


@pytest.mark.parametrize("lacking", [UNHCR, UNRWA, IDMC])
def test_of_three_publishers_a_release_without_the_number_is_passed_over(lacking: str) -> None:
    near, far = "2015-02-01", "2016-01-01"
    held = [(name, "2015-01-01") for name in (UNHCR, UNRWA, IDMC) if name != lacking]
    found = joined(*held, (lacking, near), (lacking, far), lacking=((lacking, near),))
    assert found == [{name: far if name == lacking else "2015-01-01" for name in (UNHCR, UNRWA, IDMC)}]


def test_of_three_publishers_none_is_lost_to_a_nearer_release_without_the_number() -> None:
    held = ((UNHCR, "2015-01-01"), (UNHCR, "2018-01-01"), (UNRWA, "2015-01-01"), (UNRWA, "2018-02-01"))
    found = joined(*held, (IDMC, "2015-01-01"), lacking=((UNRWA, "2018-02-01"),))
    assert found == [{UNHCR: day, UNRWA: "2015-01-01", IDMC: "2015-01-01"} for day in ("2015-01-01", "2018-01-01")]


def test_three_publishers_are_joined_by_the_nearest_dates() -> None:
    days = ("2015-01-01", "2017-01-01")
    found = joined(*((name, day) for name in (UNHCR, UNRWA, IDMC) for day in days))
    assert found == [dict.fromkeys((UNHCR, UNRWA, IDMC), day) for day in days]


def test_ucdp_is_joined_to_others_by_the_last_of_its_parts() -> None:
    days = {"early": ("2013-02-01", "2013-02-02", "2013-02-03"), "late": ("2013-01-15", "2015-10-01", "2013-01-15")}
    releases = [
        *(
            ledgers.release(source, f"{letter}-{group}", day, group)
            for group, parts in days.items()
            for source, letter, day in zip(YEARLY.split(), "sno", parts, strict=True)
        ),
        *(ledgers.release(UNRWA, day, day) for day in ("2013-01-15", "2015-11-01")),
    ]
    rows = [*ucdp("early"), *ucdp("late"), stock(UNRWA, "2013-01-15"), stock(UNRWA, "2015-11-01")]
    data = ledgers.data(rows, *releases)
    found = measured("total", data, terms=f"palestine_refugees + {ALL}", sources=f"{UNRWA} {YEARLY}")
    assert [list(one.vintages) for one in found] == [[UNRWA, *YEARLY.split()]] * 2
    assert [tuple(one.vintages.values()) for one in found] == [
        ("2013-01-15", "s-early", "n-early", "o-early"),
        ("2015-11-01", "s-late", "n-late", "o-late"),
    ]
    assert [one.estimate.value for one in found] == [31, 31]


def test_specifications_are_in_the_order_of_their_release() -> None:
    rows = [row(CIVILIANS, 2014, 1, name) for name in ("a", "b", "c", "d")]
    days = {"a": "2017", "b": "2015-03", "c": "2015-04-01", "d": "2014-12-31"}
    data = ledgers.data(rows, *(ledgers.release("ucdp_one_sided", name, day) for name, day in days.items()))
    found = measured("total", data)
    assert [one.vintages["ucdp_one_sided"] for one in found] == ["d", "b", "c", "a"]
    assert [measures.published(one.vintages, data) for one in found] == [
        ("2014-12-31",), ("2015-03-31",), ("2015-04-01",), ("2017-12-31",),
    ]  # fmt: skip


def test_a_specification_is_as_old_as_its_last_part() -> None:
    data = ledgers.data(ucdp("2015"), *groups("2015"))
    vintages = {"ucdp_battle_related_deaths": "s-2015", "ucdp_one_sided": "o-x", "ucdp_non_state": "n-x"}
    data.releases["ucdp_one_sided", "o-x"] = ledgers.release("ucdp_one_sided", "o-x", "2016-02")
    data.releases["ucdp_non_state", "n-x"] = ledgers.release("ucdp_non_state", "n-x", "2014-05-06")
    assert measures.published(vintages, data) == ("2016-02-29", "2015-12-31", "2014-05-06")


def test_a_release_that_is_not_registered_is_refused() -> None:
    data = Data(ledgers.frame([stock(UNHCR, "2016")]), [])
    with pytest.raises(InputError) as caught:
        measured("total", data, terms="refugees", sources=UNHCR)
    assert str(caught.value).startswith("unhcr_population:2016 is in the tables, not among the releases; register it")


# Sums.


def series_of(values: Mapping[int, tuple[float | None, float | None, float | None]], vintage: str = "a") -> Data:
    return ledgers.data(
        [row(CIVILIANS, year, best, vintage, low=low, high=high) for year, (low, best, high) in values.items()]
    )


def test_a_total_adds_terms_and_years() -> None:
    rows = [*ucdp("2015", year=2014), *ucdp("2015", year=2015)]
    rows[0].update(low=5, best=7, high=9)
    for one in rows[1:]:
        one.update(low=1, high=100)
    data = ledgers.data(rows, *groups("2015"))
    found = only(measured("total", data, terms=ALL, sources=YEARLY, years="2014,2015"))
    assert found.estimate == Estimate(10, 57, 509)
    assert only(measured("total", data, terms=ALL, sources=YEARLY)).estimate == Estimate(7, 27, 209)
    assert found.reference is None


@pytest.mark.parametrize("lacking", ["low", "best", "high"])
def test_a_total_has_no_bound_that_a_part_lacks(lacking: str) -> None:
    rows = [row(CIVILIANS, year, 5, low=4, high=6) for year in (2013, 2014)]
    rows[0][lacking] = None
    estimate = total(parse_terms(CIVILIANS), definition(), {"ucdp_one_sided": "a"}, [2013, 2014], ledgers.data(rows))
    expected = {"low": 8, "best": 10, "high": 12, lacking: None}
    assert estimate == Estimate(*expected.values())


def test_a_total_has_no_low_where_a_part_gives_a_partial_one() -> None:
    rows = [row(CIVILIANS, year, 5, low=4, high=6) for year in (2012, 2013, 2014)]
    syria, sea = Coverage(PART, "low", 39, 40, "rows", ("Syria",)), Coverage(WITHOUT, unit="asylum", without=("sea",))
    rows[1]["coverage"] = rows[2]["coverage"] = to_text([syria])
    rows[0]["coverage"] = to_text([sea])
    found = only(measured("total", ledgers.data(rows), years="2012-2014"))
    assert found.estimate == Estimate(None, 15, 18, (sea, syria))


def test_a_floor_adds_up_what_there_is_and_says_how_much_that_is() -> None:
    rows = [
        row(CIVILIANS, 2012, 5, low=4, high=6, coverage=to_text([HALF_LOW])),
        row(CIVILIANS, 2014, 3, low=1, high=9),
    ]
    data = ledgers.data([*rows, row(BATTLES, 2012, 8), row(BATTLES, 2014, 80)])
    found = only(measured("total", data, years="2012-2014"))
    assert found.estimate == Estimate(None, 8, 15, (HALF_LOW, Coverage(PART, "", 2, 3, "parts")))
    assert only(measured("total", data)).estimate == Estimate(1, 3, 9)
    assert measured("total", data, years="2010") == []
    assert measured("total", data, years="2011-2014") == [], "two of four are not most"
    three = f"{CIVILIANS} + {CIVILIANS}@SYR"
    assert measured("share", data, terms=three, divided_by=BATTLES) == [], "one of two is not most"
    share = only(measured("share", data, years="2012,2014", divided_by=BATTLES))
    assert share.estimate.value == 8 / 88
    assert measured("share", data, years="2012-2014", divided_by=BATTLES) == [], "the whole is no floor"
    fights = ledgers.data([*rows, row(FIGHTS, 2010, 5, source="ucdp_non_state")])
    assert measured("total", fights, terms=f"{CIVILIANS} + {FIGHTS}", sources=YEARLY, years="2012,2014") == [], (
        "a series of which there is nothing is no part of a sum"
    )


def test_a_total_of_zero_is_known() -> None:
    assert only(measured("total", series_of({2014: (0, 0, 0)}))).estimate == Estimate(0, 0, 0)


def test_where_a_year_is_not_held_nothing_is_measured() -> None:
    data = series_of({2013: (1, 2, 3)})
    assert measured("total", data) == []
    assert measured("total", data, years="2013-2014") == []
    assert only(measured("total", data, years="2013")).estimate.value == 2


def test_a_definition_of_headlines_only_has_no_measurement() -> None:
    assert measured("total", series_of({2014: (1, 2, 3)}), terms="") == []


# The highest.


def test_the_highest_is_compared_with_the_highest_of_the_other_years() -> None:
    data = series_of({2010: (1, 30, 60), 2011: (9, 20, 90), 2012: (5, 30, 50), 2013: (2, 10, 20), 2014: (35, 40, 45)})
    found = only(measured("highest", data, against="2010-2013"))
    assert found.estimate == Estimate(35, 40, 45)
    assert found.reference == Reference(HIGHEST, Estimate(9, 30, 90), year=2012, first=2010, last=2013, reach=90)


def test_the_year_itself_is_not_compared_with_itself_unless_named() -> None:
    data = series_of({2013: (None, 10, None), 2014: (None, 40, None)})
    assert only(measured("highest", data, against="2013")).reference == Reference(
        HIGHEST, Estimate(None, 10, None), year=2013, first=2013, last=2013
    )
    assert only(measured("highest", data, against="2013-2014")).reference == Reference(
        HIGHEST, Estimate(None, 40, None), year=2014, first=2013, last=2014
    )


@pytest.mark.parametrize("lacking", ["low", "high"])
def test_the_highest_has_no_bound_that_a_year_lacks(lacking: str) -> None:
    values: dict[str, dict[int, float | None]] = {"low": {2012: 1, 2013: 5}, "high": {2012: 20, 2013: 30}}
    values[lacking][2012] = None
    data = series_of(
        {year: (values["low"][year], 10, values["high"][year]) for year in (2012, 2013)} | {2014: (1, 2, 3)}
    )
    reference = only(measured("highest", data, against="2012-2013")).reference
    assert reference is not None
    assert reference.estimate == Estimate(None if lacking == "low" else 5, 10, None if lacking == "high" else 30)


def test_years_that_are_not_held_are_not_compared_and_the_reference_says_so() -> None:
    held = {year: (1.0, float(year), 3.0) for year in range(2005, 2015)}
    found = only(measured("highest", series_of(held), against="2004-2013"))
    assert found.estimate == Estimate(1, 2014, 3)
    nine = (Coverage(PART, "", 9, 10, "years"),)
    assert found.reference == Reference(HIGHEST, Estimate(1, 2013, 3, nine), year=2013, first=2005, last=2013, reach=3)


def test_below_nine_in_ten_of_the_years_nothing_is_said() -> None:
    held = {year: (1.0, float(year), 3.0) for year in range(2006, 2015)}
    data = series_of(held)
    assert measured("highest", data, against="2004-2013") == []
    one = definition(against="2004-2013")
    found = measures.measure_highest(one, {"ucdp_one_sided": "a"}, data)
    assert found.vintages == {"ucdp_one_sided": "a"}
    assert found.estimate == Estimate(1, None, 3)
    assert found.reference is None


# Shares.


def shares() -> Data:
    """100 and 200 deaths of which 20 and 90 are civilians; 60 of 120 in the year before the last."""
    rows = []
    for year, (battles, civilians) in {2011: (70, 30), 2012: (60, 60), 2013: (80, 20), 2014: (110, 90)}.items():
        rows += [
            row(BATTLES, year, battles, "s", source=HOME[BATTLES], low=1, high=999),
            row(CIVILIANS, year, civilians, "o", low=1, high=999),
        ]
    return ledgers.data(
        rows, ledgers.release(HOME[BATTLES], "s", "2015", "g"), ledgers.release(HOME[CIVILIANS], "o", "2015", "g")
    )


BOTH = {"divided_by": f"{BATTLES} + {CIVILIANS}", "sources": "ucdp_battle_related_deaths ucdp_one_sided"}


def test_a_share_is_a_part_of_the_whole_and_has_no_band() -> None:
    found = only(measured("share", shares(), **BOTH))
    assert found.estimate == Estimate(None, 0.45, None)
    assert found.reference == Reference(SHARE, part=90, whole=200)
    both = only(measured("share", shares(), **BOTH, years="2013-2014"))
    assert both.reference == Reference(SHARE, part=110, whole=300)


def test_a_share_of_nothing_is_unknown() -> None:
    data = ledgers.data([row(CIVILIANS, 2014, 0)])
    assert measured("share", data, divided_by=CIVILIANS) == []
    found = measures.measure_share(definition(divided_by=CIVILIANS), {"ucdp_one_sided": "a"}, data)
    assert found.estimate == NOTHING
    assert found.reference == Reference(SHARE, part=0, whole=0)


def test_a_share_of_what_is_not_held_is_unknown() -> None:
    one = definition(divided_by=CIVILIANS, years="1990")
    found = measures.measure_share(one, {"ucdp_one_sided": "a"}, ledgers.data([row(CIVILIANS, 2014, 1)]))
    assert found == Measurement({"ucdp_one_sided": "a"}, NOTHING)


def test_a_part_that_is_unknown_or_nothing() -> None:
    rows = [row(BATTLES, 2013, 5), row(BATTLES, 2014, 5), row(CIVILIANS, 2014, 0, coverage=to_text([HALF_BEST]))]
    vintages = {"ucdp_one_sided": "a"}
    zero = measures.measure_share(definition(divided_by=BATTLES), vintages, ledgers.data(rows))
    assert zero.estimate == Estimate(None, 0.0, None, (HALF_BEST,))
    assert zero.reference == Reference(SHARE, part=0, whole=5)
    unknown = measures.measure_share(definition(divided_by=BATTLES, years="2013"), vintages, ledgers.data(rows))
    assert unknown == Measurement(vintages, NOTHING)


# The share of a rise.


def test_a_share_of_the_rise_since_a_year() -> None:
    found = only(measured("share_of_rise", shares(), **BOTH, against="2013"))
    assert found.estimate == Estimate(None, 0.7, None)
    assert found.reference == Reference(RISE, part=70, whole=100, first=2013, last=2014)


def test_a_share_of_the_rise_since_the_lowest_year_of_the_whole() -> None:
    found = only(measured("share_of_rise", shares(), **BOTH, against="lowest of 2011-2013"))
    since = Reference(RISE, part=60, whole=100, first=2011, last=2014)
    assert found.reference == since, "2011 and 2013 were equally low; the first counts"
    assert found.estimate.value == 0.6
    found = only(measured("share_of_rise", shares(), **BOTH, against="lowest of 2012-2013"))
    assert found.reference == Reference(RISE, part=70, whole=100, first=2013, last=2014)


def test_a_rise_by_one() -> None:
    data = ledgers.data([row(CIVILIANS, year, year) for year in (2013, 2014)])
    found = only(measured("share_of_rise", data, against="2013", divided_by=CIVILIANS))
    assert found.reference == Reference(RISE, part=1, whole=1, first=2013, last=2014)


def test_the_part_may_fall_while_the_whole_rises() -> None:
    found = only(measured("share_of_rise", shares(), **BOTH, years="2012", against="2011", terms=BATTLES))
    assert found.estimate.value == -0.5
    assert found.reference == Reference(RISE, part=-10, whole=20, first=2011, last=2012)


@pytest.mark.parametrize(("year", "against"), [("2013", "2012"), ("2013", "2011")])
def test_without_a_rise_there_is_no_share_of_it(year: str, against: str) -> None:
    assert measured("share_of_rise", shares(), **BOTH, years=year, against=against) == []
    one = definition(**BOTH, years=year, against=against)
    vintages = {"ucdp_battle_related_deaths": "s", "ucdp_one_sided": "o"}
    assert measures.measure_share_of_rise(one, vintages, shares()).estimate == NOTHING


@pytest.mark.parametrize(
    "values",
    [{"against": "2010"}, {"years": "2015"}, {"against": "lowest of 2010-2013"}, {"against": "lowest of 2015"}],
)
def test_a_rise_from_or_to_a_year_that_is_not_held_is_unknown(values: dict[str, str]) -> None:
    one = {"against": "2013", **BOTH, **values}
    assert measured("share_of_rise", shares(), **one) == []
    vintages = {"ucdp_battle_related_deaths": "s", "ucdp_one_sided": "o"}
    found = measures.measure_share_of_rise(definition(**one), vintages, shares())
    assert found == Measurement(vintages, NOTHING)


# Changes.


def test_a_change_compares_the_means_of_two_spans() -> None:
    data = series_of({2010: (1, 10, 100), 2011: (2, 20, 200), 2013: (3, 30, 300), 2014: (5, 50, 500)})
    found = only(measured("change", data, years="2013-2014", against="2010-2011"))
    assert found.estimate == Estimate(4, 40, 400)
    assert found.reference == Reference(MEAN, Estimate(1.5, 15, 150), first=2010, last=2011)


def test_a_change_of_one_year_to_another() -> None:
    rows = [row(CIVILIANS, 2013, 10, coverage=to_text([HALF_LOW]), low=1, high=11), row(CIVILIANS, 2014, 8)]
    found = only(measured("change", ledgers.data(rows), against="2013"))
    assert found.estimate == Estimate(None, 8, None)
    assert found.reference == Reference(MEAN, Estimate(None, 10, 11, (HALF_LOW,)), first=2013, last=2013)


def test_a_change_of_a_share() -> None:
    found = only(measured("change", shares(), **BOTH, years="2013-2014", against="2012"))
    assert found.estimate == Estimate(None, 110 / 300, None)
    assert found.reference == Reference(MEAN, Estimate(None, 0.5, None), first=2012, last=2012)


def test_a_change_since_a_year_that_is_not_held_is_compared_with_nothing() -> None:
    found = only(measured("change", shares(), against="2009"))
    assert found.estimate.value == 90
    assert found.reference == Reference(MEAN, NOTHING, first=2009, last=2009)


# Ranks.


def ranked(**deaths: float) -> Data:
    rows = [row(CIVILIANS, 2014, best, actor=actor) for actor, best in deaths.items()]
    elsewhere = [
        row(CIVILIANS, 2013, 999, actor="one"),
        row(CIVILIANS, 2014, 999, "b", actor="two"),
        row(CIVILIANS, 2014, 999, actor="three", area="SYR"),
        row(CIVILIANS, 2014, 999, actor="four", source="ucdp_events"),
        row(BATTLES, 2014, 999, actor="five"),
        row(CIVILIANS, 2014, 5000),
        row(CIVILIANS, 2014, 3000, actor="government"),
        row(CIVILIANS, 2014, 2000, actor="non_government"),
    ]
    return ledgers.data([*rows, *elsewhere])


@pytest.mark.parametrize(("actor", "place"), [("A", 1), ("B", 2), ("C", 2), ("D", 4)])
def test_the_place_of_an_actor(actor: str, place: int) -> None:
    found = only(measured("rank", ranked(A=1200, B=50, C=50, D=49), terms=f"{CIVILIANS}:{actor}"))
    assert found.vintages == {"ucdp_one_sided": "a"}
    assert found.estimate == Estimate(None, place, None)
    assert found.reference == Reference(RANK, part={"A": 1200, "B": 50, "C": 50, "D": 49}[actor], of=4)


def test_an_actor_that_is_not_there_has_no_place() -> None:
    assert measured("rank", ranked(A=5), terms=f"{CIVILIANS}:Z") == []
    found = measures.measure_rank(definition(terms=f"{CIVILIANS}:Z"), {"ucdp_one_sided": "a"}, ranked(A=5))
    assert found == Measurement({"ucdp_one_sided": "a"}, NOTHING)


# Properties.

BANDS = st.tuples(*[st.integers(0, 10**6)] * 3).map(sorted)
MAYBE = st.tuples(BANDS, st.tuples(*[st.booleans()] * 3)).map(
    lambda pair: tuple(n if known else None for n, known in zip(*pair, strict=True))
)


def ordered(estimate: Estimate) -> bool:
    known = [number for number in numbers(estimate) if number is not None]
    return known == sorted(known)


@settings(max_examples=40)
@given(st.dictionaries(st.integers(2000, 2014), MAYBE, min_size=1), st.booleans())
def test_sums_keep_their_order_where_their_parts_do(values: dict, by_month: bool) -> None:
    if by_month:
        rows = [
            row(CIVILIANS, 2014, best, month=year - 1999, low=low, high=high)
            for year, (low, best, high) in values.items()
            if year <= 2011
        ]
        if not rows:
            return
        years = [2014]
    else:
        rows = [row(CIVILIANS, year, best, low=low, high=high) for year, (low, best, high) in values.items()]
        years = list(values)
    data = ledgers.data(rows)
    estimate = total(parse_terms(CIVILIANS), definition(), {"ucdp_one_sided": "a"}, years, data)
    assert ordered(estimate) or "best" in incomplete(estimate.coverage)
    if all(None not in one for one in values.values()):
        assert None not in numbers(estimate)


@settings(max_examples=40)
@given(st.lists(BANDS, min_size=3, max_size=12), st.sampled_from(["highest", "change"]))
def test_what_is_compared_keeps_its_order(bands: list, name: str) -> None:
    data = series_of({2015 - len(bands) + place: tuple(band) for place, band in enumerate(bands)})
    found = only(measured(name, data, against=f"{2015 - len(bands)}-2013"))
    assert ordered(found.estimate)
    assert found.reference is not None and ordered(found.reference.estimate)
    if name == "highest":
        for place, limit in enumerate(numbers(found.reference.estimate)):
            assert limit == max(band[place] for band in bands[:-1])


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(chance: random.Random) -> None:
    rows = [
        *ucdp("2015"),
        *ucdp("2016"),
        *(stock(name, day) for name in (UNHCR, UNRWA, IDMC) for day in ("2015-01-01", "2016-01-01")),
        row("refugees", 2014, 7, "2015-01-01", source=UNHCR, area="SYR", role="origin"),
        row("refugees", 2014, 8, "2015-01-01", source=UNHCR, area="SYR", role="asylum"),
        *(row("deaths.documented", 2014, month, month=month, source="vdc_syria", low=1, high=9) for month in (1, 2, 3)),
    ]
    releases = [
        *groups("2015", "2016"),
        *(ledgers.release(name, day, day) for name in (UNHCR, UNRWA, IDMC) for day in ("2015-01-01", "2016-01-01")),
    ]
    asked = [
        definition(terms=ALL, sources=YEARLY),
        definition(terms="refugees + palestine_refugees + idps", sources=f"{UNHCR} {UNRWA} {IDMC}"),
        definition(terms="refugees@SYR", sources=UNHCR),
        definition(terms="deaths.documented", sources="vdc_syria"),
    ]

    def all_of_them(some: list[dict[str, object]], known: list[registry.Release]) -> list[list[Measurement]]:
        data = ledgers.data(some, *known)
        return [measure(one, data) for one in asked]

    expected = all_of_them(rows, releases)
    assert [len(one) for one in expected] == [2, 2, 1, 1]
    mixed, known = list(rows), list(releases)
    chance.shuffle(mixed)
    chance.shuffle(known)
    assert all_of_them(mixed, known) == expected


@pytest.fixture(scope="module")
def committed() -> Data:
    return Data(
        pd.concat([tables.load_one(paths.TIDY / f"{name}.csv") for name in ("unhcr", "vdc")]), registry.releases()
    )


@pytest.mark.parametrize(
    ("term", "source", "vintage", "year", "best"),
    [
        ("refugees", UNHCR, "2017-08", 2015, 16_111_285),
        ("refugees@SYR/origin", UNHCR, "2026-06", 2015, 4_873_236),
        ("idps", UNHCR, "2026-06", 2015, 37_494_172),
    ],
)
def test_single_numbers_of_the_committed_tables(
    committed: Data, term: str, source: str, vintage: str, year: int, best: float
) -> None:
    (one,) = parse_terms(term)
    assert committed.cell(one, source, vintage, year).value == best


def test_the_months_of_a_committed_table_add_up(committed: Data) -> None:
    with (paths.TIDY / "vdc.csv").open(encoding="utf-8", newline="") as stream:
        rows = [
            record
            for record in csv.DictReader(stream)
            if (record["series"], record["area"], record["actor"], record["year"])
            == ("deaths.documented", "SYR", "", "2014")
        ]
    assert len(rows) == 12 and all(record["month"] for record in rows)
    cell = committed.cell(Term("deaths.documented", "", "SYR", ""), "vdc_syria", "2019-06", 2014)
    assert cell == Estimate(None, sum(float(record["best"]) for record in rows), None)


# Rows added up.


def test_a_sum_of_no_rows_is_refused() -> None:
    with pytest.raises(InputError, match="nothing to add up"):
        added_rows(pd.DataFrame({"low": [], "best": [], "high": [], "coverage": []}))


def test_a_sum_of_rows_has_no_end_that_a_row_lacks() -> None:
    rows = pd.DataFrame({"low": [1.0, 2.0], "best": [3.0, 4.0], "high": [5.0, None], "coverage": ["", ""]})
    assert added_rows(rows) == Estimate(3.0, 7.0, None)
    rows = rows.assign(high=[5.0, 6.0], coverage=["", to_text([HALF_LOW])])
    assert added_rows(rows) == Estimate(None, 7.0, 11.0, (HALF_LOW,))


def test_half_a_band_is_no_band() -> None:
    assert Estimate(None, 2.0, 3.0).band == (None, None)
    assert Estimate(1.0, 2.0, None).band == (None, None)
    assert Estimate(1.0, 2.0, 3.0).band == (1.0, 3.0)


# What is recorded at a place.


def at(*cells: tuple[int, int, int], vintage: str = "a") -> list[dict[str, object]]:
    """Rows of a place by year: how many name it alone, how many name it at all; and the world's of 2012 to 2015."""
    rows = [row(CIVILIANS, year, 100, vintage) for year in range(2012, 2016)]
    for year, alone, named in cells:
        shared = [Coverage(ALONE, "", alone, named, "rows"), Coverage(ALONE, "", 30 * alone, 30 * named, "deaths")]
        coverage = to_text(shared) if named > alone else ""
        rows.append(row(CIVILIANS, year, 30 * alone or None, vintage, area="KEN", coverage=coverage))
    return rows


def test_the_years_in_which_an_actor_is_recorded_at_a_place() -> None:
    data = ledgers.data(at((2012, 1, 1), (2013, 0, 2), (2014, 2, 3)))
    found = only(measured("years_with", data, terms=f"{CIVILIANS}@KEN", years="2012-2015"))
    assert (found.estimate.value, found.estimate.ceiling) == (2, 3)


def test_years_that_a_release_does_not_cover_are_not_counted() -> None:
    data = ledgers.data(at((2014, 1, 1)))
    (found,) = measured("years_with", data, terms=f"{CIVILIANS}@KEN", years="2014-2016")
    assert (found.estimate.value, found.estimate.is_partial) == (1, True)
    assert measured("years_with", data, terms=f"{CIVILIANS}@KEN", years="2015-2018") == []


def test_the_worst_year() -> None:
    data = series_of({2012: (1, 5, 9), 2013: (2, 7, 8), 2014: (1, 7, 9)})
    found = only(measured("worst_year", data, years="2011-2014"))
    assert numbers(found.estimate) == (2, 7, 8)
    assert found.reference == Reference(WORST, year=2013, first=2012, last=2014)
    assert found.estimate.coverage == (Coverage(PART, "", 3, 4, "years"),)
    assert measured("worst_year", data, years="2009-2014") == [], "three of six are not most"


def test_what_is_recorded_of_several_places_is_not_within_the_band_of_one() -> None:
    found = only(measured("total", ledgers.data(at((2014, 2, 3))), terms=f"{CIVILIANS}@KEN"))
    assert (found.estimate.value, found.estimate.ceiling, found.estimate.high) == (60, 90, None)
    none = only(measured("total", ledgers.data(at((2014, 0, 3))), terms=f"{CIVILIANS}@KEN"))
    assert (none.estimate.value, none.estimate.ceiling) == (0, 90)


def test_stated_figures_stand_for_the_year_or_beside_the_terms() -> None:
    data = ledgers.data([row("idps", 2013, 33e6, source="idmc_displacement", unit="persons")])
    given = {"terms": "idps", "sources": "idmc_displacement", "stated": ("idmc_idps_2015",)}
    found = only(measured("highest", data, **given, years="2015", against="2013"))
    assert (found.estimate.value, dict(found.vintages)) == (
        40_800_000,
        {"idmc_displacement": "a", "headline": "idmc_idps_2015"},
    )
    assert only(measured("total", data, **given, years="2013")).estimate.value == 73_800_000
