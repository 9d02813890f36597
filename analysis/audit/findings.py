"""Claims x specifications -> findings: what each definition says of a claim under each release.

A finding's answer (``holds``) is that of the best estimate; its ``band`` is the same question asked
of low to high.
"""

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.audit import claims as ledger
from analysis.audit import headlines
from analysis.audit.claims import (
    CEILING,
    COMPARISONS,
    FLOOR,
    NO,
    NOT_BELOW,
    NOT_TESTABLE,
    STRADDLES,
    UNKNOWN,
    WHOLE,
    YES,
    Claim,
    Definition,
    Report,
)
from analysis.audit.measures import (
    HEADLINE,
    NOTHING,
    Data,
    Estimate,
    Measurement,
    Reference,
    added,
    published,
    stated_beside,
)
from analysis.audit.ways import measure
from analysis.data import registry
from analysis.data.coverage import Coverage

THEN, STAND_IN, LATER = "then", "stand_in", "later"

NO_QUESTION, NO_RELEASE, BOUNDED, AUTHORS = "no_question", "no_release", "bounded", "authors"
"""Why a finding is unknown or decides nothing: there is nothing to ask; no release can answer; only a bound is known,
which leaves it open; it is the report's own author's sentence."""


@dataclass(frozen=True)
class Finding:
    """What one specification says about a claim.

    ``published`` holds the day by which each part was out, the last first; ``reference`` is what
    the number is compared with or made from, ``coverage`` what it leaves out. ``bound`` says whether
    the value is all of what is asked; ``decides`` whether it may decide; ``why`` why it is unknown
    or may not.
    """

    claim: str
    definition: str
    label: str
    role: str
    fit: str
    bound: str
    decides: bool
    vintages: Mapping[str, str]
    when: str
    published: tuple[str, ...]
    low: float | None
    value: float | None
    high: float | None
    unit: str
    holds: str
    band: str
    reference: Reference | None = None
    threshold: float | None = None
    coverage: tuple[Coverage, ...] = ()
    why: str = ""

    @property
    def estimate(self) -> Estimate:
        """The number with its band and what it leaves out."""
        return Estimate(self.low, self.value, self.high, self.coverage)

    @property
    def ends(self) -> tuple[float, float] | tuple[None, None]:
        """Low and high if both are known."""
        return self.estimate.band

    @property
    def compared_with(self) -> float | None:
        """The number that it is compared with, if it is compared with one."""
        return None if self.reference is None else self.reference.estimate.value

    @property
    def is_headline(self) -> bool:
        """Whether it is a figure that a publisher stated in words, not a number of its data."""
        return set(self.vintages) == {HEADLINE}

    @property
    def is_verified(self) -> bool:
        """Whether all releases that it is made from are registered: an added file is nobody's but the user's."""
        return not registry.unverified(self.vintages.items())

    @property
    def answers(self) -> bool:
        """Whether it says yes or no, and may decide."""
        return self.decides and self.holds in (YES, NO)

    @property
    def is_on_edge(self) -> bool:
        """Whether one more or one less of what a share is counted in would turn its answer."""
        return self.band == STRADDLES and self.unit == "share"

    @property
    def age(self) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
        """What puts findings in the order of their release: by the last part to come out, then by the one before."""
        return self.published, sorted(self.vintages.items())


def findings_of(claim: Claim, report: Report, data: Data) -> list[Finding]:
    """Every finding of a claim: each of its definitions under each specification and headline.

    A definition that no release can answer gives one finding, which is unknown.
    """
    return timed([one for some in claim.definitions for one in _of_definition(claim, some, report, data)], report.date)


def _of_definition(claim: Claim, definition: Definition, report: Report, data: Data) -> list[Finding]:
    found = [_of_data(claim, definition, one, published(one.vintages, data)) for one in measure(definition, data)]
    found += [_of_headlines(claim, definition, one.split(" + "), report) for one in definition.headlines]
    nothing = replace(_of_data(claim, definition, Measurement({}, NOTHING), ()), why=NO_RELEASE)
    return sorted(found, key=lambda finding: finding.age) or [nothing]


def timed(findings: Sequence[Finding], date: datetime.date) -> list[Finding]:
    """Say of each finding whether it is of the time, stands in, or came later.

    A later release stands in only where no definition of the same role and fit answers by data of
    the time; it is then the nearest that has a number.

    Args:
        findings: of one claim, those of a definition in the order of their release.
        date: the report's.
    """
    day = date.isoformat()
    settled = {(f.role, f.fit) for f in findings if _is_timely(f, day) and f.answers}
    answered = {f.definition for f in findings if _is_timely(f, day) and f.published and f.answers}
    nearest: dict[str, Finding] = {}
    for finding in findings:
        wanted = (finding.role, finding.fit) not in settled and finding.definition not in answered
        if wanted and finding.decides and not _is_timely(finding, day):
            other = nearest.setdefault(finding.definition, finding)
            nearest[finding.definition] = min(other, finding, key=lambda one: _days_from(one, date))
    return [
        replace(f, when=THEN if _is_timely(f, day) else STAND_IN if f is nearest.get(f.definition) else LATER)
        for f in findings
    ]


def _days_from(finding: Finding, date: datetime.date) -> list[int]:
    """How far from a day the parts of a finding came out, that of the last first: before it or after."""
    return [abs((datetime.date.fromisoformat(day) - date).days) for day in finding.published]


def _is_timely(finding: Finding, day: str) -> bool:
    return not finding.published or finding.published[0] <= day


