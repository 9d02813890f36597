"""What is stale after which edit, and why; what a killed build leaves."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import checkout
import pytest

from analysis import charts, paths
from analysis.charts import FIGURES, render
from analysis.publish import build, inputs

STALE = """
from analysis.publish import build
records = build.here(), build.committed()
print(*(step.name for step in build.steps() if step.kept and build.doubt(step, *records)), sep=chr(10))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkout.copy(tmp_path_factory.mktemp("checkout"))


@pytest.fixture
def edited(copy: Path) -> Iterator:
    """A way to edit a file of the copy; afterwards it is as it was."""
    before: dict[Path, bytes] = {}

    def edit(name: str, old: str = "", new: str = "") -> None:
        path = copy / name
        before[path] = path.read_bytes()
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else f"{text}# a remark\n", encoding="utf-8")

    yield edit
    for path, content in before.items():
        path.write_bytes(content)


def stale(folder: Path) -> set[str]:
    environment = {"PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", STALE]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return set(done.stdout.split("\n")) - {""}


def of(figures: tuple[str, ...]) -> set[str]:
    sidecars = {f"sidecar {figure}" for figure in figures}
    return sidecars | {f"figure {figure} ({language})" for figure in figures for language in ("en", "zh")}


def test_a_fresh_checkout_has_nothing_to_make(copy):
    assert stale(copy) == set()


@pytest.mark.parametrize("name", ["analysis/audit/census.py", "analysis/data/download.py", "analysis/__main__.py"])
def test_an_edit_of_what_no_output_runs_touches_none(copy, edited, name):
    edited(name)
    assert stale(copy) == set()


@pytest.mark.parametrize("name", ["reports/a-70-999/numerals", "reports/a-70-999/comparatives", "comparative_words"])
def test_an_edit_of_the_ledgers_of_the_census_touches_no_output(copy, edited, name):
    edited(f"data/{name}.csv")
    assert stale(copy) == set()


def test_an_edit_of_a_module_of_figures_touches_these_and_the_notebooks_that_show_them(copy, edited):
    edited("analysis/charts/figures/vetoes_by_year.py")
    assert stale(copy) == of(("vetoes_by_year",)) | {"notebook 06_council_and_third_parties"}


def test_an_edit_of_what_all_figures_look_like_touches_every_drawing(copy, edited):
    edited("analysis/charts/style.py")
    assert {f"figure {name} ({language})" for name in FIGURES for language in ("en", "zh")} <= stale(copy)


def test_an_edit_of_the_audit_redraws_nothing_as_long_as_no_text_or_number_changes(copy, edited):
    edited("analysis/audit/verdicts.py")
    touched = stale(copy)
    assert {f"sidecar {name}" for name in FIGURES} <= touched
    assert not any(name.startswith("figure") for name in touched)


def test_a_number_that_changed_redraws_its_figure(copy, edited):
    edited("figures/idps_by_release.json", '"en": "', '"en": "0')  # the first is the title's: nothing is drawn from it
    assert stale(copy) == {"sidecar idps_by_release"}
    edited("figures/vetoes_by_year.json", '"drawn": {\n  "ar": "', '"drawn": {\n  "ar": "0')
    assert "figure vetoes_by_year (en)" not in stale(copy)
    edited("figures/rise_of_2014.json", '"drawn": {', '"drawn": {\n  "en": "another",\n  "zh": "another"},\n "were": {')
    assert {"figure rise_of_2014 (en)", "figure rise_of_2014 (zh)"} <= stale(copy)


def test_of_the_lock_only_what_draws_or_computes_matters(copy, edited):
    edited("requirements.lock", "ruff==", "ruff==1")
    assert stale(copy) == set()
    edited("requirements.lock", "matplotlib==", "matplotlib==1")
    assert len(stale(copy)) > 2 * len(FIGURES)


def test_why_names_what_changed_and_makes_nothing(copy, edited):
    edited("analysis/charts/figures/vetoes_by_year.py")
    edited("figures/en/idps_by_release.svg")
    before = (copy / "figures" / "manifest.json").read_bytes()
    said = {name: checkout.run(copy, "build", "--why", name).stdout for name in ("vetoes_by_year", "idps_by_release")}
    assert "figure vetoes_by_year (zh): analysis/charts/figures/vetoes_by_year.py changed\n" in said["vetoes_by_year"]
    assert "sidecar idps_by_release: up to date\n" in said["idps_by_release"]
    assert "(en): figures/en/idps_by_release.svg is not what was made\n" in said["idps_by_release"]
    assert (copy / "figures" / "manifest.json").read_bytes() == before
    assert checkout.run(copy, "build", "--why", "06_council_and_third_parties").stdout.count("changed") == 1
    assert checkout.run(copy, "build", "--why", "no_such_thing").returncode == 2


def test_what_a_killed_build_left_is_swept(tmp_path, monkeypatch):
    target = tmp_path / "a.svg"
    left, other = tmp_path / ".a.svg.abcdefgh", tmp_path / ".other.svg.abcdefgh"
    for path in (target, left, other):
        path.touch()
    build.sweep([build.Step("a", lambda: None, (), (target,))])
    assert (target.exists(), left.exists(), other.exists()) == (True, False, True)


@pytest.mark.parametrize("path", sorted((paths.ROOT / "analysis").rglob("*.py")), ids=lambda path: path.stem)
def test_every_import_is_read(path):
    module = ".".join(path.relative_to(paths.ROOT).with_suffix("").parts).removesuffix(".__init__")
    found = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "analysis":
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "analysis"}
    assert inputs.imports(module) == {name for name in found if inputs.file_of(name).exists()}


def test_every_figure_has_a_module():
    assert set(inputs.homes()) == set(FIGURES)


@pytest.mark.parametrize("name", FIGURES)
def test_what_runs_while_a_figure_is_drawn_is_what_it_is_said_to_be_drawn_by(name):
    charts.content(name, "zh")
    ran = set()

    def note(frame: FrameType, event: str, value: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(str(paths.ROOT / "analysis")):
            ran.add(Path(frame.f_code.co_filename))

    sys.setprofile(note)
    try:
        render.svg(charts.draw(name, "zh"))
    finally:
        sys.setprofile(None)
    assert ran and ran <= set(inputs.what_draws(name))
