"""What a brief says, in one language and before any format: made once, written by every writer.

Texts are ready to be printed; numbers stay numbers beside them. Writers hold no words and no rule of
their own: what a reader sees comes from here, or from the figures' contents.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from analysis import audit, charts
from analysis.audit import headlines, reports
from analysis.audit.claims import (
    ALTERNATIVE,
    CEILING,
    DIRECT,
    FLOOR,
    NO,
    PROXY,
    REPORT,
    STRADDLES,
    UNKNOWN,
    WHOLE,
    YES,
    Report,
)
from analysis.audit.findings import LATER, STAND_IN, THEN, Finding
from analysis.audit.measures import HEADLINE
from analysis.audit.verdicts import (
    CONSISTENT,
    CONTESTED,
    NO_LONGER,
    NOT_BORNE_OUT,
    NOT_SUPPORTED,
    SUPPORTED,
    UNTESTABLE,
    VERDICTS,
    Verdict,
)
from analysis.charts.contents import Content
from analysis.data import registry
from analysis.errors import InputError
from analysis.tell import sentences
from analysis.tell.coverage import compared, left_out
from analysis.tell.languages import Words, words
from analysis.tell.report import language_note

CURVE = "specification_curve"
"""The figure that can be drawn of any claim."""

STOPS = ".。?？؟!"
"""Marks that end a sentence."""

PRINTED = ("headline_figures", "deaths_by_type", "deliberate_killing_since_1989", "all_displaced")
"""Which figures of a report are printed where there is room for so many."""


@dataclass(frozen=True)
class Answer:
    """One finding in words; ``finding`` holds its numbers.

    ``number`` is the value with what it counts, ``against`` what it is compared with or made from,
    ``source`` publishers and releases, ``dated`` publishers and month, ``left_out`` what the number leaves out.
    """

    finding: Finding
    label: str
    number: str
    against: str
    source: str
    dated: str
    left_out: str
    holds: str
    band: str
    role: str
    fit: str
    bound: str
    when: str
    weight: str


@dataclass(frozen=True)
class Statement:
    """One claim in words, with every finding; ``verdict`` holds what was worked out.

    ``text`` is our English of the sentence, or its translation; ``phrase`` the report's own words in the language
    audited; ``number`` and ``stands`` the number that the verdict rests on and where it is from, empty where there
    is none; ``reason`` why; ``to_cite`` a sentence to quote.
    """

    verdict: Verdict
    text: str
    phrase: str
    name: str
    number: str
    stands: str
    reason: str
    to_cite: str
    answers: tuple[Answer, ...] = field(repr=False)

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.verdict.claim.id

    @property
    def is_tested(self) -> bool:
        """Whether data says yes or no."""
        return self.verdict.verdict != UNTESTABLE


@dataclass(frozen=True)
class Picture:
    """A figure: its texts and numbers; ``claim`` is the one that it was drawn of, if it is one of any claim."""

    name: str
    claim: str
    content: Content = field(repr=False)

    @property
    def key(self) -> str:
        """What tells it from other figures; good for a file's name."""
        return f"{self.name}.{self.claim}" if self.claim else self.name


@dataclass(frozen=True)
class Source:
    """Where numbers come from: a release, or a figure that a publisher stated in words (``vintage`` is empty)."""

    source: str
    vintage: str
    publisher: str
    citation: str
    published: str
    licence: str
    address: str


@dataclass(frozen=True)
class Tally:
    """How many statements have a verdict, and what the verdict means."""

    verdict: str
    name: str
    meaning: str
    count: int


@dataclass(frozen=True)
class Brief:
    """All that a document says, in one language.

    ``front_number`` and ``front_sentence`` are what a reader takes away; ``tallies`` has one entry a verdict that
    occurs, ``method`` and ``caveats`` are sentences.
    """

    report: Report
    words: Words
    is_whole: bool
    title: str
    subtitle: str
    front_number: str
    front_sentence: str
    tallies: tuple[Tally, ...]
    statements: tuple[Statement, ...] = field(repr=False)
    pictures: tuple[Picture, ...] = field(repr=False)
    sources: tuple[Source, ...] = field(repr=False)
    method: tuple[str, ...]
    caveats: tuple[str, ...]

    @cached_property
    def by_id(self) -> dict[str, Statement]:
        """The statements by their claims' ids."""
        return {statement.id: statement for statement in self.statements}

    def about(self, picture: Picture) -> list[Statement]:
        """The statements that a figure is about."""
        return [self.by_id[claim] for claim in picture.content.claims if claim in self.by_id]

    def sentence(self, picture: Picture) -> str:
        """What follows from a figure: the verdict on the statement that it is about, or how many fare how."""
        about, say = self.about(picture), self.words
        if not about:
            return self.front_sentence
        if len(about) == 1:
            return say("{statement}: {verdict}", statement=about[0].text, verdict=about[0].name)
        counts = Counter(statement.name for statement in about)
        told = say.listed(say("{name}: {value}", name=name, value=say.number(count)) for name, count in counts.items())
        return say("Statements that it speaks to: {verdicts}", verdicts=told)

    def caption(self, picture: Picture) -> str:
        """What stands under a figure: what is counted, notes and source, each a sentence."""
        texts = (picture.content.subtitle, *picture.content.notes, picture.content.source_line)
        return self.words.run(
            text if text[-1:] in STOPS else self.words("{sentence}.", sentence=text) for text in texts
        )

    @property
    def tested(self) -> list[Statement]:
        """The statements that data can test."""
        return [statement for statement in self.statements if statement.is_tested]

    @property
    def printed_pictures(self) -> list[Picture]:
        """The few figures that a brief of four pages has room for."""
        chosen = [picture for picture in self.pictures if self.is_whole and picture.name in PRINTED]
        nearest = sorted(self.pictures, key=lambda picture: len(picture.content.claims))
        return (chosen or nearest)[: len(PRINTED)]

    @property
    def printed_sources(self) -> list[Source]:
        """The sources of what four pages print: of the numbers that verdicts rest on, and of the figures shown."""
        used = {pair for one in self.tested for finding in one.verdict.base for pair in finding.vintages.items()}
        used |= {pair for picture in self.printed_pictures for pair in picture.content.releases}
        stated = {one.id for source, ids in used if source == HEADLINE for one in headlines.stated(ids)}
        found = [one for one in self.sources if (one.source, one.vintage) in used or one.source in stated]
        return list({source.citation: source for source in found}.values())


