"""Rules that the ledgers keep, so that no claim is measured by a rule made for it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import pytest

from analysis.audit import reports
from analysis.audit.claims import Claim, Definition
from analysis.audit.findings import THEN
from analysis.audit.verdicts import NOT_BORNE_OUT, NOT_SUPPORTED, UNTESTABLE, Verdict, judge
from analysis.data import tables

REPORTS = sorted(reports.known())
LINES = {25.0, 1.0}
"""UCDP's line, which is for one actor or dyad in one calendar year; and one death, which is no line at all."""


def rule(definition: Definition) -> tuple[object, ...]:
    """All that makes a definition but the place, and the years, which an event of the place may date."""
    series = tuple(term.series for term in definition.all_terms)
    said = (definition.measure, definition.unit, definition.role, definition.fit, definition.bound)
    return (definition.definition, *said, definition.decides, definition.threshold, series, definition.sources)


def unlike(claims: Iterable[Claim]) -> list[str]:
    """Lists whose members are not measured by the same rules."""
    rules = defaultdict(set)
    for claim in claims:
        if claim.member_of:
            rules[claim.member_of].add(tuple(map(rule, claim.definitions)))
    return [name for name, ways in rules.items() if len(ways) > 1]


def lines(claims: Iterable[Claim]) -> list[str]:
    """Definitions that hold a country or a sum of years against such a line."""
    return [f"{one.claim}.{one.definition}" for claim in claims for one in claim.definitions if one.threshold in LINES]


@pytest.mark.parametrize("report", REPORTS)
def test_members_of_a_list_are_measured_by_one_rule(report: str) -> None:
    assert unlike(reports.committed(report).claims) == []


@pytest.mark.parametrize("report", REPORTS)
def test_a_publishers_line_for_an_actor_is_no_line_for_a_country(report: str) -> None:
    assert lines(reports.committed(report).claims) == []


@pytest.mark.parametrize("change", [{"threshold": 25.0}, {"role": "report"}, {"decides": False}])
def test_a_member_with_a_rule_of_its_own_is_seen(change: dict[str, object]) -> None:
    claims = list(reports.committed(REPORTS[0]).claims)
    place = next(number for number, claim in enumerate(claims) if claim.id == "civilians_attacked.CAF")
    first, *others = claims[place].definitions
    assert rule(replace(first, **change)) != rule(first)
    claims[place] = replace(claims[place], definitions=(replace(first, **change), *others))
    assert unlike(claims) == ["civilians_attacked"]
    assert lines(claims) == ([f"{first.claim}.{first.definition}"] if "threshold" in change else [])


def test_what_would_have_happened_otherwise_is_not_tested(verdicts: dict[str, Verdict]) -> None:
    averted = [verdict for verdict in verdicts.values() if verdict.claim.member_of == "averted"]
    assert {verdict.verdict for verdict in averted} == {UNTESTABLE}
    assert not any(one.decides for verdict in averted for one in verdict.claim.definitions)


def test_that_there_is_no_record_never_shows_that_nothing_recurred(verdicts: dict[str, Verdict]) -> None:
    recurred = [verdict for verdict in verdicts.values() if verdict.claim.member_of == "no_recurrence"]
    assert {finding.holds for verdict in recurred for finding in verdict.findings} <= {"no", "unknown"}
    assert not any(one.decides for verdict in recurred for one in verdict.claim.definitions)


def without_all_civilians(claims: Iterable[Claim]) -> list[str]:
    """Claims that count deliberate killing by anyone, and nowhere all civilians killed, which data has beside it."""
    found = []
    for claim in claims:
        terms = {(term.series, term.actor) for one in claim.definitions for term in one.terms}
        deliberate = {("deaths.one_sided", ""), ("deaths_all_dyads.one_sided", "")} & terms
        added = any("state_based" in series for series, _ in terms)  # of organised violence, all deaths are counted
        if deliberate and not added and ("deaths_all_dyads.civilians", "") not in terms:
            found.append(claim.id)
    return found


