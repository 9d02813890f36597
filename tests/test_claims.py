"""When a value fits a claim, at the edges of every relation; and what a ledger refuses."""

import math
from collections.abc import Callable
from pathlib import Path

import ledgers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.audit import claims, headlines, measures
from analysis.audit.claims import fits, window
from analysis.data import registry, tables
from analysis.errors import InputError

MILLION = 1_000_000


def printed(relation: str, value: float | None, last_digit: float = 1.0) -> claims.Claim:
    return ledgers.claim(relation=relation, value=value, last_digit=last_digit)


IDPS = printed("plain", 40.8 * MILLION, 100_000)
REFUGEES = printed("about", 21.3 * MILLION, 100_000)


@pytest.mark.parametrize(
    ("claim", "value", "fit"),
    [
        (IDPS, 40_750_000, True),
        (IDPS, 40_749_999, False),
        (IDPS, 40_850_000, True),
        (IDPS, 40_850_001, False),
        (REFUGEES, 21_200_000, True),
        (REFUGEES, 21_199_999, False),
        (REFUGEES, 21_400_000, True),
        (REFUGEES, 21_400_001, False),
        (REFUGEES, 21_352_542, True),
        (printed("over", 100_000), 100_000, True),
        (printed("over", 100_000), 99_999, False),
        (printed("over", 100_000), 10**9, True),
        (printed("at_least", 250_000), 250_000, True),
        (printed("at_least", 250_000), 249_999, False),
        (printed("at_least", 250_000), 10**9, True),
        (printed("under", 118_000), 117_999, True),
        (printed("under", 118_000), 118_000, False),
        (printed("under", 118_000), -1, True),
        (printed("majority", None), 0.5, False),
        (printed("majority", None), 0.5001, True),
        (printed("majority", None), 1.0, True),
        (printed("third", None), 1 / 3, True),
        (printed("third", None), 7 / 24 + 1e-6, True),
        (printed("third", None), 7 / 24 - 1e-6, False),
        (printed("third", None), 11 / 30 - 1e-6, True),
        (printed("third", None), 11 / 30 + 1e-6, False),
    ],
)
def test_the_edges_of_every_relation_to_a_figure(claim: claims.Claim, value: float, fit: bool) -> None:
    assert fits(claim, value) is fit


def test_a_share_as_near_to_another_part_as_to_a_third_is_no_third() -> None:
    claim = printed("third", None)
    low, high = window(claim)
    assert not fits(claim, low)
    assert not fits(claim, high)


@pytest.mark.parametrize("relation", ["highest_since", "more_than"])
def test_a_comparison_is_strict(relation: str) -> None:
    claim = printed(relation, None)
    assert fits(claim, 101, reference=100)
    assert not fits(claim, 100, reference=100)
    assert not fits(claim, 99, reference=100)


def test_a_comparison_looks_at_the_other_number_and_not_at_the_figure() -> None:
    assert fits(printed("more_than", 1_000), 101, reference=100)


@given(st.floats(0, 1))
def test_a_third_is_what_is_nearer_to_a_third(share: float) -> None:
    away = {part: abs(share - part) for part in (1 / 3, 1 / 4, 2 / 5)}
    nearest = sorted(away.values())
    if nearest[1] - nearest[0] > 1e-9:
        assert fits(printed("third", None), share) is (min(away, key=away.__getitem__) == 1 / 3)


def test_a_fault_of_floating_point_does_not_decide() -> None:
    assert 0.1 + 0.7 < 0.8
    assert fits(printed("at_least", 0.8, 0.1), 0.1 + 0.7)
    assert fits(printed("plain", 0.75, 0.1), 0.1 + 0.7)
    assert not fits(printed("at_least", 0.8, 0.1), 0.7999)
    assert 3 * 1.1 > 3.3
    assert fits(printed("plain", 3.25, 0.1), 3 * 1.1)
    assert not fits(printed("plain", 3.25, 0.1), 3.3001)
    assert not fits(printed("at_least", 0.8, 0.1), 0.8 - 1.5e-9)
    assert fits(printed("at_least", 21_300_000.3), math.nextafter(21_300_000.3, 0))


