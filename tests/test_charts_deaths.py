"""The figures of the deaths draw what the tables hold, and their titles stop where the numbers do not bear them."""

import pandas as pd
import pytest
from drawings import drawn
from sheets import numbers
from tidy_rows import cell, rows

from analysis import charts
from analysis.audit import series
from analysis.charts.figures import (
    civilians_share,
    deaths_2014_by_release,
    deaths_by_type,
    deliberate_killing_since_1989,
    rise_of_2014,
    six_countries,
    where_people_died_2014,
)
from analysis.errors import InputError

TYPES = {"state_based": "ucdp_battle_related_deaths", "non_state": "ucdp_non_state", "one_sided": "ucdp_one_sided"}
FIRST = {"state_based": "5.0-2015", "non_state": "2.5-2015", "one_sided": "1.4-2015"}


def yearly(kind: str, year: int, vintage: str = "", column: str = "best") -> float:
    wanted = {"series": f"deaths.{kind}", "area": "WLD", "source": TYPES[kind], "vintage": vintage or FIRST[kind]}
    return cell("ucdp", column, year=year, **wanted)


def all_dyads(kind: str, year: int, area: str = "WLD") -> float:
    found = rows("ucdp", series=f"deaths_all_dyads.{kind}", source="ucdp_country_year", vintage="25.1", year=year)
    return sum(float(row["best"]) for row in found if row["area"] == area and not row["actor_class"] + row["month"])


def total(year: int, area: str = "WLD") -> float:
    return sum(all_dyads(kind, year, area) for kind in TYPES)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("year", [1989, 1994, 1999, 2014])
def test_deaths_by_type_are_the_tables(kind: str, year: int) -> None:
    assert numbers("deaths_by_type", f"deaths.{kind}")[str(year)] == yearly(kind, year)


def test_the_range_and_the_revision_are_the_tables() -> None:
    high = numbers("deaths_by_type", "all", "high", mark="points")
    assert high["1999"] == sum(yearly(kind, 1999, column="high") for kind in TYPES) > 126_059
    assert "1994" not in high and high["2014"] != high["2014"]  # beyond the scale; not known
    revised = numbers("deaths_by_type", "all", mark="ticks")
    assert revised == {"2014": sum(yearly(kind, 2014, "23.1") for kind in TYPES)}
    assert "1999, high estimate: 134,742" in charts.content("deaths_by_type").labels.values()


def test_2014_was_the_deadliest_since_1994() -> None:
    sums = {year: sum(yearly(kind, year) for kind in TYPES) for year in range(1989, 2015)}
    assert max(sums[year] for year in range(1995, 2014)) < sums[2014] < sums[1994]
    assert charts.content("deaths_by_type").title == "2014 was the deadliest year of armed violence since 1994"


def test_what_goes_beyond_the_scale_is_cut() -> None:
    (axes,) = drawn("deaths_by_type").axes
    assert axes.get_ylim()[1] < 547_051
    tops = {round(box.get_x() + box.get_width() / 2): box.get_y() + box.get_height() for box in axes.patches[::-1]}
    assert all(top <= deaths_by_type.CUT for top in tops.values())
    assert "1994: 547,051" in charts.content("deaths_by_type").labels.values()


def altered(rows: pd.DataFrame, factor: float, **wanted: object) -> pd.DataFrame:
    hit = pd.Series(True, index=rows.index)
    for column, value in wanted.items():
        hit &= rows[column].eq(value)
    assert hit.any()
    return rows.assign(best=rows["best"].where(~hit, rows["best"] * factor))


def test_a_year_that_was_not_the_deadliest_stops_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    real = series.world
    monkeypatch.setattr(series, "world", lambda *some: altered(real(*some), 0.5, year=2014))
    with pytest.raises(InputError, match="no longer bear a title: 2014 was the deadliest"):
        deaths_by_type.sheet()


