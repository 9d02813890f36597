"""Claims x specifications -> findings: what each definition says of a claim under each release.

A finding's answer (``holds``) is that of the best estimate; its ``band`` is the same question asked
of low to high.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.audit import claims as ledger
from analysis.audit import headlines
from analysis.audit.claims import (
    COMPARISONS,
    NO,
    NOT_TESTABLE,
    STRADDLES,
    UNKNOWN,
    YES,
    Claim,
    Definition,
)
from analysis.audit.measures import NOTHING, Data, Estimate, Measurement, Reference, measure, published
from analysis.data import registry
from analysis.data.coverage import Coverage

THEN, STAND_IN, LATER = "then", "stand_in", "later"

HEADLINE = "headline"
"""The source name under which a publisher's stated figure stands in a finding's vintages."""


@dataclass(frozen=True)
class Finding:
    """What one specification says about a claim.

    ``published`` holds the day by which each part was out, the last first; ``reference`` is what
    the number is compared with or made from, ``coverage`` what it leaves out.
    """

    claim: str
    definition: str
    label: str
    role: str
    fit: str
    vintages: Mapping[str, str]
    when: str
    published: tuple[str, ...]
    low: float | None
    value: float | None
    high: float | None
    holds: str
    band: str
    reference: Reference | None = None
    threshold: float | None = None
    coverage: tuple[Coverage, ...] = ()

    @property
    def ends(self) -> tuple[float, float] | tuple[None, None]:
        """Low and high if both are known."""
        return Estimate(self.low, self.value, self.high).band

    @property
    def compared_with(self) -> float | None:
        """The number that it is compared with, if it is compared with one."""
        return None if self.reference is None else self.reference.estimate.value

    @property
    def is_headline(self) -> bool:
        """Whether it is a figure that a publisher stated in words, not a number of its data."""
        return set(self.vintages) == {HEADLINE}

    @property
    def decides(self) -> bool:
        """Whether it says yes or no."""
        return self.holds in (YES, NO)

    @property
    def age(self) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
        """What puts findings in the order of their release: by the last part to come out, then by the one before."""
        return self.published, sorted(self.vintages.items())


def findings_of(claim: Claim, definitions: Sequence[Definition], data: Data) -> list[Finding]:
    """Every finding of a claim: each of its definitions under each specification and headline."""
    result: list[Finding] = []
    for definition in (one for one in definitions if one.claim == claim.id):
        some = [
            _finding(claim, definition, m, published(m.vintages, data))
            for m in measure(definition, definition.measure or claim.measure, data)
        ]
        for identity in definition.headlines.split():
            headline = headlines.by_id(identity, f"{claim.id} {definition.definition}")
            measurement = Measurement({HEADLINE: identity}, Estimate(headline.low, headline.value, headline.high))
            some.append(_finding(claim, definition, measurement, (headline.available_by.isoformat(),)))
        result += _timed(some)
    return result


def _timed(findings: Sequence[Finding]) -> list[Finding]:
    """Say of each finding of a definition whether it is of the time; the nearest later one stands in if none is."""
    report = registry.REPORT_DATE.isoformat()
    ordered = sorted(findings, key=lambda finding: finding.age)
    if any(f.published[0] <= report for f in ordered):
        return [replace(f, when=THEN if f.published[0] <= report else LATER) for f in ordered]
    return [replace(f, when=LATER if number else STAND_IN) for number, f in enumerate(ordered)]


def _finding(claim: Claim, definition: Definition, measurement: Measurement, dates: tuple[str, ...]) -> Finding:
    estimate, reference = measurement.estimate, measurement.reference
    compared = NOTHING if reference is None else reference.estimate
    holds = _holds(claim, definition, estimate.value, compared.value)
    band = _band(claim, definition, estimate, compared)
    if definition.fit == "floor":
        # A part of all can show that there is enough, never that there is too little or not too much.
        silent = (NO,) if claim.relation in ("over", "at_least", "majority") else (YES, NO, STRADDLES)
        holds, band = (UNKNOWN if answer in silent else answer for answer in (holds, band))
    return Finding(
        claim=claim.id,
        definition=definition.definition,
        label=definition.label,
        role=definition.role,
        fit=definition.fit,
        vintages=dict(measurement.vintages),
        when="",
        published=dates,
        low=estimate.low,
        value=estimate.value,
        high=estimate.high,
        holds=holds,
        band=band,
        reference=reference,
        threshold=definition.threshold,
        coverage=estimate.coverage,
    )


def _holds(claim: Claim, definition: Definition, value: float | None, reference: float | None) -> str:
    if value is None or claim.relation == NOT_TESTABLE or (claim.relation in COMPARISONS and reference is None):
        return UNKNOWN
    return YES if ledger.fits(claim, value, reference, definition.threshold) else NO


def _band(claim: Claim, definition: Definition, estimate: Estimate, reference: Estimate) -> str:
    """The claim's question asked of low to high."""
    if claim.relation == NOT_TESTABLE or estimate.low is None or estimate.high is None or estimate.low > estimate.high:
        return UNKNOWN
    if claim.relation in COMPARISONS:
        if reference.low is None or reference.high is None:
            return UNKNOWN
        if estimate.low > reference.high:
            return YES
        return NO if estimate.high <= reference.low else STRADDLES
    ends = [ledger.fits(claim, end, None, definition.threshold) for end in (estimate.low, estimate.high)]
    if all(ends):
        return YES
    lowest, highest = ledger.window(claim, None, definition.threshold)
    apart = estimate.high < lowest or estimate.low > highest
    return NO if apart or (not any(ends) and claim.relation in ("over", "at_least", "majority", "under")) else STRADDLES
