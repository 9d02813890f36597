"""What one number is to another: places among areas, heads to a thousand, one in how many, times, minutes."""

import math

import ledgers
import pytest
from ledgers import row

from analysis.audit import headlines, ways
from analysis.audit.measures import HEADLINE, HIGHEST, MEAN, RANK_AREAS, SHARE, Measurement
from analysis.data.coverage import PART, Coverage

UNHCR, PEOPLE = "unhcr_population", "un_population"


def hosts(vintage: str = "a", world: float | None = None, year: int = 2015, **areas: float) -> list[dict[str, object]]:
    """Refugees by area of asylum, and the world's: their sum unless given."""
    fixed = {"source": UNHCR, "unit": "persons", "kind": "stock"}
    placed = [row("refugees", year, best, vintage, area=area, role="asylum", **fixed) for area, best in areas.items()]
    return [*placed, row("refugees", year, sum(areas.values()) if world is None else world, vintage, **fixed)]


def people(**areas: float) -> list[dict[str, object]]:
    return [
        row("population", 2015, best, area=area, source=PEOPLE, unit="persons", kind="stock")
        for area, best in {**areas, "WLD": sum(areas.values())}.items()
    ]


def measured(name: str, rows: list[dict[str, object]], **values: object) -> list[Measurement]:
    given = {"terms": "refugees", "sources": (UNHCR,), "years": "2015", "measure": name, **values}
    return ways.measure(ledgers.definition(**given), ledgers.data(rows))


def only(name: str, rows: list[dict[str, object]], **values: object) -> Measurement:
    (found,) = measured(name, rows, **values)
    return found


def test_a_place_among_areas() -> None:
    rows = hosts(TUR=25, PAK=16, LBN=11)
    found = [only("rank_areas", rows, terms=f"refugees@{area}/asylum") for area in ("TUR", "PAK", "LBN")]
    assert [one.estimate.value for one in found] == [1, 2, 3]
    assert [(one.reference.kind, one.reference.part, one.reference.of) for one in found if one.reference] == [
        (RANK_AREAS, 25, 3),
        (RANK_AREAS, 16, 3),
        (RANK_AREAS, 11, 3),
    ]
    assert found[0].estimate.band == (None, None)
    assert found[0].estimate.coverage == ()


def test_equals_share_the_better_place() -> None:
    rows = hosts(TUR=16, PAK=16, LBN=11)
    places = {area: only("rank_areas", rows, terms=f"refugees@{area}/asylum").estimate.value for area in ("TUR", "PAK")}
    assert places == {"TUR": 1, "PAK": 1}
    assert only("rank_areas", rows, terms="refugees@LBN/asylum").estimate.value == 3


def test_the_unknown_is_no_place() -> None:
    assert only("rank_areas", hosts(UNK=99, MUL=88, TUR=25), terms="refugees@TUR/asylum").estimate.value == 1


@pytest.mark.parametrize(("world", "known"), [(52, True), (76, True), (77, False), (500, False)])
def test_a_place_is_known_if_what_is_not_kept_is_less_than_the_areas_own(world: float, known: bool) -> None:
    rows = hosts(world=world, TUR=25, PAK=16, LBN=11)
    found = measured("rank_areas", rows, terms="refugees@TUR/asylum")
    assert [one.estimate.value for one in found] == ([1.0] if known else [])


def test_an_area_without_a_record_has_no_place() -> None:
    rows = hosts(TUR=25) + hosts("b", TUR=25, PAK=1)
    assert [one.vintages for one in measured("rank_areas", rows, terms="refugees@PAK/asylum")] == [{UNHCR: "b"}]


def test_a_place_by_several_series_adds_them_up() -> None:
    unrwa = {"source": "unrwa_registered", "unit": "persons", "kind": "stock"}
    palestine = [row("palestine_refugees", 2015, 21, area="JOR", role="asylum", **unrwa)]
    rows = [*hosts(TUR=25, JOR=7), *palestine, row("palestine_refugees", 2015, 21, **unrwa)]
    terms = "refugees@{0}/asylum + palestine_refugees@{0}/asylum"
    places = [
        only("rank_areas", rows, terms=terms.format(area), sources=(UNHCR, "unrwa_registered")).estimate.value
        for area in ("JOR", "TUR")
    ]
    assert places == [1, 2]


BY_HEAD: dict[str, object] = {"divided_by": "population@LBN", "sources": (UNHCR, PEOPLE)}


def test_a_place_by_head() -> None:
    rows = [*hosts(TUR=25, LBN=11, NRU=1), *people(TUR=780, LBN=58, NRU=20, CHN=9000)]
    found = only("rank_areas", rows, terms="refugees@LBN/asylum", **BY_HEAD)
    assert (found.estimate.value, found.reference and found.reference.part) == (1, 11)
    assert only("rank_areas", rows, terms="refugees@TUR/asylum", **BY_HEAD).estimate.value == 3


def test_areas_without_a_divisor_are_named() -> None:
    rows = [*hosts(LBN=11, ERI=3, AIA=1), *people(LBN=58)]
    found = only("rank_areas", rows, terms="refugees@LBN/asylum", **BY_HEAD)
    assert found.estimate.coverage == (Coverage(PART, "", 1, 3, "areas", without=("AIA", "ERI")),)
    assert found.reference is not None and found.reference.of == 1


