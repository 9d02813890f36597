"""Where the rise in deaths from 2013 to 2014 came from: by type, and by country."""

import pandas as pd

from analysis.audit import reports, verdict_on
from analysis.charts import ucdp
from analysis.charts.marks import DRESS, Bars, Numbers, numbers
from analysis.charts.sheet import Panel, Scale, Sheet, borne
from analysis.data.query import table
from analysis.tell.texts import Area, Percent, Text, bare, say

YEAR, BEFORE, TOP, NAMED = 2014, 2013, 6, 3
PART = "civilians_large_part"


def rises(rows: pd.DataFrame, release: tuple[str, str], by: str) -> pd.Series:
    """How much more of each type, or in each area, there was than in the year before, most first."""
    after, before = (ucdp.totals(rows[rows["year"].eq(year)], dict([release]), by) for year in (YEAR, BEFORE))
    found = pd.Series(after.value, after.at).sub(pd.Series(before.value, before.at), fill_value=0.0)
    return found.sort_values(ascending=False, kind="stable")


def sheet() -> Sheet:
    """The rise by type and, on the same scale, in the countries where it was largest."""
    release = ucdp.newest(ucdp.ALL_DYADS)
    series = [f"deaths_all_dyads.{kind}" for kind in ucdp.TYPES]
    rows = table(series, year=[BEFORE, YEAR], source=release[0], vintage=release[1])
    rows = rows.assign(type=rows["series"].str.split(".").str[1])
    world = rows[rows["area"].eq("WLD")]
    rise = float(rises(world, release, "area").iloc[0])
    kinds = rises(world, release, "type")
    areas = rises(rows[rows["area"].ne("WLD")], release, "area").iloc[:TOP]
    part = float(areas.iloc[:NAMED].sum()) / rise
    borne(0.63 < part < 0.70, "two thirds of the rise in three countries")
    shares = [
        finding.value
        for finding in verdict_on(PART).findings
        if finding.value is not None
        and reports.definition(PART, finding.definition).terms[0].series == "deaths.one_sided"
    ]
    shares.append(float(kinds["one_sided"]) / rise)
    top = [Area(str(code)) for code in areas.index[:NAMED]]
    shown = {
        "year": YEAR, "before": BEFORE, "rise": rise, "one": top[0], "two": top[1], "three": top[2],
        "least": Percent(min(shares)), "most": Percent(max(shares)), "part": Percent(part),
        **{kind: float(kinds[kind]) for kind in ucdp.TYPES},
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
        title=say("Two thirds of {year}'s rise in deaths came in {one}, {two} and {three}", **shown),
        subtitle=say("Deaths in {year} beyond those of {before}: {rise} in all", **shown),
        alt=(
            say(
                "Bars of the rise in deaths from {before} to {year}. By type: {state_based} in wars in which a state "
                "fights, {non_state} in fighting between groups, {one_sided} from deliberate killing of civilians. By "
                "country, {one}, {two} and {three} have {part} of the rise of {rise}.",
                **shown,
            ),
        ),
        panels=_panels(names, by_kind, by_area, scale),
        releases=(release,),
        notes=(say("Deliberate killing made up {least} to {most} of the rise, by every count.", **shown),),
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
            (by_kind, (), say("By type"), 0.36),
            (by_area, by_area.at[:NAMED], say("By country"), 0.64),
        )
    )
