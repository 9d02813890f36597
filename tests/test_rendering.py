"""How tables look in a notebook: our own HTML and text, with nothing cut silently."""

import math
import re
import sys
from types import ModuleType, SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.data import tables
from analysis.publish import display
from analysis.publish.display import SHOWN_ROWS, cell, table_html, table_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1,000"),
        (21_352_542, "21,352,542"),
        (-1234, "-1,234"),
        (21_352_542.0, "21,352,542"),
        (12.0, "12"),
        (0.0945, "0.0945"),
        (0.094513, "0.09451"),
        (12.3456, "12.35"),
        (999.96, "1,000"),
        (1234.56, "1,235"),
        (-1234.56, "-1,235"),
        (-0.5, "-0.5"),
        (np.int64(1000), "1,000"),
        (np.float32(0.25), "0.25"),
        (True, "yes"),
        (False, "no"),
        ("", ""),
        ("2014", "2014"),
        ("low: 39 of 40 rows", "low: 39 of 40 rows"),
        (None, ""),
        (math.nan, ""),
        (pd.NA, ""),
        (pd.NaT, ""),
    ],
)
def test_a_cell(value: object, text: str) -> None:
    assert cell(value) == text


FRAME = pd.DataFrame(
    {
        "year": [2014, 2015],
        "area": ["SYR", "A & B <c>"],
        "best": [104_168.0, math.nan],
        "change": [-0.25, 1.5],
        "known": [True, False],
    }
)


def cells(html: str, tag: str = "td") -> list[str]:
    return re.findall(rf"<{tag}(?: [^>]*)?>(.*?)</{tag}>", html)


def test_a_table_as_html() -> None:
    html = table_html(FRAME)
    assert cells(html, "th") == ["year", "area", "best", "change", "known"]
    assert cells(html) == [
        *("2014", "SYR", "104,168", "-0.25", "yes"),
        *("2015", "A &amp; B &lt;c&gt;", "", "1.5", "no"),
    ]
    assert html.count("<tr>") == 3
    assert html.startswith("<table><thead><tr><th>year</th>") and html.endswith("</tbody></table>")


def test_the_header_is_escaped() -> None:
    assert cells(table_html(pd.DataFrame({"a<b": [1], 5: [2]})), "th") == ["a&lt;b", "5"]


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    sides = re.findall(r"text-align:(\w+)\">(.*?)</td>", table_html(FRAME))
    assert sides == [
        *(("right", "2014"), ("left", "SYR"), ("right", "104,168"), ("right", "-0.25"), ("left", "yes")),
        *(("right", "2015"), ("left", "A &amp; B &lt;c&gt;"), ("left", ""), ("right", "1.5"), ("left", "no")),
    ]


def test_a_table_as_text() -> None:
    assert table_text(FRAME) == (
        "year\tarea\tbest\tchange\tknown\n2014\tSYR\t104,168\t-0.25\tyes\n2015\tA & B <c>\t\t1.5\tno"
    )


@pytest.mark.parametrize("column", ["year", "month", "paragraph"])
def test_numbers_that_are_names_are_not_grouped(column: str) -> None:
    frame = pd.DataFrame({column: [1234, 2015], "other": [1234, 2015]})
    assert cells(table_html(frame)) == ["1234", "1,234", "2015", "2,015"]
    assert table_text(frame) == f"{column}\tother\n1234\t1,234\n2015\t2,015"
    floats = pd.DataFrame({column: [2014.0, math.nan]})
    assert cells(table_html(floats)) == ["2014", ""]
    words = pd.DataFrame({column: ["2014-2015", ""]})
    assert cells(table_html(words)) == ["2014-2015", ""]


def test_a_month_that_is_not_given_is_empty() -> None:
    frame = pd.DataFrame({"month": pd.array([3, None], dtype="Int64"), "best": pd.array([1000, None], dtype="Int64")})
    assert cells(table_html(frame)) == ["3", "1,000", "", ""]
    rows = tables.table("refugees", area="WLD", vintage="2017-08").tail(2)
    header, *lines = table_text(rows).splitlines()
    place = header.split("\t").index("month")
    assert [line.split("\t")[place] for line in lines] == ["", ""]


@pytest.mark.parametrize(
    ("rows", "more"),
    [(1, ""), (SHOWN_ROWS, ""), (SHOWN_ROWS + 1, "1 more rows"), (SHOWN_ROWS + 1234, "1,234 more rows")],
)
def test_rows_that_are_not_shown_are_counted(rows: int, more: str) -> None:
    frame = pd.DataFrame({"n": range(rows)})
    html, text = table_html(frame), table_text(frame)
    shown = min(rows, SHOWN_ROWS)
    assert html.count("<td") == shown
    assert cells(html, "p") == ([more] if more else [])
    assert text.splitlines() == ["n", *(str(number) for number in range(shown)), *([more] if more else [])]
    assert html.endswith(f"<p>{more}</p>" if more else "</table>")


def test_an_empty_table() -> None:
    frame = pd.DataFrame({"a": [], "b": []})
    assert table_html(frame) == "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody></tbody></table>"
    assert table_text(frame) == "a\tb"


def test_a_figure_in_words() -> None:
    assert display.figure_text(SimpleNamespace(alt="Deaths by year.")) == "Deaths by year."
    assert display.figure_text(SimpleNamespace()) == "a figure without alt text"


class Formatter(dict):
    def for_type_by_name(self, module: str, name: str, function: object) -> None:
        self[module, name] = function


def test_ipython_is_told_how_tables_look(monkeypatch: pytest.MonkeyPatch) -> None:
    formatters = {kind: Formatter() for kind in ("text/html", "text/plain", "image/svg+xml")}
    shell = SimpleNamespace(display_formatter=SimpleNamespace(formatters=formatters))
    fake = ModuleType("IPython")
    fake.get_ipython = lambda: shell  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", fake)
    display.register()
    assert formatters["text/html"]["pandas", "DataFrame"](FRAME) == table_html(FRAME)
    said: list[str] = []
    formatters["text/plain"]["pandas", "DataFrame"](FRAME, SimpleNamespace(text=said.append), False)
    formatters["text/plain"]["matplotlib.figure", "Figure"](
        SimpleNamespace(alt="Deaths."), SimpleNamespace(text=said.append), False
    )
    assert said == [table_text(FRAME), "Deaths."]
    assert formatters["image/svg+xml"]["matplotlib.figure", "Figure"] is display.figure_svg


@pytest.mark.parametrize("module", [None, ModuleType("IPython")])
def test_outside_of_ipython_nothing_happens(monkeypatch: pytest.MonkeyPatch, module: ModuleType | None) -> None:
    if module is None:
        monkeypatch.delitem(sys.modules, "IPython", raising=False)
    else:
        module.get_ipython = lambda: None  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "IPython", module)
    display.register()
