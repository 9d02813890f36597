"""What a report states, the ways in which each statement can be measured, and when a value fits.

The ledgers are typed (``data/reports``) and read by ``reports``. Nothing here looks at data.
"""

import datetime
import math
from dataclasses import dataclass, field

from analysis.audit.terms import Term

YES, NO, UNKNOWN, STRADDLES = "yes", "no", "unknown", "straddles"
REPORT, ALTERNATIVE = "report", "alternative"
DIRECT, PROXY = "direct", "proxy"
WHOLE, FLOOR, CEILING = "whole", "floor", "ceiling"
ROLES, FITS, BOUNDS = (REPORT, ALTERNATIVE), (DIRECT, PROXY), (WHOLE, FLOOR, CEILING)

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

NOT_BELOW = ("over", "at_least", "majority", *COMPARISONS)
"""Relations that a greater number meets as well."""

NOT_TESTABLE = "none"
"""The measure and relation of a claim that no data here can test; its note says why."""

FIGURELESS = (*COMPARISONS, NOT_TESTABLE, "third", "majority")
"""Relations that can be tested without a figure."""

UNITS = (
    "",
    "deaths",
    "persons",
    "actors",
    "conflicts",
    "years",
    "drafts",
    "states",
    "resolutions",
    "displacements",
    "applications",
    "share",
    "rank",
    "one_in",
    "per_thousand",
    "per_minute",
    "times",
)
"""What a number is one of, or what it is to another."""


@dataclass(frozen=True)
class Event:
    """What the years of a list's member are counted from: ``date`` (its last day, or its month or year), and a source.

    ``note`` is what a reader should know of this member alone.
    """

    date: str
    what: str
    source: str
    note: str = ""

    @property
    def year(self) -> int:
        """The year in which it ended."""
        return int(self.date[:4])


@dataclass(frozen=True)
class Definition:
    """One way to measure a claim, closed before any result was seen.

    ``role`` is *report* for the report's own or its cited source's way of counting; ``fit`` is *proxy*
    where what is counted is only near what is stated; ``bound`` says whether all of it is counted,
    a part (*floor*) or more than it (*ceiling*); ``decides`` is false for context.
    ``kind`` and ``year`` tell apart the definitions of a claim that is measured in several ways in
    each of several years.
    ``terms`` are added up, over ``years`` (or months, YYYYMM) where several are named; ``divided_by``
    makes a share; ``against`` names the years compared with (the lowest of them: ``since_lowest``);
    ``threshold`` stands in for the claim's figure where a reading needs one; ``headlines`` are
    figures of ``headlines.csv`` that count the same thing (``one + other`` is a sum), ``stated``
    those that stand for what no release of the time holds: the number of the year where it is the
    highest, else a part that is added to the terms; ``stated_for`` names the source whose terms they
    stand for, beside that source's own releases.
    """

    claim: str
    definition: str
    label: str
    role: str
    fit: str
    measure: str
    unit: str
    used_by: str
    why: str
    bound: str = WHOLE
    decides: bool = True
    kind: str = ""
    year: int | None = None
    terms: tuple[Term, ...] = ()
    divided_by: tuple[Term, ...] = ()
    sources: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    against: tuple[int, ...] = ()
    since_lowest: bool = False
    threshold: float | None = None
    headlines: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    stated_for: str = ""

    @property
    def all_terms(self) -> tuple[Term, ...]:
        """What is added up, and what it is divided by."""
        return (*self.terms, *self.divided_by)


@dataclass(frozen=True)
class Claim:
    """One statement of a report.

    ``member_of`` is the id of the list that it is a member of, ``area`` the place that it is about
    (empty for the world or several), ``words`` its phrase in
    the language audited, ``value`` the figure printed (None for a comparison), ``last_digit`` the
    unit of its last significant digit, ``parts`` how many rounded figures were added up to it,
    ``headline`` the id of the cited source's own headline, and ``note`` what a reader should know;
    for a claim that cannot be tested, why, and what data would.
    """

    id: str
    report: str
    about: str
    relation: str
    member_of: str = ""
    group: str = ""
    area: str = ""
    paragraph: int | None = None
    words: str = ""
    printed: str = ""
    value: float | None = None
    unit: str = ""
    last_digit: float = 1.0
    parts: int = 1
    as_of: datetime.date | None = None
    cited: str = ""
    headline: str = ""
    measure: str = NOT_TESTABLE
    note: str = ""
    event: Event | None = None
    definitions: tuple[Definition, ...] = field(default=(), repr=False)

    @property
    def as_printed(self) -> str:
        """The figure as the report has it, else the phrase."""
        return self.printed or self.words


@dataclass(frozen=True)
class Report:
    """A report that is audited: where it comes from, and what it states.

    ``authors`` are the publishers whose sentences decide nothing about it, since they are its own;
    ``language`` is that of the text audited; ``read_at`` are the pages that its figures were read
    on, where that was not its own text.
    """

    id: str
    symbol: str
    title: str
    publisher: str
    date: datetime.date
    language: str
    authors: tuple[str, ...] = ()
    read_at: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = field(default=(), repr=False)


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
    slack = 1e-9 * max(1.0, abs(value)) if math.isfinite(value) else 0.0
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
    half = claim.parts * claim.last_digit / 2 if claim.relation == "plain" else claim.last_digit
    return figure - half, figure + half


def answer(
    claim: Claim, span: tuple[float, float], compared: tuple[float, float] | None, threshold: float | None
) -> str:
    """What a number says that is known only to lie in a span: yes or no if all of the span does, else unknown.

    Args:
        claim: as for ``fits``.
        span: the least and the most that the number can be.
        compared: the same of the number compared with, for ``COMPARISONS``.
        threshold: as for ``fits``.
    """
    least, most = (None, None) if compared is None else compared
    if claim.relation not in (*NOT_BELOW, "under"):
        lowest, highest = window(claim, None, threshold)
        fitting = [fits(claim, end, None, threshold) for end in span]
        if all(fitting):
            return YES
        return NO if span[0] == span[1] or span[1] < lowest or span[0] > highest else UNKNOWN
    worst, best = (span[::-1], (None, None)) if claim.relation == "under" else (span, (most, least))
    if fits(claim, worst[0], best[0], threshold):
        return YES
    return UNKNOWN if fits(claim, worst[1], best[1], threshold) else NO
