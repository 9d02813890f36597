"""What is stale, and how it is made anew: tables -> sidecars -> figures, notebooks, README -> manifest.

An output is fresh if what it is made from has the hash that was written down when it was made, and
it is itself what was made then. One kind of record says so: the manifest for what is committed, so
that a fresh checkout has nothing to make anew, and the same in ``.cache`` for what was made here
since, or what git ignores. Nothing heavy is imported to find out what is stale.
"""

import fcntl
import hashlib
import importlib
import json
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.charts import FIGURES
from analysis.data import registry
from analysis.data.files import sha256, write
from analysis.errors import InputError
from analysis.publish import inputs, notebooks, processes
from analysis.tell import COMMITTED

HERE = paths.CACHE / "made.json"
"""What was made in this checkout, whether git keeps it or not."""

PROCESSES = 2
SHOWN = 3
"""Files that are named where many changed."""

SIDECARS, OUTPUTS = range(2)
"""Stages: what stands in one may be made from what was made in those before."""


@dataclass(frozen=True)
class Step:
    """Something to make: from which files (and what else, ``source``), into which, at which stage.

    ``kept`` says whether git keeps what is made.
    """

    name: str
    make: Callable[[], None]
    reads: tuple[Path, ...]
    targets: tuple[Path, ...]
    stage: int = OUTPUTS
    source: Callable[[], str] = str
    kept: bool = True

    def made_from(self) -> str:
        """A hash of what it is made from, as that is now."""
        together = hashlib.sha256(f"{self.source()};{inputs.versions()};".encode())
        for path in self.reads:
            together.update(f"{relative(path)}:{digest(path)};".encode())
        return together.hexdigest()


@dataclass
class Record:
    """What steps were carried out with: step -> the hash of what it was made from, path -> the hash of a file then."""

    steps: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def add(self, step: Step, made_from: str) -> None:
        """Write a step down that has just been carried out."""
        self.steps[step.name] = made_from
        self.files.update({relative(path): digest(path) for path in (*step.reads, *step.targets)})

    def doubt(self, step: Step) -> str:
        """Why a step is stale as far as this record knows; "" if it is fresh."""
        if step.name not in self.steps:
            return "not made yet"
        for path in step.targets:
            if digest(path) != self.files.get(relative(path)):
                return f"{relative(path)} is {'not what was made' if path.exists() else 'missing'}"
        if self.steps[step.name] == step.made_from():
            return ""
        moved = [name for path in step.reads if self.files.get(name := relative(path)) != digest(path)]
        more = f" and {len(moved) - SHOWN} more" if len(moved) > SHOWN else ""
        named = f"{', '.join(moved[:SHOWN])}{more}" if moved else "its texts, numbers or cells, or a locked version"
        return f"{named} changed"


def manifest() -> dict[str, Any]:
    """The manifest; nothing if there is none that can be read."""
    return _json(paths.MANIFEST)


def committed() -> Record:
    """What the manifest says of steps and files."""
    known = manifest()
    return Record(dict(known.get("steps") or {}), dict(known.get("files") or {}))


def here() -> Record:
    """What was made here, with the versions that are installed now."""
    known = _json(HERE)
    return Record(known["steps"], known["files"]) if known.get("versions") == installed() else Record()


def keep(record: Record) -> None:
    """Write down what was made here."""
    write(HERE, json.dumps({"versions": installed(), **record.__dict__}))


def doubt(step: Step, made: Record, given: Record) -> str:
    """Why a step is stale; "" if it is fresh by what was ``made`` here or, where git keeps it, by what is ``given``."""
    doubts = [record.doubt(step) for record in ([made, given] if step.kept else [made])]
    return "" if "" in doubts else doubts[-1]


def run(languages: Sequence[str] = (), force: bool = False, why: str = "") -> int:
    """Bring every committed output up to date, and the English figures as PNG beside them.

    Args:
        languages: languages to draw figures in besides those committed; ``all`` is all six.
        force: make everything anew.
        why: a figure, a notebook or another output; says why it is stale, and makes nothing.

    Returns:
        0 if all went well, 1 if a step failed.

    Raises:
        InputError: an unknown language or name.
    """
    registry.require_committed("build")
    todo = steps(_languages(languages))
    if why:
        print("\n".join(_reasons(todo, why)))
        return 0
    with _alone():
        sweep(todo)
        parts: list[Callable[[], list[str]]] = [_altered_tables]
        parts += [partial(_carry_out, todo, stage, force) for stage in (SIDECARS, OUTPUTS)]
        for part in parts:
            if failed := part():
                sys.stderr.write("".join(f"error: {line}\n" for line in failed))
                return 1
        if force or not _manifest_is_fresh(todo):
            print("manifest", flush=True)
            write(paths.MANIFEST, manifest_text(todo))
    print(f"up to date: {len(FIGURES)} figures, {len(notebooks.names())} notebooks")
    return 0


