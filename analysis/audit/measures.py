"""Tables -> the number that a claim is about, under one specification.

A *specification* is a definition together with the release of each source that it reads. UCDP's
types of violence are combined only within one release group; publishers are combined with the
releases nearest in time.
"""

import datetime
import itertools
import math
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from analysis.audit import headlines
from analysis.audit.claims import Definition
from analysis.audit.terms import Term
from analysis.data import tables
from analysis.data.coverage import ALONE, PART, Coverage, from_text, incomplete, to_text
from analysis.data.registry import Release, by_key
from analysis.errors import InputError


@dataclass(frozen=True)
class Estimate:
    """A number with its band; None where the publisher gives none or a sum leaves records out."""

    low: float | None
    value: float | None
    high: float | None
    coverage: tuple[Coverage, ...] = ()

    @property
    def band(self) -> tuple[float, float] | tuple[None, None]:
        """Low and high if both are known: half a band would look like a whole one."""
        return (None, None) if self.low is None or self.high is None else (self.low, self.high)

    @property
    def ceiling(self) -> float | None:
        """The value with all that is recorded of several places together; itself where nothing is."""
        if self.value is None:
            return None
        return self.value + sum((one.all or 0) - (one.given or 0) for one in self.coverage if _is_shared(one))

    @property
    def is_partial(self) -> bool:
        """Whether parts of what is asked are not in the release."""
        return any(one.kind == PART and one.unit == "parts" for one in self.coverage)


NOTHING = Estimate(None, None, None)

HIGHEST, WORST, MEAN, SHARE, RISE = "highest", "worst", "mean", "share", "rise"
RANK, RANK_AREAS = "rank", "rank_areas"

HEADLINE = "headline"
"""The source name under which publishers' stated figures stand in a finding's vintages."""


@dataclass(frozen=True)
class Reference:
    """What a number is compared with, or made from.

    ======= ======================================================================================
    highest ``estimate``, that of ``year``: the highest of those from ``first`` to ``last``;
            ``reach`` is the highest of the highs that are known
    worst   the number is that of ``year``, the worst of those from ``first`` to ``last``
    mean    ``estimate``, the mean of the periods from ``first`` to ``last``
    share   the number is ``part`` of ``whole``
    rise    the number is ``part`` of ``whole``, both changes from ``first`` to ``last``
    rank    ``part`` is what the actor has, ``of`` how many actors are ranked
            (``rank_areas``: the area, how many areas)
    ======= ======================================================================================

    A period is a year, or a month as YYYYMM.
    """

    kind: str
    estimate: Estimate = NOTHING
    year: int | None = None
    first: int | None = None
    last: int | None = None
    part: float | None = None
    whole: float | None = None
    of: int | None = None
    reach: float | None = None


@dataclass(frozen=True)
class Measurement:
    """What one specification says: a number, and what it is compared with or made from."""

    vintages: Mapping[str, str]
    estimate: Estimate
    reference: Reference | None = None


EVENT_SOURCES = ("ucdp_events",)
"""Sources in which a month without a row, between the first and the last, is one without an event."""


