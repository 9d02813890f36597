"""A brief as a Word file of some four pages: verdicts, figures, method, sources; headings are styles."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from analysis.charts.style import ACCENT, INK, SOFT
from analysis.errors import InputError
from analysis.publish.brief.package import anonymous
from analysis.publish.brief.pictures import column, drawn
from analysis.publish.brief.templates import LOCALES, opened
from analysis.publish.content import Brief
from analysis.tell.languages import ENGLISH

STYLES = ("Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "Table Grid")
"""The styles that are used, by the names that Word gives them."""

FONTS = {"ar": "Arial", "zh": "Microsoft YaHei"}
SIZES = {"Normal": 9, "Title": 20, "Subtitle": 10, "Heading 1": 12.5, "Heading 2": 10, "Caption": 8}
PICTURE = Mm(150)
"""How wide a plot stands between the margins, so that three have room on a page."""


class _Page:
    """A document being written: every paragraph knows its language and its direction."""

    def __init__(self, brief: Brief, document: Any) -> None:
        self.brief, self.document = brief, document
        self.styles = {style.name: style for style in document.styles}
        section = document.sections[0]
        self.room = section.page_width - section.left_margin - section.right_margin

    def paragraph(self, text: str, style: str = "Normal", **looks: Any) -> Any:
        """A paragraph in a style."""
        made = self.document.add_paragraph(style=self.styles.get(style))
        self.fill(made, text, **looks)
        return made

    def fill(
        self, paragraph: Any, text: str, size: float = 0, colour: str = "", bold: bool = False, cited: bool = False
    ) -> None:
        """Write a text into a paragraph; what is cited stands as its publisher writes it, from the left."""
        words = ENGLISH if cited else self.brief.words
        run = paragraph.add_run(words.typeset(text))
        looks = run._r.get_or_add_rPr()
        if size:
            run.font.size = Pt(size)
            _child(looks, "w:szCs", str(round(2 * size)))
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour[1:].upper())
        if bold:
            run.font.bold = True
            _child(looks, "w:bCs")
        if words.right_to_left:
            _child(looks, "w:rtl")
            _child(paragraph._p.get_or_add_pPr(), "w:bidi")
        language = _child(looks, "w:lang")
        language.set(qn({"ar": "w:bidi", "zh": "w:eastAsia"}.get(words.language, "w:val")), LOCALES[words.language])


CELL = {"w:top": 20, "w:left": 60, "w:bottom": 20, "w:right": 60}
"""How much room is around the text of a cell, in twentieths of a point."""

ORDER = {
    "w:pPr": ("w:pStyle", "w:keepNext", "w:bidi", "w:spacing", "w:ind", "w:jc", "w:rPr"),
    "w:rPr": (
        "w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:color", "w:sz", "w:szCs", "w:rtl", "w:lang",
    ),
    "w:tblPr": ("w:tblStyle", "w:bidiVisual", "w:tblW", "w:jc", "w:tblLayout", "w:tblCellMar", "w:tblLook"),
}  # fmt: skip
"""In which order Word wants what stands under the properties of a paragraph, a run and a table."""


def _child(parent: Any, tag: str, value: str = "") -> Any:
    """A property under a parent, where Word wants it; found if it is there."""
    made = parent.find(qn(tag))
    if made is None:
        made = OxmlElement(tag)
        order = next((names for name, names in ORDER.items() if parent.tag == qn(name)), ())
        after = [qn(name) for name in order[order.index(tag) + 1 :]] if tag in order else []
        before = next((one for one in parent if one.tag in after), None)
        parent.append(made) if before is None else before.addprevious(made)
    if value:
        made.set(qn("w:val"), value)
    return made


def written(brief: Brief, template: Path | None = None) -> tuple[bytes, list[str]]:
    """The file's bytes, and what a template lacks that was made up for.

    Raises:
        InputError: a template that cannot be opened.
    """
    document = _document(brief, template)
    page = _Page(brief, document)
    missing = [name for name in STYLES if name not in page.styles]
    _write(page)
    stream = io.BytesIO()
    document.save(stream)
    lacking = [f"the template has no style {name!r}: its plain text stands in" for name in missing]
    return anonymous(stream.getvalue(), brief.title, brief.words.language), lacking


def _document(brief: Brief, template: Path | None) -> Any:
    if template is None:
        document = Document()
        _house_style(brief, document)
        return document
    try:
        document = Document(opened(template))
    except (ValueError, KeyError) as error:
        raise InputError("not a template of a text", where=template, expected="a docx or dotx") from error
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    return document


def _house_style(brief: Brief, document: Any) -> None:
    """Margins, sizes, colours and faces where no template gives them."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(17)
    section.top_margin = section.bottom_margin = Mm(15)
    font = FONTS.get(brief.words.language, "Calibri")
    for name, size in SIZES.items():
        style = document.styles[name]
        looks = style.element.get_or_add_rPr()
        fonts = _child(looks, "w:rFonts")
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for key in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{key}"), font)
        style.font.size = Pt(size)
        _child(looks, "w:szCs", str(round(2 * size)))
        style.font.color.rgb = RGBColor.from_string((SOFT if name == "Subtitle" else INK)[1:].upper())
        style.font.italic = False
        style.font.bold = name.startswith("Heading")
        for left in [one for one in looks if one.tag in (qn("w:iCs"), qn("w:spacing"))]:
            looks.remove(left)
        style.paragraph_format.space_before = Pt(9 if name == "Heading 1" else 0)
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.line_spacing = 1.0
        borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
        if borders is not None:
            borders.getparent().remove(borders)


