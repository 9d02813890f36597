"""A brief as slides: a cover, then one slide a figure, with what a speaker needs in the notes."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from analysis.charts.style import ACCENT, INK, SOFT
from analysis.errors import InputError
from analysis.publish.brief.content import Brief, Picture
from analysis.publish.brief.package import anonymous
from analysis.publish.brief.pictures import SLIDE, drawn
from analysis.publish.brief.templates import LOCALES, opened

COVER, FINDING = "Title Slide", "Title Only"
"""The layouts that are filled, by the names that PowerPoint gives them."""

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
MARGIN = 0.038
"""Free space at the sides, as a part of the width."""

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
FONTS = {"zh": "Microsoft YaHei"}


def written(brief: Brief, template: Path | None = None) -> tuple[bytes, list[str]]:
    """The file's bytes, and what a template lacks that was made up for.

    Raises:
        InputError: a template that cannot be opened, or without the layouts that are filled.
    """
    deck = _deck(template)
    lacking: list[str] = []
    _cover(deck, brief, own=template is None, lacking=lacking)
    for picture in brief.pictures:
        _finding(deck, brief, picture, own=template is None, lacking=lacking)
    stream = io.BytesIO()
    deck.save(stream)
    return anonymous(stream.getvalue(), brief.title, brief.words.language), list(dict.fromkeys(lacking))


def _deck(template: Path | None) -> Any:
    if template is None:
        deck = Presentation()
        deck.slide_width, deck.slide_height = WIDTH, HEIGHT
        return deck
    try:
        deck = Presentation(opened(template))
    except (ValueError, KeyError) as error:
        raise InputError("not a template of slides", where=template, expected="a pptx or potx") from error
    names = [layout.name for layout in deck.slide_layouts]
    missing = [name for name in (COVER, FINDING) if name not in names]
    if missing:
        what = f"the template lacks the layout {', '.join(map(repr, missing))}"
        raise InputError(what, where=template, expected=f"among {', '.join(names)}", do="name layouts so in its master")
    slides = deck.slides._sldIdLst
    for one in list(slides):
        deck.part.drop_rel(one.rId)
        slides.remove(one)
    return deck


def _slide(deck: Any, name: str, lacking: list[str]) -> tuple[Any, Any]:
    """A new slide and its title; placeholders that nothing is written into are taken out."""
    slide = deck.slides.add_slide(next(layout for layout in deck.slide_layouts if layout.name == name))
    title = next((one for one in slide.placeholders if one.placeholder_format.type in TITLES), None)
    if title is None:
        lacking.append(f"the layout {name!r} has no place for a title: it stands in a text box")
        title = slide.shapes.add_textbox(Emu(0), Emu(0), deck.slide_width, Inches(1))
    return slide, title


def _cover(deck: Any, brief: Brief, own: bool, lacking: list[str]) -> None:
    """One number and one sentence, and whose report it is."""
    slide, title = _slide(deck, COVER, lacking)
    side = int(deck.slide_width * MARGIN)
    wide, high = deck.slide_width - 2 * side, deck.slide_height
    below = next((p for p in slide.placeholders if p.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE), None)
    if below is None:
        lacking.append(f"the layout {COVER!r} has no place for a subtitle: it stands in a text box")
        below = slide.shapes.add_textbox(side, int(high * 0.78), wide, int(high * 0.15))
    if own:
        _place(title, side, int(high * 0.43), wide, int(high * 0.26))
        _place(below, side, int(high * 0.74), wide, int(high * 0.18))
    top = title.top if title.top is not None else int(high * 0.43)
    number = slide.shapes.add_textbox(side, max(0, top - int(high * 0.22)), wide, int(high * 0.2))
    _say(brief, number, [brief.front_number], Pt(66), ACCENT, bold=True, anchor="b")
    _say(brief, title, [brief.front_sentence], Pt(32) if own else None, INK if own else "", anchor="t")
    _say(brief, below, [brief.title, brief.subtitle], Pt(18) if own else None, SOFT if own else "", anchor="t")
    _notes(brief, slide, [*brief.method, *brief.caveats])


def _finding(deck: Any, brief: Brief, picture: Picture, own: bool, lacking: list[str]) -> None:
    """A figure under its title, one sentence, its source in the footer, method and caveats in the notes."""
    content, say = picture.content, brief.words
    slide, title = _slide(deck, FINDING, lacking)
    side = int(deck.slide_width * MARGIN)
    wide, high = deck.slide_width - 2 * side, deck.slide_height
    if own:
        _place(title, side, int(high * 0.02), wide, int(high * 0.125))
    _say(brief, title, [content.title], Pt(26) if own else None, INK if own else "", anchor="ctr")
    head = title.top + title.height
    subtitle = slide.shapes.add_textbox(side, head, wide, int(high * 0.05))
    _say(brief, subtitle, [content.subtitle], Pt(16), SOFT, anchor="t")
    foot = int(high * 0.8)
    room = foot - head - int(high * 0.06)
    width = min(wide, int(room * SLIDE.width / SLIDE.height))
    shown = slide.shapes.add_picture(
        io.BytesIO(drawn(picture, say, SLIDE, "png")), (deck.slide_width - width) // 2, head + int(high * 0.06), width
    )
    shown._element.nvPicPr.cNvPr.set("descr", content.alt)
    shown.name = content.title
    sentence = slide.shapes.add_textbox(side, foot, wide, int(high * 0.09))
    _say(brief, sentence, [brief.sentence(picture)], Pt(18), INK, bold=True, anchor="ctr")
    source = slide.shapes.add_textbox(side, int(high * 0.895), wide, int(high * 0.09))
    _say(brief, source, [say.run((*content.notes, content.source_line))], Pt(12), SOFT, anchor="t")
    about = [text for one in brief.about(picture) for text in (f"{one.text}: {one.name}", one.reason)]
    _notes(brief, slide, [content.alt, *about, *content.page, *brief.method, *brief.caveats])


def _place(shape: Any, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _say(
    brief: Brief, shape: Any, texts: Sequence[str], size: Any, colour: str, bold: bool = False, anchor: str = "t"
) -> None:
    """Write paragraphs into a shape; where no size or colour is given, as the template has it."""
    frame = shape.text_frame
    frame.word_wrap = True
    if size is not None:
        frame._txBody.bodyPr.set("anchor", anchor)
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = brief.words.typeset(text)
        _in_language(brief, paragraph, run)
        if size is not None:
            run.font.size, run.font.bold = size, bold
            paragraph._p.get_or_add_pPr().set("algn", "r" if brief.words.right_to_left else "l")
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour[1:].upper())


def _in_language(brief: Brief, paragraph: Any, run: Any) -> None:
    """Which language a run is in, and from which side it runs."""
    language = brief.words.language
    run._r.get_or_add_rPr().set("lang", LOCALES[language])
    if language in FONTS:
        etree.SubElement(run._r.get_or_add_rPr(), qn("a:ea")).set("typeface", FONTS[language])
    if brief.words.right_to_left:
        paragraph._p.get_or_add_pPr().set("rtl", "1")


def _notes(brief: Brief, slide: Any, texts: Sequence[str]) -> None:
    frame = slide.notes_slide.notes_text_frame
    for number, text in enumerate(dict.fromkeys(text for text in texts if text)):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = brief.words.typeset(text)
        _in_language(brief, paragraph, run)
