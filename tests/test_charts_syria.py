"""The figures of Syria draw what the tables and the headlines hold, and say no more."""

import csv
from dataclasses import replace
from functools import cache

import drawings
import pandas as pd
import pytest

from analysis import charts, paths
from analysis.audit import claims, headlines
from analysis.charts import displacement, syria
from analysis.errors import InputError
from analysis.tell.languages import words

NAMES = tuple(syria.CHARTS)
YEARS = range(2011, 2016)
REPORT = "2016-07-22"


@cache
def _syria(name: str) -> list[dict[str, str]]:
    with (paths.TIDY / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["area"] == "SYR"]


def rows(name: str, **wanted: str) -> list[dict[str, str]]:
    """Rows of a tidy table, read without the project's own code."""
    return [row for row in _syria(name) if all(row[column] == value for column, value in wanted.items())]


def best(name: str, **wanted: str) -> dict[int, float]:
    return {int(row["year"]): float(row["best"]) for row in rows(name, month="", actor="", **wanted)}


def stated() -> list[dict[str, str]]:
    """Stated numbers of all deaths in Syria, of the time."""
    with (paths.DATA / "headlines.csv").open(encoding="utf-8", newline="") as stream:
        return [
            row
            for row in csv.DictReader(stream)
            if row["series"] == "deaths_since_2011" and row["area"] == "SYR" and row["published"] <= REPORT
        ]


def displaced() -> dict[tuple[str, int], float]:
    refugees = {vintage: best("unhcr", series="refugees", role="origin", vintage=vintage) for vintage in VINTAGES}
    seekers = {vintage: best("unhcr", series="asylum_seekers", role="origin", vintage=vintage) for vintage in VINTAGES}
    inside = best("idmc", series="idps", vintage="2018")
    result = {}
    for year in YEARS:
        vintage = "2017-08" if year in refugees["2017-08"] else "2026-06"
        result["refugees", year] = refugees[vintage][year]
        result["asylum_seekers", year] = seekers[vintage][year]
        result["idps", year] = inside[year]
    return result


VINTAGES = ("2017-08", "2026-06")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_displaced_are_drawn_as_the_tables_have_them() -> None:
    data = charts.content("syria_displaced").data
    expected = displaced()
    shown = data[~data["series"].isin(["all", "claim"])]
    assert dict(zip(zip(shown["series"], shown["year"], strict=True), shown["best"], strict=True)) == expected
    totals = data[data["series"].eq("all")].set_index("year")["best"].to_dict()
    assert totals == {year: sum(expected[series, year] for series in SERIES) for year in YEARS}
    assert expected["idps", 2015] == 6_600_000 and totals[2015] == 11_719_100
    assert set(data[data["vintage"].eq("2026-06")]["year"]) == {2011}


SERIES = ("idps", "refugees", "asylum_seekers")


def test_bars_stand_on_each_other_from_zero() -> None:
    axes = drawings.drawn("syria_displaced").axes[0]
    expected = displaced()
    bars = [(bar.get_x() + bar.get_width() / 2, bar.get_y(), bar.get_height()) for bar in axes.patches]
    for year in YEARS:
        base = 0.0
        for series in SERIES:
            assert any(
                x == pytest.approx(year)
                and y == pytest.approx(base)
                and height == pytest.approx(expected[series, year])
                for x, y, height in bars
            )
            base += expected[series, year]
    assert axes.get_ylim()[0] == 0


def test_title_on_the_displaced_says_what_the_tables_say() -> None:
    content = charts.content("syria_displaced")
    expected = displaced()
    core = expected["idps", 2015] + expected["refugees", 2015]
    total = core + expected["asylum_seekers", 2015]
    figure = next(claim.value for claim in claims.claims() if claim.id == "syria_displaced")
    assert figure is not None and core > figure
    assert plain(content.title) == (
        f"{total / 1e6:.1f} million people were displaced within or from Syria at the end of 2015: "
        f"over {figure / 1e6:.0f} million, with asylum-seekers or without"
    )
    assert f"{core / 1e6:.2f} million without asylum-seekers" in plain(content.alt)


