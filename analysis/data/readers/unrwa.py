"""UNRWA: registered Palestine refugees at the end of each year, by the field that registers them.

They are not among UNHCR's refugees. Until 1967 the West Bank's are counted with Jordan's (the
figures of 1967 and 1968 show the move), so areas before and after do not compare; the sum does.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.data import areas, corrections
from analysis.data.corrections import Correction
from analysis.data.coverage import PART, Coverage, to_text
from analysis.data.readers import raw
from analysis.data.readers.rows import WORLD, tidy, totals
from analysis.data.registry import Release

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
    frame = corrections.repair(raw.read(path, LAYOUT, encoding=release.encoding()), entries, path)
    raw.unique(frame, ["year", "area"], path)
    frame["best"] = raw.whole_numbers(frame, "persons", path, empty=False)
    frame["year"] = raw.years(frame, path)
    frame["area"] = raw.looked_up(frame, "area", areas.by_iso3, path)
    world = totals(frame, ["year"], ["best"])
    world["coverage"] = [_coverage(set(some["area"])) for _, some in frame.groupby("year")]
    columns = ["year", "area", "best", "note"]
    return pd.concat(
        [
            tidy(world, release, "palestine_refugees", **WORLD),
            tidy(frame.sort_values(["year", "area"])[columns], release, "palestine_refugees", role="asylum"),
        ],
        ignore_index=True,
    )


def _coverage(found: set[str]) -> str:
    lacking = sorted(FIELDS - found)
    if not lacking:
        return ""
    return to_text([Coverage(PART, "best", len(FIELDS) - len(lacking), len(FIELDS), "fields", without=tuple(lacking))])
