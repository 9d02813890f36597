"""Files in the shapes that people have them: read right, or refused in one clear line."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from looking import DEATHS, DISPLACED, PEOPLE, best, look

from analysis.data import tables
from analysis.data.readers import formats
from analysis.errors import InputError

BRD, UNHCR, IDMC = "ucdp_battle_related_deaths", "unhcr_population", "idmc_displacement"
KEN = "1,2,Kenya,2013,7,6,8,501\n"
TITLES = "Extracted:,somebody\nDate extracted:,01/01/2024\n\n" + "".join(f"Line {n}:,a\n" for n in range(12))
FINDER = (
    'Year,"Country of origin","Country of origin (ISO)","Country of asylum","Country of asylum (ISO)",'
    '"Refugees under UNHCR\'s mandate",Asylum-seekers,"IDPs of concern to UNHCR","Other people in need"\n'
    '2013,"Unknown ",,Kenya,KEN,0,9,0,-\n2013,Tibetan,TIB,Nepal,NPL,21,0,0,-\n2013,Somalia,SOM,Somalia,SOM,0,0,33,-\n'
)


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    stream = io.BytesIO()
    with pd.ExcelWriter(stream, engine="openpyxl") as writer:
        for name, rows in sheets:
            width = max(map(len, rows))
            even = [[*row, *[None] * (width - len(row))] for row in rows]
            pd.DataFrame(even).to_excel(writer, sheet_name=name, header=False, index=False)
    return stream.getvalue()


def packed(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("_", "."), text)
    return stream.getvalue()


CELLS = [line.split(",") for line in (DEATHS + KEN).splitlines()]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (DEATHS + KEN, "plain.csv"),
        (b"\xef\xbb\xbf" + (DEATHS + KEN).encode(), "marked.csv"),
        ((DEATHS + KEN).replace(",", ";"), "semicolons.csv"),
        ("sep=;\n" + (DEATHS + KEN).replace(",", ";"), "told.csv"),
        ((DEATHS + KEN).replace(",", "|"), "bars.csv"),
        ((DEATHS + KEN).replace(",", "\t").encode("utf-16"), "unicode.txt"),
        ((DEATHS + KEN).replace("\n", "\r\n"), "windows.csv"),
        (DEATHS + KEN + ",,,,,,,\n,,,,,,,\n", "blank.csv"),
        (DEATHS + KEN + "\nSource: somebody\nfor more see a page\n", "footnotes.csv"),
        (DEATHS + KEN + "Total,,,,7,6,8,\n", "total.csv"),
        (DEATHS + KEN.replace("501", "501.0").replace(",7,", ",7.0,"), "decimals.csv"),
        (DEATHS + KEN.replace("2013,7", "٢٠١٣,٧"), "arabic.csv"),
        (DEATHS + KEN.replace(",7,", ",7e+00,"), "exponent.csv"),
        (TITLES + DEATHS + KEN, "titles.csv"),
        (DEATHS.replace("dyad_id,", "") + KEN.replace("1,2,", "1,", 1), "no_dyads.csv"),
        (DEATHS.replace("bd_best", "BdBest").upper() + KEN, "capitals.csv"),
        (workbook(("data", CELLS)), "book.xlsx"),
        (workbook(("README", [["About"], ["this file"]]), ("data", [["A title"], [], *CELLS])), "second.xlsx"),
        (workbook(("data", CELLS)), "misnamed.csv"),
        (packed(data_csv=DEATHS + KEN), "packed.zip"),
        (packed(data_csv=DEATHS + KEN, readme_txt="about"), "with_readme.zip"),
        (gzip.compress((DEATHS + KEN).encode()), "packed.csv.gz"),
        (json.dumps([dict(zip(CELLS[0], CELLS[1], strict=True))]), "list.json"),
        (json.dumps({"TotalCount": 1, "TotalPages": 1, "Result": [dict(zip(*CELLS, strict=True))]}), "reply.json"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 else "",
)
def test_a_shape_reads_right(tmp_path: Path, content: str | bytes, name: str) -> None:
    looked = look(tmp_path, BRD, content, name)
    assert best(looked, "deaths.state_based", "KEN", 2013) == 7
    assert (looked.rows["area"] == "KEN").all()  # and no world
    assert (looked.rows["note"] == tables.UNVERIFIED).all()


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        ((DEATHS + KEN).replace(",", ";").replace(";7;", ";7.000;"), "dots.csv", "row 2, column best: '7.000' may be"),
        ((DEATHS + KEN).replace(",7,", ',"7,000",'), "commas.csv", "column best: '7,000' may be thousands"),
        ((DEATHS + KEN).replace(",7,", ",1234.000,"), "decimals.csv", "'1234.000' is not a whole number"),
        ((DEATHS + KEN).replace(",7,", ",1.23e+01,"), "exponent.csv", "'1.23e+01' is not a whole number"),
        ((DEATHS + KEN.replace("Kenya", "Kény")).encode("cp1252"), "cp1252.csv", "--encoding NAME"),
        ((DEATHS + KEN).encode("utf-16-le"), "unmarked.csv", "zero bytes in the text"),
        ("<html><body>log in</body></html>\n", "page.csv", "a web page"),
        (DEATHS + KEN + "1", "cut.csv", "does not end"),
        (DEATHS + KEN + "3,4\n", "cut_between.csv", "row 3: the row has 2 fields"),
        (DEATHS + KEN[:-3], "cut_in_number.csv", "may be cut inside its last number"),
        ((DEATHS + KEN).replace(",7,", ",3000000000000,"), "huge.csv", "more than there can be"),
        (DEATHS.replace("year,bd_best", "bd_best,year") + KEN, "swapped.csv", "is not a year"),
        (DEATHS.replace("gwno_loc", "gw"), "none.csv", "no rows under the header"),
        (DEATHS.replace("gwno_loc", "gw") + KEN, "renamed.csv", "column gwno: the column is missing"),
        ("Name,Cause\nx,Shooting\n", "persons.csv", "column conflict_id: the column is missing, and so are year"),
        (packed(a_csv=DEATHS, b_csv=DEATHS), "two.zip", "the zip has 2 members"),
        (packed(**{"../a_csv": DEATHS + KEN}), "outside.zip", "would lie outside"),
        (json.dumps({"TotalPages": 3, "TotalCount": 3, "Result": [{"year": 1}]}), "page.json", "1 pages of 3"),
        (json.dumps({"page": 2, "maxPages": 9, "items": [{"year": 1}]}), "page2.json", "page 2 of 9"),
        (json.dumps({"TotalCount": 5, "Result": [{"year": 1}]}), "some.json", "1 of 5 records"),
        (b"", "empty.csv", "empty"),
        (b"\x00" * 50, "zeros.csv", "empty"),
        (b"PK\x03\x04 and nothing", "broken.zip", "cannot be read"),
        (DEATHS + KEN, "file.docx", "unknown format .docx"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 else "",
)
def test_a_shape_is_refused_in_one_line(tmp_path: Path, content: str | bytes, name: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        look(tmp_path, BRD, content, name)
    assert told in str(error.value) and "\n" not in str(error.value) and name in str(error.value)


def test_an_encoding_that_is_stated(tmp_path: Path) -> None:
    content = (DEATHS + KEN.replace("Kenya", "Kény")).encode("cp1252")
    assert best(look(tmp_path, BRD, content, encoding="cp1252"), "deaths.state_based", "KEN", 2013) == 7
    with pytest.raises(InputError, match="no encoding is called 'cp99999'"):
        look(tmp_path, BRD, content, encoding="cp99999")


@pytest.mark.parametrize("packing", ["zip", "gz", "rda", "xlsx"])
def test_what_is_packed_has_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packing: str) -> None:
    monkeypatch.setattr(formats, "MOST_BYTES", 100_000)
    bomb = DEATHS + "0" * 1_000_000
    content = {
        "zip": packed(a_csv=bomb),
        "gz": gzip.compress(bomb.encode()),
        "rda": gzip.compress(bomb.encode()),
        "xlsx": workbook(("data", [["0" * 30_000] * 10])),
    }[packing]
    assert len(content) < 100_000
    with pytest.raises(InputError, match="is larger than"):
        look(tmp_path, BRD, content, f"bomb.{'csv.gz' if packing == 'gz' else packing}")


@pytest.mark.parametrize("titles", ["", TITLES])
def test_unhcrs_data_finder(tmp_path: Path, titles: str) -> None:
    looked = look(tmp_path, UNHCR, titles + FINDER)
    assert best(looked, "asylum_seekers", "UNK", 2013, "origin") == 9
    assert best(looked, "refugees", "TIB", 2013, "origin") == 21
    assert best(looked, "idps", "SOM", 2013) == 33
    assert set(looked.rows["series"]) == {"asylum_seekers", "refugees", "idps"}


def test_unhcrs_long_form(tmp_path: Path) -> None:
    text = (
        "Year,Country / territory of asylum/residence,Origin,Population type,Value\n"
        "2013,Kenya,Somalia,Refugees (incl. refugee-like situations),40\n2013,Malta,Iraq,Asylum-seekers,*\n"
        "2013,Somalia,Somalia,Internally displaced persons,70\n2013,Kenya,Kenya,Stateless persons,5\n"
    )
    looked = look(tmp_path, UNHCR, text)
    assert best(looked, "refugees", "SOM", 2013, "origin") == 40
    assert best(looked, "idps", "SOM", 2013) == 70
    held_back = looked.rows[looked.rows["area"] == "MLT"]
    assert held_back["best"].isna().all() and '"given":0,"all":1' in held_back["coverage"].iloc[0]


def test_a_dash_for_all_origins(tmp_path: Path) -> None:
    looked = look(tmp_path, UNHCR, PEOPLE + "2013,-,KEN,40,0,0\n2013,-,MLT,3,0,0\n")
    assert best(looked, "refugees", "KEN", 2013, "asylum") == 40
    assert set(looked.rows["role"]) == {"asylum"}
    with pytest.raises(InputError, match="row 3, column origin: '-' is not a known area"):
        look(tmp_path, UNHCR, PEOPLE + "2013,SOM,KEN,40,0,0\n2013,-,MLT,3,0,0\n")


def test_refugees_in_their_own_country_are_kept_and_noted(tmp_path: Path) -> None:
    looked = look(tmp_path, UNHCR, PEOPLE + "2013,SOM,SOM,40,0,0\n2013,SOM,KEN,3,0,0\n")
    assert best(looked, "refugees", "SOM", 2013, "asylum") == 40
    assert looked.rows.set_index(["role", "area"])["note"].to_dict() == {
        ("origin", "SOM"): "U001 unverified",
        ("asylum", "SOM"): "U001 unverified",
        ("asylum", "KEN"): "unverified",
    }


def test_idmc_with_tags_and_with_raw_columns(tmp_path: Path) -> None:
    tags = "#country+code,#country+name,#date+year,#affected+new,#affected+idps\n"
    assert best(look(tmp_path, IDMC, f"{DISPLACED}{tags}KEN,Kenya,2013,10,7000\n"), "idps", "KEN", 2013) == 7000
    own = (
        "ISO3,Name,Year,Conflict Stock Displacement,Conflict Stock Displacement (Raw),"
        "Conflict Internal Displacements,Conflict Internal Displacements (Raw),Disaster Internal Displacements\n"
        "KEN,Kenya,2013,7000,6989,10,11,999999\n"
    )
    looked = look(tmp_path, IDMC, own)
    assert best(looked, "idps", "KEN", 2013) == 6989
    assert best(looked, "displacements", "KEN", 2013) == 11
    assert looked.rows["best"].max() == 6989  # conflict is never mixed with disaster
    with pytest.raises(InputError, match="column displacements: the column is missing"):
        look(tmp_path, IDMC, "iso3,year,total_displacement\nKEN,2013,7000\n")


def test_the_banks_old_codes_and_its_own_world(tmp_path: Path) -> None:
    text = (
        '"Data Source","World Development Indicators",\n\n"Country Name","Country Code","Indicator Name",'
        '"Indicator Code","2013",\n"Congo","ZAR","x","SM.POP.REFG.OR","77",\n'
        '"World","WLD","x","SM.POP.REFG.OR","900",\n'
    )
    looked = look(tmp_path, "worldbank_indicators", text)
    assert best(looked, "refugees_including_palestine", "COD", 2013) == 77
    assert best(looked, "refugees_including_palestine", "WLD", 2013) == 900


def test_events_with_tags_and_dates_of_a_workbook(tmp_path: Path) -> None:
    head = "id,year,type_of_violence,country_id,date_start,date_end,low,best,high\n"
    tags = ",#date+year,,,#date+start,#date+end,,#affected+killed,\n"
    event = "1,2013,1,501,2013-01-05 00:00:00,2013-01-06T00:00:00,3,3,5\n"
    looked = look(tmp_path, "ucdp_events", head + tags + event)
    assert best(looked, "deaths_all_dyads.state_based", "KEN", 2013) == 3
    with pytest.raises(InputError, match="column start: '05/01/2013' is not a date"):
        look(tmp_path, "ucdp_events", head + event.replace("2013-01-05 00:00:00", "05/01/2013"))


def test_an_empty_intensity_is_no_minor_conflict(tmp_path: Path) -> None:
    head = "conflict_id,year,type_of_conflict,intensity_level,start_date,start_date2,gwno_a\n"
    with pytest.raises(InputError, match="row 2, column intensity: ''; expected 1"):
        look(tmp_path, "ucdp_armed_conflict", head + "1,2013,3,,2000-01-01,2000-01-01,501\n")


def test_columns_that_are_mixed_up_are_no_slips(tmp_path: Path) -> None:
    rows = "".join(f"{n},{n},Kenya,2013,7,9,8,501\n" for n in range(20))
    with pytest.raises(InputError, match="low, best and high are not in order in 20 of 20 records"):
        look(tmp_path, BRD, DEATHS + rows)


def test_what_cannot_be_seen_does_not_reach_a_name(tmp_path: Path) -> None:
    head = "actor_id,actor_name,is_government_actor,year,location,gwno_location,low_fatality_estimate,"
    text = f"{head}best_fatality_estimate,high_fatality_estimate\n1,Group\x1b[31m \u202eA\x07,0,2013,Kenya,501,4,5,6\n"
    looked = look(tmp_path, "ucdp_one_sided", text)
    assert best(looked, "deaths.one_sided", "KEN", 2013) == 5
    assert not looked.rows["actor"].str.contains("[\x00-\x1f\u202e]").any()


CASES = [
    ("idmc_displacement", "thousands_dot/idmc_de.csv", "may be thousands"),
    (BRD, "thousands_dot/brd_de.csv", "may be thousands"),
    (UNHCR, "unhcr_data_finder_csv/population.csv", {("refugees", "TUR"): 2500, ("refugees", "IND"): 110}),
    (UNHCR, "unhcr_data_finder_csv/population_with_preamble.csv", {("idps", "AFG"): 1200, ("refugees", "TIB"): 110}),
    (UNHCR, "unhcr_extract_as_world/syria_only.csv", {("refugees", "TUR"): 2_500_000}),
    (UNHCR, "unhcr_dash_for_all_origins/no_origin.csv", {("refugees", "TUR"): 25}),
    (UNHCR, "popstats_time_series/time_series.csv", {("refugees", "TUR"): 2500, ("idps", "AFG"): 1200}),
    ("idmc_displacement", "hxl_tag_row/idmc.csv", {("idps", "SYR"): 7000}),
    ("ucdp_events", "hxl_tag_row/events.csv", {("deaths_all_dyads.state_based", "SYR"): 3}),
    (BRD, "excel_leftovers/blank_rows.csv", {("deaths.state_based", "SYR"): 5}),
    (BRD, "excel_leftovers/footnote.csv", {("deaths.state_based", "SYR"): 5}),
    (BRD, "excel_leftovers/gwno_as_float.csv", {("deaths.state_based", "SYR"): 5}),
    (BRD, "encoding_of_an_added_file/excel_unicode.txt", {("deaths.state_based", "SYR"): 5}),
    (BRD, "encoding_of_an_added_file/cp1252.csv", "--encoding"),
    (BRD, "api_json/ucdp_complete.json", {("deaths.state_based", "SYR"): 5}),
    (BRD, "api_json/ucdp_page_1_of_3.json", "of 3"),
    (UNHCR, "api_json/unhcr_complete.json", {("refugees", "TUR"): 25}),
    (UNHCR, "api_json/unhcr_page_1_of_9.json", "page 1 of 9"),
    ("vdc_syria", "vdc_one_row_a_person/persons.csv", "column day: the column is missing, and so are chemical"),
    ("worldbank_indicators", "wdi_old_codes/API_SM.POP.REFG.OR.csv", {("refugees_including_palestine", "COD"): 540}),
]


@pytest.mark.parametrize(("source", "name", "right"), CASES, ids=[name for _, name, _ in CASES])
def test_every_case_that_was_met(mirror: Path, tmp_path: Path, source: str, name: str, right: object) -> None:
    path = mirror.parent / "cases" / name
    if not path.exists():
        # Others' files are not in the repository: every machine tests the shapes made above, and where the files lie,
        # `.ci/run` fails if any test is skipped but Spark's.
        pytest.skip("the files that people had are not here")
    if isinstance(right, str):
        with pytest.raises(InputError, match=right):
            look(tmp_path, source, path.read_bytes(), path.name)
        return
    rows = look(tmp_path, source, path.read_bytes(), path.name).rows
    rows = rows[rows["year"].isin([2014, 2015])].sort_values("year").drop_duplicates(["series", "area"], keep="last")
    assert isinstance(right, dict)
    found = {
        (series, area): best for series, area, best in zip(rows["series"], rows["area"], rows["best"], strict=True)
    }
    assert {key: found[key] for key in right} == right
    assert ("WLD" in set(rows["area"])) == (source == "worldbank_indicators")
