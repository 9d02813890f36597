"""The figures of the displaced draw what the tables hold, and their titles stop where the numbers do not bear them."""

from collections.abc import Callable
from types import ModuleType

import pandas as pd
import pytest
from sheets import numbers, plain
from tidy_rows import rows

from analysis import charts
from analysis.audit import series
from analysis.charts.figures import (
    all_displaced,
    idps_by_release,
    origins_of_the_displaced,
    refugees_since_1951,
    syria_displaced,
    who_hosts,
)
from analysis.errors import InputError

TABLES = {"idps": "idmc", "refugees": "unhcr", "asylum_seekers": "unhcr", "palestine_refugees": "unrwa"}
SOURCES = {"idmc": "idmc_displacement", "unhcr": "unhcr_population", "unrwa": "unrwa_registered"}


def stocks(name: str, vintage: str, area: str = "WLD", role: str = "location") -> dict[int, float]:
    """Year -> best, from the csv."""
    table = TABLES[name]
    found = rows(table, series=name, area=area, role=role, source=SOURCES[table], vintage=vintage)
    return {int(row["year"]): float(row["best"]) for row in found if row["best"] and not row["actor"] + row["month"]}


def shown(figure: str, name: str, **wanted: object) -> dict[int, float]:
    return {int(at): value for at, value in numbers(figure, name, **wanted).items()}


def upto(values: dict[int, float], last: int = 2015, first: int = 0) -> dict[int, float]:
    return {year: value for year, value in values.items() if first <= year <= last}


def alter(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, year: int, factor: float) -> None:
    """A series that a figure reads has another number in a year."""
    real: Callable[..., pd.Series] = series.stocks

    def altered(one: str, *some: object, **more: object) -> pd.Series:
        found = real(one, *some, **more).copy()
        if one == name and year in found.index:
            found[year] *= factor
        return found

    monkeypatch.setattr(module, "stocks", altered)


def test_refugees_are_the_tables() -> None:
    refugees, palestine = stocks("refugees", "2017-08"), stocks("palestine_refugees", "2026-06")
    assert shown("refugees_since_1951", "refugees", mark="stack") == upto(refugees)
    assert shown("refugees_since_1951", "palestine_refugees") == upto(palestine)
    assert shown("refugees_since_1951", "both") == {year: refugees[year] + palestine[year] for year in (1992, 2015)}
    assert refugees[2015] == 16_111_285 and palestine[2015] == 5_241_257


def test_2015_was_a_record_only_with_palestine_refugees() -> None:
    refugees, palestine = upto(stocks("refugees", "2017-08")), upto(stocks("palestine_refugees", "2026-06"))
    both = {year: refugees[year] + palestine[year] for year in palestine}
    assert max(both, key=lambda year: both[year]) == 2015
    assert max(refugees, key=lambda year: refugees[year]) == 1992
    title = charts.content("refugees_since_1951").title
    assert title == "In 2015 refugee numbers reached a record, but only counting Palestine refugees"


@pytest.mark.parametrize(("name", "factor"), [("refugees", 1.2), ("palestine_refugees", 0.1)])
def test_another_record_stops_the_figure(monkeypatch: pytest.MonkeyPatch, name: str, factor: float) -> None:
    alter(monkeypatch, refugees_since_1951, name, 2015, factor)
    with pytest.raises(InputError, match="2015 was a record only with Palestine refugees"):
        refugees_since_1951.sheet()


def test_all_displaced_are_the_tables() -> None:
    for name, vintage in {
        "idps": "2024-06",
        "refugees": "2017-08",
        "palestine_refugees": "2023-06",
        "asylum_seekers": "2017-08",
    }.items():
        assert shown("all_displaced", name) == upto(stocks(name, vintage), first=1990)
    groups = [shown("all_displaced", name) for name in TABLES]
    sums = {year: sum(group.get(year, 0.0) for group in groups) for year in range(1990, 2016)}
    assert max(sums, key=lambda year: sums[year]) == 2015
    assert f"{sums[2015] / 1e6:.1f} million" in map(plain, charts.content("all_displaced").labels.values())
    without = sums[2015] - shown("all_displaced", "asylum_seekers")[2015]
    assert without == 61_804_442  # what the verdict on "highest in UN history" rests on


def test_a_higher_year_stops_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    alter(monkeypatch, all_displaced, "idps", 1994, 2.0)
    with pytest.raises(InputError, match="2015 had the most displaced people since 1990"):
        all_displaced.sheet()


