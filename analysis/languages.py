"""Words, numbers, dates and country names in the six UN languages.

Messages are written in English in the code and translated by gettext catalogues
(``analysis/locales/LANGUAGE.po``), which Babel reads; numbers and dates follow the CLDR; names of
countries are the UN's (``data/areas.csv``).
"""

import gettext
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from analysis.errors import InputError
from analysis.sources import areas
from analysis.sources.registry import last_day

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
RIGHT_TO_LEFT = ("ar",)
LOCALES = Path(__file__).parent / "locales"
LOCALE_OF = {"en": "en_GB", "zh": "zh_Hans"}
"""The CLDR locale of a language where it is not the language itself: UN English writes 20 June 2016."""

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
        """A message in this language, with ``values`` in its places."""
        return _catalogue(self.language).gettext(message).format(**values)

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """A message in the form that ``count`` needs; ``{count}`` stands for the number."""
        text = _catalogue(self.language).ngettext(one, many, count)
        return text.format(count=self.number(count), **values)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with grouped digits, rounded half to even as the CLDR does."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(round(value, decimals), format=pattern, locale=self.locale, numbering_system=DIGITS)

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
        skeleton = {4: "y", 7: "yMMMM", 10: "yMMMMd"}[len(published)]
        if skeleton == "y":
            return published
        if skeleton == "yMMMM":
            return format_date(day, format="LLLL y" if self.language != "zh" else "y年M月", locale=self.locale)
        return format_date(day, format="long", locale=self.locale)

    def area(self, area: str) -> str:
        """The UN's name of an area."""
        return areas.name(area, self.language)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    path = LOCALES / f"{language}.po"
    if not path.exists():
        raise InputError(f"no catalogue for {language}", where=path, expected=f"one of {', '.join(LANGUAGES)}")
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def words(language: str) -> Words:
    """The words of a language.

    Raises:
        InputError: a language that is not one of the six.
    """
    if language not in LANGUAGES:
        raise InputError(f"no language {language!r}", expected=f"one of {', '.join(LANGUAGES)}, or all")
    return Words(language)
