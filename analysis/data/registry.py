"""Which releases of which sources the tables use: ``data/sources.csv``, one row a file.

A *release* is what a publisher put out under one version (its vintage); it may be several files
(``part`` tells them apart, and names a lone file that holds only sums of the dataset). Releases
that ``tables --add`` took in are unverified and are listed in ``added.json`` beside the tables
they went into.

pandas is not imported here: ``build`` reads the registry to see that nothing changed, and that
must not cost half a second.
"""

import calendar
import datetime
import difflib
import inspect
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path, PurePosixPath
from typing import ParamSpec, TypeVar

from analysis import paths
from analysis.data import files, ledger
from analysis.errors import InputError

REGISTRY = paths.DATA / "sources.csv"

NEWEST = paths.DATA / "newest.csv"
"""Releases that publishers are known to serve and the tables do not use yet, typed."""

ADDED = "added.json"
"""Name of the list of unverified releases, beside the tidy tables."""

TIDY_TABLES = "TIDY_TABLES"
"""The variable of the environment that names a folder of tables to use in place of the committed ones.

Of the environment, so that the processes that draw have it as well, however they are started.
"""

REPORT = "A/70/999-S/2016/620"
"""The symbol of the report that is audited."""

REPORT_DATE = datetime.date(2016, 7, 22)
"""The report's date: what was published by then is *of the time*."""

SOURCES = (
    "ucdp_battle_related_deaths",
    "ucdp_non_state",
    "ucdp_one_sided",
    "ucdp_armed_conflict",
    "ucdp_country_year",
    "ucdp_external_support",
    "ucdp_events",
    "unhcr_population",
    "unhcr_syria_regional",
    "unhcr_asylum_applications",
    "unhcr_demographics",
    "unrwa_registered",
    "idmc_displacement",
    "worldbank_indicators",
    "un_population",
    "vdc_syria",
    "security_council",
)

OBTAIN = ("publisher", "public copy", "no")
"""How a stranger gets a file: from its publisher, from a public copy at a fixed commit, or not at all."""

NOT_CHECKED = "not checked"
CONTINUOUS = "continuous"
"""In place of the newest known version, where a publisher has no versions."""
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class SourceFile:
    """One file of a release: where it lies in a mirror, how a stranger gets it, and its fingerprint.

    ``address`` serves exactly these bytes; ``publisher_address`` is where the publisher offers the
    dataset, which may be another format of it or another file.
    """

    part: str
    path: str
    address: str
    obtain: str
    sha256: str
    bytes: int
    encoding: str
    originality: str
    publisher_address: str = ""


FILE_COLUMNS = tuple(SourceFile.__dataclass_fields__)


@dataclass(frozen=True)
class Release:
    """What a publisher put out under one version.

    ``published`` is as exact as is known (``2016``, ``2016-06`` or ``2016-06-14``);
    ``published_basis`` says how it is known: ``stated`` by the publisher, ``dated`` by what the
    file or its copy bears, or ``inferred``. ``release_group`` joins the releases of a publisher
    whose types may be added up. ``newest_known`` is the newest version that the publisher is known
    to have: a vintage or version, ``continuous`` where there are no versions, "" where it is not known.
    """

    source: str
    vintage: str
    release_group: str
    published: str
    published_basis: str
    title: str
    licence: str
    citation: str
    newest_known: str
    files: tuple[SourceFile, ...]
    verified: bool = True

    @property
    def name(self) -> str:
        """``SOURCE:VINTAGE``."""
        return f"{self.source}:{self.vintage}"

    def encoding(self, part: str = "") -> str:
        """The stated encoding of one of the release's files; "" where none is, as for binary formats."""
        return next((file.encoding for file in self.files if file.part == part), "")

    @property
    def available_by(self) -> datetime.date:
        """The last day on which the release can have come out, given how exactly the date is known."""
        return last_day(self.published)

    @property
    def of_the_time(self) -> bool:
        """Whether it was published by the report's date."""
        return self.available_by <= REPORT_DATE


RELEASE_COLUMNS = tuple(
    name for name in Release.__dataclass_fields__ if name not in ("source", "vintage", "files", "verified")
)


@dataclass(frozen=True)
class Newest:
    """A release that its publisher is known to serve and the tables do not use yet.

    ``hash`` is ``ALGORITHM:DIGEST`` as others recorded it, and ``citation`` says who; ``address`` may
    be several with spaces between them, the same bytes at each.
    """

    source: str
    vintage: str
    published: str
    address: str
    hash: str
    bytes: int
    citation: str


