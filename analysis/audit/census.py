"""The report's text -> every numeral and every comparative in it, and what each is.

The text is not in the repository; a report's ``numerals.csv`` and ``comparatives.csv`` are: one row
per occurrence in reading order, as printed, with what it is and the claims that hang on it. An
occurrence is known by its place (a paragraph, a footnote, a heading), its order within that place
and its printed form; no text around it is kept, but of a comparative whether its clause says that
something ought to be. Where a Chinese numeral stands inside a word that states no number (一致,
进一步), the word is a row of ``data/numeral_words.csv``; which words compare is the closed list of
``data/comparative_words.csv``: what is in neither is unaccounted for.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from analysis import paths
from analysis.data import ledger
from analysis.data.columns import aligned
from analysis.errors import InputError

REPORTS = paths.DATA / "reports"
FIRST = "a-70-999"
"""The report whose text it is if none is named."""

WORDS = paths.DATA / "numeral_words.csv"
COMPARING = paths.DATA / "comparative_words.csv"

NUMERAL_KINDS = {
    "paragraph_number": "the number of a paragraph",
    "footnote_mark": "a mark in the text that leads to a footnote",
    "footnote_number": "the number at the head of a footnote",
    "symbol": "the symbol of a document",
    "date": "a year, month or day, also within a title",
    "session": "a session, a year of the Security Council, an item of an agenda",
    "article": "an article or chapter of the Charter",
    "paragraph_reference": "a paragraph, or a sentence of it, of some document",
    "resolution": "the number of a resolution",
    "enumeration": "an ordinal, or the number of a section",
    "period": "a span of time",
    "count": "a number of things, no claim of the ledger",
    "claim": "the figure of a claim of the ledger",
}
"""What a numeral can be; the list is closed."""

COMPARATIVE_KINDS = {
    "claim": "what a claim of the ledger states",
    "recommendation": "what ought to be: its clause has a word of duty",
    "aim": "what somebody is to do, wishes or works for, with no word of duty",
    "condition": "what would follow if something were done or left",
    "position": "what others are said to want or to think",
    "praise": "a good word for somebody's work, with nothing to compare",
    "definition": "what a word means, or what a thing is",
    "manner": "how something goes on, with no other time or thing compared",
}
"""What a comparative can be; the list is closed."""

LEDGERS = {"numerals": NUMERAL_KINDS, "comparatives": COMPARATIVE_KINDS}
"""What the census counts, in this order."""

RECOMMENDATION = "recommendation"
SORTS = ("adverb", "comparison", "degree", "denial", "duty", "other")
"""What a word of the closed list does: an adverb compares what follows it, a degree or a denial belongs to the
comparison after it, a duty marks its clause, and another only holds the letters of one of these."""

CLAIM_SEPARATOR = ";"
"""Joins the claims that hang on one occurrence."""

Row = TypeVar("Row", bound="Entry")

FRONT = "front"
ADDED, CHANGED, REMOVED = "added", "changed", "removed"


@dataclass(frozen=True)
class Found:
    """One occurrence in a text: its place, its printed form, and the word of duty in its clause, if that counts."""

    place: str
    printed: str
    duty: str = ""


@dataclass(frozen=True)
class Entry:
    """One row of a ledger of occurrences.

    ``claim`` holds the claims that it belongs to: whose figure or comparison it is, or, on a date or
    a period, whose time it sets.
    """

    number: int
    place: str
    printed: str
    kind: str
    claim: str
    note: str

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of the claims that hang on it."""
        return tuple(self.claim.split(CLAIM_SEPARATOR)) if self.claim else ()

    @property
    def found(self) -> Found:
        """What a text must hold for it to be accounted for."""
        return Found(self.place, self.printed)


@dataclass(frozen=True)
class Numeral(Entry):
    """A numeral with the value that it states."""

    value: str


@dataclass(frozen=True)
class Comparative(Entry):
    """A comparative with the word of its clause that says that something ought to be, if there is one."""

    duty: str

    @property
    def found(self) -> Found:
        """As for every entry; a clause that no longer says *must* is a difference too."""
        return Found(self.place, self.printed, self.duty)