def brief(report: str | Path = reports.FIRST, claims: Sequence[str] = (), language: str = "en",
          *, pictured: bool = True) -> Brief:  # fmt: skip
    """What a brief on a report, or on some of its claims, says.

    Args:
        report: its id, or a folder that holds its ledger.
        claims: ids of claims or lists; all by default.
        language: ar, en, es, fr, ru or zh.
        pictured: whether it has figures.

    Raises:
        InputError: an unknown report, claim or language.

    >>> made = brief(claims=["deaths_2014_over_100000"])
    >>> made.front_number, made.statements[0].name
    ('126,059 deaths', 'supported')
    """
    say = words(language)
    committed = str(report) in reports.known()
    verdicts = (
        audit.committed(str(report)) if committed and not claims else audit.audit(report, registry.in_use(), claims)
    )
    if not verdicts:
        raise InputError("there is no claim to brief on", where=report, do="name a report that states something")
    found = verdicts[0].report
    statements = tuple(statement(say, verdict) for verdict in verdicts)
    number, sentence = _front(say, statements)
    pictures = _pictures(say, found, verdicts, whole=not claims) if committed and pictured else ()
    shown = {pair for one in verdicts for finding in one.findings for pair in finding.vintages.items()}
    shown |= {pair for picture in pictures for pair in picture.content.releases}
    doubt = [say("Some numbers are from files that nobody has verified; they are marked.")]
    doubt = doubt if registry.unverified(shown) else []
    subtitle = say(
        "{title}. {publisher}, {date}",
        title=found.title,
        publisher=say(found.publisher),
        date=say.date(found.date.isoformat()),
    )
    return Brief(
        report=found,
        words=say,
        is_whole=not claims,
        title=say("What data says of {symbol}", symbol=found.symbol),
        subtitle=say.run([f"{subtitle}.", *doubt]) if doubt else subtitle,
        front_number=number,
        front_sentence=sentence,
        tallies=_tallies(say, verdicts),
        statements=statements,
        pictures=pictures,
        sources=_sources(say, verdicts),
        method=_method(say),
        caveats=(language_note(say, found), *doubt, *_caveats(say)),
    )  # fmt: skip


def statement(say: Words, verdict: Verdict) -> Statement:
    """A claim in words."""
    cited = verdict.cited
    return Statement(
        verdict=verdict,
        text=sentences.statement(say, verdict.claim),
        phrase=verdict.claim.words,
        name=sentences.verdict_names(say)[verdict.verdict],
        number="" if cited is None else sentences.stated_amount(say, cited),
        stands="" if cited is None else sentences.dated(say, cited),
        reason=sentences.reason(say, verdict),
        to_cite=sentences.sentence(say, verdict),
        answers=tuple(answer(say, finding) for finding in verdict.findings),
    )


def answer(say: Words, finding: Finding) -> Answer:
    """A finding in words."""
    return Answer(
        finding=finding,
        label=say(finding.label),
        number=sentences.stated_amount(say, finding),
        against=compared(say, finding.reference),
        source=sentences.vintage_text(say, finding.vintages),
        dated=sentences.dated(say, finding) if finding.published else "",
        left_out=say.listed(left_out(say, finding.coverage)),
        holds={YES: say("fits the statement"), NO: say("does not fit"), UNKNOWN: say("cannot say")}[finding.holds],
        band={
            YES: say("fits from low to high"),
            NO: say("does not fit from low to high"),
            STRADDLES: say("turns between low and high"),
            UNKNOWN: say("margins not known"),
        }[finding.band],
        role={REPORT: say("the report's definition"), ALTERNATIVE: say("another definition")}[finding.role],
        fit={DIRECT: say("the thing stated"), PROXY: say("something near it")}[finding.fit],
        bound={WHOLE: say("all of it"), FLOOR: say("a part, so at least"), CEILING: say("more than it, so at most")}[
            finding.bound
        ],
        when={THEN: say("of the time"), STAND_IN: say("the nearest after the report"), LATER: say("later data")}[
            finding.when
        ],
        weight=say("may decide") if finding.decides else say("context only"),
    )


