"""Syria's documented deaths by month around the veto of February 2012."""

from analysis.audit import verdict_on
from analysis.charts.marks import Columns, Level, Look, Numbers, Rule, Say, one
from analysis.charts.sheet import Panel, Scale, Sheet, borne
from analysis.charts.style import ACCENT, CONTEXT, PAPER
from analysis.data.query import table
from analysis.tell.texts import Date, named, say

AREA, VDC, COUNCIL = "SYR", ("vdc_syria", "2019-06"), ("security_council", "2023-09")
AFTER, BECAUSE = "syria_deaths_rose_after_february_2012", "syria_deaths_rose_because"
FIRST, VOTE, LAST = "2011-03", "2012-02", "2014-12"
YEAR_BEFORE, YEAR_AFTER = ("2011-03", "2012-02"), ("2012-03", "2013-02")
"""The twelve months up to the vote and the twelve after it, as the audit compares them."""
ROWS = {"2011-10": (1, "center"), "2012-02": (0, "center"), "2012-07": (1, "left"), "2014-05": (0, "center")}
"""Month of a veto -> the row and side at which it is named."""


def _by_month(series: str, release: tuple[str, str]) -> dict[str, tuple[float, str]]:
    """Month -> number, and what it leaves out."""
    rows = table(series, AREA, by="month", source=release[0], vintage=release[1])
    columns = (rows[name] for name in ("year", "month", "best", "coverage"))
    found = {
        f"{year}-{int(month):02d}": (float(best), str(gap)) for year, month, best, gap in zip(*columns, strict=True)
    }
    return {month: found[month] for month in sorted(found) if FIRST <= month <= LAST}


def sheet() -> Sheet:
    """Columns by month, those with days missing hatched, the means of the years around the vote, and the vetoes."""
    months = _by_month("deaths.documented", VDC)
    whole, part = (
        Numbers(
            "deaths.documented",
            tuple(months),
            tuple(n if bool(gap) == gaps else 0.0 for n, gap in months.values()),
            source=VDC[0],
            vintage=VDC[1],
        )
        for gaps in (False, True)
    )
    found = next(f for f in verdict_on(AFTER).findings if f.reference and f.reference.first == 201103)
    before, after = found.compared_with or 0.0, found.value or 0.0
    rising = [months[month][0] for month in ("2011-11", "2011-12", "2012-01")]
    borne(
        after > before and all(n > months["2011-10"][0] for n in rising) and rising == sorted(rising),
        "deaths in Syria were already rising before the vote of February 2012",
    )
    vetoes = tuple(_by_month("vetoed_drafts", COUNCIL))
    borne(set(vetoes) == set(ROWS), "the months in which a veto stopped a draft on Syria")
    top = max(n for n, _ in months.values())
    shown = {
        "vote": Date(VOTE), "before": before, "after": after, "start": Date("2011-10"),
        "rise": months["2012-01"][0], "low": months["2011-10"][0], "first": Date(FIRST), "last": Date(LAST),
        "eve": Date("2012-01"),
    }  # fmt: skip
    looks = (
        (Look(CONTEXT, CONTEXT), Look(ACCENT, ACCENT)),
        (Look(PAPER, CONTEXT, "/////"), Look(PAPER, ACCENT, "/////")),
    )
    return Sheet(
        title=say("Deaths in Syria were already rising before the veto of {vote}", **shown),
        subtitle=say("Documented deaths by month; hatched: some days missing; dashed: months with vetoes on Syria"),
        alt=(
            say(
                "Columns of Syria's documented deaths by month from {first} to {last}: {low} in {start}, {rise} in "
                "{eve}. Level lines show the means of the twelve months to {vote}, {before}, and of the twelve after "
                "it, {after}. Upright lines mark months with vetoes.",
                **shown,
            ),
        ),
        panels=_panels(whole, part, looks, months, before, after, vetoes, top),
        releases=(VDC, COUNCIL),
        notes=(say("Documented deaths are a minimum. What came after the veto need not have come from it."),),
        claims=((AFTER, "yes"), (BECAUSE, "open")),
    )


def _panels(
    whole: Numbers,
    part: Numbers,
    looks: tuple[tuple[Look, Look], ...],
    months: dict[str, tuple[float, str]],
    before: float,
    after: float,
    vetoes: tuple[str, ...],
    top: float,
) -> tuple[Panel, ...]:
    """What is drawn, and where."""
    return (
        Panel(
            (
                Columns(
                    (whole, part), looks, tuple(m for m in months if YEAR_AFTER[0] <= m <= YEAR_AFTER[1]), 0.8 / 12
                ),
                Level(
                    one("mean", "before", before, *VDC),
                    named(say("Year before, monthly mean"), before),
                    *YEAR_BEFORE,
                    part=0.13,
                    line="-",
                ),
                Level(one("mean", "after", after, *VDC), None, *YEAR_AFTER, line="-"),
                Say(
                    named(say("Year after, monthly mean"), after),
                    "2013-04",
                    0.85 * top,
                    ha="left",
                    part=0.26,
                    to=(YEAR_AFTER[1], after),
                ),
                *(Rule(month, say("{month}", month=Date(month)), ROWS[month][1], ROWS[month][0]) for month in vetoes),
            ),
            x=Scale(2011.1, 2015.0, (2011.6, 2012.5, 2013.5, 2014.5), "year"),
            y=Scale(0, 1.05 * top, (0.0, 1000.0, 2000.0, 3000.0, 4000.0, 5000.0), "number"),
        ),
    )
