"""Deaths in the Central African Republic by month, before the coup of 2013 and up to the Council's mission."""

import pandas as pd

from analysis.audit import series, verdict_on
from analysis.charts.marks import DRESS, Columns, Key, Numbers, Points, Rule, summed
from analysis.charts.sheet import Panel, Scale, Sheet, borne
from analysis.data.query import table
from analysis.tell.texts import Area, Date, bare, named, say

AREA, EVENTS = "CAF", ("ucdp_events", "23.1")
BEFORE_MANDATE, ROSE = "car_violence_before_mandate", "car_deaths_rose_after_coup"
FIRST, LAST, COUP, MANDATE = 2012, 2014, "2013-03", "2014-04"
NAMES = {
    "one_sided": say("Deliberate killing of civilians"),
    "non_state": say("Fighting between groups"),
    "state_based": say("Wars in which a state fights"),
}
"""From the bottom of a column to its top."""
LOOKS = tuple((DRESS[kind][kind == "one_sided"],) * 2 for kind in NAMES)
"""The claims are about deliberate killing in every month."""


def _months() -> dict[str, pd.DataFrame]:
    """Rows by month of each type; a month without an event has none."""
    at = [f"{year}-{month:02d}" for year in range(FIRST, LAST + 1) for month in range(1, 13)]
    found = {}
    for kind in NAMES:
        rows = table(f"deaths_all_dyads.{kind}", AREA, by="month", source=EVENTS[0], vintage=EVENTS[1])
        rows = rows[rows["year"].between(FIRST, LAST)]
        names = [f"{year}-{int(month):02d}" for year, month in zip(rows["year"], rows["month"], strict=True)]
        rows = rows[["low", "best", "high", "coverage"]].set_axis(names).reindex(at)
        found[kind] = rows.fillna({"low": 0.0, "best": 0.0, "high": 0.0, "coverage": ""})
    return found


def sheet() -> Sheet:
    """Stacked columns by month with the range of their total, and the two dates that the report names."""
    months = _months()
    at = tuple(str(month) for month in months["one_sided"].index)
    parts = tuple(Numbers(f"deaths.{kind}", at, tuple(rows["best"]), (), (), *EVENTS) for kind, rows in months.items())
    every = pd.concat([rows.assign(month=rows.index) for rows in months.values()])
    totals = summed("all", series.sums(every, "month"), dict([EVENTS]))
    rose = next(f for f in verdict_on(ROSE).findings if f.reference and (f.reference.first or 0) > 9999)
    after, before = rose.value or 0.0, rose.compared_with or 0.0
    borne(after > 10 * before, "deliberate killing rose after the coup")
    peak = at[max(range(len(at)), key=lambda month: totals.value[month])]
    top = max(high or 0.0 for high in totals.high)
    shown = {
        "area": Area(AREA), "after": after, "before": before, "coup": Date(COUP), "mandate": Date(MANDATE),
        "peak": Date(peak), "deaths": totals[peak], "first": FIRST, "last": LAST,
        "from": Date("2013-04"), "to": Date("2014-04"),
    }  # fmt: skip
    return Sheet(
        title=say("After the coup, {after} civilians a month were deliberately killed; before it, {before}", **shown),
        subtitle=say("Deaths by month in the Central African Republic, {first}–{last}", **shown),
        alt=(
            say(
                "Stacked columns of deaths by month in the {area}, with lines at the coup of {coup} and the mission of "
                "{mandate}. Hardly any before the coup; the highest month is {peak} with {deaths}.",
                **shown,
            ),
        ),
        panels=_panels(parts, totals, shown, peak, top),
        releases=(EVENTS,),
        notes=(
            say(
                "Monthly means: {from} to {to}, and the twelve months before {coup}. Lines: low to high estimate.",
                **shown,
            ),
        ),
        claims=((BEFORE_MANDATE, "open"), (ROSE, "open")),
    )


def _panels(
    parts: tuple[Numbers, ...], totals: Numbers, shown: dict[str, object], peak: str, top: float
) -> tuple[Panel, ...]:
    """What is drawn, and where."""
    return (
        Panel(
            (
                Columns(parts, LOOKS, width=0.8 / 12),
                Points(totals),
                Rule(COUP, say("Coup, {coup}", **shown), part=0.2),
                Rule(
                    MANDATE,
                    say("Council creates the mission MINUSCA (resolution 2149), {mandate}", **shown),
                    part=0.22,
                ),
                Key(
                    tuple(looks[0] for looks in reversed(LOOKS)),
                    tuple(
                        named(NAMES[kind], part[peak]) for kind, part in reversed(list(zip(NAMES, parts, strict=True)))
                    ),
                    0.02,
                    0.9,
                    bare(Date(peak)),
                ),
            ),
            x=Scale(FIRST, LAST + 1, tuple(year + 0.5 for year in range(FIRST, LAST + 1)), "year"),
            y=Scale(0, 1.04 * top, (0.0, 500.0, 1000.0, 1500.0), "number"),
        ),
    )
