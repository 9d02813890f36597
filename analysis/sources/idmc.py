"""IDMC: people internally displaced by conflict and violence.

Stocks (``idps``, end of year) and, where a release has them, new displacements in the year
(``displacements``; a person can be displaced more than once). Before 2009 there are world figures
only; from 2009 the world is the sum of the areas that have a figure, and ``coverage`` says how many.
An empty value is unknown, not 0. Figures are read as the release gives them, rounded or not: the
release of 2026-03 has both, and the unrounded ones are used.

The country figures that came with the world figures of 2014 are of mid-2014, each of another day:
no end of year, so they are not read.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.sources import areas, corrections, raw
from analysis.sources.corrections import Correction
from analysis.sources.registry import Release
from analysis.sources.rows import tidy

YEAR: raw.Layout = {"year": ("year",)}
AREAS: raw.Layout = {
    "area": ("iso3", "coa_iso"),
    "idps": ("total_displacement", "Conflict Stock Displacement", "total"),
}
FLOWS: raw.Layout = {"displacements": ("new_displacement", "Conflict New Displacements")}
"""Some releases have stocks only."""

WORLD: raw.Layout = {"millions": ("IDPs_IDMC_Millions",)}
SERIES = ("idps", "displacements")

NOT_READ = ("new_displacement_rounded", "total_displacement_rounded", "Disaster New Displacements")
"""Columns about displacement that are known and not needed; any other could be ours under a new name."""

ALL_AREAS = frozenset({"CC BY 4.0"})
"""Licences under which every area is kept: that of IDMC's figures as UNHCR's API serves them. Other
releases came as copies that state no licence of their own, so the world and ``CLAIM_AREAS`` suffice."""

CLAIM_AREAS = frozenset(
    [
        "AFG",
        "BDI",
        "CAF",
        "CIV",
        "COD",
        "ERI",
        "GIN",
        "IRQ",
        "KEN",
        "LBY",
        "NGA",
        "SDN",
        "SOM",
        "SSD",
        "SYR",
        "TLS",
        "YEM",
    ]
)
"""The areas that a claim of the report names."""

NO_AREAS = "best: a world figure, not a sum of areas"


def displacement(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Internally displaced people and new displacements: the world, and by area.

    Args:
        release: the release that the file belongs to; its licence decides which areas are kept.
        files: its one file, under ``""``.
        entries: this release's corrections, by ``year`` and ``area``.

    Returns:
        Tidy rows with a best only.

    Raises:
        InputError: a broken file, a record that stands twice, an unknown area.
    """
    path = files[""]
    frame = raw.read(path, YEAR, optional={**AREAS, **FLOWS, **WORLD}, whole=True)
    layout = WORLD if (frame["millions"] != "").any() else AREAS
    if any((frame[column] == "").all() for column in layout):
        raw.read(path, {**YEAR, **layout})  # raises for a column that is not there
    _no_unknown(frame, path)
    frame = corrections.repair(frame, entries, path)
    if layout is WORLD:
        frame = frame.assign(area="WLD", idps=frame["millions"].map(_from_millions))
    raw.unique(frame, ["area", "year"], path)
    for series in SERIES:
        frame[series] = raw.whole_numbers(frame, series, path)
    frame["year"] = raw.whole_numbers(frame, "year", path, empty=False).astype(int)
    frame["area"] = _areas(frame, path)
    frame = frame[frame[list(SERIES)].notna().any(axis=1)].sort_values(["year", "area"])
    frame["named"] = ~frame["area"].isin(["UNK", "WLD"])
    frame["summed"] = frame.groupby("year")["named"].transform("any")
    parts = []
    for series in SERIES:
        if frame[series].isna().all():
            continue
        given = frame.assign(best=frame[series])
        parts.append(tidy(_world(given), release, series, area="WLD", role="location"))
        placed = given[given["best"].notna() & given["summed"]]
        if release.licence not in ALL_AREAS:
            placed = placed[placed["area"].isin(CLAIM_AREAS)]
        parts.append(tidy(placed[["year", "area", "best", "note"]], release, series, role="location"))
    return pd.concat(parts, ignore_index=True)


def _no_unknown(frame: pd.DataFrame, path: Path) -> None:
    known = {raw.plain(name) for name in NOT_READ}
    for column in frame.columns:
        if column not in SERIES and "displac" in raw.plain(column) and raw.plain(column) not in known:
            raise InputError(
                "the column is new",
                where=path,
                row=1,
                column=column,
                expected=", ".join(name for names in (*AREAS.values(), *FLOWS.values()) for name in names),
                do="add it to the reader's layout, or to what it does not read",
            )


def _from_millions(text: str) -> str:
    """``"16.5"`` as ``"16500000"``; what is no such number stays, for the error to show it."""
    if not re.fullmatch(r"-?\d+(\.\d{1,6})?", text):
        return text
    return str(int(Decimal(text) * 1_000_000))


def _world(frame: pd.DataFrame) -> pd.DataFrame:
    """The world by year: a figure of its own where no area has one, else the sum over areas."""
    years = frame.groupby("year")
    result = years["best"].sum(min_count=1).reset_index()
    result["coverage"] = [
        f"best: {some['best'].count()} of {len(some)} areas" if some["summed"].any() else NO_AREAS for _, some in years
    ]
    result["note"] = [" ".join(sorted({i for text in some["note"] for i in text.split()})) for _, some in years]
    return result[result["best"].notna()]


def _areas(frame: pd.DataFrame, path: Path) -> pd.Series:
    found = frame["area"].map(areas.by_iso3)
    if found.isna().any():
        row = found.index[found.isna()][0]
        raise InputError(
            f"{frame.loc[row, 'area']!r} is not a known area",
            where=path,
            row=row,
            column="area",
            expected="a code of data/areas.csv",
            do="add it to data/areas.csv",
        )
    return found
