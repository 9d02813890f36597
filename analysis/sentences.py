"""Findings -> sentences: why a verdict is what it is, and one that can be cited.

Every number in them is a finding's or the claim's; nothing is typed here but the words between.
"""

import re
from collections.abc import Mapping, Sequence

from analysis import headlines
from analysis.claims import COMPARISONS, NO, NOT_TESTABLE, RELATIONS, UNKNOWN, YES, Claim
from analysis.outcomes import (
    CONTESTED,
    HEADLINE,
    LATER,
    STAND_IN,
    UNTESTABLE,
    Finding,
)
from analysis.sources import registry

PUBLISHERS = {
    "ucdp": "UCDP",
    "unhcr": "UNHCR",
    "unrwa": "UNRWA",
    "idmc": "IDMC",
    "worldbank": "World Bank",
    "vdc": "VDC",
    "security": "Security Council",
}
"""First word of a source's name -> how its publisher is called in running text."""


WHOLE = "events that run"
"""A coverage clause that tells how events were dated, not that any is left out."""


def number(value: float | None, unit: str) -> str:
    """A number as it stands in a sentence: grouped digits, or a percentage for a share; rounded first."""
    if value is None:
        return "unknown"
    if unit == "share":
        return f"{round(value * 100, 1):.1f} %"
    if unit == "rank":
        return f"no. {value:.0f}"
    return f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 1000 else f"{round(value, 1):,.1f}"


def vintage_text(vintages: Mapping[str, str]) -> str:
    """Where a number comes from: ``UCDP 5.0-2015, 2.5-2015, 1.4-2015``, or a headline's publisher and date."""
    if set(vintages) == {HEADLINE}:
        stated = next(h for h in headlines.load() if h.id == vintages[HEADLINE])
        return f"{stated.publisher}, as stated in {stated.published}"
    by_publisher: dict[str, list[str]] = {}
    for source, vintage in vintages.items():
        some = by_publisher.setdefault(PUBLISHERS[source.split("_")[0]], [])
        if vintage not in some:
            some.append(vintage)
    return " with ".join(f"{publisher} {', '.join(some)}" for publisher, some in by_publisher.items())


def finding_text(claim: Claim, finding: Finding) -> str:
    """One finding in a clause: its definition, its number with its band, what it is compared with, its source."""
    band = ""
    if finding.low is not None and finding.high is not None:
        band = f" (low {number(finding.low, claim.unit)}, high {number(finding.high, claim.unit)})"
    text = f"{finding.label}: {number(finding.value, claim.unit)}{_unit(claim)}{band}"
    if claim.relation in COMPARISONS and finding.reference is not None:
        text += f" against {number(finding.reference, claim.unit)} ({finding.against})"
    elif finding.against:
        text += f" ({finding.against})"
    partial = [c for c in finding.covers.split("; ") if c and not c.startswith(WHOLE) and not _is_whole(c)]
    covered = f" [{'; '.join(partial)}]" if partial else ""
    return f"{text}, {vintage_text(finding.vintages)}{covered}"


def _is_whole(clause: str) -> bool:
    """Whether a coverage clause says that nothing is left out (``best: 52 of 52 areas``)."""
    counted = re.search(r"(\d+) of (\d+)", clause)
    return counted is not None and counted[1] == counted[2]


def _unit(claim: Claim) -> str:
    return "" if claim.unit in ("share", "rank") else f" {claim.unit}"


def _answer(claim: Claim, finding: Finding) -> str:
    """Whether and how a finding fits the figure printed, with the ratio where the figure only bounds one side."""
    if finding.holds == UNKNOWN:
        return "which decides nothing"
    phrase = RELATIONS[claim.relation]
    negated = {"not below": "below", "above": "not above", "below": "not below"}.get(phrase, f"not {phrase}")
    words = phrase if finding.holds == YES else negated
    if claim.relation in COMPARISONS:
        return f"which is {'above it' if finding.holds == YES else 'not above it'}"
    if claim.relation in ("third", "majority"):
        return f"which is {words}"
    figure = finding.threshold if finding.threshold is not None else claim.value
    answer = f"which is {words} {number(figure, claim.unit)}"
    printed = claim.value if finding.threshold is None and claim.unit != "share" else None
    if claim.relation in ("over", "at_least") and printed and finding.value is not None:
        answer += f" ({finding.value / printed:.2f} times it)"
    return answer


