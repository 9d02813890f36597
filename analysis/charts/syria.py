"""Figures of the war in Syria: the displaced by year, and the dead by who counted or estimated them, and when."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.audit import headlines
from analysis.audit.headlines import Headline
from analysis.audit.measures import added_rows
from analysis.charts.contents import Content, source_line
from analysis.charts.displacement import claimed, millions, stocks
from analysis.charts.style import (
    ACCENT,
    CONTEXT,
    GRID,
    INK,
    PALE,
    PAPER,
    SOFT,
    TINT,
    Chart,
    Frame,
    block,
    stagger,
    width,
)
from analysis.data import registry
from analysis.data.query import table
from analysis.errors import InputError
from analysis.tell.languages import Words

SYRIA = "SYR"
FIRST, YEAR = 2011, 2015
DISPLACED = "syria_displaced"
KILLED = "syria_killed"

UNHCR = ("unhcr_population", "2017-08")
"""The first release of UNHCR's series that holds 2015."""
UNHCR_LATER = ("unhcr_population", "2026-06")
IDMC = ("idmc_displacement", "2018")
"""The first release of IDMC's data that holds 2015."""
IDMC_LATER = ("idmc_displacement", "2026-06")

GROUPS = (
    ("idps", "location", IDMC, IDMC_LATER),
    ("refugees", "origin", UNHCR, UNHCR_LATER),
    ("asylum_seekers", "origin", UNHCR, UNHCR_LATER),
)
"""Series, role, first release that holds 2015, newest release; from the bottom of a bar to its top."""

FACES = {"idps": CONTEXT, "refugees": PALE, "asylum_seekers": PAPER}
TINTS = {"idps": ACCENT, "refugees": TINT, "asylum_seekers": PAPER}
"""Face of a group in the year that the claim is about."""


def _by_year(parts: pd.DataFrame) -> dict[int, float]:
    """What the rows of each year add up to."""
    return {int(year): added_rows(some).value or 0.0 for year, some in parts.groupby("year")}


