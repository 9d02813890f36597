"""Figure of the third parties in civil conflicts: their share by definition, and foreign troops since 1946."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.audit import claims, verdict_on
from analysis.audit.findings import LATER, THEN, Finding
from analysis.charts import ucdp
from analysis.charts.contents import Content, marked, source_line
from analysis.charts.displacement import claimed
from analysis.charts.style import ACCENT, BAND, CONTEXT, INK, PAPER, SOFT, Chart, Frame, block
from analysis.errors import InputError
from analysis.tell.languages import Words

CLAIM = "civil_wars_third_party"
CONFLICTS = "ucdp_armed_conflict"
YEARS = (2014, 2015)
KINDS = ("troops", "troop_support", "wars", "any_support")
"""What counts as a third party, and in which conflicts; each is a definition in each year."""


def _found() -> list[Finding]:
    return [one for one in verdict_on(CLAIM).findings if one.value is not None]


def _row(finding: Finding) -> dict[str, Any]:
    definition = claims.definition(finding.claim, finding.definition)
    if definition.kind not in KINDS or definition.year not in YEARS:
        raise InputError(f"no row for {finding.definition}", expected=f"{', '.join(KINDS)} in {YEARS}")
    assert finding.reference is not None
    (release,) = finding.vintages.items()
    return {
        "mark": "share",
        "kind": definition.kind,
        "year": definition.year,
        "share": finding.value,
        "part": finding.reference.part,
        "whole": finding.reference.whole,
        "when": finding.when,
        "holds": finding.holds,
        "source": release[0],
        "vintage": release[1],
    }


def _series() -> pd.DataFrame:
    """The share of conflicts within states in which another government's troops took part, by year."""
    rows = ucdp.world("conflicts", dict([ucdp.newest(CONFLICTS)]))
    wide = rows.pivot(index="year", columns="type", values="best")
    share = wide["internationalized"] / (wide["internationalized"] + wide["intrastate"])
    source, vintage = ucdp.newest(CONFLICTS)
    lines = pd.DataFrame({"year": share.index, "share": share.to_numpy()})
    return lines.assign(mark="series", kind="troops", source=source, vintage=vintage)


def third_parties(words: Words) -> Content:
    """The share of civil conflicts with third parties in 2014 and 2015 by definition and release, against a third.

    From the findings on that claim (UCDP/PRIO's armed conflicts and the External Support Data) and, by year since
    1946, the conflicts with foreign troops in UCDP/PRIO's newest release.
    """
    found = _found()
    low, high = claims.window(claimed(CLAIM))
    rows = [_row(finding) for finding in found]
    series = _series()
    data = pd.concat([pd.DataFrame([*rows, {"mark": "window", "low": low, "high": high}]), series], ignore_index=True)
    values = [row["share"] for row in rows]
    newest = ucdp.newest(CONFLICTS)
    at = series.set_index("year")["share"]
    peak = int(at.idxmax())
    shown: dict[str, Any] = {
        "count": words.number(len(rows)),
        "fits": words.number(sum(low < value < high for value in values)),
        "lowest": words.percent(min(values)),
        "highest": words.percent(max(values)),
        "window_low": words.percent(low),
        "window_high": words.percent(high),
        "first": int(at.index.min()),
        "last": int(at.index.max()),
        "year": YEARS[0],
        "next": YEARS[1],
        "release": newest[1],
        "peak": peak,
        "peak_share": words.percent(at[peak]),
        "last_share": words.percent(at.iloc[-1]),
    }
    names = _names(words)
    spans = {
        f"{kind} {year}": _span(words, [row["share"] for row in rows if (row["kind"], row["year"]) == (kind, year)])
        for kind in KINDS
        for year in YEARS
    }
    releases = tuple(dict.fromkeys([*((row["source"], row["vintage"]) for row in rows), newest]))
    return Content(
        title=title_of(words, rows, (low, high), shown),
        subtitle=words(
            "Share of civil conflicts with third parties, by definition and release. Tinted: nearer to a third than to "
            "a quarter or two fifths."
        ),
        alt=words(
            "Points on a scale of shares, by definition, year and release, with a band around a third from "
            "{window_low} to {window_high}. {list}. {fits} of {count} points lie in the band.",
            **shown,
            list=words.listed(
                words("{kind}, {year}: {span}", kind=names[kind], year=year, span=spans[f"{kind} {year}"])
                for kind in KINDS
                for year in YEARS
            ),
        )
        + words.space
        + words(
            "A second panel shows the share with foreign troops by year from {first} to {last}: its peak is "
            "{peak_share} in {peak}, and {last} has {last_share}.",
            **shown,
        ),
        data=data[
            ["mark", "kind", "year", "low", "share", "high", "part", "whole", "when", "holds", "source", "vintage"]
        ],
        releases=releases,
        source_line=source_line(words, releases),
        notes=(
            words(
                "Civil conflicts: within a state, with a government as a party, 25 deaths or more in the year (wars: "
                "1,000). The report names neither its source's definition nor its year."
            ),
            words(
                "Filled: published before the report; squares: later releases. The External Support Data are held in "
                "one release only; any support includes money, arms, training and sanctuary."
            ),
        ),
        claims=(CLAIM,),
        labels={
            **names,
            **spans,
            "third": words("a third"),
            "series": words("Share with foreign troops (UCDP/PRIO {release})", **shown),
            "years": words("{year} and {next}", **shown),
            "peak": words("{peak}: {peak_share}", **shown),
            "last": words("{last}: {last_share}", **shown),
            "shares": words("Share of civil conflicts"),
        },
    )


