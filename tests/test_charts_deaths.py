import csv
from collections import defaultdict
from functools import cache

import boxes
import drawings
import pytest
from matplotlib.figure import Figure

from analysis import charts, paths
from analysis.charts import deaths
from analysis.tell import frames
from analysis.tell.languages import words

NAMES = ("deaths_by_type", "deaths_2014_by_release", "rise_of_2014")
SIZES = ("slide", "page", "square")
FIRST = {"state_based": "5.0-2015", "non_state": "2.5-2015", "one_sided": "1.4-2015"}


@cache
def lines() -> list[dict[str, str]]:
    with (paths.TIDY / "ucdp.csv").open(encoding="utf-8", newline="") as stream:
        return [
            row
            for row in csv.DictReader(stream)
            if (row["area"], row["actor_class"], row["actor"], row["month"]) == ("WLD", "", "", "")
        ]


def cell(family: str, kind: str, vintage: str, year: int, column: str = "best") -> float:
    """A number of the world by another route than the chart's: the csv file, line by line."""
    found = [
        row
        for row in lines()
        if (row["series"], row["vintage"], row["year"]) == (f"{family}.{kind}", vintage, str(year))
        and row["source"] != "ucdp_events"
    ]
    assert len(found) == 1, (family, kind, vintage, year)
    return float(found[0][column]) if found[0][column] and f"{column}:" not in found[0]["coverage"] else float("nan")


def drawn(name: str, size: str = "slide") -> Figure:
    return drawings.drawn(name, "en", size)


@pytest.mark.parametrize("name", NAMES)
def test_the_texts_stand_alone(name: str) -> None:
    content = charts.content(name)
    assert "{" not in "".join([content.title, content.subtitle, content.alt, *content.notes, content.source_line])
    assert content.alt.count(". ") >= 1
    assert content.source_line.startswith("Source: UCDP ")
    assert set(content.claims) <= set(frames.ledger()["claim"])


# Deaths by type


@pytest.mark.parametrize("year", [1989, 1994, 1999, 2010, 2014])
def test_the_bars_are_the_tables(year: int) -> None:
    data = charts.content("deaths_by_type").data
    bars = data[data["mark"].eq("bar") & data["year"].eq(year)].set_index("type")["value"]
    expected = {kind: cell("deaths", kind, vintage, year) for kind, vintage in FIRST.items()}
    assert bars.to_dict() == expected
    total = data[data["mark"].eq("total") & data["year"].eq(year)].iloc[0]
    assert total["value"] == sum(expected.values())


def test_the_totals_of_the_cited_paper() -> None:
    data = charts.content("deaths_by_type").data
    totals = data[data["mark"].eq("total")].set_index("year")["value"]
    assert (totals[2014], totals[1994], totals[1999]) == (126_059, 547_051, 96_964)
    assert list(totals.index) == list(range(1989, 2015))


def test_a_band_only_where_all_of_it_is_given() -> None:
    data = charts.content("deaths_by_type").data
    totals = data[data["mark"].eq("total")].set_index("year")
    assert list(totals.index[totals["low"].isna()]) == [2014]
    assert list(totals.index[totals["high"].isna()]) == [2014]
    for end in ("low", "high"):
        assert totals.loc[2013, end] == sum(cell("deaths", kind, v, 2013, end) for kind, v in FIRST.items())
    assert "Syrian Arab Republic" in charts.content("deaths_by_type").notes[0]
    assert "39 of 40" in charts.content("deaths_by_type").notes[0]


def test_the_title_says_since_when() -> None:
    totals: dict[int, float] = defaultdict(float)
    for kind, vintage in FIRST.items():
        for year in range(1989, 2015):
            totals[year] += cell("deaths", kind, vintage, year)
    year = 2013
    while totals[year] < totals[2014]:
        year -= 1
    assert charts.content("deaths_by_type").title == (
        f"2014: {totals[2014]:,.0f} deaths in organised violence, more than in any year since {year}"
    )


