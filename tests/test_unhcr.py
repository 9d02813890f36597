"""UNHCR's end-year population in every form it was given out in; Syrians by month."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyreadr
import pytest

from analysis.data import corrections, registry
from analysis.data.corrections import Correction
from analysis.data.coverage import AS_OF, PART, WITHOUT, Coverage, from_text, to_text
from analysis.data.readers import unhcr
from analysis.data.registry import Release, SourceFile
from analysis.data.tables import COLUMNS, KEY
from analysis.errors import InputError

RIGHT = Path(__file__).parent / "data" / "right"
WRONG = Path(__file__).parent / "data" / "wrong"
RELEASE = Release("unhcr_population", "2016-01", "2016-01", "2016-01", "", "", "", "", "2026-06", ())
NEWEST = dataclasses.replace(RELEASE, vintage="2026-06")
REGION = {part: RIGHT / f"unhcr_region_{part}.csv" for part in unhcr.SYRIA_REGION}


def rows_given(given: int, of: int) -> str:
    return to_text([Coverage(PART, "best", given, of, "rows")])


def entry(row: str, published: str, action: str = "flag", value: str = "") -> Correction:
    return Correction("U1", "unhcr_population", "2016-01", row, published, action, value, "a test")


def figures(rows: pd.DataFrame, series: str, role: str, area: str) -> dict[int, float]:
    some = rows[(rows["series"] == series) & (rows["role"] == role) & (rows["area"] == area)]
    return dict(zip(some["year"], some["best"], strict=True))


def test_a_column_for_each_type() -> None:
    rows = unhcr.population(RELEASE, {"": RIGHT / "unhcr_types.csv"}, [])
    assert tuple(rows.columns) == COLUMNS
    assert not rows.duplicated(KEY).any()
    assert figures(rows, "refugees", "location", "WLD") == {1951: 282000, 2011: 100, 2013: 1240}
    assert figures(rows, "refugees", "origin", "SYR") == {2013: 1000}
    assert figures(rows, "refugees", "asylum", "TUR") == {2013: 200}
    assert figures(rows, "refugees", "asylum", "CIV") == {2013: 40}
    assert figures(rows, "asylum_seekers", "location", "WLD") == {2013: 50}
    assert figures(rows, "idps", "location", "WLD") == {2013: 5000}
    assert figures(rows, "idps", "location", "SYR") == {2013: 5000}
    assert rows[["low", "high"]].isna().all(axis=None)
    assert set(rows["vintage"]) == {"2016-01"}


def test_a_sum_says_how_many_figures_are_held_back() -> None:
    rows = unhcr.population(RELEASE, {"": RIGHT / "unhcr_types.csv"}, [])
    world = rows[(rows["area"] == "WLD") & (rows["series"] == "refugees")].set_index("year")
    assert world["coverage"].to_dict() == {1951: "", 2011: "", 2013: rows_given(3, 4)}
    seekers = rows[(rows["series"] == "asylum_seekers") & (rows["area"] == "IRQ")]
    assert seekers["best"].isna().tolist() == [True]
    assert seekers["coverage"].tolist() == [rows_given(0, 1)]


def test_nothing_to_count_has_no_row() -> None:
    rows = unhcr.population(RELEASE, {"": RIGHT / "unhcr_types.csv"}, [])
    assert figures(rows, "asylum_seekers", "origin", "LBR") == {}
    assert 1951 not in figures(rows, "asylum_seekers", "location", "WLD")


def test_the_newest_release_is_kept_by_area_for_all_years() -> None:
    rows = unhcr.population(NEWEST, {"": RIGHT / "unhcr_types.csv"}, [])
    assert figures(rows, "refugees", "origin", "SYR") == {2011: 100, 2013: 1000}
    assert figures(rows, "refugees", "origin", "UNK") == {1951: 282000}


def test_the_registered_encoding_and_line_ends_are_read(tmp_path: Path) -> None:
    text = (RIGHT / "unhcr_types.csv").read_text(encoding="utf-8")
    (tmp_path / "mac.csv").write_bytes(text.replace("\n", "\r").encode("mac_roman"))
    file = SourceFile("", "mac.csv", "", "no", "", 0, "mac_roman", "")
    rows = unhcr.population(dataclasses.replace(RELEASE, files=(file,)), {"": tmp_path / "mac.csv"}, [])
    pd.testing.assert_frame_equal(rows, unhcr.population(RELEASE, {"": RIGHT / "unhcr_types.csv"}, []))


def test_a_column_for_each_year() -> None:
    rows = unhcr.population(RELEASE, {"": RIGHT / "unhcr_years.csv"}, [])
    assert figures(rows, "refugees", "location", "WLD") == {2011: 108, 2012: 800, 2013: 1000}
    assert figures(rows, "refugees", "origin", "SYR") == {2012: 800, 2013: 1000}
    assert figures(rows, "asylum_seekers", "location", "WLD") == {2011: 2, 2013: 30}
    assert figures(rows, "idps", "location", "SYR") == {2012: 2000, 2013: 5000}
    world = rows[(rows["area"] == "WLD") & (rows["series"] == "refugees")].set_index("year")
    assert world.loc[2013, "coverage"] == rows_given(1, 2)


def test_nested_json() -> None:
    rows = unhcr.population(RELEASE, {"": RIGHT / "unhcr_nested.json"}, [])
    assert figures(rows, "refugees", "location", "WLD") == {2011: 100, 2013: 3005, 2016: 2800}
    assert figures(rows, "refugees", "origin", "SYR") == {2013: 3000}
    assert figures(rows, "asylum_seekers", "asylum", "AGO") == {2013: 7}
    assert figures(rows, "asylum_seekers", "asylum", "LBN") == {}
    assert figures(rows, "idps", "location", "SYR") == {2013: 5000}
    world = rows[(rows["area"] == "WLD") & (rows["year"] == 2016)]
    assert world["coverage"].tolist() == [rows_given(1, 2)]


def test_a_file_that_writes_its_zeros() -> None:
    rows = unhcr.population(NEWEST, {"": RIGHT / "unhcr_api.csv"}, [])
    assert figures(rows, "refugees", "location", "WLD") == {1951: 440800, 2013: 3000, 2015: 15000}
    assert figures(rows, "refugees", "asylum", "AUT") == {1951: 282000}
    assert figures(rows, "refugees", "asylum", "UNK") == {1951: 158800}
    assert figures(rows, "refugees", "origin", "TIB") == {2015: 15000}
    assert figures(rows, "asylum_seekers", "location", "WLD") == {2013: 20}
    assert set(rows["coverage"]) == {""}


def test_title_lines_may_stand_above_the_header(tmp_path: Path) -> None:
    """UNHCR's Refugee Data Finder writes 14, one of them empty, one with many commas inside quotes."""
    table = (RIGHT / "unhcr_api.csv").read_text(encoding="utf-8")
    titles = [
        "Extracted:,UNHCR",
        "",
        'Population types included,"REF,ROC,ASY,IDP,IOC,OIP,OOC,STA"',
        *["Years:,all"] * 11,
    ]
    (tmp_path / "export.csv").write_text("\n".join([*titles, table]), encoding="utf-8")
    rows = unhcr.population(NEWEST, {"": tmp_path / "export.csv"}, [])
    pd.testing.assert_frame_equal(rows, unhcr.population(NEWEST, {"": RIGHT / "unhcr_api.csv"}, []))


