"""Questions to the committed tables: ``table``, ``series`` and ``holdings``.

A question without ``by`` gets one row a series, area, role, year and release, so that nothing adds
up twice: classes of actor, actors and months are parts of those rows, and come when asked for.
"""

import difflib
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.data import actors, areas, registry, tables
from analysis.data.coverage import PART, from_text
from analysis.data.tables import CLASSES, SERIES
from analysis.errors import InputError

CLASS, ACTOR, MONTH = "class", "actor", "month"
BREAKDOWNS = (CLASS, ACTOR, MONTH)

PART_OF = ["series", "source", "vintage", "of", "role"]

FEW = 6
"""So many values are named one by one; of more, some or their number."""

EVENTS = "ucdp_events"
"""Its releases are of the whole world: a file of few areas is an extract."""

OTHER_FAMILY = {"deaths": "deaths_all_dyads", "deaths_all_dyads": "deaths"}
"""UCDP's two families, which count the same things and never add up: where one has no answer, the other may."""

Text = str | Iterable[str]
Whole = int | str | Iterable[int | str]


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
    tidy: Path | str | None = None,
) -> pd.DataFrame:
    """Rows of the tidy tables: one a series, area, role, year and release, unless ``by`` asks for parts.

    Args:
        series: a name of ``series()``, or a family (``"deaths"`` is all before the dot).
        area: codes (ISO 3166 alpha-3, ``WLD`` for the world, ``MUL`` for rows that name several places) or
            countries' names in any of the six languages.
        year: calendar years; ``range(2010, 2016)`` is taken as well.
        role: location, origin or asylum; the world's rows are all ``location``.
        actor: classes (government, non_government), UCDP's numbers of actors, or names that an actor has had.
        by: ``"class"``, ``"actor"`` or ``"month"``: the parts instead of the whole.
        source: sources of ``data/sources.csv``.
        vintage: releases of them.
        tidy: the folder of other tables than the committed ones, such as ``tables --add`` writes; rows of
            an unverified release have ``unverified`` in their ``note``.
        Each may be one value or several; what is left out is not narrowed, so that without
        ``vintage`` every release comes, and without ``role`` both origin and asylum.

    Returns:
        ``tables.COLUMNS``: ``low``, ``best``, ``high`` in ``unit`` (NaN where the publisher gives
        none), ``kind`` (stock at the end of ``year``, flow over it, or count), ``coverage`` (what a
        number leaves out), ``note`` (ids of ``data/corrections.csv`` and ``data/places.csv``).

    ``coverage`` is JSON, ``""`` where nothing is left out, one object a clause. ``alone``: of ``all`` deaths in
    records that name the place, ``given`` are in records that name it alone and are counted here; the others
    stand under ``MUL`` (in 2014 Boko Haram's are: Nigeria has 41 of some 5,000 in the yearly data, and all of
    them in ``deaths_all_dyads``). ``part``: ``given`` of ``all`` rows, areas or months have a figure.
    ``without``: places that the release leaves out. ``as_of``: of another day. ``not_a_sum``: a world figure
    of the publisher's own.

    Raises:
        InputError: a value that no row has, with the nearest ones; or no row for all of them, with what has rows.

    Source: the publishers' files named in ``data/sources.csv``, by ``source`` and ``vintage``.

    >>> int(table("refugees", "WLD", year=2015, vintage="2017-08")["best"].item())
    16111285
    >>> table("deaths.one_sided", "WLD", year=2014, vintage="1.4-2015", by="class")["actor_class"].tolist()
    ['government', 'non_government']
    """
    asked: dict[str, list] = {
        "series": [name for one in _listed(series) for name in _named(one)],
        "area": [_area(one) for one in _listed(area)],
        "year": _years(year),
        "role": _listed(role),
        "source": _listed(source),
        "vintage": _listed(vintage),
    }
    return _answered(asked, _listed(by), _listed(actor), _held(tidy))


