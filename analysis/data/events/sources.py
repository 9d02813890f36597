"""A file of events as it lies there: csv, csv in a zip, or parquet; its header, delimiter, tag row and release."""

import csv
import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import duckdb

from analysis.data.events import layout
from analysis.errors import InputError

CSV, ZIP, PARQUET = "csv", "zip", "parquet"
HEAD = 1 << 16
"""Bytes in which the header, and a row of tags under it, must end."""


@dataclass(frozen=True)
class Source:
    """A file that can be read.

    ``header`` has the columns as they stand in the file, ``columns`` our names -> those; ``skip``
    is the number of lines above the first event; ``member`` is the name of the csv in a zip.
    """

    path: Path
    kind: str
    header: tuple[str, ...]
    columns: dict[str, str]
    release: str
    delimiter: str = ","
    skip: int = 1
    member: str = ""

    @property
    def whole(self) -> bool:
        """Whether a csv ends with the end of a line."""
        if self.kind != CSV:
            return True
        with self.path.open("rb") as stream:
            stream.seek(-1, os.SEEK_END)
            return stream.read(1) in b"\r\n"


def find(path: Path) -> Source:
    """Look at a file.

    Raises:
        InputError: no such file, an empty or damaged one, no column names, a column that is missing.
    """
    if not path.is_file():
        raise InputError("no such file", where=str(path), do="name a csv, zip or parquet file of UCDP's events")
    with path.open("rb") as stream:
        start = stream.read(4)
    if not start:
        raise InputError("the file is empty", where=path, do="download it again")
    if start == b"PAR1":
        header = _parquet_header(path)
        return Source(path, PARQUET, header, layout.mapping(header, path), layout.release(path.name))
    if start[:2] == b"PK":
        member = _member(path)
        release = layout.release(path.name) or layout.release(member)
        return _csv(path, ZIP, member, release)
    return _csv(path, CSV, "", layout.release(path.name))


@contextmanager
def opened(source: Source) -> Iterator[IO[bytes]]:
    """The bytes of a csv, out of its zip if it is in one.

    Raises:
        InputError: a zip that is cut off or damaged.
    """
    with _opened(source.path, source.member) as stream:
        yield stream


@contextmanager
def _opened(path: Path, member: str) -> Iterator[IO[bytes]]:
    try:
        if not member:
            with path.open("rb") as plain:
                yield plain
        else:
            with zipfile.ZipFile(path) as archive, archive.open(member) as packed:
                yield packed
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise damaged(path, str(error)) from error


def damaged(path: Path, why: str) -> InputError:
    """The error for a file that is cut off or damaged."""
    return InputError(
        f"the file is damaged or cut off ({why.splitlines()[0][:120]})", where=path, do="download it again"
    )


def _member(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [
                name
                for name in archive.namelist()
                if name.lower().endswith(".csv")
                and not name.startswith("__MACOSX")
                and not Path(name).name.startswith(".")
            ]
    except zipfile.BadZipFile as error:
        raise damaged(path, str(error)) from error
    if len(names) != 1:
        raise InputError(
            f"the zip holds {len(names)} csv files", where=path, expected="one", do="unpack it and name them"
        )
    return names[0]


def _csv(path: Path, kind: str, member: str, release: str) -> Source:
    with _opened(path, member) as stream:
        head = stream.read(HEAD)
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # a letter cut at the end of the head is no fault
        if error.start < len(head) - 4:
            row = head[: error.start].count(b"\n") + 1
            raise InputError("the text is not UTF-8", where=path, row=row, do="save it as UTF-8") from error
        text = head[: error.start].decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        header = next(rows, [])
        below = next(rows, [])
    except csv.Error as error:
        raise damaged(path, str(error)) from error
    columns = layout.mapping(header, path)
    tags = bool(below) and any(cell.strip().startswith("#") for cell in below[:3])
    if not below or (tags and next(rows, None) is None):
        raise InputError("the file has column names and no event", where=path, row=1, do="download it again")
    return Source(path, kind, tuple(header), columns, release, delimiter, 1 + tags, member)


def _parquet_header(path: Path) -> tuple[str, ...]:
    try:
        with duckdb.connect() as connection:
            described = connection.execute("SELECT name FROM parquet_schema(?) WHERE num_children IS NULL", [str(path)])
            return tuple(str(name) for (name,) in described.fetchall())
    except duckdb.Error as error:
        raise damaged(path, str(error)) from error
