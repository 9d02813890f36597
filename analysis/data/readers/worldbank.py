"""The World Bank's copies of displacement, conflict and population figures (World Development Indicators).

Its refugees are UNHCR's and UNRWA's together; its internally displaced are IDMC's, its deaths
UCDP's. They serve comparisons; the publishers' own figures come first. Its refugees leave out areas
with under 5 people; those of 2016-06 also leave out people in refugee-like situations, whom UNHCR and
later releases count in (0.7 million at the end of 2014, more than half of them in Bangladesh and Venezuela).
Regions and income groups are sums of areas and are not read, but for the world.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.data import areas, corrections
from analysis.data.corrections import Correction
from analysis.data.readers import raw
from analysis.data.readers.rows import WORLD, tidy
from analysis.data.refusals import unlisted
from analysis.data.registry import Release
from analysis.errors import InputError


@dataclass(frozen=True)
class Indicator:
    """One of the Bank's indicators: its code and name, the series that it is here, and the role of its areas."""

    code: str
    name: str
    series: str
    role: str


INDICATORS = (
    Indicator(
        "SM.POP.REFG", "Refugee population by country or territory of asylum", "refugees_including_palestine", "asylum"
    ),
    Indicator(
        "SM.POP.REFG.OR",
        "Refugee population by country or territory of origin",
        "refugees_including_palestine",
        "origin",
    ),
    Indicator(
        "VC.IDP.TOCV",
        "Internally displaced persons, total displaced by conflict and violence (number of people)",
        "idps",
        "location",
    ),
    Indicator(
        "VC.IDP.NWCV",
        "Internally displaced persons, new displacement associated with conflict and violence (number of cases)",
        "displacements",
        "location",
    ),
    Indicator("VC.BTL.DETH", "Battle-related deaths (number of people)", "deaths_worldbank.state_based", "location"),
    Indicator("SP.POP.TOTL", "Population, total", "population", "location"),
)
MOST_PEOPLE = 20_000_000_000
"""No population is above this."""

NOT_READ = ("Internally displaced persons, new displacement associated with disasters (number of cases)",)
OURS = ("refugee", "internallydisplaced", "battlerelated")
"""What the plain name of an indicator holds if it may be one of ours under a new name."""

CODE: raw.Layout = {"code": ("Country Code",), "name": ("Country Name",)}
BY_YEAR: raw.Layout = {"indicator": ("Indicator Code",)}
"""A download of indicators with a column for each year."""

BY_INDICATOR: raw.Layout = {"year": ("Year",)}
"""A topic with a column for each indicator (``average_value_<name>``, as a tool re-saved it)."""

LONG: raw.Layout = {**BY_INDICATOR, "value": ("Value",)}
"""One indicator with a row for each year, which the file's name gives."""

LONG_FILES = {"population": "SP.POP.TOTL"}

TOPIC_YEARS = range(2012, 2016)
"""The years kept by area from a topic, and of the population from a release that is not the newest: downloads of
the indicators, kept whole, stand beside them."""


