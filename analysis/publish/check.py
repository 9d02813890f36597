"""Everything committed, against what the data gives: recomputed, redrawn, executed again.

What no data can prove (prose, an address, a table whose files are not here) is held against the
commit that is checked out; where there is none, it is only hashed, and the line says so.
"""

import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from analysis import audit, charts, paths
from analysis.audit import census, reports
from analysis.audit.headlines import load as load_headlines
from analysis.charts import render
from analysis.data import actors, areas, corrections, datapackage, places, registry, tables
from analysis.publish import build, history, notebooks, processes, readme, sidecars
from analysis.tell import COMMITTED, LANGUAGES

NOT_COMMITTED = "not what is committed: commit it once it has been read, or restore it"


@dataclass(frozen=True)
class Line:
    """What was checked, whether it is as it must be, if not, why, and how that is known."""

    kind: str
    name: str
    ok: bool
    why: str = ""
    how: str = ""

    def text(self) -> str:
        """The line as it is printed."""
        said = f": {self.why}" if self.why else f" ({self.how})"
        return f"{'ok  ' if self.ok else 'FAIL'} {self.kind:<9} {self.name}{said}"


@dataclass(frozen=True)
class Item:
    """Something to check: its files, what finds a fault in it, and what that proves."""

    kind: str
    name: str
    files: tuple[Path, ...]
    fault: Callable[[], str]
    how: str

    def line(self) -> Line:
        """The outcome; whatever goes wrong inside is a difference, not a crash."""
        try:
            why = self.fault()
        except Exception as error:  # a check must report on the rest as well
            why = (str(error).splitlines() or [type(error).__name__])[0]
        return Line(self.kind, self.name, not why, why, self.how)


def check() -> list[Line]:
    """Check every ledger, notebook, table, figure and claim, the README, the lock and the manifest.

    Returns:
        One line each, in that order.
    """
    return [line for _, line in sorted(_numbered(), key=lambda pair: pair[0])]


def lines() -> Iterator[Line]:
    """The lines of ``check``, the quickest first: who only wants to know whether all is well can stop early."""
    for _, line in _numbered():
        yield line


def _numbered() -> Iterator[tuple[int, Line]]:
    registry.require_committed("check")
    recorded = build.committed().files
    if not recorded:
        yield 0, Line("manifest", paths.MANIFEST.name, False, "missing or not readable; run build")
        return
    todo = build.steps()
    unwanted = [Line("file", name, False, why) for name, why in strange(todo)]
    yield from ((-1, line) for line in unwanted or [Line("file", "all", True, how="none that should not be there")])
    checks = items(todo)
    slow = []
    for number, item in enumerate(checks):
        if changed := next((why for path in item.files if (why := _changed(path, recorded))), ""):
            yield number, Line(item.kind, item.name, False, changed, item.how)
        else:
            slow.append(number)
    # What all others need is worked out before the processes part.
    audit.committed()
    _SHARED[:] = checks
    proved: set[str] = set()
    with processes.pool(build.PROCESSES) as pool:
        try:
            for number, line in zip(slow, pool.map(_outcome, slow), strict=True):
                proved |= _drawings(line.name) if line.ok and line.kind == "figure" else set()
                yield number, line
        finally:  # who has seen enough does not wait for the rest
            pool.shutdown(cancel_futures=True)
    if _draws_alike():
        _remember([step for step in todo if step.name in proved])


def _remember(redrawn: Sequence[build.Step]) -> None:
    """Write down which drawings are what this code draws from these numbers, so that they need not be drawn again."""
    record = build.here()
    new = [step for step in redrawn if record.doubt(step)]
    for step in new:
        record.add(step, step.made_from())
    if new:
        paths.CACHE.mkdir(exist_ok=True)
        build.keep(record)


_SHARED: list[Item] = []


def _outcome(number: int) -> Line:
    return _SHARED[number].line()


