"""Words, numbers, dates and country names in the six UN languages.

Messages are written in English in the code and translated by gettext catalogues
(``locales/LANGUAGE.po``), which Babel reads; numbers, dates and plural forms follow the CLDR; names of
countries are the UN's (``data/areas.csv``).
"""

import gettext
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from analysis.data import areas
from analysis.data.registry import last_day
from analysis.errors import InputError
from analysis.tell import LANGUAGES

RIGHT_TO_LEFT = ("ar",)
LOCALES = Path(__file__).parent / "locales"
SEMICOLON = {"ar": "؛ ", "fr": "\u00a0; ", "zh": "；"}
COMMA = {"ar": "، ", "zh": "、"}
"""The marks between the parts of a list, where they are not those of Latin script."""

LOCALE_OF = {"en": "en_GB", "zh": "zh_Hans"}
"""The CLDR locale of a language where it is not the language itself: UN English writes 20 June 2016."""

TO_THE_RIGHT, TO_THE_LEFT = "\u200e", "\u200f"
"""Unicode's marks of direction."""

NUMBER = re.compile(r"(?<![\w.,+−-])(?:[+−-]\d[\d.,]*%?|\d[\d.,]*%|\d[\d.]*(?:-\d[\d.]*)+)")
"""A number with a sign or a percent sign, or numbers joined by hyphens: the name of a release, a date."""

LATIN_THEN_NUMBER = re.compile("(?<=[A-Za-z])(?=[،؛] [0-9])")
"""Where a Latin name would draw the number of the next clause to itself."""

RUNS_LEFT = re.compile("[\u0590-\u08ff–]|[0-9]: ")
"""What is laid out from right to left: Arabic letters, and a span of years or a year and its number among them."""

MILLION, TEN_THOUSAND = 1_000_000, 10_000

SPAN, YEARS = re.compile(r"(?<=[\d}年])–(?=[\d{])"), re.compile(r"(?<=\d{4})-(?=\d{4})|(?<=\})-(?=\{)")
"""From one number to another: a dash in Arabic and Russian, a hyphen in Chinese, French and Spanish."""

BEFORE_A_MARK = re.compile(" (?=[;:?!%»])|(?<=«) ")
"""Where a space in French is one that does not break."""

LEVANT, UN_MONTHS = "ar_SY", {"يونيو": "يونيه", "يوليو": "يوليه"}
"""UN documents in Arabic give a month both names: the Levant's, and the other as they spell it."""

DIGITS = "latn"
"""UN documents print 0-9 in Arabic as well."""


