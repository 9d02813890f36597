"""The specification curve: every finding on one claim, in order of size, and which definition and release each is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.answers import answer_of, mark, origins, points_in, release_of, verdict_on
from analysis.charts.content import Chart, Content, source_line
from analysis.charts.style import ACCENT, CONTEXT, GRID, INK, PALE, SOFT, Frame, room, width, wrap
from analysis.claims import COMPARISONS, NO, UNKNOWN, YES, Claim, window
from analysis.errors import InputError
from analysis.languages import Words
from analysis.outcomes import LATER, STAND_IN, THEN, UNTESTABLE, Finding, Verdict

DEFAULT = "civil_wars_third_party"
"""The claim whose findings differ most widely."""

TIMES = (THEN, STAND_IN, LATER)
LARGE = 5_000_000
"""From here on numbers are given in millions."""

WIDE = 30
"""A largest value so many times the smallest needs a logarithmic axis."""


def specification_curve(words: Words, claim: str) -> Content:
    """Every finding on a claim in order of size, with its band, answer, definition and release, and the claim's figure.

    From the audit (``findings(claim)``). A comparison is shown as a ratio: the number that the claim
    is about, over the number that it is compared with.
    """
    verdict = verdict_on(claim)
    stated = verdict.claim
    found = [finding for finding in verdict.findings if _drawn(stated, finding)]
    data = _rows(words, verdict, found)
    releases, publishers = origins(words, found)
    answers = {name: sum(f.holds == name for f in found) for name in (YES, NO, UNKNOWN)}
    shown = {"about": words(stated.about), "count": words.number(len(found))}
    return Content(
        title=_title(words, stated, answers),
        subtitle=_subtitle(words, data) if found else words("No data held says yes or no."),
        alt=_alt(words, verdict, data, answers),
        data=data,
        releases=releases,
        source_line=source_line(words, releases, publishers or (() if found else ("data/claims.csv",))),
        notes=_notes(words, verdict, found),
        claims=(claim,),
        labels={
            "unit": _unit(words, stated, shown),
            "bound": _bound(words, stated, found),
            "empty": "" if found else words(stated.note) or words("No data held says yes or no."),
            YES: words("says yes"),
            NO: words("says no"),
            UNKNOWN: words("decides nothing"),
            "unit of numbers": _scale(stated, data),
        },
    )


def _drawn(claim: Claim, finding: Finding) -> bool:
    """Whether a finding has a place on the axis: a comparison needs something to be compared with."""
    return finding.value is not None and (claim.relation not in COMPARISONS or bool(finding.reference))


def _rows(words: Words, verdict: Verdict, found: Sequence[Finding]) -> pd.DataFrame:
    """One row a finding, in order of size: what is drawn of it, in the claim's unit or as a ratio."""
    claim = verdict.claim
    fits = {finding.fit for finding in found}
    rows = []
    for finding in found:
        over = finding.reference if claim.relation in COMPARISONS else None
        value, low, high = (
            None if number is None else number / (over or 1.0) for number in (finding.value, finding.low, finding.high)
        )
        low, high = (None, None) if low is None or high is None else (low, high)
        lowest, highest = (None, None)
        if claim.relation in COMPARISONS:
            lowest = 1.0
        elif finding.threshold is not None or claim.relation != "none":
            lowest, highest = (None if np.isinf(end) else end for end in window(claim, None, finding.threshold))
        label = words(finding.label)
        if len(fits) > 1 and finding.fit != "direct":
            label += " " + (words("(proxy)") if finding.fit == "proxy" else words("(floor)"))
        rows.append(
            {
                "definition": finding.definition,
                "label": label,
                "release": release_of(words, finding.vintages),
                "published": finding.published[0],
                "when": finding.when,
                "fit": finding.fit,
                "holds": finding.holds,
                "low": low,
                "value": value,
                "high": high,
                "fits_from": lowest,
                "fits_to": highest,
                "source": " ".join(finding.vintages),
                "vintage": " ".join(finding.vintages.values()),
            }
        )
    columns = "definition label release published when fit holds low value high fits_from fits_to source vintage"
    data = pd.DataFrame(rows, columns=columns.split())
    numbers = ["low", "value", "high", "fits_from", "fits_to"]
    data[numbers] = data[numbers].astype(float)
    return data.sort_values(["value", "published", "definition"], kind="stable", ignore_index=True)


