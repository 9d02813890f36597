"""The reasons and the sentences to cite: every number is a finding's or the claim's, and what matters is named."""

import re
from dataclasses import replace
from functools import cache, partial

import ledgers
import pytest
from ledgers import finding

from analysis.audit import headlines, reports
from analysis.audit.claims import Claim
from analysis.audit.findings import LATER, STAND_IN, THEN, Finding
from analysis.audit.measures import MEAN, RANK, Estimate, Reference
from analysis.audit.verdicts import Verdict, judge
from analysis.data import registry
from analysis.data.coverage import ALONE, PART, RUNNING, Coverage
from analysis.tell import coverage, sentences
from analysis.tell.languages import ENGLISH

NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?%?")

citation = partial(sentences.citation, ENGLISH)
finding_text = partial(sentences.finding_text, ENGLISH)
number = partial(sentences.number, ENGLISH)
vintage_text = partial(sentences.vintage_text, ENGLISH)


@pytest.fixture(params=[claim.id for claim in reports.load().claims])
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
    claim = verdict.claim
    result = [claim.note.rstrip("."), claim.about, claim.event.note.rstrip(".") if claim.event else ""]
    for one in verdict.findings:
        result += [sentences.dated(ENGLISH, one)] if one.published else []
        result += [one.label, one.label[:1].upper() + one.label[1:], coverage.compared(ENGLISH, one.reference)]
        result += coverage.left_out(ENGLISH, one.coverage)
        result += [vintage_text(one.vintages), cited(*one.vintages.items())]
    result += [
        f"within {written(tolerance, verdict.claim.unit)} of" for tolerance in (claim.last_digit, claim.last_digit / 2)
    ]
    return sorted({text for text in result if text}, key=len, reverse=True)


@pytest.mark.parametrize("kind", ["reason", "sentence"])
def test_every_number_is_a_findings_or_the_claims(verdict: Verdict, kind: str) -> None:
    text = getattr(sentences, kind)(ENGLISH, verdict)
    for name in names(verdict):
        text = text.replace(name, "")
    allowed = {written(verdict.claim.value, verdict.claim.unit)}
    for one in verdict.findings:
        other = one.reference.estimate.ceiling if one.reference else None
        values = (one.low, one.value, one.high, one.compared_with, other, one.threshold, one.estimate.ceiling)
        allowed |= {written(value, one.unit) for value in values}
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
    reason, claim = sentences.reason(ENGLISH, verdict), verdict.claim
    assert claim.note.rstrip(".")[1:] in reason
    if not verdict.base:
        assert verdict.verdict == "not testable" and "For context: " in reason or not verdict.findings or claim.note
        return
    answers = {one.holds for one in verdict.base}
    cited = [verdict.cited] if len(answers) == 1 else [next(f for f in verdict.base if f.holds == a) for a in answers]
    for one in cited:
        assert one is not None and written(one.value, one.unit) in reason
    if verdict.cited is not None and verdict.cited.when == STAND_IN:
        assert "the nearest after the report" in reason
    assert ("near what is stated, not the same thing" in reason) == all(one.fit == "proxy" for one in verdict.base)
    if verdict.verdict in ("not supported", "not borne out"):
        assert ("or it speaks " in reason) == any(one.holds == "yes" for one in verdict.findings)
    otherwise = {"holds": answers != {"yes"}, "fails": answers != {"no"}, "mixed": len(answers) == 1, "none": False}
    assert reason.startswith(("By newer data", "Newer data is", "The statement held when")) == otherwise[verdict.later]
    assert not re.search(r"\d{1,2}\.\d-20\d\d|\b2[0-9]\.1\b", reason.replace(claim.note, "")), "no release's code"


