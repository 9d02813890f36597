"""Publisher files from the network into the download cache: the only module that opens a connection.

Every file has a known hash and size, so where it comes from decides nothing: what arrives is either
those bytes or an error. A download grows in a file beside its place and is moved there when it is whole.
One that fails leaves nothing; what a killed run left is taken up by the next, where the server can go on,
or swept if nobody wants that file any more.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import requests
from urllib3.exceptions import HTTPError

from analysis import paths
from analysis.data import registry
from analysis.data.registry import Newest, Release, SourceFile
from analysis.errors import InputError

SILENCE = 60.0
"""Seconds that a server may stay silent."""

SLOWEST = 20_000
"""Bytes a second on the whole: below it a download is given up, however lively it drips."""

ATTEMPTS = 3
PAUSE = 1.0
"""Seconds before the second attempt; each later one waits twice as long."""

CHUNK = 1 << 16
REDIRECTS = 5
AGAIN = (408, 425, 429, 500, 502, 503, 504)
"""Answers that another attempt may better."""

PART = ".part"

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


@dataclass(frozen=True)
class Wanted:
    """A file to download: its place, the addresses that serve it, its hash (``sha256:...``) and size."""

    target: Path
    addresses: tuple[str, ...]
    hash: str
    bytes: int

    @property
    def part(self) -> Path:
        """Where it grows: the name is of the bytes wanted, so that no other file is taken up."""
        return self.target.with_name(f".{self.target.name}.{self.hash.partition(':')[2][:16]}{PART}")

    def is_in(self, path: Path) -> bool:
        """Whether a file has the bytes wanted."""
        if not path.is_file() or path.stat().st_size != self.bytes:
            return False
        algorithm, _, digest = self.hash.partition(":")
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, algorithm).hexdigest() == digest


class _Gone(Exception):
    """An attempt failed; ``again`` says whether another may not."""

    def __init__(self, why: str, again: bool = False) -> None:
        super().__init__(why)
        self.again = again


def fetch(
    sources: Sequence[str] = (),
    folder: Path = paths.DOWNLOADS,
    progress: Callable[[Fetched], None] = lambda result: None,
    registered: Path = registry.REGISTRY,
    newest: Path | None = None,
    received: Callable[[str, int, int], None] = lambda name, bytes, of: None,
) -> list[Fetched]:
    """Download the files of some sources, each checked against its registered hash.

    A file that is there and has its hash is left alone. A download is moved into place only when
    it is whole and has its hash, so a failure leaves what was there before. One failure does not
    stop the others.

    Args:
        sources: names from ``registry.SOURCES``; none, or ``all``, means all of them.
        folder: the cache; files lie in it as in a mirror, and in ``newest`` releases that are
            known and not used yet.
        progress: called with each result as it comes.
        registered: the registry.
        newest: the list of releases not used yet; by default the registry's own, and none beside
            another registry.
        received: called with a file's name, the bytes that came so far, and how many it has.

    Returns:
        One result a file, in the registry's order.

    Raises:
        InputError: an unknown source; nothing has been downloaded then.
    """
    for source in sources:
        if source not in (*registry.SOURCES, "all"):
            raise registry.unknown_source(source)
    everything = not sources or "all" in sources
    releases = [one for one in registry.releases(registered) if everything or one.source in sources]
    if newest is None and registered == registry.REGISTRY:
        newest = registry.NEWEST
    later = [one for one in registry.newest(newest) if everything or one.source in sources] if newest else []
    wanted = [(release, file, _wanted(file, folder)) for release in releases for file in release.files]
    more = [(one, _newest(one, folder)) for one in later]
    _sweep(folder, {one.part for *_, one in wanted} | {one.part for _, one in more})
    results = []
    for release, file, one in wanted:
        results.append(_registered(release, file, one, received))
        progress(results[-1])
    for known, one in more:
        results.append(_told(known.source, known.vintage, "", one, received))
        progress(results[-1])
    return results


def _wanted(file: SourceFile, folder: Path) -> Wanted:
    return Wanted(folder / file.path, tuple(file.address.split()), f"sha256:{file.sha256}", file.bytes)


def _newest(one: Newest, folder: Path) -> Wanted:
    name = PurePosixPath(one.address.split()[0]).name
    return Wanted(folder / "newest" / one.source / name, tuple(one.address.split()), one.hash, one.bytes)


def _sweep(folder: Path, wanted: set[Path]) -> None:
    """Delete what killed runs left of files that are not wanted any more."""
    for path in folder.rglob(f".*{PART}") if folder.is_dir() else ():
        if path not in wanted:
            path.unlink(missing_ok=True)


def _registered(
    release: Release, file: SourceFile, wanted: Wanted, received: Callable[[str, int, int], None]
) -> Fetched:
    if file.obtain == "no" and not wanted.is_in(wanted.target):
        why = f"no public address serves these bytes; the publisher: {file.publisher_address}"
        return Fetched(release.source, release.vintage, file.part, wanted.target, SKIPPED, why)
    return _told(release.source, release.vintage, file.part, wanted, received)


def _told(source: str, vintage: str, part: str, wanted: Wanted, received: Callable[[str, int, int], None]) -> Fetched:
    def result(outcome: str, reason: str = "") -> Fetched:
        return Fetched(source, vintage, part, wanted.target, outcome, reason)

    if wanted.is_in(wanted.target):
        return result(HERE)
    try:
        wanted.target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(wanted) as stream:
            if wanted.is_in(wanted.target):  # another run was at it, and is done
                return result(HERE)
            _from_any(wanted, stream, received)
            wanted.part.chmod(0o644)
            os.replace(wanted.part, wanted.target)
    except _Gone as error:
        return result(FAILED, str(error))
    except OSError as error:
        return result(FAILED, f"{error.strerror or type(error).__name__}: {error.filename or wanted.part}")
    return result(DOWNLOADED)


class _alone:
    """The growing file, open and held by this run alone: a second run waits, and a killed one lets go."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted

    def __enter__(self) -> BinaryIO:
        while True:
            self.stream: BinaryIO = self.wanted.part.open("ab+")
            fcntl.flock(self.stream, fcntl.LOCK_EX)
            if self.wanted.is_in(self.wanted.target) or _is_open_at(self.stream, self.wanted.part):
                return self.stream
            self.stream.close()  # the run that was waited for has taken the file away

    def __exit__(self, *_: object) -> None:
        if _is_open_at(self.stream, self.wanted.part):  # it failed, or another run had been quicker
            self.wanted.part.unlink(missing_ok=True)
        self.stream.close()


