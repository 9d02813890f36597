"""The reasons and the sentences to cite: every number is a finding's or the claim's, and what matters is named."""

import re
from dataclasses import replace
from functools import cache, partial

import ledgers
import pytest
from ledgers import finding

from analysis.audit import claims, headlines
from analysis.audit.claims import Claim
from analysis.audit.findings import LATER, STAND_IN, Finding
from analysis.audit.measures import MEAN, RANK, Estimate, Reference
from analysis.audit.verdicts import Verdict, judge
from analysis.data import registry
from analysis.data.coverage import PART, RUNNING, Coverage
from analysis.tell import coverage, sentences
from analysis.tell.languages import ENGLISH

NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?%?")

citation = partial(sentences.citation, ENGLISH)
finding_text = partial(sentences.finding_text, ENGLISH)
number = partial(sentences.number, ENGLISH)
vintage_text = partial(sentences.vintage_text, ENGLISH)


@pytest.fixture(params=[claim.id for claim in claims.claims()])
def verdict(request: pytest.FixtureRequest, verdicts: dict[str, Verdict]) -> Verdict:
    return verdicts[request.param]


def written(value: float | None, unit: str) -> str:
    """A number as a reader expects it, made in another way than the code does."""
    if value is None:
        return "unknown"
    if unit == "share":
        return f"{100 * value:.1f}%"
    if value == int(value) or value >= 1000:
        digits = str(round(value))
        groups = [digits[max(0, end - 3) : end] for end in range(len(digits), 0, -3)]
        return ",".join(reversed(groups))
    return f"{value:.1f}"


@cache
def cited(*releases: tuple[str, str]) -> str:
    return citation(dict(releases)).rstrip(".")


def names(verdict: Verdict) -> list[str]:
    """Text of the findings that holds numbers which are no amounts: labels, releases, citations, what is compared."""
    result = [verdict.claim.note.rstrip("."), verdict.claim.about]
    for one in verdict.findings:
        result += [one.label, one.label[:1].upper() + one.label[1:], coverage.compared(ENGLISH, one.reference)]
        result += coverage.left_out(ENGLISH, one.coverage)
        result += [vintage_text(one.vintages), cited(*one.vintages.items())]
    return sorted({text for text in result if text}, key=len, reverse=True)


@pytest.mark.parametrize("kind", ["reason", "sentence"])
def test_every_number_is_a_findings_or_the_claims(verdict: Verdict, kind: str) -> None:
    text = getattr(sentences, kind)(ENGLISH, verdict)
    for name in names(verdict):
        text = text.replace(name, "")
    unit = verdict.claim.unit
    allowed = {written(verdict.claim.value, unit)}
    for one in verdict.findings:
        allowed |= {written(value, unit) for value in (one.low, one.value, one.high, one.compared_with, one.threshold)}
        if one.value is not None and verdict.claim.value:
            allowed.add(f"{one.value / verdict.claim.value:.2f}")
    assert [numeral for numeral in NUMERAL.findall(text) if numeral.strip(",") not in allowed] == []


@pytest.mark.parametrize("kind", ["reason", "sentence"])
def test_a_text_is_one_clean_line(verdict: Verdict, kind: str) -> None:
    text = getattr(sentences, kind)(ENGLISH, verdict)
    assert text.strip() == text and text.endswith(".") and not text.endswith("..")
    assert "\n" not in text and "\t" not in text
    assert "  " not in text
    assert " ." not in text and " ," not in text and " ;" not in text and ";;" not in text and "()" not in text
    assert not re.search(r"\b(None|nan|NaN|Traceback|unknown|inf)\b", text)
    first = text.lstrip("'")[0]
    assert first.isupper() or first.isdigit()