def test_by_head_nothing_may_be_left_out() -> None:
    rows = [*hosts(world=13, LBN=11), *people(LBN=1)]
    assert measured("rank_areas", rows, terms="refugees@LBN/asylum", **BY_HEAD) == []


def test_one_in_how_many() -> None:
    found = only("one_in", [*hosts(TUR=4), *people(TUR=452)], divided_by="population", sources=(UNHCR, PEOPLE))
    assert found.estimate.value == 113
    assert found.reference is not None
    assert (found.reference.kind, found.reference.part, found.reference.whole) == (SHARE, 4, 452)


def test_to_a_thousand() -> None:
    rows = [*hosts(LBN=11, TUR=5), *people(LBN=44, TUR=9)]
    found = only("per_thousand", rows, terms="refugees@LBN/asylum", **BY_HEAD)
    assert found.estimate.value == 250
    assert found.reference is not None and (found.reference.part, found.reference.whole) == (11, 44)


def test_what_is_outside_of_what_is_named() -> None:
    rows = hosts(DEU=10, JPN=4, TUR=50, LBN=36)
    named = {"terms": "refugees@DEU,JPN/asylum", "divided_by": "refugees"}
    assert only("outside", rows, **named).estimate.value == 86
    share = only("share_outside", rows, **named)
    assert share.estimate.value == pytest.approx(0.86)
    assert share.reference is not None and (share.reference.part, share.reference.whole) == (86, 100)


@pytest.mark.parametrize("name", ["outside", "share_outside", "one_in", "per_thousand"])
def test_what_lacks_a_part_says_nothing(name: str) -> None:
    named = {"terms": "refugees@DEU,JPN/asylum", "divided_by": "refugees"}
    assert measured(name, hosts(DEU=10, TUR=50), **named) == []


@pytest.mark.parametrize(("year", "days"), [(2015, 365), (2016, 366)])
def test_to_a_minute(year: int, days: int) -> None:
    flow = row("displacements", year, days * 24 * 60 * 17, low=days * 24 * 60, source="idmc_displacement")
    found = only("per_minute", [flow], terms="displacements", sources=("idmc_displacement",), years=str(year))
    assert (found.estimate.low, found.estimate.value, found.estimate.high) == (1, 17, None)


def test_times_a_decade_ago() -> None:
    rows = [*hosts(year=2005, TUR=6), *hosts(year=2015, TUR=24)]
    found = only("times", rows, against="2005")
    assert found.estimate.value == 4
    assert found.reference is not None
    assert (found.reference.kind, found.reference.estimate.value, found.reference.first) == (MEAN, 6, 2005)


def test_times_of_periods_compare_their_yearly_means() -> None:
    rows = [*hosts(year=2004, TUR=4), *hosts(year=2005, TUR=8), *hosts(TUR=24)]
    assert only("times", rows, against="2004-2005").estimate.value == 4


@pytest.mark.parametrize("rows", [hosts(TUR=24), [*hosts(year=2005, TUR=0), *hosts(TUR=24)]])
def test_times_nothing_is_unknown(rows: list[dict[str, object]]) -> None:
    assert measured("times", rows, against="2005") == []


def test_how_much_more() -> None:
    found = only("rise", [*hosts(year=2014, TUR=59), *hosts(TUR=65)], against="2014")
    assert (found.estimate.value, found.reference and found.reference.estimate.value) == (6, 59)
    fell = only("rise", [*hosts(year=2014, TUR=65), *hosts(TUR=59)], against="2014")
    assert fell.estimate.value == -6


def test_the_greatest_year_of_all_of_them() -> None:
    rows = [row for year, best in ((2012, 42), (2013, 51), (2014, 59)) for row in hosts(year=year, TUR=best)]
    found = only("greatest", rows, years="2012-2014")
    assert found.estimate.value == 59
    assert found.reference is not None
    assert (found.reference.kind, found.reference.year) == (HIGHEST, 2014)
    assert (found.reference.first, found.reference.last) == (2012, 2014)


def test_the_greatest_year_is_unknown_if_one_is_missing() -> None:
    rows = [row for year in range(1990, 2014) for row in hosts(year=year, TUR=50)]
    assert measured("greatest", rows, years="1990-2014") == []


def test_no_number_is_one_in_nothing() -> None:
    rows = [*hosts(TUR=0), *people(TUR=452)]
    assert measured("one_in", rows, divided_by="population", sources=(UNHCR, PEOPLE)) == []
    assert all(math.isfinite(one.estimate.value or 0) for one in measured("total", rows))


STATED = headlines.by_id("idmc_idps_2015")


def test_a_stated_figure_is_added_to_what_the_tables_have() -> None:
    found = only("total", hosts(TUR=25), stated=(STATED.id,))
    assert found.estimate.value == 25 + STATED.value
    assert found.vintages == {UNHCR: "a", HEADLINE: STATED.id}


def test_one_in_how_many_with_a_stated_figure() -> None:
    rows = [*hosts(TUR=25), *people(TUR=10 * (25 + STATED.value))]
    found = only("one_in", rows, divided_by="population", sources=(UNHCR, PEOPLE), stated=(STATED.id,))
    assert found.estimate.value == 10