def syria_displaced(words: Words) -> Content:
    """People displaced within and from Syria at the end of each year, 2011 to 2015, against the report's figure.

    From UNHCR's release of 2017-08 (refugees and asylum-seekers by origin) and IDMC's of 2018 (internally displaced),
    each the first held that has 2015; a year that it lacks comes from the newest release.
    """
    figure = claimed(DISPLACED).value
    if figure is None:
        raise InputError(f"{DISPLACED} has no figure", expected="a number in data/claims.csv")
    rows: list[dict[str, object]] = []
    newest: dict[int, float] = {}
    for series, role, release, later in GROUPS:
        held, new = (stocks(series, one, area=SYRIA, role=role) for one in (release, later))
        for year in range(FIRST, YEAR + 1):
            source, vintage = release if year in held.index else later
            persons = float(held[year] if year in held.index else new[year])
            rows.append({"series": series, "year": year, "best": persons, "source": source, "vintage": vintage})
            newest[year] = newest.get(year, 0.0) + float(new[year])
    data = pd.DataFrame(rows)
    cells = data.set_index(["series", "year"])["best"]
    parts = data.assign(low=None, high=None, coverage="")
    totals = _by_year(parts)
    core = _by_year(parts[parts["series"].ne("asylum_seekers")])
    data = pd.concat(
        [data, pd.DataFrame([{"series": "all", "year": year, "best": best} for year, best in totals.items()])],
        ignore_index=True,
    )
    data = pd.concat([data, pd.DataFrame([{"series": "claim", "year": YEAR, "best": figure}])], ignore_index=True)
    data[["source", "vintage"]] = data[["source", "vintage"]].fillna("")
    shown: dict[str, str | int] = {
        "total": millions(words, totals[YEAR], 1),
        "figure": millions(words, figure, 0),
        "year": YEAR,
        "first": FIRST,
        "idps": millions(words, cells["idps", YEAR]),
        "refugees": millions(words, cells["refugees", YEAR]),
        "asylum_seekers": millions(words, cells["asylum_seekers", YEAR]),
        "core": millions(words, core[YEAR]),
        "whole": millions(words, totals[YEAR]),
    }
    if core[YEAR] >= figure:
        title = words(
            "{total} people were displaced within or from Syria at the end of {year}: over {figure}, "
            "with asylum-seekers or without",
            **shown,
        )
    elif totals[YEAR] >= figure:
        title = words(
            "{total} people were displaced within or from Syria at the end of {year}: "
            "over {figure} only if asylum-seekers count",
            **shown,
        )
    else:
        title = words(
            "{total} people were displaced within or from Syria at the end of {year}: fewer than {figure}, "
            "even with asylum-seekers",
            **shown,
        )
    alt = words(
        "Stacked bars for the end of each year from {first} to {year}. At the end of {year} there were {idps} "
        "internally displaced in Syria, {refugees} refugees from Syria and {asylum_seekers} asylum-seekers from "
        "Syria: {whole} in all, {core} without asylum-seekers. A line marks the report's figure, over {figure}.",
        **shown,
    )
    alt += words.space + words(
        "In all by year: {list}.",
        list=words.listed(
            words("{year}: {value}", year=year, value=millions(words, best)) for year, best in totals.items()
        ),
    )
    stand_ins = data[data["vintage"].eq(UNHCR_LATER[1])]
    moved = max(abs(newest[year] - totals[year]) for year in range(FIRST, YEAR + 1))
    notes = []
    if not stand_ins.empty:
        notes.append(
            words(
                "{years}: refugees and asylum-seekers as UNHCR released them in {release}.",
                years=words.enumerated(str(year) for year in sorted(set(stand_ins["year"]))),
                release=UNHCR_LATER[1],
            )
        )
    notes += [
        words(
            "The releases of {release} move no year's sum by more than {count} people.",
            release=UNHCR_LATER[1],
            count=words.number(moved),
        ),
        words("Palestine refugees under UNRWA's mandate are not among the refugees."),
    ]
    releases = tuple(dict.fromkeys([UNHCR, UNHCR_LATER, IDMC, IDMC_LATER]))
    return Content(
        title=title,
        subtitle=words(
            "People displaced at the end of each year, in millions (UNHCR, release {unhcr}; IDMC, release {idmc}).",
            unhcr=UNHCR[1],
            idmc=IDMC[1],
        ),
        alt=alt,
        data=data,
        releases=releases,
        source_line=source_line(words, releases),
        notes=(words.run(notes),),
        claims=(DISPLACED,),
        labels={
            "idps": words("Internally displaced:"),
            "idps_value": str(shown["idps"]),
            "refugees": words("Refugees:"),
            "refugees_value": str(shown["refugees"]),
            "asylum_seekers": words("Asylum-seekers:"),
            "asylum_seekers_value": str(shown["asylum_seekers"]),
            "figure": words("Over {figure}, the report's figure", **shown),
            **{f"all_{year}": millions(words, best) for year, best in totals.items()},
        },
    )


def _draw_syria_displaced(content: Content, frame: Frame) -> None:
    (axes,) = frame.axes(pad_left=0.04)
    small = frame.size.small
    data = content.data
    years = range(FIRST, YEAR + 1)
    base = dict.fromkeys(years, 0.0)
    middles: dict[str, float] = {}
    for series, *_ in GROUPS:
        values = data[data["series"].eq(series)].set_index("year")["best"]
        for year in years:
            axes.bar(
                year,
                values[year],
                bottom=base[year],
                width=0.62,
                facecolor=(TINTS if year == YEAR else FACES)[series],
                edgecolor=ACCENT if year == YEAR else SOFT,
                hatch="/////" if series == "asylum_seekers" else "",
                linewidth=0.8,
            )
            if year == YEAR:
                middles[series] = base[year] + values[year] / 2
            base[year] += values[year]
    totals = data[data["series"].eq("all")].set_index("year")["best"]
    figure = float(data[data["series"].eq("claim")]["best"].iloc[0])
    top = 1.14 * max(totals.max(), figure)
    axes.set_ylim(0, top)
    axes.set_xlim(FIRST - 0.55, YEAR + 1.62)
    axes.set_xticks(list(years), [str(year) for year in years])
    frame.numbers(axes, millions=True)
    line: dict[str, Any] = {"color": INK, "linewidth": 1.2, "linestyle": (0, (4, 2)), "zorder": 3}
    axes.plot([FIRST - 0.55, YEAR + 0.36], [figure, figure], **line)
    axes.text(FIRST - 0.45, figure + 0.015 * top, content.labels["figure"], va="bottom", fontsize=1.08 * small)
    for year in years:
        axes.text(
            year,
            totals[year] + 0.015 * top,
            content.labels[f"all_{year}"],
            ha="center",
            va="bottom",
            color=ACCENT if year == YEAR else SOFT,
            fontsize=1.08 * small,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.8},
        )
    height = 1.6 * small / 72 / (frame.size.height * (frame.top - frame.bottom - 0.05)) * top
    places = stagger(list(middles.values()), 2.6 * height)
    for (series, middle), place in zip(middles.items(), places, strict=True):
        axes.annotate(
            f"{block(frame, content.labels[series], 0.2)}\n{content.labels[f'{series}_value']}",
            (YEAR + 0.31, middle),
            (YEAR + 0.42, place),
            va="center",
            color=INK if series != "idps" else ACCENT,
            fontsize=1.08 * small,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.4},
            arrowprops={"arrowstyle": "-", "color": SOFT, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0},
        )


