"""How a specification curve is drawn: the curve above, the matrix of definitions, releases and times below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.audit.claims import NO, UNKNOWN, YES
from analysis.audit.findings import LATER, STAND_IN, THEN
from analysis.charts.answers import mark, points_in
from analysis.charts.contents import Content
from analysis.charts.style import ACCENT, CONTEXT, GRID, INK, PALE, PAPER, SOFT, Frame, room, wrap
from analysis.errors import InputError
from analysis.tell.languages import Words

WIDE = 30
"""A largest value so many times the smallest needs a logarithmic axis."""

AND = " + "
"""Between the publishers' releases of one finding, in the data's column ``releases``."""

TIMES = (THEN, STAND_IN, LATER)

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
    data = content.data
    parts: list[tuple[str, str, pd.Series]] = []
    for label in data.sort_values("value", kind="stable")["label"].drop_duplicates():
        parts.append(("definition", label, data["label"].eq(label)))
    for label, chosen in _releases(data):
        parts.append(("release", label, chosen))
    for time in TIMES:
        if data["when"].eq(time).any():
            parts.append(("time", content.labels[time], data["when"].eq(time)))
    return [
        Row(
            tuple(wrap(started.figure, text, points, pixels, started.words)),
            tuple(int(column) for column in np.flatnonzero(chosen.to_numpy())),
            part,
        )
        for part, text, chosen in parts
    ]


def _releases(data: pd.DataFrame) -> list[tuple[str, pd.Series]]:
    """Each publisher's release and the findings that rest on it, in order of publication.

    A finding of two publishers stands in a row of each: their pairs would be more than fit under a curve.
    """
    found: dict[str, list[int]] = {}
    published: dict[str, str] = {}
    for row in data.itertuples():
        for label in str(row.releases).split(AND):
            found.setdefault(label, []).append(int(str(row.Index)))
            published[label] = min(published.get(label, "9"), str(row.published))
    order = sorted(found, key=lambda label: (published[label], label))
    return [(label, pd.Series(data.index.isin(found[label]), index=data.index)) for label in order]


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


def draw_specification_curve(content: Content, started: Frame) -> None:
    """Draw the findings of ``content`` and their matrix; the reason in words where there are none."""
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
    air = points_in(started, 0.7 * size.small)[1]
    lower = figure.add_axes((left, started.bottom, started.right - left, split - started.bottom))
    places = content.data["place"]
    span = max(int(places.max()) + 1, 6)
    lower.set_xlim(-0.5, span - 0.5)
    _draw_matrix(lower, content, started, rows, points)
    step = (started.right - left) / span
    first = None
    for panel, some in content.data.groupby("panel"):
        start, end = int(some["place"].min()), int(some["place"].max()) + 1
        if panel == content.data["panel"].max():
            end = span
        box = (left + start * step, split + air, (end - start) * step, started.top - split - air)
        upper = figure.add_axes(box)
        upper.set_xlim(start - 0.5, end - 0.5)
        upper.set_xticks([])
        _draw_curve(upper, content, started, some)
        if first is None:
            first = upper
            _label_left(upper, content, started)
        else:
            upper.set_yticklabels([])
    _label_ends(figure.axes, content, started)


def _draw_matrix(axes: Axes, content: Content, started: Frame, rows: Sequence[Row], points: float) -> None:
    axes.set_axis_off()
    axes.set_ylim(0, _height(rows, points))
    places = [int(place) for place in content.data["place"]]
    span = axes.get_window_extent().width / (axes.get_xlim()[1] - axes.get_xlim()[0]) * 72 / started.figure.dpi
    dot = min(0.9 * points, 0.8 * span)
    y = _height(rows, points)
    part = ""
    for row in rows:
        if row.part != part:
            y -= 0.6 * points
            axes.plot([-0.5, max(places) + 0.5], [y + 0.3 * points] * 2, color=GRID, linewidth=0.08 * points)
            part = row.part
        middle = y - _row_height(row, points) / 2
        y -= _row_height(row, points)
        others = [place for column, place in enumerate(places) if column not in row.columns]
        axes.plot(others, [middle] * len(others), linestyle="none", marker=".", markersize=0.22 * dot, color=PALE)
        for column in row.columns:
            mark(axes, places[column], middle, str(content.data["holds"].iloc[column]), dot)
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


def _draw_curve(axes: Axes, content: Content, started: Frame, some: pd.DataFrame) -> None:
    """A panel: its findings, on the scale that all panels share."""
    data, size, labels = content.data, started.size, content.labels
    lowest, highest = extent(data)
    wide = is_wide(data)
    rank = labels["scale"] == "rank"
    if rank:
        axes.set_ylim(highest + 0.5, lowest - 0.7)
    elif wide:
        axes.set_yscale("log")
        axes.set_ylim(lowest / 1.5, highest * (highest / lowest) ** 0.16)
    else:
        floor = floor_of(data)
        axes.set_ylim(floor, highest + 0.16 * ((highest - floor) or 1.0))
    _draw_bound(axes, data, some)
    for _, row in some.iterrows():
        place = float(row["place"])
        if pd.notna(row["low"]):
            axes.plot([place, place], [row["low"], row["high"]], color=CONTEXT, linewidth=0.16 * size.small, zorder=2)
        mark(axes, place, row["value"], row["holds"], 0.95 * size.small)
    axes.tick_params(axis="y", labelsize=size.small, length=0)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_color(PALE)
    ticks = [float(rank) for rank in sorted(set(data["value"]))] if rank else _ticks(axes, wide)
    axes.set_yticks(ticks, [number(started.words, tick, labels) for tick in ticks], minor=False)
    axes.set_yticks([], minor=True)


def _ticks(axes: Axes, wide: bool) -> list[float]:
    low, high = axes.get_ylim()
    if wide:
        powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
        steps = (1, 3) if high / low < 1000 else (1,)
        ticks = [step * 10.0**power for power in powers for step in steps]
        return [tick for tick in ticks if low <= tick <= high]
    return [float(tick) for tick in axes.get_yticks() if low <= tick <= high][:: 2 if len(axes.get_yticks()) > 7 else 1]


def _draw_bound(axes: Axes, data: pd.DataFrame, some: pd.DataFrame) -> None:
    """The claim's figure: a line where one number does for all, a stroke each where definitions read it otherwise."""
    bounds = ["fits_from", "fits_to"]
    alike = len(data[bounds].drop_duplicates()) == 1
    ends = [(some["place"].min() - 0.5, some["place"].max() + 0.5)]
    drawn = some.head(1) if alike else some
    for place, bound in zip(drawn["place"], drawn[bounds].to_numpy(), strict=True):
        start, stop = ends[0] if alike else (place - 0.4, place + 0.4)
        if not np.isnan(bound).any():
            axes.fill_between([start, stop], *bound, color=ACCENT, alpha=0.14, linewidth=0, zorder=1)
        for y in bound[~np.isnan(bound)]:
            axes.plot([start, stop], [y, y], color=ACCENT, linewidth=1.2, linestyle=(0, (5, 2)), zorder=1)


