"""The internally displaced of 2015: as stated in 2016 and repeated by the report, and as counted since."""

from analysis.audit import headlines, reports
from analysis.audit.series import stocks
from analysis.charts.marks import DASHES, Ends, Line, Look, Points, Say, one
from analysis.charts.marks import numbers as shown_by
from analysis.charts.sheet import Panel, Sheet, borne, from_zero, years
from analysis.charts.style import ACCENT, CONTEXT, INK
from analysis.data import registry
from analysis.tell.texts import Millions, named, say

YEAR, CLAIM = 2015, "idps_40_8_million"


def sheet() -> Sheet:
    """The world's internally displaced by year, in the release before the report and in the newest, and the stated."""
    known = sorted((r for r in registry.used() if r.source == "idmc_displacement"), key=lambda r: r.published)
    every = {release.vintage: stocks("idps", (release.source, release.vintage)) for release in known}
    stated = headlines.by_id(reports.claim(CLAIM).headline).value
    later = {vintage: float(values[YEAR]) for vintage, values in every.items() if YEAR in values.index}
    borne(
        all(f"{persons / 1e6:.1f}" == "40.5" for persons in later.values()) and stated == 40_800_000,
        "all later data put the internally displaced of 2015 at 40.5 million, not 40.8",
    )
    old, new = ((known[place].source, known[place].vintage) for place in (0, -1))
    before, since = every[old[1]], every[new[1]]
    since = since[since.index <= YEAR]
    whole = since[since.index >= 2008]
    first = int(before.index.min())
    shown = {
        "year": YEAR, "first": first, "now": Millions(whole[YEAR]), "stated": Millions(stated),
        "count": len(later), "last": int(before.index.max()),
    }  # fmt: skip
    return Sheet(
        title=say("Later data put the internally displaced of {year} at {now}, not {stated}", **shown),
        subtitle=say("People displaced within their countries by conflict, end of each year, in millions"),
        alt=(
            say(
                "A line of the internally displaced from {first} to {last}, as known before the report, and one to "
                "{year} by the newest data, which ends at {now}. A point above it marks the {stated} that the report "
                "repeats. All {count} later data sets agree to a tenth of a million.",
                **shown,
            ),
        ),
        panels=(
            Panel(
                (
                    Line(shown_by("idps", before, old), Look(CONTEXT, width=2.6)),
                    Line(shown_by("idps", whole, new), Look(INK, line=DASHES)),
                    Points(one("idps", YEAR, whole[YEAR], *new), Look(INK)),
                    Points(
                        one("idps.stated", YEAR, stated, "headline", reports.claim(CLAIM).headline),
                        Look(ACCENT, marker="D"),
                    ),
                    Say(say("Data of {year}", year=int(old[1])), 2001, before[2001], (0.0, 1.2)),
                    Say(say("Data of {year}", year=int(new[1][:4])), 2011, whole[2011], (0.0, -1.2)),
                    Ends(
                        YEAR,
                        (
                            (named(say("As stated in 2016"), Millions(stated)), stated, ACCENT),
                            (named(say("Counted since"), Millions(whole[YEAR])), whole[YEAR], INK),
                        ),
                        part=0.17,
                        edge=0.2,
                    ),
                ),
                x=years(first, YEAR, 5, ends=(first, YEAR)),
                y=from_zero(stated, 10_000_000, "millions"),
            ),
        ),
        releases=(old, new),
        notes=(say("Still the highest year until then, by every count."),),
        claims=((CLAIM, "no"),),
    )