DOCUMENTED, STATED, ESTIMATED = "documented", "stated", "estimated"
FLOOR = "incomplete sum"
"""An estimate added up over fewer cells than it should have: less than the whole."""
STATED_SERIES = "deaths_since_2011"
VDC = ("vdc_syria", "2019-06")
YEARLY = (
    ("deaths.state_based", ("ucdp_battle_related_deaths", "23.1")),
    ("deaths.non_state", ("ucdp_non_state", "23.1")),
    ("deaths.one_sided", ("ucdp_one_sided", "23.1")),
)
"""The yearly data of the one release group that holds all three types up to 2015."""
ALL_DYADS = tuple(
    (f"deaths_all_dyads.{name}", ("ucdp_country_year", "25.1")) for name in ("state_based", "non_state", "one_sided")
)
MARKERS = {DOCUMENTED: "o", STATED: "s", ESTIMATED: "D"}
"""Shape by how a number was made; what is filled is a floor."""
SHORT = {
    "Syrian Observatory for Human Rights": "SOHR",
    "Damascus Center for Human Rights Studies": "DCHRS",
    "Syrian Centre for Policy Research": "SCPR",
    "Human Rights Data Analysis Group, for the Office of the UN High Commissioner for Human Rights": "OHCHR",
}
"""Publisher -> the group that its figures stand in."""


def kind(headline: Headline) -> str:
    """Whether a stated number of deaths is a documented count, a statement without a method, or an estimate.

    Raises:
        InputError: what it counts says none of these, or more than one.
    """
    texts = {DOCUMENTED: "documented ", STATED: "no method given", ESTIMATED: "estimate"}
    found = [name for name, text in texts.items() if text in headline.counts]
    if len(found) != 1:
        raise InputError(
            f"{headline.id} counts {headline.counts!r}",
            where=headlines.HEADLINES,
            column="counts",
            expected=f"one of {', '.join(repr(text) for text in texts.values())} in it",
        )
    return found[0]


def stated_deaths() -> list[Headline]:
    """What was stated by the report's date about all deaths in Syria since March 2011, oldest first."""
    found = [
        one
        for one in headlines.load()
        if one.series == STATED_SERIES and one.area == SYRIA and one.available_by <= registry.REPORT_DATE
    ]
    return sorted(found, key=lambda one: (registry.last_day(one.date), one.value))


@dataclass(frozen=True)
class Running:
    """Deaths since 2011 at the end of each year, and the cells that are missing from the sums."""

    rows: list[dict[str, object]]
    missing: tuple[tuple[str, int], ...]