def test_a_sentence_to_cite_says_what_was_found_and_where(verdict: Verdict) -> None:
    text = sentences.sentence(ENGLISH, verdict)
    assert f"{verdict.claim.about}: {verdict.verdict}" in text
    if "Source: " in text:
        source = text.split("Source: ")[1]
        of = [one for one in verdict.findings if vintage_text(one.vintages) in text and one.when != LATER]
        assert any(written(one.value, one.unit) in text and cited(*one.vintages.items())[8:] in source for one in of)
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
        assert vintage_text({source: "1"}).endswith(" 1 (unverified)")


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
            finding(value=0.07, unit="share", reference=Reference("share", part=7, whole=100)),
            "the dead: 7.0% (7 of 100), UCDP 1.4-2015",
        ),
        (
            ledgers.claim(unit="rank", relation="none"),
            finding(value=2, unit="rank", reference=Reference(RANK, part=50, of=4)),
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
    return sentences.reason(ENGLISH, judge(claim, ledgers.REPORT, findings))


PART_OF = {"unit": "share", "value": 0.07}
OUT = "(UCDP, data of September 2015)"


@pytest.mark.parametrize(
    ("claim", "one", "words"),
    [
        (ledgers.claim(), finding(), "which is above 100"),
        (ledgers.claim(), finding("no", bound="ceiling", value=80), "which is below 100"),
        (ledgers.claim(), finding("no", value=80), "which is below 100"),
        (ledgers.claim(relation="at_least"), finding(value=100), "which is exactly 100"),
        (ledgers.claim(), finding(threshold=25.0), "which is above 25"),
        (ledgers.claim(relation="under"), finding("no"), "which is above 100"),
        (ledgers.claim(relation="under"), finding("no", value=100), "which is not below 100"),
        (ledgers.claim(relation="under"), finding(value=80), "which is below 100"),
        (ledgers.claim(relation="plain"), finding("no"), "which is not within 5 of 100"),
        (ledgers.claim(relation="plain", parts=2), finding(value=109), "which is within 10 of 100"),
        (ledgers.claim(relation="about"), finding(value=105), "which is within 10 of 100"),
        (ledgers.claim(relation="majority", unit="share"), finding(value=0.6, unit="share"), "which is above one half"),
        (
            ledgers.claim(relation="majority", unit="share"),
            finding("no", value=0.4, unit="share"),
            "which is not above one half",
        ),
        (
            ledgers.claim(relation="third", unit="share"),
            finding(value=0.33, unit="share"),
            "which is nearer to a third than to a quarter or two fifths",
        ),
        (
            ledgers.claim(relation="third", unit="share"),
            finding("no", value=0.5, unit="share"),
            "which is not nearer to a third than to a quarter or two fifths",
        ),
        (SHARE, finding("no", threshold=0.25, **PART_OF), "which is below 25.0%"),
        (
            ledgers.claim(relation="plain", value=1, unit="rank"),
            finding(value=1, unit="rank"),
            "as stated",
        ),
    ],
)
def test_how_a_finding_stands_to_the_figure(claim: Claim, one: Finding, words: str) -> None:
    assert reason(claim, one).startswith(f"The dead: {sentences.stated_amount(ENGLISH, one)}, {words} {OUT}.")


def test_each_publisher_has_the_date_of_its_own_data() -> None:
    releases = {"unhcr_population": "2017-08", "unrwa_registered": "2023-06", "headline": "idmc_idps_2015"}
    one = finding(vintages=releases, published=("2023-06-30", "2017-08-31", "2016-05-11"), when=STAND_IN)
    dated = (
        "UNHCR, data of August 2017; UNRWA, data of June 2023; Internal Displacement Monitoring Centre, stated May 2016"
    )
    assert sentences.dated(ENGLISH, one) == f"{dated}, the nearest after the report"
    yearly = {"ucdp_battle_related_deaths": "5.0-2015", "ucdp_one_sided": "1.4-2015"}
    assert sentences.dated(ENGLISH, finding(vintages=yearly)) == "UCDP, data of September 2015"


def test_a_comparison_gives_both_numbers() -> None:
    assert reason(MORE, finding(reference=than(100.0))) == f"The dead: 120 deaths against 100 {OUT}."


def test_a_number_known_only_to_lie_between_two() -> None:
    shared = (Coverage(ALONE, "", 120, 300, "deaths"),)
    assert reason(ledgers.claim(), finding(coverage=shared)).startswith("The dead: 120–300 deaths, which is above")


def test_a_publishers_figure_keeps_its_relation_word() -> None:
    stated = finding(value=130_000.0, vintages={"headline": "ucdp_deaths_2014_told_2016"}, published=("2016-06-14",))
    assert "more than 130,000 deaths, which is above 100 (Uppsala Conflict Data Program, stated June 2016)" in reason(
        ledgers.claim(), stated
    )


WIDER = {
    "role": "alternative",
    "definition": "wider",
    "label": "more of the dead",
    "vintages": {"vdc_syria": "2019-06"},
}


def test_a_reason_of_everything() -> None:
    text = reason(
        ledgers.claim(note="Mind the gap."),
        finding(),
        finding("unknown", label="the unknown", value=None),
        finding("no", when=LATER, published=("2023-06-30",), value=90.0, vintages={"ucdp_one_sided": "23.1"}),
        finding("no", **{**WIDER, "value": 50.0, "published": ("2015-01-01",)}),
        finding("no", **{**WIDER, "value": 10.0, "published": ("2018-01-01",), "when": LATER}),
    )
    assert text == (
        "The statement held when it was made; by newer data it does not: the dead: 90 deaths, which is below 100 "
        f"(UCDP, data of June 2023). The dead: 120 deaths, which is above 100 {OUT}. Mind the gap. "
        "Counted otherwise the answer turns: more of the dead: 50 deaths, which is below 100 "
        "(VDC, data of June 2019)."
    )


def test_a_reason_where_all_is_proxy() -> None:
    text = reason(MORE, finding("no", fit="proxy", reference=than(130.0)), finding("unknown", value=None))
    assert text == f"The dead: 120 deaths against 130 {OUT}. This is near what is stated, not the same thing."


def test_what_speaks_for_a_statement_that_does_not_hold() -> None:
    text = reason(ledgers.claim(), finding("no", value=80), finding("yes", **{**WIDER, "value": 110.0}))
    assert text.endswith("For it speaks more of the dead: 110 deaths, which is above 100 (VDC, data of June 2019).")


def test_a_number_on_each_side_where_the_findings_disagree() -> None:
    text = reason(ledgers.claim(), finding("no", value=80), finding())
    assert text.startswith(f"Yes by the dead: 120 deaths, which is above 100 {OUT}. No by the dead: 80 deaths, which")


@pytest.mark.parametrize(
    ("then", "now", "start", "agrees"),
    [
        ("yes", "yes", "The dead", True),
        ("yes", "no", "The statement held when it was made; by newer data it does not: the dead", False),
        ("no", "no", "The dead", True),
        ("no", "yes", "By newer data the statement holds: the dead", False),
        ("both", "yes", "By newer data the statement holds: the dead", False),
        ("both", "no", "By newer data the statement does not hold: the dead", False),
        ("yes", "both", "Newer data is divided: the dead", False),
        ("both", "both", "Yes by the dead", False),
        ("yes", "unknown", "The dead", False),
    ],
)
def test_how_newer_data_stands_to_that_of_the_time(then: str, now: str, start: str, agrees: bool) -> None:
    answers = {"both": ("yes", "no")}
    named = [finding(answer, definition=f"{place}") for place, answer in enumerate(answers.get(then, (then, then)))]
    newer = [
        finding(answer, definition=f"{place}", when=LATER, published=("2023-06-30",), value=7.0)
        for place, answer in enumerate(answers.get(now, (now, now)))
    ]
    text = reason(ledgers.claim(), *named, *newer)
    assert text.startswith(start) and text.endswith("Newer data agrees.") == agrees
    assert text.endswith("Newer data is divided too.") == (then == now == "both")


def test_whose_newer_data_agrees_where_not_all_of_it_is_newer() -> None:
    then = {"unhcr_population": "2017-08", "un_population": "2015-07"}
    newer = finding(vintages={**then, "unhcr_population": "2026-06"}, when=LATER, published=("2026-06-30",))
    assert reason(ledgers.claim(), finding(vintages=then), newer).endswith(" Newer data of UNHCR agrees.")


def test_what_is_shown_of_a_claim_that_nothing_decides_is_the_last_of_the_time() -> None:
    shown = [
        finding("unknown", decides=False, value=value, when=when, published=(f"{year}-06-30",))
        for value, when, year in ((70.0, THEN, 2014), (75.0, THEN, 2015), (80.0, STAND_IN, 2017), (85.0, LATER, 2023))
    ]
    other = [replace(one, definition="wider", label="more of the dead") for one in shown[2:]]
    text = reason(ledgers.claim(note="It would take a count."), *shown, *other)
    assert text == (
        "It would take a count. For context: the dead: 75 deaths (UCDP, data of September 2015). For context: more of "
        "the dead: 80 deaths (UCDP, data of September 2015, the nearest after the report)."
    )


def test_what_a_number_is_compared_with_may_lie_between_two() -> None:
    shared = (Coverage(ALONE, "", 100, 110, "deaths"),)
    than_shared = Reference("mean", Estimate(None, 100.0, None, shared), first=2013, last=2013)
    assert reason(MORE, finding(reference=than_shared)).startswith("The dead: 120 deaths against 100–110 ")


def test_a_claim_with_nothing_to_test_it() -> None:
    claim = ledgers.claim(about="Things got worse", note="It would take a count.")
    assert reason(claim) == "It would take a count."
    assert reason(replace(claim, note="")) == "No data here says yes or no."
    untested = judge(claim, ledgers.REPORT, [])
    assert sentences.sentence(ENGLISH, untested) == "Things got worse: not testable with the data here."
    floor = finding("unknown", bound="floor", value=90.0)
    later = finding("unknown", bound="floor", value=95.0, when=LATER)
    none = finding("unknown", value=None)
    assert reason(claim, floor, none, later) == f"It would take a count. For context: the dead: 90 deaths {OUT}."


def test_the_place_of_a_lists_member_stands_before_its_statement() -> None:
    claim = ledgers.claim(id="some_claim.KEN", member_of="some_claim", area="KEN", about="It did not recur")
    assert sentences.statement(ENGLISH, claim) == "Kenya: It did not recur"


def test_data_is_cited_before_words() -> None:
    stated = finding(value=130_000.0, vintages={"headline": "ucdp_deaths_2014_told_2016"})
    text = sentences.sentence(ENGLISH, judge(ledgers.claim(), ledgers.REPORT, [stated, finding()]))
    assert text.startswith("Deaths were over 100: supported. The dead: 120 deaths, UCDP 1.4-2015. Source: Uppsala Conf")
    assert text.endswith("[1.4-2015, published September 2015].")
    alone = sentences.sentence(ENGLISH, judge(ledgers.claim(), ledgers.REPORT, [stated]))
    assert alone.endswith(
        "Source: Uppsala Conflict Data Program, Upward trend in fatalities in organized violence was "
        "broken in 2015, 14 June 2016."
    )


def test_a_contested_claim_is_cited_with_both_sides_though_one_is_words() -> None:
    stated = finding(value=130_000.0, vintages={"headline": "ucdp_deaths_2014_told_2016"})
    text = sentences.sentence(ENGLISH, judge(ledgers.claim(), ledgers.REPORT, [stated, finding("no", value=80.0)]))
    assert "contested. The dead: more than 130,000 deaths, Uppsala Conflict Data Program" in text
    assert "; the dead: 80 deaths, UCDP 1.4-2015. Source:" in text


def test_citations() -> None:
    by_name = {(one.source, one.vintage): one for one in registry.releases()}
    unhcr, idmc = by_name["unhcr_population", "2017-08"], by_name["idmc_displacement", "2018"]
    assert citation({"unhcr_population": "2017-08", "idmc_displacement": "2018"}) == (
        f"Source: {unhcr.citation.rstrip('.')} [2017-08, published {ENGLISH.date(unhcr.published)}]; "
        f"{idmc.citation.rstrip('.')} [2018, published {ENGLISH.date(idmc.published)}]"
    )
    assert citation({"ucdp_one_sided": "99.1"}) == "Source: ucdp_one_sided 99.1, an unverified file"
    one = next(one for one in headlines.load() if one.id == "idmc_idps_2015")
    assert citation({"headline": one.id}) == f"Source: {one.publisher}, {one.title}, {ENGLISH.date(one.published)}"


def test_a_citation_that_two_parts_share_stands_once(monkeypatch: pytest.MonkeyPatch) -> None:
    one = ledgers.release("ucdp_one_sided", "1", "2015")
    monkeypatch.setattr(sentences.registry, "releases", lambda: [one, replace(one, source="ucdp_non_state")])
    assert citation({"ucdp_one_sided": "1", "ucdp_non_state": "1"}) == "Source: Nobody [1, published 2015]"
