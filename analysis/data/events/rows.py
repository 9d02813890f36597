"""Sums of events -> rows of the one shape: series, areas, what is covered; and their text."""

from collections.abc import Collection

import duckdb

from analysis.data import areas, places, spreadsheet
from analysis.data.coverage import BETWEEN, PART, RUNNING, SPREAD_OUT, Coverage, to_text
from analysis.data.events.grouping import NAMES, SHARES, SUMS, keys
from analysis.data.events.layout import TYPES
from analysis.data.events.question import SPREAD, Question
from analysis.data.shape import COLUMNS, NUMBERS, SERIES

SOURCE = "ucdp_events"
FAMILY = "deaths_events"
ALL = f"{FAMILY}.all"
CIVILIANS = f"{FAMILY}.civilians"
SEVERAL, WORLD = "MUL", "WLD"

EMPTY = ("actor_class", "actor", "actor_id", "coverage", "note")
"""Columns of text that may be empty."""


def columns(question: Question) -> tuple[str, ...]:
    """The columns of the answer: those of every tidy table, and behind them what else was asked for."""
    return (*COLUMNS, *question.extra)


def tidy(connection: duckdb.DuckDBPyConnection, question: Question, vintage: str, note: str) -> str:
    """Make the rows of the table ``grouped`` (``grouping.sql``), and return the name of the table that holds them.

    Args:
        connection: where ``grouped`` is.
        question: what was asked.
        vintage: the release, or releases, of the events.
        note: ids of the corrections that declare events out of order.
    """
    codes = ", ".join(f"({number}, '{area}')" for number, area in areas.gleditsch_ward().items())
    placed = [f"SELECT g.*, area FROM grouped g JOIN (VALUES {codes}) AS c(country, area) USING (country)"]
    if "country" not in question.by:
        placed = [f"SELECT *, '{WORLD if question.world else _place(connection)}' AS area FROM grouped"]
    elif question.world:
        placed += [f"SELECT *, '{WORLD}' AS area FROM grouped"]
    series = f"'{ALL}'"
    if "type" in question.by:
        cases = " ".join(f"WHEN {number} THEN '{FAMILY}.{name}'" for number, name in TYPES.items())
        series = f"CASE type {cases} END"
    by = ["area", *(one for one in ("year", "month") if one in question.by), *_identity(question)]
    labels = [f"max({name}) AS {name}" for name in ("actor", "conflict") if name in question.by]
    sums = [f"sum({one}) AS {one}" for one in SUMS]
    measured = ", ".join([*by, *labels, *sums, "min(begins) AS begins", "max(ends) AS ends"])
    group = ", ".join(by)
    parts = " UNION ALL BY NAME ".join(placed)
    unit, kind = SERIES[ALL].unit, SERIES[ALL].kind
    shown = {
        "series": "series",
        "area": "area",
        "role": "'location'",
        "actor_class": "''",
        "actor": "coalesce(actor, '')" if "actor" in question.by else "''",
        "actor_id": "coalesce(CAST(actor_id AS VARCHAR), '')" if "actor" in question.by else "''",
        "year": "CAST(year AS BIGINT)" if "year" in question.by else "CAST(NULL AS BIGINT)",
        "month": "CAST(month AS BIGINT)" if "month" in question.by else "CAST(NULL AS BIGINT)",
        **{one: f"CAST({one} AS DOUBLE) / {SHARES if question.counting == SPREAD else 1}" for one in NUMBERS},
        "unit": f"'{unit}'",
        "kind": f"'{kind}'",
        "source": f"'{SOURCE}'",
        "vintage": f"'{vintage}'",
        "coverage": _coverage(question),
        "note": _notes(note),
        **{one: one for one in question.extra},
    }
    order = [one for one in ("series", "area", "actor", "actor_id", "year", "month", *question.extra) if one in shown]
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE answer AS WITH parts AS ({parts}),"
        f" deaths AS (SELECT {series} AS series, {measured} FROM parts GROUP BY 1, {group}),"
        f" civilians AS (SELECT '{CIVILIANS}' AS series, {measured} FROM parts GROUP BY 1, {group}),"
        f" rows AS (SELECT * FROM deaths UNION ALL BY NAME"
        f" SELECT * REPLACE (NULL AS low, civilians AS best, NULL AS high) FROM civilians)"
        f" SELECT {', '.join(f'{what} AS {name}' for name, what in shown.items())} FROM rows"
        f" ORDER BY {', '.join(f'{one} NULLS FIRST' for one in order)}"
    )
    return "answer"


def _identity(question: Question) -> list[str]:
    keys = {"actor": "actor_id", "conflict": "conflict_id", "grid": "grid"}
    return [key for grouping, key in keys.items() if grouping in question.by]


def _place(connection: duckdb.DuckDBPyConnection) -> str:
    """The area of all events, ``MUL`` if there are several."""
    found = connection.execute("SELECT min(least_country), max(largest_country) FROM grouped").fetchone()
    ends = {areas.by_gleditsch_ward(str(number)) for number in found or () if number is not None}
    return str(next(iter(ends))) if len(ends) == 1 else SEVERAL


