"""Then and now: the report's headline measures in its year and in their newest, and whether its words still fit."""

import math
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from analysis.audit import claims
from analysis.audit.claims import NO, UNKNOWN, YES, Claim
from analysis.audit.then_and_now import measured
from analysis.audit.then_and_now import then_and_now as measures
from analysis.charts.answers import mark, short, stated_figure
from analysis.charts.contents import Content, source_line
from analysis.charts.style import ACCENT, CONTEXT, GRID, INK, PALE, SOFT, Chart, Frame, width, wrap
from analysis.charts.ucdp import ALL_DYADS
from analysis.errors import InputError
from analysis.tell.languages import Words

BLOCKS = ("yearly", "all_dyads", "displaced")
"""The parts of the figure; UCDP's two families of data share none."""


def then_and_now(words: Words) -> Content:
    """The report's headline measures in its year and in their newest, both by the newest release that gives them.

    From ``analysis.audit.then_and_now``: the definitions on which the verdicts rest, with their years moved on.
    """
    data = measures()
    data.insert(0, "block", [_block(one.now.vintages) for one in measured()])
    data["ratio"] = [now / then if then and now else None for then, now in zip(data["then"], data["now"], strict=True)]
    order = pd.Categorical(data["block"], BLOCKS, ordered=True)
    data = data.assign(order=order).sort_values("order", kind="stable", ignore_index=True).drop(columns="order")
    counts = {answer: int(data["holds_today"].eq(answer).sum()) for answer in (YES, NO, UNKNOWN)}
    blocks = sorted(measured(), key=lambda one: BLOCKS.index(_block(one.now.vintages)))
    releases = tuple(dict.fromkeys(pair for one in blocks for pair in one.now.vintages.items()))
    labels = {
        "yearly": words("UCDP's yearly data"),
        "all_dyads": words("UCDP's data of all dyads, not comparable with the yearly data"),
        "displaced": words("UNHCR, UNRWA and IDMC, end of year"),
        "head report": words("Fits if"),
        "head then": words("Then"),
        "head now": words("Newest"),
        "head ratio": words("Newest ÷ then"),
        "head holds": words("Fits?"),
    }
    ledger = {claim.id: claim for claim in claims.claims()}
    for place, row in data.iterrows():
        what = str(row["what"])
        labels |= {
            f"{place} what": words(what) + (" *" if row["fit"] == "proxy" else ""),
            f"{place} report": _report(words, ledger[row["claim"]], row["threshold"]),
            f"{place} holds": _answer(words, row["held_then"], row["holds_today"]),
            f"{place} then": words(
                "{years}: {value}", years=_years(row["then_year"]), value=_number(words, row, "then")
            ),
            f"{place} now": words("{years}: {value}", years=_years(row["now_year"]), value=_number(words, row, "now")),
        }
    notes = [
        words("Fits: the report's sentence, with its figure, read with the newest year in the place of its own."),
        words("Nor then: it did not fit in the report's own year either, by the newest release."),
        words("* A proxy: it counts something near the statement."),
    ]
    if counts[UNKNOWN]:
        notes.append(words("Open: a part of all, which cannot show that there is too little."))
    return Content(
        title=_title(words, counts),
        subtitle=words(
            "The same measure in the report's year and in the newest held, both by the newest release. "
            "The scale is logarithmic."
        ),
        alt=_alt(words, data, labels, counts),
        data=data,
        releases=releases,
        source_line=source_line(words, releases),
        notes=(words.run(notes),),
        claims=tuple(dict.fromkeys(data["claim"])),
        labels=labels,
    )


def _answer(words: Words, then: str, now: str) -> str:
    """Whether the report's sentence fits the newest year, and what that was like in its own."""
    if now == UNKNOWN:
        return words("open")
    if now == YES:
        return words("yes") if then != NO else words("now yes")
    return words("no longer") if then == YES else words("nor then")


def _report(words: Words, claim: Claim, threshold: float | None) -> str:
    """What the report commits to, in a word or two."""
    if claim.relation == "highest_since":
        return words("the highest")
    if claim.relation == "more_than":
        return words("more than before")
    if claim.relation == "majority":
        return words("a majority")
    return stated_figure(words, claim, None if pd.isna(threshold) else threshold)


