"""Files of events in bare DuckDB: read with declared columns, looked over, kept as a parquet copy.

A file is read once. Whether anything is wrong in it is asked of all events together; only if
something is, ``faults`` looks for the row.
"""

import csv
import hashlib
import json
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from analysis import paths
from analysis.data import areas, files
from analysis.data.events import faults, sources
from analysis.data.events.layout import DISORDER, FIELDS, FLAG, FLAGS, TEXT, TYPES, WHOLE
from analysis.data.events.sources import PARQUET, ZIP, Source
from analysis.errors import InputError

COPIES = paths.CACHE / "events"
"""Where the copies are kept."""

THREADS = 4
"""At most so many: each takes memory."""

SMALL = 1 << 30
"""Bytes that one thread reads in seconds; a second one would cost more work than it saves time."""

MEMORY = "200MB"
"""What DuckDB may hold before it writes to the disk."""

BLOCK, BLOCKS = 1 << 16, 16
"""The blocks of a file by which its copy is found again: so many, evenly spread, of so many bytes."""

TOLD_EVERY = 2.0
"""Seconds between two words on how far a reading is."""

CLOSE = 200_000_000
"""Ids that lie within so many of each other are told apart by a bit each."""

SCRATCH = "analysis-events-"
Say = Callable[[str], None]
Accept = Callable[[Source, "Facts"], None]
Mark = tuple[int, int, str]


@dataclass(frozen=True)
class Facts:
    """What is known of all events of a file: how many, their ids, and the sums of those out of order."""

    events: int
    smallest: int
    largest: int
    disordered: int
    low: int
    best: int
    high: int

    @property
    def disorder(self) -> str:
        """The events out of order, as ``data/corrections.csv`` declares them."""
        return f"rows={self.disordered};low={self.low};best={self.best};high={self.high}"


@dataclass(frozen=True)
class Events:
    """A file's events, ready to be summed: what to select from, and what is known of them."""

    source: Source
    relation: str
    facts: Facts


@dataclass(frozen=True)
class Target:
    """What a file's events are read into: the SQL around the query that reads them, and what to select from then."""

    before: str
    behind: str
    relation: str


