"""What a file of events holds: which columns, under which names UCDP has given them, and which release it is.

GED and the candidate events have one layout; names have changed with the releases, older ones stand behind.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import InputError


@dataclass(frozen=True)
class Field:
    """A column: its names in the publisher's files (the first that is there counts), what it holds, and as what.

    ``kept`` is the SQL type: a number that is too large for it is a fault.
    """

    names: tuple[str, ...]
    holds: str
    needed: bool = True
    kept: str = "BIGINT"


WHOLE, DAY, TEXT, FLAG = "whole", "day", "text", "flag"

FIELDS = {
    "id": Field(("id", "event_id"), WHOLE),
    "type": Field(("type_of_violence", "type_of_conflict"), WHOLE, kept="TINYINT"),
    "country": Field(("country_id", "gwno", "gwnoloc"), WHOLE, kept="SMALLINT"),
    "first": Field(("date_start", "event_date_start"), DAY, kept="DATE"),
    "last": Field(("date_end", "event_date_end"), DAY, kept="DATE"),
    "low": Field(("low", "low_est"), WHOLE, kept="INTEGER"),
    "best": Field(("best", "best_est"), WHOLE, kept="INTEGER"),
    "high": Field(("high", "high_est"), WHOLE, kept="INTEGER"),
    "civilians": Field(("deaths_civilians",), WHOLE, kept="INTEGER"),
    "active": Field(("active_year", "active_yea"), FLAG, needed=False, kept="BOOLEAN"),
    "conflict_id": Field(("conflict_new_id", "conflict_id", "conflict_dset_id"), WHOLE, needed=False),
    "conflict": Field(("conflict_name",), TEXT, needed=False),
    "side_a_id": Field(("side_a_new_id", "side_a_id", "side_a_dset_id"), WHOLE, needed=False),
    "side_a": Field(("side_a",), TEXT, needed=False),
    "side_b_id": Field(("side_b_new_id", "side_b_id", "side_b_dset_id"), WHOLE, needed=False),
    "side_b": Field(("side_b",), TEXT, needed=False),
    "grid": Field(("priogrid_gid", "gid"), WHOLE, needed=False),
}
"""Our name of a column -> what it is in a file; ``country`` is a Gleditsch-Ward number."""

FLAGS = {"1": True, "true": True, "0": False, "false": False}
"""What stands for yes and no, in small letters: numbers up to 24.1, words from 25.1 on."""

TYPES = {1: "state_based", 2: "non_state", 3: "one_sided"}

DISORDER = "(low > best OR best > high OR low > high)"
"""SQL for an event whose estimates are out of order; UCDP has some dozens in every release."""


def mapping(header: Sequence[str], path: Path) -> dict[str, str]:
    """Our names -> the names in the file.

    Raises:
        InputError: a column that every sum needs is missing, or stands there twice.
    """
    there = {}
    for name in header:
        plain = _plain(name)
        if plain in there:
            raise InputError(f"column {name!r} stands there twice", where=path, row=1, do="download the file again")
        there[plain] = name
    found = {
        ours: there[hits[0]]
        for ours, field in FIELDS.items()
        if (hits := [name for name in field.names if name in there])
    }
    missing = [ours for ours, field in FIELDS.items() if field.needed and ours not in found]
    if missing:
        names = FIELDS[missing[0]].names
        raise InputError(
            "the column is missing",
            where=path,
            row=1,
            column=names[0],
            expected=f"one of {', '.join(names)} in a file of UCDP's events"
            if len(names) > 1
            else "a file of UCDP's events",
            do="download the file again, or rename the column",
        )
    return found


def _plain(name: str) -> str:
    return name.strip().strip("\ufeff").strip('"').lower().replace(".", "_").replace(" ", "_")


_YEARLY = re.compile(r"ged(?:event)?[ _-]*v?[ _-]*(\d\d)[._]?(\d)(?![\d._]*\d)", re.IGNORECASE)
_CANDIDATE = re.compile(r"ged(?:event)?[ _-]*v?[ _-]*(\d\d)((?:[._]\d{1,2}){2,3})(?!\d)", re.IGNORECASE)


def release(name: str) -> str:
    """The release that a file's name tells, "" if it tells none.

    >>> release("GEDEvent_v25_1.csv"), release("ged191.csv"), release("GEDEvent_v24_0_10.csv"), release("mine.csv")
    ('25.1', '19.1', '24.0.10', '')
    """
    if candidate := _CANDIDATE.search(name):
        return candidate[1] + candidate[2].replace("_", ".")
    yearly = _YEARLY.search(name)
    return f"{yearly[1]}.{yearly[2]}" if yearly else ""


def mixed(releases: Mapping[str, str]) -> tuple[str, str] | None:
    """Two files whose releases may not be added up: they count the same events.

    A yearly release holds all events up to the end of the year before it; candidate events of a
    year are replaced by the yearly release after it.

    Args:
        releases: a file's name -> its release, "" if that is not known.

    >>> mixed({"a.csv": "25.1", "b.csv": "25.0.9"}), mixed({"a.csv": "25.1", "b.csv": "24.1"})
    (None, ('a.csv', 'b.csv'))
    """
    known = [(name, one.split(".")) for name, one in releases.items() if one]
    for place, (name, one) in enumerate(known):
        for other, two in known[place + 1 :]:
            if _yearly(one) and _yearly(two):
                clash = one != two
            elif _yearly(one) or _yearly(two):
                final, early = (one, two) if _yearly(one) else (two, one)
                clash = int(early[0]) < int(final[0])
            else:
                clash = False
            if clash:
                return name, other
    return None


def _yearly(release: list[str]) -> bool:
    return len(release) == 2