class Data:
    """The tidy tables, ready to be asked for single numbers.

    Args:
        rows: as ``tables.load`` gives them.
        releases: the registered releases; they give groups and dates.
    """

    def __init__(self, rows: pd.DataFrame, releases: Sequence[Release]) -> None:
        # One word says who acts: an actor's name, or else the class, or nothing for all.
        rows = rows.assign(actor=rows["actor"].where(rows["actor"] != "", rows["actor_class"]))
        yearly = pd.concat([rows[rows["month"].isna()], _years_of_months(rows)], ignore_index=True)
        columns = ("series", "actor", "area", "role", "source", "vintage", "year", "low", "best", "high", "coverage")
        monthly = rows[rows["month"].notna()]
        monthly = monthly.assign(year=monthly["year"] * 100 + monthly["month"].astype(int))
        self.cells = {
            record[:7]: record[7:]
            for some in (yearly, monthly)
            for record in zip(*(some[column].tolist() for column in columns), strict=True)
        }
        self.by_actor: dict[tuple[str, str, str, str, int], list[float]] = {}
        for (series, actor, area, _, source, vintage, year), (_, best, *_) in self.cells.items():
            if actor not in ("", *tables.CLASSES):
                self.by_actor.setdefault((series, area, source, vintage, year), []).append(best)
        events = monthly[monthly["source"].isin(EVENT_SOURCES)].groupby(["source", "vintage", "area"])["year"]
        self.event_months = {key: (int(months.min()), int(months.max())) for key, months in events}
        keys = yearly.groupby(["series", "source"], sort=False)["vintage"].unique()
        self.vintages = {key: tuple(values) for key, values in keys.items()}
        self.roles: dict[tuple[str, str, str], set[str]] = {}
        for series, area, source, role in yearly[["series", "area", "source", "role"]].drop_duplicates().to_numpy():
            self.roles.setdefault((series, area, source), set()).add(role)
        spans = yearly[yearly["best"].notna()].groupby(["series", "source", "vintage"], sort=False)["year"]
        self.spans = {key: (int(years.min()), int(years.max())) for key, years in spans}
        self.releases = by_key(releases)

    def source_of(self, term: Term, sources: Sequence[str]) -> str:
        """The one of ``sources`` that holds a term's series, or the only one there is.

        Raises:
            InputError: none of several does, or more than one.
        """
        named = [term.source] if term.source else sources
        found = [source for source in named if (term.series, source) in self.vintages]
        if not found and len(named) == 1:
            return named[0]
        if len(found) != 1:
            raise InputError(
                f"{term.series} is in {len(found)} of the sources {', '.join(sources)}", expected="exactly one"
            )
        return found[0]

    def cell(self, term: Term, source: str, vintage: str, year: int) -> Estimate:
        """One number of the tables, of a year or a month (YYYYMM); all None where there is no such row."""
        role = term.role or self.role_of(term, source)
        row = self.cells.get((term.series, term.actor, term.area, role, source, vintage, year))
        if row is None:
            first, last = self.event_months.get((source, vintage, term.area), (1, 0))
            return Estimate(0.0, 0.0, 0.0) if first <= year <= last else NOTHING
        return _estimate(*row)

    def role_of(self, term: Term, source: str) -> str:
        """The role in which a source has a term's series and area, the first of several."""
        return min(self.roles.get((term.series, term.area, source), {"location"}))

    @cached_property
    def by_area(self) -> dict[tuple[str, str, str, str, int], dict[str, float]]:
        """Series, role, source, vintage and year -> area -> best, of all actors together."""
        result: dict[tuple[str, str, str, str, int], dict[str, float]] = {}
        for (series, actor, area, role, source, vintage, year), (_, best, *_) in self.cells.items():
            if not actor and not pd.isna(best):
                result.setdefault((series, role, source, vintage, year), {})[area] = best
        return result


def _years_of_months(rows: pd.DataFrame) -> pd.DataFrame:
    """Yearly sums of the flows that a release gives by month only; the coverage says if months are missing."""
    key = ["series", "actor", "area", "role", "source", "vintage"]
    monthly = rows[rows["month"].notna() & (rows["kind"] == "flow")]
    by_year = {tuple(k) for k in rows[rows["month"].isna()][key].drop_duplicates().to_numpy()}
    alone = [tuple(k) not in by_year for k in monthly[key].to_numpy()]
    monthly = monthly[pd.Series(alone, index=monthly.index, dtype=bool)]
    groups = monthly.groupby([*key, "year"], sort=False)
    sums = groups[["low", "best", "high"]].sum(min_count=1)
    months, given = groups.size(), groups[["low", "best", "high"]].count()
    # A bound that some months lack would bound only the others.
    for bound in ("low", "high"):
        sums[bound] = sums[bound].where(given[bound] == months)
    sums["coverage"] = [_months_covered(n, best) for n, best in zip(months, given["best"], strict=True)]
    return sums.reset_index()


def _months_covered(held: int, given: int) -> str:
    clauses = [Coverage(PART, "", held, 12, "months")] if held < 12 else []
    if given < held:
        clauses.append(Coverage(PART, "best", given, held, "months"))
    return to_text(clauses)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _estimate(low: float, best: float, high: float, coverage: str) -> Estimate:
    """A row of the tables; an end of the band that is not of all that the row is about bounds nothing."""
    if not coverage:
        return Estimate(_known(low), _known(best), _known(high))
    clauses = from_text(coverage)
    partial = incomplete(clauses)
    ends = (None if "low" in partial else _known(low), None if "high" in partial else _known(high))
    if any(_is_shared(clause) for clause in clauses):
        # What is recorded of several places together is not within the band of this place's own records.
        return Estimate(ends[0] or 0.0, _known(best) or 0.0, None, clauses)
    return Estimate(ends[0], _known(best), ends[1], clauses)


def added(parts: Sequence[Estimate]) -> Estimate:
    """The sum of estimates; a bound of it is None if any part lacks it. What each leaves out, the sum leaves out."""
    low, value, high = (_sum([getattr(part, end) for part in parts]) for end in ("low", "value", "high"))
    return Estimate(low, value, high, left_out(parts))