def _title(words: Words, claim: Claim, answers: Mapping[str, int]) -> str:
    about, count = words(claim.about), sum(answers.values())
    shown = {"about": about, **{name: words.number(number) for name, number in answers.items()}}
    if not count:
        return words("{about}: no finding, since no data held can test it", about=about)
    if not answers[YES] and not answers[NO]:
        return words.plural(
            "{about}: {count} finding, which decides nothing",
            "{about}: {count} findings, which decide nothing",
            count,
            about=about,
        )
    if answers[YES] == count:
        return words.plural(
            "{about}: the one finding says yes", "{about}: all {count} findings say yes", count, about=about
        )
    if answers[NO] == count:
        return words.plural("{about}: the one finding says no", "{about}: all {count} findings say no", count, about=about)
    shown["count"] = words.number(count)
    if not answers[UNKNOWN]:
        return words("{about}: yes by {yes} of {count} findings, no by {no}", **shown)
    return words("{about}: yes by {yes} of {count} findings, no by {no}, undecided by {unknown}", **shown)


def _subtitle(words: Words, data: pd.DataFrame) -> str:
    parts = [words("Each column is a finding: one definition, measured on one release.")]
    if data["low"].notna().any():
        parts.append(words("Bars: from low to high, where both are complete."))
    if _is_wide(data):
        parts.append(words("The scale is logarithmic."))
    elif _floor(data) > 0:
        parts.append(words("The scale does not start at zero."))
    return " ".join(parts)


def _alt(words: Words, verdict: Verdict, data: pd.DataFrame, answers: Mapping[str, int]) -> str:
    claim = verdict.claim
    if data.empty:
        return words(
            "A note instead of a figure: no data held can test the statement. {note}", note=words(verdict.claim.note)
        )
    first, last = data.iloc[0], data.iloc[-1]
    text = words.plural(
        "A specification curve with {count} finding on the statement: {about}.",
        "A specification curve with {count} findings on the statement: {about}.",
        len(data),
        about=words(claim.about),
    )
    values = {"low": _said(words, claim, first["value"], data), "high": _said(words, claim, last["value"], data)}
    values |= {"lowest": first["label"], "highest": last["label"]}
    values |= {"first": first["release"], "last": last["release"]}
    form = "They run from {low} ({lowest}, {first}) to {high} ({highest}, {last})."
    if claim.relation in COMPARISONS:
        form = "As multiples of what is compared with, they run from {low} ({lowest}, {first}) to {high} ({highest}, {last})."
    text += " " + words(form, **values)
    counts = {name: words.number(number) for name, number in answers.items()}
    return text + " " + words("Yes: {yes}; no: {no}; undecided: {unknown}.", **counts)


def _notes(words: Words, verdict: Verdict, found: Sequence[Finding]) -> tuple[str, ...]:
    names = {"paragraph": verdict.claim.paragraph, "verdict": words(verdict.verdict)}
    notes = [words("Paragraph {paragraph} of the report; verdict: {verdict}.", **names)]
    fits = {finding.fit for finding in found}
    if fits == {"proxy"}:
        notes.append(words("All of it is a proxy: it counts something near the statement, not the same thing."))
    elif "proxy" in fits:
        notes.append(words("Proxy: counts something near the statement."))
    if "floor" in fits:
        notes.append(words("Floor: counts a part for certain, which can show that there is enough, never too little."))
    if verdict.claim.relation in COMPARISONS and any(f.low is not None and f.high is not None for f in found):
        notes.append(words("The bars' low and high are over the best estimate of what is compared with."))
    left = len(verdict.findings) - len(found)
    if left:
        notes.append(words.plural("{count} finding cannot be drawn.", "{count} findings cannot be drawn.", left))
    if verdict.verdict == UNTESTABLE and found and verdict.claim.note:
        notes.append(words(verdict.claim.note))
    return (" ".join(notes),)


def _unit(words: Words, claim: Claim, shown: Mapping[str, object]) -> str:
    unit = {
        "deaths": words("Deaths"),
        "persons": words("People"),
        "share": words("Share"),
        "actors": words("Actors"),
        "years": words("Years"),
        "drafts": words("Drafts"),
        "states": words("States"),
        "resolutions": words("Resolutions"),
        "rank": words("Place: 1 is the most deaths"),
    }.get(claim.unit, words(claim.unit) if claim.unit else "")
    if claim.relation in COMPARISONS:
        return words("{unit}: times what is compared with", unit=unit)
    return unit


