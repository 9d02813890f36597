"""Who hosted refugees at the end of 2015, for each thousand inhabitants."""

import pandas as pd

from analysis.audit import series
from analysis.charts.marks import DRESS, Bars, numbers
from analysis.charts.sheet import Panel, Sheet, borne
from analysis.data.query import table
from analysis.tell.texts import Area, Millions, bare, say

YEAR, TOP, LEAST = 2015, 9, 1_000_000.0
"""Places with fewer inhabitants are left out: a few families would put them first."""
PEOPLE = ("worldbank_indicators", "2016-10")


def per_thousand() -> pd.DataFrame:
    """Refugees and Palestine refugees by country of asylum for each thousand inhabitants, most first."""
    people = table("population", year=YEAR, source=PEOPLE[0], vintage=PEOPLE[1]).set_index("area")["best"]
    people = people[people.ge(LEAST)]
    sources = {"refugees": "unhcr_population", "palestine_refugees": "unrwa_registered"}
    found = {
        name: table(name, year=YEAR, role="asylum", source=source, vintage=series.newest(source)[1])
        for name, source in sources.items()
    }
    hosted = pd.DataFrame({name: rows.set_index("area")["best"] for name, rows in found.items()}).fillna(0.0)
    shares = hosted.mul(1000.0).div(people, axis="index").dropna()
    return shares.loc[shares.sum(axis="columns").sort_values(ascending=False, kind="stable").index]


def sheet() -> Sheet:
    """Lying bars of the places with most refugees per thousand inhabitants, UNHCR's and UNRWA's apart."""
    releases = (series.newest("unhcr_population"), series.newest("unrwa_registered"))
    shares = per_thousand().iloc[:TOP]
    totals = shares.sum(axis="columns")
    first = tuple(str(code) for code in shares.index[:3])
    borne(set(first) == {"PSE", "JOR", "LBN"} and totals.iloc[2] > 3 * totals.iloc[3], "three hosts far before others")
    shown = {
        "year": YEAR, "one": Area(first[0]), "two": Area(first[1]), "three": Area(first[2]),
        "first": float(totals.iloc[0]), "second": float(totals.iloc[1]), "third": float(totals.iloc[2]),
        "fourth": float(totals.iloc[3]), "least": Millions(LEAST, 0),
    }  # fmt: skip
    return Sheet(
        title=say("{one}, {two} and {three} hosted most refugees per head in {year}", **shown),
        subtitle=say("Refugees for each 1,000 inhabitants at the end of {year}, by where they live", **shown),
        alt=(
            say(
                "Horizontal bars of refugees for each thousand inhabitants at the end of {year}: {one} {first}, {two} "
                "{second}, {three} {third}; the next has {fourth}.",
                **shown,
            ),
        ),
        panels=(
            Panel(
                (
                    Bars(
                        tuple(bare(Area(str(code))) for code in shares.index),
                        tuple(
                            numbers(str(name), shares[name], pair) for name, pair in zip(shares, releases, strict=True)
                        ),
                        tuple(DRESS[str(name)] for name in shares),
                        tuple(bare(float(total)) for total in totals),
                        about=first,
                    ),
                ),
            ),
        ),
        releases=(*releases, PEOPLE),
        notes=(
            say(
                "Pale: refugees (UNHCR); hatched: Palestine refugees (UNRWA). Places of {least} people or more.",
                **shown,
            ),
        ),
        claims=(("refugees_21_3_million", "open"),),
    )
