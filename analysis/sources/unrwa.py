"""UNRWA: registered Palestine refugees at the end of each year, by the field that registers them.

They are not among UNHCR's refugees. Until 1967 the West Bank's are counted with Jordan's (the
figures of 1967 and 1968 show the move), so areas before and after do not compare; the sum does.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.sources import areas, corrections, raw
from analysis.sources.corrections import Correction
from analysis.sources.registry import Release
from analysis.sources.rows import tidy

LAYOUT: raw.Layout = {"year": ("year",), "area": ("coa_iso",), "persons": ("total",)}

FIELDS = frozenset({"JOR", "LBN", "PSE", "SYR"})
"""UNRWA's fields of operation (Gaza and the West Bank are both PSE): a year without one of them is not whole."""


def registered(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Registered Palestine refugees: by country of asylum, and all of them (WLD).

    Args:
        release: the release that the file belongs to.
        files: its one file, under ``""``.
        entries: this release's corrections, by ``year`` and ``area``.

    Returns:
        Tidy rows of ``palestine_refugees`` with a best only; ``coverage`` names the fields that a
        year's sum lacks.

    Raises:
        InputError: a broken file, a record that stands twice, an unknown area.
    """
    path = files[""]
    frame = corrections.repair(raw.read(path, LAYOUT), entries, path)
    raw.unique(frame, ["year", "area"], path)
    frame["best"] = raw.whole_numbers(frame, "persons", path, empty=False)
    frame["year"] = raw.whole_numbers(frame, "year", path, empty=False).astype(int)
    frame["area"] = _areas(frame, path)
    years = frame.groupby("year")
    world = years["best"].sum().reset_index()
    world["coverage"] = [_coverage(set(some["area"])) for _, some in years]
    world["note"] = [" ".join(sorted({i for text in some["note"] for i in text.split()})) for _, some in years]
    columns = ["year", "area", "best", "note"]
    return pd.concat(
        [
            tidy(world, release, "palestine_refugees", area="WLD", role="location"),
            tidy(frame.sort_values(["year", "area"])[columns], release, "palestine_refugees", role="asylum"),
        ],
        ignore_index=True,
    )


def _coverage(found: set[str]) -> str:
    lacking = sorted(FIELDS - found)
    if not lacking:
        return ""
    return f"best: {len(FIELDS) - len(lacking)} of {len(FIELDS)} fields, without {' and '.join(lacking)}"


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
