"""What is committed and computed, and what it is computed from."""

from pathlib import Path

from analysis import paths

COMMITTED = ("en",)
"""The languages whose figures are committed."""

MANIFEST = paths.FIGURES / "manifest.json"
"""The hash of every committed input and output, the verdicts, and the versions that drew."""

README = paths.ROOT / "README.md"
LOCK = paths.ROOT / "requirements.lock"


def data_files() -> list[Path]:
    """Everything under ``data/`` that outputs are made from."""
    return sorted(path for path in paths.DATA.rglob("*") if path.is_file() and path.suffix in (".csv", ".json"))


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
