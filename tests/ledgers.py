"""Small claims, definitions, findings and tables for tests: each with the values that a test does not care about."""

import csv
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import pandas as pd

from analysis.audit.claims import Claim, Definition
from analysis.audit.findings import THEN, Finding
from analysis.audit.measures import Data
from analysis.data.registry import Release
from analysis.data.tables import COLUMNS


def claim(**values: object) -> Claim:
    """A claim of "over 100 deaths", but for the values given."""
    given: dict[str, object] = {
        "id": "some_claim",
        "group": "",
        "area": "",
        "paragraph": 8,
        "about": "Deaths were over 100",
        "printed": "100 多",
        "value": 100.0,
        "relation": "over",
        "unit": "deaths",
        "last_digit": 10.0,
        "as_of": "2014-12-31",
        "cited": "",
        "headline": "",
        "measure": "total",
        "note": "",
        **values,
    }
    return Claim(**given)  # type: ignore[arg-type]


def definition(**values: object) -> Definition:
    """The report's own definition of ``claim()``: one-sided violence in 2014; but for the values given."""
    given: dict[str, object] = {
        "claim": "some_claim",
        "definition": "own",
        "kind": "",
        "year": None,
        "role": "report",
        "fit": "direct",
        "label": "the dead",
        "used_by": "a test",
        "reason": "a test",
        "measure": "",
        "terms": "deaths.one_sided",
        "divided_by": "",
        "sources": "ucdp_one_sided",
        "years": "2014",
        "against": "",
        "threshold": None,
        "headlines": "",
        **values,
    }
    return Definition(**given)  # type: ignore[arg-type]


def finding(holds: str = "yes", **values: object) -> Finding:
    """A finding of ``claim()`` under the report's definition, of the time, but for the values given."""
    given: dict[str, object] = {
        "claim": "some_claim",
        "definition": "own",
        "label": "the dead",
        "role": "report",
        "fit": "direct",
        "vintages": {"ucdp_one_sided": "1.4-2015"},
        "when": THEN,
        "published": ("2015-09-30",),
        "low": None,
        "value": 120.0,
        "high": None,
        "holds": holds,
        "band": "unknown",
        **values,
    }
    return Finding(**given)  # type: ignore[arg-type]


def release(source: str, vintage: str, published: str, group: str = "") -> Release:
    """A release that came out on a day (or in a month, or a year); its group is its vintage unless named."""
    return Release(source, vintage, group or vintage, published, "a test", "A test", "a licence", "Nobody.", "", ())


def row(series: str, year: int, best: float | None, vintage: str = "a", **values: object) -> dict[str, object]:
    """A row of a tidy table: the world, from ``ucdp_one_sided``, by year, but for the values given."""
    return {
        "series": series,
        "area": "WLD",
        "role": "location",
        "actor_class": "",
        "actor": "",
        "actor_id": "",
        "year": year,
        "month": None,
        "low": None,
        "best": best,
        "high": None,
        "unit": "deaths",
        "kind": "flow",
        "source": "ucdp_one_sided",
        "vintage": vintage,
        "coverage": "",
        "note": "",
        **values,
    }


def frame(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """Rows in the shape that ``tables.load`` gives."""
    made = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in ("low", "best", "high"):
        made[column] = pd.to_numeric(made[column]).astype(float)
    return made.assign(month=pd.array(made["month"], dtype="Int64"), year=made["year"].astype(int))


def data(rows: Sequence[dict[str, object]], *releases: Release) -> Data:
    """The tables with these rows; a release that is not named came out in 2015."""
    named = {(one.source, one.vintage) for one in releases}
    others = {(str(one["source"]), str(one["vintage"])) for one in rows} - named
    return Data(frame(rows), [*releases, *(release(*name, published="2015") for name in sorted(others))])


def write(folder: Path, claims: Sequence[Claim], definitions: Sequence[Definition]) -> Path:
    """Write both ledgers into a folder; returns the path of ``claims.csv``."""
    for name, kind, records in (("claims", Claim, claims), ("definitions", Definition, definitions)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, [field.name for field in fields(kind)], lineterminator="\n")
            writer.writeheader()
            for record in records:
                writer.writerow({key: "" if value is None else value for key, value in vars(record).items()})
    return folder / "claims.csv"