@dataclass(frozen=True)
class Addition:
    """An unverified file that a user says is a release: the release, and where the file is."""

    release: Release
    file: Path


def last_day(published: str) -> datetime.date:
    """The last day that a year, a month or a day can mean; ValueError if there is none."""
    if not DATE.fullmatch(published):
        raise ValueError(published)
    parts = [int(part) for part in published.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    first = datetime.date(year, month, 1)
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return first.replace(day=day)


def releases(path: Path = REGISTRY) -> list[Release]:
    """All registered releases, in the file's order.

    Args:
        path: the registry; tests name their own.

    Raises:
        InputError: a missing column, a value outside its list, a file registered twice, a release
            whose rows disagree on what belongs to the release.
    """
    return list(_releases(path, path.stat().st_mtime_ns))


@cache
def _releases(path: Path, changed: int) -> tuple[Release, ...]:
    first: dict[tuple[str, str], ledger.Row] = {}
    parts: dict[tuple[str, str], list[SourceFile]] = {}
    columns = ("source", "vintage", *RELEASE_COLUMNS, *FILE_COLUMNS)
    lists = {"source": SOURCES, "obtain": OBTAIN}
    for row in ledger.rows(path, columns, key=("source", "vintage", "part"), lists=lists, exact=False):
        _check(row)
        key = (row["source"], row["vintage"])
        known = first.setdefault(key, row)
        for column in RELEASE_COLUMNS:
            if row[column] != known[column]:
                both = f"{' '.join(key)} has both {known[column]!r} and {row[column]!r}"
                raise row.wrong(column, both, "one value for the whole release")
        parts.setdefault(key, []).append(ledger.record(row, SourceFile))
    return tuple(
        Release(*key, **{column: row[column] for column in RELEASE_COLUMNS}, files=tuple(parts[key]))  # type: ignore[arg-type]
        for key, row in first.items()
    )


def _check(row: ledger.Row) -> None:
    for column in ("vintage", "release_group", "published_basis", "title", "licence", "citation"):
        if not row[column]:
            raise row.wrong(column, expected="a value")
    for column in ("address", "publisher_address"):
        if not row[column].startswith(("https://", "http://")):
            raise row.wrong(column, expected="an address: https://...")
    if not SHA256.fullmatch(row["sha256"]):
        raise row.wrong("sha256", expected="64 hexadecimal digits")
    inside = PurePosixPath(row["path"])
    if not row["path"] or inside.is_absolute() or ".." in inside.parts:
        raise row.wrong("path", expected="a path inside the mirror")
    try:
        last_day(row["published"])
    except ValueError:
        raise row.wrong("published", expected="a date: 2016, 2016-06 or 2016-06-14") from None


@cache
def newest_year() -> int:
    """The year of the newest registered release: no table knows of a later one."""
    return max(release.available_by.year for release in releases())


def newest(path: Path = NEWEST) -> list[Newest]:
    """The releases that are known and not used yet, in the file's order.

    Raises:
        InputError: what ``ledger.records`` refuses, or a hash that is none.
    """
    found = []
    for row, one in ledger.records(path, Newest, key=("source", "vintage"), lists={"source": SOURCES}):
        if not re.fullmatch(r"md5:[0-9a-f]{32}|sha256:[0-9a-f]{64}", one.hash):
            raise row.wrong("hash", expected="md5:... or sha256:..., in hexadecimal")
        found.append(one)
    return found


def find(source: str, vintage: str, known: Sequence[Release] | None = None) -> Release:
    """The release of ``source`` with this vintage.

    Args:
        source: a name from ``SOURCES``.
        vintage: as the registry names it.
        known: where to look; by default the registry.

    Raises:
        InputError: there is none; the message lists what there is.
    """
    known = releases() if known is None else known
    vintages = [release.vintage for release in known if release.source == source]
    if not vintages:
        raise unknown_source(source)
    if vintage not in vintages:
        raise InputError(f"no release {vintage!r} of {source}", expected=f"one of {', '.join(vintages)}")
    return next(release for release in known if release.source == source and release.vintage == vintage)


def unknown_source(source: str) -> InputError:
    """The error to raise for a name that is not a source: it says what is near, or lists them all."""
    near = difflib.get_close_matches(source, SOURCES, n=1)
    return InputError(
        f"no source {source!r}",
        expected=f"one of {', '.join(SOURCES)}",
        do=f"did you mean {near[0]}?" if near else "",
    )


def locate(release: Release, folder: Path) -> dict[str, Path]:
    """Where a release's files lie under a mirror or the download cache.

    Args:
        release: a registered release.
        folder: the mirror (``paths.MIRROR``) or the cache (``paths.DOWNLOADS``).

    Returns:
        part -> path; the part is "" where the release is one file.

    Raises:
        InputError: a file is missing.
    """
    found = {file.part: folder / file.path for file in release.files}
    for path in found.values():
        if not path.is_file():
            raise InputError(
                f"{release.name} is not in {folder}",
                where=path,
                do=f"run: python -m analysis fetch {release.source}, or name a folder that holds it with --mirror",
            )
    return found


def is_complete(release: Release, folder: Path) -> bool:
    """Whether every file of the release is in ``folder``; what the files hold is for ``verify``."""
    return all((folder / file.path).is_file() for file in release.files)


def verify(release: Release, folder: Path) -> dict[str, Path]:
    """Like ``locate``, and every file's bytes are those that the registry knows.

    Raises:
        InputError: a file is missing or differs.
    """
    found = locate(release, folder)
    for file in release.files:
        actual = files.sha256(found[file.part])
        if actual != file.sha256:
            raise InputError(
                f"not the registered file of {release.name}: its sha256 is {actual}",
                where=found[file.part],
                expected=file.sha256,
                do="download it again (python -m analysis fetch), or take it in as another vintage with tables --add",
            )
    return found


def release_group(source: str, vintage: str) -> str:
    """The group that a release belongs to, by whatever name people call its version.

    UCDP's ``5.0-2015`` and ``1.4-2015`` are both ``2015``, with more behind it as well.

    >>> [release_group("ucdp_one_sided", name) for name in ("1.4-2015", "5.0-2015-mine", "v25.1", "251", "25.1")]
    ['2015', '2015', '25.1', '25.1', '25.1']
    """
    if not source.startswith("ucdp_"):
        return vintage
    if old := re.match(r"[vV]?\d+([._]\d+)?-(\d{4})(?!\d)", vintage):
        return old.group(2)
    new = re.match(r"[vV]?(\d\d)[._]?(\d)(?![\d._])", vintage)
    return f"{new.group(1)}.{new.group(2)}" if new else vintage


def parse_add(text: str, encoding: str = "") -> Addition:
    """Read ``SOURCE:VINTAGE:DATE:FILE``, as ``tables --add`` takes it.

    Args:
        text: for example ``ucdp_one_sided:26.1:2026-06-10:downloads/OneSided_v26_1.csv``.
        encoding: of the file, where it is neither UTF-8 nor marked.

    Returns:
        An unverified release of one file (its ``path`` is the bare file name), and where the file is.

    Raises:
        InputError: not four parts, an unknown source, no vintage, an impossible date, no such file.
    """
    fields = text.split(":", 3)
    if len(fields) != 4:
        raise InputError(f"--add {text!r} has {len(fields)} of 4 parts", expected="SOURCE:VINTAGE:DATE:FILE")
    source, vintage, published, name = fields
    if source not in SOURCES:
        raise unknown_source(source)
    if not re.fullmatch(r"[\w.-]+", vintage):
        raise InputError(
            f"--add {text!r}: the vintage is {vintage!r}",
            expected="the publisher's version, or the month of release: 26.1, 5.0-2016, 2026-06",
        )
    try:
        last_day(published)
    except ValueError:
        raise InputError(
            f"--add {text!r}: {published!r} is not a date",
            expected="when it was published: 2016, 2016-06 or 2016-06-14",
        ) from None
    path = Path(name)
    if not path.is_file():
        raise InputError(f"--add {text!r}: no such file", where=path, do="check the path after the third colon")
    release = _unverified(
        source, vintage, published, path.name, files.sha256(path), path.stat().st_size, encoding or "utf-8"
    )
    return Addition(release, path)


def _unverified(
    source: str, vintage: str, published: str, file: str, sha256: str, size: int, encoding: str = "utf-8"
) -> Release:
    """A release that nobody has checked: a file that a user says is one."""
    newest = [release.newest_known for release in releases() if release.source == source]
    return Release(
        source=source,
        vintage=vintage,
        release_group=release_group(source, vintage),
        published=published,
        published_basis="stated with --add",
        title=f"{source} {vintage}, an unverified file",
        licence=NOT_CHECKED,
        citation=NOT_CHECKED,
        newest_known=newest[-1] if newest else "",
        files=(SourceFile("", file, "", "no", sha256, size, encoding, NOT_CHECKED),),
        verified=False,
    )


def by_key(some: Iterable[Release]) -> dict[tuple[str, str], Release]:
    """Releases by source and vintage, as rows and findings name them.

    >>> by_key(releases())["unhcr_population", "2017-08"].published
    '2017-08-23'
    """
    return {(release.source, release.vintage): release for release in some}


def with_added(known: Sequence[Release], extra: Sequence[Release]) -> list[Release]:
    """``known`` and then ``extra``.

    Raises:
        InputError: an added release has the source and vintage of another one.
    """
    result = list(known)
    for release in extra:
        for other in result:
            if (other.source, other.vintage) == (release.source, release.vintage):
                raise InputError(
                    f"{release.name} is {'registered already' if other.verified else 'added twice'}",
                    expected="a vintage of its own",
                    do=f"give it another name, such as {release.name}-mine",
                )
        result.append(release)
    return result


def added(folder: Path) -> list[Release]:
    """The unverified releases that went into the tables in ``folder``; none if it has no ``added.json``.

    Raises:
        InputError: the file is not what ``added_text`` writes.
    """
    path = folder / ADDED
    if not path.exists():
        return []
    try:
        return [
            _unverified(*(entry[key] for key in ("source", "vintage", "published", "file", "sha256", "bytes")))
            for entry in json.loads(path.read_text(encoding="utf-8"))
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"not a list of added releases ({type(error).__name__}: {error})",
            where=path,
            do="delete it and run tables again with its --add options",
        ) from error


def tables_folder() -> Path:
    """Where the tables are that a person works on: those with what was added last, else the committed ones."""
    return paths.ADDED if (paths.ADDED / ADDED).exists() else paths.TIDY


def in_use() -> Path:
    """The folder of the tables that answers, figures and documents are made from: the committed, or ``TIDY_TABLES``."""
    named = os.environ.get(TIDY_TABLES)
    return Path(named).resolve() if named else paths.TIDY


@contextmanager
def using(folder: Path | None) -> Iterator[None]:
    """Use the tables in a folder inside the ``with``; those in use anyway where none is named."""
    before = os.environ.get(TIDY_TABLES)
    if folder is not None:
        os.environ[TIDY_TABLES] = str(folder.resolve())
    try:
        yield
    finally:
        os.environ.pop(TIDY_TABLES, None)
        if before is not None:
            os.environ[TIDY_TABLES] = before


_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def once(function: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """``functools.cache`` for what is made from the tables in use: once for each folder of them and all arguments."""
    signature = inspect.signature(function)

    @cache
    def made(folder: Path, *args: _Given.args, **kwargs: _Given.kwargs) -> _Made:
        return function(*args, **kwargs)

    @wraps(function)
    def asked(*args: _Given.args, **kwargs: _Given.kwargs) -> _Made:
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        return made(in_use(), *given.args, **given.kwargs)

    return asked


def outputs(committed: Path) -> Path:
    """Where outputs go if no folder is named: ``committed``, or beside the tables in use where those are others."""
    return committed if in_use() == paths.TIDY else in_use() / committed.name


def require_committed(what: str) -> None:
    """Raise InputError if other tables than the committed are in use: what is committed is made from those alone."""
    if in_use() != paths.TIDY:
        raise InputError(
            f"{what} is of the committed tables, and others are in use",
            where=in_use(),
            do=f"unset {TIDY_TABLES}, or leave out --tidy; `figures --tidy` and `brief --tidy` take any tables",
        )


def used() -> list[Release]:
    """The releases in the tables in use: the registered, and the unverified that were added."""
    return with_added(releases(), added(in_use()))


def unverified(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether any of some (source, vintage) is of a release that is not registered; other words than sources are none.

    >>> unverified([("ucdp_one_sided", "25.1")]), unverified([("ucdp_one_sided", "99.1")])
    (False, True)
    """
    known = by_key(releases())
    return any(pair not in known for pair in pairs if pair[0] in SOURCES)


def added_text(additions: Sequence[Addition], flagged: Mapping[str, Sequence[object]] | None = None) -> str:
    """The content of ``added.json``: the file's name only, for a folder is nobody else's business.

    Args:
        additions: what was added.
        flagged: name of a release -> the entries made for its disorders.
    """
    entries = [
        {
            "source": release.source,
            "vintage": release.vintage,
            "published": release.published,
            "file": release.files[0].path,
            "sha256": release.files[0].sha256,
            "bytes": release.files[0].bytes,
            "verified": False,
            **({"flagged": [vars(entry) for entry in entries]} if entries else {}),
        }
        for release in (addition.release for addition in additions)
        for entries in [(flagged or {}).get(release.name, ())]
    ]
    return json.dumps(entries, indent=1, ensure_ascii=False) + "\n"
