"""Known disorders of publisher data: ``data/corrections.csv``, each flagged or repaired, none in silence.

A correction names the record it is about, what the publisher has there (``published``) and what
is done. It expires by itself: when the publisher's value is no longer what the entry says, reading
stops and asks for the entry to be deleted.

====== ====================================================================================
flag   the record is kept as published; its id stands in ``note`` wherever the record counts
repair the columns in ``value`` replace the record's; flagged in the same way
drop   the record is left out
add    the record in ``value`` is added, because the file lost it
====== ====================================================================================

A disorder that no entry declares stops the reading of a registered release, with the entry to write.
In a release that is unverified anyway it is kept and flagged by an entry made on the spot, so that
all of them are told at once (``made``).
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import paths
from analysis.data import ledger
from analysis.data.refusals import refuse
from analysis.data.registry import Release
from analysis.data.tables import NUMBERS, disordered
from analysis.errors import InputError

CORRECTIONS = paths.DATA / "corrections.csv"
ACTIONS = ("flag", "repair", "drop", "add")
KEPT_OUT_OF_KEY = "line"

KEPT = "kept as published; why it is so is not known"

SWAPPED = 0.2
"""The share of a file's records from which on disorder is no publisher's slip: its columns are mixed up."""

FEW = 10
"""Under so many records a share says nothing."""


@dataclass(frozen=True)
class Correction:
    """One entry: ``row`` and ``published`` and ``value`` are ``column=value`` pairs joined by ``;``."""

    id: str
    source: str
    vintage: str
    row: str
    published: str
    action: str
    value: str
    reason: str


def pairs(text: str) -> dict[str, str]:
    """``"year=2010;best=41"`` as a mapping."""
    return dict(part.split("=", 1) for part in text.split(";") if part)


def joined(values: Mapping[Any, Any]) -> str:
    """Columns and values as ``pairs`` reads them: whole numbers without decimals, unknown ones left out."""
    known = {column: value for column, value in values.items() if pd.notna(value)}
    return ";".join(f"{c}={v:.0f}" if isinstance(v, float) else f"{c}={v}" for c, v in known.items())


_made: ContextVar[list[Correction] | None] = ContextVar("made", default=None)


@contextmanager
def made() -> Iterator[list[Correction]]:
    """The list of the entries that are made inside the ``with`` for the disorders of unverified releases."""
    entries: list[Correction] = []
    token = _made.set(entries)
    try:
        yield entries
    finally:
        _made.reset(token)


def as_line(entry: Correction) -> str:
    """An entry as a line of ``data/corrections.csv``, ready to be pasted."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow(vars(entry).values())
    return stream.getvalue()


def numbered(entries: Sequence[Correction], known: Sequence[Correction]) -> list[Correction]:
    """Entries with ids that no known one has, for whoever pastes them."""
    taken = {entry.id for entry in known}
    last = max((int(number) for one in taken for number in re.findall(r"^C(\d+)$", one)), default=0)
    return [replace(entry, id=f"C{last + place}") for place, entry in enumerate(entries, start=1)]


def declare(
    release: Release, row: str, published: str, path: Path, *, place: object, column: str, what: str, expected: str
) -> str:
    """A disorder that no entry declares: the id of one that is made for it, if the release is unverified.

    Args:
        release: where it stands.
        row: which record or records it is about, as ``Correction.row``.
        published: what the publisher has there.
        path: the file, for the error.
        place: the row in the file.
        column: where it is seen.
        what: what is odd, in words.
        expected: what would not be.

    Raises:
        InputError: the release is registered; the entry to write is in the message.
    """
    entry = Correction("", release.source, release.vintage, row, published, "flag", "", KEPT)
    if release.verified:
        (first,) = numbered([entry], load())
        raise InputError(
            what,
            where=path,
            row=str(place),
            column=column,
            expected=f"{expected}, or a declared exception",
            do=f"after looking at it, add to data/corrections.csv: {as_line(first)}",
        )
    found = _made.get()
    entry = replace(entry, id=f"U{len(found or ()) + 1:03}")
    if found is not None:
        found.append(entry)
    return entry.id


def flagged(
    frame: pd.DataFrame,
    wrong: pd.Series,
    key: Sequence[str],
    columns: Sequence[str],
    release: Release,
    path: Path,
    *,
    column: str,
    what: str,
    expected: str,
) -> pd.DataFrame:
    """The records, those that are wrong and have no note with the id of an entry made for each (``declare``).

    Args:
        frame: records with the columns of ``key``, ``columns`` and ``note``.
        wrong: which of them are odd.
        key: the columns that identify a record.
        columns: those in which it is odd.
        release: where they stand.
        path: the file, for the error.
        column: where the oddness is seen.
        what: what is odd, in words.
        expected: what would not be.
    """
    new = wrong & (frame["note"] == "")
    if not new.any():
        return frame
    result = frame.copy()
    for place, record in frame[new].iterrows():
        row, published = joined(dict(record[list(key)])), joined(dict(record[list(columns)]))
        told = f"{what} ({published})" if len(columns) > 1 else f"{record[columns[0]]!r} {what}"
        result.loc[place, "note"] = declare(
            release, row, published, path, place=place, column=column, what=told, expected=expected
        )
    return result


def load(path: Path = CORRECTIONS) -> list[Correction]:
    """All corrections, in the file's order.

    Raises:
        InputError: an unknown action, or what ``ledger.records`` refuses.
    """
    return [entry for _, entry in ledger.records(path, Correction, lists={"action": ACTIONS})]


