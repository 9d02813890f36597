"""Figures of the civilians: their share of the dead by year, and one-sided violence in the six countries named."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from analysis.audit import claims
from analysis.charts import ucdp
from analysis.charts.contents import Content, marked, source_line
from analysis.charts.style import ACCENT, CONTEXT, INK, PALE, PAPER, SOFT, TINT, Chart, Frame, block, room
from analysis.data.query import table
from analysis.errors import InputError
from analysis.tell import frames
from analysis.tell.languages import Words

YEAR, BEFORE = 2014, 2013
MORE, SHARE = "civilians_targeted_more", "civilians_share_rose"
SIX = "six_countries"
SPAN = (2014, 2015)
"""The two years before the report for which UCDP had data."""

PANELS = ("one_sided", "civilians")


@cache
def _shares() -> pd.DataFrame:
    """One row a year and panel: the part of the dead, the whole, and the share; high adds those of unknown status."""
    lines: list[dict[str, Any]] = []
    yearly = ucdp.release_groups()[0]
    rows = ucdp.world("deaths", yearly)
    for year in sorted(rows["year"].unique()):
        part, whole = ucdp.best(rows, "one_sided", year), sum(ucdp.best(rows, kind, year) for kind in ucdp.TYPES)
        lines.append({"panel": "one_sided", "year": int(year), "deaths": part, "all": whole, "share": part / whole})
    vintages = {"one_sided": " ".join(yearly.values()), "civilians": ucdp.newest(ucdp.ALL_DYADS)[1]}
    rows = ucdp.world("deaths_all_dyads", dict([ucdp.newest(ucdp.ALL_DYADS)]))
    for year in sorted(rows["year"].unique()):
        part, unknown = ucdp.best(rows, "civilians", year), ucdp.best(rows, "unknown_status", year)
        whole = sum(ucdp.best(rows, kind, year) for kind in ucdp.TYPES)
        line = {"panel": "civilians", "year": int(year), "deaths": part, "all": whole, "share": part / whole}
        lines.append({**line, "high": (part + unknown) / whole})
    data = pd.DataFrame(lines)
    sources = {"one_sided": " ".join(yearly), "civilians": ucdp.ALL_DYADS}
    return data.assign(mark="share", source=data["panel"].map(sources), vintage=data["panel"].map(vintages))


def civilians_share(words: Words) -> Content:
    """The share of the dead who were civilians, by year: killed in one-sided violence, and coded as civilians at all.

    From the first release group of UCDP's yearly data and, in a panel of its own, its newest data of all dyads, where
    those whose status UCDP could not tell are a band.
    """
    data = _shares()
    at = data.set_index(["panel", "year"])
    names = {
        f"{panel}_{year}": words.percent(at.loc[(panel, year), "share"]) for panel in PANELS for year in (BEFORE, YEAR)
    }
    deaths = {
        f"{panel}_deaths_{year}": words.number(at.loc[(panel, year), "deaths"])
        for panel in PANELS
        for year in (BEFORE, YEAR)
    }
    highs = {f"high_{year}": words.percent(at.loc[("civilians", year), "high"]) for year in (BEFORE, YEAR)}
    ends = {panel: (int(rows["year"].min()), int(rows["year"].max())) for panel, rows in data.groupby("panel")}
    peak = int(data[data["panel"].eq("one_sided")].set_index("year")["share"].idxmax())
    shown: dict[str, Any] = {
        "year": YEAR,
        "before": BEFORE,
        "peak": peak,
        "peak_share": words.percent(at.loc[("one_sided", peak), "share"], 0),
        "first": ends["one_sided"][0],
        "last": ends["one_sided"][1],
        "last_civilians": ends["civilians"][1],
        **names,
        **deaths,
        **highs,
    }
    yearly, newest = ucdp.release_groups()[0], ucdp.newest(ucdp.ALL_DYADS)
    releases = (*yearly.items(), newest)
    changes = [at.loc[(panel, YEAR), "share"] - at.loc[(panel, BEFORE), "share"] for panel in PANELS]
    changes.append(at.loc[("civilians", YEAR), "high"] - at.loc[("civilians", BEFORE), "high"])
    more = [at.loc[(panel, YEAR), "deaths"] > at.loc[(panel, BEFORE), "deaths"] for panel in PANELS]
    return Content(
        title=share_title(words, changes, more, shown),
        subtitle=words("Civilians in the deaths of each year in organised violence, by two measures; best estimates."),
        alt=words(
            "Two panels of lines by year. Left, the share of one-sided violence in all deaths from {first} to {last}: "
            "{one_sided_2013} in {before} and {one_sided_2014} in {year}, with a peak of {peak_share} in {peak}. "
            "Right, the share of the dead coded as civilians from {first} to {last_civilians}: {civilians_2013} in "
            "{before} and {civilians_2014} in {year}, or {high_2013} and {high_2014} if all those of unknown status "
            "were civilians. In numbers: {one_sided_deaths_2013} and {one_sided_deaths_2014}; "
            "{civilians_deaths_2013} and {civilians_deaths_2014}.",
            **shown,
        ),
        data=data[["mark", "panel", "year", "deaths", "all", "share", "high", "source", "vintage"]],
        releases=releases,
        source_line=source_line(words, releases),
        notes=(
            words(
                "One-sided violence is the killing of civilians on purpose by a government or an organised group. "
                "Civilians in all types were also killed in the fighting; UCDP could not tell the status of some dead."
            )
            + (
                words.space
                + words(
                    "If a larger part of these were civilians in {year} than in {before}, their share could have "
                    "risen.",
                    **shown,
                )
                if at.loc[("civilians", YEAR), "high"] > at.loc[("civilians", BEFORE), "share"]
                else ""
            ),
            words(
                "Yearly data leave out actors and conflicts under 25 deaths in the year; the data of all dyads do not: "
                "the panels are not to be compared. Neither gives a low and a high for a share."
            ),
        ),
        claims=(MORE, SHARE),
        labels={
            "one_sided": words(
                "One-sided violence, yearly data ({releases})",
                releases=words.enumerated(dict.fromkeys(yearly.values())),
            ),
            "civilians": words("Civilians in all types, data of all dyads ({release})", release=newest[1]),
            "unknown": words("status unknown"),
            "known": words("coded as civilians"),
            "peak": words("{peak}: {peak_share}", **shown),
            **{
                f"{panel} {year}": words("{year}: {share}", year=year, share=names[f"{panel}_{year}"])
                for panel in PANELS
                for year in (BEFORE, YEAR)
            },
        },
    )


def share_title(words: Words, changes: Sequence[float], more: Sequence[bool], shown: Mapping[str, Any]) -> str:
    """Whether numbers and shares went the same way from the year before."""
    if all(change < 0 for change in changes) and all(more):
        return words(
            "More civilians were killed in {year} than in {before}, but they were a smaller share of the dead "
            "by both measures",
            **shown,
        )
    if all(change < 0 for change in changes):
        return words("Civilians were a smaller share of the dead in {year} than in {before}, by both measures", **shown)
    if all(change > 0 for change in changes):
        return words("Civilians were a larger share of the dead in {year} than in {before}, by both measures", **shown)
    return words(
        "Whether civilians were a larger share of the dead in {year} than in {before} depends on the measure", **shown
    )


def _draw_civilians_share(content: Content, started: Frame) -> None:
    size = started.size
    wide = size.width > size.height
    titles = {panel: block(started, content.labels[panel], 0.4 if wide else 0.86) for panel in PANELS}
    lines = 1 + max(title.count("\n") for title in titles.values())
    head = (0.9 + 1.3 * lines) * size.small / 72 / size.height
    grid: dict[str, Any] = {"wspace": 0.12} if wide else {"hspace": 0.24 + 0.08 * lines}
    made = started.axes(*((1, 2) if wide else (2, 1)), pad_left=0.045, pad_top=head, **grid)
    shares = marked(content, "share")
    for axes, panel in zip(made, PANELS, strict=True):
        rows = pd.DataFrame([row for row in shares if row["panel"] == panel]).set_index("year")
        if panel == "civilians":
            axes.fill_between(rows.index, rows["share"], rows["high"], color=PALE, alpha=0.75, linewidth=0)
        axes.plot(rows.index, rows["share"], color=SOFT, linewidth=1.8)
        axes.plot([BEFORE, YEAR], rows.loc[[BEFORE, YEAR], "share"], color=ACCENT, linewidth=2.6, zorder=4)
        axes.plot(
            [BEFORE, YEAR], rows.loc[[BEFORE, YEAR], "share"], "o", color=ACCENT, markersize=0.55 * size.small, zorder=5
        )
        first, last = int(rows.index.min()), int(rows.index.max())
        axes.set_xlim(first - 0.5, max(last, YEAR) + 0.8)
        axes.set_ylim(0, 1)
        axes.set_xticks(range(first // 5 * 5 + 5, last + 1, 5))
        axes.yaxis.set_major_formatter(lambda value, _: started.words.percent(value, 0))
        axes.spines["left"].set_visible(False)
        started.title(axes, titles[panel])
        _mark_years(axes, panel, content, started, rows)


def _mark_years(axes: Axes, panel: str, content: Content, started: Frame, rows: pd.DataFrame) -> None:
    """The two years of the claim in words, above the line, and what the band is."""
    small = started.size.small
    high = float(rows.loc[[BEFORE, YEAR], "high"].max()) if panel == "civilians" else float(rows.loc[BEFORE, "share"])
    axes.annotate(
        f"{content.labels[f'{panel} {BEFORE}']}\n{content.labels[f'{panel} {YEAR}']}",
        (YEAR, float(rows.loc[YEAR, "share"])),
        (YEAR + 0.4 if panel == "civilians" else YEAR + 0.2, max(high, 0.36) + 0.3),
        ha="center" if panel == "civilians" else "right",
        va="center",
        color=ACCENT,
        fontsize=1.08 * small,
        linespacing=1.25,
        arrowprops={"arrowstyle": "-", "color": ACCENT, "linewidth": 0.8, "shrinkA": 2, "shrinkB": 4},
    )
    if panel == "one_sided":
        peak = rows["share"].idxmax()
        axes.annotate(
            content.labels["peak"], (peak, rows.loc[peak, "share"]), (0.6 * small, 0), textcoords="offset points",
            va="center", fontsize=small, color=INK,
        )  # fmt: skip
        return
    line: dict[str, Any] = {"arrowstyle": "-", "color": CONTEXT, "linewidth": 0.8, "shrinkA": 1, "shrinkB": 0}
    text: dict[str, Any] = {"fontsize": small, "va": "center", "ha": "center", "color": SOFT, "arrowprops": line}
    about = 2000
    middle = float(rows.loc[about, ["share", "high"]].mean())
    axes.annotate(content.labels["unknown"], (about, middle), (about + 1.5, 0.87), **text)
    axes.annotate(content.labels["known"], (about, rows.loc[about, "share"]), (about, 0.035), **text)


# The six countries


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
    "civilians_share": Chart(content=civilians_share, draw=_draw_civilians_share),
    "six_countries": Chart(content=six_countries, draw=_draw_six_countries),
}