def test_what_is_no_end_of_year_can_be_left_out() -> None:
    declared = entry("series=refugees;year=2011", "rows=1;sum=100", "drop")
    rows = unhcr.population(RELEASE, {"": RIGHT / "unhcr_types.csv"}, [declared])
    assert figures(rows, "refugees", "location", "WLD") == {1951: 282000, 2013: 1240}


def test_r_data_reads_like_csv(tmp_path: Path) -> None:
    table = pd.read_csv(RIGHT / "unhcr_api.csv")
    pyreadr.write_rdata(str(tmp_path / "population.rda"), table, df_name="population")
    rows = unhcr.population(NEWEST, {"": tmp_path / "population.rda"}, [])
    pd.testing.assert_frame_equal(rows, unhcr.population(NEWEST, {"": RIGHT / "unhcr_api.csv"}, []))


def test_a_lost_figure_is_an_error_that_gives_the_entry_to_write() -> None:
    with pytest.raises(InputError) as error:
        unhcr.population(RELEASE, {"": WRONG / "unhcr_api_lost.csv"}, [])
    assert str(error.value).startswith("unhcr_api_lost.csv, row 5, column refugees: there is no value (one of 1")
    wanted = ",unhcr_population,2016-01,series=refugees;year=2013;persons=missing,rows=1,flag,,kept as published"
    assert wanted in str(error.value)


