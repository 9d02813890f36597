"""What a report's ledger is read as, and what it refuses: each kind of disorder is one clear error."""

import csv
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import ledgers
import pytest

from analysis import paths
from analysis.audit import headlines, reports, verdicts
from analysis.audit.claims import Claim
from analysis.audit.ways import MEASURES
from analysis.data import registry, tables
from analysis.errors import InputError


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of two claims, the first with two definitions."""
    own, wider = ledgers.definition(), ledgers.definition(definition="wider", role="alternative", threshold=50.0)
    other = ledgers.claim(id="other_claim", relation="more_than", value=None, measure="change")
    compared = ledgers.definition(claim="other_claim", measure="change", against="2013")
    return ledgers.write(
        tmp_path / "ledger", ledgers.claim(definitions=(own, wider)), replace(other, definitions=(compared,))
    )


def alter(folder: Path, change: Callable[[str], str], name: str = "claims.yml") -> Path:
    path = folder / name
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")
    return folder


def refused(read: Callable[[], object]) -> str:
    with pytest.raises(InputError) as caught:
        read()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_ledger_is_read_as_it_is_written(ledger: Path) -> None:
    report = reports.load(ledger)
    first, other = report.claims
    assert replace(report, claims=()) == ledgers.REPORT
    assert replace(first, definitions=()) == ledgers.claim()
    assert first.definitions == (
        ledgers.definition(),
        ledgers.definition(definition="wider", role="alternative", threshold=50.0),
    )
    assert other.definitions == (ledgers.definition(claim="other_claim", measure="change", against="2013"),)


def test_a_list_is_a_claim_an_area(ledger: Path) -> None:
    alter(ledger, lambda text: text.replace("- id: some_claim\n", "- id: some_claim\n  for: [KEN, GIN]\n", 1))
    alter(ledger, lambda text: text.replace("terms: deaths.one_sided@WLD\n", "terms: deaths.one_sided@$\n", 2))
    kenya, guinea, _ = reports.load(ledger).claims
    assert (kenya.id, kenya.area, kenya.member_of, kenya.group) == ("some_claim.KEN", "KEN", "some_claim", "some_claim")
    assert [one.definitions[0].terms[0].area for one in (kenya, guinea)] == ["KEN", "GIN"]
    assert {one.claim for one in guinea.definitions} == {"some_claim.GIN"}


def test_years_are_counted_from_the_event_of_each_member(ledger: Path) -> None:
    members = ("KEN: {date: 2008-02, what: a crisis, source: S/1}", "GIN: {date: 2009-09-28, what: b, source: c}")
    events = "  for:\n" + "".join(f"    {member}\n" for member in members)
    alter(ledger, lambda text: text.replace("- id: some_claim\n", f"- id: some_claim\n{events}", 1))
    alter(ledger, lambda text: text.replace("years: '2014'", "years: event+1-event+4", 1))
    kenya, guinea, _ = reports.load(ledger).claims
    assert [one.definitions[0].years for one in (kenya, guinea)] == [
        (2009, 2010, 2011, 2012),
        (2010, 2011, 2012, 2013),
    ]
    assert kenya.event is not None and kenya.event.source == "S/1"


# Each of these is one clear error: what is changed of a sound ledger, and what is said of it.
DISORDERS = {
    "unknown area": ("terms: deaths.one_sided@WLD", "terms: deaths.one_sided@XYZ", "no area 'XYZ'"),
    "unknown role of a place": ("deaths.one_sided@WLD\n", "deaths.one_sided@SYR/birth\n", "no role 'birth'"),
    "unknown role": ("role: alternative", "role: other", "'other'; expected report, alternative"),
    "unknown series": ("terms: deaths.one_sided", "terms: deaths.one_sidd", "no series 'deaths.one_sidd'"),
    "no term": ("terms: deaths.one_sided", "terms: deaths one sided", "is not a term"),
    "unknown source": ("ucdp_one_sided", "ucdp_one_side", "'ucdp_one_side'; expected for instance ucdp_one_sided"),
    "unknown relation": ("relation: over", "relation: above", "'above'; expected plain, about, over"),
    "unknown unit": ("unit: deaths", "unit: corpses", "'corpses'; expected deaths, persons"),
    "unknown measure": ("measure: total", "measure: median", "'median'; expected total"),
    "unknown fit": ("fit: direct", "fit: near", "'near'; expected direct, proxy"),
    "no year": ("years: '2014'", "years: soon", "'soon' is not a year"),
    "an unknown year": ("years: '2014'", "years: 2214", "no year 2214"),
    "a year that ends before it begins": ("years: '2014'", "years: 2014-2012", "is not a year"),
    "no number": ("value: 100.0", "value: many", "'many'; expected a number"),
    "nan": ("value: 100.0", "value: .nan", "expected a number"),
    "not a number, spelt": ("value: 100.0", "value: nan", "expected a number that is not below 0"),
    "inf": ("value: 100.0", "value: inf", "expected a number that is not below 0"),
    "a negative figure": ("value: 100.0", "value: -100", "expected a number that is not below 0"),
    "last digit 0": ("last_digit: 10.0", "last_digit: 0", "column last_digit: some_claim: '0'; expected more than 0"),
    "last digit below 0": ("last_digit: 10.0", "last_digit: -1", "column last_digit"),
    "a year twice": ("years: '2014'", "years: 2013,2014,2014", "a year stands twice"),
    "a term twice": ("terms: deaths.one_sided", "terms: deaths.one_sided + deaths.one_sided", "is added twice"),
    "a majority of a total": ("relation: over", "relation: majority", "a majority of deaths; expected share"),
    "a figure that is not there": ("  value: 100.0\n", "", "there is no figure; expected one"),
    "a comparison without years": ("against: '2013'", "against: ''", "change is compared with no year"),
    "a comparison that compares nothing": ("relation: over", "relation: more_than", "total cannot answer more_than"),
    "a share of nothing": ("measure: total\n    unit", "measure: share\n    unit", "share of nothing"),
    "a rank of two terms": (
        "measure: total\n    unit: deaths\n    used_by: a test\n    why: a test\n    terms: deaths.one_sided",
        "measure: rank\n    unit: deaths\n    used_by: a test\n    why: a test\n    terms: deaths.one_sided + idps",
        "rank of several terms; expected one",
    ),
    "a date that is none": ("as_of: 2014-12-31", "as_of: 2014-13-31", "expected a date"),
    "a brace": ("about: Deaths were over 100", "about: Deaths were over {value}", "there is a brace in the text"),
    "a definition twice": ("id: wider", "id: own", "own stands twice"),
    "a claim twice": ("id: other_claim", "id: some_claim", "some_claim stands in claims.yml too"),
    "a key twice": ("relation: over", "relation: over\n  relation: under", "the key relation stands twice"),
    "a key that is none": ("relation: over", "relaton: over", "there is no such key; expected for instance relation"),
    "a key that is missing": ("  about: Deaths were over 100\n", "", "about is missing"),
    "too long a quotation": ("words: 100 多", "words: " + "多" * 31, "31 letters are quoted; expected at most 30"),
    "no headline": ("relation: over", "relation: over\n  headline: none_such", "expected an id of headlines.csv"),
    "nothing stated for a source": (
        "why: a test\n",
        "why: a test\n    stated_for: ucdp_one_sided\n",
        "with stated figures",
    ),
    "stated for a source that no term names": (
        "why: a test\n",
        "why: a test\n    stated: [idmc_idps_2015]\n    stated_for: ucdp_one_sided\n",
        "a source that a term names",
    ),
    "an event that is not there": ("years: '2014'", "years: event+1", "counts from an event, and some_claim has none"),
    "no YAML": ("- id: some_claim", "- id: [some_claim", "expected YAML"),
    "not a list": ("- id: some_claim\n", "some_claim:\n", ""),
    "nothing to measure": ("terms: deaths.one_sided@WLD\n", "terms: ''\n", "there is nothing to measure"),
    "no reason why it cannot be tested": ("relation: over", "relation: none", "nothing says why it cannot be tested"),
}


@pytest.mark.parametrize("disorder", DISORDERS)
def test_what_a_ledger_refuses(ledger: Path, disorder: str) -> None:
    old, new, said = DISORDERS[disorder]
    alter(ledger, lambda text: text.replace(old, new, 1))
    told = refused(lambda: reports.load(ledger))
    assert told.startswith("claims.yml, row ") and said in told


def test_another_encoding(ledger: Path) -> None:
    path = ledger / "claims.yml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert refused(lambda: reports.load(ledger)) == "claims.yml: the file is not UTF-8; save it as UTF-8"


def test_a_spreadsheet(ledger: Path) -> None:
    (ledger / "claims.yml").write_bytes(b"PK\x03\x04\x14\x00\x08\xff" * 10)
    assert refused(lambda: reports.load(ledger)).startswith("claims.yml")


def test_an_empty_file(ledger: Path) -> None:
    (ledger / "claims.yml").write_text("")
    assert refused(lambda: reports.load(ledger)) == "claims.yml: the file is empty; expected YAML"


@pytest.mark.parametrize("name", ["", "a/b", "a-70-998"])
def test_a_report_that_is_not_there(name: str, tmp_path: Path) -> None:
    said = refused(lambda: reports.load(name if name else tmp_path / "nothing"))
    assert "no report" in said and "or a folder that holds report.yml" in said


def test_200_damaged_ledgers(ledger: Path) -> None:
    """Read as it was meant or refused in one line: never a traceback, never a verdict from an entry that cannot be."""
    chance = random.Random(1)
    whole = (ledger / "claims.yml").read_text(encoding="utf-8")
    sound = {claim.id for claim in reports.load(ledger).claims}
    for _ in range(200):
        start = chance.randrange(len(whole))
        cut = (
            whole[:start]
            + chance.choice(["", "\x00", "'", ": ", "- ", "\t", "{", "é", "9"])
            + whole[start + chance.randrange(9) :]
        )
        (ledger / "claims.yml").write_text(cut, encoding="utf-8")
        try:
            read = reports.load(ledger)
        except InputError as error:
            assert "\n" not in str(error) and str(error).startswith("claims.yml")
        else:
            for claim in read.claims:
                assert claim.relation == "none" or claim.value is None or claim.value >= 0
                assert claim.id in sound or claim.id.isascii()


# What is committed.

EVERY = [claim for report in reports.known() for claim in reports.committed(report).claims]


def test_the_first_report_is_the_one_audited_by_default() -> None:
    assert reports.known()[:2] == ("a-70-999", "global-trends-2015")
    assert reports.load().id == "a-70-999"


def test_ids_are_unique_across_reports() -> None:
    assert len({claim.id for claim in EVERY}) == len(EVERY)


def test_a_report_that_was_not_read_quotes_nothing() -> None:
    report = reports.load("global-trends-2015")
    assert report.read_at and len(report.claims) >= 25
    assert not any(claim.words or claim.paragraph for claim in report.claims)


@pytest.mark.parametrize("claim", EVERY, ids=lambda claim: claim.id)
def test_a_committed_claim_says_how_it_is_tested(claim: Claim) -> None:
    assert claim.note or claim.definitions, "a claim that cannot be tested says why"
    assert claim.relation != "none" or claim.note
    for one in claim.definitions:
        assert one.used_by and one.why and one.label
        assert one.measure in MEASURES or claim.relation == "none"
        assert set(one.sources) <= set(registry.SOURCES)
        for term in one.all_terms:
            assert term.series in tables.SERIES
        assert bool(one.terms) == bool(one.sources) == bool(one.years)
        assert {name for text in (*one.headlines, *one.stated) for name in text.split(" + ")} <= {
            one.id for one in headlines.load()
        }


@pytest.mark.parametrize("report", reports.known())
def test_every_definition_gives_findings(report: str) -> None:
    for verdict in verdicts.committed(report):
        assert {f.definition for f in verdict.findings} == {one.definition for one in verdict.claim.definitions}
        for finding in verdict.findings:
            assert finding.why or finding.holds != "unknown", "what is unknown says why"
            assert finding.vintages or finding.why == "no_release"


BEFORE = reports.FOLDER / reports.FIRST / "published_before.csv"


def published_before() -> list[dict[str, str]]:
    with BEFORE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_what_was_published_otherwise_says_what_the_verdict_is_now() -> None:
    now = {verdict.claim.id: verdict.verdict for verdict in verdicts.committed()}
    rows = published_before()
    assert [row["after"] for row in rows] == [now[row["claim"]] for row in rows]
    assert len({row["published_as"] for row in rows}) == len(rows)
    assert all(row["why"] and (row["before"], row["published_as"]) != (row["after"], row["claim"]) for row in rows)


def test_the_changelog_lists_what_was_published_otherwise() -> None:
    lines = [line for line in (paths.ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if "| `" in line]
    told = [re.fullmatch(r"\| `([^`]+)`(?: \(was `([^`]+)`\))? \| (.+?) \| (.+?) \| (.+) \|", line) for line in lines]
    listed = [one and (one[1], one[2] or one[1], one[3], one[4], one[5]) for one in told]
    assert listed == [tuple(row.values()) for row in published_before()]
