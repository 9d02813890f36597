"""Where people died in armed violence in 2014: the countries with most deaths, and all others."""

from analysis.audit.measures import added_rows
from analysis.charts import ucdp
from analysis.charts.marks import DRESS, Bars, Numbers
from analysis.charts.sheet import Panel, Sheet, borne
from analysis.data.query import table
from analysis.tell.texts import Area, Percent, bare, say

YEAR, TOP = 2014, 9


def sheet() -> Sheet:
    """The nine countries with most deaths of all types, and the rest of the world together."""
    release = ucdp.newest(ucdp.ALL_DYADS)
    series = [f"deaths_all_dyads.{kind}" for kind in ucdp.TYPES]
    rows = table(series, year=YEAR, source=release[0], vintage=release[1])
    world = added_rows(rows[rows["area"].eq("WLD")]).value or 0.0
    places = ucdp.totals(rows[rows["area"].ne("WLD")], dict([release]), "area")
    order = sorted(range(len(places.at)), key=lambda row: -places.value[row])
    first, most = order[:TOP], places.at[order[0]]
    rest = added_rows(rows[rows["area"].isin([places.at[row] for row in order[TOP:]])])
    share = places.value[first[0]] / world
    borne(most == "SYR" and 0.45 < share < 0.55, "about half of the dead of 2014 died in one country")
    bars = Numbers(
        "deaths",
        (*(places.at[row] for row in first), "others"),
        (*(places.value[row] for row in first), rest.value or 0.0),
        (*(places.low[row] for row in first), rest.band[0]),
        (*(places.high[row] for row in first), rest.band[1]),
        *release,
    )
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