def test_a_declared_loss_makes_the_sums_that_need_it_unknown() -> None:
    declared = entry("series=refugees;year=2013;persons=missing", "rows=1")
    rows = unhcr.population(RELEASE, {"": WRONG / "unhcr_api_lost.csv"}, [declared])
    refugees = rows[(rows["series"] == "refugees") & (rows["year"] == 2013)].set_index(["role", "area"])
    assert refugees["best"].fillna(-1).to_dict() == {
        ("location", "WLD"): -1,
        ("origin", "SYR"): -1,
        ("asylum", "LBN"): 1000,
        ("asylum", "TUR"): -1,
    }
    assert refugees.loc[("location", "WLD"), "coverage"] == rows_given(1, 2)
    assert refugees["note"].to_dict()[("location", "WLD")] == "U1"
    assert refugees["note"].to_dict()[("asylum", "LBN")] == ""
    assert figures(rows, "idps", "location", "WLD") == {2013: 5000}


def test_a_declared_negative_counts_as_published() -> None:
    declared = entry("series=asylum_seekers;year=2013;persons=negative", "rows=1;sum=-20")
    rows = unhcr.population(RELEASE, {"": WRONG / "unhcr_types_negative.csv"}, [declared])
    assert figures(rows, "asylum_seekers", "location", "WLD") == {2013: 10}
    noted = rows[rows["note"] == "U1"]
    assert set(zip(noted["role"], noted["area"], strict=True)) == {
        ("location", "WLD"),
        ("asylum", "LBN"),
        ("origin", "SYR"),
    }


def test_a_repaired_place_is_noted_by_area_and_not_for_the_world() -> None:
    declared = entry("origin=", "rows=1", "repair", "origin=TIB")
    rows = unhcr.population(RELEASE, {"": WRONG / "unhcr_api_no_origin.csv"}, [declared])
    assert figures(rows, "refugees", "origin", "TIB") == {2015: 15000}
    noted = rows[rows["note"] == "U1"]
    assert noted[["role", "area", "year"]].to_numpy().tolist() == [["origin", "TIB", 2015]]


def test_what_a_release_leaves_out_is_said_of_the_world() -> None:
    declared = entry("series=refugees;year=1951-1992;asylum=Various/Unknown", "rows=0")
    rows = unhcr.population(RELEASE, {"": RIGHT / "unhcr_types.csv"}, [declared])
    noted = rows[rows["note"] == "U1"]
    left_out = to_text([Coverage(WITHOUT, "best", unit="asylum", without=("Various/Unknown",))])
    assert noted[["series", "area", "year", "coverage"]].to_numpy().tolist() == [["refugees", "WLD", 1951, left_out]]


