"""From findings to verdicts: every combination of then, otherwise and later; bands; the command."""

import csv
import datetime
import itertools
import json
import random
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import ledgers
import pytest
from ledgers import finding

from analysis import __main__ as commands
from analysis import audit, paths
from analysis.audit import claims, headlines, reports
from analysis.audit.claims import Claim, Definition
from analysis.audit.findings import LATER, STAND_IN, THEN, Finding, findings_of
from analysis.audit.measures import HIGHEST, MEAN, Data, Estimate, Reference
from analysis.audit.verdicts import VERDICTS, Verdict, choices, committed, decide, judge, under
from analysis.data import registry, tables
from analysis.data.coverage import ALONE, PART, Coverage, to_text
from analysis.errors import InputError
from analysis.tell import sentences
from analysis.tell.languages import ENGLISH

Says = tuple[str, str]
"""What a finding says, and its fit."""

SAYINGS: tuple[Says, ...] = tuple(itertools.product(("yes", "no", "unknown"), ("direct", "proxy")))
LATEST = (None, "yes", "no", "unknown")


def subsets() -> Iterator[tuple[Says, ...]]:
    for size in range(len(SAYINGS) + 1):
        yield from itertools.combinations(SAYINGS, size)


def by_the_words(t: Iterable[Says], a: Iterable[Says], latest: str | None) -> str:
    """The design's table: the report's definition or else the others; of these the direct ones, or else the proxies."""
    t = [one for one in t if one[0] != "unknown"]
    a = [one for one in a if one[0] != "unknown"]
    b = t if t else a
    direct = [said for said, fit in b if fit == "direct"]
    proxy = [said for said, fit in b if fit == "proxy"]
    if not direct and not proxy:
        return "not testable"
    row, column = (direct, 0) if direct else (proxy, 1)
    if row.count("yes") == len(row):
        told = ("supported", "consistent")[column]
        return "no longer supported" if told == "supported" and latest == "no" else told
    if row.count("no") == len(row):
        return ("not supported", "not borne out")[column]
    return "contested"


def said(t: Iterable[Says], a: Iterable[Says], latest: str | None) -> list[Finding]:
    """Findings of the time under the report's definition and under others, and the newest later one of what decides."""
    t, a = list(t), list(a)
    role = "report" if any(said != "unknown" for said, _ in t) else "alternative"
    return [
        *(spoken("report", *one, THEN) for one in t),
        *(spoken("alternative", *one, THEN) for one in a),
        *([] if latest is None else [spoken(role, latest, "direct", LATER)]),
    ]


@cache
def spoken(role: str, holds: str, fit: str, when: str) -> Finding:
    day = "2015-09-30" if when == THEN else "2020-01-01"
    return finding(holds, role=role, fit=fit, when=when, definition=role, published=(day,))


def test_every_combination_of_what_was_said_then_elsewhere_and_later() -> None:
    everything = list(subsets())
    assert len(everything) == 64
    count = 0
    for t, a, latest in itertools.product(everything, everything, LATEST):
        assert decide(said(t, a, latest)) == by_the_words(t, a, latest), (t, a, latest)
        count += 1
    assert count == 64 * 64 * 4


Y, N, U = ("yes", "direct"), ("no", "direct"), ("unknown", "direct")
YP, NP, UP = ("yes", "proxy"), ("no", "proxy"), ("unknown", "proxy")


@pytest.mark.parametrize(
    ("t", "a", "latest", "verdict"),
    [
        ([], [], None, "not testable"),
        ([], [], "yes", "not testable"),
        ([U], [], None, "not testable"),
        ([], [U, UP], None, "not testable"),
        ([Y], [], None, "supported"),
        ([Y], [], "yes", "supported"),
        ([Y], [], "unknown", "supported"),
        ([Y], [], "no", "no longer supported"),
        ([Y, Y], [], None, "supported"),
        ([Y, U], [], None, "supported"),
        ([YP], [], None, "consistent"),
        ([YP], [], "no", "consistent"),
        ([Y], [N], None, "supported"),
        ([Y], [N], "no", "no longer supported"),
        ([N], [], None, "not supported"),
        ([N], [], "yes", "not supported"),
        ([N], [Y], None, "not supported"),
        ([NP], [], None, "not borne out"),
        ([NP, U], [], None, "not borne out"),
        ([NP, N], [], None, "not supported"),
        ([NP, Y], [], None, "supported"),
        ([YP, N], [], None, "not supported"),
        ([NP], [N], None, "not borne out"),
        ([Y, N], [], None, "contested"),
        ([Y, N], [Y], "no", "contested"),
        ([YP, NP], [], None, "contested"),
        ([], [Y], None, "supported"),
        ([U], [Y], None, "supported"),
        ([U], [Y], "no", "no longer supported"),
        ([], [N], None, "not supported"),
        ([], [NP], None, "not borne out"),
        ([], [NP, N], None, "not supported"),
        ([], [Y, N], None, "contested"),
        ([], [YP], "no", "consistent"),
    ],
)
def test_the_table_of_verdicts(t: list[Says], a: list[Says], latest: str | None, verdict: str) -> None:
    assert decide(said(t, a, latest)) == verdict
    assert decide(said(t[::-1], a[::-1], latest)) == verdict
    assert decide(said(t * 3, a * 2, latest)) == verdict


