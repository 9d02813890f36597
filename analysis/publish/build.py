"""What is stale, and how it is made anew: tables -> audit -> figures -> notebooks -> manifest.

A step is fresh if what it is made from and what it made have the hashes that were written down
when it was last carried out: here (doit's record in ``.cache``) or by whoever committed the
outputs (the manifest). So a fresh checkout has nothing to make anew. Nothing heavy is imported to
find that out; pandas and matplotlib are loaded only by the steps that need them.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from doit.cmd_base import ModuleTaskLoader
from doit.doit_cmd import DoitMain
from doit.reporter import ConsoleReporter

from analysis import paths
from analysis.charts import FIGURES
from analysis.data.files import sha256, write
from analysis.tell import COMMITTED


class Reporter(ConsoleReporter):
    """One line for each step that was carried out; errors in our own words."""

    desc = "one line a step"

    def execute_task(self, task: Any) -> None:
        """Name the step that begins."""
        if task.actions and not (task.meta or {}).get("quiet"):
            self.write(f"{task.doc or task.name}\n")

    def skip_uptodate(self, task: Any) -> None:
        """Say nothing of what is up to date."""

    def skip_ignore(self, task: Any) -> None:
        """Say nothing of what is left out."""

    def add_failure(self, task: Any, fail: Any) -> None:
        """Keep the failure for the end."""
        self.failures.append({"task": task, "exception": fail})

    def complete_run(self) -> None:
        """Say what failed, one line each."""
        for failure in self.failures:
            lines = (failure["exception"].get_msg() or "").strip().splitlines()
            why = lines[-1].removeprefix("analysis.errors.InputError: ") if lines else "failed"
            sys.stderr.write(f"error: {failure['task'].name}: {why}\n")


def data_files() -> list[Path]:
    """Everything under ``data/`` that outputs are made from."""
    return sorted(path for path in paths.DATA.rglob("*") if path.is_file() and path.suffix in (".csv", ".json"))


def tidy_hashes() -> dict[str, str]:
    """Tidy file name -> the SHA-256 that ``tables`` wrote down for it."""
    package = json.loads(paths.DATAPACKAGE.read_text(encoding="utf-8"))
    return {
        r["path"].removeprefix("tidy/"): r["hash"].removeprefix("sha256:") for r in package["resources"] if "hash" in r
    }


def code_files() -> list[Path]:
    """The project's own code, catalogues of words included."""
    return sorted(path for path in (paths.ROOT / "analysis").rglob("*") if path.suffix in (".py", ".po"))


def outputs() -> list[Path]:
    """Every committed output but the manifest, and the data they come from."""
    figures = [
        path
        for path in paths.FIGURES.rglob("*")
        if path.is_file() and path != paths.MANIFEST and (path.parent == paths.FIGURES or path.parent.name in COMMITTED)
        if path.suffix in (".svg", ".png", ".json") and not path.stem.endswith(("_page", "_square"))
    ]
    others = [path for path in paths.DATA.rglob("*") if path.is_file()]
    return sorted([*others, *figures, *paths.NOTEBOOKS.glob("*.ipynb")])


@dataclass(frozen=True)
class Step:
    """Something to make: from which files (and what else, ``source``), into which files, after which steps."""

    name: str
    make: Callable[[], None]
    inputs: tuple[Path, ...] = ()
    targets: tuple[Path, ...] = ()
    after: tuple[str, ...] = ()
    source: Callable[[], str] = str

    def record(self) -> dict[str, str]:
        """The hashes of what it is made from and of what it made, as they are now."""
        return {"inputs": _hash(self.inputs, self.source()), "targets": _hash(self.targets)}


def run(languages: Sequence[str] = (), force: bool = False) -> int:
    """Bring every committed output up to date.

    Args:
        languages: languages to draw figures in besides those committed; ``all`` is all six.
        force: make everything anew.

    Returns:
        0 if all went well, 1 if a step failed.

    Raises:
        InputError: an unknown language.
    """
    todo = steps(_languages(languages))
    paths.CACHE.mkdir(exist_ok=True)
    options: dict[str, Any] = {
        "dep_file": str(paths.CACHE / "doit.json"),
        "backend": "json",
        "reporter": Reporter,
        "verbosity": 2,
        "num_process": 2,
        "par_type": "process",
    }

    def task_build() -> Iterator[dict[str, Any]]:
        for step in todo:
            yield {
                "basename": step.name,
                "actions": [partial(_carry_out, step)],
                "uptodate": [partial(_is_fresh, step)],
                "task_dep": list(step.after),
                "meta": {"quiet": step.name == TABLES},
            }

    tasks = {"task_build": task_build, "DOIT_CONFIG": options}
    status = DoitMain(ModuleTaskLoader(tasks)).run(["run", *(["--always-execute"] if force else [])])
    if not status:
        print(f"up to date: {len(FIGURES)} figures, {len(list(paths.NOTEBOOKS.glob('*.ipynb')))} notebooks")
    return 1 if status else 0


TABLES, SIDECARS, MANIFEST_STEP = "tables", "audit: what the figures show", "manifest"


