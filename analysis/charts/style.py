"""How every figure looks: sizes, fonts, colours, and the frame of title, plot and sources.

One accent colour for what the claim is about, greys for context, a second cue (line style, hatch,
marker or direct label) wherever a colour tells things apart.
"""

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from statistics import fmean
from typing import Any, Literal

import fontpkg
import matplotlib
import matplotlib.figure
import pylopdf_fonts_zh_cn
from matplotlib import font_manager
from matplotlib import text as drawn_text
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from PIL import Image

from analysis.charts.contents import Content
from analysis.errors import InputError
from analysis.tell.languages import Words
from analysis.tell.texts import Text

INK = "#1f2933"
"""Text."""
SOFT = "#52606d"
"""Secondary text: contrast 6.5 to 1 on white."""
GRID = "#d9dee3"
CONTEXT = "#8a96a3"
"""What is there to compare with."""
PALE = "#c5ccd3"
ACCENT = "#b3402a"
"""What the claim is about; dark enough to stand out in grey as well."""
TINT = "#dd9a8c"
"""A part of what the claim is about, beside another in the accent."""
VOID = "#eaedf0"
"""The ground of what is not known: before data begins, where a trend leads."""
PAPER = "#ffffff"


@dataclass(frozen=True)
class Size:
    """A format: width and height in inches, resolution, and font sizes in points."""

    width: float
    height: float
    dpi: int
    title: float
    text: float
    small: float
    """No letter is smaller."""


SIZES = {
    "slide": Size(12.8, 7.2, 150, 21.0, 13.5, 12.0),
    "page": Size(6.7, 4.9, 200, 12.0, 7.7, 6.5),
    "square": Size(7.2, 7.2, 150, 14.5, 9.3, 7.9),
}
SHOWN = 960
"""How wide a figure is in a notebook, in pixels."""

TALL = {"ar": 0.86}
"""Language -> how large its letters are set: those of Arabic reach higher and lower than Latin ones."""

REFERENCE, RULER = 100.0, RendererAgg(1, 1, 72)
"""The size in points at which texts are measured, and what measures them."""

MARGIN = 0.035
"""Free space at the left and right edges, as a part of the width."""

FAMILIES = {
    "ar": ["IBM Plex Sans Arabic", "Noto Sans"],
    "zh": ["Noto Sans SC", "Noto Sans"],
}


@cache
def register_fonts() -> None:
    """Make the fonts that are installed with the project known to matplotlib."""
    for path in (fontpkg.path("Noto Sans"), fontpkg.path("IBM Plex Sans Arabic"), pylopdf_fonts_zh_cn.sans_path()):
        font_manager.fontManager.addfont(str(path))


@contextmanager
def applied(language: str) -> Iterator[None]:
    """Our settings for a language in place of the user's; a missing glyph is an error while they hold."""
    register_fonts()
    settings: Any = {
        # Matplotlib's own in place of the user's; the backend is the user's, and left alone.
        **{name: value for name, value in matplotlib.rcParamsDefault.items() if name != "backend"},
        "font.family": FAMILIES.get(language, ["Noto Sans"]),
        "axes.edgecolor": CONTEXT,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "text.color": INK,
        # Letters as they are designed, so that a text is as long in every format and at every size.
        "text.hinting": "none",
        "axes.axisbelow": True,
        "grid.color": GRID,
        "grid.linewidth": 0.8,
        "hatch.linewidth": 0.6,
        "svg.hashsalt": "mass-violence-audit",
        "path.simplify": False,
    }
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing from")
        yield


class Figure(matplotlib.figure.Figure):
    """A figure that knows what it says, and is saved and shown alike whatever the user's settings.

    Attributes:
        content: its texts and the numbers drawn.
        language: ar, en, es, fr, ru or zh.
    """

    def __init__(self, content: Content, language: str, size: Size) -> None:
        super().__init__(figsize=(size.width, size.height), dpi=size.dpi)
        FigureCanvasAgg(self)
        self.content, self.language = content, language

    def __repr__(self) -> str:
        return f"<Figure ({self.language}): {self.content.title}>"

    @property
    def alt(self) -> str:
        """What is shown, in words."""
        return self.content.alt

    def savefig(self, fname: Any, **options: Any) -> None:
        """Save the figure as matplotlib does."""
        with applied(self.language):
            super().savefig(fname, **options)

    def _ipython_display_(self) -> None:
        # Not _repr_png_: pyplot tells IPython how to show every Figure, and would be asked first.
        from IPython.display import display

        drawn, shown = io.BytesIO(), io.BytesIO()
        self.savefig(drawn, format="png", dpi=SHOWN / self.get_figwidth())
        # A palette keeps a notebook a third as large, and what is drawn has few colours.
        Image.open(drawn).convert("RGB").quantize().save(shown, "png", optimize=True)
        said = {"image/png": shown.getvalue(), "text/plain": self.alt}
        display(said, metadata={"image/png": {"alt": self.alt}}, raw=True)


