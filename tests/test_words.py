"""What every text is held to in its language: forms of nouns, dates, marks, spaces, first mentions, direction."""

import re
from functools import cache

import pytest
from babel.numbers import parse_decimal

from analysis import charts
from analysis.audit import reports
from analysis.audit.verdicts import committed
from analysis.tell import LANGUAGES, catalogues, sentences
from analysis.tell.languages import words
from analysis.tell.sentences import amount
from analysis.tell.texts import Millions


@pytest.mark.parametrize(
    ("language", "value", "unit", "said"),
    [
        ("en", 1.0, "drafts", "1 draft"),
        ("en", 1.3, "drafts", "1.3 drafts"),
        ("en", 1.04, "years", "1.0 years"),
        ("fr", 1.6, "drafts", "1,6 projet"),
        ("fr", 2.0, "drafts", "2 projets"),
        ("es", 1.3, "drafts", "1,3 proyectos"),
        ("ru", 1.6, "drafts", "1,6 проекта"),
        ("ru", 5.3, "years", "5,3 года"),
        ("ru", 26.3, "actors", "26,3 субъекта"),
        ("ru", 21.0, "years", "21 год"),
        ("ru", 11.0, "years", "11 лет"),
        ("ar", 1.6, "drafts", "1.6 مشروع"),
        ("ar", 42173.0, "deaths", "42,173 قتيلا"),
        ("ar", 2.0, "states", "دولتان (2)"),
    ],
)
def test_a_noun_takes_the_form_of_the_number_as_it_is_printed(
    language: str, value: float, unit: str, said: str
) -> None:
    assert amount(words(language), value, unit) == said


def test_decimals_that_are_printed_count() -> None:
    assert Millions(1_300_000.0).said(words("fr")) == "1,3\u00a0million"
    assert Millions(2_100_000.0).said(words("fr")) == "2,1\u00a0millions"
    one, many = "{count} percentage point", "{count} percentage points"
    assert [words("en").plural(one, many, 1.0, decimals) for decimals in (0, 1)] == [
        "1 percentage point",
        "1.0 percentage points",
    ]


RELEASE = re.compile(r"(?<![\d-])\d{4}-\d{2}(?![\d-])|\d+\.\d-\d{4}")
"""A release as its publisher names it."""

YEAR = re.compile(r"(?<![\d.,–-])(19|20)\d\d(?![\d.,])")
"""Counts of four digits are grouped, years are not."""

GENITIVE = re.compile(r"\b(от|до|около|из|с|более|менее|свыше) \d[\d.,\u00a0]*")
"""Where a Russian number stands in another case, and its noun with it."""

ISO = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")
FOREIGN = {
    "ar": re.compile(r"[;?](?=\s|$)|[\u0600-\u06ff],|(?<=\d)-(?=\d{4}\b)"),
    "zh": re.compile(r"[\u4e00-\u9fff][.;:,?!()]|[;:,?!](?=[\u4e00-\u9fff])|(?<=\d)–(?=\d)"),
    "fr": re.compile("(?<![\u00a0\u202f\\d/])[;:?!%»]|«(?![\u00a0\u202f])|—|(?<=\\d)–(?=\\d)"),
    "es": re.compile(r"\d%|—|(?<=\d)–(?=\d)"),
    "ru": re.compile(r"(?<=\d)-(?=\d{4}\b)|\d%|«[^»]*$"),
    "en": re.compile(r"—|[，；：。]"),
}
"""Marks of another language: semicolons, dashes of spans, spaces before marks."""

LATIN = re.compile(r"\b(UCDP|IDMC|UNHCR|UNRWA|VDC)\b")
OPENED = re.compile("[\u202a-\u202e\u2066-\u2069]")
CLOSING = "\u202c\u2069"


def nouns(language: str) -> list[tuple[str, str, str]]:
    """The English pair and each form of every noun that a number stands before; Chinese has one form of each."""
    found = []
    for message in catalogues.read("fr" if language == "en" else language) if language != "zh" else ():
        if message.pluralizable and message.id[0].startswith(("{amount} ", "{count} ")):
            said = message.id if language == "en" else message.string
            found += [(*message.id, form.split("} ", 1)[1]) for form in said if form.startswith("{")]
    return found