def _is_open_at(stream: BinaryIO, path: Path) -> bool:
    return path.exists() and os.path.samestat(os.fstat(stream.fileno()), path.stat())


def _from_any(wanted: Wanted, stream: BinaryIO, received: Callable[[str, int, int], None]) -> None:
    """Fill the stream from the first address that serves the bytes wanted; _Gone says why none did."""
    reasons = []
    for address in wanted.addresses:
        for attempt in range(ATTEMPTS):
            try:
                _from(address, wanted, stream, received)
                return
            except _Gone as error:
                why, again = str(error), error.again
            if not again or attempt == ATTEMPTS - 1:
                reasons.append(f"{address}: {why}" + (f", {attempt + 1} times" if attempt else ""))
                break
            time.sleep(PAUSE * 2**attempt)
    raise _Gone("; ".join(reasons))


def _from(address: str, wanted: Wanted, stream: BinaryIO, received: Callable[[str, int, int], None]) -> None:
    """One attempt at one address, going on where the stream ends if the server can."""
    stream.seek(0, os.SEEK_END)
    there = stream.tell()
    if there >= wanted.bytes:
        there = _begin(stream)
    headers = {"Accept-Encoding": "identity", "User-Agent": "mass-violence-audit"}
    if there:
        headers["Range"] = f"bytes={there}-"
    deadline = time.monotonic() + SILENCE + wanted.bytes / SLOWEST
    with requests.Session() as session:
        session.max_redirects = REDIRECTS
        try:
            with session.get(address, headers=headers, stream=True, timeout=SILENCE) as answer:
                if answer.status_code == 416:
                    _begin(stream)
                    raise _Gone("the server cannot go on where the last run ended", again=True)
                if answer.status_code not in (200, 206):
                    raise _Gone(f"{answer.status_code} {answer.reason}", again=answer.status_code in AGAIN)
                if answer.status_code == 200 and there:
                    there = _begin(stream)
                for chunk in _chunks(answer, deadline):
                    there += len(chunk)
                    if there > wanted.bytes:
                        _begin(stream)
                        raise _Gone(f"served more than the {wanted.bytes:,} bytes that the file has; nothing was kept")
                    stream.write(chunk)
                    received(wanted.target.name, there, wanted.bytes)
        except requests.TooManyRedirects:
            raise _Gone(f"more than {REDIRECTS} redirects") from None
        except (requests.RequestException, HTTPError) as error:
            raise _Gone(_why(error), again=True) from None
    stream.flush()
    if there < wanted.bytes:
        raise _Gone(f"ended after {there:,} of {wanted.bytes:,} bytes", again=True)
    os.fsync(stream.fileno())
    if not wanted.is_in(wanted.part):
        page = _is_page(stream)
        _begin(stream)
        raise _Gone(f"served other bytes than the registered ones{', a web page' if page else ''}; nothing was kept")


def _chunks(answer: requests.Response, deadline: float) -> Iterator[bytes]:
    """What comes, as it comes, until the deadline."""
    while chunk := answer.raw.read1(CHUNK):
        yield chunk
        if time.monotonic() > deadline:
            raise _Gone(f"slower than {SLOWEST // 1000} kB a second; given up", again=False)


def _begin(stream: BinaryIO) -> int:
    stream.truncate(0)
    return 0


def _is_page(stream: BinaryIO) -> bool:
    stream.seek(0)
    return b"<html" in stream.read(2000).lower()


def _why(error: Exception) -> str:
    message = str(error).splitlines()[0] if str(error) else ""
    return f"{type(error).__name__} {message}".strip()[:200]


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


def take_in(results: Sequence[Fetched], newest: Path = registry.NEWEST) -> list[str]:
    """How to look at each release that is here and not used yet: a command a release."""
    dates = {(one.source, one.vintage): one.published for one in registry.newest(newest)}
    here = [one for one in results if one.outcome in (HERE, DOWNLOADED) and (one.source, one.vintage) in dates]
    added = [f"{one.source}:{one.vintage}:{dates[one.source, one.vintage]}:{one.path}" for one in here]
    return [f"python -m analysis tables --add {text}" for text in added]
