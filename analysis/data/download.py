"""Publisher files from the network into the download cache: the only module that opens a connection.

Every file has a known SHA-256, so where it comes from decides nothing: what arrives is either the
registered bytes or an error.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pooch

from analysis import paths
from analysis.data import files, registry
from analysis.data.registry import Release, SourceFile
from analysis.errors import InputError

TIMEOUT = 60
"""Seconds that a server may stay silent."""

HERE, DOWNLOADED, SKIPPED, FAILED = "here", "downloaded", "skipped", "failed"


@dataclass(frozen=True)
class Fetched:
    """What became of one file: ``here`` already, ``downloaded``, ``skipped`` or ``failed``, and why."""

    source: str
    vintage: str
    part: str
    path: Path
    outcome: str
    reason: str = ""

    def __str__(self) -> str:
        """One line for a person."""
        part = f" {self.part}" if self.part else ""
        return f"{self.source}:{self.vintage}{part}: {self.outcome}" + (f" ({self.reason})" if self.reason else "")


def fetch(
    sources: Sequence[str] = (),
    folder: Path = paths.DOWNLOADS,
    progress: Callable[[Fetched], None] = lambda result: None,
    registered: Path = registry.REGISTRY,
) -> list[Fetched]:
    """Download the files of some sources, each checked against its registered hash.

    A file that is there and has its hash is left alone. A download is moved into place only when
    it is whole and has its hash, so a failure leaves what was there before. One failure does not
    stop the others.

    Args:
        sources: names from ``registry.SOURCES``; none, or ``all``, means all of them.
        folder: the cache; files lie in it as in a mirror.
        progress: called with each result as it comes.
        registered: the registry.

    Returns:
        One result a file, in the registry's order.

    Raises:
        InputError: an unknown source; nothing has been downloaded then.
    """
    for source in sources:
        if source not in (*registry.SOURCES, "all"):
            raise registry.unknown_source(source)
    everything = not sources or "all" in sources
    results = []
    for release in registry.releases(registered):
        if everything or release.source in sources:
            for file in release.files:
                results.append(_one(release, file, folder))
                progress(results[-1])
    return results


def _one(release: Release, file: SourceFile, folder: Path) -> Fetched:
    target = folder / file.path

    def result(outcome: str, reason: str = "") -> Fetched:
        return Fetched(release.source, release.vintage, file.part, target, outcome, reason)

    if target.is_file() and files.sha256(target) == file.sha256:
        return result(HERE)
    if file.obtain == "no":
        return result(SKIPPED, f"no public address serves these bytes; the publisher: {file.publisher_address}")
    pooch.get_logger().setLevel(logging.ERROR)  # our own results say what happened
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        pooch.retrieve(
            file.address,
            known_hash=f"sha256:{file.sha256}",
            fname=target.name,
            path=target.parent,
            downloader=pooch.HTTPDownloader(timeout=TIMEOUT),
        )
    except (OSError, ValueError) as error:  # requests' errors are OSErrors; pooch's bad hash is a ValueError
        return result(FAILED, _why(error, file))
    return result(DOWNLOADED)


def _why(error: Exception, file: SourceFile) -> str:
    if isinstance(error, ValueError) and "hash" in str(error).lower():
        return f"{file.address} served other bytes than the registered ones; nothing was kept"
    message = str(error).splitlines()[0] if str(error) else ""
    return f"{file.address}: {type(error).__name__} {message}".strip()


def require(results: Sequence[Fetched]) -> None:
    """Raise InputError if a download failed, naming the first and counting the others."""
    failed = [result for result in results if result.outcome == FAILED]
    if failed:
        others = f", and {len(failed) - 1} more" if len(failed) > 1 else ""
        raise InputError(
            f"{failed[0]}{others}",
            where=failed[0].path,
            expected="the registered file",
            do="try again, or put the file there by hand",
        )