@pytest.mark.parametrize(
    ("best", "said"),
    [
        ({2011: 9.0, 2012: 20.0, 2013: 5.0, 2014: 10.0}, "more than in any year since 2012"),
        ({2011: 9.0, 2012: 10.0, 2013: 5.0, 2014: 10.0}, "more than in any year since 2012"),
        ({2011: 9.0, 2012: 8.0, 2013: 10.0, 2014: 10.0}, "no more than in 2013"),
        ({2011: 9.0, 2012: 8.0, 2013: 9.0, 2014: 10.0}, "more than in any year from 2011 on"),
    ],
)
def test_the_title_follows_the_numbers(best: dict[int, float], said: str) -> None:
    assert deaths.since_title(words("en"), best).endswith(said)


@pytest.mark.parametrize("size", SIZES)
def test_the_bars_drawn_are_the_data(size: str) -> None:
    data = charts.content("deaths_by_type").data
    bars, totals = data[data["mark"].eq("bar")], data[data["mark"].eq("total")]
    cut = data.loc[data["mark"].eq("cut"), "value"].item()
    main, whole = drawn("deaths_by_type", size).axes
    assert [patch.get_height() for patch in whole.patches] == list(totals["value"])
    heights: dict[int, float] = defaultdict(float)
    for patch in main.patches:
        heights[round(patch.get_x() + patch.get_width() / 2)] += patch.get_height()
    for year, value in bars.groupby("year")["value"].sum().items():
        assert heights[year] == pytest.approx(min(value, cut))
    assert totals.loc[totals["value"].gt(cut), "year"].tolist() == [1994]
    assert main.get_ylim()[0] == whole.get_ylim()[0] == 0
    assert whole.get_ylim()[1] > totals["value"].max()


def test_the_cut_is_announced_with_the_number_that_it_hides() -> None:
    content = charts.content("deaths_by_type")
    assert "cut at 150,000" in content.subtitle and "1994 in full" in content.subtitle
    said = [text for text, _ in boxes.texts(drawn("deaths_by_type"))]
    assert said.count("1994: 547,051") == 2


# The total of 2014 by release


def test_the_releases_are_the_tables() -> None:
    data = charts.content("deaths_2014_by_release").data
    bars = data[data["mark"].eq("bar")]
    expected = {
        "all": {"2015": 126_059, "2016": 130_564, "23.1": 148_782},
        "state_based": {"5.0-2015": 101_406, "5.0-2016": 104_168, "17.1": 104_755, "23.1": 115_862},
        "state_and_one_sided": {"2015": 113_254, "2016": 117_728, "23.1": 131_173},
        "all_dyads": {"25.1": 151_630},
    }
    assert {panel: list(rows["value"]) for panel, rows in bars.groupby("panel")} == {
        panel: list(values.values()) for panel, values in expected.items()
    }
    newest = {kind: cell("deaths", kind, "23.1", 2014) for kind in FIRST}
    assert sum(newest.values()) == expected["all"]["23.1"]
    assert newest["state_based"] + newest["one_sided"] == expected["state_and_one_sided"]["23.1"]
    every = [cell("deaths_all_dyads", kind, "25.1", 2014) for kind in FIRST]
    assert sum(every) == expected["all_dyads"]["25.1"]


def test_a_family_has_its_own_panel() -> None:
    data = charts.content("deaths_2014_by_release").data
    bars = data[data["mark"].eq("bar")]
    every = bars["source"].eq("ucdp_country_year")
    assert set(bars.loc[every, "panel"]) == {"all_dyads"}
    assert "all_dyads" not in set(bars.loc[~every, "panel"])
    assert len(drawn("deaths_2014_by_release").axes) == bars["panel"].nunique()


def test_a_line_only_where_the_band_is_complete() -> None:
    data = charts.content("deaths_2014_by_release").data
    bars = data[data["mark"].eq("bar")]
    assert set(bars.loc[bars["low"].notna(), "vintage"].str.split().str[0]) == {"23.1", "25.1"}
    assert bars["low"].isna().equals(bars["high"].isna())
    everything = bars[bars["panel"].eq("all") & bars["vintage"].str.startswith("23.1")].iloc[0]
    for end in ("low", "high"):
        assert everything[end] == sum(cell("deaths", kind, "23.1", 2014, end) for kind in FIRST)
    note = charts.content("deaths_2014_by_release").notes[0]
    assert "5.0-2015: low: 39 of 40 rows, without Syrian Arab Republic" in note
    assert "5.0-2016: low: 40 of 41 rows, without Syrian Arab Republic" in note


