"""check is red on any change to what is committed, and build does not bless what it did not compute."""

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import checkout
import forged_checks
import pytest

from analysis.data.files import sha256

SEED = 20160722
EDITS = 40


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkout.copy(tmp_path_factory.mktemp("checkout"))


def committed(folder: Path) -> list[Path]:
    parts = ("data", "figures", "notebooks")
    found = (path for part in parts for path in (folder / part).rglob("*") if path.is_file())
    return sorted(path.relative_to(folder) for path in found)


def kind(path: Path) -> str:
    """Edits are spread over these: a folder and a format, and each ledger for itself."""
    return str(path) if path.parent == Path("data") else f"{path.parent}{path.suffix}"


def edits(folder: Path) -> list[tuple[str, int, int]]:
    """One digit changed in a file of each kind, and more until there are enough: (path, place, new byte)."""
    chance = random.Random(SEED)
    by_kind: dict[str, list[Path]] = {}
    for path in committed(folder):
        by_kind.setdefault(kind(path), []).append(path)
    files = [chance.choice(some) for some in by_kind.values()]
    while len(files) < EDITS:
        files.append(chance.choice(committed(folder)))
    result = []
    for path in files:
        content = (folder / path).read_bytes()
        place = chance.choice([i for i, byte in enumerate(content) if chr(byte).isdigit()])
        digit = (content[place] - ord("0") + chance.randint(1, 9)) % 10
        result.append((path.as_posix(), place, ord("0") + digit))
    return result


def test_check_is_green_on_what_is_committed(copy):
    done = checkout.run(copy, "check")
    assert done.returncode == 0, [line for line in done.stdout.splitlines() if not line.startswith("ok")] or done.stderr
    assert sum(line.startswith("ok") for line in done.stdout.splitlines()) > 50


def test_single_digit_edits_over_every_kind_of_file_are_each_seen(copy, tmp_path):
    chosen = edits(copy)
    assert len(chosen) >= EDITS
    todo = tmp_path / "edits.json"
    todo.write_text(json.dumps(chosen), encoding="utf-8")
    command = [sys.executable, str(Path(__file__).parent / "forked_checks.py"), str(todo)]
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=environment, stdout=subprocess.PIPE, text=True)
    assert done.stdout.splitlines() == ["green again"]


@pytest.fixture(scope="module")
def forged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = checkout.commit(checkout.copy(tmp_path_factory.mktemp("committed")))
    command = [sys.executable, str(Path(__file__).parent / "forged_checks.py")]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}, stdout=subprocess.PIPE, text=True
    )
    return {name: lines for line in done.stdout.splitlines() for name, lines in json.loads(line).items()}


@pytest.mark.parametrize("edit", forged_checks.EDITS)
def test_an_edit_is_seen_though_the_whole_manifest_was_rewritten(forged, edit):
    _, (kind, name) = forged_checks.EDITS[edit]
    assert any(line.startswith(f"FAIL {kind:<9} {name}") for line in forged[edit]), forged[edit]


def test_without_an_edit_a_rewritten_manifest_is_green(forged):
    assert [line[:4] for line in forged[""]] == ["ok  "]


REHASHED = (
    ("figures/idps_by_release.json", b"40800000", b"40900000", "figure    idps_by_release"),
    ("data/reports/a-70-999/paragraph-10.yml", b"value: 40800000", b"value: 40400000", "claim     idps_40_8_million"),
    ("data/headlines.csv", b",21300000,", b",21700000,", "claim     refugees_21_3_million"),
    ("README.md", b"126,059", b"126,095", "readme"),
)
"""Edits whose author made the stored hashes agree: file, digits, other digits, the line that must be red."""


def test_edits_are_seen_though_the_stored_hashes_agree(copy):
    manifest = copy / "figures" / "manifest.json"
    before = {path: path.read_bytes() for path in (manifest, *(copy / name for name, *_ in REHASHED))}
    recorded = json.loads(before[manifest])
    for name, old, new, _ in REHASHED:
        path = copy / name
        assert old in before[path]
        path.write_bytes(before[path].replace(old, new, 1))
        if name in recorded["files"]:
            recorded["files"][name] = sha256(path)
    manifest.write_text(json.dumps(recorded, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    try:
        done = checkout.run(copy, "check")
        assert done.returncode == 1
        for *_, line in REHASHED:
            assert any(found.startswith(f"FAIL {line}") for found in done.stdout.splitlines()), line
    finally:
        for path, content in before.items():
            path.write_bytes(content)


def test_build_refuses_a_table_that_was_edited(copy, tmp_path):
    path = copy / "data" / "tidy" / "idmc.csv"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"40451900", b"40851900", 1))
    try:
        done = checkout.run(copy, "build")
        assert done.returncode == 1
        assert "idmc.csv: not what `tables` wrote" in done.stderr
        assert done.stderr.count("\n") == 1
    finally:
        path.write_bytes(whole)


def test_a_missing_manifest_is_told(copy):
    path = copy / "figures" / "manifest.json"
    whole = path.read_bytes()
    path.unlink()
    try:
        done = checkout.run(copy, "check")
        assert done.returncode == 1 and "run build" in done.stdout
    finally:
        path.write_bytes(whole)


def test_what_changed_since_a_commit_is_told_and_shown(tmp_path):
    folder = checkout.commit(checkout.copy(tmp_path / "committed"))
    quiet = checkout.run(folder, "check", "--against", "HEAD")
    assert (quiet.returncode, quiet.stdout.count("\n")) == (0, 1) and quiet.stdout.startswith("no number")
    claims = folder / "data" / "reports" / "a-70-999" / "paragraph-10.yml"
    drawing = folder / "figures" / "zh" / "idps_by_release.svg"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace("value: 21300000", "value: 11300000"), encoding="utf-8")
    drawing.write_bytes(drawing.read_bytes().replace(b"</svg>", b"<g/></svg>"))
    done = checkout.run(folder, "check", "--against", "HEAD")
    assert re.search(r"refugees_21_3_million +verdict +supported +(not supported|contested)", done.stdout), done.stdout
    assert "idps_by_release (zh) looks different" in done.stdout
    page = (folder / "build" / "changes.html").read_text(encoding="utf-8")
    assert page.count("data:image/svg+xml") == 2 and "refugees_21_3_million" in page
    refused = checkout.run(folder, "check", "--against", "no-such-commit")
    assert refused.returncode == 2 and refused.stderr.count("\n") == 1
