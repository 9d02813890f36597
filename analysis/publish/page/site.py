"""The pages of the companion site: what stands on each, put into its template."""

import csv
import io
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from analysis.audit import census, headlines
from analysis.audit.claims import COMPARISONS, WHOLE
from analysis.audit.findings import LATER, STAND_IN, THEN, Finding
from analysis.audit.measures import HEADLINE
from analysis.audit.verdicts import DEFINITION, ESTIMATE, RELEASE, VERDICTS, Verdict
from analysis.data import spreadsheet
from analysis.data.tables import SERIES
from analysis.publish import content
from analysis.publish.content import CURVE, Answer, Brief, Picture, Source, Statement
from analysis.publish.page import drawing
from analysis.publish.page.choices import Choices
from analysis.publish.page.curve import Curve, Line, curve, line, stated_value
from analysis.publish.page.files import Book, Table
from analysis.tell import report as telling
from analysis.tell import sentences
from analysis.tell.languages import Words

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Site:
    """What all pages share: languages, the reports in each, what can be downloaded, and the choices of each claim."""

    languages: tuple[Words, ...]
    briefs: Mapping[str, tuple[Brief, ...]]
    pictures: Mapping[str, tuple[Picture, ...]]
    tables: tuple[Table, ...]
    books: tuple[Book, ...]
    choices: Mapping[str, Choices | None]


@dataclass(frozen=True)
class Part:
    """A part of the site: what it is called, and where it is in a language's folder."""

    name: str
    path: str


@dataclass(frozen=True)
class Entry:
    """A statement in the overview; ``keys`` are the places of its filters' values."""

    statement: Statement
    paragraph: str
    keys: tuple[int, ...]


@dataclass(frozen=True)
class Filter:
    """What statements can be chosen by."""

    key: str
    name: str
    values: tuple[str, ...]


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """Every page, and every claim's curve as a file: its path in the site, and its text."""
    yield "index.html", _template("index.html").render(languages=site.languages)
    for book in site.books:
        yield f"notebooks/{book.name}.html", _template("notebook.html").render(book=book, languages=site.languages)
    for words in site.languages:
        briefs = site.briefs[words.language]
        yield _page(site, words, "reports.html", "index.html", briefs=briefs)
        yield _page(site, words, "figures.html", "figures.html", pictures=site.pictures[words.language])
        yield _page(site, words, "tables.html", "tables.html", tables=site.tables, what=_what(words))
        yield _page(site, words, "notebooks.html", "notebooks.html", books=site.books)
        verdicts = [statement.verdict for one in briefs for statement in one.statements]
        curves = {verdict.claim.id: made for verdict in verdicts if (made := curve(words, verdict))}
        for claim, shown in drawing.sheets(words, [v for v in verdicts if v.claim.id in curves], curves):
            yield f"figures/{words.language}/{CURVE}.{claim}.svg", _template("curve.svg").render(say=words, **shown)
        for one in briefs:
            yield _overview(site, words, one)
            around = [None, *one.statements, None]
            for before, statement, after in zip(around, one.statements, around[2:], strict=False):
                yield _claim(site, words, one, statement, (before, after), curves.get(statement.id))


def _page(site: Site, words: Words, template: str, path: str, **shown: Any) -> tuple[str, str]:
    shared = {
        "say": words,
        "languages": site.languages,
        "path": path,
        "up": "../" * (path.count("/") + 1),
        "parts": [
            *(Part(one.report.symbol, f"{one.report.id}/index.html") for one in site.briefs[words.language]),
            Part(words("Figures"), "figures.html"),
            Part(words("Tables"), "tables.html"),
            Part(words("Notebooks"), "notebooks.html"),
        ],
    }
    return f"{words.language}/{path}", _template(template).render(**shared, **shown)


