"""From findings to verdicts: every combination of then, otherwise and later; bands; the command."""

import csv
import itertools
import json
import random
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import ledgers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledgers import finding

from analysis import __main__ as commands
from analysis import audit, paths
from analysis.audit import claims, headlines, measures
from analysis.audit.claims import Claim, Definition
from analysis.audit.findings import LATER, STAND_IN, THEN, Finding, findings_of
from analysis.audit.measures import HIGHEST, MEAN, Data, Estimate, Reference
from analysis.audit.verdicts import VERDICTS, Verdict, beside, decide, judge
from analysis.data import registry, tables
from analysis.data.coverage import PART, Coverage, to_text
from analysis.errors import InputError
from analysis.tell import sentences
from analysis.tell.languages import ENGLISH

Says = tuple[str, str]
"""What a finding says, and its fit."""

# A floor never says no: see test_a_floor_never_refutes.
SAYINGS: tuple[Says, ...] = (
    *itertools.product(("yes", "unknown"), ("direct", "proxy", "floor")),
    ("no", "direct"),
    ("no", "proxy"),
)
LATEST = (None, "yes", "no", "unknown")


def subsets() -> Iterator[tuple[Says, ...]]:
    for size in range(len(SAYINGS) + 1):
        yield from itertools.combinations(SAYINGS, size)


def by_the_words(t: Iterable[Says], a: Iterable[Says], latest: str | None) -> str:
    """The design's table, read downwards: the first row whose condition is true."""
    t, a = list(t), list(a)
    speaks = any(said != "unknown" for said, _ in t)
    b = t if speaks else a
    yes = [fit for said, fit in b if said == "yes"]
    no = [fit for said, fit in b if said == "no"]
    rows = (
        ("not testable", len(yes) + len(no) == 0),
        ("contested", len(yes) > 0 and len(no) > 0),
        ("contested", len(no) > 0 and no.count("proxy") == len(no)),
        ("not supported", len(no) > 0),
        ("revised", latest == "no"),
        ("supported", True),
    )
    return next(verdict for verdict, true in rows if true)


def said(t: Iterable[Says], a: Iterable[Says], latest: str | None) -> list[Finding]:
    """Findings of the time under the report's definition and under others, and the newest later one."""
    return [
        *(spoken("report", *one, THEN) for one in t),
        *(spoken("alternative", *one, THEN) for one in a),
        *([] if latest is None else [spoken("report", latest, "direct", LATER)]),
    ]


@cache
def spoken(role: str, holds: str, fit: str, when: str) -> Finding:
    return finding(holds, role=role, fit=fit, when=when)


def test_every_combination_of_what_was_said_then_elsewhere_and_later() -> None:
    everything = list(subsets())
    assert len(everything) == 256
    some = [(), (("yes", "direct"),), (("no", "direct"),), (("no", "proxy"),), (("yes", "proxy"), ("no", "direct"))]
    count = 0
    for t in everything:
        decided = any(said != "unknown" for said, _ in t)
        # Where the report's own definition speaks, what the others say is nothing to the verdict.
        for a in some if decided else everything:
            for latest in LATEST:
                assert decide(said(t, a, latest)) == by_the_words(t, a, latest), (t, a, latest)
                count += 1
    assert count == (248 * 5 + 8 * 256) * 4


Y, N, U = ("yes", "direct"), ("no", "direct"), ("unknown", "direct")
YP, NP, UP = ("yes", "proxy"), ("no", "proxy"), ("unknown", "proxy")
YF, UF = ("yes", "floor"), ("unknown", "floor")


