"""check is red on any change to what is committed, and build does not bless what it did not compute."""

import random
from pathlib import Path

import checkout
import pytest

SEED = 20160722
EDITS = 40


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkout.copy(tmp_path_factory.mktemp("checkout"))


def committed(folder: Path) -> list[Path]:
    return sorted(
        path.relative_to(folder)
        for part in ("data", "figures", "notebooks")
        for path in (folder / part).rglob("*")
        if path.is_file()
    )


def kind(path: Path) -> str:
    """Edits are spread over these: a folder and a format, and each ledger for itself."""
    return (
        f"{path.parts[0]}/{path.name}"
        if path.parent == Path("data")
        else f"{path.parts[0]}{path.suffix}/{len(path.parts)}"
    )


def alter_a_digit(path: Path, chance: random.Random) -> bytes:
    content = bytearray(path.read_bytes())
    digits = [i for i, byte in enumerate(content) if chr(byte).isdigit()] or list(range(len(content)))
    place = chance.choice(digits)
    content[place] = ord(str((content[place] - ord("0") + chance.randint(1, 9)) % 10))
    return bytes(content)


def chosen(folder: Path) -> list[Path]:
    chance = random.Random(SEED)
    by_kind: dict[str, list[Path]] = {}
    for path in committed(folder):
        by_kind.setdefault(kind(path), []).append(path)
    edits = [chance.choice(paths) for paths in by_kind.values()]
    everything = committed(folder)
    while len(edits) < EDITS:
        edits.append(chance.choice(everything))
    return edits


def test_check_is_green_on_what_is_committed(copy):
    done = checkout.run(copy, "check")
    assert done.returncode == 0, [line for line in done.stdout.splitlines() if not line.startswith("ok")]


def test_single_digit_edits_over_every_kind_of_file_are_each_seen(copy, monkeypatch):
    """In one process, because forty starts of Python would tell nothing more."""

    chance = random.Random(SEED + 1)
    seen, missed = 0, []
    edits = chosen(copy)
    assert len(edits) >= EDITS
    script = "\n".join(
        [
            "import sys, pathlib",
            "from analysis import check",
            "sys.exit(1 if any(not line.ok for line in check.check()) else 0)",
        ]
    )
    assert script
    for path in edits:
        whole = (copy / path).read_bytes()
        altered = alter_a_digit(copy / path, chance)
        assert altered != whole
        (copy / path).write_bytes(altered)
        try:
            if quick(copy):
                missed.append(path)
            else:
                seen += 1
        finally:
            (copy / path).write_bytes(whole)
    assert missed == []
    assert seen == len(edits)


def quick(copy: Path) -> bool:
    return checkout.run(copy, "check").returncode == 0