def test_a_reason_names_what_a_reader_must_know(verdict: Verdict) -> None:
    timely = [one for one in verdict.findings if one.when != LATER and one.holds in ("yes", "no")]
    own = [one for one in timely if one.role == "report"]
    base, reason = own or timely, sentences.reason(ENGLISH, verdict)
    if not base:
        assert verdict.verdict == "not testable"
        assert verdict.claim.note.rstrip(".") in reason
        return
    for one in base:
        assert vintage_text(one.vintages) in reason
        assert written(one.value, verdict.claim.unit) in reason
        if one.when == STAND_IN:
            after = reason.split("Where no release of the time is held, the nearest later one stands in: ")[1]
            assert vintage_text(one.vintages) in after
    if not any(one.when == STAND_IN for one in base):
        assert "stands in" not in reason
    assert ("so it is a proxy" in reason) == all(one.fit == "proxy" for one in base)
    assert ("Proxies: " in reason) == (len({one.fit == "proxy" for one in base}) == 2)
    assert ("The report names no definition" in reason) == (not own)
    assert ("It answers otherwise by: " in reason) == bool(verdict.flips)
    for name in verdict.flips:
        labels = {one.label for one in verdict.findings if one.definition == name}
        assert any(label in reason.split("It answers otherwise by: ")[1] for label in labels)
    later = [one for one in verdict.findings if one.role == "report" and one.when == LATER]
    assert ("In the newest release it " in reason) == bool(later)
    state = {"holds": "holds", "fails": "no longer holds|not hold", "none": "is left open|^"}[verdict.later]
    assert re.search(state, reason.split("In the newest release it ")[-1])


def test_a_sentence_to_cite_says_what_was_found_and_where(verdict: Verdict) -> None:
    text = sentences.sentence(ENGLISH, verdict)
    assert text.startswith(f"{verdict.claim.about}: {verdict.verdict}")
    if "Source: " in text:
        source = text.split("Source: ")[1]
        of = [one for one in verdict.findings if vintage_text(one.vintages) in text and one.when != LATER]
        assert any(
            written(one.value, verdict.claim.unit) in text and cited(*one.vintages.items())[8:] in source for one in of
        )
    else:
        assert verdict.verdict == "not testable"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "deaths", "unknown"),
        (0, "deaths", "0"),
        (12.0, "deaths", "12"),
        (999, "deaths", "999"),
        (1000, "deaths", "1,000"),
        (21_352_542.0, "persons", "21,352,542"),
        (1.25, "years", "1.2"),
        (0.35, "years", "0.3"),
        (12.345, "years", "12.3"),
        (999.94, "years", "999.9"),
        (-999.94, "years", "-999.9"),
        (1234.5678, "years", "1,235"),
        (1000.4, "years", "1,000"),
        (-1234.5678, "years", "-1,235"),
        (0.07002, "share", "7.0%"),
        (1.0, "share", "100.0%"),
        (0.25, "share", "25.0%"),
        (0.09449, "share", "9.4%"),
        (-0.5, "share", "-50.0%"),
        (3.0, "rank", "no. 3"),
    ],
)
def test_numbers(value: float | None, unit: str, text: str) -> None:
    assert number(value, unit) == text


@pytest.mark.parametrize(
    ("vintages", "text"),
    [
        ({"ucdp_one_sided": "25.1"}, "UCDP 25.1"),
        (
            {"ucdp_battle_related_deaths": "5.0-2015", "ucdp_non_state": "2.5-2015", "ucdp_one_sided": "1.4-2015"},
            "UCDP 5.0-2015, 2.5-2015, 1.4-2015",
        ),
        ({"ucdp_battle_related_deaths": "23.1", "ucdp_non_state": "23.1", "ucdp_one_sided": "23.1"}, "UCDP 23.1"),
        ({"unhcr_population": "2017-08", "idmc_displacement": "2018"}, "UNHCR 2017-08 with IDMC 2018"),
        ({"unhcr_population": "2026-06", "unrwa_registered": "2026-06"}, "UNHCR 2026-06 with UNRWA 2026-06"),
        ({"worldbank_indicators": "2026-03"}, "World Bank 2026-03"),
        ({"vdc_syria": "2019-06"}, "VDC 2019-06"),
        ({"security_council": "2023-09"}, "Security Council 2023-09"),
        ({"headline": "idmc_idps_2015"}, "Internal Displacement Monitoring Centre, stated 11 May 2016"),
    ],
)
def test_where_a_number_comes_from(vintages: dict[str, str], text: str) -> None:
    assert vintage_text(vintages) == text


def test_every_source_has_a_publisher() -> None:
    for source in registry.SOURCES:
        assert vintage_text({source: "1"}).endswith(" 1")


