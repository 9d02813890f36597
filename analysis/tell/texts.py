"""Texts that are made in no language and said later: a message of the catalogues with the values in its places.

A float among the values is a number, an int stands as it is (a year); what else a value may be has
a type of its own here. What a text says in a language is found when a figure is said in it.
"""

from dataclasses import dataclass
from typing import Protocol

from analysis.audit.claims import Claim
from analysis.tell.languages import MILLION, TEN_THOUSAND, Words
from analysis.tell.sentences import statement, verdict_names

NO_BREAK = "\u00a0"
HUNDRED_MILLION = 100_000_000


class Sayable(Protocol):
    """What can be said in a language."""

    def said(self, words: Words) -> str:
        """In a language."""


@dataclass(frozen=True)
class Text:
    """A message with its values."""

    message: str
    values: tuple[tuple[str, object], ...] = ()

    def said(self, words: Words) -> str:
        """In a language, its values in their places."""
        return words(self.message, **{name: _said(words, value) for name, value in self.values})

    @property
    def key(self) -> str:
        """What tells this text from others."""
        return repr(self)


def say(message: str, **values: object) -> Text:
    """A message of the catalogues, to be said later.

    >>> say("{year}: {value}", year=2014, value=126059.0).said(Words("en"))
    '2014: 126,059'
    """
    return Text(message, tuple(values.items()))


def dated(year: int, value: object) -> Text:
    """A year and its number."""
    return say("{year}: {value}", year=year, value=value)


def named(name: Sayable, value: object) -> Text:
    """A name and its number."""
    return say("{name}: {value}", name=name, value=value)


def bare(value: object) -> Text:
    """A number or a name alone."""
    return say("{value}", value=value)


def _said(words: Words, value: object) -> str:
    if isinstance(value, float):
        return words.number(value)
    return str(value) if isinstance(value, (int, str)) else value.said(words)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Decimal:
    """A number with decimals."""

    value: float
    decimals: int = 1

    def said(self, words: Words) -> str:
        """Grouped digits and decimals."""
        return words.number(self.value, self.decimals)


@dataclass(frozen=True)
class Percent:
    """A share of 1 as a percentage."""

    share: float
    decimals: int = 0

    def said(self, words: Words) -> str:
        """With the sign where the language puts it."""
        return words.percent(self.share, self.decimals)


@dataclass(frozen=True)
class Millions:
    """A number of people in millions."""

    persons: float
    decimals: int = 1

    def said(self, words: Words) -> str:
        """With its unit (in Chinese from a hundred million up in that); a line never breaks inside it."""
        if words.language == "zh" and abs(self.persons) >= HUNDRED_MILLION:
            return f"{words.number(self.persons / HUNDRED_MILLION, 2)}亿"
        amount = words.in_millions(self.persons, self.decimals)
        millions = self.persons / MILLION
        text = words.plural("{amount} million", "{amount} million", millions, self.decimals, amount=amount)
        return text.replace(" ", NO_BREAK)


@dataclass(frozen=True)
class Stated:
    """A round figure that the report states."""

    value: float

    def said(self, words: Words) -> str:
        """In Chinese by ten thousand, as it is printed there."""
        if words.language == "zh" and self.value % TEN_THOUSAND == 0:
            return f"{words.in_millions(self.value)}万"
        return words.number(self.value)


@dataclass(frozen=True)
class Area:
    """A place by its code."""

    code: str

    def said(self, words: Words) -> str:
        """The UN's name."""
        return words.area(self.code)


@dataclass(frozen=True)
class Date:
    """A year, month or day, as exactly as it is known (ISO)."""

    published: str

    def said(self, words: Words) -> str:
        """As running text has it; a line never breaks inside it."""
        return words.date(self.published).replace(" ", NO_BREAK)


@dataclass(frozen=True)
class Verdict:
    """A verdict by its English name."""

    name: str

    def said(self, words: Words) -> str:
        """As the catalogues have it."""
        return verdict_names(words)[self.name]


@dataclass(frozen=True)
class Place:
    """What a claim states, with its place."""

    claim: Claim

    def said(self, words: Words) -> str:
        """As the catalogues have it."""
        return statement(words, self.claim)


@dataclass(frozen=True)
class Names:
    """Texts in a row."""

    texts: tuple[Sayable, ...]

    def said(self, words: Words) -> str:
        """Parted by commas."""
        return words.enumerated(text.said(words) for text in self.texts)