def _of_headlines(claim: Claim, definition: Definition, names: Sequence[str], report: Report) -> Finding:
    """A stated figure, or a sum of such, with its own relation word; of no weight where the report's author says it."""
    stated = headlines.stated(" ".join(names))
    relations = {one.relation for one in stated}
    bound = definition.bound
    if relations & {"over", "at_least"}:
        bound = FLOOR
    elif "under" in relations:
        bound = CEILING
    vintages = {HEADLINE: " ".join(names)}
    dates = tuple(sorted((one.available_by.isoformat() for one in stated), reverse=True))
    measurement = Measurement(vintages, added(stated_beside(vintages)))
    finding = _of_data(claim, replace(definition, bound=bound), measurement, dates)
    if {one.publisher for one in stated} & set(report.authors):
        return replace(finding, decides=False, why=AUTHORS)
    if bound == WHOLE and claim.relation in ("over", "at_least") and finding.value == claim.value:
        return replace(finding, band=STRADDLES)  # its rounding meets the figure, what was rounded need not
    return finding


def _of_data(claim: Claim, definition: Definition, measurement: Measurement, dates: tuple[str, ...]) -> Finding:
    estimate, reference = measurement.estimate, measurement.reference
    bound = definition.bound
    if estimate.is_partial:
        bound = FLOOR if bound == WHOLE else bound
    finding = Finding(
        claim=claim.id,
        definition=definition.definition,
        label=definition.label,
        role=definition.role,
        fit=definition.fit,
        bound=bound,
        decides=definition.decides,
        vintages=dict(measurement.vintages),
        when="",
        published=dates,
        low=estimate.low,
        value=estimate.value,
        high=estimate.high,
        unit=definition.unit,
        holds=UNKNOWN,
        band=UNKNOWN,
        reference=reference,
        threshold=definition.threshold,
        coverage=estimate.coverage,
    )
    # Deaths are not held against a figure of years: no line of one unit is a line of another.
    of_another_unit = claim.relation not in COMPARISONS and definition.unit != claim.unit
    if claim.relation == NOT_TESTABLE or of_another_unit:
        return replace(finding, why=NO_QUESTION)
    if estimate.value is None or (claim.relation in COMPARISONS and finding.compared_with is None):
        return replace(finding, why=NO_RELEASE)
    holds = _holds(claim, finding)
    return replace(finding, holds=holds, band=_band(claim, finding), why=BOUNDED if holds == UNKNOWN else "")


def _holds(claim: Claim, finding: Finding) -> str:
    """The claim's question asked of all that the number can be, given what it leaves out."""
    estimate = finding.estimate
    assert estimate.value is not None and estimate.ceiling is not None
    span = _bounded(finding.bound, estimate.value, estimate.ceiling)
    compared = None
    if finding.reference is not None and finding.reference.estimate.value is not None:
        other = finding.reference.estimate
        assert other.ceiling is not None
        compared = (finding.reference.estimate.value, other.ceiling)
    return ledger.answer(claim, span, compared, finding.threshold)


def _bounded(bound: str, least: float, most: float) -> tuple[float, float]:
    return (-math.inf if bound == CEILING else least, math.inf if bound == FLOOR else most)


def _band(claim: Claim, finding: Finding) -> str:
    """The claim's question asked of low to high, as far as they are known."""
    low, value, high = finding.low, finding.value, finding.high
    if finding.unit == "share" and finding.reference is not None:
        return _edge(claim, finding)
    if low is not None and high is not None and low > high:
        return UNKNOWN
    other = NOTHING if finding.reference is None else finding.reference.estimate
    reach = None if finding.reference is None else finding.reference.reach
    threshold = finding.threshold
    if low is not None and high is not None and finding.bound == WHOLE and claim.relation not in COMPARISONS:
        answered = ledger.answer(claim, (low, high), None, threshold)
        return STRADDLES if answered == UNKNOWN else answered
    if claim.relation in NOT_BELOW:
        if low is not None and _meets(claim, [low], [other.high], threshold) == {True}:
            return YES
        if high is not None and finding.bound == WHOLE and _meets(claim, [high], [other.low], threshold) == {False}:
            return NO
    others = [other.low, other.value, other.high, reach]
    if finding.bound == WHOLE and _meets(claim, [low, value, high], others, threshold) == {True, False}:
        return STRADDLES
    return UNKNOWN


def _meets(
    claim: Claim, values: Iterable[float | None], others: Iterable[float | None], threshold: float | None
) -> set[bool]:
    """What the claim's question gives for each known value, against each known other number in a comparison."""
    known = [value for value in values if value is not None]
    against: list[float | None] = [None]
    if claim.relation in COMPARISONS:
        against = [one for one in others if one is not None]
    return {ledger.fits(claim, value, one, threshold) for value in known for one in against}


def _edge(claim: Claim, finding: Finding) -> str:
    """Of a share of things that are counted singly: whether one more or less of them would turn the answer."""
    reference = finding.reference
    assert reference is not None
    counted = finding.bound == WHOLE and claim.relation in ("third", "majority") and reference.whole
    if not counted or reference.part is None or not reference.whole or reference.whole >= COUNTED_SINGLY:
        return UNKNOWN
    shares = [(reference.part + step) / reference.whole for step in (-1, 0, 1)]
    answers = {ledger.fits(claim, share, None, finding.threshold) for share in shares}
    return STRADDLES if len(answers) > 1 else YES if answers == {True} else NO


COUNTED_SINGLY = 1000
"""A whole of fewer things than this (conflicts, wars, actors) is one in which a single one can turn an answer."""