SHARE = ledgers.claim(unit="share", value=0.5, relation="at_least", last_digit=0.01)
MORE = ledgers.claim(relation="more_than", value=None)
ALL_AREAS = Coverage(PART, "best", 52, 52, "areas")


def than(value: float | None) -> Reference:
    """The mean of 2013, to compare with."""
    return Reference(MEAN, Estimate(None, value, None), first=2013, last=2013)


@pytest.mark.parametrize(
    ("claim", "one", "text"),
    [
        (ledgers.claim(), finding(), "the dead: 120 deaths, UCDP 1.4-2015"),
        (ledgers.claim(), finding(low=90, high=150), "the dead: 120 deaths (low 90, high 150), UCDP 1.4-2015"),
        (ledgers.claim(), finding(low=90), "the dead: 120 deaths, UCDP 1.4-2015"),
        (ledgers.claim(), finding(high=150), "the dead: 120 deaths, UCDP 1.4-2015"),
        (ledgers.claim(), finding(low=0, high=0), "the dead: 120 deaths (low 0, high 0), UCDP 1.4-2015"),
        (MORE, finding(reference=than(100)), "the dead: 120 deaths against 100 (2013), UCDP 1.4-2015"),
        (MORE, finding(reference=than(None)), "the dead: 120 deaths (2013), UCDP 1.4-2015"),
        (
            SHARE,
            finding(value=0.07, reference=Reference("share", part=7, whole=100)),
            "the dead: 7.0% (7 of 100), UCDP 1.4-2015",
        ),
        (
            ledgers.claim(unit="rank", relation="none"),
            finding(value=2, reference=Reference(RANK, part=50, of=4)),
            "the dead: no. 2 (deaths: 50; actors: 4), UCDP 1.4-2015",
        ),
        (
            ledgers.claim(),
            finding(coverage=(Coverage(PART, "low", 39, 40, "rows", ("Syria",)),)),
            "the dead: 120 deaths, UCDP 1.4-2015 [low: 39 of 40 rows, without Syrian Arab Republic]",
        ),
        (ledgers.claim(), finding(coverage=(ALL_AREAS,)), "the dead: 120 deaths, UCDP 1.4-2015"),
        (
            ledgers.claim(),
            finding(coverage=(ALL_AREAS, Coverage(PART, "", 11, 12, "months"))),
            "the dead: 120 deaths, UCDP 1.4-2015 [11 of 12 months]",
        ),
        (
            ledgers.claim(),
            finding(coverage=(Coverage(RUNNING, "", 1, 7, "events"), Coverage(PART, "", 3, 12, "months"))),
            "the dead: 120 deaths, UCDP 1.4-2015 [3 of 12 months]",
        ),
    ],
)
def test_a_finding_in_a_clause(claim: Claim, one: Finding, text: str) -> None:
    assert finding_text(claim, one) == text


def reason(claim: Claim, *findings: Finding) -> str:
    return sentences.reason(ENGLISH, judge(claim, findings))


@pytest.mark.parametrize(
    ("claim", "one", "words"),
    [
        (ledgers.claim(), finding(), "which is not below 100 (1.20 times it)"),
        (ledgers.claim(), finding("no", value=80), "which is below 100 (0.80 times it)"),
        (ledgers.claim(relation="at_least"), finding(), "which is not below 100 (1.20 times it)"),
        (ledgers.claim(), finding(threshold=25.0), "which is not below 25"),
        (ledgers.claim(value=0.0), finding(), "which is not below 0"),
        (ledgers.claim(relation="under"), finding("no"), "which is not below 100"),
        (ledgers.claim(relation="under"), finding(value=80), "which is below 100"),
        (ledgers.claim(relation="plain"), finding("no"), "which is not within half a unit of 100"),
        (ledgers.claim(relation="about"), finding(value=105), "which is within one unit of 100"),
        (ledgers.claim(relation="majority", unit="share"), finding(value=0.6), "which is above one half"),
        (ledgers.claim(relation="majority", unit="share"), finding("no", value=0.4), "which is not above one half"),
        (
            ledgers.claim(relation="third", unit="share"),
            finding(value=0.33),
            "which is nearer to a third than to a quarter or two fifths",
        ),
        (
            ledgers.claim(relation="third", unit="share"),
            finding("no", value=0.5),
            "which is not nearer to a third than to a quarter or two fifths",
        ),
        (MORE, finding(reference=than(100.0)), "which is above it"),
        (MORE, finding("no", reference=than(130.0)), "which is not above it"),
        (SHARE, finding("no", value=0.07, threshold=0.25), "which is below 25.0%"),
        (SHARE, finding(value=0.6), "which is not below 50.0%"),
    ],
)
def test_how_a_finding_stands_to_the_figure(claim: Claim, one: Finding, words: str) -> None:
    text = reason(claim, one).removesuffix(".")
    assert text.endswith(words) or f"{words}. " in text
    assert text.startswith(f"The dead: {number(one.value, claim.unit)}")