@dataclass(frozen=True)
class Difference:
    """What was ``added``, ``changed`` or ``removed``: ledger rows before, occurrences in the text after."""

    what: str
    before: tuple[Entry, ...]
    after: tuple[Found, ...]

    @property
    def place(self) -> str:
        """Where: by the ledger, or for what was added, by the text."""
        return self.before[0].place if self.before else self.after[0].place

    def text(self) -> str:
        """One line."""
        old = " / ".join(_shown(row.found) for row in self.before)
        new = " / ".join(map(_shown, self.after))
        told = {ADDED: new, CHANGED: f"{old} -> {new}", REMOVED: old}[self.what]
        known = "; ".join(
            f"{_named(row)} {row.number}, {row.kind}{f', {row.claim}' if row.claim else ''}" for row in self.before
        )
        return f"{self.place}: {self.what} {told}{f' ({known})' if known else ''}"


def _shown(one: Found) -> str:
    return f"{one.printed} [{one.duty}]" if one.duty else one.printed


def _named(row: Entry) -> str:
    return type(row).__name__.lower()


@dataclass(frozen=True)
class Census:
    """A text against a ledger: the pairs that agree, and the differences in reading order."""

    agreed: tuple[tuple[Entry, Found], ...]
    differences: tuple[Difference, ...]
    found: tuple[Found, ...]


# --- the ledgers ---


def folder(report: str = FIRST) -> Path:
    """Where a report's ledgers are: by its id, or the folder itself.

    Raises:
        InputError: neither a report's id nor a folder.
    """
    for path in (REPORTS / report, Path(report)):
        if report and path.is_dir():
            return path
    known = sorted(path.name for path in REPORTS.iterdir() if path.is_dir())
    raise InputError(f"no report {report!r}", expected=f"{', '.join(known)}, or a report's folder")


@cache
def numerals(path: Path = REPORTS / FIRST / "numerals.csv") -> tuple[Numeral, ...]:
    """A report's numerals, in reading order.

    Raises:
        InputError: as ``_entries``.
    """
    return tuple(row for _, row in _entries(path, Numeral, NUMERAL_KINDS))


@cache
def comparatives(path: Path = REPORTS / FIRST / "comparatives.csv") -> tuple[Comparative, ...]:
    """A report's comparatives, in reading order.

    Raises:
        InputError: as ``_entries``; a recommendation with no word of duty, or a reason that is missing.
    """
    result = []
    for row, one in _entries(path, Comparative, COMPARATIVE_KINDS):
        if one.kind == RECOMMENDATION and not one.duty:
            raise row.wrong("duty", "no word of duty", "one, as its clause has it", "class it otherwise")
        if not one.note and (one.kind not in ("claim", RECOMMENDATION) or (one.duty and one.kind == "claim")):
            raise row.wrong("note", "no reason", f"why it is {one.kind}")
        result.append(one)
    return tuple(result)


def _entries(path: Path, kind: type[Row], kinds: Mapping[str, str]) -> Iterator[tuple[ledger.Row, Row]]:
    """The rows of a ledger of occurrences.

    Raises:
        InputError: a column is missing, a kind is not of the closed list, a claim without an id, or the
            numbers do not run 1, 2, 3 ...
    """
    for number, (row, entry) in enumerate(ledger.records(path, kind, key=("number",), lists={"kind": kinds}), 1):
        if row["number"] != str(number):
            raise row.wrong("number", expected=f"{number}", do="number anew")
        if entry.kind == "claim" and not entry.claim:
            raise row.wrong("claim", "no claim", "an id of the report's claims")
        yield row, entry


@cache
def load_words(path: Path = WORDS) -> dict[str, int]:
    """The words that hold a numeral and state no number -> how often each stands in the report.

    Raises:
        InputError: a column is missing, a word twice or without a numeral in it, a count that is none.
    """
    result: dict[str, int] = {}
    for row in ledger.rows(path, ("word", "count", "why"), key=("word",)):
        if not re.search(f"[{_CHINESE}]", row["word"]):
            raise row.wrong("word", expected="a word with a numeral in it")
        result[row["word"]] = row.whole("count")
    return result


