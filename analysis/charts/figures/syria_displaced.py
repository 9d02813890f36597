"""People displaced within and from Syria at the end of each year, 2011 to 2015."""

from analysis.audit import reports
from analysis.audit.series import stocks
from analysis.charts.marks import DRESS, Columns, Ends, Level, Numbers, Say, one
from analysis.charts.sheet import Panel, Sheet, borne, from_zero, years
from analysis.charts.style import ACCENT, INK
from analysis.tell.texts import Millions, bare, named, say

AREA, FIRST, YEAR, CLAIM = "SYR", 2011, 2015, "syria_displaced"
UNHCR, LATER = ("unhcr_population", "2017-08"), ("unhcr_population", "2026-06")
GROUPS = (
    ("idps", "location", ("idmc_displacement", "2018"), ("idmc_displacement", "2026-06")),
    ("refugees", "origin", UNHCR, LATER),
    ("asylum_seekers", "origin", UNHCR, LATER),
)
"""Series, role, the first release that holds 2015, and the newest, which stands in for a year that it lacks."""


def sheet() -> Sheet:
    """Stacked columns against the report's figure; asylum-seekers on top of what the audit counts."""
    parts = tuple(_numbers(*group) for group in GROUPS)
    idps, refugees, seekers = parts
    stated = reports.claim(CLAIM).value or 0.0
    core = {year: idps[year] + refugees[year] for year in range(FIRST, YEAR + 1)}
    borne(core[YEAR] > stated, "more displaced Syrians than 11 million")
    names = {
        "idps": say("Internally displaced"),
        "refugees": say("Refugees"),
        "asylum_seekers": say("Asylum-seekers, besides"),
    }
    foot, ends = 0.0, []
    for part in parts:
        ends.append(
            (named(names[part.name], Millions(part[YEAR])), foot + part[YEAR] / 2, ACCENT if part is idps else INK)
        )
        foot += part[YEAR]
    shown = {
        "year": YEAR, "first": FIRST, "core": Millions(core[YEAR]), "stated": Millions(stated, 0),
        **{part.name: Millions(part[YEAR]) for part in parts},
    }  # fmt: skip
    return Sheet(
        title=say("{core} people were displaced within or from Syria by the end of {year}", **shown),
        subtitle=say("People displaced within and from Syria at the end of each year, in millions"),
        alt=(
            say(
                "Stacked columns for the end of each year from {first} to {year}. At the end of {year}, {idps} "
                "internally displaced in Syria and {refugees} refugees from Syria, {core} together, and "
                "{asylum_seekers} asylum-seekers besides. A line marks the report's figure, over {stated}.",
                **shown,
            ),
        ),
        panels=(
            Panel(
                (
                    Columns(parts, tuple(DRESS[part.name] for part in parts), about=(YEAR,), width=0.62),
                    Level(one("stated", YEAR, stated), say("The report: over {stated}", **shown), last=YEAR),
                    *(
                        Say(
                            bare(Millions(core[year])),
                            year,
                            core[year] + seekers[year],
                            (0.0, 0.4),
                            va="bottom",
                            colour=ACCENT if year == YEAR else INK,
                        )
                        for year in core
                    ),
                    Ends(YEAR, tuple(ends), part=0.17, edge=0.36),
                ),
                x=years(FIRST, YEAR, 1),
                y=from_zero(foot, 2_000_000, "millions", room=1.14),
            ),
        ),
        releases=tuple(dict.fromkeys(release for *_, first, later in GROUPS for release in (first, later))),
        notes=(say("Numbers above the columns leave out asylum-seekers. Palestine refugees are not included."),),
        claims=((CLAIM, "yes"),),
    )


def _numbers(series: str, role: str, release: tuple[str, str], later: tuple[str, str]) -> Numbers:
    """Each year in the first release that holds it, of the two."""
    first, newest = (stocks(series, some, area=AREA, role=role) for some in (release, later))
    at = tuple(range(FIRST, YEAR + 1))
    values = tuple(float(first[year] if year in first.index else newest[year]) for year in at)
    return Numbers(series, at, values, source=release[0], vintage=release[1])
