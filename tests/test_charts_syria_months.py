"""The months of Syria's documented deaths around February 2012, and what the figure says of them."""

import boxes
import drawings
import numpy as np
import pytest
import tidy_rows
from matplotlib.figure import Figure

from analysis import charts
from analysis.audit.interrupted import Trend
from analysis.charts import syria_months
from analysis.charts.contents import Content
from analysis.tell.languages import words

NAME = "syria_around_february_2012"


def content() -> Content:
    return charts.content(NAME)


def draw(size: str = "slide") -> Figure:
    return drawings.drawn(NAME, "en", size)


def deaths() -> dict[tuple[int, int], float]:
    found = tidy_rows.rows("vdc", series="deaths.documented", area="SYR")
    return {(int(row["year"]), int(row["month"])): float(row["best"]) for row in found}


def ends(first: tuple[int, int], t: float) -> dict[int, tuple[float, float]]:
    """The ends of the range by the textbook formula, with numpy's own fit."""
    some = {12 * y + m - 1: d for (y, m), d in deaths().items() if first <= (y, m) <= (2012, 1)}
    x, y = np.array(list(some)), np.log(list(some.values()))
    slope, start = np.polyfit(x, y, 1)
    scatter = np.sqrt(((y - start - slope * x) ** 2).sum() / (len(x) - 2))
    result = {}
    for place in range(12 * 2012 + 1, 12 * 2013 + 2):
        half = t * scatter * np.sqrt(1 + 1 / len(x) + (place - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum())
        result[place] = tuple(float(np.exp(start + slope * place + side * half)) for side in (-1, 1))
    return result


def test_the_points_are_the_tables() -> None:
    data = content().data
    points = data[data["mark"].eq("month")]
    shown = {(int(y), int(m)): v for y, m, v in zip(points["year"], points["month"], points["value"], strict=True)}
    assert shown == {month: value for month, value in deaths().items() if (2011, 3) <= month <= (2014, 12)}
    phases = points.groupby("phase")["place"].agg(["min", "max", "size"])
    assert phases.loc["before"].tolist() == [12 * 2011 + 2, 12 * 2012, 11]
    assert phases.loc["after"].tolist() == [12 * 2012 + 1, 12 * 2013 + 1, 13]


@pytest.mark.parametrize(
    ("mark", "first", "t"), [("ahead", (2011, 3), 2.262), ("ahead_without_first", (2011, 4), 2.306)]
)
def test_the_range_is_the_textbooks(mark: str, first: tuple[int, int], t: float) -> None:
    data = content().data
    drawn = data[data["mark"].eq(mark)].set_index("place")
    for place, (low, high) in ends(first, t).items():
        assert (drawn.loc[place, "low"], drawn.loc[place, "high"]) == pytest.approx((low, high), rel=1e-6)


def test_the_title_says_what_the_months_say() -> None:
    months = deaths()
    year_after = [months[month] for month in [(2012, m) for m in range(3, 13)] + [(2013, 1), (2013, 2)]]
    year_before = [months[month] for month in [(2011, m) for m in range(3, 13)] + [(2012, 1), (2012, 2)]]
    counts = []
    for first, t in (((2011, 3), 2.262), ((2011, 4), 2.306)):
        counts.append(sum(months[place // 12, place % 12 + 1] > high for place, (_, high) in ends(first, t).items()))
    assert counts == [0, 3]
    times = sum(year_after) / sum(year_before)
    assert content().title == (
        f"In the year after February 2012 Syria's documented deaths were {times:.1f} times the year before's; "
        "0 to 3 of 13 months lie above the 95% range of the rise till then"
    )


@pytest.mark.parametrize(
    ("slope", "above", "said"),
    [
        (0.1, (0, 0), "; no month lies above the 95% range of the rise till then"),
        (0.1, (13, 13), "; every month lies above the 95% range of the rise till then"),
        (0.1, (2, 2), "; 2 of 13 months lie above the 95% range of the rise till then"),
        (0.1, (5, 1), "; 1 to 5 of 13 months lie above the 95% range of the rise till then"),
        (-0.1, (13, 13), " times the year before's"),
    ],
)
def test_the_title_follows_the_numbers(slope: float, above: tuple[int, int], said: str) -> None:
    fit = Trend(11, 5.0, 6.0, slope, 0.3, 110.0)
    title = syria_months.title_of(words("en"), fit, above, 13, {"month": "February 2012", "times": "5.2"})
    assert title.endswith(said)


def test_the_vetoes_are_the_tables() -> None:
    data = content().data
    shown = data[data["mark"].eq("veto")]
    rows = tidy_rows.rows("security_council", series="vetoed_drafts", area="SYR")
    expected = [(int(row["year"]), int(row["month"])) for row in rows if int(row["year"]) <= 2014]
    assert expected == [(2011, 10), (2012, 2), (2012, 7), (2014, 5)]
    assert list(zip(shown["year"], shown["month"], strict=True)) == expected
    said = [text for text, _ in boxes.texts(draw())]
    assert {"October 2011", "February 2012", "July 2012", "May 2014"} <= set(said)


def test_the_years_of_ucdp_are_its_three_types_together() -> None:
    data = content().data
    for line in data[data["mark"].eq("year")].to_dict("records"):
        for end, column in (("low", "low"), ("value", "best"), ("high", "high")):
            expected = sum(
                tidy_rows.cell(
                    "ucdp",
                    column,
                    series=f"deaths_all_dyads.{kind}",
                    area="SYR",
                    year=int(line["year"]),
                    vintage="25.1",
                )
                for kind in ("state_based", "non_state", "one_sided")
            )
            assert line[end] == expected
    assert draw().axes[1].get_ylim()[0] == 0


def test_the_figure_says_what_it_cannot_say() -> None:
    notes = " ".join(content().notes)
    assert "“After” is not “because”" in notes and "gaps" in notes and "8 of 31" in notes
    assert "log scale" in content().subtitle
