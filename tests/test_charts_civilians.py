"""The figures of the civilians draw what the tables hold, and say no more."""

import pytest
import tidy_rows

from analysis import charts
from analysis.charts import civilians
from analysis.tell.languages import words

SIX = ("CAF", "IRQ", "SSD", "SDN", "SYR", "YEM")


@pytest.mark.parametrize("area", SIX)
def test_the_six_are_the_tables(area: str) -> None:
    data = charts.content("six_countries").data.set_index("area")
    for end in ("low", "best", "high"):
        cells = [
            tidy_rows.cell("ucdp", end, series="deaths_all_dyads.one_sided", area=area, vintage="25.1", year=year)
            for year in (2014, 2015)
        ]
        assert data.loc[area, "value" if end == "best" else end] == sum(cells)


def test_the_title_on_the_six_counts_them() -> None:
    data = charts.content("six_countries").data
    countries = data[data["mark"].eq("country")]
    assert set(countries["area"]) == set(SIX)
    assert list(countries.loc[countries["value"].lt(25), "area"]) == ["YEM"]
    assert data.loc[data["mark"].eq("threshold"), "value"].item() == 25
    assert charts.content("six_countries").title == (
        "5 of the 6 countries named had 25 or more deaths in one-sided violence in 2014–2015; Yemen had 19"
    )
    assert "log scale" in charts.content("six_countries").subtitle
    assert "not shown to be free" in charts.content("six_countries").notes[0]


@pytest.mark.parametrize(
    ("below", "said"), [(0, "All 6 countries"), (1, "; Yemen had 19"), (2, "the others had fewer")]
)
def test_the_title_on_the_six_follows_the_numbers(below: int, said: str) -> None:
    shown = {"count": 6 - below, "all": 6, "first": 2014, "last": 2015, "threshold": 25}
    assert said in civilians.six_title(words("en"), [{"area": "YEM", "value": 19.0}] * below, shown)
