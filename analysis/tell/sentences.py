"""Findings -> sentences: why a verdict is what it is, and one that can be cited, in any language.

Every number in them is a finding's or the claim's; nothing is typed here but the words between.
"""

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from analysis.audit import headlines
from analysis.audit.claims import CEILING, COMPARISONS, NO, UNKNOWN, YES, Claim
from analysis.audit.findings import BOUNDED, LATER, STAND_IN, THEN, Finding
from analysis.audit.measures import HEADLINE
from analysis.audit.verdicts import (
    CONSISTENT,
    CONTESTED,
    FAILS,
    HOLDS,
    NO_LONGER,
    NONE,
    NOT_BORNE_OUT,
    NOT_SUPPORTED,
    SUPPORTED,
    UNTESTABLE,
    WITHIN,
    Verdict,
)
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
        CONSISTENT: words("consistent"),
        CONTESTED: words("contested"),
        NOT_SUPPORTED: words("not supported"),
        NOT_BORNE_OUT: words("not borne out"),
        NO_LONGER: words("no longer supported"),
        UNTESTABLE: words("not testable"),
    }


def statement(words: Words, claim: Claim) -> str:
    """What a claim states; the place before it where it is a list's member."""
    about = words(claim.about)
    return words("{place}: {statement}", place=words.area(claim.area), statement=about) if claim.member_of else about


def number(words: Words, value: float | None, unit: str) -> str:
    """A number as it stands in a sentence: grouped digits, or a percentage for a share; rounded first."""
    if value is None:
        return words("unknown")
    if unit == "share":
        return words.percent(value)
    if unit == "rank":
        return words("no. {place}", place=words.number(value))
    return words.number(value, decimals(value))


def decimals(value: float) -> int:
    """How many a number is printed with in a sentence."""
    return 0 if float(value).is_integer() or abs(value) >= 1000 else 1


def amount(words: Words, value: float | None, unit: str, most: float | None = None) -> str:
    """A number with what it counts; from one to another, if it is known only to lie between them."""
    shown = number(words, value, unit)
    if most is not None and most != value:
        value, shown = most, words("{least}–{most}", least=shown, most=number(words, most, unit))
    if value is None or unit in ("", "share", "rank"):
        return shown
    plural = functools.partial(words.plural, count=value, decimals=decimals(value), amount=shown)
    counted = {
        "deaths": lambda: plural("{amount} death", "{amount} deaths"),
        "persons": lambda: plural("{amount} person", "{amount} people"),
        "actors": lambda: plural("{amount} actor", "{amount} actors"),
        "years": lambda: plural("{amount} year", "{amount} years"),
        "drafts": lambda: plural("{amount} draft", "{amount} drafts"),
        "states": lambda: plural("{amount} state", "{amount} states"),
        "resolutions": lambda: plural("{amount} resolution", "{amount} resolutions"),
        "displacements": lambda: plural("{amount} displacement", "{amount} displacements"),
        "applications": lambda: plural("{amount} application", "{amount} applications"),
        "one_in": lambda: words("one in {amount}", amount=shown),
        "per_thousand": lambda: words("{amount} to a thousand", amount=shown),
        "per_minute": lambda: words("{amount} a minute", amount=shown),
        "times": lambda: words("{amount} times", amount=shown),
        "conflicts": lambda: plural("{amount} conflict", "{amount} conflicts"),
    }
    return counted[unit]() if unit in counted else f"{shown} {unit}"


def by_publisher(
    words: Words, releases: Sequence[tuple[str, str]], name: Callable[[Words, str], str] = publisher
) -> list[str]:
    """Releases by their publisher, as ``name`` calls it, each once: ``UCDP 5.0-2015, 2.5-2015, 1.4-2015``."""
    named: dict[str, list[str]] = {}
    for source, vintage in releases:
        some = named.setdefault(name(words, source), [])
        shown = words("{source} (unverified)", source=vintage) if registry.unverified([(source, vintage)]) else vintage
        if shown not in some:
            some.append(shown)
    return [f"{who} {words.enumerated(some)}" for who, some in named.items()]


def vintage_text(words: Words, vintages: Mapping[str, str]) -> str:
    """Where a number comes from: publishers with their releases, and what publishers stated."""
    texts = by_publisher(words, [item for item in vintages.items() if item[0] != HEADLINE])
    for stated in headlines.stated(vintages.get(HEADLINE, "")):
        shown = {"publisher": words(stated.publisher), "date": words.date(stated.published)}
        texts.append(words("{publisher}, stated {date}", **shown))
    if not texts:
        return words("no release here")
    text, *others = texts
    for other in others:
        text = words("{source} with {other}", source=text, other=other)
    return text


