"""Questions to the committed tables: ``table``, ``series`` and ``holdings``.

A question without ``by`` gets one row a series, area, role, year and release, so that nothing adds
up twice: classes of actor, actors and months are parts of those rows, and come when asked for.
"""

import difflib
from collections.abc import Collection, Iterable
from functools import cache

import pandas as pd

from analysis.data import actors, areas, registry, tables
from analysis.data.coverage import PART, from_text
from analysis.data.tables import CLASSES, SERIES
from analysis.errors import InputError

CLASS, ACTOR, MONTH = "class", "actor", "month"
BREAKDOWNS = (CLASS, ACTOR, MONTH)

OTHER_FAMILY = {"deaths": "deaths_all_dyads", "deaths_all_dyads": "deaths"}
"""UCDP's two families, which count the same things and never add up: where one has no answer, the other may."""

Text = str | Iterable[str]
Whole = int | Iterable[int]


def table(
    series: Text | None = None,
    area: Text | None = None,
    *,
    year: Whole | None = None,
    role: Text | None = None,
    actor: Text | None = None,
    by: Text | None = None,
    source: Text | None = None,
    vintage: Text | None = None,
) -> pd.DataFrame:
    """Rows of the tidy tables: one a series, area, role, year and release, unless ``by`` asks for parts.

    Args:
        series: a name of ``series()``, or a family (``"deaths"`` is all before the dot).
        area: codes (ISO 3166 alpha-3, ``WLD`` for the world, ``MUL`` for rows that name several
            places) or countries' names in any of the six languages.
        year: calendar years; ``range(2010, 2016)`` is taken as well.
        role: location, origin or asylum; the world's rows are all ``location``.
        actor: classes (government, non_government), UCDP's numbers of actors, or names: an actor
            is found under every name that it has had.
        by: ``"class"``, ``"actor"`` or ``"month"``: the parts instead of the whole.
        source: sources of ``data/sources.csv``.
        vintage: releases of them.
        Each may be one value or several; what is left out is not narrowed.

    Returns:
        ``tables.COLUMNS``: ``low``, ``best``, ``high`` in ``unit`` (NaN where the publisher gives
        none), ``kind`` (stock at the end of ``year``, flow over it, or count), ``coverage`` (JSON:
        what a number leaves out, ``""`` if nothing), ``note`` (ids of ``data/corrections.csv`` and
        ``data/places.csv``).

    Raises:
        InputError: a value that no row has, with the nearest ones; or no row for all of them
            together, with what has rows instead.

    Source: the publishers' files named in ``data/sources.csv``, by ``source`` and ``vintage``.

    >>> int(table("refugees", "WLD", year=2015, vintage="2017-08")["best"].item())
    16111285
    >>> table("deaths.one_sided", "WLD", year=2014, vintage="1.4-2015", by="class")["actor_class"].tolist()
    ['government', 'non_government']
    """
    asked: dict[str, list] = {
        "series": [name for one in _listed(series) for name in _named(one)],
        "area": [_area(one) for one in _listed(area)],
        "year": [year] if isinstance(year, int) else [int(one) for one in year or ()],
        "role": _listed(role),
        "source": _listed(source),
        "vintage": _listed(vintage),
    }
    parts = _listed(by)
    if unknown := set(parts) - set(BREAKDOWNS):
        raise InputError(f"by {unknown.pop()!r}", expected=f"one of {', '.join(BREAKDOWNS)}")
    rows = tables.committed()
    for column, values in asked.items():
        # A span of years may reach beyond the data; any other value is meant.
        spans = column == "year" and bool(set(values) & _values(column))
        for one in () if spans else values:
            _known(column, one)
        if values:
            rows = rows[rows[column].isin(values)]
    found = _broken_down(rows, parts, _listed(actor))
    if found.empty:
        raise InputError("no row has all of these", expected=_instead(rows, asked, parts))
    return found.reset_index(drop=True)


def series(name: Text | None = None) -> pd.DataFrame:
    """What is counted: one row a series.

    Args:
        name: series or families; all by default.

    Returns:
        ``series``, ``family`` (series of one family may be compared), ``unit``, ``kind``,
        ``location`` (what a place is to the people counted, where the role is location) and
        ``meaning``.

    Raises:
        InputError: no such series, with the nearest.

    Source: ``data/series.csv``.

    >>> series("idps")["unit"].item()
    'persons'
    """
    names = [found for one in _listed(name) for found in _named(one)] or list(SERIES)
    return pd.DataFrame([vars(SERIES[one]) for one in names])


def holdings(name: Text | None = None, source: Text | None = None) -> pd.DataFrame:
    """What is kept of each series and release: an answer that is not here may be there at the publisher.

    Args:
        name: series or families; all by default.
        source: sources; all by default.

    Returns:
        One row a series, release and part of it (``of``: world, areas, areas by month, world by
        month, classes, actors): ``published``, ``role``, ``first`` and ``last`` year, how many
        ``areas`` and ``actors``, ``rows``, and ``kept``: whole, or part where the release has
        areas or years that are not here.

    Raises:
        InputError: no such series or source, with the nearest.

    >>> holdings("deaths.one_sided", "ucdp_one_sided").query("vintage == '25.1' and of == 'world'")["last"].item()
    2024
    """
    rows = tables.committed()
    if names := [found for one in _listed(name) for found in _named(one)]:
        rows = rows[rows["series"].isin(names)]
    for one in _listed(source):
        _known("source", one)
    if source is not None:
        rows = rows[rows["source"].isin(_listed(source))]
    published = {(release.source, release.vintage): release.published for release in registry.releases()}
    rows = rows.assign(of=_parts_of(rows))
    spans = rows[rows["of"] == "world"].groupby(["series", "source", "vintage"])["year"].agg(["min", "max"])
    result = []
    for key, some in rows.groupby(["series", "source", "vintage", "of", "role"], sort=False):
        release = key[:3]
        first, last = int(some["year"].min()), int(some["year"].max())
        whole = tuple(spans.loc[release]) if release in spans.index else (first, last)
        places = some["area"].nunique()
        result.append(
            {
                **dict(zip(("series", "source", "vintage", "of", "role"), key, strict=True)),
                "published": published.get((key[1], key[2]), ""),
                "first": first,
                "last": last,
                "areas": places,
                "actors": some.loc[some["actor"] != "", "actor"].nunique(),
                "rows": len(some),
                "kept": "part" if (first, last) != whole or places < _areas_of(rows, release, key[3]) else "whole",
            }
        )
    return pd.DataFrame(result)


