"""How every figure looks: sizes, fonts, colours, and the frame of title, plot and sources.

One accent colour for what the claim is about, greys for context, a second cue (line style, hatch,
marker or direct label) wherever a colour tells things apart.
"""

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

import fontpkg
import matplotlib
import matplotlib.figure
import pylopdf_fonts_zh_cn
from matplotlib import font_manager
from matplotlib import text as drawn_text
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.ticker import FuncFormatter
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
BAND = "#f3ddd6"
"""The ground of what the claim is about: a period, a range that fits."""
VOID = "#eaedf0"
"""The ground of what is not known: before data begins, where a trend leads."""
SECOND = "#1f6f9c"
"""A second thing of its own, told apart from the accent by colour-blind readers too."""
THIRD = "#d9a441"
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
    least: float
    """No letter of a sheet is smaller."""


SIZES = {
    "slide": Size(12.8, 7.2, 150, 21.0, 13.5, 11.0, 12.0),
    "page": Size(6.7, 4.9, 200, 12.0, 7.7, 6.5, 6.5),
    "square": Size(7.2, 7.2, 150, 14.5, 9.3, 7.9, 7.9),
}
SHOWN = 960
"""How wide a figure is in a notebook, in pixels."""

TALL = {"ar": 0.86}
"""Language -> how large its letters are set: those of Arabic reach higher and lower than Latin ones."""

REFERENCE = 100.0
"""The size in points at which texts are measured."""

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


@cache
def _defaults() -> dict[str, Any]:
    """Matplotlib's own settings; the backend is the user's, and left alone."""
    return {name: value for name, value in matplotlib.rcParamsDefault.items() if name != "backend"}


@contextmanager
def applied(language: str) -> Iterator[None]:
    """Our settings for a language in place of the user's; a missing glyph is an error while they hold."""
    register_fonts()
    settings: Any = {
        **_defaults(),
        "font.family": FAMILIES.get(language, ["Noto Sans"]),
        "axes.edgecolor": CONTEXT,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.labelcolor": SOFT,
        "axes.unicode_minus": False,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "text.color": INK,
        # Letters as they are designed, so that a text is as long in every format and at every size.
        "text.hinting": "none",
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "grid.color": GRID,
        "grid.linewidth": 0.8,
        "hatch.linewidth": 0.6,
        "svg.hashsalt": "mass-violence-audit",
        "svg.fonttype": "path",
        "pdf.fonttype": 3,
        "path.simplify": False,
        "figure.facecolor": PAPER,
        "savefig.facecolor": PAPER,
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

    def axes(
        self,
        rows: int = 1,
        columns: int = 1,
        *,
        pad_left: float = 0.055,
        pad_bottom: float = 0.05,
        pad_top: float = 0.0,
        **grid: object,
    ) -> list[Axes]:
        """Axes in a grid that fills the room; paddings (of the figure) hold tick labels and panel titles."""
        spec = self.figure.add_gridspec(
            rows,
            columns,
            left=self.left + pad_left,
            right=self.right,
            bottom=self.bottom + pad_bottom,
            top=self.top - pad_top,
            **grid,
        )
        made = [self.figure.add_subplot(spec[row, column]) for row in range(rows) for column in range(columns)]
        for axes in made:
            axes.tick_params(labelsize=self.size.small, length=0)
        return made

    def say(self, text: Text) -> str:
        """A text as the figure has it in its language."""
        return self.figure.content.labels[text.key]

    def lines(self, text: Text, part: float, points: float | None = None) -> str:
        """A text in lines no wider than a part of the plot's room; small if no size is given."""
        return self.lines_in(text, part * (self.right - self.left), points)

    def lines_in(self, text: Text, part: float, points: float | None = None) -> str:
        """A text in lines no wider than a part of the figure's width."""
        return block(self, self.say(text), part, points)

    @property
    def linespacing(self) -> float:
        """Chinese and Arabic letters fill their lines."""
        return 1.4 if self.words.language in FAMILIES else 1.2

    def written(self, plain: bool = False) -> dict[str, Any]:
        """How small texts are set; ``plain`` keeps grid lines from running through them."""
        ground = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.08 * self.size.small}
        options: dict[str, Any] = {"fontsize": self.size.small, "linespacing": self.linespacing, "zorder": 6}
        options |= {"multialignment": "right"} if self.words.right_to_left else {}
        return options | ({"bbox": ground} if plain else {})

    def title(self, axes: Axes, text: str) -> None:
        """Write a panel's title where the script starts."""
        small = self.size.small
        axes.set_title(text, fontsize=small, color=INK, loc=self.start, pad=0.5 * small)

    def numbers(self, axes: Axes, axis: str = "y", decimals: int = 0, *, millions: bool = False) -> None:
        """Write an axis's numbers as the language does."""
        written = self.words.in_millions if millions else self.words.number
        formatter = FuncFormatter(lambda value, _: written(value, decimals))
        (axes.yaxis if axis == "y" else axes.xaxis).set_major_formatter(formatter)


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
    form = legible(form, words) if content.page else form
    below = (
        [*content.notes, *content.page] if size == "page" and content.page else [*content.notes, content.source_line]
    )
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


