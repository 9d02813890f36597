"""What the ``sources`` command shows: every release, and what moved between two of them.

The list of releases needs no pandas, and does not wait for it: only ``diff`` imports it.
"""

from __future__ import annotations

import dataclasses
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import paths
from analysis.data import files, registry
from analysis.data.columns import aligned
from analysis.data.registry import Release
from analysis.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

YES, NO, UNKNOWN = "yes", "no", "unknown"
MIRROR, CACHE = "mirror", "cache"
CONTINUOUS = "continuous"
"""What the registry calls the newest version of a publisher who changes data without versions."""

SHOWN = 15
"""Changes that the text of a difference lists; the table holds all of them."""


@dataclass(frozen=True)
class ReleaseStatus:
    """One release as it stands on this machine.

    ``registered`` is "no" for what ``tables --add`` took in. ``held`` is where all of its files
    are: ``mirror``, ``cache`` or ``no``. ``verified`` says whether they have the registered
    hashes; ``unknown`` where no file is held to be looked at. ``is_newest`` is ``unknown`` where
    it is not known what the publisher has.
    """

    source: str
    vintage: str
    release_group: str
    published: str
    published_basis: str
    registered: str
    held: str
    verified: str
    of_the_time: str
    newest_known: str
    is_newest: str


def status(
    tidy: Path = paths.TIDY,
    mirror: Path | None = paths.MIRROR,
    cache: Path = paths.DOWNLOADS,
    registered: Path = registry.REGISTRY,
) -> list[ReleaseStatus]:
    """Every registered release, then every release that was added to the tables in ``tidy``.

    Args:
        tidy: the folder of the tidy tables, with ``added.json`` if anything was added.
        mirror: a folder of publisher files, if there is one.
        cache: what ``fetch`` downloaded.
        registered: the registry.

    Raises:
        InputError: the registry or ``added.json`` is not what it should be.
    """
    folders = [(MIRROR, mirror)] if mirror is not None else []
    folders.append((CACHE, cache))
    result = []
    for release in registry.with_added(registry.releases(registered), registry.added(tidy)):
        held, verified = _held(release, folders) if release.verified else (NO, NO)
        result.append(
            ReleaseStatus(
                source=release.source,
                vintage=release.vintage,
                release_group=release.release_group,
                published=release.published,
                published_basis=release.published_basis,
                registered=_word(release.verified),
                held=held,
                verified=verified,
                of_the_time=_word(release.of_the_time),
                newest_known=release.newest_known,
                is_newest=_newest(release),
            )
        )
    return result


def _word(value: bool) -> str:
    return YES if value else NO


def _held(release: Release, folders: list[tuple[str, Path]]) -> tuple[str, str]:
    """Where the release is and whether it is right: a right copy before a wrong one, a mirror before the cache."""
    wrong = ""
    for name, folder in folders:
        if not registry.is_complete(release, folder):
            continue
        if all(files.sha256(folder / file.path) == file.sha256 for file in release.files):
            return name, YES
        wrong = wrong or name
    return (wrong, NO) if wrong else (NO, UNKNOWN)


def _newest(release: Release) -> str:
    if release.newest_known == release.vintage:
        return YES
    # an added release may be newer than what the registry knows
    return NO if release.newest_known and release.verified else UNKNOWN


def newer(statuses: list[ReleaseStatus]) -> list[str]:
    """``SOURCE:VERSION`` of what publishers are known to have, and no registered release is."""
    here = {(one.source, one.vintage) for one in statuses if one.registered == YES}
    known = {(one.source, one.newest_known): None for one in statuses if one.newest_known not in ("", CONTINUOUS)}
    return [f"{source}:{version}" for source, version in known if (source, version) not in here]


def text(statuses: list[ReleaseStatus]) -> str:
    """The releases as a table for a person, and a count."""
    columns = {
        "source": "source",
        "vintage": "vintage",
        "release_group": "group",
        "published": "published",
        "of_the_time": "by 22 July 2016",
        "held": "held",
        "verified": "verified",
        "newest_known": "newest known",
        "is_newest": "newest",
    }
    rows = [list(columns.values())]
    for one in statuses:
        cells = [getattr(one, name) or UNKNOWN for name in columns]
        if one.published_basis.startswith("inferred"):
            cells[3] += " (inferred)"
        if one.registered == NO:
            cells[1] += " (added)"
        rows.append(cells)
    lines = aligned(rows)
    right = sum(one.verified == YES for one in statuses)
    lines.append(f"{len(statuses)} releases, {right} of them here and verified")
    return "\n".join(lines) + "\n"


def as_json(statuses: list[ReleaseStatus]) -> str:
    """The releases as a JSON list of objects, one a release, with the fields of ``ReleaseStatus``."""
    return json.dumps([dataclasses.asdict(one) for one in statuses], indent=1, ensure_ascii=False) + "\n"


ROW = ["series", "area", "role", "actor_class", "actor", "year", "month"]
"""What tells two rows of one release apart; rows of two releases that share it are about the same thing."""

ESTIMATES = ("low", "best", "high")


@dataclass(frozen=True)
class Difference:
    """What moved between two releases.

    ``rows`` has one row for each thing that either release gives: ``series, area, role, actor_class,
    actor, year, month``; ``low_old, low_new`` and so on; ``change`` (of best), ``percent`` (of the old
    best; empty where that is 0) and ``state``: ``same``, ``changed`` (in low, best or high),
    ``old only`` or ``new only``. The order: changed rows first, the world before areas, the
    largest change of best first.
    """

    old: str
    new: str
    rows: pd.DataFrame

    def count(self, *states: str) -> int:
        """How many rows are in one of these states."""
        return int(self.rows["state"].isin(states).sum())


