"""Figure of the Central African Republic by month, from before the coup of March 2013 to after the mandate of 2014."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.audit.measures import added_rows
from analysis.charts.contents import Content, marked, source_line
from analysis.charts.style import ACCENT, CONTEXT, INK, PALE, PAPER, Chart, Frame, block
from analysis.data.coverage import RUNNING, from_text
from analysis.data.query import table
from analysis.errors import InputError
from analysis.tell import frames
from analysis.tell.languages import Words

AREA = "CAF"
BEFORE_MANDATE, ROSE = "car_violence_before_mandate", "car_deaths_rose_after_coup"
EVENTS = ("ucdp_events", "23.1")
"""The newest release of UCDP's events that is held for this country."""

FIRST, LAST = 2012, 2014
COUP, MANDATE = (2013, 3), (2014, 4)
"""The months that the report names: the coup, and the Council's mandate for a mission."""

FACES = {"one_sided": ACCENT, "non_state": PAPER, "state_based": PALE}
HATCHES = {"one_sided": "", "non_state": "/////", "state_based": ""}
"""From the bottom of a bar to its top."""


def _months() -> pd.DataFrame:
    """Deaths by month and type; a month without an event has none."""
    parts = []
    for kind in FACES:
        rows = table(f"deaths_all_dyads.{kind}", AREA, by="month", source=EVENTS[0], vintage=EVENTS[1])
        rows = rows[rows["year"].between(FIRST, LAST)].astype({"month": int})
        every = pd.MultiIndex.from_product([range(FIRST, LAST + 1), range(1, 13)], names=["year", "month"])
        numbers = rows.set_index(["year", "month"])[["low", "best", "high"]].reindex(every).fillna(0.0)
        coverage = rows.set_index(["year", "month"])["coverage"].reindex(every).fillna("")
        parts.append(numbers.assign(type=kind, coverage=coverage).reset_index())
    return pd.concat(parts, ignore_index=True).assign(mark="month", source=EVENTS[0], vintage=EVENTS[1])


def _total(when: tuple[int, int], rows: pd.DataFrame) -> dict[str, object]:
    total = added_rows(rows)
    return {"year": when[0], "month": when[1], "low": total.low, "best": total.value, "high": total.high}


def central_african_republic_months(words: Words) -> Content:
    """Deaths in the Central African Republic by type and month, 2012 to 2014, with low and high of the total.

    From UCDP's events, release 23.1, and the findings on the claims about the coup and the mandate.
    """
    months = _months()
    totals = pd.DataFrame([_total(when, rows) for when, rows in months.groupby(["year", "month"])])
    totals = totals.assign(mark="total", type="all", source=EVENTS[0], vintage=EVENTS[1])
    rose = frames.findings(ROSE).set_index("definition").loc["one_sided"]
    until = frames.findings(BEFORE_MANDATE).set_index("definition")["value"]
    peak = totals.loc[totals["best"].idxmax()]
    running = int(months["coverage"].ne("").sum())
    if any(clause.kind != RUNNING for text in months["coverage"] for clause in from_text(text)):
        raise InputError("a coverage that is not about how events run", expected="events that run into a later month")
    shown: dict[str, Any] = {
        "after": words.number(rose["value"]),
        "before": words.number(rose["reference"], 1),
        "since": words.date("2013-04"),
        "until": words.date("2014-04"),
        "coup": words.date(f"{COUP[0]}-{COUP[1]:02d}"),
        "peak": words.date(f"{int(peak['year'])}-{int(peak['month']):02d}"),
        "peak_deaths": words.number(peak["best"]),
        "peak_low": words.number(peak["low"]),
        "peak_high": words.number(peak["high"]),
        "one_sided": words.number(until["one_sided"]),
        "all": words.number(until["all_types"]),
        "release": EVENTS[1],
        "area": words.area(AREA),
    }
    of_peak = months[months["year"].eq(peak["year"]) & months["month"].eq(peak["month"])].set_index("type")["best"]
    names = {
        "one_sided": words("One-sided violence"),
        "non_state": words("Non-state conflict"),
        "state_based": words("State-based conflict"),
    }
    return Content(
        title=title_of(words, float(rose["value"]), float(rose["reference"]), shown),
        subtitle=words(
            "Deaths in organised violence by month and type; best estimates, lines from low to high (UCDP events, "
            "{release}).",
            **shown,
        ),
        alt=words(
            "Stacked bars of deaths by month from January 2012 to December 2014, with lines at the coup of {coup} and "
            "the Council's mandate of {until}. The highest month is {peak} with {peak_deaths} deaths (low {peak_low}, "
            "high {peak_high}). In the twelve months from {since} there were {one_sided} deaths in one-sided violence, "
            "{all} in all types.",
            **shown,
        ),
        data=pd.concat([months, totals], ignore_index=True)[
            ["mark", "type", "year", "month", "low", "best", "high", "coverage", "source", "vintage"]
        ],
        releases=(EVENTS,),
        source_line=source_line(words, (EVENTS,)),
        notes=(
            words(
                "One-sided violence, the killing of civilians on purpose, is a proxy for atrocity crimes. An event "
                "counts in the month of its first day: {running} of the bars' parts hold some that run on longer.",
                running=words.number(running),
            ),
            words("The title compares {since} to {until} with the twelve months before {coup}.", **shown),
        ),
        claims=(BEFORE_MANDATE, ROSE),
        labels={
            "coup": words("Coup, {month}", month=shown["coup"].replace(" ", "\u00a0")),
            "mandate": words("Council's mandate, {month}", month=shown["until"].replace(" ", "\u00a0")),
            "peak": words("{peak}: {peak_deaths}", **shown),
            **{
                kind: words("{name}: {value}", name=name, value=words.number(of_peak[kind]))
                for kind, name in names.items()
            },
        },
    )