def _bound(words: Words, claim: Claim, found: Sequence[Finding]) -> str:
    """What the line is: the claim's figure with its relation."""
    if claim.relation in COMPARISONS:
        return words("as many")
    if claim.relation == "third":
        return words("a third")
    if claim.relation == "majority":
        return words("a half")
    readings = {claim.value if finding.threshold is None else finding.threshold for finding in found} - {None}
    if claim.relation == "none" or not readings:
        return ""
    if len(readings) > 1:
        return words("the figure, as each definition reads it")
    (reading,) = readings
    figure = words.percent(reading, 0) if claim.unit == "share" else words.number(reading)
    form = {
        "about": "about {figure}",
        "over": "over {figure}",
        "at_least": "at least {figure}",
        "under": "under {figure}",
    }
    return words(form.get(claim.relation, "{figure}"), figure=figure)


def _scale(claim: Claim, data: pd.DataFrame) -> str:
    if claim.relation in COMPARISONS:
        return "ratio"
    if claim.unit == "share":
        return "share"
    return "millions" if not data.empty and data["value"].max() >= LARGE else "plain"


def _said(words: Words, claim: Claim, value: float, data: pd.DataFrame) -> str:
    return _number(words, value, _scale(claim, data))


def _number(words: Words, value: float, scale: str) -> str:
    """A number of the axis: a ratio, a percentage, millions, or plain with a decimal where it is small."""
    if scale == "share":
        return words.percent(value, 0 if float(round(100 * value, 6)).is_integer() else 1)
    if scale == "millions":
        return words("{count} m", count=words.number(value / 1e6, 1))
    if scale == "ratio":
        return words("{count} times", count=words.number(value, 0 if value >= 10 else 2))
    return words.number(value, 0 if value >= 100 or float(value).is_integer() else 1)


def _extent(data: pd.DataFrame) -> tuple[float, float]:
    """The lowest and highest of everything that the upper panel shows."""
    ends = data[["low", "value", "high", "fits_from", "fits_to"]].to_numpy()
    return float(np.nanmin(ends)), float(np.nanmax(ends))


def _is_wide(data: pd.DataFrame) -> bool:
    lowest, highest = _extent(data)
    return lowest > 0 and highest / lowest >= WIDE


def _floor(data: pd.DataFrame) -> float:
    """Where the scale starts: zero, unless that would press everything into the upper part."""
    lowest, highest = _extent(data)
    if lowest < 0.5 * highest:
        return 0.0
    return max(0.0, lowest - 0.15 * (highest - lowest or highest))


# The drawing: the curve above, the matrix of definitions, releases and times below


LABELS = 0.42
"""The part of the width that the names of the rows take."""

UPPER = 0.34
"""The least part of the height that the curve keeps."""

LINE = 1.27
"""Height of a line in its font size."""


@dataclass(frozen=True)
class Row:
    """A row of the matrix: its lines of text and the columns that are marked."""

    lines: tuple[str, ...]
    columns: tuple[int, ...]
    part: str


def _matrix(content: Content, started: Frame, points: float, pixels: float) -> list[Row]:
    """The rows of the matrix, their texts wrapped to a width at a size."""
    data, words = content.data, started.words
    times = {
        THEN: words("of the time: by 22 July 2016"),
        STAND_IN: words("stands in: the nearest later one"),
        LATER: words("later"),
    }
    parts: list[tuple[str, str, pd.Series]] = []
    for label in data.sort_values("value", kind="stable")["label"].drop_duplicates():
        parts.append(("definition", label, data["label"].eq(label)))
    for label in data.sort_values(["published", "release"], kind="stable")["release"].drop_duplicates():
        parts.append(("release", label, data["release"].eq(label)))
    for time in TIMES:
        if data["when"].eq(time).any():
            parts.append(("time", times[time], data["when"].eq(time)))
    return [
        Row(
            tuple(wrap(started.figure, text, points, pixels, words)),
            tuple(int(column) for column in np.flatnonzero(chosen.to_numpy())),
            part,
        )
        for part, text, chosen in parts
    ]


