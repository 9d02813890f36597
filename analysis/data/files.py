"""Writing files so that nothing half-written is ever seen, and naming their content."""

import hashlib
import os
import tempfile
from pathlib import Path


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write(path: Path, content: bytes | str) -> None:
    """Write ``content`` to ``path`` as a whole or not at all; text is UTF-8 with ``\\n``."""
    write_all({path: content})


def write_all(contents: dict[Path, bytes | str]) -> None:
    """Write several files; none is moved into place before all of them have been written."""
    staged: list[tuple[str, Path]] = []
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            staged.append((name, path))
            with os.fdopen(handle, "wb") as stream:
                stream.write(content.encode("utf-8") if isinstance(content, str) else content)
            os.chmod(name, 0o644)
        for name, path in staged:
            os.replace(name, path)
    finally:
        for name, _ in staged:
            Path(name).unlink(missing_ok=True)