@pytest.mark.parametrize("report", REPORTS)
def test_all_civilians_killed_stand_beside_deliberate_killing(report: str) -> None:
    claims = reports.committed(report).claims
    assert without_all_civilians(claims) == []
    counted = [replace(one, definitions=one.definitions[:1]) for one in claims if one.id == "atrocity_scale_rose"]
    assert without_all_civilians(counted) == [one.id for one in counted]


def by_deliberate_killing_alone(verdict: Verdict) -> bool:
    """Whether a verdict against a statement rests on a measure that leaves out shelling and bombing."""
    against = verdict.claim.definitions if verdict.verdict in (NOT_SUPPORTED, NOT_BORNE_OUT) else ()
    based = {finding.definition for finding in verdict.base}
    counted = [{term.series for term in one.terms} for one in against if one.definition in based]
    return bool(counted) and all(series <= {"deaths.one_sided", "actors.one_sided"} for series in counted)


def test_deliberate_killing_alone_never_goes_against_a_statement(verdicts: dict[str, Verdict]) -> None:
    assert [name for name, verdict in verdicts.items() if by_deliberate_killing_alone(verdict)] == []
    verdict = verdicts["civilians_large_part"]
    assert verdict.verdict == NOT_BORNE_OUT
    alone = [replace(one, bound="whole", holds="no") for one in verdict.findings if one.when == THEN]
    assert alone and by_deliberate_killing_alone(judge(verdict.claim, verdict.report, alone))


def test_how_much_deaths_rose_after_the_bombing_and_after_the_vote(verdicts: dict[str, Verdict]) -> None:
    """As the note says: the rise is larger in deaths a month, and smaller in proportion."""
    ways = (("syria_deaths_after_bombing", "six_months"), ("syria_deaths_rose_after_february_2012", "vdc_half_year"))
    bombing, vote = (
        next(one for one in verdicts[claim].findings if one.definition == name and one.compared_with)
        for claim, name in ways
    )
    assert bombing.value and bombing.compared_with and vote.value and vote.compared_with
    rises = (bombing.value - bombing.compared_with, vote.value - vote.compared_with)
    assert rises[0] == pytest.approx(rises[1], rel=0.05)
    assert bombing.value / bombing.compared_with < vote.value / vote.compared_with


def world(series: str, vintage: str) -> dict[int, float]:
    rows = tables.load()
    rows = rows[rows["series"].eq(series) & rows["area"].eq("WLD") & rows["vintage"].eq(vintage)]
    rows = rows[rows["actor"].eq("") & rows["actor_class"].eq("") & rows["month"].isna()]
    return dict(zip(rows["year"], rows["best"], strict=True))


def test_how_high_deliberate_killing_was_before_and_after_the_summit() -> None:
    """As the note on 'persistently high' says."""
    killed = world("deaths.one_sided", "1.4-2016")

    def mean(years: Iterable[int]) -> float:
        numbers = [killed[year] for year in years]
        return sum(numbers) / len(numbers)

    last, before = mean((2014, 2015)), [year for year in range(1989, 2006) if year != 1994]
    assert mean(range(2006, 2014)) < min(killed[2014], killed[2015])
    assert last < mean(before) < mean([*before, 1994])


def test_how_much_of_the_rise_civilians_can_have_been() -> None:
    """As the note on 'a large part' says: with all of unknown status in 2014 and none of those in 2013, a half."""
    civilians, unknown = (world(f"deaths_all_dyads.{name}", "25.1") for name in ("civilians", "unknown_status"))
    kinds = [world(f"deaths_all_dyads.{kind}", "25.1") for kind in ("state_based", "non_state", "one_sided")]
    rise = sum(kind[2014] - kind[2013] for kind in kinds)
    assert (civilians[2014] + unknown[2014] - civilians[2013]) / rise == pytest.approx(0.5, abs=0.01)
