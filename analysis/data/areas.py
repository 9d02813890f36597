"""Countries and other areas: from the codes and names that publishers use to one code, and to UN names.

``data/areas.csv`` holds them, typed: an area's code is ISO 3166 alpha-3, or the publisher's own
where ISO has none (``UNK``, ``XXA``, ``TIB``, ``AB9``, ``XKX``), ``WLD`` for the world, ``MUL`` for
a record that names several places. Publishers' codes clash (``AUS`` is Austria to UNHCR, ``MAR``
Martinique), so each scheme has its own function. States of the past are counted with the one that
continues their code (the ``note`` column says which), and a reader must then add up: UCDP gives
North and South Yemen a row each in 1989.
"""

from functools import cache

import pandas as pd

from analysis import paths
from analysis.data import ledger
from analysis.errors import InputError

TABLE = paths.DATA / "areas.csv"
"""The typed table."""

WORLD_BANK_AGGREGATES = frozenset(
    [
        *("AFE", "AFW", "ARB", "CEB", "CSS", "EAP", "EAR", "EAS", "ECA", "ECS", "EMU", "EUU", "FCS", "HIC"),
        *("HPC", "IBD", "IBT", "IDA", "IDB", "IDX", "INX", "LAC", "LCN", "LDC", "LIC", "LMC", "LMY", "LTE"),
        *("MEA", "MIC", "MNA", "NAC", "OED", "OSS", "PRE", "PSS", "PST", "SAS", "SSA", "SSF", "SST", "TEA"),
        *("TEC", "TLA", "TMN", "TSA", "TSS", "UMC"),
    ]
)
"""The World Bank's codes for regions and income groups (and ``INX``, not classified): sums of areas, and no areas."""


def names() -> pd.DataFrame:
    """The whole table: one row an area, all columns text, ``""`` where there is nothing.

    Columns: area, kind (country, territory, aggregate, unknown), m49, gleditsch_ward and unhcr
    (several codes stand between ``;``), names (publishers' English names, between ``|``), en, fr,
    es, ru, zh, ar (UN short names), un_member (yes, no), note.
    """
    return pd.DataFrame(list(_rows().values()))


def by_iso3(code: str) -> str | None:
    """The area of an ISO 3166 alpha-3 code, or of what publishers write in its place.

    Besides the areas' own codes it knows the codes that UNHCR mixes with ISO's where ISO has none
    (``UKN``, ``STA``). None if the code is not listed.
    """
    return _by_iso3().get(code.strip())


def by_gleditsch_ward(code: str) -> str | None:
    """The area of a Gleditsch-Ward number (``"652"`` -> ``"SYR"``), None if it is not listed."""
    return _by_codes("gleditsch_ward").get(code.strip())


def by_unhcr(code: str) -> str | None:
    """The area of a UNHCR three-letter code (``"AUS"`` -> ``"AUT"``), None if it is not listed."""
    return _by_codes("unhcr").get(code.strip())


def by_name(name: str) -> str | None:
    """The area of an English name, the UN's or a publisher's, None if it is not listed.

    Case, outer and doubled spaces and the shape of the apostrophe do not count; accents do.
    """
    return _by_name().get(plain(name))


def is_area(code: str) -> bool:
    """Whether the code is listed; a World Bank region is not (``WORLD_BANK_AGGREGATES``), nor is an unknown code."""
    return by_iso3(code) is not None


def name(area: str, language: str) -> str:
    """The UN short name of an area.

    Args:
        area: a code of the ``area`` column.
        language: en, fr, es, ru, zh or ar.

    Raises:
        InputError: an area or a language that is not listed.
    """
    row = _rows().get(area)
    if row is None:
        raise InputError(f"area {area!r} is not listed", where=TABLE, column="area", do="add it to data/areas.csv")
    languages = [column for column in row if len(column) == 2]
    if language not in languages:
        raise InputError(f"there are no names in {language!r}", where=TABLE, expected=f"one of {', '.join(languages)}")
    return row[language]


@cache
def _rows() -> dict[str, ledger.Row]:
    needed = ("area", "kind", "gleditsch_ward", "unhcr", "names", "en")
    return {row["area"]: row for row in ledger.rows(TABLE, needed, key=("area",), exact=False)}


@cache
def _by_iso3() -> dict[str, str]:
    unplaced = [row for row in _rows().values() if row["kind"] == "unknown"]
    return {code: row["area"] for row in unplaced for code in _codes(row, "unhcr")} | {area: area for area in _rows()}


@cache
def _by_codes(column: str) -> dict[str, str]:
    return {code: row["area"] for row in _rows().values() for code in _codes(row, column)}


@cache
def _by_name() -> dict[str, str]:
    return {
        plain(text): row["area"] for row in _rows().values() for text in (row["en"], *row["names"].split("|")) if text
    }


def _codes(row: ledger.Row, column: str) -> list[str]:
    return [code for code in row[column].split(";") if code]


def plain(text: str) -> str:
    """A name as it is compared: without what does not count."""
    return " ".join(text.replace("’", "'").casefold().split())
