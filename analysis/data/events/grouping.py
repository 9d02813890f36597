"""Events -> sums, in bare DuckDB. ``engines`` says the same for every other engine; a test holds the two equal.

The sums are whole numbers, so that no order of adding changes them: where events are spread over
days, of ``SHARES`` parts of a death.
"""

from collections.abc import Sequence

from analysis.data.events.layout import DISORDER
from analysis.data.events.question import SPREAD, Question

SHARES = 1_000_000
"""The parts into which a death is divided where an event is spread over its days."""

KEYS = {
    "country": ("country",),
    "year": ("year",),
    "month": ("month",),
    "type": ("type",),
    "actor": ("actor_id",),
    "conflict": ("conflict_id",),
    "grid": ("grid",),
}
"""What a grouping groups by."""

NAMES = {"actor": "actor", "conflict": "conflict"}
"""The names that stand beside a grouping's key; where a key has several, the last in the alphabet."""

SUMS = ("low", "best", "high", "civilians", "events", "running", "running_best", "disordered")
"""What is summed: deaths; how many events; those that run on into a later period, and the deaths in them; events out
of order."""

AMOUNTS = ("low", "best", "high", "civilians")


def keys(question: Question) -> list[str]:
    """The columns by which the answer is grouped."""
    return [key for grouping in question.by for key in KEYS[grouping]]


def sql(question: Question, relations: Sequence[str]) -> str:
    """SQL that gives a row for each group: its keys, its names, ``SUMS``, and the days it spans (``begins``, ``ends``).

    Without ``country``, ``least_country`` and ``largest_country`` tell whether there is but one.
    """
    wanted = ", ".join(question.fields)
    parts = " UNION ALL ".join(f"SELECT {wanted} FROM {relation}" for relation in relations)
    steps = [f"picked AS (SELECT *, CAST({DISORDER} AS INTEGER) AS disordered FROM ({parts}) {_where(question)})"]
    steps += [f"counted AS ({_spread(question) if question.counting == SPREAD else _whole(question)})"]
    steps += [f"placed AS (SELECT *, {_placed(question)} FROM counted)"]
    table = "placed"
    if "actor" in question.by:
        # Who fights is both sides; who kills civilians is the first one.
        steps += [
            "acting AS (SELECT *, side_a_id AS actor_id, side_a AS actor FROM placed UNION ALL"
            " SELECT *, side_b_id AS actor_id, side_b AS actor FROM placed WHERE type <> 3)"
        ]
        table = "acting"
    grouped = keys(question)
    names = [f"max({name}) AS {name}" for grouping, name in NAMES.items() if grouping in question.by]
    sums = [f"CAST(sum({one}) AS BIGINT) AS {one}" for one in SUMS]
    days = ["min(day) AS begins", "max(last) AS ends"]
    if "country" not in question.by:
        days += ["min(country) AS least_country", "max(country) AS largest_country"]
    by = f" GROUP BY {', '.join(grouped)}" if grouped else " HAVING count(*) > 0"
    return f"WITH {', '.join(steps)} SELECT {', '.join([*grouped, *names, *sums, *days])} FROM {table}{by}"


def _where(question: Question) -> str:
    ends = "last" if question.counting == SPREAD else "first"
    tests = [
        *([f"{ends} >= DATE '{question.since}'"] if question.since else []),
        *([f"first <= DATE '{question.until}'"] if question.until else []),
        *([f"type IN ({', '.join(map(str, question.types))})"] if question.types else []),
        *([f"country IN ({', '.join(question.numbers)})"] if question.areas else []),
    ]
    return f"WHERE {' AND '.join(tests)}" if tests else ""


def _placed(question: Question) -> str:
    """The period in which an event, or its share, counts, and what is summed besides deaths."""
    columns = ["1 AS events", *(f"{period}(day) AS {period}" for period in ("year", "month") if period in question.by)]
    return ", ".join(columns)


def _number(period: str, day: str) -> str:
    """The number of a day's month or year, counted without a break."""
    return f"(year({day}) * 12 + month({day}) - 1)" if period == "month" else f"year({day})"


def _runs_on(period: str) -> str:
    return f"({_number(period, 'first')} < {_number(period, 'last')})" if period else "FALSE"


def _whole(question: Question) -> str:
    """Events whole, on their first day."""
    listed = ", ".join(name for name in question.fields if name not in ("first", "last"))
    runs = _runs_on(question.period)
    return (
        f"SELECT {listed}, disordered, first AS day, first AS last, CAST({runs} AS INTEGER) AS running,"
        f" CASE WHEN {runs} THEN best ELSE 0 END AS running_best FROM picked"
    )


def _spread(question: Question) -> str:
    """Events divided at the ends of periods: each share has the deaths of its days.

    The share that ends after n of an event's days has the n-th part of its deaths, less those of
    the shares before it: so all of them together have all deaths.
    """
    period = question.period
    listed = [name for name in question.fields if name not in AMOUNTS]
    begins, ends = "first", "last"
    source = "picked"
    if period:
        numbers = f"range({_number(period, 'first')}, {_number(period, 'last')} + 1)"
        source = f"(SELECT *, unnest({numbers}) AS number FROM picked)"
        if period == "month":
            opening = "make_date(number // 12, number % 12 + 1, 1)"
            closing = f"CAST({opening} + INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE)"
        else:
            opening, closing = "make_date(number, 1, 1)", "make_date(number, 12, 31)"
        begins, ends = f"greatest(first, {opening})", f"least(last, {closing})"
    if question.since:
        begins = f"greatest({begins}, DATE '{question.since}')"
    if question.until:
        ends = f"least({ends}, DATE '{question.until}')"
    columns = f"{begins} AS day, {ends} AS until, last - first + 1 AS days, {_runs_on(period)} AS runs"
    days = f"SELECT *, {columns} FROM {source}"
    shares = [
        f"{share} * (until - first + 1) // days - {share} * (day - first) // days AS {one}"
        for one in AMOUNTS
        for share in [f"CAST({one} AS BIGINT) * {SHARES}"]
    ]
    return (
        f"SELECT {', '.join(name for name in listed if name not in ('first', 'last'))}, disordered, day, until AS last,"
        f" {', '.join(shares)}, CAST(runs AS INTEGER) AS running, 0 AS running_best FROM ({days}) WHERE day <= until"
    )