def _fitting(content: Content, started: Frame, height: float, pixels: float) -> tuple[float, list[Row]]:
    """The matrix at the largest size of text at which it leaves room for the curve (height in points)."""
    for step in range(15):
        points = started.size.small * (1.0 - 0.035 * step)
        rows = _matrix(content, started, points, pixels)
        if _height(rows, points) <= (1 - UPPER) * height:
            return points, rows
    raise InputError(
        f"{len(rows)} rows do not fit this size", do="draw it as a slide, or take fewer definitions and releases"
    )


def _height(rows: Sequence[Row], points: float) -> float:
    parts = len({row.part for row in rows})
    return sum(_row_height(row, points) for row in rows) + 0.6 * points * parts


def _row_height(row: Row, points: float) -> float:
    return (LINE * len(row.lines) + 0.12) * points


def _draw_specification_curve(content: Content, started: Frame) -> None:
    figure, size = started.figure, started.size
    if content.data.empty:
        pixels = 0.8 * (started.right - started.left) * figure.bbox.width
        text = "\n".join(wrap(figure, content.labels["empty"], size.text, pixels, started.words))
        figure.text(0.5, (started.top + started.bottom) / 2, text, ha="center", va="center", fontsize=size.text)
        return
    wide = started.right - started.left
    left = started.left + LABELS * wide
    height = (started.top - started.bottom) * size.height * 72
    gap = points_in(started, 0.8 * size.small)[0]
    points, rows = _fitting(content, started, height, (LABELS * wide - gap) * figure.bbox.width)
    split = started.bottom + _height(rows, points) / 72 / size.height
    columns = len(content.data)
    ends = (-0.5, max(columns, 6) - 0.5)
    lower = figure.add_axes((left, started.bottom, started.right - left, split - started.bottom))
    air = points_in(started, 0.7 * size.small)[1]
    upper = figure.add_axes((left, split + air, started.right - left, started.top - split - air))
    for axes in (upper, lower):
        axes.set_xlim(*ends)
        axes.set_xticks([])
    _draw_matrix(lower, content, started, rows, points)
    _draw_curve(upper, content, started)


