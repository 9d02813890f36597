"""Series of the tables by year, and UCDP's deaths of the world, as figures draw them.

UCDP's yearly data and its data of all dyads are two families: they share no total and no panel.
"""

from collections.abc import Hashable, Mapping
from operator import attrgetter

import pandas as pd

from analysis.audit import measures
from analysis.audit.measures import Estimate
from analysis.data import registry
from analysis.data.query import table
from analysis.errors import InputError

TYPES = ("state_based", "non_state", "one_sided")
YEARLY = {
    "ucdp_battle_related_deaths": "deaths.state_based",
    "ucdp_non_state": "deaths.non_state",
    "ucdp_one_sided": "deaths.one_sided",
}
"""UCDP's yearly datasets -> the series of each."""

ALL_DYADS = "ucdp_country_year"


def stocks(series: str, release: tuple[str, str], area: str = "WLD", role: str = "") -> pd.Series:
    """A yearly series of a release, by year.

    Args:
        series: a name from ``tables.SERIES``.
        release: (source, vintage).
        area: an area of the tables.
        role: location, origin or asylum; may be left out where the area has one only.

    Raises:
        InputError: no such rows, or more than one for a year.
    """
    source, vintage = release
    rows = table(series, area, role=role or None, source=source, vintage=vintage)
    found = rows.set_index("year")["best"].dropna().sort_index()
    if found.empty or found.index.has_duplicates:
        raise InputError(
            f"{len(found)} rows of {series} for {area} in {source} {vintage}", expected="one for each year, of one role"
        )
    return found


def release_groups() -> list[dict[str, str]]:
    """The release groups that hold all three types of the yearly data, oldest first, each as source -> vintage."""
    return measures.release_groups(YEARLY, sorted(registry.used(), key=attrgetter("published")))


def newest(source: str) -> tuple[str, str]:
    """The newest release of a source, as (source, vintage)."""
    found = max((r for r in registry.used() if r.source == source), key=attrgetter("published"))
    return found.source, found.vintage


def world(series: str, releases: Mapping[str, str]) -> pd.DataFrame:
    """The world's rows by year of a series, or of a family of them, in the releases named (source -> vintage)."""
    some = [table(series, area="WLD", source=source, vintage=vintage) for source, vintage in releases.items()]
    rows = pd.concat(some, ignore_index=True)
    return rows.assign(type=rows["series"].str.split(".").str[1])


def sums(rows: pd.DataFrame, by: str = "year") -> dict[Hashable, Estimate]:
    """All rows of each year, or of each area, together, with low and high where all of both is known."""
    return measures.added_by(rows, by)