def steps(languages: Sequence[str] = COMMITTED) -> list[Step]:
    """All steps, in an order in which they can be carried out."""
    result = []
    for name in FIGURES:
        sidecar = paths.FIGURES / f"{name}.json"
        result.append(
            Step(f"sidecar {name}", partial(_write_sidecar, name), inputs.what_says(name), (sidecar,), SIDECARS)
        )
        for language in languages:
            for kind in ("svg", "png"):
                if kind == "png" and language in COMMITTED and language != "en":
                    continue
                result.append(
                    Step(
                        f"figure {name} ({language}{', png' if kind == 'png' else ''})",
                        partial(_draw, name, language, kind),
                        inputs.what_draws(name),
                        (paths.FIGURES / language / f"{name}.{kind}",),
                        source=partial(_drawn_from, sidecar, language),
                        kept=kind == "svg" and language in COMMITTED,
                    )
                )
    for name in notebooks.names():
        path = notebooks.path_of(name)
        code = [source for kind, source in notebooks.cells(path) if kind == "code"]
        source = partial(notebooks.source_hash, path)
        result.append(
            Step(f"notebook {name}", partial(_execute, path), inputs.what_executes(code), (path,), source=source)
        )
    reads = inputs.what_computes("analysis.publish.readme")
    result.append(Step("README", _write_readme, reads, (paths.README,)))
    return result


def outputs(todo: Sequence[Step]) -> list[Path]:
    """Every committed file that this project answers for, but the manifest: what people typed, and what was made."""
    made = [path for step in todo if step.kept for path in step.targets]
    typed = [path for path in paths.DATA.rglob("*") if path.is_file()]
    return sorted({*made, *typed, paths.LOCK})


def claim_hashes() -> dict[str, dict[str, Any]]:
    """Claim -> its verdict and a hash over all of its findings."""
    from analysis import audit
    from analysis.audit import reports
    from analysis.tell import report

    return {
        entry["claim"]: {
            "verdict": entry["verdict"],
            "findings": len(entry["findings"]),
            "sha256": hashlib.sha256(json.dumps(entry, ensure_ascii=False).encode("utf-8")).hexdigest(),
        }
        for name in reports.known()
        for entry in report.as_json(audit.committed(name))
    }


def manifest_text(todo: Sequence[Step]) -> str:
    """The manifest as JSON, for what is there now.

    Args:
        todo: the steps; only those whose outputs are committed go in.
    """
    from analysis.publish import sidecars

    record = recorded_now(todo)
    content = {"versions": dict(sidecars.versions()), "claims": claim_hashes(), **record.__dict__}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def recorded_now(todo: Sequence[Step]) -> Record:
    """What the manifest must say of the steps and of every committed file."""
    record = Record({CLAIMS: _claims_made_from()})
    for step in todo:
        if step.kept:
            record.add(step, step.made_from())
    record.files.update({relative(path): digest(path) for path in outputs(todo)})
    record.files = dict(sorted(record.files.items()))
    return record


CLAIMS = "claims"


def _claims_made_from() -> str:
    return Step(CLAIMS, lambda: None, inputs.what_computes("analysis.tell.report"), ()).made_from()


def _manifest_is_fresh(todo: Sequence[Step]) -> bool:
    return committed() == recorded_now(todo)


def _carry_out(todo: Sequence[Step], stage: int, force: bool) -> list[str]:
    """Carry out what is stale of a stage, two steps at a time; what failed, one line each."""
    record, given = here(), committed()
    stale = [step for step in todo if step.stage == stage and (force or doubt(step, record, given))]
    if not stale:
        return []
    # What most steps need is worked out before the processes part.
    if not all(step.name.startswith("notebook") for step in stale):
        from analysis import audit

        importlib.import_module("analysis.charts.gallery")
        audit.committed()
    failed = []
    with processes.pool(PROCESSES) as pool:
        running: dict[Future[None], tuple[Step, str]] = {}
        for step in sorted(stale, key=lambda step: not step.name.startswith("notebook")):  # the longest first
            running[pool.submit(step.make)] = step, step.made_from()
        for done in as_completed(running):
            step, made_from = running[done]
            if error := done.exception():
                failed.append(f"{step.name}: {(str(error).splitlines() or [type(error).__name__])[0]}")
                continue
            print(step.name, flush=True)
            record.add(step, made_from)
            keep(record)
    return failed