def _block(vintages: Mapping[str, str]) -> str:
    if ALL_DYADS in vintages:
        return "all_dyads"
    return "yearly" if any(source.startswith("ucdp_") for source in vintages) else "displaced"


def _years(years: str) -> str:
    return years.replace("-", "–")


def _number(words: Words, row: Mapping[str, object], column: str) -> str:
    value = float(row[column])  # type: ignore[arg-type]
    if row["unit"] == "share":
        return words.percent(value)
    return short(words, value)


def _title(words: Words, counts: Mapping[str, int]) -> str:
    shown = {
        "count": words.number(sum(counts.values())),
        "yes": words.number(counts[YES]),
        "no": words.number(counts[NO]),
        "open": words.number(counts[UNKNOWN]),
    }
    if counts[UNKNOWN]:
        return words(
            "Of {count} measures brought up to date, {yes} fit what the report says and {no} do not; undecided: {open}",
            **shown,
        )
    return words("Of {count} measures brought up to date, {yes} fit what the report says and {no} do not", **shown)


def _alt(words: Words, data: pd.DataFrame, labels: Mapping[str, str], counts: Mapping[str, int]) -> str:
    text = words.plural(
        "A table of {count} measure of the report in its year and in the newest, with an arrow for the change.",
        "A table of {count} measures of the report in its year and in the newest, each with an arrow for the change.",
        len(data),
    )
    rose, fell = int(data["now"].gt(data["then"]).sum()), int(data["now"].lt(data["then"]).sum())
    text += words.space + words("{rose} stand higher, {fell} lower.", rose=words.number(rose), fell=words.number(fell))
    lost = data["holds_today"].eq(NO) & data["held_then"].eq(YES)
    no = [
        words(
            "{measure} ({then}; {now})",
            measure=labels[f"{place} what"].removesuffix(" *"),
            then=labels[f"{place} then"],
            now=labels[f"{place} now"],
        )
        for place in data.index[lost]
    ]
    if no:
        text += words.space + words("These fitted then and no longer do: {measures}.", measures=words.listed(no))
    return text


# The drawing: a table with an arrow in each row

PARTS = {"what": 0.0, "report": 0.33, "then": 0.46, "now": 0.605, "ratio": 0.757, "holds": 0.905}
"""Column -> where it starts, as a part of the width."""

CELLS = ("report", "then", "now")
"""Columns of one line."""

LINE = 1.42
DENSE = 1.25
"""Height of a further line in a cell."""


def _what(content: Content, started: Frame, place: int, points: float) -> list[str]:
    """What is measured, in as many lines as its column needs."""
    pixels = 0.985 * PARTS["report"] * (started.right - started.left) * started.figure.bbox.width
    return wrap(started.figure, content.labels[f"{place} what"], points, pixels, started.words)


def _fitting(content: Content, started: Frame, lines: float, height: float) -> float:
    """The size of text at which all rows fit into the height (in points) and all cells into their columns."""
    whole = (started.right - started.left) * started.figure.bbox.width
    starts = [*PARTS.values(), 1.0]
    rooms = {name: 0.985 * (end - start) * whole for (name, start), end in zip(PARTS.items(), starts[1:], strict=True)}
    rooms["holds"] -= 1.5 * started.size.small / 72 * started.figure.dpi
    for step in range(20):
        points = started.size.small * (1.0 - 0.025 * step)
        cells = [(name, content.labels[f"{place} {name}"]) for name in (*CELLS, "holds") for place in _places(content)]
        tall = max(len(_what(content, started, place, points)) for place in _places(content))
        if lines * (LINE + DENSE * (tall - 1)) * points <= height and all(
            width(started.figure, text, points) <= rooms[name] for name, text in cells
        ):
            return points
    raise InputError(f"{len(content.data)} rows do not fit this size", do="draw a larger size")


def _places(content: Content) -> list[int]:
    return [int(place) for place in content.data.index]


