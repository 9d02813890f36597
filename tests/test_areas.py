"""The areas: the typed table by itself, against the UN's lists, and against every publisher's codes and names."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd
import pytest

from analysis.data import areas
from analysis.data.readers import raw
from analysis.errors import InputError
from analysis.tell import LANGUAGES

OWN = {"AB9", "CHI", "CSK", "MUL", "TIB", "UNK", "WLD", "XKX", "XXA"}
"""Codes that are no ISO 3166 alpha-3 of today; their names are translations, but for the world's."""

UNTERM = {"en": "English", "fr": "French", "es": "Spanish", "ru": "Russian", "zh": "Chinese", "ar": "Arabic"}

NOT_AS_LISTED = {
    ("CIV", "en"),  # the list has Ivory Coast
    ("FLK", "en"),  # the list leaves (Malvinas) out, in English only
    ("ALA", "ru"),  # genitive
    ("ATA", "ru"),  # prepositional
    ("CCK", "ru"),  # genitive
    ("CXR", "ru"),  # small initial
    ("CYM", "ru"),  # a word in the wrong form
    ("ATF", "ar"),  # a word doubled
    ("IOT", "ar"),  # words out of order
    ("SJM", "ar"),  # accusative
    ("UMI", "ar"),  # the first words are missing
    *(("TWN", language) for language in UNTERM),  # the list has Taiwan; United Nations documents write this
}
"""Names that differ from the copies of the UN's lists, and why."""

NO_COUNTRY = {("124934_1ucdp-brd-conflict-2015.rdata", "GWNoBattle", "646")}
"""A slip of UCDP's in one row ("Turkey, Iraq"; Iraq is 645): no country has that number."""

ONE_NUMBER_FOR_TWO = {("Mauritania, Morocco", "435"), ("Mauritania, Morocco", "600")}
"""UCDP 4.0-2015 on Western Sahara: the names of both countries, the number of one."""


LookUp = Callable[[str], str | None]


def rows() -> list[dict[str, str]]:
    return areas.names().to_dict("records")


