"""Every verdict of both reports worked out a second time by another route: csv, YAML and loops.

Nothing of the audit is used to work it out, only to compare with. ``second_numbers`` arrives at the numbers; what they
say, what is of the time and what follows from it is written here anew from the design.
"""

import datetime
import itertools
import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest
from second_numbers import OUT, STATED, Entry, Number, Way, head, last_day, ledger, releases

from analysis import audit, paths
from analysis.audit.findings import Finding
from analysis.audit.verdicts import Verdict, decide

REPORTS = sorted(path.parent.name for path in (paths.DATA / "reports").glob("*/report.yml"))


# What a number says of a claim.


@dataclass(frozen=True)
class Found:
    """A finding: of which definition and releases, when, what it says and whether that counts."""

    definition: str
    role: str
    fit: str
    bound: str
    decides: bool
    vintages: frozenset[tuple[str, str]] = frozenset()
    out: tuple[datetime.date, ...] = ()
    value: float | None = None
    reference: float | None = None
    holds: str = "unknown"
    band: str = "unknown"
    when: str = "then"

    @property
    def speaks(self) -> bool:
        return self.decides and self.holds != "unknown"


COMPARISONS = ("more_than", "highest_since")


def meets(claim: Entry, figure: float | None, value: float) -> bool:
    """Whether a value fits what the claim commits to."""
    unit, relation, figure = claim.get("last_digit", 1), claim["relation"], math.nan if figure is None else figure
    return bool(
        {
            "plain": abs(value - figure) <= unit / 2 * claim.get("parts", 1),
            "about": abs(value - figure) <= unit,
            "over": value >= figure,
            "at_least": value >= figure,
            "under": value < figure,
            "majority": value > 0.5,
            "third": abs(value - 1 / 3) < min(abs(value - 1 / 4), abs(value - 2 / 5)),
        }[relation]
    )


def says(claim: Entry, figure: float | None, least: float, most: float, other: tuple[float, float] | None) -> str:
    """Yes or no, if all that the number can be says so."""
    relation = claim["relation"]
    if relation in COMPARISONS:
        if other is None or math.isnan(least):
            return "unknown"
        return "yes" if least > other[1] else "no" if most <= other[0] else "unknown"
    if relation == "none" or (figure is None and relation not in ("majority", "third")):
        return "unknown"
    at_ends = {meets(claim, figure, least), meets(claim, figure, most)}
    if at_ends == {True}:
        return "yes"
    around = relation in ("plain", "about", "third")
    inside = around and least < (1 / 3 if relation == "third" else figure or 0) < most
    return "no" if at_ends == {False} and not inside else "unknown"


def ends(bound: str, least: float, most: float) -> tuple[float, float]:
    return (-math.inf if bound == "ceiling" else least, math.inf if bound == "floor" else most)


def of_data(way: Way) -> Iterator[Found]:
    figure = way.own.get("threshold", way.claim.get("value"))
    # Deaths are not held against a figure of years.
    same_unit = way.claim["relation"] in COMPARISONS or way.own.get("unit") in (None, way.claim.get("unit"))
    for vintages, (number, other) in releases(way):
        named = {**vintages, **({"headline": " ".join(way.stated)} if way.stated else {})}
        out = [OUT[item] for item in vintages.items()] + [last_day(STATED[one]["published"]) for one in way.stated]
        bound = "floor" if number.most == math.inf else way.bound
        span = ends(bound, number.value, number.most)
        holds = says(way.claim, figure, *span, (other.value, other.most) if other else None)
        yield replace(
            blank(way),
            bound=bound,
            vintages=frozenset(named.items()),
            out=tuple(sorted(out, reverse=True)),
            value=number.value,
            reference=other and other.value,
            holds=holds if same_unit else "unknown",
            band=band(way, figure, bound, number, other) if same_unit else "unknown",
        )


def band(way: Way, figure: float | None, bound: str, number: Number, other: Number | None) -> str:
    """The same question asked of what is known from low to high, and of what may be one more or one less."""
    claim, low, high = way.claim, number.low, number.high
    if {part.series.split(".")[0] for part in way.whole} & {"conflicts", "wars", "civil_conflicts"}:
        one = number.one
        low, high = number.value - one, number.value + one
    known = [end for end in (low, number.value, high) if end is not None]
    others = [end for end in (other.low, other.value, other.high) if end is not None] if other else [0]
    asked = {
        says(claim, figure, *ends(bound, end, end), (than, than) if other else None) for end in known for than in others
    }
    if asked >= {"yes", "no"}:
        return "straddles"
    least = low is not None and (other is None or other.high is not None)
    most = high is not None and (other is None or other.low is not None)
    around = claim["relation"] in ("plain", "about", "third")
    needed = least and most if around else least if (asked == {"yes"}) == (claim["relation"] != "under") else most
    return asked.pop() if len(asked) == 1 and needed else "unknown"