def _names(words: Words) -> dict[str, str]:
    return {
        "troops": words("Foreign troops in the conflict (UCDP/PRIO)"),
        "troop_support": words("Foreign troops in support (External Support Data)"),
        "wars": words("Foreign troops, wars of 1,000 deaths only (UCDP/PRIO)"),
        "any_support": words("Any external support (External Support Data)"),
    }


def _span(words: Words, shares: Sequence[float]) -> str:
    texts = [words.percent(min(shares)), words.percent(max(shares))]
    return texts[0] if texts[0] == texts[1] else words("{low} to {high}", low=texts[0], high=texts[1])


def title_of(
    words: Words, rows: Sequence[Mapping[str, Any]], window: tuple[float, float], shown: Mapping[str, Any]
) -> str:
    """Which of the counts come near a third."""
    troops = [row["share"] for row in rows if row["kind"] in ("troops", "troop_support") and row["year"] == YEARS[0]]
    others = [row["share"] for row in rows if row["kind"] not in ("troops", "troop_support") or row["year"] != YEARS[0]]
    low, high = window
    if troops and others and all(low < share < high for share in troops) and min(others) >= high:
        return words(
            "Foreign troops took part in about a third of the civil conflicts of {year}; every other count held "
            "gives more",
            **shown,
        )
    return words(
        "{fits} of {count} counts of third parties in civil conflicts come near a third: {lowest} to {highest}", **shown
    )


def _draw_third_parties(content: Content, started: Frame) -> None:
    size = started.size
    head = 2.1 * size.small / 72 / size.height
    if size.width > size.height:
        dots, line = started.axes(1, 2, pad_left=0.045, pad_top=head, width_ratios=[1.5, 1], wspace=0.14)
    else:
        dots, line = started.axes(2, 1, pad_left=0.07, pad_top=head, height_ratios=[1.7, 1], hspace=0.34)
    _draw_shares(dots, content, started)
    _draw_series(line, content, started)
    for axes, name in ((dots, "shares"), (line, "series")):
        started.title(axes, block(started, content.labels[name], 0.36 if size.width > size.height else 0.85))


