"""What would the report say today? Its headline measures in their newest year, by the same definitions.

A measure is the definition of a claim on which the verdict rests: the report's own, else the first
direct one, else the first. Its years are moved to the newest that any release gives. Both numbers
come from the same, newest release, so that what differs is the world and not the counting.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pandas as pd

from analysis.audit import claims
from analysis.audit.claims import Claim, Definition
from analysis.audit.findings import Finding, findings_of
from analysis.audit.measures import Data
from analysis.data import registry, tables
from analysis.errors import InputError

MOVED, EXTENDED, SINCE = "moved", "extended", "since"
"""How the years are brought up to date: all of them later; the end later; the years compared with kept."""


@dataclass(frozen=True)
class Measure:
    """A claim brought up to date: what is measured, and how its years change.

    ``definition`` is named where it is not the one that the rule of this module chooses.
    """

    claim: str
    what: str
    years: str = MOVED
    definition: str = ""


MEASURES_NOW = (
    Measure("deaths_2014_over_100000", "Deaths in organised violence, yearly data"),
    Measure("deaths_2014_highest_since_1994", "The same, as the highest since 1994", SINCE),
    Measure("civilians_targeted_more", "Deaths in one-sided violence"),
    Measure("refugees_21_3_million", "Refugees, both mandates"),
    Measure("idps_40_8_million", "Internally displaced people"),
    Measure("highest_in_un_history", "Refugees and internally displaced together", SINCE),
    Measure("ten_countries_majority", "Ten named countries' share of the displaced"),
    Measure("violations_by_states_majority", "Governments' share of one-sided deaths"),
    Measure("civil_wars_third_party", "Foreign troops: share of conflicts within states"),
    Measure("syria_displaced", "Refugees and internally displaced from Syria"),
    Measure("deaths_2014_over_100000", "Deaths in organised violence, all dyads", definition="all_dyads"),
    Measure("syria_killed", "Deaths in Syria since 2011, all dyads", EXTENDED),
    Measure("civilians_attacked_caf", "One-sided deaths: Central African Republic"),
    Measure("civilians_attacked_irq", "One-sided deaths: Iraq"),
    Measure("civilians_attacked_ssd", "One-sided deaths: South Sudan"),
    Measure("civilians_attacked_sdn", "One-sided deaths: Sudan"),
    Measure("civilians_attacked_syr", "One-sided deaths: Syria"),
    Measure("civilians_attacked_yem", "One-sided deaths: Yemen"),
    Measure("no_recurrence_civ", "One-sided deaths since 2012: Côte d'Ivoire", EXTENDED),
    Measure("no_recurrence_gin", "One-sided deaths since 2010: Guinea", EXTENDED),
    Measure("no_recurrence_ken", "One-sided deaths since 2009: Kenya", EXTENDED),
    Measure("no_recurrence_tls", "One-sided deaths since 2006: Timor-Leste", EXTENDED),
)


@dataclass(frozen=True)
class Today:
    """A measure in the report's year and in its newest, both by the newest release that gives them."""

    measure: Measure
    definition: Definition
    moved: Definition
    then: Finding
    now: Finding


def chosen(measure: Measure, definitions: Sequence[Definition]) -> Definition:
    """The definition by which a claim is brought up to date.

    Raises:
        InputError: the claim has none that reads data, or not the one named.
    """
    usable = [d for d in definitions if d.claim == measure.claim and d.terms]
    if measure.definition:
        usable = [d for d in usable if d.definition == measure.definition]
    ranked = sorted(usable, key=lambda d: (d.role != "report", d.fit != "direct"))
    if not ranked:
        raise InputError(
            f"no definition to bring {measure.claim} up to date with",
            where=claims.DEFINITIONS,
            do="mend MEASURES_NOW in analysis/then_and_now.py",
        )
    return ranked[0]


def last_year(years: str) -> int:
    """The last year that a definition names."""
    return max(int(year) for year in re.findall(r"\d{4}", years))


