"""A figure as a sheet of panels of marks, made once, in no language; then said in one, and drawn.

What is said on a slide keeps to a contract (``breaches``): who reads it has fifteen seconds.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.contents import Content
from analysis.charts.marks import Bars, Ends, Mark, Numbers, Rows, walked
from analysis.charts.style import CONTEXT, INK, Frame
from analysis.data import registry
from analysis.errors import InputError
from analysis.tell.languages import Words
from analysis.tell.sentences import publisher, publisher_in_full
from analysis.tell.sources import Releases, face_source, marked, page_source
from analysis.tell.texts import Text

COLUMNS = ("panel", "mark", "name", "at", "low", "value", "high", "source", "vintage")
"""What a sidecar keeps of each number drawn."""

GAP = 0.03
"""Between panels side by side, or one under the other, as a part of all their room."""


@dataclass(frozen=True)
class Scale:
    """An axis: from where to where, with which ticks, and how its numbers are written.

    ``written`` is number, millions, percent, year, or empty for an axis without ticks.
    """

    low: float = 0.0
    high: float = 1.0
    ticks: tuple[float, ...] = ()
    written: str = ""

    def labels(self, words: Words) -> list[str]:
        """The ticks in words."""
        write: dict[str, Callable[[float], str]] = {
            "number": words.number,
            "millions": words.in_millions,
            "percent": lambda share: words.percent(share, 0),
            "year": lambda year: str(int(year)),
        }
        return [words.typeset(write[self.written](tick)) for tick in self.ticks] if self.written else []


@dataclass(frozen=True)
class Panel:
    """Marks on one pair of axes; ``weight`` is its part of the sheet."""

    marks: tuple[Mark, ...]
    x: Scale = Scale()
    y: Scale = Scale()
    title: Text | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Sheet:
    """A figure: its texts, its panels, and where its numbers come from.

    ``notes`` stand on every size, ``page`` only where there is room to read. ``claims`` says of each claim that
    the figure is about what the title says of it: yes, no, or open.
    """

    title: Text
    subtitle: Text
    alt: tuple[Text, ...]
    panels: tuple[Panel, ...]
    releases: Releases
    notes: tuple[Text, ...] = ()
    page: tuple[Text, ...] = ()
    claims: tuple[tuple[str, str], ...] = ()
    also: tuple[Text, ...] = ()
    """Who else is a source: publishers of figures stated in words."""
    across: bool = True
    """Panels stand side by side where there is room."""

    def data(self) -> pd.DataFrame:
        """Every number drawn, and nothing else; behind the release of one that nobody verified stands so."""
        doubtful = [pair for pair in self.releases if registry.unverified([pair])]
        rows = [
            {"panel": number, "mark": type(mark).__name__.lower(), **marked(row, doubtful)}
            for number, panel in enumerate(self.panels, start=1)
            for mark in panel.marks
            for shown in walked(mark, Numbers)
            for row in shown.rows()
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def said(self, words: Words, name: str = "") -> Content:
        """The figure in a language.

        Raises:
            InputError: its texts break the contract of a slide.
        """
        content = self._said(words, publisher_in_full)
        if breaches(content, words.language):
            # What rests on many publishers names them in short; who they are, the page says.
            content = self._said(words, publisher)
        broken = breaches(content, words.language)
        if broken and not registry.unverified(self.releases):  # the mark of those may need a line more
            raise InputError(f"{name} in {words.language}: {broken[0]}", do="say it in fewer or plainer words")
        return content

    def _said(self, words: Words, named: Callable[[Words, str], str]) -> Content:
        """The texts, with publishers as ``named`` calls them."""

        def say(text: Text) -> str:
            return words.typeset(text.said(words))

        also = [text.said(words) for text in self.also]
        return Content(
            title=say(self.title),
            subtitle=say(self.subtitle),
            alt=words.typeset(words.run(text.said(words) for text in self.alt)),
            data=self.data(),
            releases=self.releases,
            source_line=words.typeset(face_source(words, self.releases, also, named)),
            notes=tuple(map(say, self.notes)),
            page=(*map(say, self.page), words.typeset(page_source(words, self.releases, bool(self.claims)))),
            claims=tuple(claim for claim, _ in self.claims),
            labels={text.key: say(text) for text in walked(self.panels, Text)},
        )

    def draw(self, pen: Frame) -> None:
        """Draw every panel: side by side where the size is wide, else one under the other."""
        wide = self.across and pen.size.width > pen.size.height
        total, width, height = sum(panel.weight for panel in self.panels), pen.right - pen.left, pen.top - pen.bottom
        # Where the script runs from right to left, so do panels that stand side by side.
        order = self.panels[:: pen.way] if wide else self.panels
        rows = [mark for panel in order for mark in panel.marks if isinstance(mark, Rows)]
        beside = 0.0 if wide else pen.room(label for mark in rows for label in mark.labels(pen))
        start = 0.0
        for panel in order:
            end = start + panel.weight / total
            first, last = start + (GAP / 2 if start else 0.0), end - (GAP / 2 if end < 0.999 else 0.0)
            box = (pen.left + first * width, pen.bottom, pen.left + last * width, pen.top)
            if not wide:
                box = (pen.left, pen.top - last * height, pen.right, pen.top - first * height)
            _panel(panel, box, pen, beside)
            start = end


def borne(what: bool, title: str) -> None:
    """Stop where the numbers no longer bear a title.

    Raises:
        InputError: they do not.
    """
    if not what:
        raise InputError(f"the numbers no longer bear a title: {title}", do="write the one that they bear")


LIMITS = {"zh": ("characters", 30, 110)}
"""Language -> of what a title may have how many, and notes and source together, where it is not words."""

FORBIDDEN = re.compile(r"\b(dyads?|best|held|prox(?:y|ies)|[a-z]+(?:_[a-z]+)+)\b")


def breaches(content: Content, language: str) -> list[str]:
    """What on a slide breaks the contract: too many words, or words and codes that nobody in a room knows."""
    unit, most, below = LIMITS.get(language, ("words", 14, 40))
    notes, found = " ".join([*content.notes, content.source_line]), []
    for what, text, limit in (("title", content.title, most), ("notes and source", notes, below)):
        length = len("".join(text.split()) if unit == "characters" else text.split())
        if length > limit:
            found.append(f"{what} of {length} {unit}, at most {limit}: {text}")
    codes = {release.vintage for release in registry.used() if "-" in release.vintage}
    for text in (content.title, content.subtitle, notes, *content.labels.values()):
        found += [f"{word!r} stands on a slide: {text}" for word in FORBIDDEN.findall(text)]
        found += [f"the release {code} stands on a slide: {text}" for code in sorted(codes) if code in text]
    return found


def _panel(panel: Panel, box: tuple[float, float, float, float], pen: Frame, beside: float) -> None:
    """Draw a panel into its box, with room for what stands around the plot; names take at least ``beside``."""
    small, gap, line = pen.size.small, 0.7 * pen.letter, pen.size.small / 72 / pen.size.height
    x0, y0, x1, y1 = box
    rows = next((mark for mark in panel.marks if isinstance(mark, Rows)), None)
    title = pen.lines(panel.title, (x1 - x0) / (pen.right - pen.left), pen.size.text) if panel.title else ""
    y1 -= (1.45 * (title.count("\n") + 1) * pen.size.text / small + 0.3) * line if title else 0.0
    left, right = pen.room(panel.y.labels(pen.words)) + gap, gap if panel.x.written else 0.0
    for mark in panel.marks:
        if isinstance(mark, Ends):
            right = max(right, pen.room(mark.texts(pen)) + 2.6 * gap)
    if rows:
        left, right = rows.sides(pen, beside)[:: pen.way]
    top = max((mark.above(pen) for mark in panel.marks), default=0.0)
    bottom = 2.4 * line if panel.x.written else 0.3 * line
    axes = pen.figure.add_axes((x0 + left, y0 + bottom, x1 - x0 - left - right, y1 - y0 - bottom - top * line))
    _scales(axes, panel, rows, pen)
    for mark in panel.marks:
        mark.draw(axes, pen)
    if title:
        pen.figure.text(
            x0 if pen.way > 0 else x1, y1 + 0.35 * line, title, ha=pen.start, va="bottom", fontsize=pen.size.text,
            color=INK, linespacing=pen.linespacing,
        )  # fmt: skip


def _scales(axes: Axes, panel: Panel, rows: Rows | None, pen: Frame) -> None:
    """From where to where the axes go, and what is written at them."""
    axes.tick_params(labelsize=pen.size.small, length=0)
    axes.tick_params(axis="x", pad=0.85 * pen.size.small)
    axes.spines["left"].set_visible(False)
    axes.set_xlim(panel.x.low, panel.x.high)
    axes.set_ylim(panel.y.low, panel.y.high)
    if isinstance(rows, Bars):
        axes.spines["bottom"].set_visible(False)
        # Numbers stand at the ends of bars.
        taken = min(0.6, (pen.room(pen.say(end) for end in rows.ends) + 0.03) / axes.get_position().width)
        axes.set_xlim(0.0, (panel.x.high if panel.x.high != Scale().high else rows.reach()) / (1 - taken))
        axes.axvline(0, color=CONTEXT, linewidth=0.8, zorder=1)
    if rows:
        axes.set_ylim(len(rows.names) - 0.4, -0.6)
        if rows.turns and pen.way < 0:
            axes.invert_xaxis()
    axes.grid(visible=not rows, axis="y")
    axes.set_xticks(panel.x.ticks if panel.x.written else (), panel.x.labels(pen.words))
    axes.set_yticks(panel.y.ticks if panel.y.written else (), panel.y.labels(pen.words))


def years(first: int, last: int, step: int = 10, ends: Iterable[int] = (), pad: float = 0.6) -> Scale:
    """An axis of years: ticks at every round one, and at those named."""
    named = sorted({*ends})
    ticks = {
        year for year in range(first, last + 1) if year % step == 0 and all(abs(year - e) > step / 3 for e in named)
    }
    return Scale(first - pad, last + pad, tuple(sorted({*ticks, *named})), "year")


def from_zero(most: float, step: float, written: str = "number", room: float = 1.08) -> Scale:
    """An axis from zero to a little above the largest number."""
    ticks = tuple(step * number for number in range(int(1.0001 * most * room // step) + 1))
    return Scale(0.0, most * room, ticks, written)
