"""How tables and figures look in a notebook: our own rendering, so that no library's taste is in the outputs."""

import html
import numbers
import sys
from collections.abc import Callable
from typing import Any

SHOWN_ROWS = 60
"""Rows of a table that a notebook shows; the rest is counted, never silently cut."""


def register() -> None:
    """Tell a running IPython how to show DataFrames and figures; does nothing outside of one."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        return
    formatters = shell.display_formatter.formatters
    formatters["text/html"].for_type_by_name("pandas", "DataFrame", table_html)
    formatters["text/plain"].for_type_by_name("pandas", "DataFrame", _plain(table_text))
    formatters["image/svg+xml"].for_type_by_name("matplotlib.figure", "Figure", figure_svg)
    formatters["text/plain"].for_type_by_name("matplotlib.figure", "Figure", _plain(figure_text))


def _plain(text: Callable[[object], str]) -> Callable[[object, object, bool], None]:
    return lambda thing, printer, cycle: printer.text(text(thing))  # type: ignore[attr-defined]


def cell(value: object) -> str:
    """A cell as a reader wants it: grouped digits, empty for unknown; years and codes are given as text."""
    if value is None or str(value) == "<NA>" or value != value:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, numbers.Integral):  # NumPy's too
        return f"{int(value):,}"
    if isinstance(value, numbers.Real):
        amount = float(value)
        return f"{amount:,.0f}" if amount.is_integer() or abs(amount) >= 1000 else f"{amount:,.4g}"
    return str(value)


UNGROUPED = ("year", "month", "paragraph")
"""Columns of numbers that are names, not amounts."""


def _cells(frame: Any) -> tuple[list[str], list[list[str]]]:
    shown = frame.head(SHOWN_ROWS)
    columns = [str(column) for column in shown.columns]
    rows = []
    for record in shown.itertuples(index=False, name=None):
        rows.append(
            [
                ("" if cell(value) == "" else str(int(value)))
                if column in UNGROUPED and not isinstance(value, str)
                else cell(value)
                for column, value in zip(columns, record, strict=True)
            ]
        )
    return columns, rows


def table_html(frame: Any) -> str:
    """A DataFrame as HTML: header, rows, and how many more there are."""
    columns, rows = _cells(frame)
    head = "".join(f"<th>{html.escape(column)}</th>" for column in columns)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align:{_side(text)}">{html.escape(text)}</td>' for text in row) + "</tr>"
        for row in rows
    )
    more = len(frame) - len(rows)
    note = f"<p>{more:,} more rows</p>" if more > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


def _side(text: str) -> str:
    return "right" if text[:1].isdigit() or text[:1] == "-" else "left"


def table_text(frame: Any) -> str:
    """A DataFrame as plain text, for terminals."""
    columns, rows = _cells(frame)
    more = len(frame) - len(rows)
    note = [f"{more:,} more rows"] if more > 0 else []
    return "\n".join([*("\t".join(row) for row in [columns, *rows]), *note])


def figure_svg(figure: Any) -> str:
    """A figure as the SVG that ``figures/`` holds, with its alt text inside."""
    from analysis.publish import render

    return render.svg(figure).decode("utf-8")


def figure_text(figure: Any) -> str:
    """A figure in words: its alt text."""
    return getattr(figure, "alt", "a figure without alt text")
