"""A brief as an Excel file: a front that explains, the tables with real numbers, and charts that can be restyled."""

import datetime
import io
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from analysis.charts.style import ACCENT, CONTEXT, INK, PALE, SOFT, TINT, VOID
from analysis.publish.brief import tables
from analysis.publish.brief.package import anonymous
from analysis.publish.brief.tables import NUMBER, STACKED, TEXT, Cell, Column, Table
from analysis.publish.content import Brief
from analysis.tell.languages import Words

FONTS = {"ar": "Arial", "zh": "Microsoft YaHei"}
"""Faces of office programs that have the script; Calibri elsewhere."""

LONGEST = 31
"""A tab's name has at most so many letters."""

LINE, MOST_LINES = 15, 20
"""The height of a line in points, and how many a row may have."""

COLOURS = (CONTEXT, PALE, TINT, ACCENT)
HEADINGS = 2
"""Rows of headings: names, then units."""

NOW = datetime.datetime(1980, 1, 1)
"""The library writes a date; it is taken out again."""


class _Book:
    """A workbook being written, with its formats."""

    def __init__(self, brief: Brief, stream: io.BytesIO) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.brief, self.book = brief, Workbook(stream, {"in_memory": True, **options})
        self.book.set_properties({"title": brief.title, "created": NOW})
        self.base: dict[str, Any] = {
            "font_name": FONTS.get(brief.words.language, "Calibri"),
            "font_color": INK,
            "valign": "top",
            "reading_order": 2 if brief.words.right_to_left else 1,
        }
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, **looks: Any) -> Format:
        """A format, made once."""
        key = tuple(sorted(looks.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({**self.base, **looks})
        return self.formats[key]

    def sheet(self, name: str) -> Worksheet:
        """A sheet that runs as the language does."""
        made = self.book.add_worksheet(name)
        made.hide_gridlines(2)
        if self.brief.words.right_to_left:
            made.right_to_left()
        return made


def written(brief: Brief) -> bytes:
    """The file's bytes."""
    stream = io.BytesIO()
    book = _Book(brief, stream)
    series = tables.main_series(brief)
    shown = [
        tables.statements(brief),
        tables.findings(brief),
        *series,
        *([tables.drawn(brief)] if brief.pictures else []),
        *tables.read(brief),
        tables.sources(brief),
    ]
    front = tab_names([brief.words("Read first"), *(table.name for table in shown)])
    _front(book, front, shown)
    for name, table in zip(front[1:], shown, strict=True):
        _table(book, name, table)
    book.book.close()
    return anonymous(stream.getvalue(), brief.title, brief.words.language)


def tab_names(names: Sequence[str]) -> list[str]:
    """Names that tabs may have: short, without marks that Excel refuses, each once."""
    made: list[str] = []
    for name in names:
        short = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:LONGEST].strip()
        number = 2
        while short.lower() in {one.lower() for one in made}:
            short = f"{short[: LONGEST - 3].strip()} {number}"
            number += 1
        made.append(short)
    return made


def _front(book: _Book, names: Sequence[str], shown: Sequence[Table]) -> None:
    brief, say = book.brief, book.brief.words
    sheet = book.sheet(names[0])
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    sheet.set_column(2, 2, 12)
    plain, soft = book.format(text_wrap=True), book.format(text_wrap=True, font_color=SOFT)
    heading = book.format(bold=True, font_size=13, bottom=1, bottom_color=CONTEXT)
    row = 0
    for text, size, looks in (
        (brief.title, 18, {"bold": True}),
        (brief.subtitle, 11, {"font_color": SOFT}),
        (brief.front_number, 24, {"bold": True, "font_color": ACCENT}),
        (brief.front_sentence, 13, {}),
    ):
        sheet.write_string(row, 0, say.typeset(text), book.format(font_size=size, **looks))
        sheet.set_row(row, 1.5 * size)
        row += 1
    row = _heading(sheet, row + 1, [say("Verdict"), say("What it means"), say("Statements")], heading)
    for tally in brief.tallies:
        sheet.write_string(row, 0, tally.name, plain)
        sheet.write_string(row, 1, tally.meaning, plain)
        sheet.write_number(row, 2, tally.count, book.format(num_format="#,##0"))
        row += 1
    row = _heading(sheet, row + 1, [say("Sheet"), say("What it holds"), say("Rows")], heading)
    for name, table in zip(names[1:], shown, strict=True):
        quoted = name.replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{quoted}'!A1", book.format(font_color=ACCENT, underline=1), name)
        sheet.write_string(row, 1, say.typeset(table.title), plain)
        sheet.write_number(row, 2, len(table.rows), book.format(num_format="#,##0"))
        row += 1
    for title, texts in ((say("Method"), brief.method), (say("What to keep in mind"), brief.caveats)):
        row = _heading(sheet, row + 1, [title, "", ""], heading)
        for text in texts:
            sheet.merge_range(row, 0, row, 2, "", plain)
            sheet.write_string(row, 0, say.typeset(text), soft)
            sheet.set_row(row, 32)
            row += 1
    sheet.fit_to_pages(1, 0)
    sheet.set_landscape()


def _heading(sheet: Worksheet, row: int, texts: Sequence[str], looks: Format) -> int:
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, looks)
    return row + 1


