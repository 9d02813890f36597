"""What the ``sources`` command shows."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from registries import row, write

from analysis.data import registry, status
from analysis.data.status import Difference, ReleaseStatus
from analysis.data.tables import COLUMNS, KEY
from analysis.errors import InputError

GOOD = b"a\n1\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A registry, and empty folders for the tables, a mirror and the cache."""
    for name in ("tidy", "mirror", "cache"):
        (tmp_path / name).mkdir()
    write(tmp_path / "sources.csv", row(GOOD))
    return tmp_path


def look(place: Path, mirror: bool = True) -> list[ReleaseStatus]:
    return status.status(place / "tidy", place / "mirror" if mirror else None, place / "cache", place / "sources.csv")


def put(folder: Path, content: bytes = GOOD) -> None:
    (folder / "ucdp").mkdir(exist_ok=True)
    (folder / "ucdp/one.csv").write_bytes(content)


def test_a_release_that_is_not_here(place: Path) -> None:
    assert look(place) == [
        ReleaseStatus(
            source="ucdp_one_sided",
            vintage="23.1",
            release_group="23.1",
            published="2023-06",
            published_basis="inferred: a test",
            registered="yes",
            held="no",
            verified="unknown",
            of_the_time="no",
            newest_known="26.1",
            is_newest="no",
        )
    ]


@pytest.mark.parametrize(
    ("mirror", "cache", "held", "verified"),
    [
        (GOOD, None, "mirror", "yes"),
        (None, GOOD, "cache", "yes"),
        (GOOD, GOOD, "mirror", "yes"),
        (b"altered", None, "mirror", "no"),
        (None, b"altered", "cache", "no"),
        (b"altered", GOOD, "cache", "yes"),
        (b"altered", b"altered", "mirror", "no"),
    ],
)
def test_where_a_release_is_held(
    place: Path, mirror: bytes | None, cache: bytes | None, held: str, verified: str
) -> None:
    for name, content in (("mirror", mirror), ("cache", cache)):
        if content is not None:
            put(place / name, content)
    (one,) = look(place)
    assert (one.held, one.verified) == (held, verified)


def test_without_a_mirror(place: Path) -> None:
    put(place / "mirror")
    (one,) = look(place, mirror=False)
    assert one.held == "no"


def test_a_release_is_held_only_whole(place: Path) -> None:
    write(place / "sources.csv", row(GOOD, part="a"), row(GOOD, part="b", path="ucdp/two.csv"))
    put(place / "mirror")
    (one,) = look(place)
    assert (one.held, one.verified) == ("no", "unknown")


@pytest.mark.parametrize(
    ("newest", "is_newest"), [("23.1", "yes"), ("26.1", "no"), ("continuous", "no"), ("", "unknown")]
)
def test_newest(place: Path, newest: str, is_newest: str) -> None:
    write(place / "sources.csv", row(GOOD, newest_known=newest))
    assert look(place)[0].is_newest == is_newest


@pytest.mark.parametrize(("vintage", "is_newest"), [("26.1", "yes"), ("27.1", "unknown")])
def test_an_added_release_is_shown_as_unverified(place: Path, vintage: str, is_newest: str) -> None:
    file = place / "new.csv"
    file.write_bytes(b"x")
    addition = registry.parse_add(f"ucdp_one_sided:{vintage}:2026-06-10:{file}")
    (place / "tidy" / registry.ADDED).write_text(registry.added_text([addition]), encoding="utf-8")
    one = look(place)[1]
    assert (one.vintage, one.registered, one.held, one.verified) == (vintage, "no", "no", "no")
    assert one.is_newest == is_newest
    assert f"{vintage} (added)" in status.text(look(place))


def test_the_text(place: Path) -> None:
    put(place / "mirror")
    assert status.text(look(place)) == (
        "source          vintage  group  published           by 22 July 2016  held    verified  newest known  newest\n"
        "ucdp_one_sided  23.1     23.1   2023-06 (inferred)  no               mirror  yes       26.1          no\n"
        "1 releases, 1 of them here and verified\n"
    )