def _label_ends(panels: Sequence[Axes], content: Content, started: Frame) -> None:
    """The numbers of the smallest and the largest finding."""
    data, size = content.data, started.size
    span = max(int(data["place"].max()) + 1, 6)
    for row in [data.loc[i] for i in dict.fromkeys((data["value"].idxmin(), data["value"].idxmax()))]:
        place = float(row["place"])
        axes = next(a for a in panels if a.get_xlim()[0] < place < a.get_xlim()[1] and a.axison)
        side = "left" if place + 0.5 < 0.12 * span else "right" if place + 0.5 > 0.88 * span else "center"
        axes.annotate(
            number(started.words, row["value"], content.labels),
            (place + {"left": -0.4, "center": 0.0, "right": 0.4}[side], np.nanmax([row["value"], row["high"]])),
            (0, 0.75 * size.small),
            textcoords="offset points",
            ha=side,
            va="bottom",
            fontsize=size.small,
            color=INK,
            zorder=3,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.06 * size.small, "alpha": 0.85},
            annotation_clip=False,
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
    overlay = figure.add_axes((0, 0, 1, 1), zorder=5, label="key")
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


def number(words: Words, value: float, labels: Mapping[str, str]) -> str:
    """A number of the axis: a ratio, a percentage, millions, or plain with a decimal where it is small.

    ``labels`` say which (``scale``), and how millions are written (``millions``).
    """
    scale = labels["scale"]
    if scale == "share":
        return words.percent(value, 0 if float(round(100 * value, 6)).is_integer() else 1)
    if scale == "millions":
        return labels["millions"].format(count=words.in_millions(value, 1))
    if float(value).is_integer() or value >= 100:
        return words.number(value)
    return words.number(value, 2 if scale == "ratio" and value < 10 and round(value, 1) != round(value, 9) else 1)


def extent(data: pd.DataFrame) -> tuple[float, float]:
    """The lowest and highest of everything that the upper panel shows."""
    ends = data[["low", "value", "high", "fits_from", "fits_to"]].to_numpy()
    return float(np.nanmin(ends)), float(np.nanmax(ends))


def is_wide(data: pd.DataFrame) -> bool:
    """Whether the scale is logarithmic."""
    lowest, highest = extent(data)
    return lowest > 0 and highest / lowest >= WIDE


def floor_of(data: pd.DataFrame) -> float:
    """Where the scale starts: zero, unless that would press everything into the upper part."""
    lowest, highest = extent(data)
    if lowest < 0.5 * highest:
        return 0.0
    return max(0.0, lowest - 0.15 * (highest - lowest or highest))
