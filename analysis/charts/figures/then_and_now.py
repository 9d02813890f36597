"""What the report counted, in its own year and in the newest that publishers give, by one release each."""

from analysis.audit.then_and_now import DEATHS, PERSONS, Today, measured
from analysis.charts.marks import Look, Numbers, Spread
from analysis.charts.sheet import Panel, Scale, Sheet, borne
from analysis.charts.style import ACCENT, CONTEXT, PAPER
from analysis.tell.texts import Millions, Sayable, Text, dated, say


def sheet() -> Sheet:
    """Two panels: people displaced, and people killed in the year; hollow then, filled now."""
    found = measured()
    people, deaths = ([one for one in found if one.measure.kind == kind] for kind in (PERSONS, DEATHS))
    ratio = {one.measure.claim: one.now / one.then for one in found}
    borne(
        1.6 < ratio["highest_in_un_history"] < 1.75,
        "displacement has risen by two thirds since the report",
    )
    both = next(one for one in people if one.measure.claim == "highest_in_un_history")
    shown = {"then": both.then_year, "now": both.now_year, "was": Millions(both.then), "is": Millions(both.now)}
    return Sheet(
        title=say("Displacement has risen by two thirds since: {was} then, {is} now", **shown),
        subtitle=say("What the report counted, in its year and in the newest year known, by the same release"),
        alt=(
            say(
                "Points for each measure, hollow for the report's year and filled for the newest: refugees and "
                "internally displaced people together went from {was} in {then} to {is} in {now}.",
                **shown,
            ),
        ),
        panels=(
            _panel(people, say("People at the end of the year, in millions")),
            _panel(deaths, say("Deaths in the year")),
        ),
        releases=tuple(dict.fromkeys(pair for one in found for pair in one.vintages.items())),
        notes=(say("Hollow: the report's year; filled: the newest, which is no test of what was said in 2016."),),
        claims=tuple(dict.fromkeys((one.measure.claim, "open") for one in found)),
        across=False,
    )


def _panel(some: list[Today], title: Text) -> Panel:
    """Rows of one unit."""
    rows = tuple(one.measure.claim for one in some)
    names = tuple(NAMES[one.measure.claim] for one in some)
    people = some[0].measure.kind == PERSONS
    then = Numbers("then", rows, tuple(one.then for one in some))
    now = Numbers("now", rows, tuple(one.now for one in some))
    most = max(*then.value, *now.value)
    ends = tuple(
        say(
            "{then}; {now}",
            then=dated(one.then_year, _amount(one.then, people)),
            now=dated(one.now_year, _amount(one.now, people)),
        )
        for one in some
    )
    looks = (Look(PAPER, CONTEXT), Look(ACCENT))
    return Panel(
        (Spread(names, rows, (then, now), looks, ends, part=0.24),),
        Scale(0.0, 1.05 * most),
        title=title,
        weight=len(some) + 1.6,
    )


def _amount(value: float, people: bool) -> Sayable | float:
    return Millions(value) if people else float(round(value))


NAMES = {
    "highest_in_un_history": say("Refugees and internally displaced together"),
    "idps_40_8_million": say("Internally displaced people"),
    "refugees_21_3_million": say("Refugees of UNHCR and UNRWA"),
    "syria_displaced": say("Displaced from and within Syria"),
    "deaths_2014_over_100000": say("Deaths in organised violence"),
    "civilians_targeted_more": say("Civilians killed deliberately"),
}
"""What a reader sees of each claim's measure."""