def test_every_verdict_is_one_of_the_closed_list() -> None:
    assert set(VERDICTS) == {
        "supported",
        "consistent",
        "contested",
        "not supported",
        "not borne out",
        "no longer supported",
        "not testable",
    }


def test_what_may_not_decide_does_not() -> None:
    assert judged(finding("no", decides=False), finding("yes")).verdict == "supported"
    assert judged(finding("yes", decides=False)).verdict == "not testable"
    assert judged(finding("yes"), other("no", decides=False)).flips == ()
    assert judged(finding("yes"), later("no", decides=False)).later == "none"


# Judging: which findings a verdict rests on, and what stands beside it.


def judged(*findings: Finding, claim: Claim | None = None) -> Verdict:
    return judge(claim or ledgers.claim(), ledgers.REPORT, findings)


def other(holds: str = "yes", **values: object) -> Finding:
    return finding(holds, **{"role": "alternative", "definition": "wider", "label": "all the dead", **values})


def later(holds: str = "yes", day: str = "2017-06-30", **values: object) -> Finding:
    return finding(
        holds, **{"when": LATER, "published": (day,), "vintages": {"ucdp_one_sided": day}, "value": 99.0, **values}
    )


STATED = {"vintages": {"headline": "ucdp_deaths_2014_told_2016"}, "published": ("2016-06-14",)}


@pytest.mark.parametrize("when", [THEN, STAND_IN])
def test_a_stand_in_counts_as_of_the_time(when: str) -> None:
    assert judged(finding("no", when=when), other("yes")).verdict == "not supported"
    assert judged(finding("unknown"), other("no", when=when)).verdict == "not supported"


def test_what_came_later_is_no_ground_for_a_verdict() -> None:
    assert judged(later("yes")).verdict == "not testable"
    assert judged(later("no"), other("yes")).verdict == "supported"
    assert judged(finding("yes"), other("no", when=LATER)).flips == ()
    assert judged(other("no", when=LATER)).verdict == "not testable"


def test_later_is_of_each_definition_that_it_rests_on() -> None:
    assert judged(finding(), later("no", "2018-06-30"), later("yes", "2023-06-30")).later == "holds"
    assert judged(finding(), later("yes", "2018-06-30"), later("no", "2023-06-30")).later == "fails"
    assert judged(finding(), later("no", "2018-06-30"), later("unknown", "2023-06-30")).later == "fails"
    assert judged(finding(), other("no", when=LATER)).later == "none"
    two = (finding(), finding(definition="b"), later("yes"), later("no", definition="b"))
    assert (judged(*two).later, judged(*two).verdict) == ("mixed", "supported")
    alternatives = (other("yes"), later("no", role="alternative", definition="wider"))
    assert judged(*alternatives).verdict == "no longer supported"


def test_of_releases_whose_last_parts_came_out_together_the_other_parts_decide() -> None:
    def two(unhcr: str, idmc: str, holds: str, *published: str) -> Finding:
        return later(holds, published=published, vintages={"unhcr_population": unhcr, "idmc_displacement": idmc})

    early = two("2017-08", "2026-06", "no", "2026-06-25", "2017-08-23")
    for newest in (
        two("2016-01", "2026-06", "yes", "2026-06-25", "2026-06-25"),
        two("2017-09", "2026-06", "yes", "2026-06-25", "2017-08-23"),
    ):
        assert judged(finding(), newest, early).later == judged(finding(), early, newest).later == "holds"


def test_flips_are_the_alternatives_of_the_time_that_answer_otherwise() -> None:
    verdict = judged(
        finding("yes"),
        other("no", definition="a"),
        other("no", definition="a", when=STAND_IN),
        other("yes", definition="b"),
        other("unknown", definition="c"),
        other("no", definition="d", when=LATER),
        other("no", definition="e", when=STAND_IN),
        finding("unknown", definition="own"),
    )
    assert verdict.flips == ("a", "e")
    assert judged(finding("no"), other("yes", definition="a"), other("no", definition="b")).flips == ("a",)
    assert judged(finding("yes"), finding("no"), other("no")).flips == (), (
        "contested: there is no answer to differ from"
    )
    assert judged(other("yes"), other("no", definition="a")).flips == ()
    assert judged(finding("unknown"), other("unknown")).flips == ()


@pytest.mark.parametrize(
    ("bands", "firmness"),
    [
        (["yes"], "firm"),
        (["no"], "firm"),
        (["unknown"], "band unknown"),
        (["yes", "unknown"], "band unknown"),
        (["yes", "no"], "firm"),
        (["straddles"], "within the band"),
        (["yes", "straddles"], "within the band"),
        (["unknown", "straddles"], "within the band"),
    ],
)
def test_firmness(bands: list[str], firmness: str) -> None:
    assert judged(*(finding(band=band) for band in bands)).firmness == firmness
    elsewhere = (other(band="straddles"), later(band="straddles"), finding("unknown", band="straddles"))
    assert judged(*(finding(band=band) for band in bands), *elsewhere).firmness == firmness


