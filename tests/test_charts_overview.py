import dataclasses

import boxes
import drawings
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis import audit, charts
from analysis.audit.claims import Claim
from analysis.audit.verdicts import VERDICTS, judge
from analysis.charts import overview, style
from analysis.errors import InputError
from analysis.tell import frames
from analysis.tell.languages import ENGLISH, words
from analysis.tell.sentences import number

NAME = "verdicts_at_a_glance"
SIZES = ("slide", "page", "square")


def drawn(size: str = "slide") -> Figure:
    return drawings.drawn(NAME, "en", size)


@pytest.mark.parametrize("size", SIZES)
def test_the_rows_can_be_read(size: str) -> None:
    small = style.SIZES[size].small
    sizes = [text.get_fontsize() for text in drawn(size).findobj(Text) if text.get_text()]
    assert min(sizes) >= overview.SMALL * 0.8 * small


def test_a_row_is_its_verdict() -> None:
    data = charts.content(NAME).data.set_index("claim")
    verdicts = frames.verdicts().set_index("claim")
    assert list(data.index) == [claim for claim in verdicts.index if claim in overview.CLAIMS]
    for claim, row in data.iterrows():
        verdict = verdicts.loc[claim]
        assert (row["verdict"], row["later"]) == (verdict["verdict"], verdict["later"])
        assert row["flips"] == len([name for name in verdict["flips"].split(", ") if name])
        assert row["paragraph"] == verdict["paragraph"]


def test_the_number_of_a_row_is_the_one_that_the_sentence_cites() -> None:
    data = charts.content(NAME).data.set_index("claim")
    verdicts = frames.verdicts().set_index("claim")
    units = frames.ledger().set_index("claim")["unit"]
    shown = data[data["value"].notna()]
    assert len(shown) >= 10
    for claim, row in shown.iterrows():
        assert f"{number(ENGLISH, row['value'], units[claim])}" in verdicts.loc[claim, "sentence"]


def test_the_newest_number_is_the_last_of_the_reports_own_definition() -> None:
    data = charts.content(NAME).data.set_index("claim")
    for claim, row in data.iterrows():
        found = frames.findings(str(claim))
        later = found[found["role"].eq("report") & found["when"].eq("later")] if len(found) else found
        if row["later"] == "none":
            assert charts.content(NAME).labels[f"{claim} later"] == overview.NONE
        else:
            assert row["later_value"] == later["value"].iloc[-1]
            assert later["holds"].iloc[-1] == {"holds": "yes", "fails": "no"}[row["later"]]


def test_flips_are_counted_among_the_definitions_that_answer() -> None:
    content = charts.content(NAME)
    found = frames.findings("refugees_21_3_million")
    answering = found[found["when"].ne("later") & found["holds"].isin(["yes", "no"])]["definition"].nunique()
    assert content.labels["refugees_21_3_million flips"] == f"1 of {answering}"
    assert content.labels["civilians_cause flips"] == overview.NONE


def test_the_title_counts_the_verdicts() -> None:
    content = charts.content(NAME)
    verdicts = frames.verdicts()
    verdicts = verdicts[verdicts["claim"].isin(overview.CLAIMS)]
    said = [f"{sum(verdicts['verdict'] == name)} {name}" for name in VERDICTS if (verdicts["verdict"] == name).any()]
    assert content.title == f"{len(verdicts)} headline statements: {', '.join(said)}"
    for name in verdicts["verdict"].unique():
        assert f"{name.capitalize()}: " in content.alt


def test_the_verdicts_are_told_apart_without_colour() -> None:
    assert set(overview.MARKS) == set(VERDICTS)
    cues = {(shape, face == style.PAPER) for shape, face, _ in overview.MARKS.values()}
    assert len(cues) == len(VERDICTS)


def test_the_marks_drawn_are_the_verdicts() -> None:
    content = charts.content(NAME)
    (axes,) = drawn().axes
    marks = [line.get_marker() for line in axes.lines if line.get_marker() != "None"]
    assert marks == [overview.MARKS[verdict][0] for verdict in content.data["verdict"]]
    said = [text for text, _ in boxes.texts(drawn())]
    for verdict, count in content.data["verdict"].value_counts().items():
        assert said.count(str(verdict).capitalize()) == count


