"""Where things are: one constant per folder or file, and nothing else."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

ROOT = PACKAGE.parent
"""The checkout."""

DATA = ROOT / "data" if (ROOT / "pyproject.toml").exists() else PACKAGE / "tables"
"""Typed ledgers and computed tables: of the checkout, or inside the package where it is installed."""

TIDY = DATA / "tidy"
"""Computed: one long table per publisher, all with the same columns."""

NOTEBOOKS = ROOT / "notebooks"
"""Executed notebooks."""

FIGURES = ROOT / "figures"
"""What ``build`` writes for briefings."""

CACHE = ROOT / ".cache"
"""Downloads and the staleness record; not in the repository."""

DOWNLOADS = CACHE / "sources"
"""Publisher files, laid out as the registry's ``path`` column says."""

ADDED = CACHE / "added"
"""Tables with unverified releases in them, until the next plain ``tables``; not in the repository."""

MIRROR = ROOT.parent / "shared" / "sources"
"""A copy of the publisher files that may lie beside the checkout; tests that need it run where it is."""

MANIFEST = FIGURES / "manifest.json"
"""The hash of every committed input and output, the verdicts, and the versions that drew."""

DATAPACKAGE = DATA / "datapackage.json"
"""What the tidy tables are: fields, sources, hashes."""

README = ROOT / "README.md"
LOCK = ROOT / "requirements.lock"
