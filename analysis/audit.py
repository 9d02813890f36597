"""Claims x specifications -> findings -> verdicts, and the sentence that explains each.

The rules are the design's. A verdict rests on the best estimates, and on the report's own
definition where that can speak; the alternatives show whether the answer hangs on it.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from analysis import claims as ledger_module
from analysis import headlines, paths, sentences, tables
from analysis.claims import COMPARISONS, NO, NOT_TESTABLE, STRADDLES, UNKNOWN, YES, Claim, Definition
from analysis.errors import InputError
from analysis.languages import ENGLISH
from analysis.measures import Data, Estimate, Measurement, measure, published
from analysis.outcomes import (
    CONTESTED,
    HEADLINE,
    LATER,
    NOT_SUPPORTED,
    REVISED,
    STAND_IN,
    SUPPORTED,
    THEN,
    UNTESTABLE,
    Finding,
    Verdict,
)
from analysis.sources import registry


def decide(t: Sequence[tuple[str, str]], a: Sequence[tuple[str, str]], latest: str | None) -> str:
    """The verdict that follows from what the findings say.

    Args:
        t: (holds, fit) of the findings under the report's definition, of the time.
        a: the same under the alternatives.
        latest: what the newest later vintage says under the report's definition; None if none.

    Returns:
        One of ``VERDICTS``.
    """
    decided = [(holds, fit) for holds, fit in t if holds in (YES, NO)]
    if not decided:
        decided = [(holds, fit) for holds, fit in a if holds in (YES, NO)]
    answers = {holds for holds, _ in decided}
    if not answers:
        return UNTESTABLE
    if answers == {YES, NO}:
        return CONTESTED
    if answers == {NO}:
        return CONTESTED if all(fit == "proxy" for _, fit in decided) else NOT_SUPPORTED
    return REVISED if latest == NO else SUPPORTED


def findings_of(claim: Claim, definitions: Sequence[Definition], data: Data) -> list[Finding]:
    """Every finding of a claim: each of its definitions under each specification and headline."""
    result: list[Finding] = []
    stated = {headline.id: headline for headline in headlines.load()}
    for definition in definitions:
        if definition.claim != claim.id:
            continue
        some = [
            _finding(claim, definition, m, published(m.vintages, data))
            for m in measure(definition, definition.measure or claim.measure, data)
        ]
        for identity in definition.headlines.split():
            if identity not in stated:
                raise InputError(
                    f"no headline {identity!r}, which {claim.id} {definition.definition} names",
                    where=headlines.HEADLINES,
                    column="id",
                    do="add it there, or name another",
                )
            headline = stated[identity]
            measurement = Measurement({HEADLINE: identity}, Estimate(headline.low, headline.value, headline.high))
            some.append(_finding(claim, definition, measurement, (headline.available_by.isoformat(),)))
        result += _timed(some)
    return result


def _timed(findings: Sequence[Finding]) -> list[Finding]:
    """Say of each finding of a definition whether it is of the time; the nearest later one stands in if none is."""
    report = registry.REPORT_DATE.isoformat()
    ordered = sorted(findings, key=_age)
    if any(f.published[0] <= report for f in ordered):
        return [replace(f, when=THEN if f.published[0] <= report else LATER) for f in ordered]
    return [replace(f, when=LATER if number else STAND_IN) for number, f in enumerate(ordered)]


def _age(finding: Finding) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    """What puts findings in the order of their release: by the last part to come out, then by the one before."""
    return finding.published, sorted(finding.vintages.items())


def _finding(claim: Claim, definition: Definition, measurement: Measurement, dates: tuple[str, ...]) -> Finding:
    estimate, reference = measurement.estimate, measurement.reference
    holds = _holds(claim, definition, estimate.value, None if reference is None else reference.value)
    band = _band(claim, definition, measurement)
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
        reference=None if reference is None else reference.value,
        against=measurement.label,
        threshold=definition.threshold,
        covers=estimate.covers,
    )


def _holds(claim: Claim, definition: Definition, value: float | None, reference: float | None) -> str:
    if value is None or claim.relation == NOT_TESTABLE or (claim.relation in COMPARISONS and reference is None):
        return UNKNOWN
    return YES if ledger_module.fits(claim, value, reference, definition.threshold) else NO


def _band(claim: Claim, definition: Definition, measurement: Measurement) -> str:
    """The claim's question asked of low to high."""
    estimate, reference = measurement.estimate, measurement.reference
    if claim.relation == NOT_TESTABLE or estimate.low is None or estimate.high is None or estimate.low > estimate.high:
        return UNKNOWN
    if claim.relation in COMPARISONS:
        if reference is None or reference.low is None or reference.high is None:
            return UNKNOWN
        if estimate.low > reference.high:
            return YES
        return NO if estimate.high <= reference.low else STRADDLES
    ends = [ledger_module.fits(claim, end, None, definition.threshold) for end in (estimate.low, estimate.high)]
    if all(ends):
        return YES
    lowest, highest = ledger_module.window(claim, None, definition.threshold)
    apart = estimate.high < lowest or estimate.low > highest
    return NO if apart or (not any(ends) and claim.relation in ("over", "at_least", "majority", "under")) else STRADDLES


