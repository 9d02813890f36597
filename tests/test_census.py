"""Every numeral of the report, and what it is; the text itself is not in the repository."""

import json
import os
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import paths
from analysis.__main__ import run
from analysis.audit import census
from analysis.audit.census import ADDED, CHANGED, REMOVED, Found, Numeral
from analysis.audit.claims import claims
from analysis.errors import InputError

NAME = "A-70-999_S-2016-620.zh.txt"
CHARACTERS = "0123456789⁰¹²³⁴⁵⁶⁷⁸⁹零〇一二三四五六七八九十百千万亿两几数多半"

TEXT = """大会
第二届会议
项目 3

标题：下一个十年

一. 开头

1. 甲方在 2010 年有 5 个成员(A/1/2-S/1999/3)。¹ 这一点是一致的，人数约 1 200 多万。

¹ 见第 12/3 号决议，第 4 段；第 99(2001 年)号决议。

2. 乙方占三分之一，共几十人，其中 3 万以上在 2011年3月5日到达，一直
如此。第一，丙方

² 1990 年代，第七条。

有两个分支。²

A. 小标题

3. 完。
"""
"""Made up, laid out as the report is: footnotes at the foot of the page cut paragraph 2 in two."""


def ledger(text: str) -> list[Numeral]:
    return [Numeral(n, one.place, one.printed, "", "count", "", "") for n, one in enumerate(census.find(text), 1)]


def printed(text: str) -> list[str]:
    return [one.printed for one in census.find(f"1. {text}")][1:]


@pytest.fixture(scope="session")
def report() -> Path:
    """The report's text; skipped where there is none, and fails where there must be one."""
    path = Path(os.environ.get("REPORT_TEXT") or paths.ROOT.parent / "shared" / "report" / NAME)
    if not path.is_file():
        why = "the report's text is not here (it lies in ../shared/report where CI runs)"
        if os.environ.get("REQUIRE_PUBLISHER_FILES"):
            pytest.fail(why)
        pytest.skip(why)
    return path


# --- finding numerals ---


def test_places_and_numerals_of_a_small_text() -> None:
    assert census.find(TEXT) == [
        *(Found("front", p) for p in ("第二届", "3", "十年")),
        Found("heading above 1", "一"),
        *(Found("paragraph 1", p) for p in ("1", "2010 年", "5 个", "A/1/2-S/1999/3", "¹", "1 200 多万")),
        *(Found("footnote 1", p) for p in ("¹", "第 12/3 号", "第 4 段", "第 99(2001 年)号")),
        *(Found("paragraph 2", p) for p in ("2", "三分之一", "几十", "3 万以上", "2011年3月5日", "第一", "两个", "²")),
        *(Found("footnote 2", p) for p in ("²", "1990 年代", "第七条")),
        Found("paragraph 3", "3"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有 2 130 万人", ["2 130 万"]),
        ("有 4 080 多万人", ["4 080 多万"]),
        ("有 10 多万人", ["10 多万"]),
        ("有 25 万以上的人", ["25 万以上"]),
        ("有 40 多个", ["40 多个"]),
        ("有 46，100 人", ["46", "100"]),
        ("有 2,130 人、1.5 亿人", ["2,130", "1.5 亿"]),
        ("有50%，即百分之五十或百分之 50", ["50%", "百分之五十", "百分之 50"]),
        ("第 138 和 139 段、第46段", ["第 138", "139 段", "第46段"]),
        ("第三十四条、第七章、第七十届", ["第三十四条", "第七章", "第七十届"]),
        ("第 60/1 号决议、第 2282（2016）号决议", ["第 60/1 号", "第 2282(2016)号"]),
        ("2011年初、2014 年、2016年2月11日、2009-2010 年", ["2011年", "2014 年", "2016年2月11日", "2009-2010 年"]),
        ("2009-2010、2009 至 2010 年", ["2009-2010", "2009 至 2010 年"]),
        ("二〇一六年八月", ["二〇一六年", "八"]),
        ("8 月 17 日", ["8 月 17 日"]),
        ("E/CN.4/1998/53/Add.2 和 S/PV.7180", ["E/CN.4/1998/53/Add.2", "S/PV.7180"]),
        ("见 www.example.org/data/a_b/ 和 A/B", []),
        ("一个或多个、一个、第一个", ["一个或多个", "第一个"]),
        ("三大领域、四公约、数百万人、几十年", ["三", "四", "数百万", "几十年"]),
        ("十分重要、十分之一", ["十分之一"]),
        ("完。¹² 又", ["¹²"]),
        ("½、Ⅳ、③", ["½", "Ⅳ", "③"]),
        ("２０１６ 年", ["2016 年"]),
        ("一人统一，半数", ["一", "一", "半数"]),  # 统一 is not on the list of words: it is reported
        ("(a) 甲；(b) 乙", []),
    ],
)
def test_forms(text: str, expected: list[str]) -> None:
    assert printed(text) == expected


