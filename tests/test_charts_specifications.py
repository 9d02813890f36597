import dataclasses
from collections import Counter

import boxes
import drawings
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis import charts
from analysis.audit.claims import COMPARISONS
from analysis.charts import answers, curve, specifications, style, whole_audit
from analysis.errors import InputError
from analysis.tell import frames
from analysis.tell.languages import words

CURVE, WHOLE = "specification_curve", "audit_by_vintage"
CLAIMS = list(frames.ledger()["claim"])
TESTED = sorted(set(frames.findings()["claim"]))


def drawn(name: str, size: str = "slide", claim: str = "") -> Figure:
    return drawings.drawn(name, "en", size, claim)


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_claim_can_be_drawn(claim: str) -> None:
    assert boxes.problems(drawings.drawn(CURVE, "en", "slide", claim)) == []


@pytest.mark.parametrize("claim", ["ten_countries_majority", "violations_by_states_majority", "syria_killed"])
@pytest.mark.parametrize("size", ["page", "square"])
def test_the_largest_fit_small_formats(claim: str, size: str) -> None:
    figure = drawings.drawn(CURVE, "en", size, claim)
    assert boxes.problems(figure) == []


@pytest.mark.parametrize("claim", TESTED)
def test_every_finding_is_drawn_in_order_of_size(claim: str) -> None:
    data = charts.content(CURVE, claim=claim).data
    found = frames.findings(claim)
    relation = frames.ledger().set_index("claim").loc[claim, "relation"]
    over = found["reference"] if relation in COMPARISONS else 1.0
    assert sorted(data["value"]) == pytest.approx(sorted(found["value"] / over))
    assert Counter(data["holds"]) == Counter(found["holds"])
    assert Counter(data["when"]) == Counter(found["when"])
    for _, panel in data.groupby("panel"):
        assert panel["value"].is_monotonic_increasing
    assert len(set(data["place"])) == len(found)


def test_bands_are_those_that_are_complete() -> None:
    found = frames.findings("deaths_2014_over_100000")
    whole = found[found["low"].notna() & found["high"].notna()]
    data = charts.content(CURVE, claim="deaths_2014_over_100000").data
    assert sorted(data["low"].dropna()) == sorted(whole["low"])
    assert sorted(data["high"].dropna()) == sorted(whole["high"])
    assert 44_497.0 not in set(data["low"])  # covers 39 of 40 rows


@pytest.mark.parametrize(
    ("claim", "bounds"),
    [
        ("refugees_21_3_million", {(21_200_000.0, 21_400_000.0)}),
        ("deaths_2014_over_100000", {(100_000.0, None)}),
        ("averted_kenya", {(None, 25.0)}),
        ("deaths_1994_above_2014", {(1.0, None)}),
        ("civilians_large_part", {(0.5, None), (0.25, None)}),
        ("civil_wars_third_party", {(round(7 / 24, 6), round(11 / 30, 6))}),
        ("threat_isil", {(None, None)}),
    ],
)
def test_the_line_is_what_fits_the_claim(claim: str, bounds: set[tuple[float | None, float | None]]) -> None:
    data = charts.content(CURVE, claim=claim).data
    drawn_bounds = {
        tuple(None if np.isnan(end) else round(end, 6) for end in pair)
        for pair in data[["fits_from", "fits_to"]].to_numpy()
    }
    assert drawn_bounds == bounds


@pytest.mark.parametrize("claim", TESTED)
def test_the_answer_is_on_its_side_of_the_line(claim: str) -> None:
    data = charts.content(CURVE, claim=claim).data
    inside = data["value"].ge(data["fits_from"].fillna(-np.inf)) & data["value"].le(data["fits_to"].fillna(np.inf))
    assert inside[data["holds"].eq("yes")].all()
    outside = data[data["holds"].eq("no")]
    touching = outside["value"].eq(outside["fits_from"]) | outside["value"].eq(outside["fits_to"])
    assert (~inside[outside.index] | touching).all()


