"""The figure of the third parties draws what the tables and the audit hold, and says no more."""

from typing import Any

import drawings
import pytest
import tidy_rows
from matplotlib.figure import Figure

from analysis import charts
from analysis.charts import civil_conflicts
from analysis.tell import frames
from analysis.tell.languages import words

NAME = "third_parties"


def draw(size: str = "slide") -> Figure:
    return drawings.drawn(NAME, "en", size)


def share(kind: str, year: int, vintage: str) -> float:
    """The share of a kind in a release by another route than the audit's."""

    def count(series: str) -> float:
        return tidy_rows.cell("ucdp", series=series, area="WLD", year=year, vintage=vintage)

    if kind == "any_support" or kind == "troop_support":
        return count(f"civil_conflicts.{kind}") / count("civil_conflicts.all")
    family = "wars" if kind == "wars" else "conflicts"
    with_troops = count(f"{family}.internationalized")
    return with_troops / (with_troops + count(f"{family}.intrastate"))


def test_the_points_are_the_tables() -> None:
    data = charts.content(NAME).data
    points = data[data["mark"].eq("share")]
    assert len(points) == len(frames.findings("civil_wars_third_party")) == 34
    for row in points.itertuples():
        assert row.share == pytest.approx(share(row.kind, int(row.year), row.vintage))
    assert set(points["kind"]) == set(civil_conflicts.KINDS)


@pytest.mark.parametrize("year", [1946, 1956, 1990, 2014, 2020, 2024])
def test_the_long_series_is_the_tables(year: int) -> None:
    data = charts.content(NAME).data
    series = data[data["mark"].eq("series")].set_index("year")["share"]
    assert series[year] == pytest.approx(share("troops", year, "25.1"))
    assert list(series.index) == list(range(1946, 2025))


def test_the_band_is_nearer_to_a_third() -> None:
    data = charts.content(NAME).data
    band = data[data["mark"].eq("window")].iloc[0]
    for step in range(2_000, 4_800):
        value = step / 10_000
        nearest = min((0.25, 1 / 3, 0.4), key=lambda part: abs(part - value))
        if abs(value - band["low"]) > 1e-3 and abs(value - band["high"]) > 1e-3:
            assert (band["low"] < value < band["high"]) == (nearest == 1 / 3)


def test_the_title_says_what_the_points_say() -> None:
    found = frames.findings("civil_wars_third_party")
    troops = found["definition"].isin(["troops_2014", "troop_support_2014"])
    assert found.loc[troops, "holds"].eq("yes").all() and troops.sum() == 9
    assert found.loc[~troops, "value"].gt((1 / 3 + 2 / 5) / 2).all()
    assert charts.content(NAME).title == (
        "Foreign troops took part in about a third of the civil conflicts of 2014; every other count held gives more"
    )


def test_the_title_follows_the_numbers() -> None:
    rows: list[dict[str, Any]] = [{"kind": "troops", "year": 2014, "share": 0.3}]
    rows.append({"kind": "wars", "year": 2015, "share": 0.33})
    shown = {"year": 2014, "fits": 2, "count": 2, "lowest": "30%", "highest": "33%"}
    assert civil_conflicts.title_of(words("en"), rows, (0.29, 0.36), shown) == (
        "2 of 2 counts of third parties in civil conflicts come near a third: 30% to 33%"
    )


def test_what_came_before_the_report_is_filled() -> None:
    data = charts.content(NAME).data
    points = data[data["mark"].eq("share")]
    assert set(points.loc[points["when"].eq("then"), "vintage"]) == {"4.0-2015", "4.0-2016"}
    lines = [line for line in draw().axes[0].lines if line.get_marker() in ("o", "s")]
    filled = [line for line in lines if line.get_markerfacecolor() != "#ffffff"]
    assert len(lines) == len(points) and len(filled) == points["when"].eq("then").sum() == 6