Place = tuple[float, float]

LEADER: dict[str, Any] = {"arrowstyle": "-", "color": CONTEXT, "linewidth": 0.7, "shrinkA": 1, "shrinkB": 0}


@dataclass(frozen=True)
class Frame:
    """A figure whose title and sources stand, and the room that is left for the plot.

    ``left``, ``bottom``, ``right`` and ``top`` are fractions of the figure; axis labels must fit
    inside as well.
    """

    figure: Figure
    words: Words
    size: Size
    left: float
    bottom: float
    right: float
    top: float

    @property
    def start(self) -> Literal["left", "right"]:
        """The side at which a line of text starts."""
        return "right" if self.words.right_to_left else "left"

    @property
    def way(self) -> int:
        """1 where the script runs to the right, -1 where it runs to the left."""
        return -1 if self.words.right_to_left else 1

    @property
    def letter(self) -> float:
        """The height of a small letter as a part of the figure's width."""
        return self.size.small / 72 / self.size.width

    def say(self, text: Text) -> str:
        """A text as the figure has it in its language."""
        return self.figure.content.labels[text.key]

    def lines(self, text: Text, part: float, points: float | None = None) -> str:
        """A text in lines no wider than a part of the plot's room; small if no size is given."""
        room = part * (self.right - self.left) * self.size.width * self.size.dpi
        return "\n".join(wrap(self.figure, self.say(text), points or self.size.small, room, self.words))

    def room(self, texts: Iterable[str]) -> float:
        """The width of the widest of some small texts, as a part of the figure's width."""
        widest = max((_length(line, *_families()) for text in texts for line in text.split("\n")), default=0.0)
        return widest / REFERENCE * self.letter

    @property
    def linespacing(self) -> float:
        """Chinese and Arabic letters fill their lines."""
        return 1.4 if self.words.language in FAMILIES else 1.2

    def write(
        self, axes: Axes, text: str, at: Place, shift: Place = (0, 0), *, to: Place | None = None, plain: bool = False,
        **options: Any,
    ) -> None:  # fmt: skip
        """Write a small text at a place of a plot, moved by so many letters to the right and up.

        With ``to``, a leader goes from the text there; ``plain`` keeps grid lines from running through it.
        """
        small, align = self.size.small, "right" if self.words.right_to_left else None
        shown: Any = {"fontsize": small, "linespacing": self.linespacing, "multialignment": align, "color": INK}
        shown |= {"zorder": 6, "annotation_clip": False} | options
        if plain:
            shown["bbox"] = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.08 * small}
        if to:  # from the text's nearer edge, so that the leader crosses no text
            axes.annotate(text, to, at, arrowprops=LEADER | {"relpos": (float(to[0] > at[0]), 0.5)}, **shown)
        else:
            axes.annotate(text, at, (shift[0] * small, shift[1] * small), textcoords="offset points", **shown)

    def beside(self, axes: Axes, text: str, at: Place, shift: float, **options: Any) -> None:
        """Write a small text after a place as the script runs, or where ``shift`` is below zero before it."""
        side = "left" if shift * self.way > 0 else "right"
        self.write(axes, text, at, (shift * self.way, 0.0), ha=side, va="center", **options)