def running(name: str, cells: Sequence[tuple[str, tuple[str, str]]]) -> Running:
    """Add up Syria's deaths of several series from 2011; an end of the band ends where a cell does not give it."""
    found = {}
    for series, (source, vintage) in cells:
        rows = table(series, area=SYRIA, source=source, vintage=vintage)
        found[series] = rows[rows["year"].ge(FIRST)].dropna(subset="best")
    deaths = pd.concat(found.values(), ignore_index=True)
    missing: list[tuple[str, int]] = []
    result: list[dict[str, object]] = []
    releases = dict(release for _, release in cells)
    for year in range(FIRST, YEAR + 1):
        missing += [(series, year) for series, rows in found.items() if year not in rows["year"].to_numpy()]
        total = added_rows(deaths[deaths["year"].le(year)])
        result.append(
            {
                "panel": name,
                "kind": FLOOR if missing else ESTIMATED,
                "date": f"{year}-12-31",
                "low": total.low,
                "value": total.value,
                "high": total.high,
                "publisher": "UCDP",
                "source": " + ".join(releases),
                "vintage": " + ".join(dict.fromkeys(releases.values())),
            }
        )
    return Running(result, tuple(missing))


def _documented_by_vdc() -> list[dict[str, object]]:
    """VDC's documented deaths since 2011 at the end of each full month before the report's date."""
    rows = table("deaths.documented", SYRIA, by="month", source=VDC[0], vintage=VDC[1])
    rows = rows.sort_values(["year", "month"], kind="stable")
    result, total = [], 0.0
    for year, month, best in zip(rows["year"], rows["month"], rows["best"], strict=True):
        date = registry.last_day(f"{year}-{month:02d}")
        if date > registry.REPORT_DATE:
            break
        total += float(best)
        result.append(
            {
                "panel": "stated",
                "kind": DOCUMENTED,
                "date": date.isoformat(),
                "value": total,
                "publisher": "VDC",
                "source": VDC[0],
                "vintage": VDC[1],
            }
        )
    return result


