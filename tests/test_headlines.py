"""The typed ledger of figures that publishers state in words: every value leads to a page."""

import csv
import re
from pathlib import Path

import pytest

from analysis import paths
from analysis.data import areas
from analysis.data.tables import ROLES, SERIES

COLUMNS = [
    "id",
    "series",
    "area",
    "role",
    "year",
    "month",
    "date",
    "value",
    "low",
    "high",
    "relation",
    "unit",
    "publisher",
    "title",
    "published",
    "page_kind",
    "address",
    "words",
    "counts",
    "fit_note",
]
ONLY_IN_WORDS = {
    "code_of_conduct_supporters",
    "conflicts.non_state",
    "conflicts.state_based",
    "deaths.organized_violence",
    "deaths_since_2011",
    "deaths_since_2011.civilians",
    "forcibly_displaced",
    "r2p_resolutions.human_rights_council",
    "r2p_resolutions.security_council",
    "r2p_statements.security_council",
}
"""What is stated in words and has no tidy series."""

SPELT = {"a quarter of a million": 250_000, "four times": 4, "twenty-five other": 25, "four million": 4_000_000}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


Row = dict[str, str]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with (paths.DATA / "headlines.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


@pytest.fixture(scope="module")
def by_id(rows: list[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in rows}


def figure(words: str) -> int:
    """The number that a phrase states."""
    for spelt, value in SPELT.items():
        if spelt in words:
            return value
    match = re.match(r"([\d.,  ]*\d)\s*(million|thousand)?\b", words)
    assert match, words
    digits, scale = match.groups()
    if scale:
        return round(float(digits) * {"million": 1_000_000, "thousand": 1_000}[scale])
    return int(re.sub(r"\D", "", digits))


def test_columns_and_ids(rows: list[Row], by_id: dict[str, Row]) -> None:
    assert all(list(row) == COLUMNS for row in rows)
    assert len(by_id) == len(rows) > 50
    assert [id_ for id_ in by_id if not re.fullmatch(r"[a-z][a-z0-9_]+", id_)] == []


def test_no_space_at_the_edges(rows: list[Row]) -> None:
    assert [(row["id"], column) for row in rows for column, text in row.items() if text != text.strip()] == []


@pytest.mark.parametrize(
    "column", ["series", "area", "role", "year", "date", "value", "unit", "publisher", "title", "words", "counts"]
)
def test_nothing_needed_is_missing(rows: list[Row], column: str) -> None:
    assert [row["id"] for row in rows if not row[column]] == []


def test_values_are_what_the_words_say(rows: list[Row]) -> None:
    assert [(row["id"], row["words"]) for row in rows if figure(row["words"]) != int(row["value"])] == []


def test_words_are_a_phrase_and_no_sentence(rows: list[Row]) -> None:
    long = [row["id"] for row in rows if len(row["words"].split()) > 6 or re.search(r"[.!?]$", row["words"])]
    assert long == []


def test_ranges_hold_their_value(rows: list[Row]) -> None:
    for row in rows:
        assert not row["low"] or int(row["low"]) <= int(row["value"]), row["id"]
        assert not row["high"] or int(row["value"]) <= int(row["high"]), row["id"]


def test_closed_lists(rows: list[Row]) -> None:
    assert {row["relation"] for row in rows} <= {"plain", "about", "over", "under", "at_least"}
    assert {row["role"] for row in rows} <= set(ROLES)
    assert {row["series"] for row in rows} - set(SERIES) == ONLY_IN_WORDS
    assert [row["area"] for row in rows if areas.by_iso3(row["area"]) != row["area"]] == []
    assert [row["id"] for row in rows if row["series"] in SERIES and row["unit"] != SERIES[row["series"]].unit] == []


def test_dates(rows: list[Row]) -> None:
    for row in rows:
        date, published = row["date"], row["published"]
        assert DATE.fullmatch(date), row["id"]
        assert row["year"] == date[:4], row["id"]
        assert row["month"] in {"", str(int(date[5:7] or 0))}, row["id"]
        if published:
            assert DATE.fullmatch(published), row["id"]
            shared = min(len(date), len(published))
            assert date[:shared] <= published[:shared], row["id"]
        else:
            assert "undated" in row["fit_note"], row["id"]


def test_every_value_leads_to_a_page(rows: list[Row]) -> None:
    assert {row["page_kind"] for row in rows} <= {"primary", "secondary", "not found"}
    for row in rows:
        found = re.fullmatch(r"https?://[a-z0-9.-]+\.[a-z]+/\S*", row["address"])
        assert bool(found) == (row["page_kind"] != "not found"), row["id"]


def test_one_page_has_one_publication_and_kind(rows: list[Row]) -> None:
    told: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for row in rows:
        facts = (row["published"], row["page_kind"], row["publisher"])
        told.setdefault((row["address"], row["title"]), set()).add(facts)
    assert [page for page, facts in told.items() if len(facts) > 1] == []


@pytest.mark.parametrize(
    ("id_", "value", "relation", "published"),
    [
        ("idmc_idps_2015", 40_800_000, "plain", "2016-05-11"),
        ("unhcr_refugees_with_unrwa_2015", 21_300_000, "plain", "2016-06-20"),
        ("unhcr_refugees_2015", 16_100_000, "plain", "2016-06-20"),
        ("unhcr_palestine_refugees_2015", 5_200_000, "plain", "2016-06-20"),
        ("ucdp_deaths_2014_told_2016", 130_000, "over", "2016-06-14"),
        ("ucdp_deaths_2015_told_2016", 118_000, "under", "2016-06-14"),
        ("ucdp_conflicts_2014_told_2016", 41, "plain", "2016-06-14"),
        ("ucdp_conflicts_2015_told_2016", 50, "plain", "2016-06-14"),
        ("ucdp_deaths_2014_paper_2015", 126_059, "plain", "2015"),
        ("un_prst_syria_2015_08", 250_000, "at_least", "2015-08-17"),
        ("act_code_2015_10", 104, "plain", "2015-10-26"),
    ],
)
def test_the_headlines_that_claims_need(
    by_id: dict[str, Row], id_: str, value: int, relation: str, published: str
) -> None:
    row = by_id[id_]
    assert (int(row["value"]), row["relation"], row["published"]) == (value, relation, published)


def test_the_parts_of_the_refugee_headline_add_up(by_id: dict[str, Row]) -> None:
    parts = ("unhcr_refugees_2015", "unhcr_palestine_refugees_2015")
    assert sum(int(by_id[id_]["value"]) for id_ in parts) == int(by_id["unhcr_refugees_with_unrwa_2015"]["value"])


@pytest.mark.parametrize("name", ["idmc/DISPLACEMENT_QUOTED.tsv", "syria/SYRIA_DEATH_TOLLS_QUOTED.tsv"])
def test_every_quoted_figure_is_here(rows: list[Row], mirror: Path, name: str) -> None:
    with (mirror / name).open(encoding="utf-8", newline="") as stream:
        quoted = {row["persons"] for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)}
    assert len(quoted) > 4
    assert sorted(quoted - {""} - {row["value"] for row in rows}) == []
