"""Rules that the ledgers keep, so that no claim is measured by a rule made for it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import pytest

from analysis.audit import reports
from analysis.audit.claims import Claim, Definition
from analysis.audit.verdicts import UNTESTABLE, Verdict

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
    said = {finding.holds for verdict in recurred for finding in verdict.findings if finding.decides}
    assert said <= {"no", "unknown"}