def test_a_reason_of_one_finding() -> None:
    assert reason(ledgers.claim(), finding()) == (
        "The dead: 120 deaths, UCDP 1.4-2015, which is not below 100 (1.20 times it)."
    )


def test_a_reason_of_everything() -> None:
    wider = {"role": "alternative", "definition": "wider", "label": "more of the dead", "vintages": {"vdc_syria": "1"}}
    text = reason(
        ledgers.claim(),
        finding(fit="proxy"),
        finding(label="others", when=STAND_IN, published=("2017-01-01",), vintages={"ucdp_one_sided": "17.1"}),
        finding(value=130_000.0, vintages={"headline": "ucdp_deaths_2014_told_2016"}),
        finding("unknown", label="the unknown", value=None),
        finding("no", when=LATER, published=("2023-06-30",), value=90.0, vintages={"ucdp_one_sided": "23.1"}),
        finding("no", **{**wider, "value": 50.0, "published": ("2015-01-01",)}),
        finding("no", **{**wider, "value": 60.0, "published": ("2015-06-01",)}),
        finding("yes", **{**wider, "value": 110.0, "published": ("2016-01-01",)}),
        finding("no", **{**wider, "value": 10.0, "published": ("2018-01-01",), "when": LATER}),
    )
    assert text == (
        "The dead: 120 deaths, UCDP 1.4-2015, which is not below 100 (1.20 times it); "
        "others: 120 deaths, UCDP 17.1, which is not below 100 (1.20 times it); "
        "stated by the publishers: the dead: 130,000 deaths, Uppsala Conflict Data Program, stated 14 June 2016. "
        "Proxies: the dead. "
        "Where no release of the time is held, the nearest later one stands in: UCDP 17.1. "
        "It answers otherwise by: more of the dead: 60 deaths, VDC 1. "
        "In the newest release it no longer holds: the dead: 90 deaths, UCDP 23.1."
    )


def test_a_reason_where_all_is_proxy() -> None:
    text = reason(MORE, finding("no", fit="proxy", reference=than(130.0)), finding("unknown", value=None))
    assert text == (
        "The dead: 120 deaths against 130 (2013), UCDP 1.4-2015, which is not above it. "
        "The data counts something near the claim, not the same thing, so it is a proxy."
    )


ALTERNATIVE = {"role": "alternative", "definition": "wider"}


@pytest.mark.parametrize(
    ("findings", "start"),
    [
        ([finding(**ALTERNATIVE)], "The report names no definition. The dead: 120 deaths"),
        (
            [finding(**ALTERNATIVE), finding("no", **ALTERNATIVE)],
            "The report names no definition, and the reasonable ones disagree. Yes by the dead: 120 deaths, UCDP "
            "1.4-2015. No by the dead: 120 deaths, UCDP 1.4-2015.",
        ),
        ([finding("unknown"), finding(**ALTERNATIVE)], "The report's own definition decides nothing here. The dead: 1"),
        (
            [finding("unknown"), finding(**ALTERNATIVE), finding("no", **ALTERNATIVE)],
            "The report's own definition decides nothing here, and the reasonable ones disagree. Yes by the dead",
        ),
        ([finding(), finding("no")], "Yes by the dead: 120 deaths, UCDP 1.4-2015. No by the dead: 120 deaths, UCDP 1"),
    ],
)
def test_whose_definition_it_is(findings: list[Finding], start: str) -> None:
    assert reason(ledgers.claim(), *findings).startswith(start)


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        ("yes", "yes", "still holds"),
        ("yes", "no", "no longer holds"),
        ("no", "no", "does not hold either"),
        ("no", "yes", "holds"),
        ("both", "yes", "holds"),
        ("both", "no", "does not hold"),
        ("yes", "unknown", "is left open"),
        ("no", "unknown", "is left open"),
    ],
)
def test_how_the_newest_release_stands_to_those_of_the_time(then: str, now: str, words: str) -> None:
    base = [finding(answer) for answer in (("yes", "no") if then == "both" else (then,))]
    text = reason(ledgers.claim(), *base, finding(now, when=LATER, published=("2023-06-30",), value=7.0))
    assert f"In the newest release it {words}: the dead: 7 deaths, UCDP" in text
    nothing = reason(ledgers.claim(), *base, finding("unknown", when=LATER, published=("2023-06-30",), value=None))
    assert "newest" not in nothing


