"""Vintages as a subject: how the figure for one year changed from release to release."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.audit import headlines
from analysis.audit.measures import added_rows
from analysis.charts.answers import short
from analysis.charts.contents import Content, marked, source_line
from analysis.charts.style import ACCENT, CONTEXT, INK, PAPER, SOFT, Chart, Frame, block, width
from analysis.data import registry
from analysis.data.query import table
from analysis.errors import InputError
from analysis.tell.languages import Words


@dataclass(frozen=True)
class Subject:
    """One year's figure: a series of one source, and what its publisher stated in words, if that is held."""

    name: str
    series: str
    source: str
    area: str
    year: int
    headline: str = ""


SUBJECTS = (
    Subject("world_state_based", "deaths.state_based", "ucdp_battle_related_deaths", "WLD", 2014),
    Subject("world_one_sided", "deaths.one_sided", "ucdp_one_sided", "WLD", 1994),
    Subject("world_idps", "idps", "idmc_displacement", "WLD", 2015, "idmc_idps_2015"),
    Subject("syria_2012", "deaths.state_based", "ucdp_battle_related_deaths", "SYR", 2012),
    Subject("syria_2013", "deaths.state_based", "ucdp_battle_related_deaths", "SYR", 2013),
    Subject("syria_2014", "deaths.state_based", "ucdp_battle_related_deaths", "SYR", 2014),
)


def _names(words: Words) -> dict[str, str]:
    return {
        "world_state_based": words("World, 2014: deaths in state-based conflict"),
        "world_one_sided": words("World, 1994: deaths in one-sided violence"),
        "world_idps": words("World, end of 2015: internally displaced"),
        "syria_2012": words("Syria, 2012: deaths in state-based conflict"),
        "syria_2013": words("Syria, 2013: deaths in state-based conflict"),
        "syria_2014": words("Syria, 2014: deaths in state-based conflict"),
    }


@cache
def _rows(subject: Subject) -> pd.DataFrame:
    """The figure in each release of its source, oldest first; a band only where all of both ends is given.

    Raises:
        InputError: the table has no such figure in two releases or more.
    """
    published = {(r.source, r.vintage): r.available_by.isoformat() for r in registry.releases()}
    rows = table(subject.series, subject.area, year=subject.year, source=subject.source).dropna(subset="best")
    if len(rows) < 2:
        raise InputError(f"{len(rows)} releases give {subject.name}", expected="two or more in data/tidy")
    bands = [added_rows(rows.loc[[row]]).band for row in rows.index]
    drawn = pd.DataFrame(
        {
            "panel": subject.name,
            "mark": "release",
            "published": [published[pair] for pair in zip(rows["source"], rows["vintage"], strict=True)],
            "low": np.array([low for low, _ in bands], dtype=float),
            "value": rows["best"],
            "high": np.array([high for _, high in bands], dtype=float),
            "source": rows["source"],
            "vintage": rows["vintage"],
            "given": rows["low"].notna() | rows["high"].notna(),
        }
    )
    if subject.headline:
        stated = headlines.by_id(subject.headline)
        first = {
            "panel": subject.name,
            "mark": "headline",
            "published": stated.available_by.isoformat(),
            "value": stated.value,
            "source": "headline",
            "vintage": stated.id,
            "given": False,
        }
        drawn = pd.concat([drawn, pd.DataFrame([first])], ignore_index=True)
    return drawn.sort_values(["published", "vintage"], kind="stable", ignore_index=True)


def figures_by_vintage(words: Words) -> Content:
    """Six figures, each of one year and place, in every release that gives them, with low and high where complete.

    From UCDP's yearly data and IDMC's; what IDMC stated in words in 2016 stands before its releases.
    """
    data = pd.concat([_rows(subject) for subject in SUBJECTS], ignore_index=True)
    names = _names(words)
    changes = {subject.name: _change(data, subject.name) for subject in SUBJECTS}
    most, least = max(changes, key=lambda name: changes[name]), min(changes, key=lambda name: changes[name])
    releases = tuple(
        (str(source), str(vintage))
        for source, vintage in data.loc[data["mark"].eq("release"), ["source", "vintage"]]
        .drop_duplicates()
        .itertuples(index=False, name=None)
    )
    said = [
        words(
            "{figure}: {first} in {old}, {last} in {new} ({change})",
            figure=names[subject.name],
            **_ends(words, data, subject.name),
            change=_signed(words, changes[subject.name]),
        )
        for subject in SUBJECTS
    ]
    notes = [words("No bar: low or high not given, or not for all of the figure.")]
    if data["mark"].eq("headline").any():
        notes.append(words("Hollow: as its publisher stated it in words at the time (data/headlines.csv)."))
    notes.append(words("Yearly data: conflicts and actors with fewer than 25 deaths in the year are not counted."))
    return Content(
        title=_title(words, changes, {name: names[name] for name in (most, least)}, most, least),
        subtitle=words(
            "Best estimates, with low to high. Each panel has a scale of its own, which does not start at zero."
        ),
        alt=words("Six small charts, each of one figure in the releases that gave it, oldest first.")
        + words.space
        + words("{figures}.", figures=words.listed(said)),
        data=data.drop(columns="given"),
        releases=releases,
        source_line=source_line(words, releases),
        notes=(words.run(notes),),
        claims=("deaths_2014_over_100000", "deaths_1994_above_2014", "idps_40_8_million"),
        labels={
            **names,
            **{
                f"{name} change": words("first to newest: {change}", change=_signed(words, change))
                for name, change in changes.items()
            },
            **{
                f"{row.panel} {row.vintage}": words("stated {year}", year=row.published[:4])
                if row.mark == "headline"
                else row.vintage
                for row in data.itertuples()
            },
            **{f"{row.panel} {row.vintage} value": short(words, row.value, 2) for row in data.itertuples()},
        },
    )