def _parts_of(rows: pd.DataFrame) -> list[str]:
    return [
        "actors" if actor else "classes" if kind else ("world" if area == "WLD" else "areas") + " by month" * monthly
        for actor, kind, area, monthly in zip(
            rows["actor"], rows["actor_class"], rows["area"], rows["month"].notna(), strict=True
        )
    ]


def _areas_of(rows: pd.DataFrame, release: tuple[str, str, str], part: str) -> int:
    """How many areas a release has in the year of which it has most, as its world rows say; 0 where they do not."""
    if part != "areas":
        return 0
    world = rows[(rows[["series", "source", "vintage"]] == list(release)).all(axis=1) & (rows["of"] == "world")]
    counts = [
        clause.all or 0
        for text in world["coverage"]
        for clause in from_text(text)
        if clause.kind == PART and clause.unit == "areas"
    ]
    return max(counts, default=0)


def _broken_down(rows: pd.DataFrame, parts: Collection[str], wanted: Collection[str]) -> pd.DataFrame:
    classes = [one for one in wanted if one in CLASSES]
    names = [one for one in wanted if one not in CLASSES]
    rows = rows[rows["month"].notna() if MONTH in parts else rows["month"].isna()]
    if names or ACTOR in parts:
        rows = rows[rows["actor"] != ""]
    else:
        by_class = bool(classes) or CLASS in parts
        rows = rows[(rows["actor"] == "") & ((rows["actor_class"] != "") == by_class)]
    if classes:
        rows = rows[rows["actor_class"].isin(classes)]
    if names:
        rows = rows[_is_actor(rows, names)]
    return rows


def _is_actor(rows: pd.DataFrame, names: Iterable[str]) -> pd.Series:
    found = pd.Series(False, index=rows.index)
    for name in names:
        numbers = actors.numbers(name) | {name}
        same = {one for one in rows["actor"].unique() if areas.plain(one) == areas.plain(name)}
        chosen = rows["actor"].isin(same) | rows["actor_id"].isin(numbers)
        if not chosen.any():
            raise _unknown("actor", name, [*rows["actor"].unique(), *CLASSES])
        found |= chosen
    return found


def _instead(rows: pd.DataFrame, asked: dict[str, list], parts: Collection[str]) -> str:
    """What has rows where a question has none: other parts, the other family, other years."""
    if len(rows) and (rows["month"].notna() != (MONTH in parts)).all():
        return 'by="month", for there are only months' if MONTH not in parts else "years: there are no months"
    if len(rows):
        return "no by: there are no such parts of these rows"
    for name in asked["series"]:
        family, dot, rest = name.partition(".")
        other = f"{OTHER_FAMILY.get(family)}{dot}{rest}"
        if other in SERIES and not _narrowed({**asked, "series": [other], "source": [], "vintage": []}).empty:
            return f"for instance {other}, another family of data, which has rows for this"
    for left_out in ("year", "role", "vintage", "source", "area"):
        wider = _narrowed({**asked, left_out: []})
        if asked[left_out] and len(wider):
            return f"another {left_out}: there are rows for {_some(wider[left_out].unique())}"
    return "fewer conditions; holdings() says what is kept"


def _narrowed(asked: dict[str, list]) -> pd.DataFrame:
    rows = tables.committed()
    for column, values in asked.items():
        rows = rows[rows[column].isin(values)] if values else rows
    return rows


def _some(values: Iterable[object]) -> str:
    ordered = sorted(values, key=str)
    return ", ".join(map(str, ordered if len(ordered) <= 6 else [*ordered[:3], "...", *ordered[-2:]]))


def _listed(values: Text | None) -> list[str]:
    if values is None:
        return []
    return [values] if isinstance(values, str) else [str(one) for one in values]


def _named(name: str) -> list[str]:
    """The series of a name: itself, or all of a family."""
    found = [one for one in SERIES if one == name or one.startswith(f"{name}.")]
    if not found:
        raise _unknown("series", name, [*SERIES, *{one.partition(".")[0] for one in SERIES}])
    return found


def _area(name: str) -> str:
    code = areas.find(name)
    if code is None:
        raise _unknown("area", name, areas.known_as())
    return code


@cache
def _values(column: str) -> frozenset:
    return frozenset(tables.committed()[column].unique())


def _known(column: str, asked: object) -> None:
    if asked not in _values(column):
        raise _unknown(column, str(asked), sorted(map(str, _values(column))))


def _unknown(column: str, asked: str, known: Collection[str]) -> InputError:
    near = difflib.get_close_matches(asked, known, n=3, cutoff=0.5) or list(known)[:6]
    return InputError(f"no row has {column} {asked!r}", expected=f"for instance {', '.join(near)}")