@dataclass(frozen=True)
class Work:
    """A run's connection, its folder for what is not done yet (on the disk of ``COPIES``), and who is told of it.

    ``accept`` is asked whether a file's events, as they are, may be summed, before a copy is kept or used.
    """

    connection: duckdb.DuckDBPyConnection
    folder: Path
    say: Say
    accept: Accept


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A folder for what is not done yet, gone afterwards; what killed runs left in ``folder`` is swept."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{SCRATCH}*"):
        number = left.name.removeprefix(SCRATCH).partition("-")[0]
        if number.isdigit() and not _runs(int(number)):
            shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=f"{SCRATCH}{os.getpid()}-", dir=folder))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def connect(folder: Path, size: int) -> duckdb.DuckDBPyConnection:
    """A connection for so many bytes that spills into ``folder``, and loads no extension over the network."""
    connection = duckdb.connect(
        config={
            "threads": 1 if size < SMALL else min(THREADS, os.cpu_count() or 1),
            "memory_limit": MEMORY,
            "temp_directory": str(folder / "spill"),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
    connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    return connection


@contextmanager
def progress(connection: duckdb.DuckDBPyConnection, source: Source, say: Say) -> Iterator[None]:
    """Say every few seconds how much of a file has been read."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(TOLD_EVERY):
            share = connection.query_progress()
            if share > 0:
                say(f"{source.path.name}: {share:.0f} % read")

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        done.set()
        watching.join()


def load(work: Work, source: Source, fields: Sequence[str]) -> Events:
    """The events of a file in a table of the connection, looked over.

    Args:
        work: where the table is made.
        source: the file.
        fields: our columns that are needed; one that the file has not is left out.

    Raises:
        InputError: the first fault of the file.
    """
    name = f"events_{hashlib.sha256(str(source.path.resolve()).encode()).hexdigest()[:12]}"
    there = [field for field in fields if field in source.columns]
    facts = _made(work, source, there, Target(f"CREATE OR REPLACE TEMP TABLE {name} AS ", "", name))
    work.accept(source, facts)
    return Events(source, name, facts)


def copy(work: Work, source: Source, *, verify: bool = False) -> Events:
    """The events of a file in its kept copy, which is made if there is none.

    A copy is of a file if that has the size, the time of change and the hash of some blocks that
    stand beside the copy, and the copy is what was written.

    Args:
        work: what makes the copy.
        source: the file.
        verify: whether the hash of the whole file is compared as well.

    Raises:
        InputError: the first fault of the file; with ``verify``, a file that is not what was copied.
    """
    kept = _kept(source)
    beside = kept.with_suffix(".json")
    mark = _mark(source.path)
    noted = _noted(beside)
    if not noted or not _is_of(noted, mark, kept):
        return Events(source, _relation(kept), _copied(work, source, mark, kept))
    if verify and files.sha256(source.path) != noted["sha256"]:
        beside.unlink()
        raise InputError(
            "the file is not the one that the copy was made of, though its size and date are",
            where=source.path,
            expected=f"SHA-256 {noted['sha256'][:12]}...",
            do="the copy is dropped: run again to sum the file as it is",
        )
    work.say(f"{source.path.name}: from its copy{', whole file compared' if verify else ''}")
    facts = Facts(**noted["facts"])
    work.accept(source, facts)
    return Events(source, _relation(kept), facts)


def _copied(work: Work, source: Source, mark: Mark, kept: Path) -> Facts:
    """Make the copy, and its note, of a file with that mark."""
    work.say(f"{source.path.name}: read for the first time, a copy is kept in {COPIES.parent.name}/{COPIES.name}")
    fresh = work.folder / kept.name
    behind = f") TO {text(str(fresh))} (FORMAT parquet, USE_TMP_FILE false)"
    facts = _made(work, source, list(source.columns), Target("COPY (", behind, _relation(fresh)))
    work.accept(source, facts)
    whole = files.sha256(source.path)
    if _mark(source.path) != mark:
        raise InputError("the file changed while it was read", where=source.path, do="run again when it is whole")
    note = {
        "file": mark,
        "sha256": whole,
        "copy": _mark(fresh)[::2],
        "made_by": _made_by(),
        "facts": asdict(facts),
    }
    beside = kept.with_suffix(".json")
    beside.unlink(missing_ok=True)  # a copy without its note is never used: the note comes last
    os.replace(fresh, kept)
    files.write(beside, json.dumps(note, indent=1) + "\n")
    return facts


def exported(work: Work, one: Events) -> str:
    """The path of a parquet file with a file's events, for another engine: the copy, or one for this run."""
    if not one.relation.startswith("read_parquet"):
        path = work.folder / f"{one.relation}.parquet"
        work.connection.execute(f"COPY {one.relation} TO {text(str(path))} (FORMAT parquet)")
        return str(path)
    return str(_kept(one.source))


def _relation(path: Path) -> str:
    return f"read_parquet({text(str(path))})"


def _kept(source: Source) -> Path:
    place = hashlib.sha256(str(source.path.resolve()).encode()).hexdigest()[:12]
    return COPIES / f"{source.path.stem}-{place}.parquet"


def _is_of(noted: dict, mark: Mark, kept: Path) -> bool:
    """Whether a copy is of the file with that mark, made as copies are made today, and as it was written."""
    same = noted["file"] == list(mark) and noted["made_by"] == _made_by()
    return same and kept.is_file() and noted["copy"] == list(_mark(kept)[::2])


def _noted(beside: Path) -> dict | None:
    try:
        noted = json.loads(beside.read_text(encoding="utf-8"))
        return noted if {"file", "sha256", "copy", "made_by", "facts"} <= set(noted) else None
    except (OSError, ValueError, TypeError):
        return None


def _mark(path: Path) -> Mark:
    """Size, time of change, and a hash of some blocks."""
    found = path.stat()
    some = hashlib.sha256()
    with path.open("rb") as stream:
        for block in range(BLOCKS):
            stream.seek(max(0, found.st_size - BLOCK) * block // (BLOCKS - 1))
            some.update(stream.read(BLOCK))
    return found.st_size, found.st_mtime_ns, some.hexdigest()


def _made_by() -> str:
    """Changes when a copy would be made, or looked over, in another way."""
    rules = repr((FIELDS, FLAGS, TYPES, sorted(areas.gleditsch_ward()), DISORDER, duckdb.__version__))
    return hashlib.sha256(rules.encode()).hexdigest()[:16]


def _made(work: Work, source: Source, fields: Sequence[str], target: Target) -> Facts:
    """Read a file and look over what came: quickly, and again with care if that finds a fault."""
    with progress(work.connection, source, work.say):
        if source.kind == ZIP:
            with unpacked(source, work.folder) as plain:
                return _read(work, source, plain, fields, target)
        return _read(work, source, source.path, fields, target)


@contextmanager
def unpacked(source: Source, folder: Path) -> Iterator[Path]:
    """The csv of a zip as a file of its own, for as long as it is read."""
    plain = folder / "unpacked.csv"
    with sources.opened(source) as packed, plain.open("wb") as stream:
        shutil.copyfileobj(packed, stream, 1 << 20)
    try:
        yield plain
    finally:
        plain.unlink()


def _read(work: Work, source: Source, plain: Path, fields: Sequence[str], target: Target) -> Facts:
    doubled: list[int] = []
    try:
        work.connection.execute(target.before + select(source, plain, fields) + target.behind)
        facts, doubled = look(work.connection, target.relation)
        if facts is not None:
            return facts
    except (duckdb.ConversionException, duckdb.InvalidInputException, duckdb.DataError):
        pass
    except duckdb.IOException as error:
        if source.kind == PARQUET and "No space left" not in str(error):
            raise sources.damaged(source.path, str(error)) from error
        raise
    faults.refuse(source, doubled, orders=False)
    # No fault: numbers or dates are written in a way that only a careful reading takes.
    try:
        work.connection.execute(target.before + select(source, plain, fields, careful=True) + target.behind)
    except duckdb.Error as error:
        raise sources.damaged(source.path, str(error)) from error
    facts, _ = look(work.connection, target.relation)
    if facts is None:
        raise sources.damaged(source.path, "some events cannot be read")
    return facts


def select(source: Source, plain: Path, fields: Sequence[str], *, careful: bool = False) -> str:
    """SQL for our columns of a file.

    Args:
        source: the file.
        plain: where its csv or parquet lies.
        fields: our columns that are wanted, all in the file.
        careful: take every column for text, and a number as ``2010.0`` or a date with blanks about it for what it is.
    """
    if source.kind == PARQUET:
        listed = [f"{_of_text(field, _cast(source.columns[field]))} AS {field}" for field in fields]
        return f"SELECT {', '.join(listed)} FROM read_parquet({text(str(plain))})"
    types = {theirs: _declared(FIELDS[ours].holds, careful) for ours, theirs in source.columns.items()}
    columns = ", ".join(f"{text(name)}: '{types.get(name, 'VARCHAR')}'" for name in source.header)
    if careful:
        listed = [f"{_of_text(field, quoted(source.columns[field]))} AS {field}" for field in fields]
    else:
        listed = [f"{_of_typed(field, source.columns)} AS {field}" for field in fields]
    return (
        f"SELECT {', '.join(listed)} FROM read_csv({text(str(plain))}, auto_detect = false, header = false,"
        f" skip = {source.skip}, delim = {text(source.delimiter)}, quote = '\"', escape = '\"',"
        f" columns = {{{columns}}})"
    )


def _declared(holds: str, careful: bool) -> str:
    return "VARCHAR" if careful or holds == TEXT else {WHOLE: "DOUBLE", FLAG: "BOOLEAN"}.get(holds, "TIMESTAMP")


def _of_typed(field: str, columns: Mapping[str, str]) -> str:
    """SQL for a column that was declared; NULL for a part of a number, which is none.

    A part in any column that every event must have makes the id NULL: one test costs less than seven.
    """
    column, holds = quoted(columns[field]), FIELDS[field].holds
    if holds in (TEXT, FLAG):
        return column
    cast = f"CAST({column} AS {FIELDS[field].kept})"
    if holds == WHOLE and (field == "id" or not FIELDS[field].needed):
        tested = [quoted(columns[one]) for one, told in FIELDS.items() if told.holds == WHOLE and told.needed]
        parts = " + ".join(f"({one} - floor({one}))" for one in (tested if field == "id" else [column]))
        return f"CASE WHEN {parts} = 0 THEN {cast} END"
    return cast


def _cast(name: str) -> str:
    return f"CAST({quoted(name)} AS VARCHAR)"


def _of_text(field: str, column: str) -> str:
    holds = FIELDS[field].holds
    if holds == WHOLE:
        number = f"regexp_extract(trim({column}), '^(\\d+)(\\.0+)?$', 1)"
        return f"TRY_CAST(nullif({number}, '') AS {FIELDS[field].kept})"
    if holds == FLAG:
        flags = " ".join(f"WHEN '{written}' THEN {meant}" for written, meant in FLAGS.items())
        return f"CASE regexp_replace(lower(trim({column})), '\\.0+$', '') {flags} END"
    return column if holds == TEXT else f"TRY_CAST(left(trim({column}), 10) AS DATE)"


def look(connection: duckdb.DuckDBPyConnection, relation: str) -> tuple[Facts | None, list[int]]:
    """Look over all events: the facts, None if anything is wrong; and the first ids that stand there twice."""
    right = " AND ".join(
        [
            *(f"{column} >= 0" for column in ("id", "low", "best", "high", "civilians")),
            f"type IN ({', '.join(map(str, TYPES))})",
            "last >= first",
        ]
    )
    sums = ", ".join(f"coalesce(CAST(sum({one}) FILTER ({DISORDER}) AS BIGINT), 0)" for one in ("low", "best", "high"))
    row = connection.execute(
        f"SELECT count(*), min(id), max(id), count(*) FILTER ({DISORDER}), {sums},"
        f" count(*) FILTER ({right}), list(DISTINCT country) FROM {relation}"
    ).fetchone()
    *known, good, countries = row or (0, 0, [])
    if not good or good != known[0] or not set(countries) <= {int(number) for number in areas.gleditsch_ward()}:
        return None, []
    facts = Facts(*known)
    if distinct(connection, [relation], facts.smallest, facts.largest) == facts.events:
        return facts, []
    twice = f"SELECT id FROM {relation} GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 1000"
    return None, [number for (number,) in connection.execute(twice).fetchall()]


def distinct(connection: duckdb.DuckDBPyConnection, relations: Sequence[str], smallest: int, largest: int) -> int:
    """How many ids there are: a bit for each, where they lie close enough for that."""
    all_ids = " UNION ALL ".join(f"SELECT id FROM {relation}" for relation in relations)
    close = largest - smallest < CLOSE
    count = f"bit_count(bitstring_agg(id, {smallest}, {largest}))" if close else "count(DISTINCT id)"
    row = connection.execute(f"SELECT {count} FROM ({all_ids})").fetchone()
    return int(row[0]) if row else 0


def text(value: str) -> str:
    """A text in SQL."""
    return "'" + value.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def apart(connection: duckdb.DuckDBPyConnection, several: Sequence[Events]) -> None:
    """Raise InputError if two files hold the same event."""
    if len(several) < 2:
        return
    relations = [one.relation for one in several]
    smallest, largest = min(one.facts.smallest for one in several), max(one.facts.largest for one in several)
    if distinct(connection, relations, smallest, largest) == sum(one.facts.events for one in several):
        return
    listed = " UNION ALL ".join(f"SELECT {n} AS file, id FROM {relation}" for n, relation in enumerate(relations))
    found = connection.execute(
        f"SELECT id, min(file), max(file) FROM ({listed}) GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 1"
    ).fetchone()
    if found is not None:
        event, one, other = found
        first, second = several[one].source, several[other].source
        raise InputError(
            f"event {event} stands in {first.path.name} as well, in row {faults.row_of(first, event)}",
            where=second.path,
            row=faults.row_of(second, event),
            column=second.columns["id"],
            expected="each event once",
            do="name files of one release, or of months that do not overlap",
        )


def declared(facts: Facts) -> str:
    """The id of the entry of ``data/corrections.csv`` that declares the events out of order, "" if none does."""
    with (paths.DATA / "corrections.csv").open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        return next(
            (row["id"] for row in rows if row["source"] == "ucdp_events" and row["published"] == facts.disorder), ""
        )
