"""What git has: commits, against which is held what no data can prove, such as prose or an address."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis import paths
from analysis.errors import InputError

FOLDERS = ("data", "figures", "notebooks", "README.md", "requirements.lock")


@dataclass(frozen=True)
class Commit:
    """A commit: a short name for it, and the blob of each file."""

    name: str
    blobs: dict[str, str]

    def content(self, path: str) -> bytes:
        """A file as it is in the commit; nothing if it is not there."""
        return _git("cat-file", "blob", self.blobs[path]) if path in self.blobs else b""


@cache
def head() -> Commit | None:
    """The commit that is checked out; nothing if this is no checkout of git's."""
    try:
        if Path(_git("rev-parse", "--show-toplevel").decode().strip()).resolve() != paths.ROOT:
            return None
        return commit("HEAD")
    except (OSError, InputError):
        return None


def commit(revision: str) -> Commit:
    """A commit by any name that git knows.

    Raises:
        InputError: there is no such commit.
    """
    name = _git("rev-parse", "--short", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    listed = _git("ls-tree", "-r", "-z", name).decode().rstrip("\0").split("\0")
    fields = (line.split("\t", 1) for line in listed if line)
    return Commit(name, {path: about.split(" ")[2] for about, path in fields})


@cache
def blobs(files: tuple[Path, ...]) -> dict[Path, str]:
    """The blob that each file would be, its bytes as they are."""
    given = "\n".join(str(path) for path in files).encode()
    named = _git("hash-object", "--no-filters", "--stdin-paths", given=given).decode().split()
    return dict(zip(files, named, strict=True))


def ignored() -> set[str]:
    """Files that git neither has nor wants."""
    listed = _git("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", *FOLDERS)
    return set(listed.decode().rstrip("\0").split("\0"))


def unpack(found: Commit, folder: Path) -> None:
    """Write all files of a commit into a folder."""
    archive = subprocess.Popen(["git", "archive", found.name], cwd=paths.ROOT, stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", str(folder)], stdin=archive.stdout, check=True)


def _git(*arguments: str, given: bytes = b"") -> bytes:
    command: Sequence[str] = ["git", *arguments]
    done = subprocess.run(command, cwd=paths.ROOT, input=given, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise InputError(f"git: {said[-1] if said else 'failed'}", expected="a commit of this repository")
    return done.stdout
