"""Edits whose author made the manifest agree with them, each held against the one line of ``check`` that must be red.

Run in a copy of the checkout in which all is committed; prints a JSON object: name of the edit -> the lines, as many
as the check of that one thing gives. What a check proves is seen here, not what it only hashes.
"""

import importlib
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from analysis import audit, paths
from analysis.data.files import write
from analysis.publish import build, check

SVG = paths.FIGURES / "en" / "idps_by_release.svg"
OTHER = paths.FIGURES / "en" / "rise_of_2014.svg"
SIDECAR = paths.FIGURES / "idps_by_release.json"
BOOK = paths.NOTEBOOKS / "02_deaths_in_2014.ipynb"
FIGURE, NOTEBOOK = ("figure", "idps_by_release"), ("notebook", BOOK.stem)


def replaced(path: Path, old: str, new: str) -> Callable[[], None]:
    """An edit of a text, which must be there."""

    def edit() -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text, (path.name, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def in_book(kind: str, old: str, new: str) -> Callable[[], None]:
    """An edit of what a person wrote ("source") or of what was shown ("outputs") in a notebook."""

    def edit() -> None:
        book = json.loads(BOOK.read_text(encoding="utf-8"))
        cell = next(cell for cell in book["cells"] if old in json.dumps(cell.get(kind)))
        cell[kind] = json.loads(json.dumps(cell[kind]).replace(old, new))
        BOOK.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    return edit


def moved_point() -> None:
    """A mark in a drawing, elsewhere."""
    text = SVG.read_text(encoding="utf-8")
    place = re.search(r"L (\d+)", text)
    assert place
    SVG.write_text(text[: place.start(1)] + str(int(place[1]) + 9) + text[place.end(1) :], encoding="utf-8")


def swapped() -> None:
    """Two figures, each under the other's name."""
    one, other = SVG.read_bytes(), OTHER.read_bytes()
    SVG.write_bytes(other)
    OTHER.write_bytes(one)


def added_figure() -> None:
    """A drawing that no code makes."""
    folder = paths.FIGURES / "xx"
    folder.mkdir()
    (folder / "idps_by_release.svg").write_bytes(SVG.read_bytes())


def linked() -> None:
    """A link to a copy with the same bytes."""
    elsewhere = paths.CACHE / "copy.svg"
    paths.CACHE.mkdir(exist_ok=True)
    elsewhere.write_bytes(SVG.read_bytes())
    SVG.unlink()
    SVG.symlink_to(elsewhere)


EDITS: dict[str, tuple[Callable[[], None], tuple[str, str]]] = {
    "a mark in a drawing": (moved_point, FIGURE),
    "the title hidden in a drawing": (replaced(SVG, "<title>", "<title>Not "), FIGURE),
    "the description hidden in a drawing": (replaced(SVG, "<desc>", "<desc>Not "), FIGURE),
    "the metadata of a drawing": (replaced(SVG, "<metadata>", "<metadata><!-- draft -->"), FIGURE),
    "an alt text": (replaced(SIDECAR, "40.8", "40.9"), FIGURE),
    "two figures swapped": (swapped, FIGURE),
    "the prose of a notebook": (in_book("source", "**Question.**", "**Answer.**"), NOTEBOOK),
    "what a notebook shows": (in_book("outputs", "supported", "doubtful"), NOTEBOOK),
    "the README's prose": (replaced(paths.README, "reasonable", "possible"), ("readme", "README.md")),
    "the README's numbers": (replaced(paths.README, "126,059", "126,095"), ("readme", "README.md")),
    "the lock": (replaced(paths.LOCK, "sha256:", "sha256:0"), ("lock", paths.LOCK.name)),
    "an address in the registry": (
        replaced(paths.DATA / "sources.csv", "https://", "https://x."),
        ("ledger", "sources.csv"),
    ),
    "an extra figure": (added_figure, ("file", "figures/xx/idps_by_release.svg")),
    "a link": (linked, ("file", "figures/en/idps_by_release.svg")),
}


def lines_after(edit: Callable[[], None], wanted: tuple[str, str]) -> list[str]:
    """Make an edit and the manifest agree with it, and check what was edited."""
    edit()
    todo = build.steps()
    write(paths.MANIFEST, build.manifest_text(todo))
    strange = [check.Line("file", name, False, why) for name, why in check.strange(todo)]
    items = [item.line() for item in check.items(todo) if (item.kind, item.name) == wanted]
    manifest = [item.line() for item in check.items(todo) if item.kind == "manifest"]
    assert all(line.ok for line in manifest), manifest  # else the forger was not as thorough as they can be
    return [line.text() for line in (*strange, *items)]


if __name__ == "__main__":
    audit.committed(), importlib.import_module("analysis.charts.gallery")
    for name in sys.argv[1:] or [*EDITS, ""]:
        reading, writing = os.pipe()
        if os.fork() == 0:
            edit, wanted = EDITS[name] if name else ((lambda: None), FIGURE)
            os.write(writing, json.dumps({name: lines_after(edit, wanted)}).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as stream:
            print(stream.read() or json.dumps({name: []}), flush=True)
        os.wait()
        os.system("git checkout -q . && git clean -fdxq figures")
