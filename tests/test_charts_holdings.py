"""The first figure of the workbook: one series of each table."""

import csv

import pytest

from analysis import charts, paths
from analysis.charts import holdings
from analysis.data.tables import TABLES


def test_every_table_has_a_panel():
    assert [name for name, *_ in holdings.SHOWN] == list(TABLES)
    assert set(charts.content("tables_at_a_glance").data["table"]) == set(TABLES)


@pytest.mark.parametrize(("name", "series", "source", "vintage", "area", "by"), holdings.SHOWN)
def test_what_is_drawn_is_what_the_table_holds(name, series, source, vintage, area, by):
    with (paths.TIDY / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = [
            float(row["best"])
            for row in csv.DictReader(stream)
            if (row["series"], row["source"], row["vintage"], row["area"], row["actor_class"], row["actor"])
            == (series, source, vintage, area, "", "")
            and bool(row["month"]) == (by == "month")
            and row["best"]
        ]
    data = charts.content("tables_at_a_glance").data
    assert sorted(data[data["table"] == name]["best"].dropna()) == sorted(rows)
