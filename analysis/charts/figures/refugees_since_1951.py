"""Refugees at the end of each year to 2015: UNHCR's and UNRWA's, one on top of the other."""

import pandas as pd

from analysis.audit.series import stocks
from analysis.charts.marks import DRESS, Ends, Level, Look, Points, Say, Stack, numbers, one
from analysis.charts.sheet import Panel, Sheet, borne, from_zero, years
from analysis.charts.style import ACCENT, INK, SOFT
from analysis.tell.texts import Millions, dated, named, say

YEAR = 2015
LATER = ("unhcr_population", "2026-06")
UNHCR, UNRWA = ("unhcr_population", "2017-08"), ("unrwa_registered", "2026-06")
"""The first release of UNHCR's series that holds 2015; all of UNRWA's series is in its newest."""


def sheet() -> Sheet:
    """Refugees under UNHCR's mandate and Palestine refugees under UNRWA's, 1951 to 2015, and the earlier peak."""
    unhcr, unrwa = (
        values[values.index <= YEAR] for values in (stocks("refugees", UNHCR), stocks("palestine_refugees", UNRWA))
    )
    both, since = unhcr.add(unrwa).dropna(), stocks("refugees", LATER)
    borne(since.add(stocks("palestine_refugees", UNRWA)).dropna().max() > both[YEAR], "more refugees since 2015")
    peak, first = int(unhcr.idxmax()), int(unhcr.index.min())
    borne(both.idxmax() == YEAR and peak < YEAR, "2015 was a record only with Palestine refugees")
    shown = {
        "year": YEAR, "first": first, "since": int(both.index.min()), "peak": peak,
        "both": Millions(both[YEAR]), "unhcr": Millions(unhcr[YEAR]), "unrwa": Millions(unrwa[YEAR]),
        "peak_unhcr": Millions(unhcr[peak]), "peak_both": Millions(both[peak]),
    }  # fmt: skip
    return Sheet(
        title=say("In {year} refugee numbers reached a record, but only counting Palestine refugees", **shown),
        subtitle=say("Refugees at the end of each year, {first}–{year}, in millions", **shown),
        alt=(
            say(
                "Two stacked areas show refugees at the end of each year from {first} to {year}: below those of UNHCR, "
                "and on top of them, from {since}, Palestine refugees registered with UNRWA. At the end of "
                "{year} there were {unhcr} and {unrwa}, {both} together.",
                **shown,
            ),
            say(
                "Without Palestine refugees the highest year was {peak}, with {peak_unhcr}; with them there were then "
                "{peak_both}.",
                **shown,
            ),
        ),
        panels=_panels(unhcr, unrwa, both, peak, first, shown),
        releases=(UNHCR, LATER, UNRWA),
        notes=(say("UNRWA's records begin in {since}. There have been more refugees since {year}.", **shown),),
        claims=(("highest_in_un_history", "open"), ("refugees_21_3_million", "yes")),
    )


def _panels(
    unhcr: pd.Series, unrwa: pd.Series, both: pd.Series, peak: int, first: int, shown: dict[str, object]
) -> tuple[Panel, ...]:
    """What is drawn, and where."""
    return (
        Panel(
            marks=(
                Stack(
                    (numbers("refugees", unhcr, UNHCR), numbers("palestine_refugees", unrwa, UNRWA)),
                    (DRESS["refugees"][0], DRESS["palestine_refugees"][0]),
                ),
                Level(one("refugees", YEAR, unhcr[YEAR], *UNHCR), first=peak - 4, last=YEAR, colour=ACCENT),
                Points(numbers("both", both[[peak, YEAR]]), Look(INK)),
                Points(numbers("refugees", unhcr[[peak, YEAR]], UNHCR), Look(ACCENT)),
                Say(
                    dated(peak, shown["peak_unhcr"]),
                    1986.0,
                    unhcr[peak],
                    ha="right",
                    colour=ACCENT,
                    to=(peak, unhcr[peak]),
                ),
                Say(dated(peak, shown["peak_both"]), peak, both[peak], (-0.4, 0.9), ha="right"),
                Say(say("Refugees (UNHCR)"), 1996, 0.3 * unhcr[YEAR], plain=False),
                Ends(
                    YEAR,
                    (
                        (named(say("UNHCR and UNRWA together"), shown["both"]), both[YEAR], INK),
                        (named(say("Palestine refugees (UNRWA)"), shown["unrwa"]), (both + unhcr)[YEAR] / 2, SOFT),
                        (named(say("UNHCR alone"), shown["unhcr"]), unhcr[YEAR], ACCENT),
                    ),
                    part=0.16,
                ),
            ),
            x=years(first, YEAR, ends=(first, YEAR)),
            y=from_zero(both.max(), 5_000_000, "millions"),
        ),
    )
