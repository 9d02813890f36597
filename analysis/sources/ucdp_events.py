"""UCDP's events of violence (GED): deaths by country, type of violence and month.

The events include dyads under 25 deaths in the year, so the sums belong to ``deaths_all_dyads``.
An event counts in the month of its first day; ``coverage`` says how many of a month's events run
into a later one. A country and month without a row is one for which the file has no event.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.sources import areas, corrections, raw
from analysis.sources.corrections import Correction
from analysis.sources.registry import Release
from analysis.sources.rows import ESTIMATES, tidy, totals

LAYOUT: raw.Layout = {
    "id": ("id",),
    "type": ("type_of_violence",),
    "country_id": ("country_id",),
    "start": ("date_start",),
    "end": ("date_end",),
    "low": ("low", "low_est"),
    "best": ("best", "best_est"),
    "high": ("high", "high_est"),
}
MONTHS: raw.Layout = {
    "year": ("year",),
    "month": ("month",),
    "type": ("type",),
    "best": ("deaths",),
}
"""World sums by month that others made of a release's events (the part ``months``)."""

TYPES = {"1": "state_based", "2": "non_state", "3": "one_sided"}


def monthly(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Deaths by month.

    Args:
        release: the release that the files belong to.
        files: either ``""``, a table of events (all the world's or an extract), or ``months``, a
            table of world sums of the best estimate.
        entries: this release's corrections, by ``id``, or ``corrections.GROUP`` for all events
            with estimates out of order.

    Returns:
        Tidy rows of ``deaths_all_dyads.*`` by year and month: by country from events; for the
        world from ``months``, with a best only. Events give no world rows: an extract looks like
        any other file, so the reader cannot know that it has all of them.

    Raises:
        InputError: a broken file, an unknown type or country, an undeclared disorder of estimates.
    """
    if "months" in files:
        return _world(release, files["months"])
    path = files[""]
    single = [entry for entry in entries if entry.row != corrections.GROUP]
    frame = corrections.repair(raw.read(path, LAYOUT), single, path)
    raw.unique(frame, ["id"], path)
    frame["series"] = _series(frame, path)
    frame["area"] = _areas(frame, path)
    for estimate in ESTIMATES:
        frame[estimate] = raw.whole_numbers(frame, estimate, path, empty=False)
    frame = corrections.flag_group(frame, entries, release, path)
    start, end = raw.dates(frame, "start", path), raw.dates(frame, "end", path)
    if (end < start).any():
        row = frame.index[end < start][0]
        raise InputError(
            f"{frame.loc[row, 'end']!r} is before the first day, {frame.loc[row, 'start']!r}",
            where=path,
            row=row,
            column="end",
            expected="a day on or after it",
        )
    frame = frame.assign(year=start.dt.year, month=start.dt.month)
    frame["late"] = end.dt.to_period("M") > start.dt.to_period("M")
    frame["late_best"] = frame["best"].where(frame["late"], 0)
    by = ["series", "area", "year", "month"]
    sums = totals(frame, by)
    late = frame.groupby(by)["late"].agg(["sum", "size"])
    deaths = frame.groupby(by)["late_best"].sum()
    sums["coverage"] = [
        f"events that run into a later month: {n} of {events} (best: {some:.0f} of {best:.0f})" if n else ""
        for n, events, some, best in zip(late["sum"], late["size"], deaths, sums["best"], strict=True)
    ]
    return _tidy(sums, release)


def _world(release: Release, path: Path) -> pd.DataFrame:
    frame = raw.read(path, MONTHS)
    raw.unique(frame, ["year", "month", "type"], path)
    frame["series"] = _series(frame, path)
    for column in ("year", "month", "best"):
        frame[column] = raw.whole_numbers(frame, column, path, empty=False)
    wrong = ~frame["month"].between(1, 12)
    if wrong.any():
        row = frame.index[wrong][0]
        raise InputError(f"{frame.loc[row, 'month']:.0f}", where=path, row=row, column="month", expected="1 to 12")
    sums = frame.drop(columns="type").assign(area="WLD", coverage="best only, summed from the events by others")
    return _tidy(sums, release)


def _series(frame: pd.DataFrame, path: Path) -> pd.Series:
    unknown = ~frame["type"].isin(TYPES)
    if unknown.any():
        row = frame.index[unknown][0]
        raise InputError(
            f"{frame.loc[row, 'type']!r} is not a type of violence",
            where=path,
            row=row,
            column="type",
            expected=f"one of {', '.join(TYPES)}",
        )
    return "deaths_all_dyads." + frame["type"].map(TYPES)


def _areas(frame: pd.DataFrame, path: Path) -> pd.Series:
    found = {code: areas.by_gleditsch_ward(code) for code in frame["country_id"].unique()}
    unknown = frame["country_id"].map(found).isna()
    if unknown.any():
        row = frame.index[unknown][0]
        raise InputError(
            f"{frame.loc[row, 'country_id']!r} is not a known country number",
            where=path,
            row=row,
            column="country_id",
            expected="a Gleditsch-Ward number of data/areas.csv",
            do="add it to data/areas.csv",
        )
    return frame["country_id"].map(found)


def _tidy(sums: pd.DataFrame, release: Release) -> pd.DataFrame:
    parts = [
        tidy(part.drop(columns="series"), release, str(series), role="location")
        for series, part in sums.groupby("series")
    ]
    return pd.concat(parts, ignore_index=True)