@pytest.mark.parametrize("claim", TESTED)
def test_the_title_counts_the_answers(claim: str) -> None:
    title = charts.content(CURVE, claim=claim).title
    about = frames.ledger().set_index("claim").loc[claim, "about"]
    counts = Counter(frames.findings(claim)["holds"])
    total = sum(counts.values())
    if counts["yes"] == total or counts["no"] == total:
        answer = "yes" if counts["yes"] else "no"
        said = f"all {total} findings say {answer}" if total > 1 else f"the one finding says {answer}"
    elif counts["unknown"] == total:
        said = f"{total} findings, which decide nothing" if total > 1 else "1 finding, which decides nothing"
    else:
        said = f"yes by {counts['yes']} of {total} findings, no by {counts['no']}"
        said += f", undecided by {counts['unknown']}" if counts["unknown"] else ""
    assert title == f"{about}: {said}"


def test_a_claim_without_findings_says_why() -> None:
    content = charts.content(CURVE, claim="civilians_cause")
    assert content.data.empty
    assert content.title.endswith("no finding, since no data held can test it")
    said = " ".join(text.replace("\n", " ") for text, _ in boxes.texts(drawings.drawn(CURVE, claim="civilians_cause")))
    assert frames.ledger().set_index("claim").loc["civilians_cause", "note"] in said


def test_the_two_families_of_ucdp_share_no_panel() -> None:
    for claim in TESTED:
        data = charts.content(CURVE, claim=claim).data
        for _, panel in data.groupby("panel"):
            families = {"ucdp_country_year" in source or "ucdp_events" in source for source in panel["source"]}
            assert len(families) == 1, claim
    panels = [axes for axes in drawn(CURVE, claim="deaths_2014_over_100000").axes if axes.axison]
    assert len(panels) == 2
    assert panels[0].get_ylim() == panels[1].get_ylim()


def test_the_marks_drawn_are_the_findings() -> None:
    data = charts.content(CURVE, claim="syria_killed").data
    panels = [axes for axes in drawn(CURVE, claim="syria_killed").axes if axes.axison]
    points = {
        (float(line.get_xdata()[0]), float(line.get_ydata()[0]), line.get_marker())  # type: ignore[index]
        for axes in panels
        for line in axes.lines
        if line.get_marker() not in ("None", "")
    }
    expected = {(float(row.place), row.value, answers.MARKS[row.holds][0]) for row in data.itertuples()}
    assert points == expected


def test_the_matrix_marks_each_column_once_in_each_part() -> None:
    content = charts.content(CURVE)
    started = style.frame(content, words("en"), "slide")
    rows = curve.matrix(content, started, 10.0, 500.0)
    for part in ("definition", "release", "time"):
        marked = [column for row in rows if row.part == part for column in row.columns]
        assert sorted(marked) == list(range(len(content.data)))
    assert [row.lines for row in rows if row.part == "time"][0] == ("of the time: by 22 July 2016",)


def test_answers_are_told_apart_without_colour() -> None:
    cues = {(shape, face == style.PAPER) for shape, face, _ in answers.MARKS.values()}
    assert len(cues) == len(answers.MARKS)


@pytest.mark.parametrize(
    ("values", "wide", "floor"),
    [([1.0, 40.0], True, 0.0), ([0.0, 40.0], False, 0.0), ([10.0, 40.0], False, 0.0), ([90.0, 100.0], False, 88.5)],
)
def test_the_scale_follows_the_numbers(values: list[float], wide: bool, floor: float) -> None:
    data = pd.DataFrame({"value": values} | dict.fromkeys(["low", "high", "fits_from", "fits_to"], np.nan))
    assert (curve.is_wide(data), curve.floor_of(data)) == (wide, floor)