def _draw_then_and_now(content: Content, started: Frame) -> None:
    data, labels = content.data, content.labels
    blocks = [block for block in BLOCKS if data["block"].eq(block).any()]
    height = (started.top - started.bottom) * started.size.height * 72
    # The header, a heading for each block, the scale at the foot.
    lines = len(data) + 1.15 * len(blocks) + 2.3
    points = _fitting(content, started, lines, height)
    step = height / lines / 72 / started.size.height
    y = started.top - 0.6 * step
    for name in ("report", "then", "now", "ratio", "holds"):
        _text(started, PARTS[name], y, labels[f"head {name}"], points, SOFT)
    y -= 0.6 * step
    ratios = data["ratio"].dropna()
    limits = (min(0.5, ratios.min() * 0.7), max(2.0, ratios.max() * 1.4))
    for block in blocks:
        _text(started, 0.0, y - 0.62 * step, labels[block], 0.95 * points, SOFT)
        y -= 1.15 * step
        some = data[data["block"].eq(block)]
        axes = _panel(started, y, step * len(some), len(some), limits)
        for row, place in enumerate(some.index):
            _row(axes, content, started, row, int(place), y - (row + 0.5) * step, points)
        y -= step * len(some)
        if block == blocks[-1]:
            powers = range(math.ceil(math.log10(limits[0])), math.floor(math.log10(limits[1])) + 1)
            axes.set_xticks([10.0**power for power in powers], [_power(started.words, power) for power in powers])
            axes.tick_params(axis="x", labelsize=0.9 * points, length=0, pad=0.3 * points)


def _power(words: Words, power: int) -> str:
    return words.number(10.0**power, max(0, -power))


def _panel(started: Frame, top: float, height: float, rows: int, limits: tuple[float, float]) -> Axes:
    """The arrows' axes of a block, all on the same logarithmic scale."""
    whole = started.right - started.left
    across = (PARTS["holds"] - PARTS["ratio"] - 0.03) * whole
    left = started.left + PARTS["ratio"] * whole
    box = (1 - left - across if started.words.right_to_left else left, top - height, across, height)
    axes = started.figure.add_axes(box, label=f"{top:.4f}")
    axes.set_xscale("log")
    axes.set_xlim(*limits)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xticks([])
    axes.set_xticks([], minor=True)
    axes.grid(False)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.axvline(1, color=CONTEXT, linewidth=0.9)
    return axes


def _row(axes: Axes, content: Content, started: Frame, row: int, place: int, y: float, points: float) -> None:
    record, labels = content.data.loc[place], content.labels
    lines = _what(content, started, place, points)
    for number, text in enumerate(lines):
        down = (number - (len(lines) - 1) / 2) * DENSE * points / 72 / started.size.height
        _text(started, PARTS["what"], y - down, text, points, INK)
    for name in CELLS:
        _text(started, PARTS[name], y, labels[f"{place} {name}"], points, SOFT if name in ("report", "then") else INK)
    whole = started.right - started.left
    axes.axhline(row, color=GRID, linewidth=0.6, zorder=0)
    if pd.notna(record["ratio"]):
        rises = record["ratio"] >= 1
        axes.plot(
            [1, record["ratio"]], [row, row], color=PALE if record["ratio"] == 1 else INK, linewidth=0.13 * points
        )
        axes.plot(
            record["ratio"],
            row,
            marker=">" if rises else "<",
            markersize=0.6 * points,
            color=ACCENT if rises else INK,
            clip_on=False,
        )
    overlay = _overlay(started)
    dot = points / 72 / started.size.width
    x = started.left + PARTS["holds"] * whole
    mirrored = started.words.right_to_left
    mark(overlay, (1 - x - 0.5 * dot) if mirrored else x + 0.5 * dot, y, str(record["holds_today"]), points)
    _text(started, PARTS["holds"] + 1.5 * dot / whole, y, labels[f"{place} holds"], points, INK)


def _overlay(started: Frame) -> Axes:
    """Axes over the whole figure, for marks beside texts."""
    for axes in started.figure.axes:
        if axes.get_label() == "marks":
            return axes
    axes = started.figure.add_axes((0, 0, 1, 1), label="marks", zorder=5)
    axes.set_axis_off()
    axes.patch.set_visible(False)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    return axes


def _text(started: Frame, part: float, y: float, text: str, points: float, colour: str) -> None:
    """A text at a part of the width; its middle at ``y``."""
    x = started.left + part * (started.right - started.left)
    mirrored = started.words.right_to_left
    started.figure.text(
        1 - x if mirrored else x,
        y - 0.33 * points / 72 / started.size.height,
        text,
        fontsize=points,
        color=colour,
        ha="right" if mirrored else "left",
        va="baseline",
    )


CHARTS = {"then_and_now": Chart(content=then_and_now, draw=_draw_then_and_now)}
