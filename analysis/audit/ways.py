"""The ways to arrive at a number, by name: a claim names one, a definition may name another."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from analysis.audit import measures, quotients
from analysis.audit.claims import Definition
from analysis.audit.measures import HEADLINE, Data, Measurement, specifications

Measure = Callable[[Definition, Mapping[str, str], Data], Measurement]

MEASURES: dict[str, Measure] = {
    "total": measures.measure_total,
    "years_with": measures.measure_years_with,
    "worst_year": measures.measure_worst_year,
    "highest": measures.measure_highest,
    "greatest": quotients.measure_greatest,
    "share": measures.measure_share,
    "share_outside": quotients.measure_share_outside,
    "outside": quotients.measure_outside,
    "share_of_rise": measures.measure_share_of_rise,
    "change": measures.measure_change,
    "rise": quotients.measure_rise,
    "times": quotients.measure_times,
    "rank": measures.measure_rank,
    "rank_areas": quotients.measure_rank_areas,
    "one_in": quotients.measure_one_in,
    "per_thousand": quotients.measure_per_thousand,
    "per_minute": quotients.measure_per_minute,
}

AGAINST = ("highest", "share_of_rise", "change", "rise", "times")
"""Measures that compare with other years."""

DIVIDED = ("share", "share_outside", "outside", "share_of_rise", "one_in", "per_thousand")
"""Measures of a part in a whole."""

ONE_TERM = ("rank", "years_with")
"""Measures of one series."""

WITH_STATED = ("total", "highest", "one_in")
"""Measures that take figures that publishers stated: for the number of the year (highest), or added to the terms."""


def measure(definition: Definition, data: Data) -> list[Measurement]:
    """All measurements of a definition, one a specification, the oldest first."""
    if not definition.terms:
        return []
    if not definition.stated_for:
        return _measured(definition, data)
    tables = replace(definition, stated=(), stated_for="")
    sources = tuple(source for source in definition.sources if source != definition.stated_for)
    terms = tuple(term for term in definition.terms if term.source != definition.stated_for)
    return [*_measured(replace(definition, terms=terms, sources=sources), data), *_measured(tables, data)]


def _measured(definition: Definition, data: Data) -> list[Measurement]:
    function = MEASURES[definition.measure]
    stated = {HEADLINE: " ".join(definition.stated)} if definition.stated else {}
    known: dict[tuple[tuple[str, str], ...], Measurement] = {}

    def measured(vintages: Mapping[str, str]) -> Measurement:
        key = tuple(vintages.items())
        if key not in known:
            known[key] = function(definition, {**vintages, **stated}, data)
        return known[key]

    def needed(vintages: Mapping[str, str]) -> bool:
        return measured(vintages).estimate.value is not None

    return [measured(vintages) for vintages in specifications(definition, data, needed)]
