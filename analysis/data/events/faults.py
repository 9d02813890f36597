"""What is wrong in a file of events, and where: the first fault, by file and row.

A sum looks only whether anything is wrong, which is quick; this looks at record after record, and
is asked when something is.
"""

import csv
import datetime
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import duckdb

from analysis.data import areas
from analysis.data.events import sources
from analysis.data.events.layout import FIELDS, FLAG, FLAGS, TYPES, WHOLE
from analysis.data.events.sources import PARQUET, Source
from analysis.errors import InputError

Record = tuple[int, dict[str, str]]
"""The row of a file (1 is its first line), and our columns as the text that stands there."""

AGAIN = "download the file again"
NUMBER = re.compile(r"\d+(\.0+)?")
KEEP = "look at it; --as-published keeps all events as UCDP gives them"


def refuse(source: Source, doubled: Collection[int] = (), orders: bool = True) -> None:
    """Raise the first fault of a file, if it has one.

    Args:
        source: the file.
        doubled: ids that are known to stand there twice; without any, ids are compared here.
        orders: whether estimates out of order are a fault.

    Raises:
        InputError: the first fault, with its row.
    """
    seen: dict[int, int] = {}
    for row, record in records(source):
        _look(source, row, record, orders)
        number = whole(record["id"])
        if not doubled or number in doubled:
            if number in seen:
                raise InputError(
                    f"event {number} stands there twice, in rows {seen[number]} and {row}",
                    where=source.path,
                    row=row,
                    column=source.columns["id"],
                    expected="each event once",
                    do="two releases may be mixed in the file: take them apart",
                )
            seen[number] = row


def row_of(source: Source, event: int) -> int:
    """The row in which an event stands; 0 if it does not."""
    return next(
        (row for row, record in records(source) if NUMBER.fullmatch(record["id"]) and whole(record["id"]) == event), 0
    )


def records(source: Source) -> Iterator[Record]:
    """Every record of a file.

    Raises:
        InputError: a record with too few or too many fields, a quotation that does not end, text that is not UTF-8.
    """
    if source.kind == PARQUET:
        yield from _rows(source)
        return
    places = {ours: source.header.index(theirs) for ours, theirs in source.columns.items()}
    count, before = len(source.header), 0
    with sources.opened(source) as stream:
        reader = csv.reader(_lines(stream, source.path), delimiter=source.delimiter, strict=True)
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise InputError(
                    f"the record cannot be read ({error})", where=source.path, row=before + 1, do=AGAIN
                ) from error
            if cells is None:
                return
            row, before = before + 1, reader.line_num
            if row <= source.skip or not cells:
                continue
            if len(cells) != count:
                raise InputError(
                    f"{len(cells)} fields",
                    where=source.path,
                    row=row,
                    expected=f"{count}, as in the first row",
                    do=f"the file is damaged or cut off there: {AGAIN}",
                )
            yield row, {ours: cells[place].strip() for ours, place in places.items()}


def _lines(stream: Iterator[bytes], path: Path) -> Iterator[str]:
    for row, line in enumerate(stream, start=1):
        try:
            yield line.decode("utf-8-sig" if row == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise InputError("the text is not UTF-8", where=path, row=row, do="save it as UTF-8") from error


def _rows(source: Source) -> Iterator[Record]:
    listed = ", ".join(f'CAST("{theirs}" AS VARCHAR)' for theirs in source.columns.values())
    try:
        with duckdb.connect() as connection:
            found = connection.execute(f"SELECT {listed} FROM read_parquet(?)", [str(source.path)])
            row = 0
            while some := found.fetchmany(10_000):
                for cells in some:
                    row += 1
                    yield row, {ours: (cell or "").strip() for ours, cell in zip(source.columns, cells, strict=True)}
    except duckdb.Error as error:
        raise sources.damaged(source.path, str(error)) from error


def whole(text: str) -> int:
    """A whole number, as UCDP writes it (some csv have ``2010.0``)."""
    return int(text.partition(".")[0])


def day(text: str) -> datetime.date | None:
    """The day of a date, with or without a time of day behind it; None if it is none."""
    try:
        return datetime.date.fromisoformat(re.split("[T ]", text, maxsplit=1)[0])
    except ValueError:
        return None


def _look(source: Source, row: int, record: dict[str, str], orders: bool) -> None:
    def wrong(column: str, what: str, expected: str, do: str = AGAIN) -> InputError:
        return InputError(what, where=source.path, row=row, column=source.columns[column], expected=expected, do=do)

    if record["id"] == source.columns["id"]:
        raise wrong("id", "column names stand here again", "an event", "two files were joined: take them apart")
    for column, text in record.items():
        field = FIELDS[column]
        if field.holds == WHOLE and not NUMBER.fullmatch(text) and (text or field.needed):
            raise wrong(column, f"{text!r} is not a whole number of 0 or more", "digits")
        if field.holds == FLAG and text and re.sub(r"\.0+$", "", text.lower()) not in FLAGS:
            raise wrong(column, f"{text!r} is neither yes nor no", f"one of {', '.join(FLAGS)}")
        if field.kept == "INTEGER" and whole(text) >= 2**31:
            raise wrong(column, f"{text!r} is more than there are people", "a count of deaths")
    if whole(record["type"]) not in TYPES:
        listed = ", ".join(str(number) for number in TYPES)
        raise wrong("type", f"{record['type']!r} is not a type of violence", f"one of {listed}")
    if areas.by_gleditsch_ward(str(whole(record["country"]))) is None:
        what = f"{record['country']!r} is not a known country number"
        raise wrong("country", what, "a Gleditsch-Ward number of data/areas.csv", "add it to data/areas.csv")
    for column in ("first", "last"):
        if day(record[column]) is None:
            raise wrong(column, f"{record[column]!r} is not a date", "a day as 2013-03-24")
    if str(day(record["last"])) < str(day(record["first"])):
        raise wrong("last", f"{record['last']!r} is before the first day, {record['first']!r}", "a day on or after it")
    low, best, high = (whole(record[estimate]) for estimate in ("low", "best", "high"))
    if orders and not low <= best <= high:
        column = "best" if low > best else "high"
        raise wrong(column, f"low {low}, best {best} and high {high} are not in order", "low <= best <= high", KEEP)
