"""Civilians among the dead of 2013 and 2014: how many, and what share."""

from analysis.audit import series
from analysis.charts.marks import DRESS, Bars, Numbers
from analysis.charts.sheet import Panel, Sheet, borne
from analysis.tell.texts import Percent, Text, bare, say

YEARS = (2013, 2014)
CLAIM = "civilians_targeted_more"


def sheet() -> Sheet:
    """Two panels of the same rows: deaths, and their share of all the dead with the part of unknown status."""
    release = series.newest(series.ALL_DYADS)
    rows = series.world("deaths_all_dyads", dict([release]))
    kinds = ("civilians", "one_sided")
    of = rows.set_index(["type", "year"])["best"]
    world = {year: total.value or 0.0 for year, total in series.sums(rows[rows["type"].isin(series.TYPES)]).items()}
    share = {(kind, year): of[kind, year] / world[year] for kind in (*kinds, "unknown_status") for year in YEARS}
    for kind in kinds:
        borne(of[kind, YEARS[1]] > of[kind, YEARS[0]], "more civilians were killed in 2014")
        borne(share[kind, YEARS[1]] < share[kind, YEARS[0]], "civilians were a smaller share in 2014")
    keys = [(kind, year) for kind in kinds for year in YEARS]
    at = tuple(f"{kind} {year}" for kind, year in keys)
    deaths = Numbers("deaths", at, tuple(float(of[key]) for key in keys), source=release[0], vintage=release[1])
    known = Numbers("share", at, tuple(float(share[key]) for key in keys), source=release[0], vintage=release[1])
    unknown = tuple(float(share["unknown_status", year]) if kind == "civilians" else 0.0 for kind, year in keys)
    names = tuple(
        say("Civilians killed by all means, {year}", year=year)
        if kind == "civilians"
        else say("Deliberately killed, {year}", year=year)
        for kind, year in keys
    )
    shown = {
        "before": YEARS[0], "year": YEARS[1],
        **{f"{kind}_{place}": float(of[kind, year]) for kind in kinds for place, year in enumerate(YEARS)},
        **{f"share_{place}": Percent(share["civilians", year]) for place, year in enumerate(YEARS)},
        **{f"part_{place}": Percent(share["one_sided", year], 1) for place, year in enumerate(YEARS)},
        "unknown": Percent(share["unknown_status", YEARS[1]]),
    }  # fmt: skip
    about = tuple(at for at, (_, year) in zip(at, keys, strict=True) if year == YEARS[1])
    return Sheet(
        title=say("More civilians were killed in {year} than in {before}, but a smaller known share", **shown),
        subtitle=say("Civilians among all who died in armed violence", **shown),
        alt=(
            say(
                "Two panels of bars. Civilians killed by all means: {civilians_0} in {before} and {civilians_1} in "
                "{year}, {share_0} and {share_1} of all deaths. Deliberately killed: {one_sided_0} and {one_sided_1}, "
                "{part_0} and {part_1}.",
                **shown,
            ),
        ),
        panels=_panels(names, deaths, about, keys, known, at, unknown, release),
        releases=(release,),
        notes=(say("For {unknown} of the dead of {year} it is not known whether they were civilians.", **shown),),
        claims=((CLAIM, "yes"),),
    )


def _panels(
    names: tuple[Text, ...],
    deaths: Numbers,
    about: tuple[str, ...],
    keys: list[tuple[str, int]],
    known: Numbers,
    at: tuple[str, ...],
    unknown: tuple[float, ...],
    release: tuple[str, str],
) -> tuple[Panel, ...]:
    """What is drawn, and where."""
    return (
        Panel(
            (Bars(names, (deaths,), (DRESS["civilians"],), tuple(map(bare, deaths.value)), about),),
            title=say("How many"),
            weight=0.5,
        ),
        Panel(
            (
                Bars(
                    tuple(say("{year}", year=year) for _, year in keys),
                    (known, Numbers("unknown", at, unknown, source=release[0], vintage=release[1])),
                    (DRESS["civilians"], DRESS["unknown"]),
                    tuple(_end(value, more) for value, more in zip(known.value, unknown, strict=True)),
                    about,
                ),
            ),
            title=say("As a share of all deaths; dotted: not known whether civilians"),
            weight=0.5,
        ),
    )


def _end(share: float, unknown: float) -> Text:
    """A share, as a span where the status of some is not known."""
    low = Percent(share, 1)
    return say("{low} to {high}", low=low, high=Percent(share + unknown, 1)) if unknown else bare(low)
