"""The tables described in the Frictionless standard: columns, units, meaning, sources, licences, hashes."""

import csv
import hashlib
import json
from collections.abc import Mapping

from analysis import paths
from analysis.data import registry, tables

TIDY_FIELDS: dict[str, tuple[str, str]] = {
    "series": ("string", "What is counted; the closed list stands in the field's constraints."),
    "area": (
        "string",
        "ISO 3166 alpha-3, WLD (world), MUL (several places) or a publisher's own code (data/areas.csv).",
    ),
    "role": ("string", "What the area is to the people counted: location, origin or asylum."),
    "actor": ("string", "A class of actor, an actor or a member of the Council; empty for all."),
    "year": ("integer", "Calendar year; of a stock, the year at whose end it was counted."),
    "month": ("integer", "Month of the year; empty for yearly figures."),
    "low": ("number", "The publisher's low estimate, summed where given; empty if none is."),
    "best": ("number", "The publisher's best estimate or count; empty if none is given."),
    "high": ("number", "The publisher's high estimate; empty if none is given."),
    "unit": ("string", "What one is one of."),
    "kind": ("string", "stock, flow or count."),
    "source": ("string", "A source of data/sources.csv."),
    "vintage": ("string", "The release of the source."),
    "coverage": ("string", "What a number covers, if not all, as JSON (analysis/data/coverage.py); empty if all."),
    "note": ("string", "Ids of data/corrections.csv that concern the figure."),
}

TYPED_FIELDS: dict[str, dict[str, tuple[str, str]]] = {
    "sources": {
        "source": ("string", "The dataset's name in this project."),
        "vintage": ("string", "The publisher's version, or the month of release."),
        "part": ("string", "Which file of the release, if several."),
        "release_group": ("string", "Releases of a publisher that may be added up."),
        "published": ("string", "When it came out: YYYY, YYYY-MM or YYYY-MM-DD, as exactly as is known."),
        "published_basis": ("string", "How that date is known."),
        "title": ("string", "The dataset's title."),
        "path": ("string", "Where the file lies in a mirror of publisher files."),
        "address": ("string", "Where these very bytes can be had."),
        "publisher_address": ("string", "The publisher's own download or page."),
        "obtain": ("string", "Who gives it to a stranger: publisher, public copy or no."),
        "sha256": ("string", "The file's SHA-256."),
        "bytes": ("integer", "The file's size."),
        "encoding": ("string", "The encoding of a text file."),
        "originality": ("string", "How sure it is that the bytes are the publisher's."),
        "licence": ("string", "The publisher's licence."),
        "citation": ("string", "How to cite it."),
        "newest_known": ("string", "The newest release that the publisher is known to have."),
    },
    "corrections": {
        "id": ("string", "The entry's id, as it stands in the note column of a tidy table."),
        "source": ("string", "A source of data/sources.csv."),
        "vintage": ("string", "The release it is about."),
        "row": ("string", "The record: column=value pairs."),
        "published": ("string", "What the publisher has there; the entry expires when that changes."),
        "action": ("string", "flag, repair, drop or add."),
        "value": ("string", "The repair: column=value pairs."),
        "reason": ("string", "What is wrong, and why this was done."),
    },
    "areas": {
        "area": ("string", "ISO 3166 alpha-3, or a publisher's own code."),
        "kind": ("string", "country, territory, aggregate or unknown."),
        "m49": ("string", "The UN's M49 code."),
        "gleditsch_ward": ("string", "Gleditsch-Ward numbers, joined by semicolons."),
        "unhcr": ("string", "UNHCR's codes, joined by semicolons."),
        "names": ("string", "English names that publishers use besides the UN's, joined by bars."),
        "en": ("string", "The UN's short name in English."),
        "fr": ("string", "The UN's short name in French."),
        "es": ("string", "The UN's short name in Spanish."),
        "ru": ("string", "The UN's short name in Russian."),
        "zh": ("string", "The UN's short name in Chinese."),
        "ar": ("string", "The UN's short name in Arabic."),
        "un_member": ("string", "Whether it is one of the 193 Member States: yes or no."),
        "note": ("string", "What a reader should know."),
    },
    "claims": {
        "id": ("string", "The claim's name."),
        "group": ("string", "Claims that one sentence makes about several members."),
        "area": ("string", "The place that it is about; empty for the world or several."),
        "paragraph": ("integer", "The report's paragraph."),
        "about": ("string", "What is stated, in own words."),
        "printed": ("string", "The figure as printed in the Chinese text."),
        "value": ("number", "The figure; empty for a comparison."),
        "relation": ("string", "How the figure is printed: plain, about, over, at_least, third, majority, ..."),
        "unit": ("string", "What is counted."),
        "last_digit": ("number", "The unit of the figure's last significant digit."),
        "as_of": ("string", "The date that the statement is about."),
        "cited": ("string", "The source that the report cites, or whose figure it repeats."),
        "headline": ("string", "The id of that source's own headline in headlines.csv."),
        "measure": ("string", "How the number is arrived at; none if no data here can test the claim."),
        "note": ("string", "What a reader should know; for a claim that cannot be tested, why."),
    },
    "definitions": {
        "claim": ("string", "The claim."),
        "definition": ("string", "The definition's name within the claim."),
        "kind": ("string", "What it counts, where a claim is measured in several ways in several years."),
        "year": ("integer", "The year that it counts in, likewise."),
        "role": ("string", "report (the report's own) or alternative."),
        "fit": ("string", "direct, proxy or floor."),
        "label": ("string", "What is counted, in words."),
        "used_by": ("string", "Who counts so."),
        "reason": ("string", "Why it is a reasonable way to measure the claim."),
        "measure": ("string", "How the number is arrived at, if not as the claim says."),
        "terms": ("string", "What is added up: series:actor@area/role from source."),
        "divided_by": ("string", "The whole, for a share."),
        "sources": ("string", "The sources read."),
        "years": ("string", "The years measured."),
        "against": ("string", "The years compared with."),
        "threshold": ("number", "A figure that stands in for the claim's."),
        "headlines": ("string", "Ids of headlines.csv that count the same thing."),
    },
    "headlines": {
        "id": ("string", "The headline's name."),
        "series": ("string", "What is counted, as in the tidy tables where there is such a series."),
        "area": ("string", "The area counted."),
        "role": ("string", "What the area is to the people counted."),
        "year": ("string", "The year counted, or counted up to."),
        "month": ("string", "The month, where it matters."),
        "date": ("string", "The date that the figure is about."),
        "value": ("number", "The figure."),
        "low": ("number", "The low estimate, if stated."),
        "high": ("number", "The high estimate, if stated."),
        "relation": ("string", "How it is stated: plain, about, over or at_least."),
        "unit": ("string", "What one is one of."),
        "publisher": ("string", "Who states it."),
        "title": ("string", "In what."),
        "published": ("string", "When, as exactly as is known."),
        "page_kind": ("string", "primary or secondary page."),
        "address": ("string", "Where it was read."),
        "words": ("string", "The figure phrase."),
        "counts": ("string", "What the figure counts."),
        "fit_note": ("string", "What a user of the figure should know."),
    },
    "numerals": {
        "number": ("integer", "Its place in reading order."),
        "place": ("string", "Paragraph, footnote, heading above a paragraph, or front."),
        "printed": ("string", "The numeral as printed, with the unit after it."),
        "value": ("string", "A whole number, a fraction, an ISO 8601 date or interval, or a resolution's number."),
        "kind": ("string", "What it is; the closed list is in analysis/audit/census.py."),
        "claim": ("string", "Claims whose figure it is or whose time it sets, joined by semicolons."),
        "note": ("string", "What is counted, where that needs saying."),
    },
    "numeral_words": {
        "word": ("string", "A word that holds a Chinese numeral and states no number."),
        "count": ("integer", "How often it stands in the report."),
        "why": ("string", "What it means."),
    },
}


