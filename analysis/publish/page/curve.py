"""The specification curve and the line of two numbers, as places along a strip: a template writes them as SVG.

Places are parts of a hundred of the strip's width, so that marks keep their size on a phone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.audit import claims as ledger
from analysis.audit.claims import COMPARISONS, Claim
from analysis.audit.findings import Finding
from analysis.audit.verdicts import Verdict
from analysis.charts.figures import specification_curve
from analysis.charts.marks import Spread
from analysis.tell import sentences
from analysis.tell.languages import Words

EDGE = 0.12
"""Free space at both ends of the line of two numbers, as a part of what it shows."""


@dataclass(frozen=True)
class Point:
    """A finding on a strip: its place among the claim's findings, where it stands, and its band if that is known."""

    finding: int
    at: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Row:
    """A definition with its points; ``reach`` says from where to where its numbers go."""

    definition: str
    label: str
    reach: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Tick:
    """A place on an axis, and what is written there."""

    at: float
    text: str


@dataclass(frozen=True)
class Curve:
    """The rows of a claim's curve, its axis, and where what is stated (or compared with) stands."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    stated: float


@dataclass(frozen=True)
class Line:
    """One line: the report's figure with what fits it, and the data's number with its band, or one on each side.

    ``first`` and ``last`` are the numbers at the line's ends, in words.
    """

    stated: float
    fits_from: float
    fits_to: float
    data: tuple[Point, ...]
    first: str
    last: str

    @property
    def fits_width(self) -> float:
        """How wide what fits is."""
        return round(self.fits_to - self.fits_from, 2)


def curve(words: Words, verdict: Verdict) -> Curve | None:
    """The curve of a claim from the marks of its figure; None if no finding has a number to draw.

    Args:
        words: the language; where it runs from right to left, so does the axis.
        verdict: on the claim.
    """
    panel = specification_curve.sheet(verdict.claim.id).panels[0]
    spread = next((mark for mark in panel.marks if isinstance(mark, Spread)), None)
    if spread is None:
        return None
    place = _Axis(panel.x.low, panel.x.high, words.right_to_left)
    points: dict[str, list[Point]] = {}
    for part in spread.parts:
        drawn = [
            (number, finding)
            for number, finding in enumerate(verdict.findings)
            if finding.when == part.name
            and finding.definition in spread.rows
            and finding.value is not None
            and specification_curve.measured_by(verdict, finding)
        ]
        for (number, finding), value, low, high in zip(drawn, part.value, part.low, part.high, strict=True):
            points.setdefault(finding.definition, []).append(
                Point(number, place(value), place.maybe(low), place.maybe(high))
            )
    rows = [
        Row(str(row), name.said(words), _reach(words, verdict, str(row)), tuple(points[str(row)]))
        for row, name in zip(spread.rows, spread.names, strict=True)
    ]
    ticks = tuple(Tick(place(tick), words.percent(tick, 0)) for tick in panel.x.ticks)
    return Curve(tuple(rows), ticks, place(1.0))


def _reach(words: Words, verdict: Verdict, definition: str) -> str:
    shown = [f for f in verdict.findings if f.definition == definition and f.value is not None]
    least, most = (end(shown, key=lambda f: f.value or 0.0) for end in (min, max))
    texts = [sentences.number(words, finding.value, finding.unit) for finding in (least, most)]
    return texts[0] if texts[0] == texts[1] else words("{least}–{most}", least=texts[0], most=texts[1])


def line(words: Words, verdict: Verdict, shown: Sequence[Finding]) -> Line | None:
    """The figure stated and numbers that stand beside it; None where there is none, or two in different measures.

    Args:
        words: the language; where it runs from right to left, so does the line.
        verdict: on the claim.
        shown: the findings whose numbers these are, as ``verdicts.sides_of`` gives them.
    """
    bounds = {(stated_value(verdict.claim, f), *ledger.window(verdict.claim, f.compared_with, f.threshold), f.unit)
              for f in shown}  # fmt: skip
    if len(bounds) != 1:
        return None
    ((stated, low, high, unit),) = bounds
    values = [end for finding in shown for end in (finding.value, *span(finding))]
    ends = [value for value in (stated, low, high, *values) if value is not None and math.isfinite(value)]
    room = EDGE * (max(ends) - min(ends) or abs(max(ends)) or 1.0)
    first, last = min(ends) - room, max(ends) + room
    if min(ends) >= 0:
        first = max(first, 0.0)
    place = _Axis(first, last, words.right_to_left)
    nearer, farther = sorted((place(max(first, low)), place(min(last, high))))
    data = tuple(
        Point(verdict.findings.index(finding), place(finding.value or 0.0), *map(place.maybe, span(finding)))
        for finding in shown
    )
    ends_said = [sentences.number(words, _round(end, last - first), unit) for end in (first, last)]
    return Line(place(stated), nearer, farther, data, *ends_said)


def span(finding: Finding) -> tuple[float, float] | tuple[None, None]:
    """Low and high where both are known; else from the number to the most that it can be, if that is more."""
    ceiling = finding.estimate.ceiling
    if (
        finding.ends[0] is None
        and finding.value is not None
        and ceiling is not None
        and finding.value < ceiling < math.inf
    ):
        return finding.value, ceiling
    return finding.ends


def stated_value(claim: Claim, finding: Finding) -> float:
    """The number that a finding is held against: what it is compared with, or the figure that is stated."""
    if claim.relation in COMPARISONS:
        assert finding.compared_with is not None
        return finding.compared_with
    if finding.threshold is not None:
        return finding.threshold
    return {"third": 1 / 3, "majority": 1 / 2}.get(claim.relation, claim.value or 0.0)


def _round(value: float, width: float) -> float:
    """A number as exactly as a hundredth of an axis."""
    return round(value, 2 - math.floor(math.log10(width)))


@dataclass(frozen=True)
class _Axis:
    low: float
    high: float
    turned: bool

    def __call__(self, value: float) -> float:
        part = 100 * (value - self.low) / (self.high - self.low)
        return round(100 - part if self.turned else part, 2)

    def maybe(self, value: float | None) -> float | None:
        return None if value is None else self(value)
