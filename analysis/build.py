"""What is stale, and how it is made anew: tables -> audit -> figures -> notebooks -> manifest.

doit decides by content hash. It is imported with nothing else, so that a build with nothing to do
is over at once; pandas and matplotlib are loaded only by the steps that need them.
"""

import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from doit.cmd_base import ModuleTaskLoader
from doit.doit_cmd import DoitMain
from doit.reporter import ConsoleReporter

from analysis import paths
from analysis.committed import COMMITTED, LOCK, MANIFEST, README, code_files, data_files, outputs
from analysis.figure_names import FIGURES
from analysis.files import sha256, write

CONTENT = paths.CACHE / "content"
"""What each figure shows, as its sidecar says it; a figure is drawn again when this changes."""


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


def run(languages: Sequence[str] = (), force: bool = False) -> int:
    """Bring every committed output up to date.

    Args:
        languages: languages to draw figures in besides those committed; ``all`` is all six.
        force: make everything anew.

    Returns:
        0 if all went well, 1 if a step failed.
    """
    wanted = _languages(languages)
    paths.CACHE.mkdir(exist_ok=True)
    options: dict[str, Any] = {
        "dep_file": str(paths.CACHE / "doit.json"),
        "backend": "json",
        "check_file_uptodate": "md5",
        "reporter": Reporter,
        "verbosity": 2,
        "num_process": 2,
        "par_type": "process",
    }
    tasks = {**_tasks(wanted), "DOIT_CONFIG": options}
    status = DoitMain(ModuleTaskLoader(tasks)).run(["run", *(["--always-execute"] if force else [])])
    return 1 if status else 0


def _hash_all(files: Sequence[Path]) -> str:
    together = hashlib.sha256()
    for path in files:
        together.update(f"{path.name}:{sha256(path) if path.exists() else ''};".encode())
    return together.hexdigest()


def _as_left(task: Any, values: dict[str, str]) -> bool:
    """Whether a step's outputs are still what it wrote: someone may have changed them since."""
    return values.get("targets") == _hash_all([Path(target) for target in task.targets])


def _step(
    doc: str, make: Callable[[], None], inputs: Sequence[Path], targets: Sequence[Path], **more: Any
) -> dict[str, Any]:
    def action() -> dict[str, str]:
        make()
        return {"targets": _hash_all(targets)}

    return {
        "actions": [action],
        "doc": doc,
        "file_dep": [str(path) for path in inputs],
        "targets": [str(path) for path in targets],
        "uptodate": [_as_left],
        **more,
    }


def _tasks(languages: Sequence[str]) -> dict[str, Callable[[], Any]]:
    def task_tables() -> dict[str, Any]:
        """Refuse tables that ``tables`` did not write."""
        return {"actions": [_check_tables], "doc": "tables", "uptodate": [False], "meta": {"quiet": True}}

    def task_content() -> dict[str, Any]:
        targets = [CONTENT / f"{name}.json" for name in FIGURES]
        return _step(
            "audit: what the figures show", _write_content, [*data_files(), *code_files()], targets, task_dep=["tables"]
        )

    def task_figure() -> Iterator[dict[str, Any]]:
        code = [
            path
            for path in code_files()
            if path.parent.name in ("charts", "locales") or path.name in ("figures.py", "languages.py")
        ]
        for name in FIGURES:
            for language in languages:
                targets = [paths.FIGURES / language / f"{name}.{kind}" for kind in ("svg", "png")]
                inputs = [CONTENT / f"{name}.json", *code, LOCK]
                yield {
                    "name": f"{name}:{language}",
                    **_step(f"figure {name} ({language})", partial(_draw, name, language), inputs, targets),
                }
            yield {
                "name": f"{name}:sidecar",
                **_step(
                    f"sidecar {name}",
                    partial(_copy_sidecar, name),
                    [CONTENT / f"{name}.json"],
                    [paths.FIGURES / f"{name}.json"],
                    meta={"quiet": True},
                ),
            }

    def task_notebook() -> Iterator[dict[str, Any]]:
        for path in sorted(paths.NOTEBOOKS.glob("*.ipynb")):
            yield {
                "name": path.stem,
                **_step(
                    f"notebook {path.stem}",
                    partial(_execute, path),
                    [*data_files(), *code_files(), LOCK],
                    [path],
                    task_dep=["tables"],
                ),
            }

    def task_readme() -> dict[str, Any]:
        return _step("README", _write_readme, [*data_files(), *code_files()], [README], task_dep=["tables"])

    def task_manifest() -> dict[str, Any]:
        return _step(
            "manifest",
            _write_manifest,
            [*data_files(), *code_files(), LOCK],
            [MANIFEST],
            task_dep=["figure", "notebook", "readme"],
            uptodate=[_as_left, _same_outputs],
        )

    return {name: task for name, task in locals().items() if name.startswith("task_")}


def _languages(asked: Sequence[str]) -> list[str]:
    if not asked:
        return list(COMMITTED)
    from analysis.languages import LANGUAGES, words

    wanted = LANGUAGES if "all" in asked else asked
    return list(dict.fromkeys([*COMMITTED, *(words(language).language for language in wanted)]))


def _check_tables() -> None:
    from analysis import datapackage
    from analysis.errors import InputError

    for name, expected in datapackage.hashes().items():
        path = paths.TIDY / name
        if not path.exists() or sha256(path) != expected:
            raise InputError(
                "not what `tables` wrote" if path.exists() else "the table is missing",
                where=path,
                do="restore it with git, or recompute it: python -m analysis tables --mirror DIR",
            )


def _write_content() -> None:
    from analysis import charts, figures

    for name in charts.names():
        write(CONTENT / f"{name}.json", figures.sidecar(name, COMMITTED))


def _draw(name: str, language: str) -> None:
    from analysis import figures

    for kind, content in figures.rendered(name, language, ("svg", "png")).items():
        write(paths.FIGURES / language / f"{name}.{kind}", content)


def _copy_sidecar(name: str) -> None:
    write(paths.FIGURES / f"{name}.json", (CONTENT / f"{name}.json").read_bytes())


def _execute(path: Path) -> None:
    from analysis import notebooks

    write(path, notebooks.execute(path))


def _write_readme() -> None:
    from analysis import readme

    write(README, readme.text(README.read_text(encoding="utf-8")))


def _write_manifest() -> None:
    from analysis import manifest

    write(MANIFEST, manifest.text())


def _same_outputs(task: Any, values: dict[str, str]) -> bool:
    """Whether the manifest names every output with its present hash."""
    import json

    if not MANIFEST.exists():
        return False
    known = json.loads(MANIFEST.read_text(encoding="utf-8"))["files"]
    return known == {path.relative_to(paths.ROOT).as_posix(): sha256(path) for path in outputs()}
