"""Files of events summed: the sums by another route, what is refused, the copy, and other engines."""

import csv
import datetime
import importlib.util
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analysis import __main__ as commands
from analysis import paths
from analysis.data import files
from analysis.data.coverage import AT_SEA, BETWEEN, PART, RUNNING, SPREAD_OUT, WITHOUT, Coverage, from_text
from analysis.data.events import events, store
from analysis.data.shape import COLUMNS
from analysis.errors import InputError

NEW = {
    **{"id": "id", "type": "type_of_violence", "country": "country_id", "first": "date_start", "last": "date_end"},
    **{"low": "low", "best": "best", "high": "high", "civilians": "deaths_civilians", "active": "active_year"},
    **{"conflict_id": "conflict_new_id", "conflict": "conflict_name", "side_a_id": "side_a_new_id", "side_a": "side_a"},
    **{"side_b_id": "side_b_new_id", "side_b": "side_b", "grid": "priogrid_gid", "article": "source_article"},
}
OLD = {**NEW, "low": "low_est", "best": "best_est", "high": "high_est", "conflict_id": "conflict_id"}
OLD |= {"side_a_id": "side_a_id", "side_b_id": "side_b_id"}
COUNTRIES = {"482": "CAF", "652": "SYR", "678": "YEM", "680": "YEM", "775": "MMR"}
TYPES = {1: "state_based", 2: "non_state", 3: "one_sided"}

Event = dict[str, object]


@pytest.fixture(autouse=True)
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copies of tests lie with the test."""
    monkeypatch.setattr(store, "COPIES", tmp_path / "copies")
    return tmp_path / "copies"


def made(count: int, seed: int = 1, first_id: int = 1) -> list[Event]:
    """Events of some years, some of which run over months and years."""
    dice = random.Random(seed)
    found = []
    for number in range(first_id, first_id + count):
        first = datetime.date(2011, 1, 1) + datetime.timedelta(days=dice.randrange(1400))
        days = dice.choice([0, 0, 0, 3, 40, 200, 700])
        best = dice.choice([0, 1, 2, 3, 7, 40, 1301])
        side, kind = dice.randrange(1, 5), dice.choice([1, 2, 3])
        found.append(
            {
                **{"id": number, "type": kind, "country": dice.choice(list(COUNTRIES)), "first": first},
                **{"last": first + datetime.timedelta(days=days), "low": best // 2, "best": best, "high": best + 1},
                **{"civilians": best // 3, "active": dice.choice([0, 1]), "conflict_id": side * 10},
                **{"conflict": f"Conflict {side}, the long one", "side_a_id": side, "side_a": f"Government of {side}"},
                **{"side_b_id": 1 if kind == 3 else 50 + side, "side_b": "Civilians" if kind == 3 else f"Group {side}"},
                **{
                    "grid": 100_000 + dice.randrange(9),
                    "article": 'said "three\nlines",\nand more' if side == 1 else "a",
                },
            }
        )
    return found


def written(path: Path, rows: list[Event], names: dict[str, str] = NEW, **form: str) -> Path:
    """A csv of events."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n", **form)  # type: ignore[arg-type]
        writer.writerow(names.values())
        writer.writerows([row[ours] for ours in names] for row in rows)
    return path


def key_of(row: Event, by: tuple[str, ...], day: datetime.date, side: str = "") -> tuple[object, ...]:
    parts: dict[str, object] = {
        **{"country": COUNTRIES[str(row["country"])], "year": day.year, "month": day.month},
        **{"type": TYPES[int(str(row["type"]))], "conflict": row["conflict_id"], "grid": row["grid"], "actor": side},
    }
    return tuple(parts[one] for one in by)


def expected(
    rows: list[Event],
    by: tuple[str, ...],
    keep: Callable[[Event, datetime.date], bool] = lambda *_: True,
    spread: bool = False,
) -> dict[tuple[object, ...], list[float]]:
    """Low, best, high and civilians by group, day by day in plain Python."""
    sums: dict[tuple[object, ...], list[float]] = defaultdict(lambda: [0.0] * 4)
    for row in rows:
        first, last = row["first"], row["last"]
        assert isinstance(first, datetime.date) and isinstance(last, datetime.date)
        length = (last - first).days + 1
        days = [first + datetime.timedelta(days=n) for n in range(length)] if spread else [first]
        sides = [str(row["side_a_id"]), *([str(row["side_b_id"])] if row["type"] != 3 else [])]
        for day in days:
            if not keep(row, day):
                continue
            for side in sides if "actor" in by else [""]:
                group = sums[key_of(row, by, day, side)]
                for place, estimate in enumerate(("low", "best", "high", "civilians")):
                    group[place] += float(str(row[estimate])) / len(days)
    return dict(sums)


def found(frame: pd.DataFrame, by: tuple[str, ...]) -> dict[tuple[object, ...], list[float]]:
    """The same groups out of the answer."""
    columns = {"country": "area", "conflict": "conflict_id", "actor": "actor_id"}
    rest = [columns.get(one, one) for one in by if one != "type"]
    civilians = frame[frame["series"] == "deaths_events.civilians"]
    assert civilians[["low", "high"]].isna().all(axis=None)
    dead = frame[frame["series"] != "deaths_events.civilians"].copy()
    dead["type"] = dead["series"].str.removeprefix("deaths_events.")
    keys = [columns.get(one, one) for one in by]
    result = {}
    for row in dead.to_dict("records"):
        result[tuple(row[one] for one in keys)] = [row["low"], row["best"], row["high"]]
    spared = {tuple(row[one] for one in rest): row["best"] for row in civilians.to_dict("records")}
    assert len(result) == len(dead) and len(spared) == len(civilians)
    return {"deaths": result, "civilians": spared}  # type: ignore[return-value]


