"""The figures of the civilians draw what the tables hold, and say no more."""

import drawings
import pytest
import tidy_rows
from matplotlib.figure import Figure

from analysis import charts
from analysis.charts import civilians
from analysis.tell import frames
from analysis.tell.languages import words

NAMES = tuple(civilians.CHARTS)
FIRST = {"state_based": "5.0-2015", "non_state": "2.5-2015", "one_sided": "1.4-2015"}
SIX = ("CAF", "IRQ", "SSD", "SDN", "SYR", "YEM")


def draw(name: str, size: str = "slide") -> Figure:
    return drawings.drawn(name, "en", size)


def yearly(kind: str, year: int) -> float:
    return tidy_rows.cell("ucdp", series=f"deaths.{kind}", area="WLD", vintage=FIRST[kind], year=year)


def all_dyads(kind: str, year: int) -> float:
    wanted = {"series": f"deaths_all_dyads.{kind}", "area": "WLD", "source": "ucdp_country_year", "vintage": "25.1"}
    return tidy_rows.cell("ucdp", year=year, **wanted)


@pytest.mark.parametrize("year", [1989, 1994, 2005, 2013, 2014])
def test_the_share_of_one_sided_violence_is_the_tables(year: int) -> None:
    data = charts.content("civilians_share").data.set_index(["panel", "year"])
    whole = sum(yearly(kind, year) for kind in FIRST)
    assert data.loc[("one_sided", year), "share"] == pytest.approx(yearly("one_sided", year) / whole)


@pytest.mark.parametrize("year", [1989, 1994, 2013, 2014, 2024])
def test_the_band_is_those_of_unknown_status(year: int) -> None:
    row = charts.content("civilians_share").data.set_index(["panel", "year"]).loc[("civilians", year)]
    whole = sum(all_dyads(kind, year) for kind in FIRST)
    assert row["share"] == pytest.approx(all_dyads("civilians", year) / whole)
    assert row["high"] == pytest.approx(1 - all_dyads("parties", year) / whole)


def test_the_shares_are_those_of_the_audit() -> None:
    found = frames.findings("civilians_share_rose").set_index(["definition", "data"])
    data = charts.content("civilians_share").data.set_index(["panel", "year"])["share"]
    one_sided = found.loc[("one_sided", "UCDP 5.0-2015, 2.5-2015, 1.4-2015")]
    assert (data["one_sided", 2014], data["one_sided", 2013]) == pytest.approx(
        (one_sided["value"], one_sided["reference"])
    )
    coded = found.loc[("civilians", "UCDP 25.1")]
    assert (data["civilians", 2014], data["civilians", 2013]) == pytest.approx((coded["value"], coded["reference"]))


def test_the_families_share_no_panel() -> None:
    data = charts.content("civilians_share").data
    assert data.groupby("panel")["vintage"].unique().str.join(" ").to_dict() == {
        "civilians": "25.1",
        "one_sided": "5.0-2015 2.5-2015 1.4-2015",
    }
    assert len(draw("civilians_share").axes) == 2
    assert {axes.get_ylim() for axes in draw("civilians_share").axes} == {(0, 1)}


def test_the_title_on_the_share_says_what_the_tables_say() -> None:
    assert yearly("one_sided", 2014) > yearly("one_sided", 2013)
    assert all_dyads("civilians", 2014) > all_dyads("civilians", 2013)
    for kind, read in (("one_sided", yearly), ("civilians", all_dyads), ("parties", all_dyads)):
        shares = [read(kind, year) / sum(read(each, year) for each in FIRST) for year in (2013, 2014)]
        assert (shares[1] < shares[0]) == (kind != "parties")
    assert charts.content("civilians_share").title == (
        "More civilians were killed in 2014 than in 2013, but they were a smaller share of the dead by both measures"
    )
    assert "their share could have risen" in charts.content("civilians_share").notes[0]


@pytest.mark.parametrize(
    ("changes", "more", "said"),
    [
        ([-0.1, -0.1, -0.1], [True, False], "Civilians were a smaller share of the dead in 2014 than in 2013"),
        ([0.1, 0.1, 0.1], [True, True], "Civilians were a larger share of the dead in 2014 than in 2013"),
        ([0.1, -0.1, 0.1], [True, True], "Whether civilians were a larger share of the dead in 2014 than in 2013"),
    ],
)
def test_the_title_on_the_share_follows_the_numbers(changes: list[float], more: list[bool], said: str) -> None:
    assert civilians.share_title(words("en"), changes, more, {"year": 2014, "before": 2013}).startswith(said)


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
