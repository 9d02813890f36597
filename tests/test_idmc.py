"""People internally displaced by conflict and violence."""

import dataclasses
from pathlib import Path

import pandas as pd
import pyreadr
import pytest

from analysis.data import areas, registry
from analysis.data.corrections import Correction
from analysis.data.coverage import NOT_A_SUM, PART, Coverage, from_text
from analysis.data.readers import idmc
from analysis.data.registry import Release
from analysis.data.tables import COLUMNS, KEY
from analysis.errors import InputError

RIGHT = Path(__file__).parent / "data" / "right"
WRONG = Path(__file__).parent / "data" / "wrong"
RELEASE = Release("idmc_displacement", "2026-03", "2026-03", "2026-03", "", "", "CC BY 3.0 IGO", "", "", ())
WORLD_FIGURE = (Coverage(NOT_A_SUM, "best"),)
OPEN = dataclasses.replace(RELEASE, licence="CC BY 4.0")


def figures(rows: pd.DataFrame, series: str, area: str) -> dict[int, float]:
    some = rows[(rows["series"] == series) & (rows["area"] == area)]
    return dict(zip(some["year"], some["best"], strict=True))


def areas_given(given: int, of: int) -> tuple[Coverage, ...]:
    return (Coverage(PART, "best", given, of, "areas"),)


def test_the_world_is_the_sum_of_areas() -> None:
    rows = idmc.displacement(RELEASE, {"": RIGHT / "idmc_areas.csv"}, [])
    assert tuple(rows.columns) == COLUMNS
    assert figures(rows, "idps", "WLD") == {2014: 7600000, 2015: 82000 + 6270001 + 303000 + 6600000}
    assert figures(rows, "displacements", "WLD") == {2014: 1100000, 2015: 1524000}
    assert set(rows["role"]) == {"location"}
    assert not rows.duplicated(KEY).any()
    assert rows.index.tolist() == list(range(len(rows)))


def test_the_areas_of_claims_are_areas() -> None:
    assert len(idmc.CLAIM_AREAS) == 17
    assert all(areas.by_iso3(area) == area for area in idmc.CLAIM_AREAS)


def test_an_empty_value_is_unknown_and_said() -> None:
    rows = idmc.displacement(RELEASE, {"": RIGHT / "idmc_areas.csv"}, [])
    world = rows[rows["area"] == "WLD"].set_index(["series", "year"])["coverage"].to_dict()
    assert {key: from_text(text) for key, text in world.items()} == {
        ("idps", 2014): areas_given(1, 1),
        ("idps", 2015): areas_given(4, 5),
        ("displacements", 2014): areas_given(1, 1),
        ("displacements", 2015): areas_given(3, 5),
    }
    every = idmc.displacement(OPEN, {"": RIGHT / "idmc_areas.csv"}, [])
    assert figures(every, "idps", "AGO") == {}
    assert figures(every, "displacements", "AGO") == {2015: 0}


def test_the_licence_decides_which_areas_are_kept() -> None:
    named = idmc.displacement(RELEASE, {"": RIGHT / "idmc_areas.csv"}, [])
    assert set(named["area"]) == {"WLD", "CIV", "SYR"}
    every = idmc.displacement(OPEN, {"": RIGHT / "idmc_areas.csv"}, [])
    assert set(every["area"]) == {"WLD", "AB9", "AGO", "CIV", "COL", "SYR"}


def test_a_world_figure_under_an_unknown_area() -> None:
    rows = idmc.displacement(OPEN, {"": RIGHT / "idmc_unhcr.csv"}, [])
    assert figures(rows, "idps", "WLD") == {2008: 26000000, 2015: 12870002}
    assert figures(rows, "idps", "UNK") == {2015: 2}
    coverage = rows[rows["area"] == "WLD"]["coverage"].map(from_text).tolist()
    assert coverage == [WORLD_FIGURE, areas_given(3, 3)]
    assert set(rows["series"]) == {"idps"}


def test_world_figures_in_millions() -> None:
    rows = idmc.displacement(RELEASE, {"": RIGHT / "idmc_world.csv"}, [])
    assert figures(rows, "idps", "WLD") == {1989: 16500000, 1990: 21300000, 2008: 26000000}
    assert set(rows["coverage"].map(from_text)) == {WORLD_FIGURE}


