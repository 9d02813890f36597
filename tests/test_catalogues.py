"""The catalogues of words: complete, certain, of today's messages, and true to the numbers in them."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from analysis import paths
from analysis.audit import reports
from analysis.audit.verdicts import Verdict
from analysis.tell import catalogues, sentences
from analysis.tell.catalogues import TRANSLATED, problems
from analysis.tell.languages import ENGLISH, words


def extracted(folder: Path) -> Path:
    """The template as `make words` would write it, from the command that the Makefile holds."""
    makefile = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
    options = makefile.split("EXTRACT := $(BIN)/pybabel ")[1].splitlines()[0].split()
    target = folder / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", *options, "-o", str(target), "."]
    subprocess.run(command, cwd=paths.ROOT, check=True, capture_output=True)
    return target


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return extracted(tmp_path_factory.mktemp("words"))


@pytest.fixture(scope="module")
def template(found: Path) -> Catalog:
    with found.open("rb") as stream:
        return read_po(stream)


def test_the_template_is_that_of_the_code(found: Path) -> None:
    assert found.read_bytes() == catalogues.TEMPLATE.read_bytes(), "run `make words`"


def test_messages_are_found_in_code_and_ledgers(template: Catalog) -> None:
    found = {message.id for message in template}
    for text in ("supported", "consistent", "UN Security Council", "CC BY 3.0 IGO", "Internally displaced people"):
        assert text in found
    for claim in (one for report in reports.known() for one in reports.committed(report).claims):
        assert {claim.about, claim.note, *(one.label for one in claim.definitions)} - {""} <= found


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_is_complete_and_certain(language: str, template: Catalog) -> None:
    assert problems(catalogues.read(language), template) == []


def one(**changes: object) -> tuple[Catalog, Catalog]:
    """A template of two messages, and a catalogue that has them with changes."""
    source, own = Catalog(), Catalog(locale="fr")
    source.add("{count} people in {year}")
    source.add(("{count} death", "{count} deaths"))
    given = {"string": "{count} personnes en {year}", "plural": ("{count} mort", "{count} morts"), **changes}
    own.add("{count} people in {year}", string=given["string"], flags=given.get("flags", ()))
    own.add(("{count} death", "{count} deaths"), string=given["plural"])
    return own, source


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"string": ""}, "missing"),
        ({"plural": ("{count} mort", "")}, "missing"),
        ({"flags": ("fuzzy",)}, "fuzzy"),
        ({"string": "{count} personnes"}, "places for values"),
        ({"string": "{count} personnes en {an}"}, "places for values"),
        ({"string": "{count personnes en {year}"}, "places for values"),
        ({"plural": ("un mort", "{count} morts")}, ""),
        ({"plural": ("{count} mort",)}, "plural forms"),
    ],
)
def test_what_is_wrong_with_a_translation_is_found(changes: dict[str, object], said: str) -> None:
    found = problems(*one(**changes))
    assert len(found) == bool(said)
    assert all(line.startswith(said) for line in found)


def test_a_message_that_is_gone_is_found() -> None:
    own, source = one()
    own.add("no more of this", string="fini")
    assert problems(own, source) == ["no longer used: 'no more of this'"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_numbers_of_the_english(language: str, template: Catalog) -> None:
    own = catalogues.read(language)
    wrong = []
    for message in template:
        if not message.id:
            continue
        source = message.id if isinstance(message.id, str) else message.id[1]
        string = own.get(message.id).string
        last = string if isinstance(string, str) else string[-1]
        if catalogues.digits(source) != catalogues.digits(last):
            wrong.append((source, last))
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_reasons_and_sentences_say_the_same_numbers(language: str, verdicts: dict[str, Verdict]) -> None:
    for verdict in verdicts.values():
        for told, english in (
            (sentences.reason(words(language), verdict), sentences.reason(ENGLISH, verdict)),
            (sentences.sentence(words(language), verdict), sentences.sentence(ENGLISH, verdict)),
        ):
            missing = Counter(catalogues.digits(english)) - Counter(catalogues.digits(told))
            assert not missing, (verdict.claim.id, told)
            assert "{" not in told
            assert told[-1] in ".。" and not told.endswith(("..", "。。", ".。"))
