"""Events -> sums, on any engine that Ibis speaks to: the same grouping as ``grouping``, in one expression for all.

Ibis and Spark are imported here alone, and this only when another engine is asked for.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ibis

from analysis.data import areas
from analysis.data.events import grouping, layout
from analysis.data.events.grouping import AMOUNTS, SHARES, SUMS
from analysis.data.events.layout import FIELDS, TEXT, TYPES, WHOLE
from analysis.data.events.question import SPREAD, Question
from analysis.data.events.store import Facts
from analysis.errors import InputError


def connect(address: str) -> Any:
    """A connection to an engine.

    Args:
        address: as Ibis has it: ``duckdb://``, ``pyspark://NAME?spark.master=local[2]``.

    Raises:
        InputError: an address that Ibis does not know, or an engine that is not installed or does not answer.
    """
    try:
        return _spark(address) if address.startswith("pyspark://") else ibis.connect(address)
    except Exception as error:  # each engine has errors of its own
        what = str(error).strip().splitlines() or [type(error).__name__]
        raise InputError(
            f"the engine {address!r} cannot be reached ({what[0][:120]})",
            expected="an address of Ibis, such as pyspark://events?spark.master=local[2]",
            do="install it: pip install 'mass-violence-audit[spark]', or without --engine",
        ) from error


def _spark(address: str) -> Any:
    """A Spark session with the settings of the address; Ibis sets them on a session that runs, which refuses most."""
    from pyspark.sql import SparkSession

    settings = (setting.partition("=") for setting in address.partition("?")[2].split("&") if setting)
    builder = SparkSession.builder
    for name, _, value in settings:
        builder = builder.config(name, value)
    return ibis.pyspark.connect(builder.getOrCreate())


def read(connection: Any, place: str) -> Any:
    """Our columns of a parquet file, or of many under a folder or a pattern that the engine itself can read.

    Raises:
        InputError: a place that the engine cannot read, a column that is missing.
    """
    try:
        table = connection.read_parquet(place)
    except Exception as error:
        what = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise InputError(
            f"the engine cannot read it ({what[:120]})", where=place, do="name a parquet file it reaches"
        ) from error
    if {"first", "last", "low", "best", "high"} <= set(table.columns):  # a copy has our columns already
        columns = {name: name for name in FIELDS if name in table.columns}
    else:
        columns = layout.mapping(table.columns, Path(place))
    return table.select(**{ours: _typed(table[theirs], ours) for ours, theirs in columns.items()})


def _typed(column: Any, ours: str) -> Any:
    holds = FIELDS[ours].holds
    if holds == TEXT or (holds == WHOLE and column.type().is_integer()):
        return column.cast("string" if holds == TEXT else "int64")
    if holds == WHOLE:
        number = column.cast("string").strip()
        return number.re_search(r"^\d+(\.0+)?$").ifelse(column.cast("float64"), ibis.null("float64")).cast("int64")
    return (
        column.cast("date") if column.type().is_temporal() else column.cast("string").strip().left(10).try_cast("date")
    )


def refuse(table: Any, place: str, *, orders: bool) -> None:
    """Raise InputError for events that are wrong; it names one by its id, for an engine's rows have no number.

    Args:
        table: what ``read`` gave.
        place: where it lies, for the error.
        orders: whether estimates out of order are a fault.
    """
    needed = [ours for ours, field in FIELDS.items() if field.needed]
    counts = {
        "has no value, or none that can be read, in a column that is needed": ibis.or_(
            *(table[one].isnull() for one in needed)
        ),
        "has a negative number": ibis.or_(*(table[one] < 0 for one in ("id", *AMOUNTS))),
        "has an unknown type of violence": table.type.notin(list(TYPES)),
        "is in a country that is not known": table.country.notin([int(number) for number in areas.gleditsch_ward()]),
        "ends before it begins": table.last < table["first"],
        **({"has low, best and high out of order": _disorder(table)} if orders else {}),
    }
    tests = [
        ibis.ifelse(test.fill_null(False), 1, 0).sum().name(f"wrong_{n}") for n, test in enumerate(counts.values())
    ]
    found = (
        table.aggregate([*tests, table.count().name("events"), table.id.nunique().name("different")]).execute().iloc[0]
    )
    if not found["events"]:
        raise InputError("there are no events", where=place, do="name a file that has some")
    for n, (what, test) in enumerate(counts.items()):
        if found[f"wrong_{n}"]:
            first = _row(table.filter(test.fill_null(False)).aggregate(id=ibis._.id.min()))["id"]
            raise InputError(
                f"event {first} {what}", where=place, do="read the file without --engine: that names the row"
            )
    if found["different"] != found["events"]:
        twice = _row(
            table.group_by("id").aggregate(n=ibis._.count()).filter(ibis._.n > 1).aggregate(id=ibis._.id.min())
        )["id"]
        raise InputError(f"event {twice} stands there twice", where=place, expected="each event once")


def _row(table: Any) -> dict[str, Any]:
    """The one row of a table."""
    return next(iter(table.to_pyarrow().to_pylist()))


def _disorder(table: Any) -> Any:
    return (table.low > table.best) | (table.best > table.high) | (table.low > table.high)


def sums(question: Question, tables: Sequence[Any]) -> Any:
    """The expression whose rows are those of ``grouping.sql``.

    Args:
        question: what is asked.
        tables: what ``read`` gave, of one engine.
    """
    wanted = list(question.fields)
    events = ibis.union(*(table.select(wanted) for table in tables), distinct=False) if len(tables) > 1 else tables[0]
    events = events.select(wanted)
    for test in _tests(question, events):
        events = events.filter(test)
    events = events.mutate(disordered=_disorder(events).cast("int64"))
    counted = _spread(question, events) if question.counting == SPREAD else _whole(question, events)
    placed = counted.mutate(
        events=ibis.literal(1, "int64"),
        **{one: getattr(counted.day, one)().cast("int64") for one in ("year", "month") if one in question.by},
    )
    if "actor" in question.by:
        first = placed.mutate(actor_id=placed.side_a_id, actor=placed.side_a)
        second = placed.filter(placed.type != 3).mutate(actor_id=placed.side_b_id, actor=placed.side_b)
        placed = first.union(second, distinct=False)
    names = {name: placed[name].max() for of, name in grouping.NAMES.items() if of in question.by}
    span = {"begins": placed.day.min(), "ends": placed["last"].max()}
    if "country" not in question.by:
        span |= {"least_country": placed.country.min(), "largest_country": placed.country.max()}
    totals = {one: placed[one].sum().cast("int64") for one in SUMS}
    keys = grouping.keys(question)
    if not keys:
        everything = placed.aggregate(**names, **totals, **span)
        return everything.filter(everything.events > 0)
    return placed.group_by(keys).aggregate(**names, **totals, **span)


def _tests(question: Question, events: Any) -> list[Any]:
    end = events["last"] if question.counting == SPREAD else events["first"]
    return [
        *([end >= ibis.literal(question.since)] if question.since else []),
        *([events["first"] <= ibis.literal(question.until)] if question.until else []),
        *([events.type.isin(list(question.types))] if question.types else []),
        *([events.country.isin([int(number) for number in question.numbers])] if question.areas else []),
    ]


def _number(period: str, day: Any) -> Any:
    year = day.year().cast("int64")
    return year * 12 + day.month().cast("int64") - 1 if period == "month" else year


def _runs_on(question: Question, events: Any) -> Any:
    if not question.period:
        return ibis.literal(False)
    return _number(question.period, events["first"]) < _number(question.period, events["last"])


def _whole(question: Question, events: Any) -> Any:
    runs = _runs_on(question, events)
    return events.mutate(
        day=events["first"],
        last=events["first"],
        running=ibis.ifelse(runs, 1, 0).cast("int64"),
        running_best=ibis.ifelse(runs, events.best, 0).cast("int64"),
    ).drop("first")


def _spread(question: Question, events: Any) -> Any:
    period = question.period
    events = events.mutate(running=ibis.ifelse(_runs_on(question, events), 1, 0).cast("int64"))
    begins, ends = [lambda t: t["first"]], [lambda t: t["last"]]
    if period:
        # as columns of their own: Ibis 12 leaves out parentheses about a difference within range, on Spark
        events = events.mutate(opens=_number(period, events["first"]), closes=_number(period, events["last"]))
        events = events.mutate(number=ibis.range(events.opens, events.closes + 1).unnest())
        begins.append(lambda t: _opening(period, t.number))
        ends.append(lambda t: _opening(period, t.number + 1) - ibis.interval(days=1))
    if question.since:
        begins.append(lambda t: ibis.literal(question.since))
    if question.until:
        ends.append(lambda t: ibis.literal(question.until))
    shared = events.mutate(
        day=ibis.greatest(*(one(events) for one in begins)).cast("date") if len(begins) > 1 else events["first"],
        until=ibis.least(*(one(events) for one in ends)).cast("date") if len(ends) > 1 else events["last"],
    )
    shared = shared.filter(shared.day <= shared.until)
    days = _days(shared["last"], shared["first"]) + 1
    up_to, before = _days(shared.until, shared["first"]) + 1, _days(shared.day, shared["first"])
    amounts = {
        one: ((shared[one] * SHARES * up_to) // days - (shared[one] * SHARES * before) // days).cast("int64")
        for one in AMOUNTS
    }
    return shared.mutate(**amounts, last=shared.until, running_best=ibis.literal(0, "int64")).drop("first", "until")


def _opening(period: str, number: Any) -> Any:
    """The first day of a month or year by its number."""
    if period == "year":
        return ibis.date(number.cast("int32"), 1, 1)
    return ibis.date((number // 12).cast("int32"), (number % 12 + 1).cast("int32"), 1)


def _days(later: Any, earlier: Any) -> Any:
    return later.delta(earlier, unit="day").cast("int64")


def facts(table: Any) -> Facts:
    """What is known of all events, as ``store.look`` finds it."""
    disorder = _disorder(table)
    sums = {one: table[one].sum(where=disorder).fill_null(0) for one in ("low", "best", "high")}
    ids = {"events": table.count(), "smallest": table.id.min(), "largest": table.id.max()}
    return Facts(**_row(table.aggregate(**ids, disordered=ibis.ifelse(disorder, 1, 0).sum(), **sums)))


def apart(tables: Sequence[Any], names: Sequence[str]) -> None:
    """Raise InputError if two files hold the same event."""
    if len(tables) < 2:
        return
    ids = ibis.union(*(table.select("id", file=ibis.literal(n)) for n, table in enumerate(tables)), distinct=False)
    twice = ids.group_by("id").aggregate(n=ids.count(), one=ids.file.min(), other=ids.file.max())
    found = twice.filter(twice.n > 1).order_by("id").limit(1).execute()
    if len(found):
        row = found.iloc[0]
        raise InputError(
            f"event {row['id']} stands in {names[int(row['one'])]} as well", where=names[int(row["other"])]
        )
