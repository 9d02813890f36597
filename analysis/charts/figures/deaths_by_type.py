"""Deaths in organised violence by type, 1989 to 2014, as UCDP had them in 2015."""

from analysis.audit import series
from analysis.charts.marks import DRESS, At, Columns, Ends, Numbers, Points, Say, Ticks, numbers, summed
from analysis.charts.sheet import Panel, Sheet, borne, from_zero, years
from analysis.charts.style import ACCENT, INK
from analysis.data import registry
from analysis.tell.texts import Text, dated, named, say

YEAR, PEAK, CUT = 2014, 1994, 175_000.0
NAMES = {
    "state_based": say("Wars in which a state fights"),
    "non_state": say("Fighting between groups"),
    "one_sided": say("Deliberate killing of civilians"),
}


def sheet() -> Sheet:
    """Bars by type and year with the range of their total, 1994's cut, and what the last revision makes of 2014."""
    groups = series.release_groups()
    first, last = groups[0], groups[-1]
    rows = series.world("deaths", first)
    total = summed("all", series.sums(rows), first)
    revised = summed("all", series.sums(series.world("deaths", last).query("year == @YEAR")), last)
    below = [year for year in total.at if PEAK < int(year) < YEAR]
    borne(max(total[year] for year in below) < total[YEAR] < total[PEAK], "2014 was the deadliest since 1994")
    close = max(below, key=lambda year: total.high[total.at.index(year)] or 0.0)
    high = total.high[total.at.index(close)] or 0.0
    borne(
        high > total[YEAR] and total.high[total.at.index(YEAR)] is None, "1999's high passes 2014, whose own is unknown"
    )
    parts = [
        numbers(f"deaths.{kind}", rows[rows["type"].eq(kind)].set_index("year")["best"].sort_index(), pair)
        for kind, pair in zip(series.TYPES, first.items(), strict=True)
    ]
    shown: dict[str, object] = {
        "year": YEAR, "peak": PEAK, "first": total.at[0], "deaths": total[YEAR], "peak_deaths": total[PEAK],
        "close": close, "high": high, "revised": revised[YEAR],
        "revision": max(release.published[:4] for release in registry.used() if release.vintage in last.values()),
        **{kind: part[YEAR] for kind, part in zip(series.TYPES, parts, strict=True)},
    }  # fmt: skip
    foot, ends = 0.0, []
    for kind, part in zip(series.TYPES, parts, strict=True):
        ends.append((named(NAMES[kind], part[YEAR]), foot + part[YEAR] / 2, ACCENT if kind == "one_sided" else INK))
        foot += part[YEAR]
    return Sheet(
        title=say("{year} was the deadliest year of armed violence since {peak}", **shown),
        subtitle=say("Deaths in wars, in fighting between groups and from deliberate killing, {first}–{year}", **shown),
        alt=(
            say(
                "Stacked bars of deaths by type for each year from {first} to {year}. {year} stands out with {deaths}: "
                "{state_based} in wars in which a state fights, {non_state} in fighting between groups and {one_sided} "
                "from deliberate killing of civilians. {peak}, with {peak_deaths}, goes far beyond the scale. The high "
                "estimate of {close} is {high}. The revision of {revision} has {revised} for {year}.",
                **shown,
            ),
        ),
        panels=_panels(parts, total, revised, shown, close, high, ends),
        releases=(*first.items(), *last.items()),
        notes=(
            say(
                "Lines: low to high estimate, where all is known. "
                "Conflicts with fewer than 25 deaths a year are left out."
            ),
        ),
        claims=(("deaths_2014_highest_since_1994", "yes"),),
    )


def _panels(
    parts: list[Numbers],
    total: Numbers,
    revised: Numbers,
    shown: dict[str, object],
    close: At,
    high: float,
    ends: list[tuple[Text, float, str]],
) -> tuple[Panel, ...]:
    """What is drawn, and where."""
    return (
        Panel(
            marks=(
                Columns(tuple(parts), tuple(DRESS[kind] for kind in series.TYPES), about=(YEAR,), cut=CUT),
                Points(_within(total)),
                Ticks(revised),
                Say(dated(PEAK, total[PEAK]), PEAK, CUT, (1.0, -0.7), ha="left", va="top"),
                Say(dated(YEAR, total[YEAR]), 2013.4, total[YEAR], ha="right", colour=ACCENT, large=True),
                Say(say("{revision} revision: {revised}", **shown), 2013.4, revised[YEAR], ha="right"),
                Say(say("{close}, high estimate: {high}", **shown), close, high, (0.0, 0.4), va="bottom"),
                Ends(YEAR, tuple(ends), part=0.17, edge=0.45),
            ),
            x=years(int(total.at[0]), YEAR, 5, ends=(YEAR,)),
            y=from_zero(CUT, 50_000, room=1.03),
        ),
    )


def _within(total: Numbers) -> Numbers:
    """Without the year that goes beyond the scale."""
    keep = [place for place, at in enumerate(total.at) if at != PEAK]
    taken = ({name: tuple(getattr(total, name)[place] for place in keep)} for name in ("at", "value", "low", "high"))
    return Numbers(
        total.name, **{k: v for one in taken for k, v in one.items()}, source=total.source, vintage=total.vintage
    )
