import csv
import re

import drawings
import pytest
from matplotlib.figure import Figure

from analysis import charts, paths
from analysis.audit import headlines
from analysis.charts import vintages
from analysis.errors import InputError
from analysis.tell.languages import words

NAME = "figures_by_vintage"
SIZES = ("slide", "page", "square")


def drawn(size: str = "slide") -> Figure:
    return drawings.drawn(NAME, "en", size)


def lines(table: str, series: str, area: str, year: int) -> list[dict[str, str]]:
    """A year's rows of a table by another route than the chart's: the csv file, line by line."""
    with (paths.TIDY / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return [
            row
            for row in csv.DictReader(stream)
            if (row["series"], row["area"], row["year"], row["actor_class"], row["actor"], row["month"])
            == (series, area, str(year), "", "", "")
        ]


@pytest.mark.parametrize("subject", vintages.SUBJECTS, ids=lambda subject: subject.name)
def test_each_release_is_the_tables(subject: vintages.Subject) -> None:
    table = "ucdp" if subject.source.startswith("ucdp") else "idmc"
    rows = [row for row in lines(table, subject.series, subject.area, subject.year) if row["source"] == subject.source]
    data = charts.content(NAME).data
    points = data[data["panel"].eq(subject.name) & data["mark"].eq("release")].set_index("vintage")
    assert set(points.index) == {row["vintage"] for row in rows}
    for row in rows:
        point = points.loc[row["vintage"]]
        assert point["value"] == float(row["best"])
        whole = row["low"] and row["high"] and not re.search('"estimate":"(low|high)"', row["coverage"])
        assert (point["low"] == point["low"]) == bool(whole)
        if whole:
            assert (point["low"], point["high"]) == (float(row["low"]), float(row["high"]))
    assert data.loc[data["panel"].eq(subject.name), "published"].is_monotonic_increasing


def test_the_stated_figure_stands_first_and_hollow() -> None:
    data = charts.content(NAME).data
    first = data[data["panel"].eq("world_idps")].iloc[0]
    stated = next(headline for headline in headlines.load() if headline.id == "idmc_idps_2015")
    assert (first["mark"], first["value"]) == ("headline", stated.value)
    assert data["mark"].eq("headline").sum() == 1


def test_the_title_names_the_least_and_the_greatest_change() -> None:
    data = charts.content(NAME).data
    changes = {
        panel: rows["value"].iloc[-1] / rows["value"].iloc[0] - 1 for panel, rows in data.groupby("panel", sort=False)
    }
    least, most = min(changes, key=lambda p: changes[p]), max(changes, key=lambda p: changes[p])
    assert (least, most) == ("world_idps", "syria_2012")
    assert charts.content(NAME).title == (
        f"The same year, counted again: from −{-100 * changes[least]:.1f}% (World, end of 2015: internally displaced) "
        f"to +{100 * changes[most]:.0f}% (Syria, 2012: deaths in state-based conflict)"
    )


@pytest.mark.parametrize(("change", "said"), [(0.5, "+50%"), (-0.012, "−1.2%"), (0.0, "unchanged"), (2.353, "+235%")])
def test_changes_are_written_with_their_sign(change: float, said: str) -> None:
    assert vintages.signed(words("en"), change) == said


@pytest.mark.parametrize("size", SIZES)
def test_the_points_drawn_are_the_data(size: str) -> None:
    data = charts.content(NAME).data
    for axes, subject in zip(drawn(size).axes, vintages.SUBJECTS, strict=True):
        points = [line.get_ydata()[0] for line in axes.lines if line.get_marker() == "o"]  # type: ignore[index]
        assert points == list(data.loc[data["panel"].eq(subject.name), "value"])
        low, high = axes.get_ylim()
        assert all(low < point < high for point in points)


def test_a_figure_in_one_release_only_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = vintages.Subject("alone", "deaths_all_dyads.civilians", "ucdp_country_year", "WLD", 2014)
    monkeypatch.setattr(vintages, "SUBJECTS", (*vintages.SUBJECTS, alone))
    with pytest.raises(InputError, match="1 releases give alone"):
        vintages.figures_by_vintage(words("en"))
