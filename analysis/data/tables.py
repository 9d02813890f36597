"""The tidy tables: one shape, closed lists, checked on the way out and on the way in.

Every number that the project shows is a row here. A row's key is ``KEY``; ``low``, ``best`` and
``high`` are empty where the publisher gives no estimate, and ``coverage`` says what a sum then
covers.
"""

import difflib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis import paths
from analysis.data.refusals import refuse
from analysis.errors import InputError

COLUMNS = (
    "series",
    "area",
    "role",
    "actor",
    "year",
    "month",
    "low",
    "best",
    "high",
    "unit",
    "kind",
    "source",
    "vintage",
    "coverage",
    "note",
)
KEY = ["series", "area", "role", "actor", "year", "month", "source", "vintage"]
NUMBERS = ("low", "best", "high")
TEXT = ("series", "area", "role", "actor", "unit", "kind", "source", "vintage", "coverage", "note")

ROLES = ("location", "origin", "asylum")
KINDS = ("stock", "flow", "count")


@dataclass(frozen=True)
class Series:
    """What a series counts: its unit, whether it is a stock, a flow or a count, and its meaning in a sentence."""

    unit: str
    kind: str
    meaning: str


SERIES: dict[str, Series] = {
    "deaths.state_based": Series(
        "deaths",
        "flow",
        "Battle-related deaths in conflicts with a government, dyads or conflicts of 25 deaths or more in the year "
        "(UCDP yearly data).",
    ),
    "deaths.non_state": Series(
        "deaths",
        "flow",
        "Deaths in fighting between organised groups, none of them a government, dyads of 25 deaths or more in the "
        "year (UCDP yearly data).",
    ),
    "deaths.one_sided": Series(
        "deaths",
        "flow",
        "Civilians killed by a government or an organised group in one-sided violence, actors of 25 deaths or more in "
        "the year (UCDP yearly data).",
    ),
    "deaths_all_dyads.state_based": Series(
        "deaths",
        "flow",
        "Battle-related deaths, dyads under 25 deaths in the year included (UCDP country-year and event data).",
    ),
    "deaths_all_dyads.non_state": Series(
        "deaths",
        "flow",
        "Deaths in non-state conflict, dyads under 25 deaths in the year included (UCDP country-year and event data).",
    ),
    "deaths_all_dyads.one_sided": Series(
        "deaths",
        "flow",
        "Civilians killed in one-sided violence, actors under 25 deaths in the year included (UCDP country-year and "
        "event data).",
    ),
    "deaths_all_dyads.civilians": Series(
        "deaths",
        "flow",
        "Deaths coded as civilians in all three types of organised violence (UCDP country-year data); a best estimate "
        "only.",
    ),
    "deaths_all_dyads.parties": Series(
        "deaths",
        "flow",
        "Deaths coded as members of the warring parties, all types (UCDP country-year data); a best estimate only.",
    ),
    "deaths_all_dyads.unknown_status": Series(
        "deaths",
        "flow",
        "Deaths of which UCDP could not tell whether they were civilians, all types (country-year data); a best "
        "estimate only.",
    ),
    "deaths.documented": Series(
        "deaths", "flow", "Deaths documented one by one: a floor, never an estimate of all deaths."
    ),
    "actors.one_sided": Series(
        "actors",
        "count",
        "Governments and organised groups that killed 25 civilians or more in one-sided violence in the year.",
    ),
    "conflicts.intrastate": Series(
        "conflicts", "count", "Armed conflicts within a state, without troops of another government."
    ),
    "conflicts.internationalized": Series(
        "conflicts", "count", "Armed conflicts within a state in which troops of another government take part."
    ),
    "conflicts.interstate": Series("conflicts", "count", "Armed conflicts between governments."),
    "conflicts.extrasystemic": Series(
        "conflicts", "count", "Armed conflicts between a state and a group outside its own territory (colonial wars)."
    ),
    "wars.intrastate": Series(
        "conflicts", "count", "Intrastate conflicts of 1,000 battle-related deaths or more in the year."
    ),
    "wars.internationalized": Series(
        "conflicts",
        "count",
        "Internationalized intrastate conflicts of 1,000 battle-related deaths or more in the year.",
    ),
    "wars.interstate": Series(
        "conflicts", "count", "Interstate conflicts of 1,000 battle-related deaths or more in the year."
    ),
    "wars.extrasystemic": Series(
        "conflicts", "count", "Extrasystemic conflicts of 1,000 battle-related deaths or more in the year."
    ),
    "conflict_age.since_start": Series(
        "years",
        "count",
        "Median years since the conflict's first battle-related death, over the conflicts active in the year.",
    ),
    "conflict_age.since_episode": Series(
        "years",
        "count",
        "Median years since the present episode of the conflict began, over the conflicts active in the year.",
    ),
    "civil_conflicts.all": Series(
        "conflicts", "count", "Civil conflicts active in the year (UCDP External Support Data)."
    ),
    "civil_conflicts.any_support": Series(
        "conflicts", "count", "Civil conflicts in which a warring party had external support of any kind."
    ),
    "civil_conflicts.troop_support": Series(
        "conflicts", "count", "Civil conflicts in which a warring party had the support of external troops."
    ),
    "refugees": Series(
        "persons",
        "stock",
        "Refugees and people in refugee-like situations under UNHCR's mandate, end of year (Palestine refugees under "
        "UNRWA's mandate are not among them).",
    ),
    "palestine_refugees": Series("persons", "stock", "Palestine refugees registered with UNRWA, end of year."),
    "refugees_including_palestine": Series(
        "persons", "stock", "Refugees under UNHCR's and UNRWA's mandates together, as the World Bank publishes them."
    ),
    "asylum_seekers": Series("persons", "stock", "Asylum-seekers whose cases are pending, end of year."),
    "idps": Series("persons", "stock", "People internally displaced by conflict and violence, end of year."),
    "displacements": Series(
        "displacements", "flow", "New internal displacements by conflict and violence in the year."
    ),
    "registered_refugees": Series(
        "persons", "stock", "Syrian refugees registered by UNHCR in the region, end of month."
    ),
    "asylum_applications": Series("applications", "flow", "Asylum applications lodged in the month."),
    "population": Series("persons", "stock", "Population, mid-year."),
    "vetoed_drafts": Series("drafts", "count", "Draft resolutions of the Security Council that a veto stopped."),
    "vetoes": Series(
        "vetoes", "count", "Vetoes cast in the Security Council by a permanent member (two on one draft are two)."
    ),
}

