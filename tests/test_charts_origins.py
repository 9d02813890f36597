"""The figure of the origins of the displaced draws what the tables hold, and says no more."""

from functools import cache

import boxes
import drawings
import pytest
import tidy_rows
from matplotlib.figure import Figure

from analysis import charts
from analysis.charts import origins
from analysis.tell import frames
from analysis.tell.languages import words

NAME = "origins_of_the_displaced"
TEN = {"CAF", "COD", "ERI", "IRQ", "NGA", "SOM", "SSD", "SDN", "SYR", "YEM"}


def draw(size: str = "slide") -> Figure:
    return drawings.drawn(NAME, "en", size)


@cache
def displaced() -> dict[str, float]:
    """Refugees by origin and internally displaced of 2015 in the newest releases, by country."""
    found: dict[str, float] = {}
    for table, series, role in (("unhcr", "refugees", "origin"), ("idmc", "idps", "location")):
        for row in tidy_rows.rows(table, series=series, role=role, year=2015, vintage="2026-06"):
            if row["area"] != "WLD" and row["source"] in ("unhcr_population", "idmc_displacement"):
                found[row["area"]] = found.get(row["area"], 0.0) + float(row["best"])
    return found


def test_the_bars_are_the_tables() -> None:
    data = charts.content(NAME).data
    bars = data[data["mark"].eq("origin")].set_index("area")
    ranked = sorted(displaced(), key=lambda area: -displaced()[area])
    assert list(bars.index[:15]) == ranked[:15]
    assert set(bars.index[15:]) == TEN - set(ranked[:15]) == {"ERI"}
    for area in bars.index:
        assert bars.loc[area, "all"] == displaced()[area]
        assert bars.loc[area, "rank"] == ranked.index(area) + 1
    assert set(bars.index[bars["named"].astype(bool)]) == TEN


def test_the_bars_drawn_begin_at_zero_and_add_up() -> None:
    axes = draw().axes[0]
    assert axes.get_xlim()[0] == 0
    data = charts.content(NAME).data
    bars = data[data["mark"].eq("origin")]
    ends = [patch.get_x() + patch.get_width() for patch in axes.patches]
    assert ends[1::2] == pytest.approx(list(bars["all"]))


def test_all_countries_are_the_world() -> None:
    refugees = tidy_rows.cell("unhcr", series="refugees", area="WLD", year=2015, vintage="2026-06")
    idps = tidy_rows.cell("idmc", series="idps", area="WLD", year=2015, vintage="2026-06")
    assert sum(displaced().values()) == refugees + idps
    share = sum(displaced()[area] for area in TEN) / (refugees + idps)
    found = frames.findings("ten_countries_majority").set_index(["definition", "data"])["value"]
    assert share == pytest.approx(found["refugees_idps", "UNHCR 2026-06 with IDMC 2026-06"])


def test_the_shares_are_all_findings() -> None:
    data = charts.content(NAME).data
    found = frames.findings("ten_countries_majority")
    assert list(data.loc[data["mark"].eq("share"), "share"]) == list(found["value"])
    first = found[found["when"].ne("later")].set_index("definition")["value"]
    said = [text for text, _ in boxes.texts(draw())]
    assert {f"{value:.1%}" for value in first} <= set(said)


def test_the_title_says_what_the_findings_say() -> None:
    found = frames.findings("ten_countries_majority")
    first = found.loc[found["when"].ne("later"), "value"]
    assert len(first) == 5 and first.gt(0.5).all() and found["value"].gt(0.5).all()
    assert charts.content(NAME).title == (
        f"More than half of the displaced of 2015 were from the 10 countries named, by all 5 counts: "
        f"{first.min():.1%} to {first.max():.1%}"
    )


def test_the_title_follows_the_numbers() -> None:
    shown = {"ten": 10, "year": 2015, "above": 1, "counts": 2, "low": "49%", "high": "60%"}
    assert " by 1 of 2 counts" in origins.title_of(words("en"), [0.49, 0.6], shown)


def test_who_outranks_the_named_is_said() -> None:
    least = min(displaced()[area] for area in TEN)
    above = [area for area, persons in displaced().items() if persons > least and area not in TEN]
    note = charts.content(NAME).notes[0]
    assert f"{len(above)} others had more displaced than Eritrea" in note and "Colombia" in note


def test_every_release_drawn_is_named() -> None:
    found = frames.findings("ten_countries_majority")
    named = {f"{source.split('_')[0].upper()} {vintage}" for source, vintage in charts.content(NAME).releases}
    assert named == {part for text in found["data"] for part in text.split(" with ")}