def test_a_line_that_is_wrapped_is_one_line() -> None:
    text = "1. 有 2 130\n万人，在 2014\n年；一\n致。\n¹ 又见(A/69/981-\nS/2015/500)\n\n¹ 完\n² 完"
    assert [(one.place, census.normal(one.printed)) for one in census.find(text)] == [
        *(("paragraph 1", form) for form in ("1", "2 130万", "2014年", "¹", "A/69/981-S/2015/500")),
        ("footnote 1", "¹"),
        ("footnote 2", "²"),
    ]


def test_the_longest_word_wins() -> None:
    assert census.find("1. 万不得一，三", ["万", "万不得一"]) == [Found("paragraph 1", "1"), Found("paragraph 1", "三")]


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("1. 完。", encoding="utf-8-sig")
    assert census.census(path).agreed[0][1] == Found("paragraph 1", "1")


def test_a_space_counts_only_between_digits() -> None:
    assert census.normal("2014\u00a0年") == census.normal("2014年") == "2014年"
    assert census.normal("2\u2009130 万") == census.normal("２ 130万") == "2 130万"
    assert census.normal("2130 万") != census.normal("2 130 万")


@given(st.integers(0, 10**7), st.integers(0, len(TEXT)))
def test_a_number_put_in_anywhere_is_unaccounted_for(number: int, at: int) -> None:
    altered = TEXT[:at] + str(number) + TEXT[at:]
    assert census.compare(census.find(TEXT), ledger(TEXT)).differences == ()
    assert census.compare(census.find(altered), ledger(TEXT)).differences


@given(st.data())
def test_a_digit_taken_out_anywhere_is_missed(data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([m.start() for m in re.finditer(r"\d", TEXT)]))
    assert census.compare(census.find(TEXT[:at] + TEXT[at + 1 :]), ledger(TEXT)).differences


# --- comparing ---


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("5 个", "6 个", ["paragraph 1: changed 5 个 -> 6 个 (numeral 7, count)"]),
        ("三分之一", "多数", ["paragraph 2: changed 三分之一 -> 多数 (numeral 16, count)"]),
        ("完。", "完 7。", ["paragraph 3: added 7"]),
        ("几十人", "人", ["paragraph 2: removed 几十 (numeral 17, count)"]),
        ("1 200 多万", "1 2000 多万", ["paragraph 1: changed 1 200 多万 -> 1 / 2000 多万 (numeral 10, count)"]),
        ("2. 乙", "9. 乙", ["paragraph 2: changed 2 -> 9 (numeral 15, count)"]),
        ("2. 乙", "乙", ["paragraph 2: removed 2 (numeral 15, count)"]),
        ("3. 完", "完", ["paragraph 3: removed 3 (numeral 26, count)"]),
        ("一. 开头", "开头", ["heading above 1: removed 一 (numeral 4, count)"]),
        ("项目 3", "项目 3 和 4", ["front: added 4"]),
        ("第 4 段；", "", ["footnote 1: removed 第 4 段 (numeral 13, count)"]),
        ("2010 年", "2010年", []),
    ],
)
def test_differences_are_named_with_their_place(old: str, new: str, lines: list[str]) -> None:
    assert TEXT.count(old) == 1
    result = census.compare(census.find(TEXT.replace(old, new)), ledger(TEXT))
    assert [one.text() for one in result.differences] == lines