def moved(definition: Definition, way: str, year: int) -> Definition:
    """A definition with its years brought up to one that ends with ``year``.

    Args:
        definition: its years as the claim has them.
        way: ``moved`` shifts all years alike, those compared with too; ``extended`` keeps the
            first year; ``since`` shifts the years, and those compared with go on from their
            first to the year before.
        year: the last year wanted.
    """
    shift = year - last_year(definition.years)

    def later(text: str) -> str:
        return re.sub(r"\d{4}", lambda match: str(int(match[0]) + shift), text)

    if way == EXTENDED:
        return replace(definition, years=f"{definition.years[:4]}-{year}", headlines="")
    if way == SINCE:
        against = f"{definition.against[:4]}-{year - 1}"
        return replace(definition, years=later(definition.years), against=against, headlines="")
    return replace(definition, years=later(definition.years), against=later(definition.against), headlines="")


def _newest(claim: Claim, measure: Measure, definition: Definition, data: Data) -> tuple[Definition, Finding]:
    """The definition in the newest year that any release gives, and what the newest of those releases says."""
    newest = max(last for _, last in data.spans.values())
    for year in range(newest, last_year(definition.years) - 1, -1):
        candidate = moved(definition, measure.years, year)
        found = findings_of(claim, [candidate], data)
        if found:
            return candidate, found[-1]
    raise InputError(f"no release gives {measure.what} for {definition.years} or later")


def _then(claim: Claim, definition: Definition, vintages: Mapping[str, str], data: Data) -> Finding:
    """The same measure in the claim's own years, in the same release."""
    found = findings_of(claim, [replace(definition, headlines="")], data)
    for finding in found:
        if finding.vintages == vintages:
            return finding
    raise InputError(f"{claim.id} {definition.definition} has no figure for {definition.years} in the newest release")


@cache
def measured() -> tuple[Today, ...]:
    """Every measure of ``MEASURES_NOW``, then and now.

    Raises:
        InputError: a claim without a definition to bring up to date, or no release that gives its number.
    """
    ledger = {claim.id: claim for claim in claims.claims()}
    definitions = claims.definitions()
    data = Data(tables.committed(), registry.releases())
    result = []
    for measure in MEASURES_NOW:
        claim = ledger[measure.claim]
        definition = chosen(measure, definitions)
        candidate, now = _newest(claim, measure, definition, data)
        result.append(Today(measure, definition, candidate, _then(claim, definition, now.vintages, data), now))
    return tuple(result)


def then_and_now() -> pd.DataFrame:
    """The headline measures, in the report's year and in their newest.

    Returns:
        One row a measure: ``claim``, ``what``, ``then_year`` and ``then`` (by the newest release),
        ``now_year`` and ``now`` (with ``low`` and ``high``), ``unit``, ``source`` and ``vintage``
        (of both numbers), ``holds_today`` (whether the claim's words and figure fit the newest
        year), ``held_then`` (the same of the report's year, by the same release),
        ``definition``, ``fit``, ``reference`` for comparisons, and the ``threshold`` that a
        definition puts in the place of a figure.

    Source: computed from ``data/tidy`` under ``data/definitions.csv``.
    """
    units = {claim.id: claim.unit for claim in claims.claims()}
    return pd.DataFrame(
        [
            {
                "claim": one.measure.claim,
                "what": one.measure.what,
                "then_year": one.definition.years,
                "then": one.then.value,
                "now_year": one.moved.years,
                "now": one.now.value,
                "unit": units[one.measure.claim],
                "source": " ".join(one.now.vintages),
                "vintage": " ".join(one.now.vintages.values()),
                "holds_today": one.now.holds,
                "held_then": one.then.holds,
                "definition": one.definition.definition,
                "fit": one.definition.fit,
                "low": one.now.low,
                "high": one.now.high,
                "reference": one.now.compared_with,
                "threshold": one.definition.threshold,
            }
            for one in measured()
        ]
    )
