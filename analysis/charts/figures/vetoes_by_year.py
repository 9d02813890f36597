"""Draft resolutions of the Security Council that a veto stopped, by year to 2015."""

import pandas as pd

from analysis.audit import series, verdict_on
from analysis.charts.marks import Columns, Ends, Level, Look, numbers, one
from analysis.charts.sheet import Panel, Sheet, borne, from_zero, years
from analysis.charts.style import ACCENT, CONTEXT, INK, PALE
from analysis.data.query import table
from analysis.tell.texts import Decimal, named, say

CLAIM, AREA, FROM, TO, LATER = "council_more_vetoes", "SYR", 2011, 2015, 2006


def sheet() -> Sheet:
    """Columns by year, those on Syria apart, with the means of the spans that the audit compares."""
    release = series.newest("security_council")
    every = table("vetoed_drafts", area="WLD", source=release[0], vintage=release[1]).set_index("year")["best"]
    syria = (
        table("vetoed_drafts", AREA, by="month", source=release[0], vintage=release[1]).groupby("year")["best"].sum()
    )
    every = every[every.index <= TO].sort_index()
    syria = syria.reindex(every.index).fillna(0.0)
    found = verdict_on(CLAIM).findings
    spans = {(f.reference.first, f.reference.last): f.reference.estimate.value or 0.0 for f in found if f.reference}
    mean, first = found[0].value or 0.0, int(every.index.min())
    since, decades = spans[first, FROM - 1], spans[LATER, FROM - 1]
    borne(decades < mean < since, "more vetoes than in 2006-2010, fewer than on average since 1946")
    shown = {
        "from": FROM, "to": TO, "first": first, "before": FROM - 1, "later": LATER, "mean": Decimal(mean),
        "since": Decimal(since), "decades": Decimal(decades), "syria": float(syria.sum()),
        "count": float(every[every.index >= FROM].sum()),
    }  # fmt: skip
    looks = {"since": (first, since, INK), "later": (LATER, decades, INK), "now": (FROM, mean, ACCENT)}
    return Sheet(
        title=say("Vetoes rose after {before}, but stayed below the average since {first}", **shown),
        subtitle=say("Draft resolutions stopped by a veto in the Security Council, {first}–{to}", **shown),
        alt=(
            say(
                "Columns of draft resolutions vetoed in each year from {first} to {to}. From {from} to {to} there were "
                "{count}, {mean} a year, {syria} of them on Syria; from {later} to {before} {decades} a year, and from "
                "{first} to {before} {since} a year.",
                **shown,
            ),
        ),
        panels=_panels(syria, every, release, looks, first, since, mean, decades),
        releases=(release,),
        notes=(say("Dark red: on Syria. Drafts not put to a vote because a veto was certain leave no trace."),),
        claims=((CLAIM, "open"),),
    )


def _panels(
    syria: pd.Series,
    every: pd.Series,
    release: tuple[str, str],
    looks: dict[str, tuple[int, float, str]],
    first: int,
    since: float,
    mean: float,
    decades: float,
) -> tuple[Panel, ...]:
    """What is drawn, and where."""
    return (
        Panel(
            (
                Columns(
                    (
                        numbers("vetoed_drafts.syria", syria, release),
                        numbers("vetoed_drafts.other", every - syria, release),
                    ),
                    ((Look(ACCENT), Look(ACCENT)), (Look(CONTEXT), Look(PALE, ACCENT))),
                    about=tuple(range(FROM, TO + 1)),
                ),
                *(
                    Level(one("mean", year, value), first=year, last=TO if year == FROM else FROM - 1, colour=colour)
                    for year, value, colour in looks.values()
                ),
                Ends(
                    TO,
                    (
                        (
                            named(say("Yearly mean {first}–{last}", first=first, last=FROM - 1), Decimal(since)),
                            since,
                            INK,
                        ),
                        (named(say("Yearly mean {first}–{last}", first=FROM, last=TO), Decimal(mean)), mean, ACCENT),
                        (
                            named(say("Yearly mean {first}–{last}", first=LATER, last=FROM - 1), Decimal(decades)),
                            decades,
                            INK,
                        ),
                    ),
                    part=0.17,
                    edge=0.45,
                ),
            ),
            x=years(first, TO, 10, ends=(TO,)),
            y=from_zero(float(every.max()), 2),
        ),
    )
