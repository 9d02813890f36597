import csv
from collections import Counter
from functools import cache

import drawings
import pytest
from matplotlib.figure import Figure

from analysis import charts, paths
from analysis.audit import claims
from analysis.audit import then_and_now as module
from analysis.audit.claims import Definition
from analysis.audit.then_and_now import EXTENDED, MEASURES_NOW, MOVED, SINCE, chosen, measured, moved, then_and_now
from analysis.errors import InputError
from analysis.tell import frames

NAME = "then_and_now"


@cache
def lines(name: str) -> list[dict[str, str]]:
    with (paths.TIDY / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def best(
    table: str, series: str, vintage: str, year: int, area: str = "WLD", role: str = "", actor_class: str = ""
) -> float:
    """A number by another route than the measures: the csv file, line by line."""
    found = [
        float(row["best"])
        for row in lines(table)
        if (row["series"], row["vintage"], row["year"], row["area"], row["actor_class"], row["actor"], row["month"])
        == (series, vintage, str(year), area, actor_class, "", "")
        and row["source"] != "ucdp_events"
        and role in ("", row["role"])
    ]
    assert len(found) == 1, (series, vintage, year, area, found)
    return found[0]


def row(claim: str, definition: str = "") -> dict[str, object]:
    table = then_and_now()
    some = table[table["claim"].eq(claim) & (table["definition"].eq(definition) | (definition == ""))]
    assert len(some) == 1
    return {str(name): value for name, value in some.iloc[0].items()}


def definition(claim: str, name: str) -> Definition:
    return next(d for d in claims.definitions() if (d.claim, d.definition) == (claim, name))


def test_deaths_are_those_of_the_newest_releases() -> None:
    yearly = row("deaths_2014_over_100000", "all")
    types = ("state_based", "non_state", "one_sided")
    assert (yearly["then_year"], yearly["now_year"], yearly["vintage"]) == ("2014", "2022", "23.1 23.1 23.1")
    for column, year in (("then", 2014), ("now", 2022)):
        assert yearly[column] == sum(best("ucdp", f"deaths.{kind}", "23.1", year) for kind in types)
    dyads = row("deaths_2014_over_100000", "all_dyads")
    assert (dyads["now_year"], dyads["vintage"]) == ("2024", "25.1")
    assert dyads["now"] == sum(best("ucdp", f"deaths_all_dyads.{kind}", "25.1", 2024) for kind in types)


def test_displacement_is_that_of_the_newest_year() -> None:
    refugees = row("refugees_21_3_million")
    for column, year in (("then", 2015), ("now", 2025)):
        assert refugees[column] == best("unhcr", "refugees", "2026-06", year) + best(
            "unrwa", "palestine_refugees", "2026-06", year
        )
    assert refugees["now_year"] == "2025" and refugees["holds_today"] == "no" and refugees["held_then"] == "yes"
    idps = row("idps_40_8_million")
    assert idps["now"] == best("idmc", "idps", "2026-06", 2025)
    assert (idps["held_then"], idps["holds_today"]) == ("no", "yes")


def test_shares_and_places() -> None:
    states = row("violations_by_states_majority")
    part = best("ucdp", "deaths.one_sided", "25.1", 2024, actor_class="government")
    assert states["now"] == pytest.approx(part / best("ucdp", "deaths.one_sided", "25.1", 2024))
    troops = row("civil_wars_third_party")
    foreign, own = (best("ucdp", f"conflicts.{kind}", "25.1", 2024) for kind in ("internationalized", "intrastate"))
    assert troops["now"] == pytest.approx(foreign / (foreign + own))
    sudan = row("civilians_attacked_sdn")
    assert (sudan["then_year"], sudan["now_year"]) == ("2014-2015", "2023-2024")
    assert sudan["now"] == sum(best("ucdp", "deaths_all_dyads.one_sided", "25.1", year, "SDN") for year in (2023, 2024))
    kenya = row("no_recurrence_ken")
    assert kenya["now_year"] == "2009-2024"
    assert kenya["now"] == sum(
        best("ucdp", "deaths_all_dyads.one_sided", "25.1", year, "KEN") for year in range(2009, 2025)
    )


def test_a_part_cannot_say_no() -> None:
    ten = row("ten_countries_majority")
    assert ten["fit"] == "floor" and float(str(ten["now"])) < 0.5 and ten["holds_today"] == "unknown"


def test_the_highest_is_compared_with_all_years_to_the_one_before() -> None:
    highest = row("highest_in_un_history")
    together = {
        year: best("unhcr", "refugees", "2026-06", year)
        + best("unrwa", "palestine_refugees", "2026-06", year)
        + best("idmc", "idps", "2026-06", year)
        for year in range(1990, 2026)
    }
    peak = max(range(1990, 2025), key=lambda year: together[year])
    assert highest["now"] == together[2025]
    assert highest["reference"] == together[peak]
    (one,) = (one for one in measured() if one.measure.claim == "highest_in_un_history")
    assert one.now.reference is not None and one.now.reference.year == peak
    assert highest["holds_today"] == ("yes" if together[2025] > together[peak] else "no")


def test_the_newest_year_is_the_last_in_the_tables() -> None:
    assert row("idps_40_8_million")["now_year"] == max(
        r["year"] for r in lines("idmc") if r["series"] == "idps" and r["area"] == "WLD"
    )
    assert row("civilians_targeted_more")["now_year"] == max(
        r["year"] for r in lines("ucdp") if r["series"] == "deaths.one_sided" and r["area"] == "WLD"
    )


def test_then_is_a_finding_of_the_audit() -> None:
    """A claim's own years under the newest release are one of its findings."""
    for record in then_and_now().to_dict("records"):
        found = frames.findings(record["claim"])
        found = found[found["definition"].eq(record["definition"])]
        same = found[(found["value"] - record["then"]).abs() < 1e-9]
        assert len(same) >= 1, record["what"]
        assert record["held_then"] in set(same["holds"])


@pytest.mark.parametrize(
    ("years", "against", "way", "year", "expected"),
    [
        ("2014", "", MOVED, 2022, ("2022", "")),
        ("2014", "2013", MOVED, 2024, ("2024", "2023")),
        ("2014-2015", "", MOVED, 2024, ("2023-2024", "")),
        ("2013-2015", "2010-2012", MOVED, 2024, ("2022-2024", "2019-2021")),
        ("2011-2015", "", EXTENDED, 2024, ("2011-2024", "")),
        ("2013-2013", "", EXTENDED, 2024, ("2013-2024", "")),
        ("2015", "1990-2014", SINCE, 2025, ("2025", "1990-2024")),
    ],
)
def test_years_are_brought_up_to_date(years: str, against: str, way: str, year: int, expected: tuple[str, str]) -> None:
    one = Definition("c", "d", "", None, "report", "direct", "", "", "", "", "x", "", "s", years, against, None, "h")
    later = moved(one, way, year)
    assert (later.years, later.against, later.headlines) == (*expected, "")


def test_the_definition_is_the_reports_own_else_a_direct_one() -> None:
    by_claim = {measure.claim: measure for measure in MEASURES_NOW if not measure.definition}
    definitions = claims.definitions()
    assert chosen(by_claim["refugees_21_3_million"], definitions).role == "report"
    assert chosen(by_claim["syria_killed"], definitions).definition == "ucdp_all_dyads"
    assert chosen(by_claim["violations_by_states_majority"], definitions).definition == "deaths_2014"
    with pytest.raises(InputError, match="no definition to bring civilians_cause up to date"):
        chosen(module.Measure("civilians_cause", "nothing"), definitions)


# The figure


def drawn(size: str = "slide") -> Figure:
    return drawings.drawn(NAME, "en", size)


def test_the_title_counts_the_answers() -> None:
    counts = Counter(then_and_now()["holds_today"])
    said = f"{counts['yes']} fit what the report says and {counts['no']} do not; undecided: {counts['unknown']}"
    assert charts.content(NAME).title == f"Of {sum(counts.values())} measures brought up to date, {said}"


def test_the_figure_holds_the_table_in_three_parts() -> None:
    data = charts.content(NAME).data
    table = then_and_now()
    assert Counter(zip(data["what"], data["now"], strict=True)) == Counter(
        zip(table["what"], table["now"], strict=True)
    )
    assert list(data["block"].drop_duplicates()) == ["yearly", "all_dyads", "displaced"]
    for block, source in zip(data["block"], data["source"], strict=True):
        assert (block == "all_dyads") == (source == "ucdp_country_year")


def test_the_arrows_end_at_the_ratio() -> None:
    data = charts.content(NAME).data
    ends = [
        float(line.get_xdata()[0])  # type: ignore[index]
        for axes in drawn().axes
        if axes.get_label() != "marks"
        for line in axes.lines
        if line.get_marker() in ("<", ">")
    ]
    assert ends == pytest.approx(list((data["now"] / data["then"])[data["then"].gt(0) & data["now"].gt(0)]))


def test_what_fitted_and_no_longer_does_is_said_so() -> None:
    labels, data = charts.content(NAME).labels, charts.content(NAME).data
    words = {("yes", "yes"): "yes", ("no", "yes"): "now yes", ("yes", "no"): "no longer", ("no", "no"): "nor then"}
    for place, record in data.iterrows():
        pair = (record["held_then"], record["holds_today"])
        assert labels[f"{place} holds"] == words.get(pair, "open" if pair[1] == "unknown" else "yes")
        assert (f"{record['what']} (" in charts.content(NAME).alt) == (pair == ("yes", "no"))