def items(todo: Sequence[build.Step]) -> list[Item]:
    """Everything that is checked, in the order in which it is told."""
    typed = sorted(path for path in paths.DATA.iterdir() if path.is_file() and path != paths.DATAPACKAGE)
    typed += sorted(path for path in paths.DATA.glob("reports/*/*") if path.suffix in (".csv", ".yml"))
    reviewed = f"as in commit {commit.name}" if (commit := history.head()) else "hashed"
    drawn = "SVG redrawn" if _draws_alike() else f"titles and alt texts in the SVG compared, the rest {reviewed}"
    pictures = f"pictures {reviewed}" if _has("image/png") else "pictures as the figures'"
    run = f"run again; {pictures}"
    # What this machine has made of the very same inputs is known, and not made again.
    record = build.here()
    made = {step.name for step in todo if step.kept and not record.doubt(step)} if _draws_alike() else set()
    return [
        *(Item("ledger", path.name, (path,), partial(_ledger, path), f"read; {reviewed}") for path in typed),
        *(
            Item("notebook", path.stem, (path,), partial(_notebook, path, known), f"{known or run}; prose {reviewed}")
            for path in map(notebooks.path_of, notebooks.names())
            for known in ("as run here before" if f"notebook {path.stem}" in made else "",)
        ),
        *(
            Item("table", path.stem, (path,), partial(_table, path), f"form valid; numbers {reviewed}")
            for path in (paths.TIDY / f"{name}.csv" for name in tables.TABLES)
        ),
        Item("table", "datapackage", (paths.DATAPACKAGE,), _package, "recomputed from tables and registry"),
        *(
            Item("figure", name, _files_of(name), partial(_figure, name, known), f"recomputed; {known or drawn}")
            for name in charts.FIGURES
            for known in ("SVG as drawn here before" if made >= _drawings(name) else "",)
        ),
        *(Item("claim", name, (), partial(_claim, name), "recomputed") for name in _claims()),
        Item("readme", paths.README.name, (paths.README,), _readme, f"numbers recomputed; prose {reviewed}"),
        Item("lock", paths.LOCK.name, (paths.LOCK,), partial(_unseen, paths.LOCK), reviewed),
        Item("manifest", paths.MANIFEST.name, (), partial(_manifest, todo), "recomputed"),
    ]


def _files_of(figure: str) -> tuple[Path, ...]:
    drawings = (paths.FIGURES / language / f"{figure}.svg" for language in COMMITTED)
    return (paths.FIGURES / f"{figure}.json", *drawings)


def _changed(path: Path, recorded: dict[str, str]) -> str:
    name = build.relative(path)
    if not path.exists():
        return f"{name} is missing"
    if name not in recorded:
        return f"{name} is not in the manifest"
    return "" if build.digest(path) == recorded[name] else f"{name} is not what the manifest records"


def strange(todo: Sequence[build.Step]) -> Iterator[tuple[str, str]]:
    """Files that should not be there, and why: a link, or one that nothing here makes or reads."""
    known = {paths.MANIFEST, paths.DATAPACKAGE, paths.DATA / "README.md"}
    known |= {path for step in todo for path in step.targets}
    known |= {paths.TIDY / f"{name}.csv" for name in tables.TABLES}
    known |= {paths.DATA / f"{name}.csv" for name in datapackage.typed()}
    ignored = history.ignored() if history.head() else set()
    known |= set(paths.DATA.glob("reports/*/*.yml"))
    known |= {path for name in ignored if _on_demand(path := paths.ROOT / name)}
    for top in (paths.DATA, paths.FIGURES, paths.NOTEBOOKS, paths.README, paths.LOCK):
        if top.is_symlink():
            yield build.relative(top), "a link"
    for top in (paths.DATA, paths.FIGURES, paths.NOTEBOOKS):
        for folder, folders, files in os.walk(top):
            for path in (Path(folder, name) for name in (*folders, *files)):
                if path.is_symlink():
                    yield build.relative(path), "a link"
                elif path.is_file() and path not in known:
                    yield build.relative(path), "should not be there"


def _on_demand(path: Path) -> bool:
    """Whether a file that git ignores is one that a command draws when asked, or that JupyterLab keeps."""
    figure = any(path.stem == name or path.stem.startswith(f"{name}_") for name in charts.FIGURES)
    drawn = figure and path.suffix[1:] in render.FORMATS and path.parent.name in LANGUAGES
    return (drawn and path.parent.parent == paths.FIGURES) or path.parent == paths.NOTEBOOKS / ".ipynb_checkpoints"


def _left(path: Path) -> history.Commit | None:
    """The commit that is checked out, if a file is not as it is there."""
    commit = history.head()
    same = not commit or history.blobs((path,))[path] == commit.blobs.get(build.relative(path))
    return None if same else commit


def _unseen(path: Path, of: Callable[[str], object] = str) -> str:
    """Whether what a person wrote in a file (``of`` finds it in the text) is not what is committed."""
    commit, name = _left(path), build.relative(path)
    if not commit:
        return ""
    same = name in commit.blobs and of(commit.content(name).decode("utf-8")) == of(path.read_text(encoding="utf-8"))
    return "" if same else NOT_COMMITTED


LEDGERS: dict[str, Callable[[], object]] = {
    "actors": lambda: actors.by_name(""),
    "areas": areas.names,
    "fields": datapackage.typed,
    "places": places.load,
    "corrections": corrections.load,
    "headlines": load_headlines,
    "sources": registry.releases,
}
"""Typed files and what reads them."""

COUNTED: dict[str, Callable[[Path], object]] = {
    "comparatives": census.comparatives,
    "comparative_words": census.comparing_words,
    "numerals": census.numerals,
    "numeral_words": census.load_words,
}
"""What the census reads, of each report its own."""


