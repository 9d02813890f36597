"""What the report states, the ways in which each statement can be measured, and when a value fits.

The ledgers are typed: ``data/claims.csv`` and ``data/definitions.csv``. Nothing here looks at data.
"""

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis import paths
from analysis.data.ledger import records

CLAIMS = paths.DATA / "claims.csv"
DEFINITIONS = paths.DATA / "definitions.csv"

YES, NO, UNKNOWN, STRADDLES = "yes", "no", "unknown", "straddles"
ROLES = ("report", "alternative")
FITS = ("direct", "proxy", "floor")
RELATIONS = (
    "plain",  # within half a unit of the figure
    "about",  # within one unit of it
    "over",  # not below it
    "at_least",  # not below it
    "under",  # below it
    "third",  # nearer to a third than to a quarter or two fifths
    "majority",  # above one half
    "highest_since",  # above every other year compared
    "more_than",  # above what it is compared with
    "none",  # cannot be tested
)
"""How a figure is printed, and when a value fits it (the design's table); a unit is one of the last digit printed."""

COMPARISONS = ("highest_since", "more_than")
"""Relations between two numbers of the same data, rather than to the figure printed."""

NOT_TESTABLE = "none"
"""The measure and relation of a claim that no data here can test; its note says why."""

FIGURELESS = (*COMPARISONS, NOT_TESTABLE, "third", "majority")
"""Relations that can be tested without a figure."""


@dataclass(frozen=True)
class Claim:
    """One statement of the report.

    ``area`` is the place that it is about (empty for the world or several), ``value`` the figure
    printed (None for a comparison), ``last_digit`` the unit of its last significant digit,
    ``headline`` the id of the cited source's own headline, and ``note`` what a reader should know;
    for a claim that cannot be tested, why, and what data would.
    """

    id: str
    group: str
    area: str
    paragraph: int
    about: str
    printed: str
    value: float | None
    relation: str
    unit: str
    last_digit: float
    as_of: str
    cited: str
    headline: str
    measure: str
    note: str


@dataclass(frozen=True)
class Definition:
    """One way to measure a claim, closed before any result was seen.

    ``kind`` and ``year`` tell apart the definitions of a claim that is measured in several ways in
    each of several years.
    ``terms`` are added up (``series:actor@area/role`` joined by ``+``), over ``years`` where
    several are named; ``divided_by`` makes a share; ``against`` names the years compared with;
    ``threshold`` stands in for the claim's figure where a reading needs one; ``headlines`` are
    figures of ``headlines.csv`` that count the same thing.
    """

    claim: str
    definition: str
    kind: str
    year: int | None
    role: str
    fit: str
    label: str
    used_by: str
    reason: str
    measure: str
    terms: str
    divided_by: str
    sources: str
    years: str
    against: str
    threshold: float | None
    headlines: str


def claims(path: Path = CLAIMS) -> list[Claim]:
    """The ledger of claims, in the file's order.

    Raises:
        InputError: a missing column, an unknown relation, a number that is none, an id used twice.
    """
    found = records(path, Claim, lists={"relation": RELATIONS}, empty={"paragraph": 0, "last_digit": 1.0})
    return [claim for _, claim in found]


def definitions(path: Path = DEFINITIONS, ledger: list[Claim] | None = None) -> list[Definition]:
    """The ways to measure the claims, in the file's order.

    Args:
        path: the file.
        ledger: the claims that the definitions belong to; the committed ledger by default.

    Raises:
        InputError: an unknown claim, role or fit, two definitions of a claim that are the
            report's own, a definition named twice, or a claim of a figure with none to test.
    """
    known = {claim.id: claim for claim in (claims() if ledger is None else ledger)}
    lists = {"claim": known, "role": ROLES, "fit": FITS}
    result: list[Definition] = []
    for row, definition in records(path, Definition, key=("claim", "definition"), lists=lists):
        claim = known[definition.claim]
        if claim.value is None and definition.threshold is None and claim.relation not in FIGURELESS:
            raise row.wrong("threshold", f"{claim.id} has no figure, and {definition.definition} no threshold")
        if definition.role == "report" and (claim.id, "report") in {(other.claim, other.role) for other in result}:
            raise row.wrong("role", f"{claim.id} has two definitions of the report's own", "at most one")
        result.append(definition)
    return result


@cache
def _committed() -> dict[tuple[str, str], Definition]:
    return {(one.claim, one.definition): one for one in definitions()}


def definition(claim: str, name: str) -> Definition:
    """A definition of the committed ledger.

    Raises:
        KeyError: there is none of this name.
    """
    return _committed()[claim, name]


def fits(claim: Claim, value: float, reference: float | None = None, threshold: float | None = None) -> bool:
    """Whether a value fits what the claim commits to.

    Args:
        claim: gives the relation, the figure and the unit of its last digit.
        value: in the claim's unit.
        reference: the number compared with, for ``COMPARISONS``.
        threshold: a figure that a definition puts in the claim's place.

    Source: the design's table; for "a third", the values nearer to 1/3 than to 1/4 or 2/5.
    """
    low, high = window(claim, reference, threshold)
    if claim.relation in (*COMPARISONS, "majority"):
        return value > low
    if claim.relation == "under":
        return value < high
    if claim.relation == "third":
        return low < value < high
    slack = 1e-9 * max(1.0, abs(value))
    return low - slack <= value <= high + slack


def window(claim: Claim, reference: float | None = None, threshold: float | None = None) -> tuple[float, float]:
    """The values that fit the claim, as (lowest, highest); infinite where nothing bounds them."""
    figure = claim.value if threshold is None else threshold
    if claim.relation in COMPARISONS:
        if reference is None:
            raise ValueError(f"{claim.id}: {claim.relation} needs a number to compare with")
        return reference, math.inf
    if claim.relation == "majority":
        return 0.5, math.inf
    if claim.relation == "third":
        return (1 / 4 + 1 / 3) / 2, (1 / 3 + 2 / 5) / 2
    if figure is None:
        raise ValueError(f"{claim.id}: {claim.relation} needs a figure")
    if claim.relation in ("over", "at_least"):
        return figure, math.inf
    if claim.relation == "under":
        return -math.inf, figure
    half = claim.last_digit / 2 if claim.relation == "plain" else claim.last_digit
    return figure - half, figure + half