def text(contents: Mapping[str, str] | None = None) -> str:
    """The descriptor as JSON.

    Args:
        contents: tidy file name -> text; by default what lies in ``data/tidy``.

    Returns:
        JSON with one resource per csv under ``data/``; tidy tables carry their hash and size.
    """
    contents = contents or {
        f"{name}.csv": (paths.TIDY / f"{name}.csv").read_text(encoding="utf-8") for name in tables.TABLES
    }
    releases = registry.releases()
    resources = [_tidy(name, publisher, contents[f"{name}.csv"], releases) for name, publisher in tables.TABLES.items()]
    resources += [_typed(name) for name in sorted(path.stem for path in paths.DATA.glob("*.csv"))]
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
    fields = []
    for column, (kind, meaning) in TIDY_FIELDS.items():
        field: dict[str, object] = {"name": column, "type": kind, "description": meaning}
        closed = {"series": tables.SERIES, "role": tables.ROLES, "kind": tables.KINDS}.get(column)
        if closed:
            field["constraints"] = {"required": True, "enum": list(closed)}
        fields.append(field)
    return {
        "name": f"tidy-{name}",
        "path": f"tidy/{name}.csv",
        "title": publisher,
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "bytes": len(encoded),
        "hash": f"sha256:{hashlib.sha256(encoded).hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""], "primaryKey": tables.KEY},
        "series": {
            name: {field: getattr(tables.SERIES[name], field) for field in ("unit", "kind", "meaning")}
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
    known = TYPED_FIELDS.get(name, {})
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [
                {
                    "name": column,
                    "type": known.get(column, ("string", ""))[0],
                    "description": known.get(column, ("", ""))[1],
                }
                for column in header
            ],
            "missingValues": [""],
        },
    }
