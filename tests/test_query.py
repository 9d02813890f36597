"""Questions to the tables: what comes back, what does not add up twice, and what an error says."""

import doctest
import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import checkout
import pandas as pd
import pytest

import analysis
from analysis import areas, findings, holdings, ledger, paths, series, table, verdicts
from analysis.data import actors, coverage, places, query, tables
from analysis.data import areas as area_codes
from analysis.errors import InputError
from analysis.tell import LANGUAGES, frames

FIGURE = ["series", "area", "role", "year", "source", "vintage"]


@pytest.mark.parametrize("module", [query, area_codes, actors, coverage, frames], ids=lambda one: one.__name__)
def test_the_examples_in_docstrings_run(module: object) -> None:
    results = doctest.testmod(module)
    assert results.attempted > 0 and results.failed == 0


def test_one_row_a_figure() -> None:
    everything = table()
    assert not everything.duplicated(FIGURE).any()
    assert everything["month"].isna().all() and (everything["actor"] == "").all()
    assert (everything["actor_class"] == "").all()


def test_the_deaths_of_2014_do_not_add_up_twice() -> None:
    asked = {"area": "WLD", "year": 2014, "vintage": "1.4-2015"}
    assert table("deaths.one_sided", **asked)["best"].sum() == 11_848
    assert table("deaths.one_sided", by="class", **asked)["best"].sum() == 11_848
    assert table("deaths.one_sided", by="actor", **asked)["best"].sum() == 11_848
    of_all = table("deaths.one_sided", year=2014, vintage="1.4-2015").query("area != 'WLD'")
    assert of_all["best"].sum() == 11_848, "places and MUL are all"


@pytest.mark.parametrize("name", ["Boko Haram", "JAS", "boko  haram", "1051"])
def test_an_actor_is_one_under_all_its_names(name: str) -> None:
    found = table("deaths.one_sided", "WLD", year=2014, actor=name).set_index("vintage")["best"]
    assert found.to_dict() == {
        "1.4-2015": 3783, "1.4-2016": 5124, "18.1": 5124, "21.1": 5134, "23.1": 5134, "25.1": 5134,
    }  # fmt: skip


def test_a_class_is_not_an_actor() -> None:
    by_class = table("deaths.one_sided", "WLD", year=2014, vintage="25.1", actor="government")
    assert by_class["actor"].tolist() == [""] and by_class["actor_class"].tolist() == ["government"]
    both = table("deaths.one_sided", "WLD", year=2014, vintage="25.1", by="actor", actor="government")
    assert (both["actor_class"] == "government").all() and len(both) > 1
    assert both["best"].sum() == by_class["best"].item()


def test_lists_are_taken_wherever_one_value_is() -> None:
    found = table(
        ["refugees", "idps"], ["Syria", "IRQ"], year=range(2014, 2016), role=["origin", "location"],
        source=["unhcr_population"], vintage=["2017-08", "2026-06"],
    )  # fmt: skip
    assert set(found["area"]) == {"SYR", "IRQ"} and set(found["year"]) == {2014, 2015}
    assert set(found["series"]) == {"refugees", "idps"} and set(found["vintage"]) == {"2017-08", "2026-06"}


@pytest.mark.parametrize(
    ("name", "code"),
    [("Syrie", "SYR"), ("syria", "SYR"), ("Сирия", "SYR"), ("سوريا", "SYR"), ("叙利亚", "SYR"), ("Burma", "MMR"),
     ("DRC", "COD"), ("CAR", "CAF"), ("Republique centrafricaine", "CAF"), ("Côte d’Ivoire", "CIV")],
)  # fmt: skip
def test_short_names_are_taken_as_well(name: str, code: str) -> None:
    assert area_codes.find(name) == code


@pytest.mark.parametrize("years", ["2014", 2014, 2014.0, ["2014"], [2014.0]])
def test_a_year_may_be_written_in_many_ways(years: object) -> None:
    assert table("idps", "WLD", year=years, source="idmc_displacement", vintage="2018")["year"].tolist() == [2014]


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_countries_are_taken_for_codes(language: str) -> None:
    names = areas().set_index("area")[language]
    for code in ("SYR", "CAF", "SSD", "NGA", "CIV"):
        assert area_codes.find(names[code]) == code
    assert table("refugees", names["SYR"], year=2015, role="origin", vintage="2017-08")["area"].item() == "SYR"