def test_differences_stand_in_reading_order() -> None:
    altered = TEXT.replace("第 4 段", "第 5 段").replace("5 个", "6 个").replace("第七条", "第八条")
    result = census.compare(census.find(altered.replace("3. 完", "3. 完 8")), ledger(TEXT))
    assert [one.place for one in result.differences] == ["paragraph 1", "footnote 1", "footnote 2", "paragraph 3"]


def test_a_changed_numeral_that_is_a_claim_names_it() -> None:
    row = Numeral(1, "paragraph 1", "5", "5", "claim", "one;two", "")
    (difference,) = census.compare([Found("paragraph 1", "6")], [row]).differences
    assert difference.text() == "paragraph 1: changed 5 -> 6 (numeral 1, claim, one;two)"


# --- the ledgers ---


def test_the_ledger_is_in_order_and_complete() -> None:
    rows = census.load()
    assert {row.kind for row in rows} == set(census.KINDS), "a kind that is not used, or not known"
    assert [row.number for row in rows if not row.value and row.kind != "symbol" and not row.note] == []
    numbers = [int(row.value) for row in rows if row.kind == "paragraph_number"]
    assert numbers == list(range(1, 65))
    marks = [row.value for row in rows if row.kind == "footnote_mark"]
    assert marks == [row.value for row in rows if row.kind == "footnote_number"] == [str(n) for n in range(1, 13)]
    first = {row.place: row.number for row in reversed(rows)}
    for row in rows:
        assert (row.kind in ("paragraph_number", "footnote_number")) == (
            first[row.place] == row.number and row.place.startswith(("paragraph", "footnote ")) and row.place[-1] != "*"
        ), row


UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
DIGITS = {"〇": 0} | {character: number for number, character in enumerate("零一二三四五六七八九")} | {"两": 2}


def value(text: str) -> str:
    """A printed form's value, worked out from the characters: another route than the typed column."""
    text = re.sub(r"(?<=[\d万]) ", "", text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))).removeprefix("第")
    text = text.strip()
    if whole := re.fullmatch(r"(.)分之(.)", text):
        return f"{DIGITS[whole[2]]}/{DIGITS[whole[1]]}"
    if numbered := re.fullmatch(r"(\d+)\((\d{4}).*\)号", text):
        return f"{numbered[1]} ({numbered[2]})"
    if date := re.fullmatch(r"(\d{4})年 ?(?:(\d+)月 ?)?(?:(\d+)日)?", text):
        return "-".join(f"{int(part):02}" for part in date.groups() if part)
    if years := re.fullmatch(r"(\d{4})-(\d{4})年", text):
        return f"{years[1]}/{years[2]}"
    if decade := re.fullmatch(r"(\d{3})0年代", text):
        return f"{decade[1]}0/{decade[1]}9"
    if re.match(r"[几数A-Z]", text):
        return ""
    if digits := re.match(r"[\d/]+", text):
        scale = UNITS["万"] if "万" in text else 1
        return digits[0] if "/" in digits[0] else str(int(digits[0]) * scale)
    total = pending = 0
    for character in text.partition("或")[0]:
        if character in DIGITS:
            pending = DIGITS[character]
        elif character in UNITS:
            total, pending = total + (pending or 1) * UNITS[character], 0
    return str(total + pending)


def test_values_are_what_is_printed() -> None:
    assert [
        (row.printed, row.value, value(row.printed)) for row in census.load() if row.value != value(row.printed)
    ] == []


FORMS = {
    "paragraph_number": r"\d+",
    "footnote_mark": r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+",
    "footnote_number": r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+",
    "symbol": r"[AES]/\S+",
    "date": r"\d{4}.*年.*|2015",
    "session": r"第.+[届年]|\d+",
    "article": r"第.+[条章]",
    "paragraph_reference": r"第 ?\d+( ?段)?|\d+ 段|第一句",
    "resolution": r"第 \S+( 年\))?.*号",
    "enumeration": r"第[一二三四五]个?|[一二三四五]",
    "period": r"[一二三四五六七八九十两几]+年",
    "count": r"[一二三四五七两几数].*",
    "claim": r".+",
}


