"""All displaced people by year, 1990 to 2015: in their own countries, refugees, and asylum-seekers."""

from analysis.audit.series import stocks
from analysis.charts.marks import DRESS, Columns, Ends, Numbers, Say, numbers
from analysis.charts.sheet import Panel, Sheet, borne, from_zero, years
from analysis.charts.style import ACCENT, INK
from analysis.tell.texts import Millions, Text, bare, named, say

FIRST, YEAR = 1990, 2015
GROUPS = {
    "idps": ("idmc_displacement", "2024-06"),
    "refugees": ("unhcr_population", "2017-08"),
    "palestine_refugees": ("unrwa_registered", "2023-06"),
    "asylum_seekers": ("unhcr_population", "2017-08"),
}
"""From the bottom of a column to its top, each in the first release that holds all years to 2015."""


def sheet() -> Sheet:
    """Stacked columns of four groups of displaced people; asylum-seekers are counted from 2000."""
    parts = {name: _within(name, release) for name, release in GROUPS.items()}
    totals = {year: sum(part[year] for part in parts.values() if year in part.at) for year in range(FIRST, YEAR + 1)}
    borne(max(totals, key=lambda year: totals[year]) == YEAR, "2015 had the most displaced people since 1990")
    foot, ends = 0.0, []
    names = {
        "idps": say("Internally displaced"),
        "refugees": say("Refugees (UNHCR)"),
        "palestine_refugees": say("Palestine refugees (UNRWA)"),
        "asylum_seekers": say("Asylum-seekers"),
    }
    for name, part in parts.items():
        ends.append(
            (named(names[name], Millions(part[YEAR])), foot + part[YEAR] / 2, ACCENT if name == "idps" else INK)
        )
        foot += part[YEAR]
    shown = {
        "year": YEAR, "first": FIRST, "since": int(parts["asylum_seekers"].at[0]), "total": Millions(totals[YEAR]),
        "start": Millions(totals[FIRST]), **{name: Millions(part[YEAR]) for name, part in parts.items()},
    }  # fmt: skip
    return Sheet(
        title=say("More people were displaced in {year} than in any year since {first}", **shown),
        subtitle=say("Displaced people at the end of each year, {first}–{year}, in millions", **shown),
        alt=(
            say(
                "Stacked columns of displaced people from {first} to {year}. The last is the highest, {total}: {idps} "
                "internally displaced, {refugees} refugees, {palestine_refugees} Palestine refugees and "
                "{asylum_seekers} asylum-seekers. The first is {start}.",
                **shown,
            ),
        ),
        panels=_panels(parts, totals, ends),
        releases=tuple(dict.fromkeys(GROUPS.values())),
        notes=(
            say(
                "Counts of the internally displaced begin around {first}: earlier decades cannot be compared.", **shown
            ),
            say("Asylum-seekers from {since} on.", **shown),
        ),
        claims=(("highest_in_un_history", "yes"),),
    )


def _panels(
    parts: dict[str, Numbers], totals: dict[int, float], ends: list[tuple[Text, float, str]]
) -> tuple[Panel, ...]:
    """What is drawn, and where."""
    return (
        Panel(
            (
                Columns(tuple(parts.values()), tuple(DRESS[name] for name in parts), about=(YEAR,)),
                Say(
                    bare(Millions(totals[YEAR])),
                    YEAR,
                    totals[YEAR],
                    (0.9, 0.4),
                    ha="right",
                    va="bottom",
                    colour=ACCENT,
                    large=True,
                ),
                Ends(YEAR, tuple(ends), part=0.17, edge=0.45),
            ),
            x=years(FIRST, YEAR, 5, ends=(YEAR,)),
            y=from_zero(totals[YEAR], 20_000_000, "millions", room=1.1),
        ),
    )


def _within(name: str, release: tuple[str, str]) -> Numbers:
    values = stocks(name, release)
    return numbers(name, values[(values.index >= FIRST) & (values.index <= YEAR)], release)