def test_a_country_says_what_its_rows_leave_out() -> None:
    row = table("deaths.one_sided", "Nigeria", year=2014, vintage="1.4-2015").iloc[0]
    rows, deaths = coverage.from_text(row["coverage"])
    assert (rows.given, rows.all, deaths.given, deaths.all) == (1, 2, 41, 3_824)
    only_shared = table("deaths.one_sided", "Cameroon", year=2014, vintage="1.4-2015").iloc[0]
    assert pd.isna(only_shared["best"]) and '"given":0' in only_shared["coverage"]


def test_what_a_reader_would_not_expect_under_an_area_is_noted() -> None:
    (gaza,) = (place for place in places.load() if place.area == "ISR")
    rows = table("deaths_all_dyads.state_based", "ISR")
    assert rows["note"].str.contains(gaza.id).all()
    assert not table("deaths_all_dyads.state_based", "SYR")["note"].str.contains(gaza.id).any()


def test_the_world_has_one_role() -> None:
    world = tables.committed().query("area == 'WLD'")
    assert set(world["role"]) == {"location"}


def test_deaths_of_the_world_bank_are_a_series_of_their_own() -> None:
    assert set(table("deaths_worldbank.state_based")["source"]) == {"worldbank_indicators"}
    assert "worldbank_indicators" not in set(table("deaths.state_based")["source"])


def test_every_series_says_what_a_place_is_where_it_has_places() -> None:
    meanings = series().set_index("series")
    rows = tables.committed()
    placed = set(rows[(rows["role"] == "location") & ~rows["area"].isin(["WLD", "MUL"])]["series"])
    assert not placed - set(meanings[meanings["location"] != ""].index)
    assert (meanings["family"] != "").all()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"series": "deaths.one_side"}, "no row has series 'deaths.one_side'; expected for instance deaths.one_sided"),
        (
            {"series": "refugees", "area": "Syrai"},
            "no row has area 'Syrai'; expected for instance Syrian Arab Republic (SYR)",
        ),
        ({"series": "refugees", "vintage": "2017-8"}, "no row has vintage '2017-8'; expected for instance 2017-08"),
        ({"year": 1815}, "no row has year '1815'"),
        ({"year": "2010-2015"}, "year '2010-2015'; expected 2014, [2013, 2014] or range(2010, 2016)"),
        ({"source": "UNHCR"}, "no row has source 'UNHCR'; expected for instance unhcr_"),
        ({"series": "IDP"}, "no row has series 'IDP'; expected for instance idps"),
        ({"role": "orign"}, "no row has role 'orign'; expected for instance origin"),
        ({"by": "town"}, "by 'town'; expected one of class, actor, month"),
        ({"series": "deaths.one_sided", "actor": "Boko Harm"}, "no row has actor 'Boko Harm'"),
        ({"series": "registered_refugees"}, 'no row has all of these; expected by="month"'),
        ({"series": "idps", "area": "SYR", "by": "month"}, "month is kept for no area of these series"),
        ({"series": "deaths.one_sided", "area": "Fiji"}, "deaths_all_dyads.one_sided, another family"),
        (
            {"series": "refugees", "area": "SYR", "vintage": "2017-08", "year": 1990},
            "another year: there are rows for 2012",
        ),
        ({"series": "refugees", "by": "actor"}, "actor is kept for no area of these series"),
    ],
)
def test_what_does_not_exist_is_an_error_with_what_does(asked: dict, said: str) -> None:
    with pytest.raises(InputError) as caught:
        table(**asked)
    assert said in str(caught.value)


def test_a_question_does_not_change_the_tables() -> None:
    found = table("idps", "WLD")
    found.loc[0, "best"] = -1
    assert (tables.committed()["best"].dropna() >= 0).all()


