"""UCDP's events at any size: files of GED and of candidate events, summed into rows of the one shape.

    files -> sources (what lies there) -> store (read once, looked over, kept as a copy) -> grouping
    (sums, in DuckDB; ``engines`` on any other engine) -> rows (the one shape)

Neither pandas nor Ibis is loaded, unless a notebook asks for a table or another engine is named.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import duckdb

from analysis.data import files
from analysis.data.events import faults, grouping, layout, rows, sources, store, world
from analysis.data.events.question import SPREAD, START, Question, ask
from analysis.data.events.sources import PARQUET, Source
from analysis.data.events.store import Events, Facts, Say, Work
from analysis.errors import InputError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Reading:
    """How files are read: with a kept copy or without, compared whole or not, on which engine, as what release.

    ``as_published`` takes events with estimates out of order that nobody has declared.
    """

    copy: bool = True
    verify: bool = False
    engine: str = ""
    vintage: str = ""
    as_published: bool = False


@dataclass(frozen=True)
class Answer:
    """The rows, in a table of a connection that lives as long as ``answered`` is entered."""

    connection: duckdb.DuckDBPyConnection
    table: str
    several: tuple[Events, ...]
    folder: Path


def events(
    *paths: str | Path,
    by: str | Iterable[str] = Question.by,
    since: str = "",
    until: str = "",
    country: str | Iterable[str] = (),
    type: str | Iterable[str] = (),
    count: str = START,
    world: bool = False,
    copy: bool = True,
    verify: bool = False,
    engine: str = "",
    vintage: str = "",
    as_published: bool = False,
) -> "pd.DataFrame":
    """Deaths in UCDP's events, summed from files of GED or of candidate events.

    Args:
        paths: csv, zip or parquet files; several are added up.
        by: any of country, year, month, type, actor, conflict, grid. By actor, an event counts
            for each side that fights in it, so that actors do not add up to a total.
        since: the first day that counts (``2013``, ``2013-03``, ``2013-03-24``).
        until: the last one.
        country: areas, by code or name in any of the six languages; all if empty.
        type: state_based, non_state, one_sided; all if empty.
        count: ``start``: an event counts whole on its first day; ``spread``: an equal share on each
            of its days.
        world: also rows of the world, if the files hold it.
        copy: keep a copy with the columns that sums need, and read that from then on.
        verify: compare the hash of the whole file with that of the copy.
        engine: an address of Ibis (``pyspark://...``); DuckDB in this process if empty.
        vintage: the release, if the files' names do not tell it.
        as_published: take events whose low, best and high are out of order as they are.

    Returns:
        The columns of every tidy table, and ``conflict_id``, ``conflict`` and ``grid`` where they are
        asked for. One row a group and series: ``deaths_events.TYPE`` (``deaths_events.all`` without
        ``type``) with low, best and high, and ``deaths_events.civilians`` with a best. ``area`` is
        ``MUL`` for sums over several countries; ``coverage`` says how many events run on into a later
        period, or were spread over it, and which days were counted where a period is cut.

    Raises:
        InputError: what is wrong, with file and row.

    Source: the files; UCDP Georeferenced Event Dataset and UCDP Candidate Events Dataset.
    """
    question = ask(by, since, until, country, type, count, world)
    reading = Reading(copy, verify, engine, vintage, as_published)
    with answered(paths, question, reading) as answer:
        frame = answer.connection.sql(f"SELECT * FROM {answer.table}").df()
    whole = {"year": "Int64", "month": "Int64", **{one: "Int64" for one in ("conflict_id", "grid") if one in frame}}
    texts = {one: "str" for one in frame.columns if one not in whole and one not in ("low", "best", "high")}
    return frame.astype({**whole, **texts, "low": float, "best": float, "high": float})


@contextmanager
def answered(
    paths: Sequence[str | Path], question: Question, reading: Reading, say: Say = lambda _: None
) -> Iterator[Answer]:
    """Read files, look them over and sum them.

    Args:
        paths: the files.
        question: what is asked.
        reading: how the files are read.
        say: told what is done.

    Raises:
        InputError: what is wrong, with file and row; a full disk; a folder that cannot be written.
    """
    if not paths:
        raise InputError("no file is named", do="name a csv, zip or parquet file of UCDP's events")
    try:
        with ExitStack() as stack:
            base = store.COPIES if reading.copy else Path(tempfile.gettempdir())
            folder = stack.enter_context(store.scratch(base))
            size = sum(Path(path).stat().st_size for path in paths if Path(path).is_file())
            connection = stack.enter_context(store.connect(folder, size))
            work = store.Work(connection, folder, say, _accepted(reading, say))
            if reading.engine:
                several = _on_an_engine(work, paths, question, reading)
            else:
                several = _here(work, [sources.find(Path(path)) for path in paths], question, reading)
            vintage = reading.vintage or _vintage([one.source.release for one in several])
            note = " ".join(sorted({store.declared(one.facts) for one in several if one.facts.disordered} - {""}))
            table = rows.tidy(connection, question, vintage, note)
            if question.world:
                world.require(connection, table, question)
            how = "spread over their days" if question.counting == SPREAD else "counted whole on their first day"
            say(f"{sum(one.facts.events for one in several):,} events; those that run on are {how}")
            yield Answer(connection, table, tuple(several), folder)
    except OSError as error:
        raise InputError(
            f"{error.strerror or error}", where=str(error.filename or ""), do="make room, or name a folder to write in"
        ) from error
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        full = "No space left" in str(error)
        what = "the disk is full" if full else str(error).splitlines()[0][:200]
        raise InputError(
            what,
            do=("make room, or try --no-copy" if reading.copy else "make room")
            if full
            else "make room in memory or on the disk",
        ) from error


def _accepted(reading: Reading, say: Say) -> store.Accept:
    """What refuses events out of order, unless they are declared or taken as they are published."""

    def accept(source: Source, facts: Facts) -> None:
        if not facts.disordered or store.declared(facts):
            return
        if not reading.as_published:
            faults.refuse(source, doubled=(-1,))
        say(f"{source.path.name}: {facts.disordered:,} events with low, best and high out of order, kept as published")

    return accept


def _here(work: Work, found: Sequence[Source], question: Question, reading: Reading) -> list[Events]:
    several = _read(work, found, question, reading)
    store.apart(work.connection, several)
    work.connection.execute(f"CREATE TEMP TABLE grouped AS {grouping.sql(question, [one.relation for one in several])}")
    return several


def _read(work: Work, found: Sequence[Source], question: Question, reading: Reading) -> list[Events]:
    _of_one_release(found)
    for source in found:
        _has(source, question)
    several = []
    for place, source in enumerate(found, start=1):
        if not source.whole:
            work.say(
                f"{source.path.name}: the last line has no end; if the file was cut off there, its last number is short"
            )
        if len(found) > 1:
            work.say(f"file {place} of {len(found)}")
        if reading.copy:
            several.append(store.copy(work, source, verify=reading.verify))
        else:
            work.say(f"{source.path.name}: read without a copy")
            several.append(store.load(work, source, question.fields))
    return several


def _on_an_engine(work: Work, paths: Sequence[str | Path], question: Question, reading: Reading) -> list[Events]:
    """Sum on another engine; parquet is read by the engine itself, wherever that is, csv by way of the copy."""
    try:
        from analysis.data.events import engines
    except ImportError as error:
        raise InputError(
            f"{error.name} is not installed", do="pip install 'mass-violence-audit[engines]' ([spark] for Spark)"
        ) from error
    engine = engines.connect(reading.engine)
    several, tables = [], []
    for path in paths:
        here = Path(path)
        source = sources.find(here) if here.is_file() else None
        if source is None and "://" not in str(path) and not here.is_dir():
            sources.find(here)
        if source is None or source.kind == PARQUET:
            place = str(path) if source is None else str(here.resolve())
            table = engines.read(engine, place)
            engines.refuse(table, place, orders=not reading.as_published)
            source = source or Source(here, PARQUET, tuple(table.columns), dict.fromkeys(table.columns, ""), "")
            several.append(Events(source, place, engines.facts(table)))
        else:
            (one,) = _read(work, [source], question, reading)
            several.append(one)
            table = engines.read(engine, store.exported(work, one))
        tables.append(table)
    _of_one_release([one.source for one in several])
    engines.apart(tables, [one.source.path.name for one in several])
    work.connection.register("sums", engines.sums(question, tables).to_pyarrow())
    work.connection.execute(f"CREATE TEMP TABLE grouped AS SELECT {rows.retyped(question)} FROM sums")
    return several


def _of_one_release(found: Sequence[Source]) -> None:
    releases = {source.path.name: source.release for source in found}
    clash = layout.mixed(releases)
    if clash:
        one, other = clash
        raise InputError(
            f"is of release {releases[other]}, and {one} of {releases[one]}: they hold the same events",
            where=other,
            expected="files of one release, or candidate events of a later year",
            do="name one of them",
        )


def _has(source: Source, question: Question) -> None:
    for field in question.fields:
        if field not in source.columns:
            names = layout.FIELDS[field].names
            raise InputError(
                "the column is missing",
                where=source.path,
                row=1,
                column=names[0],
                expected=f"one of {', '.join(names)}, for what --by asks",
                do="ask without it",
            )


def _vintage(releases: Sequence[str]) -> str:
    """The release of the rows; of several, all of them."""
    return "+".join(sorted({one or "unknown" for one in releases}))


def write(answer: Answer, out: Path) -> None:
    """Write the rows to a csv or parquet file, whole or not at all.

    Raises:
        InputError: a name that ends in neither.
    """
    forms = {
        ".csv": "csv, HEADER, PRESERVE_ORDER true, USE_TMP_FILE false",
        ".parquet": "parquet, PRESERVE_ORDER true, USE_TMP_FILE false",
    }
    if out.suffix not in forms:
        raise InputError("unknown kind of file", where=out, expected="a name that ends in .csv or .parquet")
    query = (
        rows.as_text(answer.table, answer.connection.table(answer.table).columns)
        if out.suffix == ".csv"
        else f"FROM {answer.table}"
    )
    with files.staged(out) as name:
        answer.connection.execute(f"COPY ({query}) TO {store.text(str(name))} (FORMAT {forms[out.suffix]})")


def show(answer: Answer, stream: IO[str]) -> None:
    """Write the rows to a stream, as csv."""
    plain = answer.folder / "answer.csv"
    write(answer, plain)
    with plain.open(encoding="utf-8", newline="") as lines:
        shutil.copyfileobj(lines, stream)
