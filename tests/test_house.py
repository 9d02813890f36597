import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from analysis import paths
from analysis.data import files
from analysis.publish.brief import make

LOCKS = ("requirements.lock", "requirements-uv.lock")

# In pieces, so that this file does not trip on itself.
FORBIDDEN = (f"{Path.home()}/", f"{paths.ROOT}/") + tuple(
    "".join(pieces)
    for pieces in (
        ("/", "root/"),
        ("/", "work/main"),
        ("/", "work/shared"),
        ("/", "tmp/dev"),
        ("pypi", ".org"),
        ("python", "hosted.org"),
        ("conda.", "anaconda.org"),
        ("registry.", "npmjs.org"),
    )
)


def project() -> dict:
    return tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def wanted(lock: str) -> list[Requirement]:
    groups = project()["dependency-groups"]
    if lock == "requirements-uv.lock":
        return [Requirement(line) for line in groups["bootstrap"]]
    return [Requirement(line) for line in project()["project"]["dependencies"] + groups["test"]]


def repository() -> list[Path]:
    """Every file that is committed, or would be by `git add .`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = [paths.ROOT / name for name in listed.split("\0") if name]
    return [path for path in found if path.is_file()]


def notebooks() -> list[Path]:
    return sorted(paths.NOTEBOOKS.rglob("*.ipynb"))


def test_environment_says_what_pyproject_says(tmp_path: Path) -> None:
    shutil.copy(paths.ROOT / "pyproject.toml", tmp_path)
    subprocess.run([sys.executable, "-m", "pyproject2conda", "project"], cwd=tmp_path, check=True, capture_output=True)
    fresh = (tmp_path / "environment.yml").read_text(encoding="utf-8")
    assert (paths.ROOT / "environment.yml").read_text(encoding="utf-8") == fresh, "run `make lock`"


def test_environment_names_every_dependency() -> None:
    packages = yaml.safe_load((paths.ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    names = {
        re.split(r"[<>=]", name)[0]
        for entry in packages
        for name in (entry["pip"] if isinstance(entry, dict) else [entry])
    }
    assert {requirement.name for requirement in wanted("requirements.lock")} <= names


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_has_hashes_and_no_addresses(lock: str) -> None:
    text = (paths.ROOT / lock).read_text(encoding="utf-8")
    entry = r"[a-z0-9-]+==[^\s;]+(?: ; [^\\\n]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+"
    assert re.fullmatch(rf"(?:{entry}\n)+", text), "something other than pinned versions with hashes"


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_satisfies_pyproject(lock: str) -> None:
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==([^\s;]+)", (paths.ROOT / lock).read_text(encoding="utf-8"), re.M):
        pins.setdefault(name, set()).add(version)
    for requirement in wanted(lock):
        versions = pins.get(canonicalize_name(requirement.name))
        assert versions, f"{requirement.name} is not locked: run `make lock`"
        assert all(requirement.specifier.contains(version) for version in versions), f"{requirement}: {versions}"


def test_versions_agree() -> None:
    version = project()["project"]["version"]
    citation = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == version
    assert citation["license"] == project()["project"]["license"]


def test_no_path_of_a_machine_and_no_package_index() -> None:
    found = repository()
    assert len(found) > 20
    hits = [
        f"{path.relative_to(paths.ROOT)}: {word}"
        for path in found
        for word in FORBIDDEN
        if word.encode() in path.read_bytes()
    ]
    assert hits == []


def test_no_publisher_file_is_in_the_repository() -> None:
    known = set(re.findall(r"\b[0-9a-f]{64}\b", (paths.DATA / "sources.csv").read_text(encoding="utf-8")))
    assert len(known) > 20
    assert [path for path in repository() if files.sha256(path) in known] == []


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.name)
def test_notebook_is_executed_from_top_to_bottom(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert not [output for cell in cells for output in cell["outputs"] if output["output_type"] == "error"]
    ids = [cell.get("id") for cell in notebook["cells"]]
    assert all(ids) and len(set(ids)) == len(ids)
    assert not [cell["id"] for cell in notebook["cells"] if "execution" in cell["metadata"]], (
        "timings make every run a diff"
    )


def test_there_are_notebooks() -> None:
    assert notebooks(), "nothing guards the notebooks if none is found"


def test_both_ci_run_the_same_tests() -> None:
    run = (paths.ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^step .* make .*\btest$", run, re.M)
    assert (paths.ROOT / ".ci" / "run").stat().st_mode & 0o111, "not executable"
    tested = workflow("ci")["jobs"]["test"]["steps"]
    assert "make test" in [step.get("run") for step in tested]
    kept = next(step["with"]["path"] for step in tested if "upload-artifact" in step.get("uses", ""))
    assert "build/junit.xml" in kept and "build/notebooks.diff" in kept


def workflow(name: str) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load((paths.ROOT / ".github" / "workflows" / f"{name}.yml").read_text("utf-8"))
    return found


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


def test_the_site_that_is_published_is_what_make_brief_writes_and_the_tests_passed() -> None:
    pages = workflow("pages")
    waits = pages[True]["workflow_run"]  # YAML takes the key `on` for a truth value
    assert waits["workflows"] == [workflow("ci")["name"]] and waits["branches"] == ["main"]
    build, deploy = pages["jobs"]["build"], pages["jobs"]["deploy"]
    assert "conclusion == 'success'" in build["if"] and "event == 'push'" in build["if"]
    assert "make brief" in [step.get("run") for step in build["steps"]]
    (site,) = (step["with"]["path"] for step in build["steps"] if "upload-pages-artifact" in step.get("uses", ""))
    assert paths.ROOT / site == make.OUT / "site"
    assert pages["permissions"] == {"contents": "read"} and "permissions" not in build
    assert deploy["needs"] == "build" and deploy["permissions"] == {"pages": "write", "id-token": "write"}


def test_actions_are_the_publishers_own_each_in_one_version() -> None:
    used = {step["uses"] for name in ("ci", "newer", "pages") for step in steps(name) if "uses" in step}
    assert {path.stem for path in (paths.ROOT / ".github" / "workflows").iterdir()} == {"ci", "newer", "pages"}
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", one) for one in used)
    assert len({one.split("@")[0] for one in used}) == len(used)


def test_ci_fails_without_publisher_files(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    (checkout / ".ci").mkdir(parents=True)
    shutil.copy(paths.ROOT / ".ci" / "run", checkout / ".ci" / "run")
    done = subprocess.run(["bash", ".ci/run"], cwd=checkout, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout == "" and done.stderr.count("\n") == 1 and "../shared/sources" in done.stderr


def test_an_old_python_is_told_in_one_line(tmp_path: Path) -> None:
    old = tmp_path / "python"
    code = "import sys; sys.version_info = (3, 9, 2); exec(sys.argv[1])"
    old.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{code}" "$2"\n', encoding="utf-8")
    old.chmod(0o755)
    outer = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", "setup", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}"],
        cwd=paths.ROOT,
        env=outer,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0 and done.stdout == ""
    assert done.stderr.splitlines()[0].startswith("Python 3.11 or newer is needed, this is 3.9")
    assert not (tmp_path / "venv").exists()
