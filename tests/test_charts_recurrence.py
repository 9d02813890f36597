"""The figure of earlier violence and recurrence draws what the tables hold, and says no more."""

from functools import cache

import drawings
import pytest
import tidy_rows
from matplotlib.figure import Figure

from analysis import charts
from analysis.charts import recurrence
from analysis.tell.languages import words

NAME = "earlier_violence_and_recurrence"
EARLIER = ("AFG", "BDI", "IRQ", "LBY", "SSD", "SDN")
FREE = {"CIV": range(2012, 2016), "TLS": range(2006, 2016), "GIN": range(2010, 2016), "KEN": range(2009, 2016)}


def draw(size: str = "slide") -> Figure:
    return drawings.drawn(NAME, "en", size)


@cache
def deaths(area: str, column: str = "best") -> dict[int, float]:
    wanted = {
        "series": "deaths_all_dyads.one_sided",
        "source": "ucdp_country_year",
        "vintage": "25.1",
        "actor_class": "",
        "actor": "",
    }
    return {int(row["year"]): float(row[column]) for row in tidy_rows.rows("ucdp", area=area, **wanted)}


@pytest.mark.parametrize("area", [*EARLIER, *FREE])
def test_the_years_are_the_tables(area: str) -> None:
    data = charts.content(NAME).data
    for column in ("low", "best", "high"):
        shown = data[data["area"].eq(area)].set_index("year")[column].to_dict()
        assert shown == deaths(area, column)
    assert max(deaths(area)) == 2024


def test_both_groups_are_those_of_the_ledger() -> None:
    data = charts.content(NAME).data
    groups = {group: tuple(rows["area"].unique()) for group, rows in data.groupby("group")}
    assert groups == {"earlier_violence": EARLIER, "no_recurrence": tuple(FREE)}


def test_the_title_says_what_the_tables_say() -> None:
    for area in EARLIER:
        assert sum(value for year, value in deaths(area).items() if year < 2014) >= 25
    again = [area for area, years in FREE.items() if sum(deaths(area)[year] for year in years) >= 25]
    assert again == ["KEN"]
    assert charts.content(NAME).title == (
        "All 6 countries had known one-sided violence before 2014; of the 4 where it is said not to have recurred, "
        "Kenya had 25 deaths or more again"
    )


@pytest.mark.parametrize(
    ("earlier", "again", "said"),
    [
        (EARLIER[1:], ["KEN"], "5 of 6 countries had known"),
        (EARLIER, [], "none had 25 deaths or more again"),
        (EARLIER, ["KEN", "GIN"], "Kenya, Guinea had 25 deaths or more again"),
    ],
)
def test_the_title_follows_the_numbers(earlier: list[str], again: list[str], said: str) -> None:
    names = ", ".join(words("en").area(area) for area in again)
    shown = {"six": 6, "four": 4, "before": 2014, "threshold": 25, "names": names, "earlier": len(earlier)}
    assert said in recurrence.title_of(words("en"), earlier, again, shown)


def test_what_came_after_the_report_is_said() -> None:
    later = [area for area in FREE if any(year >= 2016 and value >= 25 for year, value in deaths(area).items())]
    assert later == ["KEN"]
    assert charts.content(NAME).alt.endswith("a year of 25 deaths or more: Kenya.")


def test_the_highest_years_are_said() -> None:
    for area in (*EARLIER, *FREE):
        year = max(deaths(area), key=lambda year: deaths(area)[year])
        if deaths(area)[year]:
            said = f"{words('en').area(area)} {deaths(area)[year]:,.0f} in {year}"
            assert said + ";" in charts.content(NAME).alt or said + ". " in charts.content(NAME).alt


def test_one_scale_for_all_and_the_report_on_its_day() -> None:
    shown = [axes for axes in draw().axes if axes.get_visible()]
    assert len(shown) == 10
    assert len({axes.get_ylim() for axes in shown}) == 1 and {axes.get_yscale() for axes in shown} == {"log"}
    top = max(max(deaths(area, "high").values()) for area in (*EARLIER, *FREE))
    assert shown[0].get_ylim()[1] > top
    # A year's point stands at its middle: 22 July is a little to the right of 2016's.
    assert 2016.0 < float(charts.content(NAME).labels["report"]) < 2016.1
    assert "log scale" in charts.content(NAME).subtitle


def test_red_is_what_the_subtitle_says() -> None:
    axes = next(axes for axes in draw().axes if axes.get_title(loc="left") == "Kenya")
    points = [line for line in axes.lines if line.get_marker() in ("o", "s")]
    red = {int(year) for line in points if line.get_marker() == "o" for year in line.get_xdata()}
    assert red == {year for year, value in deaths("KEN").items() if value >= 25}
    assert sum(len(line.get_xdata()) for line in points) == sum(value > 0 for value in deaths("KEN").values())