def test_what_is_held_whole_and_in_part() -> None:
    held = holdings(["refugees", "idps"]).set_index(["series", "source", "vintage", "of", "role"])
    assert held.loc[("refugees", "unhcr_population", "2026-06", "areas", "origin"), "kept"] == "whole"
    older = held.loc[("refugees", "unhcr_population", "2017-08", "areas", "origin")]
    assert (older["kept"], older["first"], older["last"]) == ("part", 2012, 2015)
    some = held.loc[("idps", "idmc_displacement", "2018", "areas", "location")]
    assert (some["kept"], some["areas"]) == ("part", 16)
    actors_held = holdings("deaths.one_sided", "ucdp_one_sided").query("of == 'actors' and vintage == '25.1'")
    assert actors_held["actors"].item() > 300 and actors_held["kept"].item() == "whole"
    yemen = holdings("deaths_all_dyads", area="Йемен").query("of == 'areas'")
    assert set(yemen["areas"]) == {1} and set(yemen["which"]) == {"YEM"} and set(yemen["kept"]) == {"whole"}
    events = holdings("deaths_all_dyads.one_sided", "ucdp_events").set_index("which")
    assert events["kept"].to_dict() == {"SYR": "part", "CAF": "part", "WLD": "whole"}
    with pytest.raises(InputError, match="no row has source 'ucdp'"):
        holdings(source="ucdp")


def test_areas_have_codes_to_join_by() -> None:
    found = areas().set_index("area")
    assert found.loc["DEU", ["m49", "gleditsch_ward", "cow", "unhcr"]].tolist() == [
        "276",
        "260;265",
        "255;260;265",
        "GFR",
    ]
    assert set(LANGUAGES) <= set(found.columns)


def test_findings_and_verdicts_carry_ids_units_and_vintages() -> None:
    found = findings(["syria_killed", "deaths_2014_over_100000"])
    assert set(found["claim"]) == {"syria_killed", "deaths_2014_over_100000"}
    assert {"source", "vintage", "unit", "published", "coverage"} <= set(found.columns)
    told = verdicts("syria_killed", language="fr")
    assert told["area"].item() == "SYR" and told["unit"].item() == "deaths" and told["number"].item() == 179_638
    assert ledger().set_index("claim").loc["syria_killed", "area"] == "SYR"
    with pytest.raises(InputError, match="no claim 'syria_kiled'; expected for instance syria_killed"):
        findings("syria_kiled")


def test_the_face_is_what_it_says() -> None:
    assert dir(analysis) == analysis.__all__ == sorted(analysis.__all__)
    declared = (paths.PACKAGE / "__init__.pyi").read_text(encoding="utf-8")
    told = re.findall(r"^from ([\w.]+) import (\w+) as (\w+)$", declared, re.MULTILINE)
    assert [name for *_, name in sorted(told, key=lambda line: line[2])] == analysis.__all__
    for module, found, name in told:
        home = importlib.import_module(f"{module}.{found}" if name == "charts" else module)
        assert getattr(analysis, name) is (home if name == "charts" else getattr(home, found)), name
    with pytest.raises(AttributeError, match="no attribute 'tables'"):
        _ = analysis.tables


def test_the_package_installs_elsewhere_with_its_tables_inside(tmp_path: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    if not uv.exists():
        # `make` puts uv beside Python, and CI tests through `make`: only who tests in an environment of their own
        # comes here, and has nothing to build the package with.
        assert not os.environ.get("CI")
        pytest.skip("uv is not beside this Python; `make test` puts it there")
    where = tmp_path / "elsewhere"
    source = checkout.copy(tmp_path / "checkout")  # what is built on the way stays there
    shutil.copy(paths.ROOT / "LICENSE", source)
    subprocess.run(
        [uv, "pip", "install", "-q", "--python", sys.executable, "--target", where, "--no-deps", source], check=True
    )
    question = (
        "import analysis; from analysis import charts, table, verdicts;"
        "print(analysis.__file__);"
        "print(table('refugees', 'WLD', year=2015, vintage='2017-08')['best'].item());"
        "print(verdicts('idps_40_8_million', 'ar')['about'].item());"
        "print(charts.deaths_by_type('zh').alt)"
    )
    done = subprocess.run(
        [sys.executable, "-c", question], cwd=tmp_path, env={"PYTHONPATH": str(where)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    home, number, about, alt = done.stdout.splitlines()
    assert Path(home).is_relative_to(where)
    page = paths.ROOT / "analysis" / "publish" / "page"
    beside = [*page.glob("templates/*"), *page.glob("assets/*")]
    assert beside and all((where / path.relative_to(paths.ROOT)).is_file() for path in beside)
    assert float(number) == 16_111_285
    assert about == verdicts("idps_40_8_million", "ar")["about"].item()
    assert alt == analysis.charts.deaths_by_type("zh").alt
