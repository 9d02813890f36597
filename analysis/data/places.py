"""What a publisher counts under an area that a reader would not expect there: ``data/places.csv``, typed.

Each entry's id stands in the ``note`` of every row of its area in the sources that it names.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from analysis import paths
from analysis.data import ledger

if TYPE_CHECKING:  # a sum of events is noted without it
    import pandas as pd

TABLE = paths.DATA / "places.csv"


@dataclass(frozen=True)
class Place:
    """One entry: ``source`` is a source, or the beginning of the names of several."""

    id: str
    source: str
    area: str
    meaning: str


@cache
def load() -> tuple[Place, ...]:
    """All entries, in the file's order."""
    return tuple(place for _, place in ledger.records(TABLE, Place))


def noted(rows: "pd.DataFrame") -> "pd.DataFrame":
    """Tidy rows, those of an entry's area with its id in ``note``, once."""
    result = rows.copy()
    for place in load():
        here = result["area"].eq(place.area) & result["source"].str.startswith(place.source)
        here &= ~result["note"].str.split().map(lambda ids, one=place.id: one in ids)
        result.loc[here, "note"] = (result.loc[here, "note"] + f" {place.id}").str.strip()
    return result
