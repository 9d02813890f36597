"""Writing files so that nothing half-written is ever seen, and naming their content."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write(path: Path, content: bytes | str) -> None:
    """Write ``content`` to ``path`` as a whole or not at all; text is UTF-8 with ``\\n``."""
    write_all({path: content})


def write_all(contents: dict[Path, bytes | str]) -> None:
    """Write several files; none is moved into place before all of them have been written.

    What killed runs left beside them is swept.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for folder in {path.parent for path in contents}:
            folder.mkdir(parents=True, exist_ok=True)
            sweep(folder)
        for path, content in contents.items():
            name = _beside(path)
            staged.append((name, path))
            name.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
            name.chmod(0o644)
        for name, path in staged:
            os.replace(name, path)
    finally:
        for name, _ in staged:
            name.unlink(missing_ok=True)


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """Another name, at which what writes a file by itself writes it; moved into place if the ``with`` ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path.parent)
    name = _beside(path)
    try:
        yield name
        name.chmod(0o644)
        os.replace(name, path)
    finally:
        name.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    """The name of what this process is writing and has not moved into place yet."""
    return path.with_name(f".{path.name}.{os.getpid():08x}")


def sweep(folder: Path) -> None:
    """Delete what ``write_all`` had begun in a folder in processes that have ended since."""
    for left in folder.glob(".*.????????"):
        if re.fullmatch("[0-9a-f]{8}", left.suffix[1:]) and not _is_running(int(left.suffix[1:], 16)):
            left.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