def test_kinds_look_like_what_they_are() -> None:
    assert set(FORMS) == set(census.KINDS)
    assert [row for row in census.load() if not re.fullmatch(FORMS[row.kind], row.printed)] == []


def test_words_hold_a_numeral_and_none_hides_another() -> None:
    words = census.load_words()
    assert [word for word, count in words.items() if count < 1] == []
    assert "".join(words).isalpha() and not re.search(r"\d", "".join(words))
    assert [word for word in words if len(word) > 6] == [], "a word, not a sentence"
    for one in words:
        assert census.count_words(f"1. {one}", words) == Counter([one])


def bare(form: str) -> str:
    """A printed form without the unit after it, which a claim may leave out."""
    return census.normal(form).rstrip("个项年")


def test_every_numeral_of_a_claim_is_tied_to_its_place() -> None:
    rows = census.load()
    for claim in claims():
        tied = [row for row in rows if claim.id in row.claims and row.place == f"paragraph {claim.paragraph}"]
        assert sorted(bare(one) for one in printed(claim.printed)) == sorted(bare(row.printed) for row in tied), (
            f"{claim.id}: write the claim in the row of each numeral that it prints"
        )
        for row in tied:
            if row.kind == "claim" and claim.value is not None:
                assert float(Fraction(row.value)) == pytest.approx(claim.value, rel=1e-3), claim.id


def test_every_tie_leads_to_a_claim() -> None:
    places = {claim.id: f"paragraph {claim.paragraph}" for claim in claims()}
    ties = [(claim, row.place) for row in census.load() for claim in row.claims]
    assert [tie for tie in ties if tie not in places.items()] == []
    assert {row.kind for row in census.load() if row.claim} <= {"claim", "date", "period"}


