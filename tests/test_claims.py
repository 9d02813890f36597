"""When a value fits a claim, at the edges of every relation, and what a span of values says."""

import math

import ledgers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.audit import claims
from analysis.audit.claims import answer, fits, window

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


# A number of which only bounds are known.

SPANS = st.tuples(st.integers(0, 300), st.integers(0, 300)).map(lambda pair: (float(min(pair)), float(max(pair))))


@given(st.sampled_from(["plain", "about", "over", "at_least", "under"]), SPANS)
def test_a_span_says_yes_or_no_only_where_all_of_it_does(relation: str, span: tuple[float, float]) -> None:
    claim = printed(relation, 100.0, 10.0)
    said = {fits(claim, float(value)) for value in range(int(span[0]), int(span[1]) + 1)}
    expected = "unknown" if len(said) > 1 else "yes" if said == {True} else "no"
    assert answer(claim, span, None, None) == expected


@given(st.sampled_from(claims.COMPARISONS), SPANS, SPANS)
def test_a_comparison_of_spans(relation: str, span: tuple[float, float], other: tuple[float, float]) -> None:
    claim = printed(relation, None)
    said = {value > against for value in span for against in other}
    expected = "unknown" if len(said) > 1 else "yes" if said == {True} else "no"
    assert answer(claim, span, other, None) == expected


@pytest.mark.parametrize(
    ("relation", "value", "floor", "ceiling"),
    [
        # A part of all can show that there is enough, never too little; what takes in more the other way round.
        ("over", 120, "yes", "unknown"),
        ("over", 80, "unknown", "no"),
        ("at_least", 100, "yes", "unknown"),
        ("under", 120, "no", "unknown"),
        ("under", 80, "unknown", "yes"),
        ("plain", 100, "unknown", "unknown"),
        ("plain", 106, "no", "unknown"),
        ("plain", 94, "unknown", "no"),
        ("about", 111, "no", "unknown"),
        ("majority", 0.6, "yes", "unknown"),
        ("majority", 0.4, "unknown", "no"),
        ("third", 0.4, "no", "unknown"),
        ("third", 0.2, "unknown", "no"),
    ],
)
def test_a_floor_and_a_ceiling(relation: str, value: float, floor: str, ceiling: str) -> None:
    claim = printed(relation, 100.0, 10.0)
    assert answer(claim, (value, math.inf), None, None) == floor
    assert answer(claim, (-math.inf, value), None, None) == ceiling


def test_a_sum_of_rounded_parts_may_be_off_by_half_a_unit_of_each() -> None:
    claim = ledgers.claim(relation="plain", value=21_300_000.0, last_digit=100_000.0, parts=2)
    assert window(claim) == (21_200_000.0, 21_400_000.0)