def test_the_json(place: Path) -> None:
    put(place / "mirror")
    (one,) = json.loads(status.as_json(look(place)))
    assert list(one) == list(ReleaseStatus.__dataclass_fields__)
    assert (one["held"], one["verified"], one["is_newest"]) == ("mirror", "yes", "no")


def test_everything_in_the_mirror_is_verified(mirror: Path, tmp_path: Path) -> None:
    shown = status.status(tmp_path, mirror, tmp_path)
    assert len(shown) == len(registry.releases())
    assert {(one.held, one.verified) for one in shown} == {("mirror", "yes")}


# what moved between two releases


def tidy(vintage: str, *records: tuple[object, ...], source: str = "ucdp_one_sided") -> pd.DataFrame:
    """Tidy rows from (area, year, low, best, high[, month])."""
    frame = pd.DataFrame(
        [
            {"area": area, "year": year, "low": low, "best": best, "high": high, "month": month[0] if month else np.nan}
            for area, year, low, best, high, *month in records
        ]
    ).assign(
        series="deaths.one_sided",
        role="location",
        **dict.fromkeys(("actor_class", "actor", "actor_id", "coverage", "note"), ""),
        unit="deaths",
        kind="flow",
        source=source,
        vintage=vintage,
    )
    return frame[list(COLUMNS)]


OLD = tidy(
    "1.4-2015",
    ("WLD", 1994, 500.0, 1000.0, 1500.0),
    ("WLD", 2013, 10.0, 20.0, 30.0),
    ("WLD", 2014, np.nan, 0.0, 40.0),
    ("RWA", 1994, 500.0, 900.0, 1500.0),
    ("SYR", 2014, 1.0, 2.0, 3.0),
    ("WLD", 1989, 1.0, 1.0, 1.0),
)
NEW = tidy(
    "25.1",
    ("RWA", 1994, 500.0, 9000.0, 9500.0),
    ("WLD", 2013, 10.0, 20.0, 30.0),
    ("WLD", 2014, np.nan, 5.0, 40.0),
    ("WLD", 1994, 500.0, 1500.0, 1500.0),
    ("SYR", 2014, 1.0, 2.0, 4.0),
    ("WLD", 2015, 1.0, 1.0, 1.0),
    ("WLD", 2024, 1.0, 1.0, 1.0),
)


@pytest.fixture
def moved() -> Difference:
    return status.diff("ucdp_one_sided:1.4-2015", "ucdp_one_sided:25.1", pd.concat([OLD, NEW]))


def test_every_row_of_either_release_is_there_once(moved: Difference) -> None:
    assert [column for column in KEY if column not in ("source", "vintage")] == status.ROW
    assert len(moved.rows) == len(moved.rows[status.ROW].drop_duplicates()) == 8
    assert moved.count("same", "changed") == 5
    assert moved.count("changed") == 4
    assert moved.count("old only") == 1
    assert moved.count("new only") == 2


def test_the_world_comes_first_and_then_the_largest_change(moved: Difference) -> None:
    changed = moved.rows[moved.rows["state"] == "changed"]
    assert changed[["area", "year", "best_old", "best_new", "change"]].to_numpy().tolist() == [
        ["WLD", 1994, 1000, 1500, 500],
        ["WLD", 2014, 0, 5, 5],
        ["RWA", 1994, 900, 9000, 8100],
        ["SYR", 2014, 2, 2, 0],
    ]
    assert changed["percent"].iloc[[0, 2, 3]].tolist() == [50, 900, 0]
    assert np.isnan(changed["percent"].iloc[1]), "a change from 0 has no percentage"
    assert moved.rows["state"].tolist() == ["changed"] * 4 + ["same", "old only", "new only", "new only"]


def test_a_lost_estimate_is_a_change() -> None:
    new = tidy("25.1", ("WLD", 2013, np.nan, 20.0, 30.0))
    moved = status.diff("ucdp_one_sided:1.4-2015", "ucdp_one_sided:25.1", pd.concat([OLD, new]))
    assert moved.count("changed") == 1
    new = tidy("25.1", ("WLD", 2013, 10.0, np.nan, 30.0))
    moved = status.diff("ucdp_one_sided:1.4-2015", "ucdp_one_sided:25.1", pd.concat([OLD, new]))
    assert moved.count("changed") == 1
    assert "20    -       -" in status.difference_text(moved)