@pytest.mark.parametrize(
    ("t", "a", "latest", "verdict"),
    [
        ([], [], None, "not testable"),
        ([], [], "yes", "not testable"),
        ([], [], "no", "not testable"),
        ([U], [], None, "not testable"),
        ([], [U, UP, UF], None, "not testable"),
        ([U], [UF], "yes", "not testable"),
        ([Y], [], None, "supported"),
        ([Y], [], "yes", "supported"),
        ([Y], [], "unknown", "supported"),
        ([Y], [], "no", "revised"),
        ([Y, Y], [], None, "supported"),
        ([Y, U], [], None, "supported"),
        ([YP], [], None, "supported"),
        ([YF], [], None, "supported"),
        ([YF], [], "no", "revised"),
        ([YP], [], "no", "revised"),
        ([Y], [N], None, "supported"),
        ([Y], [N, NP], "yes", "supported"),
        ([Y], [N], "no", "revised"),
        ([N], [], None, "not supported"),
        ([N], [], "yes", "not supported"),
        ([N], [], "no", "not supported"),
        ([N], [Y], None, "not supported"),
        ([N, U], [], None, "not supported"),
        ([NP], [], None, "contested"),
        ([NP, NP], [], "no", "contested"),
        ([NP, U], [], None, "contested"),
        ([NP, N], [], None, "not supported"),
        ([NP], [N], None, "contested"),
        ([N], [NP], None, "not supported"),
        ([Y, N], [], None, "contested"),
        ([Y, NP], [], None, "contested"),
        ([YF, NP], [], "yes", "contested"),
        ([Y, N], [Y], "no", "contested"),
        ([], [Y], None, "supported"),
        ([U], [Y], None, "supported"),
        ([U], [Y], "no", "revised"),
        ([], [YF, U], None, "supported"),
        ([], [N], None, "not supported"),
        ([U, UF], [N], "yes", "not supported"),
        ([], [NP], None, "contested"),
        ([], [NP, N], None, "not supported"),
        ([], [NP, UP, UF], None, "contested"),
        ([], [Y, N], None, "contested"),
        ([U], [YF, N], "yes", "contested"),
    ],
)
def test_the_table_of_verdicts(t: list[Says], a: list[Says], latest: str | None, verdict: str) -> None:
    assert decide(said(t, a, latest)) == verdict
    assert decide(said(t[::-1], a[::-1], latest)) == verdict
    assert decide(said(t * 3, a * 2, latest)) == verdict


def test_every_verdict_is_one_of_the_closed_list() -> None:
    assert set(VERDICTS) == {"supported", "revised", "contested", "not supported", "not testable"}


# Judging: which findings count as T, A and L.


def judged(*findings: Finding, claim: Claim | None = None) -> Verdict:
    return judge(claim or ledgers.claim(), findings)


def other(holds: str = "yes", **values: object) -> Finding:
    return finding(holds, **{"role": "alternative", "definition": "wider", "label": "all the dead", **values})


def later(holds: str = "yes", day: str = "2017-06-30", **values: object) -> Finding:
    return finding(
        holds, **{"when": LATER, "published": (day,), "vintages": {"ucdp_one_sided": day}, "value": 99.0, **values}
    )


STATED = {"vintages": {"headline": "ucdp_deaths_2014_told_2016"}, "published": ("2016-06-14",)}


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(SAYINGS), max_size=3),
    st.lists(st.sampled_from(SAYINGS), max_size=3),
    st.sampled_from(LATEST),
    st.randoms(use_true_random=False),
)
def test_a_verdict_follows_from_its_findings_in_any_order(
    t: list[Says], a: list[Says], latest: str | None, chance: random.Random
) -> None:
    findings = [
        *(finding(said, fit=fit, when=chance.choice([THEN, STAND_IN])) for said, fit in t),
        *(
            other(said, fit=fit, definition=f"other {place}", when=chance.choice([THEN, STAND_IN]))
            for place, (said, fit) in enumerate(a)
        ),
        other("no", when=LATER),
        *([] if latest is None else [later("no" if latest == "yes" else "yes", "2016-08-17"), later(latest)]),
    ]
    chance.shuffle(findings)
    verdict = judged(*findings)
    assert verdict.verdict == by_the_words(t, a, latest)
    assert verdict.later == {"yes": "holds", "no": "fails"}.get(latest or "", "none")
    base = {said for said, _ in t} - {"unknown"} or {said for said, _ in a} - {"unknown"}
    otherwise = {"yes": "no", "no": "yes"}[base.pop()] if len(base) == 1 else None
    flips = {f"other {place}" for place, (said, _) in enumerate(a) if said == otherwise}
    assert set(verdict.flips) == flips and len(verdict.flips) == len(flips)
    assert list(verdict.findings) == findings