@contextmanager
def _alone() -> Iterator[None]:
    """One build at a time; the lock goes with the process that holds it, however that ends."""
    paths.CACHE.mkdir(exist_ok=True)
    with (paths.CACHE / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sweep(todo: Sequence[Step]) -> None:
    """Remove what a killed build had written but not yet moved into place (``files.write`` names it so)."""
    targets = {HERE, paths.MANIFEST, *(path for step in todo for path in step.targets)}
    for folder in {path.parent for path in targets}:
        for left in folder.glob(".*.????????"):
            if folder / left.name[1:].rpartition(".")[0] in targets:
                left.unlink()


def _reasons(todo: Sequence[Step], name: str) -> list[str]:
    """Why each step of something is stale, or that it is not: a line each."""
    asked = [step for step in todo if name in (step.name, *step.name.split())]
    if name == "manifest":
        return [f"manifest: {'up to date' if _manifest_is_fresh(todo) else 'it does not say what is there now'}"]
    if not asked:
        names = ", ".join([*FIGURES, *notebooks.names(), "README", "manifest"])
        raise InputError(f"nothing is made that is called {name!r}", expected=f"one of {names}")
    made, given = here(), committed()
    return [f"{step.name}: {doubt(step, made, given) or 'up to date'}" for step in asked]


def tidy_hashes() -> dict[str, str]:
    """Tidy file name -> the SHA-256 that ``tables`` wrote down for it."""
    package = _json(paths.DATAPACKAGE)
    return {
        r["path"].removeprefix("tidy/"): r["hash"].removeprefix("sha256:") for r in package["resources"] if "hash" in r
    }


@cache
def installed() -> dict[str, str]:
    """What draws here: an output made with other versions is not known to be what these would make."""
    names = ("babel", "matplotlib", "numpy", "pandas")
    return {"python": platform.python_version(), **{name: version(name) for name in names}}


def relative(path: Path) -> str:
    """A path as it stands in the records."""
    return path.relative_to(paths.ROOT).as_posix()


def digest(path: Path) -> str:
    """The SHA-256 of a file, "" if there is none."""
    try:
        state = path.stat()
    except OSError:
        return ""
    return _digest_of(path, state.st_mtime_ns, state.st_size)


@cache
def _digest_of(path: Path, changed: int, size: int) -> str:
    return sha256(path)


def read(content: bytes | str) -> dict[str, Any]:
    """A record in JSON; nothing if it is none."""
    try:
        return dict(json.loads(content))
    except (ValueError, TypeError):
        return {}


def _json(path: Path) -> dict[str, Any]:
    try:
        return read(path.read_bytes())
    except OSError:
        return {}


def _languages(asked: Sequence[str]) -> list[str]:
    if not asked:
        return list(COMMITTED)
    from analysis.tell import LANGUAGES
    from analysis.tell.languages import words

    wanted = LANGUAGES if "all" in asked else asked
    return list(dict.fromkeys([*COMMITTED, *(words(language).language for language in wanted)]))


def _altered_tables() -> list[str]:
    """The tables that are not what ``tables`` wrote, one line each: nothing is made from such a one."""
    do = "restore it with git, or recompute it: python -m analysis tables --mirror DIR"
    wrong = [paths.TIDY / name for name, expected in tidy_hashes().items() if digest(paths.TIDY / name) != expected]
    return [f"{path.name}: {'not what `tables` wrote' if path.exists() else 'missing'}; {do}" for path in wrong]


def _write_sidecar(name: str) -> None:
    from analysis.publish import sidecars

    write(paths.FIGURES / f"{name}.json", sidecars.sidecar(name))


def _drawn_from(sidecar: Path, language: str) -> str:
    """The hash of all texts and numbers that a figure is drawn from in a language."""
    return _drawn(sidecar, digest(sidecar)).get(language, "")


@cache
def _drawn(sidecar: Path, at: str) -> dict[str, str]:
    return dict(_json(sidecar).get("drawn", {}))


def _draw(name: str, language: str, kind: str) -> None:
    from analysis.charts import render

    write(paths.FIGURES / language / f"{name}.{kind}", render.rendered(name, language, (kind,))[kind])


def _execute(path: Path) -> None:
    write(path, notebooks.execute(path))


def _write_readme() -> None:
    from analysis.publish import readme

    write(paths.README, readme.text(paths.README.read_text(encoding="utf-8")))