def judge(claim: Claim, findings: Sequence[Finding]) -> Verdict:
    """The verdict on a claim, with what stands beside it.

    Args:
        claim: the claim.
        findings: all of its findings.
    """
    timely = [f for f in findings if f.when in (THEN, STAND_IN)]
    t = [f for f in timely if f.role == "report"]
    a = [f for f in timely if f.role == "alternative"]
    newest = _newest([f for f in findings if f.role == "report" and f.when == LATER])
    latest = newest.holds if newest else None
    verdict = decide([(f.holds, f.fit) for f in t], [(f.holds, f.fit) for f in a], latest)
    base = [f for f in t if f.holds in (YES, NO)] or [f for f in a if f.holds in (YES, NO)]
    confirmed = newest is not None and newest.holds == YES and not newest.is_headline
    if verdict == SUPPORTED and all(f.is_headline for f in base) and not confirmed:
        verdict = UNTESTABLE
    answers = {f.holds for f in base}
    answer = answers.pop() if len(answers) == 1 else None
    flips = tuple(
        dict.fromkeys(f.definition for f in a if f.holds in (YES, NO) and answer is not None and f.holds != answer)
    )
    judged = Verdict(
        claim=claim,
        verdict=verdict,
        flips=flips,
        later={YES: "holds", NO: "fails"}.get(latest or "", "none"),
        firmness=_firmness(base),
        faithful=_faithful(claim),
        findings=tuple(findings),
        base=tuple(base),
        newest=newest,
    )
    return replace(judged, reason=sentences.reason(ENGLISH, judged), sentence=sentences.sentence(ENGLISH, judged))


def _newest(findings: Sequence[Finding]) -> Finding | None:
    return max(findings, key=_age, default=None)


def _firmness(base: Sequence[Finding]) -> str:
    bands = {f.band for f in base}
    if STRADDLES in bands:
        return "within the band"
    return "firm" if bands & {YES, NO} else "no band given"


def _faithful(claim: Claim) -> str:
    if not claim.headline:
        return UNKNOWN
    headline = headlines.by_id(claim.headline, claim.id)
    # "Under 118,000" repeated is faithful, though 118,000 itself is not under it.
    repeated = (headline.relation, headline.value) == (claim.relation, claim.value)
    return YES if repeated or ledger_module.fits(claim, headline.value) else NO


def audit(ledger: Path = ledger_module.CLAIMS, tidy: Path = paths.TIDY, only: Sequence[str] = ()) -> list[Verdict]:
    """Test every claim of a ledger, or those named.

    Args:
        ledger: a file of claims, its definitions beside it (``claims.csv`` -> ``definitions.csv``).
        tidy: the folder with the tidy tables.
        only: ids of claims; all by default.

    Returns:
        One verdict a claim, in the ledger's order.

    Raises:
        InputError: an unknown claim, or a ledger that cannot be read.
    """
    claims = ledger_module.claims(ledger)
    definitions = ledger_module.definitions(beside(ledger), claims)
    unknown = [name for name in only if name not in {claim.id for claim in claims}]
    if unknown:
        raise InputError(
            f"no claim {unknown[0]!r}", where=ledger, column="id", expected=", ".join(claim.id for claim in claims)
        )
    data = Data(
        tables.committed() if tidy == paths.TIDY else tables.load(tidy),
        registry.with_added(registry.releases(), registry.added(tidy)),
    )
    return [judge(c, findings_of(c, definitions, data)) for c in claims if not only or c.id in only]


@cache
def committed() -> tuple[Verdict, ...]:
    """Every verdict on the committed ledger, worked out once: ``audit`` without arguments."""
    return tuple(audit())


def beside(ledger: Path) -> Path:
    """Where a ledger's definitions are: its name with ``definitions`` in the place of ``claims``."""
    return ledger.with_name(ledger.name.replace("claims", "definitions"))
