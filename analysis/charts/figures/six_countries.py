"""Civilians killed in 2014 and 2015 in the six countries that the report names: by all means, and deliberately."""

from analysis.audit import committed
from analysis.charts import ucdp
from analysis.charts.marks import DRESS, Bars, Numbers
from analysis.charts.sheet import Panel, Sheet, borne
from analysis.data.query import table
from analysis.tell.texts import Area, Text, bare, say

GROUP, YEARS = "six_countries", (2014, 2015)
KINDS = ("civilians", "one_sided")


def sheet() -> Sheet:
    """Two counts side by side; neither contains the other."""
    release = ucdp.newest(ucdp.ALL_DYADS)
    places = [verdict.claim.area for verdict in committed() if verdict.claim.group == GROUP]
    civilians, deliberate = (_killed(f"deaths_all_dyads.{kind}", places, release) for kind in KINDS)
    order = sorted(places, key=lambda place: -civilians[place])
    borne(
        order[:2] == ["SYR", "IRQ"] and all(min(some.values()) > 0 for some in (civilians, deliberate)),
        "of the six countries, Syria and Iraq lost most civilians",
    )
    both = [Numbers(name, tuple(order), tuple(some[place] for place in order), source=release[0], vintage=release[1])
            for name, some in (("civilians", civilians), ("one_sided", deliberate))]  # fmt: skip
    shown = {
        "count": len(order), "first": YEARS[0], "last": YEARS[1], "one": Area(order[0]), "two": Area(order[1]),
        "most": civilians[order[0]], "low": Area(order[-1]), "least": civilians[order[-1]],
    }  # fmt: skip
    return Sheet(
        title=say("Most civilians killed in the six countries named, {first}–{last}: {one}, {two}", **shown),
        subtitle=say("Civilians killed in {first} and {last} together, in two ways of counting", **shown),
        alt=(
            say(
                "Two panels of bars for the {count} countries that the report names: civilians killed by all sides "
                "and means, from {most} in {one} to {least} in {low}; and civilians killed deliberately.",
                **shown,
            ),
        ),
        panels=tuple(
            _panel(shown_, title)
            for shown_, title in zip(both, (say("By all sides and means"), say("Killed deliberately")), strict=True)
        ),
        releases=(release,),
        notes=(say("Neither count contains the other: the status of some deliberately killed is unknown."),),
        claims=tuple((verdict.claim.id, "open") for verdict in committed() if verdict.claim.group == GROUP),
    )


def _killed(series: str, places: list[str], release: tuple[str, str]) -> dict[str, float]:
    rows = table(series, places, year=list(YEARS), source=release[0], vintage=release[1])
    return {str(place): float(total) for place, total in rows.groupby("area")["best"].sum().items()}


def _panel(shown: Numbers, title: Text) -> Panel:
    """One count, every country in the order of the first."""
    names = tuple(bare(Area(str(code))) for code in shown.at)
    ends = tuple(bare(value) for value in shown.value)
    return Panel((Bars(names, (shown,), (DRESS["all"],), ends, part=0.2),), title=title)
