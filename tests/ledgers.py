"""Small claims, definitions, findings and tables for tests: each with the values that a test does not care about."""

import datetime
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

import pandas as pd
import yaml

from analysis.audit.claims import Claim, Definition, Report
from analysis.audit.findings import THEN, Finding, findings_of
from analysis.audit.measures import Data
from analysis.audit.terms import Term, parse_terms, years_of
from analysis.data.registry import Release
from analysis.data.tables import COLUMNS

REPORT = Report(
    id="a-report",
    symbol="A/1",
    title="A report",
    publisher="Somebody",
    date=datetime.date(2016, 7, 22),
    language="en",
    authors=("UN Secretary-General",),
)


def claim(**values: object) -> Claim:
    """A claim of "over 100 deaths", but for the values given."""
    given: dict[str, object] = {
        "id": "some_claim",
        "report": "a-report",
        "paragraph": 8,
        "words": "100 多",
        "about": "Deaths were over 100",
        "value": 100.0,
        "relation": "over",
        "unit": "deaths",
        "last_digit": 10.0,
        "as_of": datetime.date(2014, 12, 31),
        "measure": "total",
        **values,
    }
    return Claim(**given)  # type: ignore[arg-type]


def definition(**values: object) -> Definition:
    """The report's own definition of ``claim()``: one-sided violence in 2014; but for the values given."""
    given: dict[str, object] = {
        "claim": "some_claim",
        "definition": "own",
        "role": "report",
        "fit": "direct",
        "label": "the dead",
        "measure": "total",
        "unit": "deaths",
        "used_by": "a test",
        "why": "a test",
        "terms": "deaths.one_sided",
        "sources": ("ucdp_one_sided",),
        "years": "2014",
        **values,
    }
    for key in ("sources", "headlines"):
        if isinstance(given.get(key), str):
            given[key] = tuple(str(given[key]).split())
    for key in ("terms", "divided_by"):
        given[key] = tuple(parse_terms(str(given.get(key, ""))))
    for key in ("years", "against"):
        text = str(given.get(key, ""))
        given[key] = tuple(years_of(text.removeprefix("lowest of ")))
        if text.startswith("lowest of "):
            given["since_lowest"] = True
    return Definition(**given)  # type: ignore[arg-type]


def finding(holds: str = "yes", **values: object) -> Finding:
    """A finding of ``claim()`` under the report's definition, of the time, but for the values given."""
    given: dict[str, object] = {
        "claim": "some_claim",
        "definition": "own",
        "label": "the dead",
        "role": "report",
        "fit": "direct",
        "bound": "whole",
        "decides": True,
        "vintages": {"ucdp_one_sided": "1.4-2015"},
        "when": THEN,
        "published": ("2015-09-30",),
        "low": None,
        "value": 120.0,
        "high": None,
        "unit": "deaths",
        "holds": holds,
        "band": "unknown",
        **values,
    }
    return Finding(**given)  # type: ignore[arg-type]


def findings(of: Claim, definitions: Sequence[Definition], tables: Data, report: Report = REPORT) -> list[Finding]:
    """The findings of a claim under some definitions."""
    return findings_of(replace(of, definitions=tuple(definitions)), report, tables)


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


def write(folder: Path, *claims: Claim) -> Path:
    """Write a ledger of claims, each with its definitions, into a folder; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _dump(folder / "report.yml", {**_given(REPORT), "authors": list(REPORT.authors)})
    entries = []
    for one in claims:
        definitions = [{"id": some.definition, **_given(some)} for some in one.definitions]
        entries.append({**_given(one), **({"definitions": definitions} if definitions else {})})
    _dump(folder / "claims.yml", entries)
    return folder


def _given(record: object) -> dict[str, object]:
    """What is typed of a record: the fields that are not as they would be without."""
    made = {"claims", "definitions", "report", "claim", "definition", "member_of", "event"}
    given = {}
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if field.name not in made and value != field.default:
            given[field.name] = _typed(value)
    return given


def _typed(value: object) -> object:
    """A value as the ledger has it."""
    if isinstance(value, tuple) and value and isinstance(value[0], Term):
        roles = [f"/{term.role}" if term.role else "" for term in value]
        return " + ".join(f"{term.series}@{term.area}{role}" for term, role in zip(value, roles, strict=True))
    if isinstance(value, tuple) and value and isinstance(value[0], int):
        return ",".join(str(year) for year in value)
    return list(value) if isinstance(value, tuple) else value


def _dump(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