@pytest.mark.parametrize("when", [THEN, STAND_IN])
def test_a_stand_in_counts_as_of_the_time(when: str) -> None:
    assert judged(finding("no", when=when), other("yes")).verdict == "not supported"
    assert judged(finding("unknown"), other("no", when=when)).verdict == "not supported"


def test_what_came_later_is_no_ground_for_a_verdict() -> None:
    assert judged(later("yes")).verdict == "not testable"
    assert judged(later("no"), other("yes")).verdict == "revised"
    assert judged(finding("yes"), other("no", when=LATER)).flips == ()
    assert judged(other("no", when=LATER)).verdict == "not testable"


def test_only_the_newest_release_of_the_reports_definition_revises() -> None:
    assert judged(finding(), later("no", "2018-06-30"), later("yes", "2023-06-30")).verdict == "supported"
    assert judged(finding(), later("yes", "2018-06-30"), later("no", "2023-06-30")).verdict == "revised"
    assert judged(finding(), other("no", when=LATER)).verdict == "supported"
    assert judged(finding(), later("unknown", "2023-06-30"), later("no", "2018-06-30")).later == "none"


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
        (["unknown"], "no band given"),
        (["yes", "unknown"], "firm"),
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


def test_firmness_of_what_cannot_be_tested() -> None:
    assert judged().firmness == "no band given"
    assert judged(other("yes", band="yes")).firmness == "firm"


