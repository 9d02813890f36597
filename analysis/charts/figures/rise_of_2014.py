"""Where the rise in deaths from 2013 to 2014 came from: by type, and by country."""

import pandas as pd

from analysis.audit import reports, series, verdict_on
from analysis.charts.marks import DRESS, Bars, Numbers, numbers
from analysis.charts.sheet import Panel, Scale, Sheet, borne
from analysis.data import registry
from analysis.data.query import table
from analysis.tell.texts import Area, Percent, Text, bare, say

YEAR, BEFORE, TOP, NAMED = 2014, 2013, 6, 3
PART = "civilians_large_part"


def rises(rows: pd.DataFrame, release: tuple[str, str], by: str) -> pd.Series:
    """How much more of each type, or in each area, there was than in the year before, most first."""
    sums = (series.sums(rows[rows["year"].eq(year)], by).items() for year in (YEAR, BEFORE))
    after, before = (pd.Series({key: total.value or 0.0 for key, total in some}) for some in sums)
    found = after.sub(before, fill_value=0.0)
    return found.sort_values(ascending=False, kind="stable")


def sheet() -> Sheet:
    """The rise by type and, on the same scale, in the countries where it was largest."""
    release = series.newest(series.ALL_DYADS)
    names_of = [f"deaths_all_dyads.{kind}" for kind in series.TYPES]
    rows = table(names_of, year=[BEFORE, YEAR], source=release[0], vintage=release[1])
    rows = rows.assign(type=rows["series"].str.split(".").str[1])
    world = rows[rows["area"].eq("WLD")]
    rise = float(rises(world, release, "area").iloc[0])
    kinds = rises(world, release, "type")
    areas = rises(rows[rows["area"].ne("WLD")], release, "area").iloc[:TOP]
    first = series.release_groups()[0]
    then = _of_syria(first)
    shares, of_all = _shares("deaths.one_sided"), _shares("deaths_all_dyads.civilians")
    shares.append(float(kinds["one_sided"]) / rise)
    borne(min(shares) > 0.06 and max(shares) < 0.105, "deliberate killing made up a tenth of the rise or less")
    top = [Area(str(code)) for code in areas.index[:NAMED]]
    shown = {
        "year": YEAR, "before": BEFORE, "rise": rise, "one": top[0], "two": top[1], "three": top[2],
        "least": Percent(min(shares)), "most": Percent(max(shares)), "then": then,
        "few": Percent(min(of_all)), "many": Percent(max(of_all)),
        "old": _year(next(iter(first.items()))), "new": _year(release),
        **{kind: float(kinds[kind]) for kind in series.TYPES},
    }  # fmt: skip
    names = {
        "state_based": say("Wars in which a state fights"),
        "non_state": say("Fighting between groups"),
        "one_sided": say("Deliberate killing of civilians"),
    }
    names["ISR"] = say("Israel, with Gaza and the West Bank")
    by_kind, by_area = numbers("rise", kinds, release), numbers("rise", areas, release)
    scale = max(by_kind.value[0], by_area.value[0])
    return Sheet(
        title=say("Deliberate killing of civilians made up {least} to {most} of {year}'s rise in deaths", **shown),
        subtitle=say("Deaths in {year} beyond those of {before}, {rise} in all (data of {new})", **shown),
        alt=(
            say(
                "Bars of the rise in deaths from {before} to {year}. By type: {state_based} in wars in which a state "
                "fights, {non_state} in fighting between groups, {one_sided} from deliberate killing of civilians. By "
                "country, most of the rise of {rise} was in {one}, {two} and {three}.",
                **shown,
            ),
        ),
        panels=_panels(names, by_kind, by_area, scale),
        releases=(*first.items(), release),
        notes=(
            say(
                "Percentages: over all counts; of all civilians killed, {few} to {many}. By the data of {old}, the "
                "rise in Syria was {then}.",
                **shown,
            ),
        ),
        claims=((PART, "no"),),
        across=False,
    )


def _panels(names: dict[str, Text], by_kind: Numbers, by_area: Numbers, scale: float) -> tuple[Panel, ...]:
    """What is drawn, and where."""
    return tuple(
        Panel(
            (
                Bars(
                    tuple(names.get(str(at), bare(Area(str(at)))) for at in shown_.at),
                    (shown_,),
                    (DRESS["all"],),
                    tuple(say("+{value}", value=value) for value in shown_.value),
                    about=about,
                ),
            ),
            x=Scale(high=scale),
            title=title,
            weight=weight,
        )
        for shown_, about, title, weight in (
            (by_kind, ("one_sided",), say("By type"), 0.36),
            (by_area, (), say("By country"), 0.64),
        )
    )


def _shares(series: str) -> list[float]:
    """What the findings give as the part of a series in the rise."""
    return [
        finding.value
        for finding in verdict_on(PART).findings
        if finding.value is not None and reports.definition(PART, finding.definition).terms[0].series == series
    ]


def _of_syria(releases: dict[str, str]) -> float:
    """The rise in Syria by the data of the time."""
    rows = pd.concat(
        table(series.YEARLY[source], "SYR", year=[BEFORE, YEAR], source=source, vintage=vintage)
        for source, vintage in releases.items()
    )
    return float(rises(rows, next(iter(releases.items())), "area").iloc[0])


def _year(pair: tuple[str, str]) -> str:
    return registry.by_key(registry.used())[pair].published[:4]