@pytest.mark.parametrize(
    "expired",
    [
        entry("series=refugees;year=2013;persons=missing", "rows=1"),
        entry("series=refugees;year=1951-1992;asylum=Austria", "rows=0"),
        entry("series=refugees;year=2011", "rows=1;sum=99"),
        entry("series=refugees;year=2011", "rows=1", "add"),
        entry("asylum=Various/Unknown", "rows=0"),
    ],
)
def test_an_entry_that_no_longer_fits_stops_reading(expired: Correction) -> None:
    with pytest.raises(InputError, match=r"unhcr_types.csv.*, column persons: correction U1 .* has expired"):
        unhcr.population(RELEASE, {"": RIGHT / "unhcr_types.csv"}, [expired])


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("unhcr_types_missing_column.csv", "row 1, column origin"),
        ("unhcr_types_renamed_column.csv", "row 1, column refugees"),
        ("unhcr_types_truncated.csv", "row 9"),
        ("unhcr_types_encoding.csv", "row 9"),
        ("unhcr_types_text.csv", "row 6, column refugees"),
        ("unhcr_types_negative.csv", "row 4, column asylum_seekers"),
        ("unhcr_types_duplicate.csv", "row 10, column series + year + origin + asylum"),
        ("unhcr_types_area.csv", "row 3, column asylum"),
        ("unhcr_years_missing_column.csv", "row 1, column type"),
        ("unhcr_years_renamed_column.csv", "row 1, column origin"),
        ("unhcr_years_truncated.csv", "row 12"),
        ("unhcr_years_encoding.csv", "row 4"),
        ("unhcr_years_text.csv", "row 8, column 2013"),
        ("unhcr_years_negative.csv", "row 9, column 2011"),
        ("unhcr_years_duplicate.csv", "row 13, column series + year + origin + asylum"),
        ("unhcr_years_area.csv", "row 12, column origin"),
        ("unhcr_years_type.csv", "row 11, column type"),
        ("unhcr_nested_missing_column.json", "row 1, column nested"),
        ("unhcr_nested_truncated.json", "row 1, column nested"),
        ("unhcr_nested_encoding.json", "row 1, column nested"),
        (
            "unhcr_nested_text.json",
            "row 2013, Refugees (incl. refugee-like situations), Syrian Arab Rep., Turkey,"
            " column Refugees (incl. refugee-like situations)",
        ),
        ("unhcr_nested_negative.json", "row 2013, Asylum-seekers, Gambia, Angola, column Asylum-seekers"),
        ("unhcr_nested_duplicate.json", "row 1, column nested"),
        ("unhcr_nested_area.json", "row 2013, Asylum-seekers, Gambia, Atlantis, column asylum"),
        ("unhcr_nested_number.json", "row 1, column nested"),
        ("unhcr_nested_type.json", "row 2013, Displaced within, column type"),
        ("unhcr_api_no_origin.csv", "row 8, column origin"),
        ("unhcr_api_code.csv", "row 7, column asylum"),
        ("unhcr_api_minus.csv", "row 5, column refugees"),
    ],
)
def test_bad_input_is_named(name: str, place: str) -> None:
    with pytest.raises(InputError) as error:
        unhcr.population(RELEASE, {"": WRONG / name}, [])
    assert str(error.value).startswith(f"{name}, {place}: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["unhcr_types_empty.csv", "unhcr_years_empty.csv", "unhcr_nested_empty.json"])
def test_an_empty_file_is_named(name: str) -> None:
    with pytest.raises(InputError, match=f"^{name}: the file is empty"):
        unhcr.population(RELEASE, {"": WRONG / name}, [])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="^data.json: file not found"):
        unhcr.population(RELEASE, {"": tmp_path / "data.json"}, [])
    with pytest.raises(InputError, match="^egypt.csv: file not found"):
        unhcr.syria_regional(RELEASE, {**REGION, "egypt": tmp_path / "egypt.csv"}, [])


def test_a_month_has_its_last_report() -> None:
    rows = unhcr.syria_regional(RELEASE, REGION, [])
    assert tuple(rows.columns) == COLUMNS
    assert set(rows["series"]) == {"registered_refugees"}
    assert set(rows["role"]) == {"asylum"}

    def as_of(day: str) -> str:
        return to_text([Coverage(AS_OF, "best", first=day, last=day)])

    iraq = rows[rows["area"] == "IRQ"][["year", "month", "best", "coverage"]].to_numpy().tolist()
    assert iraq == [[2012, 6, 5839, as_of("2012-06-26")], [2012, 7, 8445, as_of("2012-07-25")]]
    assert rows[rows["area"] == "EGY"]["coverage"].tolist() == ["", ""]