@pytest.mark.parametrize(
    ("factor", "title"),
    [(0.95, "over 11 million only if asylum-seekers count"), (0.8, "fewer than 11 million, even with asylum-seekers")],
)
def test_title_on_the_displaced_follows_the_numbers(monkeypatch: pytest.MonkeyPatch, factor: float, title: str) -> None:
    real = displacement.table

    def table(*args: str, **kwargs: str) -> pd.DataFrame:
        found = real(*args, **kwargs).copy()
        found.loc[found["series"].ne("asylum_seekers"), "best"] *= factor
        return found

    monkeypatch.setattr(displacement, "table", table)
    assert title in plain(syria.syria_displaced(words("en")).title)


def test_note_on_the_newest_releases() -> None:
    expected = displaced()
    newest = {
        "idps": best("idmc", series="idps", vintage="2026-06"),
        "refugees": best("unhcr", series="refugees", role="origin", vintage="2026-06"),
        "asylum_seekers": best("unhcr", series="asylum_seekers", role="origin", vintage="2026-06"),
    }
    moved = max(
        abs(sum(newest[series][year] for series in SERIES) - sum(expected[series, year] for series in SERIES))
        for year in YEARS
    )
    assert f"by more than {moved:,.0f} people" in charts.content("syria_displaced").notes[0]


def test_stated_deaths_are_drawn_as_the_headlines_have_them() -> None:
    data = charts.content("syria_dead_by_source").data
    shown = data[data["source"].eq("headline")]
    expected = {row["id"]: (row["date"], float(row["value"]), row["page_kind"]) for row in stated()}
    assert len(expected) == 15
    assert {row.vintage: (row.date, row.value, row.page_kind) for row in shown.itertuples()} == expected
    assert set(shown["panel"]) == {"stated"}


def test_floors_and_estimates_are_told_apart_as_in_the_definitions() -> None:
    data = charts.content("syria_dead_by_source").data.set_index("vintage")
    seen = 0
    for definition in claims.definitions():
        if definition.claim != "syria_killed":
            continue
        for identity in definition.headlines.split():
            is_floor = data.loc[identity, "kind"] == syria.DOCUMENTED
            assert is_floor == (definition.fit == "floor"), identity
            seen += 1
    assert seen >= 10


def test_every_stated_number_of_deaths_is_of_one_kind() -> None:
    some = [one for one in headlines.load() if one.series == "deaths_since_2011"]
    assert {syria.kind(one) for one in some} == {syria.DOCUMENTED, syria.STATED, syria.ESTIMATED}
    with pytest.raises(InputError, match="counts"):
        syria.kind(replace(some[0], counts="deaths"))


def test_documented_deaths_add_up_month_by_month() -> None:
    data = charts.content("syria_dead_by_source").data
    shown = data[data["source"].eq("vdc_syria")]
    months = sorted((int(row["year"]), int(row["month"]), float(row["best"])) for row in rows("vdc") if row["month"])
    months = [row for row in months if row[:2] <= (2016, 6)]
    total = 0.0
    for (year, month, deaths), row in zip(months, shown.itertuples(), strict=True):
        total += deaths
        assert row.date.startswith(f"{year}-{month:02d}-") and row.value == total
    assert sum(deaths for year, _, deaths in months if year <= 2015) == 110_295


FAMILIES = {
    "yearly": {
        "deaths.state_based": ("ucdp_battle_related_deaths", "23.1"),
        "deaths.non_state": ("ucdp_non_state", "23.1"),
        "deaths.one_sided": ("ucdp_one_sided", "23.1"),
    },
    "all_dyads": {
        f"deaths_all_dyads.{name}": ("ucdp_country_year", "25.1") for name in ("state_based", "non_state", "one_sided")
    },
}


