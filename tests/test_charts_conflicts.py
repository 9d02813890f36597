"""The figures of the Council, third parties, the Central African Republic and releases draw what the tables hold."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from sheets import numbers
from tidy_rows import cell, rows

from analysis import charts
from analysis.audit import series
from analysis.charts.figures import (
    central_african_republic_months,
    figures_by_vintage,
    how_long_conflicts_last,
    third_parties,
    vetoes_by_year,
)
from analysis.errors import InputError

CAR, VETOES, THIRD, VINTAGES = (
    "central_african_republic_months",
    "vetoes_by_year",
    "third_parties",
    "figures_by_vintage",
)
OLDEST = {"deaths.state_based": "5.0-2015", "deaths.one_sided": "1.4-2015"}
"""Series -> the release that first gave it."""


def drafts(area: str) -> dict[int, float]:
    found = rows("security_council", series="vetoed_drafts", area=area)
    years: dict[int, float] = {}
    for row in found:
        if bool(row["month"]) == (area == "SYR"):
            years[int(row["year"])] = years.get(int(row["year"]), 0.0) + float(row["best"])
    return years


def test_vetoes_are_the_tables() -> None:
    every, syria = drafts("WLD"), drafts("SYR")
    on, other = numbers(VETOES, "vetoed_drafts.syria"), numbers(VETOES, "vetoed_drafts.other")
    assert {int(year): on[year] + other[year] for year in on} == {y: n for y, n in every.items() if y <= 2015}
    assert {int(year): n for year, n in on.items() if n} == {y: n for y, n in syria.items() if y <= 2015}
    means = numbers(VETOES, "mean")
    for first, last in ((1946, 2010), (2006, 2010), (2011, 2015)):
        assert means[str(first)] == pytest.approx(sum(every[y] for y in range(first, last + 1)) / (last - first + 1))
    assert charts.content(VETOES).title == "Vetoes rose after 2010, but stayed below the average since 1946"


def test_another_order_of_means_stops_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    found = vetoes_by_year.verdict_on(vetoes_by_year.CLAIM).findings
    higher = SimpleNamespace(findings=tuple(replace(one, value=9.0) for one in found))
    monkeypatch.setattr(vetoes_by_year, "verdict_on", lambda claim: higher)
    with pytest.raises(InputError, match="more vetoes than in 2006-2010, fewer"):
        vetoes_by_year.sheet()


@pytest.mark.parametrize("year", [1946, 1991, 2014, 2015])
def test_the_share_with_foreign_troops_is_the_tables(year: int) -> None:
    with_troops, without = (
        cell("ucdp", series=f"conflicts.{kind}", area="WLD", source="ucdp_armed_conflict", vintage="25.1", year=year)
        for kind in ("internationalized", "intrastate")
    )
    assert numbers(THIRD, "troops", mark="line")[str(year)] == pytest.approx(with_troops / (with_troops + without))


def test_any_support_is_the_tables() -> None:
    some, every = (
        cell("ucdp", series=f"civil_conflicts.{kind}", area="WLD", year=2014) for kind in ("any_support", "all")
    )
    assert numbers(THIRD, "any_support") == {"2014": pytest.approx(some / every)}
    assert numbers(THIRD, "third") == {"third": pytest.approx(1 / 3)}


def test_another_share_stops_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    real = series.world

    def altered(*some: object) -> object:
        found = real(*some)
        hit = found["type"].eq("internationalized") & found["year"].eq(2014)
        return found.assign(best=found["best"].where(~hit, 1.0))

    monkeypatch.setattr(series, "world", altered)
    with pytest.raises(InputError, match="foreign troops fought in a third"):
        third_parties.sheet()


@pytest.mark.parametrize("kind", central_african_republic_months.NAMES)
def test_months_of_the_central_african_republic_are_the_tables(kind: str) -> None:
    wanted = {"series": f"deaths_all_dyads.{kind}", "area": "CAF", "source": "ucdp_events", "vintage": "23.1"}
    found = {
        f"{row['year']}-{int(row['month']):02d}": float(row["best"]) for row in rows("ucdp", **wanted) if row["month"]
    }
    shown = numbers(CAR, f"deaths.{kind}")
    assert shown == {month: found.get(month, 0.0) for month in shown} and len(shown) == 36


def test_the_months_before_and_after_the_coup() -> None:
    shown = numbers(CAR, "deaths.one_sided")
    before = [shown[month] for month in sorted(shown) if "2012-03" <= month <= "2013-02"]
    after = [shown[month] for month in sorted(shown) if "2013-04" <= month <= "2014-04"]
    assert (len(before), len(after)) == (12, 13)
    title = f"After the coup, {sum(after) / 13:.0f} civilians a month were deliberately killed; before it, "
    assert charts.content(CAR).title == f"{title}{round(sum(before) / 12):.0f}"
    totals = numbers(CAR, "all", mark="points")
    assert totals["2013-12"] == sum(
        numbers(CAR, f"deaths.{kind}")["2013-12"] for kind in central_african_republic_months.NAMES
    )


def test_the_mission_and_its_resolution_are_named() -> None:
    assert any("MINUSCA (resolution 2149)" in text for text in charts.content(CAR).labels.values())


@pytest.mark.parametrize("subject", figures_by_vintage.SUBJECTS, ids=lambda one: f"{one.series}-{one.area}-{one.year}")
def test_each_publication_is_the_tables(subject: figures_by_vintage.Subject) -> None:
    table = "ucdp" if subject.source.startswith("ucdp") else "idmc"
    found = rows(table, series=subject.series, area=subject.area, year=subject.year, source=subject.source, month="")
    values = {row["vintage"]: float(row["best"]) for row in found if not row["actor"] + row["actor_class"]}
    shown = list(numbers(VINTAGES, f"{subject.series} {subject.area} {subject.year}").values())
    first = 40_800_000.0 if subject.headline else values.pop(OLDEST[subject.series])
    assert shown[0] == 100
    assert sorted(shown[1:]) == pytest.approx(sorted(100 * number / first for number in values.values()))


def test_a_war_whose_count_did_not_triple_stops_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    real = figures_by_vintage.table

    def lower(*some: object, **more: object) -> object:
        found = real(*some, **more)
        return found.assign(best=found["best"].where(~found["vintage"].eq("23.1"), 20_000.0))

    monkeypatch.setattr(figures_by_vintage, "table", lower)
    with pytest.raises(InputError, match="more than tripled"):
        figures_by_vintage.sheet()


@pytest.mark.parametrize("year", [1946, 1990, 2013, 2014])
@pytest.mark.parametrize("since", ["start", "episode"])
def test_the_age_of_conflicts_is_the_tables(since: str, year: int) -> None:
    wanted = {"series": f"conflict_age.since_{since}", "area": "WLD", "vintage": "4.0-2015", "year": year}
    assert numbers("how_long_conflicts_last", f"since_{since}", mark="line")[str(year)] == cell("ucdp", **wanted)


def test_young_conflicts_stop_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    real = how_long_conflicts_last.stocks
    monkeypatch.setattr(how_long_conflicts_last, "stocks", lambda *some: real(*some) / 2)
    with pytest.raises(InputError, match="old conflicts, young episodes"):
        how_long_conflicts_last.sheet()