def test_the_five_together_only_where_all_report() -> None:
    rows = unhcr.syria_regional(RELEASE, REGION, [])
    assert "WLD" not in set(rows["area"])
    assert rows[rows["area"] == "LBN"]["month"].tolist() == [5, 6, 7]
    together = rows[rows["area"] == "MUL"]
    assert together["month"].tolist() == [6, 7]
    assert together["best"].tolist() == [924 + 5839 + 27344 + 25411 + 38784, 1313 + 8445 + 36824 + 33382 + 49893]
    assert from_text(together["coverage"].iloc[1]) == (
        Coverage(AS_OF, "best", areas=("EGY", "IRQ", "JOR", "LBN", "TUR"), first="2012-07-25", last="2012-07-31"),
    )


def test_the_month_in_which_the_files_end_counts_if_it_is_over(tmp_path: Path) -> None:
    text = (RIGHT / "unhcr_region_lebanon.csv").read_text().replace("2012-08-05", "2012-08-31")
    (tmp_path / "lebanon.csv").write_text(text)
    rows = unhcr.syria_regional(RELEASE, {**REGION, "lebanon": tmp_path / "lebanon.csv"}, [])
    assert rows[rows["area"] == "LBN"]["month"].tolist() == [5, 6, 7, 8]
    assert rows[rows["area"] == "EGY"]["month"].tolist() == [6, 7, 8]


def test_a_report_of_one_country_can_be_flagged() -> None:
    flag = Correction("U9", "", "", "part=jordan;date=2012-07-29", "value=36824", "flag", "", "a test")
    rows = unhcr.syria_regional(RELEASE, REGION, [flag])
    noted = rows[rows["note"] == "U9"]
    assert noted[["area", "month"]].to_numpy().tolist() == [["JOR", 7], ["MUL", 7]]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("unhcr_region_missing_column.csv", "row 3, column date"),
        ("unhcr_region_three_columns.csv", "row 3, column value"),
        ("unhcr_region_no_sep.csv", "row 1, column sep"),
        ("unhcr_region_truncated.csv", "row 4, column value"),
        ("unhcr_region_encoding.csv", "row 3"),
        ("unhcr_region_text.csv", "row 3, column value"),
        ("unhcr_region_negative.csv", "row 3, column value"),
        ("unhcr_region_duplicate.csv", "row 4, column date"),
        ("unhcr_region_date.csv", "row 3, column date"),
        ("unhcr_region_no_rows.csv", "row 2, column value"),
    ],
)
def test_bad_regional_input_is_named(name: str, place: str) -> None:
    with pytest.raises(InputError) as error:
        unhcr.syria_regional(RELEASE, {**REGION, "egypt": WRONG / name}, [])
    assert str(error.value).startswith(f"{name}, {place}: ")


def test_an_empty_regional_file_is_named() -> None:
    with pytest.raises(InputError, match="^unhcr_region_empty.csv: the file is empty"):
        unhcr.syria_regional(RELEASE, {**REGION, "egypt": WRONG / "unhcr_region_empty.csv"}, [])


def test_a_missing_or_unknown_country_is_named() -> None:
    four = {part: path for part, path in REGION.items() if part != "iraq"}
    for files in (four, {**REGION, "syria": REGION["iraq"]}):
        with pytest.raises(InputError, match="has the parts egypt, .*expected egypt, iraq, jordan, lebanon, turkey"):
            unhcr.syria_regional(RELEASE, files, [])


