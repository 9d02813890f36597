"""Figure of Syria's documented deaths by month around the veto of February 2012, as an interrupted time series."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullFormatter, NullLocator

from analysis.audit.interrupted import Trend, trend
from analysis.audit.measures import added_rows
from analysis.charts import ucdp
from analysis.charts.contents import Content, marked, source_line
from analysis.charts.style import ACCENT, CONTEXT, INK, PALE, PAPER, SOFT, VOID, Chart, Frame, block
from analysis.data.coverage import from_text
from analysis.data.query import table
from analysis.errors import InputError
from analysis.tell import frames
from analysis.tell.languages import Words

SYRIA = "SYR"
AFTER = "syria_deaths_rose_after_february_2012"
BECAUSE = "syria_deaths_rose_because"

VDC = ("vdc_syria", "2019-06")
COUNCIL = ("security_council", "2023-09")

FIRST = (2011, 3)
"""The month in which the protests and their repression began: the trend before starts here."""
VOTE = (2012, 2)
"""The month of the vote that the report names; the trend before ends with the month before it."""
YEAR_AFTER = (2013, 2)
LAST = (2014, 12)


def _number(year: int, month: int) -> int:
    """A month's place on one scale."""
    return 12 * year + month - 1


def _months() -> pd.DataFrame:
    """Documented deaths by month, from the first to the last shown, with their place and phase."""
    rows = table("deaths.documented", SYRIA, by="month", source=VDC[0], vintage=VDC[1]).astype({"month": int})
    rows = rows.assign(place=12 * rows["year"] + rows["month"] - 1).sort_values("place", kind="stable")
    rows = rows[rows["place"].between(_number(*FIRST), _number(*LAST))]
    if list(rows["place"]) != list(range(_number(*FIRST), _number(*LAST) + 1)):
        raise InputError(f"months are missing in {' '.join(VDC)}", expected=f"each from {FIRST} to {LAST}")
    cuts = [0, _number(*VOTE), _number(*YEAR_AFTER) + 1, 12 * 9999]
    phase = pd.cut(rows["place"], cuts, right=False, labels=["before", "after", "later"]).astype(str)
    return rows.assign(mark="month", phase=phase, value=rows["best"])


def _extended(fit: Trend, mark: str, places: Sequence[int]) -> list[dict[str, object]]:
    lines = []
    for place in places:
        low, value, high = fit.at(place)
        lines.append({"mark": mark, "place": place, "low": low, "value": value, "high": high})
    return lines


def _by_year() -> list[dict[str, object]]:
    """All organised violence in Syria by year, from UCDP's data of all dyads."""
    source, vintage = ucdp.newest(ucdp.ALL_DYADS)
    found = [table(f"deaths_all_dyads.{kind}", area=SYRIA, source=source, vintage=vintage) for kind in ucdp.TYPES]
    rows = pd.concat(found, ignore_index=True)
    lines = []
    for year in range(FIRST[0], LAST[0] + 1):
        total = added_rows(rows[rows["year"].eq(year)])
        low, high = total.band
        lines.append({"mark": "year", "year": year, "low": low, "value": total.value, "high": high})
    return [{**line, "source": source, "vintage": vintage} for line in lines]


def _vetoes() -> list[dict[str, object]]:
    rows = table("vetoed_drafts", SYRIA, by="month", source=COUNCIL[0], vintage=COUNCIL[1])
    found = [
        {"mark": "veto", "place": _number(year, month), "year": year, "month": month, "value": float(drafts)}
        for year, month, drafts in zip(rows["year"], rows["month"].astype(int), rows["best"], strict=True)
    ]
    return [{**one, "source": COUNCIL[0], "vintage": COUNCIL[1]} for one in found if one["place"] <= _number(*LAST)]