def _table(book: _Book, name: str, table: Table) -> None:
    """A table: headings and units frozen, filters, numbers as numbers; its chart beside it if it has one."""
    say, sheet = book.brief.words, book.sheet(name)
    bold = book.format(bold=True, text_wrap=True, bg_color=VOID)
    soft = book.format(font_color=SOFT, text_wrap=True, bg_color=VOID, bottom=1, bottom_color=CONTEXT)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.heading, bold)
        sheet.write_string(1, place, column.unit, soft)
    for row, values in enumerate(table.rows):
        sheet.set_row(row + HEADINGS, LINE * lines(say, table, values))
        unit = table.units[row] if table.units else ""
        for place, (column, value) in enumerate(zip(table.columns, values, strict=True)):
            _cell(book, sheet, row + HEADINGS, place, column, value, unit)
    sheet.freeze_panes(HEADINGS, 1)
    sheet.autofilter(1, 0, len(table.rows) + 1, len(table.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, HEADINGS - 1)
    if table.picture is not None:
        _chart(book, sheet, name, table)
    if table.note:
        sheet.write_string(len(table.rows) + HEADINGS + 1, 0, say.typeset(table.note), book.format(font_color=SOFT))


def _cell(book: _Book, sheet: Worksheet, row: int, place: int, column: Column, value: Cell, unit: str) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, place, book.brief.words.typeset(value) if column.holds == TEXT else value,
                           book.format(text_wrap=column.wraps))  # fmt: skip
    elif column.holds == NUMBER:
        sheet.write_number(row, place, value, book.format(num_format=number_format(value, unit)))
    else:
        sheet.write_number(row, place, value, book.format(num_format="0"))


def lines(say: Words, table: Table, values: Sequence[Cell]) -> int:
    """How many lines the texts of a row need; Chinese letters are twice as wide as others."""
    wide = 2 if say.language == "zh" else 1
    texts = [(column, value) for column, value in zip(table.columns, values, strict=True) if column.wraps]
    needed = (math.ceil(1.1 * wide * len(value) / column.width) for column, value in texts if isinstance(value, str))
    return min(max(needed, default=1) or 1, MOST_LINES)


def number_format(value: float, unit: str) -> str:
    """How Excel writes a number; with which marks, the reader's own settings say."""
    if unit == "share":
        return "0.0%"
    return "#,##0" if float(value).is_integer() else "#,##0.0##"


def _chart(book: _Book, sheet: Worksheet, name: str, table: Table) -> None:
    """A chart of Excel's own beside a table, stacked as the figure is, with the figure's alt text."""
    picture = table.picture
    assert picture is not None
    mark = next(one for one in picture.content.data["mark"] if one in STACKED)
    chart = book.book.add_chart({"type": STACKED[mark], "subtype": "stacked"})
    first, last = HEADINGS, HEADINGS + len(table.rows) - 1
    for place in range(1, len(table.columns)):
        fill = {"color": COLOURS[(place - 1) % len(COLOURS)]}
        chart.add_series(
            {
                "name": [name, 0, place],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, place, last, place],
                "fill": fill,
                **({"gap": 30} if mark == "columns" else {}),
            }
        )
    font: Mapping[str, Any] = {"name": book.base["font_name"], "color": INK, "bold": False}
    chart.set_title({"name": picture.content.title, "name_font": {**font, "size": 14}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": PALE}},
                      "line": {"none": True}, "num_font": font})  # fmt: skip
    chart.set_x_axis({"num_font": font, "num_format": "0"})
    chart.set_size({"width": 960, "height": 480})
    sheet.insert_chart(1, len(table.columns) + 1, chart, {"description": picture.content.alt, "object_position": 3})
