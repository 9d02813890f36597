"""The verdicts at a glance: one row a claim, from what the report states to what the data said."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd
from babel.lists import format_list
from matplotlib.axes import Axes

from analysis import audit
from analysis.audit import claims, headlines
from analysis.audit.claims import COMPARISONS, NO, YES, Claim, Definition
from analysis.audit.findings import HEADLINE, STAND_IN, Finding
from analysis.audit.verdicts import CONTESTED, NOT_SUPPORTED, REVISED, SUPPORTED, UNTESTABLE, VERDICTS, Verdict
from analysis.charts.answers import with_relation
from analysis.charts.contents import Content, source_line
from analysis.charts.style import ACCENT, CONTEXT, GRID, INK, PAPER, SECOND, SOFT, THIRD, Chart, Frame, width, wrap
from analysis.data.tables import TABLES
from analysis.errors import InputError
from analysis.tell.languages import Words
from analysis.tell.sentences import by_publisher, publisher, verdict_names

CLAIMS = (
    "deaths_2014_over_100000",
    "deaths_2014_highest_since_1994",
    "deaths_1994_above_2014",
    "civilians_targeted_more",
    "civilians_share_rose",
    "civilians_large_part",
    "civilians_cause",
    "syria_killed",
    "syria_displaced",
    "refugees_21_3_million",
    "idps_40_8_million",
    "highest_in_un_history",
)
"""The claims shown: those that readers of a briefing ask about. The ledger may hold more than a slide has room for."""

MARKS = {
    SUPPORTED: ("o", SECOND, SECOND),
    REVISED: ("v", PAPER, SECOND),
    CONTESTED: ("D", THIRD, INK),
    NOT_SUPPORTED: ("X", ACCENT, ACCENT),
    UNTESTABLE: ("o", PAPER, CONTEXT),
}
"""Verdict -> the shape, face and edge of its mark; the shapes tell them apart without colour."""

NONE = "–"
"""What stands where there is nothing to say."""


def verdicts_at_a_glance(words: Words) -> Content:
    """The verdict on each headline claim, with the figure stated, the number of the time and the newest one.

    From the audit: the number is that of the finding which the verdict's own sentence cites.
    """
    return content_of(words, CLAIMS)


def content_of(words: Words, ids: Sequence[str]) -> Content:
    """The table of some claims, in the ledger's order."""
    audited = audit.committed()
    known = {verdict.claim.id for verdict in audited}
    missing = [name for name in ids if name not in known]
    if missing:
        raise InputError(f"no claim {missing[0]!r} to show", where=claims.CLAIMS, do="mend analysis/charts/overview.py")
    chosen = [verdict for verdict in audited if verdict.claim.id in ids]
    by_id = {(d.claim, d.definition): d for d in claims.definitions()}
    data: list[dict[str, object]] = []
    labels = _headers(words)
    releases: dict[tuple[str, str], None] = {}
    publishers: dict[str, None] = {}
    for verdict in chosen:
        own = [d for (name, _), d in by_id.items() if name == verdict.claim.id]
        row = _row(verdict)
        data.append(row)
        labels |= _texts(words, verdict, own)
        for finding in (verdict.cited, verdict.newest):
            for source, vintage in (finding.vintages if finding else {}).items():
                if source == HEADLINE:
                    publishers.setdefault(_publisher(words, headlines.by_id(vintage)))
                else:
                    releases.setdefault((source, vintage))
    counted = {name: sum(v.verdict == name for v in chosen) for name in VERDICTS}
    named = verdict_names(words)
    parts = [_count(words, name, number) for name, number in counted.items() if number]
    title = words(
        "{count} headline statements: {verdicts}",
        count=words.number(len(chosen)),
        verdicts=words.enumerated(parts),
    )
    alt = words(
        "A table of {count} headline statements of the report with the verdict on each.",
        count=words.number(len(chosen)),
    )
    for name, number in counted.items():
        if number:
            about = [words(v.claim.about) for v in chosen if v.verdict == name]
            alt += words.space + words(
                "{verdict}: {statements}.", verdict=_capital(named[name]), statements=words.listed(about)
            )
    said = [_meanings(words)[name] for name, number in counted.items() if number and name in _meanings(words)]
    if any(row["fit"] == "proxy" for row in data):
        said.append(words("Proxy: counts something near the statement."))
    if any(row["later"] == "none" for row in data):
        said.append(words("{dash} Nothing newer by the report's own definition.", dash=NONE))
    if any(row["when"] == STAND_IN for row in data):
        said.append(words("* The nearest later release stands in: none of the time is held."))
    if len(chosen) < len(audited):
        shown = {"count": words.number(len(chosen)), "all": words.number(len(audited))}
        said.append(words("{count} of {all} statements are shown.", **shown))
    return Content(
        title=title,
        subtitle=words("What the report states, what the data of the time said, and what the newest release says."),
        alt=alt,
        data=pd.DataFrame(data),
        releases=tuple(releases),
        source_line=source_line(
            words,
            tuple(releases),
            tuple(p for p in publishers if p not in {publisher(words, source) for source, _ in releases}),
        ),
        notes=(words.run(said),),
        claims=tuple(verdict.claim.id for verdict in chosen),
        labels=labels,
    )