def indicators(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """The Bank's indicators of a release: the world by year, and by area.

    Args:
        release: the release that the files belong to.
        files: one or several; their forms are found out.
        entries: this release's corrections, by ``code`` and what else the file's form has
            (``year``, ``indicator``), with ``part`` where the release has several files.

    Returns:
        Tidy rows with a best only. By area: all years of a download of single indicators,
        ``TOPIC_YEARS`` of a topic and of an older release's population.

    Raises:
        InputError: a broken file, an indicator under a new name, a record that stands twice, an
            unknown area, two different sums of the world's refugees.
    """
    records = []
    for part, path in files.items():
        about = [entry for entry in entries if corrections.pairs(entry.row).get("part", part) == part]
        records.append(_records(path, part, about, release.encoding(part)))
    table = pd.concat(records, ignore_index=True)
    if release.newest_known not in ("", release.vintage):
        table["kept"] &= (table["series"] != "population") | table["year"].isin(TOPIC_YEARS)
    parts = []
    for series, some in table.groupby("series", sort=True):
        parts.append(_world(some, release, str(series), files))
        placed = some[(some["area"] != "WLD") & some["kept"]].sort_values(["role", "year", "area"])
        parts.append(tidy(placed[["role", "year", "area", "best", "note"]], release, str(series)))
    return pd.concat(parts, ignore_index=True)


def _world(records: pd.DataFrame, release: Release, series: str, files: Mapping[str, Path]) -> pd.DataFrame:
    """The world's rows; refugees by origin and by asylum must have the same."""
    world = records[records["area"] == "WLD"].sort_values(["year", "role"])
    differing = world.groupby("year")["best"].nunique() > 1
    if differing.any():
        year = differing.index[differing][0]
        both = world[world["year"] == year]
        first = both.iloc[-1]
        raise InputError(
            f"the world of {year} is {' and '.join(f'{best:.0f}' for best in both['best'])}",
            where=files[first["part"]],
            row=first["row"],
            column=first["column"],
            expected="the same by origin and by asylum",
            do="look which of them is right, and declare the other in data/corrections.csv",
        )
    world = world.drop_duplicates("year")
    return tidy(world[["year", "best", "note"]], release, series, **WORLD)


def _records(path: Path, part: str, entries: Sequence[Correction], encoding: str) -> pd.DataFrame:
    """One record a figure: series, role, area, year, best, note, kept (by area), and where it stands."""
    frame = raw.read(path, CODE, optional={**BY_YEAR, **LONG}, encoding=encoding, whole=True).assign(part=part)
    frame = corrections.repair(frame, entries, path)
    aggregates = dict.fromkeys(areas.WORLD_BANK_AGGREGATES, "")
    frame["area"] = raw.looked_up(
        frame,
        "code",
        lambda code: aggregates.get(code, areas.by_world_bank(code)),
        path,
        expected="a code of data/areas.csv, or one of the Bank's regions and income groups",
    )
    frame = frame[frame["area"] != ""]
    if frame.empty:
        raise InputError(
            "there is no country, only the Bank's regions and income groups",
            where=path,
            expected="a row a country",
            do="download the indicator for all countries",
        )
    years = [name for name in frame.columns if re.fullmatch(r"\d{4}", name)]
    if years:
        raw.require(frame, {**CODE, **BY_YEAR}, path, encoding)
        return _from_years(frame, years, path)
    raw.require(frame, {**CODE, **BY_INDICATOR}, path, encoding)
    return _from_long(frame, part, path) if (frame["value"] != "").any() else _from_topic(frame, path)


def _from_years(frame: pd.DataFrame, years: Sequence[str], path: Path) -> pd.DataFrame:
    known = {indicator.code: indicator for indicator in INDICATORS}
    what, do = "is not an indicator that is used here", "add it to the reader's indicators"
    unlisted(frame, "indicator", known, path, what, do)
    raw.unique(frame, ["indicator", "code"], path)
    parts = []
    for code, some in frame.groupby("indicator", sort=False):
        for year in years:
            parts.append(_figures(some, year, known[str(code)], int(year), path).assign(kept=True))
    return pd.concat(parts)


def _from_topic(frame: pd.DataFrame, path: Path) -> pd.DataFrame:
    raw.unique(frame, ["code", "year"], path)
    year = raw.years(frame, path)
    names = {raw.plain(indicator.name): indicator for indicator in INDICATORS}
    not_read = {raw.plain(name) for name in NOT_READ}
    parts = []
    named = [(raw.plain(column).removeprefix("averagevalue"), column) for column in frame.columns]
    raw.no_new(
        (column for name, column in named if name not in {*names, *not_read} and any(word in name for word in OURS)),
        path,
        (indicator.name for indicator in INDICATORS),
        what="the indicator has a new name",
        do="add the name to the reader's indicators",
    )
    for name, column in named:
        if name in names:
            figures = _figures(frame, column, names[name], year, path)
            parts.append(figures.assign(kept=figures["year"].isin(TOPIC_YEARS)))
    if not parts:
        raise InputError(
            "there is no indicator that is used here",
            where=path,
            row=1,
            column="average_value_...",
            expected="; ".join(indicator.name for indicator in INDICATORS),
            do="if the publisher renamed one, add the name to the reader's indicators",
        )
    return pd.concat(parts)


def _from_long(frame: pd.DataFrame, part: str, path: Path) -> pd.DataFrame:
    code = LONG_FILES.get(part or path.stem.lower())
    if code is None:
        raise InputError(
            "nothing says which indicator the values are",
            where=path,
            row=1,
            column="value",
            expected=f"an Indicator Code for each row, or a file named {' or '.join(LONG_FILES)}",
            do="rename the file, or name its part in data/sources.csv",
        )
    raw.unique(frame, ["code", "year"], path)
    year = raw.years(frame, path)
    indicator = next(one for one in INDICATORS if one.code == code)
    figures = _figures(frame, "value", indicator, year, path)
    return figures.assign(kept=True)


def _figures(frame: pd.DataFrame, column: str, indicator: Indicator, year: pd.Series | int, path: Path) -> pd.DataFrame:
    """The figures of one column; what is not given has none."""
    most = MOST_PEOPLE if indicator.series == "population" else raw.MOST
    best = raw.whole_numbers(frame, column, path, most=most)
    result = frame[["area", "part", "note"]].assign(
        series=indicator.series, role=indicator.role, year=year, best=best, row=frame.index, column=column
    )
    return result[best.notna()]
