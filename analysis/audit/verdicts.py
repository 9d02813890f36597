"""Findings -> verdicts. The rule is ``decide``, and no other code decides anything.

The rules are the design's. A verdict rests on the best estimates, and on the report's own
definition where that can speak; the alternatives show whether the answer hangs on it.
"""

import datetime
import difflib
import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.audit import headlines, reports
from analysis.audit.claims import ALTERNATIVE, DIRECT, NO, REPORT, STRADDLES, UNKNOWN, YES, Claim, Report, fits
from analysis.audit.findings import LATER, Finding, findings_of, timed
from analysis.audit.measures import RANK_AREAS, Data
from analysis.data import registry, tables
from analysis.errors import InputError

SUPPORTED, CONSISTENT, CONTESTED = "supported", "consistent", "contested"
NOT_SUPPORTED, NOT_BORNE_OUT = "not supported", "not borne out"
NO_LONGER, UNTESTABLE = "no longer supported", "not testable"
VERDICTS = (SUPPORTED, CONSISTENT, CONTESTED, NOT_SUPPORTED, NOT_BORNE_OUT, NO_LONGER, UNTESTABLE)

HOLDS, FAILS, MIXED, NONE = "holds", "fails", "mixed", "none"
FIRM, WITHIN, UNKNOWN_BAND = "firm", "within the band", "band unknown"
DEFINITION, RELEASE, ESTIMATE = "definition", "release", "estimate"


@dataclass(frozen=True)
class Moves:
    """The choice (definition, release or estimate) that moves the answer most, and how often it does.

    ``turned`` of ``pairs`` of findings that differ in that choice alone answer otherwise.
    """

    choice: str
    turned: int
    pairs: int

    @property
    def share(self) -> float:
        """The part of the pairs that answer otherwise."""
        return self.turned / self.pairs


@dataclass(frozen=True)
class Verdict:
    """A claim with its findings and what follows from them.

    ``base`` are the findings that the verdict rests on, ``laters`` the newest later one of each of
    their definitions; ``rests_on`` are the days by which the base's data was out.
    """

    claim: Claim
    report: Report = field(repr=False)
    verdict: str
    rests_on: tuple[str, ...]
    flips: tuple[str, ...]
    later: str
    firmness: str
    faithful: str
    moves_most: Moves | None
    findings: tuple[Finding, ...] = field(repr=False)
    base: tuple[Finding, ...] = field(repr=False)
    laters: tuple[Finding, ...] = field(repr=False)

    @property
    def cited(self) -> Finding | None:
        """The finding whose number stands for the verdict: the first that is data, else a publisher's headline."""
        return cited_of(self.base)

    @property
    def sides(self) -> list[Finding]:
        """Whose numbers stand for it, as ``sides_of`` gives them."""
        return sides_of(self.base)

    @property
    def newest(self) -> Finding | None:
        """The newest later finding of the definitions that it rests on."""
        return max(self.laters, key=lambda finding: finding.age, default=None)

    @property
    def is_verified(self) -> bool:
        """Whether all that it and ``later`` rest on is of releases that are registered."""
        return all(finding.is_verified for finding in (*self.base, *self.laters))

    @property
    def is_split(self) -> bool:
        """Whether the findings that it rests on disagree."""
        return {f.holds for f in self.base} == {YES, NO}

    @property
    def is_by_proxy(self) -> bool:
        """Whether nothing that it rests on is the thing stated."""
        return bool(self.base) and all(f.fit != DIRECT for f in self.base)

    @property
    def is_negative(self) -> bool:
        """Whether it goes against the statement."""
        return self.verdict in (NOT_SUPPORTED, NOT_BORNE_OUT, NO_LONGER)

    @property
    def answers(self) -> dict[str, set[str]]:
        """Definition -> what its findings of the time answer."""
        found: dict[str, set[str]] = {}
        for finding in self.findings:
            if finding.when != LATER and finding.answers:
                found.setdefault(finding.definition, set()).add(finding.holds)
        return found