def _answered(asked: dict[str, list], parts: Collection[str], wanted: Collection[str], held: str) -> pd.DataFrame:
    """The rows asked for, or an error that says what there is instead."""
    if unknown := set(parts) - set(BREAKDOWNS):
        raise InputError(f"by {unknown.pop()!r}", expected=f"one of {', '.join(BREAKDOWNS)}")
    for column in ("year", "role", "source", "vintage"):
        # A span of years may reach beyond the data; any other value is meant.
        spans = column == "year" and bool(set(asked[column]) & _values(column, held))
        for one in () if spans else asked[column]:
            _known(column, one, held)
    rows = _narrowed(asked, held)
    found = _broken_down(rows, parts, wanted)
    if found.empty:
        raise InputError("no row has all of these", expected=_instead(rows, asked, parts, held))
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


def holdings(name: Text | None = None, source: Text | None = None, area: Text | None = None) -> pd.DataFrame:
    """What is kept of each series and release: an answer that is not here may be there at the publisher.

    Args:
        name: series or families; all by default.
        source: sources; all by default.
        area: codes or names of areas; all by default.

    Returns:
        One row a series, release and part of it (``of``: world, areas, areas by month, world by
        month, classes, actors): ``published``, ``role``, ``first`` and ``last`` year, how many
        ``years`` have a row (in a year without one the publisher has no record, or gives no
        figure), how many ``areas`` (``which``, where they are few) and ``actors``, ``rows``, and
        ``kept``: whole, or part where the release has areas or years that are not here.

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
    every = rows.assign(of=_parts_of(rows))
    if area is not None:
        rows = rows[rows["area"].isin([_area(one) for one in _listed(area)])]
    published = {(release.source, release.vintage): release.published for release in registry.used()}
    rows = every.loc[rows.index]
    spans = every[every["of"] == "world"].groupby(["series", "source", "vintage"])["year"].agg(["min", "max"])
    held, areas_of = every.groupby(PART_OF)["area"].nunique(), _areas_of(every)
    result = []
    for key, some in rows.groupby(PART_OF, sort=False):
        release = key[:3]
        first, last, places = int(some["year"].min()), int(some["year"].max()), sorted(some["area"].unique())
        whole = tuple(spans.loc[release]) if release in spans.index else (first, last)
        result.append(
            {
                **dict(zip(PART_OF, key, strict=True)),
                "published": published.get((key[1], key[2]), ""),
                "first": first,
                "last": last,
                "years": some["year"].nunique(),
                "areas": len(places),
                "which": " ".join(places) if len(places) <= FEW else "",
                "actors": some.loc[some["actor"] != "", "actor"].nunique(),
                "rows": len(some),
                "kept": "part"
                if _lacks(some, whole)
                or (key[3] == "areas" and held[key] < areas_of.get(release, 0))
                or (key[1] == EVENTS and key[3] == "areas by month" and held[key] <= FEW)
                else "whole",
            }
        )
    order = ["series", "source", "published", "of", "role"]
    return pd.DataFrame(result).sort_values(order, kind="stable", ignore_index=True)


def _lacks(rows: pd.DataFrame, whole: tuple[int, int]) -> bool:
    """Whether rows of areas are kept for fewer years than the world's: a single area may have no record in some."""
    first, last = int(rows["year"].min()), int(rows["year"].max())
    return rows["area"].nunique() > 1 and (first, last) != whole


def _parts_of(rows: pd.DataFrame) -> list[str]:
    return [
        "actors" if actor else "classes" if kind else ("world" if area == "WLD" else "areas") + " by month" * monthly
        for actor, kind, area, monthly in zip(
            rows["actor"], rows["actor_class"], rows["area"], rows["month"].notna(), strict=True
        )
    ]


def _areas_of(rows: pd.DataFrame) -> dict[tuple[str, str, str], int]:
    """How many areas a release has in the year of which it has most, as the coverage of its world rows says."""
    found: dict[tuple[str, str, str], int] = {}
    world = rows[(rows["of"] == "world") & (rows["coverage"] != "")]
    for *release, text in world[["series", "source", "vintage", "coverage"]].itertuples(index=False, name=None):
        for clause in from_text(text):
            if clause.kind == PART and clause.unit == "areas":
                found[tuple(release)] = max(found.get(tuple(release), 0), clause.all or 0)
    return found


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


