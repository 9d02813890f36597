"""Events of violence, by month."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.data import corrections
from analysis.data.corrections import Correction
from analysis.data.coverage import AT_SEA, BY_OTHERS, RUNNING, WITHOUT, Coverage, from_text, to_text
from analysis.data.readers import ucdp_events
from analysis.data.registry import Release
from analysis.data.tables import COLUMNS
from analysis.errors import InputError

RIGHT = Path(__file__).parent / "data" / "right"
WRONG = Path(__file__).parent / "data" / "wrong"


def release(vintage: str) -> Release:
    return Release("ucdp_events", vintage, vintage, "2023-06", "", "", "", "", "", ())


def disorder(vintage: str, published: str) -> Correction:
    return Correction("E1", "ucdp_events", vintage, corrections.GROUP, published, "flag", "", "looked at")


def test_an_event_counts_in_the_month_of_its_first_day() -> None:
    rows = ucdp_events.monthly(release("23.1"), {"": RIGHT / "events.csv"}, [])
    assert tuple(rows.columns) == COLUMNS
    assert set(rows["role"]) == {"location"}
    columns = ["series", "area", "year", "month", "low", "best", "high", "coverage"]
    found = rows[columns].astype(object).where(rows[columns].notna(), None).to_numpy().tolist()

    def late(events: tuple[int, int], deaths: tuple[int, int]) -> str:
        return to_text([Coverage(RUNNING, "", *events, "events"), Coverage(RUNNING, "", *deaths, "deaths")])

    assert found == [
        ["deaths_all_dyads.civilians", "CAF", 2013, 3, None, 7, None, late((1, 2), (2, 7))],
        ["deaths_all_dyads.civilians", "CAF", 2013, 4, None, 10, None, ""],
        ["deaths_all_dyads.civilians", "SYR", 2013, 12, None, 4, None, late((1, 1), (4, 4))],
        ["deaths_all_dyads.non_state", "SYR", 2013, 12, 3, 4, 4, late((1, 1), (4, 4))],
        ["deaths_all_dyads.one_sided", "CAF", 2013, 4, 10, 10, 10, ""],
        ["deaths_all_dyads.state_based", "CAF", 2013, 3, 5, 7, 10, late((1, 2), (2, 7))],
        ["deaths_all_dyads.state_based", "CAF", 2013, 4, 0, 0, 2, ""],
    ]


def test_events_give_no_world_rows() -> None:
    rows = ucdp_events.monthly(release("23.1"), {"": RIGHT / "events.csv"}, [])
    assert "WLD" not in set(rows["area"])


def test_one_entry_declares_all_events_out_of_order() -> None:
    entry = disorder("23.1", "rows=2;low=10;best=11;high=11")
    rows = ucdp_events.monthly(release("23.1"), {"": RIGHT / "events_disordered.csv"}, [entry])
    notes = rows.set_index(["series", "month"])["note"].to_dict()
    assert notes == {
        ("deaths_all_dyads.civilians", 3): "",
        ("deaths_all_dyads.civilians", 4): "E1",
        ("deaths_all_dyads.one_sided", 4): "E1",
        ("deaths_all_dyads.state_based", 3): "",
        ("deaths_all_dyads.state_based", 4): "E1",
    }


def test_an_event_with_an_entry_of_its_own_is_not_in_the_group() -> None:
    own = Correction("E2", "ucdp_events", "23.1", "id=6", "low=9;best=8;high=9", "flag", "", "a case of its own")
    group = disorder("23.1", "rows=1;low=1;best=3;high=2")
    rows = ucdp_events.monthly(release("23.1"), {"": RIGHT / "events_disordered.csv"}, [own, group])
    april = rows[(rows["series"] == "deaths_all_dyads.state_based") & (rows["month"] == 4)].iloc[0]
    assert (april["low"], april["best"], april["note"]) == (9, 8, "E2")


def test_an_undeclared_disorder_is_named_with_the_entry_to_write() -> None:
    with pytest.raises(InputError) as error:
        ucdp_events.monthly(release("23.1"), {"": RIGHT / "events_disordered.csv"}, [])
    assert str(error.value).startswith("events_disordered.csv, row 5, column low: low, best and high are not in order")
    assert ",ucdp_events,23.1,disorder=events,rows=2;low=10;best=11;high=11,flag,,kept as published" in str(error.value)


@pytest.mark.parametrize("name", ["events.csv", "events_disordered.csv"])
def test_an_entry_expires_when_the_events_change(name: str) -> None:
    with pytest.raises(InputError, match="correction E1 .* has expired: the records are rows="):
        ucdp_events.monthly(release("23.1"), {"": RIGHT / name}, [disorder("23.1", "rows=2;low=10;best=11;high=12")])


def test_sums_that_others_made_are_the_world_with_a_best_only() -> None:
    rows = ucdp_events.monthly(release("25.1"), {"months": RIGHT / "events_months.json"}, [])
    assert tuple(rows.columns) == COLUMNS
    found = rows[["series", "area", "year", "month", "best"]].to_numpy().tolist()
    assert found == [
        ["deaths_all_dyads.non_state", "WLD", 2014, 1, 7],
        ["deaths_all_dyads.one_sided", "WLD", 2013, 12, 0],
        ["deaths_all_dyads.state_based", "WLD", 2013, 12, 10],
    ]
    assert rows[["low", "high"]].isna().all(axis=None)
    assert set(rows["coverage"].map(from_text)) == {(Coverage(BY_OTHERS),)}


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("events_missing_column.csv", 1, "end"),
        ("events_text.csv", 3, "best"),
        ("events_negative.csv", 3, "low"),
        ("events_duplicate.csv", 4, "id"),
        ("events_bad_date.csv", 3, "start"),
        ("events_backwards.csv", 3, "end"),
        ("events_type.csv", 3, "type"),
        ("events_country.csv", 3, "country_id"),
        ("events_months_missing_column.json", 1, "best"),
        ("events_months_text.json", 3, "best"),
        ("events_months_negative.json", 3, "best"),
        ("events_months_duplicate.json", 3, "year + month + type"),
        ("events_months_month.json", 3, "month"),
    ],
)
def test_bad_input_is_named(name: str, row: int, column: str) -> None:
    part = "months" if "months" in name else ""
    with pytest.raises(InputError) as error:
        ucdp_events.monthly(release("23.1"), {part: WRONG / name}, [])
    assert str(error.value).startswith(f"{name}, row {row}, column {column}: ")


@pytest.mark.parametrize(("part", "name"), [("", "events_empty.csv"), ("months", "events_months_empty.json")])
def test_an_empty_file_is_named(part: str, name: str) -> None:
    with pytest.raises(InputError, match=f"{name}: the file is empty"):
        ucdp_events.monthly(release("23.1"), {part: WRONG / name}, [])


def sums(rows: pd.DataFrame) -> dict[str, float]:
    return {str(series).rpartition(".")[2]: total for series, total in rows.groupby("series")["best"].sum().items()}


def test_what_sums_of_others_leave_out_is_declared_and_expires() -> None:
    files = {"months": RIGHT / "events_months.json"}
    entry = Correction("E9", "ucdp_events", "25.1", ucdp_events.AT_SEA_ROW, "rows=3;best=17", "flag", "", "looked at")
    rows = ucdp_events.monthly(release("25.1"), files, [entry])
    assert set(rows["note"]) == {"E9"}
    clauses = (Coverage(BY_OTHERS), Coverage(WITHOUT, unit="place", without=(AT_SEA,)))
    assert set(rows["coverage"].map(from_text)) == {clauses}
    for change in ({"published": "rows=3;best=18"}, {"row": "year=2013"}):
        with pytest.raises(InputError, match="correction E9 .* has expired: the sums are rows=3;best=17 now"):
            ucdp_events.monthly(release("25.1"), files, [replace(entry, **change)])


def test_the_real_events_of_the_central_african_republic(mirror: Path) -> None:
    path = mirror / "ucdp" / "ged" / "GEDEvent_v23_1_country482_CAR.geojson"
    entry = disorder("23.1", "rows=20;low=288;best=283;high=265")
    rows = ucdp_events.monthly(release("23.1"), {"": path}, [entry])
    assert set(rows["area"]) == {"CAF"}
    assert sums(rows) == {"state_based": 3120, "non_state": 3761, "one_sided": 8067, "civilians": 8931}
    one_sided = rows[rows["series"] == "deaths_all_dyads.one_sided"].set_index(["year", "month"])["best"]
    assert one_sided[2013].sum() == 2690
    out_of_order = (rows["low"] > rows["best"]) | (rows["best"] > rows["high"])
    assert set(rows.loc[out_of_order, "note"]) == {"E1"}


def test_the_real_events_of_syria(mirror: Path) -> None:
    path = mirror / "ucdp" / "ged" / "ucdp_syria_df.rda"
    entry = disorder("19.1", "rows=101;low=1015;best=1530;high=1454")
    rows = ucdp_events.monthly(release("19.1"), {"": path}, [entry])
    assert set(rows["area"]) == {"SYR"}
    assert (rows["year"].min(), rows["year"].max()) == (2016, 2019)
    assert sums(rows) == {"state_based": 80649, "non_state": 29417, "one_sided": 2271, "civilians": 26653}


def test_the_real_sums_of_the_world(mirror: Path) -> None:
    entries = corrections.of(release("25.1"), corrections.load())
    path = mirror / "ucdp" / "ged" / "monthly_deaths_by_type.json"
    rows = ucdp_events.monthly(release("25.1"), {"months": path}, entries)
    assert len(rows) == 36 * 12 * 3 and set(rows["note"]) == {"E004"}
    assert sums(rows[rows["year"] == 2014]) == {"state_based": 116222, "non_state": 19879, "one_sided": 15527}
