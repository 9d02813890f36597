"""The one shape: what the tables promise, and what is refused."""

import math
from pathlib import Path

import pandas as pd
import pytest

from analysis import paths, table
from analysis.data import corrections, places, query, registry, tables
from analysis.data.readers import READERS
from analysis.errors import InputError

IDS = frozenset(entry.id for entry in corrections.load())
TOLD = frozenset(place.id for place in places.load())


@pytest.fixture(scope="module")
def committed() -> pd.DataFrame:
    return tables.load()


def test_every_committed_table_keeps_its_rules():
    for name in tables.TABLES:
        path = paths.TIDY / f"{name}.csv"
        frame = tables.load_one(path)
        tables.validate(frame, path, IDS, TOLD)
        assert tables.to_csv(frame) == path.read_text(encoding="utf-8")


def test_the_tables_stay_small():
    assert sum(path.stat().st_size for path in paths.TIDY.iterdir()) < 15_000_000


def test_every_row_comes_from_a_registered_release(committed):
    known = {(release.source, release.vintage) for release in registry.releases()}
    assert set(committed[["source", "vintage"]].itertuples(index=False, name=None)) == known


def test_every_series_is_used(committed):
    asked_for = {
        name for name in tables.SERIES if name.startswith("deaths_events.")
    }  # summed from a file that is named
    assert len(asked_for) == 5 and set(committed["series"]) == set(tables.SERIES) - asked_for


def test_every_area_is_listed(committed):
    from analysis.data import areas

    assert set(committed["area"]) <= set(areas.names()["area"])


@pytest.mark.parametrize(
    ("series", "area", "role", "year", "source", "vintage", "best"),
    [
        ("refugees", "WLD", "location", 2015, "unhcr_population", "2017-08", 16_111_285),
        ("refugees", "WLD", "location", 2015, "unhcr_population", "2026-06", 16_110_276),
        ("palestine_refugees", "WLD", "location", 2015, "unrwa_registered", "2026-06", 5_241_257),
        ("idps", "WLD", "location", 2015, "idmc_displacement", "2026-06", 40_451_900),
        ("idps", "WLD", "location", 2015, "idmc_displacement", "2018", 40_520_800),
        ("refugees", "SYR", "origin", 2015, "unhcr_population", "2026-06", 4_873_236),
        ("idps", "SYR", "location", 2015, "idmc_displacement", "2026-06", 6_600_000),
        ("deaths.state_based", "WLD", "location", 2014, "ucdp_battle_related_deaths", "5.0-2015", 101_406),
        ("deaths.non_state", "WLD", "location", 2014, "ucdp_non_state", "2.5-2015", 12_805),
        ("deaths.one_sided", "WLD", "location", 2014, "ucdp_one_sided", "1.4-2015", 11_848),
    ],
)
def test_known_figures(committed, series, area, role, year, source, vintage, best):
    key = {
        "series": series,
        "area": area,
        "role": role,
        "year": year,
        "source": source,
        "vintage": vintage,
        "actor_class": "",
        "actor": "",
    }
    found = committed[(committed[list(key)] == pd.Series(key)).all(axis=1) & committed["month"].isna()]
    assert found["best"].tolist() == [best]


def test_vetoes_on_syria_before_the_report(committed):
    vetoes = committed[
        (committed["series"] == "vetoed_drafts") & (committed["area"] == "SYR") & committed["month"].notna()
    ]
    before = vetoes[(vetoes["year"] * 12 + vetoes["month"]) < 2016 * 12 + 8]
    assert before["best"].sum() == 4


def test_the_mirror_gives_the_committed_bytes(mirror: Path):
    from analysis.data import datapackage, make

    contents = make.recompute(mirror)
    assert set(contents) == {f"{name}.csv" for name in tables.TABLES}
    for name, text in contents.items():
        assert (paths.TIDY / name).read_bytes() == text.encode("utf-8"), name
    assert paths.DATAPACKAGE.read_text(encoding="utf-8") == datapackage.text(contents)


def test_the_datapackage_is_valid():
    from frictionless import Package, system

    with system.use_context(trusted=True):
        report = Package(str(paths.DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "message"])[:5]


def test_every_column_of_every_table_is_described():
    import json

    package = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    missing = [
        (resource["name"], field["name"])
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if not field["description"]
    ]
    assert missing == []


def rows(**changes: object) -> pd.DataFrame:
    """Two good rows, the second with changes."""
    base = {
        "series": "idps", "area": "WLD", "role": "location", "year": 2015, "month": pd.NA,
        **dict.fromkeys(("actor_class", "actor", "actor_id"), ""),
        "low": 1.0, "best": 2.0, "high": 3.0, "unit": "persons", "kind": "stock",
        "source": "idmc_displacement", "vintage": "2018", "coverage": "", "note": "",
    }  # fmt: skip
    frame = pd.DataFrame([{**base, "year": 2014}, {**base, **changes}])[list(tables.COLUMNS)]
    return frame.astype({"month": "Int64", "low": float, "best": float, "high": float})