def _what(words: Words) -> dict[str, str]:
    """Table -> what it is; a tidy table that is not here is called as its publisher."""
    of = {
        name: sentences.publisher_in_full(words, name)
        for name in ("ucdp", "unhcr", "unrwa", "idmc", "worldbank", "vdc")
    }
    return {
        **{f"tidy/{name}.csv": publisher for name, publisher in of.items()},
        "tidy/un_population.csv": words("UN Population Division"),
        "tidy/security_council.csv": words("Security Council"),
        "sources.csv": words("Every release: date, address, hash, licence, citation"),
        "headlines.csv": words("Figures that publishers stated in words"),
        "series.csv": words("What each series measures"),
        "areas.csv": words("Places: codes, and names in six languages"),
        "corrections.csv": words("Every known disorder of a release, and what was done about it"),
        "fields.csv": words("What each column holds"),
    }


def _overview(site: Site, words: Words, one: Brief) -> tuple[str, str]:
    verdicts = [tally.verdict for tally in one.tallies]
    paragraphs = sorted({s.verdict.claim.paragraph for s in one.statements if s.verdict.claim.paragraph is not None})
    topics = topic_names(words)
    used = [topic for topic in topics if any(topic_of(s.verdict) == topic for s in one.statements)]
    entries = [
        Entry(
            statement,
            "" if (paragraph := statement.verdict.claim.paragraph) is None else words.number(paragraph),
            (
                verdicts.index(statement.verdict.verdict),
                used.index(topic_of(statement.verdict)),
                -1 if paragraph is None else paragraphs.index(paragraph),
            ),
        )
        for statement in one.statements
    ]
    filters = [
        Filter("verdict", words("Verdict"), tuple(tally.name for tally in one.tallies)),
        Filter("topic", words("Topic"), tuple(topics[topic] for topic in used)),
    ]
    if paragraphs:
        filters.append(Filter("paragraph", words("Paragraph"), tuple(map(words.number, paragraphs))))
    columns = [words("Statement"), *([words("Paragraph")] if paragraphs else []), words("Number")]
    shown = {"one": one, "entries": entries, "filters": filters, "columns": columns}
    return _page(site, words, "overview.html", f"{one.report.id}/index.html", has_paragraphs=bool(paragraphs), **shown)


def topic_names(words: Words) -> dict[str, str]:
    """Topic -> its name."""
    return {
        "displacement": words("Displacement"),
        "violence": words("Conflict and violence"),
        "council": words("Security Council"),
        "other": words("Not measured here"),
    }


def topic_of(verdict: Verdict) -> str:
    """What a statement is about, by the family of the first series that it is measured by."""
    terms = [term for definition in verdict.claim.definitions for term in definition.all_terms]
    if not terms:
        return "other"
    family = SERIES[terms[0].series].family
    return {"displaced people": "displacement", "population": "displacement", "Security Council": "council"}.get(
        family, "violence"
    )


def _claim(
    site: Site,
    words: Words,
    one: Brief,
    statement: Statement,
    beside: tuple[Statement | None, Statement | None],
    drawn: Curve | None,
) -> tuple[str, str]:
    verdict = statement.verdict
    choices = site.choices[verdict.claim.id] if drawn else None
    lines = [(line(words, verdict, shown), _line_said(words, verdict, shown)) for shown in _all_shown(verdict, choices)]
    limits = [_limits(words, answer, with_kind=drawn is None) for answer in statement.answers]
    named = {row.definition for row in drawn.rows} if drawn else set()
    labels = {answer.finding.definition: answer.label for answer in statement.answers}
    shown = {
        "one": one,
        "statement": statement,
        "before": beside[0],
        "after": beside[1],
        "said_where": _where(words, verdict),
        "phrase": _phrase(verdict.claim.words),
        # What is shown first, and what has the marks of a line if that has none.
        "line": lines[0][0],
        "pattern": next((made for made, _ in lines if made), None),
        "curve": drawn,
        "undrawn": [{"name": name, "label": label} for name, label in labels.items() if name not in named],
        "moves": _moves(words, verdict),
        "choices": choices,
        "choices_json": _choices_json(words, choices, lines) if choices else "",
        "base": [verdict.findings.index(finding) for finding in verdict.base],
        "kinds": {a.finding.definition: words.enumerated([a.role, a.fit]) for a in statement.answers},
        "limits": limits,
        "spans": _spans([(answer.label, limit) for answer, limit in zip(statement.answers, limits, strict=True)]),
        "bands": [_band(words, answer.finding.low, answer.finding.high, answer.finding.unit)
                  for answer in statement.answers],
        "columns": [words("Definition"), words("Number"), words("Low to high"), words("Compared with"),
                    words("Answer"), words("Source")],
        "pictures": [p for p in site.pictures[words.language] if verdict.claim.id in p.content.claims],
        "sources": _sources(one, verdict),
        **lines[0][1],
    }  # fmt: skip
    return _page(site, words, "claim.html", f"{one.report.id}/{verdict.claim.id}.html", **shown)