def syria_around_february_2012(words: Words) -> Content:
    """Syria's documented deaths by month and the trend before February 2012, with a 95 % range of where it led.

    From VDC's documented deaths (a copy with gaps); in a panel of its own, all organised violence by year from UCDP's
    data of all dyads. The trend is that of ``analysis.audit.interrupted``.
    """
    months = _months()
    before = months[months["phase"].eq("before")]
    whole = before[before["coverage"].eq("") | before["place"].gt(_number(*FIRST))]
    fit = trend(before["place"].tolist(), before["value"].tolist())
    narrower = trend(whole["place"].tolist(), whole["value"].tolist())
    after = months[months["phase"].eq("after")]
    places = after["place"].tolist()
    years = _by_year()
    data = pd.concat(
        [
            months[["mark", "phase", "place", "year", "month", "value", "coverage", "source", "vintage"]],
            pd.DataFrame(
                [
                    *_extended(fit, "fit", before["place"].tolist()),
                    *_extended(fit, "ahead", places),
                    *_extended(narrower, "ahead_without_first", places),
                    *_vetoes(),
                    *years,
                ]
            ),
        ],
        ignore_index=True,
    )
    found = frames.findings(AFTER).set_index("definition").loc["vdc_year"]
    above = [place for place, deaths in zip(places, after["value"], strict=True) if deaths > fit.at(place)[2]]
    above_narrower = [p for p, deaths in zip(places, after["value"], strict=True) if deaths > narrower.at(p)[2]]
    peak = after.loc[after["value"].idxmax()]
    start = before.iloc[-1]
    first_days = next(iter(from_text(str(before["coverage"].iloc[0]))), None)
    shown: dict[str, Any] = {
        "month": words.date("2012-02"),
        "times": words.number(float(found["value"]) / float(found["reference"]), 1),
        "growth": words.percent(fit.growth, 0),
        "above": words.number(len(above)),
        "count": words.number(len(places)),
        "narrower": words.number(len(above_narrower)),
        "first": words.date("2011-03"),
        "start": words.date(f"{start['year']}-{start['month']:02d}"),
        "start_deaths": words.number(start["value"]),
        "peak": words.date(f"{peak['year']}-{peak['month']:02d}"),
        "peak_deaths": words.number(peak["value"]),
        "end": words.date("2013-02"),
        "last": words.date("2014-12"),
        "given": first_days.given if first_days else "",
        "days": first_days.all if first_days else "",
        "low": words.number(fit.at(places[0])[0]),
        "high": words.number(fit.at(places[0])[2]),
        "end_low": words.number(fit.at(places[-1])[0]),
        "end_high": words.number(fit.at(places[-1])[2]),
    }
    releases = (VDC, ucdp.newest(ucdp.ALL_DYADS), COUNCIL)
    ucdp_deaths = {int(str(line["year"])): words.number(float(str(line["value"]))) for line in years}
    return Content(
        title=title_of(words, fit, (len(above), len(above_narrower)), len(places), shown),
        subtitle=words(
            "Deaths documented by VDC, by month, on a log scale; grey: where the trend before {month} led, 95% range.",
            **shown,
        ),
        alt=words(
            "Points show Syria's documented deaths by month from {first} to {last} on a log scale: {start_deaths} in "
            "{start}, a peak of {peak_deaths} in {peak}. A line through the months before {month} rises by {growth} a "
            "month; carried on, its 95% range runs from {low} to {high} for {month} and from {end_low} to {end_high} "
            "for {end}. Of the {count} months from {month} to {end}, {above} lie above that range, and "
            "{narrower} if the trend is fitted without {first}. Upright lines mark months in which drafts were vetoed.",
            **shown,
        )
        + words.space
        + words(
            "A second panel shows UCDP's best estimates of all deaths in organised violence in Syria: {list}.",
            list=words.listed(
                words("{year}: {deaths}", year=year, deaths=deaths) for year, deaths in ucdp_deaths.items()
            ),
        ),
        data=data,
        releases=releases,
        source_line=source_line(words, releases),
        notes=(
            words(
                "“After” is not “because”: the figure shows when deaths rose, not why. Eleven months say little "
                "about a year ahead; the range takes each to scatter on its own."
            ),
            words(
                "Documented deaths are a floor, from a copy with gaps: open points are months with rows for some days "
                "only. {first} has {given} of {days}; without it the range is narrower (dotted) and {narrower} of "
                "{count} months are above it.",
                **shown,
            )
            if first_days
            else words("Documented deaths are a floor, from a copy with gaps."),
            words(
                "UCDP: all organised violence, smaller dyads included, release {release}; its events in Syria before "
                "2016 are not held by month.",
                release=releases[1][1],
            ),
        ),
        claims=(AFTER, BECAUSE),
        labels={
            "trend": words("Trend before {month}: {growth} more a month", **shown),
            "range": words("95% range if it had gone on"),
            "dotted": words("the same without {first}", **shown),
            "vetoes": words("Drafts on Syria vetoed:"),
            "start": shown["start_deaths"],
            "peak": shown["peak_deaths"],
            "months": words("VDC: documented deaths by month"),
            "years": words("UCDP: deaths by year"),
            **{f"ucdp {year}": deaths for year, deaths in ucdp_deaths.items()},
            **{
                f"veto {int(str(one['place']))}": words.date(f"{one['year']}-{int(str(one['month'])):02d}")
                for one in _vetoes()
            },
        },
    )


