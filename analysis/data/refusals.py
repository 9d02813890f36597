"""The first record of a table that breaks a rule, told as an error that names its place."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Told = str | Callable[["pd.Series"], str]
"""Words, or what makes them of the record that is refused."""


def refuse(
    frame: pd.DataFrame,
    wrong: pd.Series,
    path: Path | str,
    column: str,
    what: Told = "",
    *,
    expected: str = "",
    do: Told = "",
) -> None:
    """Raise InputError for the first record that is wrong, if there is one.

    Args:
        frame: records, by their row in the file.
        wrong: which of them are wrong.
        path: the file.
        column: where the fault is.
        what: what is said of the value in ``column`` ("is not a date"), or all that is said of the record.
        expected: what should be there.
        do: what can be done.
    """
    if not wrong.any():
        return
    row = wrong.index[wrong][0]
    record = frame[wrong.to_numpy()].iloc[0]
    told = f"{record[column]!r} {what}".strip() if isinstance(what, str) else what(record)
    raise InputError(
        told, where=path, row=row, column=column, expected=expected, do=do if isinstance(do, str) else do(record)
    )


def unlisted(
    frame: pd.DataFrame, column: str, allowed: Collection[str], path: Path | str, what: str = "", do: str = ""
) -> None:
    """Raise InputError for the first record whose value in ``column`` is not in a closed list, if there is one."""
    refuse(frame, ~frame[column].isin(list(allowed)), path, column, what, expected=", ".join(allowed), do=do)