def syria_dead_by_source(words: Words) -> Content:
    """Syria's dead since March 2011 as counted, stated and estimated by the report's date, and by UCDP's data since.

    From ``data/headlines.csv`` (each figure with its page), VDC's documented deaths by month, and UCDP's two families
    of data, each in a panel of its own and never in one total.
    """
    figure = claimed(KILLED).value
    if figure is None:
        raise InputError(f"{KILLED} has no figure", expected="a number in data/claims.csv")
    stated = stated_deaths()
    rows: list[dict[str, object]] = [
        {
            "panel": "stated",
            "kind": kind(one),
            "date": one.date,
            "low": one.low,
            "value": one.value,
            "high": one.high,
            "relation": one.relation,
            "publisher": one.publisher,
            "source": "headline",
            "vintage": one.id,
            "page_kind": one.page_kind,
        }
        for one in stated
    ]
    vdc = _documented_by_vdc()
    yearly, all_dyads = running("yearly", YEARLY), running("all_dyads", ALL_DYADS)
    rows += [*vdc, *yearly.rows, *all_dyads.rows, {"panel": "claim", "kind": "claim", "value": figure}]
    columns = [
        "panel",
        "kind",
        "date",
        "low",
        "value",
        "high",
        "relation",
        "publisher",
        "source",
        "vintage",
        "page_kind",
    ]
    data = pd.DataFrame(rows, columns=columns)
    data[["date", "relation", "publisher", "source", "vintage", "page_kind"]] = data[
        ["date", "relation", "publisher", "source", "vintage", "page_kind"]
    ].fillna("")
    counts = [one for one in stated if kind(one) == DOCUMENTED]
    estimates = sorted(one.value for one in stated if kind(one) == ESTIMATED)
    highest = max(counts, key=lambda one: one.value)
    shown = {
        "figure": words.number(figure),
        "date": words.date(highest.date),
        "highest": words.number(highest.value),
        "publisher": _called(words, highest.publisher),
        "low": words.number(estimates[0]),
        "high": words.number(estimates[-1]),
        "year": YEAR,
    }
    if highest.value >= figure and estimates[0] > highest.value:
        title = words(
            "The highest count of Syria's documented dead had passed {figure} by {date}; estimates were higher still",
            **shown,
        )
    elif highest.value >= figure:
        title = words("The highest count of Syria's documented dead had passed {figure} by {date}", **shown)
    else:
        title = words("No count of Syria's documented dead had reached {figure} when the report came out", **shown)
    last = {name: running.rows[-1] for name, running in (("yearly", yearly), ("all_dyads", all_dyads))}
    ends = {
        f"{name}_{end}": words.number(float(str(row[end]))) if row[end] is not None else ""
        for name, row in last.items()
        for end in ("low", "value", "high")
    }
    alt = words(
        "Deaths in Syria since March 2011, by date and source, against a line at {figure}. The highest count of "
        "documented deaths is that of {publisher}, {highest} by {date}; estimates of the time run from {low} to "
        "{high}.",
        **shown,
    )
    alt += words.space + words(
        "Two further panels add up UCDP's best estimates to the end of {year}: {yearly_value} (low {yearly_low}, high "
        "{yearly_high}) in its yearly data, {all_dyads_value} (low {all_dyads_low}, high {all_dyads_high}) in its "
        "country-year data.",
        **shown,
        **ends,
    )
    secondary = sum(one.page_kind != "primary" for one in stated)
    notes = [
        words(
            "Filled marks are floors: documented deaths leave out whoever was not documented (VDC's come from a third "
            "party's copy with gaps)."
        )
    ]
    types = {
        "deaths.state_based": words("state-based conflict"),
        "deaths.non_state": words("non-state conflict"),
        "deaths.one_sided": words("one-sided violence"),
    }
    for series, year in yearly.missing:
        notes.append(
            words(
                "UCDP's yearly data have no {type} of {year} in Syria alone, so their sum is a floor too.",
                type=types[series],
                year=year,
            )
        )
    notes += [
        words("The estimate of {name} includes indirect deaths.", name=_called(words, one.publisher))
        for one in stated
        if "indirect" in one.counts
    ]
    notes.append(
        words(
            "Marked *: read on a secondary page, as were {some} of the {all} figures stated at the time "
            "(data/headlines.csv).",
            some=words.number(secondary),
            all=words.number(len(stated)),
        )
    )
    if all_dyads.missing:
        raise InputError(
            f"UCDP's country-year data lack {all_dyads.missing[0]}", expected="all three types of each year"
        )
    releases = (*dict.fromkeys(release for _, release in (*YEARLY, *ALL_DYADS)), VDC)
    names = tuple(dict.fromkeys(_in_full(words, one.publisher) for one in stated))
    labels = {
        "figure": words("{figure}, the report's figure", **shown),
        "panel_stated": words("As counted, stated or estimated at the time"),
        "panel_yearly": words("UCDP yearly data"),
        "release_yearly": words("release {release}, a floor", release=YEARLY[0][1][1])
        if yearly.missing
        else words("release {release}", release=YEARLY[0][1][1]),
        "panel_all_dyads": words("UCDP country-year data"),
        "release_all_dyads": words("release {release}", release=ALL_DYADS[0][1][1]),
        DOCUMENTED: words("documented deaths (a floor)"),
        STATED: words("stated, no method given"),
        ESTIMATED: words("estimate"),
        "VDC": words("VDC, by month: {value}", value=words.number(float(str(vdc[-1]["value"])))),
        **{f"{name}_end": ends[f"{name}_value"] for name in last},
        **{
            f"{name}_band": "\n".join(
                [words("low {count}", count=ends[f"{name}_low"]), words("high {count}", count=ends[f"{name}_high"])]
            )
            for name in last
            if ends[f"{name}_low"] and ends[f"{name}_high"]
        },
    }
    for group, some in _groups(stated).items():
        labels[group] = _label(words, group, some)
    return Content(
        title=title,
        subtitle=words("Deaths since March 2011. Each panel counts in its own way; the panels do not add up."),
        alt=alt,
        data=data,
        releases=releases,
        source_line=source_line(words, releases, names),
        notes=(words.run(notes),),
        claims=(KILLED,),
        labels=labels,
    )


def _called(words: Words, publisher: str) -> str:
    """What a publisher is called where its name does not fit."""
    names = {
        "SOHR": words("SOHR"),
        "DCHRS": words("DCHRS"),
        "SCPR": words("SCPR"),
        "OHCHR": words("OHCHR"),
    }
    return names[SHORT[publisher]] if publisher in SHORT else words(publisher)


