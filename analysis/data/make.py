"""Publisher files -> the tidy tables: every registered release read, checked and written as a whole."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.data import corrections, datapackage, files, places, registry, tables
from analysis.data.readers import READERS
from analysis.data.registry import Addition, Release


def recompute(mirror: Path | None, additions: Sequence[Addition] = (), tidy: Path = paths.TIDY) -> dict[str, str]:
    """The tidy tables as text, from publisher files.

    Args:
        mirror: a folder that holds every registered file; None for what ``fetch`` downloaded,
            and then the rows of a release that is not there stay as they are in ``tidy``.
        additions: unverified files to read besides.
        tidy: where the present tables are.

    Returns:
        File name -> content: one csv a table, and ``added.json`` if there are additions.

    Raises:
        InputError: a file that is missing, altered or unreadable, or rows that break a rule;
            nothing has been written then.
    """
    entries = corrections.load()
    known = registry.releases()
    registry.with_added(known, [addition.release for addition in additions])
    rows: list[pd.DataFrame] = []
    kept: list[Release] = []
    for release in known:
        if mirror is None and not registry.is_complete(release, paths.DOWNLOADS):
            kept.append(release)
            continue
        found = registry.verify(release, mirror or paths.DOWNLOADS)
        rows.append(READERS[release.source].read(release, found, corrections.of(release, entries)))
    if kept:
        present = tables.load(tidy)
        for release in kept:
            rows.append(present[(present["source"] == release.source) & (present["vintage"] == release.vintage)])
    for addition in additions:
        release = addition.release
        rows.append(READERS[release.source].read(release, {"": addition.file}, corrections.of(release, entries)))
    return _contents(places.noted(pd.concat(rows, ignore_index=True)), frozenset(e.id for e in entries), additions)


def _contents(rows: pd.DataFrame, ids: frozenset[str], additions: Sequence[Addition]) -> dict[str, str]:
    contents = {}
    told = frozenset(place.id for place in places.load())
    table_of = rows["source"].map({source: reader.table for source, reader in READERS.items()})
    for name in tables.TABLES:
        some = tables.order(rows[table_of == name])
        tables.validate(some.astype({"month": "Int64"}), f"{name}.csv", ids, told)
        contents[f"{name}.csv"] = tables.to_csv(some)
    if additions:
        contents[registry.ADDED] = registry.added_text(additions)
    return contents


def write(mirror: Path | None, additions: Sequence[Addition] = (), out: Path | None = None) -> list[Path]:
    """Recompute the tidy tables and write them, all or none.

    Args:
        mirror: as for ``recompute``.
        additions: as for ``recompute``.
        out: a folder for the tables; by default ``data/tidy``, whose description
            (``data/datapackage.json``, with hashes) is written beside them.

    Returns:
        The files written.
    """
    contents = recompute(mirror, additions)
    folder = out or paths.TIDY
    written: dict[Path, bytes | str] = {folder / name: text for name, text in contents.items()}
    if out is None:
        written[paths.DATAPACKAGE] = datapackage.text(contents)
    files.write_all(written)
    return list(written)
