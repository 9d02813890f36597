"""The one shape of every tidy table and the closed list of series, for those who must not wait for pandas."""

from dataclasses import dataclass

from analysis import paths
from analysis.data import ledger

COLUMNS = (
    "series",
    "area",
    "role",
    "actor_class",
    "actor",
    "actor_id",
    "year",
    "month",
    "low",
    "best",
    "high",
    "unit",
    "kind",
    "source",
    "vintage",
    "coverage",
    "note",
)
KEY = ["series", "area", "role", "actor_class", "actor", "year", "month", "source", "vintage"]
NUMBERS = ("low", "best", "high")
CLASSES = ("government", "non_government")
"""Classes of actor."""

ROLES = ("location", "origin", "asylum")
KINDS = ("stock", "flow", "count")


SERIES_TABLE = paths.DATA / "series.csv"


@dataclass(frozen=True)
class Series:
    """What a series counts.

    Series of one ``family`` may meet in one total or comparison; ``unit`` is what one is one of;
    ``kind`` is stock, flow or count; ``location`` says what a place is to the people counted where
    the role is location; ``meaning`` is a sentence.
    """

    series: str
    family: str
    unit: str
    kind: str
    location: str
    meaning: str


SERIES = {one.series: one for _, one in ledger.records(SERIES_TABLE, Series, key=("series",), lists={"kind": KINDS})}
"""The closed list of series: ``data/series.csv``, typed."""
