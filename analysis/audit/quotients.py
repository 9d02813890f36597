"""Measures of what one number is to another: by place, by head, by minute, by year."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.audit.claims import Definition
from analysis.audit.measures import (
    HIGHEST,
    MEAN,
    NOTHING,
    RANK_AREAS,
    SHARE,
    Data,
    Estimate,
    Measurement,
    Reference,
    added,
    left_out,
    mean,
    parts,
    ratio,
    stated_beside,
    total,
)
from analysis.audit.terms import Term
from analysis.data.coverage import PART, Coverage

NO_PLACES = ("WLD", "MUL", "UNK")
"""Areas that are no single place, so that they have no rank."""

MINUTES_A_DAY = 24 * 60


def measure_rank_areas(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """The place of the area named in the terms among all areas that have these series; 1 is the most.

    With ``divided_by`` areas are ranked by the quotient; those without a divisor are not ranked, and
    the coverage names them. Where the release's areas are not all kept here, so that one of them could
    have more, nothing is said.
    """
    (year,) = definition.years
    numbers, whole = (
        _by_area(terms, definition, vintages, year, data) for terms in (definition.terms, definition.divided_by)
    )
    own = definition.terms[0].area
    unkept = numbers.pop("WLD", 0.0) - sum(numbers.values())
    if definition.divided_by:
        unranked = tuple(sorted(area for area in numbers if area not in whole and area not in NO_PLACES))
        values = {area: number / whole[area] for area, number in numbers.items() if whole.get(area)}
    else:
        unranked, values = (), numbers
    ranked = {area: number for area, number in values.items() if area not in NO_PLACES}
    if own not in ranked or unkept >= (1 if definition.divided_by else ranked[own]):
        return Measurement(vintages, NOTHING)
    rank = 1 + sum(number > ranked[own] for number in ranked.values())
    all_areas = len(ranked) + len(unranked)
    coverage = (Coverage(PART, "", len(ranked), all_areas, "areas", without=unranked),) if unranked else ()
    return Measurement(
        vintages, Estimate(None, float(rank), None, coverage), Reference(RANK_AREAS, part=numbers[own], of=len(ranked))
    )


def _by_area(
    terms: Sequence[Term], definition: Definition, vintages: Mapping[str, str], year: int, data: Data
) -> dict[str, float]:
    """Area -> the sum of the terms' series there, and the world's under WLD; what has no record adds nothing."""
    result: dict[str, float] = {}
    for term in terms:
        source = data.source_of(term, definition.sources)
        world = replace(term, area="WLD", role="")
        role = term.role or data.role_of(term, source)
        for area, number in data.by_area.get((term.series, role, source, vintages[source], year), {}).items():
            if area != "WLD":
                result[area] = result.get(area, 0.0) + number
        result["WLD"] = result.get("WLD", 0.0) + (data.cell(world, source, vintages[source], year).value or 0.0)
    return result


def measure_one_in(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """Of how many in the whole one is counted by the terms: "one in N"."""
    part, whole = _part_and_whole(definition, vintages, data)
    estimate = ratio(whole.value, part.value, part.coverage)
    return Measurement(vintages, estimate, parts(SHARE, part.value, whole.value))


def measure_per_thousand(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """The terms to a thousand of the whole, such as refugees to 1,000 inhabitants."""
    part, whole = _part_and_whole(definition, vintages, data)
    value = ratio(part.value, whole.value).value
    estimate = Estimate(None, None if value is None else 1000 * value, None, part.coverage)
    return Measurement(vintages, estimate, parts(SHARE, part.value, whole.value))


def measure_outside(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """What of the whole the terms leave: the terms name what does not count."""
    part, whole = _part_and_whole(definition, vintages, data)
    estimate = _less(whole, part)
    return Measurement(vintages, estimate, parts(SHARE, estimate.value, whole.value))


def measure_share_outside(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """The share of the whole that the terms leave: the terms name what does not count."""
    part, whole = _part_and_whole(definition, vintages, data)
    rest = _less(whole, part)
    return Measurement(vintages, ratio(rest.value, whole.value, rest.coverage), parts(SHARE, rest.value, whole.value))


def measure_per_minute(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """A flow over the years named, to each of their minutes."""
    years = definition.years
    sums = total(definition.terms, definition, vintages, years, data)
    days = sum((datetime.date(year + 1, 1, 1) - datetime.date(year, 1, 1)).days for year in years)
    low, value, high = (
        None if number is None else number / (days * MINUTES_A_DAY) for number in (sums.low, sums.value, sums.high)
    )
    return Measurement(vintages, Estimate(low, value, high, sums.coverage))


def measure_times(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """How many times the yearly mean of the years in ``against`` that of the years named is; unknown if it was 0."""
    later, earlier = definition.years, definition.against
    now, before = (mean(definition, vintages, years, data) for years in (later, earlier))
    return Measurement(
        vintages,
        ratio(now.value, before.value, now.coverage),
        Reference(MEAN, before, first=earlier[0], last=earlier[-1]),
    )


def measure_rise(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """How much more the yearly mean of the years named is than that of the years in ``against``."""
    later, earlier = definition.years, definition.against
    now, before = (mean(definition, vintages, years, data) for years in (later, earlier))
    return Measurement(vintages, _less(now, before), Reference(MEAN, before, first=earlier[0], last=earlier[-1]))


def measure_greatest(definition: Definition, vintages: Mapping[str, str], data: Data) -> Measurement:
    """The greatest total of a single one of the years named; nothing is said unless all are held: any could be it."""
    terms = definition.terms
    totals = {year: total(terms, definition, vintages, [year], data) for year in definition.years}
    if any(one.value is None for one in totals.values()):
        return Measurement(vintages, NOTHING)
    greatest = max(totals, key=lambda year: (totals[year].value, year))
    reference = Reference(HIGHEST, totals[greatest], year=greatest, first=min(totals), last=max(totals))
    return Measurement(vintages, totals[greatest], reference)


def _part_and_whole(definition: Definition, vintages: Mapping[str, str], data: Data) -> tuple[Estimate, Estimate]:
    years = definition.years
    part, whole = (
        total(terms, definition, vintages, years, data) for terms in (definition.terms, definition.divided_by)
    )
    return added([part, *stated_beside(vintages)]), whole


def _less(one: Estimate, other: Estimate) -> Estimate:
    """The difference; it has no band, since the two move together."""
    known = None if one.value is None or other.value is None else one.value - other.value
    return Estimate(None, known, None, left_out([one, other]))
