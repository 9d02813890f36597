"""Findings -> sentences: why a verdict is what it is, and one that can be cited, in any language.

Every number in them is a finding's or the claim's; nothing is typed here but the words between.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from analysis.audit import headlines
from analysis.audit.claims import COMPARISONS, NO, NOT_TESTABLE, UNKNOWN, YES, Claim
from analysis.audit.findings import HEADLINE, LATER, STAND_IN, Finding
from analysis.audit.verdicts import CONTESTED, NOT_SUPPORTED, REVISED, SUPPORTED, UNTESTABLE, Verdict
from analysis.data import registry
from analysis.tell import coverage
from analysis.tell.languages import Words


def publisher(words: Words, source: str) -> str:
    """How the publisher of a source is called in running text."""
    return {
        "ucdp": words("UCDP"),
        "unhcr": words("UNHCR"),
        "unrwa": words("UNRWA"),
        "idmc": words("IDMC"),
        "worldbank": words("World Bank"),
        "un": words("UN Population Division"),
        "vdc": words("VDC"),
        "security": words("Security Council"),
    }[source.split("_")[0]]


def publisher_in_full(words: Words, source: str) -> str:
    """How the publisher of a source is called at first mention."""
    return {
        "ucdp": words("Uppsala Conflict Data Program (UCDP)"),
        "unhcr": words("UN Refugee Agency (UNHCR)"),
        "unrwa": words("UNRWA"),
        "idmc": words("Internal Displacement Monitoring Centre (IDMC)"),
        "worldbank": words("World Bank"),
        "un": words("UN Population Division"),
        "vdc": words("Violations Documentation Center (VDC)"),
        "security": words("Dag Hammarskjöld Library"),
    }[source.split("_")[0]]


def verdict_names(words: Words) -> dict[str, str]:
    """Verdict -> its name."""
    return {
        SUPPORTED: words("supported"),
        REVISED: words("revised"),
        CONTESTED: words("contested"),
        NOT_SUPPORTED: words("not supported"),
        UNTESTABLE: words("not testable"),
    }


def number(words: Words, value: float | None, unit: str) -> str:
    """A number as it stands in a sentence: grouped digits, or a percentage for a share; rounded first."""
    if value is None:
        return words("unknown")
    if unit == "share":
        return words.percent(value)
    if unit == "rank":
        return words("no. {place}", place=words.number(value))
    return words.number(value, 0 if float(value).is_integer() or abs(value) >= 1000 else 1)


def amount(words: Words, value: float | None, unit: str) -> str:
    """A number with what it counts."""
    shown = number(words, value, unit)
    if value is None or unit in ("", "share", "rank"):
        return shown
    count = round(abs(value))
    counted = {
        "deaths": words.plural("{amount} death", "{amount} deaths", count, amount=shown),
        "persons": words.plural("{amount} person", "{amount} persons", count, amount=shown),
        "actors": words.plural("{amount} actor", "{amount} actors", count, amount=shown),
        "years": words.plural("{amount} year", "{amount} years", count, amount=shown),
        "drafts": words.plural("{amount} draft", "{amount} drafts", count, amount=shown),
        "states": words.plural("{amount} state", "{amount} states", count, amount=shown),
        "resolutions": words.plural("{amount} resolution", "{amount} resolutions", count, amount=shown),
    }
    return counted.get(unit, f"{shown} {unit}")


def by_publisher(words: Words, releases: Sequence[tuple[str, str]]) -> list[str]:
    """Releases by their publisher, each once: ``UCDP 5.0-2015, 2.5-2015, 1.4-2015``."""
    named: dict[str, list[str]] = {}
    for source, vintage in releases:
        some = named.setdefault(publisher(words, source), [])
        if vintage not in some:
            some.append(vintage)
    return [f"{name} {words.enumerated(some)}" for name, some in named.items()]


def vintage_text(words: Words, vintages: Mapping[str, str]) -> str:
    """Where a number comes from: publishers with their releases, or a headline's publisher and date."""
    if set(vintages) == {HEADLINE}:
        stated = headlines.by_id(vintages[HEADLINE])
        return words("{publisher}, stated {date}", publisher=words(stated.publisher), date=words.date(stated.published))
    text, *others = by_publisher(words, list(vintages.items()))
    for other in others:
        text = words("{source} with {other}", source=text, other=other)
    return text


