"""Small registries for tests: a release of one or more files that hold what a test says."""

import csv
import hashlib
from pathlib import Path

from analysis.data.registry import FILE_COLUMNS, RELEASE_COLUMNS

COLUMNS = ("source", "vintage", *RELEASE_COLUMNS, *FILE_COLUMNS)


def row(content: bytes = b"a\n1\n", **values: str) -> dict[str, str]:
    """A registry row for a file with this content."""
    return {
        "source": "ucdp_one_sided",
        "vintage": "23.1",
        "release_group": "23.1",
        "published": "2023-06",
        "published_basis": "inferred: a test",
        "title": "A test",
        "licence": "CC BY 4.0",
        "citation": "Nobody (2023).",
        "newest_known": "26.1",
        "part": "",
        "path": "ucdp/one.csv",
        "address": "http://127.0.0.1:9/one.csv",
        "obtain": "public copy",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": str(len(content)),
        "encoding": "utf-8",
        "originality": "original",
        "publisher_address": "https://example.org/",
        **values,
    }


def write(path: Path, *rows: dict[str, str]) -> Path:
    """Write a registry with these rows; returns ``path``."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