def _write(page: _Page) -> None:
    brief, say = page.brief, page.brief.words
    page.paragraph(brief.title, "Title")
    page.paragraph(brief.subtitle, "Subtitle")
    page.paragraph(brief.front_number, size=26, colour=ACCENT, bold=True)
    page.paragraph(brief.front_sentence, size=12, bold=True)
    page.paragraph(say("How the statements fare"), "Heading 1")
    rows = [(tally.name, tally.meaning, say.number(tally.count)) for tally in brief.tallies]
    _table(page, (say("Verdict"), say("What it means"), say("Statements")), rows, (50, 92, 34))
    if brief.is_whole:
        page.paragraph(say("What data could test"), "Heading 1")
        tested = [(_paragraph(one.verdict.claim.paragraph), one.text, one.name, one.number) for one in brief.tested]
        headings = (say("Paragraph"), say("Statement"), say("Verdict"), say("Number"))
        _table(page, headings, tested, (19, 91, 34, 32), size=7.5)
    else:
        for one in brief.statements:
            page.paragraph(say("{statement}: {verdict}", statement=one.text, verdict=one.name), "Heading 2")
            page.paragraph(one.reason)
    if brief.pictures:
        page.paragraph(say("Figures"), "Heading 1")
    for picture in brief.printed_pictures:
        title = page.paragraph(picture.content.title, "Heading 2")
        title.paragraph_format.keep_with_next = True
        shown = page.document.add_paragraph()
        shown.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shown.paragraph_format.keep_with_next = True
        inline = shown.add_run().add_picture(
            io.BytesIO(drawn(picture, say, column(say), "png")), width=min(PICTURE, page.room)
        )
        for named in (inline._inline.docPr, inline._inline.graphic.graphicData.pic.nvPicPr.cNvPr):
            named.set("descr", picture.content.alt)
            named.set("name", picture.content.title)
        page.paragraph(brief.caption(picture), "Caption", size=8, colour=SOFT)
    page.paragraph(say("Method"), "Heading 1")
    page.paragraph(say.run(brief.method))
    page.paragraph(say("What to keep in mind"), "Heading 1")
    page.paragraph(say.run(brief.caveats))
    page.paragraph(say("Sources"), "Heading 1")
    for source in brief.printed_sources:
        page.paragraph(f"{source.citation} [{source.licence}]", size=7, cited=True).paragraph_format.space_after = Pt(1)


def _paragraph(number: int | None) -> str:
    return "" if number is None else str(number)


def _table(
    page: _Page, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], size: float = 8
) -> None:
    """A table across the page, its columns as wide to each other as ``widths``; headings stand again on each page."""
    table = page.document.add_table(rows=0, cols=len(headings), style=page.styles.get("Table Grid"))
    table.autofit = False
    wide = [page.room * width // sum(widths) for width in widths]
    for one, width in zip(table.columns, wide, strict=True):
        one.width = width
    if page.brief.words.right_to_left:
        _child(table._tbl.tblPr, "w:bidiVisual")
    margins = _child(table._tbl.tblPr, "w:tblCellMar")
    for side, points in CELL.items():
        room = _child(margins, side)
        room.set(qn("w:w"), str(points))
        room.set(qn("w:type"), "dxa")
    for number, texts in enumerate((headings, *rows)):
        row = table.add_row()
        if number == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, width in zip(row.cells, texts, wide, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            page.fill(paragraph, text, size=size, bold=number == 0)
