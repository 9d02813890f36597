"""Documented deaths in Syria, by month."""

from pathlib import Path

import pytest

from analysis.data.corrections import Correction
from analysis.data.coverage import PART, Coverage, from_text, to_text
from analysis.data.readers import vdc
from analysis.data.registry import Release
from analysis.data.tables import COLUMNS
from analysis.errors import InputError

RIGHT = Path(__file__).parent / "data" / "right"
WRONG = Path(__file__).parent / "data" / "wrong"
RELEASE = Release("vdc_syria", "2019-06", "2019-06", "2019-06", "", "", "", "", "", ())


def test_months_are_summed_and_say_which_days_they_cover() -> None:
    rows = vdc.documented_deaths(
        RELEASE, {"cause": RIGHT / "vdc_cause.csv", "province": RIGHT / "vdc_province.csv"}, []
    )
    assert tuple(rows.columns) == COLUMNS
    assert set(rows["series"]) == {"deaths.documented"}
    assert set(rows["area"]) == {"SYR"}
    assert set(rows["role"]) == {"location"}
    months = rows[["year", "month", "best", "coverage"]].to_numpy().tolist()
    assert months == [[2012, 2, 87.0, ""], [2012, 3, 6.0, to_text([Coverage(PART, "", 2, 31, "days")])]]
    assert rows["low"].isna().all()
    assert rows["high"].isna().all()


def test_one_file_is_enough() -> None:
    rows = vdc.documented_deaths(RELEASE, {"": RIGHT / "vdc_cause.csv"}, [])
    assert rows["best"].tolist() == [87, 6]


def test_a_declared_day_may_differ_and_is_noted() -> None:
    entry = Correction("C1", "vdc_syria", "2019-06", "day=2012-02-04", "shelling=1.0", "flag", "", "files differ")
    files = {"cause": RIGHT / "vdc_cause.csv", "province": WRONG / "vdc_province_differs.csv"}
    rows = vdc.documented_deaths(RELEASE, files, [entry])
    assert rows["note"].tolist() == ["C1", ""]


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("vdc_missing_column.csv", 1, "siege"),
        ("vdc_new_column.csv", 1, "Drowning"),
        ("vdc_text.csv", 3, "shelling"),
        ("vdc_negative.csv", 3, "shelling"),
        ("vdc_duplicate.csv", 3, "day"),
        ("vdc_bad_date.csv", 3, "day"),
    ],
)
def test_bad_input_is_named(name: str, row: int, column: str) -> None:
    with pytest.raises(InputError) as error:
        vdc.documented_deaths(RELEASE, {"cause": WRONG / name}, [])
    assert str(error.value).startswith(f"{name}, row {row}, column {column}: ")


def test_an_empty_file_is_named() -> None:
    with pytest.raises(InputError, match="vdc_empty.csv: the file is empty"):
        vdc.documented_deaths(RELEASE, {"cause": WRONG / "vdc_empty.csv"}, [])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("vdc_province_differs.csv", "2012-02-04 has 3 deaths, and 4 in"),
        ("vdc_province_lacks_day.csv", "2012-02-04 has 3 deaths, and none in"),
    ],
)
def test_files_that_differ_are_an_error(name: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        vdc.documented_deaths(RELEASE, {"cause": RIGHT / "vdc_cause.csv", "province": WRONG / name}, [])
    assert str(error.value).startswith(f"vdc_cause.csv, row 5, column day: {told} {name}")


def test_a_day_that_only_the_second_file_has_is_an_error(tmp_path: Path) -> None:
    shorter = tmp_path / "cause.csv"
    lines = (RIGHT / "vdc_cause.csv").read_text().splitlines(keepends=True)
    shorter.write_text("".join(line for line in lines if not line.startswith("2012-02-04")))
    with pytest.raises(InputError, match="vdc_province.csv, row 5, column day: 2012-02-04 has no deaths, and 3 in"):
        vdc.documented_deaths(RELEASE, {"cause": shorter, "province": RIGHT / "vdc_province.csv"}, [])


def test_the_real_files(mirror: Path) -> None:
    files = {
        "cause": mirror / "syria" / "casualties_by_cause_of_death_by_day.csv",
        "province": mirror / "syria" / "casualties_by_province_by_day.csv",
    }
    rows = vdc.documented_deaths(RELEASE, files, [])
    assert rows["best"].sum() == 137475
    months = rows.set_index(["year", "month"])
    assert months.loc[(2012, 2), "best"] == 1700
    assert months.loc[(2012, 2), "coverage"] == ""
    assert (2011, 2) not in months.index
    assert (rows["coverage"] != "").sum() == 9
    assert from_text(months.loc[(2018, 8), "coverage"]) == (Coverage(PART, "", 12, 31, "days"),)
