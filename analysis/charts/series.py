"""Series of the tables by year, as figures draw them, and claims by their id."""

import pandas as pd

from analysis.data.query import table
from analysis.errors import InputError


def stocks(series: str, release: tuple[str, str], area: str = "WLD", role: str = "") -> pd.Series:
    """A yearly series of a release, by year.

    Args:
        series: a name from ``tables.SERIES``.
        release: (source, vintage).
        area: an area of the tables.
        role: location, origin or asylum; may be left out where the area has one only.

    Raises:
        InputError: no such rows, or more than one for a year.
    """
    source, vintage = release
    rows = table(series, area, role=role or None, source=source, vintage=vintage)
    found = rows.set_index("year")["best"].dropna().sort_index()
    if found.empty or found.index.has_duplicates:
        raise InputError(
            f"{len(found)} rows of {series} for {area} in {source} {vintage}", expected="one for each year, of one role"
        )
    return found
