"""What figures are made of: marks that hold the numbers they show, and draw them.

A mark is made once, in no language. What is recorded of a figure is what its marks hold, so that
nothing is drawn that is not recorded. Positions are years, months (2013-03) or days, or rows.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.charts.style import ACCENT, BAND, CONTEXT, GRID, INK, PALE, PAPER, SOFT, TINT, VOID, stagger
from analysis.charts.style import Frame as Pen
from analysis.tell.texts import Text

At = int | str
"""A year, a month or day (ISO), or the code of a row."""

Kind = TypeVar("Kind")


def walked(thing: object, kind: type[Kind]) -> Iterator[Kind]:
    """Everything of a kind in a dataclass or tuple, in its order."""
    if isinstance(thing, kind):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from walked(part, kind)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from walked(getattr(thing, field.name), kind)


def place(at: At) -> float:
    """Where a year, a month or a day stands on an axis of years: a year at itself, a month at its middle."""
    if isinstance(at, int):
        return float(at)
    year, *rest = (int(part) for part in at.split("-"))
    if len(rest) == 1:
        return year + (rest[0] - 0.5) / 12
    first = datetime.date(year, 1, 1)
    return year + (datetime.date(year, *rest) - first).days / 365.25


@dataclass(frozen=True)
class Look:
    """How a thing is dressed: the face and edge of an area, its hatch; the line and marker of a line."""

    face: str
    edge: str = ""
    hatch: str = ""
    line: Any = "-"
    width: float = 1.8
    marker: str = ""


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

    def rows(self) -> Iterator[dict[str, object]]:
        """One row a number, as a sidecar keeps it."""
        none = (None,) * len(self.at)
        for at, low, value, high in zip(self.at, self.low or none, self.value, self.high or none, strict=True):
            yield {
                "name": self.name, "at": str(at), "low": low, "value": value, "high": high,
                "source": self.source, "vintage": self.vintage,
            }  # fmt: skip

    @property
    def places(self) -> list[float]:
        """Where they stand on an axis of years."""
        return [place(at) for at in self.at]

    def __getitem__(self, at: At) -> float:
        return self.value[self.at.index(at)]


def numbers(name: str, values: "pd.Series[float]", release: tuple[str, str] = ("", "")) -> Numbers:
    """Numbers from a series by year, month or code."""
    at = tuple(key if isinstance(key, str) else int(key) for key in values.index)
    return Numbers(name, at, tuple(float(value) for value in values), source=release[0], vintage=release[1])


def one(name: str, at: At, value: float, source: str = "", vintage: str = "") -> Numbers:
    """A single number."""
    return Numbers(name, (at,), (float(value),), source=source, vintage=vintage)


@dataclass(frozen=True)
class Mark:
    """Something that is drawn."""

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        raise NotImplementedError


@dataclass(frozen=True)
class Columns(Mark):
    """Upright bars, stacked from the first part up; those ``about`` wear the second look.

    What goes beyond ``cut`` ends there, torn.
    """

    parts: tuple[Numbers, ...]
    looks: tuple[tuple[Look, Look], ...]
    about: tuple[At, ...] = ()
    width: float = 0.8
    cut: float = 0.0

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        feet: dict[float, float] = {}
        for part, looks in zip(self.parts, self.looks, strict=True):
            for about in (False, True):
                some = [i for i, at in enumerate(part.at) if (at in self.about) == about]
                xs = [part.places[i] for i in some]
                foot = [feet.get(x, 0.0) for x in xs]
                heights = [part.value[i] for i in some]
                if self.cut:
                    heights = [max(0.0, min(h, self.cut - f)) for h, f in zip(heights, foot, strict=True)]
                look = looks[about]
                axes.bar(
                    xs, heights, bottom=foot, width=self.width, facecolor=look.face, edgecolor=look.edge or look.face,
                    hatch=look.hatch, linewidth=0.6,
                )  # fmt: skip
                for i, x in zip(some, xs, strict=True):
                    feet[x] = feet.get(x, 0.0) + part.value[i]
        for x, top in feet.items():
            if self.cut and top > self.cut:
                _tear(axes, x, self.cut, self.width)


def _tear(axes: Axes, x: float, cut: float, width: float) -> None:
    """A white zigzag through a bar that goes on beyond the scale."""
    xs = [x + width * (0.27 * step - 0.68) for step in range(6)]
    ys = [cut * (0.925 + 0.02 * (step % 2)) for step in range(6)]
    axes.fill_between(xs, ys, [y + 0.022 * cut for y in ys], color=PAPER, linewidth=0, zorder=3)


@dataclass(frozen=True)
class Ranges(Mark):
    """Upright lines from low to high, where both are known."""

    shown: Numbers
    colour: str = INK

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        for x, low, high in zip(self.shown.places, self.shown.low, self.shown.high, strict=True):
            if low is not None and high is not None:
                axes.plot([x, x], [low, high], color=self.colour, linewidth=0.09 * pen.size.small, zorder=4)


@dataclass(frozen=True)
class Ticks(Mark):
    """Short level strokes, such as what a later release says of a bar."""

    shown: Numbers
    width: float = 0.8
    colour: str = INK

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        for x, value in zip(self.shown.places, self.shown.value, strict=True):
            ends = [x - self.width / 2, x + self.width / 2]
            axes.plot(ends, [value, value], color=PAPER, linewidth=0.32 * pen.size.small, zorder=4)
            axes.plot(ends, [value, value], color=self.colour, linewidth=0.16 * pen.size.small, zorder=4.1)


@dataclass(frozen=True)
class Stack(Mark):
    """Areas over time, the first at the bottom, with a line along the top of each; a part may begin later."""

    parts: tuple[Numbers, ...]
    looks: tuple[Look, ...]

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        feet: dict[At, float] = {}
        for part, look in zip(self.parts, self.looks, strict=True):
            bottom = [feet.get(at, 0.0) for at in part.at]
            top = [foot + value for foot, value in zip(bottom, part.value, strict=True)]
            axes.fill_between(
                part.places, bottom, top, facecolor=look.face, edgecolor=look.edge if look.hatch else look.face,
                hatch=look.hatch, linewidth=0,
            )  # fmt: skip
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
        """Draw it."""
        look, shown = self.look, self.shown
        known = [i for i in range(len(shown.low)) if shown.low[i] is not None and shown.high[i] is not None]
        if known:
            band = [[some[i] for i in known] for some in (shown.places, shown.low, shown.high)]
            axes.fill_between(*band, color=look.edge or VOID, linewidth=0, zorder=1)  # type: ignore[arg-type]
        xs, ys = shown.places, list(shown.value)
        if self.until:
            axes.step([*xs, place(self.until)], [*ys, ys[-1]], color=look.face, linewidth=look.width, where="post")
            axes.plot(xs, ys, "o", color=look.face, markersize=0.4 * pen.size.small, zorder=3)
        else:
            axes.plot(xs, ys, color=look.face, linewidth=look.width, linestyle=look.line, zorder=3)


@dataclass(frozen=True)
class Points(Mark):
    """A marker at each number."""

    shown: Numbers
    look: Look

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        axes.plot(
            self.shown.places, self.shown.value, linestyle="none", marker=self.look.marker or "o", zorder=5,
            markersize=0.62 * pen.size.small, markerfacecolor=self.look.face,
            markeredgecolor=self.look.edge or self.look.face,
        )  # fmt: skip


DASHES = (0, (4, 2))


@dataclass(frozen=True)
class Level(Mark):
    """A level line at a number, from one place to another or right across, with its text above or below one end."""

    shown: Numbers
    text: Text | None = None
    first: At | None = None
    last: At | None = None
    colour: str = INK
    line: Any = DASHES
    end: str = "left"
    below: bool = False
    part: float = 0.4

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        low, high = axes.get_xlim()
        ends = [low if self.first is None else place(self.first), high if self.last is None else place(self.last)]
        value = self.shown.value[0]
        axes.plot(ends, [value, value], color=self.colour, linewidth=1.2, linestyle=self.line, zorder=3)
        if self.text:
            x = {"left": ends[0], "right": ends[1], "center": sum(ends) / 2}[self.end]
            shift = -0.35 if self.below else 0.35
            axes.annotate(
                pen.lines(self.text, self.part), (x, value), (0, shift * pen.size.small), textcoords="offset points",
                ha=self.end, va="top" if self.below else "bottom", color=self.colour, **pen.written(True),
            )  # fmt: skip


@dataclass(frozen=True)
class Rule(Mark):
    """An upright line at a date, or among lying bars at a number, named above the plot."""

    at: At | Numbers
    text: Text
    side: str = "left"
    row: int = 0
    part: float = 0.22
    colour: str = INK

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        x = self.at.value[0] if isinstance(self.at, Numbers) else place(self.at)
        axes.axvline(
            x, color=self.colour, linewidth=1.1, linestyle=DASHES, zorder=5 if isinstance(self.at, Numbers) else 0.5
        )
        axes.annotate(
            pen.lines(self.text, self.part), (x, 1), (0, (0.4 + 1.75 * self.row) * pen.size.small),
            xycoords=axes.get_xaxis_transform(), textcoords="offset points", ha=self.side, va="bottom",
            color=self.colour, annotation_clip=False, **pen.written(),
        )  # fmt: skip


@dataclass(frozen=True)
class Span(Mark):
    """A ground from one year to another, both in it, named at its top."""

    first: int
    last: int
    text: Text | None = None
    colour: str = BAND
    part: float = 0.2

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        low, high = self.first - 0.5, self.last + 0.5
        axes.axvspan(low, high, color=self.colour, linewidth=0, zorder=0)
        if self.text:
            axes.annotate(
                pen.lines(self.text, self.part), ((low + high) / 2, 1), (0, 0.4 * pen.size.small),
                xycoords=axes.get_xaxis_transform(), textcoords="offset points", ha="center", va="bottom",
                annotation_clip=False, color=INK, **pen.written(),
            )  # fmt: skip


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
        """Draw it."""
        x, small = _x(self.at), pen.size.small
        options = pen.written(self.plain) | ({"fontsize": pen.size.text} if self.large else {})
        text = pen.lines(self.text, self.part, pen.size.text if self.large else small)
        offset = (self.shift[0] * small, self.shift[1] * small)
        if self.to:
            target = (_x(self.to[0]), self.to[1])
            line = {"arrowstyle": "-", "color": CONTEXT, "linewidth": 0.8, "shrinkA": 2, "shrinkB": 2}
            axes.annotate(
                text, target, (x, self.value), ha=self.ha, va=self.va, color=self.colour, arrowprops=line, **options
            )
            return
        axes.annotate(
            text, (x, self.value), offset, textcoords="offset points", ha=self.ha, va=self.va, color=self.colour,
            annotation_clip=False, **options,
        )  # fmt: skip


def _x(at: At | float) -> float:
    return at if isinstance(at, float) else place(at)


@dataclass(frozen=True)
class Ends(Mark):
    """Texts beside the right end of lines or of a stack, moved apart where they are close; the panel keeps room."""

    at: At
    entries: tuple[tuple[Text, float, str], ...]
    """Text, height, colour."""
    part: float = 0.2
    edge: float = 0.0

    def texts(self, pen: Pen) -> list[str]:
        """In lines."""
        return [pen.lines(text, self.part) for text, *_ in self.entries]

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        box, small, high = axes.get_window_extent(), pen.size.small, axes.get_ylim()[1] - axes.get_ylim()[0]
        texts = self.texts(pen)
        lines = [1.38 * pen.linespacing * (text.count("\n") + 1) + 0.3 for text in texts]
        pixel = small * pen.figure.dpi / 72 / box.height * high
        distance = max(lines, default=0) * pixel
        heights = [height for _, height, _ in self.entries]
        places = stagger(heights, distance)
        low, top = axes.get_ylim()
        over = max(0.0, max(places) + distance / 2 - top) - max(0.0, low - (min(places) - distance / 2))
        x, width = place(self.at) + self.edge, axes.get_xlim()[1] - axes.get_xlim()[0]
        line: dict[str, Any] = {"arrowstyle": "-", "color": CONTEXT, "linewidth": 0.7, "shrinkA": 1, "shrinkB": 0}
        line["relpos"] = (0, 0.5)  # from the text's left edge, so that it crosses no other text
        for text, (_, height, colour), at in zip(texts, self.entries, places, strict=True):
            axes.annotate(
                text, (x, height), (x + 1.1 * small * pen.figure.dpi / 72 / box.width * width, at - over), va="center",
                color=colour, annotation_clip=False, **pen.written(),
                arrowprops=line,
            )  # fmt: skip


@dataclass(frozen=True)
class Bars(Mark):
    """Lying bars, a row a place in the order of the first part: names beside them, numbers at their ends.

    ``dots`` draws points instead; an ``open`` one is a floor, with an arrow that goes on. In a script from
    right to left names stand at the right, and bars grow from there.
    """

    names: tuple[Text, ...]
    parts: tuple[Numbers, ...]
    looks: tuple[tuple[Look, Look], ...]
    ends: tuple[Text, ...]
    about: tuple[At, ...] = ()
    open: tuple[At, ...] = ()
    dots: bool = False
    height: float = 0.7
    part: float = 0.3
    keys: tuple[Text, ...] = ()
    """What the parts are, named above the first bar."""

    def labels(self, pen: Pen) -> list[str]:
        """The names in lines."""
        return [pen.lines(name, self.part) for name in self.names]

    def reach(self) -> float:
        """The longest bar."""
        if self.dots:
            return max(max(high or value for high, value in _ends(part)) for part in self.parts)
        if len(self.parts) == 1:
            return max(max(high or 0.0, value) for high, value in _ends(self.parts[0]))
        return max(sum(part.value[row] for part in self.parts) for row in range(len(self.names)))

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        small = pen.size.small
        side, way = ("left", 1) if pen.words.right_to_left else ("right", -1)
        for row, (label, end) in enumerate(zip(self.labels(pen), self.ends, strict=True)):
            at = self.parts[0].at[row]
            foot = 0.0
            if row == 0:
                self._name_parts(axes, pen)
            for part, looks in zip(self.parts, self.looks, strict=True):
                look, value = looks[at in self.about], part.value[row]
                if self.dots:
                    foot = max(foot, _dot(axes, pen, row, part, look, at in self.open))
                else:
                    axes.barh(
                        row, value, left=foot, height=self.height, facecolor=look.face,
                        edgecolor=look.edge or look.face, hatch=look.hatch, linewidth=0.6,
                    )  # fmt: skip
                    foot = max(foot + value, _whisker(axes, pen, row, part))
            colour = ACCENT if at in self.about else INK
            axes.annotate(
                label, (0, row), (way * 0.6 * small, 0), textcoords="offset points", ha=side, va="center",
                color=colour, annotation_clip=False, **pen.written(),
            )  # fmt: skip
            axes.annotate(
                pen.say(end), (foot, row), (-way * (2.0 if at in self.open else 0.6) * small, 0),
                textcoords="offset points",
                ha="right" if side == "left" else "left", va="center", color=colour, annotation_clip=False,
                **pen.written(True),
            )  # fmt: skip

    def _name_parts(self, axes: Axes, pen: Pen) -> None:
        foot = 0.0
        for part, key in zip(self.parts, self.keys, strict=False):
            axes.annotate(
                pen.say(key), (foot + part.value[0] / 2, -self.height / 2), (0, 0.3 * pen.size.small),
                textcoords="offset points", ha="center", va="bottom", color=SOFT, annotation_clip=False,
                **pen.written(),
            )  # fmt: skip
            foot += part.value[0]


def _ends(part: Numbers) -> list[tuple[float | None, float]]:
    """High and value of each row."""
    return list(zip(part.high or (None,) * len(part.at), part.value, strict=True))


def _whisker(axes: Axes, pen: Pen, row: int, part: Numbers) -> float:
    """The line from low to high of a bar, where both are known; how far it reaches."""
    low, high = (some[row] if some else None for some in (part.low, part.high))
    if low is None or high is None:
        return 0.0
    axes.plot([low, high], [row, row], color=INK, linewidth=0.09 * pen.size.small, zorder=4)
    return high


def _dot(axes: Axes, pen: Pen, row: int, part: Numbers, look: Look, goes_on: bool) -> float:
    """A point with its range, or an arrow that goes on; how far it reaches."""
    small, value, reach = pen.size.small, part.value[row], part.value[row]
    low, high = (some[row] if some else None for some in (part.low, part.high))
    if low is not None and high is not None:
        axes.plot([low, high], [row, row], color=look.edge or look.face, linewidth=0.25 * small, alpha=0.5, zorder=2)
        reach = max(reach, high)
    if goes_on:
        way = -1 if pen.words.right_to_left else 1
        axes.annotate(
            "", (value, row), (way * 1.6 * small, 0), textcoords="offset points", annotation_clip=False,
            arrowprops={"arrowstyle": "<-", "color": look.face, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip
    axes.plot([value], [row], look.marker or "o", color=look.face, markersize=0.7 * small, zorder=4)
    return reach


@dataclass(frozen=True)
class Key(Mark):
    """What faces mean, in words beside samples of them, from the top down; where bars are too thin to be named."""

    looks: tuple[Look, ...]
    texts: tuple[Text, ...]
    x: float
    y: float
    """Where its upper left corner stands, as parts of the plot."""
    title: Text | None = None

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        samples = [
            Patch(facecolor=k.face, edgecolor=k.edge or k.face, hatch=k.hatch, linewidth=0.6) for k in self.looks
        ]
        left = not pen.words.right_to_left
        key = axes.legend(
            samples, [pen.say(text) for text in self.texts], loc="upper left", bbox_to_anchor=(self.x, self.y),
            frameon=False, fontsize=pen.size.small, markerfirst=left, borderaxespad=0, borderpad=0,
            labelspacing=0.7, alignment="left" if left else "right", title_fontsize=pen.size.small,
            title=pen.say(self.title) if self.title else None,
        )  # fmt: skip
        for text in key.get_texts():
            text.set_color(INK)


@dataclass(frozen=True)
class Spread(Mark):
    """Rows of points on one axis: what several definitions or dates say of one thing, named at their start.

    Each part holds the rows that it speaks of, by their codes; ``rows`` is their order. The text of a row
    stands under its name.
    """

    rows: tuple[At, ...]
    names: tuple[Text, ...]
    parts: tuple[Numbers, ...]
    looks: tuple[Look, ...]
    ends: tuple[Text, ...] = ()
    part: float = 0.34

    def labels(self, pen: Pen) -> list[str]:
        """The names in lines."""
        return [pen.lines(name, self.part) for name in self.names]

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        small = pen.size.small
        side, way = ("left", 1) if pen.words.right_to_left else ("right", -1)
        # An axis that runs from the right begins with its highest number at the left.
        begin, stop = axes.get_xlim()[:: way * -1]
        for row, label in enumerate(self.labels(pen)):
            axes.axhline(row, color=GRID, linewidth=0.8, zorder=0)
            axes.annotate(
                label, (begin, row), (way * 0.7 * small, 0), textcoords="offset points", ha=side, va="center",
                annotation_clip=False, color=INK, **pen.written(),
            )  # fmt: skip
        for row, end in enumerate(self.ends):
            axes.annotate(
                pen.say(end), (stop, row), (-way * 0.7 * small, 0), textcoords="offset points",
                ha="right" if side == "left" else "left", va="center", annotation_clip=False, color=INK,
                **pen.written(),
            )  # fmt: skip
        for part, look in zip(self.parts, self.looks, strict=True):
            lows, highs = part.low or (None,) * len(part.at), part.high or (None,) * len(part.at)
            for at, low, value, high in zip(part.at, lows, part.value, highs, strict=True):
                row = self.rows.index(at)
                if low is not None and high is not None:
                    axes.plot([low, high], [row, row], color=look.edge or look.face, linewidth=0.25 * small, alpha=0.5)
                axes.plot(
                    [value], [row], look.marker or "o", markersize=0.75 * small, markerfacecolor=look.face,
                    markeredgecolor=look.edge or look.face, zorder=4,
                )  # fmt: skip


@dataclass(frozen=True)
class Strip(Mark):
    """A row of cells a place and year: filled, hatched, or empty where there is nothing; named at the start."""

    names: tuple[Text, ...]
    filled: tuple[Numbers, ...]
    """Of each row, the years of filled cells (1) and of hatched ones (0.5)."""
    dots: tuple[Numbers, ...] = ()
    """Years marked in each row."""
    part: float = 0.26

    def labels(self, pen: Pen) -> list[str]:
        """The names in lines."""
        return [pen.lines(name, self.part) for name in self.names]

    def draw(self, axes: Axes, pen: Pen) -> None:
        """Draw it."""
        small = pen.size.small
        side, way = ("left", 1) if pen.words.right_to_left else ("right", -1)
        for row, (label, cells) in enumerate(zip(self.labels(pen), self.filled, strict=True)):
            axes.annotate(
                label, (0, row), (way * 0.7 * small, 0), xycoords=axes.get_yaxis_transform(),
                textcoords="offset points", ha=side, va="center", annotation_clip=False, color=INK, **pen.written(),
            )  # fmt: skip
            axes.axhline(row, color=GRID, linewidth=0.8, zorder=0)
            for at, value in zip(cells.places, cells.value, strict=True):
                alone = value == 1
                axes.bar(
                    at, 0.66, bottom=row - 0.33, width=0.86, facecolor=ACCENT if alone else PAPER,
                    edgecolor=ACCENT, hatch="" if alone else "/////", linewidth=0.6, zorder=2,
                )  # fmt: skip
        for row, years in enumerate(self.dots):
            for at in years.places:
                axes.plot([at], [row], "D", color=INK, markersize=0.5 * small, zorder=5)