def _publisher(words: Words, stated: headlines.Headline) -> str:
    """The publisher of a headline, short where it is one whose tables are held."""
    sources = {name: table for table, name in TABLES.items()}
    known = sources.get(stated.publisher)
    return publisher(words, known) if known else words(stated.publisher)


def _row(verdict: Verdict) -> dict[str, object]:
    cited, newest = verdict.cited, verdict.newest
    return {
        "claim": verdict.claim.id,
        "paragraph": verdict.claim.paragraph,
        "relation": verdict.claim.relation,
        "figure": verdict.claim.value,
        "low": cited.low if cited else None,
        "value": cited.value if cited else None,
        "high": cited.high if cited else None,
        "reference": cited.compared_with if cited else None,
        "when": cited.when if cited else "",
        "fit": cited.fit if cited else "",
        "verdict": verdict.verdict,
        "later": verdict.later,
        "later_value": newest.value if newest else None,
        "flips": len(verdict.flips),
        "definitions": len(verdict.answers),
        "source": " ".join(cited.vintages) if cited else "",
        "vintage": " ".join(cited.vintages.values()) if cited else "",
        "later_vintage": " ".join(newest.vintages.values()) if newest else "",
    }


def _headers(words: Words) -> dict[str, str]:
    return {
        "head paragraph": words("Para."),
        "head about": words("Statement"),
        "head figure": words("Its figure"),
        "head value": words("Data of the time"),
        "head verdict": words("Verdict"),
        "head later": words("Newest data"),
        "head flips": words("Definitions that say otherwise"),
    }


def _texts(words: Words, verdict: Verdict, own: Sequence[Definition]) -> dict[str, str]:
    """The cells of a row; what stands after a line break is in small print."""
    claim, cited, newest = verdict.claim, verdict.cited, verdict.newest
    definition = next((d for d in own if cited and d.definition == cited.definition), own[0] if own else None)
    cells = {
        "paragraph": words.number(claim.paragraph),
        "about": words(claim.about),
        "figure": figure_of(words, claim, definition, own),
        "value": NONE if cited is None else f"{_value(words, claim, cited)}\n{_origin(words, cited)}",
        "verdict": _capital(verdict_names(words)[verdict.verdict]),
        "later": NONE,
        "flips": flips_of(words, verdict),
    }
    if newest is not None and verdict.later != "none":
        said = words("holds") if verdict.later == "holds" else words("fails")
        cells["later"] = f"{said}\n{_number(words, claim, newest.value)}"
    return {f"{claim.id} {column}": text for column, text in cells.items()}


def _number(words: Words, claim: Claim, value: float | None) -> str:
    if value is None:
        return NONE
    return words.percent(value) if claim.unit == "share" else words.number(value)


def figure_of(words: Words, claim: Claim, definition: Definition | None, own: Sequence[Definition]) -> str:
    """What the claim commits to, as a number and its relation."""
    against = definition.against.replace("-", "–") if definition else ""
    if claim.relation == "highest_since":
        return words("more than in any year of {years}", years=against)
    if claim.relation == "more_than":
        return words("more than in {year}", year=against)
    if claim.relation == "third":
        return words("a third")
    if claim.relation == "majority":
        return words("a majority")
    if claim.relation == "none":
        return words("no figure")
    if claim.value is None:
        readings = sorted({d.threshold for d in own if d.threshold is not None})
        figure = format_list([_threshold(words, claim, r) for r in readings], style="or", locale=words.locale)
    else:
        figure = _number(words, claim, claim.value)
    return with_relation(words, claim, figure)


