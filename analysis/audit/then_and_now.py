"""What would the report count today? Its measures in their newest year, by the release that also gives the old one.

A measure is a definition of a claim. Both numbers come from the same, newest release, so that what
differs is the world and not the counting.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.audit import reports
from analysis.audit.claims import Definition
from analysis.audit.measures import Data
from analysis.audit.ways import measure
from analysis.data import registry, tables
from analysis.errors import InputError

PERSONS, DEATHS = "persons", "deaths"


@dataclass(frozen=True)
class Measure:
    """A definition of a claim, and what it counts."""

    claim: str
    definition: str
    kind: str


MEASURES_NOW = (
    Measure("highest_in_un_history", "together", PERSONS),
    Measure("idps_40_8_million", "idmc", PERSONS),
    Measure("refugees_21_3_million", "unhcr_unrwa", PERSONS),
    Measure("syria_displaced", "refugees_idps", PERSONS),
    Measure("deaths_2014_over_100000", "all_dyads", DEATHS),
    Measure("civilians_targeted_more", "one_sided", DEATHS),
)
"""Those that have a meaning in common then and now."""


@dataclass(frozen=True)
class Today:
    """A measure in the report's year and in its newest, both by ``vintages``, the newest release that gives them."""

    measure: Measure
    then_year: int
    then: float
    now_year: int
    now: float
    vintages: Mapping[str, str]


@registry.once
def measured() -> tuple[Today, ...]:
    """Every measure of ``MEASURES_NOW``, then and now.

    Raises:
        InputError: no release gives both numbers of one.
    """
    data = Data(tables.committed(), registry.used())
    return tuple(_today(one, data) for one in MEASURES_NOW)


def _today(one: Measure, data: Data) -> Today:
    definition = reports.definition(one.claim, one.definition)
    (year,) = definition.years
    old = {tuple(found.vintages.items()): found.estimate.value for found in measure(_in(definition, year), data)}
    newest = max(last for _, last in data.spans.values())
    for later in range(newest, year, -1):
        for found in reversed(measure(_in(definition, later), data)):
            then, now = old.get(tuple(found.vintages.items())), found.estimate.value
            if then is not None and now is not None:
                return Today(one, year, then, later, now, found.vintages)
    raise InputError(f"no release gives {one.claim} {one.definition} in {year} and later")


def _in(definition: Definition, year: int) -> Definition:
    """The sum of a definition's terms in one year, whatever it is compared with."""
    return replace(definition, measure="total", years=(year,), against=(), stated=())
