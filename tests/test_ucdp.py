"""UCDP's readers: what they must give from the publishers' files, and what they must refuse."""

import csv
import dataclasses
import io
import json
import statistics
import zipfile
from pathlib import Path

import pandas as pd
import pyreadr
import pytest

from analysis.data import corrections, registry, tables
from analysis.data.coverage import PART, Coverage, from_text
from analysis.data.readers import READERS, ucdp
from analysis.errors import InputError


@pytest.fixture(scope="module")
def read(mirror: Path):
    entries = corrections.load()
    known = {}

    def reader(source: str, vintage: str) -> pd.DataFrame:
        if (source, vintage) not in known:
            release = registry.find(source, vintage)
            files = registry.verify(release, mirror)
            known[source, vintage] = READERS[source].read(release, files, corrections.of(release, entries))
        return known[source, vintage]

    return reader


def world(rows: pd.DataFrame, series: str, year: int, actor_class: str = "", actor: str = "") -> pd.Series:
    found = rows[(rows.series == series) & (rows.area == "WLD") & (rows.year == year)]
    found = found[(found.actor_class == actor_class) & (found.actor == actor)]
    assert len(found) == 1
    return found.iloc[0]


YEARLY_2015 = {
    "deaths.state_based": ("ucdp_battle_related_deaths", "5.0-2015"),
    "deaths.non_state": ("ucdp_non_state", "2.5-2015"),
    "deaths.one_sided": ("ucdp_one_sided", "1.4-2015"),
}


def total_2015(read, year: int) -> int:
    return sum(int(world(read(*release), series, year).best) for series, release in YEARLY_2015.items())


def test_deaths_of_2014_are_those_of_the_cited_paper(read):
    best = {series: int(world(read(*release), series, 2014).best) for series, release in YEARLY_2015.items()}
    assert best == {"deaths.state_based": 101_406, "deaths.non_state": 12_805, "deaths.one_sided": 11_848}
    assert total_2015(read, 2014) == 126_059


def test_1994_and_the_highest_year_since(read):
    assert total_2015(read, 1994) == 547_051
    since = {year: total_2015(read, year) for year in range(1995, 2014)}
    assert max(since.values()) == 96_964
    assert max(since, key=since.get) == 1999


def test_the_lows_of_2014_say_what_they_leave_out(read):
    row = world(read("ucdp_battle_related_deaths", "5.0-2015"), "deaths.state_based", 2014)
    assert row.low == 44_497
    assert from_text(row.coverage) == (Coverage(PART, "low", 39, 40, "rows", without=("Syria",)),)
    assert "C001" in row.note.split()


@pytest.mark.parametrize(
    ("vintage", "intrastate", "internationalized", "interstate"),
    [
        ("4.0-2015", 26, 13, 1),
        ("4.0-2016", 27, 13, 1),
        ("17.1", 28, 13, 1),
        ("18.1", 28, 13, 1),
        ("19.1", 28, 13, 1),
        ("20.1", 30, 13, 1),
        ("23.1", 29, 16, 1),
        ("25.1", 29, 16, 1),
    ],
)
def test_armed_conflicts_of_2014(read, vintage, intrastate, internationalized, interstate):
    rows = read("ucdp_armed_conflict", vintage)
    counted = [world(rows, f"conflicts.{t}", 2014).best for t in ("intrastate", "internationalized", "interstate")]
    assert counted == [intrastate, internationalized, interstate]


@pytest.mark.parametrize(
    ("vintage", "year", "intrastate", "internationalized", "wars"),
    [
        ("4.0-2014", 2013, 24, 9, 7),
        ("4.0-2016", 2015, 29, 20, 11),
        ("18.1", 2017, 29, 19, 10),
        ("19.1", 2018, 32, 18, 6),
        ("20.1", 2019, 30, 22, 7),
    ],
)
def test_armed_conflicts_of_the_last_year_of_a_release(read, vintage, year, intrastate, internationalized, wars):
    rows = read("ucdp_armed_conflict", vintage)
    assert world(rows, "conflicts.intrastate", year).best == intrastate
    assert world(rows, "conflicts.internationalized", year).best == internationalized
    of_all = rows[(rows.year == year) & rows.series.str.startswith("wars.")]
    assert of_all.best.sum() == wars
    assert rows.year.max() == year