def _draw_matrix(axes: Axes, content: Content, started: Frame, rows: Sequence[Row], points: float) -> None:
    axes.set_axis_off()
    axes.set_ylim(0, _height(rows, points))
    columns = len(content.data)
    span = axes.get_window_extent().width / (axes.get_xlim()[1] - axes.get_xlim()[0]) * 72 / started.figure.dpi
    dot = min(0.9 * points, 0.8 * span)
    y = _height(rows, points)
    part = ""
    for row in rows:
        if row.part != part:
            y -= 0.6 * points
            axes.plot([-0.5, columns - 0.5], [y + 0.3 * points] * 2, color=GRID, linewidth=0.08 * points)
            part = row.part
        middle = y - _row_height(row, points) / 2
        y -= _row_height(row, points)
        others = [column for column in range(columns) if column not in row.columns]
        axes.plot(others, [middle] * len(others), linestyle="none", marker=".", markersize=0.22 * dot, color=PALE)
        for column in row.columns:
            mark(axes, column, middle, str(content.data["holds"].iloc[column]), dot)
        axes.annotate(
            "\n".join(row.lines),
            (-0.5, middle),
            (-0.6 * started.size.small, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            fontsize=points,
            linespacing=0.92,
            color=INK,
            annotation_clip=False,
        )


def _draw_curve(axes: Axes, content: Content, started: Frame) -> None:
    data, size, labels = content.data, started.size, content.labels
    lowest, highest = _extent(data)
    wide = _is_wide(data)
    if wide:
        axes.set_yscale("log")
        axes.set_ylim(lowest / 1.5, highest * (highest / lowest) ** 0.16)
    else:
        floor = _floor(data)
        axes.set_ylim(floor, highest + 0.16 * ((highest - floor) or 1.0))
    _draw_bound(axes, data)
    for column, row in data.iterrows():
        if pd.notna(row["low"]):
            axes.plot([column, column], [row["low"], row["high"]], color=CONTEXT, linewidth=0.16 * size.small, zorder=2)
        mark(axes, float(column), row["value"], row["holds"], 0.95 * size.small)  # type: ignore[arg-type]
    axes.tick_params(axis="y", labelsize=size.small, length=0)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_color(PALE)
    ticks = _ticks(axes, wide)
    axes.set_yticks(ticks, [_number(started.words, tick, labels["unit of numbers"]) for tick in ticks], minor=False)
    axes.set_yticks([], minor=True)
    _label_ends(axes, content, started)
    _label_left(axes, content, started)


def _ticks(axes: Axes, wide: bool) -> list[float]:
    low, high = axes.get_ylim()
    if wide:
        powers = range(int(np.ceil(np.log10(low))), int(np.floor(np.log10(high))) + 1)
        return [float(10**power) for power in powers]
    return [float(tick) for tick in axes.get_yticks() if low <= tick <= high][:: 2 if len(axes.get_yticks()) > 7 else 1]


def _draw_bound(axes: Axes, data: pd.DataFrame) -> None:
    """The claim's figure: a line where one number does for all, a stroke each where definitions read it otherwise."""
    bounds = data[["fits_from", "fits_to"]].drop_duplicates()
    end = len(data) - 0.5
    for _, bound in bounds.iterrows():
        where = data["fits_from"].eq(bound["fits_from"]) if pd.notna(bound["fits_from"]) else data["fits_from"].isna()
        columns = [float(column) for column in data.index[where]]
        spans = [(-0.5, end)] if len(bounds) == 1 else [(column - 0.4, column + 0.4) for column in columns]
        for start, stop in spans:
            if bound.notna().all():
                axes.fill_between([start, stop], *bound, color=ACCENT, alpha=0.14, linewidth=0, zorder=1)
            for y in bound.dropna():
                axes.plot([start, stop], [y, y], color=ACCENT, linewidth=1.2, linestyle=(0, (5, 2)), zorder=1)


def _label_ends(axes: Axes, content: Content, started: Frame) -> None:
    """The numbers of the smallest and the largest finding."""
    data, size = content.data, started.size
    crowded = len(data) >= 6
    for column, side in ((0, "left"), (len(data) - 1, "right"))[: len(data)]:
        row = data.iloc[column]
        axes.annotate(
            _number(started.words, row["value"], content.labels["unit of numbers"]),
            (column + (0 if not crowded else -0.4 if side == "left" else 0.4), np.nanmax([row["value"], row["high"]])),
            (0, 0.75 * size.small),
            textcoords="offset points",
            ha=side if crowded else "center",
            va="bottom",
            fontsize=size.small,
            color=INK,
        )


def _label_left(axes: Axes, content: Content, started: Frame) -> None:
    """Beside the scale: what it counts, what the marks mean, and what the line is."""
    figure, size, labels, words = started.figure, started.size, content.labels, started.words
    box = axes.get_position()
    small = size.small
    dx, dy = points_in(started, small)
    ticks = room(started, [text.get_text() for text in axes.get_yticklabels()] or [""], small) + 0.8 * dx
    free = box.x0 - started.left - ticks
    pixels = 0.5 * free * figure.bbox.width
    y = box.y1
    for line in wrap(figure, labels["unit"], small, pixels, words):
        figure.text(started.left, y, line, fontsize=small, color=SOFT, ha="left", va="top")
        y -= 1.35 * dy
    y -= 0.35 * dy
    overlay = figure.add_axes((0, 0, 1, 1), zorder=5)
    overlay.set_axis_off()
    overlay.patch.set_visible(False)
    overlay.set_xlim(0, 1)
    overlay.set_ylim(0, 1)
    for answer in (YES, NO, UNKNOWN):
        if content.data["holds"].eq(answer).any():
            mark(overlay, started.left + 0.5 * dx, y - 0.62 * dy, answer, 0.95 * small)
            figure.text(started.left + 1.4 * dx, y, labels[answer], fontsize=small, color=INK, ha="left", va="top")
            y -= 1.45 * dy
    if not labels["bound"]:
        return
    bounds = content.data[["fits_from", "fits_to"]].drop_duplicates()
    at = float(bounds.mean(axis=1).iloc[0]) if len(bounds) == 1 else float(np.nanmean(bounds.to_numpy()))
    lines = wrap(figure, labels["bound"], small, 0.44 * free * figure.bbox.width, words)
    middle = figure.transFigure.inverted().transform(axes.transData.transform((0, at)))[1]
    half = 0.7 * len(lines) * dy
    figure.text(
        box.x0 - ticks - 0.3 * dx,
        min(max(middle, box.y0 + half), box.y1 - half),
        "\n".join(lines),
        fontsize=small,
        color=ACCENT,
        ha="right",
        va="center",
        linespacing=0.92,
    )


CHARTS = {"specification_curve": Chart(content=specification_curve, draw=_draw_specification_curve, claim=DEFAULT)}
