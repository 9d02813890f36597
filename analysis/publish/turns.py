"""Which verdicts turn where one release of a source takes the place of another."""

import os
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import audit
from analysis.data import files, registry
from analysis.data.readers import READERS
from analysis.data.registry import Release


@dataclass(frozen=True)
class Turn:
    """A claim on which the verdict, or what later data says of it, changes."""

    claim: str
    before: str
    after: str


def turned(old: str, new: str, tidy: Path) -> list[Turn] | None:
    """The verdicts that differ between the time when ``old`` was the last release of its source, and ``new``.

    Args:
        old: ``SOURCE:VINTAGE``.
        new: another release of the same source.
        tidy: the folder of the tables that hold both.

    Returns:
        The claims that turn, in the ledger's order; None where the two are of different sources, for
        then neither takes the other's place.

    Raises:
        InputError: what ``audit`` raises.
    """
    source, _, _ = old.partition(":")
    if source != new.partition(":")[0]:
        return None
    known = [one for one in registry.with_added(registry.releases(), registry.added(tidy)) if one.source == source]
    order = sorted(known, key=lambda release: (release.available_by, release.verified))
    then, now = (_until(order, name) for name in (old, new))
    with tempfile.TemporaryDirectory() as folder:
        said = [_verdicts(tidy, source, kept, Path(folder) / str(place)) for place, kept in enumerate((then, now))]
    return [Turn(claim, said[0][claim], after) for claim, after in said[1].items() if said[0][claim] != after]


def _until(order: list[Release], name: str) -> set[str]:
    """The vintages up to a release, it included."""
    place = next(place for place, release in enumerate(order) if release.name == name)
    return {release.vintage for release in order[: place + 1]}


def _verdicts(tidy: Path, source: str, kept: Collection[str], folder: Path) -> dict[str, str]:
    """What is said of each claim if only some vintages of a source are held."""
    folder.mkdir()
    for path in tidy.iterdir():
        if path.name != f"{READERS[source].table}.csv":
            os.symlink(path.resolve(), folder / path.name)
    path = tidy / f"{READERS[source].table}.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows = rows[(rows["source"] != source) | rows["vintage"].isin(list(kept))]
    files.write(folder / path.name, rows.to_csv(index=False, lineterminator="\n"))
    return {one.claim.id: _told(one.verdict, one.later) for one in audit.audit(tidy=folder)}


def _told(verdict: str, later: str) -> str:
    return f"{verdict}, later {later}" if later else verdict


def text(turns: list[Turn] | None) -> str:
    """The verdicts that turn, for a person."""
    if turns is None:
        return "verdicts: not compared, for the two are of different sources\n"
    if not turns:
        return "verdicts: none turns\n"
    return "verdicts that turn:\n" + "".join(f"  {turn.claim}: {turn.before} -> {turn.after}\n" for turn in turns)
