"""A figure as a sheet of panels of marks, made once, in no language; then said in one, and drawn.

What is said on a slide keeps to a contract (``breaches``): who reads it has fifteen seconds.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.contents import Content, source_line, typeset, with_report
from analysis.charts.marks import Bars, Ends, Mark, Numbers, Rule, Span, Spread, Strip, walked
from analysis.charts.style import CONTEXT, GRID, INK, Frame, room
from analysis.data import registry, tables
from analysis.errors import InputError
from analysis.tell.languages import Words
from analysis.tell.sentences import publisher, publisher_in_full
from analysis.tell.texts import Text

COLUMNS = ("panel", "mark", "name", "at", "low", "value", "high", "source", "vintage")
"""What a sidecar keeps of each number drawn."""

NAMED = (Bars, Spread, Strip)
"""Marks whose rows are named beside the plot."""

GAP = 0.7
"""Between a plot and what stands beside it, in small letters' heights."""


@dataclass(frozen=True)
class Scale:
    """An axis: from where to where, with which ticks, and how its numbers are written.

    ``written`` is number, millions, percent, year, or empty for an axis without ticks; ``names`` are said
    in place of numbers.
    """

    low: float = 0.0
    high: float = 1.0
    ticks: tuple[float, ...] = ()
    written: str = ""
    decimals: int = 0
    names: tuple[Text, ...] = ()

    def labels(self, pen: Frame) -> list[str]:
        """The ticks in words."""
        if self.names:
            return [pen.say(name) for name in self.names]
        words = pen.words
        write = {
            "number": lambda tick: words.number(tick, self.decimals),
            "millions": lambda tick: words.in_millions(tick, self.decimals),
            "percent": lambda tick: words.percent(tick, self.decimals),
            "year": lambda tick: str(int(tick)),
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
    releases: tuple[tuple[str, str], ...]
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
            {"panel": number, "mark": type(mark).__name__.lower(), **_marked(row, doubtful)}
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
        page = Content(
            "",
            "",
            "",
            self.data(),
            self.releases,
            source_line(words, self.releases) if self.releases else "",
            claims=tuple(claim for claim, _ in self.claims),
        )
        content = self._content(words, page, publisher_in_full)
        if breaches(content, words.language):
            # What rests on many publishers names them in short; who they are, the page says.
            content = self._content(words, page, publisher)
        broken = breaches(content, words.language)
        if broken and not registry.unverified(self.releases):  # the mark of those may need a line more
            raise InputError(f"{name} in {words.language}: {broken[0]}", do="say it in fewer or plainer words")
        return content

    def _content(self, words: Words, page: Content, named: Callable[[Words, str], str]) -> Content:
        """The texts, with publishers as ``named`` calls them."""
        return typeset(
            words,
            Content(
                title=self.title.said(words),
                subtitle=self.subtitle.said(words),
                alt=words.run(text.said(words) for text in self.alt),
                data=page.data,
                releases=self.releases,
                source_line=face_source(words, self.releases, self._also(words), named),
                notes=tuple(note.said(words) for note in self.notes),
                page=(*(note.said(words) for note in self.page), with_report(words, page).source_line),
                claims=tuple(claim for claim, _ in self.claims),
                labels={text.key: text.said(words) for text in walked(self.panels, Text)},
            ),
        )

    def _also(self, words: Words) -> tuple[str, ...]:
        return tuple(publisher.said(words) for publisher in self.also)

    def draw(self, content: Content, pen: Frame) -> None:
        """Draw every panel: side by side where the size is wide, else one under the other."""
        wide = self.across and pen.size.width > pen.size.height
        total, start, gap = sum(panel.weight for panel in self.panels), 0.0, 0.03
        # Where the script runs from right to left, so do panels that stand side by side.
        order = self.panels[::-1] if wide and pen.words.right_to_left else self.panels
        named = [mark for panel in self.panels for mark in panel.marks if isinstance(mark, NAMED)]
        names = [] if wide else [label for mark in named for label in mark.labels(pen)]
        beside = room(pen, names, pen.size.small) if names else 0.0
        for panel in order:
            part = panel.weight / total
            first, last = start + (gap / 2 if start else 0.0), start + part - (gap / 2 if start + part < 0.999 else 0.0)
            width, height = pen.right - pen.left, pen.top - pen.bottom
            if wide:
                box = (pen.left + first * width, pen.bottom, pen.left + last * width, pen.top)
            else:
                box = (pen.left, pen.top - last * height, pen.right, pen.top - first * height)
            _panel(panel, box, pen, beside)
            start += part


def _marked(row: dict[str, Any], doubtful: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A number drawn, with the mark if it may be of one of these releases; a number of several has no release."""
    sources, vintages = row["source"].split(), row["vintage"].split()
    if any(source in sources and (vintage in vintages or not vintages) for source, vintage in doubtful):
        return {**row, "vintage": f"{row['vintage']} {tables.UNVERIFIED}".strip()}
    return row


def borne(what: bool, title: str) -> None:
    """Stop where the numbers no longer bear a title.

    Raises:
        InputError: they do not.
    """
    if not what:
        raise InputError(f"the numbers no longer bear a title: {title}", do="write the one that they bear")


def face_source(
    words: Words,
    releases: tuple[tuple[str, str], ...],
    also: tuple[str, ...] = (),
    name: Callable[[Words, str], str] = publisher_in_full,
) -> str:
    """Publishers, in full or as ``name`` calls them, with the year of the first release drawn and of the last."""
    published = {(release.source, release.vintage): release.published[:4] for release in registry.used()}
    years: dict[str, dict[str, set[str]]] = {}
    unverified = set()
    for source, vintage in releases:
        years.setdefault(name(words, source), {}).setdefault(source, set()).add(published[source, vintage])
        if registry.unverified([(source, vintage)]):
            unverified.add(name(words, source))
    named = []
    for known_as, sets in years.items():
        every = set().union(*sets.values())
        shown = {"publisher": known_as, "first": min(every), "last": max(every)}
        if len(every) == 1:
            named.append(words("{publisher}, {year}", publisher=known_as, year=min(every)))
        elif name is publisher_in_full and any(len(some) > 1 for some in sets.values()):
            named.append(words("{publisher}, {first} (revised {last})", **shown))
        else:
            named.append(words("{publisher}, {first} and {last}", **shown))
        if known_as in unverified:
            named[-1] = words("{source} (unverified)", source=named[-1])
    return words("Source: {sources}.", sources=words.listed([*named, *also]))


TITLE, NOTES = {"zh": 30}, {"zh": 110}
TITLE_WORDS, NOTES_WORDS = 14, 40
FORBIDDEN = re.compile(r"\b(dyads?|best|held|prox(?:y|ies)|[a-z]+(?:_[a-z]+)+)\b")


def breaches(content: Content, language: str) -> list[str]:
    """What on a slide breaks the contract: too many words, or words and codes that nobody in a room knows."""
    unit, length = ("characters", _characters) if language == "zh" else ("words", _words)
    notes = " ".join([*content.notes, content.source_line])
    found = []
    for what, text, most in (
        ("title", content.title, TITLE.get(language, TITLE_WORDS)),
        ("notes and source", notes, NOTES.get(language, NOTES_WORDS)),
    ):
        if length(text) > most:
            found.append(f"{what} of {length(text)} {unit}, at most {most}: {text}")
    codes = {release.vintage for release in registry.used() if "-" in release.vintage}
    for text in (content.title, content.subtitle, notes, *content.labels.values()):
        found += [f"{word!r} stands on a slide: {text}" for word in FORBIDDEN.findall(text)]
        found += [f"the release {code} stands on a slide: {text}" for code in sorted(codes) if code in text]
    return found


def _words(text: str) -> int:
    return len(text.split())


def _characters(text: str) -> int:
    return len(re.sub(r"\s", "", text))


def _panel(panel: Panel, box: tuple[float, float, float, float], pen: Frame, beside: float) -> None:
    """Draw a panel into its box, with room for what stands around the plot; names take at least ``beside``."""
    small = pen.size.small
    line, gap = small / 72 / pen.size.height, GAP * small / 72 / pen.size.width
    x0, y0, x1, y1 = box
    bars = next((mark for mark in panel.marks if isinstance(mark, Bars)), None)
    rows = next((mark for mark in panel.marks if isinstance(mark, (Spread, Strip))), None)
    beyond = [mark for mark in panel.marks if isinstance(mark, Ends)]
    title = pen.lines_in(panel.title, x1 - x0, pen.size.text) if panel.title else ""
    y1 -= (1.45 * (title.count("\n") + 1) * pen.size.text / small + 0.3) * line if title else 0.0
    top = max((_above(mark, pen) for mark in panel.marks), default=0.0)
    ticks = panel.y.labels(pen)
    left = (room(pen, ticks, small) if ticks else 0.0) + gap
    right = gap if panel.x.written else 0.0
    right = max([right, *(room(pen, mark.texts(pen), small) + 2.6 * gap for mark in beyond)])
    if bars:
        left, right = max(beside, room(pen, bars.labels(pen), small)) + 1.3 * gap, 0.0
        left, right = (right, left) if pen.words.right_to_left else (left, right)
    if rows:
        ends = [pen.say(end) for end in rows.ends] if isinstance(rows, Spread) else []
        left = max(beside, room(pen, rows.labels(pen), small)) + 1.5 * gap
        right = room(pen, ends, small) + 1.5 * gap if ends else gap
        left, right = (right, left) if pen.words.right_to_left else (left, right)
    bottom = 2.4 * line if panel.x.labels(pen) else 0.3 * line
    rect = (x0 + left, y0 + bottom, x1 - x0 - left - right, y1 - y0 - bottom - top * line)
    axes = pen.figure.add_axes(rect)
    _scales(axes, panel, bars, pen)
    if rows:
        axes.set_ylim(len(rows.names) - 0.4, -0.6)
        axes.set_yticks([])
        axes.grid(visible=False)
        if isinstance(rows, Spread) and pen.words.right_to_left:
            axes.invert_xaxis()
    for mark in panel.marks:
        mark.draw(axes, pen)
    if title:
        side = 1 if pen.words.right_to_left else 0
        pen.figure.text(
            (x0, x1)[side], y1 + 0.35 * line, title, ha=pen.start, va="bottom", fontsize=pen.size.text, color=INK,
            linespacing=pen.linespacing,
        )  # fmt: skip


def _above(mark: Mark, pen: Frame) -> float:
    """How much room a mark needs above the plot, in small letters' heights."""
    if isinstance(mark, (Rule, Span)) and mark.text:
        lines = pen.lines(mark.text, mark.part).count("\n") + 1
        return 0.6 + 1.4 * pen.linespacing * lines + 1.75 * (mark.row if isinstance(mark, Rule) else 0)
    return 1.8 if isinstance(mark, Bars) and mark.keys else 0.4


def _scales(axes: Axes, panel: Panel, bars: Bars | None, pen: Frame) -> None:
    axes.tick_params(labelsize=pen.size.small, length=0)
    axes.spines["left"].set_visible(False)
    if bars:
        axes.grid(visible=False)
        axes.spines["bottom"].set_visible(False)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_ylim(len(bars.names) - 0.4, -0.6)
        part = axes.get_position().width
        taken = min(0.6, (room(pen, [pen.say(end) for end in bars.ends], pen.size.small) + 0.03) / part)
        reach = panel.x.high if panel.x.high != Scale().high else bars.reach()
        ends = (0.0, reach / (1 - taken))
        axes.set_xlim(ends[::-1] if pen.words.right_to_left else ends)
        axes.axvline(0, color=CONTEXT, linewidth=0.8, zorder=1)
        return
    axes.set_xlim(panel.x.low, panel.x.high)
    axes.set_ylim(panel.y.low, panel.y.high)
    axes.set_xticks(list(panel.x.ticks) if panel.x.written or panel.x.names else [])
    axes.set_yticks(list(panel.y.ticks) if panel.y.written or panel.y.names else [])
    axes.tick_params(axis="x", pad=0.85 * pen.size.small)
    axes.set_xticklabels(panel.x.labels(pen))
    axes.set_yticklabels(panel.y.labels(pen))
    axes.grid(axis="y", color=GRID)


def years(first: int, last: int, step: int = 10, ends: Iterable[int] = (), pad: float = 0.6) -> Scale:
    """An axis of years: ticks at every round one, and at those named."""
    named = sorted({*ends})
    ticks = {
        year for year in range(first, last + 1) if year % step == 0 and all(abs(year - e) > step / 3 for e in named)
    }
    return Scale(first - pad, last + pad, tuple(sorted({*ticks, *named})), "year")


def from_zero(most: float, step: float, written: str = "number", room: float = 1.08, decimals: int = 0) -> Scale:
    """An axis from zero to a little above the largest number."""
    ticks = tuple(step * number for number in range(int(1.0001 * most * room // step) + 1))
    return Scale(0.0, most * room, ticks, written, decimals)
