"""Figures that publishers state in words: ``data/headlines.csv``, typed, each with its page."""

import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis import paths
from analysis.data import ledger
from analysis.data.registry import last_day
from analysis.errors import InputError

HEADLINES = paths.DATA / "headlines.csv"


@dataclass(frozen=True)
class Headline:
    """One stated figure: what it counts, who states it, when and where."""

    id: str
    series: str
    area: str
    date: str
    value: float
    low: float | None
    high: float | None
    relation: str
    unit: str
    publisher: str
    title: str
    published: str
    page_kind: str
    address: str
    words: str
    counts: str

    @property
    def available_by(self) -> datetime.date:
        """The last day on which it can have been stated, given how exactly the date is known."""
        return last_day(self.published)


@cache
def load(path: Path = HEADLINES) -> tuple[Headline, ...]:
    """All headlines, in the file's order.

    Raises:
        InputError: as ``ledger.records``.
    """
    return tuple(headline for _, headline in ledger.records(path, Headline, exact=False))


def by_id(identity: str, named_by: str = "") -> Headline:
    """The headline of an id.

    Args:
        identity: the id.
        named_by: what names it, for the error.

    Raises:
        InputError: no such headline.
    """
    for headline in load():
        if headline.id == identity:
            return headline
    source = f", which {named_by} names" if named_by else ""
    raise InputError(
        f"no headline {identity!r}{source}", where=HEADLINES, column="id", do="add it there, or name another"
    )


def stated(identities: str) -> tuple[Headline, ...]:
    """The headlines of several ids, parted by spaces, in that order."""
    return tuple(by_id(identity) for identity in identities.split())