def test_the_internally_displaced_are_the_tables() -> None:
    lines = charts.content("idps_by_release").data.query("mark == 'line'")
    for vintage, first in (("2014", 0), ("2026-06", 2008)):
        some = lines[lines["vintage"].eq(vintage)]
        assert dict(zip(some["at"].astype(int), some["value"], strict=True)) == upto(
            stocks("idps", vintage), first=first
        )
    assert shown("idps_by_release", "idps.stated") == {2015: 40_800_000}
    later = [stocks("idps", vintage)[2015] for vintage in ("2018", "2019-09", "2024-06", "2026-03", "2026-06")]
    assert {f"{persons / 1e6:.1f}" for persons in later} == {"40.5"}
    title = "Later data put the internally displaced of 2015 at 40.5 million, not 40.8 million"
    assert plain(charts.content("idps_by_release").title) == title


def test_later_data_that_say_otherwise_stop_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    alter(monkeypatch, idps_by_release, "idps", 2015, 1.01)
    with pytest.raises(InputError, match="all later data put the internally displaced of 2015"):
        idps_by_release.sheet()


def test_displaced_syrians_are_the_tables() -> None:
    expected = {
        "idps": upto(stocks("idps", "2018", "SYR"), first=2011),
        "refugees": upto(stocks("refugees", "2017-08", "SYR", "origin"), first=2011),
        "asylum_seekers": upto(stocks("asylum_seekers", "2017-08", "SYR", "origin"), first=2011),
    }
    newest = {
        "idps": stocks("idps", "2026-06", "SYR"),
        "refugees": stocks("refugees", "2026-06", "SYR", "origin"),
        "asylum_seekers": stocks("asylum_seekers", "2026-06", "SYR", "origin"),
    }
    for name, values in expected.items():
        assert shown("syria_displaced", name) == {
            year: values.get(year, newest[name][year]) for year in range(2011, 2016)
        }
    core = expected["idps"][2015] + expected["refugees"][2015]
    assert core == 11_473_243 > shown("syria_displaced", "stated")[2015] == 11_000_000
    assert plain(charts.content("syria_displaced").title).startswith("11.5 million people were displaced")


def test_fewer_displaced_syrians_stop_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    alter(monkeypatch, syria_displaced, "idps", 2015, 0.9)
    with pytest.raises(InputError, match="more displaced Syrians than 11 million"):
        syria_displaced.sheet()


def test_origins_are_the_tables() -> None:
    drawn = numbers("origins_of_the_displaced", "idps")
    assert drawn["SYR"] == stocks("idps", "2026-06", "SYR")[2015]
    refugees = numbers("origins_of_the_displaced", "refugees")
    assert all(refugees[area] == stocks("refugees", "2026-06", area, "origin").get(2015, 0.0) for area in drawn)
    sums = [drawn[area] + refugees[area] for area in drawn]
    assert sums == sorted(sums, reverse=True)
    assert charts.content("origins_of_the_displaced").title.startswith("Over half of 2015's displaced")


def test_the_share_of_the_ten_in_the_reports_own_refugees() -> None:
    ten = [str(at) for at in origins_of_the_displaced.sheet().panels[0].marks[0].about]  # type: ignore[attr-defined]
    origin = {area: stocks("refugees", "2026-06", area, "origin").get(2015, 0.0) for area in ten}
    every = rows("unhcr", series="refugees", role="origin", source="unhcr_population", vintage="2026-06", year=2015)
    whole = sum(float(row["best"]) for row in every if row["best"]) + stocks("palestine_refugees", "2026-06")[2015]
    assert len(ten) == 10
    share = f"{100 * sum(origin.values()) / whole:.0f}%"
    assert f"{share} of refugees alone" in charts.content("origins_of_the_displaced").notes[0]


def test_who_hosts_is_the_tables() -> None:
    people = rows("worldbank", series="population", source="worldbank_indicators", vintage="2016-10", year=2015)
    inhabitants = {row["area"]: float(row["best"]) for row in people if row["best"]}
    refugees, palestine = (numbers("who_hosts", name) for name in ("refugees", "palestine_refugees"))
    for area in refugees:
        for shown_, name, vintage in (
            (refugees, "refugees", "2026-06"),
            (palestine, "palestine_refugees", "2026-06"),
        ):
            hosted = stocks(name, vintage, area, "asylum").get(2015, 0.0)
            assert shown_[area] == pytest.approx(1000 * hosted / inhabitants[area])
    assert list(refugees)[:3] == ["PSE", "JOR", "LBN"]
    sums = [refugees[area] + palestine[area] for area in refugees]
    assert sums == sorted(sums, reverse=True)


def test_another_first_host_stops_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    real = who_hosts.table

    def altered(*some: object, **more: object) -> pd.DataFrame:
        found = real(*some, **more)
        return found.assign(best=found["best"].where(~found["area"].eq("TUR"), found["best"] * 0.05))

    monkeypatch.setattr(
        who_hosts, "table", lambda name, **more: (altered if name == "population" else real)(name, **more)
    )
    with pytest.raises(InputError, match="three hosts far before others"):
        who_hosts.sheet()
