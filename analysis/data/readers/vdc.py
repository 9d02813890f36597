"""Deaths in Syria that the Violations Documentation Center (VDC) documented one by one.

A floor: what was documented, never an estimate of all deaths. The files are a student's scrape of
VDC's site, summed by day, and its author warns of gaps; so only monthly sums are kept, and
``coverage`` says on how many of a month's days the files have a row. A day without a row may be a
day without a documented death or a day that the scrape missed: the files do not tell.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.data import corrections
from analysis.data.corrections import Correction
from analysis.data.coverage import PART, Coverage, to_text
from analysis.data.readers import raw
from analysis.data.readers.rows import tidy, totals
from analysis.data.registry import Release
from analysis.errors import InputError

CAUSES: raw.Layout = {
    "day": ("day",),
    "chemical": ("Chemical Weapon",),
    "detention": ("Detention",),
    "execution": ("Execution",),
    "explosion": ("Explosion",),
    "medical": ("Lack of Medical Access",),
    "shelling": ("Shelling",),
    "shooting": ("Shooting",),
    "siege": ("Siege",),
    "unknown": ("Unknown",),
}
PROVINCES: raw.Layout = {
    "day": ("day",),
    "aleppo": ("Aleppo",),
    "damascus": ("Damascus",),
    "damascus_suburbs": ("Damascus Suburbs",),
    "daraa": ("Daraa",),
    "deir_ezzor": ("Deir Ezzor",),
    "hama": ("Hama",),
    "hasakeh": ("Hasakeh",),
    "homs": ("Homs",),
    "idlib": ("Idlib",),
    "lattakia": ("Lattakia",),
    "quneitra": ("Quneitra",),
    "raqqa": ("Raqqa",),
    "sweida": ("Sweida",),
    "tartous": ("Tartous",),
}


def documented_deaths(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Documented deaths in Syria by month.

    Args:
        release: the release that the files belong to.
        files: ``cause`` (deaths by day and cause; or ``""`` when it is the only file) and, where
            held, ``province`` (the same deaths by day and governorate), which must agree.
        entries: this release's corrections, by ``day``.

    Returns:
        Tidy rows of ``deaths.documented`` for SYR, by year and month, with a best only. A month
        without any row in the file has no row here.

    Raises:
        InputError: a broken file, or a day on which the two files differ.
    """
    path = files["cause"] if "cause" in files else files[""]
    days = _days(path, CAUSES, entries, release.encoding("cause" if "cause" in files else ""))
    if "province" in files:
        _compare(days, path, _days(files["province"], PROVINCES, [], release.encoding("province")), files["province"])
    days = days.assign(year=days["day"].dt.year, month=days["day"].dt.month)
    result = totals(days, ["year", "month"], ["best"])
    rows = days.groupby(["year", "month"]).size()
    lengths = pd.to_datetime(result[["year", "month"]].assign(day=1)).dt.days_in_month
    result["coverage"] = [
        to_text([] if count == length else [Coverage(PART, "", int(count), int(length), "days")])
        for count, length in zip(rows, lengths, strict=True)
    ]
    return tidy(result, release, "deaths.documented", area="SYR", role="location")


def _days(path: Path, layout: raw.Layout, entries: Sequence[Correction], encoding: str) -> pd.DataFrame:
    """Every day's deaths, all columns together; a column that nobody knows would be lost in silence."""
    frame = raw.read(path, layout, encoding=encoding, whole=True)
    raw.no_new(
        (name for name in frame.columns if name not in layout),
        path,
        (names[0] for names in layout.values()),
        what="the column is new",
        do="add it to the reader's layout, so that its deaths count",
    )
    frame = corrections.repair(frame, entries, path)
    raw.unique(frame, ["day"], path)
    deaths = [raw.whole_numbers(frame, column, path, empty=False) for column in layout if column != "day"]
    return pd.DataFrame({"day": raw.dates(frame, "day", path), "best": sum(deaths), "note": frame["note"]})


def _compare(days: pd.DataFrame, path: Path, others: pd.DataFrame, other_path: Path) -> None:
    both = days.reset_index().merge(others.reset_index(), "outer", "day", suffixes=("", "_other"), indicator=True)
    wrong = both[(both["best"] != both["best_other"]) & (both["note"].fillna("") == "")]
    if len(wrong):
        first = wrong.iloc[0]
        here = first["_merge"] != "right_only"
        told = f"{first['best']:.0f}" if here else "no"
        other = "none" if first["_merge"] == "left_only" else f"{first['best_other']:.0f}"
        raise InputError(
            f"{first['day']:%Y-%m-%d} has {told} deaths, and {other} in {other_path.name}",
            where=path if here else other_path,
            row=int(first["index"] if here else first["index_other"]),
            column="day",
            expected="the same deaths by cause and by province",
            do="download both files again, or declare the day in data/corrections.csv",
        )