def of(release: Release, entries: Sequence[Correction]) -> list[Correction]:
    """The entries about one release."""
    return [e for e in entries if e.source == release.source and e.vintage == release.vintage]


def repair(frame: pd.DataFrame, entries: Sequence[Correction], path: Path) -> pd.DataFrame:
    """Apply a release's entries to its records.

    Args:
        frame: what ``raw.read`` gave (text columns, indexed by the row in the file).
        entries: this release's entries.
        path: the file, for errors.

    Returns:
        The records with a ``note`` column: ids of the entries about a record, or "".

    Raises:
        InputError: an entry whose record is not there or no longer says what it says.
    """
    result = frame.assign(note="")
    for entry in entries:
        found = _records(result, pairs(entry.row))
        if entry.action == "add":
            if found.any():
                raise expired(entry, path, "the record is in the file now")
            added = pd.DataFrame([{**dict.fromkeys(result.columns, ""), **pairs(entry.row), **pairs(entry.value)}])
            added["note"] = entry.id
            added.index = pd.Index([0])
            result = pd.concat([result, added])
            continue
        if found.sum() != 1:
            raise expired(entry, path, f"{found.sum()} records match")
        row = result.index[found][0]
        for column, value in pairs(entry.published).items():
            if _whole(result.loc[row, column]) != _whole(value):
                raise expired(entry, path, f"{column} is {result.loc[row, column]!r} now, and was {value!r}")
        if entry.action == "drop":
            result = result.drop(index=row)
            continue
        for column, value in pairs(entry.value).items():
            result.loc[row, column] = value
        result.loc[row, "note"] = f"{result.loc[row, 'note']} {entry.id}".strip()
    return result


def _whole(text: str) -> str:
    """A number without the decimals that some csv write behind a whole one."""
    return re.sub(r"(?<=\d)\.0$", "", text)


def _records(frame: pd.DataFrame, key: Mapping[str, str]) -> pd.Series:
    found = pd.Series(True, index=frame.index)
    for column, value in key.items():
        found &= (frame.index.astype(str) == value) if column == KEPT_OUT_OF_KEY else (frame[column] == value)
    return found


def expired(entry: Correction, path: Path, why: str) -> InputError:
    """The error for an entry that no longer says what stands in the file."""
    return InputError(
        f"correction {entry.id} ({entry.row}) has expired: {why}",
        where=path,
        do=f"look at the record, then mend or delete {entry.id} in data/corrections.csv",
    )


def ordered(frame: pd.DataFrame, key: Sequence[str], release: Release, path: Path) -> pd.DataFrame:
    """The records, those with low above best or best above high flagged (``flagged``).

    Args:
        frame: records with numbers in ``low``, ``best``, ``high``, ``note``, and the columns of ``key``.
        key: what identifies a record of this dataset.
        release: where they stand.
        path: the file, for the error.

    Raises:
        InputError: an undeclared one in a registered release; so many that columns are mixed up.
    """
    wrong = disordered(frame)
    _not_mixed_up(frame, wrong, path)
    return flagged(
        frame,
        wrong,
        key,
        NUMBERS,
        release,
        path,
        column="low",
        what="low, best and high are not in order",
        expected="low <= best <= high",
    )


def _not_mixed_up(frame: pd.DataFrame, wrong: pd.Series, path: Path) -> None:
    refuse(
        frame,
        wrong & (wrong.sum() >= FEW) & (wrong.mean() > SWAPPED),
        path,
        "low",
        lambda record: f"low, best and high are not in order in {wrong.sum():,} of {len(frame):,} records",
        expected="low <= best <= high",
        do="look whether the names of the columns are mixed up",
    )


GROUP = "disorder=events"
"""The ``row`` of an entry that flags all disordered records of a dataset of single events at once."""


def flag_group(frame: pd.DataFrame, entries: Sequence[Correction], release: Release, path: Path) -> pd.DataFrame:
    """Flag every event with low above best or best above high by the one entry that declares them.

    Event data breaks the order in dozens of records a release, mostly by a death or two; a row of
    corrections.csv for each would hide the few that matter. ``published`` holds the number of such
    records and the sums of their estimates, so that the entry expires when any of them changes.

    Args:
        frame: records with numbers in ``low``, ``best``, ``high``, and ``note``; a record with a
            note of its own is not in the group.
        entries: this release's entries.
        release: for the entry to write.
        path: the file, for errors.

    Returns:
        The records, those of the group with the entry's id in ``note``.

    Raises:
        InputError: a disorder that no entry declares, or an entry that no longer fits.
    """
    wrong = disordered(frame) & (frame["note"] == "")
    _not_mixed_up(frame, wrong, path)
    group = frame[wrong]
    found = joined({"rows": len(group), **dict(group[list(NUMBERS)].sum())})
    declared = [entry for entry in entries if entry.row == GROUP]
    if declared and declared[0].published != found:
        raise expired(declared[0], path, f"the records are {found} now, and were {declared[0].published}")
    if group.empty:
        return frame
    first = group.iloc[0]
    what = f"low, best and high are not in order ({joined(dict(first[list(NUMBERS)]))})"
    more = f", here and in {len(group) - 1} more records" if len(group) > 1 else ""
    told = {"place": group.index[0], "column": "low", "what": what + more, "expected": "low <= best <= high"}
    result = frame.copy()
    result.loc[group.index, "note"] = declared[0].id if declared else declare(release, GROUP, found, path, **told)
    return result
