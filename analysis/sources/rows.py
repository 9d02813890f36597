"""From a publisher's records to rows of the one shape."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.sources.registry import Release
from analysis.tables import COLUMNS, SERIES

ESTIMATES = ("low", "best", "high")


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
            result[column] = np.nan if column in (*ESTIMATES, "month") else ""
    result["year"] = result["year"].astype(int)
    return result[list(COLUMNS)].reset_index(drop=True)


def totals(frame: pd.DataFrame, by: Sequence[str], estimates: Sequence[str] = ESTIMATES) -> pd.DataFrame:
    """Sum estimates over the records of each group, and say what the sums cover.

    Args:
        frame: one record a row, with ``by``, ``estimates`` and, where known, ``note`` (ids of
            corrections) and ``name`` (what to call a record that is left out).
        by: the columns to group by.
        estimates: the columns to sum.

    Returns:
        One row a group: ``by``, the sums (NaN where no record gives the estimate), ``coverage``
        ("" where all records give all of them, else "low: 39 of 40 rows; left out: ...") and
        ``note``.
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
            if len(missing) == 0:
                continue
            clause = f"{estimate}: {len(whole) - len(missing)} of {len(whole)} rows"
            if "name" in frame.columns and len(missing) <= 3:
                clause += f", without {' and '.join(missing['name'])}"
            clauses.append(clause)
        coverage[key] = "; ".join(clauses)
    result["coverage"] = coverage.to_numpy()
    if "note" in frame.columns:
        noted = frame[frame["note"] != ""]
        notes = pd.Series("", index=coverage.index)
        for key, ids in noted.groupby(list(by), sort=True, dropna=False)["note"]:
            notes[key] = " ".join(sorted({one for text in ids for one in text.split()}))
        result["note"] = notes.to_numpy()
    return result