def _draw_shares(axes: Axes, content: Content, started: Frame) -> None:
    small, labels = started.size.small, content.labels
    window = marked(content, "window")[0]
    rows = marked(content, "share")
    axes.axvspan(window["low"], window["high"], color=BAND, linewidth=0, zorder=0)
    y = 0.0
    for kind in KINDS:
        axes.text(0.005, y, labels[kind], va="center", fontsize=small, color=INK, zorder=5)
        y += 0.95
        for year in YEARS:
            own = [row for row in rows if (row["kind"], row["year"]) == (kind, year)]
            shares = [row["share"] for row in own]
            axes.plot([min(shares), max(shares)], [y, y], color=CONTEXT, linewidth=1.2, zorder=1)
            for row in own:
                inside = window["low"] < row["share"] < window["high"]
                colour = ACCENT if inside else SOFT
                axes.plot(
                    [row["share"]], [y], "o" if row["when"] != LATER else "s",
                    markersize=(0.72 if row["when"] != LATER else 0.5) * small, markeredgecolor=colour,
                    markerfacecolor=colour if row["when"] == THEN else PAPER, zorder=4 if row["when"] != LATER else 3,
                )  # fmt: skip
            axes.annotate(
                labels[f"{kind} {year}"], (max(shares), y), (0.9 * small, 0), textcoords="offset points", va="center",
                fontsize=small, color=INK,
            )  # fmt: skip
            axes.annotate(
                str(year), (0, y), (-0.5 * small, 0), textcoords="offset points", ha="right", va="center",
                fontsize=small, color=SOFT, annotation_clip=False,
            )  # fmt: skip
            y += 0.95
        y += 0.1
    axes.set_ylim(y - 0.5, -0.7)
    axes.set_xlim(0, 1.16)
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.grid(axis="x", visible=True)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.xaxis.set_major_formatter(lambda value, _: started.words.percent(value, 0))
    middle = (window["low"] + window["high"]) / 2
    axes.annotate(
        labels["third"], (middle, 0), (0, -0.4 * small), xycoords=axes.get_xaxis_transform(),
        textcoords="offset points", ha="center", va="top", fontsize=small, color=ACCENT,
    )  # fmt: skip
    axes.set_xticks([0, 0.5, 0.75, 1])


def _draw_series(axes: Axes, content: Content, started: Frame) -> None:
    small, labels = started.size.small, content.labels
    window = marked(content, "window")[0]
    rows = pd.DataFrame(marked(content, "series")).set_index("year")["share"]
    axes.add_patch(
        Rectangle(
            (0, window["low"]), 1, window["high"] - window["low"], transform=axes.get_yaxis_transform(), color=BAND,
            linewidth=0, zorder=0,
        )
    )  # fmt: skip
    axes.plot(rows.index, rows, color=SOFT, linewidth=1.6)
    axes.plot(YEARS, rows.loc[list(YEARS)], "o", color=ACCENT, markersize=0.62 * small, zorder=4)
    axes.annotate(
        labels["years"], (YEARS[0], rows[YEARS[0]]), (YEARS[0] - 13, 0.46), ha="center", va="bottom",
        fontsize=small, color=ACCENT, arrowprops={"arrowstyle": "-", "color": ACCENT, "linewidth": 0.8, "shrinkB": 4},
    )  # fmt: skip
    peak = rows.idxmax()
    axes.annotate(
        labels["peak"], (peak, rows[peak]), (0, 0.5 * small), textcoords="offset points", ha="right", va="bottom",
        fontsize=small, color=INK,
    )  # fmt: skip
    axes.set_ylim(0, 1.25 * rows.max())
    first, last = int(rows.index.min()), int(rows.index.max())
    axes.annotate(
        labels["last"], (last, rows[last]), (last, 0.06), ha="right", va="center", fontsize=small, color=INK,
        arrowprops={"arrowstyle": "-", "color": CONTEXT, "linewidth": 0.8, "shrinkB": 2},
    )  # fmt: skip
    axes.set_xlim(first - 1, last + 1)
    axes.set_xticks([year for year in range(first // 20 * 20, last + 1, 20) if year >= first])
    axes.yaxis.set_major_formatter(lambda value, _: started.words.percent(value, 0))
    axes.spines["left"].set_visible(False)


CHARTS = {"third_parties": Chart(content=third_parties, draw=_draw_third_parties)}