def _threshold(words: Words, claim: Claim, value: float) -> str:
    return words.percent(value, 0) if claim.unit == "share" else words.number(value)


def _value(words: Words, claim: Claim, finding: Finding) -> str:
    value = _number(words, claim, finding.value)
    if claim.relation not in COMPARISONS or finding.compared_with is None:
        return value
    shown = {"value": value, "reference": _number(words, claim, finding.compared_with)}
    year = _year(finding)
    if year is None:
        return words("{value} against {reference}", **shown)
    return words("{value} against {reference} ({year})", **shown, year=year)


def _year(finding: Finding) -> int | None:
    """The year that a finding's number is compared with, where it is one or begins with one."""
    assert finding.reference is not None
    year = finding.reference.year or finding.reference.first
    return year if year is not None and year <= 9999 else None


def _origin(words: Words, finding: Finding) -> str:
    """Publisher and release of a finding, with what a reader must know of it."""
    if finding.is_headline:
        stated = headlines.by_id(finding.vintages[HEADLINE])
        return words(
            "{publisher}, stated {date}", publisher=_publisher(words, stated), date=words.date(stated.published)
        )
    parts = by_publisher(words, list(finding.vintages.items()))
    if finding.fit == "proxy":
        parts.append(words("proxy"))
    return words.listed(parts) + (" *" if finding.when == STAND_IN else "")


def flips_of(words: Words, verdict: Verdict) -> str:
    """How many definitions say otherwise, of those that answer; both ways if they are split."""
    answers = verdict.answers
    if not answers:
        return NONE
    if verdict.is_split:
        shown = {name: words.number(sum(name in said for said in answers.values())) for name in (YES, NO)}
        return words("split: {yes} yes, {no} no", **shown)
    return words("{flips} of {all}", flips=words.number(len(verdict.flips)), all=words.number(len(answers)))


def _count(words: Words, verdict: str, number: int) -> str:
    if verdict == SUPPORTED:
        return words.plural("{count} supported", "{count} supported", number)
    if verdict == REVISED:
        return words.plural("{count} revised", "{count} revised", number)
    if verdict == CONTESTED:
        return words.plural("{count} contested", "{count} contested", number)
    if verdict == NOT_SUPPORTED:
        return words.plural("{count} not supported", "{count} not supported", number)
    return words.plural("{count} not testable", "{count} not testable", number)