def frame(content: Content, words: Words, size: str | Size) -> Frame:
    """Start a figure: title and subtitle above, notes and sources below, room between.

    Args:
        content: gives the texts.
        words: the language; right-to-left text stands at the right edge.
        size: a name from ``SIZES``, or a format of one's own.

    Raises:
        InputError: an unknown size.
    """
    if isinstance(size, str) and size not in SIZES:
        raise InputError(f"no size {size!r}", expected=f"one of {', '.join(SIZES)}")
    form = size if isinstance(size, Size) else SIZES[size]
    small = form.small / TALL.get(words.language, 1.0)
    form = replace(form, text=max(form.text, small), small=small)
    below = [*content.notes, *(content.page if size == "page" and content.page else [content.source_line])]
    figure = Figure(content, words.language, form)
    side, x = ("right", 1 - MARGIN) if words.right_to_left else ("left", MARGIN)
    room = (1 - 2 * MARGIN) * form.width * form.dpi
    point = 1 / 72 / form.height
    y = 1 - 1.1 * form.text * point
    for text, points, colour in ((content.title, form.title, INK), (content.subtitle, form.text, SOFT)):
        for line in wrap(figure, text, points, room, words):
            figure.text(x, y, line, fontsize=points, color=colour, ha=side, va="top")
            y -= 1.36 * points * point
        y -= 0.35 * form.text * point
    top = y - 0.6 * form.text * point
    y = 0.9 * form.small * point
    for text in reversed(below):
        for line in reversed(wrap(figure, text, form.small, room, words)):
            figure.text(x, y, line, fontsize=form.small, color=SOFT, ha=side, va="bottom")
            y += 1.42 * form.small * point
        y += 0.15 * form.small * point
    return Frame(figure, words, form, MARGIN, y + 0.6 * form.small * point, 1 - MARGIN, top)


def fit_script(figure: Figure, words: Words) -> None:
    """Set all texts of a figure in the size that their script needs, so that lines keep their distance."""
    scale = TALL.get(words.language, 1.0)
    if scale != 1.0:
        for text in figure.findobj(drawn_text.Text):
            text.set_fontsize(scale * float(text.get_fontsize()))


def wrap(figure: Figure, text: str, points: float, room: float, words: Words) -> list[str]:
    """A text in lines no wider than ``room`` pixels; Chinese breaks between characters, others at spaces.

    Each line is marked as the first is, since each is laid out by itself.
    """
    if not text:
        return []
    (first, *others), joint = (UNBROKEN.findall(text), "") if words.language == "zh" else (text.split(" "), " ")
    scale = points / REFERENCE * figure.dpi / 72
    gap = _advance(joint, *_families())
    lines, length = [first], _advance(first, *_families())
    for piece in others:
        length += gap + _advance(piece, *_families())
        if length * scale > room:
            lines.append(piece.lstrip())
            length = _advance(lines[-1], *_families())
        else:
            lines[-1] += joint + piece
    if words.language == "zh" and len(lines) > 1 and len(lines[-1]) == 1:  # a character does not stand alone
        *rest, lent = UNBROKEN.findall(lines[-2])
        lines[-2:] = ["".join(rest), lent + lines[-1]]
    return [words.typeset(line.rstrip()) for line in lines]


UNBROKEN = re.compile("[（《“]*(?: ?[!-~]+[年月日万亿版]*|.)[，。；：、）》”％%]*")
"""Chinese text in pieces that may be parted: characters, with numbers, names and closing marks kept whole."""


@cache
def _length(line: str, *families: str) -> float:
    """The width of a line at the size of reference, in points: shaping is slow, and without hinting it is linear."""
    size = REFERENCE * (TALL["ar"] if list(families) == FAMILIES["ar"] else 1.0)
    font = font_manager.FontProperties(family=list(families), size=size)
    return float(RULER.get_text_width_height_descent(line, font, False)[0])


@cache
def _advance(piece: str, *families: str) -> float:
    """How much longer a line gets by a piece of text, the air on both sides included."""
    return _length(f"x{piece}x", *families) - _length("xx", *families) if piece else 0.0


def _families() -> list[str]:
    return list(matplotlib.rcParams["font.family"])


def stagger(positions: Sequence[float], distance: float) -> list[float]:
    """Positions moved apart, as little as can be, so that those of labels are at least ``distance`` from each other."""
    order, count = sorted(range(len(positions)), key=positions.__getitem__), len(positions)
    free = [positions[i] - rank * distance for rank, i in enumerate(order)]
    placed = {
        i: rank * distance
        + max(min(fmean(free[first:last]) for last in range(rank + 1, count + 1)) for first in range(rank + 1))
        for rank, i in enumerate(order)
    }
    return [placed[i] for i in range(count)]