@cache
def comparing_words(path: Path = COMPARING) -> dict[str, str]:
    """The closed list of words that compare, and of those around them -> what sort of word each is.

    Raises:
        InputError: a column is missing, a word twice, a sort that is not of ``SORTS``.
    """
    rows = ledger.rows(path, ("word", "sort", "meaning"), key=("word",), lists={"sort": SORTS})
    return {row["word"]: row["sort"] for row in rows}


# --- from text to numerals ---

_CHINESE = "零〇一二三四五六七八九十百千万亿两几数多半廿卅俩仨壹贰叁肆柒捌玖佰仟"
"""What a Chinese numeral is written with; 几, 数 and 多 stand where a digit would (几十年, 数百万, 多个)."""

_UNITS = "个项名种份次代年句段条章届号款"
"""What may follow a numeral and belongs to it: measure words, years, and what is numbered."""

_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RARE = "₀-₉¼-¾⅐-↉①-⓿➀-➓㈠-㈩㉑-㉟㊀-㊉"
"""Fractions, circled and Roman numerals in one character: none in the report, so any is an addition."""

_SIGN = r"(?:(?<![0-9A-Za-z年月日号段)])-|负 ?)?"
"""A minus sign, which a hyphen between two numbers or letters is not."""

_ENGLISH = (
    r"(?:zero|one|two|three|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|(?:four|thir|fif|six|seven|eigh|nine)teen|four|hundreds?|thousands?|[mbtr]+illions?|dozens?"
    r"|half|thirds?|quarters?|percent|per cent|twice|doubled?)"
)
"""Number words in English: none in the report, so any is an addition."""

_DIGITS = r"(?:\d{1,3}(?:[ ,]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
_NUMBERED = r"(?:\d+/\d+|\d+ ?\(\d{4}(?: ?年)?\))"
_TAIL = rf"(?: ?[{_UNITS}]| ?%)?(?: ?(?:以上|以下|以内|左右))?"
_ONE_SYMBOL = r"[A-Z]{1,5}(?:/[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*)+"

_BEFORE_WORDS = (
    rf"(?<![A-Za-z])(?P<english>(?i:{_ENGLISH}(?:[ -](?:and )?{_ENGLISH})*))(?![A-Za-z])",  # two thirds, fifty-one
    rf"{_ONE_SYMBOL}(?: ?- ?{_ONE_SYMBOL})*",  # A/69/981-S/2015/500
    rf"[{_CHINESE}]+[个项名种]?或[{_CHINESE}]+[个项名种]",  # 一个或多个
    rf"[{_CHINESE}]+分之 ?(?:[{_CHINESE}]+|{_DIGITS})",  # 三分之一
    rf"[{_SUPERSCRIPT}]+",
)
_AFTER_WORDS = (
    rf"第 ?(?:{_NUMBERED}|{_DIGITS}|[{_CHINESE}]+)(?: ?[{_UNITS}])?",  # 第三十四条, 第 2171(2014 年)号
    r"\d{4} ?[-至] ?\d{4}(?: ?年)?(?!\d)",
    r"\d{4} ?年代?(?: ?\d{1,2} ?月(?: ?\d{1,2} ?日)?)?",
    r"\d{1,2} ?月(?: ?\d{1,2} ?日)?",
    _NUMBERED,
    rf"{_SIGN}{_DIGITS}(?: ?[多余几]? ?[十百千万亿]{{1,3}})?(?: ?[多余])?{_TAIL}",  # 1 100 多万, 25 万以上, 40 多个
    rf"[{_CHINESE}]+余?{_TAIL}",
    rf"[{_RARE}]+",
)

_PARAGRAPH = re.compile(r"(\d{1,3}) ?\.(?!\d)")
_FOOTNOTE = re.compile(rf"([{_SUPERSCRIPT}]+|\*+)(?=.)")
_SECTION = re.compile(r"(?:[一二三四五六七八九十]+|[A-Z]) ?[.、]")
_HEADING_LENGTH = 40
_PLAIN_DIGITS = str.maketrans(_SUPERSCRIPT, "0123456789")

