"""External support to the parties of civil conflicts."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.data.corrections import Correction
from analysis.data.readers import ucdp_external_support
from analysis.data.registry import Release
from analysis.data.tables import COLUMNS
from analysis.errors import InputError

RIGHT = Path(__file__).parent / "data" / "right"
WRONG = Path(__file__).parent / "data" / "wrong"
RELEASE = Release("ucdp_external_support", "18.1", "", "2022-04", "", "", "", "", "", ())


def by_year(rows: pd.DataFrame) -> dict[int, tuple[float, ...]]:
    wide = rows.pivot(index="year", columns="series", values="best")
    return {int(year): tuple(numbers) for year, numbers in zip(wide.index, wide.to_numpy(), strict=True)}


def test_a_conflict_counts_once_and_only_if_civil_and_active() -> None:
    rows = ucdp_external_support.support(RELEASE, {"": RIGHT / "external_support.csv"}, [])
    assert tuple(rows.columns) == COLUMNS
    assert set(rows["area"]) == {"WLD"}
    assert set(rows["unit"]) == {"conflicts"}
    assert list(dict.fromkeys(rows["series"])) == [
        "civil_conflicts.all",
        "civil_conflicts.any_support",
        "civil_conflicts.troop_support",
    ]
    assert by_year(rows) == {2014: (3, 2, 1), 2015: (1, 0, 0)}


def test_a_workbook_reads_like_a_csv(tmp_path: Path) -> None:
    workbook = tmp_path / "support.xlsx"
    pd.read_csv(RIGHT / "external_support.csv").to_excel(workbook, index=False)
    rows = ucdp_external_support.support(RELEASE, {"": workbook}, [])
    assert by_year(rows) == {2014: (3, 2, 1), 2015: (1, 0, 0)}


def test_a_correction_is_noted_in_its_year() -> None:
    entry = Correction(
        "C1", "ucdp_external_support", "18.1", "dyad_id=13;year=2014", "support=0", "repair", "support=1", ""
    )
    rows = ucdp_external_support.support(RELEASE, {"": RIGHT / "external_support.csv"}, [entry])
    assert by_year(rows)[2014] == (3, 3, 1)
    assert set(rows.loc[rows["year"] == 2014, "note"]) == {"C1"}
    assert set(rows.loc[rows["year"] == 2015, "note"]) == {""}


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("external_support_missing_column.csv", 1, "troops"),
        ("external_support_text.csv", 3, "troops"),
        ("external_support_negative.csv", 3, "support"),
        ("external_support_not_yes_no.csv", 3, "civil"),
        ("external_support_duplicate.csv", 4, "year + actor_id + dyad_id"),
        ("external_support_year.csv", 3, "year"),
    ],
)
def test_bad_input_is_named(name: str, row: int, column: str) -> None:
    with pytest.raises(InputError) as error:
        ucdp_external_support.support(RELEASE, {"": WRONG / name}, [])
    assert str(error.value).startswith(f"{name}, row {row}, column {column}: ")


def test_an_empty_file_is_named() -> None:
    with pytest.raises(InputError, match="external_support_empty.csv: the file is empty"):
        ucdp_external_support.support(RELEASE, {"": WRONG / "external_support_empty.csv"}, [])


def test_the_real_release(mirror: Path) -> None:
    rows = ucdp_external_support.support(
        RELEASE, {"": mirror / "ucdp" / "external_support" / "ucdp-esd-ay-181.xlsx"}, []
    )
    years = by_year(rows)
    assert sorted(years) == list(range(1975, 2018))
    assert years[2014] == (41, 35, 15)
    assert years[2015] == (51, 41, 20)