def legible(form: Size, words: Words) -> Size:
    """A format in which no letter of the language's script is too small to read."""
    least = form.least / TALL.get(words.language, 1.0)
    return replace(form, text=max(form.text, least), small=max(form.small, least))


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
    pieces, joint = (_unbroken(text), "") if words.language == "zh" else (text.split(" "), " ")
    scale = points / REFERENCE * figure.dpi / 72
    gap = _advance(joint, *_families())
    lines, line, length = [], pieces[0], _advance(pieces[0], *_families())
    for piece in pieces[1:]:
        longer = length + gap + _advance(piece, *_families())
        if longer * scale > room:
            lines.append(line.rstrip())
            line, length = piece.lstrip(), _advance(piece.lstrip(), *_families())
        else:
            line, length = f"{line}{joint}{piece}", longer
    if words.language == "zh" and lines and len(line) == 1:  # a character does not stand alone
        *rest, lent = _unbroken(lines[-1])
        lines[-1], line = "".join(rest), lent + line
    return [words.typeset(one) for one in (*lines, line)]


def block(started: Frame, text: str, part: float, points: float | None = None) -> str:
    """A text broken into lines no wider than a part of the figure's width; small if no size is given."""
    room = part * started.size.width * started.size.dpi
    return "\n".join(wrap(started.figure, text, points or started.size.small, room, started.words))


def _unbroken(text: str) -> list[str]:
    """Chinese text in pieces that may be parted: characters, with numbers, names and closing marks kept whole."""
    pieces: list[str] = []
    for mark in text:
        follows = bool(pieces) and (
            mark in "，。；：、）》”％%" or (mark.isascii() and pieces[-1][-1].isascii() and mark != " ")
        )
        opened = bool(pieces) and pieces[-1][-1] in "（《“"
        if follows or opened:
            pieces[-1] += mark
        else:
            pieces.append(mark)
    return pieces


def width(figure: Figure, text: str, points: float) -> float:
    """How wide a text is, in pixels: its widest line."""
    widest = max(_length(line, *_families()) for line in text.split("\n"))
    return widest * points / REFERENCE * figure.dpi / 72


@cache
def _length(line: str, *families: str) -> float:
    """The width of a line at the size of reference, in points: shaping is slow, and without hinting it is linear."""
    size = REFERENCE * (TALL["ar"] if list(families) == FAMILIES["ar"] else 1.0)
    font = font_manager.FontProperties(family=list(families), size=size)
    return float(_ruler().get_text_width_height_descent(line, font, False)[0])


@cache
def _advance(piece: str, *families: str) -> float:
    """How much longer a line gets by a piece of text, the air on both sides included."""
    return _length(f"x{piece}x", *families) - _length("xx", *families) if piece else 0.0


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, 72)


def room(started: Frame, texts: Sequence[str], points: float) -> float:
    """The width of the widest text, as a part of the figure's width."""
    return max(width(started.figure, text, points) for text in texts) / float(started.figure.bbox.width)


def _families() -> list[str]:
    return list(matplotlib.rcParams["font.family"])


def stagger(positions: Sequence[float], distance: float) -> list[float]:
    """Positions moved apart so that labels at them are at least ``distance`` from each other, in the same order."""
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    placed = [float(positions[i]) for i in order]
    for _ in range(200):
        moved = False
        for i in range(len(placed) - 1):
            gap = placed[i + 1] - placed[i]
            if gap < distance - 1e-9:
                shift = (distance - gap) / 2
                placed[i] -= shift
                placed[i + 1] += shift
                moved = True
        if not moved:
            break
    result = [0.0] * len(positions)
    for place, i in zip(placed, order, strict=True):
        result[i] = place
    return result
