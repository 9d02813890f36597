"""Deliberate killing of civilians by year, 1989 to 2015, by governments and by other groups."""

import pandas as pd

from analysis.charts.marks import Columns, Ends, Look, Say, numbers
from analysis.charts.sheet import Panel, Sheet, borne, from_zero, years
from analysis.charts.style import ACCENT, CONTEXT, INK, PALE, TINT
from analysis.data.query import table
from analysis.tell.texts import dated, named, say

YEAR, PEAK, CUT = 2014, 1994, 45_000.0
RELEASE = ("ucdp_one_sided", "1.4-2016")
"""The last release before the report; it holds 1989 to 2015."""


def sheet() -> Sheet:
    """Stacked columns by who killed; 1994 goes beyond the scale."""
    rows = table("deaths.one_sided", "WLD", by="class", source=RELEASE[0], vintage=RELEASE[1])
    wide = rows.pivot(index="year", columns="actor_class", values="best").fillna(0.0)
    total = wide.sum(axis="columns")
    worst = max(total.loc[2005:].index, key=lambda year: total[year])
    nineties = [year for year in range(1995, 1999) if total[year] > total[YEAR]]
    borne(
        worst == YEAR and nineties == [1995, 1996, 1997, 1998],
        "deliberate killing rose to 2014, but not to the level of 1995-1998",
    )
    last = int(total.index.max())
    groups, states = wide["non_government"], wide["government"]
    shown = {
        "year": YEAR, "peak": PEAK, "first": int(total.index.min()), "last": last, "deaths": float(total[YEAR]),
        "most": float(total[PEAK]), "states": float(states[YEAR]), "low": 1995, "high": 1998,
    }  # fmt: skip
    return Sheet(
        title=say("Deliberate killing of civilians rose by {year}, but not to {low}–{high} levels", **shown),
        subtitle=say("Civilians deliberately killed, {first}–{last}, by who killed them", **shown),
        alt=(
            say(
                "Stacked columns of civilians deliberately killed in each year from {first} to {last}. {peak}, with "
                "{most}, goes far beyond the scale. {year} has {deaths}, {states} of them killed by governments.",
                **shown,
            ),
        ),
        panels=_panels(states, groups, total, last),
        releases=(RELEASE,),
        notes=(
            say("Leaves out bombing and shelling of populated areas, and killers of fewer than 25 civilians a year."),
        ),
        claims=(("atrocity_scale_rose", "open"), ("violations_by_states_majority", "open")),
    )


def _panels(states: pd.Series, groups: pd.Series, total: pd.Series, last: int) -> tuple[Panel, ...]:
    """What is drawn, and where."""
    return (
        Panel(
            (
                Columns(
                    (numbers("government", states, RELEASE), numbers("non_government", groups, RELEASE)),
                    ((Look(CONTEXT), Look(ACCENT)), (Look(PALE, CONTEXT), Look(TINT, ACCENT))),
                    about=(YEAR,),
                    cut=CUT,
                ),
                Say(dated(PEAK, float(total[PEAK])), PEAK, CUT, (1.2, -0.7), ha="left", va="top"),
                Say(
                    dated(YEAR, float(total[YEAR])),
                    YEAR,
                    float(total[YEAR]),
                    (0.0, 0.4),
                    va="bottom",
                    colour=ACCENT,
                ),
                Ends(
                    last,
                    (
                        (
                            named(say("By other groups, {year}", year=last), float(groups[last])),
                            float(states[last] + groups[last] / 2),
                            INK,
                        ),
                        (
                            named(say("By governments, {year}", year=last), float(states[last])),
                            float(states[last] / 2),
                            INK,
                        ),
                    ),
                    part=0.15,
                    edge=0.45,
                ),
            ),
            x=years(int(total.index.min()), last, 5, ends=(last,)),
            y=from_zero(CUT, 10_000, room=1.03),
        ),
    )