def meanings(say: Words) -> dict[str, str]:
    """Verdict -> what it means, in a sentence."""
    return {
        SUPPORTED: say("All direct data of the time fits the statement."),
        CONSISTENT: say("Only data near what is stated can speak, and it fits."),
        CONTESTED: say("Data of the time gives both answers."),
        NOT_SUPPORTED: say("No direct data of the time fits the statement."),
        NOT_BORNE_OUT: say("Only data near what is stated can speak, and it does not fit."),
        NO_LONGER: say("Direct data of the time fits the statement; newer data does not."),
        UNTESTABLE: say("No data here can decide it."),
    }


def _tallies(say: Words, verdicts: Iterable[Verdict]) -> tuple[Tally, ...]:
    counts, names, meant = Counter(v.verdict for v in verdicts), sentences.verdict_names(say), meanings(say)
    return tuple(Tally(one, names[one], meant[one], counts[one]) for one in VERDICTS if counts[one])


def _front(say: Words, statements: Sequence[Statement]) -> tuple[str, str]:
    """The one number and the one sentence of the front."""
    if len(statements) == 1:
        only = statements[0]
        shown = {"statement": only.text, "verdict": only.name}
        return only.number or only.name, say("{statement}: {verdict}", **shown)
    tested = sum(one.is_tested for one in statements)
    supported = sum(one.verdict.verdict == SUPPORTED for one in statements)
    sentence = say.plural(
        "Of {all} statements audited, data can test {tested}; of these, {count} is supported.",
        "Of {all} statements audited, data can test {tested}; of these, {count} are supported.",
        supported,
        all=say.number(len(statements)),
        tested=say.number(tested),
    )
    return say("{part} of {whole}", part=say.number(supported), whole=say.number(tested)), sentence


def _pictures(say: Words, report: Report, verdicts: Sequence[Verdict], whole: bool) -> tuple[Picture, ...]:
    """The figures about these claims; then a curve of each claim named.

    A report without a figure of its own has the curves of the claims whose answer hangs on a choice.
    """
    wanted = {verdict.claim.id for verdict in verdicts}
    drawn = [Picture(name, "", charts.content(name, say.language)) for name in charts.FIGURES if name != CURVE]
    own = [
        picture
        for picture in drawn
        if wanted & set(picture.content.claims) or (whole and not picture.content.claims and report.id == reports.FIRST)
    ]
    if whole and own:
        return tuple(own)
    curved = [v.claim.id for v in verdicts if v.cited is not None and (not whole or v.moves_most)]
    return (*own, *(Picture(CURVE, claim, charts.content(CURVE, say.language, claim)) for claim in curved))


def _sources(say: Words, verdicts: Iterable[Verdict]) -> tuple[Source, ...]:
    """Every release that a finding is made of, and every figure stated in words, once, in the registry's order."""
    findings = [finding for verdict in verdicts for finding in verdict.findings]
    used = {pair for finding in findings for pair in finding.vintages.items()}
    released = [release for release in registry.used() if (release.source, release.vintage) in used]
    stated = {one.id for identities in (v for s, v in used if s == HEADLINE) for one in headlines.stated(identities)}
    return (
        *(
            Source(
                source=release.source,
                vintage=release.vintage,
                publisher=sentences.publisher_in_full(say, release.source),
                citation=release.citation
                if release.verified
                else sentences.unverified_file(say, release.source, release.vintage),
                published=say.date(release.published),
                licence=say(release.licence),
                address=release.files[0].publisher_address or release.files[0].address,
            )
            for release in released
        ),
        *(
            Source(
                source=one.id,
                vintage="",
                publisher=say(one.publisher),
                citation=f"{one.publisher}. {one.title}. {one.published}.",
                published=say.date(one.published),
                licence=say("a figure quoted with its source"),
                address=one.address,
            )
            for one in headlines.load()
            if one.id in stated
        ),
    )


def _method(say: Words) -> tuple[str, ...]:
    return (
        say(
            "Each statement is tested under every definition that its words bear, on every release of the data "
            "available here; one definition on one release is a finding."
        ),
        say(
            "A verdict rests on publishers' main estimates that were out by the report's date, under the report's own "
            "definition where data can speak to it; where nothing of the time can, on the nearest later release, "
            "and its date is given."
        ),
        say(
            "Other definitions, newer releases and the margins of estimates are shown beside it. Newer data changes "
            "the word only from supported to no longer supported."
        ),
    )


def _caveats(say: Words) -> tuple[str, ...]:
    return (
        say("Translations of statements, verdicts and reasons are this audit's own, and unofficial."),
        say("Publishers revise their numbers: each stands with the release that it comes from."),
        say("That a statement cannot be tested says nothing against it: no data available here speaks to it."),
    )
