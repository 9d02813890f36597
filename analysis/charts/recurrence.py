"""Figure of one-sided violence by year where the report speaks of earlier violence, or of none that recurred."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from analysis.audit import claims
from analysis.charts import ucdp
from analysis.charts.contents import Content, marked, source_line
from analysis.charts.style import ACCENT, CONTEXT, INK, VOID, Chart, Frame
from analysis.data import registry
from analysis.data.query import table
from analysis.errors import InputError
from analysis.tell import frames
from analysis.tell.languages import Words

EARLIER, FREE = "earlier_violence", "no_recurrence"
"""Groups of claims: countries at risk that had known such violence before, and countries where it did not recur."""

BEFORE = 2014
THRESHOLD = f"before_{BEFORE}"
"""The definition of earlier violence that reaches up to the two years before the report."""

SERIES = "deaths_all_dyads.one_sided"
FOOT = 0.7
"""Where the log scale begins, below one death."""


def _areas(group: str) -> dict[str, str]:
    """The countries of a group of claims, in the ledger's order -> the claim on each."""
    return {one.area: one.id for one in claims.claims() if one.group == group}


def _threshold() -> float:
    found = {one.threshold for one in claims.definitions() if one.definition == THRESHOLD}
    figures = {one.value for one in claims.claims() if one.group == FREE}
    if len(found | figures) != 1 or None in found:
        raise InputError(f"thresholds {found | figures}", where=claims.DEFINITIONS, column="threshold", expected="one")
    return float(found.pop() or 0)


def _years(area: str, release: tuple[str, str]) -> pd.DataFrame:
    rows = table(SERIES, area=area, source=release[0], vintage=release[1])
    rows = rows.sort_values("year", kind="stable")
    return rows[["area", "year", "low", "best", "high", "source", "vintage"]]


def _yes(claim: str, definition: str) -> bool:
    found = frames.findings(claim)
    return bool(found.loc[found["definition"].eq(definition), "holds"].eq("yes").all())


def earlier_violence_and_recurrence(words: Words) -> Content:
    """Deaths in one-sided violence by year, to the newest, in ten countries that the report names.

    Six were at risk and had known such violence before; in four it is said not to have recurred. From UCDP's newest
    data of all dyads and the findings on those claims.
    """
    release = ucdp.newest(ucdp.ALL_DYADS)
    threshold = _threshold()
    groups = {EARLIER: _areas(EARLIER), FREE: _areas(FREE)}
    parts = [
        _years(area, release).assign(mark="year", group=group) for group, areas in groups.items() for area in areas
    ]
    data = pd.concat([*parts, pd.DataFrame([{"mark": "threshold", "best": threshold}])], ignore_index=True)
    years = data[data["mark"].eq("year")]
    first, last = int(years["year"].min()), int(years["year"].max())
    begun = {str(area): int(rows["year"].min()) for area, rows in years.groupby("area", sort=False)}
    report = registry.REPORT_DATE
    earlier = [area for area, claim in groups[EARLIER].items() if _yes(claim, THRESHOLD)]
    again = [area for area, claim in groups[FREE].items() if not _yes(claim, "one_sided")]
    since = years[years["year"].ge(report.year) & years["best"].ge(threshold)]
    later = [area for area in groups[FREE] if since["area"].eq(area).any()]
    peaks = {str(area): rows.loc[rows["best"].idxmax()] for area, rows in years.groupby("area", sort=False)}
    shown: dict[str, Any] = {
        "first": first,
        "last": last,
        "earlier": words.number(len(earlier)),
        "six": words.number(len(groups[EARLIER])),
        "again": words.number(len(again)),
        "four": words.number(len(groups[FREE])),
        "threshold": words.number(threshold),
        "release": release[1],
        "report": words.date(report.isoformat()[:7]),
        "year": report.year,
        "before": BEFORE,
        "names": words.enumerated(words.area(area) for area in again),
    }
    listed = {
        area: words(
            "{area} {deaths} in {year}", area=words.area(area), deaths=words.number(row["best"]), year=int(row["year"])
        )
        for area, row in peaks.items()
        if row["best"] > 0
    }
    none = [words.area(area) for area, row in peaks.items() if row["best"] == 0]
    late = {area: year for area, year in begun.items() if year > first}
    return Content(
        title=title_of(words, earlier, again, shown),
        subtitle=words(
            "Deaths in one-sided violence by year, {first}–{last} (UCDP {release}), on one log scale; red: {threshold} "
            "or more in the year.",
            **shown,
        ),
        alt=words(
            "Small panels of points by year on one log scale, one for each country. The highest years: {list}.",
            list=words.listed(listed.values()),
        )
        + (words.space + words("No such deaths: {list}.", list=words.enumerated(none)) if none else "")
        + words.space
        + words(
            "From {year} on, of the {four} countries where it is said not to have recurred, these have a year of "
            "{threshold} deaths or more: {later}.",
            **shown,
            later=words.enumerated(words.area(area) for area in later) or words("none"),
        ),
        data=data[["mark", "group", "area", "year", "low", "best", "high", "source", "vintage"]],
        releases=(release,),
        source_line=source_line(words, (release,)),
        notes=(
            words(
                "A proxy for atrocity crimes: civilians killed by any organised actor, also one based abroad; lines "
                "run from low to high. A year without a point has a best estimate of none. What was averted cannot be "
                "counted."
            ),
            words(
                "Dashed: the report, {report}. Shaded: before the country's data begins ({list}).",
                report=shown["report"],
                list=words.listed(f"{words.area(area)} {year}" for area, year in late.items()),
            )
            if late
            else words("Dashed: the report, {report}.", report=shown["report"]),
        ),
        claims=tuple(claim for areas in groups.values() for claim in areas.values()),
        labels={
            EARLIER: words("Named as having known such violence before"),
            FREE: words("Named as places where it did not recur"),
            **{area: words.area(area) for areas in groups.values() for area in areas},
            "first": str(first),
            "last": str(last),
            "report": str(report.year + (report.timetuple().tm_yday - 1) / 365 - 0.5),
        },
    )


