"""Figures of the deaths in organised violence: by type, by release, and what the rise of 2014 was made of.

UCDP's yearly data and its data of all dyads are two families: they share no total and no panel.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis import audit
from analysis.audit import claims
from analysis.audit.findings import LATER, THEN, Finding
from analysis.audit.measures import added_rows
from analysis.charts import ucdp
from analysis.charts.contents import Content, marked, source_line
from analysis.charts.style import ACCENT, CONTEXT, INK, PALE, PAPER, SOFT, TINT, Chart, Frame, room, stagger, width
from analysis.charts.ucdp import ALL_DYADS, TYPES
from analysis.data import registry
from analysis.errors import InputError
from analysis.tell.coverage import left_out
from analysis.tell.languages import Words

YEAR, BEFORE = 2014, 2013

OVER = "deaths_2014_over_100000"
HIGHEST = ("deaths_2014_highest_since_1994", "deaths_1994_above_2014")
LARGE_PART = "civilians_large_part"

FACES = {"state_based": (CONTEXT, ACCENT), "non_state": (PAPER, PAPER), "one_sided": (PALE, TINT)}
"""Type -> its face in a year of context and in the year that the claim is about; light and dark tell them apart."""

HATCHES = {"state_based": "", "non_state": "/////", "one_sided": ""}


def _names(words: Words) -> dict[str, str]:
    return {
        "state_based": words("State-based conflict"),
        "non_state": words("Non-state conflict"),
        "one_sided": words("One-sided violence"),
        "civilians": words("Civilians in all three types"),
    }


def _threshold(words: Words) -> str:
    return words("Yearly data: conflicts, groups and actors with fewer than 25 deaths in the year are not counted.")


def _families(words: Words) -> str:
    return words("The data of all dyads count them too: the two are not to be compared.")


# Deaths by type, 1989-2014


def deaths_by_type(words: Words) -> Content:
    """Deaths in organised violence by type in each year, as UCDP had them in 2015, and the band of their total.

    From the first release group of UCDP's yearly data that holds all three types (5.0-2015, 2.5-2015, 1.4-2015).
    """
    releases = ucdp.release_groups()[0]
    rows = ucdp.world("deaths", releases)
    years = sorted(int(year) for year in rows["year"].unique())
    totals = {year: added_rows(rows[rows["year"].eq(year)]) for year in years}
    best = {year: total.value or 0.0 for year, total in totals.items()}
    peak = max(years, key=lambda year: best[year])
    second = max((year for year in years if year not in (peak, YEAR)), key=lambda year: best[year])
    reach = max(max(best[year], totals[year].high or 0.0) for year in years if year != peak)
    cut = 25_000 * math.ceil(reach / 25_000)

    data = rows.sort_values(["year", "type"], kind="stable")[["year", "type", "best", "source", "vintage"]]
    data = data.rename(columns={"best": "value"}).assign(mark="bar", low=None, high=None)
    lines = [
        {"mark": "total", "year": year, "type": "all", "value": best[year], "low": band[0], "high": band[1]}
        for year, band in ((year, totals[year].band) for year in years)
    ]
    lines.append({"mark": "cut", "year": peak, "type": "all", "value": float(cut)})
    data = pd.concat([data, pd.DataFrame(lines)], ignore_index=True)

    parts = {kind: words.number(ucdp.best(rows, kind, YEAR)) for kind in TYPES}
    shown: dict[str, object] = {
        "first": years[0],
        "last": years[-1],
        "year": YEAR,
        "deaths": words.number(best[YEAR]),
        "peak": peak,
        "peak_deaths": words.number(best[peak]),
        "second": second,
        "second_deaths": words.number(best[second]),
        "cut": words.number(cut),
    }
    notes = []
    if totals[YEAR].coverage:
        notes.append(
            words(
                "No band for {year}: {gaps}.",
                year=YEAR,
                gaps=words.enumerated(left_out(words, totals[YEAR].coverage)),
            )
        )
    notes.append(_threshold(words))
    return Content(
        title=_since(words, best),
        subtitle=words("Deaths by type, {first}–{last}: best estimates, lines from low to high.", **shown)
        + words.space
        + words("The large panel is cut at {cut}; the small one shows {peak} in full.", **shown),
        alt=words(
            "Stacked bars of deaths in organised violence by type, one for each year from {first} to {last}. "
            "The bar of {year} stands out with {deaths} deaths: {state_based} in state-based conflict, {non_state} in "
            "non-state conflict and {one_sided} in one-sided violence. {peak}, with {peak_deaths} deaths, goes far "
            "beyond the scale, so its bar is cut and a second panel shows it in full. Apart from these two, {second} "
            "is the highest with {second_deaths}.",
            **shown,
            **parts,
        ),
        data=data[["mark", "year", "type", "low", "value", "high", "source", "vintage"]],
        releases=tuple(releases.items()),
        source_line=source_line(words, tuple(releases.items())),
        notes=tuple(notes),
        claims=HIGHEST,
        labels={
            **{kind: _names(words)[kind] for kind in TYPES},
            **{f"{kind}_deaths": deaths for kind, deaths in parts.items()},
            **{
                str(year): words("{year}: {deaths}", year=year, deaths=words.number(best[year]))
                for year in (YEAR, peak, second)
            },
            "full": words("All types together, in full"),
        },
    )


def _since(words: Words, best: Mapping[int, float]) -> str:
    """How the year stands among those before it."""
    before = [year for year in best if year < YEAR]
    last = max((year for year in before if best[year] >= best[YEAR]), default=None)
    deaths = words.number(best[YEAR])
    if last is None:
        return words(
            "{year}: {deaths} deaths in organised violence, more than in any year from {first} on",
            year=YEAR,
            deaths=deaths,
            first=min(before),
        )
    if last == YEAR - 1:
        return words(
            "{year}: {deaths} deaths in organised violence, no more than in {last}",
            year=YEAR,
            deaths=deaths,
            last=last,
        )
    return words(
        "{year}: {deaths} deaths in organised violence, more than in any year since {last}",
        year=YEAR,
        deaths=deaths,
        last=last,
    )


def _draw_deaths_by_type(content: Content, started: Frame) -> None:
    size, labels = started.size, content.labels
    cut = marked(content, "cut")[0]
    peak, limit = int(cut["year"]), float(cut["value"])
    totals = {int(row["year"]): row for row in marked(content, "total")}
    types: dict[int, dict[str, float]] = {year: {} for year in totals}
    for row in marked(content, "bar"):
        types[int(row["year"])][row["type"]] = float(row["value"])
    # The end of the band, or of the bar where there is none.
    tops = {year: float(row["value"] if pd.isna(row["high"]) else row["high"]) for year, row in totals.items()}
    full = max(tops.values())
    pad = room(started, [started.words.number(full)], size.small) + 0.012
    if size.width > size.height:
        gap = (pad + 0.012) / ((started.right - started.left - 2 * pad) / 2)
        main, whole = started.axes(1, 2, pad_left=pad, pad_bottom=0.05, width_ratios=[3.4, 1], wspace=gap)
    else:
        main, whole = started.axes(2, 1, pad_left=pad, pad_bottom=0.04, height_ratios=[2.3, 1], hspace=0.24)

    for year, total in totals.items():
        foot = 0.0
        for kind in TYPES:
            height = min(types[year][kind], max(limit - foot, 0.0))
            _bar(main, year, foot, height, kind)
            foot += height
        if total["value"] > limit:
            _tear(main, year, limit)
        elif pd.notna(total["low"]):
            main.plot([year, year], [total["low"], total["high"]], color=INK, linewidth=0.075 * size.small)
    main.set_ylim(0, 1.1 * limit)
    main.set_yticks([50_000.0 * step for step in range(int(limit // 50_000) + 1)])
    for name, about in ((str(peak), False), (str(YEAR), True), (_second(labels, peak), False)):
        year = int(name)
        main.annotate(
            labels[name],
            (year + 0.4 if about else year, min(limit, tops[year])),
            (0, 0.35 * size.small),
            textcoords="offset points",
            ha="right" if about else "center",
            va="bottom",
            fontsize=size.text if about else size.small,
            color=ACCENT if about else INK,
        )
    _label_types(main, types, labels, started)

    for year, total in totals.items():
        whole.bar(year, total["value"], width=0.8, color=ACCENT if year == YEAR else CONTEXT)
        if pd.notna(total["low"]):
            whole.plot([year, year], [total["low"], total["high"]], color=INK, linewidth=0.075 * size.small)
    whole.annotate(
        labels[str(peak)],
        (peak + 0.8, totals[peak]["value"]),
        (0.3 * size.small, 0),
        textcoords="offset points",
        va="center",
        fontsize=size.small,
    )
    whole.set_ylim(0, 1.16 * full)
    whole.set_yticks([200_000.0 * step for step in range(int(full // 200_000) + 1)])
    whole.set_xlim(min(totals) - 0.7, max(totals) + 0.7)
    whole.set_xticks([peak, YEAR])
    whole.text(1, 1, labels["full"], transform=whole.transAxes, ha="right", va="top", fontsize=size.small, color=SOFT)
    for axes in (main, whole):
        started.numbers(axes)
        axes.spines["left"].set_visible(False)


def _second(labels: Mapping[str, str], peak: int) -> str:
    return next(name for name in labels if name.isdigit() and int(name) not in (peak, YEAR))


def _bar(axes: Axes, year: int, foot: float, height: float, kind: str) -> None:
    edge = ACCENT if year == YEAR else CONTEXT
    axes.bar(
        year,
        height,
        bottom=foot,
        width=0.8,
        color=FACES[kind][year == YEAR],
        edgecolor=edge,
        linewidth=0.6,
        hatch=HATCHES[kind],
    )


def _tear(axes: Axes, year: int, limit: float) -> None:
    """A white zigzag through a bar that goes on beyond the scale."""
    xs = [year - 0.55 + 0.22 * step for step in range(6)]
    ys = [limit * (0.925 + 0.02 * (step % 2)) for step in range(6)]
    axes.fill_between(xs, ys, [y + 0.022 * limit for y in ys], color=PAPER, linewidth=0, zorder=3)


def _label_types(
    axes: Axes, types: Mapping[int, Mapping[str, float]], labels: Mapping[str, str], started: Frame
) -> None:
    """The names of the types beside the bar of the year, which needs room at the right."""
    size = started.size
    texts = [f"{labels[kind]}\n{labels[f'{kind}_deaths']}" for kind in TYPES]
    first, last = min(types) - 0.7, max(types) + 0.5
    box = axes.get_window_extent()
    taken = (max(width(started.figure, text, size.small) for text in texts) + 3.2 * size.small) / box.width
    axes.set_xlim(first, last + (last - first) * taken / (1 - taken))
    axes.set_xticks([year for year in types if year % 5 == 0 or year == YEAR])
    heights = [types[YEAR][kind] for kind in TYPES]
    middles = [sum(heights[:i]) + height / 2 for i, height in enumerate(heights)]
    lines = 3.3 * size.small * started.figure.dpi / 72
    places = stagger(middles, lines / box.height * axes.get_ylim()[1])
    for text, middle, place in zip(texts, middles, places, strict=True):
        axes.annotate(
            text,
            (last - 0.05, middle),
            (last + 0.9 * size.small / box.width * (last - first), place),
            va="center",
            fontsize=size.small,
            linespacing=1.15,
            arrowprops={"arrowstyle": "-", "color": CONTEXT, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0},
        )


# The total of 2014 by release


def deaths_2014_by_release(words: Words) -> Content:
    """The deaths of 2014 by definition and by release, against the report's figure.

    From the findings on that claim: UCDP's yearly data by which types are counted, and the data of all dyads apart.
    """
    verdict = next(v for v in audit.committed() if v.claim.id == OVER)
    found = [f for f in verdict.findings if not f.is_headline and f.value is not None]
    order = list(dict.fromkeys(f.definition for f in found))
    report = verdict.claim.value
    if report is None:
        raise InputError(f"{OVER} has no figure", where=claims.CLAIMS, column="value", expected="a number")
    rows = [_release_row(f) for f in found]
    rows.append({"mark": "line", "panel": "report", "value": report})
    releases = tuple(dict.fromkeys(pair for f in found for pair in f.vintages.items()))
    values = [f.value for f in found if f.value is not None]
    above = sum(value > report for value in values)
    shown: dict[str, object] = {
        "year": YEAR,
        "above": words.number(above),
        "definitions": words.number(len(order)),
        "count": words.number(len(values)),
        "report": words.number(report),
        "lowest": words.number(min(values)),
        "highest": words.number(max(values)),
    }
    if above == len(values):
        title = words(
            "By all {definitions} definitions, every release held puts the deaths of {year} above {report}", **shown
        )
    else:
        title = words(
            "{above} of {count} combinations of definition and release put the deaths of {year} above {report}", **shown
        )
    alt = words(
        "Horizontal bars of the deaths of {year}, one for each of {count} combinations of definition and release, in "
        "panels by definition, with a line at the report's {report}. {above} of them are above the line; they run from "
        "{lowest} to {highest}.",
        **shown,
    )
    if _grows(found):
        alt += words.space + words("By the same definition, each later release gives more than the one before.")
    gaps = dict.fromkeys(
        words(
            "{releases}: {gaps}",
            releases=words.enumerated(dict.fromkeys(f.vintages.values())),
            gaps=words.enumerated(left_out(words, f.coverage)),
        )
        for f in sorted(found, key=lambda f: len(f.vintages))
        if f.ends == (None, None) and f.coverage and len(f.vintages) == 1
    )
    notes = [words("No line where the band is not complete. {gaps}.", gaps=words.listed(gaps))] if gaps else []
    notes += [_threshold(words), _families(words)]
    labels = {
        "report": words("The report: over {report}", **shown),
        "all": words("All three types, yearly data"),
        "state_and_one_sided": words("State-based conflict and one-sided violence, yearly data"),
        "state_based": words("State-based conflict only, yearly data"),
        "all_dyads": words("All three types, data of all dyads (another family of data)"),
    }
    labels |= {f"name {number}": words.enumerated(dict.fromkeys(f.vintages.values())) for number, f in enumerate(found)}
    labels |= {f"value {number}": words.number(value) for number, value in enumerate(values)}
    for number, f in enumerate(found):
        date = words.date(max(registry.find(*pair).published for pair in f.vintages.items()))
        labels[f"date {number}"] = words("{date}, after the report", date=date) if _is_after(f) else date
    unknown = [name for name in order if name not in labels]
    if unknown:
        raise InputError(
            f"no label for the definition {unknown[0]!r} of {OVER}", do="add one in analysis/charts/deaths.py"
        )
    return Content(
        title=title,
        subtitle=words(
            "Deaths in organised violence in {year} by definition and release. Bars and numbers: best estimates; "
            "lines: low to high. Dark red: counted as the report's source does, and published before the report.",
            **shown,
        ),
        alt=alt,
        data=pd.DataFrame(rows, columns=["mark", "panel", "role", "when", "low", "value", "high", "source", "vintage"]),
        releases=releases,
        source_line=source_line(words, releases),
        notes=(words.run(notes),),
        claims=(OVER,),
        labels=labels,
    )


def _is_after(finding: Finding) -> bool:
    """Whether a part of it came out after the report; a stand-in did as well."""
    return finding.published[0] > registry.REPORT_DATE.isoformat()


def _release_row(finding: Finding) -> dict[str, object]:
    low, high = finding.ends
    return {
        "mark": "bar",
        "panel": finding.definition,
        "role": finding.role,
        "when": LATER if _is_after(finding) else THEN,
        "low": low,
        "value": finding.value,
        "high": high,
        "source": " ".join(finding.vintages),
        "vintage": " ".join(finding.vintages.values()),
    }


def _grows(found: Sequence[Finding]) -> bool:
    """Whether within each definition every later release gives more."""
    by_definition: dict[str, list[float]] = {}
    for finding in found:
        by_definition.setdefault(finding.definition, []).append(finding.value or 0.0)
    return all(a < b for values in by_definition.values() for a, b in zip(values, values[1:], strict=False))


def _panels(started: Frame, counts: Sequence[int], pad_left: float, extra: float = 0.0) -> list[Axes]:
    """Axes one above the other, as high as their rows, each with room for a heading; the last has the scale.

    Args:
        started: the frame.
        counts: rows of each panel.
        pad_left: room for the names of the rows, as a part of the figure.
        extra: room above the first panel, in rows.
    """
    figure, size = started.figure, started.size
    head = 1.35
    foot = 2.1 * size.small / 72 / size.height
    unit = (started.top - started.bottom - foot) / (sum(counts) + head * len(counts) + extra)
    top = started.top - extra * unit
    made: list[Axes] = []
    for count in counts:
        top -= (head + count) * unit
        axes = figure.add_axes(
            (started.left + pad_left, top, started.right - started.left - pad_left, count * unit),
            sharex=made[0] if made else None,
        )
        axes.set_ylim(count - 0.5, -0.5)
        axes.set_yticks([])
        axes.grid(visible=False)
        axes.tick_params(labelsize=size.small, length=0, labelbottom=len(made) == len(counts) - 1)
        axes.spines["bottom"].set_visible(False)
        made.append(axes)
    return made


def _row_size(started: Frame, axes: Axes) -> float:
    """The size of text for the rows of a panel: small text, or less where the rows are low."""
    low, high = axes.get_ylim()
    height = axes.get_position().height * started.size.height * 72 / abs(high - low)
    return min(started.size.small, 0.7 * height)


def _heading(started: Frame, axes: Axes, text: str) -> None:
    """A panel's heading, above its rows and as far left as their names."""
    y = axes.get_position().y1 + 0.35 * started.size.small / 72 / started.size.height
    started.figure.text(started.left, y, text, va="bottom", fontsize=started.size.small, color=INK)


