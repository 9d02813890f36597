"""Figure of the civilians: one-sided violence in the six countries that the report names."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.ticker import NullLocator

from analysis.audit import claims
from analysis.charts import ucdp
from analysis.charts.contents import Content, marked, source_line
from analysis.charts.style import ACCENT, INK, PALE, PAPER, SOFT, TINT, Chart, Frame, block, room
from analysis.data.query import table
from analysis.errors import InputError
from analysis.tell import frames
from analysis.tell.languages import Words

SIX = "six_countries"
SPAN = (2014, 2015)
"""The two years before the report for which UCDP had data."""


def six_countries(words: Words) -> Content:
    """Deaths in one-sided violence in 2014 and 2015 in the six countries that the report names, against UCDP's 25.

    From the findings on those claims and UCDP's newest data of all dyads, which places every death in a country.
    """
    newest = ucdp.newest(ucdp.ALL_DYADS)
    lines: list[dict[str, Any]] = []
    threshold = 0.0
    for claim in (claim for claim in claims.claims() if claim.group == SIX):
        area = claim.area
        found = frames.findings(claim.id).set_index("definition").loc["threshold"]
        threshold = float(
            next(d.threshold or 0 for d in claims.definitions() if (d.claim, d.definition) == (claim.id, "threshold"))
        )
        rows = table("deaths_all_dyads.one_sided", area=area, source=newest[0], vintage=newest[1])
        rows = rows.set_index("year")
        line = {"mark": "country", "claim": claim.id, "area": area, "low": found["low"], "value": found["value"]}
        years = {f"best_{year}": float(rows.loc[year, "best"]) for year in SPAN}
        lines.append({**line, "high": found["high"], **years, "source": newest[0], "vintage": newest[1]})
    if not lines or not threshold:
        raise InputError(f"no claim has the group {SIX} with a threshold", where=claims.CLAIMS, column="group")
    lines.sort(key=lambda line: -line["value"])
    below = [line for line in lines if line["value"] < threshold]
    shown: dict[str, Any] = {
        "count": words.number(len(lines) - len(below)),
        "all": words.number(len(lines)),
        "first": SPAN[0],
        "last": SPAN[1],
        "threshold": words.number(threshold),
    }
    totals = {line["area"]: words.number(line["value"]) for line in lines}
    listed = words.listed(
        words("{name}: {value}", name=words.area(area), value=deaths) for area, deaths in totals.items()
    )
    return Content(
        title=six_title(words, below, shown),
        subtitle=words(
            "Deaths in one-sided violence, {first} and {last} together, on a log scale: best estimates, lines from low "
            "to high (UCDP, release {release}).",
            **shown,
            release=newest[1],
        ),
        alt=words(
            "A point for each of six countries on a log scale, with a line at {threshold}, the number of deaths in a "
            "year from which UCDP counts an actor. {listed}.",
            **shown,
            listed=listed,
        ),
        data=pd.DataFrame([*lines, {"mark": "threshold", "value": threshold}]),
        releases=(newest,),
        source_line=source_line(words, (newest,)),
        notes=(
            words(
                "A proxy: UCDP counts the shelling and bombing of populated areas as state-based conflict, not as "
                "one-sided violence. A country below the line is not shown to be free of systematic violence."
            ),
            words(
                "Killings by actors under {threshold} deaths in the year are included. The years are whole calendar "
                "years; the report appeared in July 2016.",
                **shown,
            ),
        ),
        claims=tuple(line["claim"] for line in lines),
        labels={
            "threshold": words("{threshold} deaths: UCDP's threshold for an actor in a year", **shown),
            "years": words("{first} + {last}", **shown),
            **{line["area"]: words.area(line["area"]) for line in lines},
            **{f"{area} value": deaths for area, deaths in totals.items()},
            **{
                f"{line['area']} years": " + ".join(words.number(line[f"best_{year}"]) for year in SPAN)
                for line in lines
            },
        },
    )


def six_title(words: Words, below: Sequence[Mapping[str, Any]], shown: Mapping[str, Any]) -> str:
    """How many of the countries named have so many deaths, and which has fewer."""
    if not below:
        return words(
            "All {all} countries named had {threshold} or more deaths in one-sided violence in {first}–{last}", **shown
        )
    if len(below) == 1:
        return words(
            "{count} of the {all} countries named had {threshold} or more deaths in one-sided violence in "
            "{first}–{last}; {area} had {value}",
            area=words.area(below[0]["area"]),
            value=words.number(below[0]["value"]),
            **shown,
        )
    return words(
        "{count} of the {all} countries named had {threshold} or more deaths in one-sided violence in {first}–{last}; "
        "the others had fewer",
        **shown,
    )


def _draw_six_countries(content: Content, started: Frame) -> None:
    size, labels = started.size, content.labels
    countries = marked(content, "country")
    threshold = float(marked(content, "threshold")[0]["value"])
    names = {row["area"]: block(started, labels[row["area"]], 0.22) for row in countries}
    pad = room(started, list(names.values()), size.text) + 0.02
    (axes,) = started.axes(pad_left=pad, pad_top=2.4 * size.small / 72 / size.height)
    axes.set_xscale("log")
    axes.grid(visible=False)
    axes.grid(axis="x", visible=True)
    plain = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.6}
    for row, country in enumerate(countries):
        above = country["value"] >= threshold
        end = country["high"] if above else max(threshold, country["high"])
        axes.plot(
            [country["low"], country["high"]],
            [row, row],
            color=TINT if above else PALE,
            linewidth=0.5 * size.text,
            solid_capstyle="butt",
        )
        axes.plot(
            [country["value"]], [row], "o" if above else "D", markersize=0.8 * size.text,
            markerfacecolor=ACCENT if above else PAPER, markeredgecolor=ACCENT if above else INK,
            markeredgewidth=1.4, zorder=4,
        )  # fmt: skip
        axes.annotate(
            f"{labels[country['area'] + ' value']}", (end, row), (0.9 * size.small, 0.1 * size.small),
            textcoords="offset points", va="bottom", fontsize=size.text, color=ACCENT if above else INK,
            bbox=plain,
        )  # fmt: skip
        axes.annotate(
            labels[country["area"] + " years"], (end, row), (0.9 * size.small, -0.1 * size.small),
            textcoords="offset points", va="top", fontsize=size.small, color=SOFT, bbox=plain,
        )  # fmt: skip
        axes.annotate(
            names[country["area"]], (0, row), (-0.8 * size.small, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", ha="right", va="center", fontsize=size.text, color=INK,
        )  # fmt: skip
    axes.axvline(threshold, color=INK, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1)
    axes.set_ylim(len(countries) - 0.4, -0.6)
    axes.set_xlim(
        min(9.0, *(0.7 * max(country["low"], 1) for country in countries)),
        4.2 * max(country["high"] for country in countries),
    )
    axes.annotate(
        labels["threshold"], (threshold, 1), (0, 0.5 * size.small), xycoords=("data", "axes fraction"),
        textcoords="offset points", va="bottom", fontsize=size.small, color=INK,
    )  # fmt: skip
    axes.annotate(
        labels["years"], (1, 1), (0, 0.5 * size.small), xycoords="axes fraction", textcoords="offset points",
        ha="right", va="bottom", fontsize=size.small, color=SOFT,
    )  # fmt: skip
    axes.set_yticks([])
    axes.set_xticks([10, 100, 1_000, 10_000])
    axes.xaxis.set_minor_locator(NullLocator())
    started.numbers(axes, "x")


CHARTS = {
    "six_countries": Chart(content=six_countries, draw=_draw_six_countries),
}