@dataclass(frozen=True)
class Words:
    """How one language says things."""

    language: str

    @property
    def locale(self) -> str:
        """The CLDR locale."""
        return LOCALE_OF.get(self.language, self.language)

    @property
    def right_to_left(self) -> bool:
        """Whether the script runs from right to left."""
        return self.language in RIGHT_TO_LEFT

    def __call__(self, message: str, **values: object) -> str:
        """A message in this language, with ``values`` in its places; nothing if there is no message."""
        if not message:
            return ""
        text = catalogue(self.language).texts.get(message) or message
        return str(text).format(**values)

    def plural(self, one: str, many: str, count: float, decimals: int = 0, **values: object) -> str:
        """A message in the form that a number needs as it is printed; ``{count}`` stands for the number.

        Args:
            one: the English message for one.
            many: that for any other number.
            count: the number.
            decimals: how many are printed: in English 1.0 is no singular, in French 1,6 is one.
            values: what stands in the message's other places.
        """
        language = self.language if (one, many) in catalogue(self.language).texts else "en"
        forms = catalogue(language).texts.get((one, many), (one, many))
        form = _form(self.locale, language, f"{round(abs(count), decimals):.{decimals}f}")
        text = forms[form if form < len(forms) else catalogue(language).form(2)]
        return text.format(count=self.number(count, decimals), **values)

    def listed(self, texts: Iterable[str]) -> str:
        """Clauses in a row, parted by semicolons."""
        return SEMICOLON.get(self.language, "; ").join(texts)

    def enumerated(self, texts: Iterable[str]) -> str:
        """Names in a row, parted by commas."""
        return COMMA.get(self.language, ", ").join(texts)

    def typeset(self, text: str) -> str:
        """A text with the invisible marks that keep its parts in order where the script runs from right to left.

        A line is laid out by its first letter, so that one which begins with a Latin name or a year
        needs a mark of its direction; and without one a release (2017-08) or a signed number would
        be turned round. Marked text stays as it is.
        """
        if not self.right_to_left:
            return text
        bare = text.replace(TO_THE_RIGHT, "").replace(TO_THE_LEFT, "")
        parted = LATIN_THEN_NUMBER.sub(TO_THE_LEFT, bare)
        lines = NUMBER.sub(f"{TO_THE_RIGHT}\\g<0>", parted).split("\n")
        return "\n".join(f"{TO_THE_LEFT}{line}" if RUNS_LEFT.search(line) else line for line in lines)

    @property
    def space(self) -> str:
        """What parts sentences: nothing in Chinese."""
        return "" if self.language == "zh" else " "

    def run(self, sentences: Iterable[str]) -> str:
        """Sentences in a row."""
        return self.space.join(text for text in sentences if text)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with grouped digits, rounded half to even as the CLDR does."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return _decimal(round(value, decimals) + 0.0, pattern, self.locale)  # no minus before a zero

    def in_millions(self, value: float, decimals: int = 0) -> str:
        """A number in millions; in Chinese in units of ten thousand (万), by which large numbers are counted there."""
        if self.language == "zh":
            return f"{value / TEN_THOUSAND:.{max(0, decimals - 2)}f}"
        return self.number(value / MILLION, decimals)

    def percent(self, share: float, decimals: int = 1) -> str:
        """A share as a percentage, the sign where the language puts it."""
        pattern = Locale.parse(self.locale).percent_formats[None].pattern
        if decimals:
            pattern = pattern.replace("#,##0", "#,##0." + "0" * decimals)
        share = round(share, decimals + 2)
        return format_percent(share, format=pattern, locale=self.locale, numbering_system=DIGITS)

    def date(self, published: str) -> str:
        """A year, month or day as exactly as it is known."""
        day = last_day(published)
        if len(published) == len("2016"):
            return published
        if len(published) == len("2016-07"):
            text = format_skeleton("yMMMM", day, locale=self.locale)
        else:
            text = format_date(day, format="long", locale=self.locale)
        if self.language == "ar":
            name, other = (format_date(day, "MMMM", locale=locale) for locale in ("ar", LEVANT))
            return text.replace(name, f"{other}/{UN_MONTHS.get(name, name)}")
        # UN documents in Russian write the word out; with a full stop it would look like the end of a sentence.
        return text.replace("\u202fг.", "\u00a0года") if self.language == "ru" else text

    def language_name(self, language: str) -> str:
        """The name of a language, as the CLDR has it."""
        return Locale.parse(language).get_language_name(self.locale) or language

    def area(self, area: str) -> str:
        """The UN's name of an area."""
        return areas.name(area, self.language)


@cache
def _decimal(value: float, pattern: str, locale: str) -> str:
    return format_decimal(value, format=pattern, locale=locale, numbering_system=DIGITS)


WHOLE = (0, 1, 2, 3, 5, 11, 100, 1_000_000)
"""A whole number of every plural category that one has in the six languages."""


@dataclass(frozen=True)
class Catalogue:
    """Translations: of a message, or the plural forms of one; ``form`` says which form a whole number takes."""

    texts: Mapping[str | tuple[str, str], str | tuple[str, ...]]
    form: Callable[[int], int]


@cache
def catalogue(language: str) -> Catalogue:
    """The translations into a language; English is what is written in the code."""
    if language == "en":
        return Catalogue({}, lambda number: int(number != 1))
    path = LOCALES / f"{language}.po"
    if not path.exists():
        raise InputError(f"no catalogue for {language}", where=path, do="make it: CONTRIBUTING.md, a language")
    with path.open("rb") as stream:
        found = read_po(stream, locale=language)
    texts: dict[Any, Any] = {message.id: message.string for message in found if message.id and not message.fuzzy}
    texts = {key: _typeset(text, language) for key, text in texts.items()}
    return Catalogue({key: text for key, text in texts.items() if all(text)}, gettext.c2py(found.plural_expr))


@cache
def _form(locale: str, language: str, printed: str) -> int:
    """Which form of a catalogue a number takes as it is printed, by the locale's categories in CLDR.

    A form that no whole number takes comes last; where a catalogue lacks it, that of two is nearest.
    """
    rule = Locale.parse(locale).plural_form
    category = rule(Decimal(printed))
    alike = (catalogue(language).form(number) for number in WHOLE if rule(number) == category)
    return next(alike, len(rule.tags))


def _typeset(text: Any, language: str) -> Any:
    """A text, or its forms, with the spaces and the dashes of spans that UN documents in the language have."""
    if not isinstance(text, str):
        return tuple(_typeset(form, language) for form in text)
    text = YEARS.sub("–", text) if language in ("ar", "ru") else SPAN.sub("-", text)
    return BEFORE_A_MARK.sub("\u00a0", text) if language == "fr" else text


@cache
def words(language: str) -> Words:
    """The words of a language.

    Raises:
        InputError: a language that is not one of the six.
    """
    if language not in LANGUAGES:
        raise InputError(f"no language {language!r}", expected=f"one of {', '.join(LANGUAGES)}, or all")
    return Words(language)


ENGLISH = Words("en")
