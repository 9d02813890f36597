"""What a number leaves out, and what it is compared with: the tables' short clauses in any language."""

import re

from analysis.errors import InputError
from analysis.languages import Words
from analysis.sources import areas

COUNTED = re.compile(
    r"(?:(?P<of>low|high|best|events that run into a later month): )?(?P<given>\d+) of (?P<all>\d+)"
    r"(?: (?P<unit>rows|areas|months|days|fields|parts have a figure))?(?:, without (?P<without>.+?))?"
    r"(?: \(best: \d+ of \d+\))?"
)
"""So many of all rows have a figure: the commonest clause of ``coverage`` and of ``Estimate.covers``."""

RUNNING = "events that run into a later month"
"""A clause that tells how events were dated, not that any is left out."""

DAY = r"\d{4}-\d{2}-\d{2}"
AS_OF = re.compile(rf"(?:best: )?as of ({DAY})(?: to ({DAY}))?")
LISTED = re.compile(rf"to ({DAY}), the last veto listed")
ONLY = re.compile(r"best: ([A-Z]{3}(?:, [A-Z]{3})*)")


def left_out(words: Words, covers: str) -> list[str]:
    """What a coverage text says, clause by clause; nothing of clauses by which all is there.

    Raises:
        InputError: a clause of another form.
    """
    said = [_clause(words, clause) for clause in covers.split("; ")] if covers else []
    return [text for text in said if text]


def _clause(words: Words, clause: str) -> str:
    if match := COUNTED.fullmatch(clause):
        return _counted(words, match)
    if match := AS_OF.fullmatch(clause):
        first, last = match[1], match[2]
        if last:
            return words("as of {first} to {last}", first=words.date(first), last=words.date(last))
        return words("as of {date}", date=words.date(first))
    if match := LISTED.fullmatch(clause):
        return words("to {date}, the last veto listed", date=words.date(match[1]))
    if match := ONLY.fullmatch(clause):
        return words("only {areas}", areas=words.enumerated(words.area(code) for code in match[1].split(", ")))
    if clause == "best: a world figure, not a sum of areas":
        return words("a world figure, not a sum of areas")
    if clause == "best: without asylum Various/Unknown":
        return words("without those whose country of asylum is various or unknown")
    if clause == "best only, summed from the events by others":
        return words("best only, summed from the events by others")
    raise InputError(f"coverage {clause!r}", expected="such as 'low: 39 of 40 rows, without Syria'")


def _counted(words: Words, match: re.Match[str]) -> str:
    given, every, of = int(match["given"]), int(match["all"]), match["of"]
    if of == RUNNING or given == every:
        return ""
    if of and given == 0:
        return {"low": words("no low"), "high": words("no high"), "best": words("no best estimate")}[of]
    shown = {"given": words.number(given), "all": words.number(every)}
    text = {
        "rows": words("{given} of {all} rows", **shown),
        "areas": words("{given} of {all} areas", **shown),
        "months": words("{given} of {all} months", **shown),
        "days": words("{given} of {all} days", **shown),
        "fields": words("{given} of {all} fields", **shown),
        "parts have a figure": words("{given} of {all} parts have a figure", **shown),
    }[match["unit"]]
    if match["without"]:
        code = areas.by_name(match["without"]) or areas.by_iso3(match["without"])
        text = words("{part}, without {left_out}", part=text, left_out=words.area(code) if code else match["without"])
    if not of:
        return text
    return {
        "low": words("low: {part}", part=text),
        "high": words("high: {part}", part=text),
        "best": words("best: {part}", part=text),
    }[of]


MONTH = r"\d{4}-\d{2}"
HIGHEST = re.compile(r"(\d{4}), the highest of (\d{4})-(\d{4})")
PART = re.compile(r"([\d,]+) of ([\d,]+)")
PART_OF_RISE = re.compile(r"([\d,]+) of ([\d,]+), (\d{4})-(\d{4})")
RANKED = re.compile(r"([\d,]+) deaths; (\d+) actors")
YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
MONTHS = re.compile(rf"({MONTH})\.\.({MONTH})")


def compared(words: Words, against: str) -> str:
    """What a finding's number is compared with or made from (``Finding.against``), in words.

    Raises:
        InputError: a text of another form.
    """
    if not against:
        return ""
    if match := HIGHEST.fullmatch(against):
        return words("{year}, the highest of {first}–{last}", year=match[1], first=match[2], last=match[3])
    if match := PART_OF_RISE.fullmatch(against):
        shown = {"part": _number(words, match[1]), "whole": _number(words, match[2])}
        return words("{part} of {whole}, {first}–{last}", first=match[3], last=match[4], **shown)
    if match := PART.fullmatch(against):
        return words("{part} of {whole}", part=_number(words, match[1]), whole=_number(words, match[2]))
    if match := RANKED.fullmatch(against):
        return words("deaths: {deaths}; actors: {actors}", deaths=_number(words, match[1]), actors=match[2])
    if match := YEARS.fullmatch(against):
        return f"{match[1]}–{match[2]}" if match[2] else match[1]
    if match := MONTHS.fullmatch(against):
        return words("{first} to {last}", first=words.date(match[1]), last=words.date(match[2]))
    raise InputError(f"compared with {against!r}", expected="a year, years, months, or one number of another")


def _number(words: Words, digits: str) -> str:
    return words.number(int(digits.replace(",", "")))