def test_applications_are_summed_by_month() -> None:
    rows = unhcr.asylum_applications(RELEASE, {"": RIGHT / "unhcr_applications.csv"}, [])
    assert tuple(rows.columns) == COLUMNS
    assert rows[["area", "role", "year", "month", "best", "coverage"]].to_numpy().tolist() == [
        ["SYR", "origin", 2012, 2, 700, ""],
        ["SYR", "origin", 2012, 3, 35, rows_given(2, 3)],
    ]
    assert set(rows["kind"]) == {"flow"}


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("unhcr_applications_missing_column.csv", "row 1, column month"),
        ("unhcr_applications_renamed_column.csv", "row 1, column value"),
        ("unhcr_applications_truncated.csv", "row 6"),
        ("unhcr_applications_encoding.csv", "row 2"),
        ("unhcr_applications_text.csv", "row 3, column value"),
        ("unhcr_applications_negative.csv", "row 4, column value"),
        ("unhcr_applications_duplicate.csv", "row 7, column asylum + origin + year + month"),
        ("unhcr_applications_area.csv", "row 3, column origin"),
        ("unhcr_applications_origin.csv", "row 3, column origin"),
        ("unhcr_applications_month.csv", "row 3, column month"),
    ],
)
def test_bad_applications_are_named(name: str, place: str) -> None:
    with pytest.raises(InputError) as error:
        unhcr.asylum_applications(RELEASE, {"": WRONG / name}, [])
    assert str(error.value).startswith(f"{name}, {place}: ")


def test_an_empty_file_of_applications_is_named() -> None:
    with pytest.raises(InputError, match="^unhcr_applications_empty.csv: the file is empty"):
        unhcr.asylum_applications(RELEASE, {"": WRONG / "unhcr_applications_empty.csv"}, [])


Read = Callable[[str], pd.DataFrame]


@pytest.fixture(scope="module")
def real(mirror: Path) -> Read:
    """A reader of UNHCR's real releases by vintage, each read once."""
    known: dict[str, pd.DataFrame] = {}

    def read(vintage: str) -> pd.DataFrame:
        if vintage not in known:
            release = registry.find("unhcr_population", vintage)
            entries = corrections.of(release, corrections.load())
            known[vintage] = unhcr.population(release, registry.locate(release, mirror), entries)
        return known[vintage]

    return read


@pytest.mark.parametrize(
    ("vintage", "series", "role", "area", "year", "best"),
    [
        ("2014-06", "refugees", "location", "WLD", 2012, 10497957),
        ("2014-06", "asylum_seekers", "location", "WLD", 2001, 943854),
        ("2014-06", "idps", "location", "WLD", 2013, 23925555),
        ("2015-09", "refugees", "location", "WLD", 1992, 17819063),
        ("2015-09", "refugees", "location", "WLD", 2014, 14376295),
        ("2015-09", "refugees", "origin", "SYR", 2014, 3883554),
        ("2015-09", "refugees", "asylum", "TUR", 2014, 1587345),
        ("2015-09", "asylum_seekers", "location", "WLD", 2014, 1792408),
        ("2016-01", "refugees", "location", "WLD", 1992, 17819063),
        ("2016-01", "refugees", "location", "WLD", 2014, 14376295),
        ("2016-01", "refugees", "origin", "SYR", 2014, 3883554),
        ("2017-08", "refugees", "location", "WLD", 1992, 17819063),
        ("2017-08", "refugees", "location", "WLD", 2015, 16111285),
        ("2017-08", "refugees", "origin", "SYR", 2015, 4873243),
        ("2017-08", "asylum_seekers", "location", "WLD", 2015, 3224966),
        ("2017-08", "asylum_seekers", "location", "WLD", 2013, 1164449),
        ("2017-08", "idps", "location", "WLD", 2015, 37494172),
        ("2020-09", "refugees", "location", "WLD", 1951, 2116011),
        ("2020-09", "refugees", "location", "WLD", 2015, 16110280),
        ("2020-09", "refugees", "origin", "TIB", 2015, 15069),
        ("2021-11", "refugees", "location", "WLD", 2015, 16110280),
        ("2021-11", "refugees", "location", "WLD", 2020, 20661855),
        ("2021-11", "refugees", "asylum", "TUR", 2015, 2541348),
        ("2024-06", "refugees", "location", "WLD", 2015, 16110276),
        ("2024-06", "refugees", "location", "WLD", 2023, 31637408),
        ("2024-06", "asylum_seekers", "origin", "SYR", 2015, 245857),
        ("2024-06", "idps", "location", "SYR", 2015, 6563462),
        ("2025-06", "refugees", "origin", "SYR", 2015, 4873236),
        ("2025-06", "asylum_seekers", "location", "WLD", 2023, 6858499),
        ("2025-06", "idps", "location", "WLD", 2024, 68131711),
        ("2026-06", "refugees", "location", "WLD", 1992, 17838020),
        ("2026-06", "refugees", "location", "WLD", 2015, 16110276),
        ("2026-06", "refugees", "origin", "SYR", 2015, 4873236),
        ("2026-06", "refugees", "asylum", "TUR", 2015, 2541348),
        ("2026-06", "asylum_seekers", "location", "WLD", 2015, 3223460),
        ("2026-06", "asylum_seekers", "origin", "SYR", 2015, 245857),
        ("2026-06", "idps", "location", "SYR", 2015, 6563462),
        ("2026-06", "refugees", "location", "WLD", 2025, 28461306),
    ],
)
def test_real_figures(real: Read, vintage: str, series: str, role: str, area: str, year: int, best: int) -> None:
    assert figures(real(vintage), series, role, area)[year] == best


