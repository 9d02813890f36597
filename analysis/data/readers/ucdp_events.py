"""UCDP's events of violence (GED): deaths by country, type of violence and month, and civilians among them.

The events include dyads under 25 deaths in the year, so the sums belong to ``deaths_all_dyads``.
An event counts in the month of its first day; ``coverage`` says how many of a month's events run
into a later one. A country and month without a row is one for which the file has no event.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.data import corrections
from analysis.data.corrections import Correction
from analysis.data.coverage import AT_SEA, BY_OTHERS, RUNNING, WITHOUT, Coverage, to_text
from analysis.data.readers import raw
from analysis.data.readers.rows import tidy, totals
from analysis.data.refusals import refuse
from analysis.data.registry import Release
from analysis.data.tables import NUMBERS

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
STATUS: raw.Layout = {"civilians": ("deaths_civilians",)}
"""Which an extract may lack."""

MONTHS: raw.Layout = {
    "year": ("year",),
    "month": ("month",),
    "type": ("type",),
    "best": ("deaths",),
}
"""World sums by month that others made of a release's events (the part ``months``)."""

AT_SEA_ROW = "disorder=events left out"
"""The ``row`` of an entry that says which events sums made by others leave out; it expires with the sums."""

CIVILIANS = "deaths_all_dyads.civilians"

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
        Tidy rows of ``deaths_all_dyads.*`` by year and month: by country from events, civilians of
        all types with a best only; for the world from ``months``, with a best only. Events give no
        world rows: an extract looks like any other file, so the reader cannot know that it has all
        of them.

    Raises:
        InputError: a broken file, an unknown type or country, an undeclared disorder of estimates.
    """
    if "months" in files:
        return _world(release, files["months"], entries)
    path = files[""]
    single = [entry for entry in entries if entry.row != corrections.GROUP]
    frame = corrections.repair(raw.read(path, LAYOUT, encoding=release.encoding(), optional=STATUS), single, path)
    raw.unique(frame, ["id"], path)
    frame["series"] = _series(frame, path)
    frame["area"] = raw.by_gleditsch_ward(frame, "country_id", path)
    of_status = [name for name in STATUS if (frame[name] != "").any()]
    for estimate in (*NUMBERS, *of_status):
        frame[estimate] = raw.whole_numbers(frame, estimate, path, empty=False)
    frame = corrections.flag_group(frame, entries, release, path)
    start, end = raw.dates(frame, "start", path), raw.dates(frame, "end", path)
    refuse(
        frame,
        end < start,
        path,
        "end",
        lambda event: f"{event['end']!r} is before the first day, {event['start']!r}",
        expected="a day on or after it",
    )
    frame = frame.assign(year=start.dt.year, month=start.dt.month)
    frame["late"] = end.dt.to_period("M") > start.dt.to_period("M")
    frame["late_best"] = frame["best"].where(frame["late"], 0)
    parts = [frame, *([_of_civilians(frame)] if of_status else [])]
    return _tidy(pd.concat([_summed(part) for part in parts]), release)


def _of_civilians(frame: pd.DataFrame) -> pd.DataFrame:
    """The events with the civilians killed in them, which UCDP gives a best of and no low or high."""
    civilians = {"series": CIVILIANS, "best": frame["civilians"], "low": float("nan"), "high": float("nan")}
    return frame.assign(**civilians, late_best=frame["civilians"].where(frame["late"], 0))


def _summed(frame: pd.DataFrame) -> pd.DataFrame:
    """Sums by series, area and month, with how many events, and deaths in them, run on into a later month."""
    by = ["series", "area", "year", "month"]
    sums = totals(frame, by)
    late = frame.groupby(by)["late"].agg(["sum", "size"])
    deaths = frame.groupby(by)["late_best"].sum()
    sums["coverage"] = [
        to_text(
            (Coverage(RUNNING, "", n, events, "events"), Coverage(RUNNING, "", int(some), int(best), "deaths"))
            if n
            else ()
        )
        for n, events, some, best in zip(late["sum"], late["size"], deaths, sums["best"], strict=True)
    ]
    return sums


def _world(release: Release, path: Path, entries: Sequence[Correction]) -> pd.DataFrame:
    frame = raw.read(path, MONTHS, encoding=release.encoding("months"))
    raw.unique(frame, ["year", "month", "type"], path)
    frame["series"] = _series(frame, path)
    for column in ("year", "month", "best"):
        frame[column] = raw.whole_numbers(frame, column, path, empty=False)
    wrong = ~frame["month"].between(1, 12)
    refuse(frame, wrong, path, "month", lambda sums: f"{sums['month']:.0f}", expected="1 to 12")
    clauses, note = [Coverage(BY_OTHERS)], ""
    for entry in entries:
        found = corrections.joined({"rows": len(frame), "best": frame["best"].sum()})
        if (entry.row, entry.published) != (AT_SEA_ROW, found):
            raise corrections.expired(entry, path, f"the sums are {found} now, and were {entry.published}")
        clauses, note = [*clauses, Coverage(WITHOUT, unit="place", without=(AT_SEA,))], entry.id
    sums = frame.drop(columns="type").assign(area="WLD", coverage=to_text(clauses), note=note)
    return _tidy(sums, release)


def _series(frame: pd.DataFrame, path: Path) -> pd.Series:
    expected = f"one of {', '.join(TYPES)}"
    what = "is not a type of violence"
    return "deaths_all_dyads." + raw.looked_up(frame, "type", TYPES.get, path, what=what, expected=expected, do="")


def _tidy(sums: pd.DataFrame, release: Release) -> pd.DataFrame:
    parts = [
        tidy(part.drop(columns="series"), release, str(series), role="location")
        for series, part in sums.groupby("series")
    ]
    return pd.concat(parts, ignore_index=True)
