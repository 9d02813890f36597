"""Figures of the displaced: refugees since 1951 under two mandates, and the internally displaced by release."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.audit import claims, headlines
from analysis.charts.contents import Content, source_line
from analysis.charts.style import ACCENT, CONTEXT, GRID, INK, PALE, PAPER, SECOND, SOFT, Chart, Frame, block
from analysis.data import registry
from analysis.data.query import table
from analysis.errors import InputError
from analysis.tell.languages import MILLION, Words

YEAR = 2015
"""The year that the report speaks of: stocks at its end."""

HIGHEST = "highest_in_un_history"
REFUGEES = "refugees_21_3_million"
IDPS = "idps_40_8_million"

UNHCR = ("unhcr_population", "2017-08")
"""The first release of UNHCR's series that holds 2015."""
UNHCR_LATER = ("unhcr_population", "2026-06")
UNRWA = ("unrwa_registered", "2026-06")
"""The only release of UNRWA's series that is held."""

BOTH = "refugees + palestine_refugees"


def stocks(series: str, release: tuple[str, str], area: str = "WLD", role: str = "") -> pd.Series:
    """A yearly series of a release, by year.

    Args:
        series: a name from ``tables.SERIES``.
        release: (source, vintage).
        area: an area of the tables.
        role: location, origin or asylum; may be left out where the area has one only.

    Raises:
        InputError: no such rows, or more than one for a year.
    """
    source, vintage = release
    rows = table(series, area, role=role or None, source=source, vintage=vintage)
    found = rows.set_index("year")["best"].dropna().sort_index()
    if found.empty or found.index.has_duplicates:
        raise InputError(
            f"{len(found)} rows of {series} for {area} in {source} {vintage}", expected="one for each year, of one role"
        )
    return found


def year_of(label: object) -> int:
    """A year that labels a row of a series."""
    return int(str(label))


def millions(words: Words, persons: float, decimals: int = 2) -> str:
    """A number of people in millions, as the language writes it; a line never breaks inside it."""
    amount = words.in_millions(persons, decimals)
    return words.plural("{amount} million", "{amount} million", int(persons / MILLION), amount=amount).replace(
        " ", "\u00a0"
    )


def claimed(claim: str) -> claims.Claim:
    """A claim of the ledger."""
    return next(one for one in claims.claims() if one.id == claim)


def _rows(series: str, values: pd.Series, source: str, vintage: str) -> list[dict[str, object]]:
    return [
        {"series": series, "year": year_of(year), "best": float(best), "source": source, "vintage": vintage}
        for year, best in values.items()
    ]


