"""Figures that publishers state in words: ``data/headlines.csv``, typed, each with its page."""

import csv
import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis import paths
from analysis.errors import InputError
from analysis.sources.registry import last_day

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
        InputError: a value that is not a number, or an id used twice.
    """
    result: list[Headline] = []
    with path.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), start=2):
            try:
                numbers = {name: float(row[name]) if row[name] else None for name in ("value", "low", "high")}
            except ValueError as error:
                raise InputError(str(error), where=path, row=number, column="value", expected="digits") from error
            if row["id"] in {headline.id for headline in result}:
                raise InputError(f"{row['id']} stands twice", where=path, row=number, column="id")
            if numbers["value"] is None:
                raise InputError("no figure", where=path, row=number, column="value", expected="digits")
            names = [name for name in Headline.__dataclass_fields__ if name not in numbers]
            result.append(Headline(**{name: row[name] for name in names}, **numbers))  # type: ignore[arg-type]
    return tuple(result)


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
    raise InputError(f"no headline {identity!r}{source}", where=HEADLINES, column="id")
