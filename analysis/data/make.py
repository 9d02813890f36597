"""Publisher files -> the tidy tables: every registered release read, checked and written as a whole."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.data import added, corrections, datapackage, files, places, registry, tables
from analysis.data.added import Looked
from analysis.data.corrections import Correction
from analysis.data.readers import READERS
from analysis.data.registry import Addition, Release
from analysis.errors import InputError


def recompute(
    mirror: Path | None,
    additions: Sequence[Addition] = (),
    tidy: Path = paths.TIDY,
    report: Callable[[str], None] = lambda text: None,
) -> dict[str, str]:
    """The tidy tables as text, from publisher files.

    Args:
        mirror: a folder that holds every registered file; None for what ``fetch`` downloaded,
            and then the rows of a release that is not there stay as they are in ``tidy``.
        additions: unverified files to read besides.
        tidy: where the present tables are.
        report: called with what is to be said of each addition.

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
    registered = pd.concat(rows, ignore_index=True)
    looked = _looked(additions, entries, registered, report)
    ids = frozenset(entry.id for entry in (*entries, *(entry for one in looked for entry in one.entries)))
    return _contents(
        places.noted(pd.concat([registered, *(one.rows for one in looked)], ignore_index=True)), ids, looked
    )


def _looked(
    additions: Sequence[Addition],
    entries: Sequence[Correction],
    registered: pd.DataFrame,
    report: Callable[[str], None],
) -> list[Looked]:
    """Every addition as it was found, each told, those that cannot be read as well."""
    looked, failed = [], []
    for addition in additions:
        try:
            looked.append(added.look(addition, entries, registered))
            report(looked[-1].text(entries))
        except InputError as error:
            failed.append(error)
            if len(additions) > 1:
                report(f"{addition.release.name}, unverified: cannot be read\n  ! {error}\n")
    if failed and len(additions) == 1:
        raise failed[0]
    if failed:
        raise InputError(
            f"{len(failed)} of {len(additions)} added files cannot be read, so nothing was written",
            do="see what is said of each; mend it, or leave it out",
        )
    return looked


def _contents(rows: pd.DataFrame, ids: frozenset[str], looked: Sequence[Looked]) -> dict[str, str]:
    contents = {}
    told = frozenset([added.UNVERIFIED, *(place.id for place in places.load())])
    table_of = rows["source"].map({source: reader.table for source, reader in READERS.items()})
    for name in tables.TABLES:
        some = tables.order(rows[table_of == name])
        tables.validate(some.astype({"month": "Int64"}), f"{name}.csv", ids, told)
        contents[f"{name}.csv"] = tables.to_csv(some)
    if looked:
        contents[registry.ADDED] = registry.added_text(
            [one.addition for one in looked], {one.addition.release.name: one.entries for one in looked}
        )
    return contents


def write(
    mirror: Path | None,
    additions: Sequence[Addition] = (),
    out: Path | None = None,
    report: Callable[[str], None] = lambda text: None,
) -> list[Path]:
    """Recompute the tidy tables and write them, all or none.

    Without additions, whatever an earlier run added goes.

    Args:
        mirror: as for ``recompute``.
        additions: as for ``recompute``; nothing of them ever goes into the committed tables.
        out: a folder for the tables. By default ``data/tidy``, whose description
            (``data/datapackage.json``, with hashes) is written beside them; with additions
            ``paths.ADDED``, which git ignores.
        report: as for ``recompute``.

    Returns:
        The files written.
    """
    if additions and out is not None and out.resolve() == paths.TIDY.resolve():
        raise InputError(
            "the committed tables take in nothing unverified",
            where=out,
            expected="another folder, or none: then the tables go to .cache",
            do="to keep a release for good, register it in data/sources.csv",
        )
    contents = recompute(mirror, additions, report=report)
    folder = out or (paths.ADDED if additions else paths.TIDY)
    written: dict[Path, bytes | str] = {folder / name: text for name, text in contents.items()}
    if folder == paths.TIDY:
        written[paths.DATAPACKAGE] = datapackage.text(contents)
    files.write_all(written)
    if additions and out is None:
        for drawn in (path for path in folder.iterdir() if path.is_dir()):
            shutil.rmtree(drawn)  # from what was added before
    if not additions:
        (folder / registry.ADDED).unlink(missing_ok=True)
        if out is None:
            shutil.rmtree(paths.ADDED, ignore_errors=True)
    return list(written)