def agree(frame: pd.DataFrame, by: tuple[str, ...], right: dict[tuple[object, ...], list[float]]) -> None:
    """Compare an answer with the sums by another route."""
    got = found(frame, by)
    assert got["deaths"].keys() == right.keys() and right  # type: ignore[index]
    civilians: dict[tuple[object, ...], float] = defaultdict(float)
    for key, sums in right.items():
        assert got["deaths"][key] == pytest.approx(sums[:3], abs=1e-4)  # type: ignore[index]
        civilians[tuple(part for one, part in zip(by, key, strict=True) if one != "type")] += sums[3]
    assert got["civilians"] == pytest.approx(dict(civilians), abs=1e-4)  # type: ignore[index]


BYS = [
    ("country", "year", "type"),
    ("country", "year", "month", "type"),
    ("year",),
    ("month", "type"),
    ("actor", "year"),
    ("conflict", "country", "year"),
    ("grid", "type"),
    ("country", "year", "month", "type", "actor", "conflict", "grid"),
    ("country",),
]


@pytest.mark.parametrize("count", ["start", "spread"])
@pytest.mark.parametrize("by", BYS, ids=",".join)
def test_sums_are_those_of_plain_python(tmp_path: Path, by: tuple[str, ...], count: str) -> None:
    rows = made(300)
    frame = events(written(tmp_path / "some.csv", rows), by=by, count=count)
    assert tuple(frame.columns)[: len(COLUMNS)] == COLUMNS
    agree(frame, by, expected(rows, by, spread=count == "spread"))


def test_a_name_like_a_formula_leaves_as_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = {"side_a": "=HYPERLINK(1)", "conflict": '@SUM(1)"', "side_b": "-2"}
    path = written(tmp_path / "some.csv", [{**row, **names} for row in made(20)])
    commands.run(["events", str(path), "--by", "actor,conflict", "--vintage", "99.1"])
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert {row["actor"] for row in rows} <= {"'=HYPERLINK(1)", "-2", "Civilians"} and len(rows) > 3
    assert {row["conflict"] for row in rows} == {"'@SUM(1)\""} and all(float(row["best"]) >= 0 for row in rows)
    assert "=HYPERLINK(1)" in set(events(path, by="actor", vintage="99.1")["actor"])


@pytest.mark.parametrize("count", ["start", "spread"])
def test_filters(tmp_path: Path, count: str) -> None:
    rows = made(300)
    path = written(tmp_path / "some.csv", rows)
    by = ("country", "year", "month", "type")
    since, until = datetime.date(2012, 5, 10), datetime.date(2013, 2, 28)
    frame = events(
        path, by=by, since="2012-05-10", until="2013-02", country=["Yémen", "SYR"], type="one_sided", count=count
    )

    def keep(row: Event, day: datetime.date) -> bool:
        return row["country"] in ("652", "678", "680") and row["type"] == 3 and since <= day <= until

    agree(frame, by, expected(rows, by, keep, spread=count == "spread"))
    cut = frame[(frame["year"] == 2012) & (frame["month"] == 5)]
    clause = Coverage(BETWEEN, first="2012-05-10", last="2012-05-31")
    assert len(cut) and all(clause in from_text(text) for text in cut["coverage"])
    whole = frame[(frame["year"] == 2012) & (frame["month"] == 6)]
    assert len(whole) and not any(clause.kind == BETWEEN for text in whole["coverage"] for clause in from_text(text))
    one_type = Coverage(PART, "", 1, 3, "types", without=("state_based", "non_state"))
    says = frame["coverage"].map(lambda text: one_type in from_text(text))
    assert (says == (frame["series"] == "deaths_events.civilians")).all()


def test_a_spread_keeps_every_death(tmp_path: Path) -> None:
    rows = made(300)
    path = written(tmp_path / "some.csv", rows)
    frame = events(path, by="month,year,grid", count="spread")
    assert frame.loc[frame["series"] == "deaths_events.all", "best"].sum() == pytest.approx(
        sum(int(str(r["best"])) for r in rows)
    )


def test_the_answer_says_how_events_that_run_on_were_counted(tmp_path: Path) -> None:
    event = {**made(1)[0], "type": 3, "country": "482", "low": 2, "best": 4, "high": 4, "civilians": 4}
    event |= {"first": datetime.date(2013, 3, 31), "last": datetime.date(2013, 4, 3)}
    path = written(tmp_path / "some.csv", [event])
    start = events(path, by="country,year,month,type")
    assert start[["area", "month", "best"]].values.tolist() == [["CAF", 3, 4.0]] * 2
    assert from_text(start["coverage"].iloc[1]) == (
        Coverage(RUNNING, "", 1, 1, "events"),
        Coverage(RUNNING, "", 4, 4, "deaths"),
    )
    spread = events(path, by="country,year,month,type", count="spread")
    dead = spread[spread["series"] == "deaths_events.one_sided"]
    assert dead[["month", "low", "best"]].values.tolist() == [[3, 0.5, 1.0], [4, 1.5, 3.0]]
    assert from_text(dead["coverage"].iloc[0]) == (Coverage(SPREAD_OUT, "", 1, 1, "events"),)
    assert (events(path, by="country,year,type")["coverage"] == "").all()


