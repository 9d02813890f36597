"""A typed csv ledger -> its rows or records; what is wrong is named by file, row and column.

pandas is not imported here, for the registry is read with this.
"""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from analysis.errors import InputError

Record = TypeVar("Record")

NOTHING: Mapping[str, Any] = {}


class Row(dict[str, str]):
    """A row by column, which knows where it stands."""

    def __init__(self, values: Mapping[str, str], path: Path, line: int) -> None:
        super().__init__(values)
        self.path = path
        self.line = line

    def wrong(self, column: str, what: str = "", expected: str = "", do: str = "") -> InputError:
        """The error to raise for a value: what is wrong with it (the value itself by default)."""
        what = what or f"{self[column]!r}"
        return InputError(what, where=self.path, row=self.line, column=column, expected=expected, do=do)

    def number(self, column: str) -> float:
        """A value as a number; InputError if it is none."""
        try:
            return float(self[column])
        except ValueError as error:
            raise self.wrong(column, f"{self[column]!r} is not a number", "digits") from error

    def whole(self, column: str) -> int:
        """A value as a whole number; InputError if it is none."""
        if not self[column].isdecimal():
            raise self.wrong(column, f"{self[column]!r} is not a whole number", "digits")
        return int(self[column])


def rows(
    path: Path,
    columns: Sequence[str],
    *,
    key: Sequence[str] = ("id",),
    lists: Mapping[str, Collection[str]] = NOTHING,
    exact: bool = True,
) -> Iterator[Row]:
    """The rows of a ledger, each checked when it is reached.

    Args:
        path: the file.
        columns: those that it must have.
        key: the columns that together no two rows share.
        lists: the values that a column may have, where it has a closed list.
        exact: whether it must have these columns alone and in this order.

    Raises:
        InputError: no such file, a column that is missing or not expected, a row of too few or too many fields,
            quotes that do not match, a key that stands twice, a value that is not in its list.
    """
    if not path.exists():
        raise InputError(
            "file not found", where=path, do="name a ledger that exists, the others that it needs beside it"
        )
    seen = set()
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        found, expected = list(reader.fieldnames or []), ", ".join(columns)
        if missing := [column for column in columns if column not in found]:
            raise InputError("the column is missing", where=path, row=1, column=", ".join(missing), expected=expected)
        if exact and found != list(columns):
            raise InputError(f"the columns are {', '.join(found)}", where=path, row=1, expected=expected)
        try:
            for values in reader:
                row = Row(values, path, reader.line_num)
                if None in values or None in values.values():
                    what = "the row has too few or too many fields"
                    raise InputError(what, where=path, row=row.line, expected=f"{len(found)}", do="quote commas")
                named = tuple(row[column] for column in key)
                if named in seen:
                    raise row.wrong(key[-1], f"{' '.join(filter(None, named))} stands twice", "one row each")
                seen.add(named)
                for column, allowed in lists.items():
                    if row[column] not in allowed:
                        raise row.wrong(column, expected=", ".join(allowed))
                yield row
        except csv.Error as error:
            raise InputError(str(error), where=path, row=reader.line_num + 1, do="look at the quotes") from error


def records(
    path: Path,
    kind: type[Record],
    *,
    key: Sequence[str] = ("id",),
    lists: Mapping[str, Collection[str]] = NOTHING,
    empty: Mapping[str, float] = NOTHING,
    exact: bool = True,
) -> Iterator[tuple[Row, Record]]:
    """The rows of a ledger, each with the record that it is.

    Args:
        path: the file.
        kind: a dataclass; its fields are the columns, each text, or a number by its type hint.
        key: as for ``rows``.
        lists: as for ``rows``.
        empty: as for ``record``.
        exact: as for ``rows``.

    Raises:
        InputError: as ``rows`` and ``record``.
    """
    for row in rows(path, list(_types(kind)), key=key, lists=lists, exact=exact):
        yield row, record(row, kind, empty)


def record(row: Row, kind: type[Record], empty: Mapping[str, float] = NOTHING) -> Record:
    """A row as a record.

    Args:
        row: from ``rows``.
        kind: a dataclass whose fields are columns of the row.
        empty: what a number is where the column is empty; without that it is None, if the field may be.

    Raises:
        InputError: text in a number, or none where there must be one.
    """
    return kind(**{column: _value(row, column, wanted, empty) for column, wanted in _types(kind).items()})


def _value(row: Row, column: str, wanted: Any, empty: Mapping[str, float]) -> str | float | None:
    if wanted is str:
        return row[column]
    kinds = get_args(wanted) or (wanted,)
    if row[column] == "" and (column in empty or type(None) in kinds):
        return empty.get(column)
    return row.whole(column) if int in kinds else row.number(column)


def _types(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