def _ledger(path: Path) -> str:
    if path.suffix == ".yml":
        reports.load(path.parent)
    if path.stem in LEDGERS:
        LEDGERS[path.stem]()
    if path.stem in COUNTED:
        COUNTED[path.stem](path)
    return _unseen(path)


def _table(path: Path) -> str:
    if build.digest(path) != build.tidy_hashes().get(path.name):
        return "not what `tables` wrote"
    frame = tables.load_one(path)
    corrected, told = (frozenset(entry.id for entry in some) for some in (corrections.load(), places.load()))
    tables.validate(frame, path, corrected, told)
    if tables.to_csv(frame) != path.read_text(encoding="utf-8"):
        return "not in the order and format that `tables` writes"
    return _unseen(path)


def _package() -> str:
    return "" if paths.DATAPACKAGE.read_text(encoding="utf-8") == datapackage.text() else "not what `tables` writes"


@cache
def _claims() -> dict[str, object]:
    """Claim -> what the manifest says of it, and of a claim that it does not know nothing."""
    known = dict(build.manifest().get("claims") or {})
    return {**{claim.id: None for report in reports.known() for claim in reports.committed(report).claims}, **known}


@cache
def _found() -> dict[str, dict[str, object]]:
    return build.claim_hashes()


def _claim(name: str) -> str:
    recorded, found = _claims()[name], _found().get(name)
    if not isinstance(recorded, dict):
        return "not in the manifest"
    if found is None:
        return "no longer in the ledger"
    if found["verdict"] != recorded["verdict"]:
        return f"the data gives {found['verdict']!r}, the manifest {recorded['verdict']!r}"
    return "" if found == recorded else "the findings differ from the manifest"


@cache
def _draws_alike() -> bool:
    """Whether equal bytes are promised: the versions that drew what is committed, where they were locked."""
    promised = sys.version_info[:2] == (3, 11) and (platform.system(), platform.machine()) == ("Linux", "x86_64")
    return promised and build.manifest().get("versions") == dict(sidecars.versions())


def _drawings(name: str) -> set[str]:
    return {f"figure {name} ({language})" for language in COMMITTED}


def _figure(name: str, known: str) -> str:
    sidecar, *drawings = _files_of(name)
    if sidecar.read_text(encoding="utf-8") != sidecars.sidecar(name):
        return f"{sidecar.name} does not say what the data gives"
    for path, language in [] if known else zip(drawings, COMMITTED, strict=True):
        drawn = path.read_bytes()
        if _draws_alike():
            if drawn != render.rendered(name, language, ("svg",))["svg"]:
                return f"{language}/{path.name} is not what the data and the code draw"
        elif render.named(charts.content(name, language)).encode("utf-8") not in drawn:
            return f"{language}/{path.name} has another title or alt text"
        elif fault := _repainted(path, f"figure {name} ({language})"):
            return f"{language}/{path.name}: {fault}"
    return ""


def _notebook(path: Path, known: str) -> str:
    again = "" if known else notebooks.differs(path) or _repainted(path, f"notebook {path.stem}")
    return notebooks.fault(path) or again or _unseen(path, notebooks.cells_of)


@cache
def _has(kind: str) -> bool:
    """Whether a notebook has pictures of a kind."""
    return any(f'"{kind}"' in notebooks.path_of(name).read_text(encoding="utf-8") for name in notebooks.names())


def _repainted(path: Path, name: str) -> str:
    """Whether what a step (``name``) makes is made from the same as what is committed, and yet is another."""
    commit = _left(path)
    if not commit:
        return ""
    then = build.read(commit.content(build.relative(paths.MANIFEST))).get("steps", {}).get(name)
    same = then is not None and then == build.committed().steps.get(name)
    return "made from the same as the one committed, yet it is another" if same else ""


def _readme() -> str:
    text = paths.README.read_text(encoding="utf-8")
    if readme.text(text) != text:
        return "the verdicts in it are not those that the data gives"
    return _unseen(paths.README, readme.text)


def _manifest(todo: Sequence[build.Step]) -> str:
    recorded, now = build.committed(), build.recorded_now(todo)
    if extra := sorted(set(recorded.files) ^ set(now.files)):
        return f"{extra[0]} is {'recorded, and not there' if extra[0] in recorded.files else 'not recorded'}"
    if stale := [name for name, made_from in now.steps.items() if recorded.steps.get(name) != made_from]:
        return f"{stale[0]} is stale: what it is made from has changed since"
    if moved := [name for name, file in now.files.items() if recorded.files[name] != file]:
        return f"{moved[0]} is not what is recorded"
    if _draws_alike() and build.manifest_text(todo) != paths.MANIFEST.read_text(encoding="utf-8"):
        return "not what build writes"
    return ""
