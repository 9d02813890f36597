"""A copy of the checkout to work on, so that no test changes a committed file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from analysis import paths

COPIED = ("analysis", "data", "figures", "notebooks", "README.md", "requirements.lock", "pyproject.toml")
NOT_COPIED = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "*.png")


def copy(folder: Path) -> Path:
    """Copy what the commands need into a folder, without caches."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        source = paths.ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=NOT_COPIED)
        else:
            shutil.copy2(source, folder / name)
    return folder


def commit(folder: Path) -> Path:
    """Make a copy a repository of git's in which all is committed."""
    shutil.copy2(paths.ROOT / ".gitignore", folder)
    who = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.org")
    for command in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "all")):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)
    return folder


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the project in a copy of the checkout."""
    return subprocess.run(
        [sys.executable, "-m", "analysis", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
