"""Foreign troops in conflicts within states since 1946, and any outside support in 2014."""

import pandas as pd

from analysis.audit import reports, series, verdict_on
from analysis.audit.findings import Finding
from analysis.charts.marks import Columns, Level, Line, Look, Points, Say, numbers, one
from analysis.charts.sheet import Panel, Scale, Sheet, borne, years
from analysis.charts.style import ACCENT, CONTEXT
from analysis.tell.texts import Percent, dated, say

CLAIM, YEAR, NEXT = "civil_wars_third_party", 2014, 2015
SUPPORT = "any_support"


def sheet() -> Sheet:
    """The share of conflicts within states in which another government's troops fought, by year, against a third."""
    release = series.newest("ucdp_armed_conflict")
    wide = series.world("conflicts", dict([release])).pivot(index="year", columns="type", values="best")
    share = (wide["internationalized"] / (wide["internationalized"] + wide["intrastate"])).loc[:NEXT]
    found = [finding for finding in verdict_on(CLAIM).findings if finding.value is not None]
    kinds = {finding.definition: reports.definition(CLAIM, finding.definition) for finding in found}
    any_support = next(f for f in found if (kinds[f.definition].kind, kinds[f.definition].year) == (SUPPORT, YEAR))
    borne(
        share.idxmax() == NEXT and 0.29 < share[YEAR] < 0.37 and 0.37 < share[NEXT] < 0.43,
        "foreign troops fought in a third of conflicts in 2014, two fifths in 2015",
    )
    (supporting,) = any_support.vintages.items()
    shown = {
        "year": YEAR, "next": NEXT, "first": int(share.index.min()), "share": Percent(share[YEAR]),
        "more": Percent(share[NEXT]), "support": Percent(any_support.value or 0.0),
    }  # fmt: skip
    scale = Scale(0, 1, (0, 0.5, 1), "percent")
    return Sheet(
        title=say("Foreign troops: in a third of civil conflicts in {year}, two fifths in {next}", **shown),
        subtitle=say("Share of armed conflicts within states that had outside parties", **shown),
        alt=(
            say(
                "A line of the share of conflicts within states in which another government's troops fought, from "
                "{first} to {next}; it ends at its highest, {share} in {year} and {more} in {next}. A bar shows any "
                "outside support in {year}: {support}.",
                **shown,
            ),
        ),
        panels=_panels(share, release, shown, scale, any_support, supporting),
        releases=(release, supporting),
        notes=(say("Support includes money, arms, training and refuge. Shares before 1960 rest on few conflicts."),),
        claims=((CLAIM, "open"),),
    )


def _panels(
    share: pd.Series,
    release: tuple[str, str],
    shown: dict[str, object],
    scale: Scale,
    any_support: Finding,
    supporting: tuple[str, str],
) -> tuple[Panel, ...]:
    """What is drawn, and where."""
    return (
        Panel(
            (
                Level(one("third", "third", 1 / 3), say("a third")),
                Line(numbers("troops", share, release), Look(CONTEXT)),
                Points(numbers("troops", share.loc[[YEAR, NEXT]], release), Look(ACCENT)),
                Say(
                    dated(NEXT, shown["more"]),
                    NEXT,
                    float(share[NEXT]),
                    (-0.2, 0.5),
                    ha="right",
                    va="bottom",
                    colour=ACCENT,
                ),
                Say(
                    dated(YEAR, shown["share"]),
                    YEAR,
                    float(share[YEAR]),
                    (-0.6, 0.0),
                    ha="right",
                    colour=ACCENT,
                ),
            ),
            x=years(int(share.index.min()), NEXT, 10, ends=(NEXT,), pad=1.5),
            y=scale,
            title=say("Foreign troops"),
            weight=0.78,
        ),
        Panel(
            (
                Columns(
                    (one("any_support", YEAR, any_support.value or 0.0, *supporting),),
                    ((Look(CONTEXT), Look(ACCENT)),),
                    width=0.5,
                ),
                Say(say("{value}", value=shown["support"]), YEAR, any_support.value or 0.0, (0.0, 0.4), va="bottom"),
            ),
            x=years(YEAR, YEAR, 1, ends=(YEAR,)),
            y=scale,
            title=say("Any support"),
            weight=0.22,
        ),
    )
