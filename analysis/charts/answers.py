"""What the figures of findings share: the marks of yes, no and neither, and the words for them."""

from collections.abc import Collection, Mapping

from matplotlib.axes import Axes

from analysis.audit import headlines
from analysis.audit.claims import NO, UNKNOWN, YES, Claim
from analysis.audit.findings import HEADLINE, Finding
from analysis.charts.style import ACCENT, CONTEXT, INK, PAPER, SECOND, THIRD, Frame
from analysis.tell.languages import Words
from analysis.tell.sentences import by_publisher

MIXED = "mixed"

MARKS = {
    YES: ("o", SECOND, SECOND),
    NO: ("X", ACCENT, ACCENT),
    MIXED: ("D", THIRD, INK),
    UNKNOWN: ("o", PAPER, CONTEXT),
}
"""Answer -> the shape, face and edge of its mark; the shapes tell them apart without colour."""


LARGE = 5_000_000
"""From here on numbers are given in millions."""


def answer_of(answers: Collection[str]) -> str:
    """What several answers come to: yes or no where all that decide agree, mixed where they do not."""
    decided = set(answers) & {YES, NO}
    if not decided:
        return UNKNOWN
    return MIXED if len(decided) == 2 else decided.pop()


def mark(axes: Axes, x: float, y: float, answer: str, points: float) -> None:
    """Draw the mark of an answer, about as high as a text of ``points``."""
    shape, face, edge = MARKS[answer]
    axes.plot(
        x,
        y,
        marker=shape,
        linestyle="none",
        markersize=(0.66 if shape == "D" else 0.78) * points,
        markerfacecolor=face,
        markeredgecolor=edge,
        markeredgewidth=0.1 * points,
        clip_on=False,
        zorder=4,
    )


def short(words: Words, value: float, decimals: int = 1) -> str:
    """A number as a chart has room for it: from ``LARGE`` on in millions, with so many decimals."""
    if value >= LARGE:
        return words("{count} m", count=words.in_millions(value, decimals))
    return words.number(value)


def stated_figure(words: Words, claim: Claim, reading: float | None) -> str:
    """A claim's figure with its relation, or ``reading`` where a definition puts that in its place."""
    if claim.relation == "third":
        return words("a third")
    if claim.relation == "majority":
        return words("a half")
    figure = claim.value if reading is None else reading
    if figure is None:
        return ""
    text = words.percent(figure, 0) if claim.unit == "share" else short(words, figure)
    return with_relation(words, claim, text)


def with_relation(words: Words, claim: Claim, figure: str) -> str:
    """A figure, written out, with the word that the claim's relation puts before it."""
    return {
        "about": words("about {figure}", figure=figure),
        "over": words("over {figure}", figure=figure),
        "at_least": words("at least {figure}", figure=figure),
        "under": words("under {figure}", figure=figure),
    }.get(claim.relation, figure)


def release_of(words: Words, vintages: Mapping[str, str]) -> str:
    """Publisher and release of a finding; what publishers stated in words goes by its year."""
    return words.listed(releases_of(words, vintages))


def releases_of(words: Words, vintages: Mapping[str, str]) -> list[str]:
    """As ``release_of``, one text a publisher."""
    if HEADLINE in vintages:
        stated = headlines.by_id(vintages[HEADLINE])
        return [words("stated by publishers in {year}", year=stated.published[:4])]
    return by_publisher(words, list(vintages.items()))


def origins(words: Words, findings: Collection[Finding]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The releases that findings come from, and how the source line names what publishers stated."""
    releases: dict[tuple[str, str], None] = {}
    stated = False
    for finding in findings:
        if finding.is_headline:
            stated = True
        else:
            releases.update(dict.fromkeys(finding.vintages.items()))
    return tuple(releases), (words("figures that publishers stated (data/headlines.csv)"),) if stated else ()


def points_in(started: Frame, points: float) -> tuple[float, float]:
    """A length in points as a part of the figure's width and of its height."""
    return points / 72 / started.size.width, points / 72 / started.size.height