TABLES = {
    "ucdp": "Uppsala Conflict Data Program",
    "unhcr": "UN High Commissioner for Refugees",
    "unrwa": "UN Relief and Works Agency for Palestine Refugees",
    "idmc": "Internal Displacement Monitoring Centre",
    "worldbank": "World Bank",
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
    text = order(frame)[list(COLUMNS)].copy()
    for column in ("year", "month", *NUMBERS):
        text[column] = [_number(value) for value in text[column]]
    return text.to_csv(index=False, lineterminator="\n")


def _number(value: float) -> str:
    if value is None or value is pd.NA or np.isnan(value):
        return ""
    return str(int(value)) if float(value).is_integer() else f"{value:.4f}".rstrip("0")


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
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    if tuple(frame.columns) != COLUMNS:
        raise InputError(f"the columns are {', '.join(frame.columns)}", where=path, row=1, expected=", ".join(COLUMNS))
    for column in ("year", "month", *NUMBERS):
        try:
            frame[column] = pd.to_numeric(frame[column].replace("", None)).astype(float)
        except ValueError:
            numbered = frame.set_axis(frame.index + 2)
            wrong = ~numbered[column].str.fullmatch(r"-?\d+(\.\d+)?|")
            refuse(numbered, wrong, path, column, "is not a number", expected="digits")
            raise
    frame["year"] = frame["year"].astype(int)
    frame["month"] = frame["month"].astype("Int64")
    return frame


@cache
def committed() -> pd.DataFrame:
    """The committed tables, read once: ``load`` without a folder. Not to be changed in place."""
    return load()


@cache
def _by_series() -> dict[str, pd.DataFrame]:
    """The committed rows by series: a question is nearly always about one or a few of them."""
    return dict(iter(committed().groupby("series", sort=False)))


def table(
    series: str | None = None,
    area: str | list[str] | None = None,
    source: str | None = None,
    vintage: str | None = None,
) -> pd.DataFrame:
    """Rows of the tidy tables, as ``analysis.table`` promises them."""
    if series is None:
        rows = committed()
    else:
        named = [name for name in _by_series() if name == series or name.startswith(f"{series}.")]
        if not named:
            raise _unknown("series", series, list(_by_series()))
        rows = pd.concat([_by_series()[name] for name in named]).sort_index()
    if area is not None:
        wanted = [area] if isinstance(area, str) else list(area)
        for one in wanted:
            _some(rows, "area", rows["area"].eq(one), one)
        rows = rows[rows["area"].isin(wanted)]
    if source is not None:
        rows = _some(rows, "source", rows["source"].eq(source), source)
    if vintage is not None:
        rows = _some(rows, "vintage", rows["vintage"].eq(vintage), vintage)
    return rows.reset_index(drop=True)


def _some(rows: pd.DataFrame, column: str, chosen: pd.Series, asked: str) -> pd.DataFrame:
    if not chosen.any():
        raise _unknown(column, asked, sorted(rows[column].unique()))
    return rows[chosen]


def _unknown(column: str, asked: str, known: list[str]) -> InputError:
    near = difflib.get_close_matches(asked, known, n=3, cutoff=0.4) or known[:8]
    return InputError(f"no row has {column} {asked!r}", expected=f"for instance {', '.join(near)}")


def validate(frame: pd.DataFrame, where: Path | str, allowed: frozenset[str] = frozenset()) -> None:
    """Check that a tidy table keeps every rule that the shape promises.

    Closed lists, unique keys, units and kinds as ``SERIES`` says, whole counts, low <= best <=
    high but for rows whose ``note`` names a correction, an explanation wherever a sum is partial,
    and parts that add up to their totals.

    Args:
        frame: rows as ``load`` gives them.
        where: what to call the table in an error.
        allowed: ids of ``data/corrections.csv`` that a note may name.

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
    _check_orders(frame, where, allowed)
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
            "actor": Column(str),
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


def _check_orders(frame: pd.DataFrame, where: Path | str, allowed: frozenset[str]) -> None:
    ids = frame["note"].str.split()
    unknown = ids.map(lambda some: bool(set(some) - allowed))
    refuse(frame, unknown, where, "note", expected="ids of data/corrections.csv")
    undeclared = disordered(frame) & (frame["note"] == "")
    told = "low, best and high are not in order"
    refuse(frame, undeclared, where, "low", lambda row: told, expected="low <= best <= high")


def disordered(frame: pd.DataFrame) -> pd.Series:
    """Which rows have low above best, best above high or low above high."""
    return (frame["low"] > frame["best"]) | (frame["best"] > frame["high"]) | (frame["low"] > frame["high"])


PARTS = (
    ("deaths.one_sided", ("government", "non_government")),
    ("actors.one_sided", ("government", "non_government")),
)
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
    world = frame[(frame["area"] == "WLD") & frame["month"].isna()].copy()
    for series, classes in PARTS:
        some = world[world["series"] == series]
        whole = some[some["actor"] == ""].set_index(release)[list(NUMBERS)]
        parts = some[some["actor"].isin(classes)].groupby(release)[list(NUMBERS)].sum(min_count=1)
        _same(parts, whole, where, f"{' and '.join(classes)} of {series}")
    yearly = frame[frame["series"].isin(SUMS) & frame["month"].isna() & (frame["source"] == "ucdp_country_year")]
    whole = yearly[(yearly["area"] == "WLD") & (yearly["actor"] == "")].set_index(release)[list(NUMBERS)]
    parts = yearly[yearly["area"] != "WLD"].groupby(release)[list(NUMBERS)].sum(min_count=1)
    _same(parts, whole, where, "countries")
    status = world[world["series"].str.fullmatch(r"deaths_all_dyads\.(civilians|parties|unknown_status)")]
    types = world[world["series"].isin(SUMS[:3]) & (world["actor"] == "") & (world["source"] == "ucdp_country_year")]
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
