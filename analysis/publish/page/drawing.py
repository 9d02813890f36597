"""A claim's curve as a file of its own: the marks that its page has, with title, axis, legend and source around them.

Colours and places are written at each mark, for office programs read no stylesheet in a picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.audit.verdicts import Verdict
from analysis.charts import content, style
from analysis.charts.contents import Content
from analysis.publish.content import CURVE
from analysis.publish.page.curve import Curve, Row
from analysis.tell.languages import Words

WIDTH, MARGIN, STRIP = 960.0, 24.0, 700.0
"""In pixels: the picture, the space around it, and how wide points are spread."""

ROOM = 0.85 * (WIDTH - 2 * MARGIN)
"""How long a line of text may be: a reader's own font may run wider than the one that is measured."""

TITLE, TEXT, SMALL = 22.0, 15.0, 13.0
PIXELS = style.Size(WIDTH / 72, 1, 72, TITLE, TEXT, SMALL)
GAP, HEIGHT = 12.0, 34.0
"""How much room is above a row, and how much its points take."""

FONTS = {
    "ar": "'IBM Plex Sans Arabic', 'Noto Sans Arabic', 'Segoe UI', Arial, sans-serif",
    "zh": "'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif",
}
LATIN = "'Noto Sans', 'Segoe UI', Arial, sans-serif"


@dataclass(frozen=True)
class Block:
    """Lines of text, each with the height of its foot."""

    lines: tuple[tuple[str, float], ...]
    size: float
    colour: str
    weight: str = "normal"


@dataclass(frozen=True)
class Strip:
    """A definition's points, and the height at which they stand."""

    row: Row
    middle: float


class _Column:
    """Texts and strips from the top down."""

    def __init__(self, words: Words, ruler: style.Figure) -> None:
        self.words, self.ruler, self.foot = words, ruler, MARGIN
        self.blocks: list[Block] = []

    def write(self, text: str, size: float, colour: str = style.INK, weight: str = "normal") -> None:
        leading = size * (1.6 if self.words.right_to_left else 1.4)
        lines = style.wrap(self.ruler, text, size, ROOM, self.words)
        feet = [round(self.foot + number * leading, 1) for number in range(1, len(lines) + 1)]
        self.blocks.append(Block(tuple(zip(lines, feet, strict=True)), size, colour, weight))
        self.foot += len(lines) * leading

    def room(self, height: float) -> float:
        """The middle of so much room below what is there."""
        self.foot += height
        return round(self.foot - height / 2, 1)


def sheets(
    words: Words, verdicts: Sequence[Verdict], curves: Mapping[str, Curve]
) -> list[tuple[str, dict[str, object]]]:
    """What the template of a picture shows of each claim: the claim's id, and what it shows.

    Args:
        words: the language.
        verdicts: on the claims.
        curves: of each of them, in that language.
    """
    said = {verdict.claim.id: content(CURVE, words.language, verdict.claim.id) for verdict in verdicts}
    with style.applied(words.language):
        ruler = style.Figure(next(iter(said.values())), words.language, PIXELS)
        return [
            (verdict.claim.id, _sheet(_Column(words, ruler), verdict, curves[verdict.claim.id], said[verdict.claim.id]))
            for verdict in verdicts
        ]


def _sheet(column: _Column, verdict: Verdict, made: Curve, said: Content) -> dict[str, object]:
    words, strips = column.words, []
    column.write(said.title, TITLE, weight="bold")
    column.write(said.subtitle, TEXT, style.SOFT)
    for row in made.rows:
        column.room(GAP)
        column.write(row.label, TEXT)
        strips.append(Strip(row, column.room(HEIGHT)))
    ticks = column.room(HEIGHT)
    axis = words("As a part of what is stated, or compared with")
    legend = (words("Filled: data of the time; hollow: later."), words("With a ring: the verdict rests on it."))
    for text in (axis, words.run(legend), *said.page):
        column.write(text, SMALL, style.SOFT)
    turned = words.right_to_left
    return {
        "content": said,
        "curve": made,
        "blocks": column.blocks,
        "strips": strips,
        "ticks": ticks,
        "base": {verdict.findings.index(finding) for finding in verdict.base},
        "times": [finding.when for finding in verdict.findings],
        "width": WIDTH,
        "height": round(column.foot + MARGIN),
        "start": WIDTH - MARGIN if turned else MARGIN,
        "end": MARGIN if turned else WIDTH - MARGIN,
        "across": lambda part: round((WIDTH - MARGIN - STRIP if turned else MARGIN) + part * STRIP / 100, 1),
        "fonts": FONTS.get(words.language, LATIN),
        "colours": style,
    }
