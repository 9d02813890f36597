"""Where people died in armed violence in 2014: the countries with most deaths, and all others."""

from analysis.audit import series
from analysis.audit.measures import added_rows
from analysis.charts.marks import DRESS, Bars, summed
from analysis.charts.sheet import Panel, Sheet, borne
from analysis.data.query import table
from analysis.tell.texts import Area, Percent, bare, say

YEAR, TOP = 2014, 9


def sheet() -> Sheet:
    """The nine countries with most deaths of all types, and the rest of the world together."""
    release = series.newest(series.ALL_DYADS)
    names_of = [f"deaths_all_dyads.{kind}" for kind in series.TYPES]
    rows = table(names_of, year=YEAR, source=release[0], vintage=release[1])
    places = series.sums(rows, "area")
    world = places.pop("WLD").value or 0.0
    order = sorted(places, key=lambda area: -(places[area].value or 0.0))
    first, most = order[:TOP], order[0]
    rest = added_rows(rows[rows["area"].isin(order[TOP:])])
    share = (places[most].value or 0.0) / world
    borne(most == "SYR" and 0.45 < share < 0.55, "about half of the dead of 2014 died in one country")
    bars = summed("deaths", {area: places[area] for area in first} | {"others": rest}, dict([release]))
    shown = {"year": YEAR, "area": Area(str(most)), "deaths": bars.value[0], "world": world, "share": Percent(share)}
    names = [say("Israel, with Gaza and the West Bank") if at == "ISR" else bare(Area(str(at))) for at in bars.at[:-1]]
    return Sheet(
        title=say("About half of those killed in armed violence in {year} died in Syria", **shown),
        subtitle=say("Deaths in {year} by country where people died, of {world} in all", **shown),
        alt=(
            say(
                "Horizontal bars of deaths in armed violence in {year} by country. {area} has {deaths} of {world}, or "
                "{share}; the bars of the other countries are far shorter.",
                **shown,
            ),
        ),
        panels=(
            Panel(
                (
                    Bars(
                        (*names, say("All other countries")),
                        (bars,),
                        (DRESS["all"],),
                        tuple(bare(value) for value in bars.value),
                        about=bars.at[:1],
                    ),
                ),
            ),
        ),
        releases=(release,),
        notes=(say("Wars, fighting between groups and deliberate killing. Line: low to high estimate."),),
        claims=(("deaths_2014_over_100000", "open"),),
    )
