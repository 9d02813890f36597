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
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import paths
from analysis.data import ledger
from analysis.data.refusals import Told, refuse
from analysis.data.registry import Release
from analysis.data.tables import NUMBERS, disordered
from analysis.errors import InputError

CORRECTIONS = paths.DATA / "corrections.csv"
ACTIONS = ("flag", "repair", "drop", "add")
KEPT_OUT_OF_KEY = "line"


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


def to_write(release: Release, key: Sequence[str], columns: Sequence[str], record: pd.Series) -> str:
    """What to do about a record that no entry declares: the entry to write.

    Args:
        release: the record's.
        key: the columns that identify it.
        columns: those in which it is odd.
        record: the record.
    """
    return declaration(release, joined(dict(record[list(key)])), joined(dict(record[list(columns)])))


def declaration(release: Release, row: str, published: str) -> str:
    """The advice to write an entry with this ``row`` and ``published``, after a look."""
    entry = f"ID,{release.source},{release.vintage},{row},{published},flag,,REASON"
    return f"after looking at it, add to data/corrections.csv: {entry}"


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
                raise _expired(entry, path, "the record is in the file now")
            added = pd.DataFrame([{**dict.fromkeys(result.columns, ""), **pairs(entry.row), **pairs(entry.value)}])
            added["note"] = entry.id
            added.index = pd.Index([0])
            result = pd.concat([result, added])
            continue
        if found.sum() != 1:
            raise _expired(entry, path, f"{found.sum()} records match")
        row = result.index[found][0]
        for column, value in pairs(entry.published).items():
            if result.loc[row, column] != value:
                raise _expired(entry, path, f"{column} is {result.loc[row, column]!r} now, and was {value!r}")
        if entry.action == "drop":
            result = result.drop(index=row)
            continue
        for column, value in pairs(entry.value).items():
            result.loc[row, column] = value
        result.loc[row, "note"] = f"{result.loc[row, 'note']} {entry.id}".strip()
    return result


def _records(frame: pd.DataFrame, key: Mapping[str, str]) -> pd.Series:
    found = pd.Series(True, index=frame.index)
    for column, value in key.items():
        found &= (frame.index.astype(str) == value) if column == KEPT_OUT_OF_KEY else (frame[column] == value)
    return found


def _expired(entry: Correction, path: Path, why: str) -> InputError:
    return InputError(
        f"correction {entry.id} ({entry.row}) has expired: {why}",
        where=path,
        do=f"look at the record, then mend or delete {entry.id} in data/corrections.csv",
    )


def check_order(frame: pd.DataFrame, key: Sequence[str], release: Release, path: Path) -> None:
    """Raise InputError for the first record with low above best or best above high that no entry declares.

    Args:
        frame: records with numbers in ``low``, ``best``, ``high``, ``note``, and the columns of ``key``.
        key: what identifies a record of this dataset.
        release: for the entry to write.
        path: the file, for the error.
    """
    _refuse_disorder(frame, path, partial(to_write, release, key, NUMBERS))


def _refuse_disorder(frame: pd.DataFrame, path: Path, do: Told, more: str = "") -> None:
    """Raise InputError for the first record that is out of order and has no note."""
    refuse(
        frame,
        disordered(frame) & (frame["note"] == ""),
        path,
        "low",
        lambda record: f"low, best and high are not in order ({joined(dict(record[list(NUMBERS)]))}){more}",
        expected="low <= best <= high, or a declared exception",
        do=do,
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
    group = frame[disordered(frame) & (frame["note"] == "")]
    found = joined({"rows": len(group), **dict(group[list(NUMBERS)].sum())})
    declared = [entry for entry in entries if entry.row == GROUP]
    if declared and declared[0].published != found:
        raise _expired(declared[0], path, f"the records are {found} now, and were {declared[0].published}")
    if not declared:
        more = f", here and in {len(group) - 1} more records"
        _refuse_disorder(frame, path, declaration(release, GROUP, found), more)
    result = frame.copy()
    if declared:
        result.loc[group.index, "note"] = declared[0].id
    return result