def dated(words: Words, finding: Finding) -> str:
    """Where a number comes from, for a reader: the publishers and the month of the data, without releases' codes."""
    texts = []
    for date, names in _by_month(_releases(words, finding)):
        texts.append(words("{publishers}, data of {date}", publishers=words.enumerated(names), date=words.date(date)))
    stated = headlines.stated(finding.vintages.get(HEADLINE, ""))
    for date, names in _by_month((words(one.publisher), one.available_by.isoformat()) for one in stated):
        texts.append(words("{publishers}, stated {date}", publishers=words.enumerated(names), date=words.date(date)))
    text = words.listed(texts)
    text = text if finding.is_verified else words("{source} (unverified)", source=text)
    return words("{source}, the nearest after the report", source=text) if finding.when == STAND_IN else text


def _releases(words: Words, finding: Finding) -> list[tuple[str, str]]:
    """The publishers of a finding's releases, each with the day by which the release was out."""
    known = registry.by_key(registry.releases())
    releases = [item for item in finding.vintages.items() if item[0] != HEADLINE]
    days = [known[item].available_by.isoformat() if item in known else finding.published[0] for item in releases]
    return [(publisher(words, item[0]), day) for item, day in zip(releases, days, strict=True)]


def _by_month(dated_names: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Months (YYYY-MM), the first to the last, each with the names of which it is the last."""
    last: dict[str, str] = {}
    for name, day in dated_names:
        last[name] = max(day[:7], last.get(name, ""))
    return [(month, [name for name, its in last.items() if its == month]) for month in sorted({*last.values()})]


def finding_text(words: Words, claim: Claim, finding: Finding) -> str:
    """One finding in a clause: its definition, its number with its band, what it is compared with, its source."""
    value = stated_amount(words, finding)
    against = coverage.compared(words, finding.reference)
    if finding.low is not None and finding.high is not None:
        low, high = number(words, finding.low, finding.unit), number(words, finding.high, finding.unit)
        value = words("{value} (low {low}, high {high})", value=value, low=low, high=high)
    if claim.relation in COMPARISONS and finding.compared_with is not None:
        reference = number(words, finding.compared_with, finding.unit)
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


def stated_amount(words: Words, finding: Finding) -> str:
    """A finding's number with what it counts; of a publisher's figure with the word that bounds it."""
    value = amount(words, finding.value, finding.unit, finding.estimate.ceiling)
    if finding.bound == CEILING:
        return words("at most {amount}", amount=value)
    relation = headlines.by_id(finding.vintages[HEADLINE]).relation if _is_one_headline(finding) else "plain"
    return {
        "over": words("more than {amount}", amount=value),
        "at_least": words("at least {amount}", amount=value),
        "under": words("fewer than {amount}", amount=value),
        "about": words("about {amount}", amount=value),
    }.get(relation, value)


def _is_one_headline(finding: Finding) -> bool:
    return finding.is_headline and len(headlines.stated(finding.vintages[HEADLINE])) == 1


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
    figure = number(words, finding.threshold if finding.threshold is not None else claim.value, finding.unit)
    if fits and finding.value == finding.estimate.ceiling == (finding.threshold or claim.value):
        return words("as stated") if claim.relation == "plain" else words("which is exactly {figure}", figure=figure)
    if finding.unit == "rank":
        return words("which is not {figure}", figure=figure)
    if claim.relation in ("about", "plain"):
        unit = claim.parts * claim.last_digit / 2 if claim.relation == "plain" else claim.last_digit
        tolerance = number(words, unit, finding.unit)
        if finding.unit == "share":
            tolerance = words.plural("{count} percentage point", "{count} percentage points", 100 * unit, 1)
        if fits:
            return words("which is within {tolerance} of {figure}", tolerance=tolerance, figure=figure)
        return words("which is not within {tolerance} of {figure}", tolerance=tolerance, figure=figure)
    if (claim.relation == "under") == fits:
        return words("which is below {figure}", figure=figure)
    least = finding.threshold if finding.threshold is not None else claim.value
    if finding.value is not None and least is not None and finding.value > least:
        return words("which is above {figure}", figure=figure)
    return words("which is not below {figure}", figure=figure)


def reason(words: Words, verdict: Verdict) -> str:
    """Why a verdict is what it is: newer data where it says otherwise, the number and its date, caveats.

    No sentence is longer than 45 words in English; the whole grid stands elsewhere.
    """
    claim = verdict.claim
    if not verdict.base:
        parts = _notes(words, claim) or [words("No data here says yes or no")]
        parts += [words("For context: {finding}", finding=ground(words, claim, f)) for f in _nearest(verdict)[:2]]
        return _run(words, parts)
    parts = [_newer(words, verdict)] if _is_contradicted(verdict) else []
    parts += _grounds(words, verdict)
    parts += _range(words, verdict)
    parts += _notes(words, claim)
    parts += _caveat(words, verdict)
    if verdict.is_negative and YES not in {f.holds for f in verdict.base}:
        parts += _for_it(words, verdict)
    if verdict.later != NONE and not _is_contradicted(verdict):
        parts.append(_agrees(words, verdict))
    return _run(words, parts)


def _nearest(verdict: Verdict) -> list[Finding]:
    """Of each definition the finding with a number nearest to the report's date: the last of the time, if any."""
    shown = [f for f in verdict.findings if f.value is not None]
    later = {f.definition: f for f in reversed(shown) if f.when != THEN}
    then = {f.definition: f for f in shown if f.when == THEN}
    return [then.get(name) or later[name] for name in dict.fromkeys(f.definition for f in shown)]


def _notes(words: Words, claim: Claim) -> list[str]:
    """What a reader should know of a claim, and, of a list's member, of it alone."""
    return [words(note) for note in (claim.note, claim.event.note if claim.event else "") if note]


def ground(words: Words, claim: Claim, finding: Finding) -> str:
    """One finding as a reader wants it: what is counted, the number, whether it fits, publisher and date."""
    shown = {"label": words(finding.label), "value": stated_amount(words, finding), "source": dated(words, finding)}
    if claim.relation in COMPARISONS and finding.compared_with is not None:
        return words("{label}: {value} against {reference} ({source})", reference=_compared(words, finding), **shown)
    if finding.answers:
        return words("{label}: {value}, {answer} ({source})", answer=_answer(words, claim, finding), **shown)
    if finding.decides and finding.why == BOUNDED:
        return words("{label}: {value}, which leaves it open ({source})", **shown)
    return words("{label}: {value} ({source})", **shown)


def _compared(words: Words, finding: Finding) -> str:
    """What a number is compared with; from one to another, if it is known only to lie between them."""
    assert finding.reference is not None
    other = finding.reference.estimate
    least = number(words, other.value, finding.unit)
    if other.ceiling == other.value:
        return least
    return words("{least}–{most}", least=least, most=number(words, other.ceiling, finding.unit))


def _grounds(words: Words, verdict: Verdict) -> list[str]:
    """The number that it rests on; one on each side where what it rests on disagrees."""
    grounds = [ground(words, verdict.claim, finding) for finding in verdict.sides]
    if not verdict.is_split:
        return grounds
    for_it, against = grounds
    return [words("Yes by {finding}", finding=for_it), words("No by {finding}", finding=against)]


def _range(words: Words, verdict: Verdict) -> list[str]:
    """From where to where the number is by all definitions that speak of the time."""
    claim = verdict.claim
    shown = [f for f in verdict.findings if f.when != LATER and f.decides and f.unit == claim.unit]
    stated = {f.definition: f for f in shown if f.is_headline}  # what is counted on and on: the newest
    newest = [*stated.values(), *(f for f in shown if not f.is_headline)]
    values = sorted(end for f in newest for end in (f.value, f.estimate.ceiling) if end is not None)
    told = claim.relation in COMPARISONS or claim.unit == "years" or verdict.flips
    if told or len(values) < 2 or values[0] == values[-1]:
        return []
    ends = {"least": number(words, values[0], claim.unit), "most": number(words, values[-1], claim.unit)}
    return [words("All definitions together: {least} to {most}", **ends)]


def _caveat(words: Words, verdict: Verdict) -> list[str]:
    """What a careful reader must know beside the number: that it is by proxy, the other answer, or how near it is."""
    told = [words("This is near what is stated, not the same thing")] if verdict.is_by_proxy else []
    if verdict.flips and verdict.base[0].holds == YES:
        other = next(f for f in verdict.findings if f.definition == verdict.flips[0] and f.when != LATER and f.answers)
        told.append(words("Counted otherwise the answer turns: {finding}", finding=ground(words, verdict.claim, other)))
    if told:
        return told
    if any(f.is_on_edge for f in verdict.base):
        return [words("One more or one fewer would turn the answer")]
    if verdict.firmness != WITHIN:
        return []
    if all(f.is_headline for f in verdict.base):
        return [words("The figure stated is rounded, and the exact number may be a little above it or below")]
    return [words("Within the margins of its estimates it could be otherwise")]


def _is_contradicted(verdict: Verdict) -> bool:
    """Whether newer data says something else than what the verdict rests on."""
    answers = {f.holds for f in verdict.base}
    same = {HOLDS: {YES}, FAILS: {NO}}.get(verdict.later, {YES, NO})
    return verdict.later != NONE and answers != same


def _agrees(words: Words, verdict: Verdict) -> str:
    """That newer data says the same, and whose it is where not all of the data is newer."""
    if verdict.is_split:
        return words("Newer data is divided too")
    then = {item for f in verdict.base for item in f.vintages.items()}
    kept = {source for f in verdict.laters for source, vintage in f.vintages.items() if (source, vintage) in then}
    newer = [source for f in verdict.laters for source in f.vintages if source not in {*kept, HEADLINE}]
    if not kept or not newer:
        return words("Newer data agrees")
    names = words.enumerated(dict.fromkeys(publisher(words, source) for source in newer))
    return words("Newer data of {publishers} agrees", publishers=names)


def _newer(words: Words, verdict: Verdict) -> str:
    """What newer data says, where that is not what the verdict rests on."""
    newest = verdict.newest
    assert newest is not None
    finding = ground(words, verdict.claim, newest)
    if verdict.later == HOLDS:
        return words("By newer data the statement holds: {finding}", finding=finding)
    if verdict.verdict == NO_LONGER:
        return words("The statement held when it was made; by newer data it does not: {finding}", finding=finding)
    if verdict.later == FAILS:
        return words("By newer data the statement does not hold: {finding}", finding=finding)
    return words("Newer data is divided: {finding}", finding=finding)


def _for_it(words: Words, verdict: Verdict) -> list[str]:
    """What speaks for a statement that the verdict goes against."""
    found = sorted((f for f in verdict.findings if f.holds == YES), key=lambda f: (f.when == LATER, not f.decides))
    if not found:
        return []
    return [words("For it speaks {finding}", finding=ground(words, verdict.claim, found[0]))]


def sentence(words: Words, verdict: Verdict) -> str:
    """A sentence to cite: the statement, the verdict, the numbers that it rests on and their sources."""
    claim, about = verdict.claim, statement(words, verdict.claim)
    if not verdict.base:
        return _run(words, [words("{statement}: not testable with the data here", statement=about)])
    cited = verdict.sides
    parts = [
        words("{statement}: {verdict}", statement=about, verdict=verdict_names(words)[verdict.verdict]),
        _texts(words, claim, cited),
        *dict.fromkeys(citation(words, f.vintages) for f in cited),
    ]
    return _run(words, parts)


def _texts(words: Words, claim: Claim, findings: Iterable[Finding]) -> str:
    return words.listed(finding_text(words, claim, f) for f in findings)


def citation(words: Words, vintages: Mapping[str, str]) -> str:
    """The citations of a specification's releases, each once, with the day by which they were out."""
    known = registry.by_key(registry.releases())
    texts: dict[str, None] = {}
    for stated in headlines.stated(vintages.get(HEADLINE, "")):
        texts[f"{stated.publisher}, {stated.title}, {words.date(stated.published)}"] = None
    for source, vintage in ((source, vintage) for source, vintage in vintages.items() if source != HEADLINE):
        release = known.get((source, vintage))
        if release is None:
            texts[unverified_file(words, source, vintage)] = None
        else:
            cited = release.citation.rstrip(".")
            shown = {"citation": cited, "vintage": vintage, "date": words.date(release.published)}
            texts[words("{citation} [{vintage}, published {date}]", **shown)] = None
    return words("Source: {sources}", sources=words.listed(texts))


def unverified_file(words: Words, source: str, vintage: str) -> str:
    """What stands in place of a citation for a file that a user added."""
    return words("{source} {vintage}, an unverified file", source=source, vintage=vintage)


def _run(words: Words, parts: Iterable[str]) -> str:
    """Texts as sentences in one line, each with a capital at its beginning and a stop at its end."""
    cleaned = (re.sub(" +", " ", part).strip(" ").rstrip(".。") for part in parts)
    return words.run(words("{sentence}.", sentence=text[:1].upper() + text[1:]) for text in cleaned)