def title_of(words: Words, after: float, before: float, shown: Mapping[str, Any]) -> str:
    """Whether deaths a month rose from the year before the coup."""
    if after > before:
        return words(
            "{area}: {after} deaths a month in one-sided violence from the coup to the mandate, after {before} in the "
            "year before",
            **shown,
        )
    return words(
        "{area}: {after} deaths a month in one-sided violence from the coup to the mandate, no more than the {before} "
        "of the year before",
        **shown,
    )


def _draw_central_african_republic_months(content: Content, started: Frame) -> None:
    small, labels = started.size.small, content.labels
    (axes,) = started.axes(pad_left=0.045, pad_top=4.6 * small / 72 / started.size.height)
    feet: dict[float, float] = {}
    parts = marked(content, "month")
    for kind in FACES:
        for part in (part for part in parts if part["type"] == kind):
            x = part["year"] + (part["month"] - 0.5) / 12
            axes.bar(
                x, part["best"], bottom=feet.get(x, 0.0), width=0.8 / 12, facecolor=FACES[kind],
                edgecolor=ACCENT if kind == "one_sided" else CONTEXT, hatch=HATCHES[kind], linewidth=0.5,
            )  # fmt: skip
            feet[x] = feet.get(x, 0.0) + part["best"]
    totals = marked(content, "total")
    for total in totals:
        x = total["year"] + (total["month"] - 0.5) / 12
        axes.plot([x, x], [total["low"], total["high"]], color=INK, linewidth=0.1 * small, zorder=4)
    top = max(total["high"] for total in totals)
    axes.set_ylim(0, 1.04 * top)
    axes.set_xlim(FIRST, LAST + 1)
    axes.set_xticks([year + 0.5 for year in range(FIRST, LAST + 1)], [str(year) for year in range(FIRST, LAST + 1)])
    for year in range(FIRST + 1, LAST + 1):
        axes.plot([year, year], [0, 0.02], transform=axes.get_xaxis_transform(), color=CONTEXT, linewidth=0.8)
    axes.spines["left"].set_visible(False)
    started.numbers(axes)
    for (year, month), name in ((COUP, "coup"), (MANDATE, "mandate")):
        x = year + (month - 0.5) / 12
        axes.axvline(x, color=INK, linewidth=1.1, linestyle=(0, (4, 2)), zorder=0.5)
        axes.annotate(
            block(started, labels[name], 0.22), (x, 1), (0, 0.5 * small), xycoords=axes.get_xaxis_transform(),
            textcoords="offset points",
            ha="left", va="bottom", fontsize=1.08 * small, color=INK,
        )  # fmt: skip
    _draw_names(axes, content, started, totals, top)


def _draw_names(axes: Axes, content: Content, started: Frame, totals: list[dict[str, Any]], top: float) -> None:
    """The types in words beside the highest bar."""
    small, labels = started.size.small, content.labels
    peak = max(totals, key=lambda total: total["best"])
    x = peak["year"] + (peak["month"] - 0.5) / 12
    foot = 0.0
    heights = {
        row["type"]: row["best"]
        for row in marked(content, "month")
        if (row["year"], row["month"]) == (peak["year"], peak["month"])
    }
    axes.annotate(
        labels["peak"], (x, peak["high"]), (-0.9 * small, 0), textcoords="offset points", ha="right", va="top",
        fontsize=1.08 * small, color=INK,
    )  # fmt: skip
    for place, kind in enumerate(FACES):
        middle = foot + heights[kind] / 2
        foot += heights[kind]
        axes.annotate(
            block(started, labels[kind], 0.24), (x - 0.4 / 12, middle),
            (FIRST + 0.98, top * (0.46 + 0.13 * place)), ha="right", va="center", fontsize=small,
            color=ACCENT if kind == "one_sided" else INK,
            arrowprops={"arrowstyle": "-", "color": CONTEXT, "linewidth": 0.8, "shrinkB": 0},
        )  # fmt: skip


CHARTS = {
    "central_african_republic_months": Chart(
        content=central_african_republic_months, draw=_draw_central_african_republic_months
    )
}
