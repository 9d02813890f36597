"""The figures of the war in Syria draw what the tables and the headlines hold."""

import csv
from dataclasses import replace

import pytest
from sheets import numbers
from tidy_rows import cell, rows

from analysis import charts, paths
from analysis.audit import headlines
from analysis.audit.headlines import Headline
from analysis.charts.figures import syria_around_february_2012, syria_dead_by_source
from analysis.errors import InputError

AROUND, DEAD = "syria_around_february_2012", "syria_dead_by_source"


def documented() -> dict[str, tuple[float, str]]:
    """Month -> deaths, and what they leave out, from the csv."""
    found = rows("vdc", series="deaths.documented", area="SYR", actor="")
    months = {f"{row['year']}-{int(row['month']):02d}": row for row in found if row["month"]}
    return {month: (float(row["best"]), row["coverage"]) for month, row in sorted(months.items())}


def test_months_are_the_tables_and_days_missing_are_told_apart() -> None:
    expected = {month: deaths for month, (deaths, _) in documented().items() if "2011-03" <= month <= "2014-12"}
    data = charts.content(AROUND).data.query("mark == 'columns'")
    whole, part = (data.iloc[start : start + len(expected)].set_index("at")["value"] for start in (0, len(expected)))
    assert (whole + part).to_dict() == expected
    assert {month for month in part.index if part[month]} == {
        month for month, (_, gap) in documented().items() if gap and month in expected
    }


def test_the_means_are_those_of_the_twelve_months_before_and_after() -> None:
    months = [deaths for month, (deaths, _) in documented().items() if "2011-03" <= month <= "2013-02"]
    means = numbers(AROUND, "mean")
    assert means == {"before": pytest.approx(sum(months[:12]) / 12), "after": pytest.approx(sum(months[12:]) / 12)}
    assert "need not have come from it" in charts.content(AROUND).notes[0]


def test_vetoes_on_syria_are_the_tables() -> None:
    found = rows("security_council", series="vetoed_drafts", area="SYR")
    months = {f"{row['year']}-{int(row['month']):02d}" for row in found if row["month"] and int(row["year"]) < 2015}
    assert months == set(syria_around_february_2012.ROWS)


def test_deaths_that_were_not_rising_stop_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    real = syria_around_february_2012.table

    def lower(*some: object, **more: object) -> object:
        found = real(*some, **more)
        return found.assign(best=found["best"].where(~(found["year"].eq(2011) & found["month"].eq(12)), 1.0))

    monkeypatch.setattr(syria_around_february_2012, "table", lower)
    with pytest.raises(InputError, match="already rising before the vote"):
        syria_around_february_2012.sheet()


def stated() -> list[dict[str, str]]:
    """What was stated about Syria's dead by the report's date, from the csv, in order of date."""
    with (paths.DATA / "headlines.csv").open(encoding="utf-8", newline="") as stream:
        found = [row for row in csv.DictReader(stream) if row["series"] == "deaths_since_2011" and row["area"] == "SYR"]
    return sorted((row for row in found if row["published"] <= "2016-07-22"), key=lambda row: f"{row['date']}-99"[:10])


def test_each_source_is_drawn_at_its_last_date() -> None:
    last = {row["publisher"]: float(row["value"]) for row in stated()}
    points = numbers(DEAD, "deaths")
    assert {name: points[name] for name in syria_dead_by_source.NAMES} == {
        name: last[name] for name in syria_dead_by_source.NAMES
    }
    assert points["VDC"] == sum(deaths for month, (deaths, _) in documented().items() if month <= "2016-06")
    found = rows("ucdp", area="SYR", source="ucdp_country_year", vintage="25.1", month="", actor_class="")
    types = ("state_based", "non_state", "one_sided")
    cells = [row for row in found if row["series"].split(".")[1] in types and 2011 <= int(row["year"]) <= 2015]
    assert points["UCDP"] == sum(float(row["best"]) for row in cells)
    assert list(points.values()) == sorted(points.values(), reverse=True)


def test_floors_are_open_ended() -> None:
    (rows,) = [mark for mark in syria_dead_by_source.sheet().panels[0].marks if type(mark).__name__ == "Spread"]
    counted = {row["publisher"] for row in stated() if row["counts"].startswith("documented ")}
    assert counted | {"VDC", "UN Secretary-General"} == set(rows.open)  # type: ignore[attr-defined]


def test_a_lower_estimate_stops_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    lower = tuple(
        replace(one, value=200_000.0) if one.publisher == "Syrian Observatory for Human Rights" else one
        for one in headlines.load()
    )
    monkeypatch.setattr(headlines, "load", lambda: lower)
    with pytest.raises(InputError, match="sources of the time disagree"):
        syria_dead_by_source.sheet()


def test_what_a_headline_counts_is_one_of_three() -> None:
    one: Headline = headlines.by_id("sohr_syria_2015_12")
    assert syria_dead_by_source.is_count(one)
    assert not syria_dead_by_source.is_count(headlines.by_id("un_envoy_syria_2016_04"))
    for counts in ("deaths", "documented deaths, estimated"):
        with pytest.raises(InputError, match="expected documented, no method given, or estimate"):
            syria_dead_by_source.is_count(replace(one, counts=counts))


def test_the_first_month_has_days_missing() -> None:
    assert cell("vdc", series="deaths.documented", area="SYR", year=2011, month=3) == documented()["2011-03"][0]
    assert documented()["2011-03"][1]