_SAME = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) != "，"} | {
    **dict.fromkeys(map(ord, "\t\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"), " "),
    **dict.fromkeys(map(ord, "–−‐‑﹣"), "-"),
}
"""Full-width forms, kinds of space and kinds of hyphen that are one; a full-width comma is never within a number."""


def places(text: str) -> list[tuple[str, str]]:
    """The text in its parts, in reading order: (place, its text).

    A part starts after an empty line, and where a line starts with a paragraph's or a section's
    number, or with a footnote's mark after another footnote (elsewhere a mark may have been wrapped
    to the next line). A part that has no number goes on with the paragraph that a page break cut,
    unless it is a heading: short, with no full stop. A heading bears the number of the paragraph
    that it stands above.
    """
    result: list[tuple[str, str]] = []
    heading: list[str] = []
    paragraph = -1  # where in `result` the paragraph stands that a page break may have cut
    for block in _blocks(text.translate(_SAME)):
        if numbered := _PARAGRAPH.match(block):
            result += [(f"heading above {numbered[1]}", one) for one in heading]
            heading = []
            paragraph = len(result)
            result.append((f"paragraph {numbered[1]}", block))
        elif mark := _FOOTNOTE.match(block):
            result.append((f"footnote {mark[1].translate(_PLAIN_DIGITS)}", block))
        elif _SECTION.match(block) or (paragraph >= 0 and len(block) <= _HEADING_LENGTH and "。" not in block):
            heading.append(block)
        elif paragraph >= 0:
            result[paragraph] = (result[paragraph][0], _join(result[paragraph][1], block))
        else:
            result.append((FRONT, block))
    return result + [("heading at the end", one) for one in heading]


def _blocks(text: str) -> Iterator[str]:
    lines = [line.strip() for line in text.strip().splitlines()]
    wrapped = "" in lines  # without empty lines, each line is a part of its own
    block = ""
    for line in [*lines, ""]:
        next_footnote = _FOOTNOTE.match(block) and _FOOTNOTE.match(line)
        starts = not line or not wrapped or _PARAGRAPH.match(line) or _SECTION.match(line) or next_footnote
        if block and starts:
            yield block
            block = ""
        block = _join(block, line)


def _join(before: str, after: str) -> str:
    """Two lines of one part: Chinese is written on without a space."""
    chinese = re.search(r"[^\x00-\x7f]$", before) and re.match(r"[^\x00-\x7f]", after)
    return before + ("" if not before or not after or chinese else " ") + after


def find_numerals(text: str, words: Iterable[str] | None = None) -> list[Found]:
    """Every numeral of a text, in the order of its places.

    Args:
        text: the report's, or any with numbered paragraphs.
        words: those that hold a numeral and state no number; the committed list by default.
    """
    words = load_words() if words is None else words
    pattern = _pattern(tuple(sorted(words, key=lambda word: (-len(word), word))))
    result: list[Found] = []
    for place, part in places(text):
        start = 0
        if numbered := _PARAGRAPH.match(part):
            result.append(Found(place, numbered[1]))
            start = numbered.end()
        result += [Found(place, match[0]) for match in pattern.finditer(part, start) if _states_a_number(match)]
    return result


def count_words(text: str, words: Iterable[str]) -> Counter[str]:
    """How often each listed word stands in a text, read as ``find_numerals`` reads it."""
    pattern = _pattern(tuple(sorted(words, key=lambda word: (-len(word), word))))
    return Counter(match["word"] for _, part in places(text) for match in pattern.finditer(part) if match["word"])


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    listed = "(?P<word>" + ("|".join(map(re.escape, words)) or r"(?!)") + ")"
    return re.compile("|".join((*_BEFORE_WORDS, listed, *_AFTER_WORDS)))


def _states_a_number(match: re.Match[str]) -> bool:
    return match["word"] is None and bool(match["english"] or not re.fullmatch(r"[A-Za-z/.\- ]+", match[0]))