def test_the_title_counts_what_is_above_the_line() -> None:
    content = charts.content("deaths_2014_by_release")
    bars = content.data[content.data["mark"].eq("bar")]
    report = content.data.loc[content.data["mark"].eq("line"), "value"].item()
    assert report == frames.ledger().set_index("claim").loc["deaths_2014_over_100000", "value"]
    assert (bars["value"] > report).all()
    assert content.title == "By all 4 definitions, every release held puts the deaths of 2014 above 100,000"
    assert bars["panel"].nunique() == 4


def test_the_accent_is_what_the_claim_rests_on() -> None:
    data = charts.content("deaths_2014_by_release").data
    claimed = data[data["role"].eq("report") & data["when"].eq("then")]
    assert list(claimed["value"]) == [126_059, 130_564]


@pytest.mark.parametrize("size", SIZES)
def test_the_release_bars_drawn_are_the_data(size: str) -> None:
    data = charts.content("deaths_2014_by_release").data
    bars = data[data["mark"].eq("bar")]
    made = drawn("deaths_2014_by_release", size).axes
    assert [patch.get_width() for axes in made for patch in axes.patches] == list(bars["value"])
    assert all(axes.get_xlim()[0] == 0 for axes in made)


# What made up the rise


@pytest.mark.parametrize(
    ("panel", "family", "vintages"),
    [
        ("first", "deaths", FIRST),
        ("newest", "deaths", dict.fromkeys(FIRST, "23.1")),
        ("all_dyads", "deaths_all_dyads", dict.fromkeys([*FIRST, "civilians"], "25.1")),
    ],
)
def test_the_rise_is_the_tables(panel: str, family: str, vintages: dict[str, str]) -> None:
    data = charts.content("rise_of_2014").data
    bars = data[data["mark"].eq("bar") & data["panel"].eq(panel)].set_index("type")
    rises = {kind: cell(family, kind, v, 2014) - cell(family, kind, v, 2013) for kind, v in vintages.items()}
    assert bars["rise"].to_dict() == rises
    whole = sum(rises[kind] for kind in FIRST)
    assert data[data["mark"].eq("total") & data["panel"].eq(panel)]["rise"].item() == whole
    assert bars["share"].to_dict() == pytest.approx({kind: rise / whole for kind, rise in rises.items()})


def test_the_rise_of_the_time() -> None:
    data = charts.content("rise_of_2014").data
    first = data[data["panel"].eq("first")].set_index("type")["rise"]
    assert first.to_dict() == {"state_based": 30_955, "non_state": 8_265, "one_sided": 2_953, "all": 42_173}
    assert "7.0%" in charts.content("rise_of_2014").title


def test_the_shares_are_those_of_the_audit() -> None:
    data = charts.content("rise_of_2014").data
    found = frames.findings("civilians_large_part").set_index("definition")
    drawn = data.set_index(["panel", "type"])["share"]
    assert drawn["first", "one_sided"] == pytest.approx(found.loc["half_since_2013", "value"].min())
    assert drawn["all_dyads", "civilians"] == pytest.approx(found.loc["half_civilians_since_2013", "value"])
    assert list(data.loc[data["mark"].eq("line"), "share"]) == [0.25, 0.5]


def test_no_panel_of_the_rise_holds_two_families() -> None:
    data = charts.content("rise_of_2014").data
    bars = data[data["mark"].eq("bar")]
    assert set(bars.loc[bars["source"].eq("ucdp_country_year"), "panel"]) == {"all_dyads"}
    assert set(bars.loc[bars["panel"].eq("all_dyads"), "source"]) == {"ucdp_country_year"}


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.07, "less than a quarter"),
        (0.25, "less than a half"),
        (0.499, "less than a half"),
        (0.5, "a half or more"),
    ],
)
def test_the_title_of_the_rise_follows_the_share(share: float, said: str) -> None:
    assert deaths.rise_title(words("en"), share, {"share": "x", "year": 2014}).endswith(f", {said}")


@pytest.mark.parametrize("size", SIZES)
def test_the_rises_drawn_are_the_data(size: str) -> None:
    data = charts.content("rise_of_2014").data
    bars = data[data["mark"].eq("bar")]
    made = drawn("rise_of_2014", size).axes
    assert [patch.get_width() for axes in made for patch in axes.patches] == pytest.approx(list(bars["share"]))


# The pieces
