"""What figures are made of: marks that hold the numbers they show, and draw them.

A mark is made once, in no language. What is recorded of a figure is what its marks hold, so that
nothing is drawn that is not recorded. Positions are years, months (2013-03) or days, or rows.
"""

import datetime
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, ClassVar, TypeVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.audit.measures import Estimate
from analysis.charts.style import ACCENT, CONTEXT, GRID, INK, PALE, PAPER, SOFT, TINT, VOID, stagger
from analysis.charts.style import Frame as Pen
from analysis.tell.texts import Text

At = int | str
"""A year, a month or day (ISO), or the code of a row."""

Kind = TypeVar("Kind")

DASHES = (0, (4, 2))


def walked(thing: object, kind: type[Kind]) -> Iterator[Kind]:
    """Everything of a kind in a dataclass or tuple, in its order."""
    if isinstance(thing, kind):
        yield thing
    elif isinstance(thing, tuple) or is_dataclass(thing):
        parts = thing if isinstance(thing, tuple) else [getattr(thing, one.name) for one in fields(thing)]
        for part in parts:
            yield from walked(part, kind)


def place(at: At | float) -> float:
    """Where a year, a month or a day stands on an axis of years: a year at itself, a month at its middle."""
    if not isinstance(at, str):
        return float(at)
    year, month, day = (int(part) for part in f"{at}-0".split("-")[:3])
    if not day:
        return year + (month - 0.5) / 12
    return year + (datetime.date(year, month, day) - datetime.date(year, 1, 1)).days / 365.25


@dataclass(frozen=True)
class Look:
    """How a thing is dressed: the face and edge of an area, its hatch; the line and marker of a line."""

    face: str
    edge: str = ""
    hatch: str = ""
    line: Any = "-"
    width: float = 1.8
    marker: str = "o"

    @property
    def area(self) -> dict[str, Any]:
        """How matplotlib is told to draw an area."""
        return {"facecolor": self.face, "edgecolor": self.edge or self.face, "hatch": self.hatch, "linewidth": 0.6}

    @property
    def point(self) -> dict[str, Any]:
        """And a marker, without a line."""
        return {"ls": "none", "marker": self.marker, "mfc": self.face, "mec": self.edge or self.face}


DRESS: Mapping[str, tuple[Look, Look]] = {
    "all": (Look(CONTEXT), Look(ACCENT)),
    "idps": (Look(CONTEXT, SOFT), Look(ACCENT, ACCENT)),
    "refugees": (Look(PALE, SOFT), Look(TINT, ACCENT)),
    "palestine_refugees": (Look(PAPER, CONTEXT, "///"), Look(PAPER, ACCENT, "///")),
    "asylum_seekers": (Look(PAPER, CONTEXT, "..."), Look(PAPER, ACCENT, "...")),
    "state_based": (Look(CONTEXT, CONTEXT), Look(TINT, ACCENT)),
    "non_state": (Look(PAPER, CONTEXT, "/////"), Look(PAPER, ACCENT, "/////")),
    "one_sided": (Look(PALE, CONTEXT), Look(ACCENT, ACCENT)),
    "civilians": (Look(PALE, CONTEXT), Look(TINT, ACCENT)),
    "unknown": (Look(PAPER, CONTEXT, "..."), Look(PAPER, ACCENT, "...")),
}
"""What has the same dress in every figure: in context, and where a claim is about it."""


