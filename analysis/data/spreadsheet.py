"""Texts that a spreadsheet would take for a formula, made plain text where a csv leaves for one.

A name in a publisher's file may begin with ``=``; opened in a spreadsheet it would be run. A number
is none, with a sign or without.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd  # not at runtime: the command that sums events loads no pandas

BEGINS = r"[=+\-@\t\r]"
"""What a formula begins with, and what a spreadsheet drops before one."""

SIGNED = r"[+-]?\d*\.?\d*([eE][+-]?\d+)?"
"""A number, or a lone sign."""


def plain(text: str) -> str:
    """A text as a cell of a csv: with an apostrophe before it if it would be taken for a formula.

    >>> [plain(text) for text in ("=1+1", "-2+3", "@SUM(A1)", "-1.5e3", "-", "Al-Shabaab")]
    ["'=1+1", "'-2+3", "'@SUM(A1)", '-1.5e3', '-', 'Al-Shabaab']
    """
    return f"'{text}" if re.match(BEGINS, text) and not re.fullmatch(SIGNED, text) else text


def cells(column: "pd.Series") -> "pd.Series":
    """A column as csv has it; only texts change."""
    odd = {text: plain(text) for text in column.unique() if isinstance(text, str) and plain(text) != text}
    return column.replace(odd) if odd else column


def sql(column: str) -> str:
    """``plain`` as SQL for a column of texts."""
    begins, signed = (pattern.replace("'", "''") for pattern in (f"^{BEGINS}", SIGNED))
    formula = f"regexp_matches({column}, '{begins}') AND NOT regexp_full_match({column}, '{signed}')"
    return f"CASE WHEN {formula} THEN '''' || {column} ELSE {column} END"
