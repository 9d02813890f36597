"""The figure of the Central African Republic's months draws what the tables hold, and says no more."""

from functools import cache

import boxes
import drawings
import pytest
import tidy_rows
from matplotlib.figure import Figure

from analysis import charts
from analysis.charts import central_africa
from analysis.tell.languages import words

NAME = "central_african_republic_months"
KINDS = ("one_sided", "non_state", "state_based")


def draw(size: str = "slide") -> Figure:
    return drawings.drawn(NAME, "en", size)


@cache
def deaths(kind: str, column: str = "best") -> dict[tuple[int, int], float]:
    wanted = {"series": f"deaths_all_dyads.{kind}", "area": "CAF", "source": "ucdp_events", "vintage": "23.1"}
    return {
        (int(row["year"]), int(row["month"])): float(row[column])
        for row in tidy_rows.rows("ucdp", **wanted)
        if 2012 <= int(row["year"]) <= 2014
    }


def months(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    return [(y, m) for y in (2012, 2013, 2014) for m in range(1, 13) if first <= (y, m) <= last]


@pytest.mark.parametrize("kind", KINDS)
def test_the_months_are_the_tables(kind: str) -> None:
    data = charts.content(NAME).data
    shown = data[data["mark"].eq("month") & data["type"].eq(kind)].set_index(["year", "month"])
    assert len(shown) == 36
    for column in ("low", "best", "high"):
        expected = deaths(kind, column)
        assert shown[column].to_dict() == {month: expected.get(month, 0.0) for month in months((2012, 1), (2014, 12))}


def test_the_totals_are_the_types_together() -> None:
    data = charts.content(NAME).data
    totals = data[data["mark"].eq("total")].set_index(["year", "month"])
    for month in ((2013, 9), (2013, 12), (2014, 1)):
        for column in ("low", "best", "high"):
            assert totals.loc[month, column] == sum(deaths(kind, column).get(month, 0.0) for kind in KINDS)


def test_the_bars_drawn_add_up() -> None:
    axes = draw().axes[0]
    assert axes.get_ylim()[0] == 0
    whole = sum(sum(deaths(kind).values()) for kind in KINDS)
    assert sum(patch.get_height() for patch in axes.patches) == pytest.approx(whole)


def test_the_title_says_what_the_months_say() -> None:
    one_sided = deaths("one_sided")
    after, before = months((2013, 4), (2014, 4)), months((2012, 3), (2013, 2))
    means = [sum(one_sided.get(month, 0.0) for month in some) / len(some) for some in (after, before)]
    assert charts.content(NAME).title == (
        f"Central African Republic: {means[0]:.0f} deaths a month in one-sided violence from the coup to the mandate, "
        f"after {means[1]:.1f} in the year before"
    )
    year = sum(one_sided.get(month, 0.0) for month in months((2013, 4), (2014, 3)))
    assert f"{year:,.0f} deaths in one-sided violence" in charts.content(NAME).alt


@pytest.mark.parametrize(("after", "said"), [(316.0, "after x in the year before"), (5.0, "no more than the x of the")])
def test_the_title_follows_the_numbers(after: float, said: str) -> None:
    shown = {"area": "A", "after": "y", "before": "x"}
    assert said in central_africa.title_of(words("en"), after, 9.5, shown)


def test_the_coup_and_the_mandate_are_marked() -> None:
    said = [text.replace("\u00a0", " ").replace("\n", " ") for text, _ in boxes.texts(draw())]
    assert {"Coup, March 2013", "Council's mandate, April 2014"} <= set(said)
    upright = [line.get_xdata()[0] for line in draw().axes[0].lines if list(line.get_ydata()) == [0, 1]]
    assert upright == pytest.approx([2013 + 2.5 / 12, 2014 + 3.5 / 12])