@pytest.mark.parametrize("panel", list(FAMILIES))
def test_each_family_of_data_adds_up_in_its_own_panel(panel: str) -> None:
    data = charts.content("syria_dead_by_source").data
    shown = data[data["panel"].eq(panel)]
    sums = {"low": 0.0, "value": 0.0, "high": 0.0}
    for year, row in zip(YEARS, shown.itertuples(), strict=True):
        for series, (source, vintage) in FAMILIES[panel].items():
            wanted = {
                "series": series,
                "source": source,
                "vintage": vintage,
                "year": str(year),
                "month": "",
                "actor": "",
            }
            for cell in rows("ucdp", **wanted):
                assert "estimate" not in cell["coverage"]
                if not cell["best"]:
                    continue
                for end, column in (("low", "low"), ("value", "best"), ("high", "high")):
                    sums[end] += float(cell[column])
        assert row.date == f"{year}-12-31"
        assert (row.low, row.value, row.high) == (sums["low"], sums["value"], sums["high"])
    assert set(shown["source"]) == {" + ".join(dict.fromkeys(source for source, _ in FAMILIES[panel].values()))}
    if panel == "all_dyads":
        assert tuple(sums.values()) == (261_682, 272_844, 290_960)
        assert set(shown["kind"]) == {syria.ESTIMATED}
    else:
        assert set(shown["kind"]) == {syria.FLOOR}, "one-sided violence of 2011 is not given for Syria alone"


def test_a_partial_low_is_no_end_of_the_band() -> None:
    cells = (("deaths.state_based", ("ucdp_battle_related_deaths", "17.1")),)
    found = syria.running("yearly", cells).rows
    assert [row["low"] is None for row in found] == [False, False, False, True, True]
    assert found[-1]["value"] == sum(
        best("ucdp", series="deaths.state_based", source="ucdp_battle_related_deaths", vintage="17.1")[year]
        for year in YEARS
    )


def test_families_share_no_panel() -> None:
    figure = drawings.drawn("syria_dead_by_source")
    data = charts.content("syria_dead_by_source").data
    assert len(figure.axes) == 3
    for axes, panel in zip(figure.axes, ("stated", "yearly", "all_dyads"), strict=True):
        own = set(data[data["panel"].eq(panel)]["value"]) | set(data[data["panel"].eq("claim")]["value"])
        for line in axes.lines:
            upright = list(line.get_ydata()) == [0, 1]
            assert upright or set(line.get_ydata()) <= own
        assert axes.get_ylim()[0] == 0


def test_title_on_the_dead_says_what_the_headlines_say() -> None:
    content = charts.content("syria_dead_by_source")
    counted = {row["id"]: float(row["value"]) for row in stated() if row["counts"].startswith("documented")}
    guessed = [float(row["value"]) for row in stated() if "estimate" in row["counts"]]
    highest = max(counted, key=lambda name: counted[name])
    assert highest == "sohr_syria_2015_12" and counted[highest] == 260_758 > 250_000
    assert min(guessed) > counted[highest] and sorted(guessed) == [400_000, 470_000]
    assert content.title == (
        "The highest count of Syria's documented dead had passed 250,000 by 31 December 2015; "
        "estimates were higher still"
    )
    secondary = sum(row["page_kind"] != "primary" for row in stated())
    assert f"{secondary} of the {len(stated())} figures" in content.notes[0]
    assert content.labels["SOHR"] == "SOHR: 260,758*" and content.labels["OHCHR"] == "OHCHR: 191,369"


@pytest.mark.parametrize(
    ("least", "title"),
    [
        ({"sohr_syria_2015_12": 249_000}, "No count of Syria's documented dead had reached 250,000"),
        ({"un_envoy_syria_2016_04": 240_000}, "The highest count of Syria's documented dead had passed 250,000 by"),
    ],
)
def test_title_on_the_dead_follows_the_numbers(
    monkeypatch: pytest.MonkeyPatch, least: dict[str, float], title: str
) -> None:
    altered = tuple(replace(one, value=float(least.get(one.id, one.value))) for one in headlines.load())
    monkeypatch.setattr(headlines, "load", lambda: altered)
    found = syria.syria_dead_by_source(words("en")).title
    assert found.startswith(title) and "higher still" not in found