def finding_text(words: Words, claim: Claim, finding: Finding) -> str:
    """One finding in a clause: its definition, its number with its band, what it is compared with, its source."""
    value = amount(words, finding.value, claim.unit)
    against = coverage.compared(words, finding.reference)
    if finding.low is not None and finding.high is not None:
        low, high = number(words, finding.low, claim.unit), number(words, finding.high, claim.unit)
        value = words("{value} (low {low}, high {high})", value=value, low=low, high=high)
    if claim.relation in COMPARISONS and finding.compared_with is not None:
        reference = number(words, finding.compared_with, claim.unit)
        value = words("{value} against {reference} ({against})", value=value, reference=reference, against=against)
    elif against:
        value = words("{value} ({against})", value=value, against=against)
    text = words(
        "{label}: {value}, {release}",
        label=words(finding.label),
        value=value,
        release=vintage_text(words, finding.vintages),
    )
    gaps = coverage.left_out(words, finding.coverage)
    return words("{finding} [{gaps}]", finding=text, gaps=words.listed(gaps)) if gaps else text


def _answer(words: Words, claim: Claim, finding: Finding) -> str:
    """Whether and how a finding fits the figure printed, with the ratio where the figure only bounds one side."""
    if finding.holds == UNKNOWN:
        return words("which decides nothing")
    fits = finding.holds == YES
    if claim.relation in COMPARISONS:
        return words("which is above it") if fits else words("which is not above it")
    if claim.relation == "majority":
        return words("which is above one half") if fits else words("which is not above one half")
    if claim.relation == "third":
        if fits:
            return words("which is nearer to a third than to a quarter or two fifths")
        return words("which is not nearer to a third than to a quarter or two fifths")
    figure = number(words, finding.threshold if finding.threshold is not None else claim.value, claim.unit)
    if claim.relation == "about":
        if fits:
            return words("which is within one unit of {figure}", figure=figure)
        return words("which is not within one unit of {figure}", figure=figure)
    if claim.relation == "plain":
        if fits:
            return words("which is within half a unit of {figure}", figure=figure)
        return words("which is not within half a unit of {figure}", figure=figure)
    below = (claim.relation == "under") == fits
    answer = words("which is below {figure}", figure=figure)
    if not below:
        answer = words("which is not below {figure}", figure=figure)
    printed = claim.value if finding.threshold is None and claim.unit != "share" else None
    if claim.relation in ("over", "at_least") and printed and finding.value is not None:
        return words("{answer} ({times} times it)", answer=answer, times=words.number(finding.value / printed, 2))
    return answer


def reason(words: Words, verdict: Verdict) -> str:
    """Why a verdict is what it is: what it rests on, what stands against it, and what came later."""
    claim, base = verdict.claim, verdict.base
    if not base:
        return _no_reason(words, verdict)
    parts = _ground(words, verdict)
    if verdict.verdict == UNTESTABLE:
        parts.append(words("Only what publishers stated says so, and no data held can be put beside it"))
    proxies = [f for f in base if f.fit == "proxy"]
    if proxies and len(proxies) == len(base):
        parts.append(words("The data counts something near the claim, not the same thing, so it is a proxy"))
    elif proxies:
        labels = dict.fromkeys(words(f.label) for f in proxies)
        parts.append(words("Proxies: {definitions}", definitions=words.enumerated(labels)))
    stand_ins = [f for f in base if f.when == STAND_IN]
    if stand_ins:
        names = dict.fromkeys(vintage_text(words, f.vintages) for f in stand_ins)
        parts.append(
            words(
                "Where no release of the time is held, the nearest later one stands in: {releases}",
                releases=words.enumerated(names),
            )
        )
    if verdict.flips:
        others = [f for f in verdict.findings if f.definition in verdict.flips and f.when != LATER]
        # The newest release of the time that answers otherwise, of each definition.
        lasts = {f.definition: f for f in others if f.holds not in (UNKNOWN, base[0].holds)}.values()
        parts.append(words("It answers otherwise by: {findings}", findings=_texts(words, claim, lasts)))
    newest = verdict.newest
    if newest is not None and newest.value is not None:
        before = {f.holds for f in base}
        parts.append(_later(words, before, newest.holds, finding_text(words, claim, newest)))
    return _run(words, parts)


def sentence(words: Words, verdict: Verdict) -> str:
    """A sentence to cite: the statement, the verdict, the numbers that it rests on and their sources."""
    claim, base = verdict.claim, verdict.base
    about = words(claim.about)
    if not base:
        return _run(words, [words("{statement}: not testable with the data held", statement=about)])
    cited = _one_of_each(_data_first(base))
    parts = [
        words("{statement}: {verdict}", statement=about, verdict=verdict_names(words)[verdict.verdict]),
        _texts(words, claim, cited),
        *dict.fromkeys(citation(words, f.vintages) for f in cited),
    ]
    return _run(words, parts)


