"""The UN Population Division's estimates: thousands become persons, regions stay out."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from analysis.data import registry
from analysis.data.readers import un_population
from analysis.data.registry import Release
from analysis.data.tables import COLUMNS, KEY
from analysis.errors import InputError

RELEASE = Release("un_population", "2015-07", "2015-07", "2015-07-29", "", "", "", "", "", ())
HEADER = ["Index", "Variant", "Major area, region, country or area *", "Notes", "Country code", "1950", "2015"]
RECORDS = [
    ["1", "Estimates", "WORLD", "", "900", "2525149.312", "7349472.0990000001"],
    ["2", "Estimates", "More developed regions", "a", "901", "812988.79", "1251351.086"],
    ["3", "Estimates", "Afghanistan", "", "4", "7752.118", "32526.562"],
    ["4", "Estimates", "Syrian Arab Republic", "", "760", "3413.329", "18502.413"],
]


def read(folder: Path, records: list[list[str]], header: list[str] = HEADER) -> pd.DataFrame:
    path = folder / "wpp.csv"
    titles = [["United Nations"], ["Total population, both sexes combined, as of 1 July (thousands)"]]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([*titles, header, *records])
    return un_population.population(RELEASE, {"": path}, [])


def figures(rows: pd.DataFrame, area: str) -> dict[int, float]:
    some = rows[rows["area"] == area]
    return dict(zip(some["year"], some["best"], strict=True))


def test_thousands_are_persons_and_regions_are_not_read(tmp_path: Path) -> None:
    rows = read(tmp_path, RECORDS)
    assert tuple(rows.columns) == COLUMNS
    assert set(rows["area"]) == {"WLD", "AFG", "SYR"}
    assert set(rows["series"]) == {"population"} and set(rows["unit"]) == {"persons"}
    assert figures(rows, "WLD") == {1950: 2_525_149_312, 2015: 7_349_472_099}
    assert figures(rows, "SYR") == {2015: 18_502_413}


def altered(row: int, column: int, text: str) -> list[list[str]]:
    records = [list(record) for record in RECORDS]
    records[row][column] = text
    return records


@pytest.mark.parametrize(
    ("records", "place"),
    [
        (altered(3, 6, "many"), "row 7, column 2015: 'many' is no number of thousands"),
        (altered(3, 5, ""), "row 7, column 1950: '' is no number of thousands"),
        (altered(3, 4, "4"), "row 7, column code: rows 6 and 7 have the same key"),
        (altered(3, 4, "899"), "row 7, column code: '899' is not a known area"),
        (altered(2, 1, "Medium"), "row 6, column variant: 'Medium'"),
    ],
)
def test_bad_input_is_named(tmp_path: Path, records: list[list[str]], place: str) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, records)
    assert str(error.value).startswith(f"wpp.csv, {place}"), str(error.value)


def test_a_file_without_years_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="^wpp.csv, row 1, column year: no column is a year"):
        read(tmp_path, [record[:5] for record in RECORDS], HEADER[:5])


def test_the_real_file(mirror: Path) -> None:
    release = registry.find("un_population", "2015-07")
    rows = un_population.population(release, registry.locate(release, mirror), [])
    assert not rows.duplicated(KEY).any()
    world = figures(rows, "WLD")
    assert (min(world), max(world)) == (1950, 2015)
    assert (world[1950], world[2014], world[2015]) == (2_525_149_312, 7_265_785_946, 7_349_472_099)
    assert figures(rows, "SYR") == {2012: 19_978_756, 2013: 19_322_593, 2014: 18_772_481, 2015: 18_502_413}
    assert figures(rows, "NGA")[2015] == 182_201_962
    areas = rows[rows["area"] != "WLD"].groupby("year")["best"].sum()
    assert (areas - pd.Series(world)[areas.index]).abs().max() < 1_000
