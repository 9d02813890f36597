"""Everything committed, against what the data gives: recomputed, not only hashed."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import charts, paths
from analysis.audit.claims import claims as load_claims
from analysis.audit.claims import definitions as load_definitions
from analysis.audit.headlines import load as load_headlines
from analysis.data import areas, corrections, datapackage, registry, tables
from analysis.data.files import sha256
from analysis.publish import build, notebooks, readme, sidecars
from analysis.tell import COMMITTED


@dataclass(frozen=True)
class Line:
    """What was checked, whether it is as it must be, and if not, why."""

    kind: str
    name: str
    ok: bool
    why: str = ""

    def text(self) -> str:
        """The line as it is printed."""
        return f"{'ok  ' if self.ok else 'FAIL'} {self.kind:<9} {self.name}{': ' if self.why else ''}{self.why}"


def check() -> list[Line]:
    """Check every ledger, notebook, table, figure and claim, the README and the manifest.

    Returns:
        One line each, in that order.
    """
    return list(lines())


def lines() -> Iterator[Line]:
    """The lines of ``check``, the quickest first: who only wants to know whether all is well can stop early."""
    try:
        known = json.loads(paths.MANIFEST.read_text(encoding="utf-8"))
        recorded, verdicts = dict(known["files"]), dict(known["claims"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield Line("manifest", paths.MANIFEST.name, False, f"cannot be read ({type(error).__name__}); run build")
        return
    for group in (_ledgers(recorded), _notebooks(recorded), _tables(recorded), _figures(recorded), _claims(verdicts)):
        yield from group
    yield _line("readme", "README.md", _readme)
    yield _line("manifest", paths.MANIFEST.name, lambda: _manifest(known))


def _line(kind: str, name: str, fault: Callable[[], str]) -> Line:
    """A check as a line; whatever goes wrong inside is a difference, not a crash."""
    try:
        why = fault()
    except Exception as error:  # a check must report on the rest as well
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
    return Line(kind, name, not why, why)


def _hash(path: Path, recorded: dict[str, str]) -> str:
    name = path.relative_to(paths.ROOT).as_posix()
    if not path.exists():
        return "missing"
    if name not in recorded:
        return "not in the manifest"
    return "" if sha256(path) == recorded[name] else "not what the manifest records"


def _tables(recorded: dict[str, str]) -> Iterator[Line]:
    hashes = build.tidy_hashes()
    ids = frozenset(entry.id for entry in corrections.load())
    for name in tables.TABLES:
        path = paths.TIDY / f"{name}.csv"

        def fault(path: Path = path) -> str:
            if sha256(path) != hashes.get(path.name):
                return "not what `tables` wrote"
            frame = tables.load_one(path)
            tables.validate(frame, path, ids)
            if tables.to_csv(frame) != path.read_text(encoding="utf-8"):
                return "not in the order and format that `tables` writes"
            return _hash(path, recorded)

        yield _line("table", name, fault)

    def package() -> str:
        if paths.DATAPACKAGE.read_text(encoding="utf-8") != datapackage.text():
            return "not what `tables` writes"
        return _hash(paths.DATAPACKAGE, recorded)

    yield _line("table", "datapackage", package)


LEDGERS: dict[str, Callable[[], object]] = {
    "areas": areas.names,
    "claims": load_claims,
    "corrections": corrections.load,
    "definitions": load_definitions,
    "headlines": load_headlines,
    "sources": registry.releases,
}
"""Typed files and what reads them."""


def _ledgers(recorded: dict[str, str]) -> Iterator[Line]:
    typed = sorted(path for path in paths.DATA.iterdir() if path.is_file() and path != paths.DATAPACKAGE)
    for path in typed:

        def fault(path: Path = path) -> str:
            if path.stem in LEDGERS:
                LEDGERS[path.stem]()
            return _hash(path, recorded)

        yield _line("ledger", path.name, fault)


def _claims(recorded: dict[str, dict[str, object]]) -> Iterator[Line]:
    found = build.claim_hashes()
    for name in dict.fromkeys([*found, *recorded]):

        def fault(name: str = name) -> str:
            if name not in recorded:
                return "not in the manifest"
            if name not in found:
                return "no longer in the ledger"
            if found[name]["verdict"] != recorded[name]["verdict"]:
                return f"the data gives {found[name]['verdict']!r}, the manifest {recorded[name]['verdict']!r}"
            return "" if found[name] == recorded[name] else "the findings differ from the manifest"

        yield _line("claim", name, fault)


def _figures(recorded: dict[str, str]) -> Iterator[Line]:
    for name in charts.names():

        def fault(name: str = name) -> str:
            path = paths.FIGURES / f"{name}.json"
            files = [
                path,
                *(paths.FIGURES / g / f"{name}.{kind}" for g in COMMITTED for kind in ("svg", "png")),
            ]
            changed = next((f"{file.name}: {why}" for file in files if (why := _hash(file, recorded))), "")
            if changed:
                return changed
            if path.read_text(encoding="utf-8") != sidecars.sidecar(name):
                return "the sidecar does not say what the data gives"
            return ""

        yield _line("figure", name, fault)


def _notebooks(recorded: dict[str, str]) -> Iterator[Line]:
    for name in notebooks.names():
        path = notebooks.path_of(name)

        def fault(path: Path = path) -> str:
            return notebooks.fault(path) or _hash(path, recorded)

        yield _line("notebook", name, fault)


def _readme() -> str:
    text = paths.README.read_text(encoding="utf-8")
    return "" if readme.text(text) == text else "the verdicts in it are not those that the data gives"


def _manifest(known: dict[str, object]) -> str:
    files, recorded = build.output_hashes(), known["files"]
    assert isinstance(recorded, dict)
    extra = sorted(set(recorded) ^ set(files))
    if extra:
        return f"{extra[0]} is {'not there' if extra[0] in recorded else 'not recorded'}"
    steps = build.records()
    stale = [name for name, record in steps.items() if dict(known.get("steps") or {}).get(name) != record]  # type: ignore[call-overload]
    if stale:
        return f"{stale[0]} is stale: what it is made from, or what was made, has changed since"
    same = known["versions"] == dict(sidecars.versions())
    if same and build.manifest_text(steps) != paths.MANIFEST.read_text(encoding="utf-8"):
        return "not what build writes"
    return ""
