"""How old the typical armed conflict of each year was: since its first death, and since its present episode began."""

from analysis.audit.series import stocks
from analysis.charts.marks import DASHES, Ends, Line, Look, Points, numbers
from analysis.charts.sheet import Panel, Sheet, borne, from_zero, years
from analysis.charts.style import ACCENT, INK
from analysis.tell.texts import named, say

YEAR, RELEASE = 2014, ("ucdp_armed_conflict", "4.0-2015")
"""The last year in the last release that was out a year before the report."""


def sheet() -> Sheet:
    """Two lines of median ages in years; both count the conflicts active in the year."""
    start, episode = (stocks(f"conflict_age.since_{since}", RELEASE) for since in ("start", "episode"))
    first = int(start.index.min())
    borne(start[YEAR] > 30 and episode[YEAR] < 5 and start.index.max() == YEAR, "old conflicts, young episodes")
    shown = {"year": YEAR, "first": first, "start": float(start[YEAR]), "episode": float(episode[YEAR])}
    return Sheet(
        title=say("The typical conflict of {year} began {start} years before, its present episode {episode}", **shown),
        subtitle=say("Median age in years of the armed conflicts active in each year, {first}–{year}", **shown),
        alt=(
            say(
                "Two lines of the median age of armed conflicts from {first} to {year}. Since the first death it rises "
                "to {start} years; since the present episode of fighting began it stays low and ends at {episode}.",
                **shown,
            ),
        ),
        panels=(
            Panel(
                (
                    Line(numbers("since_start", start, RELEASE), Look(ACCENT, width=2.2)),
                    Line(numbers("since_episode", episode, RELEASE), Look(INK, line=DASHES)),
                    Points(numbers("since_start", start.loc[[YEAR]], RELEASE), Look(ACCENT)),
                    Points(numbers("since_episode", episode.loc[[YEAR]], RELEASE), Look(INK, marker="s")),
                    Ends(
                        YEAR,
                        (
                            (named(say("Since the first death"), shown["start"]), shown["start"], ACCENT),
                            (named(say("Since fighting last resumed"), shown["episode"]), shown["episode"], INK),
                        ),
                        part=0.16,
                        edge=0.6,
                    ),
                ),
                x=years(first, YEAR, 10, ends=(YEAR,), pad=1.2),
                y=from_zero(float(start.max()), 10),
            ),
        ),
        releases=(RELEASE,),
        notes=(say("Whether conflicts have become more protracted depends on when one starts to count."),),
        claims=(("conflicts_protracted", "open"),),
    )
