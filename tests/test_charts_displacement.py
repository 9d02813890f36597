"""The figures of the displaced draw what the tables hold, and say no more."""

import csv
from collections.abc import Callable, Iterator

import drawings
import pandas as pd
import pytest

from analysis import charts, paths
from analysis.charts import displacement
from analysis.charts.contents import Content
from analysis.tell.languages import words

NAMES = tuple(displacement.CHARTS)


def cells(name: str, **wanted: str) -> dict[int, float]:
    """Year -> best, read from a tidy table without the project's own code."""
    with (paths.TIDY / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return {
            int(row["year"]): float(row["best"])
            for row in csv.DictReader(stream)
            if all(row[column] == value for column, value in wanted.items())
            and row["actor_class"] == row["actor"] == row["month"] == ""
        }


def unhcr(vintage: str) -> dict[int, float]:
    return cells("unhcr", series="refugees", area="WLD", source="unhcr_population", vintage=vintage)


def unrwa() -> dict[int, float]:
    return cells("unrwa", series="palestine_refugees", area="WLD", vintage="2026-06")


def idmc(vintage: str) -> dict[int, float]:
    return cells("idmc", series="idps", area="WLD", vintage=vintage)


def drawn(content: Content, **wanted: str) -> dict[int, float]:
    data = content.data
    for column, value in wanted.items():
        data = data[data[column].eq(value)]
    return dict(zip(data["year"], data["best"], strict=True))


def plain(text: str) -> str:
    """A text without its unbreakable spaces."""
    return text.replace("\u00a0", " ")


def upto(rows: dict[int, float], year: int = 2015) -> dict[int, float]:
    return {when: persons for when, persons in rows.items() if when <= year}


@pytest.fixture
def altered(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Change the best of rows that the figures read: ``altered(factor, column=value, ...)``."""
    real = displacement.table
    edits: list[tuple[float, dict[str, object]]] = []

    def table(*args: str, **kwargs: str) -> pd.DataFrame:
        rows = real(*args, **kwargs).copy()
        for factor, wanted in edits:
            hit = pd.Series(True, index=rows.index)
            for column, value in wanted.items():
                hit &= rows[column].eq(value)
            rows.loc[hit, "best"] *= factor
        return rows

    monkeypatch.setattr(displacement, "table", table)
    yield lambda factor, **wanted: edits.append((factor, wanted))


def test_refugees_are_drawn_as_the_tables_have_them() -> None:
    content = charts.content("refugees_since_1951")
    first, palestine = upto(unhcr("2017-08")), upto(unrwa())
    assert drawn(content, series="refugees", vintage="2017-08") == first
    assert drawn(content, series="refugees", vintage="2026-06") == upto(unhcr("2026-06"))
    assert drawn(content, series="palestine_refugees") == palestine
    assert drawn(content, series="refugees + palestine_refugees") == {
        year: first[year] + persons for year, persons in palestine.items()
    }
    assert first[2015] == 16_111_285 and palestine[2015] == 5_241_257 and first[1992] == 17_819_063


def test_title_on_refugees_says_what_the_tables_say() -> None:
    content = charts.content("refugees_since_1951")
    first, palestine = upto(unhcr("2017-08")), upto(unrwa())
    both = {year: first[year] + persons for year, persons in palestine.items()}
    assert max(both, key=lambda year: both[year]) == 2015
    assert max(first, key=lambda year: first[year]) == 1992
    assert content.title == (
        "With Palestine refugees, 2015 had more refugees than any earlier year on record; without them, 1992 had more"
    )
    above = ", ".join(str(year) for year in sorted(first) if first[year] > first[2015])
    assert above == "1990, 1991, 1992, 1993" and f"{above}." in content.alt
    assert "21.35 million together" in plain(content.alt) and f"{both[2015]:.0f}"[:4] == "2135"


@pytest.mark.parametrize(
    ("factor", "wanted", "title"),
    [
        (1.2, {"series": "refugees", "year": 2015}, "2015 had more refugees than any earlier year on record, with"),
        (0.1, {"series": "palestine_refugees", "year": 2015}, "2015 was not the year of most refugees: with"),
    ],
)
def test_title_on_refugees_follows_the_numbers(
    altered: Callable[..., None], factor: float, wanted: dict[str, object], title: str
) -> None:
    altered(factor, **wanted)
    assert displacement.refugees_since_1951(words("en")).title.startswith(title)


def test_title_on_refugees_when_only_unhcr_peaks(altered: Callable[..., None]) -> None:
    altered(1.2, series="refugees", year=2015)
    altered(4.0, series="palestine_refugees", year=1992)
    assert displacement.refugees_since_1951(words("en")).title.startswith("Without Palestine refugees, 2015 had more")


def test_refugees_since_are_named_with_their_year() -> None:
    later, palestine = unhcr("2026-06"), unrwa()
    both = {year: later[year] + palestine[year] for year in palestine if year > 2015}
    most = max(both, key=lambda year: both[year])
    note = " ".join(charts.content("refugees_since_1951").notes)
    assert f"{both[most] / 1e6:.2f} million at the end of {most}" in plain(note)


LATER = ("2018", "2019-09", "2024-06", "2026-03", "2026-06")
"""IDMC's releases after the report that hold 2015."""


def test_idps_are_drawn_as_the_tables_have_them() -> None:
    content = charts.content("idps_by_release")
    for vintage in ("2014", *LATER):
        assert drawn(content, source="idmc_displacement", vintage=vintage) == upto(idmc(vintage))
    assert drawn(content, source="headline") == {2015: 40_800_000}
    assert set(content.data["vintage"]) == {"2014", *LATER, "idmc_idps_2015"}
    held = drawn(content, source="idmc_displacement", vintage="2026-06")
    assert held[2015] == 40_451_900 and drawn(content, vintage="2018")[2015] == 40_520_800


def test_title_on_idps_says_what_the_tables_say() -> None:
    content = charts.content("idps_by_release")
    gaps = [40_800_000 - idmc(vintage)[2015] for vintage in LATER]
    assert {f"{gap / 1e6:.1f}" for gap in gaps} == {"0.3"}
    assert plain(content.title) == (
        "IDMC stated 40.8 million internally displaced for 2015; each later release held has about 0.3 million fewer"
    )
    for vintage in LATER:
        persons = idmc(vintage)[2015] / 1e6
        assert plain(content.labels[f"{vintage}_value"]) == f"{persons:.2f} million (−{40.8 - persons:.2f})"


@pytest.mark.parametrize(
    ("vintage", "factor", "title"),
    [
        ("2018", 1.01, "not every later release held has as many"),
        ("all", 1.02, "no later release held has fewer"),
        ("2018", 0.99, "each later release held has about 0.3\u00a0million to 0.7\u00a0million fewer"),
    ],
)
def test_title_on_idps_follows_the_numbers(
    altered: Callable[..., None], vintage: str, factor: float, title: str
) -> None:
    altered(factor, series="idps", area="WLD", year=2015, **({} if vintage == "all" else {"vintage": vintage}))
    assert title in displacement.idps_by_release(words("en")).title


def test_the_cut_axis_is_announced_and_begins_below_every_value() -> None:
    content = charts.content("idps_by_release")
    figure = drawings.drawn("idps_by_release")
    right = figure.axes[1]
    start = right.get_xlim()[0]
    assert start < min(best for best in content.data.query("year == 2015")["best"])
    assert f"begins at {start / 1e6:.1f}" in right.get_xlabel() and "its axis is cut" in content.subtitle
    assert figure.axes[0].get_ylim()[0] == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_a_source(name: str) -> None:
    content = charts.content(name)
    registered = {source for source, _ in content.releases} | {"headline"}
    for source in content.data["source"]:
        assert set(source.split(" + ")) <= registered