def _texts(words: Words, claim: Claim, findings: Iterable[Finding]) -> str:
    return words.listed(finding_text(words, claim, f) for f in findings)


def _no_reason(words: Words, verdict: Verdict) -> str:
    claim = verdict.claim
    parts = [words(claim.note) if claim.note else words("No data here says yes or no")]
    held = [f for f in verdict.findings if f.when != LATER and f.value is not None]
    if held:
        texts = _texts(words, claim, held)
        if claim.relation == NOT_TESTABLE:
            parts.append(words("For context: {findings}", findings=texts))
        else:
            parts.append(words("What is held cannot decide it: {findings}", findings=texts))
    return _run(words, parts)


def _later(words: Words, before: set[str], now: str, finding: str) -> str:
    """How the newest answer stands to that of the time."""
    if now not in (YES, NO):
        return words("In the newest release it is left open: {finding}", finding=finding)
    if now == YES and before == {YES}:
        return words("In the newest release it still holds: {finding}", finding=finding)
    if now == YES:
        return words("In the newest release it holds: {finding}", finding=finding)
    if before == {YES}:
        return words("In the newest release it no longer holds: {finding}", finding=finding)
    if before == {NO}:
        return words("In the newest release it does not hold either: {finding}", finding=finding)
    return words("In the newest release it does not hold: {finding}", finding=finding)


def _one_of_each(findings: Sequence[Finding]) -> list[Finding]:
    """The first finding that says yes and the first that says no: a contested claim is cited with both."""
    return list({f.holds: f for f in reversed(findings)}.values())[::-1]


def _data_first(findings: Sequence[Finding]) -> list[Finding]:
    """Those that are data; all of them if none is."""
    return [f for f in findings if not f.is_headline] or list(findings)


def _ground(words: Words, verdict: Verdict) -> list[str]:
    """Whose definition it is, and what the findings say that the verdict rests on."""
    claim, base = verdict.claim, verdict.base
    said = {answer: [f for f in base if f.holds == answer] for answer in (YES, NO)}
    both = verdict.verdict == CONTESTED and bool(said[YES]) and bool(said[NO])
    lead = []
    if base[0].role != "report":
        if any(f.role == "report" for f in verdict.findings):
            silent = words("The report's own definition decides nothing here")
            split = words("The report's own definition decides nothing here, and the reasonable ones disagree")
        else:
            silent = words("The report names no definition")
            split = words("The report names no definition, and the reasonable ones disagree")
        lead = [split if both else silent]
    if both:
        return [
            *lead,
            words("Yes by {findings}", findings=_texts(words, claim, said[YES])),
            words("No by {findings}", findings=_texts(words, claim, said[NO])),
        ]
    shown = _data_first(base)
    texts = [
        words("{finding}, {answer}", finding=finding_text(words, claim, f), answer=_answer(words, claim, f))
        for f in shown
    ]
    stated = [f for f in base if f.is_headline and f not in shown]
    if stated:
        texts.append(words("stated by the publishers: {findings}", findings=_texts(words, claim, stated)))
    return [*lead, words.listed(texts)]


def citation(words: Words, vintages: Mapping[str, str]) -> str:
    """The citations of a specification's releases, each once, with the day by which they were out."""
    if set(vintages) == {HEADLINE}:
        stated = headlines.by_id(vintages[HEADLINE])
        return words("Source: {sources}", sources=f"{stated.publisher}, {stated.title}, {stated.published}")
    known = {(release.source, release.vintage): release for release in registry.releases()}
    texts: dict[str, None] = {}
    for source, vintage in vintages.items():
        release = known.get((source, vintage))
        if release is None:
            texts[words("{source} {vintage}, an unverified file", source=source, vintage=vintage)] = None
        else:
            cited = release.citation.rstrip(".")
            shown = {"citation": cited, "vintage": vintage, "date": release.published}
            texts[words("{citation} [{vintage}, published {date}]", **shown)] = None
    return words("Source: {sources}", sources=words.listed(texts))


def _run(words: Words, parts: Iterable[str]) -> str:
    """Texts as sentences in one line, each with a capital at its beginning and a stop at its end."""
    cleaned = (re.sub(" +", " ", part).strip(" ").rstrip(".。") for part in parts)
    return words.run(words("{sentence}.", sentence=text[:1].upper() + text[1:]) for text in cleaned)
