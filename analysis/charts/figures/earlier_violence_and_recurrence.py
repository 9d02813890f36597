"""Years in which an actor killed 25 civilians or more, in the countries of two lists of the report."""

from analysis.audit import committed
from analysis.audit.verdicts import Verdict
from analysis.charts.marks import Numbers, Strip
from analysis.charts.sheet import Panel, Scale, Sheet, borne
from analysis.data.coverage import ALONE, from_text
from analysis.data.query import table
from analysis.tell.texts import Area, Text, bare, say

BEFORE, AFTER = "earlier_violence", "no_recurrence"
FIRST, START, LAST = 1989, 2013, 2015
"""Of the data, of the violence of the time in the first of the six, and of the years before the report."""
RELEASE = ("ucdp_one_sided", "1.4-2016")
"""The last release before the report."""


def sheet() -> Sheet:
    """Cells by country and year: an actor recorded there alone, one recorded there among other places, or none."""
    groups = {name: [v for v in committed() if v.claim.group == name] for name in (BEFORE, AFTER)}
    cells = {v.claim.area: _cells(v.claim.area) for some in groups.values() for v in some}
    earlier = [_years(cells[v.claim.area], FIRST, START) for v in groups[BEFORE]]
    again = [v.claim.area for v in groups[AFTER] if v.claim.event and _years(cells[v.claim.area], v.claim.event.year)]
    borne(all(earlier) and again == ["KEN"], "six at risk knew such years before; of four, Kenya alone did after")
    shown = {"six": len(earlier), "four": len(groups[AFTER]), "first": FIRST, "last": LAST, "again": Area(again[0])}
    return Sheet(
        title=say("All six at risk knew such years before; of four, {again} alone did after", **shown),
        subtitle=say("Years, {first}–{last}, in which an actor killed 25 civilians or more deliberately", **shown),
        alt=(
            say(
                "Rows of years for {six} countries that the report calls at risk and {four} where it says that "
                "violence did not recur. Filled: an actor recorded there alone; hatched: one recorded in several "
                "countries. Diamonds mark the crises after which it did not recur.",
                **shown,
            ),
        ),
        panels=(
            _panel(groups[BEFORE], cells, say("At risk now, and before")),
            _panel(groups[AFTER], cells, say("Said not to have recurred (diamond: the crisis)")),
        ),
        releases=(RELEASE,),
        notes=(
            say(
                "Filled: recorded there alone; hatched: in several countries. An empty year shows no absence of "
                "crimes, a filled one not that they are of the kind meant."
            ),
        ),
        claims=(
            *((v.claim.id, "yes") for v in groups[BEFORE]),
            *((v.claim.id, "open") for v in groups[AFTER]),
        ),
        across=False,
    )


def _cells(area: str) -> Numbers:
    """1 for a year with an actor recorded there alone, 0.5 for one recorded there among other places."""
    rows = table("deaths.one_sided", area, source=RELEASE[0], vintage=RELEASE[1]) if area != "TLS" else None
    found: dict[int, float] = {}
    for year, coverage in () if rows is None else zip(rows["year"], rows["coverage"], strict=True):
        alone = [clause.given for clause in from_text(coverage) if clause.kind == ALONE and clause.unit == "rows"]
        found[int(year)] = 0.5 if alone and not alone[0] else 1.0
    kept = {year: value for year, value in found.items() if FIRST <= year <= LAST}
    return Numbers(area, tuple(kept), tuple(kept.values()), source=RELEASE[0], vintage=RELEASE[1])


def _years(cells: Numbers, after: int, before: int = LAST + 1) -> int:
    """In how many years between two an actor is recorded, there alone or among other places."""
    return sum(after < int(year) < before for year in cells.at)


def _panel(some: list[Verdict], cells: dict[str, Numbers], title: Text) -> Panel:
    """The rows of one list, and the crises after which its members are said to have been free of it."""
    events = tuple(Numbers("crisis", (v.claim.event.year,), (1.0,)) for v in some if v.claim.event is not None)
    names, filled = (tuple(bare(Area(v.claim.area)) for v in some), tuple(cells[v.claim.area] for v in some))
    strip = Strip(names, filled, events, part=0.26)
    ticks = (1990.0, 1995.0, 2000.0, 2005.0, 2010.0, 2015.0)
    written = "year" if events else ""  # years stand once, below the last panel
    return Panel(
        (strip,),
        Scale(FIRST - 0.6, LAST + 0.6, ticks, written),
        title=title,
        weight=len(some) + (2.8 if events else 1.6),
    )