def more_than_once(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


# The table by itself


def test_the_table_has_its_columns_and_is_in_order() -> None:
    table = areas.names()
    assert list(table.columns) == [
        *("area", "kind", "m49", "gleditsch_ward", "cow", "unhcr", "names"),
        *("en", "fr", "es", "ru", "zh", "ar"),
        *("un_member", "note"),
    ]
    assert set(LANGUAGES) == {"en", "fr", "es", "ru", "zh", "ar"}
    assert list(table["area"]) == sorted(set(table["area"]))
    assert set(table["kind"]) == {"country", "territory", "aggregate", "unknown"}
    assert set(table["un_member"]) == {"yes", "no"}
    assert (table["un_member"] == "yes").sum() == 193


@pytest.mark.parametrize(
    ("column", "shape"),
    [
        ("area", r"[A-Z]{2}[A-Z0-9]"),
        ("m49", r"(\d{3})?"),
        ("gleditsch_ward", r"(\d+(;\d+)*)?"),
        ("unhcr", r"(\w{3}(;\w{3})*)?"),
    ],
)
def test_codes_have_their_shape_and_name_one_area_each(column: str, shape: str) -> None:
    values = areas.names()[column]
    assert [value for value in values if not re.fullmatch(shape, value)] == []
    assert more_than_once(code for value in values for code in value.split(";") if code) == []


def test_no_name_stands_for_two_areas() -> None:
    listed = [areas.plain(name) for row in rows() for name in (row["en"], *row["names"].split("|")) if name]
    assert more_than_once(listed) == []
    assert all(areas.by_name(row["en"]) == row["area"] for row in rows())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_area_has_a_name_of_its_own_in_every_language(language: str) -> None:
    names = list(areas.names()[language])
    assert all(name and name == " ".join(name.split()) for name in names)
    assert more_than_once(names) == []
    assert [name for name in names if re.search(r"[*']|\((the|le|la|les|l’|el|los|las)\)$", name)] == []


SCRIPTS = {"ru": r"[А-ЯЁа-яё’(), .—-]+", "zh": r"[\u4e00-\u9fff（），]+", "ar": r"[\u0600-\u06ff(), _-]+"}


@pytest.mark.parametrize("language", SCRIPTS)
def test_names_are_in_the_script_of_their_language(language: str) -> None:
    assert [name for name in areas.names()[language] if not re.fullmatch(SCRIPTS[language], name)] == []


# Looking up


@pytest.mark.parametrize(
    ("look_up", "given", "area"),
    [
        (areas.by_iso3, "SYR", "SYR"),
        (areas.by_iso3, "AUS", "AUS"),
        (areas.by_iso3, "UKN", "UNK"),
        (areas.by_iso3, "STA", "XXA"),
        (areas.by_iso3, "ARB", None),
        (areas.by_iso3, "", None),
        (areas.by_unhcr, "AUS", "AUT"),
        (areas.by_unhcr, "CHI", "CHN"),
        (areas.by_unhcr, "GAZ", "PSE"),
        (areas.by_unhcr, "", None),
        (areas.by_gleditsch_ward, "652", "SYR"),
        (areas.by_gleditsch_ward, "345", "SRB"),
        (areas.by_gleditsch_ward, "340", "SRB"),
        (areas.by_gleditsch_ward, "678", "YEM"),
        (areas.by_gleditsch_ward, "680", "YEM"),
        (areas.by_gleditsch_ward, "646", None),
        (areas.by_gleditsch_ward, "", None),
        (areas.by_name, "Syrian Arab Rep.", "SYR"),
        (areas.by_name, " syrian  ARAB republic", "SYR"),
        (areas.by_name, "Côte d'Ivoire", "CIV"),
        (areas.by_name, "CÔTE D’IVOIRE", "CIV"),
        (areas.by_name, "Congo", "COG"),
        (areas.by_name, "Various/Unknown", "UNK"),
        (areas.by_name, "Tibetan", "TIB"),
        (areas.by_name, "Palestinian", "PSE"),
        (areas.by_name, "Nowhere", None),
        (areas.by_name, "", None),
    ],
)
def test_a_code_or_name_leads_to_its_area(look_up: LookUp, given: str, area: str | None) -> None:
    assert look_up(given) == area


@pytest.mark.parametrize(
    ("old", "area"), [("KSV", "XKX"), ("ZAR", "COD"), ("WBG", "PSE"), ("SYR", "SYR"), ("OEC", None)]
)
def test_an_old_world_bank_code_leads_to_todays_area(old: str, area: str | None) -> None:
    assert areas.by_world_bank(old) == area


def test_no_old_world_bank_code_is_the_code_of_another_area() -> None:
    assert not any(areas.is_area(code) for code in areas.WORLD_BANK_OLD_CODES)
    assert all(areas.is_area(area) for area in areas.WORLD_BANK_OLD_CODES.values())


def test_a_world_bank_region_is_no_area() -> None:
    assert not any(areas.is_area(code) for code in areas.WORLD_BANK_AGGREGATES)
    assert all(areas.is_area(row["area"]) for row in rows())


def test_names_for_running_text() -> None:
    assert [areas.name("SYR", language) for language in LANGUAGES] == [
        "الجمهورية العربية السورية",
        "Syrian Arab Republic",
        "República Árabe Siria",
        "République arabe syrienne",
        "Сирийская Арабская Республика",
        "阿拉伯叙利亚共和国",
    ]


def test_an_area_or_a_language_that_is_not_listed_is_an_error() -> None:
    with pytest.raises(InputError, match="areas.csv, column area: area 'QQQ' is not listed"):
        areas.name("QQQ", "en")
    with pytest.raises(InputError, match="no names in 'de'; expected one of en, fr"):
        areas.name("SYR", "de")


def test_a_caller_cannot_change_the_table() -> None:
    table = areas.names()
    table["en"] = ""
    assert "Syrian Arab Republic" in set(areas.names()["en"])


# Against the UN's lists


def listed(mirror: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(mirror / "codes" / name, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def test_iso_and_m49_codes_are_the_uns(mirror: Path) -> None:
    m49 = listed(mirror, "UNSD-en.csv").set_index("ISO-alpha3 Code")["M49 Code"]
    ours = areas.names().set_index("area")["m49"]
    assert set(ours.index) - set(m49.index) == OWN
    assert ours[m49.index].to_dict() == m49.to_dict()


def test_un_members_are_those_of_the_regional_groups(mirror: Path) -> None:
    table = areas.names()
    assert set(table["area"][table["un_member"] == "yes"]) == set(listed(mirror, "un-regional-groups.csv")["Code"])


def in_running_text(name: str) -> str:
    """UNTERM's short name without its article, the mark of a non-member, and with the typographic apostrophe."""
    return re.sub(r" \((the|le|la|les|l'|el|los|las)\)$", "", re.sub(r" \*+$", "", name)).replace("'", "’").strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_the_uns(mirror: Path, language: str) -> None:
    column = f"UNTERM {UNTERM[language]} Short"
    unterm = listed(mirror, "country-codes.csv").set_index("ISO3166-1-Alpha-3")[column]
    m49 = listed(mirror, f"UNSD-{'cn' if language == 'zh' else language}.csv")
    expected = {
        code: in_running_text(unterm[code] or name)
        for code, name in zip(m49["ISO-alpha3 Code"], m49["Country or Area"], strict=True)
    } | {"WLD": m49["Global Name"].iloc[0]}
    differ = {(code, language) for code, name in expected.items() if areas.name(code, language) != name}
    assert differ == {pair for pair in NOT_AS_LISTED if pair[1] == language}


# Against every publisher's codes and names


def unknown(look_up: LookUp, values: Iterable[str]) -> set[str]:
    return {value for value in values if value and look_up(value) is None}


def test_every_unhcr_code_is_listed(mirror: Path) -> None:
    codes = raw.read(mirror / "codes" / "countries.rda", {"unhcr": ["unhcr_code"], "iso": ["iso_code"]})
    codes = codes[~codes["iso"].isin(["", "XXX"])]
    assert [(u, i) for u, i in zip(codes["unhcr"], codes["iso"], strict=True) if areas.by_unhcr(u) != i] == []


def ucdp_files(mirror: Path) -> list[Path]:
    folders = ["armed_conflict", "battle_related_deaths", "non_state", "one_sided", "organized_violence_cy"]
    files = [path for folder in folders for path in sorted((mirror / "ucdp" / folder).iterdir())]
    files += [mirror / "ucdp" / "external_support" / "ucdp-esd-ay-181.xlsx"]
    files += [path for path in sorted((mirror / "ucdp" / "ged").iterdir()) if path.suffix != ".json"]
    assert files
    return files


def split(codes: str) -> list[str]:
    return [code.strip() for code in re.split("[,;]", codes) if code.strip()]


COUNTRY_OF = {
    "location": ("gwnoloc", "gwnolocation"),
    "locationinc": ("gwnoloc",),
    "countrycy": ("countryidcy",),
    "country": ("countryid",),
}
"""UCDP's columns of names -> the columns that hold the same country's number."""


def test_every_country_number_and_name_of_ucdp_is_listed(mirror: Path) -> None:
    missing, differ, numbers, names = set(), set(), 0, 0
    for path in ucdp_files(mirror):
        table = raw.read(path, {}, whole=True)
        columns = {raw.plain(name): table[name] for name in table.columns}
        for name, column in columns.items():
            if name.startswith("gwno") or name in {"countryid", "countryidcy"}:
                for code in {code for codes in column.unique() for code in split(codes)}:
                    numbers += 1
                    if areas.by_gleditsch_ward(code) is None:
                        missing.add((path.name, str(column.name), code))
        for name, partners in COUNTRY_OF.items():
            for partner in partners:
                if name in columns and partner in columns:
                    for place, code in set(zip(columns[name], columns[partner], strict=True)):
                        if len(split(code)) == 1:
                            names += 1
                            if areas.by_name(place) != areas.by_gleditsch_ward(code):
                                differ.add((place, code))
    assert missing == NO_COUNTRY
    assert differ == ONE_NUMBER_FOR_TWO
    assert numbers > 2000 and names > 1000


@pytest.mark.parametrize("path", ["unhcr/population.rda", "idmc/idmc.rda", "unrwa/unrwa.rda"])
def test_codes_and_names_of_the_june_2026_releases_agree(mirror: Path, path: str) -> None:
    table = raw.read(mirror / path, {}, whole=True)
    for role in ("coo", "coa"):
        places = table[[role, f"{role}_iso", f"{role}_name"]].drop_duplicates().itertuples(index=False)
        for code, iso, name in places:
            assert areas.by_iso3(iso), (code, iso, name)
            assert areas.by_unhcr(code) == areas.by_iso3(iso) == areas.by_name(name), (code, iso, name)


def test_every_code_and_name_of_unhcr_2020_is_listed(mirror: Path) -> None:
    table = raw.read(mirror / "unhcr/unhcrdatapackage-2020-09-15/end_year_population_totals.RData", {}, whole=True)
    for role in ("Origin", "Asylum"):
        for code, name in table[[f"Country{role}Code", f"Country{role}Name"]].drop_duplicates().itertuples(index=False):
            assert not code or areas.by_iso3(code), (code, name)
            assert not name or areas.by_name(name) == areas.by_iso3(code), (code, name)


PLACES = {
    "asylum": ["Country / territory of asylum/residence", "Country / territory of residence"],
    "origin": ["Origin", "Origin / Returned from"],
}


@pytest.mark.parametrize(
    ("path", "encoding"),
    [
        ("unhcr/popstats-2014-06-30/unhcr-historical-data-2000-2013.csv", "utf-8"),
        ("unhcr/popstats-2016-01-12/unhcr_popstats_export_persons_of_concern_2016_01_12_192533.csv", "mac_roman"),
        ("syria/2011-2018_monthly_refugee.csv", "utf-8"),
        ("syria/unhcr-persons-of-concern-origin-syr-csv-1.csv", "utf-8"),
    ],
)
def test_every_name_of_unhcr_before_2020_is_listed(mirror: Path, path: str, encoding: str) -> None:
    table = raw.read(mirror / path, PLACES, encoding=encoding)
    names = {name for name in {*table["asylum"], *table["origin"]} if not name.startswith("#")}
    assert len(names) > 40
    assert unknown(areas.by_name, names) == set()


def test_every_name_of_unhcr_2017_is_listed(mirror: Path) -> None:
    names = json.loads((mirror / "unhcr/popstats-2017-08/data.json").read_text(encoding="utf-8"))["codeValues"]
    assert len(names) == 226
    assert unknown(areas.by_name, names) == set()


def test_every_code_and_name_of_idmc_is_listed(mirror: Path) -> None:
    layout = {"area": ["iso3"], "name": ["country_name", "Name"]}
    for path in (
        "gidd-2026-03/Internal_Displacements_New_Displacements_IDPs.csv",
        "idmc_displacement_all_dataset.xlsx",
    ):
        table = raw.read(mirror / "idmc" / path, layout).drop_duplicates()
        assert len(table) > 80
        for code, name in table.itertuples(index=False):
            assert areas.by_iso3(code), (code, name)
            assert not name or areas.by_name(name) == areas.by_iso3(code), (code, name)
    early = raw.read(mirror / "idmc/global-figures-2014/idmc2014.csv", {"name": ["Country"]})
    assert unknown(areas.by_name, early["name"]) == set()


@pytest.mark.parametrize(
    "path",
    [
        "API_SM.POP.REFG.OR_DS2_en_excel_v2_5997665.xls",
        "API_VC.BTL.DETH_DS2_en_csv_v2_9816.csv",
        "population.csv",
        "public-sector.csv",
        "social-development.csv",
    ],
)
def test_every_code_and_name_of_the_world_bank_is_listed(mirror: Path, path: str) -> None:
    table = raw.read(mirror / "worldbank" / path, {"area": ["Country Code"], "name": ["Country Name"]})
    for code, name in table.drop_duplicates().itertuples(index=False):
        if code not in areas.WORLD_BANK_AGGREGATES:
            assert areas.by_iso3(code), (code, name)
            assert areas.by_name(name) == areas.by_iso3(code), (code, name)


def test_world_bank_aggregates_are_those_without_a_region(mirror: Path) -> None:
    layout = {"area": ["Country Code"], "region": ["Region"]}
    table = raw.read(mirror / "worldbank/Metadata_Country_API_15_DS2_en_csv_v2_3053036.csv", layout)
    regions = set(table["area"][table["region"] == ""]) - {"WLD"}
    assert regions | {"INX", "NOC", "OEC"} == areas.WORLD_BANK_AGGREGATES