@pytest.mark.parametrize(
    ("vintage", "year", "since_start", "since_episode"),
    [
        ("4.0-2014", 2013, 42, 6),
        ("4.0-2015", 2014, 36, 3),
        ("4.0-2016", 2014, 32, 3),
        ("18.1", 2014, 32.5, 3),
        ("19.1", 2014, 36, 3),
        ("20.1", 2014, 35, 2.5),
    ],
)
def test_the_age_of_conflicts_depends_on_what_begins(read, vintage, year, since_start, since_episode):
    rows = read("ucdp_armed_conflict", vintage)
    assert world(rows, "conflict_age.since_start", year).best == since_start
    assert world(rows, "conflict_age.since_episode", year).best == since_episode


def test_the_broken_release_counts_as_the_r_package_does(read, mirror):
    package = pyreadr.read_r(mirror / "ucdp/armed_conflict/ucdp_acd_v25.1_peacesciencer.rda")["ucdp_acd"]
    distinct = package.drop_duplicates(["conflict_id", "year"])
    rows = read("ucdp_armed_conflict", "25.1")
    ours = rows[rows.series.str.startswith("conflicts.")].groupby("year").best.sum()
    theirs = distinct.groupby(distinct.year.astype(int)).size()
    assert ours.astype(int).to_dict() == theirs.to_dict()


def test_a_table_with_a_row_for_each_state_reads_as_the_release_that_it_was_made_from(read, mirror):
    derived = mirror / "ucdp/armed_conflict/ucdp_acd_v20.1_peacesciencer.rda"
    rows = ucdp.armed_conflict(registry.find("ucdp_armed_conflict", "20.1"), {"": derived}, [])
    pd.testing.assert_frame_equal(rows, read("ucdp_armed_conflict", "20.1"))


def test_the_csv_of_4_0_2015_holds_what_the_rdata_holds(read, mirror):
    counted: dict[tuple[int, str], int] = {}
    name = "ucdp/armed_conflict/124920_1ucdpprio-armed-conflict-dataset_v.4-2015.csv"
    with (mirror / name).open(encoding="utf-8", newline="") as stream:
        for record in csv.DictReader(stream):
            key = int(record["Year"]), ucdp.CONFLICT_TYPES[record["TypeOfConflict"]]
            counted[key] = counted.get(key, 0) + 1
    rows = read("ucdp_armed_conflict", "4.0-2015")
    ours = {
        (row.year, row.series.split(".")[1]): int(row.best)
        for row in rows.itertuples()
        if row.series.startswith("conflicts.") and row.best
    }
    assert ours == counted


def test_the_unpacked_csv_of_23_1_is_the_zip(mirror):
    with zipfile.ZipFile(mirror / "ucdp/one_sided/ucdp-onesided-231-csv.zip") as archive:
        (member,) = archive.namelist()
        assert archive.read(member) == (mirror / "ucdp/one_sided/OneSided_v23_1.csv").read_bytes()


def test_one_sided_1994_moved_by_release(read):
    best = {v: int(world(read("ucdp_one_sided", v), "deaths.one_sided", 1994).best) for v in ("1.4-2015", "25.1")}
    assert best == {"1.4-2015": 509_186, "25.1": 779_683}


def test_classes_of_actor_make_up_one_sided_violence(read):
    rows = read("ucdp_one_sided", "1.4-2016")
    parts = [world(rows, "deaths.one_sided", 2015, actor).best for actor in ("government", "non_government")]
    assert sum(parts) == world(rows, "deaths.one_sided", 2015).best == 9_527


def test_most_of_one_sided_2014_names_several_places(read):
    rows = read("ucdp_one_sided", "1.4-2015")
    several = rows[(rows.area == "MUL") & (rows.year == 2014) & (rows.series == "deaths.one_sided")]
    assert several.best.tolist() == [8_280]


GROUP_2016 = {
    "deaths.state_based": ("ucdp_battle_related_deaths", "5.0-2016"),
    "deaths.non_state": ("ucdp_non_state", "2.5-2016"),
    "deaths.one_sided": ("ucdp_one_sided", "1.4-2016"),
}