HEADER = "number,place,printed,value,kind,claim,note\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEADER + "2,paragraph 1,1,1,paragraph_number,,\n", "row 2, column number: '2'; expected 1"),
        (HEADER + "1,paragraph 1,1,1,page,,\n", "row 2, column kind: 'page'; expected paragraph_number, "),
        (HEADER + "1,paragraph 1,1,1,claim,,\n", "row 2, column claim: no claim; expected an id of claims.csv"),
        (
            "number,place\n1,front\n",
            "row 1, column printed, value, kind, claim, note: the column is missing; expected number, place, printed",
        ),
    ],
)
def test_a_wrong_ledger_is_an_error(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "numerals.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(message)):
        census.load(path)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("一些,1,some\n一些,1,some\n", "row 3, column word: 一些 stands twice"),
        ("国家,1,state\n", "row 2, column word: '国家'; expected a word with a numeral in it"),
        ("一些,few,some\n", "row 2, column count: 'few' is not a whole number; expected digits"),
    ],
)
def test_a_wrong_list_of_words_is_an_error(tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / "numeral_words.csv"
    path.write_text("word,count,why\n" + rows, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(message)):
        census.load_words(path)


# --- the report ---


def test_every_numeral_of_the_report_is_accounted_for(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["census", str(report)]) == 0
    out = capsys.readouterr().out
    count = len(census.load())
    assert out.splitlines()[0] == f"{count} numerals, {count} of them accounted for"
    assert re.search(r"paragraph 10 +2 130 万 +refugees_21_3_million", out)
    assert "unaccounted" not in out


def test_the_report_as_json(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["census", "--json", str(report)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["found"] == told["accounted_for"] == len(told["numerals"]) == sum(told["kinds"].values())
    assert told["differences"] == []
    assert {
        "claim": "syria_killed",
        "place": "paragraph 8",
        "printed": "25 万以上",
        "number": 47,
    } in told["claims"]


def test_the_ledger_prints_what_the_report_prints(report: Path) -> None:
    assert census.find(census.read(report)) == [Found(row.place, row.printed) for row in census.load()]


def test_words_stand_as_often_as_listed(report: Path) -> None:
    assert census.count_words(census.read(report), census.load_words()) == census.load_words()


def test_no_character_of_a_number_is_lost(report: Path) -> None:
    """By counting characters alone: each is in a numeral of the ledger or in a listed word."""
    text = report.read_text(encoding="utf-8")
    listed = "".join(row.printed for row in census.load()) + "".join(w * n for w, n in census.load_words().items())
    counts = {one: (text.count(one), listed.count(one)) for one in CHARACTERS}
    assert {one: pair for one, pair in counts.items() if pair[0] != pair[1]} == {}
    assert counts["一"] == (154, 154)


ALTERED = [
    # what stands where, what is put in its place, and the one difference that follows
    ("8. ", "25 万以上", "26 万以上", CHANGED, "paragraph 8", "25 万以上", "26 万以上"),
    ("8. ", "10 多万", "10 万", CHANGED, "paragraph 8", "10 多万", "10 万"),
    ("8. ", "1 100 多万", "1100 多万", CHANGED, "paragraph 8", "1 100 多万", "1100 多万"),
    ("8. ", "1 100 多万", "1 000 多万", CHANGED, "paragraph 8", "1 100 多万", "1 000 多万"),
    ("8. ", "1994 年", "1995 年", CHANGED, "paragraph 8", "1994 年", "1995 年"),
    ("8. ", "两年", "三年", CHANGED, "paragraph 8", "两年", "三年"),
    ("10. ", "2 130 万", "2 310 万", CHANGED, "paragraph 10", "2 130 万", "2 310 万"),
    ("10. ", "2 130 万", "２ １３１ 万", CHANGED, "paragraph 10", "2 130 万", "2 131 万"),
    ("10. ", "4 080 多万", "", REMOVED, "paragraph 10", "4 080 多万", ""),
    ("10. ", "大多数", "半数", ADDED, "paragraph 10", "", "半数"),
    ("10. ", "E/CN.4/1998/53/Add.2", "E/CN.4/1998/53/Add.1", CHANGED, "paragraph 10", "E/CN.4/1998/53/Add.2", None),
    ("30. ", "三分之一", "四分之一", CHANGED, "paragraph 30", "三分之一", "四分之一"),
    ("30. ", "一个或多个", "两个或多个", CHANGED, "paragraph 30", "一个或多个", "两个或多个"),
    ("30. ", "一些", "三个", ADDED, "paragraph 30", "", "三个"),
    ("7. ", "40 多个", "40 个", CHANGED, "paragraph 7", "40 多个", "40 个"),
    ("7. ", "10 项", "11 项", CHANGED, "paragraph 7", "10 项", "11 项"),  # below the page break
    ("1. ", "60/1", "60/11", CHANGED, "paragraph 1", "第 60/1 号", "第 60/11 号"),
    ("1. ", "139 段", "140 段", CHANGED, "paragraph 1", "139 段", "140 段"),
    ("4. ", "数百万", "数千万", CHANGED, "paragraph 4", "数百万", "数千万"),
    ("11. ", "。", "，达 7 000 人。", ADDED, "paragraph 11", "", "7 000"),
    ("13. ", "。", "，共三个。", ADDED, "paragraph 13", "", "三个"),
    ("15. ", "。", "½。", ADDED, "paragraph 15", "", "½"),
    ("12. ", "⁶", "", REMOVED, "paragraph 12", "⁶", ""),
    ("38. ", "¹⁰", "¹¹", CHANGED, "paragraph 38", "¹⁰", "¹¹"),
    ("38. ", "第三十四条", "第三十五条", CHANGED, "paragraph 38", "第三十四条", "第三十五条"),
    ("49. ", "五个", "四个", CHANGED, "paragraph 49", "五个", "四个"),
    ("49. ", "五个", "", REMOVED, "paragraph 49", "五个", ""),
    ("59. ", "第三，", "", REMOVED, "paragraph 59", "第三", ""),
    ("16. ", "2012 年 2 月", "2012 年", CHANGED, "paragraph 16", "2012 年 2 月", "2012 年"),
    ("28. ", "2014年4月", "2014年5月", CHANGED, "paragraph 28", "2014年4月", "2014年5月"),
    ("33. ", "2009-2010 年", "2009 年", CHANGED, "paragraph 33", "2009-2010 年", "2009 年"),
    ("14. ", "14. ", "41. ", CHANGED, "paragraph 14", "14", "41"),
    ("14. ", "14. ", "", REMOVED, "paragraph 14", "14", ""),
    ("一. ", "一. ", "六. ", CHANGED, "heading above 1", "一", "六"),
    ("第七十届", "第七十届", "第七十一届", CHANGED, "front", "第七十届", "第七十一届"),
    ("² ", "A/70/709", "A/70/708", CHANGED, "footnote 2", "A/70/709", "A/70/708"),
    ("⁶ ", "2016年2月11日", "2016年2月12日", CHANGED, "footnote 6", "2016年2月11日", "2016年2月12日"),
    ("⁸ ", "1951 年 7 月 28 日", "1951 年", CHANGED, "footnote 8", "1951 年 7 月 28 日", "1951 年"),
    ("¹⁰ ", "第 70/262 号", "", REMOVED, "footnote 10", "第 70/262 号", ""),
    ("¹¹ ", "第 474 段", "第 474 和 475 段", None, "footnote 11", "第 474 段", "第 474 / 475 段"),
]


@pytest.mark.parametrize(
    ("start", "old", "new", "what", "place", "before", "after"), ALTERED, ids=lambda one: str(one).strip() or "-"
)
def test_an_altered_report_is_caught(
    report: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    start: str,
    old: str,
    new: str,
    what: str | None,
    place: str,
    before: str,
    after: str | None,
) -> None:
    text = report.read_text(encoding="utf-8")
    at = text.index(old, text.index(f"\n{start}") + 1)
    path = tmp_path / "altered.txt"
    path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    assert run(["census", str(path)]) == 1
    _, _, told = capsys.readouterr().out.partition("unaccounted for\n")
    (line,) = told.splitlines()
    what = what or CHANGED
    figures = {CHANGED: f"{before} -> {new if after is None else after}", ADDED: after, REMOVED: before}[what]
    assert line.startswith(f"  {place}: {what} {figures}")
    assert line.endswith(")") or what == ADDED


def laid_out_otherwise(text: str) -> dict[str, str]:
    lines = text.splitlines()
    notes = [line for line in lines if re.match(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+ ", line)]
    return {
        "footnotes at the end": "\n".join([line for line in lines if line not in notes] + ["", *notes]),
        "no space around Chinese": re.sub(r"(?<=[\d一-龥]) (?=[一-龥])|(?<=[一-龥]) (?=\d)", "", text),
        "spaces that do not break": re.sub(r"(?<=\d) (?=\d)", "\u00a0", text),
        "full-width brackets": text.translate(str.maketrans("(),;:", "（），；：")),
        "full-width digits": text.translate({ord(str(n)): 0xFF10 + n for n in range(10)}),
        "lines wrapped": re.sub(r"([，；])", r"\1\n", text),
        "no empty lines": re.sub(r"\n+", "\n", text),
        "Windows": "\ufeff" + text.replace("\n", "\r\n"),
    }


@pytest.mark.parametrize("layout", list(laid_out_otherwise("")))
def test_layout_changes_nothing(report: Path, tmp_path: Path, layout: str) -> None:
    path = tmp_path / "report.txt"
    path.write_text(laid_out_otherwise(report.read_text(encoding="utf-8"))[layout], encoding="utf-8", newline="")
    result = census.census(path)
    assert [one.text() for one in result.differences] == []
    assert len(result.agreed) == len(census.load())


# --- bad input ---


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        ("1. 报告".encode("gb18030"), "byte 3 is no UTF-8"),
        ("没有段落\n2016 年\n".encode(), "no paragraph found"),
        (None, "no such file"),
    ],
)
def test_what_is_no_report_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, message: str
) -> None:
    path = tmp_path / "wrong.txt"
    if content is not None:
        path.write_bytes(content)
    assert run(["census", str(path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"error: wrong.txt: {message}") and error.count("\n") == 1
