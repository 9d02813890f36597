"""The figure of the vetoes draws what the tables hold, and says no more."""

from functools import cache

import drawings
import pytest
import tidy_rows
from matplotlib.figure import Figure

from analysis import charts
from analysis.charts import council
from analysis.tell.languages import words

NAME = "vetoes_by_year"


def draw(size: str = "slide") -> Figure:
    return drawings.drawn(NAME, "en", size)


@cache
def drafts(area: str) -> dict[int, float]:
    found: dict[int, float] = {}
    for row in tidy_rows.rows("security_council", series="vetoed_drafts", area=area):
        found[int(row["year"])] = found.get(int(row["year"]), 0.0) + float(row["best"])
    return found


def mean(first: int, last: int) -> float:
    return sum(drafts("WLD")[year] for year in range(first, last + 1)) / (last - first + 1)


def test_the_years_are_the_tables() -> None:
    data = charts.content(NAME).data
    years = data[data["mark"].eq("year")].set_index("year")
    assert years["best"].to_dict() == drafts("WLD")
    assert years.loc[years["syria"].gt(0), "syria"].to_dict() == drafts("SYR")
    assert (min(drafts("WLD")), max(drafts("WLD"))) == (1946, 2022)


def test_the_bars_drawn_are_the_data() -> None:
    heights: dict[int, float] = {}
    for patch in draw().axes[0].patches:
        year = round(patch.get_x() + patch.get_width() / 2)
        if patch.get_width() < 1:
            heights[year] = heights.get(year, 0.0) + patch.get_height()
    assert heights == drafts("WLD")
    assert draw().axes[0].get_ylim()[0] == draw().axes[1].get_xlim()[0] == 0


def test_the_means_are_those_of_the_tables() -> None:
    data = charts.content(NAME).data
    means = data[data["mark"].eq("mean")]
    spans = [(int(row.first), int(row.last)) for row in means.itertuples()]
    assert spans == [(2011, 2015), (2006, 2010), (1991, 2010), (1946, 2010)]
    assert list(means["best"]) == pytest.approx([mean(*span) for span in spans])


def test_the_title_says_what_the_means_say() -> None:
    assert mean(2006, 2010) < mean(1991, 2010) < mean(2011, 2015) < mean(1946, 2010)
    assert charts.content(NAME).title == (
        f"Vetoes stopped {mean(2011, 2015):.1f} drafts a year in 2011–2015: more than in 2006–2010 "
        f"({mean(2006, 2010):.1f}) and 1991–2010 ({mean(1991, 2010):.2f}), fewer than in 1946–2010 "
        f"({mean(1946, 2010):.2f})"
    )
    assert "4 of them on Syria" in charts.content(NAME).alt


def test_the_title_follows_the_numbers() -> None:
    some = [{"first": 1991, "last": 2010, "best": 1.0}]
    shown = {"mean": "1.6", "from": 2011, "to": 2015, "lower": "A", "higher": "B"}
    assert council.title_of(words("en"), some, [], shown).endswith(": more than in A")
    assert council.title_of(words("en"), [], some, shown).endswith(": fewer than in B")
    assert council.title_of(words("en"), [], [], shown).endswith(" in 2011–2015")


def test_the_last_year_is_not_whole_and_that_is_said() -> None:
    assert charts.content(NAME).notes[-1] == "2022: to 8 July 2022, the last veto listed."