def test_a_large_number_has_no_more_room_than_that() -> None:
    assert not fits(printed("at_least", 40_800_000), 40_799_999)
    assert not fits(printed("about", 21_300_000, 100_000), 21_400_001)


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("plain", (95.0, 105.0)),
        ("about", (90.0, 110.0)),
        ("over", (100.0, math.inf)),
        ("at_least", (100.0, math.inf)),
        ("under", (-math.inf, 100.0)),
        ("majority", (0.5, math.inf)),
        ("third", (pytest.approx(7 / 24), pytest.approx(11 / 30))),
    ],
)
def test_the_window_of_a_relation(relation: str, expected: tuple[float, float]) -> None:
    assert window(printed(relation, 100.0, 10.0)) == expected


@pytest.mark.parametrize("relation", claims.COMPARISONS)
def test_the_window_of_a_comparison_begins_at_the_other_number(relation: str) -> None:
    assert window(printed(relation, 5.0), reference=7.0) == (7.0, math.inf)
    with pytest.raises(ValueError, match=f"some_claim: {relation} needs a number to compare with"):
        fits(printed(relation, 5.0), 8.0)


@pytest.mark.parametrize("relation", ["plain", "about", "over", "at_least", "under"])
def test_a_threshold_stands_in_for_the_figure(relation: str) -> None:
    for own in (None, 100.0):
        assert window(printed(relation, own), threshold=0.5) == window(printed(relation, 0.5))
    assert window(printed(relation, 100.0), threshold=0.0) == window(printed(relation, 0.0))
    with pytest.raises(ValueError, match=f"some_claim: {relation} needs a figure"):
        window(printed(relation, None))


def test_every_relation_is_one_of_the_tests_above() -> None:
    tested = {"plain", "about", "over", "at_least", "under", "third", "majority", "highest_since", "more_than"}
    assert set(claims.RELATIONS) == {*tested, "none"}


# A number is printed to a unit of its last digit: rounded to the nearest, or cut off where "over" is said.
UNITS = st.sampled_from([10.0**power for power in range(8)])
NUMBERS = st.integers(0, 10**9)


@given(NUMBERS, UNITS)
def test_a_rounded_number_fits_its_own_claim(number: int, unit: float) -> None:
    figure = math.floor(number / unit + 0.5) * unit
    for relation in ("plain", "about"):
        claim = printed(relation, figure, unit)
        assert fits(claim, number)
        assert fits(claim, figure)


@given(NUMBERS, UNITS)
def test_a_number_cut_off_fits_its_own_claim(number: int, unit: float) -> None:
    figure = number // unit * unit
    for relation in ("over", "at_least"):
        claim = printed(relation, figure, unit)
        assert fits(claim, number)
        assert fits(claim, figure)


@given(st.integers(0, 10**9), UNITS, st.integers(1, 10**9))
def test_a_number_two_units_away_fits_no_figure(number: int, unit: float, more: int) -> None:
    claim = printed("about", number, unit)
    assert not fits(claim, number + unit + more)
    assert not fits(claim, number - unit - more)
    assert not fits(printed("over", number, unit), number - more)


# The ledgers.