@cache
def forms(language: str) -> tuple[dict[str, tuple[str, str]], re.Pattern[str]]:
    """Form -> its English pair, where it is one noun's alone; and a number before any of them."""
    pairs: dict[str, set[tuple[str, str]]] = {}
    for one, many, form in nouns(language):
        pairs.setdefault(form, set()).add((one, many))
    some = {form: pair.pop() for form, pair in pairs.items() if len(pair) == 1}
    either = "|".join(sorted(map(re.escape, some), key=len, reverse=True))
    return some, re.compile(rf"(?<![\d.,–-])(\d[\d.,\u00a0\u202f]*)[ \u00a0]({either})\b")


def wrong_forms(language: str, text: str) -> list[str]:
    """Every number before a noun in a form that this number does not take."""
    some, pattern = forms(language)
    text = YEAR.sub("", text) if some else ""
    say, found = words(language), []
    for number, form in pattern.findall(GENITIVE.sub("", text) if language == "ru" else text):
        one, many = some[form]
        value = float(parse_decimal(number, locale=say.locale, numbering_system="latn"))
        decimals = len((re.split("[.]" if language in ("en", "ar", "zh") else ",", number) + [""])[1])
        right = say.plural(one, many, value, decimals, amount=number)
        if number in right and not right.endswith(f" {form}"):
            found.append(f"{number} {form}, not {right}")
    return found


def faults(language: str, text: str) -> list[str]:
    """What is wrong with a text in its language."""
    bare = RELEASE.sub("", text)
    found = [f"the date {date}" for date in ISO.findall(text)]
    found += [f"the mark {mark!r}" for mark in FOREIGN[language].findall(bare)]
    found += wrong_forms(language, text)
    closed = sum(-1 if mark in CLOSING else 1 for mark in OPENED.findall(text))
    return found + ["a direction that is never closed"] * bool(closed)


def unnamed(language: str, texts: str) -> list[str]:
    """Acronyms in Latin letters that are never written out, in a script where they are foreign."""
    foreign = set(LATIN.findall(texts)) if language in ("ar", "ru", "zh") else set()
    return sorted(one for one in foreign if not re.search(rf"[（(]{one}", texts))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", charts.FIGURES)
def test_a_figure_is_said_as_its_language_is_written(name: str, language: str) -> None:
    content = charts.content(name, language)
    face = [content.title, content.subtitle, *content.labels.values(), *content.notes, content.source_line]
    wrong = [fault for text in (*face, content.alt, *content.page) for fault in faults(language, text)]
    assert wrong + unnamed(language, " ".join(face)) + unnamed(language, " ".join(content.page)) == []
    # Lines are marked for their direction, and marked text stays as it is.
    assert all(words(language).typeset(text) == text for text in face)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_is_told_as_its_language_is_written(language: str) -> None:
    say, wrong = words(language), []
    for verdict in (verdict for report in reports.known() for verdict in committed(report)):
        told = [sentences.statement(say, verdict.claim), sentences.reason(say, verdict)]
        cited = sentences.sentence(say, verdict)
        told += [cited.split(say("Source: {sources}", sources=""))[0]]  # works are cited as they are called
        wrong += [(verdict.claim.id, fault) for text in told for fault in faults(language, text)]
        wrong += [(verdict.claim.id, date) for date in ISO.findall(cited)]
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "le 2016-06-20", "the date 2016-06-20"),
        ("zh", "2016年;数据", "the mark"),
        ("fr", "des décès; des réfugiés", "the mark ';'"),
        ("ru", "2011-2015 годы", "the mark '-'"),
        ("es", "el 51,4%", "the mark"),
        ("ru", "26,3 субъектов", "26,3 субъектов, not 26,3 субъекта"),
        ("ru", "5 года", "5 года, not 5 лет"),
        ("fr", "1,6 projets", "1,6 projets, not 1,6 projet"),
        ("en", "1.0 year", "1.0 year, not 1.0 years"),
        ("ar", "42,173 قتيل", "42,173 قتيل, not 42,173 قتيلا"),
        ("ar", "\u202a2016", "a direction that is never closed"),
    ],
)
def test_a_fault_is_found(language: str, text: str, found: str) -> None:
    assert any(found in fault for fault in faults(language, text))


def test_an_acronym_that_is_not_written_out_is_found() -> None:
    assert unnamed("zh", "IDMC 2016") == ["IDMC"] and unnamed("zh", "境内流离失所监测中心（IDMC），IDMC") == []


def test_months_in_arabic_have_both_names() -> None:
    assert words("ar").date("2016-06-20") == "20 حزيران/يونيه 2016"
    assert words("ar").date("2016-01") == "كانون الثاني/يناير 2016"