def test_a_correction_is_noted() -> None:
    flag = Correction("I1", "idmc_displacement", "2026-03", "year=2015;area=SYR", "idps=6600000", "flag", "", "a test")
    rows = idmc.displacement(RELEASE, {"": RIGHT / "idmc_areas.csv"}, [flag])
    noted = rows[rows["note"] == "I1"]
    assert noted[["series", "area", "year"]].to_numpy().tolist() == [
        ["idps", "WLD", 2015],
        ["idps", "SYR", 2015],
        ["displacements", "WLD", 2015],
        ["displacements", "SYR", 2015],
    ]


def test_spreadsheets_and_r_data_read_like_csv(tmp_path: Path) -> None:
    table = pd.read_csv(RIGHT / "idmc_areas.csv")
    table.to_excel(tmp_path / "idmc.xlsx", index=False)
    pyreadr.write_rdata(str(tmp_path / "idmc.rda"), table, df_name="idmc")
    expected = idmc.displacement(OPEN, {"": RIGHT / "idmc_areas.csv"}, [])
    for name in ("idmc.xlsx", "idmc.rda"):
        pd.testing.assert_frame_equal(idmc.displacement(OPEN, {"": tmp_path / name}, []), expected)


def test_a_row_of_tags_is_no_record(tmp_path: Path) -> None:
    header, *records = (RIGHT / "idmc_areas.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    tags = ",".join(f"#tag+{place}" for place in range(header.count(","))) + ",\n"
    (tmp_path / "tagged.csv").write_text("".join([header, tags, *records]), encoding="utf-8")
    expected = idmc.displacement(OPEN, {"": RIGHT / "idmc_areas.csv"}, [])
    pd.testing.assert_frame_equal(idmc.displacement(OPEN, {"": tmp_path / "tagged.csv"}, []), expected)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("idmc_areas_missing_column.csv", "row 1, column year"),
        ("idmc_areas_renamed_column.csv", "row 1, column idps"),
        ("idmc_areas_new_column.csv", "row 1, column internal_displacements"),
        ("idmc_areas_truncated.csv", "row 8"),
        ("idmc_areas_encoding.csv", "row 5"),
        ("idmc_areas_text.csv", "row 5, column idps"),
        ("idmc_areas_negative.csv", "row 2, column idps"),
        ("idmc_areas_duplicate.csv", "row 9, column area + year"),
        ("idmc_areas_area.csv", "row 2, column area"),
        ("idmc_areas_no_year.csv", "row 4, column year"),
        ("idmc_world_text.csv", "row 3, column idps"),
        ("idmc_world_negative.csv", "row 4, column idps"),
    ],
)
def test_bad_input_is_named(name: str, place: str) -> None:
    with pytest.raises(InputError) as error:
        idmc.displacement(RELEASE, {"": WRONG / name}, [])
    assert str(error.value).startswith(f"{name}, {place}: ")


def test_an_empty_file_is_named() -> None:
    with pytest.raises(InputError, match="^idmc_areas_empty.csv: the file is empty"):
        idmc.displacement(RELEASE, {"": WRONG / "idmc_areas_empty.csv"}, [])


@pytest.mark.parametrize(
    ("vintage", "area", "year", "best"),
    [
        ("2014", "WLD", 2013, 33300000),
        ("2018", "WLD", 2015, 40520800),
        ("2018", "SYR", 2015, 6600000),
        ("2019-09", "WLD", 2015, 40520800),
        ("2019-09", "WLD", 2018, 41344940),
        ("2019-09", "SYR", 2018, 6119000),
        ("2024-06", "WLD", 2015, 40451900),
        ("2024-06", "WLD", 2014, 37877320),
        ("2024-06", "SYR", 2023, 7248000),
        ("2026-03", "WLD", 2015, 40455779),
        ("2026-06", "WLD", 2015, 40451900),
        ("2026-06", "WLD", 1990, 21300000),
        ("2026-06", "SYR", 2015, 6600000),
        ("2026-06", "AB9", 2015, 82000),
        ("2026-06", "UNK", 2017, 2),
    ],
)
def test_real_figures(mirror: Path, vintage: str, area: str, year: int, best: int) -> None:
    release = registry.find("idmc_displacement", vintage)
    rows = idmc.displacement(release, registry.locate(release, mirror), [])
    assert not rows.duplicated(KEY).any()
    assert figures(rows, "idps", area)[year] == best