def test_four_counts_of_2014_are_the_tables() -> None:
    shown = numbers("deaths_2014_by_release", "deaths")
    assert list(shown.values()) == [
        *(sum(yearly(kind, 2014, vintage or FIRST[kind]) for kind in TYPES) for vintage in ("",)),
        sum(yearly(kind, 2014, f"{FIRST[kind][:4]}2016") for kind in TYPES),
        sum(yearly(kind, 2014, "23.1") for kind in TYPES),
        yearly("state_based", 2014),
    ]
    assert min(shown.values()) > numbers("deaths_2014_by_release", "stated")["report"] == 100_000


def test_a_count_below_the_figure_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = deaths_2014_by_release.verdict_on

    class Lower:
        claim = real(deaths_2014_by_release.CLAIM).claim
        findings = tuple(type("Low", (), {"is_headline": False, "value": 99_999.0})() for _ in range(2))

    monkeypatch.setattr(deaths_2014_by_release, "verdict_on", lambda claim: Lower)
    with pytest.raises(InputError, match="every count of 2014 is over 100,000"):
        deaths_2014_by_release.sheet()


def test_the_rise_is_the_tables() -> None:
    kinds = numbers("rise_of_2014", "rise", panel=1)
    assert kinds == {kind: all_dyads(kind, 2014) - all_dyads(kind, 2013) for kind in kinds}
    areas = numbers("rise_of_2014", "rise", panel=2)
    assert areas == {area: total(2014, area) - total(2013, area) for area in areas}
    assert list(areas) == sorted(areas, key=lambda area: -areas[area])
    rise = total(2014) - total(2013)
    assert charts.content("rise_of_2014").subtitle.endswith(f"{rise:,.0f} in all (data of 2025)")
    syria = {
        year: sum(
            float(row["best"])
            for kind in TYPES
            for row in rows("ucdp", series=f"deaths.{kind}", area="SYR", vintage=FIRST[kind], year=year, month="")
            if not row["actor"] + row["actor_class"]
        )
        for year in (2013, 2014)
    }
    then = f"By the data of 2015, the rise in Syria was {syria[2014] - syria[2013]:,.0f}."
    assert charts.content("rise_of_2014").notes[0].endswith(then)


def test_the_part_of_deliberate_killing_in_the_rise_is_over_all_counts() -> None:
    releases = ({kind: FIRST[kind] for kind in TYPES}, {kind: f"{FIRST[kind][:4]}2016" for kind in TYPES})
    parts = [
        (yearly("one_sided", 2014, some["one_sided"]) - yearly("one_sided", 2013, some["one_sided"]))
        / sum(yearly(kind, 2014, some[kind]) - yearly(kind, 2013, some[kind]) for kind in TYPES)
        for some in releases
    ]
    assert [round(100 * part) for part in parts] == [7, 10]
    title = "Deliberate killing of civilians made up 7% to 10% of 2014's rise in deaths"
    assert charts.content("rise_of_2014").title == title


def test_a_larger_part_of_the_rise_stops_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    real = rise_of_2014.table
    wanted = {"series": "deaths_all_dyads.one_sided", "area": "WLD", "year": 2014}
    monkeypatch.setattr(
        rise_of_2014,
        "table",
        lambda *some, **more: altered(real(*some, **more), 2, **wanted) if "SYR" not in some else real(*some, **more),
    )
    with pytest.raises(InputError, match="deliberate killing made up a tenth of the rise or less"):
        rise_of_2014.sheet()


def test_where_people_died_is_the_tables() -> None:
    shown = numbers("where_people_died_2014", "deaths")
    assert all(shown[area] == total(2014, area) for area in shown if area != "others")
    assert sum(shown.values()) == total(2014)
    assert list(shown)[0] == "SYR" and shown["SYR"] / total(2014) == pytest.approx(0.5, abs=0.03)
    assert "Israel, with Gaza and the West Bank" in charts.content("rise_of_2014").labels.values()


def test_another_country_first_stops_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    real = where_people_died_2014.table
    monkeypatch.setattr(
        where_people_died_2014, "table", lambda *some, **more: altered(real(*some, **more), 9, area="IRQ")
    )
    with pytest.raises(InputError, match="about half of the dead of 2014 died in one country"):
        where_people_died_2014.sheet()


