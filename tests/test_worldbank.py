"""The World Bank's copies of displacement, conflict and population figures."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.data import corrections, registry
from analysis.data.corrections import Correction
from analysis.data.readers import worldbank
from analysis.data.registry import Release
from analysis.data.tables import COLUMNS, KEY
from analysis.errors import InputError

RIGHT = Path(__file__).parent / "data" / "right"
WRONG = Path(__file__).parent / "data" / "wrong"
RELEASE = Release("worldbank_indicators", "2025-12", "2025-12", "2025-12", "", "", "", "", "", ())
REFUGEES = "refugees_including_palestine"


def figures(rows: pd.DataFrame, series: str, role: str, area: str) -> dict[int, float]:
    some = rows[(rows["series"] == series) & (rows["role"] == role) & (rows["area"] == area)]
    return dict(zip(some["year"], some["best"], strict=True))


def test_a_column_for_each_year() -> None:
    rows = worldbank.indicators(RELEASE, {"": RIGHT / "worldbank_years.csv"}, [])
    assert tuple(rows.columns) == COLUMNS
    assert figures(rows, "deaths_worldbank.state_based", "location", "SYR") == {2014: 66057, 2015: 51079}
    assert figures(rows, "deaths_worldbank.state_based", "location", "CIV") == {2015: 0}
    assert figures(rows, REFUGEES, "origin", "SYR") == {1960: 1, 2014: 3887490, 2015: 4873236}
    assert set(rows["area"]) == {"CIV", "SYR", "WLD"}
    assert not rows.duplicated(KEY).any()


def test_the_world_has_one_row_a_year_with_the_role_asylum() -> None:
    rows = worldbank.indicators(RELEASE, {"": RIGHT / "worldbank_years.csv"}, [])
    assert figures(rows, REFUGEES, "location", "WLD") == {2014: 19534031, 2015: 21351533}
    assert figures(rows, REFUGEES, "origin", "WLD") == {}
    rows = worldbank.indicators(RELEASE, {"topic": RIGHT / "worldbank_topic.csv"}, [])
    assert figures(rows, REFUGEES, "location", "WLD") == {2010: 15239927, 2015: 21351537}
    assert figures(rows, REFUGEES, "origin", "WLD") == {}


def test_a_topic_has_a_column_for_each_indicator_and_few_years_by_area() -> None:
    rows = worldbank.indicators(RELEASE, {"topic": RIGHT / "worldbank_topic.csv"}, [])
    assert figures(rows, REFUGEES, "origin", "SYR") == {2015: 4873236}
    assert figures(rows, REFUGEES, "asylum", "SYR") == {2015: 555766}
    assert figures(rows, "idps", "location", "SYR") == {2015: 6600000}
    assert figures(rows, "displacements", "location", "SYR") == {2015: 1300000}
    assert figures(rows, "deaths_worldbank.state_based", "location", "SYR") == {2015: 50666}
    assert rows["series"].drop_duplicates().tolist() == [
        "deaths_worldbank.state_based",
        "displacements",
        "idps",
        REFUGEES,
    ]
    assert rows.index.tolist() == list(range(len(rows)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Refugee population by country or territory of origin", "Refugees by origin"),
        ("Internally displaced persons, total displaced", "Internally displaced people, total displaced"),
        ("Battle-related deaths (number of people)", "Battle-related deaths"),
    ],
)
def test_an_indicator_under_a_new_name_is_not_lost(tmp_path: Path, old: str, new: str) -> None:
    text = (RIGHT / "worldbank_topic.csv").read_text().replace(old, new)
    (tmp_path / "topic.csv").write_text(text)
    with pytest.raises(InputError, match=f"^topic.csv, row 1, column average_value_{new}.*: the indicator has a new"):
        worldbank.indicators(RELEASE, {"": tmp_path / "topic.csv"}, [])


def test_population_by_area_for_all_years() -> None:
    rows = worldbank.indicators(RELEASE, {"population": RIGHT / "worldbank_population.csv"}, [])
    assert figures(rows, "population", "location", "SYR") == {2010: 22, 2015: 19, 2016: 18, 2017: 17, 2024: 24}
    assert figures(rows, "population", "location", "WLD") == {1960: 3000, 2024: 8000}
    assert set(rows["area"]) == {"SYR", "WLD"}


def test_a_population_file_is_known_by_its_name(tmp_path: Path) -> None:
    content = (RIGHT / "worldbank_population.csv").read_bytes()
    (tmp_path / "population.csv").write_bytes(content)
    rows = worldbank.indicators(RELEASE, {"": tmp_path / "population.csv"}, [])
    assert set(rows["series"]) == {"population"}
    (tmp_path / "gdp.csv").write_bytes(content)
    with pytest.raises(InputError, match="^gdp.csv, row 1, column value: nothing says which indicator"):
        worldbank.indicators(RELEASE, {"": tmp_path / "gdp.csv"}, [])


def test_several_files_are_one_release() -> None:
    files = {"topic": RIGHT / "worldbank_topic.csv", "deaths": RIGHT / "worldbank_years.csv"}
    with pytest.raises(InputError, match="worldbank_topic.csv, row 6.*: the world of 2015 is 21351537 and 21351533"):
        worldbank.indicators(RELEASE, dict(reversed(files.items())), [])
    flag = Correction("W1", "", "", "part=topic;code=SYR;year=2015", "", "flag", "", "a test")
    files = {"topic": RIGHT / "worldbank_topic.csv", "population": RIGHT / "worldbank_population.csv"}
    rows = worldbank.indicators(RELEASE, files, [flag])
    assert {REFUGEES, "idps", "population"} <= set(rows["series"])
    assert set(rows[rows["note"] == "W1"]["series"]) == set(rows["series"]) - {"population"}


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("worldbank_years_missing_column.csv", "row 1, column code"),
        ("worldbank_years_renamed_column.csv", "row 1, column indicator"),
        ("worldbank_years_truncated.csv", "row 11"),
        ("worldbank_years_encoding.csv", "row 7"),
        ("worldbank_years_text.csv", "row 9, column 2015"),
        ("worldbank_years_negative.csv", "row 9, column 2014"),
        ("worldbank_years_duplicate.csv", "row 12, column indicator + code"),
        ("worldbank_years_area.csv", "row 8, column code"),
        ("worldbank_years_indicator.csv", "row 8, column indicator"),
        ("worldbank_topic_missing_column.csv", "row 1, column year"),
        (
            "worldbank_topic_renamed_indicator.csv",
            "row 1, column average_value_Refugees by asylum",
        ),
        ("worldbank_topic_no_indicator.csv", "row 1, column average_value_..."),
        (
            "worldbank_topic_text.csv",
            "row 4, column average_value_Refugee population by country or territory of origin",
        ),
        (
            "worldbank_topic_world.csv",
            "row 6, column average_value_Refugee population by country or territory of origin",
        ),
        ("worldbank_population_no_year.csv", "row 4, column year"),
        ("worldbank_population_duplicate.csv", "row 10, column code + year"),
    ],
)
def test_bad_input_is_named(name: str, place: str) -> None:
    with pytest.raises(InputError) as error:
        worldbank.indicators(RELEASE, {"population": WRONG / name}, [])
    assert str(error.value).startswith(f"{name}, {place}: ")


def test_an_empty_file_is_named() -> None:
    with pytest.raises(InputError, match="^worldbank_years_empty.csv: the file is empty"):
        worldbank.indicators(RELEASE, {"": WRONG / "worldbank_years_empty.csv"}, [])


@pytest.mark.parametrize(
    ("vintage", "series", "role", "area", "year", "best"),
    [
        ("2016-06", REFUGEES, "location", "WLD", 2012, 15417872),
        ("2016-06", REFUGEES, "asylum", "JOR", 2014, 2771502),
        ("2016-06", REFUGEES, "asylum", "BGD", 2014, 32472),
        ("2016-10", "population", "location", "WLD", 2015, 7346633037),
        ("2016-10", "population", "location", "XKX", 2015, 1797151),
        ("2021-10", REFUGEES, "location", "WLD", 2015, 21351537),
        ("2021-10", REFUGEES, "origin", "SYR", 2015, 4873236),
        ("2021-10", REFUGEES, "asylum", "JOR", 2015, 2808343),
        ("2021-10", "idps", "location", "SYR", 2015, 6600000),
        ("2021-10", "displacements", "location", "SYR", 2015, 1300000),
        ("2021-10", "deaths_worldbank.state_based", "location", "SYR", 2014, 64657),
        ("2023-10", REFUGEES, "location", "WLD", 2015, 21351533),
        ("2023-10", REFUGEES, "origin", "SYR", 2022, 6547818),
        ("2025-12", "deaths_worldbank.state_based", "location", "SYR", 2014, 66057),
        ("2026-03", "population", "location", "WLD", 2015, 7441677465),
        ("2026-03", "population", "location", "SYR", 2024, 24672760),
    ],
)
def test_real_figures(mirror: Path, vintage: str, series: str, role: str, area: str, year: int, best: int) -> None:
    release = registry.find("worldbank_indicators", vintage)
    rows = worldbank.indicators(release, registry.locate(release, mirror), corrections.of(release, corrections.load()))
    assert not rows.duplicated(KEY).any()
    assert figures(rows, series, role, area)[year] == best


def test_the_world_of_2016_06_is_the_sum_of_its_countries_where_it_is_kept(mirror: Path) -> None:
    """In 2013 and 2014 the file's world is not, and not what its regions add up to: W001 leaves it out."""
    release = registry.find("worldbank_indicators", "2016-06")
    rows = worldbank.indicators(release, registry.locate(release, mirror), corrections.of(release, corrections.load()))
    world = figures(rows, REFUGEES, "location", "WLD")
    summed = rows[rows["area"] != "WLD"].groupby("year")["best"].sum()
    assert list(world) == list(range(1990, 2013))
    assert world == summed[summed.index <= 2012].to_dict()
    assert summed[[2013, 2014]].tolist() == [16_733_228, 18_834_962]
