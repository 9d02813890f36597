"""The catalogues of words: what is to be translated, and what a catalogue still lacks.

``make words`` finds every message (in the code, and in the texts of the ledgers), writes
``locales/messages.pot`` and brings the five catalogues up to date; a translator then works on
``locales/LANGUAGE.po`` with any gettext editor.
"""

import csv
import io
import re
import string
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from analysis.tell.languages import LANGUAGES, LOCALES

TEMPLATE = LOCALES / "messages.pot"
SOURCE = "en"
TRANSLATED = tuple(language for language in LANGUAGES if language != SOURCE)

Found = tuple[int, None, str, list[str]]
"""A message as Babel's extractors give it: line, function, text, comments."""


def ledger_texts(
    stream: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[Found]:
    """The texts of a ledger that figures and sentences show: the extractor that ``pyproject.toml`` names.

    Args:
        stream: a CSV file.
        keywords: not used; Babel gives it to every extractor.
        comment_tags: not used, likewise.
        options: ``columns`` names the columns, parted by spaces.
    """
    rows = csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8", newline=""))
    for row in rows:
        for column in options["columns"].split():
            if row[column]:
                yield rows.line_num, None, row[column], []


TOLD = ("about", "note", "label", "title", "publisher")
"""The keys of a report's ledger whose texts reach a reader."""


def report_texts(
    stream: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[Found]:
    """The same of a report's ledger, which is YAML."""
    yield from _told(yaml.compose(stream, Loader=yaml.CSafeLoader))


def _told(node: yaml.Node) -> Iterator[Found]:
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _told(child)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in TOLD and value.value:
                yield value.start_mark.line + 1, None, value.value, []
            else:
                yield from _told(value)


def read(language: str) -> Catalog:
    """The catalogue of a language."""
    with (LOCALES / f"{language}.po").open("rb") as stream:
        return read_po(stream, locale=language)


def problems(catalogue: Catalog, template: Catalog) -> list[str]:
    """What keeps a catalogue from being complete: one line each.

    A message is missing, marked as uncertain (fuzzy) or no longer used; it lacks a plural form; or
    its places for values (``{count}``) are not those of the English.
    """
    found = []
    for message in template:
        if not message.id:
            continue
        own = catalogue.get(message.id)
        if own is None or not all(_forms(own)):
            found.append(f"missing: {_name(message)}")
        elif own.fuzzy:
            found.append(f"fuzzy: {_name(message)}")
        elif message.pluralizable and len(_forms(own)) != catalogue.num_plurals:
            found.append(f"plural forms: {_name(message)}")
        else:
            found += [f"places for values: {form!r}" for form in _forms(own) if not _has_places(message, form)]
    known = {message.id for message in template}
    found += [f"no longer used: {_name(message)}" for message in catalogue if message.id not in known]
    found += [f"no longer used: {_name(message)}" for message in catalogue.obsolete.values()]
    return found


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])


def _name(message: Message) -> str:
    return repr(message.id if isinstance(message.id, str) else message.id[0])


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _has_places(message: Message, form: str) -> bool:
    """Whether a translation has the English places; the form for one or two may leave the number out."""
    wanted = _places(message.id if isinstance(message.id, str) else message.id[1])
    try:
        own = _places(form)
    except ValueError:
        return False
    return own == wanted or (message.pluralizable and own == wanted - {"count", "amount"})


NUMERAL = re.compile(r"\d(?:[\d.,\u00a0\u202f]*\d)?")


def digits(text: str) -> list[str]:
    """The numbers in a text by their significant digits, in order of size: 21.3 million and 2130万 are alike.

    Months, which Chinese writes in digits, do not count.
    """
    bare = (re.sub(r"\D", "", numeral) for numeral in NUMERAL.findall(re.sub(r"\{[^}]*\}|\d{1,2}月", "", text)))
    return sorted(number.strip("0") for number in bare)