def test_figures_need_no_chinese_font_in_english() -> None:
    assert all(ord(mark) < 0x2E80 for text in charts.content(NAME).labels.values() for mark in text)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("deaths_2014_over_100000", "over 100,000"),
        ("deaths_2014_highest_since_1994", "more than in any year of 1995–2013"),
        ("deaths_1994_above_2014", "more than in 2014"),
        ("civilians_large_part", "at least 25% or 50%"),
        ("civilians_cause", "no figure"),
        ("syria_killed", "at least 250,000"),
        ("refugees_21_3_million", "about 21,300,000"),
    ],
)
def test_a_figure_is_a_number_with_its_relation(claim: str, said: str) -> None:
    assert charts.content(NAME).labels[f"{claim} figure"] == said


def _claim(relation: str, value: float | None, unit: str = "deaths") -> Claim:
    return Claim("c", "", "", 8, "a", "p", value, relation, unit, 1.0, "2014", "", "", "total", "")


@pytest.mark.parametrize(
    ("relation", "value", "unit", "said"),
    [
        ("plain", 26.0, "conflicts", "26"),
        ("under", 5.0, "deaths", "under 5"),
        ("third", None, "share", "a third"),
        ("majority", None, "share", "a majority"),
        ("plain", 0.4, "share", "40.0%"),
    ],
)
def test_relations_that_the_headline_claims_do_not_have(
    relation: str, value: float | None, unit: str, said: str
) -> None:
    assert overview.figure_of(words("en"), _claim(relation, value, unit), None, []) == said


def test_stand_ins_proxies_and_headlines_are_named() -> None:
    labels = charts.content(NAME).labels
    assert labels["syria_displaced value"].endswith(" *")
    assert labels["civilians_targeted_more value"].endswith("; proxy")
    assert "\nIDMC, stated " in labels["idps_40_8_million value"]
    assert not labels["deaths_2014_over_100000 value"].endswith("*")


def test_answers_that_are_split_are_counted_both_ways() -> None:
    verdict = next(v for v in audit.committed() if v.claim.id == "civilians_targeted_more")
    assert overview.flips_of(words("en"), verdict).startswith("0 of ")
    turned = [dataclasses.replace(f, holds="no") if n == 0 else f for n, f in enumerate(verdict.findings)]
    assert overview.flips_of(words("en"), judge(verdict.claim, turned)) == "split: 2 yes, 1 no"


def test_data_is_cited_before_headlines_and_the_first_before_the_others() -> None:
    verdict = next(v for v in audit.committed() if v.claim.id == "deaths_2014_over_100000")
    headline = next(f for f in verdict.findings if f.is_headline)
    other = dataclasses.replace(headline, value=1.0)
    data = next(f for f in verdict.findings if not f.is_headline and f.when == "then" and f.role == "report")
    for findings, cited in (((headline, other), headline), ((headline, data, other), data), ((), None)):
        assert judge(verdict.claim, findings).cited == cited


def test_a_part_of_the_claims_says_that_it_is_one() -> None:
    some = overview.content_of(words("en"), overview.CLAIMS[:3])
    assert len(some.data) == 3
    assert f"3 of {len(frames.verdicts())} statements are shown." in some.notes[0]


def test_a_claim_that_the_ledger_lacks_is_an_error() -> None:
    with pytest.raises(InputError, match="no claim 'nothing' to show"):
        overview.content_of(words("en"), ["nothing"])


def test_more_rows_than_fit_are_an_error() -> None:
    content = charts.content(NAME)
    many = dataclasses.replace(content, data=pd.concat([content.data] * 4, ignore_index=True))
    with style.applied("en"), pytest.raises(InputError, match="48 rows do not fit"):
        overview.CHARTS[NAME].draw(many, style.frame(many, words("en"), "page"))