@pytest.mark.parametrize(
    ("headline", "relation", "value", "last_digit", "faithful"),
    [
        ("idmc_idps_2015", "over", 40_800_000.0, 100_000.0, "yes"),
        ("idmc_idps_2015", "over", 40_900_000.0, 100_000.0, "no"),
        ("unhcr_refugees_with_unrwa_2015", "about", 21_300_000.0, 100_000.0, "yes"),
        ("unhcr_refugees_with_unrwa_2015", "about", 21_200_000.0, 100_000.0, "yes"),
        ("unhcr_refugees_with_unrwa_2015", "about", 21_100_000.0, 100_000.0, "no"),
        ("ucdp_deaths_2015_told_2016", "under", 118_000.0, 1_000.0, "yes"),
        ("ucdp_deaths_2015_told_2016", "under", 117_000.0, 1_000.0, "no"),
        ("ucdp_deaths_2014_paper_2015", "under", 126_059.0, 1.0, "no"),
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


def test_a_headline_is_never_the_only_ground_for_supported() -> None:
    stated = finding("yes", **STATED)
    assert judged(stated).verdict == "not testable"
    assert judged(stated, finding("unknown")).verdict == "not testable"
    assert judged(stated, other("yes")).verdict == "not testable"
    assert judged(other("yes", **STATED)).verdict == "not testable"
    assert judged(stated, later("unknown")).verdict == "not testable"
    assert judged(stated, later("yes", **{**STATED, "published": ("2017-01-01",)})).verdict == "not testable"
    assert judged(stated, finding("yes")).verdict == "supported"
    assert judged(stated, finding("yes", when=STAND_IN)).verdict == "supported"
    assert judged(stated, later("yes")).verdict == "supported"
    assert judged(other("yes", **STATED), other("yes", definition="b")).verdict == "supported"


def test_a_headline_is_ground_enough_for_the_other_verdicts() -> None:
    stated = finding("yes", **STATED)
    assert judged(stated, later("no")).verdict == "revised"
    assert judged(finding("no", **STATED)).verdict == "not supported"
    assert judged(finding("no", **STATED), stated).verdict == "contested"


def test_a_claim_without_findings_is_not_testable() -> None:
    verdict = judged(claim=ledgers.claim(note="It would take a census."))
    assert (verdict.verdict, verdict.flips, verdict.later, verdict.faithful) == ("not testable", (), "none", "unknown")
    assert sentences.reason(ENGLISH, verdict) == "It would take a census."


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
    return findings_of(claim or ledgers.claim(), definitions or [ledgers.definition()], data)


DAY = "2015-09-30"


def band(
    low: float | None, best: float | None, high: float | None, fit: str = "direct", **values: object
) -> tuple[str, str]:
    """Whether a best estimate fits a claim, and whether its band does."""
    threshold = values.pop("threshold", None)
    claim = ledgers.claim(**values)
    (one,) = found({DAY: (low, best, high)}, claim, ledgers.definition(fit=fit, threshold=threshold))
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
        ("over", 110, None, "unknown"),
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
        ((100, 110, None), (80, 90, 99), "yes", "unknown"),
        ((100, 110, 120), (None, 90, 99), "yes", "unknown"),
        ((100, 110, 120), (80, 90, None), "yes", "unknown"),
        ((100, 110, 120), (None, None, None), "unknown", "unknown"),
    ],
)
@pytest.mark.parametrize("relation", ["more_than", "highest_since"])
def test_the_band_of_a_comparison(relation: str, now: tuple, before: tuple, holds: str, expected: str) -> None:
    if before == (None, None, None) and relation == "highest_since":
        before = (1, 2, 3)
        years = "2003-2013"
        count = 0
    else:
        years = "2013"
        count = 1
    claim = ledgers.claim(relation=relation, value=None, measure="change" if relation == "more_than" else "highest")
    some = found({DAY: now}, claim, ledgers.definition(against=years), before={2013: before})
    assert len(some) == count
    for one in some:
        assert (one.holds, one.band) == (holds, expected)
        compared = Estimate(*(None if end is None else float(end) for end in before))
        if relation == "more_than":
            assert one.reference == Reference(MEAN, compared, first=2013, last=2013)
        else:
            assert one.reference == Reference(HIGHEST, compared, year=2013, first=2013, last=2013)


@pytest.mark.parametrize("relation", [name for name in claims.RELATIONS if name not in claims.COMPARISONS])
@pytest.mark.parametrize("best", [0, 0.32, 0.6, 50, 99, 100, 101, 200])
def test_a_floor_never_refutes(relation: str, best: float) -> None:
    as_direct = band(best, best, best, relation=relation)[0]
    holds, within = band(best, best, best, "floor", relation=relation)
    assert holds != "no" and within != "no"
    assert holds == (as_direct if as_direct == "yes" and relation in ("over", "at_least", "majority") else "unknown")
    assert holds == within
    for fit in ("direct", "proxy"):
        assert band(best, best, best, fit, relation=relation)[0] == as_direct


def test_a_floor_may_straddle() -> None:
    assert band(90, 101, 110, "floor") == ("yes", "straddles")
    assert band(90, 101, 110, "floor", relation="about") == ("unknown", "unknown")


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
        vintages={"ucdp_one_sided": DAY},
        when="then",
        published=(DAY,),
        low=4.0,
        value=5.0,
        high=6.0,
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
    (one,) = findings_of(ledgers.claim(), [ledgers.definition()], data)
    assert (one.coverage, one.low, one.high) == ((partial,), None, 200)


def test_only_the_definitions_of_the_claim_are_measured() -> None:
    two = [ledgers.definition(), ledgers.definition(claim="other_claim")]
    assert [one.claim for one in found({DAY: (1, 2, 3)}, None, *two)] == ["some_claim"]


def test_a_definition_may_name_a_measure_of_its_own() -> None:
    claim = ledgers.claim(relation="more_than", value=None)
    two = [ledgers.definition(against="2013"), ledgers.definition(definition="b", measure="change", against="2013")]
    first, second = found({DAY: (1, 2, 3)}, claim, *two, before={2013: (0, 1, 2)})
    assert (first.compared_with, second.compared_with) == (None, 1)


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