def test_an_unknown_claim_is_an_error() -> None:
    with pytest.raises(InputError, match="no claim 'nothing'"):
        charts.draw(CURVE, claim="nothing")


def test_a_claim_is_only_for_figures_of_any_claim() -> None:
    with pytest.raises(InputError, match="deaths_by_type does not take a claim"):
        charts.content("deaths_by_type", claim="syria_killed")
    assert charts.specification_curve(claim="syria_killed", language="en", size="page").content.claims == (
        "syria_killed",
    )
    assert charts.content(CURVE).claims == (specifications.DEFAULT,)


# The whole audit


def _period(published: str) -> int:
    year = int(published[:4])
    if published <= "2016-07-22":
        return 0
    return 1 if year <= 2018 else 2 if year <= 2021 else 3 if year <= 2023 else 4


@pytest.mark.parametrize("claim", ["refugees_21_3_million", "civil_wars_third_party", "conflicts_protracted"])
def test_a_cell_is_what_the_findings_of_its_period_say(claim: str) -> None:
    data = charts.content(WHOLE).data
    curve_data = charts.content(CURVE, claim=claim).data
    for period in range(5):
        cell = data[data["row"].eq(claim) & data["period"].eq(period)].iloc[0]
        said = Counter(curve_data.loc[[_period(day) == period for day in curve_data["published"]], "holds"])
        decided = said["yes"] + said["no"]
        assert (cell["yes"], cell["of"]) == (said["yes"], decided)
        expected = "mixed" if said["yes"] and said["no"] else "yes" if said["yes"] else "no" if said["no"] else None
        assert cell["answer"] == (expected or ("unknown" if said else ""))


def test_a_list_is_one_row_that_counts_its_members() -> None:
    content = charts.content(WHOLE)
    data = content.data
    assert set(whole_audit.lists_in(words("en"))) <= {v for v in frames.verdicts()["group"] if v}
    last = data[data["row"].eq("six_countries") & data["period"].eq(4)].iloc[0]
    assert (last["yes"], last["of"], last["answer"]) == (5, 6, "mixed")
    assert content.labels["six_countries 4"] == "5 of 6"
    assert not any(str(name).startswith("civilians_attacked_") for name in data["row"])


def test_every_claim_that_is_decided_is_in_the_table() -> None:
    found = frames.findings()
    decided = set(found.loc[found["holds"].isin(["yes", "no"]), "claim"])
    assert set(charts.content(WHOLE).claims) == decided


def test_the_title_counts_the_rows() -> None:
    found = frames.findings().merge(frames.verdicts()[["claim", "group"]], on="claim")
    found = found[found["holds"].isin(["yes", "no"])]
    lists = set(whole_audit.lists_in(words("en")))
    row = found["group"].where(found["group"].isin(lists), found["claim"])
    said = found.groupby(row)["holds"].agg(lambda some: "/".join(sorted(set(some))))
    counts = Counter(said)
    assert charts.content(WHOLE).title == (
        f"{len(said)} statements: every finding says yes on {counts['yes']}, no on {counts['no']}; "
        f"on {counts['no/yes']} they differ"
    )


def test_the_marks_of_the_table_are_its_cells() -> None:
    data = charts.content(WHOLE).data
    (axes,) = drawn(WHOLE).axes
    marks = Counter(line.get_marker() for line in axes.lines if line.get_marker() not in ("None", ""))
    expected = Counter(answers.MARKS[answer][0] for answer in data["answer"] if answer)
    expected.update(shape for shape, _, _ in answers.MARKS.values())  # the key
    assert marks == expected


def test_rows_that_do_not_fit_are_an_error() -> None:
    content = charts.content(WHOLE)
    with style.applied("en"):
        started = style.frame(content, words("en"), "page")
        low = dataclasses.replace(started, bottom=started.top - 40 / 72 / started.size.height)
        with pytest.raises(InputError, match="do not fit"):
            whole_audit.CHARTS[WHOLE].draw(content, low)