def title_of(words: Words, fit: Trend, above: tuple[int, int], count: int, shown: dict[str, Any]) -> str:
    """How much deaths rose, and whether the trend before would have led there, by both fits of it."""
    lead = words("In the year after {month} Syria's documented deaths were {times} times the year before's", **shown)
    least, most = min(above), max(above)
    counts = {"least": words.number(least), "most": words.number(most), "count": words.number(count), "lead": lead}
    if fit.slope <= 0:
        return lead
    if most == 0:
        return words("{lead}; no month lies above the 95% range of the rise till then", **counts)
    if least == count:
        return words("{lead}; every month lies above the 95% range of the rise till then", **counts)
    if least == most:
        return words("{lead}; {most} of {count} months lie above the 95% range of the rise till then", **counts)
    return words("{lead}; {least} to {most} of {count} months lie above the 95% range of the rise till then", **counts)


def _when(place: float) -> float:
    """A month's middle, in years."""
    return (place + 0.5) / 12


LOOKS = {"before": SOFT, "after": ACCENT, "later": PALE}


def _draw_syria_around_february_2012(content: Content, started: Frame) -> None:
    size = started.size
    head = 2.0 * size.small / 72 / size.height
    if size.width > size.height:
        main, side = started.axes(1, 2, pad_left=0.055, pad_top=head, width_ratios=[3.6, 1], wspace=0.17)
    else:
        main, side = started.axes(2, 1, pad_left=0.085, pad_top=head, height_ratios=[2.6, 1], hspace=0.36)
    _draw_months(main, content, started)
    _draw_years(side, content, started)
    for axes, name in ((main, "months"), (side, "years")):
        started.title(axes, content.labels[name])
        axes.spines["left"].set_visible(False)


def _draw_months(axes: Axes, content: Content, started: Frame) -> None:
    small, labels = started.size.small, content.labels
    ahead = pd.DataFrame(marked(content, "ahead"))
    other = pd.DataFrame(marked(content, "ahead_without_first"))
    fit = pd.DataFrame(marked(content, "fit"))
    months = marked(content, "month")
    axes.set_yscale("log")
    axes.fill_between(_when(ahead["place"]), ahead["low"], ahead["high"], color=VOID, linewidth=0, zorder=1)
    for end in ("low", "high"):
        axes.plot(_when(other["place"]), other[end], color=SOFT, linewidth=1.2, linestyle=(0, (1, 2)), zorder=2)
    axes.plot(_when(fit["place"]), fit["value"], color=INK, linewidth=1.6, zorder=2)
    axes.plot(_when(ahead["place"]), ahead["value"], color=INK, linewidth=1.2, linestyle=(0, (5, 3)), zorder=2)
    for month in months:
        colour = LOOKS[month["phase"]]
        axes.plot(
            [_when(month["place"])],
            [month["value"]],
            "o",
            markersize=(0.5 if month["phase"] == "later" else 0.66) * small,
            markerfacecolor=colour if month["coverage"] == "" else PAPER,
            markeredgecolor=colour,
            zorder=4,
        )
    low = min(float(ahead["low"].min()), *(month["value"] for month in months))
    high = max(float(ahead["high"].max()), *(month["value"] for month in months))
    axes.set_ylim(0.62 * low, 22 * high)
    axes.set_yticks([tick for tick in (100, 300, 1_000, 3_000, 10_000, 30_000) if tick < high])
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_minor_formatter(NullFormatter())
    started.numbers(axes)
    first, last = (_when(months[end]["place"]) for end in (0, -1))
    axes.set_xlim(first - 0.12, last + 0.1)
    years = range(int(first) + 1, int(last) + 1)
    axes.set_xticks([int(first) + 0.6, *(year + 0.5 for year in years)], [str(year) for year in (int(first), *years)])
    for year in years:
        axes.plot([year, year], [0, 0.03], transform=axes.get_xaxis_transform(), color=CONTEXT, linewidth=0.8)
    _draw_vetoes(axes, content, started)
    by_place = {month["place"]: month for month in months}
    start = by_place[fit["place"].max()]
    peak = max((month for month in months if month["phase"] == "after"), key=lambda month: month["value"])
    for month, text, shift, side in (
        (start, labels["start"], (-0.7, 0.5), "right"),
        (peak, labels["peak"], (-0.3, 1.1), "left"),
    ):
        axes.annotate(
            text, (_when(month["place"]), month["value"]), (shift[0] * small, shift[1] * small),
            textcoords="offset points", ha=side, va="bottom", fontsize=small,
            color=LOOKS[month["phase"]] if month is peak else INK, zorder=5,
        )  # fmt: skip
    part = 0.3 if started.size.width > started.size.height else 0.4
    x = _when(ahead["place"].max()) + 0.12
    line: dict[str, Any] = {"arrowstyle": "-", "color": CONTEXT, "linewidth": 0.8, "shrinkA": 1, "shrinkB": 1}
    plain = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.6}
    text_of: dict[str, Any] = {"fontsize": small, "va": "center", "zorder": 5, "bbox": plain}
    end = ahead.iloc[-1]
    between = float(np.sqrt(float(end["high"]) * float(other["high"].iloc[-1])))
    for name, colour, side, down in (("range", INK, "bottom", 0.25), ("dotted", SOFT, "top", -0.25)):
        axes.annotate(
            block(started, labels[name], part),
            (x, between),
            (0, down * small),
            textcoords="offset points",
            color=colour,
            **{**text_of, "va": side},
        )
    at = fit.iloc[-3]
    axes.annotate(
        block(started, labels["trend"], part),
        (_when(at["place"]), at["value"]),
        (_when(_number(*VOTE)) + 0.52, 1.7 * low),
        arrowprops=line,
        **text_of,
    )