def test_months_meet_and_do_not_meet_years() -> None:
    old = tidy("23.1", ("WLD", 2014, 1.0, 1.0, 1.0, 3), ("WLD", 2014, 9.0, 9.0, 9.0))
    new = tidy("25.1", ("WLD", 2014, 1.0, 4.0, 4.0, 3), ("WLD", 2014, 1.0, 1.0, 1.0, 4))
    moved = status.diff("ucdp_one_sided:23.1", "ucdp_one_sided:25.1", pd.concat([old, new]))
    assert [moved.count(state) for state in ("same", "changed", "old only", "new only")] == [0, 1, 1, 1]
    assert "2014-03    1    4      +3  +300.0" in status.difference_text(moved)


def test_a_median_keeps_its_half() -> None:
    old, new = tidy("23.1", ("WLD", 2014, np.nan, 3.0, np.nan)), tidy("25.1", ("WLD", 2014, np.nan, 3.5, np.nan))
    moved = status.diff("ucdp_one_sided:23.1", "ucdp_one_sided:25.1", pd.concat([old, new]))
    assert "3  3.5    +0.5  +16.7" in status.difference_text(moved)


def test_two_sources_that_count_the_same_can_be_compared() -> None:
    other = tidy("2025-12", ("WLD", 1994, 500.0, 1000.0, 1500.0), source="worldbank_indicators")
    moved = status.diff("ucdp_one_sided:1.4-2015", "worldbank_indicators:2025-12", pd.concat([OLD, other]))
    assert moved.count("same") == 1


def test_the_text_of_a_difference(moved: Difference) -> None:
    assert status.difference_text(moved, shown=3) == (
        "ucdp_one_sided:1.4-2015 -> ucdp_one_sided:25.1\n"
        "  in both         5   of these changed 4\n"
        "  old only        1   1989\n"
        "  new only        2   2015 to 2024\n"
        "largest changes in best, the world first:\n"
        "  series            area  role      when    old    new  change       %\n"
        "  deaths.one_sided  WLD   location  1994  1,000  1,500    +500   +50.0\n"
        "  deaths.one_sided  WLD   location  2014      0      5      +5\n"
        "  deaths.one_sided  RWA   location  1994    900  9,000  +8,100  +900.0\n"
    )


def test_nothing_changed() -> None:
    same = pd.concat([OLD, OLD.assign(vintage="25.1")])
    moved = status.diff("ucdp_one_sided:1.4-2015", "ucdp_one_sided:25.1", same)
    assert moved.count("same") == len(OLD)
    assert status.difference_text(moved) == (
        "ucdp_one_sided:1.4-2015 -> ucdp_one_sided:25.1\n"
        "  in both         6   of these changed 0\n"
        "  old only        0\n"
        "  new only        0\n"
    )


@pytest.mark.parametrize(
    ("old", "message"),
    [
        ("ucdp_one_sided", "'ucdp_one_sided' names no release; expected SOURCE:VINTAGE"),
        ("ucdp_one_sided:", "'ucdp_one_sided:' names no release"),
        ("ucdp_one_side:23.1", "no source 'ucdp_one_side'; .*did you mean ucdp_one_sided?"),
        ("ucdp_non_state:23.1", "the tables have no rows of ucdp_non_state; run: python -m analysis tables"),
        ("ucdp_one_sided:24.1", "the tables have no vintage '24.1' of ucdp_one_sided; expected one of 1.4-2015, 25.1"),
    ],
)
def test_what_cannot_be_compared_is_named(old: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        status.diff(old, "ucdp_one_sided:25.1", pd.concat([OLD, NEW]))


def test_releases_that_count_different_things_cannot_be_compared() -> None:
    other = NEW.assign(series="deaths.non_state", source="ucdp_non_state")
    with pytest.raises(InputError, match="no series in common.*25.1 has deaths.non_state"):
        status.diff("ucdp_one_sided:1.4-2015", "ucdp_non_state:25.1", pd.concat([OLD, other]))