def test_each_definition_has_its_own_stand_in() -> None:
    rows = [
        ledgers.row("deaths.one_sided", 2014, 1, "2015"),
        ledgers.row("deaths.one_sided", 2014, 1, "2017"),
        ledgers.row("idps", 2014, 1, "2018", source="idmc_displacement"),
        ledgers.row("idps", 2014, 1, "2017", source="idmc_displacement"),
    ]
    days = [("ucdp_one_sided", "2015"), ("ucdp_one_sided", "2017")]
    days += [("idmc_displacement", "2017"), ("idmc_displacement", "2018")]
    data = ledgers.data(rows, *(ledgers.release(source, day, day) for source, day in days))
    idps = ledgers.definition(definition="idps", terms="idps", sources="idmc_displacement")
    findings = findings_of(ledgers.claim(), [ledgers.definition(), idps], data)
    assert [(one.definition, *one.vintages.values(), one.when) for one in findings] == [
        ("own", "2015", "then"),
        ("own", "2017", "later"),
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
    both = ledgers.definition(terms="refugees + idps", sources="unhcr_population idmc_displacement")
    findings = findings_of(ledgers.claim(), [both], data)
    assert [(one.vintages["idmc_displacement"], one.when, one.published) for one in findings] == [
        ("2017", "stand_in", ("2017-12-31", "2015-12-31")),
        ("2018", "later", ("2018-12-31", "2015-12-31")),
    ]


def test_a_headline_stands_among_the_findings_by_its_date() -> None:
    stated = "ucdp_deaths_2014_told_2016 prio_deaths_2014 ucdp_deaths_2014_paper_2015"
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


def test_a_range_that_is_stated_is_a_band(monkeypatch: pytest.MonkeyPatch) -> None:
    known = next(one for one in headlines.load() if one.id == "prio_deaths_2014")
    monkeypatch.setattr(headlines, "load", lambda: (replace(known, low=90_000.0, high=110_000.0),))
    (one,) = found({}, ledgers.claim(value=100_000.0), ledgers.definition(terms="", headlines=known.id))
    assert (one.low, one.value, one.high, one.band) == (90_000, 104_000, 110_000, "straddles")


def test_a_definition_names_a_headline_that_there_is() -> None:
    with pytest.raises(InputError) as caught:
        found({DAY: (1, 2, 3)}, None, ledgers.definition(headlines="no_headline"))
    said = (
        "headlines.csv, column id: no headline 'no_headline', which some_claim own names; add it there, or name another"
    )
    assert str(caught.value) == said


# The whole.


def test_the_claims_are_audited_in_the_order_of_the_ledger(verdicts: dict[str, Verdict]) -> None:
    assert list(verdicts) == [claim.id for claim in claims.claims()]
    assert all(verdict.verdict in VERDICTS for verdict in verdicts.values())


def test_one_claim_of_the_ledger(verdicts: dict[str, Verdict]) -> None:
    assert audit.audit(only=["idps_40_8_million"]) == [verdicts["idps_40_8_million"]]


def test_a_claim_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError) as caught:
        audit.audit(only=["idps_40_8_million", "idps_40_9_million"])
    known = ", ".join(claim.id for claim in claims.claims())
    assert str(caught.value) == f"claims.csv, column id: no claim 'idps_40_9_million'; expected {known}"
    assert commands.run(["audit", "idps_40_9_million", "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err == f"error: {caught.value}\n"


@pytest.mark.parametrize(
    ("given", "expected"),
    [("claims.csv", "definitions.csv"), ("a/my_claims.csv", "a/my_definitions.csv"), ("b/other.csv", "b/other.csv")],
)
def test_definitions_lie_beside_their_claims(given: str, expected: str) -> None:
    assert beside(Path(given)) == Path(expected)


def test_a_verdict_does_not_change_with_the_order_of_anything(verdicts: dict[str, Verdict]) -> None:
    definitions = claims.definitions()
    wanted = {
        (term.series, term.area)
        for one in definitions
        for text in (one.terms, one.divided_by)
        for term in measures.parse_terms(text)
    }
    rows = tables.load()
    rows = rows[[pair in wanted for pair in zip(rows["series"], rows["area"], strict=True)]]
    known = registry.releases()
    for seed in (1, 2):
        chance = random.Random(seed)
        mixed = chance.sample(known, len(known))
        data = Data(rows.sample(frac=1, random_state=seed), mixed)
        for claim in claims.claims():
            if seed == 1:
                assert judge(claim, findings_of(claim, definitions, data)) == verdicts[claim.id]
            else:
                other_order = chance.sample(definitions, len(definitions))
                verdict = judge(claim, findings_of(claim, other_order, data))
                expected = verdicts[claim.id]
                assert (verdict.verdict, verdict.later, verdict.firmness, sorted(verdict.flips)) == (
                    expected.verdict,
                    expected.later,
                    expected.firmness,
                    sorted(expected.flips),
                )


KEYS = {"claim", "group", "paragraph", "verdict", "flips", "later", "firmness", "faithful", "reason", "findings"}
FINDING_KEYS = {"definition", "role", "fit", "vintages", "when", "low", "value", "high", "holds", "band"}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict]:
    assert commands.run(["audit", "--json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_audit_as_json(capsys: pytest.CaptureFixture[str], verdicts: dict[str, Verdict]) -> None:
    told = run(capsys)
    assert [one["claim"] for one in told] == list(verdicts)
    for one in told:
        verdict = verdicts[one["claim"]]
        assert set(one) >= KEYS
        assert one["verdict"] in {"supported", "revised", "contested", "not supported", "not testable"}
        assert one["later"] in {"holds", "fails", "none"}
        assert one["firmness"] in {"firm", "within the band", "no band given"}
        assert one["faithful"] in {"yes", "no", "unknown"}
        assert isinstance(one["paragraph"], int) and isinstance(one["group"], str)
        assert (one["group"], one["paragraph"], one["reason"]) == (
            verdict.claim.group,
            verdict.claim.paragraph,
            sentences.reason(ENGLISH, verdict),
        )
        assert one["flips"] == list(verdict.flips)
        assert len(one["findings"]) == len(verdict.findings)
        for told_finding, own in zip(one["findings"], verdict.findings, strict=True):
            assert set(told_finding) >= FINDING_KEYS
            assert told_finding["role"] in claims.ROLES and told_finding["fit"] in claims.FITS
            assert told_finding["when"] in {"then", "stand_in", "later"}
            assert told_finding["holds"] in {"yes", "no", "unknown"}
            assert told_finding["band"] in {"yes", "no", "straddles", "unknown"}
            assert told_finding["vintages"] == dict(own.vintages) and own.vintages
            for name in ("low", "value", "high", "reference"):
                number, expected = told_finding[name], own.compared_with if name == "reference" else getattr(own, name)
                assert (number is None) == (expected is None)
                assert number is None or abs(number - expected) < 1e-6


def test_a_ledger_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    claim = ledgers.claim(value=10_000.0)
    path = ledgers.write(tmp_path, [claim, replace(claim, id="other_claim", value=1e9)], [ledgers.definition()])
    first, second = run(capsys, "--claims", str(path))
    assert (first["claim"], first["verdict"]) == ("some_claim", "supported")
    assert [one["value"] for one in first["findings"]][0] == 11_848
    assert (second["claim"], second["verdict"], second["findings"]) == ("other_claim", "not testable", [])


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
    assert (before["verdict"], before["later"]) == ("revised", "fails")
    assert (after["verdict"], after["later"]) == ("supported", "holds")
    assert 40_800_000 in [
        one["value"] for one in after["findings"] if one["vintages"] == {"idmc_displacement": "2026-06"}
    ]