def test_good_rows_pass():
    tables.validate(rows(), "good")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"series": "idp"}, "column series"),
        ({"role": "at"}, "column role"),
        ({"kind": "flow"}, "kind"),
        ({"unit": "people"}, "unit"),
        ({"month": 13}, "column month"),
        ({"best": -1.0, "low": math.nan, "high": math.nan}, "column best"),
        ({"low": 2.5}, "not in order"),
        ({"high": 1.5}, "not in order"),
        ({"note": "C999"}, "column note"),
        ({"year": 2014}, "two rows have the key"),
        ({"area": "World"}, "column area"),
        ({"year": 1899}, "column year"),
        ({"actor_class": "army"}, "column actor_class"),
        ({"actor_id": "x1"}, "column actor_id"),
        ({"source": "IDMC 2018"}, "column source"),
        ({"vintage": ""}, "column vintage"),
        ({"low": 4.0, "best": math.nan}, "not in order"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named(changes, expected):
    with pytest.raises(InputError) as caught:
        tables.validate(rows(**changes), "bad.csv")
    assert expected in str(caught.value) and str(caught.value).startswith("bad.csv")
    assert "\n" not in str(caught.value)


def test_a_declared_disorder_passes():
    tables.validate(rows(low=2.5, note="C001"), "flagged", frozenset({"C001"}))


def test_a_place_that_is_told_of_excuses_no_disorder():
    tables.validate(rows(note="P001"), "told", told=frozenset({"P001"}))
    with pytest.raises(InputError, match="not in order"):
        tables.validate(rows(low=2.5, note="P001"), "told", told=frozenset({"P001"}))


@pytest.mark.parametrize(("series", "source"), [("deaths.one_sided", "ucdp_one_sided")])
def test_parts_that_do_not_add_up_are_named(committed, series, source):
    some = committed[(committed["source"] == source)].reset_index(drop=True)
    where = some.index[(some["series"] == series) & (some["actor_class"] == "government") & (some["actor"] == "")][0]
    some.loc[where, ["best", "high"]] += 1
    with pytest.raises(InputError, match="do not add up"):
        tables.validate(some, "ucdp.csv", IDS, TOLD)


def test_parts_that_are_all_unknown_do_not_add_up_to_a_number(committed):
    some = committed[committed["source"] == "ucdp_one_sided"].reset_index(drop=True)
    parts = (some["series"] == "deaths.one_sided") & (some["actor_class"] != "") & (some["actor"] == "")
    some.loc[parts & (some["year"] == 2014), "low"] = math.nan
    with pytest.raises(InputError, match="do not add up"):
        tables.validate(some, "ucdp.csv", IDS, TOLD)


def test_countries_that_do_not_add_up_are_named(committed):
    some = committed[committed["source"] == "ucdp_country_year"].reset_index(drop=True)
    where = some.index[
        (some["series"] == "deaths_all_dyads.non_state") & (some["area"] == "NGA") & (some["year"] == 2014)
    ][0]
    some.loc[where, ["best", "high"]] += 1
    with pytest.raises(InputError, match="countries do not add up"):
        tables.validate(some, "ucdp.csv", IDS, TOLD)


def test_table_says_what_it_does_not_know():
    with pytest.raises(InputError, match="no row has series 'refugee'; expected for instance refugees"):
        table("refugee")
    with pytest.raises(InputError, match="no row has vintage '2017-8'"):
        table("refugees", vintage="2017-8")


def test_table_gives_families_and_several_areas():
    assert set(table("deaths", area="WLD")["series"]) >= {"deaths.state_based", "deaths.one_sided"}
    assert set(table("refugees", area=["SYR", "AFG"])["area"]) == {"SYR", "AFG"}


def test_the_docstring_examples_of_questions():
    import doctest

    results = doctest.testmod(query)
    assert results.attempted > 0 and results.failed == 0


def test_text_in_a_number_is_named(tmp_path):
    good = (paths.TIDY / "vdc.csv").read_text(encoding="utf-8").splitlines()
    good[3] = good[3].replace(",2011,", ",20x1,", 1)
    path = tmp_path / "vdc.csv"
    path.write_text("\n".join(good) + "\n")
    with pytest.raises(InputError, match="vdc.csv, row 4, column year: '20x1' is not a number"):
        tables.load(tmp_path)


def test_every_reader_has_a_table():
    assert {reader.table for reader in READERS.values()} == set(tables.TABLES)
    assert set(READERS) == set(registry.SOURCES)
