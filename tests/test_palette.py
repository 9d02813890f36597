"""The colours: text that can be read (WCAG 2.2 AA), and things told apart by colour-blind readers and in grey."""

from collections.abc import Iterator
from itertools import combinations

import boxes
import numpy as np
import pytest
from coloraide.everything import ColorAll as Color
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis import charts
from analysis.charts import FIGURES, style

LARGE = 18.0
"""Points from which on WCAG asks for 3 to 1 and not for 4.5 to 1."""

VISIONS = ("protan", "deutan", "tritan")
APART = 14.0
"""CIEDE2000: a difference that nobody overlooks between areas; 2.3 is just noticeable."""

PALETTE = {
    name: getattr(style, name) for name in ("INK", "SOFT", "CONTEXT", "PALE", "ACCENT", "TINT", "SECOND", "THIRD")
}
MEANING = ("INK", "CONTEXT", "PALE", "ACCENT", "TINT", "SECOND", "THIRD")
"""Colours of areas, lines and marks that mean different things; SOFT is for text."""


def contrast(one: str, other: str) -> float:
    return float(Color(one).contrast(other, method="wcag21"))


def behind(figure: Figure) -> Iterator[tuple[Text, str]]:
    """Every text with the colour that most of the pixels behind it have."""
    figure.canvas.draw()
    shown = list(boxes.drawn(figure))
    spots = [Text.get_window_extent(text, figure.canvas.get_renderer()) for text in shown]
    colours = [text.get_color() for text in shown]
    for text in shown:
        text.set_color((0, 0, 0, 0))
    figure.canvas.draw()
    picture = np.asarray(figure.canvas.buffer_rgba())[..., :3]
    height = picture.shape[0]
    for text, box, colour in zip(shown, spots, colours, strict=True):
        rows = slice(max(0, int(height - box.y1)), int(np.ceil(height - box.y0)))
        columns = slice(max(0, int(box.x0)), int(np.ceil(box.x1)))
        found, counts = np.unique(picture[rows, columns].reshape(-1, 3), axis=0, return_counts=True)
        text.set_color(colour)
        yield text, to_hex(found[counts.argmax()] / 255)


@pytest.mark.parametrize("name", FIGURES)
def test_every_text_stands_out_from_what_is_behind_it(name: str) -> None:
    faint = [
        (text.get_text(), to_hex(text.get_color()), ground, round(contrast(to_hex(text.get_color()), ground), 2))
        for text, ground in behind(charts.draw(name))
        if contrast(to_hex(text.get_color()), ground) < (3.0 if text.get_fontsize() >= LARGE else 4.5)
    ]
    assert faint == []


def test_a_faint_text_is_found() -> None:
    figure = charts.draw(FIGURES[0])
    figure.text(0.5, 0.99, "x", color=style.CONTEXT, fontsize=6)
    assert min(contrast(to_hex(text.get_color()), ground) for text, ground in behind(figure)) < 4.5


@pytest.mark.parametrize("name", ["INK", "SOFT", "ACCENT", "SECOND"])
def test_colours_of_text_do_on_paper(name: str) -> None:
    assert contrast(PALETTE[name], style.PAPER) >= 4.5


@pytest.mark.parametrize("name", ["CONTEXT", "ACCENT", "SECOND", "INK"])
def test_colours_of_marks_do_on_paper(name: str) -> None:
    assert contrast(PALETTE[name], style.PAPER) >= 3.0


def drawn_colours(figure: Figure) -> set[str]:
    """The palette's colours of meaning that a figure has pixels of, other than in its text."""
    for text in boxes.drawn(figure):
        text.set_color((0, 0, 0, 0))
    figure.canvas.draw()
    picture = np.asarray(figure.canvas.buffer_rgba())[..., :3].reshape(-1, 3)
    found = {to_hex(colour / 255) for colour in np.unique(picture, axis=0)}
    return {name for name in MEANING if PALETTE[name] in found}


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("name", FIGURES)
def test_colours_of_a_figure_differ_to_every_eye(name: str, vision: str) -> None:
    seen = {colour: Color(PALETTE[colour]).filter(vision) for colour in drawn_colours(charts.draw(name))}
    assert seen
    for one, other in combinations(seen, 2):
        assert seen[one].delta_e(seen[other], method="2000") >= APART, (one, other)


def test_what_has_no_difference_in_grey_has_another_cue() -> None:
    """The accent and the second colour are alike in grey: marks differ in shape, lines in their style."""
    from analysis.charts import answers, overview

    for marks in (answers.MARKS, overview.MARKS):
        assert len({(shape, face == style.PAPER) for shape, face, _ in marks.values()}) == len(marks)
