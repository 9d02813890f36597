"""The same year, counted again: six figures in every release, each as its first published value = 100."""

from dataclasses import dataclass

from analysis.audit import headlines
from analysis.charts.marks import Ends, Line, Look, Numbers
from analysis.charts.sheet import Panel, Scale, Sheet, borne
from analysis.charts.style import ACCENT, CONTEXT, INK
from analysis.data import registry
from analysis.data.query import table
from analysis.tell.texts import Text, named, say

NOW = "2026-06-30"


@dataclass(frozen=True)
class Subject:
    """One year's figure: a series of one source in a place, and what its publisher stated first, if in words."""

    name: Text
    series: str
    source: str
    area: str
    year: int
    headline: str = ""


BATTLE = ("deaths.state_based", "ucdp_battle_related_deaths")
SUBJECTS = (
    Subject(say("Syria, war deaths of {year}", year=2012), *BATTLE, "SYR", 2012),
    Subject(say("World, deliberate killing of {year}", year=1994), "deaths.one_sided", "ucdp_one_sided", "WLD", 1994),
    Subject(say("Syria, war deaths of {year}", year=2013), *BATTLE, "SYR", 2013),
    Subject(say("Syria, war deaths of {year}", year=2014), *BATTLE, "SYR", 2014),
    Subject(say("World, war deaths of {year}", year=2014), *BATTLE, "WLD", 2014),
    Subject(
        say("World, internally displaced, {year}", year=2015),
        "idps",
        "idmc_displacement",
        "WLD",
        2015,
        "idmc_idps_2015",
    ),
)


def published(subject: Subject) -> Numbers:
    """A figure at each date on which it was published, as the first is 100."""
    known = registry.by_key(registry.used())
    rows = table(subject.series, subject.area, year=subject.year, source=subject.source).dropna(subset="best")
    values = {
        known[subject.source, vintage].available_by.isoformat(): float(best)
        for vintage, best in zip(rows["vintage"], rows["best"], strict=True)
    }
    if subject.headline:
        stated = headlines.by_id(subject.headline)
        values[stated.available_by.isoformat()] = stated.value
    at = tuple(sorted(values))
    name = f"{subject.series} {subject.area} {subject.year}"
    return Numbers(name, at, tuple(100 * values[date] / values[at[0]] for date in at), source=subject.source)


def sheet() -> Sheet:
    """A stepped line a figure, from release to release, named at its end."""
    lines = [published(subject) for subject in SUBJECTS]
    last = [line.value[-1] for line in lines]
    borne(last[0] > 300 and max(last) == last[0] and 98 < last[-1] < 100, "Syria's war dead of 2012 more than tripled")
    shown = {"year": 2012, "first": 100, "most": last[0], "least": last[-1]}
    releases = {
        (release.source, release.vintage)
        for release in registry.used()
        for line in lines
        if release.source == line.source and release.available_by.isoformat() in line.at
    }
    return Sheet(
        title=say("Counted again, Syria's war deaths of {year} more than tripled", **shown),
        subtitle=say("The same year's figure at each date of publication; the first published = {first}", **shown),
        alt=(
            say(
                "Six stepped lines start at {first} and end at the last publication. Syria's war deaths of "
                "{year} end at {most}, the world's internally displaced at {least}; the others lie between.",
                **shown,
            ),
        ),
        panels=(
            Panel(
                (
                    *(
                        Line(
                            line,
                            Look(
                                ACCENT if line is lines[0] else CONTEXT,
                                width=2.4 if line is lines[0] else 1.6,
                                marker="o",
                            ),
                            NOW,
                        )
                        for line in lines
                    ),
                    Ends(
                        NOW,
                        tuple(
                            (named(subject.name, value), value, ACCENT if subject is SUBJECTS[0] else INK)
                            for subject, value in zip(SUBJECTS, last, strict=True)
                        ),
                        part=0.25,
                    ),
                ),
                x=Scale(2015.2, 2026.5, (2016.0, 2018.0, 2020.0, 2022.0, 2024.0, 2026.0), "year"),
                y=Scale(0, 1.08 * last[0], (0.0, 100.0, 200.0, 300.0), "number"),
            ),
        ),
        releases=tuple(sorted(releases)),
        notes=(say("A later count is not always a better one, but it is the publisher's own."),),
        claims=(("deaths_2014_over_100000", "open"), ("idps_40_8_million", "open")),
    )