def _all_shown(verdict: Verdict, choices: Choices | None) -> list[list[Finding]]:
    """The numbers that stand beside the figure stated: as published, then under every choice, in their order."""
    chosen = choices.lines if choices else ()
    return [verdict.sides, *([verdict.findings[place] for place in places] for places in chosen)]


def _spans(names: Sequence[object]) -> list[int]:
    """Over how many rows each name stands: 0 where it is the one above."""
    runs = [len(list(run)) for _, run in itertools.groupby(names)]
    return [span for run in runs for span in (run, *[0] * (run - 1))]


def _limits(words: Words, answer: Answer, with_kind: bool) -> str:
    """What a finding's number is not: all that is asked, or something that may decide; and what kind it is of."""
    finding = answer.finding
    parts = [answer.role, answer.fit] if with_kind else []
    parts += [answer.bound] if finding.bound != WHOLE else []
    parts += [] if finding.decides else [answer.weight]
    return words.enumerated(parts)


def _where(words: Words, verdict: Verdict) -> str:
    paragraph = verdict.claim.paragraph
    if paragraph is None:
        return words("In the report: {figure}", figure=verdict.claim.printed) if verdict.claim.printed else ""
    return words("In the report, paragraph {paragraph}", paragraph=paragraph)


def _phrase(phrase: str) -> list[dict[str, object]]:
    """The report's phrase in parts, each with whether it is a figure."""
    parts: list[dict[str, object]] = []
    rest = phrase
    for found in census.find_numerals(phrase) if phrase else ():
        before, _, rest = rest.partition(found.printed)
        parts += [{"text": before, "figure": False}, {"text": found.printed, "figure": True}]
    return [part for part in (*parts, {"text": rest, "figure": False}) if part["text"]]


def _line_said(words: Words, verdict: Verdict, shown: Sequence[Finding]) -> dict[str, Any]:
    """The line of two numbers in words; where the data is on both sides, with what each says."""
    if not shown:
        return {"line_stated": "", "line_data": [], "numbers": []}
    stated = sentences.amount(words, stated_value(verdict.claim, shown[0]), shown[0].unit)
    if verdict.claim.relation in COMPARISONS:
        first = words("Compared with: {figure}", figure=stated)
    else:
        first = words("Stated: {figure}", figure=verdict.claim.printed or stated)
    data = []
    for finding in shown:
        number, band = sentences.stated_amount(words, finding), _band(words, finding.low, finding.high, finding.unit)
        text = (
            words("Data: {number} ({band})", number=number, band=band)
            if band
            else words("Data: {number}", number=number)
        )
        data.append(words.enumerated([text, content.answer(words, finding).holds]) if len(shown) > 1 else text)
    numbers = [
        {"text": sentences.stated_amount(words, finding), "stands": sentences.dated(words, finding)}
        for finding in shown
    ]
    return {"line_stated": first, "line_data": data, "numbers": numbers}


def _band(words: Words, low: float | None, high: float | None, unit: str) -> str:
    """Low to high as far as they are known."""
    if low is None and high is None:
        return ""
    return words("{low} to {high}", low=sentences.number(words, low, unit), high=sentences.number(words, high, unit))