def diff(old: str, new: str, tables: pd.DataFrame) -> Difference:
    """Compare two releases, row by row.

    Args:
        old: ``SOURCE:VINTAGE``.
        new: ``SOURCE:VINTAGE``; the source may be another one.
        tables: tidy rows, as ``analysis.data.tables.load()`` gives them.

    Raises:
        InputError: one of them has no rows in ``tables``, or they have no series in common.
    """
    import pandas as pd

    left, right = _of(old, tables), _of(new, tables)
    has = {name: sorted(rows["series"].unique()) for name, rows in ((old, left), (new, right))}
    if not set(has[old]) & set(has[new]):
        raise InputError(
            f"{old} and {new} have no series in common",
            expected="two releases that count the same thing",
            do=f"{old} has {', '.join(has[old])}; {new} has {', '.join(has[new])}",
        )
    both = left.merge(right, on=ROW, how="outer", suffixes=("_old", "_new"), indicator=True, validate="one_to_one")
    same = pd.Series(True, index=both.index)
    for column in ESTIMATES:
        before, after = both[f"{column}_old"], both[f"{column}_new"]
        same &= (before == after) | (before.isna() & after.isna())
    both["change"] = both["best_new"] - both["best_old"]
    both["percent"] = (100 * both["change"] / both["best_old"]).where(both["best_old"] != 0)
    both["state"] = same.map({True: "same", False: "changed"})
    both.loc[both["_merge"] == "left_only", "state"] = "old only"
    both.loc[both["_merge"] == "right_only", "state"] = "new only"
    both = both.drop(columns="_merge")
    rank = pd.DataFrame(
        {
            "state": both["state"].map({"changed": 0, "same": 1, "old only": 2, "new only": 3}),
            "area": both["area"] != "WLD",
            "size": -both["change"].abs(),
        }
    )
    both = both.loc[rank.sort_values(["state", "area", "size"], kind="stable", na_position="last").index]
    return Difference(old, new, both.reset_index(drop=True))


def _of(name: str, tables: pd.DataFrame) -> pd.DataFrame:
    """A release's rows without what both sides would share."""
    import pandas as pd

    source, colon, vintage = name.partition(":")
    if not colon or not source or not vintage:
        raise InputError(f"{name!r} names no release", expected="SOURCE:VINTAGE, such as ucdp_one_sided:23.1")
    of_source = tables[tables["source"] == source]
    if of_source.empty:
        if source not in registry.SOURCES:
            raise registry.unknown_source(source)
        raise InputError(f"the tables have no rows of {source}", do="run: python -m analysis tables")
    rows = of_source[of_source["vintage"] == vintage]
    if rows.empty:
        raise InputError(
            f"the tables have no vintage {vintage!r} of {source}",
            expected=f"one of {', '.join(of_source['vintage'].unique())}",
        )
    result = rows[[*ROW, *ESTIMATES]].copy()
    # missing months must meet each other, and numbers must be of one kind on both sides
    result["month"] = pd.to_numeric(result["month"]).astype("Int64")
    return result.astype(dict.fromkeys(ESTIMATES, float))


def difference_text(difference: Difference, shown: int = SHOWN) -> str:
    """A difference for a person: how many rows, then the largest changes, the world first.

    Args:
        difference: from ``diff``.
        shown: how many changes to list.
    """
    rows = difference.rows
    changed = rows[rows["state"] == "changed"]
    lines = [
        f"{difference.old} -> {difference.new}",
        f"  in both    {difference.count('same', 'changed'):>6,}   of these changed {len(changed):,}",
        f"  old only   {difference.count('old only'):>6,}   {_span(rows[rows['state'] == 'old only'])}".rstrip(),
        f"  new only   {difference.count('new only'):>6,}   {_span(rows[rows['state'] == 'new only'])}".rstrip(),
    ]
    if len(changed):
        lines.append(f"{'largest ' if len(changed) > shown else ''}changes in best, the world first:")
        cells = [["series", "area", "role", "actor", "when", "old", "new", "change", "%"]]
        cells += [_cells(row) for row in changed.head(shown).to_dict("records")]
        # most series have no actor, and an empty column says nothing
        used = [i for i in range(len(cells[0])) if any(line[i] for line in cells[1:])]
        right = {place for place, i in enumerate(used) if i >= 5}
        lines += [f"  {line}" for line in aligned([[line[i] for i in used] for line in cells], right)]
    return "\n".join(lines) + "\n"


def _span(rows: pd.DataFrame) -> str:
    """Which years some rows are of."""
    if rows.empty:
        return ""
    first, last = rows["year"].min(), rows["year"].max()
    return f"{first}" if first == last else f"{first} to {last}"


def _cells(row: dict[Any, Any]) -> list[str]:
    import pandas as pd

    when = f"{row['year']}" if pd.isna(row["month"]) else f"{row['year']}-{row['month']:02d}"
    numbers = [_number(row["best_old"]), _number(row["best_new"]), _number(row["change"], "+")]
    percent = "" if math.isnan(row["percent"]) else f"{row['percent']:+.1f}"
    who = str(row["actor"] or row["actor_class"])
    return [*(str(row[column]) for column in ("series", "area", "role")), who, when, *numbers, percent]


def _number(value: float, sign: str = "") -> str:
    """A count with thousands apart; a median of years keeps its half; a missing one is a dash."""
    if math.isnan(value):
        return "-"
    return f"{value:{sign},.0f}" if value == round(value) else f"{value:{sign},.1f}"
