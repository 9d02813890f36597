"""For who reviews a change: verdicts, numbers and figures of a commit beside those of the working tree."""

import base64
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.data import files
from analysis.errors import InputError
from analysis.publish import history
from analysis.tell import COMMITTED

PAGE = paths.ROOT / "build" / "changes.html"
NONE = "-"


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was: of which claim or figure, what, and its value then and now."""

    of: str
    what: str
    before: str
    now: str


@dataclass(frozen=True)
class Picture:
    """A figure that looks different: its drawing then and now, empty where there was or is none."""

    name: str
    before: bytes
    now: bytes


@dataclass(frozen=True)
class Changes:
    """What differs from a commit."""

    commit: str
    changes: list[Change]
    pictures: list[Picture]

    def text(self) -> str:
        """A table of what changed, and which figures."""
        if not self.changes and not self.pictures:
            return f"no number, verdict or figure differs from {self.commit}"
        rows = [("what", "", self.commit, "now"), *((c.of, c.what, c.before, c.now) for c in self.changes)]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        table = ["  ".join([*(row[i].ljust(widths[i]) for i in range(3)), row[3]]).rstrip() for row in rows]
        return "\n".join([*table, *(f"{picture.name} looks different" for picture in self.pictures)])

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        named = [picture.name for picture in self.pictures]
        return {"commit": self.commit, "changes": [change.__dict__ for change in self.changes], "figures": named}


def since(revision: str) -> Changes:
    """What changed in the working tree since a commit.

    The commit's code audits the commit's data, with the libraries that are installed now.

    Raises:
        InputError: no such commit, or its audit fails.
    """
    commit = history.commit(revision)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        history.unpack(commit, root)
        changes = [*_claims(_audit(root), _audit(paths.ROOT)), *_shown(root / "figures", paths.FIGURES)]
        return Changes(commit.name, changes, list(_pictures(root / "figures", paths.FIGURES)))


def write_page(found: Changes) -> Path:
    """Write what changed as a page, figures side by side, into ``build/``."""
    rows = "".join(
        f"<tr><td>{'</td><td>'.join(map(escape, (c.of, c.what, c.before, c.now)))}</td></tr>" for c in found.changes
    )
    pairs = "".join(
        f"<h2>{escape(picture.name)}</h2><div>{_image(picture.before)}{_image(picture.now)}</div>"
        for picture in found.pictures
    )
    title = f"What changed since {escape(found.commit)}"
    style = (
        "body{font:15px sans-serif;margin:2em}td,th{padding:.2em .8em;text-align:left;border-bottom:1px solid #ccc}"
        "div{display:flex;gap:1em}img,p{width:49%;border:1px solid #ccc}"
    )
    head = "".join(f"<th>{name}</th>" for name in ("of", "what", escape(found.commit), "now"))
    table = f"<table><tr>{head}</tr>{rows}</table>" if rows else ""
    nothing = "" if rows or pairs else f"<p>{escape(found.text())}</p>"
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{style}</style>'
        f"<h1>{title}</h1>{nothing}{table}{pairs}</html>\n"
    )
    files.write(PAGE, page)
    return PAGE


def _image(drawing: bytes) -> str:
    if not drawing:
        return "<p>none</p>"
    return f'<img alt="" src="data:image/svg+xml;base64,{base64.b64encode(drawing).decode()}">'


def _audit(root: Path) -> dict[str, dict[str, Any]]:
    """Claim -> what ``audit --json`` says of it, by the code and the data of a folder."""
    command = [sys.executable, "-m", "analysis", "audit", "--json"]
    # In the folder, and with nothing else on the path: the folder's own package is the one that runs.
    done = subprocess.run(command, cwd=root, env={"PYTHONPATH": str(root)}, capture_output=True, text=True, check=False)
    if done.returncode:
        which, said = "the working tree" if root == paths.ROOT else "the commit", done.stderr.strip().splitlines()
        raise InputError(f"the audit of {which} fails: {said[-1] if said else 'no reason given'}")
    return {claim["claim"]: claim for claim in json.loads(done.stdout)}


def _claims(before: dict[str, dict[str, Any]], now: dict[str, dict[str, Any]]) -> Iterator[Change]:
    """Verdicts, and the value and answer of each finding."""
    for claim in dict.fromkeys([*now, *before]):
        then, today = before.get(claim, {}), now.get(claim, {})
        for what in ("verdict", "later"):
            if then.get(what) != today.get(what):
                yield Change(claim, what, _said(then.get(what)), _said(today.get(what)))
        old, new = _findings(then), _findings(today)
        for finding in dict.fromkeys([*new, *old]):
            if old.get(finding) != new.get(finding):
                yield Change(claim, finding, old.get(finding, NONE), new.get(finding, NONE))


def _findings(claim: dict[str, Any]) -> dict[str, str]:
    """Finding -> its value and answer."""
    found = {}
    for one in claim.get("findings", []):
        vintages = json.dumps(one.get("vintages"), ensure_ascii=False).translate(str.maketrans("", "", '"[]{}'))
        found[f"{one['definition']} ({vintages})"] = f"{_said(one.get('value'))}, {_said(one.get('holds'))}"
    return found


def _shown(before: Path, now: Path) -> Iterator[Change]:
    """Titles, and the numbers that figures show."""
    for name in sorted({path.name for folder in (before, now) for path in folder.glob("*.json")} - {"manifest.json"}):
        old, new = (json.loads(path.read_bytes()) if path.exists() else {} for path in (before / name, now / name))
        figure = name.removesuffix(".json")
        for what in ("title", "subtitle"):
            then, today = ((side.get(what) or {}).get("en") for side in (old, new))
            if then != today:
                yield Change(figure, what, _said(then), _said(today))
        rows = [[json.dumps(row, ensure_ascii=False) for row in _rows(side)] for side in (old, new)]
        gone, come = ([row for row in rows[i] if row not in rows[1 - i]] for i in (0, 1))
        for i in range(max(len(gone), len(come))):
            yield Change(figure, "drawn", *(side[i] if i < len(side) else NONE for side in (gone, come)))


def _rows(sidecar: dict[str, Any]) -> list[list[Any]]:
    return list(sidecar.get("data", {}).get("rows", []))


def _pictures(before: Path, now: Path) -> Iterator[Picture]:
    for language in COMMITTED:
        for name in sorted({path.name for folder in (before, now) for path in (folder / language).glob("*.svg")}):
            then, today = (
                path.read_bytes() if path.exists() else b""
                for path in (before / language / name, now / language / name)
            )
            if then != today:
                yield Picture(f"{name.removesuffix('.svg')} ({language})", then, today)


def _said(value: object) -> str:
    if isinstance(value, float) and abs(value) < 1000:
        return f"{value:.6g}"
    return f"{value:,}" if isinstance(value, int | float) else str(value or NONE)
