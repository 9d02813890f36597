"""The UN Population Division's World Population Prospects: how many people live in an area at the middle of a year.

The workbook gives thousands with three decimals; the sheet read is the first, the estimates, and the
variants of the future are not. Of its regions only the world is kept. The
file bears the line "All rights reserved", so areas are kept for ``AREA_YEARS`` only.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pandas as pd

from analysis.data import areas, corrections
from analysis.data.corrections import Correction
from analysis.data.readers import raw
from analysis.data.readers.rows import WORLD, tidy
from analysis.data.refusals import refuse
from analysis.data.registry import Release
from analysis.errors import InputError

LAYOUT: raw.Layout = {"code": ("Country code",), "variant": ("Variant",)}
ESTIMATES = "Estimates"
WORLD_CODE = 900
"""The world's code; those above it are regions and groups of countries, those below countries' M49 codes."""

AREA_YEARS = range(2012, 2016)
"""The years kept by area: those that claims about the years before the report need."""


def population(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """People by area and year, at the middle of the year.

    Args:
        release: the release that the file belongs to.
        files: its one file, under ``""``.
        entries: this release's corrections, by ``code``.

    Returns:
        Tidy rows of ``population`` with a best only: the world in all years, areas in ``AREA_YEARS``.

    Raises:
        InputError: a broken file, a variant that is no estimate, an area that stands twice or is unknown.
    """
    path = files[""]
    frame = corrections.repair(raw.read(path, LAYOUT, encoding=release.encoding(), whole=True), entries, path)
    raw.unique(frame, ["code"], path)
    refuse(frame, frame["variant"] != ESTIMATES, path, "variant", expected=ESTIMATES)
    codes = raw.whole_numbers(frame, "code", path, empty=False)
    frame = frame[codes <= WORLD_CODE]
    known = {str(WORLD_CODE): "WLD"}
    frame["area"] = raw.looked_up(frame, "code", lambda code: known.get(code) or areas.by_m49(code), path)
    years = [name for name in frame.columns if re.fullmatch(r"\d{4}", name)]
    if not years:
        raise InputError("no column is a year", where=path, row=1, column="year", expected="1950, 1951, ...")
    parts = []
    for year in years:
        persons = _persons(frame, year, path)
        parts.append(frame[["area", "note"]].assign(year=int(year), best=persons))
    table = pd.concat(parts)
    world = table["area"] == "WLD"
    placed = table[~world & table["year"].isin(AREA_YEARS)].sort_values(["year", "area"])
    columns = ["year", "best", "note"]
    return pd.concat(
        [
            tidy(table.loc[world, columns], release, "population", **WORLD),
            tidy(placed[["area", *columns]], release, "population", role="location"),
        ],
        ignore_index=True,
    )


def _persons(frame: pd.DataFrame, year: str, path: Path) -> pd.Series:
    """A column of thousands as persons: three decimals count, what a spreadsheet adds behind them does not."""
    wrong = ~frame[year].str.fullmatch(r"\d+(\.\d+)?")
    refuse(frame, wrong, path, year, "is no number of thousands", expected="digits: 18502.413")
    return frame[year].map(lambda text: float(round(Decimal(text) * 1000)))
