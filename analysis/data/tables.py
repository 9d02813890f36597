"""The tidy tables: one shape, closed lists, checked on the way out and on the way in.

Every number that the project shows is a row here. A row's key is ``KEY``; ``low``, ``best`` and
``high`` are empty where the publisher gives no estimate, and ``coverage`` says what a sum then
covers.
"""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis import paths
from analysis.data import registry, spreadsheet
from analysis.data.refusals import refuse
from analysis.data.shape import CLASSES, COLUMNS, KEY, KINDS, NUMBERS, ROLES, SERIES
from analysis.errors import InputError

NUMERIC = ("year", "month", *NUMBERS)
TYPES = {**dict.fromkeys(COLUMNS, str), "year": int, "month": "Int64", **dict.fromkeys(NUMBERS, float)}

UNVERIFIED = "unverified"
"""Stands in ``note`` of every row of a release that nobody has checked."""

TABLES = {
    "ucdp": "Uppsala Conflict Data Program",
    "unhcr": "UN High Commissioner for Refugees",
    "unrwa": "UN Relief and Works Agency for Palestine Refugees",
    "idmc": "Internal Displacement Monitoring Centre",
    "worldbank": "World Bank",
    "un_population": "UN Population Division",
    "vdc": "Violations Documentation Center in Syria",
    "security_council": "UN Security Council",
}
"""Table name -> its publisher."""