def _meanings(words: Words) -> dict[str, str]:
    """What the verdicts mean that do not say so by their name."""
    return {
        REVISED: words("Revised: held by the data of the time, not by the newest."),
        CONTESTED: words("Contested: definitions disagree, or only proxies speak and say no."),
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# The drawing: a table, laid out in pixels

COLUMNS = {
    "paragraph": 0.045,
    "about": 0.27,
    "figure": 0.145,
    "value": 0.235,
    "verdict": 0.13,
    "later": 0.095,
    "flips": 0.08,
}
"""Column -> its part of the width."""

LINE = 1.32
"""Height of a line in its font size."""

SMALL = 0.86
"""Size of small print in the size of the row."""

SCALES = tuple(0.6 + 0.025 * step for step in range(21))
"""The sizes of a row's text that are tried, in the format's small text: below the least nobody can read the table."""


@dataclass(frozen=True)
class Cell:
    """The lines of a cell, each with its size in points."""

    lines: tuple[tuple[str, float], ...]

    @property
    def height(self) -> float:
        """In points."""
        return sum(LINE * points for _, points in self.lines)


@dataclass(frozen=True)
class Layout:
    """The table at one size of text: the size in points, the header, and the cells of each row."""

    points: float
    head: Mapping[str, Cell]
    rows: Sequence[Mapping[str, Cell]]

    @property
    def heights(self) -> list[float]:
        """Of the header and of each row, in points."""
        return [max(cell.height for cell in row.values()) + 0.3 * self.points for row in (self.head, *self.rows)]


def _laid_out(content: Content, started: Frame, height: float) -> Layout:
    """The table at the largest size of text at which all rows fit into the height (in points)."""
    figure, small = started.figure, started.size.small
    total = (started.right - started.left) * figure.bbox.width
    dots = figure.dpi / 72
    # Measuring text is slow, and most cells are one line at every size: so each is measured once.
    lengths = {part: width(figure, part, small) for text in content.labels.values() for part in text.split("\n")}

    def cell(text: str, points: float, room: float) -> Cell:
        lines: list[tuple[str, float]] = []
        for number, part in enumerate(text.split("\n")):
            size = points if number == 0 else SMALL * points
            is_short = lengths[part] * size / small < 0.98 * room
            lines += [(line, size) for line in ([part] if is_short else wrap(figure, part, size, room, started.words))]
        return Cell(tuple(lines))

    @cache
    def at(scale: float) -> Layout:
        points = scale * small
        rooms = {name: part * total - 0.9 * points * dots for name, part in COLUMNS.items()}
        rooms["verdict"] -= 1.5 * points * dots
        head = {name: cell(content.labels[f"head {name}"], SMALL * points, rooms[name]) for name in COLUMNS}
        rows = [
            {name: cell(content.labels[f"{claim} {name}"], points, rooms[name]) for name in COLUMNS}
            for claim in content.data["claim"]
        ]
        return Layout(points, head, rows)

    fitting = bisect_left(SCALES, True, key=lambda scale: sum(at(scale).heights) > height)
    if fitting == 0:
        raise InputError(f"{len(content.data)} rows do not fit this size", do="show fewer claims, or a larger size")
    return at(SCALES[fitting - 1])


def _draw_verdicts_at_a_glance(content: Content, started: Frame) -> None:
    figure = started.figure
    dots = figure.dpi / 72
    axes = figure.add_axes((started.left, started.bottom, started.right - started.left, started.top - started.bottom))
    axes.set_axis_off()
    box = axes.get_window_extent()
    axes.set_xlim(0, box.width)
    axes.set_ylim(0, box.height / dots)
    table = _laid_out(content, started, box.height / dots)
    points, heights = table.points, table.heights
    spare = min((box.height / dots - sum(heights)) / len(heights), 0.9 * points)
    top = box.height / dots
    paragraphs = ["", *content.data["paragraph"].astype(str)]
    for number, (row, height) in enumerate(zip((table.head, *table.rows), heights, strict=True)):
        top -= height + spare
        middle = top + (height + spare) / 2
        x = 0.0
        for name, part in COLUMNS.items():
            left = x + (1.5 * points * dots if name == "verdict" and number else 0)
            tone = SOFT if number == 0 or name == "paragraph" else INK
            if number and name == "later" and content.data["later"].iloc[number - 1] == "fails":
                tone = ACCENT
            _write(axes, started, row[name], left, middle, tone)
            if name == "verdict" and number:
                _mark(axes, started, str(content.data["verdict"].iloc[number - 1]), x, middle, points)
            x += part * box.width
        last = number == len(table.rows)
        if not last:
            parted = number == 0 or paragraphs[number] != paragraphs[number + 1]
            axes.axhline(top, color=CONTEXT if parted else GRID, linewidth=0.08 * points)


def _write(axes: Axes, started: Frame, cell: Cell, left: float, middle: float, tone: str) -> None:
    """A cell's lines around the middle of its row; mirrored where the script runs from right to left."""
    mirrored = started.words.right_to_left
    x = axes.get_xlim()[1] - left if mirrored else left
    y = middle + cell.height / 2
    first = cell.lines[0][1]
    for text, points in cell.lines:
        y -= LINE * points
        colour = tone if points == first else SOFT
        axes.text(x, y + 0.3 * points, text, fontsize=points, color=colour, ha="right" if mirrored else "left")


def _mark(axes: Axes, started: Frame, verdict: str, left: float, middle: float, points: float) -> None:
    shape, face, edge = MARKS[verdict]
    dots = started.figure.dpi / 72
    x = left + 0.5 * points * dots
    axes.plot(
        axes.get_xlim()[1] - x if started.words.right_to_left else x,
        middle,
        marker=shape,
        markersize=(0.72 if shape == "D" else 0.9) * points,
        markerfacecolor=face,
        markeredgecolor=edge,
        markeredgewidth=0.11 * points,
        clip_on=False,
    )


CHARTS = {"verdicts_at_a_glance": Chart(content=verdicts_at_a_glance, draw=_draw_verdicts_at_a_glance)}