def _draw_vetoes(axes: Axes, content: Content, started: Frame) -> None:
    """Upright lines at the months with a veto, named above; the month of the claim stands out and highest."""
    small, labels = started.size.small, content.labels
    vetoes = marked(content, "veto")
    height = axes.get_position().height * started.size.height * 72
    rows = {True: 1 - 1.5 * small / height, False: 1 - 3.0 * small / height}
    axes.text(0.0, 1.0, labels["vetoes"], transform=axes.transAxes, va="top", fontsize=small, color=SOFT)
    for veto in vetoes:
        about = veto["place"] == _number(*VOTE)
        x = _when(veto["place"])
        axes.plot(
            [x, x],
            [0, rows[about]],
            transform=axes.get_xaxis_transform(),
            color=ACCENT if about else CONTEXT,
            linewidth=1.4 if about else 1.0,
            linestyle="-" if about else (0, (4, 2)),
            zorder=1.5,
        )
        left = not about and veto["place"] < _number(*VOTE)
        axes.annotate(
            labels[f"veto {int(veto['place'])}"],
            (x, rows[about]),
            ((-0.35 if left else 0.35) * small, 0),
            xycoords=axes.get_xaxis_transform(),
            textcoords="offset points",
            ha="right" if left else "left",
            va="top",
            fontsize=small,
            color=ACCENT if about else SOFT,
        )


def _draw_years(axes: Axes, content: Content, started: Frame) -> None:
    small = started.size.small
    years = marked(content, "year")
    top = max(float(year["value"] if pd.isna(year["high"]) else year["high"]) for year in years)
    for year in years:
        axes.bar(year["year"], year["value"], width=0.66, color=CONTEXT)
        end = float(year["value"])
        if pd.notna(year["high"]):
            axes.plot([year["year"]] * 2, [year["low"], year["high"]], color=INK, linewidth=1.2)
            end = float(year["high"])
        axes.text(
            year["year"], end + 0.02 * top, content.labels[f"ucdp {int(year['year'])}"], ha="center", va="bottom",
            fontsize=0.9 * small, color=INK,
        )  # fmt: skip
    axes.set_ylim(0, 1.14 * top)
    axes.set_yticks([20_000.0 * step for step in range(int(1.1 * top // 20_000) + 1)])
    axes.set_xticks([int(year["year"]) for year in years])
    started.numbers(axes)


CHARTS = {
    "syria_around_february_2012": Chart(content=syria_around_february_2012, draw=_draw_syria_around_february_2012)
}