def title_of(words: Words, earlier: Sequence[str], again: Sequence[str], shown: Mapping[str, Any]) -> str:
    """How many of the one group had such violence before, and which of the other had it again."""
    if len(earlier) == len(_areas(EARLIER)):
        lead = words("All {six} countries had known one-sided violence before {before}", **shown)
    else:
        lead = words("{earlier} of {six} countries had known one-sided violence before {before}", **shown)
    if not again:
        return words(
            "{lead}; of the {four} where it is said not to have recurred, none had {threshold} deaths or more again",
            lead=lead,
            **shown,
        )
    return words(
        "{lead}; of the {four} where it is said not to have recurred, {names} had {threshold} deaths or more again",
        lead=lead,
        **shown,
    )


def _draw_earlier_violence_and_recurrence(content: Content, started: Frame) -> None:
    size = started.size
    years = marked(content, "year")
    groups: dict[str, list[str]] = {EARLIER: [], FREE: []}
    for row in years:
        if row["area"] not in groups[row["group"]]:
            groups[row["group"]].append(row["area"])
    wide = size.width > size.height
    columns = 6 if wide else 3
    line = size.small / 72 / size.height
    top = max(max(row["high"] for row in years), 1.0)
    start = 0
    lines = sum(math.ceil(len(areas) / columns) for areas in groups.values())
    made = started.axes(
        lines, columns, pad_left=0.055 if wide else 0.075, pad_bottom=0.035, pad_top=4.2 * line,
        hspace=0.75 if wide else 1.25, wspace=0.1,
    )  # fmt: skip
    for group, areas in groups.items():
        last = start + math.ceil(len(areas) / columns) - 1
        for place in range((last - start + 1) * columns):
            axes = made[start * columns + place]
            if place >= len(areas):
                axes.set_visible(False)
                continue
            own = [year for year in years if year["area"] == areas[place]]
            _draw_country(axes, own, content, started, top)
            axes.tick_params(labelleft=place % columns == 0, labelbottom=place + columns >= len(areas))
        y = made[start * columns].get_position().y1 + 2.1 * line
        started.figure.text(started.left, y, content.labels[group], va="bottom", fontsize=1.08 * size.small, color=INK)
        start = last + 1


def _draw_country(axes: Axes, rows: Sequence[Mapping[str, Any]], content: Content, started: Frame, top: float) -> None:
    small = started.size.small
    threshold = float(marked(content, "threshold")[0]["best"])
    axes.set_yscale("log")
    for colour, marker, points, reaches in ((ACCENT, "o", 0.36, True), (CONTEXT, "s", 0.26, False)):
        some = [row for row in rows if (row["best"] >= threshold) == reaches]
        banded = [row for row in some if row["high"] > 0]
        shown = [row for row in some if row["best"] > 0]
        axes.vlines(
            [row["year"] for row in banded], [max(row["low"], FOOT) for row in banded],
            [row["high"] for row in banded], color=colour, linewidth=0.9, alpha=0.6,
        )  # fmt: skip
        axes.plot(
            [row["year"] for row in shown], [row["best"] for row in shown], marker, color=colour,
            markersize=points * small, markeredgewidth=0, zorder=3,
        )  # fmt: skip
    axes.axhline(threshold, color=INK, linewidth=0.9, linestyle=":", zorder=1)
    axes.axvline(float(content.labels["report"]), color=INK, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1)
    begun, last = int(content.labels["first"]), int(content.labels["last"])
    if rows[0]["year"] > begun:
        axes.axvspan(begun - 1, rows[0]["year"] - 0.5, color=VOID, linewidth=0, zorder=0)
    axes.set_xlim(begun - 1, last + 1)
    axes.set_ylim(FOOT, 1.4 * top)
    few = started.size.width <= started.size.height
    ticks = (threshold, 1_000.0) if few else (1.0, threshold, 1_000.0, 30_000.0)
    axes.set_yticks([tick for tick in ticks if tick < 1.4 * top])
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_xticks([2000, 2016])
    started.numbers(axes)
    axes.tick_params(labelsize=0.9 * small, pad=0.2 * small)
    axes.spines["left"].set_visible(False)
    axes.set_title(content.labels[rows[0]["area"]], fontsize=small, color=INK, loc=started.start, pad=0.35 * small)


CHARTS = {
    "earlier_violence_and_recurrence": Chart(
        content=earlier_violence_and_recurrence, draw=_draw_earlier_violence_and_recurrence
    )
}