def test_firmness_is_that_of_data_where_there_is_data() -> None:
    assert judged(finding(band="yes"), finding(band="unknown", **STATED)).firmness == "firm"
    assert judged(finding(band="straddles", **STATED)).firmness == "within the band"


def test_firmness_of_what_cannot_be_tested() -> None:
    assert judged().firmness == "band unknown"
    assert judged(other("yes", band="yes")).firmness == "firm"


@pytest.mark.parametrize(
    ("headline", "relation", "value", "last_digit", "faithful"),
    [
        # The figure alone is not enough for "over" it; a source that states more is.
        ("idmc_idps_2015", "over", 40_800_000.0, 100_000.0, "no"),
        ("idmc_idps_2015", "plain", 40_800_000.0, 100_000.0, "yes"),
        ("idmc_idps_2015", "over", 40_700_000.0, 100_000.0, "yes"),
        ("idmc_idps_2015", "over", 40_900_000.0, 100_000.0, "no"),
        ("unhcr_refugees_with_unrwa_2015", "about", 21_300_000.0, 100_000.0, "yes"),
        ("unhcr_refugees_with_unrwa_2015", "about", 21_100_000.0, 100_000.0, "no"),
        ("ucdp_deaths_2015_told_2016", "under", 118_000.0, 1_000.0, "yes"),
        ("ucdp_deaths_2015_told_2016", "plain", 118_000.0, 1_000.0, "no"),
        ("ucdp_deaths_2014_told_2016", "over", 130_000.0, 1_000.0, "yes"),
        ("ucdp_deaths_2014_told_2016", "plain", 130_000.0, 1_000.0, "no"),
        ("ucdp_deaths_2014_paper_2015", "over", 100_000.0, 10_000.0, "yes"),
        ("", "over", 40_800_000.0, 100_000.0, "unknown"),
    ],
)
def test_faithful(headline: str, relation: str, value: float, last_digit: float, faithful: str) -> None:
    claim = ledgers.claim(headline=headline, value=value, last_digit=last_digit, relation=relation)
    assert judged(finding(), claim=claim).faithful == faithful
    assert judged(claim=claim).faithful == faithful


def test_a_claim_names_a_headline_that_there_is() -> None:
    with pytest.raises(InputError) as caught:
        judged(claim=ledgers.claim(headline="no_headline"))
    assert str(caught.value) == (
        "headlines.csv, column id: no headline 'no_headline', which some_claim names; add it there, or name another"
    )


def test_what_only_its_publisher_states_is_decided_by_that() -> None:
    stated = finding("yes", **STATED)
    assert judged(stated).verdict == "supported"
    assert judged(stated, later("no")).verdict == "no longer supported"
    assert judged(finding("no", **STATED)).verdict == "not supported"
    assert judged(finding("no", **STATED), stated).verdict == "contested"


def test_a_claim_without_findings_is_not_testable() -> None:
    verdict = judged(claim=ledgers.claim(note="It would take a census."))
    assert (verdict.verdict, verdict.flips, verdict.later, verdict.faithful) == ("not testable", (), "none", "unknown")
    assert sentences.reason(ENGLISH, verdict) == "It would take a census."


def test_rests_on_is_every_day_on_which_its_data_was_out() -> None:
    two = (finding(published=("2015-09-30", "2015-06-30")), finding(published=("2016-06-30",)), other())
    assert judged(*two).rests_on == ("2015-06-30", "2015-09-30", "2016-06-30")


def test_the_choice_that_moves_the_answer_most() -> None:
    assert judged(finding("yes"), other("yes")).moves_most is None
    moves = judged(finding("yes"), other("no"), later("yes")).moves_most
    assert moves is not None and (moves.choice, moves.turned, moves.pairs) == ("definition", 1, 1)
    moves = judged(finding("yes"), later("no"), later("no", "2020-01-01")).moves_most
    assert moves is not None and (moves.choice, moves.turned, moves.pairs) == ("release", 2, 3)
    moves = judged(finding("yes", band="straddles"), later("yes", band="yes")).moves_most
    assert moves is not None and (moves.choice, moves.share) == ("estimate", 0.5)
    apart = judged(finding("yes"), other("no", vintages={"ucdp_country_year": "25.1"})).moves_most
    assert apart is None, "they differ in more than the definition"


def test_the_verdict_under_other_choices() -> None:
    verdict = judged(finding("yes"), other("no"), later("no"))
    assert verdict.verdict == "no longer supported"
    assert under(verdict, {"own", "wider"}, datetime.date(2016, 12, 31)) == "supported"
    assert under(verdict, {"wider"}) == "not supported"
    assert under(verdict, ()) == "not testable"
    assert under(verdict, {"own"}, datetime.date(2014, 1, 1)) == "not testable"
    made = list(choices(verdict))
    assert len(made) == 2**2 * 2
    assert made[-1] == (("own", "wider"), datetime.date(2017, 6, 30), "no longer supported")


def test_every_choice_on_the_ledger_begins_with_the_published_verdict(verdicts: dict[str, Verdict]) -> None:
    for verdict in verdicts.values():
        assert under(verdict, {f.definition for f in verdict.findings}) == verdict.verdict


# From tables to findings.