def test_a_claim_with_nothing_to_test_it() -> None:
    claim = ledgers.claim(about="Things got worse", note="It would take a count.")
    assert reason(claim) == "It would take a count."
    assert reason(replace(claim, note="")) == "No data here says yes or no."
    assert sentences.sentence(ENGLISH, judge(claim, [])) == "Things got worse: not testable with the data held."
    floor = finding("unknown", fit="floor", value=90.0)
    later = finding("unknown", fit="floor", value=95.0, when=LATER)
    none = finding("unknown", value=None)
    assert reason(claim, floor, none, later) == (
        "It would take a count. What is held cannot decide it: the dead: 90 deaths, UCDP 1.4-2015."
    )
    assert reason(replace(claim, relation="none"), floor, floor) == (
        "It would take a count. For context: the dead: 90 deaths, UCDP 1.4-2015; the dead: 90 deaths, UCDP 1.4-2015."
    )


def test_a_claim_that_only_publishers_words_support() -> None:
    stated = finding(value=130_000.0, vintages={"headline": "ucdp_deaths_2014_told_2016"})
    verdict = judge(ledgers.claim(), [stated])
    assert verdict.verdict == "not testable"
    assert "Only what publishers stated says so, and no data held can be put beside it." in sentences.reason(
        ENGLISH, verdict
    )
    assert sentences.sentence(ENGLISH, verdict).endswith(
        "Source: Uppsala Conflict Data Program, Upward trend in fatalities in organized violence was broken in 2015, "
        "2016-06-14."
    )


def test_data_is_cited_before_words() -> None:
    stated = finding(value=130_000.0, vintages={"headline": "ucdp_deaths_2014_told_2016"})
    text = sentences.sentence(ENGLISH, judge(ledgers.claim(about="Deaths were over 100"), [stated, finding()]))
    assert text.startswith("Deaths were over 100: supported. The dead: 120 deaths, UCDP 1.4-2015. Source: Uppsala Conf")
    assert text.endswith("[1.4-2015, published 2015-09].")


def test_citations() -> None:
    by_name = {(one.source, one.vintage): one for one in registry.releases()}
    unhcr, idmc = by_name["unhcr_population", "2017-08"], by_name["idmc_displacement", "2018"]
    assert citation({"unhcr_population": "2017-08", "idmc_displacement": "2018"}) == (
        f"Source: {unhcr.citation.rstrip('.')} [2017-08, published {unhcr.published}]; "
        f"{idmc.citation.rstrip('.')} [2018, published {idmc.published}]"
    )
    assert citation({"ucdp_one_sided": "99.1"}) == "Source: ucdp_one_sided 99.1, an unverified file"
    one = next(one for one in headlines.load() if one.id == "idmc_idps_2015")
    assert citation({"headline": one.id}) == f"Source: {one.publisher}, {one.title}, {one.published}"


def test_a_citation_that_two_parts_share_stands_once(monkeypatch: pytest.MonkeyPatch) -> None:
    one = ledgers.release("ucdp_one_sided", "1", "2015")
    monkeypatch.setattr(sentences.registry, "releases", lambda: [one, replace(one, source="ucdp_non_state")])
    assert citation({"ucdp_one_sided": "1", "ucdp_non_state": "1"}) == "Source: Nobody [1, published 2015]"