VINTAGES = [release.vintage for release in registry.releases() if release.source == "unhcr_population"]


@pytest.mark.parametrize("vintage", VINTAGES)
def test_origins_and_countries_of_asylum_add_up_to_the_world(real: Read, vintage: str) -> None:
    rows = real(vintage)
    assert not rows.duplicated(KEY).any()
    for series, roles in unhcr.ROLES.items():
        some = rows[(rows["series"] == series) & rows["year"].isin(unhcr.AREA_YEARS)]
        world = some[some["area"] == "WLD"].set_index("year")["best"]
        assert set(world.index) == set(rows["year"]) & set(unhcr.AREA_YEARS)
        for role in roles:
            areas = some[(some["area"] != "WLD") & (some["role"] == role)].groupby("year")["best"].sum()
            pd.testing.assert_series_equal(areas, world)


def test_the_middle_of_2021_is_no_end_of_year(real: Read) -> None:
    """The package calls it an end of year; UNHCR's own end of 2021 has half a million refugees more."""
    assert real("2021-11")["year"].max() == 2020
    assert figures(real("2024-06"), "refugees", "location", "WLD")[2021] == 21327285


def test_the_years_of_lost_values_have_no_total(real: Read) -> None:
    rows = real("2020-09")
    world = rows[(rows["area"] == "WLD") & rows["best"].isna()]
    assert world.groupby("series").size().to_dict() == {"idps": 16, "refugees": 48}
    assert world["year"].max() == 2011
    assert (world["note"] != "").all()
    assert figures(rows, "refugees", "location", "WLD")[2011] == 10403951


def test_the_same_years_in_two_releases_are_near(real: Read) -> None:
    """Releases of the same years differ by revisions only: a column read as another would show."""
    old, new = (figures(real(vintage), "refugees", "location", "WLD") for vintage in ("2017-08", "2026-06"))
    for year in range(1993, 2017):
        assert old[year] == pytest.approx(new[year], rel=0.001)


def test_real_registrations(mirror: Path) -> None:
    release = registry.find("unhcr_syria_regional", "2014-02")
    rows = unhcr.syria_regional(release, registry.locate(release, mirror), [])
    months = rows.set_index(["area", "year", "month"])["best"]
    assert months["LBN", 2014, 1] == 856522
    assert months["MUL", 2013, 12] == 131599 + 210612 + 576354 + 805835 + 560428
    assert rows.groupby("area").size().to_dict() == {"EGY": 20, "IRQ": 25, "JOR": 25, "LBN": 25, "TUR": 25, "MUL": 20}


def test_real_applications(mirror: Path) -> None:
    release = registry.find("unhcr_asylum_applications", "2019-06")
    rows = unhcr.asylum_applications(release, registry.locate(release, mirror), [])
    months = rows.set_index(["year", "month"])
    assert months.loc[(2015, 9), "best"] == 64500
    assert (len(rows), (rows["coverage"] != "").sum()) == (94, 22)
