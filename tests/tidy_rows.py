"""Rows of the tidy tables by another route than the project's own: the csv files, line by line."""

import csv
from functools import cache

from analysis import paths


@cache
def _lines(name: str) -> tuple[dict[str, str], ...]:
    with (paths.TIDY / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def rows(name: str, **wanted: object) -> list[dict[str, str]]:
    """The lines of a table in which every column named has the value given."""
    texts = {column: str(value) for column, value in wanted.items()}
    return [row for row in _lines(name) if all(row[column] == text for column, text in texts.items())]


def cell(name: str, column: str = "best", **wanted: object) -> float:
    """The number in the one line that has these values; empty actor and month unless given."""
    found = rows(name, **({"actor_class": "", "actor": "", "month": ""} | wanted))
    assert len(found) == 1, (wanted, len(found))
    return float(found[0][column])