def _row_name(axes: Axes, row: int, text: str, size: float) -> None:
    axes.annotate(
        text, (0, row), (-0.6 * size, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
        ha="right", va="center", fontsize=size, color=SOFT,
    )  # fmt: skip


def _draw_deaths_2014_by_release(content: Content, started: Frame) -> None:
    size, labels = started.size, content.labels
    bars = marked(content, "bar")
    report = float(marked(content, "line")[0]["value"])
    panels = Counter(bar["panel"] for bar in bars)
    pad = room(started, [labels[f"name {number}"] for number in range(len(bars))], size.small) + 0.012
    made = _panels(started, list(panels.values()), pad, extra=0.3)
    small = _row_size(started, made[0])
    reach = max(float(bar["value"] if pd.isna(bar["high"]) else bar["high"]) for bar in bars)
    for axes, panel in zip(made, panels, strict=True):
        _heading(started, axes, labels[panel])
        for row, number in enumerate(number for number, bar in enumerate(bars) if bar["panel"] == panel):
            bar = bars[number]
            claimed = bar["role"] == "report" and bar["when"] != LATER
            face = ACCENT if claimed else PALE if bar["when"] == LATER else CONTEXT
            axes.barh(row, bar["value"], height=0.74, color=face)
            _row_name(axes, row, labels[f"name {number}"], small)
            axes.annotate(
                labels[f"date {number}"], (0, row), (0.6 * small, 0), textcoords="offset points", va="center",
                fontsize=0.92 * small, color=PAPER if claimed else INK,
            )  # fmt: skip
            end = bar["value"]
            if pd.notna(bar["low"]):
                axes.plot([bar["low"], bar["high"]], [row, row], color=INK, linewidth=0.14 * small)
                end = bar["high"]
            axes.annotate(
                labels[f"value {number}"], (end, row), (0.5 * small, 0), textcoords="offset points", va="center",
                fontsize=small, color=ACCENT if claimed else INK,
            )  # fmt: skip
        axes.axvline(report, color=PAPER, linewidth=0.28 * size.small)
        axes.axvline(report, color=INK, linewidth=0.12 * size.small, linestyle=(0, (4, 2)))
    made[0].set_xlim(0, 1.12 * reach)
    made[0].set_xticks([50_000.0 * step for step in range(int(reach // 50_000) + 1)])
    made[0].annotate(
        labels["report"], (report, 1), (0.4 * size.small, 0.35 * size.small), xycoords=("data", "axes fraction"),
        textcoords="offset points", va="bottom", fontsize=size.small, color=INK,
    )  # fmt: skip
    started.numbers(made[-1], "x")


# What made up the rise of 2014


def rise_of_2014(words: Words) -> Content:
    """What made up the rise of deaths from 2013 to 2014 by type, against a half and a quarter of it.

    From UCDP's yearly data in the first and the newest release group that hold all three types, and, apart, from the
    newest data of all dyads, with the civilians of all types.
    """
    groups = ucdp.release_groups()
    newest = ucdp.newest(ALL_DYADS)
    panels = {
        "first": ("deaths", groups[0]),
        **({"newest": ("deaths", groups[-1])} if len(groups) > 1 else {}),
        "all_dyads": ("deaths_all_dyads", dict([newest])),
    }
    thresholds = sorted({d.threshold for d in claims.definitions() if d.claim == LARGE_PART and d.threshold})
    data: list[dict[str, Any]] = []
    labels: dict[str, str] = {}
    shares: dict[str, float] = {}
    for panel, (family, releases) in panels.items():
        rows = ucdp.world(family, releases)
        kinds = (*TYPES, "civilians") if family == "deaths_all_dyads" else TYPES
        before = sum(ucdp.best(rows, kind, BEFORE) for kind in TYPES)
        after = sum(ucdp.best(rows, kind, YEAR) for kind in TYPES)
        if after <= before:
            raise InputError(
                f"no rise from {BEFORE} to {YEAR} in {', '.join(releases.values())}", expected="more deaths than before"
            )
        for kind in kinds:
            rise = ucdp.best(rows, kind, YEAR) - ucdp.best(rows, kind, BEFORE)
            of_kind = rows[rows["type"].eq(kind)].iloc[0]
            shares[f"{panel} {kind}"] = rise / (after - before)
            data.append(
                {
                    "mark": "bar",
                    "panel": panel,
                    "type": kind,
                    "before": ucdp.best(rows, kind, BEFORE),
                    "after": ucdp.best(rows, kind, YEAR),
                    "rise": rise,
                    "share": rise / (after - before),
                    "source": of_kind["source"],
                    "vintage": of_kind["vintage"],
                }
            )
            labels[f"{panel} {kind}"] = words(
                "{rise} ({share})", rise=_signed(words, rise), share=words.percent(rise / (after - before))
            )
        data.append(
            {"mark": "total", "panel": panel, "type": "all", "before": before, "after": after, "rise": after - before}
        )
        shown = {
            "releases": words.enumerated(dict.fromkeys(releases.values())),
            "rise": _signed(words, after - before),
            "before": words.number(before),
            "after": words.number(after),
        }
        labels[panel] = (
            words("Data of all dyads, {releases}: {rise} deaths, from {before} to {after}", **shown)
            if family == "deaths_all_dyads"
            else words("Yearly data, {releases}: {rise} deaths, from {before} to {after}", **shown)
        )
    data += [{"mark": "line", "panel": "reading", "type": "", "share": threshold} for threshold in thresholds]
    labels |= {kind: name for kind, name in _names(words).items()}
    labels |= {f"reading {threshold}": _reading(words, threshold) for threshold in thresholds}
    of_first = {row["type"]: float(row["rise"]) for row in data if row["panel"] == "first"}
    texts: dict[str, object] = {
        "year": YEAR,
        "before": BEFORE,
        "share": words.percent(shares["first one_sided"]),
        "total": words.number(of_first["all"]),
        **{kind: _signed(words, of_first[kind]) for kind in TYPES},
        "largest": words.percent(max(share for name, share in shares.items() if name.endswith("one_sided"))),
        "civilians": words.percent(shares["all_dyads civilians"]),
    }
    releases_drawn = tuple(dict.fromkeys(pair for _, releases in panels.values() for pair in releases.items()))
    return Content(
        title=_rise_title(words, shares["first one_sided"], texts),
        subtitle=words(
            "The rise in deaths from {before} to {year} by type and release, in shares of it; best estimates. Dotted: "
            "two readings of “in large part”.",
            **texts,
        ),
        alt=words(
            "Horizontal bars of the share of each type of violence in the rise of deaths from {before} to {year}, in "
            "panels by release, with lines at the readings of “in large part”. In the releases of the time the rise is "
            "{total}: state-based conflict {state_based}, non-state conflict {non_state}, one-sided violence "
            "{one_sided}, which is {share}. The largest share of one-sided violence in any panel is {largest}; that of "
            "civilians in all types, in the data of all dyads, is {civilians}.",
            **texts,
        ),
        data=pd.DataFrame(
            data, columns=["mark", "panel", "type", "before", "after", "rise", "share", "source", "vintage"]
        ),
        releases=releases_drawn,
        source_line=source_line(words, releases_drawn),
        notes=(
            words(
                "One-sided violence is a proxy for the targeting of civilians: UCDP counts the shelling of populated "
                "areas as state-based conflict."
            ),
            words(
                "Civilians in all three types (striped) were killed on purpose or in the fighting; they are among the "
                "deaths above, not besides them, and UCDP could not tell the status of some of the dead."
            ),
            words.run((_threshold(words), _families(words))),
        ),
        claims=(LARGE_PART,),
        labels=labels,
    )


def _signed(words: Words, rise: float) -> str:
    return (
        words("+{number}", number=words.number(rise)) if rise >= 0 else words("−{number}", number=words.number(-rise))
    )


def _reading(words: Words, threshold: float) -> str:
    if threshold == 0.5:
        return words("a half")
    if threshold == 0.25:
        return words("a quarter")
    return words.percent(threshold)


def _rise_title(words: Words, share: float, shown: Mapping[str, object]) -> str:
    if share < 0.25:
        return words("One-sided violence made up {share} of the rise in deaths of {year}, less than a quarter", **shown)
    if share < 0.5:
        return words("One-sided violence made up {share} of the rise in deaths of {year}, less than a half", **shown)
    return words("One-sided violence made up {share} of the rise in deaths of {year}, a half or more", **shown)


def _draw_rise_of_2014(content: Content, started: Frame) -> None:
    size, labels = started.size, content.labels
    bars = marked(content, "bar")
    readings = [row["share"] for row in marked(content, "line")]
    panels = Counter(bar["panel"] for bar in bars)
    pad = room(started, [labels[bar["type"]] for bar in bars], size.small) + 0.012
    made = _panels(started, list(panels.values()), pad, extra=1.0)
    small = _row_size(started, made[0])
    for axes, panel in zip(made, panels, strict=True):
        _heading(started, axes, labels[panel])
        for threshold in readings:
            axes.axvline(threshold, color=INK, linewidth=0.12 * size.small, linestyle=":")
        for row, bar in enumerate(bar for bar in bars if bar["panel"] == panel):
            about = bar["type"] == "one_sided"
            if bar["type"] == "civilians":
                axes.barh(row, bar["share"], height=0.7, color=PAPER, edgecolor=ACCENT, hatch="/////", linewidth=0.8)
            else:
                axes.barh(row, bar["share"], height=0.7, color=ACCENT if about else CONTEXT)
            axes.annotate(
                labels[f"{panel} {bar['type']}"], (max(bar["share"], 0), row), (0.5 * small, 0),
                textcoords="offset points", va="center", fontsize=small, color=ACCENT if about else INK,
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.0},
            )  # fmt: skip
            _row_name(axes, row, labels[bar["type"]], small)
        axes.axvline(0, color=CONTEXT, linewidth=0.8)
        axes.spines["left"].set_visible(False)
    made[0].set_xlim(min(0.0, *(1.3 * bar["share"] for bar in bars)), max(0.6, *(1.28 * bar["share"] for bar in bars)))
    for threshold in readings:
        started.figure.text(
            *_at(started, made[0], threshold), labels[f"reading {threshold}"], ha="center", va="bottom",
            fontsize=size.small, color=INK,
        )  # fmt: skip
    made[-1].xaxis.set_major_formatter(lambda value, _: started.words.percent(value, 0))


def _at(started: Frame, axes: Axes, value: float) -> tuple[float, float]:
    """Where a value of the first panel's scale is in the figure, above the panel's heading."""
    low, high = axes.get_xlim()
    box = axes.get_position()
    y = box.y1 + 2.1 * started.size.small / 72 / started.size.height
    return box.x0 + box.width * (value - low) / (high - low), y


CHARTS = {
    "deaths_by_type": Chart(content=deaths_by_type, draw=_draw_deaths_by_type),
    "deaths_2014_by_release": Chart(content=deaths_2014_by_release, draw=_draw_deaths_2014_by_release),
    "rise_of_2014": Chart(content=rise_of_2014, draw=_draw_rise_of_2014),
}