@pytest.mark.parametrize(
    ("series", "year", "low", "best", "high"),
    [
        # plain sums of the columns; the low of 2014 is without the -99 of Syria
        ("deaths.state_based", 2014, 46_333, 104_168, 115_848),
        ("deaths.state_based", 2015, 82_461, 97_241, 111_912),
        ("deaths.non_state", 2014, 12_711, 12_836, 15_277),
        ("deaths.non_state", 2015, 10_097, 11_050, 14_683),
    ],
)
def test_deaths_in_the_releases_of_june_2016(read, series, year, low, best, high):
    row = world(read(*GROUP_2016[series]), series, year)
    assert (row.low, row.best, row.high) == (low, best, high)


def test_the_low_of_2014_lacks_syria_in_june_2016_too(read):
    row = world(read(*GROUP_2016["deaths.state_based"]), "deaths.state_based", 2014)
    assert from_text(row.coverage) == (Coverage(PART, "low", 40, 41, "rows", without=("Syria",)),)
    assert "C067" in row.note.split()


def test_the_year_sums_that_others_typed_are_those_of_the_file(read, mirror):
    name = "ucdp/derived/ucdp_brd_50_2016_year_sums_from_pinker_charts.csv"
    with (mirror / name).open(encoding="utf-8", newline="") as stream:
        theirs = {int(record["year"]): int(record["bd_best_sum"]) for record in csv.DictReader(stream)}
    rows = read(*GROUP_2016["deaths.state_based"])
    assert {year: int(world(rows, "deaths.state_based", year).best) for year in theirs} == theirs


def test_country_years_against_plain_sums(read, mirror):
    rows = read("ucdp_country_year", "25.1")
    sums = {"best": 0, "low": 0, "high": 0}
    civilians = 0
    with (mirror / "ucdp/organized_violence_cy/organizedviolencecy_v25_1.csv").open(encoding="utf-8", newline="") as s:
        for record in csv.DictReader(s):
            if record["year_cy"] == "2014":
                civilians += int(record["cumulative_total_deaths_civilians_in_orgvio_cy"])
                for estimate in sums:
                    sums[estimate] += int(record[f"cumulative_total_deaths_in_orgvio_{estimate}_cy"])
    types = [world(rows, f"deaths_all_dyads.{t}", 2014) for t in ("state_based", "non_state", "one_sided")]
    assert {e: int(sum(t[e] for t in types)) for e in sums} == sums
    assert world(rows, "deaths_all_dyads.civilians", 2014).best == civilians == 35_368


def test_country_years_agree_with_the_monthly_world_sums(read, mirror):
    """GED's monthly sums by others, and the country-years, are one release; borders and rounding differ little."""
    months = json.loads((mirror / "ucdp/ged/monthly_deaths_by_type.json").read_text())
    theirs = sum(m["deaths"] for m in months if m["year"] == 2014)
    rows = read("ucdp_country_year", "25.1")
    ours = sum(world(rows, f"deaths_all_dyads.{t}", 2014).best for t in ("state_based", "non_state", "one_sided"))
    assert abs(ours - theirs) / ours < 0.02


def test_median_ages_by_hand(read, mirror):
    name = "ucdp/armed_conflict/UcdpPrioConflict_v23_1.csv"
    with (mirror / name).open(encoding="utf-8", newline="") as stream:
        ages = [2014 - int(r["start_date"][:4]) for r in csv.DictReader(stream) if r["year"] == "2014"]
    rows = read("ucdp_armed_conflict", "23.1")
    assert world(rows, "conflict_age.since_start", 2014).best == statistics.median(ages)


# What must be refused, on small files in UCDP's layout.

HEADER = (
    "actor_id,actor_name,is_government_actor,year,location,gwno_location,"
    "low_fatality_estimate,best_fatality_estimate,high_fatality_estimate,version"
)
ROWS = [
    "1,Government of A,1,2030,Haiti,41,30,40,50,99.1",
    "2,Group B,0,2030,Kenya,501,25,26,27,99.1",
]


def one_sided(folder: Path, text: str | bytes, name: str = "onesided.csv") -> pd.DataFrame:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    release = dataclasses.replace(registry.parse_add(f"ucdp_one_sided:99.1:2031-06:{path}").release, verified=True)
    return ucdp.one_sided(release, {"": path}, [])


