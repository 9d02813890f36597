"""Figure of the Security Council: drafts stopped by a veto, by year."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.audit import verdict_on
from analysis.charts import ucdp
from analysis.charts.contents import Content, marked, source_line
from analysis.charts.style import ACCENT, BAND, CONTEXT, INK, Chart, Frame, room
from analysis.data.coverage import from_text
from analysis.data.query import table
from analysis.errors import InputError
from analysis.tell.coverage import left_out
from analysis.tell.languages import Words

CLAIM = "council_more_vetoes"
VETOES = "security_council"
SYRIA = "SYR"
OF = (2011, 2015)
"""The years that every definition of the claim looks at."""


def _years() -> pd.DataFrame:
    """Drafts vetoed by year, and how many of them were on Syria."""
    source, vintage = ucdp.newest(VETOES)
    world = table("vetoed_drafts", area="WLD", source=source, vintage=vintage)
    syria = table("vetoed_drafts", SYRIA, by="month", source=source, vintage=vintage).groupby("year")["best"].sum()
    rows = world.sort_values("year", kind="stable")[["year", "best", "coverage"]]
    on_syria = rows["year"].map(syria).fillna(0.0)
    return rows.assign(mark="year", syria=on_syria, source=source, vintage=vintage)


def _means() -> list[dict[str, Any]]:
    """The mean of the years looked at, and of each span that a definition compares them with."""
    found = verdict_on(CLAIM).findings
    if len({finding.value for finding in found}) != 1:
        raise InputError(f"the definitions of {CLAIM} look at different years", expected=f"{OF[0]}-{OF[1]}")
    compared = [finding.reference for finding in found if finding.reference is not None]
    return [
        {"mark": "mean", "first": OF[0], "last": OF[1], "best": found[0].value},
        *({"mark": "mean", "first": one.first, "last": one.last, "best": one.estimate.value} for one in compared),
    ]


def vetoes_by_year(words: Words) -> Content:
    """Draft resolutions of the Security Council that a veto stopped, by year, those on Syria apart, and means.

    From the Dag Hammarskjöld Library's list as collected to 2022, and the findings on the claim.
    """
    years, means = _years(), _means()
    release = ucdp.newest(VETOES)
    first, last = int(years["year"].min()), int(years["year"].max())
    of = years[years["year"].between(*OF)]
    lower = [mean for mean in means[1:] if mean["best"] < means[0]["best"]]
    higher = [mean for mean in means[1:] if mean["best"] > means[0]["best"]]
    peak = years.loc[years["best"].idxmax()]
    shown: dict[str, Any] = {
        "mean": _number(words, means[0]["best"]),
        "from": OF[0],
        "to": OF[1],
        "first": first,
        "last": last,
        "count": words.number(of["best"].sum()),
        "syria": words.number(of["syria"].sum()),
        "peak": int(peak["year"]),
        "peak_count": words.number(peak["best"]),
        "lower": _spans(words, lower),
        "higher": _spans(words, higher),
        "all_syria": words.number(years["syria"].sum()),
    }
    partial = str(years["coverage"].iloc[-1])
    return Content(
        title=title_of(words, lower, higher, shown),
        subtitle=words("Draft resolutions of the Security Council that a veto stopped, by year; red: on Syria."),
        alt=words(
            "Bars of drafts vetoed by year from {first} to {last}. The highest is {peak} with {peak_count}. From "
            "{from} to {to} there were {count}, {mean} a year, {syria} of them on Syria; in all years {all_syria} were "
            "on Syria.",
            **shown,
        )
        + words.space
        + words("Means a year: {list}.", list=_spans(words, means)),
        data=pd.concat([years, pd.DataFrame(means).assign(source=release[0], vintage=release[1])], ignore_index=True)[
            ["mark", "year", "best", "syria", "first", "last", "coverage", "source", "vintage"]
        ],
        releases=(release,),
        source_line=source_line(words, (release,)),
        notes=(
            words(
                "A proxy: drafts that were never put to a vote because a veto was sure leave no trace, and the Council "
                "votes on more drafts in some years than in others."
            ),
            words("{year}: {covered}.", year=last, covered=words.enumerated(left_out(words, from_text(partial))))
            if partial
            else "",
        )[: 2 if partial else 1],
        claims=(CLAIM,),
        labels={
            "years": words("Drafts vetoed by year; tinted: {from}–{to}", **shown),
            "means": words("Mean a year"),
            **{
                f"{mean['first']}-{mean['last']}": words("{first}–{last}", first=mean["first"], last=mean["last"])
                for mean in means
            },
            **{f"{mean['first']}-{mean['last']} mean": _number(words, mean["best"]) for mean in means},
        },
    )


def _spans(words: Words, means: list[dict[str, Any]]) -> str:
    texts = [
        words("{first}–{last} ({mean})", first=one["first"], last=one["last"], mean=_number(words, one["best"]))
        for one in means
    ]
    if len(texts) < 2:
        return "".join(texts)
    return words("{list} and {last}", list=words.enumerated(texts[:-1]), last=texts[-1])


def _number(words: Words, mean: float) -> str:
    """A mean with one decimal, or two where one would hide a difference."""
    return words.number(mean, 1 if abs(round(mean, 1) - mean) < 0.005 else 2)


def title_of(words: Words, lower: list[dict[str, Any]], higher: list[dict[str, Any]], shown: dict[str, Any]) -> str:
    """How the years of the report compare with the decades before."""
    if lower and higher:
        return words(
            "Vetoes stopped {mean} drafts a year in {from}–{to}: more than in {lower}, fewer than in {higher}", **shown
        )
    if lower:
        return words("Vetoes stopped {mean} drafts a year in {from}–{to}: more than in {lower}", **shown)
    if higher:
        return words("Vetoes stopped {mean} drafts a year in {from}–{to}: fewer than in {higher}", **shown)
    return words("Vetoes stopped {mean} drafts a year in {from}–{to}", **shown)


def _draw_vetoes_by_year(content: Content, started: Frame) -> None:
    size = started.size
    head = 2.0 * size.small / 72 / size.height
    pad = room(started, [started.words.number(10)], size.small) + 0.015
    if size.width > size.height:
        bars, means = started.axes(1, 2, pad_left=pad, pad_top=head, width_ratios=[3, 1], wspace=0.24)
    else:
        bars, means = started.axes(2, 1, pad_left=0.13, pad_top=head, height_ratios=[2.4, 1], hspace=0.3)
    _draw_years(bars, content, started)
    _draw_means(means, content, started)
    for axes, name in ((bars, "years"), (means, "means")):
        started.title(axes, content.labels[name])


def _draw_years(axes: Axes, content: Content, started: Frame) -> None:
    years = marked(content, "year")
    for year in years:
        other = year["best"] - year["syria"]
        axes.bar(year["year"], other, width=0.78, color=CONTEXT)
        axes.bar(year["year"], year["syria"], bottom=other, width=0.78, color=ACCENT)
    axes.axvspan(OF[0] - 0.5, OF[1] + 0.5, color=BAND, linewidth=0, zorder=0)
    top = max(year["best"] for year in years)
    axes.set_ylim(0, 1.06 * top)
    axes.set_xlim(years[0]["year"] - 1, years[-1]["year"] + 1)
    axes.set_xticks([year["year"] for year in years if year["year"] % 10 == 0])
    axes.set_yticks(range(0, int(top) + 1, 2))
    axes.spines["left"].set_visible(False)
    started.numbers(axes)


def _draw_means(axes: Axes, content: Content, started: Frame) -> None:
    small = started.size.small
    means = marked(content, "mean")
    for row, mean in enumerate(means):
        about = (mean["first"], mean["last"]) == OF
        span = f"{int(mean['first'])}-{int(mean['last'])}"
        axes.barh(row, mean["best"], height=0.6, color=ACCENT if about else CONTEXT)
        colour = ACCENT if about else INK
        for text, x, shift, side in (
            (content.labels[span], 0, -0.5, "right"),
            (content.labels[f"{span} mean"], mean["best"], 0.5, "left"),
        ):
            axes.annotate(
                text, (x, row), (shift * small, 0), textcoords="offset points", ha=side, va="center",
                fontsize=small, color=colour, annotation_clip=False,
            )  # fmt: skip
    axes.set_ylim(len(means) - 0.4, -0.6)
    axes.set_xlim(0, 1.25 * max(mean["best"] for mean in means))
    axes.set_yticks([])
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


CHARTS = {"vetoes_by_year": Chart(content=vetoes_by_year, draw=_draw_vetoes_by_year)}
