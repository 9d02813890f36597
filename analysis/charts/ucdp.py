"""What the figures of deaths share: UCDP's releases, their rows of the world, and sums of them.

UCDP's yearly data and its data of all dyads are two families: they share no total and no panel.
"""

from collections.abc import Mapping

import pandas as pd

from analysis.audit.measures import added_rows
from analysis.charts.marks import Numbers
from analysis.data import registry
from analysis.data.query import table

TYPES = ("state_based", "non_state", "one_sided")
YEARLY = {
    "ucdp_battle_related_deaths": "deaths.state_based",
    "ucdp_non_state": "deaths.non_state",
    "ucdp_one_sided": "deaths.one_sided",
}
"""UCDP's yearly datasets -> the series of each."""

ALL_DYADS = "ucdp_country_year"


def release_groups() -> list[dict[str, str]]:
    """The release groups that hold all three types of the yearly data, oldest first, each as source -> vintage."""
    groups: dict[str, dict[str, str]] = {}
    for release in sorted(registry.used(), key=lambda release: release.published):
        if release.source in YEARLY:
            groups.setdefault(release.release_group, {})[release.source] = release.vintage
    return [{source: group[source] for source in YEARLY} for group in groups.values() if len(group) == len(YEARLY)]


def newest(source: str) -> tuple[str, str]:
    """The newest release of a source, as (source, vintage)."""
    found = max((r for r in registry.used() if r.source == source), key=lambda release: release.published)
    return found.source, found.vintage


def world(series: str, releases: Mapping[str, str]) -> pd.DataFrame:
    """The world's rows by year of a series, or of a family of them, in the releases named (source -> vintage)."""
    some = [table(series, area="WLD", source=source, vintage=vintage) for source, vintage in releases.items()]
    rows = pd.concat(some, ignore_index=True)
    return rows.assign(type=rows["series"].str.split(".").str[1])


def best(rows: pd.DataFrame, kind: str, year: int) -> float:
    """The best estimate of one type in one year."""
    return float(rows.loc[rows["type"].eq(kind) & rows["year"].eq(year), "best"].item())


def totals(rows: pd.DataFrame, releases: Mapping[str, str], by: str = "year") -> Numbers:
    """All rows of each year, or of each area, together, with low and high where all of both is known."""
    keys = [int(key) if by == "year" else str(key) for key in sorted(rows[by].unique())]
    found = [added_rows(rows[rows[by].eq(key)]) for key in keys]
    return Numbers(
        "all",
        tuple(keys),
        tuple(total.value or 0.0 for total in found),
        tuple(total.band[0] for total in found),
        tuple(total.band[1] for total in found),
        " ".join(releases),
        " ".join(dict.fromkeys(releases.values())),
    )