def _moves(words: Words, verdict: Verdict) -> str:
    """The choice that moves the answer most, and how often it does."""
    moves = verdict.moves_most
    if moves is None:
        return words("No single choice turns the answer.")
    choice = {
        DEFINITION: words("The choice of definition moves the answer most."),
        RELEASE: words("The choice of release moves the answer most."),
        ESTIMATE: words("The choice within the estimates' margins moves the answer most."),
    }[moves.choice]
    turned = words.number(moves.turned)
    if moves.choice == ESTIMATE:
        often = words.plural(
            "Of {count} finding whose margins are known, {turned} could answer otherwise within them.",
            "Of {count} findings whose margins are known, {turned} could answer otherwise within them.",
            moves.pairs,
            turned=turned,
        )
    else:
        often = words.plural(
            "The answers differ in {turned} of {count} pair of findings that differ in it alone.",
            "The answers differ in {turned} of {count} pairs of findings that differ in it alone.",
            moves.pairs,
            turned=turned,
        )
    return words.run([choice, often])


def _choices_json(words: Words, choices: Choices, lines: Sequence[tuple[Line | None, dict[str, Any]]]) -> str:
    """The choices as the page's script reads them, with the words and the lines that it puts in place."""
    names = sentences.verdict_names(words)
    said = {
        "verdicts": {VERDICTS.index(state.verdict): words.typeset(names[state.verdict]) for state in choices.states},
        "when": {
            THEN: words("of the time"),
            STAND_IN: words("the nearest after the report"),
            LATER: words("later data"),
        },
        "rests": words("the verdict rests on this"),
        "lines": [_line_json(words, made, texts) for made, texts in lines[1:]],
    }
    text = json.dumps({**choices.as_json(), **said}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _line_json(words: Words, made: Line | None, said: Mapping[str, Any]) -> list[object] | None:
    """Where the marks of a line stand, and what is written at them."""
    if made is None:
        return None
    places = [[point.at, *([] if point.low is None else [point.low, point.high])] for point in made.data]
    texts = [made.first, made.last, said["line_stated"], *said["line_data"]]
    return [made.stated, made.fits_from, made.fits_width, places, [words.typeset(text) for text in texts]]


def _sources(one: Brief, verdict: Verdict) -> list[Source]:
    used = {pair for finding in verdict.findings for pair in finding.vintages.items() if pair[0] != HEADLINE}
    stated = {
        headline.id for finding in verdict.findings for headline in headlines.stated(finding.vintages.get(HEADLINE, ""))
    }
    return [
        source
        for source in one.sources
        if ((source.source, source.vintage) in used if source.vintage else source.source in stated)
    ]


FINDING = (
    "claim", "definition", "label", "role", "fit", "bound", "decides", "vintages", "verified", "when", "published",
    "low", "value", "high", "unit", "reference", "threshold", "holds", "band", "coverage", "why",
)  # fmt: skip
"""The columns of a claim's findings, as ``audit --json`` names them."""


def findings_csv(verdict: Verdict) -> str:
    """A claim's findings as csv: ids and numbers, in no language."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, FINDING, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    (told,) = telling.as_json([verdict])
    for finding, entry in zip(verdict.findings, told["findings"], strict=True):
        numbers = {"low": finding.low, "value": finding.value, "high": finding.high, "reference": finding.compared_with}
        row = {**entry, **numbers, "claim": verdict.claim.id, "label": finding.label}
        writer.writerow({name: _cell(row.get(name)) for name in FINDING})
    return stream.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, Mapping):
        return " ".join(f"{source}:{vintage}" for source, vintage in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " ".join(map(str, value))
    return spreadsheet.plain(value) if isinstance(value, str) else value


def _kind(verdict: str) -> str:
    """The class of a verdict in the stylesheet."""
    return f"v{VERDICTS.index(verdict)}"


@jinja2.pass_context
def _said(context: jinja2.runtime.Context, text: str) -> str:
    """A text with the marks that the page's language needs."""
    return context["say"].typeset(text)


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"kind": _kind, "said": _said}
    return made


def _template(name: str) -> jinja2.Template:
    return _environment().get_template(name)