def _in_full(words: Words, publisher: str) -> str:
    """A publisher for the source line: its name with what it is called in the figure; the UN's bodies as one."""
    if publisher.startswith("UN "):
        return words("United Nations")
    called = _called(words, publisher)
    if publisher not in SHORT or SHORT[publisher] == "OHCHR":
        return called
    return words("{publisher} ({called})", publisher=words(publisher), called=called)


def _group(kind_of: str, publisher: str) -> str:
    """What stands under one label: all statements together, the others by publisher."""
    return "UN" if kind_of == STATED else SHORT.get(publisher, publisher)


def _groups(stated: Sequence[Headline]) -> dict[str, list[Headline]]:
    groups: dict[str, list[Headline]] = {}
    for one in stated:
        groups.setdefault(_group(kind(one), one.publisher), []).append(one)
    return groups


def _label(words: Words, group: str, some: Sequence[Headline]) -> str:
    """A group's name with its last number; all statements as a range; * where the page is not the publisher's own."""
    last = some[-1]
    mark = "" if last.page_kind == "primary" else "*"
    name = words("United Nations") if group == "UN" else _called(words, last.publisher)
    values = {"name": name, "value": words.number(last.value) + mark}
    if group == "UN" and some[0].value < last.value:
        return words("UN statements: {low} to {value}", low=words.number(some[0].value), **values)
    if last.relation == "about":
        return words("{name}: about {value}", **values)
    return words("{name}: {value}", **values)


def _when(date: str) -> float:
    """A date as a fraction of years; a month or a year stands at its end."""
    day = registry.last_day(date)
    start = datetime.date(day.year, 1, 1)
    return day.year + ((day - start).days + 1) / (datetime.date(day.year + 1, 1, 1) - start).days


LABELS = {
    "UN": (2014.85, 0.69),
    "SOHR": (2016.6, 0.37),
    "OHCHR": (2014.1, 0.43),
    "DCHRS": (2016.6, 0.28),
}
"""Where the label of a group ends: its date, and its height as a part of the axis (None: that of its point)."""
JOINED = ("SOHR", "OHCHR")
"""Groups whose counts are one running count."""
PANELS = ("stated", "yearly", "all_dyads")
END = 2016.6


def _draw_syria_dead_by_source(content: Content, frame: Frame) -> None:
    data = content.data.assign(when=[_when(date) if date else float("nan") for date in content.data["date"]])
    small, point = frame.size.small, 1 / 72 / frame.size.height
    titles = {name: content.labels[f"panel_{name}"] for name in PANELS}
    for name in PANELS[1:]:
        titles[name] = f"{block(frame, titles[name], 0.17)}\n{block(frame, content.labels[f'release_{name}'], 0.17)}"
    lines = 1 + max(title.count("\n") for title in titles.values())
    pad_top = (2.1 + 1.4 * lines) * small * point
    panels = frame.axes(1, 3, pad_left=0.065, pad_top=pad_top, width_ratios=[3, 1, 1], wspace=0.1)
    figure = float(data[data["kind"].eq("claim")]["value"].iloc[0])
    top = 1.06 * float(data[["value", "high"]].max().max())
    for axes, name in zip(panels, PANELS, strict=True):
        axes.set_ylim(0, top)
        axes.axhline(figure, color=ACCENT, linewidth=1.2, linestyle=(0, (4, 2)), zorder=2)
        axes.set_title(titles[name], fontsize=small, color=INK, loc=frame.start)
        axes.tick_params(labelleft=name == "stated")
        frame.numbers(axes)
    _draw_key(content, frame)
    _draw_stated(panels[0], data[data["panel"].eq("stated")], content, frame, figure, top)
    for axes, name in zip(panels[1:], PANELS[1:], strict=True):
        _draw_ucdp(axes, data[data["panel"].eq(name)], name, content, frame, top)


def _look(is_floor: bool) -> dict[str, Any]:
    return {"markerfacecolor": INK if is_floor else PAPER, "markeredgecolor": INK}


