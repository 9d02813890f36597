"""A brief as slides: a cover, then one slide a figure, with what a speaker needs in the notes."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from analysis.charts.style import ACCENT, INK, SOFT
from analysis.errors import InputError
from analysis.publish.brief.package import anonymous
from analysis.publish.brief.pictures import SLIDE, drawn
from analysis.publish.brief.templates import LOCALES, opened
from analysis.publish.content import Brief, Picture

COVER, FINDING = "Title Slide", "Title Only"
"""The layouts that are filled, by the names that PowerPoint gives them."""

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
MARGIN = 0.038
"""Free space at the sides, as a part of the width."""

FOOT, LOWEST = 0.8, 0.4
"""Where the sentence under a figure stands, and how far down a title may reach, as parts of the height."""

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
FONTS = {"zh": "Microsoft YaHei"}


@dataclass(frozen=True)
class _Deck:
    """Slides being written; ``own`` says that the looks are ours, not a template's, ``lacking`` what that lacks."""

    slides: Any
    brief: Brief
    own: bool
    lacking: list[str]

    @property
    def width(self) -> int:
        """Of a slide."""
        return int(self.slides.slide_width)

    @property
    def side(self) -> int:
        """Free space at each side of a slide."""
        return int(self.width * MARGIN)

    @property
    def room(self) -> int:
        """The width between the sides."""
        return self.width - 2 * self.side

    def high(self, part: float) -> int:
        """A part of a slide's height."""
        return int(self.slides.slide_height * part)

    def box(self, slide: Any, top: float, height: float) -> Any:
        """A box for text across a slide, at and of a part of its height."""
        return slide.shapes.add_textbox(self.side, self.high(top), self.room, self.high(height))

    def points(self, size: float) -> Pt:
        """A size of letters that goes with a slide's: a template may be smaller than our slides."""
        return Pt(round(size * self.slides.slide_height / HEIGHT, 1))


def written(brief: Brief, template: Path | None = None) -> tuple[bytes, list[str]]:
    """The file's bytes, and what a template lacks that was made up for.

    Raises:
        InputError: a template that cannot be opened, or without the layouts that are filled.
    """
    deck = _Deck(_slides(template), brief, template is None, [])
    _cover(deck)
    for picture in brief.pictures:
        _finding(deck, picture)
    stream = io.BytesIO()
    deck.slides.save(stream)
    return anonymous(stream.getvalue(), brief.title, brief.words.language), list(dict.fromkeys(deck.lacking))


def _slides(template: Path | None) -> Any:
    if template is None:
        slides = Presentation()
        slides.slide_width, slides.slide_height = WIDTH, HEIGHT
        return slides
    try:
        slides = Presentation(opened(template))
    except (ValueError, KeyError) as error:
        raise InputError("not a template of slides", where=template, expected="a pptx or potx") from error
    names = [layout.name for layout in slides.slide_layouts]
    missing = [name for name in (COVER, FINDING) if name not in names]
    if missing:
        what = f"the template lacks the layout {', '.join(map(repr, missing))}"
        raise InputError(what, where=template, expected=f"among {', '.join(names)}", do="name layouts so in its master")
    given = slides.slides._sldIdLst
    for one in list(given):
        slides.part.drop_rel(one.rId)
        given.remove(one)
    return slides


def _slide(deck: _Deck, name: str) -> tuple[Any, Any]:
    """A new slide and its title."""
    slide = deck.slides.slides.add_slide(next(one for one in deck.slides.slide_layouts if one.name == name))
    title = next((one for one in slide.placeholders if one.placeholder_format.type in TITLES), None)
    if title is None:
        deck.lacking.append(f"the layout {name!r} has no place for a title: it stands in a text box")
        title = deck.box(slide, 0.02, 0.125)
    return slide, title