def refugees_since_1951(words: Words) -> Content:
    """Refugees at the end of each year to 2015, UNHCR's and UNRWA's mandates apart and together.

    From UNHCR's release of 2017-08, the first that holds 2015, with its release of 2026-06 for comparison, and
    UNRWA's registered Palestine refugees.
    """
    unhcr, unrwa, later = (
        stocks(series, release)
        for series, release in (("refugees", UNHCR), ("palestine_refugees", UNRWA), ("refugees", UNHCR_LATER))
    )
    since = later.add(unrwa).dropna()
    unhcr, unrwa, later = (values[values.index <= YEAR] for values in (unhcr, unrwa, later))
    both = unhcr.add(unrwa).dropna()
    rows = _rows("refugees", unhcr, *UNHCR) + _rows("palestine_refugees", unrwa, *UNRWA)
    rows += _rows("refugees", later, *UNHCR_LATER)
    rows += _rows(BOTH, both, f"{UNHCR[0]} + {UNRWA[0]}", f"{UNHCR[1]} + {UNRWA[1]}")
    peak, peak_both = year_of(unhcr.idxmax()), year_of(both.idxmax())
    above = [year_of(year) for year in unhcr.index if unhcr[year] > unhcr[YEAR]]
    shown: dict[str, Any] = {
        "year": YEAR,
        "first": int(unhcr.index.min()),
        "first_unrwa": int(both.index.min()),
        "both": millions(words, both[YEAR]),
        "unhcr": millions(words, unhcr[YEAR]),
        "unrwa": millions(words, unrwa[YEAR]),
        "peak": peak,
        "peak_unhcr": millions(words, unhcr[peak]),
        "peak_sum": millions(words, both[peak]) if peak in both.index else "",
        "peak_both": peak_both,
        "peak_both_sum": millions(words, both[peak_both]),
    }
    if peak_both == YEAR and peak != YEAR:
        title = words(
            "With Palestine refugees, {year} had more refugees than any earlier year on record; "
            "without them, {peak} had more",
            **shown,
        )
    elif peak_both == YEAR:
        title = words(
            "{year} had more refugees than any earlier year on record, with Palestine refugees or without", **shown
        )
    elif peak == YEAR:
        title = words(
            "Without Palestine refugees, {year} had more refugees than any earlier year on record; "
            "with them, {peak_both} had more",
            **shown,
        )
    else:
        title = words(
            "{year} was not the year of most refugees: with Palestine refugees {peak_both} had more, "
            "without them {peak}",
            **shown,
        )
    alt = words(
        "Two stacked areas show refugees at the end of each year from {first} to {year}: below, those under UNHCR's "
        "mandate, and on top of them, from {first_unrwa}, Palestine refugees under UNRWA's mandate. At the end of "
        "{year} there were {unhcr} under UNHCR's mandate and {unrwa} under UNRWA's, {both} together.",
        **shown,
    )
    if peak != YEAR:
        alt += words.space + words(
            "Under UNHCR's mandate alone the highest year up to {year} was {peak}, with {peak_unhcr}; the sum of both "
            "mandates was then {peak_sum}.",
            **shown,
        )
    if above:
        alt += words.space + words(
            "Years with more refugees under UNHCR's mandate than {year}: {years}.",
            year=YEAR,
            years=words.enumerated(str(year) for year in above),
        )
    notes = [
        words(
            "Records begin in {first} (UNHCR) and {first_unrwa} (UNRWA), later than the United Nations. "
            "UNRWA's series is held in one release only, that of {release}.",
            **shown,
            release=UNRWA[1],
        )
    ]
    after = since[since.index > YEAR]
    if not after.empty and after.max() > both[YEAR]:
        notes.append(
            words(
                "Since then there have been more: {most} at the end of {when} (both mandates, release of {release}).",
                most=millions(words, after.max()),
                when=year_of(after.idxmax()),
                release=UNHCR_LATER[1],
            )
        )
    releases = (UNHCR, UNHCR_LATER, UNRWA)
    return Content(
        title=title,
        subtitle=words(
            "Refugees at the end of each year, in millions; "
            "UNHCR's release of {release}, the first held that has {year}.",
            release=UNHCR[1],
            year=YEAR,
        ),
        alt=alt,
        data=pd.DataFrame(rows),
        releases=releases,
        source_line=source_line(words, releases),
        notes=tuple(notes),
        claims=(HIGHEST, REFUGEES),
        labels={
            "unhcr": words("Refugees under UNHCR's mandate"),
            "unrwa": words("Palestine refugees under UNRWA's mandate"),
            "later": words("Dashed: UNHCR as released in {release}", release=UNHCR_LATER[1]),
            "both_year": words("{year}, both mandates:", **shown),
            "both_year_value": shown["both"],
            "unhcr_year": words("{year}, UNHCR's alone:", **shown),
            "unhcr_year_value": shown["unhcr"],
            "both_peak": words("{year}, both mandates:", year=peak),
            "both_peak_value": shown["peak_sum"],
            "unhcr_peak": words("{year}, UNHCR's alone:", year=peak),
            "unhcr_peak_value": shown["peak_unhcr"],
        },
    )


def _series(content: Content, series: str, vintage: str | None = None) -> pd.Series:
    data = content.data[content.data["series"].eq(series)]
    if vintage is not None:
        data = data[data["vintage"].eq(vintage)]
    return data.set_index("year")["best"]


