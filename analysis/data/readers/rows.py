"""From a publisher's records to rows of the one shape."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from analysis.data.coverage import PART, Coverage, to_text
from analysis.data.registry import Release
from analysis.data.tables import COLUMNS, NUMBERS, SERIES

WORLD = {"area": "WLD", "role": "location"}
"""The world's rows all have this role: everywhere is where they come from, where they are, and where they went."""


def tidy(frame: pd.DataFrame, release: Release, series: str, **fixed: str) -> pd.DataFrame:
    """Complete ``frame`` to the one shape.

    Args:
        frame: any of the tidy columns; ``year`` and at least one of low, best, high.
        release: where the rows come from.
        series: a name from ``tables.SERIES``; it gives unit and kind.
        fixed: values that hold for every row (``area``, ``role``, ``actor``, ``coverage``, ``note``).

    Returns:
        The columns of ``tables.COLUMNS``; what neither gives is ``""`` or NaN.
    """
    known = SERIES[series]
    result = frame.assign(
        series=series, unit=known.unit, kind=known.kind, source=release.source, vintage=release.vintage, **fixed
    )
    for column in COLUMNS:
        if column not in result.columns:
            result[column] = np.nan if column in (*NUMBERS, "month") else ""
    result["year"] = result["year"].astype(int)
    return result[list(COLUMNS)].reset_index(drop=True)


def totals(frame: pd.DataFrame, by: Sequence[str], estimates: Sequence[str] = NUMBERS) -> pd.DataFrame:
    """Sum estimates over the records of each group, and say what the sums cover.

    Args:
        frame: one record a row, with ``by``, ``estimates`` and, where known, ``note`` (ids of
            corrections) and ``name`` (what to call a record that is left out).
        by: the columns to group by.
        estimates: the columns to sum.

    Returns:
        One row a group: ``by``, the sums (NaN where no record gives the estimate), ``coverage``
        (as ``coverage.to_text`` writes it, "" where all records give all of them) and ``note``.
    """
    groups = frame.groupby(list(by), sort=True, dropna=False)
    result = groups[list(estimates)].sum(min_count=1).reset_index()
    coverage = pd.Series("", index=pd.MultiIndex.from_frame(result[list(by)]))
    gaps = frame[frame[list(estimates)].isna().any(axis=1)]
    for key, part in gaps.groupby(list(by), sort=True, dropna=False):
        whole = groups.get_group(key)
        clauses = []
        for estimate in estimates:
            missing = part[part[estimate].isna()]
            if len(missing):
                named = tuple(missing["name"]) if "name" in frame.columns and len(missing) <= 3 else ()
                given = len(whole) - len(missing)
                clauses.append(Coverage(PART, estimate, given, len(whole), "rows", without=named))
        coverage[key] = to_text(clauses)
    result["coverage"] = coverage.to_numpy()
    if "note" in frame.columns:
        noted = frame[frame["note"] != ""]
        notes = pd.Series("", index=coverage.index)
        for key, ids in noted.groupby(list(by), sort=True, dropna=False)["note"]:
            notes[key] = all_ids(ids)
        result["note"] = notes.to_numpy()
    return result


def all_ids(notes: Iterable[str]) -> str:
    """The ids of corrections that stand in any of the notes, each once, as a note."""
    return " ".join(sorted({one for note in notes for one in note.split()}))