Bounds = tuple[float | None, float | None, float | None]


@cache
def data_of(bands: tuple[tuple[str, Bounds], ...], before: tuple[tuple[int, Bounds], ...]) -> Data:
    rows = [
        ledgers.row("deaths.one_sided", year, best, day, low=low, high=high)
        for day, bounds in bands
        for year, (low, best, high) in ((2014, bounds), *before)
    ]
    return ledgers.data(rows, *(ledgers.release("ucdp_one_sided", day, day) for day, _ in bands))


def found(
    bands: dict[str, Bounds],
    claim: Claim | None = None,
    *definitions: Definition,
    before: dict[int, Bounds] | None = None,
) -> list[Finding]:
    """The findings where a release published on a day has a low, best and high for 2014, and for years before."""
    data = data_of(tuple(bands.items()), tuple((before or {}).items()))
    asked = claim or ledgers.claim()
    some = definitions or (ledgers.definition(measure="total" if asked.measure == "none" else asked.measure),)
    return ledgers.findings(asked, some, data)


DAY = "2015-09-30"


def band(
    low: float | None, best: float | None, high: float | None, bound: str = "whole", **values: object
) -> tuple[str, str]:
    """Whether a best estimate fits a claim, and whether its band does."""
    threshold = values.pop("threshold", None)
    claim = ledgers.claim(**values)
    (one,) = found({DAY: (low, best, high)}, claim, ledgers.definition(bound=bound, threshold=threshold))
    return one.holds, one.band


@pytest.mark.parametrize(
    ("relation", "low", "high", "expected"),
    [
        # The figure is 100, the unit of its last digit 10.
        ("over", 100, 150, "yes"),
        ("over", 99, 150, "straddles"),
        ("over", 90, 100, "straddles"),
        ("over", 90, 99, "no"),
        ("at_least", 100, 100, "yes"),
        ("at_least", 99, 100, "straddles"),
        ("at_least", 1, 99, "no"),
        ("under", 1, 99, "yes"),
        ("under", 99, 100, "straddles"),
        ("under", 100, 150, "no"),
        ("plain", 95, 105, "yes"),
        ("plain", 94, 105, "straddles"),
        ("plain", 95, 106, "straddles"),
        ("plain", 90, 110, "straddles"),
        ("plain", 90, 94, "no"),
        ("plain", 90, 95, "straddles"),
        ("plain", 105, 120, "straddles"),
        ("plain", 106, 120, "no"),
        ("about", 90, 110, "yes"),
        ("about", 89, 110, "straddles"),
        ("about", 80, 90, "straddles"),
        ("about", 80, 89, "no"),
        ("about", 80, 120, "straddles"),
        ("about", 111, 120, "no"),
        ("about", 110, 120, "straddles"),
        ("majority", 0.51, 0.9, "yes"),
        ("majority", 0.5, 0.9, "straddles"),
        ("majority", 0.1, 0.5, "no"),
        ("third", 0.3, 0.36, "yes"),
        ("third", 0.29, 0.36, "straddles"),
        ("third", 0.3, 0.37, "straddles"),
        ("third", 0.2, 0.5, "straddles"),
        ("third", 0.2, 0.29, "no"),
        ("third", 0.37, 0.5, "no"),
        ("over", 150, 120, "unknown"),
        ("over", None, 120, "unknown"),
        ("over", 110, None, "yes"),
        ("over", 90, None, "straddles"),
        ("under", None, 120, "unknown"),
        ("under", 90, None, "straddles"),
        ("plain", None, None, "unknown"),
        ("none", 100, 150, "unknown"),
    ],
)
def test_the_band_of_a_figure(relation: str, low: float | None, high: float | None, expected: str) -> None:
    assert band(low, 100, high, relation=relation)[1] == expected
    if relation not in ("majority", "third"):
        scaled = [None if end is None else end / 100 for end in (low, high)]
        claim = {"relation": relation, "value": 9.0, "last_digit": 0.1}
        assert band(scaled[0], 1, scaled[1], **claim, threshold=1.0)[1] == expected, "a threshold is a figure"


@pytest.mark.parametrize(
    ("relation", "best", "expected"),
    [
        ("over", 100, "yes"),
        ("over", 99, "no"),
        ("plain", 105, "yes"),
        ("plain", 106, "no"),
        ("none", 100, "unknown"),
        ("more_than", 100, "unknown"),
        ("highest_since", 100, "unknown"),
    ],
)
def test_what_a_best_estimate_says(relation: str, best: float, expected: str) -> None:
    assert band(1, best, 1000, relation=relation)[0] == expected


def test_a_comparison_without_a_number_to_compare_with_has_no_band() -> None:
    assert band(90, 100, 110, relation="more_than") == ("unknown", "unknown")


