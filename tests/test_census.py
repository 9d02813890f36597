"""Every numeral and comparative of the report, and what each is; the text itself is not in the repository."""

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
from analysis.audit import census, reports
from analysis.audit.census import ADDED, CHANGED, REMOVED, Comparative, Found, Numeral
from analysis.audit.claims import Claim
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
    return [
        Numeral(n, one.place, one.printed, "count", "", "", "") for n, one in enumerate(census.find_numerals(text), 1)
    ]


def printed(text: str) -> list[str]:
    return [one.printed for one in census.find_numerals(f"1. {text}")][1:]


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
    assert census.find_numerals(TEXT) == [
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
        ("为 -5%、−3 人、负 4 亿", ["-5%", "-3", "负 4 亿"]),
        ("为2-3人、A-7、(2014 年)-5、负责", ["2", "3", "7", "2014 年", "5"]),
        ("约two thirds，fifty-one人，Half、HUNDRED", ["two thirds", "fifty-one", "Half", "HUNDRED"]),
        ("someone、often、network、tenth、an attendant", []),
    ],
)
def test_forms(text: str, expected: list[str]) -> None:
    assert printed(text) == expected


def test_a_line_that_is_wrapped_is_one_line() -> None:
    text = "1. 有 2 130\n万人，在 2014\n年；一\n致。\n¹ 又见(A/69/981-\nS/2015/500)\n\n¹ 完\n² 完"
    assert [(one.place, census.normal(one.printed)) for one in census.find_numerals(text)] == [
        *(("paragraph 1", form) for form in ("1", "2 130万", "2014年", "¹", "A/69/981-S/2015/500")),
        ("footnote 1", "¹"),
        ("footnote 2", "²"),
    ]


def test_the_longest_word_wins() -> None:
    assert census.find_numerals("1. 万不得一，三", ["万", "万不得一"]) == [
        Found("paragraph 1", "1"),
        Found("paragraph 1", "三"),
    ]


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("1. 完。", encoding="utf-8-sig")
    assert [one.found for one in census.census(path)] == [(Found("paragraph 1", "1"),), ()]


def test_a_space_counts_only_between_digits() -> None:
    assert census.normal("2014\u00a0年") == census.normal("2014年") == "2014年"
    assert census.normal("2\u2009130 万") == census.normal("２ 130万") == "2 130万"
    assert census.normal("2130 万") != census.normal("2 130 万")


@given(st.integers(0, 10**7), st.integers(0, len(TEXT)))
def test_a_number_put_in_anywhere_is_unaccounted_for(number: int, at: int) -> None:
    altered = TEXT[:at] + str(number) + TEXT[at:]
    assert census.compare(census.find_numerals(TEXT), ledger(TEXT)).differences == ()
    assert census.compare(census.find_numerals(altered), ledger(TEXT)).differences


@given(st.data())
def test_a_digit_taken_out_anywhere_is_missed(data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([m.start() for m in re.finditer(r"\d", TEXT)]))
    assert census.compare(census.find_numerals(TEXT[:at] + TEXT[at + 1 :]), ledger(TEXT)).differences


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
    result = census.compare(census.find_numerals(TEXT.replace(old, new)), ledger(TEXT))
    assert [one.text() for one in result.differences] == lines


def test_differences_stand_in_reading_order() -> None:
    altered = TEXT.replace("第 4 段", "第 5 段").replace("5 个", "6 个").replace("第七条", "第八条")
    result = census.compare(census.find_numerals(altered.replace("3. 完", "3. 完 8")), ledger(TEXT))
    assert [one.place for one in result.differences] == ["paragraph 1", "footnote 1", "footnote 2", "paragraph 3"]


def test_a_changed_numeral_that_is_a_claim_names_it() -> None:
    row = Numeral(1, "paragraph 1", "5", "claim", "one;two", "", "5")
    (difference,) = census.compare([Found("paragraph 1", "6")], [row]).differences
    assert difference.text() == "paragraph 1: changed 5 -> 6 (numeral 1, claim, one;two)"


# --- the ledgers ---


def test_the_ledger_is_in_order_and_complete() -> None:
    rows = census.numerals()
    assert {row.kind for row in rows} == set(census.NUMERAL_KINDS), "a kind that is not used, or not known"
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
        (row.printed, row.value, value(row.printed)) for row in census.numerals() if row.value != value(row.printed)
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
    assert set(FORMS) == set(census.NUMERAL_KINDS)
    assert [row for row in census.numerals() if not re.fullmatch(FORMS[row.kind], row.printed)] == []


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


