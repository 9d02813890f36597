"""What a spreadsheet would run leaves as text; what is a number stays one."""

import csv
import io

import duckdb
import pandas as pd
import pytest

from analysis.charts import render
from analysis.data import spreadsheet, tables

CASES = {
    "=1+1": "'=1+1",
    "=5": "'=5",
    "@SUM(A1)": "'@SUM(A1)",
    "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0",
    "-2+3": "'-2+3",
    "\t=1": "'\t=1",
    "\r=1": "'\r=1",
    "-1": "-1",
    "+1.5e-3": "+1.5e-3",
    "-": "-",
    "": "",
    "Al-Shabaab": "Al-Shabaab",
    "'quoted": "'quoted",
}


@pytest.mark.parametrize("text", CASES)
def test_a_text_as_a_cell(text: str) -> None:
    assert spreadsheet.plain(text) == spreadsheet.plain(spreadsheet.plain(text)) == CASES[text]
    (found,) = duckdb.execute(f"SELECT {spreadsheet.sql('t')} FROM (SELECT ? AS t)", [text]).fetchone() or ()
    assert found == CASES[text]


def test_a_table_keeps_its_numbers_and_gives_no_formula() -> None:
    rows = tables.committed().head(2).assign(actor=["=1+1", "-3"])
    written = list(csv.DictReader(io.StringIO(tables.to_csv(rows))))
    assert {row["actor"] for row in written} == {"'=1+1", "-3"}
    assert tables.to_csv(rows) == tables.to_csv(rows.assign(actor=["'=1+1", "-3"]))


def test_the_numbers_of_a_figure_stay_numbers() -> None:
    shown = pd.DataFrame({"name": ["=1+1", "change"], "value": [-1.5, None], "at": ["-1", "@x"]})
    assert render.numbers(shown).decode() == "name,value,at\n'=1+1,-1.5,-1\nchange,,'@x\n"
