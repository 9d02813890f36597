"""Countries and other areas: from the codes and names that publishers use to one code, and to UN names.

``data/areas.csv`` holds them, typed: an area's code is ISO 3166 alpha-3, or the publisher's own
where ISO has none (``UNK``, ``XXA``, ``TIB``, ``AB9``, ``XKX``), ``WLD`` for the world, ``MUL`` for
a record that names several places. Publishers' codes clash (``AUS`` is Austria to UNHCR, ``MAR``
Martinique), so each scheme has its own function. States of the past are counted with the one that
continues their code (the ``note`` column says which), and a reader must then add up: UCDP gives
North and South Yemen a row each in 1989.
"""

import difflib
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from analysis import paths
from analysis.data import ledger
from analysis.errors import InputError

if TYPE_CHECKING:  # loaded only where asked for: a sum of events needs neither
    import pandas as pd

TABLE = paths.DATA / "areas.csv"
"""The typed table."""

WORLD_BANK_AGGREGATES = frozenset(
    [
        *("AFE", "AFW", "ARB", "CEB", "CSS", "EAP", "EAR", "EAS", "ECA", "ECS", "EMU", "EUU", "FCS", "HIC"),
        *("HPC", "IBD", "IBT", "IDA", "IDB", "IDX", "INX", "LAC", "LCN", "LDC", "LIC", "LMC", "LMY", "LTE"),
        *("MEA", "MIC", "MNA", "NAC", "OED", "OSS", "PRE", "PSS", "PST", "SAS", "SSA", "SSF", "SST", "TEA"),
        *("TEC", "TLA", "TMN", "TSA", "TSS", "UMC", "NOC", "OEC"),
    ]
)
"""The World Bank's codes for regions and income groups (and ``INX``, not classified): sums of areas, and no areas.
``NOC`` and ``OEC`` stand in old releases only."""

WORLD_BANK_OLD_CODES = {
    **{"ADO": "AND", "IMY": "IMN", "KSV": "XKX", "ROM": "ROU"},
    **{"TMP": "TLS", "WBG": "PSE", "ZAR": "COD"},
}
"""Codes of its own that the World Bank used until about 2016 in place of today's."""


def names() -> "pd.DataFrame":
    """Countries and other areas: codes to join by, and names in six languages.

    Returns:
        One row an area, all columns text, ``""`` where there is nothing: ``area`` (ISO 3166 alpha-3,
        or a publisher's own code), ``kind`` (country, territory, aggregate, unknown), ``m49``,
        ``gleditsch_ward``, ``cow`` (Correlates of War) and ``unhcr`` (several codes stand between
        ``;``), ``names`` (publishers' English names, between ``|``), ``en``, ``fr``, ``es``, ``ru``,
        ``zh``, ``ar`` (the UN's short names), ``un_member`` (yes, no), ``note``.

    Source: ``data/areas.csv``.

    >>> names().set_index("area").loc["YEM", ["gleditsch_ward", "cow"]].tolist()
    ['678;680', '678;679;680']
    """
    import pandas as pd

    return pd.DataFrame(list(_rows().values()))


def by_iso3(code: str) -> str | None:
    """The area of an ISO 3166 alpha-3 code, or of what publishers write in its place.

    Besides the areas' own codes it knows the codes that UNHCR mixes with ISO's where ISO has none
    (``UKN``, ``STA``). None if the code is not listed.
    """
    return _by_iso3().get(code.strip())


def by_world_bank(code: str) -> str | None:
    """The area of a World Bank code, of today or old (``"KSV"`` -> ``"XKX"``); None for one of its aggregates."""
    return by_iso3(WORLD_BANK_OLD_CODES.get(code.strip(), code))


def by_m49(code: str) -> str | None:
    """The area of a code of the UN Statistics Division, with or without zeros in front (``"4"`` -> ``"AFG"``)."""
    return _by_codes("m49").get(code.strip().zfill(3))


def by_gleditsch_ward(code: str) -> str | None:
    """The area of a Gleditsch-Ward number (``"652"`` -> ``"SYR"``), None if it is not listed."""
    return _by_codes("gleditsch_ward").get(code.strip())


def gleditsch_ward() -> dict[str, str]:
    """Every Gleditsch-Ward number with its area; several numbers may have one area (678 and 680 are Yemen)."""
    return _by_codes("gleditsch_ward")


def by_unhcr(code: str) -> str | None:
    """The area of a UNHCR three-letter code (``"AUS"`` -> ``"AUT"``), None if it is not listed."""
    return _by_codes("unhcr").get(code.strip())


def by_name(name: str) -> str | None:
    """The area of an English name, the UN's or a publisher's, None if it is not listed.

    Case, outer and doubled spaces and the shape of the apostrophe do not count; accents do.
    """
    return _by_name().get(plain(name))


def find(text: str) -> str | None:
    """The area of a code, or of a name in any of the six languages; None if there is none.

    Names are the UN's, the publishers' and, in shorter forms, those of the CLDR; neither case nor
    accents count.

    >>> find("Сирийская Арабская Республика"), find("syrie"), find("SYR")
    ('SYR', 'SYR', 'SYR')
    """
    return by_iso3(text) or by_iso3(text.upper()) or _in_any_language().get(_bare(text))


def near(text: str, count: int = 3) -> list[str]:
    """The areas whose codes or names are nearest to a text: ``Syrian Arab Republic (SYR)``."""
    known = {**{code.lower(): code for code in _rows()}, **_in_any_language()}
    within = [name for name in known if len(text) > 3 and _bare(text) in name]
    found = [*within, *difflib.get_close_matches(_bare(text), known, n=count, cutoff=0.6)]
    codes = dict.fromkeys(known[name] for name in found)
    return [f"{_rows()[code]['en']} ({code})" for code in list(codes)[:count]]


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
    languages = _languages()
    if language not in languages:
        raise InputError(f"there are no names in {language!r}", where=TABLE, expected=f"one of {', '.join(languages)}")
    return row[language]


@cache
def _in_any_language() -> dict[str, str]:
    from babel import Locale
    from babel.core import get_global

    codes = get_global("territory_aliases")  # alpha-3 -> alpha-2 among them
    short = {
        _bare(name): code
        for language in _languages()
        for code in _rows()
        for two in codes.get(code, ())
        if (name := Locale.parse(language).territories.get(two))
    }
    names = {_bare(row[language]): row["area"] for row in _rows().values() for language in _languages()}
    return short | names | {_bare(name): code for name, code in _by_name().items()}


def _bare(text: str) -> str:
    """A name without accents as well."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", plain(text)) if not unicodedata.combining(sign))


def _languages() -> list[str]:
    """The columns of names."""
    return [column for column in next(iter(_rows().values())) if len(column) == 2]


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
    """A name without case, outer and doubled spaces, and with one shape of apostrophe."""
    return " ".join(text.replace("’", "'").casefold().split())