def named() -> dict[str, Claim]:
    """The claims of the first report by the name that the ledgers of its text give them: a list's by the list's."""
    return {claim.member_of or claim.id: claim for claim in reports.load().claims}


def test_every_numeral_of_a_claim_is_tied_to_its_place() -> None:
    rows = census.numerals()
    for name, claim in named().items():
        tied = [row for row in rows if name in row.claims and row.place == f"paragraph {claim.paragraph}"]
        counted = {bare(row.printed) for row in rows if row.kind not in ("claim", "date", "period")}
        assert {bare(one) for one in printed(claim.words)} - counted <= {bare(row.printed) for row in tied}, (
            f"{name}: write the claim in the row of each numeral that it prints"
        )
        for row in tied:
            if row.kind == "claim" and claim.value is not None:
                assert float(Fraction(row.value)) == pytest.approx(claim.value, rel=1e-3), name


def test_every_tie_leads_to_a_claim() -> None:
    places = {name: f"paragraph {claim.paragraph}" for name, claim in named().items()}
    ties = [(claim, row.place) for row in census.numerals() for claim in row.claims]
    assert [tie for tie in ties if tie not in places.items()] == []
    assert {row.kind for row in census.numerals() if row.claim} <= {"claim", "date", "period"}


HEADER = "number,place,printed,kind,claim,note,value\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEADER + "2,paragraph 1,1,paragraph_number,,,1\n", "row 2, column number: '2'; expected 1"),
        (HEADER + "1,paragraph 1,1,page,,,1\n", "row 2, column kind: 'page'; expected paragraph_number, "),
        (
            HEADER + "1,paragraph 1,1,claim,,,1\n",
            "row 2, column claim: no claim; expected an id of the report's claims",
        ),
        (
            "number,place\n1,front\n",
            "row 1, column printed, kind, claim, note, value: the column is missing; expected number, place, printed",
        ),
    ],
)
def test_a_wrong_ledger_is_an_error(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "numerals.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(message)):
        census.numerals(path)


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


# --- comparatives ---

COMPARED = "number,place,printed,kind,claim,note,duty\n"


def compared(text: str) -> list[tuple[str, str]]:
    return [(one.printed, one.duty) for one in census.find_comparatives(f"1. {text}")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人数最高，更加重要，越来越多", ["最高", "更加重要", "越来越多"]),
        ("有所增加、大大减少、不断下降、急剧增加", ["有所增加", "大大减少", "不断下降", "急剧增加"]),
        ("没有增加，不再恶化，未下降", ["没有增加", "不再恶化", "未下降"]),
        ("大多数、绝大多数、多数、少数", ["大多数", "绝大多数", "多数", "少数"]),
        ("可能恶化，很可能将继续上升", ["可能恶化", "很可能将继续上升"]),
        ("最近更新，最后一次", []),
        ("安理会最近，安理会加深，会加深", ["加深", "会加深"]),
        ("更 多", ["更"]),  # a space ends what an adverb takes along
    ],
)
def test_forms_of_comparatives(text: str, expected: list[str]) -> None:
    assert compared(text) == [(form, "") for form in expected]


@pytest.mark.parametrize(
    ("text", "duties"),
    [
        ("必须减少。人数减少", ["必须", ""]),
        ("减少，这是需要的；减少", ["需要", ""]),
        ("应减少", ["应"]),
        ("为应对减少，反应减少", ["", ""]),
        ("最需要减少", ["", ""]),  # who needs most, not what is needed
        ("减少？应增加！增加", ["", "应", ""]),
    ],
)
def test_a_duty_marks_its_clause_alone(text: str, duties: list[str]) -> None:
    assert [duty for _, duty in compared(text)] == duties


COMPARING = TEXT.replace("完。", "人数更多，暴行必须减少。大多数人不再等待，情况持续恶化。")


@given(st.sampled_from(["更多", "恶化", "大多数", "越来越少"]), st.integers(0, len(COMPARING)))
def test_a_comparative_put_in_anywhere_is_unaccounted_for(word: str, at: int) -> None:
    found = census.find_comparatives(COMPARING)
    assert [one.printed for one in found] == ["更多", "减少", "大多数", "持续恶化"]
    before = [Comparative(n, one.place, one.printed, "claim", "one", "", one.duty) for n, one in enumerate(found, 1)]
    assert census.compare(found, before).differences == ()
    altered = COMPARING[:at] + word + COMPARING[at:]
    assert census.compare(census.find_comparatives(altered), before).differences


