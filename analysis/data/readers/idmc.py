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

from analysis.data import areas, corrections
from analysis.data.corrections import Correction
from analysis.data.coverage import NOT_A_SUM, PART, Coverage, to_text
from analysis.data.readers import raw
from analysis.data.readers.rows import WORLD, tidy, totals
from analysis.data.registry import Release

YEAR: raw.Layout = {"year": ("year",)}
AREAS: raw.Layout = {
    "area": ("iso3", "coa_iso", "ISO code"),
    "idps": ("total_displacement", "Conflict Stock Displacement", "Conflict Total Displacement"),
}
THROUGH_UNHCR: raw.Layout = {"total": ("total",)}
"""Stocks, as UNHCR serves them."""

FLOWS: raw.Layout = {
    "displacements": ("new_displacement", "Conflict New Displacements", "Conflict Internal Displacements")
}
"""The releases that come through UNHCR have stocks only (``total``)."""

RAW: raw.Layout = {
    "idps_raw": ("Conflict Stock Displacement (Raw)", "Conflict Total Displacement (Raw)"),
    "displacements_raw": ("Conflict Internal Displacements (Raw)", "Conflict New Displacements (Raw)"),
}
"""Unrounded figures beside rounded ones: where a release has both, these count."""

IN_MILLIONS: raw.Layout = {"millions": ("IDPs_IDMC_Millions",)}
SERIES = ("idps", "displacements")

NOT_READ = (
    *("new_displacement_rounded", "total_displacement_rounded", "Disaster New Displacements"),
    *("Disaster Internal Displacements", "Disaster Internal Displacements (Raw)"),
    *("Disaster Stock Displacement", "Disaster Stock Displacement (Raw)"),
    *("Disaster New Displacements (Raw)", "Disaster Total Displacement", "Disaster Total Displacement (Raw)"),
)
"""Columns about displacement that are known and not needed; any other could be ours under a new name."""

ALL_AREAS = frozenset({"CC BY 4.0"})
"""Licences under which every area is kept: that of IDMC's figures as UNHCR's API serves them. Other
releases came as copies that state no licence of their own, so the world and ``CLAIM_AREAS`` suffice. What is unverified
is never committed, and kept whole."""

CLAIM_AREAS = frozenset(
    [
        *("AFG", "BDI", "CAF", "CIV", "COD", "ERI", "GIN", "IRQ", "KEN"),
        *("LBY", "NGA", "SDN", "SOM", "SSD", "SYR", "TLS", "YEM"),
    ]
)
"""The areas that a claim of the report names."""


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
    optional = {**AREAS, **FLOWS, **RAW, **THROUGH_UNHCR, **IN_MILLIONS}
    frame = raw.read(path, YEAR, optional=optional, encoding=release.encoding(), whole=True)
    for series in SERIES:
        frame[series] = frame[f"{series}_raw"].where(frame[f"{series}_raw"] != "", frame[series])
    given = {name: bool((frame[name] != "").any()) for name in ("millions", "total", *SERIES)}
    in_millions, through_unhcr = given["millions"], given["total"] and not given["idps"]
    if through_unhcr:
        frame["idps"] = frame["total"]
    needed = IN_MILLIONS if in_millions else {"area": AREAS["area"]} if through_unhcr else AREAS
    have = {name: names for name, names in needed.items() if not given.get(name)}
    raw.require(frame, {**YEAR, **have}, path, release.encoding())
    not_ours = {raw.plain(name) for name in (*NOT_READ, *SERIES, *RAW)}
    raw.no_new(
        (name for name in frame.columns if "displac" in raw.plain(name) and raw.plain(name) not in not_ours),
        path,
        (name for names in (*AREAS.values(), *FLOWS.values()) for name in names),
        what="the column is new",
        do="add it to the reader's layout, or to what it does not read",
    )
    if needed is AREAS and not given["displacements"]:
        raw.require(frame, FLOWS, path, release.encoding())
    frame = corrections.repair(frame, entries, path)
    if in_millions:
        frame = frame.assign(area="WLD", idps=frame["millions"].map(_from_millions))
    raw.unique(frame, ["area", "year"], path)
    for series in SERIES:
        frame[series] = raw.whole_numbers(frame, series, path)
    frame["year"] = raw.years(frame, path)
    frame["area"] = raw.looked_up(frame, "area", areas.by_iso3, path)
    frame = frame[frame[list(SERIES)].notna().any(axis=1)].sort_values(["year", "area"])
    frame["named"] = ~frame["area"].isin(["UNK", "WLD"])
    frame["summed"] = frame.groupby("year")["named"].transform("any")
    parts = []
    for series in SERIES:
        if frame[series].isna().all():
            continue
        given = frame.assign(best=frame[series])
        parts.append(tidy(_world(given), release, series, **WORLD))
        placed = given[given["best"].notna() & given["summed"]]
        if release.verified and release.licence not in ALL_AREAS:
            placed = placed[placed["area"].isin(CLAIM_AREAS)]
        parts.append(tidy(placed[["year", "area", "best", "note"]], release, series, role="location"))
    return pd.concat(parts, ignore_index=True)


def _from_millions(text: str) -> str:
    """``"16.5"`` as ``"16500000"``; what is no such number stays, for the error to show it."""
    if not re.fullmatch(r"-?\d+(\.\d{1,6})?", text):
        return text
    return str(int(Decimal(text) * 1_000_000))


def _world(frame: pd.DataFrame) -> pd.DataFrame:
    """The world by year: a figure of its own where no area has one, else the sum over areas."""
    result = totals(frame, ["year"], ["best"])
    result["coverage"] = [
        to_text(
            [Coverage(PART, "best", int(some["best"].count()), len(some), "areas")]
            if some["summed"].any()
            else [Coverage(NOT_A_SUM, "best")]
        )
        for _, some in frame.groupby("year")
    ]
    return result[result["best"].notna()]