@dataclass(frozen=True)
class Numbers:
    """Numbers of one name, each at its place, with low and high where both are known, and their release."""

    name: str
    at: tuple[At, ...]
    value: tuple[float, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    source: str = ""
    vintage: str = ""

    def rows(self) -> Iterator[dict[str, Any]]:
        """One row a number, as a sidecar keeps it."""
        none = (None,) * len(self.at)
        for at, low, value, high in zip(self.at, self.low or none, self.value, self.high or none, strict=True):
            yield vars(self) | {"at": str(at), "low": low, "value": value, "high": high}

    @property
    def places(self) -> list[float]:
        """Where they stand on an axis of years."""
        return [place(at) for at in self.at]

    @property
    def bands(self) -> list[tuple[float, float] | None]:
        """Low and high of each where both are known."""
        ends = zip(self.low, self.high, strict=True) if self.low else [(None, None)] * len(self.at)
        return [None if low is None or high is None else (low, high) for low, high in ends]

    def __getitem__(self, at: At) -> float:
        return self.value[self.at.index(at)]


def numbers(name: str, values: "pd.Series[float]", release: tuple[str, str] = ("", "")) -> Numbers:
    """Numbers from a series by year, month or code."""
    at = tuple(key if isinstance(key, str) else int(key) for key in values.index)
    return Numbers(name, at, tuple(float(value) for value in values), source=release[0], vintage=release[1])


def summed(name: str, sums: Mapping[Any, Estimate], releases: Mapping[str, str]) -> Numbers:
    """Numbers from sums by year, month or code, with low and high where both are known."""
    low, high = zip(*(total.band for total in sums.values()), strict=True)
    values = tuple(total.value or 0.0 for total in sums.values())
    return Numbers(name, tuple(sums), values, low, high, " ".join(releases), " ".join(dict.fromkeys(releases.values())))


def one(name: str, at: At, value: float, source: str = "", vintage: str = "") -> Numbers:
    """A single number."""
    return Numbers(name, (at,), (float(value),), source=source, vintage=vintage)


@dataclass(frozen=True)
class Mark:
    """Something that is drawn."""

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        raise NotImplementedError

    def above(self, pen: Pen) -> float:
        """How much room it needs above the plot, in small letters' heights."""
        return 0.4


@dataclass(frozen=True)
class Columns(Mark):
    """Upright bars, stacked from the first part up; those ``about`` wear the second look.

    What goes beyond ``cut`` ends there, torn.
    """

    parts: tuple[Numbers, ...]
    looks: tuple[tuple[Look, Look], ...]
    about: tuple[At, ...] = ()
    width: float = 0.8
    cut: float = math.inf

    def draw(self, axes: Axes, pen: Pen) -> None:
        tops: dict[float, float] = {}
        for part, looks in zip(self.parts, self.looks, strict=True):
            for about, look in enumerate(looks):
                some = {place(at): value for at, value in zip(part.at, part.value, strict=True)
                        if (at in self.about) == about}  # fmt: skip
                values, feet = np.array([*some.values()]), np.array([tops.get(x, 0.0) for x in some])
                heights = np.minimum(values, self.cut - feet).clip(0.0)
                axes.bar([*some], heights, bottom=feet, width=self.width, **look.area)
                tops |= dict(zip(some, feet + values, strict=True))
        for x in (x for x, top in tops.items() if top > self.cut):
            # A white zigzag through a bar that goes on beyond the scale.
            xs = [x + self.width * (0.27 * step - 0.68) for step in range(6)]
            ys = [self.cut * (0.925 + 0.02 * (step % 2)) for step in range(6)]
            axes.fill_between(xs, ys, [y + 0.022 * self.cut for y in ys], color=PAPER, linewidth=0, zorder=3)


@dataclass(frozen=True)
class Ticks(Mark):
    """Short level strokes, such as what a later release says of a bar."""

    shown: Numbers
    width: float = 0.8

    def draw(self, axes: Axes, pen: Pen) -> None:
        for x, value in zip(self.shown.places, self.shown.value, strict=True):
            for colour, width, order in ((PAPER, 0.32, 4), (INK, 0.16, 4.1)):
                ends = [x - self.width / 2, x + self.width / 2]
                axes.plot(ends, [value, value], color=colour, linewidth=width * pen.size.small, zorder=order)


@dataclass(frozen=True)
class Stack(Mark):
    """Areas over time, the first at the bottom, with a line along the top of each; a part may begin later."""

    parts: tuple[Numbers, ...]
    looks: tuple[Look, ...]

    def draw(self, axes: Axes, pen: Pen) -> None:
        feet: dict[At, float] = {}
        for part, look in zip(self.parts, self.looks, strict=True):
            bottom = [feet.get(at, 0.0) for at in part.at]
            top = [foot + value for foot, value in zip(bottom, part.value, strict=True)]
            edge = look.edge if look.hatch else look.face
            axes.fill_between(part.places, bottom, top, **look.area | {"edgecolor": edge, "linewidth": 0})
            axes.plot(part.places, top, color=look.edge or INK, linewidth=1.4)
            feet.update(zip(part.at, top, strict=True))


@dataclass(frozen=True)
class Line(Mark):
    """A line through numbers, with its band where low and high are given.

    With ``until`` it goes in steps, each number standing until the next, and the last until then.
    """

    shown: Numbers
    look: Look
    until: At | None = None

    def draw(self, axes: Axes, pen: Pen) -> None:
        look, xs, ys = self.look, self.shown.places, list(self.shown.value)
        if known := [(x, *band) for x, band in zip(xs, self.shown.bands, strict=True) if band]:
            axes.fill_between(*np.transpose(known), color=look.edge or VOID, linewidth=0, zorder=1)
        if self.until:
            axes.step([*xs, place(self.until)], [*ys, ys[-1]], color=look.face, linewidth=look.width, where="post")
            axes.plot(xs, ys, "o", color=look.face, markersize=0.4 * pen.size.small, zorder=3)
        else:
            axes.plot(xs, ys, color=look.face, linewidth=look.width, linestyle=look.line, zorder=3)


@dataclass(frozen=True)
class Points(Mark):
    """A marker at each number, and an upright line from low to high where both are known."""

    shown: Numbers
    look: Look = Look("", marker="")

    def draw(self, axes: Axes, pen: Pen) -> None:
        xs, size = self.shown.places, pen.size.small
        for x, band in zip(xs, self.shown.bands, strict=True):
            if band:
                axes.plot([x, x], band, color=INK, linewidth=0.09 * size, zorder=4)
        axes.plot(xs, self.shown.value, zorder=5, markersize=0.62 * size, **self.look.point)


@dataclass(frozen=True)
class Level(Mark):
    """A level line at a number, from one place to another or right across, with its text above its beginning."""

    shown: Numbers
    text: Text | None = None
    first: At | None = None
    last: At | None = None
    colour: str = INK
    line: Any = DASHES
    part: float = 0.4

    def draw(self, axes: Axes, pen: Pen) -> None:
        left, right = axes.get_xlim()
        ends = [left if self.first is None else place(self.first), right if self.last is None else place(self.last)]
        value = self.shown.value[0]
        axes.plot(ends, [value, value], color=self.colour, linewidth=1.2, linestyle=self.line, zorder=3)
        if self.text:
            text, at = pen.lines(self.text, self.part), (ends[0], value)
            pen.write(axes, text, at, (0, 0.35), plain=True, ha="left", va="bottom", color=self.colour)


@dataclass(frozen=True)
class Rule(Mark):
    """An upright line at a date, or among lying bars at a number, named above the plot."""

    at: At | Numbers
    text: Text
    side: str = "left"
    row: int = 0
    part: float = 0.22

    def draw(self, axes: Axes, pen: Pen) -> None:
        x, order = (self.at.value[0], 5) if isinstance(self.at, Numbers) else (place(self.at), 0.5)
        axes.axvline(x, color=INK, linewidth=1.1, linestyle=DASHES, zorder=order)
        above: Any = {"xycoords": axes.get_xaxis_transform(), "ha": self.side, "va": "bottom"}
        pen.write(axes, pen.lines(self.text, self.part), (x, 1), (0, 0.4 + 1.46 * pen.linespacing * self.row), **above)

    def above(self, pen: Pen) -> float:
        lines = pen.lines(self.text, self.part).count("\n") + 1
        return 0.6 + 1.4 * pen.linespacing * lines + 1.46 * pen.linespacing * self.row


@dataclass(frozen=True)
class Say(Mark):
    """A text at a place of the plot; with ``to``, a short leader goes from it to there."""

    text: Text
    at: At | float
    value: float
    shift: tuple[float, float] = (0.0, 0.0)
    ha: str = "center"
    va: str = "center"
    colour: str = INK
    part: float = 0.3
    to: tuple[At | float, float] | None = None
    large: bool = False
    plain: bool = True

    def draw(self, axes: Axes, pen: Pen) -> None:
        points = pen.size.text if self.large else pen.size.small
        text, at = pen.lines(self.text, self.part, points), (place(self.at), self.value)
        options: Any = {"ha": self.ha, "va": self.va, "color": self.colour, "fontsize": points}
        to = (place(self.to[0]), self.to[1]) if self.to else None
        pen.write(axes, text, at, self.shift, to=to, plain=self.plain, **options)


@dataclass(frozen=True)
class Ends(Mark):
    """Texts beside the right end of lines or of a stack, moved apart where they are close; the panel keeps room."""

    at: At
    entries: tuple[tuple[Text, float, str], ...]
    """Text, height, colour."""
    part: float = 0.2
    edge: float = 0.0

    def texts(self, pen: Pen) -> list[str]:
        return [pen.lines(text, self.part) for text, *_ in self.entries]

    def draw(self, axes: Axes, pen: Pen) -> None:
        box, letter, texts = axes.get_window_extent(), pen.size.small * pen.figure.dpi / 72, self.texts(pen)
        (left, right), (low, top) = axes.get_xlim(), axes.get_ylim()
        most = max(text.count("\n") + 1 for text in texts)
        distance = (1.38 * pen.linespacing * most + 0.3) * letter / box.height * (top - low)
        places = stagger([height for _, height, _ in self.entries], distance)
        over = max(0.0, max(places) + distance / 2 - top) - max(0.0, low - (min(places) - distance / 2))
        x = place(self.at) + self.edge
        beside = x + 1.1 * letter / box.width * (right - left)
        for text, (_, height, colour), at in zip(texts, self.entries, places, strict=True):
            pen.write(axes, text, (beside, at - over), to=(x, height), va="center", color=colour)


@dataclass(frozen=True)
class Rows(Mark):
    """Lying rows, named at their start: at the right in a script that runs from there, as do bars and points."""

    names: tuple[Text, ...]
    part: float = field(default=0.3, kw_only=True)
    """How wide a name may be, as a part of the room for plots."""
    turns: ClassVar[bool] = True
    """Whether its axis runs as the script does."""
    air: ClassVar[float] = 0.7
    kept: ClassVar[float] = 1.05
    """From a name to the plot, and what is kept free of names, in letters' heights."""

    def labels(self, pen: Pen) -> list[str]:
        """The names in lines."""
        return [pen.lines(name, self.part) for name in self.names]

    def sides(self, pen: Pen, least: float) -> tuple[float, float]:
        """The room before and after the plot, as parts of the figure's width; before it at least so much."""
        return max(least, pen.room(self.labels(pen))) + self.kept * pen.letter, self.after(pen)

    def after(self, pen: Pen) -> float:
        """The room after the plot."""
        return 0.7 * pen.letter

    def name(self, axes: Axes, pen: Pen, row: int, label: str, colour: str = INK) -> None:
        """Write a row's name."""
        start = (max(0, -pen.way), row)
        pen.beside(axes, label, start, -self.air, xycoords=axes.get_yaxis_transform(), color=colour)


def _whisker(axes: Axes, row: int, band: tuple[float, float] | None, **options: Any) -> float:
    """The line from low to high in a row, where both are known; how far it reaches."""
    if band:
        axes.plot(band, [row, row], **options)
    return band[1] if band else 0.0


@dataclass(frozen=True)
class Bars(Rows):
    """Lying bars, a row a place in the order of the first part: names beside them, numbers at their ends."""

    parts: tuple[Numbers, ...]
    looks: tuple[tuple[Look, Look], ...]
    ends: tuple[Text, ...]
    about: tuple[At, ...] = ()
    keys: tuple[Text, ...] = ()
    """What the parts are, named above the first bar."""
    air: ClassVar[float] = 0.6
    kept: ClassVar[float] = 0.91

    def after(self, pen: Pen) -> float:
        return 0.0

    def above(self, pen: Pen) -> float:
        return 1.8 if self.keys else 0.4

    def reach(self) -> float:
        """The longest bar, or the highest end of a range."""
        ends = [band[1] for part in self.parts for band in part.bands if band]
        return max(*ends, *(sum(values) for values in zip(*(part.value for part in self.parts), strict=True)), 0.0)

    def draw(self, axes: Axes, pen: Pen) -> None:
        self._name_parts(axes, pen)
        for row, (label, end) in enumerate(zip(self.labels(pen), self.ends, strict=True)):
            at = self.parts[0].at[row]
            foot = 0.0
            for part, looks in zip(self.parts, self.looks, strict=True):
                look, value = looks[at in self.about], part.value[row]
                axes.barh(row, value, left=foot, height=0.7, **look.area)
                thin = {"color": INK, "linewidth": 0.09 * pen.size.small, "zorder": 4}
                foot = max(foot + value, _whisker(axes, row, part.bands[row], **thin))
            colour = ACCENT if at in self.about else INK
            self.name(axes, pen, row, label, colour)
            pen.beside(axes, pen.say(end), (foot, row), self.air, plain=True, color=colour)

    def _name_parts(self, axes: Axes, pen: Pen) -> None:
        foot = 0.0
        for part, key in zip(self.parts, self.keys, strict=False):
            at = (foot + part.value[0] / 2, -0.35)
            pen.write(axes, pen.say(key), at, (0, 0.3), ha="center", va="bottom", color=SOFT)
            foot += part.value[0]


@dataclass(frozen=True)
class Key(Mark):
    """What faces mean, in words beside samples of them, from the top down; where bars are too thin to be named."""

    looks: tuple[Look, ...]
    texts: tuple[Text, ...]
    x: float
    y: float
    """Where its upper left corner stands, as parts of the plot."""
    title: Text

    def draw(self, axes: Axes, pen: Pen) -> None:
        left, small = not pen.words.right_to_left, pen.size.small
        axes.legend(
            [Patch(**look.area) for look in self.looks], [pen.say(text) for text in self.texts], loc="upper left",
            bbox_to_anchor=(self.x, self.y), frameon=False, fontsize=small, markerfirst=left, borderaxespad=0,
            borderpad=0, labelspacing=0.7, alignment=pen.start, title_fontsize=small, title=pen.say(self.title),
            labelcolor=INK,
        )  # fmt: skip


@dataclass(frozen=True)
class Spread(Rows):
    """Rows of points on one axis: what several definitions or dates say of one thing, named at their start.

    Each part holds the rows that it speaks of, by their codes; ``rows`` is their order. An ``open`` one is a
    floor, with an arrow that goes on.
    """

    rows: tuple[At, ...]
    parts: tuple[Numbers, ...]
    looks: tuple[Look, ...]
    ends: tuple[Text, ...] = ()
    open: tuple[At, ...] = ()

    def after(self, pen: Pen) -> float:
        return pen.room([pen.say(end) for end in self.ends]) + 1.05 * pen.letter if self.ends else super().after(pen)

    def draw(self, axes: Axes, pen: Pen) -> None:
        small = pen.size.small
        for row, label in enumerate(self.labels(pen)):
            axes.axhline(row, color=GRID, linewidth=0.8, zorder=0)
            self.name(axes, pen, row, label)
        for row, end in enumerate(self.ends):
            finish = (max(0, pen.way), row)
            pen.beside(axes, pen.say(end), finish, self.air, xycoords=axes.get_yaxis_transform())
        for part, look in zip(self.parts, self.looks, strict=True):
            wide = {"color": look.edge or look.face, "linewidth": 0.25 * small, "alpha": 0.5}
            for at, value, band in zip(part.at, part.value, part.bands, strict=True):
                row = self.rows.index(at)
                _whisker(axes, row, band, **wide)
                if at in self.open:
                    arrow = {"arrowstyle": "<-", "color": look.face, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
                    pen.write(axes, "", (value, row), (1.6 * pen.way, 0), arrowprops=arrow, zorder=3)
                axes.plot([value], [row], markersize=0.75 * small, zorder=4, **look.point)


@dataclass(frozen=True)
class Strip(Rows):
    """A row of cells a place and year: filled, hatched, or empty where there is nothing."""

    filled: tuple[Numbers, ...]
    """Of each row, the years of filled cells (1) and of hatched ones (0.5)."""
    dots: tuple[Numbers, ...] = ()
    """Years marked in each row."""
    turns: ClassVar[bool] = False

    def draw(self, axes: Axes, pen: Pen) -> None:
        for row, (label, cells) in enumerate(zip(self.labels(pen), self.filled, strict=True)):
            self.name(axes, pen, row, label)
            axes.axhline(row, color=GRID, linewidth=0.8, zorder=0)
            for at, value in zip(cells.places, cells.value, strict=True):
                look = Look(ACCENT) if value == 1 else Look(PAPER, ACCENT, "/////")
                axes.bar(at, 0.66, bottom=row - 0.33, width=0.86, zorder=2, **look.area)
        for row, years in enumerate(self.dots):
            axes.plot(years.places, [row] * len(years.at), "D", color=INK, markersize=0.5 * pen.size.small, zorder=5)
