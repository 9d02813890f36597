"""Registered Palestine refugees."""

from pathlib import Path

import pandas as pd
import pyreadr
import pytest

from analysis.data import registry
from analysis.data.corrections import Correction
from analysis.data.coverage import PART, Coverage, from_text
from analysis.data.readers import unrwa
from analysis.data.registry import Release
from analysis.data.tables import COLUMNS
from analysis.errors import InputError

RIGHT = Path(__file__).parent / "data" / "right"
WRONG = Path(__file__).parent / "data" / "wrong"
RELEASE = Release("unrwa_registered", "2026-06", "2026-06", "2026-06", "", "", "", "", "", ())


def test_by_area_and_together() -> None:
    rows = unrwa.registered(RELEASE, {"": RIGHT / "unrwa.csv"}, [])
    assert tuple(rows.columns) == COLUMNS
    world = rows[rows["role"] == "location"]
    assert world[["area", "year", "best"]].to_numpy().tolist() == [["WLD", 1952, 394], ["WLD", 1953, 872]]
    areas = rows[rows["role"] == "asylum"]
    assert areas[areas["year"] == 1953].set_index("area")["best"].to_dict() == {
        "JOR": 479,
        "LBN": 100,
        "PSE": 209,
        "SYR": 84,
    }
    assert set(rows["series"]) == {"palestine_refugees"}
    assert rows.index.tolist() == list(range(len(rows)))


def test_a_year_without_one_of_the_fields_says_so() -> None:
    rows = unrwa.registered(RELEASE, {"": RIGHT / "unrwa.csv"}, [])
    assert rows[rows["area"] == "WLD"]["coverage"].map(from_text).tolist() == [
        (Coverage(PART, "best", 3, 4, "fields", without=("JOR",)),),
        (),
    ]


def test_a_year_may_lack_several_fields_and_an_area_may_be_unknown(tmp_path: Path) -> None:
    kept = [line for line in (RIGHT / "unrwa.csv").read_text().splitlines() if "Lebanon" not in line]
    (tmp_path / "unrwa.csv").write_text("\n".join(kept).replace("Jordan,JOR,JOR", "Unknown,UKN,UKN") + "\n")
    rows = unrwa.registered(RELEASE, {"": tmp_path / "unrwa.csv"}, [])
    assert set(rows[rows["year"] == 1953]["area"]) == {"WLD", "PSE", "SYR", "UNK"}
    assert from_text(rows["coverage"].iloc[1]) == (Coverage(PART, "best", 2, 4, "fields", without=("JOR", "LBN")),)


def test_a_correction_is_noted() -> None:
    flag = Correction("U1", "unrwa_registered", "2026-06", "year=1953;area=JOR", "persons=479", "flag", "", "a test")
    rows = unrwa.registered(RELEASE, {"": RIGHT / "unrwa.csv"}, [flag])
    assert rows[rows["note"] == "U1"][["area", "year"]].to_numpy().tolist() == [["WLD", 1953], ["JOR", 1953]]


def test_r_data_reads_like_csv(tmp_path: Path) -> None:
    pyreadr.write_rdata(str(tmp_path / "unrwa.rda"), pd.read_csv(RIGHT / "unrwa.csv"), df_name="unrwa")
    rows = unrwa.registered(RELEASE, {"": tmp_path / "unrwa.rda"}, [])
    pd.testing.assert_frame_equal(rows, unrwa.registered(RELEASE, {"": RIGHT / "unrwa.csv"}, []))


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("unrwa_missing_column.csv", "row 1, column area"),
        ("unrwa_renamed_column.csv", "row 1, column persons"),
        ("unrwa_truncated.csv", "row 8"),
        ("unrwa_encoding.csv", "row 6"),
        ("unrwa_text.csv", "row 6, column persons"),
        ("unrwa_negative.csv", "row 4, column persons"),
        ("unrwa_duplicate.csv", "row 9, column year + area"),
        ("unrwa_area.csv", "row 6, column area"),
        ("unrwa_no_value.csv", "row 6, column persons"),
        ("unrwa_no_year.csv", "row 6, column year"),
    ],
)
def test_bad_input_is_named(name: str, place: str) -> None:
    with pytest.raises(InputError) as error:
        unrwa.registered(RELEASE, {"": WRONG / name}, [])
    assert str(error.value).startswith(f"{name}, {place}: ")


def test_an_empty_file_is_named() -> None:
    with pytest.raises(InputError, match="^unrwa_empty.csv: the file is empty"):
        unrwa.registered(RELEASE, {"": WRONG / "unrwa_empty.csv"}, [])


@pytest.mark.parametrize(("vintage", "last", "total"), [("2023-06", 2022, 5887353), ("2025-06", 2024, 5914401)])
def test_older_releases_agree_on_the_years_of_the_report(mirror: Path, vintage: str, last: int, total: int) -> None:
    release = registry.find("unrwa_registered", vintage)
    rows = unrwa.registered(release, registry.locate(release, mirror), [])
    world = rows[rows["area"] == "WLD"].set_index("year")["best"]
    assert (world.index.max(), world[last]) == (last, total)
    assert (world[2014], world[2015]) == (5149742, 5241257)


def test_the_real_file(mirror: Path) -> None:
    release = registry.find("unrwa_registered", "2026-06")
    rows = unrwa.registered(release, registry.locate(release, mirror), [])
    world = rows[rows["area"] == "WLD"].set_index("year")
    assert world.loc[2015, "best"] == 5241257
    assert world[world["coverage"] != ""].index.tolist() == [1952]
    assert (world.index.min(), world.index.max(), len(rows)) == (1952, 2025, 370)