def test_a_release_that_the_code_has_never_seen(tmp_path):
    rows = one_sided(tmp_path, "\n".join([HEADER, *ROWS]) + "\n")
    assert world(rows, "deaths.one_sided", 2030).best == 66
    assert world(rows, "deaths.one_sided", 2030, "government").low == 30
    assert world(rows, "deaths.one_sided", 2030, "non_government", "Group B").high == 27
    assert set(rows.vintage) == {"99.1"}
    tables.validate(tables.order(rows).astype({"month": "Int64"}), "rows")


def swap(row: int, old: str, new: str) -> str:
    lines = [HEADER, *ROWS]
    assert old in lines[row]
    lines[row] = lines[row].replace(old, new, 1)
    return "\n".join(lines) + "\n"


def without(column: str) -> str:
    place = HEADER.split(",").index(column)
    cut = [line.split(",") for line in (HEADER, *ROWS)]
    return "".join(",".join(fields[:place] + fields[place + 1 :]) + "\n" for fields in cut)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (without("best_fatality_estimate"), ["column best", "missing"]),
        (
            swap(0, "best_fatality_estimate", "best_fatality_estimat"),
            ["column best", "'best_fatality_estimat'", "new name"],
        ),
        ("\n".join([HEADER, *ROWS])[:-14], ["row 3", "fields", "10"]),
        ("\n".join([HEADER, *ROWS, "3,Group C,0,2030,Kenya,501,25,26,27,99.1"])[:-1], ["row 4", "last field", "99."]),
        (swap(1, "Government of A", "Government of \u00c5land").encode("latin-1"), ["row 2", "utf-8"]),
        (swap(2, ",26,", ",2x6,"), ["row 3", "column best", "'2x6'"]),
        (swap(2, ",26,", ",-4,"), ["row 3", "column best", "negative"]),
        (swap(2, ",26,", ",-99,"), ["row 3", "column best", "-99"]),
        (swap(2, ",25,", ",-99,"), ["row 3", "column low", "corrections.csv", "actor_id=2;year=2030"]),
        ("\n".join([HEADER, *ROWS, ROWS[1]]) + "\n", ["rows 3 and 4", "actor_id + year"]),
        (swap(2, ",501,", ",9999,"), ["row 3", "column gwno", "'9999'", "areas.csv"]),
        ("", ["empty"]),
        (HEADER + "\n", ["no rows"]),
        (
            swap(2, "25,26,27", "28,26,27"),
            ["row 3", "column low", "ucdp_one_sided,99.1,actor_id=2;year=2030,low=28;best=26;high=27,flag"],
        ),
        (swap(2, "Group B,0", "Group B,2"), ["row 3", "column government", "0 or 1"]),
    ],
)
def test_bad_input_is_one_line_with_its_place(tmp_path, text, expected):
    with pytest.raises(InputError) as caught:
        one_sided(tmp_path, text)
    message = str(caught.value)
    assert "\n" not in message
    assert "onesided.csv" in message
    for part in expected:
        assert part in message


def test_a_zip_with_two_members_is_refused(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", HEADER)
        archive.writestr("b.csv", HEADER)
    with pytest.raises(InputError, match=r"onesided.zip: the zip has 2 members \(a.csv, b.csv\)"):
        one_sided(tmp_path, packed.getvalue(), "onesided.zip")


@pytest.mark.parametrize("column", ["start", "episode"])
@pytest.mark.parametrize("text", ["31/31/1990", "yesterday", "1990-13-01", "05/1990"])
def test_a_date_that_is_none(tmp_path, text, column):
    path = tmp_path / "acd.csv"
    dates = {"start": "1990-05-01", "episode": "29-5-1997", column: text}
    path.write_text(
        "conflict_id,year,type_of_conflict,intensity_level,start_date,start_date2,gwno_a\n"
        "1,2030,3,1,1964-01-11,07/31/1946,41\n"
        f"2,2030,3,1,{dates['start']},{dates['episode']},501\n",
        encoding="utf-8",
    )
    addition = registry.parse_add(f"ucdp_armed_conflict:99.1:2031-06:{path}")
    with pytest.raises(InputError, match=f"acd.csv, row 3, column {column}: .* is not a date"):
        ucdp.armed_conflict(addition.release, {"": path}, [])