def _draw_key(content: Content, frame: Frame) -> None:
    """What the shapes mean, in one line above the panels."""
    small = frame.size.small
    inch = 1 / frame.size.width
    y = frame.top - 0.75 * small / 72 / frame.size.height
    x = frame.left + 0.6 * small / 72 * inch
    for name, marker in MARKERS.items():
        frame.figure.add_artist(
            Line2D([x], [y], marker=marker, linestyle="", markersize=0.62 * small, **_look(name == DOCUMENTED))
        )
        x += small / 72 * inch
        frame.figure.text(x, y, content.labels[name], va="center", fontsize=small, color=SOFT)
        x += width(frame.figure, content.labels[name], small) / frame.size.dpi * inch + 2.2 * small / 72 * inch


def _draw_stated(axes: Axes, rows: pd.DataFrame, content: Content, frame: Frame, figure: float, top: float) -> None:
    small = frame.size.small
    vdc = rows[rows["source"].ne("headline")]
    axes.plot(vdc["when"], vdc["value"], color=CONTEXT, linewidth=2.0)
    text: dict[str, Any] = {"fontsize": small, "va": "center", "ha": "right"}
    axes.text(END, 0.1 * top, content.labels["VDC"], color=SOFT, **text)
    axes.text(FIRST + 0.1, figure + 0.012 * top, content.labels["figure"], va="bottom", color=ACCENT, fontsize=small)
    points = rows[rows["source"].eq("headline")]
    for name, marker in MARKERS.items():
        some = points[points["kind"].eq(name)]
        axes.plot(
            some["when"],
            some["value"],
            marker,
            markersize=0.62 * small,
            zorder=5 if name == DOCUMENTED else 4,
            **_look(name == DOCUMENTED),
        )
    groups = points.groupby([_group(k, p) for k, p in zip(points["kind"], points["publisher"], strict=True)])
    for group, some in groups:
        at = some.iloc[len(some) // 2 if group == "UN" else -1]
        x, height = LABELS.get(str(group), (at["when"] - 0.25, None))
        if group in JOINED:
            axes.plot(some["when"], some["value"], color=INK, linewidth=0.9, linestyle=(0, (1, 1.5)), zorder=3)
        axes.annotate(
            block(frame, content.labels[str(group)], 0.345),
            (at["when"], at["value"]),
            (x, at["value"] if height is None else height * top),
            arrowprops={"arrowstyle": "-", "color": CONTEXT, "linewidth": 0.8, "shrinkA": 1, "shrinkB": 4},
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.8},
            **text,
        )
    axes.set_xlim(FIRST, END + 0.05)
    years = range(FIRST, YEAR + 2)
    middles = [(year + min(year + 1, END + 0.05)) / 2 for year in years]
    axes.set_xticks(middles, [str(year) for year in years])
    for year in years[1:]:
        axes.axvline(year, color=GRID, linewidth=0.8, zorder=0)


def _draw_ucdp(axes: Axes, rows: pd.DataFrame, name: str, content: Content, frame: Frame, top: float) -> None:
    small = frame.size.small
    years = [int(when) - 1 for when in rows["when"]]
    value, low, high = (rows[end].astype(float) for end in ("value", "low", "high"))
    axes.fill_between(years, low, high, color=PALE, linewidth=0)
    axes.plot(years, value, color=INK, linewidth=1.4)
    for year, persons, of_kind in zip(years, value, rows["kind"], strict=True):
        axes.plot(
            [year],
            [persons],
            MARKERS[ESTIMATED],
            markersize=0.5 * small,
            clip_on=False,
            zorder=4,
            **_look(of_kind == FLOOR),
        )
    reach = max(float(value.iloc[-1]), 0.0 if pd.isna(high.iloc[-1]) else float(high.iloc[-1]))
    end = years[-1] + 0.25
    text: dict[str, Any] = {"ha": "right", "fontsize": small}
    axes.text(end, reach + 0.02 * top, content.labels[f"{name}_end"], va="bottom", **text)
    if f"{name}_band" in content.labels:
        axes.text(end, 0.1 * top, content.labels[f"{name}_band"], va="center", color=SOFT, **text)
    axes.set_xlim(years[0] - 0.3, years[-1] + 0.3)
    axes.set_xticks([years[0], years[-1]], [str(years[0]), str(years[-1])])


CHARTS = {
    "syria_displaced": Chart(content=syria_displaced, draw=_draw_syria_displaced),
    "syria_dead_by_source": Chart(content=syria_dead_by_source, draw=_draw_syria_dead_by_source),
}