def steps(languages: Sequence[str] = COMMITTED) -> list[Step]:
    """All steps, in an order in which they can be carried out."""
    from analysis.publish import notebooks

    everything = (*data_files(), *code_files())
    drawing = tuple(path for path in code_files() if path.parent.name == "charts" or path.name == "languages.py")
    sidecars = {name: paths.FIGURES / f"{name}.json" for name in FIGURES}
    result = [Step(TABLES, _check_tables)]
    result.append(Step(SIDECARS, _write_sidecars, everything, tuple(sidecars.values()), (TABLES,)))
    for name in FIGURES:
        for language in languages:
            targets = tuple(paths.FIGURES / language / f"{name}.{kind}" for kind in ("svg", "png"))
            source = partial(_drawn_from, sidecars[name], language)
            make = partial(_draw, name, language)
            result.append(
                Step(f"figure {name} ({language})", make, (*drawing, paths.LOCK), targets, (SIDECARS,), source)
            )
    for name in notebooks.names():
        path = notebooks.path_of(name)
        inputs = (*everything, paths.LOCK)
        source = partial(notebooks.source_hash, path)
        result.append(Step(f"notebook {name}", partial(_execute, path), inputs, (path,), (TABLES,), source))
    result.append(Step("README", _write_readme, everything, (paths.README,), (TABLES,)))
    result.append(Step(MANIFEST_STEP, _write_manifest, after=tuple(step.name for step in result)))
    return result


def records() -> dict[str, dict[str, str]]:
    """Step -> its record, for everything committed but the manifest itself."""
    return {step.name: step.record() for step in steps() if step.targets}


def output_hashes() -> dict[str, str]:
    """Path from the checkout -> SHA-256, for all that this module answers for."""
    return {path.relative_to(paths.ROOT).as_posix(): sha256(path) for path in outputs()}


def claim_hashes() -> dict[str, dict[str, Any]]:
    """Claim -> its verdict and a hash over all of its findings."""
    from analysis import audit
    from analysis.tell import report

    return {
        entry["claim"]: {
            "verdict": entry["verdict"],
            "findings": len(entry["findings"]),
            "sha256": hashlib.sha256(json.dumps(entry, ensure_ascii=False).encode("utf-8")).hexdigest(),
        }
        for entry in report.as_json(audit.committed())
    }


def manifest_text(steps: dict[str, dict[str, str]]) -> str:
    """The manifest as JSON.

    Args:
        steps: what each output was made from (``build.records``); an output whose inputs have
            changed since is stale.
    """
    from analysis.publish import sidecars

    content = {
        "versions": dict(sidecars.versions()),
        "claims": claim_hashes(),
        "files": output_hashes(),
        "steps": steps,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _hash(files: Iterable[Path], source: str = "") -> str:
    together = hashlib.sha256(source.encode())
    for path in files:
        together.update(f"{path.relative_to(paths.ROOT).as_posix()}:{_digest(path)};".encode())
    return together.hexdigest()


def _digest(path: Path) -> str:
    if not path.exists():
        return ""
    state = path.stat()
    return _digest_of(path, state.st_mtime_ns, state.st_size)


@cache
def _digest_of(path: Path, changed: int, size: int) -> str:
    return sha256(path)


def _carry_out(step: Step) -> dict[str, str]:
    step.make()
    return step.record()


def _is_fresh(step: Step, task: Any, values: dict[str, str]) -> bool:
    """Whether a step's inputs and outputs are those that it was last carried out with, here or by the committer."""
    if step.name == MANIFEST_STEP:
        known = _known()
        files = {path.relative_to(paths.ROOT).as_posix(): _digest(path) for path in outputs()}
        return known.get("files") == files and known.get("steps") == records()
    if not step.targets:
        return False
    now = step.record()
    here = {key: values[key] for key in now if key in values}
    return now in (here, _known().get("steps", {}).get(step.name))


def _known() -> dict[str, Any]:
    try:
        known: dict[str, Any] = json.loads(paths.MANIFEST.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known


def _languages(asked: Sequence[str]) -> list[str]:
    if not asked:
        return list(COMMITTED)
    from analysis.tell import LANGUAGES
    from analysis.tell.languages import words

    wanted = LANGUAGES if "all" in asked else asked
    return list(dict.fromkeys([*COMMITTED, *(words(language).language for language in wanted)]))


def _check_tables() -> None:
    from analysis.errors import InputError

    for name, expected in tidy_hashes().items():
        path = paths.TIDY / name
        if not path.exists() or sha256(path) != expected:
            raise InputError(
                "not what `tables` wrote" if path.exists() else "the table is missing",
                where=path,
                do="restore it with git, or recompute it: python -m analysis tables --mirror DIR",
            )


def _write_sidecars() -> None:
    from analysis import charts
    from analysis.publish import sidecars

    for name in charts.names():
        write(paths.FIGURES / f"{name}.json", sidecars.sidecar(name))


def _drawn_from(sidecar: Path, language: str) -> str:
    """The hash of all texts and numbers that a figure is drawn from in a language."""
    return _drawn(sidecar, _digest(sidecar)).get(language, "")


@cache
def _drawn(sidecar: Path, digest: str) -> dict[str, str]:
    try:
        return dict(json.loads(sidecar.read_text(encoding="utf-8"))["drawn"])
    except (OSError, ValueError, KeyError):
        return {}


def _draw(name: str, language: str) -> None:
    from analysis.charts.render import rendered

    for kind, content in rendered(name, language, ("svg", "png")).items():
        write(paths.FIGURES / language / f"{name}.{kind}", content)


def _execute(path: Path) -> None:
    from analysis.publish import notebooks

    write(path, notebooks.execute(path))


def _write_readme() -> None:
    from analysis.publish import readme

    write(paths.README, readme.text(paths.README.read_text(encoding="utf-8")))


def _write_manifest() -> None:
    write(paths.MANIFEST, manifest_text(records()))