def _draw_refugees_since_1951(content: Content, frame: Frame) -> None:
    (axes,) = frame.axes(pad_left=0.04)
    small = frame.size.small
    unhcr, later = _series(content, "refugees", UNHCR[1]), _series(content, "refugees", UNHCR_LATER[1])
    both = _series(content, BOTH)
    first, last = int(unhcr.index.min()), YEAR
    span = last - first
    axes.fill_between(unhcr.index, 0, unhcr, color=PALE, linewidth=0)
    axes.fill_between(both.index, unhcr[both.index], both, facecolor=PAPER, edgecolor=CONTEXT, hatch="///", linewidth=0)
    axes.plot(later.index, later, color=SECOND, linewidth=1.3, linestyle=(0, (3, 2)))
    axes.plot(unhcr.index, unhcr, color=SOFT, linewidth=1.8)
    axes.plot(both.index, both, color=INK, linewidth=1.8)
    axes.set_xlim(first - 0.03 * span, last + 0.295 * span)
    axes.set_ylim(0, 1.18 * both.max())
    axes.set_xticks([first, *range(first // 10 * 10 + 10, last, 10), last])
    frame.numbers(axes, millions=True)
    peak = year_of(unhcr.idxmax())
    for level, start in ((both[last], first), (unhcr[last], max(first, peak - 6))):
        axes.plot([start, last], [level, level], color=ACCENT, linewidth=1.0, linestyle=(0, (1, 2)))
    points = {"both_year": (last, both[last]), "unhcr_year": (last, unhcr[last])}
    if peak != last:
        points |= {"unhcr_peak": (peak, unhcr[peak])}
        points |= {"both_peak": (peak, both[peak])} if peak in both.index else {}
    for key, (year, persons) in points.items():
        of_year = year == last
        marker, colour = ("o", ACCENT) if of_year else ("s", INK)
        axes.plot([year], [persons], marker, color=colour, markersize=0.62 * small, zorder=5)
        if of_year:
            axes.annotate(
                f"{block(frame, content.labels[key], 0.17)}\n{content.labels[f'{key}_value']}",
                (year, persons),
                (0.8 * small, 0),
                textcoords="offset points",
                va="center",
                color=ACCENT,
                fontsize=1.08 * small,
            )
        else:
            axes.annotate(
                f"{content.labels[key]}\n{content.labels[f'{key}_value']}",
                (year, persons),
                (year - 0.13 * span, persons + (1.0 if key == "both_peak" else -0.1) * (both[last] - unhcr[last]) / 2),
                ha="right",
                va="center",
                color=INK,
                fontsize=1.08 * small,
                arrowprops={"arrowstyle": "-", "color": SOFT, "linewidth": 0.8, "shrinkB": 3},
            )
    axes.text(
        last - 0.29 * span,
        0.36 * unhcr[last],
        block(frame, content.labels["unhcr"], 0.2),
        ha="center",
        va="center",
        fontsize=1.08 * small,
    )
    axes.annotate(
        block(frame, content.labels["unrwa"], 0.19),
        (last - 2, float(both[last - 2] + unhcr[last - 2]) / 2),
        (last + 0.8, 0.42 * unhcr[last]),
        va="center",
        color=INK,
        fontsize=1.08 * small,
        arrowprops={"arrowstyle": "-", "color": SOFT, "linewidth": 0.8, "shrinkB": 0},
    )
    where = first + span // 3
    axes.annotate(
        block(frame, content.labels["later"], 0.2),
        (where, float(later[where])),
        (first + 0.04 * span, 0.4 * both[last]),
        va="center",
        color=SECOND,
        fontsize=1.08 * small,
        arrowprops={"arrowstyle": "-", "color": SECOND, "linewidth": 0.8, "shrinkB": 2},
    )


def idps_by_release(words: Words) -> Content:
    """The world's internally displaced by conflict and violence, as IDMC stated and released them.

    From four releases of IDMC's data, 1989 to 2015, and the headline of its Global Report that the audited report
    repeats.
    """
    known = sorted(
        (release for release in registry.releases() if release.source == "idmc_displacement"),
        key=lambda release: release.published,
    )
    every = {release.vintage: stocks("idps", (release.source, release.vintage)) for release in known}
    figure = claimed(IDPS).value
    stated = headlines.by_id(claimed(IDPS).headline)
    if figure is None:
        raise InputError(f"{IDPS} has no figure", where=claims.CLAIMS, column="value", expected="a number")
    rows: list[dict[str, object]] = []
    for vintage, values in every.items():
        rows += _rows("idps", values[values.index <= YEAR], "idmc_displacement", vintage)
    rows += _rows("idps", pd.Series({YEAR: stated.value}), "headline", stated.id)
    data = pd.DataFrame(rows)
    held = {vintage: float(values[YEAR]) for vintage, values in every.items() if YEAR in values.index}
    gaps = {vintage: stated.value - persons for vintage, persons in held.items()}
    shown = {
        "headline": millions(words, stated.value, 1),
        "year": YEAR,
        "gap": _span(words, min(gaps.values(), default=0), max(gaps.values(), default=0)),
        "releases": words.number(len(held)),
        "first": int(data["year"].min()),
        "published": words.date(stated.published),
    }
    if all(gap > 0 for gap in gaps.values()):
        title = words(
            "IDMC stated {headline} internally displaced for {year}; each later release held has about {gap} fewer",
            **shown,
        )
    elif any(gap > 0 for gap in gaps.values()):
        title = words(
            "IDMC stated {headline} internally displaced for {year}; not every later release held has as many", **shown
        )
    else:
        title = words(
            "IDMC stated {headline} internally displaced for {year}; no later release held has fewer", **shown
        )
    alt = words(
        "On the left, a line for each release of IDMC's data shows the internally displaced from {first} to {year}. On "
        "the right, the end of {year} enlarged: IDMC stated {headline} ({published}); its releases hold {list}.",
        **shown,
        list=words.listed(
            words("{value} ({against})", value=millions(words, persons), against=vintage)
            for vintage, persons in held.items()
        ),
    )
    if held and all(every[vintage][every[vintage].index <= YEAR].idxmax() == YEAR for vintage in held):
        alt += words.space + words("In each of them {year} is the highest year up to then.", year=YEAR)
    countries = table("idps", source="idmc_displacement", vintage=known[-1].vintage).query("area != 'WLD'")
    notes = [
        words(
            "Before {year} IDMC gives world totals only. From then on its later releases give countries, "
            "added up here; the release of {oldest} keeps to world totals.",
            year=int(countries["year"].min()),
            oldest=known[0].vintage,
        )
    ]
    newest = every[known[-1].vintage]
    if newest.max() > held[known[-1].vintage]:
        notes.append(
            words(
                "Since then there have been more: {most} at the end of {when} (release of {release}).",
                most=millions(words, newest.max()),
                when=year_of(newest.idxmax()),
                release=known[-1].vintage,
            )
        )
    releases = tuple((release.source, release.vintage) for release in known)
    floor = _floor(held, stated.value)
    labels = {
        "headline": words("Stated by IDMC, {published}", **shown),
        "headline_value": millions(words, stated.value),
        "headline_line": words("{figure}, the report's figure", figure=millions(words, figure, 1)),
        "zoom": words("End of {year}, enlarged", year=YEAR),
        "cut": words("Million people; the axis begins at {floor}", floor=words.in_millions(floor, 1)),
        "all": words("World, {first}–{year}", **shown),
        "oldest": words("Release {release}", release=known[0].vintage),
        "newer": words("Releases {releases}, hardly apart at this scale", releases=words.enumerated(held)),
    }
    for vintage, persons in held.items():
        labels[vintage] = words("Release {release}", release=vintage)
        labels[f"{vintage}_value"] = words(
            "{count} ({gap})",
            count=millions(words, persons),
            gap=("−" if gaps[vintage] > 0 else "+") + words.in_millions(abs(gaps[vintage]), 2),
        )
    return Content(
        title=title,
        subtitle=words(
            "People internally displaced by conflict and violence at the end of the year, in millions. "
            "The right panel enlarges {year}; its axis is cut.",
            year=YEAR,
        ),
        alt=alt,
        data=data,
        releases=releases,
        source_line=source_line(
            words, releases, (words("{title}, {published}", title=stated.title, published=shown["published"]),)
        ),
        notes=tuple(notes),
        claims=(IDPS, HIGHEST),
        labels=labels,
    )


def _span(words: Words, low: float, high: float) -> str:
    """Two numbers of people in millions to one decimal, as one where they round to the same."""
    lowest, highest = millions(words, low, 1), millions(words, high, 1)
    return lowest if lowest == highest else words("{low} to {high}", low=lowest, high=highest)


def _floor(held: Mapping[str, float], stated: float) -> float:
    """Where the enlarged axis begins: a round number a step below the least."""
    least = min([*held.values(), stated])
    return (least // 100_000 - 1) * 100_000


def _draw_idps_by_release(content: Content, frame: Frame) -> None:
    small = frame.size.small
    left, right = frame.axes(1, 2, pad_left=0.045, pad_bottom=0.075, pad_top=0.05, width_ratios=[1.45, 1], wspace=0.14)
    plain = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8}
    data = content.data
    stated = data[data["source"].eq("headline")].iloc[0]
    released = data[data["source"].ne("headline")]
    vintages = list(dict.fromkeys(released["vintage"]))
    looks: dict[str, dict[str, Any]] = {
        vintages[0]: {"color": PALE, "linewidth": 5.0},
        vintages[-1]: {"color": SECOND, "linewidth": 1.8},
    }
    others = iter([(0, (4, 2)), (0, (1, 1.5))])
    for vintage in vintages:
        values = released[released["vintage"].eq(vintage)].set_index("year")["best"]
        look = looks.get(vintage) or {"color": INK, "linewidth": 1.4, "linestyle": next(others, "-")}
        left.plot(values.index, values, solid_capstyle="round", zorder=3, **look)
    first = int(data["year"].min())
    left.set_xlim(first - 1.2, YEAR + 1.2)
    left.set_ylim(0, 1.12 * data["best"].max())
    left.set_xticks([first, *range(first // 5 * 5 + 10, YEAR + 1, 5)])
    frame.numbers(left, millions=True)
    left.axhline(stated["best"], color=ACCENT, linewidth=1.0, linestyle=(0, (1, 2)))
    left.plot([YEAR], [stated["best"]], "D", color=ACCENT, markersize=0.62 * small, zorder=5)
    left.text(
        first,
        stated["best"] * 1.015,
        content.labels["headline_line"],
        va="bottom",
        color=ACCENT,
        fontsize=1.08 * small,
    )
    old = released[released["vintage"].eq(vintages[0])].set_index("year")["best"]
    left.annotate(
        content.labels["oldest"],
        (2003, float(old[2003])),
        (2002, 0.8 * stated["best"]),
        ha="center",
        va="center",
        color=SOFT,
        fontsize=1.08 * small,
        arrowprops={"arrowstyle": "-", "color": CONTEXT, "linewidth": 0.8, "shrinkB": 3},
    )
    new = released[released["vintage"].eq(vintages[-1])].set_index("year")["best"]
    left.annotate(
        block(frame, content.labels["newer"], 0.24),
        (2011, float(new[2011])),
        (2008, 0.3 * stated["best"]),
        ha="center",
        va="center",
        color=SECOND,
        fontsize=1.08 * small,
        bbox=plain,
        arrowprops={"arrowstyle": "-", "color": SECOND, "linewidth": 0.8, "shrinkB": 3},
    )
    held = released[released["year"].eq(YEAR)].reset_index(drop=True)
    floor = _floor(dict(zip(held["vintage"], held["best"], strict=True)), stated["best"])
    entries = [("headline", stated["best"]), *zip(held["vintage"], held["best"], strict=True)]
    for place, (key, persons) in enumerate(entries):
        y = -float(place)
        is_stated = key == "headline"
        colour = ACCENT if is_stated else INK
        if not is_stated:
            right.plot([persons, stated["best"]], [y, y], color=CONTEXT, linewidth=1.2, zorder=2)
        right.plot([persons], [y], "D" if is_stated else "o", color=colour, markersize=0.75 * small, zorder=4)
        for line, (text, tone) in enumerate(((content.labels[f"{key}_value"], colour), (content.labels[key], SOFT))):
            right.annotate(
                text,
                (floor, y),
                (0.3 * small, (0.4 + 1.45 * line) * small),
                textcoords="offset points",
                va="bottom",
                color=tone,
                fontsize=small,
                bbox=plain,
            )
    right.axvline(stated["best"], color=ACCENT, linewidth=1.0, linestyle=(0, (1, 2)), zorder=1)
    right.set_xlim(floor, stated["best"] + 50_000)
    # Room for the two lines above the first entry.
    part = 3.3 * small / (right.get_position().height * frame.size.height * 72)
    below = len(entries) - 0.6
    right.set_ylim(-below, max(0.95, below * part / (1 - part)))
    right.set_yticks([])
    right.grid(axis="x", color=GRID)
    right.spines["left"].set_visible(False)
    right.set_xticks([floor + 100_000 * step for step in range(1, int((stated["best"] - floor) // 100_000) + 1)])
    frame.numbers(right, "x", 1, millions=True)
    right.set_xlabel(content.labels["cut"], fontsize=small, color=SOFT)
    for axes, key in ((left, "all"), (right, "zoom")):
        axes.set_title(content.labels[key], fontsize=1.08 * small, color=INK, loc=frame.start)


CHARTS = {
    "refugees_since_1951": Chart(content=refugees_since_1951, draw=_draw_refugees_since_1951),
    "idps_by_release": Chart(content=idps_by_release, draw=_draw_idps_by_release),
}