def normal(printed: str) -> str:
    """A printed form for comparison: a space counts only between digits, where it groups them."""
    return re.sub(r"(?<!\d) | (?!\d)", "", " ".join(printed.translate(_SAME).split()))


# --- from text to comparatives ---

_CLAUSE = re.compile(r"[^。;!?]+")
_KEPT = 2
"""How many characters of what an adverb compares are kept: enough to tell 最高 from 最低, too few to quote."""


def find_comparatives(text: str, words: Mapping[str, str] | None = None) -> list[Found]:
    """Every comparative of a text, in the order of its places, each with the word of duty of its clause.

    Args:
        text: the report's, or any with numbered paragraphs.
        words: which words compare, and what sort each is; the committed list by default.

    Example:
        >>> find_comparatives("1. 暴行更多，必须减少。人数没有增加。")[0]
        Found(place='paragraph 1', printed='更多', duty='必须')
    """
    pattern = _comparing(tuple((comparing_words() if words is None else words).items()))
    result: list[Found] = []
    for place, part in places(text):
        for clause in _CLAUSE.findall(part):
            some = list(pattern.finditer(clause))
            duty = next((match["duty"] for match in some if match["duty"]), "")
            result += [Found(place, match["compares"], duty) for match in some if match["compares"]]
    return result


@cache
def _comparing(words: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    def one_of(*sorts: str) -> str:
        some = sorted((word for word, sort in words if sort in sorts), key=lambda word: (-len(word), word))
        return "(?:" + ("|".join(map(re.escape, some)) or r"(?!)") + ")"

    adverb = rf"{one_of('adverb')}[一-龥]{{0,{_KEPT}}}"
    compares = rf"{one_of('degree', 'denial')}*(?:{adverb}|{one_of('comparison')}+)"
    return re.compile(rf"(?P<other>{one_of('other')})|(?P<compares>{compares})|(?P<duty>{one_of('duty')})")


# --- a text against the ledgers ---


def read(path: Path) -> str:
    """A report's text.

    Raises:
        InputError: no such file, nothing in it, not UTF-8, or no numbered paragraph in it.
    """
    if not path.is_file():
        raise InputError("no such file", where=path, do="name the report's text, a plain text file")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"byte {error.start} is no UTF-8", where=path, expected="plain text in UTF-8", do="save the text as UTF-8"
        ) from error
    if not text.strip():
        raise InputError("the file is empty", where=path, expected="the report's text")
    if not any(place.startswith("paragraph ") for place, _ in places(text)):
        raise InputError(
            "no paragraph found", where=path, expected='lines that start with a paragraph\'s number, as in "1. "'
        )
    return text


def census(path: Path, report: str = FIRST) -> tuple[Census, Census]:
    """Take the census of a report's text: its numerals and its comparatives, each against its ledger.

    Args:
        path: the text.
        report: the id of the report, or the folder with its ledgers.

    Raises:
        InputError: as ``read``, ``folder``, ``numerals`` and ``comparatives``.
    """
    text, home = read(path), folder(report)
    return (
        compare(find_numerals(text), numerals(home / "numerals.csv")),
        compare(find_comparatives(text), comparatives(home / "comparatives.csv")),
    )


def compare(found: Sequence[Found], ledger: Sequence[Entry]) -> Census:
    """Align what a text holds with a ledger, place by place.

    Places are aligned first, footnotes apart from the rest, as they stand at the foot of a page or at
    the end; then the occurrences within each. Where places themselves differ (a paragraph's number was
    changed), they are compared together with the place before.
    """
    agreed: list[tuple[Entry, Found]] = []
    differences: list[Difference] = []
    for footnotes in (False, True):
        old = _by_place(row for row in ledger if row.place.startswith("footnote") is footnotes)
        new = _by_place(one for one in found if one.place.startswith("footnote") is footnotes)
        for before, after in _sections(old, new):
            pairs, rest = _align(before, after)
            agreed += pairs
            differences += rest
    order = {row.place: row.number for row in reversed(ledger)}
    differences.sort(key=lambda one: one.before[0].number if one.before else order.get(one.place, len(ledger)))
    agreed.sort(key=lambda pair: pair[0].number)
    return Census(tuple(agreed), tuple(differences), tuple(found))