def _instead(rows: pd.DataFrame, asked: dict[str, list], parts: Collection[str], held: str) -> str:
    """What has rows where a question has none: other parts, the other family, other years."""
    if len(rows) and MONTH not in parts and rows["month"].notna().all():
        return 'by="month", for there are only months'
    if len(rows):
        wider = _narrowed({**asked, "area": [], "role": [], "year": []}, held)
        broken = _broken_down(wider, parts or [ACTOR], ())
        where = _some(broken["area"].unique()) if len(broken) else "no area"
        return f"other rows: {' and '.join(parts or [ACTOR])} is kept for {where} of these series"
    for name in asked["series"]:
        family, dot, rest = name.partition(".")
        other = f"{OTHER_FAMILY.get(family)}{dot}{rest}"
        if other in SERIES and not _narrowed({**asked, "series": [other], "source": [], "vintage": []}, held).empty:
            return f"for instance {other}, another family of data, which has rows for this"
    for left_out in ("year", "role", "vintage", "source", "area"):
        wider = _narrowed({**asked, left_out: []}, held)
        if asked[left_out] and len(wider):
            return f"another {left_out}: there are rows for {_some(wider[left_out].unique())}"
    return "fewer conditions; holdings() says what is kept"


def _narrowed(asked: dict[str, list], held: str) -> pd.DataFrame:
    if asked["series"]:
        rows = pd.concat([_of_series(name, held) for name in asked["series"]]).sort_index()
    else:
        rows = _rows(held)
    for column in ("area", "year", "role", "source", "vintage"):
        if asked[column]:
            rows = rows[rows[column].isin(asked[column])]
    return rows


def _held(tidy: Path | str | None) -> str:
    """A name of the tables in a folder (else of those in use) as they are now: "" for the committed ones."""
    tidy = registry.in_use() if tidy is None else tidy
    if tidy == paths.TIDY:
        return ""
    changed = max((path.stat().st_mtime_ns for path in Path(tidy).glob("*.csv")), default=0)
    return f"{changed}:{tidy}"


@cache
def _rows(held: str) -> pd.DataFrame:
    return tables.load(Path(held.partition(":")[2])) if held else tables.committed()


@cache
def _of_series(name: str, held: str) -> pd.DataFrame:
    """The rows of a series: a question is nearly always about one or a few of them."""
    rows = _rows(held)
    return rows[rows["series"].eq(name)]


def _some(values: Iterable[object]) -> str:
    ordered = sorted(values, key=str)
    return ", ".join(map(str, ordered if len(ordered) <= FEW else [*ordered[:3], "...", *ordered[-2:]]))


def _listed(values: Text | None) -> list[str]:
    if values is None:
        return []
    return [str(values)] if isinstance(values, str | int | float) else [str(one) for one in values]


def _years(values: Whole | None) -> list[int]:
    given = [] if values is None else [values] if isinstance(values, str | int | float) else list(values)
    try:
        return [int(one) for one in given]
    except ValueError as error:
        raise InputError(f"year {values!r}", expected="2014, [2013, 2014] or range(2010, 2016)") from error


def _named(name: str) -> list[str]:
    """The series of a name: itself, or all of a family."""
    found = [one for one in SERIES if one == name or one.startswith(f"{name}.")]
    if not found:
        raise _unknown("series", name, [*SERIES, *{one.partition(".")[0] for one in SERIES}])
    return found


def _area(name: str) -> str:
    code = areas.find(name)
    if code is None:
        near = areas.near(name) or ["Syria", "SYR", "WLD", "MUL"]
        raise InputError(f"no row has area {name!r}", expected=f"for instance {', '.join(near)}", do="areas() has all")
    return code


@cache
def _values(column: str, held: str = "") -> frozenset:
    return frozenset(_rows(held)[column].unique())


def _known(column: str, asked: object, held: str = "") -> None:
    if asked not in _values(column, held):
        raise _unknown(column, str(asked), sorted(map(str, _values(column, held))))


def _unknown(column: str, asked: str, known: Collection[str]) -> InputError:
    bare = {areas.plain(one): one for one in known}
    within = [
        one for one in bare if areas.plain(asked) in one or all(word in one for word in areas.plain(asked).split())
    ]
    close = difflib.get_close_matches(areas.plain(asked), bare, n=3, cutoff=0.5)
    near = [bare[one] for one in dict.fromkeys([*within, *close])][:3] or list(known)[:6]
    return InputError(f"no row has {column} {asked!r}", expected=f"for instance {', '.join(near)}")