def left_out(parts: Sequence[Estimate]) -> tuple[Coverage, ...]:
    """What the parts of a sum leave out; of records that name several places there is one clause for all of them."""
    clauses = dict.fromkeys(clause for part in parts if part.coverage for clause in part.coverage)
    if not clauses:
        return ()
    shared = sum((one.all or 0) - (one.given or 0) for part in parts for one in part.coverage if _is_shared(one))
    others = tuple(clause for clause in clauses if clause.kind != ALONE)
    if not shared:
        return others
    own = round(sum(part.value or 0.0 for part in parts))
    return (Coverage(ALONE, "", own, own + shared, "deaths"), *others)


def _is_shared(clause: Coverage) -> bool:
    return clause.kind == ALONE and clause.unit != "rows"


OF_ESTIMATES = ["low", "best", "high", "coverage"]
"""The columns of which an estimate is made."""


def added_rows(rows: pd.DataFrame) -> Estimate:
    """Rows of the tidy tables added up, as ``added`` does.

    Args:
        rows: with ``low``, ``best``, ``high`` and ``coverage``.

    Raises:
        InputError: no row.
    """
    if rows.empty:
        raise InputError("there is nothing to add up", expected="rows of the tidy tables")
    return added([_estimate(*row) for row in rows[OF_ESTIMATES].itertuples(index=False)])


def added_by(rows: pd.DataFrame, by: str) -> dict[Hashable, Estimate]:
    """Rows of the tidy tables added up, as ``added`` does, for each value of the column ``by``, in its order."""
    parts: dict[Hashable, list[Estimate]] = {}
    for key, *row in sorted(rows[[by, *OF_ESTIMATES]].itertuples(index=False), key=lambda row: row[0]):
        parts.setdefault(key, []).append(_estimate(*row))
    return {key: added(some) for key, some in parts.items()}


def specifications(
    definition: Definition, data: Data, needed: Callable[[Mapping[str, str]], bool]
) -> list[dict[str, str]]:
    """Every combination of releases under which a definition can be measured.

    Args:
        definition: gives terms and sources.
        data: the tables.
        needed: whether a combination has the numbers that the measure needs.

    Returns:
        Mappings source -> vintage, each once. UCDP sources share a release group; for several
        publishers, each release of each is joined with the others' releases nearest to it in time.
    """
    sources = definition.sources
    terms = definition.all_terms
    used = [source for source in sources if any(data.source_of(term, sources) == source for term in terms)]
    ucdp = [source for source in used if source.startswith("ucdp_")]
    units: list[list[dict[str, str]]] = []
    if ucdp:
        units.append(release_groups(ucdp, data.releases.values()))
    for source in used:
        if source not in ucdp:
            vintages = sorted({v for (_, s), some in data.vintages.items() if s == source for v in some})
            units.append([{source: vintage} for vintage in vintages])
    result: list[dict[str, str]] = []
    for unit in units:
        others = [other for other in units if other is not unit]
        for candidate in unit:
            usable = []
            for some in itertools.product(*others):
                joined = {source: vintage for one in (candidate, *some) for source, vintage in one.items()}
                ordered = {source: joined[source] for source in used}
                if needed(ordered):
                    usable.append((sum(_distance(candidate, one, data) for one in some), list(ordered.items())))
            if usable and dict(min(usable)[1]) not in result:
                result.append(dict(min(usable)[1]))
    return sorted(result, key=lambda mapping: (published(mapping, data), sorted(mapping.items())))


def release_groups(sources: Collection[str], releases: Iterable[Release]) -> list[dict[str, str]]:
    """The release groups that hold all of some sources, in the order of the releases, each as source -> vintage."""
    groups: dict[str, dict[str, str]] = {}
    for release in releases:
        groups.setdefault(release.release_group, {})[release.source] = release.vintage
    return [{source: group[source] for source in sources} for group in groups.values() if group.keys() >= {*sources}]


def published(vintages: Mapping[str, str], data: Data) -> tuple[str, ...]:
    """The days by which the parts of a specification were out (YYYY-MM-DD), the last first.

    Raises:
        InputError: a release that is in the tables but not in the registry.
    """
    stated = [one.available_by for one in headlines.stated(vintages.get(HEADLINE, ""))]
    releases = [item for item in vintages.items() if item[0] != HEADLINE]
    for item in releases:
        if item not in data.releases:
            raise InputError(
                f"{':'.join(item)} is in the tables, not among the releases",
                do="register it, or take it in with tables --add",
            )
    days = [*stated, *(data.releases[item].available_by for item in releases)]
    return tuple(sorted((day.isoformat() for day in days), reverse=True))