def _points(data: pd.DataFrame, panel: str) -> pd.DataFrame:
    return data[data["panel"].eq(panel)]


def _change(data: pd.DataFrame, panel: str) -> float:
    """From the first to the newest, as a part of the first."""
    values = _points(data, panel)["value"]
    return float(values.iloc[-1] / values.iloc[0] - 1)


def _ends(words: Words, data: pd.DataFrame, panel: str) -> dict[str, str]:
    points = _points(data, panel)
    first, last = points.iloc[0], points.iloc[-1]
    old = words("words of {year}", year=first["published"][:4]) if first["mark"] == "headline" else first["vintage"]
    return {
        "first": words.number(first["value"]),
        "old": old,
        "last": words.number(last["value"]),
        "new": last["vintage"],
    }


def _signed(words: Words, change: float) -> str:
    text = words.percent(abs(change), 0 if abs(change) >= 0.1 else 1)
    if abs(change) < 0.0005:
        return words("unchanged")
    return words("+{change}", change=text) if change > 0 else words("−{change}", change=text)


def _title(words: Words, changes: dict[str, float], names: dict[str, str], most: str, least: str) -> str:
    """How far the figures moved, at the ends."""
    shown = {
        "most": _signed(words, changes[most]),
        "most_name": names[most],
        "least": _signed(words, changes[least]),
        "least_name": names[least],
    }
    return words("The same year, counted again: from {least} ({least_name}) to {most} ({most_name})", **shown)


def _draw_figures_by_vintage(content: Content, started: Frame) -> None:
    size = started.size
    across = 3 if size.width > size.height else 2
    down = -(-len(SUBJECTS) // across)
    part = 0.93 * (started.right - started.left) / across
    titles = {
        subject.name: "\n".join(
            block(started, content.labels[name], part) for name in (subject.name, f"{subject.name} change")
        )
        for subject in SUBJECTS
    }
    line = size.small / 72 / size.height
    head = (1.0 + 1.3 * (1 + max(title.count("\n") for title in titles.values()))) * line
    foot = 2.4 * line
    height = (started.top - started.bottom - down * (head + foot)) / down
    axes = started.axes(
        down, across, pad_left=0.008, pad_bottom=foot, pad_top=head, wspace=0.1, hspace=(head + foot) / height
    )
    for panel, subject in zip(axes, SUBJECTS, strict=True):
        _draw_panel(panel, content, started, subject.name)
        started.title(panel, titles[subject.name])


def _draw_panel(axes: Axes, content: Content, started: Frame, name: str) -> None:
    size, labels = started.size, content.labels
    points = [row for mark in ("release", "headline") for row in marked(content, mark) if row["panel"] == name]
    points.sort(key=lambda row: (row["published"], row["vintage"]))
    ends = [number for row in points for number in (row["low"], row["value"], row["high"]) if pd.notna(number)]
    span = (max(ends) - min(ends)) or max(ends)
    # Room for a number above the highest point.
    part = 2.2 * size.small / (axes.get_position().height * size.height * 72)
    axes.set_ylim(min(ends) - 0.2 * span, max(ends) + max(0.3, 1.2 * part / (1 - part)) * span)
    axes.set_xlim(-0.5, len(points) - 0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.plot(range(len(points)), [row["value"] for row in points], color=CONTEXT, linewidth=0.1 * size.small)
    for place, row in enumerate(points):
        if pd.notna(row["low"]):
            axes.plot([place, place], [row["low"], row["high"]], color=CONTEXT, linewidth=0.3 * size.small, alpha=0.45)
        last = place == len(points) - 1
        axes.plot(
            place,
            row["value"],
            marker="o",
            markersize=0.6 * size.small,
            markerfacecolor=PAPER if row["mark"] == "headline" else ACCENT if last else INK,
            markeredgecolor=ACCENT if last else INK,
            markeredgewidth=0.09 * size.small,
            zorder=3,
        )
    _label_points(axes, content, started, name, points)
    small = 0.86 * size.small
    axes.tick_params(axis="x", labelsize=small, length=0)
    room = axes.get_window_extent().width
    releases = [labels[f"{name} {row['vintage']}"] for row in points]
    if max(width(started.figure, text, small) for text in releases) > 0.92 * room / len(points):
        releases = ["\n".join(text.rsplit(" ", 1)).replace("-", "-\n") for text in releases]
    axes.set_xticks(range(len(points)), releases)


def _label_points(axes: Axes, content: Content, started: Frame, name: str, points: Sequence[dict[str, object]]) -> None:
    """The value over each point; over the first and the last only where neighbours would run into each other."""
    small = 0.86 * started.size.small
    texts = [content.labels[f"{name} {row['vintage']} value"] for row in points]
    step = axes.get_window_extent().width / len(points)
    crowded = max(width(started.figure, text, small) for text in texts) > 0.96 * step
    for place, (row, text) in enumerate(zip(points, texts, strict=True)):
        if crowded and place not in (0, len(points) - 1):
            continue
        axes.annotate(
            text,
            (place, float(np.nanmax([float(row["value"]), float(row["high"])]))),  # type: ignore[arg-type]
            (0, 0.5 * small),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=small,
            color=ACCENT if place == len(points) - 1 else SOFT,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.03 * small, "alpha": 0.85},
            zorder=2.5,
        )


CHARTS = {"figures_by_vintage": Chart(content=figures_by_vintage, draw=_draw_figures_by_vintage)}