def base_of(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What a verdict rests on.

    What answers and is of the time (stand-ins included), under the report's definition, or else under
    the alternatives; of these the direct ones, or else the proxies.
    """
    timely = [f for f in findings if f.when != LATER and f.answers]
    chosen = [f for f in timely if f.role == REPORT] or timely
    return tuple([f for f in chosen if f.fit == DIRECT] or chosen)


def cited_of(base: Sequence[Finding]) -> Finding | None:
    """The finding whose number stands for what a verdict rests on: the first that is data, else a headline."""
    return next((f for f in base if not f.is_headline), base[0] if base else None)


def sides_of(base: Sequence[Finding]) -> list[Finding]:
    """Whose numbers stand for what a verdict rests on: the cited one; if it is split, one of each side, yes first."""
    by_answer = [[finding for finding in base if finding.holds == answer] for answer in (YES, NO)]
    sides = by_answer if all(by_answer) else [base]
    return [cited for side in sides if (cited := cited_of(side)) is not None]


def laters_of(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The newest later finding that answers, of each definition in the base."""
    names = {f.definition for f in base_of(findings)}
    later = [f for f in findings if f.definition in names and f.when == LATER and f.answers]
    return tuple({f.definition: f for f in sorted(later, key=lambda finding: finding.age)}.values())


def decide(findings: Sequence[Finding]) -> str:
    """The verdict that follows from a claim's findings.

    Returns:
        One of ``VERDICTS``.
    """
    base = base_of(findings)
    answers = {f.holds for f in base}
    if not answers:
        return UNTESTABLE
    if answers == {YES, NO}:
        return CONTESTED
    direct = any(f.fit == DIRECT for f in base)
    if answers == {NO}:
        return NOT_SUPPORTED if direct else NOT_BORNE_OUT
    if not direct:
        return CONSISTENT
    return NO_LONGER if _later(findings) == FAILS else SUPPORTED


def _later(findings: Sequence[Finding]) -> str:
    answers = {f.holds for f in laters_of(findings)}
    return {frozenset(): NONE, frozenset([YES]): HOLDS, frozenset([NO]): FAILS}.get(frozenset(answers), MIXED)


def judge(claim: Claim, report: Report, findings: Sequence[Finding]) -> Verdict:
    """The verdict on a claim, with what stands beside it.

    Args:
        claim: the claim.
        report: that states it.
        findings: all of its findings.
    """
    base = base_of(findings)
    opposite = {YES: NO, NO: YES}.get(base[0].holds if len({f.holds for f in base}) == 1 else "")
    others = [f for f in findings if f.role == ALTERNATIVE and f.when != LATER and f.answers and f.holds == opposite]
    return Verdict(
        claim=claim,
        report=report,
        verdict=decide(findings),
        rests_on=tuple(sorted({day for f in base for day in f.published})),
        flips=tuple(dict.fromkeys(f.definition for f in others)),
        later=_later(findings),
        firmness=_firmness(base),
        faithful=_faithful(claim),
        moves_most=moves_most(findings),
        findings=tuple(findings),
        base=base,
        laters=laters_of(findings),
    )


def _firmness(base: Sequence[Finding]) -> str:
    bands = {f.band for f in base if not f.is_headline} or {f.band for f in base}
    if STRADDLES in bands:
        return WITHIN
    return FIRM if bands and UNKNOWN not in bands else UNKNOWN_BAND


def _faithful(claim: Claim) -> str:
    """Whether what the source states is enough for what the report states: the figure, and the word that bounds it."""
    if not claim.headline or claim.value is None:
        return UNKNOWN
    source = headlines.by_id(claim.headline, claim.id)
    if (source.relation, source.value) == (claim.relation, claim.value):
        return YES
    if claim.relation in ("over", "at_least"):
        enough = source.relation != "under" and source.value > claim.value
    else:
        enough = source.relation == "plain" and fits(claim, source.value)
    return YES if enough else NO


def moves_most(findings: Sequence[Finding]) -> Moves | None:
    """The one choice that moves the answer most; None if none does.

    Of all pairs of findings that differ in that choice alone and both answer, those whose answers
    differ. Two definitions differ alone where what both read is of the same releases; of an estimate,
    the best is held against low to high.
    """
    answering = [f for f in findings if f.answers]
    pairs = list(itertools.combinations(answering, 2))
    counted = {
        DEFINITION: [a.holds != b.holds for a, b in pairs if a.definition != b.definition and _same_releases(a, b)],
        RELEASE: [a.holds != b.holds for a, b in pairs if a.definition == b.definition],
        ESTIMATE: [f.band != f.holds for f in answering if f.band != UNKNOWN],
    }
    moves = [Moves(choice, sum(turned), len(turned)) for choice, turned in counted.items() if any(turned)]
    return max(moves, key=lambda one: one.share, default=None)


def _same_releases(one: Finding, other: Finding) -> bool:
    shared = one.vintages.keys() & other.vintages.keys()
    return bool(shared) and all(one.vintages[source] == other.vintages[source] for source in shared)


def chosen(verdict: Verdict, definitions: Collection[str], until: datetime.date | None = None) -> list[Finding]:
    """The findings that there were if only some definitions, and the releases up to a date, were there.

    Args:
        verdict: on a claim.
        definitions: names of the definitions that are in.
        until: the date after which no release exists; the report's own date does not move.
    """
    last = "9999" if until is None else until.isoformat()
    some = [f for f in verdict.findings if f.definition in definitions and (not f.published or f.published[0] <= last)]
    return timed(some, verdict.report.date)


def under(verdict: Verdict, definitions: Collection[str], until: datetime.date | None = None) -> str:
    """The verdict under the choice of which ``chosen`` gives the findings."""
    return decide(chosen(verdict, definitions, until))


def days(verdict: Verdict) -> list[datetime.date]:
    """The days on which something came out that a finding is made of, the first to the last."""
    return sorted({datetime.date.fromisoformat(f.published[0]) for f in verdict.findings if f.published})


def choices(verdict: Verdict) -> Iterator[tuple[tuple[str, ...], datetime.date, str]]:
    """The verdict under every choice of definitions and of a last release: definitions, date, verdict."""
    names = tuple(dict.fromkeys(f.definition for f in verdict.findings))
    for size in range(len(names) + 1):
        for some in itertools.combinations(names, size):
            for last in days(verdict):
                yield some, last, under(verdict, some, last)


def audit(report: str | Path = reports.FIRST, tidy: Path = paths.TIDY, only: Sequence[str] = ()) -> list[Verdict]:
    """Test every claim of a report, or those named.

    Args:
        report: its id, or a folder that holds its ledger.
        tidy: the folder with the tidy tables.
        only: ids of claims, or of lists; all by default.

    Returns:
        One verdict a claim, in the ledger's order.

    Raises:
        InputError: an unknown claim, or a ledger that cannot be read.
    """
    found = reports.load(report)
    names = {claim.id for claim in found.claims} | {_list_of(claim) for claim in found.claims}
    for name in only:
        if name not in names:
            raise InputError(f"no claim {name!r} in {found.id}", expected=_near(name, names))
    rows = tables.committed() if tidy == registry.in_use() else tables.load(tidy)
    wanted = [claim for claim in found.claims if not only or claim.id in only or _list_of(claim) in only]
    terms = [term for claim in wanted for one in claim.definitions for term in one.all_terms]
    _check_held(wanted, rows)
    # With the world's rows, which say what years a release covers; a place among areas needs all of them.
    places = {"WLD", *(term.area for term in terms)}
    asked = rows["series"].isin({term.series for term in terms})
    if not any(one.measure == RANK_AREAS for claim in wanted for one in claim.definitions):
        asked &= rows["area"].isin(places)
    data = Data(rows[asked], registry.with_added(registry.releases(), registry.added(tidy)))
    return [judge(claim, found, findings_of(claim, found, data)) for claim in wanted]


def _check_held(wanted: Sequence[Claim], rows: pd.DataFrame) -> None:
    """Refuse a term whose series, in its role, is in none of its sources or in several of them."""
    held = set(rows[["series", "source", "role"]].drop_duplicates().itertuples(index=False, name=None))
    for claim in wanted:
        for one in claim.definitions:
            for term in one.all_terms:
                named = (term.source,) if term.source else one.sources
                found = {(s, r) for series, s, r in held if series == term.series and s in named}
                if len({source for source, _ in found}) != 1:
                    what = f"{claim.id} {one.definition}: {term.series} is in {len(found)} of {', '.join(named)}"
                    raise InputError(what, expected="exactly one of the sources", do="name it: SERIES from SOURCE")
                if term.role and term.role not in {role for _, role in found}:
                    raise InputError(
                        f"{claim.id} {one.definition}: {term.series} is not by {term.role}",
                        expected=", ".join(sorted({role for _, role in found})),
                    )


def _list_of(claim: Claim) -> str:
    """The id of the list that a claim is a member of; its own where it is none."""
    return claim.member_of or claim.id


def _near(name: str, names: Collection[str]) -> str:
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.4) or sorted(names)[:3]
    return f"for instance {', '.join(near)}"


@registry.once
def committed(report: str = reports.FIRST) -> tuple[Verdict, ...]:
    """Every verdict on a report of the ledger, worked out once, by the tables in use."""
    return tuple(audit(report, registry.in_use()))


def verdict_on(claim: str) -> Verdict:
    """The committed verdict on a claim, of whichever report.

    Raises:
        InputError: no such claim, with the nearest.
    """
    report = reports.claim(claim).report
    return next(verdict for verdict in committed(report) if verdict.claim.id == claim)