def test_the_closed_list_has_the_words_that_it_must() -> None:
    words = census.comparing_words()
    assert {"更", "最", "越来越"} <= {word for word, sort in words.items() if sort == "adverb"}
    trends = "大多数 多数 增加 减少 加剧 急剧 持续 上升 下降 恶化"
    assert set(trends.split()) <= {word for word, sort in words.items() if sort == "comparison"}
    assert {"应", "必须", "需要"} <= {word for word, sort in words.items() if sort == "duty"}
    assert {*words.values()} == set(census.SORTS)


def test_a_word_that_compares_is_found_alone_and_one_that_does_not_hides_it() -> None:
    for word, sort in census.comparing_words().items():
        found = [one for one, _ in compared(word)]
        assert found == ([word] if sort in ("adverb", "comparison") else []), word


def test_every_comparative_is_a_claim_or_classed_with_its_reason() -> None:
    rows = census.comparatives()
    assert {row.kind for row in rows} == set(census.COMPARATIVE_KINDS), "a kind that is not used, or not known"
    assert [row for row in rows if bool(row.claim) != (row.kind == "claim")] == []
    assert [row.printed for row in rows if len(row.printed) > 8] == [], "a word, not a sentence"


def test_every_comparative_that_is_a_claim_leads_to_one() -> None:
    ids = set(named())
    assert {one for row in census.comparatives() for one in row.claims} <= ids


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("1,paragraph 1,更多,recommendation,,,", "column duty: no word of duty; expected one, as its clause has it"),
        ("1,paragraph 1,更多,praise,,,", "column note: no reason; expected why it is praise"),
        ("1,paragraph 1,更多,claim,one,,必须", "column note: no reason; expected why it is claim"),
        ("1,paragraph 1,更多,claim,,,", "column claim: no claim; expected an id of the report's claims"),
        ("1,paragraph 1,更多,idle,,,", "column kind: 'idle'; expected claim, recommendation, "),
    ],
)
def test_a_wrong_ledger_of_comparatives_is_an_error(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "comparatives.csv"
    path.write_text(COMPARED + row + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(message)):
        census.comparatives(path)


def test_a_sort_that_is_not_known_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "comparative_words.csv"
    path.write_text("word,sort,meaning\n更,noun,more\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 2, column sort: 'noun'; expected adverb, "):
        census.comparing_words(path)


# --- the report ---


def test_every_numeral_and_comparative_of_the_report_is_accounted_for(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["census", str(report)]) == 0
    out = capsys.readouterr().out
    for name, count in (("numerals", len(census.numerals())), ("comparatives", len(census.comparatives()))):
        assert f"{count} {name}, {count} of them accounted for" in out.splitlines()
    assert re.search(r"paragraph 10 +2 130 万 +refugees_21_3_million", out)
    assert "unaccounted" not in out


def test_the_report_as_json(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["census", "--json", str(report)]) == 0
    told = json.loads(capsys.readouterr().out)
    for one, name in ((told, "numerals"), (told["comparatives"], "comparatives")):
        assert one["found"] == one["accounted_for"] == len(one[name]) == sum(one["kinds"].values())
        assert one["differences"] == []
    assert {
        "claim": "syria_killed",
        "place": "paragraph 8",
        "printed": "25 万以上",
        "number": 47,
    } in told["claims"]


def test_the_ledgers_print_what_the_report_prints(report: Path) -> None:
    text = census.read(report)
    assert census.find_numerals(text) == [row.found for row in census.numerals()]
    assert census.find_comparatives(text) == [row.found for row in census.comparatives()]


def test_words_stand_as_often_as_listed(report: Path) -> None:
    assert census.count_words(census.read(report), census.load_words()) == census.load_words()


def test_no_character_of_a_number_is_lost(report: Path) -> None:
    """By counting characters alone: each is in a numeral of the ledger or in a listed word."""
    text = report.read_text(encoding="utf-8")
    listed = "".join(row.printed for row in census.numerals()) + "".join(w * n for w, n in census.load_words().items())
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
    ("10. ", "难民", "半数难民", ADDED, "paragraph 10", "", "半数"),
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
    ("10. ", "2 130 万", "-2 130 万", CHANGED, "paragraph 10", "2 130 万", "-2 130 万"),
    ("10. ", "2 130 万", "−2 130 万", CHANGED, "paragraph 10", "2 130 万", "-2 130 万"),
    ("17. ", "。", "，约 two million 人。", ADDED, "paragraph 17", "", "two million"),
    # comparatives: turned, weakened, strengthened, taken out, put in, denied, and a duty that makes a wish of a fact
    ("8. ", "有所增加", "有所减少", CHANGED, "paragraph 8", "有所增加", "有所减少"),
    ("8. ", "有所增加", "大幅增加", CHANGED, "paragraph 8", "有所增加", "大幅增加"),
    ("8. ", "有所增加", "没有增加", CHANGED, "paragraph 8", "有所增加", "没有增加"),
    ("8. ", "很可能将继续增加", "可能将继续增加", CHANGED, "paragraph 8", "很可能将继续增加", "可能将继续增加"),
    ("8. ", "最高", "最低", CHANGED, "paragraph 8", "最高的", "最低的"),
    ("8. ", "更多地", "", REMOVED, "paragraph 8", "更多地", ""),
    ("9. ", "抬头", "衰退", CHANGED, "paragraph 9", "抬头", "衰退"),
    ("10. ", "大多数", "绝大多数", CHANGED, "paragraph 10", "大多数", "绝大多数"),
    ("10. ", "居高不下", "", REMOVED, "paragraph 10", "居高不下", ""),
    ("15. ", "越来越无法", "无法", REMOVED, "paragraph 15", "越来越无法", ""),
    ("15. ", "越来越无法", "越来越能够", CHANGED, "paragraph 15", "越来越无法", "越来越能够"),
    ("16. ", "急剧增加", "增加", CHANGED, "paragraph 16", "急剧增加", "增加"),
    ("19. ", "大大减少", "减少", CHANGED, "paragraph 19", "已经大大减少", "已经减少"),
    ("23. ", "大多数", "", REMOVED, "paragraph 23", "大多数", ""),
    ("25. ", "现实", "恶化的现实", ADDED, "paragraph 25", "", "恶化"),
    ("29. ", "风险有所增加", "风险必须有所增加", None, "paragraph 29", "有所增加", "有所增加 [必须]"),
    ("40. ", "显著的改进", "改进", CHANGED, "paragraph 40", "显著的改进", "改进"),
    ("40. ", "必须继续改进", "继续改进", None, "paragraph 40", "继续改进 [必须]", "继续改进"),
    ("48. ", "可增加", "增加", CHANGED, "paragraph 48", "可增加", "增加"),
    ("二. ", "更大的", "更小的", CHANGED, "heading above 7", "更大的", "更小的"),
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
    taken = census.census(path)
    assert [one.text() for result in taken for one in result.differences] == []
    assert [len(result.agreed) for result in taken] == [len(census.numerals()), len(census.comparatives())]


def test_no_letter_that_compares_is_lost(report: Path) -> None:
    """By counting alone: each word of the closed list is in the ledger, or within another word."""
    text = "".join(part for _, part in census.places(census.read(report)))
    words = census.comparing_words()
    for other in sorted((word for word, sort in words.items() if sort == "other"), key=len, reverse=True):
        text = text.replace(other, "|")
    ledger = "|".join(row.printed for row in census.comparatives())
    compare = [word for word, sort in words.items() if sort in ("adverb", "comparison")]
    counts = {word: (text.count(word), ledger.count(word)) for word in compare}
    assert {word: pair for word, pair in counts.items() if pair[0] != pair[1]} == {}
    assert counts["更"] == (37, 37) and counts["增加"] == (10, 10)


@pytest.mark.parametrize("where", ["id", "folder"])
def test_the_report_is_named_by_its_id_or_its_folder(
    report: Path, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    name = {"id": census.FIRST, "folder": str(census.REPORTS / census.FIRST)}[where]
    assert run(["census", str(report), "--report", name]) == 0
    assert run(["census", str(report), "--report", "a-70-998"]) == 2
    assert "no report 'a-70-998'; expected a-70-999" in capsys.readouterr().err


def test_another_report_has_ledgers_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "text.txt"
    text.write_text("1. 暴行更多。", encoding="utf-8")
    (tmp_path / "numerals.csv").write_text(HEADER + "1,paragraph 1,1,paragraph_number,,,1\n", encoding="utf-8")
    assert run(["census", str(text), "--report", str(tmp_path)]) == 2
    assert "comparatives.csv: file not found" in capsys.readouterr().err
    (tmp_path / "comparatives.csv").write_text(COMPARED + "1,paragraph 1,更多,claim,one,,\n", encoding="utf-8")
    assert run(["census", str(text), "--report", str(tmp_path)]) == 0


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