def of_words(way: Way, authors: list[str]) -> Iterator[Found]:
    """What publishers stated, with their own relation words; its author's sentences decide nothing about a report."""
    for identities in way.own.get("headlines", []):
        stated = [STATED[identity] for identity in identities.split(" + ")]
        value, figure = sum(float(one["value"]) for one in stated), way.claim.get("value")
        # A rounded figure meets "over" if its rounding does, and then the truth may lie on either side.
        half = way.claim.get("last_digit", 1) / 2
        rounded = way.claim["relation"] in ("over", "at_least") and 0 <= value - figure < half
        words = {one["relation"] for one in stated}
        bound = "floor" if words & {"over", "at_least"} else "ceiling" if "under" in words else way.bound
        own = any(one["publisher"] in authors for one in stated)
        yield replace(
            blank(way),
            bound=bound,
            decides=way.own.get("decides", True) and not own,
            vintages=frozenset({("headline", identities.replace(" + ", " "))}),
            out=tuple(sorted((last_day(one["published"]) for one in stated), reverse=True)),
            value=value,
            holds=says(way.claim, figure, *ends(bound, value, value), None),
            band="straddles" if rounded and bound == "whole" else "unknown",
        )


def blank(way: Way) -> Found:
    return Found(way.name, way.own["role"], way.own["fit"], way.bound, way.own.get("decides", True))


@cache
def findings(report: str, claim: str) -> list[Found]:
    """Every finding of a claim, worked out by loops."""
    authors, date = head(report).get("authors", []), head(report)["date"]
    result = []
    for _, ways in itertools.groupby(ledger(report)[claim]["ways"], key=lambda way: way.name):
        ways = list(ways)
        some = [one for way in ways for one in of_data(way)] + list(of_words(ways[0], authors))
        result.append(sorted(some, key=lambda one: one.out) or [blank(ways[0])])
    spoken = {(one.role, one.fit) for some in result for one in some if one.speaks and one.out[0] <= date}
    timed = []
    for some in result:
        after = [one for one in some if one.out and one.out[0] > date and one.decides]
        silent = [one for one in after if (one.role, one.fit) not in spoken]
        near = min(silent, key=lambda one: [abs((day - date).days) for day in one.out], default=None)
        for one in some:
            when = "then" if not one.out or one.out[0] <= date else "stand_in" if one is near else "later"
            timed.append(replace(one, when=when))
    return timed


# The verdict.


def base_of(said: Iterable[Any]) -> list[Any]:
    """What of the time decides: the report's own definitions or else the others, the direct ones or else proxies."""
    now = [one for one in said if one.decides and one.holds != "unknown" and one.when != "later"]
    for role, fit in itertools.product(("report", "alternative"), ("direct", "proxy")):
        some = [one for one in now if (one.role, one.fit) == (role, fit)]
        if some:
            return some
    return []


def newest_of(said: list[Any], base: list[Any]) -> dict[str, str]:
    """What the newest later finding of each definition in the base says."""
    return {
        one.definition: one.holds
        for one in said
        if one.when == "later"
        and one.decides
        and one.holds != "unknown"
        and one.definition in {b.definition for b in base}
    }


def outcome(said: list[Any]) -> tuple[str, str]:
    """The verdict, and what came later; findings stand in the order of their release."""
    base = base_of(said)
    then, after = {one.holds for one in base}, set(newest_of(said, base).values())
    later = {0: "none", 1: "holds" if "yes" in after else "fails", 2: "mixed"}[len(after)]
    if not then:
        return "not testable", later
    if len(then) == 2:
        return "contested", later
    direct = base[0].fit == "direct"
    if then == {"no"}:
        return "not supported" if direct else "not borne out", later
    return ("no longer supported" if later == "fails" else "supported") if direct else "consistent", later


def firmness(said: list[Found]) -> str:
    bands = {one.band for one in base_of(said)}
    return "within the band" if "straddles" in bands else "band unknown" if "unknown" in bands or not bands else "firm"


def flips(said: list[Found]) -> set[str]:
    """The alternatives that answer otherwise than what the verdict rests on."""
    then = {one.holds for one in base_of(said)}
    others = [one for one in said if one.role == "alternative" and one.speaks and one.when != "later"]
    return {one.definition for one in others if len(then) == 1 and one.holds not in then}