@pytest.mark.parametrize(
    ("now", "before", "holds", "expected"),
    [
        ((100, 110, 120), (80, 90, 99), "yes", "yes"),
        ((100, 110, 120), (80, 90, 100), "yes", "straddles"),
        ((100, 110, 120), (110, 110, 130), "no", "straddles"),
        ((100, 110, 120), (119, 120, 130), "no", "straddles"),
        ((100, 110, 120), (120, 120, 130), "no", "no"),
        ((100, 110, 120), (130, 140, 150), "no", "no"),
        ((None, 110, 120), (80, 90, 99), "yes", "unknown"),
        ((100, 110, None), (80, 90, 99), "yes", "yes"),
        ((100, 110, 120), (None, 90, 99), "yes", "yes"),
        ((100, 110, 120), (80, 90, None), "yes", "unknown"),
        # A best below the other's high straddles, whatever the missing low.
        ((None, 110, 120), (80, 90, 115), "yes", "straddles"),
        ((None, 110, 120), (80, 115, 119), "no", "straddles"),
        ((None, 110, None), (80, 115, 119), "no", "straddles"),
        ((None, 110, None), (None, 90, None), "yes", "unknown"),
        ((100, 110, 120), (None, None, None), "unknown", "unknown"),
    ],
)
@pytest.mark.parametrize("relation", ["more_than", "highest_since"])
def test_the_band_of_a_comparison(relation: str, now: tuple, before: tuple, holds: str, expected: str) -> None:
    if before == (None, None, None) and relation == "highest_since":
        before = (1, 2, 3)
        years = "2003-2013"
    else:
        years = "2013"
    claim = ledgers.claim(relation=relation, value=None, measure="change" if relation == "more_than" else "highest")
    some = found({DAY: now}, claim, ledgers.definition(against=years, measure=claim.measure), before={2013: before})
    for one in some:
        assert (one.holds, one.band) == (holds, expected)
        if one.reference is None:
            assert one.why == "no_release"
            continue
        compared = Estimate(*(None if end is None else float(end) for end in before))
        if relation == "more_than":
            assert one.reference == Reference(MEAN, compared, first=2013, last=2013)
        else:
            assert one.reference == Reference(HIGHEST, compared, year=2013, first=2013, last=2013, reach=compared.high)


@pytest.mark.parametrize("relation", ["over", "at_least", "majority", "plain", "about", "third"])
@pytest.mark.parametrize("best", [0, 0.32, 0.6, 50, 99, 100, 101, 200])
def test_a_floor_never_says_too_little(relation: str, best: float) -> None:
    as_whole = band(best, best, best, relation=relation)[0]
    holds, within = band(best, best, best, "floor", relation=relation)
    enough = relation in ("over", "at_least", "majority")
    assert holds == (as_whole if enough and as_whole == "yes" else "no" if best > 110 and not enough else holds)
    assert not (enough and "no" in (holds, within))
    assert holds in ("yes", "unknown") or not enough


def test_a_floor_refutes_that_there_is_less() -> None:
    assert band(None, 101, None, "floor", relation="under")[0] == "no"
    assert band(None, 99, None, "floor", relation="under")[0] == "unknown"
    assert band(None, 99, None, "ceiling", relation="under")[0] == "yes"
    assert band(None, 99, None, "ceiling", relation="over")[0] == "no"
    assert band(None, 101, None, "ceiling", relation="over")[0] == "unknown"


SHARED = to_text([Coverage(ALONE, "", 120, 300, "deaths")])


@pytest.mark.parametrize(
    ("relation", "value", "holds"),
    [
        ("at_least", 100.0, "yes"),
        ("at_least", 200.0, "unknown"),
        ("at_least", 301.0, "no"),
        ("under", 120.0, "no"),
        ("under", 301.0, "yes"),
        ("plain", 400.0, "no"),
        ("plain", 120.0, "unknown"),
    ],
)
def test_what_is_recorded_of_several_places_makes_a_span(relation: str, value: float, holds: str) -> None:
    rows = [ledgers.row("deaths.one_sided", 2014, 120, area="SYR", low=90, high=130, coverage=SHARED)]
    claim = ledgers.claim(relation=relation, value=value)
    some = ledgers.definition(terms="deaths.one_sided@SYR")
    (one,) = ledgers.findings(claim, [some], ledgers.data(rows))
    assert (one.value, one.estimate.ceiling, one.low, one.high) == (120, 300, 90, None)
    assert (one.holds, one.why) == (holds, "bounded" if holds == "unknown" else "")


def test_a_finding_says_what_it_is() -> None:
    own = ledgers.definition(
        fit="proxy", threshold=7.0, label="the dead of a kind", definition="mine", role="alternative"
    )
    (one,) = found({DAY: (4, 5, 6)}, None, own)
    assert one == Finding(
        claim="some_claim",
        definition="mine",
        label="the dead of a kind",
        role="alternative",
        fit="proxy",
        bound="whole",
        decides=True,
        vintages={"ucdp_one_sided": DAY},
        when="then",
        published=(DAY,),
        low=4.0,
        value=5.0,
        high=6.0,
        unit="deaths",
        holds="no",
        band="no",
        reference=None,
        threshold=7.0,
        coverage=(),
    )
    assert not one.is_headline


def test_a_finding_keeps_what_its_number_covers() -> None:
    partial = Coverage(PART, "low", 1, 2, "rows")
    data = ledgers.data([ledgers.row("deaths.one_sided", 2014, 120, low=1, high=200, coverage=to_text([partial]))])
    (one,) = ledgers.findings(ledgers.claim(), [ledgers.definition()], data)
    assert (one.coverage, one.low, one.high) == ((partial,), None, 200)