def test_several_countries_are_no_country_and_no_world(tmp_path: Path) -> None:
    rows = made(50)
    assert set(events(written(tmp_path / "some.csv", rows), by="year,type")["area"]) == {"MUL"}
    syria = [row for row in rows if row["country"] == "652"]
    assert set(events(written(tmp_path / "syria.csv", syria), by="year,type")["area"]) == {"SYR"}
    yemen = [row for row in rows if row["country"] in ("678", "680")]
    assert set(events(written(tmp_path / "yemen.csv", yemen), by="year,type")["area"]) == {"YEM"}


def test_an_extract_is_not_the_world(tmp_path: Path) -> None:
    path = written(tmp_path / "some.csv", made(50))
    with pytest.raises(InputError, match="are not the world's; expected .*, as UCDP last counted them"):
        events(path, world=True)


def test_what_has_the_deaths_of_the_world_is_the_world(tmp_path: Path) -> None:
    from analysis import table

    dead = table("deaths_all_dyads", "WLD", year=2014, source="ucdp_country_year", vintage="25.1")
    rows = []
    for place, (number, name) in enumerate(TYPES.items()):
        best = int(dead.set_index("series").loc[f"deaths_all_dyads.{name}", "best"])
        event = {**made(1, first_id=place + 1)[0], "type": number, "low": 0, "best": best, "high": best, "civilians": 0}
        rows.append(event | {"first": datetime.date(2014, 3, 1), "last": datetime.date(2014, 3, 1)})
    frame = events(written(tmp_path / "world.csv", rows), world=True)
    assert frame[frame["area"] == "WLD"]["best"].tolist()[1:] == [rows[1]["best"], rows[2]["best"], rows[0]["best"]]
    assert len(frame[frame["area"] == "WLD"]) == 4 and len(frame) > 4


LAYOUTS: dict[str, Callable[[Path, list[Event]], Path]] = {}


def layout(function: Callable[[Path, list[Event]], Path]) -> Callable[[Path, list[Event]], Path]:
    LAYOUTS[function.__name__] = function
    return function


@layout
def old_names(folder: Path, rows: list[Event]) -> Path:
    return written(folder / "ged50.csv", rows, OLD)


@layout
def semicolons(folder: Path, rows: list[Event]) -> Path:
    return written(folder / "saved_anew.csv", rows, delimiter=";")


@layout
def every_field_quoted(folder: Path, rows: list[Event]) -> Path:
    return written(folder / "quoted.csv", rows, quoting=csv.QUOTE_ALL)


@layout
def decimals_and_times(folder: Path, rows: list[Event]) -> Path:
    decimal = ("id", "type", "country", "low", "best", "high", "grid")
    changed = [
        {**row, **{one: f"{row[one]}.0" for one in decimal}, "first": f"{row['first']} 00:00:00.000"} for row in rows
    ]
    return written(folder / "decimals.csv", changed)


@layout
def blanks_and_zoned_times(folder: Path, rows: list[Event]) -> Path:
    changed = [
        {**row, "best": f" {row['best']} ", "first": f"{row['first']}T00:00:00", "type": f"{row['type']}.0"}
        for row in rows
    ]
    return written(folder / "blanks.csv", changed)


@layout
def a_row_of_tags(folder: Path, rows: list[Event]) -> Path:
    path = written(folder / "tagged.csv", rows)
    head, rest = path.read_text(encoding="utf-8").split("\n", 1)
    tags = ",".join("#event+id" if name == "id" else f"#{name}" for name in NEW.values())
    path.write_text(f"{head}\n{tags}\n{rest}", encoding="utf-8")
    return path


@layout
def byte_order_mark_and_crlf(folder: Path, rows: list[Event]) -> Path:
    path = written(folder / "windows.csv", [{**row, "article": "a"} for row in rows])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    return path


@layout
def zipped(folder: Path, rows: list[Event]) -> Path:
    inner = written(folder / "GEDEvent_v25_1.csv", rows)
    path = folder / "ged251-csv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(inner, "GEDEvent_v25_1.csv")
        archive.writestr("__MACOSX/._GEDEvent_v25_1.csv", "what a Mac leaves")
    inner.unlink()
    return path


@layout
def parquet(folder: Path, rows: list[Event]) -> Path:
    path = folder / "events.parquet"
    plain = written(folder / "plain.csv", rows)
    duckdb.sql(f"COPY (FROM read_csv('{plain}')) TO '{path}' (FORMAT parquet)")
    return path


@layout
def parquet_of_text(folder: Path, rows: list[Event]) -> Path:
    path = folder / "text.parquet"
    plain = written(folder / "plain.csv", rows)
    duckdb.sql(f"COPY (FROM read_csv('{plain}', all_varchar = true)) TO '{path}' (FORMAT parquet)")
    return path