def moves_most(said: list[Found]) -> tuple[str, int, int] | None:
    """The choice that turns the most of the pairs of findings that differ in it alone."""
    counts = {"definition": [0, 0], "release": [0, 0], "estimate": [0, 0]}
    speaking = [one for one in said if one.speaks]
    for one, other in itertools.combinations(speaking, 2):
        if one.definition == other.definition:
            choice = "release"
        else:
            mine, theirs = dict(one.vintages), dict(other.vintages)
            both = set(mine) & set(theirs)
            if not both or any(mine[source] != theirs[source] for source in both):
                continue
            choice = "definition"
        counts[choice][0] += one.holds != other.holds
        counts[choice][1] += 1
    for one in speaking:
        if one.band != "unknown":
            counts["estimate"][0] += one.band == "straddles"
            counts["estimate"][1] += 1
    turned = [(count[0] / count[1], choice, *count) for choice, count in counts.items() if count[0]]
    return max(turned, key=lambda one: one[0])[1:] if turned else None


# The comparison.


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def facts(one: Any, vintages: Iterable[tuple[str, str]], reference: float | None) -> tuple[Any, ...]:
    kept = (one.definition, one.role, one.fit, one.bound, one.decides, one.when, one.holds, one.band)
    return (*kept, sorted(vintages), rounded(one.value), rounded(reference))


@pytest.fixture(scope="session")
def every() -> dict[str, Verdict]:
    """The verdicts of both reports."""
    return {verdict.claim.id: verdict for report in REPORTS for verdict in audit.committed(report)}


CLAIMS = [(report, claim) for report in REPORTS for claim in ledger(report)]


def test_every_claim_is_worked_out(every: dict[str, Verdict]) -> None:
    assert sorted(claim for _, claim in CLAIMS) == sorted(every)


@pytest.mark.parametrize(("report", "claim"), CLAIMS)
def test_a_verdict_worked_out_by_another_route(report: str, claim: str, every: dict[str, Verdict]) -> None:
    verdict, said = every[claim], findings(report, claim)
    worked = sorted((facts(one, one.vintages, one.reference) for one in said), key=repr)
    found = sorted((facts(one, one.vintages.items(), one.compared_with) for one in verdict.findings), key=repr)
    assert worked == found
    moves = verdict.moves_most and (verdict.moves_most.choice, verdict.moves_most.turned, verdict.moves_most.pairs)
    dates = {day.isoformat() for one in base_of(said) for day in one.out}
    beside = (set(verdict.flips), set(verdict.rests_on), verdict.firmness, moves)
    assert (*outcome(said), flips(said), dates, firmness(said), moves_most(said)) == (
        verdict.verdict,
        verdict.later,
        *beside,
    )


ANSWERS = ("yes", "yes", "yes", "no", "no", "unknown")
VERDICTS = {
    "supported",
    "no longer supported",
    "contested",
    "not supported",
    "consistent",
    "not borne out",
    "not testable",
}


def as_finding(one: Found, day: int) -> Finding:
    """The audit's form of a finding, its releases a day after those of the one before."""
    return Finding(
        claim="claim",
        definition=one.definition,
        label="",
        role=one.role,
        fit=one.fit,
        bound=one.bound,
        decides=one.decides,
        vintages={"source": f"{day:03}"},
        when=one.when,
        published=((datetime.date(2016, 1, 1) + datetime.timedelta(day)).isoformat(),),
        low=None,
        value=1.0,
        high=None,
        unit="deaths",
        holds=one.holds,
        band="unknown",
    )


def test_the_rule_is_the_same_on_any_findings() -> None:
    chance, met = random.Random(20160722), set()
    for _ in range(3000):
        said = []
        for name in range(chance.randint(0, 4)):
            role, fit = chance.choice(["report", "alternative"]), chance.choice(["direct", "proxy"])
            for _ in range(chance.randint(1, 4)):
                decides, holds = chance.random() < 0.8, chance.choice(ANSWERS)
                when = chance.choice(["then", "stand_in", "later", "later"])
                said.append(Found(f"d{name}", role, fit, "whole", decides, holds=holds, when=when))
        verdict, _ = outcome(said)
        met.add(verdict)
        assert verdict == decide([as_finding(one, day) for day, one in enumerate(said)]), said
    assert met == VERDICTS