def test_a_definition_that_no_release_can_answer_says_so() -> None:
    (one,) = found({DAY: (1, 2, 3)}, None, ledgers.definition(years="1990"))
    assert (one.vintages, one.value, one.holds, one.why, one.when) == ({}, None, "unknown", "no_release", "then")
    assert judge(ledgers.claim(), ledgers.REPORT, [one]).verdict == "not testable"


def test_a_release_speaks_if_most_of_what_is_asked_is_in_it() -> None:
    claim = ledgers.claim(value=3.0)
    (one,) = found({DAY: (1, 2, 3)}, claim, ledgers.definition(years="2012-2014"), before={2013: (1, 2, 3)})
    assert (one.value, one.bound, one.holds) == (4, "floor", "yes"), "two of three years are a floor"
    assert one.coverage == (Coverage(PART, "", 2, 3, "parts"),)
    (none,) = found({DAY: (1, 2, 3)}, claim, ledgers.definition(years="2011-2014"), before={2013: (1, 2, 3)})
    assert none.why == "no_release", "two of four are not most"


TIMES = [
    (["2015-09-30"], ["then"]),
    (["2016-07-22"], ["then"]),
    (["2016-07-23"], ["stand_in"]),
    (["2016-07"], ["stand_in"]),
    (["2016-06"], ["then"]),
    (["2016"], ["stand_in"]),
    (["2016-08-17", "2017-06"], ["stand_in", "later"]),
    (["2014", "2016-07-22", "2016-07-23", "2023-06"], ["then", "then", "later", "later"]),
]


@pytest.mark.parametrize(("days", "when"), TIMES)
def test_what_is_of_the_time(days: list[str], when: list[str]) -> None:
    for some in (days, days[::-1]):
        findings = found({day: (1, 2, 3) for day in some})
        assert [one.vintages["ucdp_one_sided"] for one in findings] == days
        assert [one.when for one in findings] == when


def of_two(own: str, *, role: str = "report", fit: str = "direct") -> list[tuple[str, str, str]]:
    """When two definitions speak: one with releases of 2015 and 2017, the other of 2017 and 2018."""
    rows = [
        ledgers.row("deaths.one_sided", 2014, 200, "2015"),
        ledgers.row("deaths.one_sided", 2014, 200, "2017"),
        ledgers.row("idps", 2014, 200, "2018", source="idmc_displacement"),
        ledgers.row("idps", 2014, 200, "2017", source="idmc_displacement"),
    ]
    days = [("ucdp_one_sided", "2015"), ("ucdp_one_sided", "2017")]
    days += [("idmc_displacement", "2017"), ("idmc_displacement", "2018")]
    data = ledgers.data(rows, *(ledgers.release(source, day, day) for source, day in days))
    first = ledgers.definition(bound=own)
    idps = ledgers.definition(definition="idps", terms="idps", sources=("idmc_displacement",), role=role, fit=fit)
    findings = ledgers.findings(ledgers.claim(), [first, idps], data)
    return [(one.definition, *one.vintages.values(), one.when) for one in findings]


OWN = [("own", "2015", "then"), ("own", "2017", "later")]


def test_nothing_stands_in_where_one_of_the_same_role_and_fit_answers_by_data_of_the_time() -> None:
    assert of_two("whole") == [*OWN, ("idps", "2017", "later"), ("idps", "2018", "later")]
    stands_in = [("idps", "2017", "stand_in"), ("idps", "2018", "later")]
    assert of_two("whole", role="alternative") == [*OWN, *stands_in]
    assert of_two("whole", fit="proxy") == [*OWN, *stands_in]


def test_the_nearest_stands_in_where_what_is_of_the_time_leaves_it_open() -> None:
    assert of_two("ceiling") == [
        ("own", "2015", "then"),
        ("own", "2017", "stand_in"),
        ("idps", "2017", "stand_in"),
        ("idps", "2018", "later"),
    ]


def test_a_number_of_two_publishers_is_of_the_time_when_both_are() -> None:
    rows = [
        ledgers.row("refugees", 2014, 1, "2015", source="unhcr_population"),
        ledgers.row("idps", 2014, 1, "2017", source="idmc_displacement"),
        ledgers.row("idps", 2014, 1, "2018", source="idmc_displacement"),
    ]
    days = [("unhcr_population", "2015"), ("idmc_displacement", "2017"), ("idmc_displacement", "2018")]
    data = ledgers.data(rows, *(ledgers.release(source, day, day) for source, day in days))
    both = ledgers.definition(terms="refugees + idps", sources=("unhcr_population", "idmc_displacement"))
    findings = ledgers.findings(ledgers.claim(), [both], data)
    assert [(one.vintages["idmc_displacement"], one.when, one.published) for one in findings] == [
        ("2017", "stand_in", ("2017-12-31", "2015-12-31")),
        ("2018", "later", ("2018-12-31", "2015-12-31")),
    ]


