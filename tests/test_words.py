"""What every text is held to in its language: forms of nouns, dates, marks, spaces, first mentions, direction."""

import pytest

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