@pytest.mark.parametrize("copy", [True, False], ids=["copy", "no copy"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_the_same_events_in_another_layout(tmp_path: Path, name: str, copy: bool) -> None:
    rows = made(120)
    by = ("country", "year", "month", "type", "actor", "conflict", "grid")
    right = events(written(tmp_path / "right.csv", rows), by=by).drop(columns="vintage")
    path = LAYOUTS[name](tmp_path, rows)
    for _ in range(2):  # the second time from the copy
        pd.testing.assert_frame_equal(events(path, by=by, copy=copy).drop(columns="vintage"), right)


def test_several_files_are_added_up(tmp_path: Path) -> None:
    rows = made(200)
    by = ("country", "year", "type")
    files = [
        written(tmp_path / "GEDEvent_v24_1.csv", rows[:120]),
        written(tmp_path / "GEDEvent_v24_0_9.csv", rows[120:], OLD),
    ]
    frame = events(*files, by=by)
    agree(frame, by, expected(rows, by))
    assert set(frame["vintage"]) == {"24.0.9+24.1"}


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The one line that a command says; it must leave nothing."""
    status = commands.run(["events", *map(str, arguments)])
    printed = capsys.readouterr()
    assert status == 2 and printed.out == ""
    lines = [line for line in printed.err.splitlines() if line.startswith("error: ")]
    assert len(lines) == 1 and len(lines[0]) < 400, printed.err
    return lines[0].removeprefix("error: ")


FAULTS: dict[str, tuple[dict[str, object], str]] = {
    "a best below its low": (
        {"low": 9, "best": 3, "high": 9},
        "column best: low 9, best 3 and high 9 are not in order",
    ),
    "a high below its best": (
        {"low": 1, "best": 3, "high": 2},
        "column high: low 1, best 3 and high 2 are not in order",
    ),
    "text in a number": ({"best": "4o"}, "column best: '4o' is not a whole number"),
    "a part of a death": ({"low": 0, "best": "2.5", "high": 99}, "column best: '2.5' is not a whole number"),
    "a negative number": ({"low": -99}, "column low: '-99' is not a whole number"),
    "too large a number": ({"high": 99999999999}, "column high: '99999999999' is more than there are people"),
    "no number": ({"civilians": ""}, "column deaths_civilians: '' is not a whole number"),
    "an unknown type": ({"type": 4}, "column type_of_violence: '4' is not a type of violence"),
    "an unknown country": ({"country": 999}, "column country_id: '999' is not a known country number"),
    "no date": ({"first": "2013-02-30"}, "column date_start: '2013-02-30' is not a date"),
    "another form of date": ({"last": "24/03/2013"}, "column date_end: '24/03/2013' is not a date"),
    "an end before its beginning": ({"last": "1999-01-01"}, "column date_end: '1999-01-01' is before the first day"),
    "the same event twice": ({"id": 3}, "column id: event 3 stands there twice, in rows 4 and 8"),
}


@pytest.mark.parametrize("form", ["csv", "no copy", "zip", "parquet"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_file_and_row(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, copies: Path, fault: str, form: str
) -> None:
    change, message = FAULTS[fault]
    rows = [{**row, "article": "a"} for row in made(20)]
    rows[6] |= change
    path = written(tmp_path / "bad.csv", rows)
    row = 8
    if form == "zip":
        with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
            archive.write(path, "bad.csv")
        path = tmp_path / "bad.zip"
    if form == "parquet":
        duckdb.sql(
            f"COPY (FROM read_csv('{path}', all_varchar = true)) TO '{tmp_path / 'bad.parquet'}' (FORMAT parquet)"
        )
        path, row = tmp_path / "bad.parquet", 7
        message = message.replace("rows 4 and 8", "rows 3 and 7")
    out = tmp_path / "out.csv"
    said = refused(capsys, path, "--out", out, *(["--no-copy"] if form == "no copy" else []))
    assert said.startswith(f"{path.name}, row {row}, {message}"), said
    assert not out.exists() and (not copies.exists() or list(copies.iterdir()) == [])


def test_a_row_is_counted_as_an_editor_counts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [{**row, "article": "two\nlines" if place < 5 else "one"} for place, row in enumerate(made(20))]
    rows[6]["type"] = 7
    assert refused(capsys, written(tmp_path / "bad.csv", rows)).startswith("bad.csv, row 13, column type_of_violence")


def cut(path: Path, bytes_left: int) -> Path:
    path.write_bytes(path.read_bytes()[:bytes_left])
    return path


def test_what_is_cut_off_or_damaged_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path, copies: Path) -> None:
    rows = [{**row, "article": "a"} for row in made(3000)]
    plain = written(tmp_path / "cut.csv", rows)
    lines = plain.read_bytes().split(b"\n")
    packed, columns = zipped(tmp_path, rows), parquet(tmp_path, rows)
    assert "cut.csv, row 2001: 9 fields; expected 18" in refused(
        capsys, cut(plain, len(b"\n".join(lines[:2000])) + 1 + len(b",".join(lines[2000].split(b",")[:9])))
    )
    assert packed.name + ": the file is damaged or cut off" in refused(capsys, cut(packed, packed.stat().st_size // 2))
    assert "events.parquet: the file is damaged or cut off" in refused(
        capsys, cut(columns, columns.stat().st_size // 2)
    )
    inside = written(tmp_path / "quote.csv", [*rows[:9], {**rows[9], "article": "cut here"}], quoting=csv.QUOTE_ALL)
    assert "quote.csv, row 11: the record cannot be read" in refused(capsys, cut(inside, inside.stat().st_size - 4))
    flipped = zipped(tmp_path, rows)
    content = bytearray(flipped.read_bytes())
    content[len(content) // 2] ^= 0xFF
    flipped.write_bytes(bytes(content))
    assert flipped.name + ": the file is damaged or cut off" in refused(capsys, flipped)
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    assert "empty.csv: the file is empty" in refused(capsys, empty)
    assert "head.csv, row 1: the file has column names and no event" in refused(
        capsys, written(tmp_path / "head.csv", [])
    )
    assert "no such file" in refused(capsys, tmp_path / "nothing.csv")
    assert list(copies.iterdir()) == []


def test_versions_that_are_mixed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [{**row, "article": "a"} for row in made(40)]
    new, old = written(tmp_path / "GEDEvent_v25_1.csv", rows[:20]), written(tmp_path / "ged241.csv", rows[20:])
    assert refused(capsys, new, old).startswith("ged241.csv: is of release 24.1, and GEDEvent_v25_1.csv of 25.1")
    candidate = written(tmp_path / "GEDEvent_v24_0_3.csv", rows[20:])
    assert "is of release 24.0.3, and GEDEvent_v25_1.csv of 25.1" in refused(capsys, new, candidate)
    one, two = written(tmp_path / "one.csv", rows[:20]), written(tmp_path / "two.csv", rows[15:])
    assert refused(capsys, one, two).startswith(
        "two.csv, row 2, column id: event 16 stands in one.csv as well, in row 17"
    )
    assert "event 1 stands in one.csv as well" in refused(capsys, one, one, "--no-copy")
    joined = tmp_path / "joined.csv"
    joined.write_text(one.read_text() + two.read_text())
    assert refused(capsys, joined).startswith("joined.csv, row 22, column id: column names stand here again")


def test_a_last_line_without_an_end_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path / "some.csv", made(5))
    cut(path, path.stat().st_size - 1)
    assert commands.run(["events", str(path)]) == 0
    assert "some.csv: the last line has no end; if the file was cut off there" in capsys.readouterr().err


def test_disorders_that_are_declared_or_meant_are_kept(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [{**row, "article": "a"} for row in made(5)]
    rows[2] |= {"low": 9, "best": 3, "high": 9}
    path = written(tmp_path / "some.csv", rows)
    assert (
        commands.run(["events", str(path), "--as-published", "--by", "year", "--out", str(tmp_path / "out.csv")]) == 0
    )
    assert "1 events with low, best and high out of order, kept as published" in capsys.readouterr().err
    # what was kept for one who took them is refused to one who did not
    assert refused(capsys, path).startswith("some.csv, row 4, column best")


def test_bad_questions(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path / "some.csv", made(5))
    assert "--by 'contry' is not known; expected one of country, year" in refused(capsys, path, "--by", "contry")
    assert "did you mean country?" in refused(capsys, path, "--by", "contry")
    assert "--type 'onesided' is not known" in refused(capsys, path, "--type", "onesided")
    assert "nearest: Syrian Arab Republic (SYR)" in refused(capsys, path, "--country", "Syrian")
    assert "--since '2013-13' is not a date" in refused(capsys, path, "--since", "2013-13")
    assert "is after --until" in refused(capsys, path, "--since", "2014", "--until", "2013")
    assert "--count 'days' is not known" in refused(capsys, path, "--count", "days")
    assert "expected a name that ends in .csv or .parquet" in refused(capsys, path, "--out", tmp_path / "out.xlsx")
    bare = written(tmp_path / "bare.csv", made(5), {one: NEW[one] for one in list(NEW)[:9]})
    assert refused(capsys, bare, "--by", "grid").startswith(
        "bare.csv, row 1, column priogrid_gid: the column is missing"
    )
    assert commands.run(["events", str(bare)]) == 0
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    capsys.readouterr()
    assert refused(capsys, other).startswith("other.csv, row 1, column id: the column is missing")


def test_the_command_prints_what_the_notebook_gets(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path / "GEDEvent_v25_1.csv", made(100))
    options = {"by": "country,year,month,type,actor,conflict,grid", "count": "spread"}
    frame = events(path, **options)  # type: ignore[arg-type]
    out, columns = tmp_path / "out.csv", tmp_path / "out.parquet"
    typed = [part for name, value in options.items() for part in (f"--{name}", value)]
    assert commands.run(["events", str(path), *typed]) == 0
    printed = capsys.readouterr().out
    for name in (out, columns):
        assert commands.run(["events", str(path), *typed, "--out", str(name)]) == 0
    assert out.read_text(encoding="utf-8") == printed and ',"",' not in printed
    as_csv = pd.read_csv(out, keep_default_na=False, dtype=str)
    assert tuple(as_csv.columns) == (*COLUMNS, "conflict_id", "conflict", "grid")
    text = [one for one in as_csv.columns if frame[one].dtype == "str"]
    pd.testing.assert_frame_equal(as_csv[text], frame[text])
    for one in ("low", "best", "high", "year", "month", "grid", "conflict_id"):
        assert pd.to_numeric(as_csv[one]).tolist() == pytest.approx(
            frame[one].astype(float).tolist(), nan_ok=True, abs=1e-6
        )
    stored = duckdb.sql(f"FROM '{columns}'").df()
    assert len(stored) == len(frame) and stored["best"].tolist() == frame["best"].tolist()


def kept(folder: Path) -> tuple[Path, Path]:
    (copy,) = folder.glob("*.parquet")
    return copy, copy.with_suffix(".json")


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert (
        commands.run(
            ["events", *map(str, arguments), "--out", "/dev/null.csv" if False else str(arguments[0]) + ".out.csv"]
        )
        == 0
    )
    return capsys.readouterr().err


def test_a_copy_is_used_only_if_it_is_of_the_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = made(50)
    path = written(tmp_path / "some.csv", rows)
    assert "read for the first time" in said(capsys, path)
    copy, note = kept(copies)
    assert json.loads(note.read_text())["sha256"] == files.sha256(path)
    assert "from its copy" in said(capsys, path)
    assert "whole file compared" in said(capsys, path, "--verify")
    # another time of change
    os.utime(path, ns=(1, 1))
    assert "read for the first time" in said(capsys, path)
    # the same size and time, and another content
    right = path.read_bytes()
    path.write_bytes(right.replace(b"Government of 1", b"Government of 9"))
    os.utime(path, ns=(1, 1))
    assert "read for the first time" in said(capsys, path)
    # a copy of another file under this one's name, or one cut off
    other = written(tmp_path / "other.csv", made(50, seed=2))
    said(capsys, other)
    foreign = next(one for one in copies.glob("other*.parquet"))
    shutil.copy(foreign, copy)
    assert "read for the first time" in said(capsys, path)
    cut(copy, copy.stat().st_size - 10)
    assert "read for the first time" in said(capsys, path)
    # a note that is none, or none at all
    for change in (lambda: note.write_text("{"), lambda: note.unlink()):
        change()
        assert "read for the first time" in said(capsys, path)
    # copies made by other rules
    monkeypatch.setattr(store, "DISORDER", "FALSE")
    assert "read for the first time" in said(capsys, path)


def test_verify_finds_a_change_between_the_blocks(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path / "big.csv", made(30_000))
    size = path.stat().st_size
    assert size > store.BLOCK * store.BLOCKS * 2
    os.utime(path, ns=(1, 1))
    said(capsys, path)
    content = bytearray(path.read_bytes())
    place = content.index(b"Government of 3", store.BLOCK + 100)
    content[place : place + 15] = b"Government of 8"
    path.write_bytes(bytes(content))
    os.utime(path, ns=(1, 1))
    assert "from its copy" in said(capsys, path)
    assert refused(capsys, path, "--verify").startswith("big.csv: the file is not the one that the copy was made of")
    assert "read for the first time" in said(capsys, path)


def test_without_a_copy_nothing_is_kept(capsys: pytest.CaptureFixture[str], tmp_path: Path, copies: Path) -> None:
    said(capsys, written(tmp_path / "some.csv", made(50)), "--no-copy")
    assert not copies.exists()


def test_a_killed_run_leaves_nothing_half_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, copies: Path
) -> None:
    path = written(tmp_path / "some.csv", made(50))
    done = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    left = copies / f"{store.SCRATCH}{done.stdout.strip()}-abc"
    left.mkdir(parents=True)
    (left / "some.parquet").write_bytes(b"half")
    running = copies / f"{store.SCRATCH}{os.getpid()}-abc"
    running.mkdir()
    said(capsys, path)
    assert not left.exists() and running.exists()


def test_progress_is_told_while_a_file_is_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "TOLD_EVERY", 0.001)
    told = said(capsys, written(tmp_path / "some.csv", made(60_000)))
    assert re.search(r"^some\.csv: \d+ % read$", told, re.M)


def test_a_full_disk_is_told_and_leaves_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "some.csv", made(50))
    out = tmp_path / "out.csv"
    out.write_text("what was there")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(copies))

    monkeypatch.setattr(os, "replace", full)
    assert "No space left on device" in refused(capsys, path, "--out", out)
    assert out.read_text() == "what was there"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copies", "out.csv", "some.csv"]
    assert list(copies.iterdir()) == []
    shutil.rmtree(copies)
    # the disk fills up while the answer is written
    assert "No space left on device" in refused(capsys, path, "--out", out, "--no-copy")
    assert out.read_text() == "what was there"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out.csv", "some.csv"]


ENGINE_BYS = [*BYS, ("actor", "month"), ("type",)]


def both(path: Path, **options: object) -> None:
    right = events(path, **options)  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(events(path, engine="duckdb://", **options), right)  # type: ignore[arg-type]
    assert len(right)


@pytest.mark.parametrize("count", ["start", "spread"])
@pytest.mark.parametrize("by", ENGINE_BYS, ids=",".join)
def test_the_one_expression_gives_the_same_table(tmp_path: Path, by: tuple[str, ...], count: str) -> None:
    both(parquet(tmp_path, made(300)), by=by, count=count)


@pytest.mark.parametrize("form", [parquet_of_text, zipped, decimals_and_times, old_names])
def test_another_engine_reads_every_layout(tmp_path: Path, form: Callable[[Path, list[Event]], Path]) -> None:
    options = {
        "since": "2012-05-10",
        "until": "2013-02",
        "country": ["YEM", "SYR"],
        "type": "one_sided",
        "count": "spread",
    }
    path = form(tmp_path, made(200))
    both(path, by="country,month,year,type", **options)
    both(path, by="country,month,year,type", copy=False)


@pytest.mark.parametrize("fault", [one for one in FAULTS if one != "too large a number"])
def test_another_engine_refuses_the_same(capsys: pytest.CaptureFixture[str], tmp_path: Path, fault: str) -> None:
    rows = made(20)
    rows[6] |= FAULTS[fault][0]
    plain, path = written(tmp_path / "bad.csv", rows), tmp_path / "bad.parquet"
    duckdb.sql(f"COPY (FROM read_csv('{plain}', all_varchar = true)) TO '{path}' (FORMAT parquet)")
    assert refused(capsys, path, "--engine", "duckdb://").startswith(
        f"bad.parquet: event {3 if 'twice' in fault else 7} "
    )


def test_an_engine_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path / "some.csv", made(5))
    assert "the engine 'nothing://here' cannot be reached" in refused(capsys, path, "--engine", "nothing://here")


@pytest.fixture(scope="session")
def spark() -> Iterator[str]:
    """The address of a Spark of two threads in this machine; skipped where PySpark is not installed."""
    if importlib.util.find_spec("pyspark") is None:
        # An extra of 300 MB that needs Java: the same expression runs on Ibis's DuckDB in every run.
        pytest.skip("PySpark is not installed: the public workflow runs this weekly")
    yield "pyspark://events?spark.master=local[2]&spark.driver.bindAddress=127.0.0.1&spark.ui.enabled=false"


@pytest.mark.parametrize("count", ["start", "spread"])
@pytest.mark.parametrize("form", [parquet, zipped])
def test_spark_gives_the_same_table(
    tmp_path: Path, spark: str, form: Callable[[Path, list[Event]], Path], count: str
) -> None:
    path = form(tmp_path, made(300))
    for by in (BYS[0], BYS[1], BYS[7]):
        right = events(path, by=by, count=count)
        pd.testing.assert_frame_equal(events(path, by=by, count=count, engine=spark), right)


HEAVY = ("pandas", "ibis", "pyspark", "numpy", "pyarrow", "babel", "duckdb")


def loaded(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*(one for one in {HEAVY!r} if one in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=paths.ROOT)
    return set(done.stdout.splitlines()[-1].split())


def test_events_loads_neither_pandas_nor_ibis(tmp_path: Path) -> None:
    path = written(tmp_path / "some.csv", made(50))
    arguments = ["events", str(path), "--no-copy", "--by", "country,month,actor", "--count", "spread", "--out"]
    arguments += [str(tmp_path / "out.csv")]
    code = f"from analysis import __main__ as commands\nassert commands.run({arguments!r}) == 0"
    assert loaded(code) == {"duckdb"}


def test_nothing_else_loads_ibis() -> None:
    """Of what the commands import, only the module of the engines imports Ibis, and this only when one is named."""
    modules = [
        ".".join(path.relative_to(paths.ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in paths.PACKAGE.rglob("*.py")
        if path.stem != "engines"
    ]
    code = f"import importlib\nfor one in {modules!r}: importlib.import_module(one)"
    assert len(modules) > 80 and loaded(code) & {"ibis", "pyspark"} == set()
    assert "ibis" in loaded("import analysis.data.events.engines")


def test_help_loads_no_engine() -> None:
    for arguments in (["--help"], ["events", "--help"]):
        assert loaded(f"from analysis import __main__ as commands\ncommands.run({arguments!r})") == set()


def real(mirror: Path, folder: Path) -> dict[str, Path]:
    """The real extracts as csv, under names that tell their release."""
    import pyreadr

    ged = mirror / "ucdp" / "ged"
    republic = json.loads((ged / "GEDEvent_v23_1_country482_CAR.geojson").read_text(encoding="utf-8"))["features"]
    frames = {
        "GEDEvent_v23_1_CAF.csv": pd.DataFrame([feature["properties"] for feature in republic]),
        "ged191_syria.csv": next(iter(pyreadr.read_r(ged / "ucdp_syria_df.rda").values())),
    }
    for name, frame in frames.items():
        frame.to_csv(folder / name, index=False)
    return {name: folder / name for name in frames}


def test_the_real_events_are_those_of_the_tables(tmp_path: Path, mirror: Path) -> None:
    from analysis import table

    for area, path in zip(("CAF", "SYR"), real(mirror, tmp_path).values(), strict=True):
        frame = events(path, by="country,year,month,type")
        right = table("deaths_all_dyads", area, source="ucdp_events", by="month")
        key = ["area", "year", "month"]
        right["series"] = right["series"].str.replace("deaths_all_dyads", "deaths_events")
        values = ["series", *key, "low", "best", "high", "vintage", "note"]
        both = frame[values].merge(
            right[values], on=["series", *key], how="outer", suffixes=("", "_right"), indicator=True
        )
        assert (both["_merge"] == "both").all() and len(both) > 100
        for one in ("low", "best", "high", "vintage", "note"):
            same = (both[one] == both[f"{one}_right"]) | (both[one].isna() & both[f"{one}_right"].isna())
            assert same.all(), (area, one)


def test_the_real_zip(mirror: Path) -> None:
    path = mirror / "ucdp" / "ged" / "ged191_excerpt_bangladesh_myanmar.zip"
    with pytest.raises(InputError, match="row .*, column .*: low .* are not in order"):
        events(path)
    frame = events(path, by="country,type", as_published=True)
    assert set(frame["area"]) == {"BGD", "MMR"} and set(frame["vintage"]) == {"19.1"}
    with zipfile.ZipFile(path) as archive, archive.open("ged191.csv") as stream:
        whole = pd.read_csv(stream)
    assert frame[frame["series"] != "deaths_events.civilians"]["best"].sum() == whole["best"].sum()
    assert frame[frame["series"] == "deaths_events.civilians"]["best"].sum() == whole["deaths_civilians"].sum()


def test_the_real_country_years_are_the_sums_of_their_events(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, mirror: Path
) -> None:
    """Central African Republic: events of 23.1 against the country-year table of 25.1, which revised three years."""
    path = real(mirror, tmp_path)["GEDEvent_v23_1_CAF.csv"]
    out = tmp_path / "out.csv"
    assert commands.run(["events", str(path), "--against", "25.1", "--out", str(out)]) == 0
    found = pd.read_csv(out)
    other = found[found["answer"] != "equal"]
    assert other[["series", "year", "best", "published", "answer"]].values.tolist() == [
        ["deaths_events.state_based", 2015, 34, 35, "another release"],
        ["deaths_events.state_based", 2017, 56, 73, "another release"],
        ["deaths_events.state_based", 2019, 58, 68, "another release"],
    ]
    assert len(found) > 50 and found["best"].sum() == 3120 + 3761 + 8067
    # told apart: 187 of 1,848 events
    events_of = json.loads(
        (mirror / "ucdp" / "ged" / "GEDEvent_v23_1_country482_CAR.geojson").read_text(encoding="utf-8")
    )
    small = sum(one["properties"]["best"] for one in events_of["features"] if one["properties"]["active_year"] == 0)
    assert found["under_25"].sum() == small > 0


def test_the_months_of_the_world_add_up_to_its_years_but_for_the_sea() -> None:
    """UCDP 25.1: the months leave out 251 events in international waters or airspace, which the years have."""
    from analysis import table

    types = [f"deaths_all_dyads.{name}" for name in TYPES.values()]
    months = table(types, "WLD", source="ucdp_events", vintage="25.1", by="month")
    clause = Coverage(WITHOUT, unit="place", without=(AT_SEA,))
    assert all(clause in from_text(text) for text in months["coverage"])
    years = table(types, "WLD", source="ucdp_country_year", vintage="25.1").set_index(["series", "year"])["best"]
    missing = years - months.groupby(["series", "year"])["best"].sum()
    assert len(missing) == 36 * 3 and missing.min() == 0 and missing.idxmax()[1] in (2007, 2009)
    assert missing.groupby("series").sum().to_dict() == dict(zip(types, (2103, 32, 450), strict=True))


def test_the_years_of_the_world_are_the_sums_of_the_release_s_events() -> None:
    """The sums of UCDP's own file, GED 25.1: low, best and high of its 385,918 events, as two readers counted them."""
    from analysis import table

    types = [f"deaths_all_dyads.{name}" for name in TYPES.values()]
    years = table(types, "WLD", source="ucdp_country_year", vintage="25.1")
    assert years[["low", "best", "high"]].sum().tolist() == [3_294_758, 3_957_143, 5_833_924]
    assert years.groupby("series")["best"].sum().to_dict() == dict(
        zip(types, (2_373_140, 390_988, 1_193_015), strict=True)
    )


def test_yes_and_no_are_read_as_numbers_and_as_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """``active_year`` is 1 or 0 up to GED 24.1, true or false from 25.1 on."""
    rows = made(60)
    by = ("country", "year", "type")
    for copy in (True, False):
        for number, forms in enumerate(
            (("0", "1"), ("false", "true"), ("FALSE", "TRUE"), ("0.0", "1.0"), ("", "true"))
        ):
            written_so = [{**row, "active": forms[int(str(row["active"]))]} for row in rows]
            agree(events(written(tmp_path / f"{number}.csv", written_so), by=by, copy=copy), by, expected(rows, by))
    bad = [{**row, "active": "perhaps" if place == 3 else "true"} for place, row in enumerate(rows)]
    path = written(tmp_path / "bad.csv", [{**row, "article": "a"} for row in bad])
    assert refused(capsys, path).startswith("bad.csv, row 5, column active_year: 'perhaps' is neither yes nor no")


@pytest.mark.parametrize("form", [("0", "1"), ("false", "true"), ("0.0", "1.0")])
def test_small_dyads_are_told_apart_in_every_release(tmp_path: Path, form: tuple[str, str]) -> None:
    rows = [{**row, "country": "482", "active": form[int(str(row["active"]))]} for row in made(60)]
    out = tmp_path / "out.csv"
    commands.run(["events", str(written(tmp_path / "some.csv", rows)), "--against", "25.1", "--out", str(out)])
    small = sum(int(str(row["best"])) for row in rows if row["active"] == form[0])
    assert pd.read_csv(out)["under_25"].sum() == small > 0


def test_events_of_the_same_release_must_add_up(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    event = {**made(1)[0], "type": 3, "country": "482", "active": 0, "low": 0, "best": 2690, "high": 2690}
    event |= {"first": datetime.date(2013, 3, 24), "last": datetime.date(2013, 3, 24)}
    others = [
        {**event, "id": 2, "type": 1, "best": 417, "high": 417},
        {**event, "id": 3, "type": 2, "best": 289, "high": 289},
    ]
    path = written(tmp_path / "GEDEvent_v25_1.csv", [event, *others])
    assert commands.run(["events", str(path), "--against", "25.1"]) == 0
    assert "CAF,deaths_events.one_sided,2013,2690,2690,2690,equal" in capsys.readouterr().out
    written(path, [{**event, "best": 2600}, *others])
    assert commands.run(["events", str(path), "--against", "25.1"]) == 1
    assert "CAF,deaths_events.one_sided,2013,2600,2600,2690,differs" in capsys.readouterr().out
    assert "no country-year table of release '9.9'" in refused(capsys, path, "--against", "9.9")
    assert "--against reads the kept copy" in refused(capsys, path, "--against", "25.1", "--no-copy")


def test_a_place_that_is_not_what_a_reader_expects_is_noted(tmp_path: Path) -> None:
    rows = [{**row, "country": "666"} for row in made(3)]
    assert set(events(written(tmp_path / "some.csv", rows))["note"]) == {"P01"}
