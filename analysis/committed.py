"""What is committed and computed, and what it is computed from."""

import json
from pathlib import Path

from analysis import paths

COMMITTED = ("en", "zh")
"""The languages whose figures are committed."""

MANIFEST = paths.FIGURES / "manifest.json"
"""The hash of every committed input and output, the verdicts, and the versions that drew."""

DATAPACKAGE = paths.DATA / "datapackage.json"
"""What the tidy tables are: fields, sources, hashes."""

README = paths.ROOT / "README.md"
LOCK = paths.ROOT / "requirements.lock"


def data_files() -> list[Path]:
    """Everything under ``data/`` that outputs are made from."""
    return sorted(path for path in paths.DATA.rglob("*") if path.is_file() and path.suffix in (".csv", ".json"))


def tidy_hashes() -> dict[str, str]:
    """Tidy file name -> the SHA-256 that ``tables`` wrote down for it."""
    package = json.loads(DATAPACKAGE.read_text(encoding="utf-8"))
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
        if path.is_file() and path != MANIFEST and (path.parent == paths.FIGURES or path.parent.name in COMMITTED)
        if path.suffix in (".svg", ".png", ".json") and not path.stem.endswith(("_page", "_square"))
    ]
    others = [path for path in paths.DATA.rglob("*") if path.is_file()]
    return sorted([*others, *figures, *paths.NOTEBOOKS.glob("*.ipynb")])
