"""Governments and groups by UCDP's numbers: one actor under all the names that it has had.

``data/actors.csv`` holds them, typed: UCDP's number, and between bars the names in UCDP's releases
and those by which the actor is known (Boko Haram is JAS in release 25.1, and had its full name
before). Source: the names and numbers of the one-sided violence data, release by release; a test
compares them with UCDP's list of actors.
"""

from functools import cache

from analysis import paths
from analysis.data import ledger
from analysis.data.areas import plain

TABLE = paths.DATA / "actors.csv"


def numbers(name: str) -> frozenset[str]:
    """The numbers of the actors that have had this name; case and spaces do not count.

    >>> numbers("Boko Haram") == numbers("JAS")
    True
    """
    return _by_name().get(plain(name), frozenset())


def by_name(name: str) -> str | None:
    """The number of the one actor of this name; None if none or several have had it."""
    found = numbers(name)
    return next(iter(found)) if len(found) == 1 else None


@cache
def _by_name() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in ledger.rows(TABLE, ("actor_id", "names"), key=("actor_id",)):
        for name in row["names"].split("|"):
            found[plain(name)] = found.get(plain(name), frozenset()) | {row["actor_id"]}
    return found
