"""Refugees of known age, and the children among them."""

from pathlib import Path

import pandas as pd
import pyreadr
import pytest

from analysis.data import corrections, registry
from analysis.data.corrections import Correction
from analysis.data.coverage import PART, Coverage, from_text
from analysis.data.readers import unhcr_demographics
from analysis.data.registry import Release
from analysis.data.tables import COLUMNS, KEY
from analysis.errors import InputError

RIGHT = Path(__file__).parent / "data" / "right" / "unhcr_ages.csv"
RELEASE = Release("unhcr_demographics", "2026-06", "2026-06", "2026-06", "", "", "", "", "", ())


def read(path: Path = RIGHT, *entries: Correction) -> pd.DataFrame:
    return unhcr_demographics.ages(RELEASE, {"": path}, entries)


def figures(rows: pd.DataFrame, series: str) -> dict[int, float]:
    some = rows[rows["series"] == series]
    return dict(zip(some["year"], some["best"], strict=True))


def changed(folder: Path, old: str, new: str) -> Path:
    text = RIGHT.read_text()
    assert old in text
    (folder / "ages.csv").write_text(text.replace(old, new))
    return folder / "ages.csv"


def left_out(row: str, published: str, action: str = "drop") -> Correction:
    return Correction("U9", "unhcr_demographics", "2026-06", row, published, action, "", "a test")


def test_children_and_those_of_known_age() -> None:
    rows = read()
    assert tuple(rows.columns) == COLUMNS
    assert figures(rows, "child_refugees") == {2014: 27, 2015: 60 + 5}
    assert figures(rows, "refugees_of_known_age") == {2014: 55, 2015: 100 + 50}
    assert set(rows["area"]) == {"WLD"}
    assert not rows.duplicated(KEY).any()
    assert rows.index.tolist() == [0, 1, 2, 3]


def test_how_many_are_of_known_age_is_said_of_both() -> None:
    rows = read()
    said = {
        key: from_text(text) for *key, text in rows[["series", "year", "coverage"]].to_numpy() for key in [tuple(key)]
    }
    assert said["child_refugees", 2015] == said["refugees_of_known_age", 2015]
    assert said["child_refugees", 2015] == (Coverage(PART, "", 150, 250, "persons"),)


def test_the_names_of_2020_are_known(tmp_path: Path) -> None:
    old = pd.read_csv(RIGHT, dtype=str)
    names = {
        "year": "Year",
        "pop_type": "Population Type",
        "coo_iso": "CountryOriginCode",
        "coa_iso": "CountryAsylumCode",
        "loc_type": "urbanRural",
        "acc_type": "accommodationType",
        "total": "Total",
    }
    for sex, letter in (("Female", "f"), ("Male", "m")):
        for ages in ("0_4", "5_11", "12_17", "18_59"):
            names[f"{letter}_{ages}"] = f"{sex}{ages.replace('_', '')}"
        names[f"{letter}_60"] = f"{sex}60ormore"
    pyreadr.write_rdata(str(tmp_path / "ages.RData"), old.rename(columns=names), df_name="demographics")
    pd.testing.assert_frame_equal(read(tmp_path / "ages.RData"), read())


def test_years_are_left_out_by_a_correction() -> None:
    rows = read(RIGHT, left_out("year=2001-2014", "rows=1"))
    assert figures(rows, "child_refugees") == {2015: 65}


@pytest.mark.parametrize(
    "entry",
    [
        left_out("year=2001-2014", "rows=2"),
        left_out("year=2001-2014", "rows=1", action="flag"),
        left_out("year=2013", "rows=1"),
    ],
)
def test_a_correction_expires(entry: Correction) -> None:
    with pytest.raises(InputError, match="U9"):
        read(RIGHT, entry)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("f_5_11", "f_5_12", "row 1, column female 5 to 11"),
        ("North,R,I,0", "North,R,I,x", "row 4, column female 0 to 4"),
        ("North,R,I,0", "North,R,I,-1", "row 4, column female 0 to 4"),
        ("North,R,I,0", "North,R,I,", "row 4, column female 0 to 4"),
        ("LBN,REF,North", "LBN,REF,Bekaa", "row 4"),
        ("2015,Afghanistan", ",Afghanistan", "row 5, column year"),
        ("REF", "RFG", "row 1, column type"),
        (",0,30,50\n", ",0,30\n", "row 5"),
    ],
)
def test_a_broken_file_is_refused(old: str, new: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(changed(tmp_path, old, new))
    assert place in str(caught.value)


@pytest.mark.parametrize(
    ("vintage", "children", "known"), [("2020-09", 4740394, 9324758), ("2026-06", 4672289, 9188794)]
)
def test_the_publishers_files(mirror: Path, vintage: str, children: int, known: int) -> None:
    release = registry.find("unhcr_demographics", vintage)
    rows = unhcr_demographics.ages(
        release, registry.locate(release, mirror), corrections.of(release, corrections.load())
    )
    assert figures(rows, "child_refugees")[2015] == children
    assert figures(rows, "refugees_of_known_age")[2015] == known
    assert min(figures(rows, "child_refugees")) == {"2020-09": 2012, "2026-06": 2001}[vintage]
    path = registry.locate(release, mirror)[""]
    (table,) = pyreadr.read_r(str(path)).values()
    type_, year = table.columns[table.isin(["REF"]).any()][0], table.columns[0]
    some = table[(table[type_] == "REF") & (table[year].astype(float) == 2015)]
    young = [
        name
        for name in some.columns
        if name.replace("_", "")
        .lower()
        .endswith(("e04", "e511", "e1217", "f04", "f511", "f1217", "m04", "m511", "m1217"))
    ]
    assert len(young) == 6
    assert some[young].sum().sum() == children
