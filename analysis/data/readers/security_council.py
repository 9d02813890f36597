"""Vetoes in the Security Council, from a list scraped from the Dag Hammarskjöld Library's page of vetoes.

A row of the list is one vote: a draft resolution, or in the first years a text or a preliminary
question put to the vote in a meeting, that a permanent member's negative vote stopped. Votes on
amendments and on parts of a draft are not in the Library's list (on 13 December 1955 some fifteen
were cast). The list's own flags for who vetoed contradict its names of members in 26 places, so
only the names count.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.data import corrections
from analysis.data.corrections import Correction
from analysis.data.coverage import UNTIL, Coverage, to_text
from analysis.data.readers import raw
from analysis.data.readers.rows import WORLD, tidy, totals
from analysis.data.refusals import refuse
from analysis.data.registry import Release

LAYOUT: raw.Layout = {
    "year": ("year",),
    "date": ("date",),
    "draft": ("draft",),
    "item": ("agenda_item",),
    "topic": ("crisis_topic",),
    "member1": ("member_veto1",),
    "member2": ("member_veto2",),
    "member3": ("member_veto3",),
}
VETOING = ["member1", "member2", "member3"]
MEMBERS = ("China", "France", "Russia", "USSR", "UK", "USA")
"""As the list has them: USSR to 1991 and Russia since are one seat."""

TOPICS = {"Syria": "SYR"}
"""The crises that are kept by place. The list's "Syria" means the war since 2011."""

KEY = ["date", "draft", "item"]


def vetoes(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Vetoed drafts and vetoes.

    Args:
        release: the release that the file belongs to.
        files: the list, as ``""``.
        entries: this release's corrections; a row that repeats another must be declared by its ``line``.

    Returns:
        Tidy rows, with a best only: ``vetoed_drafts`` of the world by year, where a year between
        the first and the last of the list without a row is a 0, since the list means to be
        complete; ``vetoed_drafts`` by year and month for the places of ``TOPICS``; ``vetoes`` of
        the world by year and member (no row means none). The last year is covered to the last
        veto in the list, and ``coverage`` says so.

    Raises:
        InputError: a broken file, an unknown member, a year that is not the date's, a repeated row.
    """
    path = files[""]
    frame = corrections.repair(raw.read(path, LAYOUT, encoding=release.encoding()), entries, path)
    raw.unique(frame[frame["note"] == ""], KEY, path)
    for column in VETOING:
        allowed = MEMBERS if column == "member1" else (*MEMBERS, "")
        wrong = ~frame[column].isin(allowed)
        refuse(frame, wrong, path, column, "is not a permanent member", expected=f"one of {', '.join(MEMBERS)}")
    date = raw.dates(frame, "date", path, "%m/%d/%Y")
    refuse(
        frame,
        raw.years(frame, path) != date.dt.year,
        path,
        "year",
        lambda vote: f"{vote['year']}, and the date is {vote['date']}",
        expected="the date's year",
    )
    frame = frame.assign(year=date.dt.year, month=date.dt.month, best=1.0)
    some = frame.assign(area=frame["topic"].map(TOPICS)).dropna(subset="area")
    cast = frame.melt(["year", "note", "best"], VETOING, value_name="actor")
    cast = cast[cast["actor"] != ""]
    drafts = totals(frame, ["year"], ["best"])
    years = pd.RangeIndex(drafts["year"].min(), drafts["year"].max() + 1, name="year")
    drafts = drafts.set_index("year").reindex(years).fillna({"best": 0, "coverage": "", "note": ""}).reset_index()
    rows = pd.concat(
        [
            tidy(drafts, release, "vetoed_drafts", **WORLD),
            tidy(totals(some, ["year", "month", "area"], ["best"]), release, "vetoed_drafts", role="location"),
            tidy(totals(cast, ["year", "actor"], ["best"]), release, "vetoes", **WORLD),
        ],
        ignore_index=True,
    )
    yearly = rows["month"].isna() & (rows["year"] == years[-1])
    rows.loc[yearly, "coverage"] = to_text([Coverage(UNTIL, last=f"{date.max():%Y-%m-%d}")])
    return rows
