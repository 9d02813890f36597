"""Civilians killed in 2014 and 2015 in the six countries that the report names, and deaths from deliberate killing."""

from analysis.audit import reports, series
from analysis.charts.marks import DRESS, Bars, Numbers, summed
from analysis.charts.sheet import Panel, Scale, Sheet, borne
from analysis.data.query import table
from analysis.tell.texts import Area, Text, bare, say

GROUP, FIRST, LAST = "six_countries", 2014, 2015
MANY = 500
"""From here on a title may speak of hundreds."""


def _of(name: str, areas: list[str], release: tuple[str, str]) -> Numbers:
    """Both years together in each country, with low and high where they are given."""
    rows = table(name, areas, year=[FIRST, LAST], source=release[0], vintage=release[1])
    sums = series.sums(rows, "area")
    return summed(name, {area: sums[area] for area in areas}, dict([release]))


def sheet() -> Sheet:
    """Two panels on one scale: civilians killed by all sides and means, and deaths from deliberate killing."""
    listed = [claim for claim in reports.committed().claims if claim.group == GROUP]
    release = series.newest(series.ALL_DYADS)
    every = _of("deaths_all_dyads.civilians", [claim.area for claim in listed], release)
    areas = sorted(every.at, key=lambda area: -every[area])
    every, deliberate = (_of(f"deaths_all_dyads.{name}", areas, release) for name in ("civilians", "one_sided"))  # type: ignore[arg-type]
    borne(len(areas) == 6 and min(every.value) >= MANY, "hundreds of civilians or more in all six countries")
    least = min(areas, key=lambda area: deliberate[area])
    shown: dict[str, object] = {
        "first": FIRST, "last": LAST, "area": Area(str(least)), "civilians": every[least], "deaths": deliberate[least],
        "most": Area(str(areas[0])), "count": every[areas[0]], "fewest": min(every.value),
    }  # fmt: skip
    names = tuple(bare(Area(str(area))) for area in areas)
    return Sheet(
        title=say("In all six countries named, hundreds of civilians or more were killed in {first}–{last}", **shown),
        subtitle=say("Deaths of {first} and {last} together", **shown),
        alt=(
            say(
                "Two panels of horizontal bars for six countries. Civilians killed by all sides and means: from "
                "{fewest} to {count} in {most}. Deaths from deliberate killing of civilians: far fewer in most, "
                "{deaths} in {area}, where {civilians} civilians were killed by all means.",
                **shown,
            ),
        ),
        panels=tuple(
            _panel(*some, names, max(every.value))
            for some in (
                (say("Civilians killed by all sides and means"), every, "civilians"),
                (say("Deaths from deliberate killing of civilians"), deliberate, "one_sided"),
            )
        ),
        releases=(release,),
        notes=(
            say("Deliberate killing leaves out bombing and shelling. Neither number is a part of the other.", **shown),
        ),
        claims=tuple((claim.id, "open") for claim in listed),
    )


def _panel(title: Text, shown: Numbers, dress: str, names: tuple[Text, ...], most: float) -> Panel:
    bars = Bars(
        names, (shown,), (DRESS[dress],), tuple(map(bare, shown.value)), shown.at if dress == "one_sided" else ()
    )
    return Panel((bars,), x=Scale(high=most), title=title)