def _notes(note: str) -> str:
    """SQL for the ids that concern a row: of corrections, and of places that are not what a reader expects."""
    concern = [place for place in places.load() if SOURCE.startswith(place.source)]
    told = " ".join(f"WHEN '{place.area}' THEN '{place.id}'" for place in concern)
    return f"trim(CASE WHEN disordered > 0 THEN '{note}' ELSE '' END || ' ' || CASE area {told} ELSE '' END)"


def _coverage(question: Question) -> str:
    """SQL for what ``coverage.to_text`` writes of a row."""
    clauses = [_days(question), *_ways(question), *_types(question)]
    listed = f"concat_ws(',', {', '.join(clauses)})"
    return f"CASE WHEN {listed} = '' THEN '' ELSE '[' || {listed} || ']' END"


def _filled(clause: Coverage, **values: str) -> str:
    """SQL that gives a clause in which the numbers and days are those of a row."""
    text = to_text([clause])[1:-1].replace("'", "''")
    for mark, value in values.items():
        text = text.replace(mark, f"' || {value} || '")
    return f"'{text}'"


def _ways(question: Question) -> list[str]:
    """How events that run on were counted."""
    if question.counting == SPREAD:
        events = _filled(Coverage(SPREAD_OUT, "", -1, -2, "events"), **{"-1": "running", "-2": "events"})
        return [f"CASE WHEN running > 0 THEN {events} END"]
    events = _filled(Coverage(RUNNING, "", -1, -2, "events"), **{"-1": "running", "-2": "events"})
    # the series of civilians has deaths of its own, of which those that run on are not summed
    deaths = _filled(Coverage(RUNNING, "", -1, -2, "deaths"), **{"-1": "running_best", "-2": "best"})
    return [
        f"CASE WHEN running > 0 THEN {events} END",
        f"CASE WHEN running > 0 AND series <> '{CIVILIANS}' THEN {deaths} END",
    ]


def _days(question: Question) -> str:
    """The days that a row covers, where they are not the whole of its month or year."""
    since, until = (f"DATE '{day}'" if day else "NULL" for day in (question.since, question.until))
    if "year" not in question.by:
        opening, closing = f"coalesce({since}, begins)", f"coalesce({until}, ends)"
        cut = "TRUE"
    else:
        if "month" in question.by:
            first = "make_date(year, month, 1)"
            last = f"CAST({first} + INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE)"
        else:
            first, last = "make_date(year, 1, 1)", "make_date(year, 12, 31)"
        opening, closing = f"greatest({since}, {first})", f"least({until}, {last})"
        cut = f"{opening} > {first} OR {closing} < {last}"
    values = {mark: f"strftime({day}, '%Y-%m-%d')" for mark, day in (("OPENING", opening), ("CLOSING", closing))}
    return f"CASE WHEN {cut} THEN {_filled(Coverage(BETWEEN, first='OPENING', last='CLOSING'), **values)} END"


def _types(question: Question) -> list[str]:
    """The types that are counted, in the series of several types."""
    if not question.types or set(question.types) == set(TYPES):
        return []
    without = tuple(name for number, name in TYPES.items() if number not in question.types)
    clause = _filled(Coverage(PART, "", len(question.types), len(TYPES), "types", without=without))
    return [f"CASE WHEN series IN ('{ALL}', '{CIVILIANS}') THEN {clause} END"]


def as_text(table: str, columns: Collection[str]) -> str:
    """SQL for the rows as csv has them: nothing for an empty text, whole numbers without decimals, others with six.

    A name is never a formula.
    """
    named = [one for one in NAMES.values() if one in columns]
    texts = ", ".join(
        f"CASE WHEN {one} = floor({one}) THEN CAST(CAST({one} AS BIGINT) AS VARCHAR)"
        f" ELSE rtrim(printf('%.6f', {one}), '0') END AS {one}"
        for one in NUMBERS
    )
    empty = [f"nullif({one}, '') AS {one}" for one in EMPTY if one not in named]
    plain = [f"nullif({spreadsheet.sql(one)}, '') AS {one}" for one in named]
    return f"SELECT * REPLACE ({', '.join([texts, *empty, *plain])}) FROM {table}"


def retyped(question: Question) -> str:
    """SQL for the columns of another engine's sums, in the types of ``grouping.sql``."""
    whole = [*keys(question), *SUMS, *(() if "country" in question.by else ("least_country", "largest_country"))]
    names = [name for of, name in NAMES.items() if of in question.by]
    listed = [f"CAST({one} AS BIGINT) AS {one}" for one in whole] + [
        f"CAST({one} AS VARCHAR) AS {one}" for one in names
    ]
    return ", ".join([*listed, "CAST(begins AS DATE) AS begins", "CAST(ends AS DATE) AS ends"])
