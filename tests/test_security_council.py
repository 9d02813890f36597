"""Vetoes in the Security Council."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.data.corrections import Correction
from analysis.data.coverage import UNTIL, Coverage, from_text
from analysis.data.readers import security_council
from analysis.data.registry import Release
from analysis.data.tables import COLUMNS
from analysis.errors import InputError

RIGHT = Path(__file__).parent / "data" / "right"
WRONG = Path(__file__).parent / "data" / "wrong"
RELEASE = Release("security_council", "2023-09", "2023-09", "2023-09", "", "", "", "", "", ())


def repeated(line: int, draft: str) -> Correction:
    return Correction("C1", "security_council", "2023-09", f"line={line}", f"draft={draft}", "flag", "", "two votes")


@pytest.fixture
def rows() -> pd.DataFrame:
    return security_council.vetoes(RELEASE, {"": RIGHT / "vetoes.csv"}, [repeated(3, "S/1")])


def test_a_list_without_a_topic_that_is_a_place(tmp_path: Path) -> None:
    some = (RIGHT / "vetoes.csv").read_text().splitlines(keepends=True)
    (tmp_path / "vetoes.csv").write_text("".join(some[:2]))
    found = security_council.vetoes(RELEASE, {"": tmp_path / "vetoes.csv"}, [])
    assert set(found["area"]) == {"WLD"} and found["best"].eq(1).all()


def test_a_year_without_a_veto_is_a_zero(rows: pd.DataFrame) -> None:
    assert tuple(rows.columns) == COLUMNS
    world = rows[(rows["series"] == "vetoed_drafts") & (rows["area"] == "WLD")].set_index("year")
    assert world.index.tolist() == list(range(1990, 2015))
    assert world["best"][world["best"] > 0].to_dict() == {1990: 2, 1991: 1, 2012: 3, 2014: 1}
    assert world["month"].isna().all()
    assert world["note"][world["note"] != ""].to_dict() == {1990: "C1"}
    assert world["coverage"][world["coverage"] != ""].map(from_text).to_dict() == {
        2014: (Coverage(UNTIL, last="2014-06-30"),)
    }


def test_members_count_by_name_whatever_the_flags_say(rows: pd.DataFrame) -> None:
    cast = rows[rows["series"] == "vetoes"].set_index(["year", "actor"])["best"].to_dict()
    assert cast == {
        (1990, "USSR"): 2,
        (1991, "France"): 1,
        (1991, "UK"): 1,
        (1991, "USA"): 1,
        (2012, "China"): 2,
        (2012, "Russia"): 3,
        (2014, "Russia"): 1,
    }


def test_syria_is_kept_by_month(rows: pd.DataFrame) -> None:
    syria = rows[rows["area"] == "SYR"]
    assert set(syria["series"]) == {"vetoed_drafts"}
    assert syria[["year", "month", "best"]].to_numpy().tolist() == [[2012, 2, 2], [2012, 7, 1], [2014, 6, 1]]
    assert set(syria["coverage"]) == {""}
    assert set(syria["role"]) == {"location"}


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("vetoes_missing_column.csv", 1, "topic"),
        ("vetoes_text.csv", 3, "year"),
        ("vetoes_negative.csv", 3, "year"),
        ("vetoes_duplicate.csv", 4, "date + draft + item"),
        ("vetoes_bad_date.csv", 3, "date"),
        ("vetoes_year.csv", 3, "year"),
        ("vetoes_member.csv", 3, "member2"),
        ("vetoes_no_member.csv", 3, "member1"),
    ],
)
def test_bad_input_is_named(name: str, row: int, column: str) -> None:
    with pytest.raises(InputError) as error:
        security_council.vetoes(RELEASE, {"": WRONG / name}, [])
    assert str(error.value).startswith(f"{name}, row {row}, column {column}: ")


def test_an_empty_file_is_named() -> None:
    with pytest.raises(InputError, match="vetoes_empty.csv: the file is empty"):
        security_council.vetoes(RELEASE, {"": WRONG / "vetoes_empty.csv"}, [])


def test_a_declared_repetition_that_is_gone_expires() -> None:
    with pytest.raises(InputError, match="correction C1 .* has expired"):
        security_council.vetoes(RELEASE, {"": RIGHT / "vetoes.csv"}, [repeated(3, "S/99")])


def test_the_real_list(mirror: Path) -> None:
    path = mirror / "unsc" / "unsc_vetoes_1946_sept2022.csv"
    rows = security_council.vetoes(RELEASE, {"": path}, [repeated(6, "S/PV.49")])
    syria = rows[rows["area"] == "SYR"]
    before = syria[(syria["year"] < 2016) | ((syria["year"] == 2016) & (syria["month"] < 8))]
    assert before[["year", "month", "best"]].to_numpy().tolist() == [
        [2011, 10, 1],
        [2012, 2, 1],
        [2012, 7, 1],
        [2014, 5, 1],
    ]
    world = rows[(rows["series"] == "vetoed_drafts") & (rows["area"] == "WLD")]
    assert (len(world), world["best"].sum()) == (77, 214)
    cast = rows[rows["series"] == "vetoes"].groupby("actor")["best"].sum().to_dict()
    assert cast == {"China": 17, "France": 16, "Russia": 31, "UK": 29, "USA": 82, "USSR": 90}