def _cover(deck: _Deck) -> None:
    """One number and one sentence, and whose report it is."""
    brief, (slide, title) = deck.brief, _slide(deck, COVER)
    below = next((p for p in slide.placeholders if p.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE), None)
    if below is None:
        deck.lacking.append(f"the layout {COVER!r} has no place for a subtitle: it stands in a text box")
        below = deck.box(slide, 0.78, 0.15)
    if deck.own:
        _place(title, deck.side, deck.high(0.2), deck.room, deck.high(0.22))
        _place(below, deck.side, deck.high(0.43), deck.room, deck.high(0.45))
    _say(deck, title, [(brief.front_number, 66, ACCENT)], bold=True, anchor="b", given=True)
    under = [(brief.front_sentence, 30, INK), (brief.title, 18, SOFT), (brief.subtitle, 18, SOFT)]
    _say(deck, below, under, given=True)
    _notes(brief, slide, [*brief.method, *brief.caveats])


def _finding(deck: _Deck, picture: Picture) -> None:
    """A figure under its title, one sentence, its source in the footer, method and caveats in the notes."""
    brief, content, say = deck.brief, picture.content, deck.brief.words
    slide, title = _slide(deck, FINDING)
    if deck.own:
        _place(title, deck.side, deck.high(0.02), deck.room, deck.high(0.125))
    _say(deck, title, [(content.title, 26, INK)], anchor="ctr", given=True)
    head = (title.top + title.height) / deck.slides.slide_height
    if head > LOWEST:
        deck.lacking.append(f"the layout {FINDING!r} leaves no room under its title: what is below may cover it")
        head = LOWEST
    _say(deck, deck.box(slide, head, 0.05), [(content.subtitle, 16, SOFT)])
    room = deck.high(FOOT - head - 0.06)
    shown = slide.shapes.add_picture(io.BytesIO(drawn(picture, say, SLIDE, "png")), 0, deck.high(head + 0.06))
    part = min(deck.room / shown.width, room / shown.height)
    shown.width, shown.height = int(part * shown.width), int(part * shown.height)
    shown.left = (deck.width - shown.width) // 2
    shown._element.nvPicPr.cNvPr.set("descr", content.alt)
    shown.name = content.title
    _say(deck, deck.box(slide, FOOT, 0.09), [(brief.sentence(picture), 18, INK)], bold=True, anchor="ctr")
    _say(deck, deck.box(slide, 0.895, 0.09), [(say.run((*content.notes, content.source_line)), 12, SOFT)])
    about = [text for one in brief.about(picture) for text in (f"{one.text}: {one.name}", one.reason)]
    _notes(brief, slide, [content.alt, *about, *content.page, *brief.method, *brief.caveats])


def _place(shape: Any, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _say(
    deck: _Deck,
    shape: Any,
    texts: Sequence[tuple[str, float, str]],
    *,
    bold: bool = False,
    anchor: str = "t",
    given: bool = False,
) -> None:
    """Write paragraphs, each with a size and a colour, as large as the shape has room for.

    A template's colours stay, and where a shape is ``given`` by it, its faces and its sides too.
    """
    words, frame = deck.brief.words, shape.text_frame
    frame.word_wrap = True
    part = _fitting(deck, shape, texts)
    if deck.own or not given:
        frame._txBody.bodyPr.set("anchor", anchor)
    for number, (text, size, colour) in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = words.typeset(text)
        _in_language(deck.brief, paragraph, run)
        run.font.size = deck.points(part * size)
        if words.right_to_left or deck.own or not given:
            paragraph._p.get_or_add_pPr().set("algn", "r" if words.right_to_left else "l")
        if deck.own or not given:
            run.font.bold = bold
        if deck.own:
            run.font.color.rgb = RGBColor.from_string(colour[1:].upper())


WIDTHS = {"zh": 1.0}
"""How wide a letter is, as a part of its height, where it is not as in most scripts."""

AIR, LINES = 0.9, 1.25
"""The part of a shape's width that letters have, and the height of a line of letters."""


def _fitting(deck: _Deck, shape: Any, texts: Sequence[tuple[str, float, str]]) -> float:
    """The part of their sizes at which texts have room in a shape, judged by their length; never more than all."""
    letter = WIDTHS.get(deck.brief.words.language, 0.55)
    for part in (1.0, 0.9, 0.8, 0.7, 0.6):
        high = 0.0
        for text, size, _ in texts:
            points = deck.points(part * size)
            high += LINES * points * math.ceil(len(text) * letter * points / (AIR * shape.width))
        if high <= shape.height:
            return part
    return part


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