def test_a_headline_stands_among_the_findings_by_its_date() -> None:
    stated = ("ucdp_deaths_2014_told_2016", "prio_deaths_2014", "ucdp_deaths_2014_paper_2015")
    claim = ledgers.claim(value=100_000.0)
    findings = found({"2017-06": (1, 2, 3)}, claim, ledgers.definition(headlines=stated))
    assert [(next(iter(one.vintages.values())), one.value, one.holds, one.when) for one in findings] == [
        ("ucdp_deaths_2014_paper_2015", 126_059, "yes", "then"),
        ("ucdp_deaths_2014_told_2016", 130_000, "yes", "then"),
        ("prio_deaths_2014", 104_000, "yes", "later"),
        ("2017-06", 2, "no", "later"),
    ]
    assert [one.is_headline for one in findings] == [True, True, True, False]
    assert findings[1].published == ("2016-06-14",)


def stated(*names: str, **values: object) -> Finding:
    (one,) = found({}, ledgers.claim(**values), ledgers.definition(terms="", headlines=names))
    return one


def test_a_headline_speaks_with_its_own_relation_word() -> None:
    more, under_it = "ucdp_deaths_2014_told_2016", "ucdp_deaths_2015_told_2016"  # over 130,000; under 118,000
    assert stated(more, value=130_000.0).holds == "yes"
    assert (stated(more, value=140_000.0).holds, stated(more, value=140_000.0).bound) == ("unknown", "floor")
    assert stated(more, value=130_000.0, relation="plain").holds == "unknown"
    assert stated(under_it, value=118_001.0).holds == "no"
    assert stated(under_it, value=100_000.0).holds == "unknown"


def test_a_rounded_figure_meets_over_itself_and_straddles() -> None:
    one = stated("idmc_idps_2015", value=40_800_000.0)
    assert (one.holds, one.band) == ("yes", "straddles")
    assert stated("idmc_idps_2015", value=40_700_000.0).band == "unknown"


def test_an_authors_sentence_decides_nothing() -> None:
    one = stated("un_sg_syria_2015_07", value=250_000.0)
    assert (one.holds, one.decides, one.why, one.answers) == ("yes", False, "authors", False)


def test_figures_that_are_stated_add_up() -> None:
    one = stated("unhcr_refugees_syria_2015 + unhcr_idps_syria_2015", value=11_000_000.0)
    assert (one.value, one.holds, one.published) == (11_500_000, "yes", ("2016-06-20", "2016-06-20"))


def test_a_range_that_is_stated_is_a_band(monkeypatch: pytest.MonkeyPatch) -> None:
    known = next(one for one in headlines.load() if one.id == "prio_deaths_2014")
    monkeypatch.setattr(headlines, "load", lambda: (replace(known, low=90_000.0, high=110_000.0),))
    one = stated(known.id, value=100_000.0)
    assert (one.low, one.value, one.high, one.band) == (90_000, 104_000, 110_000, "straddles")


def test_a_share_of_few_is_on_the_edge_where_one_of_them_would_turn_it() -> None:
    def of_wars(part: int, whole: int) -> Finding:
        rows = [ledgers.row("wars.internationalized", 2014, part, unit="conflicts")]
        rows.append(ledgers.row("wars.intrastate", 2014, whole - part, unit="conflicts"))
        rows = [{**row, "source": "ucdp_armed_conflict"} for row in rows]
        some = ledgers.definition(
            terms="wars.internationalized",
            divided_by="wars.internationalized + wars.intrastate",
            sources=("ucdp_armed_conflict",),
            measure="share",
            unit="share",
        )
        claim = ledgers.claim(relation="third", value=None, unit="share")
        (one,) = ledgers.findings(claim, [some], ledgers.data(rows))
        return one

    assert [(one.holds, one.is_on_edge) for one in (of_wars(4, 12), of_wars(30, 90), of_wars(9, 10))] == [
        ("yes", True),
        ("yes", False),
        ("no", False),
    ]


# The whole.


def test_the_claims_are_audited_in_the_order_of_the_ledger(verdicts: dict[str, Verdict]) -> None:
    assert list(verdicts) == [claim.id for claim in reports.load().claims]
    assert all(verdict.verdict in VERDICTS for verdict in verdicts.values())


def test_one_claim_and_one_list_of_the_ledger(verdicts: dict[str, Verdict]) -> None:
    assert audit.audit(only=["idps_40_8_million"]) == [verdicts["idps_40_8_million"]]
    some = audit.audit(only=["no_recurrence"])
    assert [verdict.claim.area for verdict in some] == ["CIV", "TLS", "GIN", "KEN"]
    assert some == [verdicts[verdict.claim.id] for verdict in some]