@pytest.mark.parametrize("year", [2013, 2014])
@pytest.mark.parametrize("kind", ["civilians", "one_sided"])
def test_civilians_and_their_share_are_the_tables(kind: str, year: int) -> None:
    at, whole = f"{kind} {year}", total(year)
    assert numbers("civilians_share", "deaths")[at] == all_dyads(kind, year)
    assert numbers("civilians_share", "share")[at] == pytest.approx(all_dyads(kind, year) / whole)
    unknown = all_dyads("unknown_status", year) / whole if kind == "civilians" else 0.0
    assert numbers("civilians_share", "unknown")[at] == pytest.approx(unknown)


def test_more_civilians_but_a_smaller_known_share() -> None:
    for kind in ("civilians", "one_sided"):
        assert all_dyads(kind, 2014) > all_dyads(kind, 2013)
        assert all_dyads(kind, 2014) / total(2014) < all_dyads(kind, 2013) / total(2013)
    content = charts.content("civilians_share")
    assert content.title == "More civilians were killed in 2014 than in 2013, but a smaller known share"
    assert "11% of the dead of 2014" in content.notes[0] and "28.7% to 39.3%" in content.labels.values()


def test_a_larger_share_stops_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    real = series.world
    monkeypatch.setattr(series, "world", lambda *some: altered(real(*some), 1.5, type="civilians", year=2014))
    with pytest.raises(InputError, match="civilians were a smaller share in 2014"):
        civilians_share.sheet()


@pytest.mark.parametrize("year", [1989, 1994, 1996, 2014, 2015])
@pytest.mark.parametrize("who", ["government", "non_government"])
def test_deliberate_killing_is_the_tables(who: str, year: int) -> None:
    wanted = {"series": "deaths.one_sided", "area": "WLD", "vintage": "1.4-2016", "actor_class": who}
    assert numbers("deliberate_killing_since_1989", who)[str(year)] == cell("ucdp", year=year, **wanted)


def test_a_year_worse_than_2014_stops_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    real = deliberate_killing_since_1989.table
    monkeypatch.setattr(
        deliberate_killing_since_1989, "table", lambda *some, **more: altered(real(*some, **more), 9, year=2010)
    )
    with pytest.raises(InputError, match="deliberate killing rose to 2014"):
        deliberate_killing_since_1989.sheet()
    assert "bombing and shelling" in charts.content("deliberate_killing_since_1989").notes[0]


@pytest.mark.parametrize("kind", ["civilians", "one_sided"])
@pytest.mark.parametrize("area", ["CAF", "IRQ", "SSD", "SDN", "SYR", "YEM"])
def test_the_six_countries_are_the_tables(area: str, kind: str) -> None:
    shown = numbers("six_countries", f"deaths_all_dyads.{kind}")
    assert shown[area] == all_dyads(kind, 2014, area) + all_dyads(kind, 2015, area)
    assert len(shown) == 6


def test_the_six_stand_in_one_order_on_one_scale() -> None:
    first, second = (numbers("six_countries", f"deaths_all_dyads.{kind}") for kind in ("civilians", "one_sided"))
    assert list(first) == list(second) == sorted(first, key=lambda area: -first[area])
    assert (first["YEM"], second["YEM"]) == (2381, 19)
    spans = [axes.get_xlim()[1] / axes.get_position().width for axes in drawn("six_countries").axes]
    assert spans[0] == pytest.approx(spans[1], rel=0.05)
    assert "leaves out bombing and shelling" in charts.content("six_countries").notes[0]


def test_a_country_with_fewer_dead_stops_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    real = six_countries.table
    monkeypatch.setattr(six_countries, "table", lambda *some, **more: altered(real(*some, **more), 0.1, area="SDN"))
    with pytest.raises(InputError, match="hundreds of civilians or more in all six"):
        six_countries.sheet()