def explain(
    claim: Claim,
    verdict: str,
    findings: Sequence[Finding],
    base: Sequence[Finding],
    flips: Sequence[str],
    newest: Finding | None,
) -> tuple[str, str]:
    """The reason of a verdict, and a sentence to cite.

    Args:
        claim: the claim.
        verdict: what was decided.
        findings: all of its findings.
        base: those that the verdict rests on.
        flips: the alternatives of the time that answer otherwise.
        newest: the newest later finding under the report's definition, if any.

    Returns:
        (reason, sentence).
    """
    if not findings or not base:
        why = _clean(claim.note or "No data here says yes or no")
        held = [finding_text(claim, f) for f in findings if f.when != LATER and f.value is not None]
        if held:
            lead = "For context" if claim.relation == NOT_TESTABLE else "What is held cannot decide it"
            why += f". {lead}: {'; '.join(held)}"
        return f"{_clean(why)}.", f"{_clean(claim.about)}: {UNTESTABLE} with the data held."
    parts = [_base_text(claim, base, verdict, findings)]
    if verdict == UNTESTABLE:
        parts.append("Only what publishers stated says so, and no data held can be put beside it")
    proxies = [f for f in base if f.fit == "proxy"]
    if proxies and len(proxies) == len(base):
        parts.append("The data counts something near the claim, not the same thing, so it is a proxy")
    elif proxies:
        parts.append(f"Proxies: {', '.join(dict.fromkeys(f.label for f in proxies))}")
    stand_ins = [f for f in base if f.when == STAND_IN]
    if stand_ins:
        names = ", ".join(dict.fromkeys(vintage_text(f.vintages) for f in stand_ins))
        parts.append(f"Where no release of the time is held, the nearest later one stands in: {names}")
    if flips:
        others = [f for f in findings if f.definition in flips and f.when != LATER]
        # The newest release of the time that answers otherwise, of each definition.
        lasts = {f.definition: f for f in others if f.holds not in (UNKNOWN, base[0].holds)}.values()
        parts.append(f"It answers otherwise by: {'; '.join(finding_text(claim, f) for f in lasts)}")
    if newest is not None and newest.value is not None:
        state = _later_state({f.holds for f in base}, newest.holds)
        parts.append(f"In the newest release it {state}: {finding_text(claim, newest)}")
    cited = _one_of_each(_data_first(base) or list(base))
    texts = "; ".join(finding_text(claim, f) for f in cited)
    sources = ". ".join(dict.fromkeys(citation(f.vintages) for f in cited))
    sentence = f"{claim.about}: {verdict}. {_sentence(texts)}. {sources}"
    return ". ".join(_sentence(part) for part in parts) + ".", f"{_clean(sentence)}."


def _later_state(before: set[str], now: str) -> str:
    """How the newest answer stands to that of the time."""
    if now not in (YES, NO):
        return "is left open"
    if before == {YES}:
        return "still holds" if now == YES else "no longer holds"
    if before == {NO}:
        return "holds" if now == YES else "does not hold either"
    return "holds" if now == YES else "does not hold"


def _one_of_each(findings: Sequence[Finding]) -> list[Finding]:
    """The first finding that says yes and the first that says no: a contested claim is cited with both."""
    return list({f.holds: f for f in reversed(findings)}.values())[::-1]


def _data_first(findings: Sequence[Finding]) -> list[Finding]:
    return [f for f in findings if not f.is_headline]


def _base_text(claim: Claim, base: Sequence[Finding], verdict: str, findings: Sequence[Finding]) -> str:
    lead = ""
    if base[0].role != "report":
        named = any(f.role == "report" for f in findings)
        lead = "The report's own definition decides nothing here" if named else "The report names no definition"
    said = {answer: [f for f in base if f.holds == answer] for answer in (YES, NO)}
    if verdict == CONTESTED and said[YES] and said[NO]:
        lead = f"{lead}, and the reasonable ones disagree. " if lead else ""
        return (
            f"{lead}Yes by {'; '.join(finding_text(claim, f) for f in said[YES])}. "
            f"No by {'; '.join(finding_text(claim, f) for f in said[NO])}"
        )
    shown = _data_first(base) or list(base)
    texts = [f"{finding_text(claim, f)}, {_answer(claim, f)}" for f in shown]
    stated = [f for f in base if f.is_headline and f not in shown]
    if stated:
        texts.append(f"stated by the publishers: {'; '.join(finding_text(claim, f) for f in stated)}")
    return (f"{lead}. " if lead else "") + _sentence("; ".join(texts))


def citation(vintages: Mapping[str, str]) -> str:
    """The citations of a specification's releases, each once, with the day by which they were out."""
    if set(vintages) == {HEADLINE}:
        stated = next(h for h in headlines.load() if h.id == vintages[HEADLINE])
        return f"Source: {stated.publisher}, {stated.title}, {stated.published}"
    known = {(release.source, release.vintage): release for release in registry.releases()}
    texts: list[str] = []
    for source, vintage in vintages.items():
        release = known.get((source, vintage))
        cited = f"{release.citation.rstrip('.')} [{vintage}, published {release.published}]" if release else ""
        text = cited or f"{source} {vintage}, an unverified file"
        if text not in texts:
            texts.append(text)
    return f"Source: {'; '.join(texts)}"


def _sentence(text: str) -> str:
    """Cleaned, with a capital at its beginning."""
    cleaned = _clean(text)
    return cleaned[:1].upper() + cleaned[1:]


def _clean(text: str) -> str:
    return " ".join(text.split()).rstrip(".")
