"""What no reader may let through, one record each: found by taking a guard away and seeing no other test fail."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.data import registry, tables
from analysis.data.readers import READERS, formats, raw, ucdp, unhcr
from analysis.errors import InputError

CONFLICTS = "conflict_id,year,type_of_conflict,intensity_level,start_date,start_date2,gwno_a\n"
COUNTRY_YEARS = ",".join(name for names in ucdp.COUNTRY_YEAR.values() for name in names) + "\n"
DEATHS = "conflict_id,dyad_id,location_inc,year,bd_low,bd_best,bd_high,gwno_loc\n"
EVENTS = "id,type_of_violence,country_id,date_start,date_end,low,best,high\n"
INDICATORS = "Country Name,Country Code,Indicator Name,Indicator Code,2014\n"
SUPPORT = "year,actor_id,dyad_id,conflict_id,civil,active,ext_sup,ext_x\n"
CONFLICT = "1,2014,3,1,1990-01-01,1990-01-01,501\n"


@pytest.mark.parametrize(
    ("source", "text", "said"),
    [
        ("ucdp_armed_conflict", CONFLICTS + CONFLICT + CONFLICT, "rows 2 and 3 have the same key"),
        (
            "ucdp_armed_conflict",
            CONFLICTS + CONFLICT + CONFLICT.replace(",3,1,", ",3,2,").replace("501", "41"),
            "conflict 1 has two records for 2014 that differ",
        ),
        ("ucdp_country_year", COUNTRY_YEARS + 2 * f"501,2014{18 * ',3'}\n", "rows 2 and 3 have the same key"),
        ("ucdp_armed_conflict", CONFLICTS + CONFLICT.replace(",3,1,", ",3,,"), "row 2, column intensity"),
        ("ucdp_armed_conflict", CONFLICTS + CONFLICT.replace(",3,1,", ",3,3,"), "row 2, column intensity"),
        (
            "ucdp_battle_related_deaths",
            DEATHS + "1,2,Kenya,2014,1,-99,9,501\n",
            "row 2, column best: '-99' is a negative",
        ),
        (
            "ucdp_events",
            EVENTS + "1,1,501,2014-01-01,2014-01-01,1,,3\n",
            "row 2, column best: '' is not a whole number",
        ),
        (
            "ucdp_events",
            EVENTS + "".join(f"{n},1,501,2014-01-01,2014-01-01,4,3,5\n" for n in range(20)),
            "in 20 of 20 records",
        ),
        ("ucdp_external_support", SUPPORT + "2014,1,10,100,1,1,1,\n", "row 2, column troops: '' is not a whole number"),
        (
            "ucdp_battle_related_deaths",
            DEATHS.replace("location_inc", "BD_Best") + "1,2,7,2014,1,5,9,501\n",
            "column best stands there 2 times",
        ),
        (
            "worldbank_indicators",
            INDICATORS + "Kenya,KEN,x,SM.POP.REFG,3000000000\n",
            "row 2, column 2014: '3000000000' is more than there can be",
        ),
        (
            "worldbank_indicators",
            "Country Name,Country Code,Year,Refugee population by country or territory of asylum\n"
            + "Kenya,KEN,2014,5\n" * 2,
            "rows 2 and 3 have the same key",
        ),
        (
            "worldbank_indicators",
            "Country Name,Country Code,Indicator Name,Indicator Code,2014\n"
            "Africa Eastern and Southern,AFE,Battle-related deaths (number of people),VC.BTL.DETH,99\n",
            "there is no country, only the Bank's regions",
        ),
        ("idmc_displacement", "iso3,country_name,year,total_displacement\nKEN,Kenya,2014,5\n", "column displacements"),
    ],
)
def test_it_is_refused(tmp_path: Path, source: str, text: str, said: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text(text)
    release = registry.parse_add(f"{source}:99.1:2031-06:{path}").release
    with pytest.raises(InputError, match=said):
        READERS[source].read(release, {"": path}, [])


def test_a_file_too_large_for_a_table_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file.csv").write_text(CONFLICTS + CONFLICT)
    monkeypatch.setattr(formats, "MOST_BYTES", 100)
    with pytest.raises(InputError, match="file.csv: the file is larger than"):
        formats.cells(tmp_path / "file.csv", set())


@pytest.mark.parametrize("name", ["empty.xlsx", "empty.rda", "empty.dta", "empty.json"])
def test_an_empty_file_is_called_so_whatever_its_format(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x00" * 9)
    with pytest.raises(InputError, match=f"{name}: the file is empty"):
        formats.cells(tmp_path / name, set())


def test_a_mark_of_byte_order_alone_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "marked.csv").write_bytes(b"\xef\xbb\xbf\n")
    with pytest.raises(InputError, match="marked.csv: the file is empty"):
        formats.cells(tmp_path / "marked.csv", set())


def test_an_archive_of_nothing_is_called_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        archive.writestr("data.dta", "")
    with pytest.raises(InputError, match="packed.zip: the file is empty"):
        formats.cells(tmp_path / "packed.zip", set())


def test_a_table_of_other_columns_is_not_tidy(tmp_path: Path) -> None:
    (tmp_path / "idmc.csv").write_text("series,year\nidps,2014\n")
    with pytest.raises(InputError, match="idmc.csv, row 1: the columns are series, year"):
        tables.load(tmp_path)


def test_a_folder_without_tables_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no tidy tables there"):
        tables.load(tmp_path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no file"):
        formats.cells(tmp_path, set())


@pytest.mark.parametrize("day", ["-2012-08-04", "0012-08-04", "9012-08-04", "2012-02-30", ""])
def test_a_day_of_another_age_is_none(tmp_path: Path, day: str) -> None:
    frame = pd.DataFrame({"date": ["2012-06-30", day]}, index=[2, 3])
    with pytest.raises(InputError, match="row 3, column date: .* is not a date"):
        raw.dates(frame, "date", tmp_path / "file.csv")


def test_what_no_area_has_in_a_year_has_no_row_of_the_world(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(
        "iso3,country_name,year,new_displacement,total_displacement\nKEN,Kenya,2013,5,7\nKEN,Kenya,2014,,8\n"
    )
    release = registry.parse_add(f"idmc_displacement:99.1:2031-06:{path}").release
    rows = READERS["idmc_displacement"].read(release, {"": path}, [])
    assert sorted(rows.loc[rows["area"] == "WLD", "best"]) == [5, 7, 8]
    assert rows["best"].notna().all()


@pytest.mark.parametrize(("newest", "years"), [("99.1", {2011, 2012}), ("99.2", {2012})])
def test_an_older_population_is_kept_by_area_for_few_years(tmp_path: Path, newest: str, years: set[int]) -> None:
    path = tmp_path / "file.csv"
    path.write_text(INDICATORS.replace("2014", "2011,2012") + "Kenya,KEN,x,SP.POP.TOTL,5,6\n")
    release = registry.parse_add(f"worldbank_indicators:99.1:2031-06:{path}").release
    rows = READERS["worldbank_indicators"].read(replace(release, newest_known=newest), {"": path}, [])
    assert set(rows["year"]) == years


def test_a_month_without_its_number_is_no_report(tmp_path: Path) -> None:
    files = {part: tmp_path / f"{part}.csv" for part in unhcr.SYRIA_REGION}
    for path in files.values():
        path.write_text("sep=;\n2014-01-31;5\n")
    files["jordan"].write_text("sep=;\n2014-01-31;\n")
    release = registry.parse_add(f"unhcr_syria_regional:99.1:2031-06:{files['jordan']}").release
    with pytest.raises(InputError, match="jordan.csv, row 2, column value: '' is not a whole number"):
        READERS["unhcr_syria_regional"].read(release, files, [])
