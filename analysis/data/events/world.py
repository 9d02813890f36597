"""Whether events are the world's, so that their sum may be called so."""

import duckdb

from analysis import paths
from analysis.data.events.question import Question
from analysis.data.events.rows import WORLD
from analysis.errors import InputError

TOLERANCE = 0.1
"""The part of the deaths of a year, as UCDP last counted them by country and year, that a later release may lack."""

HELD = "ucdp_country_year"


def require(connection: duckdb.DuckDBPyConnection, table: str, question: Question) -> None:
    """Raise InputError unless the world's rows have, in every year, the deaths of the newest release held.

    Args:
        connection: where the rows are.
        table: rows of the one shape, with those of the world.
        question: what was asked.
    """
    if not {"year", "type"} <= set(question.by):
        raise InputError("--world compares with the world's deaths by year and type", expected="both in --by")
    held = (
        "SELECT series, year, max_by(best, string_split(vintage, '.')) AS best"
        f" FROM read_csv('{paths.TIDY / 'ucdp.csv'}', all_varchar = true)"
        f" WHERE source = '{HELD}' AND area = '{WORLD}' AND actor_class IS NULL AND actor IS NULL"
        " AND series IN ('deaths_all_dyads.state_based', 'deaths_all_dyads.non_state', 'deaths_all_dyads.one_sided')"
        " GROUP BY ALL"
    )
    asked = (
        f"SELECT replace(series, 'deaths_events.', 'deaths_all_dyads.') AS series, year, sum(best) AS best FROM {table}"
        f" WHERE area = '{WORLD}' AND series <> 'deaths_events.civilians' GROUP BY ALL"
    )
    rows = connection.execute(
        f"WITH held AS ({held}), asked AS ({asked}) SELECT asked.series, asked.year, asked.best, held.best FROM asked"
        " LEFT JOIN held ON asked.series = held.series AND asked.year = CAST(held.year AS BIGINT)"
        f" WHERE held.best IS NULL OR asked.best < {1 - TOLERANCE} * CAST(held.best AS DOUBLE) ORDER BY 2, 1 LIMIT 1"
    ).fetchall()
    for _, year, best, known in rows:
        raise InputError(
            f"{best:,.0f} deaths in {year} are not the world's"
            if known
            else f"no release held says what the world's deaths in {year} were",
            expected=f"{float(known):,.0f}, as UCDP last counted them, or at least {1 - TOLERANCE:.0%} of them"
            if known
            else "",
            do="without --world, an extract is summed as what it is",
        )
