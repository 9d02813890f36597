"""The tables described in the Frictionless standard: columns, units, meaning, sources, licences, hashes."""

import csv
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from analysis import paths
from analysis.data import ledger, registry, tables

FIELDS = paths.DATA / "fields.csv"
"""What each column of each table holds, typed."""

TIDY = "tidy"
"""The name under which the columns of all tidy tables stand there."""

BY_REPORT = ("comparatives", "numerals", "published_before")
"""The typed tables that each report has of its own, where its text was counted."""


@cache
def _described() -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in ledger.rows(FIELDS, ("table", "column", "type", "meaning"), key=("table", "column")):
        field = {"name": row["column"], "type": row["type"], "description": row["meaning"]}
        found.setdefault(row["table"], {})[row["column"]] = field
    return found


def fields(table: str) -> dict[str, dict[str, str]]:
    """Column -> its field in the Frictionless standard, in the table's order."""
    return _described().get(table, {})


def typed() -> list[str]:
    """The typed tables that are described: files of ``data/`` and of its reports, without their suffix."""
    here = [table for table in _described() if table not in (TIDY, *BY_REPORT)]
    return here + [_name(path) for path in sorted(paths.DATA.glob("reports/*/*.csv")) if path.stem in BY_REPORT]


def _name(path: Path) -> str:
    return path.relative_to(paths.DATA).with_suffix("").as_posix()


def text(contents: Mapping[str, str] | None = None) -> str:
    """The descriptor as JSON.

    Args:
        contents: tidy file name -> text; by default those of the tables in use.

    Returns:
        JSON with one resource per csv under ``data/``; tidy tables carry their hash and size.
    """
    contents = contents or {
        f"{name}.csv": (registry.in_use() / f"{name}.csv").read_text(encoding="utf-8") for name in tables.TABLES
    }
    releases = registry.used()
    resources = [_tidy(name, publisher, contents[f"{name}.csv"], releases) for name, publisher in tables.TABLES.items()]
    found = [*paths.DATA.glob("*.csv"), *paths.DATA.glob("reports/*/*.csv")]
    resources += [_typed(name) for name in sorted(map(_name, found))]
    package = {
        "profile": "tabular-data-package",
        "name": "mass-violence-audit",
        "title": "Figures on mass violence and displacement, by publisher and release",
        "description": "Tidy tables computed from publishers' files, and the typed ledgers beside them.",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _tidy(name: str, publisher: str, content: str, releases: list[registry.Release]) -> dict[str, object]:
    rows = list(csv.DictReader(content.splitlines()))
    used = {(row["source"], row["vintage"]) for row in rows}
    encoded = content.encode("utf-8")
    closed = {"series": tables.SERIES, "role": tables.ROLES, "kind": tables.KINDS}
    constrained = [
        {**field, "constraints": {"required": True, "enum": list(closed[column])}} if column in closed else field
        for column, field in fields(TIDY).items()
    ]
    return {
        "name": f"tidy-{name}",
        "path": f"tidy/{name}.csv",
        "title": publisher,
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "bytes": len(encoded),
        "hash": f"sha256:{hashlib.sha256(encoded).hexdigest()}",
        "schema": {"fields": constrained, "missingValues": [""], "primaryKey": tables.KEY},
        "series": {
            name: {
                field: getattr(tables.SERIES[name], field)
                for field in ("family", "unit", "kind", "location", "meaning")
            }
            for name in sorted({row["series"] for row in rows})
        },
        "sources": [
            {
                "title": f"{r.title}, {r.vintage}",
                "path": r.files[0].publisher_address,
                "citation": r.citation,
                "licence": r.licence,
            }
            for r in releases
            if (r.source, r.vintage) in used
        ],
    }


def _typed(name: str) -> dict[str, object]:
    path = paths.DATA / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        header = next(csv.reader(stream))
    known = fields(path.stem)
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [known.get(column, {"name": column, "type": "string", "description": ""}) for column in header],
            "missingValues": [""],
        },
    }