REPORT_OF = {claim: report for report, claim in CLAIMS}


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("deaths_2014_over_100000", "supported"),
        ("deaths_2014_highest_since_1994", "supported"),
        ("civilians_targeted_more", "supported"),
        ("civilians_large_part", "not borne out"),
        ("civilians_cause", "not testable"),
        ("atrocity_scale_rose", "consistent"),
        ("atrocity_frequency_rose", "contested"),
        ("syria_killed", "contested"),
        ("syria_displaced", "supported"),
        ("refugees_21_3_million", "supported"),
        ("idps_40_8_million", "no longer supported"),
        ("highest_in_un_history", "consistent"),
        ("council_more_vetoes", "contested"),
        ("violations_by_states_majority", "not testable"),
        ("civil_wars_third_party", "contested"),
        ("code_of_conduct_majority", "supported"),
        ("no_recurrence.KEN", "not testable"),
        ("displaced_65_3_million", "no longer supported"),
        ("displaced_59_5_million_2014", "not testable"),
        ("one_in_113_people", "supported"),
        ("per_inhabitant_lebanon_183", "supported"),
        ("developing_regions_13_9_million", "not testable"),
    ],
)
def test_the_verdicts_of_the_headline_claims(claim: str, verdict: str, every: dict[str, Verdict]) -> None:
    assert (outcome(findings(REPORT_OF[claim], claim))[0], every[claim].verdict) == (verdict, verdict)


BOTH = 16_111_285 + 5_241_257
"""Refugees under UNHCR's mandate, as it gave them in 2017, and registered by UNRWA, as it gave them in 2023."""


@pytest.mark.parametrize(
    ("claim", "definition", "vintages", "value", "reference"),
    [
        ("deaths_2014_over_100000", "all", "1.4-2015 2.5-2015 5.0-2015", 101_406 + 12_805 + 11_848, None),
        ("deaths_2014_over_100000", "all", "23.1 23.1 23.1", 148_782, None),
        ("deaths_2014_over_100000", "all_dyads", "25.1", 151_630, None),
        ("deaths_2014_highest_since_1994", "all", "1.4-2015 2.5-2015 5.0-2015", 126_059, 96_964),
        ("deaths_2014_highest_since_1994", "year_1994", "1.4-2015 2.5-2015 5.0-2015", 547_051, 126_059),
        ("civilians_targeted_more", "one_sided", "1.4-2015", 11_848, 8_895),
        ("civilians_large_part", "half_since_2013", "1.4-2015 2.5-2015 5.0-2015", 2_953 / 42_173, None),
        ("syria_killed", "ucdp_yearly", "1.4-2016 2.5-2016 5.0-2016", 166_796 + 11_105 + 1_737, None),
        ("syria_killed", "ucdp_all_dyads", "25.1", 272_844, None),
        ("syria_displaced", "refugees_idps", "2017-08 2018", 11_473_243, None),
        ("refugees_21_3_million", "unhcr_unrwa", "2017-08 2023-06", BOTH, None),
        ("idps_40_8_million", "idmc", "2026-06", 40_451_900, None),
        ("highest_in_un_history", "refugees_unhcr", "2017-08", 16_111_285, 17_819_063),
        ("council_more_vetoes", "five_years", "2023-09", 8 / 5, 5 / 5),
        ("council_more_vetoes", "three_years", "2023-09", 4 / 3, 4 / 3),
        ("violations_by_states_majority", "deaths_2014", "1.4-2016", 447 / 13_560, None),
        ("civil_wars_third_party", "troops_2014", "4.0-2015", 13 / 39, None),
        ("no_recurrence.KEN", "four_years", "1.4-2016", 1, None),
        ("displaced_65_3_million", "four_counts", "2017-08 2018 2023-06", BOTH + 3_224_966 + 40_520_800, None),
        (
            "displaced_65_3_million",
            "four_counts",
            "2017-08 2023-06 idmc_idps_2015",
            BOTH + 3_224_966 + 40_800_000,
            None,
        ),
        ("civilians_large_part", "half_civilians_since_low", "25.1", (35_368 - 6_710) / 130_589, None),
        (
            "one_in_113_people",
            "un_population",
            "2015-07 2017-08 2018 2023-06",
            7_349_472_099 / (BOTH + 3_224_966 + 40_520_800),
            None,
        ),
        ("per_inhabitant_lebanon_183", "un_population", "2015-07 2017-08", 1_070_854 / 5_850_743 * 1000, None),
    ],
)
def test_the_main_numbers(claim: str, definition: str, vintages: str, value: float, reference: float | None) -> None:
    found = [
        one
        for one in findings(REPORT_OF[claim], claim)
        if one.definition == definition and sorted(vintage for _, vintage in one.vintages) == vintages.split()
    ]
    assert [(rounded(one.value), rounded(one.reference)) for one in found] == [(rounded(value), rounded(reference))]
