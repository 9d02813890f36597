"""Findings -> verdicts. The rule is ``decide``, and no other code decides anything.

The rules are the design's. A verdict rests on the best estimates, and on the report's own
definition where that can speak; the alternatives show whether the answer hangs on it.
"""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from analysis import paths
from analysis.audit import claims as ledgers
from analysis.audit import headlines
from analysis.audit.claims import NO, STRADDLES, UNKNOWN, YES, Claim
from analysis.audit.findings import LATER, Finding, findings_of
from analysis.audit.measures import Data, parse_terms
from analysis.data import registry, tables
from analysis.errors import InputError

SUPPORTED, REVISED, CONTESTED = "supported", "revised", "contested"
NOT_SUPPORTED, UNTESTABLE = "not supported", "not testable"
VERDICTS = (SUPPORTED, REVISED, CONTESTED, NOT_SUPPORTED, UNTESTABLE)


@dataclass(frozen=True)
class Verdict:
    """A claim with its findings and what follows from them.

    ``base`` are the findings that the verdict rests on, ``newest`` is the newest later one under the
    report's own definition.
    """

    claim: Claim
    verdict: str
    flips: tuple[str, ...]
    later: str
    firmness: str
    faithful: str
    findings: tuple[Finding, ...] = field(repr=False)
    base: tuple[Finding, ...] = field(repr=False)
    newest: Finding | None = field(repr=False)

    @property
    def cited(self) -> Finding | None:
        """The finding whose number stands for the verdict: the first that is data, else a publisher's headline."""
        return next((f for f in self.base if not f.is_headline), self.base[0] if self.base else None)

    @property
    def is_split(self) -> bool:
        """Whether the findings that it rests on disagree."""
        return {f.holds for f in self.base} == {YES, NO}

    @property
    def answers(self) -> dict[str, set[str]]:
        """Definition -> what its findings of the time answer."""
        found: dict[str, set[str]] = {}
        for finding in self.findings:
            if finding.when != LATER and finding.decides:
                found.setdefault(finding.definition, set()).add(finding.holds)
        return found


def base_of(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What a verdict rests on: of the time and decided, under the report's definition, else under the alternatives."""
    timely = [f for f in findings if f.when != LATER and f.decides]
    return tuple([f for f in timely if f.role == "report"] or timely)


def newest_of(findings: Sequence[Finding]) -> Finding | None:
    """The newest later finding under the report's own definition."""
    later = [f for f in findings if f.role == "report" and f.when == LATER]
    return max(later, key=lambda finding: finding.age, default=None)


def decide(findings: Sequence[Finding]) -> str:
    """The verdict that follows from a claim's findings.

    A publisher's headline alone shows nothing: then later data must confirm it.

    Returns:
        One of ``VERDICTS``.
    """
    base, newest = base_of(findings), newest_of(findings)
    answers = {f.holds for f in base}
    if not answers:
        return UNTESTABLE
    if answers == {YES, NO}:
        return CONTESTED
    if answers == {NO}:
        return CONTESTED if all(f.fit == "proxy" for f in base) else NOT_SUPPORTED
    if newest is not None and newest.holds == NO:
        return REVISED
    confirmed = newest is not None and newest.holds == YES and not newest.is_headline
    return UNTESTABLE if all(f.is_headline for f in base) and not confirmed else SUPPORTED


def judge(claim: Claim, findings: Sequence[Finding]) -> Verdict:
    """The verdict on a claim, with what stands beside it.

    Args:
        claim: the claim.
        findings: all of its findings.
    """
    base, newest = base_of(findings), newest_of(findings)
    opposite = {YES: NO, NO: YES}.get(base[0].holds if len({f.holds for f in base}) == 1 else "")
    others = [f for f in findings if f.role == "alternative" and f.when != LATER and f.holds == opposite]
    return Verdict(
        claim=claim,
        verdict=decide(findings),
        flips=tuple(dict.fromkeys(f.definition for f in others)),
        later={YES: "holds", NO: "fails"}.get(newest.holds if newest else "", "none"),
        firmness=_firmness(base),
        faithful=_faithful(claim),
        findings=tuple(findings),
        base=base,
        newest=newest,
    )


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
    return YES if repeated or ledgers.fits(claim, headline.value) else NO


def audit(ledger: Path = ledgers.CLAIMS, tidy: Path = paths.TIDY, only: Sequence[str] = ()) -> list[Verdict]:
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
    claims = ledgers.claims(ledger)
    definitions = ledgers.definitions(beside(ledger), claims)
    unknown = [name for name in only if name not in {claim.id for claim in claims}]
    if unknown:
        raise InputError(
            f"no claim {unknown[0]!r}", where=ledger, column="id", expected=", ".join(claim.id for claim in claims)
        )
    rows = tables.committed() if tidy == paths.TIDY else tables.load(tidy)
    terms = [term for one in definitions for text in (one.terms, one.divided_by) for term in parse_terms(text)]
    asked = rows["series"].isin({term.series for term in terms}) & rows["area"].isin({term.area for term in terms})
    data = Data(rows[asked], registry.with_added(registry.releases(), registry.added(tidy)))
    return [judge(c, findings_of(c, definitions, data)) for c in claims if not only or c.id in only]


@cache
def committed() -> tuple[Verdict, ...]:
    """Every verdict on the committed ledger, worked out once: ``audit`` without arguments."""
    return tuple(audit())


def verdict_on(claim: str) -> Verdict:
    """The committed verdict on a claim.

    Raises:
        InputError: no such claim, with the nearest.
    """
    known = {verdict.claim.id: verdict for verdict in committed()}
    if claim not in known:
        near = difflib.get_close_matches(claim, known, n=3, cutoff=0.4) or list(known)[:3]
        raise InputError(
            f"no claim {claim!r}", where=ledgers.CLAIMS, column="id", expected=f"for instance {', '.join(near)}"
        )
    return known[claim]


def beside(ledger: Path) -> Path:
    """Where a ledger's definitions are: its name with ``definitions`` in the place of ``claims``."""
    return ledger.with_name(ledger.name.replace("claims", "definitions"))
