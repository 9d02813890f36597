"""The link back: the country-year table that UCDP publishes, recomputed from its events.

The one is the sum of the other, to the death: GED 25.1 and the country-year table of 25.1 have the
same low, best and high of each type, and the Central African Republic's events of 23.1 those of each
year that was not revised since. So there is no tolerance: within a release what differs is an error.

UCDP's country-year table has all dyads, as its events have; what dyads under 25 deaths in the year
add to it is told apart. The yearly datasets of dyads are another family and are not compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from analysis import paths
from analysis.data import areas
from analysis.data.events.layout import TYPES
from analysis.data.events.store import Events
from analysis.errors import InputError

PUBLISHED = "ucdp_country_year"
EQUAL, REVISED, DIFFERS = "equal", "another release", "differs"


@dataclass(frozen=True)
class Comparison:
    """Deaths (best) of a country, year and type: summed from events, and as published.

    ``under_25`` is the part of the events' deaths in dyads that have fewer than 25 in the year,
    None if the file does not tell. ``answer`` is ``EQUAL``, ``DIFFERS``, or ``REVISED`` where the
    events are of another release than what is published, so that they may.
    """

    area: str
    series: str
    year: int
    best: int
    under_25: int | None
    published: int
    answer: str


def compare(connection: duckdb.DuckDBPyConnection, several: Sequence[Events], vintage: str) -> list[Comparison]:
    """Every country, year and type of which there are events or a published sum, in the files' countries and years.

    Args:
        connection: where the events can be selected.
        several: the files' events.
        vintage: the release of the country-year table, as ``holdings("deaths_all_dyads")`` lists it.

    Raises:
        InputError: no such release is held.
    """
    codes = ", ".join(f"({number}, '{area}')" for number, area in areas.gleditsch_ward().items())
    cases = " ".join(f"WHEN {number} THEN '{name}'" for number, name in TYPES.items())
    parts = " UNION ALL ".join(
        f"SELECT country, type, year(first) AS year, best, {'active' if 'active' in one.source.columns else 'NULL'}"
        f" AS active FROM {one.relation}"
        for one in several
    )
    published = (
        f"SELECT area, split_part(series, '.', 2) AS type, CAST(year AS BIGINT) AS year, CAST(best AS DOUBLE) AS best"
        f" FROM read_csv('{paths.TIDY / 'ucdp.csv'}', all_varchar = true) WHERE source = '{PUBLISHED}'"
        f" AND vintage = ? AND actor_class IS NULL AND actor IS NULL AND month IS NULL"
        f" AND series LIKE 'deaths_all_dyads.%' AND split_part(series, '.', 2) IN {tuple(TYPES.values())}"
    )
    rows = connection.execute(
        f"WITH codes(country, area) AS (VALUES {codes}), published AS ({published}),"
        f" summed AS (SELECT area, CASE type {cases} END AS type, year, sum(best) AS best,"
        f" coalesce(sum(best) FILTER (NOT active), CASE WHEN count(active) > 0 THEN 0 END) AS under_25"
        f" FROM ({parts}) JOIN codes USING (country) GROUP BY ALL)"
        " SELECT coalesce(s.area, p.area), coalesce(s.type, p.type), coalesce(s.year, p.year),"
        " coalesce(s.best, 0), s.under_25, coalesce(p.best, 0), (SELECT count(*) FROM published)"
        " FROM summed s FULL JOIN published p ON s.area = p.area AND s.type = p.type AND s.year = p.year"
        " WHERE coalesce(s.area, p.area) IN (SELECT area FROM summed) AND coalesce(s.year, p.year)"
        " BETWEEN (SELECT min(year) FROM summed)"
        " AND least((SELECT max(year) FROM summed), (SELECT max(year) FROM published))"
        " ORDER BY ALL",
        [vintage],
    ).fetchall()
    if not rows or not rows[0][-1]:
        raise InputError(
            f"no country-year table of release {vintage!r} is held for these years",
            expected='a vintage of holdings("deaths_all_dyads", "ucdp_country_year")',
        )
    same = {one.source.release for one in several} == {vintage}
    return [
        Comparison(
            area,
            f"deaths_events.{name}",
            int(year),
            int(best),
            None if under is None else int(under),
            int(known),
            EQUAL if best == known else DIFFERS if same else REVISED,
        )
        for area, name, year, best, under, known, _ in rows
        if best or known
    ]
