"""The colours: text that can be read (WCAG 2.2 AA), and things told apart by colour-blind readers and in grey."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import boxes
import numpy as np
import pytest
from coloraide.everything import ColorAll as Color
from drawings import drawn
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis import charts
from analysis.charts import FIGURES, style

LARGE = 18.0
"""Points from which on WCAG asks for 3 to 1 and not for 4.5 to 1."""

VISIONS = ("protan", "deutan", "tritan")
APART = 14.0
"""CIEDE2000: a difference that nobody overlooks between areas; 2.3 is just noticeable."""

PALETTE = {name: getattr(style, name) for name in ("INK", "SOFT", "CONTEXT", "PALE", "ACCENT", "TINT")}
MEANING = ("INK", "CONTEXT", "PALE", "ACCENT", "TINT")
"""Colours of areas, lines and marks that mean different things; SOFT is for text."""


def contrast(one: str, other: str) -> float:
    return float(Color(one).contrast(other, method="wcag21"))


@dataclass(frozen=True)
class Ground:
    """What a figure is without its texts: each pixel's colour as one number, and the texts that stand there."""

    pixels: np.ndarray
    texts: tuple[tuple[Text, Bbox], ...]

    def behind(self) -> Iterator[tuple[Text, str]]:
        """Every text with the colour that most of the pixels behind it have."""
        height = self.pixels.shape[0]
        for text, box in self.texts:
            rows = slice(max(0, int(height - box.y1)), int(np.ceil(height - box.y0)))
            columns = slice(max(0, int(box.x0)), int(np.ceil(box.x1)))
            found, counts = np.unique(self.pixels[rows, columns], return_counts=True)
            yield text, f"#{found[counts.argmax()]:06x}"

    def colours(self) -> set[str]:
        """The palette's colours of meaning that there are pixels of."""
        found = set(np.unique(self.pixels))
        return {name for name in MEANING if int(PALETTE[name][1:], 16) in found}


def ground(figure: Figure) -> Ground:
    """Draw a figure without its texts, and leave it as it was."""
    found = {text: Text.get_window_extent(text, figure.canvas.get_renderer()) for text in boxes.laid_out(figure)}
    colours = {text: text.get_color() for text in found}
    for text in found:
        text.set_color((0, 0, 0, 0))
    figure.canvas.draw()
    red, green, blue = np.moveaxis(np.asarray(figure.canvas.buffer_rgba())[..., :3].astype(np.uint32), -1, 0)
    for text, colour in colours.items():
        text.set_color(colour)
    return Ground(red << 16 | green << 8 | blue, tuple(found.items()))


@cache
def ground_of(name: str) -> Ground:
    return ground(drawn(name))


@pytest.mark.parametrize("name", FIGURES)
def test_every_text_stands_out_from_what_is_behind_it(name: str) -> None:
    faint = [
        (text.get_text(), to_hex(text.get_color()), behind, round(contrast(to_hex(text.get_color()), behind), 2))
        for text, behind in ground_of(name).behind()
        if contrast(to_hex(text.get_color()), behind) < (3.0 if text.get_fontsize() >= LARGE else 4.5)
    ]
    assert faint == []


def test_a_faint_text_is_found() -> None:
    figure = charts.draw(FIGURES[0])
    figure.text(0.5, 0.99, "x", color=style.CONTEXT, fontsize=6)
    assert min(contrast(to_hex(text.get_color()), behind) for text, behind in ground(figure).behind()) < 4.5


@pytest.mark.parametrize("name", ["INK", "SOFT", "ACCENT"])
def test_colours_of_text_do_on_paper(name: str) -> None:
    assert contrast(PALETTE[name], style.PAPER) >= 4.5


@pytest.mark.parametrize("name", ["CONTEXT", "ACCENT", "INK"])
def test_colours_of_marks_do_on_paper(name: str) -> None:
    assert contrast(PALETTE[name], style.PAPER) >= 3.0


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("name", FIGURES)
def test_colours_of_a_figure_differ_to_every_eye(name: str, vision: str) -> None:
    seen = {colour: Color(PALETTE[colour]).filter(vision) for colour in ground_of(name).colours()}
    assert seen
    for one, other in combinations(seen, 2):
        assert seen[one].delta_e(seen[other], method="2000") >= APART, (one, other)


def test_what_has_no_difference_in_grey_has_another_cue() -> None:
    """Marks differ in shape, lines in their style."""
    from analysis.charts.figures.specification_curve import FACES
    from analysis.charts.marks import DRESS

    assert len({(look.face == style.PAPER, look.edge) for look in FACES.values()}) == len(FACES)
    for looks in DRESS.values():
        assert len({(look.face, look.hatch) for look in looks}) == len(looks) or looks[0].edge != looks[1].edge