def order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows in their one fixed order: by key."""
    return frame.sort_values(KEY, kind="stable", na_position="first").reset_index(drop=True)


def to_csv(frame: pd.DataFrame) -> str:
    """A tidy table as text: fixed order and number formats, empty for unknown, ``\\n``.

    Whole numbers have no decimals; others (medians) at most four.
    """
    text = order(frame.assign(actor=spreadsheet.cells(frame["actor"])))[list(COLUMNS)].copy()
    for column in NUMERIC:
        text[column] = _numbers(text[column])
    return text.to_csv(index=False, lineterminator="\n")


def _numbers(column: pd.Series) -> np.ndarray:
    values = column.to_numpy(dtype=float, na_value=np.nan)
    text = np.full(len(values), "", dtype=object)
    whole = np.isfinite(values) & (values == np.floor(values))
    text[whole] = values[whole].astype(np.int64).astype(str)
    others = np.isfinite(values) & ~whole
    text[others] = [f"{value:.4f}".rstrip("0") for value in values[others]]
    return text


def load(folder: Path = paths.TIDY) -> pd.DataFrame:
    """All tidy tables as one DataFrame.

    Args:
        folder: where ``TABLES`` lie as csv; a table that is not there has no rows.

    Returns:
        ``COLUMNS``; text columns are str ("" when empty), ``year`` int, ``month`` Int64,
        ``low``, ``best`` and ``high`` float (NaN when not given).

    Raises:
        InputError: no table at all in the folder, or a table that is not in the one shape.
    """
    found = [folder / f"{name}.csv" for name in TABLES if (folder / f"{name}.csv").exists()]
    if not found:
        raise InputError("no tidy tables there", where=str(folder), do="make them with `tables --out`")
    return pd.concat([load_one(path) for path in found], ignore_index=True)


def load_one(path: Path) -> pd.DataFrame:
    """One tidy table, as ``load`` gives them all.

    Raises:
        InputError: a table that is not in the one shape, or text in a number.
    """
    empty = {column: [""] for column in ("month", *NUMBERS)}
    try:
        frame = pd.read_csv(path, dtype=TYPES, keep_default_na=False, na_values=empty)
    except ValueError:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        numbered = frame.set_axis(frame.index + 2)
        for column in set(NUMERIC) & set(frame.columns):
            wrong = ~numbered[column].str.fullmatch(r"-?\d+(\.\d+)?" + ("|" if column in empty else ""))
            refuse(numbered, wrong, path, column, "is not a number", expected="digits")
        raise
    if tuple(frame.columns) != COLUMNS:
        raise InputError(f"the columns are {', '.join(frame.columns)}", where=path, row=1, expected=", ".join(COLUMNS))
    return frame


@registry.once
def committed() -> pd.DataFrame:
    """The tables in use (``registry.in_use``), read once. Not to be changed in place."""
    return load(registry.in_use())


def validate(
    frame: pd.DataFrame,
    where: Path | str,
    allowed: frozenset[str] = frozenset(),
    told: frozenset[str] = frozenset(),
) -> None:
    """Check that a tidy table keeps every rule that the shape promises.

    Closed lists, unique keys, units and kinds as ``SERIES`` says, whole counts, low <= best <=
    high but for rows whose ``note`` names a correction, an explanation wherever a sum is partial,
    and parts that add up to their totals.

    Args:
        frame: rows as ``load`` gives them.
        where: what to call the table in an error.
        allowed: ids of ``data/corrections.csv`` that a note may name.
        told: ids of ``data/places.csv``, likewise; they excuse no disorder.

    Raises:
        InputError: the first row that breaks a rule.
    """
    import pandera.pandas as pandera

    try:
        _schema().validate(frame, lazy=False)
    except pandera.errors.SchemaError as error:
        row, column, what = "", "", str(error).splitlines()[0]
        if error.failure_cases is not None and "index" in getattr(error.failure_cases, "columns", []):
            case = error.failure_cases.iloc[0]
            if pd.notna(case["index"]):
                row = str(int(case["index"]) + 2)
            what = f"{case['failure_case']!r} fails {getattr(error.check, 'error', None) or error.check}"
        column = str(getattr(error.schema, "name", "") or "")
        raise InputError(what, where=where, row=row or None, column=column or None) from error
    frame = frame.set_axis(frame.index + 2)  # as an editor counts, with the header
    refuse(
        frame,
        frame.duplicated(KEY, keep=False),
        where,
        "key",
        lambda row: f"two rows have the key {', '.join(str(row[column]) for column in KEY)}",
        expected="one",
    )
    _check_orders(frame, where, allowed, told)
    _check_parts(frame, where)


@cache
def _schema() -> Any:
    import pandera.pandas as pandera
    from pandera.pandas import Check, Column

    def listed(values: object) -> Check:
        return Check.isin(list(values), error="the closed list")  # type: ignore[call-overload]

    unit = _rule("unit")
    kind = _rule("kind")
    number = Column(float, Check.ge(0, error="0 or more"), nullable=True)
    return pandera.DataFrameSchema(
        {
            "series": Column(str, listed(SERIES)),
            "area": Column(str, Check.str_matches(r"^[A-Z][A-Z0-9]{2}$", error="three capitals or digits")),
            "role": Column(str, listed(ROLES)),
            "actor_class": Column(str, listed(("", *CLASSES))),
            "actor": Column(str),
            "actor_id": Column(str, Check.str_matches(r"^\d*$", error="UCDP's number of the actor")),
            "year": Column(int, Check.in_range(1900, 2100, error="a year")),
            "month": Column("Int64", Check.in_range(1, 12, error="1 to 12"), nullable=True),
            "low": number,
            "best": number,
            "high": number,
            "unit": Column(str),
            "kind": Column(str, listed(KINDS)),
            "source": Column(str, Check.str_matches(r"^[a-z_]+$", error="a source's name")),
            "vintage": Column(str, Check.str_length(min_value=1, error="a vintage")),
            "coverage": Column(str),
            "note": Column(str),
        },
        checks=[unit, kind],
        strict=True,
        ordered=True,
    )


def _rule(column: str) -> Any:
    """The rule that ``unit`` or ``kind`` is the one that ``SERIES`` gives."""
    from pandera.pandas import Check

    return Check(
        lambda frame: frame[column] == frame["series"].map({name: getattr(s, column) for name, s in SERIES.items()}),
        error=f"the {column} that SERIES gives",
    )


def _check_orders(frame: pd.DataFrame, where: Path | str, allowed: frozenset[str], told: frozenset[str]) -> None:
    ids = frame["note"].str.split().map(set)
    unknown = ids.map(lambda some: bool(some - allowed - told))
    refuse(frame, unknown, where, "note", expected="ids of data/corrections.csv or data/places.csv")
    undeclared = disordered(frame) & ids.map(lambda some: not some & allowed)
    refuse(
        frame,
        undeclared,
        where,
        "low",
        lambda row: "low, best and high are not in order",
        expected="low <= best <= high",
    )


def disordered(frame: pd.DataFrame) -> pd.Series:
    """Which rows have low above best, best above high or low above high."""
    return (frame["low"] > frame["best"]) | (frame["best"] > frame["high"]) | (frame["low"] > frame["high"])


PARTS = ("deaths.one_sided", "actors.one_sided")
"""Series of which the classes of actor add up to the whole, in every release."""

SUMS = (
    "deaths_all_dyads.state_based",
    "deaths_all_dyads.non_state",
    "deaths_all_dyads.one_sided",
    "deaths_all_dyads.civilians",
)
"""Series of which the areas of a release add up to the world, in every year."""


def _check_parts(frame: pd.DataFrame, where: Path | str) -> None:
    release = ["series", "source", "vintage", "year"]
    yearly = frame[frame["month"].isna() & (frame["actor"] == "")]
    # an unverified file that is not the world has no total to add up to
    keys = pd.MultiIndex.from_frame(yearly[release])
    totalled = keys.isin(keys[(yearly["area"] == "WLD").to_numpy()])
    yearly = yearly[totalled | ~yearly["note"].str.split().map(lambda ids: UNVERIFIED in ids).to_numpy(dtype=bool)]
    world = yearly[yearly["area"] == "WLD"]
    all_of = world[world["actor_class"] == ""]
    for series in PARTS:
        whole = all_of[all_of["series"] == series].set_index(release)[list(NUMBERS)]
        some = world[(world["series"] == series) & (world["actor_class"] != "")]
        parts = some.groupby(release)[list(NUMBERS)].sum(min_count=1)
        _same(parts, whole, where, f"{' and '.join(CLASSES)} of {series}")
    of_all = yearly["series"].isin(SUMS) & (yearly["source"] == "ucdp_country_year")
    whole = all_of[all_of["series"].isin(SUMS)].set_index(release)[list(NUMBERS)]
    parts = yearly[of_all & (yearly["area"] != "WLD")].groupby(release)[list(NUMBERS)].sum(min_count=1)
    _same(parts, whole, where, "countries")
    status = world[world["series"].str.fullmatch(r"deaths_all_dyads\.(civilians|parties|unknown_status)")]
    types = all_of[all_of["series"].isin(SUMS[:3]) & (all_of["source"] == "ucdp_country_year")]
    by = ["source", "vintage", "year"]
    _same(
        status.groupby(by)[["best"]].sum(), types.groupby(by)[["best"]].sum(), where, "civilians, parties and unknown"
    )


def _same(parts: pd.DataFrame, whole: pd.DataFrame, where: Path | str, what: str) -> None:
    whole = whole.reindex(parts.index)
    differs = ((parts - whole).abs() > 0) | (parts.isna() != whole.isna())
    if differs.to_numpy().any():
        key = differs.index[differs.any(axis=1)][0]
        column = differs.columns[differs.loc[key]][0]
        raise InputError(
            f"{what} do not add up for {key}: {parts.loc[key, column]:.0f} against {whole.loc[key, column]:.0f}",
            where=where,
            column=column,
            expected="the whole",
        )