def test_a_claim_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError) as caught:
        audit.audit(only=["idps_40_8_million", "idps_40_9_million"])
    assert str(caught.value).startswith("no claim 'idps_40_9_million' in a-70-999; expected for instance idps_40_8_mil")
    assert commands.run(["audit", "idps_40_9_million", "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err == f"error: {caught.value}\n"


def test_a_verdict_does_not_change_with_the_order_of_anything(verdicts: dict[str, Verdict]) -> None:
    report = reports.load()
    wanted = {term.series for claim in report.claims for one in claim.definitions for term in one.all_terms}
    rows = tables.load()
    rows = rows[rows["series"].isin(wanted)]
    chance = random.Random(1)
    data = Data(rows.sample(frac=1, random_state=1), chance.sample(registry.releases(), len(registry.releases())))
    for claim in report.claims:
        verdict = judge(claim, report, findings_of(claim, report, data))
        assert verdict == verdicts[claim.id]
        mixed = replace(claim, definitions=tuple(chance.sample(claim.definitions, len(claim.definitions))))
        verdict, expected = judge(mixed, report, findings_of(mixed, report, data)), verdicts[claim.id]
        assert (verdict.verdict, verdict.later, verdict.firmness, sorted(verdict.flips), verdict.rests_on) == (
            expected.verdict,
            expected.later,
            expected.firmness,
            sorted(expected.flips),
            expected.rests_on,
        )


KEYS = {
    *("claim", "report", "group", "area", "paragraph", "verdict", "rests_on", "flips", "later", "firmness", "faithful"),
    *("moves_most", "reason", "findings"),
}
FINDING_KEYS = {
    *("definition", "role", "fit", "bound", "decides", "vintages", "published", "when", "low", "value", "high"),
    *("reference", "against", "threshold", "unit", "coverage", "holds", "band", "why"),
}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict]:
    assert commands.run(["audit", "--json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_audit_as_json(capsys: pytest.CaptureFixture[str], verdicts: dict[str, Verdict]) -> None:
    told = run(capsys)
    assert [one["claim"] for one in told] == list(verdicts)
    for one in told:
        verdict = verdicts[one["claim"]]
        assert set(one) >= KEYS
        assert one["verdict"] in VERDICTS
        assert one["later"] in {"holds", "fails", "mixed", "none"}
        assert one["firmness"] in {"firm", "within the band", "band unknown"}
        assert one["faithful"] in {"yes", "no", "unknown"}
        assert isinstance(one["paragraph"], int) and isinstance(one["group"], str)
        assert (one["group"], one["paragraph"], one["reason"]) == (
            verdict.claim.group,
            verdict.claim.paragraph,
            sentences.reason(ENGLISH, verdict),
        )
        assert one["flips"] == list(verdict.flips) and one["rests_on"] == list(verdict.rests_on)
        assert len(one["findings"]) == len(verdict.findings)
        for told_finding, own in zip(one["findings"], verdict.findings, strict=True):
            assert set(told_finding) >= FINDING_KEYS
            assert told_finding["role"] in claims.ROLES and told_finding["fit"] in claims.FITS
            assert told_finding["when"] in {"then", "stand_in", "later"}
            assert told_finding["holds"] in {"yes", "no", "unknown"}
            assert told_finding["band"] in {"yes", "no", "straddles", "unknown"}
            assert told_finding["vintages"] == dict(own.vintages)
            for name in ("low", "value", "high", "reference"):
                number, expected = told_finding[name], own.compared_with if name == "reference" else getattr(own, name)
                assert (number is None) == (expected is None)
                assert number is None or abs(number - expected) < 1e-6


def test_another_report(capsys: pytest.CaptureFixture[str]) -> None:
    told = {one["claim"]: one for one in run(capsys, "--report", "global-trends-2015")}
    assert len(told) >= 25 and {one["report"] for one in told.values()} == {"global-trends-2015"}
    # The same 40.8 million: UNHCR repeats IDMC, whose sentence is evidence for it; the word differs.
    assert told["internally_displaced_40_8_million"]["faithful"] == "yes"
    assert run(capsys, "idps_40_8_million")[0]["faithful"] == "no"


def test_a_ledger_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = ledgers.claim(value=10_000.0, definitions=(ledgers.definition(),))
    folder = ledgers.write(tmp_path / "mine", own, replace(own, id="other_claim", relation="none", note="Why."))
    first, second = run(capsys, "--report", str(folder))
    assert (first["claim"], first["verdict"]) == ("some_claim", "supported")
    assert [one["value"] for one in first["findings"]][0] == 11_848
    assert (second["claim"], second["verdict"]) == ("other_claim", "not testable")


def test_other_tables_give_other_verdicts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copytree(paths.TIDY, tmp_path / "tidy")
    path = tmp_path / "tidy" / "idmc.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    changed = [
        row for row in rows if row[:7] == ["idps", "WLD", "location", "", "", "", "2015"] and row[14] == "2026-06"
    ]
    (one,) = changed
    before = run(capsys, "idps_40_8_million")[0]
    one[9] = "40800000"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    (after,) = run(capsys, "--tidy", str(tmp_path / "tidy"), "idps_40_8_million")
    assert (before["verdict"], before["later"]) == ("no longer supported", "fails")
    assert (after["verdict"], after["later"]) == ("supported", "holds")
    assert 40_800_000 in [
        one["value"] for one in after["findings"] if one["vintages"] == {"idmc_displacement": "2026-06"}
    ]


@pytest.mark.parametrize("report", reports.known())
def test_no_sentence_of_a_reason_is_longer_than_45_words(report: str) -> None:
    for verdict in committed(report):
        for sentence in re.split(r"(?<=\.) (?=[A-Z'])", sentences.reason(ENGLISH, verdict)):
            assert len(sentence.split()) <= 45, (verdict.claim.id, sentence)