def _distance(one: Mapping[str, str], other: Mapping[str, str], data: Data) -> int:
    first, second = (datetime.date.fromisoformat(published(some, data)[0]) for some in (one, other))
    return abs((first - second).days)


def total(
    terms: Sequence[Term],
    definition: Definition,
    vintages: Mapping[str, str],
    years: Sequence[int],
    data: Data,
    *,
    partial: bool = False,
) -> Estimate:
    """The sum of terms over years or months.

    ``partial`` sums the parts that a release has, if it has most of them and some of each series; the
    coverage says how many they are. Such a sum is a floor.
    """
    parts: dict[str, list[Estimate]] = {}
    for term in terms:
        source = data.source_of(term, definition.sources)
        parts.setdefault(term.series, []).extend(data.cell(term, source, vintages[source], year) for year in years)
    every = [part for some in parts.values() for part in some]
    given = [part for part in every if part.value is not None]
    some_of_each = all(any(part.value is not None for part in some) for some in parts.values())
    if not partial or len(given) == len(every) or not some_of_each or 2 * len(given) <= len(every):
        return added(every)
    clause = Coverage(PART, "", len(given), len(every), "parts")
    return replace(added(given), coverage=(*left_out(every), clause))


def _sum(numbers: Sequence[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def measure_total(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """The sum of the terms, over the years named, and of what is stated; a floor where the release has most of it."""
    terms, years = definition.terms, definition.years
    of_data = total(terms, definition, vintages, years, data, partial=True)
    return Measurement(vintages, added([of_data, *stated_beside(vintages)]))


def measure_years_with(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """In how many of the years at least one actor is recorded at the place.

    For UCDP's yearly sets, whose rows are of actors that killed 25 or more in the year: with rows of
    that place alone the least, with those that name it among others the most. Years that the release
    does not cover are not counted, and the coverage says so.

    Source: the threshold is UCDP's, for an actor or dyad in a calendar year.
    """
    (term,) = definition.terms
    source = data.source_of(term, definition.sources)
    (vintage,) = vintages.values()
    first, last = data.spans.get((term.series, source, vintage), (1, 0))
    asked = definition.years
    covered = [year for year in asked if first <= year <= last]
    if 2 * len(covered) <= len(asked):
        return Measurement(vintages, NOTHING)
    cells = [data.cell(term, source, vintage, year) for year in covered]
    alone, named = (sum(bool(number) for number in numbers) for numbers in zip(*map(_rows_at, cells), strict=True))
    clauses = [Coverage(ALONE, "", alone, named, "years")] if named > alone else []
    if len(covered) < len(asked):
        clauses.append(Coverage(PART, "", len(covered), len(asked), "parts"))
    return Measurement(vintages, Estimate(None, float(alone), None, tuple(clauses)))


def _rows_at(cell: Estimate) -> tuple[int, int]:
    """How many rows there are of a place alone, and how many that name it; 1 and 1 where all are its own."""
    for clause in cell.coverage:
        if clause.kind == ALONE and clause.unit == "rows":
            return clause.given or 0, clause.all or 0
    return (1, 1) if cell.value is not None else (0, 0)


def measure_highest(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """The total of one year against the highest total of the years compared.

    Years that the release does not hold are not compared; the label says which were. If fewer
    than nine in ten of the years named are held, nothing is said.
    """
    terms = definition.terms
    stated = stated_beside(vintages)
    estimate = added(stated) if stated else total(terms, definition, vintages, definition.years, data)
    if estimate.value is None:
        return Measurement(vintages, estimate)
    asked = definition.against
    others = {year: total(terms, definition, vintages, [year], data) for year in asked}
    held = {year: one for year, one in others.items() if one.value is not None}
    if len(held) < 0.9 * len(asked):
        return Measurement(vintages, replace(estimate, value=None))
    highest = max(held, key=lambda year: (held[year].value, year))
    highs = [one.high for one in held.values() if one.high is not None]
    lows = [one.low for one in held.values() if one.low is not None]
    reach = max(highs, default=None)
    reference = Estimate(
        max(lows) if len(lows) == len(held) else None,
        held[highest].value,
        reach if len(highs) == len(held) else None,
        (Coverage(PART, "", len(held), len(asked), "years"),) if len(held) < len(asked) else (),
    )
    compared = Reference(HIGHEST, reference, year=highest, first=min(held), last=max(held), reach=reach)
    return Measurement(vintages, estimate, compared)


def measure_worst_year(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """The highest total among the years named, by best estimate; years that the release does not hold are left out."""
    terms, asked = definition.terms, definition.years
    totals = {year: total(terms, definition, vintages, [year], data) for year in asked}
    held = {year: one for year, one in totals.items() if one.value is not None}
    if 2 * len(held) <= len(asked):
        return Measurement(vintages, NOTHING)
    worst = max(held, key=lambda year: (held[year].value, -year))
    left_out = (Coverage(PART, "", len(held), len(asked), "years"),) if len(held) < len(asked) else ()
    estimate = replace(held[worst], coverage=(*held[worst].coverage, *left_out))
    return Measurement(vintages, estimate, Reference(WORST, year=worst, first=min(held), last=max(held)))


def stated_beside(vintages: Mapping[str, str]) -> list[Estimate]:
    """The figures that publishers stated, where a specification takes such."""
    return [Estimate(one.low, one.value, one.high) for one in headlines.stated(vintages.get(HEADLINE, ""))]


def measure_share(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """The terms' part of the whole, over the years named; it has no band, since the two move together."""
    years = definition.years
    terms = definition.terms
    part = total(terms, definition, vintages, years, data, partial=True)
    whole = total(definition.divided_by, definition, vintages, years, data)
    return Measurement(vintages, ratio(part.value, whole.value, part.coverage), parts(SHARE, part.value, whole.value))


def measure_share_of_rise(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """The rise of the terms as a part of the rise of the whole.

    From the year in ``against`` (of several, that in which the whole was least) to the
    year in ``years``. Unknown if the whole did not rise.
    """
    (year,) = definition.years
    terms, whole = definition.terms, definition.divided_by

    def at(some: Sequence[Term], when: int) -> float | None:
        return total(some, definition, vintages, [when], data).value

    if definition.since_lowest:
        wholes = {when: at(whole, when) for when in definition.against}
        if any(value is None for value in wholes.values()):
            return Measurement(vintages, NOTHING)
        start = min(wholes, key=lambda when: (wholes[when], when))
    else:
        (start,) = definition.against
    known = [v for v in (at(terms, year), at(terms, start), at(whole, year), at(whole, start)) if v is not None]
    if len(known) < 4:
        return Measurement(vintages, NOTHING)
    part, rise = known[0] - known[1], known[2] - known[3]
    estimate = ratio(part, rise) if rise > 0 else NOTHING
    return Measurement(vintages, estimate, Reference(RISE, first=start, last=year, part=part, whole=rise))


def measure_change(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """The mean of the years named against the mean of the years in ``against``; as a share if ``divided_by``."""
    later, earlier = definition.years, definition.against
    before = mean(definition, vintages, earlier, data)
    return Measurement(
        vintages,
        mean(definition, vintages, later, data),
        Reference(MEAN, before, first=earlier[0], last=earlier[-1]),
    )


def measure_rank(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """The place of the actor named in the one term among all actors of its series, by best estimate; 1 is the most."""
    (term,) = definition.terms
    (year,) = definition.years
    ((source, vintage),) = vintages.items()
    own = data.cell(term, source, vintage, year).value
    if own is None:
        return Measurement(vintages, NOTHING)
    others = data.by_actor[term.series, term.area, source, vintage, year]
    rank = 1 + sum(best > own for best in others)
    return Measurement(vintages, Estimate(None, float(rank), None), Reference(RANK, part=own, of=len(others)))


def mean(definition: Definition, vintages: Mapping[str, str], years: Sequence[int], data: Data) -> Estimate:
    """The mean of the terms over some years; of a share, if they are divided by others, without a band."""
    terms, whole = definition.terms, definition.divided_by
    sums = total(terms, definition, vintages, years, data)
    if whole:
        return ratio(sums.value, total(whole, definition, vintages, years, data).value)
    low, value, high = (None if v is None else v / len(years) for v in (sums.low, sums.value, sums.high))
    return Estimate(low, value, high, sums.coverage)


def ratio(part: float | None, whole: float | None, coverage: tuple[Coverage, ...] = ()) -> Estimate:
    """A part of a whole; it has no band, since the two move together."""
    return Estimate(None, None if part is None or not whole else part / whole, None, coverage)


def parts(kind: str, part: float | None, whole: float | None) -> Reference | None:
    """What a share is made of, if both are known."""
    return None if part is None or whole is None else Reference(kind, part=part, whole=whole)