CLAIM_COLUMNS = (
    "id, group, area, paragraph, about, printed, value, relation, unit, last_digit, as_of, cited, "
    "headline, measure, note"
)
DEFINITION_COLUMNS = (
    "claim, definition, kind, year, role, fit, label, used_by, reason, measure, terms, divided_by, sources, years, "
    "against, threshold, headlines"
)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of two claims, the first with two definitions."""
    other = ledgers.claim(id="other_claim", relation="more_than", value=None)
    two = [ledgers.definition(), ledgers.definition(definition="wider", role="alternative", threshold=50.0)]
    return ledgers.write(tmp_path, [ledgers.claim(), other], [*two, ledgers.definition(claim="other_claim")])


def alter(path: Path, change: Callable[[str], str]) -> Path:
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")
    return path


def refused(read: Callable[[], object]) -> str:
    with pytest.raises(InputError) as caught:
        read()
    return str(caught.value)


def test_a_ledger_is_read_as_it_is_written(ledger: Path) -> None:
    first, other = claims.claims(ledger)
    assert first == ledgers.claim()
    assert other == ledgers.claim(id="other_claim", relation="more_than", value=None)
    own, wider, last = claims.definitions(ledger.with_name("definitions.csv"), [first, other])
    assert own == ledgers.definition()
    assert wider == ledgers.definition(definition="wider", role="alternative", threshold=50.0)
    assert last == ledgers.definition(claim="other_claim")


def test_the_last_digit_of_a_claim_without_one_is_a_unit(ledger: Path) -> None:
    alter(ledger, lambda text: text.replace("deaths,10.0,", "deaths,,", 1))
    assert claims.claims(ledger)[0].last_digit == 1.0


def test_a_claim_outside_the_paragraphs_has_paragraph_0(ledger: Path) -> None:
    alter(ledger, lambda text: text.replace("some_claim,,,8,", "some_claim,,,,", 1))
    assert claims.claims(ledger)[0].paragraph == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "over,deaths",
            "above,deaths",
            "row 2, column relation: 'above'; expected plain, about, over, at_least, under,",
        ),
        (",100.0,", ",many,", "row 2, column value: 'many' is not a number; expected digits"),
        (",8,", ",eight,", "row 2, column paragraph: 'eight' is not a whole number; expected digits"),
        ("deaths,10.0", "deaths,ten", "row 2, column last_digit: 'ten' is not a number; expected digits"),
        ("other_claim", "some_claim", "row 3, column id: some_claim stands twice; expected one row each"),
        (
            ",note\n",
            "\n",
            f"row 1, column note: the column is missing; expected {CLAIM_COLUMNS}",
        ),
        ("id,group", "group,id", "row 1: the columns are group, id, area, paragraph,"),
        (",total,\n", ",total\n", "row 2: the row has too few or too many fields; expected 15; quote commas"),
        (",total,\n", ",total,,\n", "row 2: the row has too few or too many fields; expected 15; quote commas"),
    ],
)
def test_what_a_ledger_of_claims_refuses(ledger: Path, old: str, new: str, said: str) -> None:
    alter(ledger, lambda text: text.replace(old, new, 1))
    assert refused(lambda: claims.claims(ledger)).startswith(f"claims.csv, {said}")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("\nother_claim,", "\nno_claim,", "row 4, column claim: 'no_claim'; expected some_claim, other_claim"),
        ("alternative", "other", "row 3, column role: 'other'; expected report, alternative"),
        (
            "alternative",
            "report",
            "row 3, column role: some_claim has two definitions of the report's own; expected at",
        ),
        ("direct", "near", "row 2, column fit: 'near'; expected direct, proxy, floor"),
        (",wider,", ",own,", "row 3, column definition: some_claim own stands twice; expected one row each"),
        (",50.0,", ",half,", "row 3, column threshold: 'half' is not a number; expected digits"),
        (
            ",headlines\n",
            "\n",
            f"row 1, column headlines: the column is missing; expected {DEFINITION_COLUMNS}",
        ),
        (",50.0,\n", ",50.0\n", "row 3: the row has too few or too many fields; expected 17; quote commas"),
    ],
)
def test_what_a_ledger_of_definitions_refuses(ledger: Path, old: str, new: str, said: str) -> None:
    path = alter(ledger.with_name("definitions.csv"), lambda text: text.replace(old, new, 1))
    assert refused(lambda: claims.definitions(path, claims.claims(ledger))).startswith(f"definitions.csv, {said}")


def test_definitions_of_two_claims_may_have_one_name_and_both_be_the_reports_own(ledger: Path) -> None:
    read = claims.definitions(ledger.with_name("definitions.csv"), claims.claims(ledger))
    assert [(one.claim, one.definition, one.role) for one in read] == [
        ("some_claim", "own", "report"),
        ("some_claim", "wider", "alternative"),
        ("other_claim", "own", "report"),
    ]


@pytest.mark.parametrize("relation", [name for name in claims.RELATIONS if name != "none"])
def test_a_claim_of_a_figure_needs_one_or_a_threshold(tmp_path: Path, relation: str) -> None:
    needs = relation in {"plain", "about", "over", "at_least", "under"}
    claim = ledgers.claim(relation=relation, value=None)
    path = ledgers.write(tmp_path, [claim], [ledgers.definition()]).with_name("definitions.csv")
    if needs:
        assert refused(lambda: claims.definitions(path, [claim])).startswith(
            "definitions.csv, row 2, column threshold: some_claim has no figure, and own no threshold"
        )
        ledgers.write(tmp_path, [claim], [ledgers.definition(threshold=0.5)])
    assert len(claims.definitions(path, [claim])) == 1
    ledgers.write(tmp_path, [claim], [ledgers.definition()])
    assert len(claims.definitions(path, [ledgers.claim(relation=relation, value=0.0)])) == 1


def test_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    said = refused(lambda: claims.claims(tmp_path / "claims.csv"))
    assert said == "claims.csv: file not found; name a ledger that exists, the others that it needs beside it"


def test_quotes_that_do_not_match(ledger: Path) -> None:
    alter(ledger, lambda text: text.replace(",over,", ',"over" all,', 1))
    said = refused(lambda: claims.claims(ledger))
    assert said == "claims.csv, row 2: ',' expected after '\"'; look at the quotes"


def test_an_empty_ledger(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text("")
    assert refused(lambda: claims.claims(tmp_path / "claims.csv")).startswith(
        f"claims.csv, row 1, column {CLAIM_COLUMNS}: the column is missing; expected {CLAIM_COLUMNS}"
    )


def test_rows_are_counted_as_an_editor_does(ledger: Path) -> None:
    alter(ledger, lambda text: text.replace("Deaths were over 100,", '"Deaths\nwere over 100",', 1))
    alter(ledger, lambda text: text.replace("more_than", "fewer_than", 1))
    assert refused(lambda: claims.claims(ledger)).startswith("claims.csv, row 4, column relation: 'fewer_than'")


# What is committed.


def test_the_committed_definitions_belong_to_the_committed_claims() -> None:
    assert claims.definitions() == claims.definitions(claims.DEFINITIONS, claims.claims())


@pytest.mark.parametrize("claim", claims.claims(), ids=lambda claim: claim.id)
def test_a_committed_claim_says_how_it_is_tested(claim: claims.Claim) -> None:
    own = [one for one in claims.definitions() if one.claim == claim.id]
    assert claim.measure != claims.NOT_TESTABLE or not own
    assert claim.measure != claims.NOT_TESTABLE or claim.relation == claims.NOT_TESTABLE
    assert claim.note or own, "a claim that cannot be tested says why"
    stated = {one.id for one in headlines.load()}
    assert {*claim.headline.split(), *(word for one in own for word in one.headlines.split())} <= stated
    for one in own:
        assert one.used_by and one.reason and one.label
        assert (one.measure or claim.measure) in measures.MEASURES
        assert set(one.sources.split()) <= set(registry.SOURCES)
        for term in measures.parse_terms(one.terms) + measures.parse_terms(one.divided_by):
            assert term.series in tables.SERIES
        assert bool(one.terms) == bool(one.sources) == bool(one.years)
        assert one.terms or one.headlines