def _by_place(some: Iterable[Any]) -> list[list[Any]]:
    return [list(group) for _, group in groupby(some, key=lambda one: one.place)]


def _sections(old: list[list[Entry]], new: list[list[Found]]) -> Iterator[tuple[list[Entry], list[Found]]]:
    """What to compare with what: places of one name, and runs of unlike places joined to the place before."""
    matcher = SequenceMatcher(None, [some[0].place for some in old], [some[0].place for some in new], autojunk=False)
    pending: tuple[list[Entry], list[Found]] = ([], [])
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for before, after in zip(old[i1:i2], new[j1:j2], strict=True):
                yield pending
                pending = (before, after)
        else:
            pending = (pending[0] + sum(old[i1:i2], []), pending[1] + sum(new[j1:j2], []))
    yield pending


def _align(old: list[Entry], new: list[Found]) -> tuple[list[tuple[Entry, Found]], list[Difference]]:
    agreed: list[tuple[Entry, Found]] = []
    differences: list[Difference] = []
    alike = [_normal(row.found) for row in old], [_normal(one) for one in new]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *alike, autojunk=False).get_opcodes():
        before, after = old[i1:i2], new[j1:j2]
        if tag == "equal":
            agreed += zip(before, after, strict=True)
        elif len(before) == len(after):
            differences += [Difference(CHANGED, (a,), (b,)) for a, b in zip(before, after, strict=True)]
        elif before and after:  # one became two, as when a group separator is moved
            differences.append(Difference(CHANGED, tuple(before), tuple(after)))
        else:
            differences += [Difference(REMOVED, (row,), ()) for row in before]
            differences += [Difference(ADDED, (), (one,)) for one in after]
    return agreed, differences


def _normal(one: Found) -> tuple[str, str]:
    return normal(one.printed), one.duty


# --- for a terminal, and as JSON ---


def text(taken: Sequence[Census]) -> str:
    """A summary of each ledger: how many of each kind, the claims at their places; and one line per difference."""
    lines = []
    for result, (name, kinds) in zip(taken, LEDGERS.items(), strict=True):
        rows = [row for row, _ in result.agreed]
        counts = Counter(row.kind for row in rows)
        claims = [(row.place, row.printed, ", ".join(row.claims)) for row in rows if row.claim]
        lines.append(f"{len(result.found)} {name}, {len(rows)} of them accounted for")
        lines += _indented(aligned([(kind, f"{counts[kind]}", meaning) for kind, meaning in kinds.items()], right={1}))
        lines += ["claims, where they are printed", *_indented(aligned(claims))]
    if any(result.differences for result in taken):
        lines += ["unaccounted for", *_indented(one.text() for result in taken for one in result.differences)]
    return "\n".join(lines)


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def as_json(taken: Sequence[Census]) -> dict[str, Any]:
    """Everything: what is accounted for with what it is, counts by kind, and the differences.

    The numerals at the top, as they have always been, the comparatives alike under their name.
    """
    told, compared = (_as_json(result, name) for result, name in zip(taken, LEDGERS, strict=True))
    return {**told, "comparatives": compared}


def _as_json(result: Census, name: str) -> dict[str, Any]:
    rows = [row for row, _ in result.agreed]
    counts = Counter(row.kind for row in rows)
    return {
        "found": len(result.found),
        "accounted_for": len(rows),
        "kinds": {kind: counts[kind] for kind in LEDGERS[name]},
        "claims": [
            {"claim": claim, "place": row.place, "printed": row.printed, "number": row.number}
            for row in rows
            for claim in row.claims
        ],
        name: [asdict(row) for row in rows],
        "differences": [
            {
                "what": one.what,
                "place": one.place,
                "before": [asdict(row) for row in one.before],
                "after": [asdict(found) for found in one.after],
                "text": one.text(),
            }
            for one in result.differences
        ],
    }
