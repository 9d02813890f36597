"""What a number leaves out, and what it is compared with, in words."""

from collections.abc import Iterable

from analysis.audit.measures import HIGHEST, MEAN, RANK, RANK_AREAS, RISE, SHARE, WORST, Reference
from analysis.data import areas
from analysis.data.coverage import (
    ALONE,
    AS_OF,
    AT_SEA,
    BETWEEN,
    BY_OTHERS,
    NOT_A_SUM,
    PART,
    RUNNING,
    SPREAD_OUT,
    UNTIL,
    WITHOUT,
    Coverage,
)
from analysis.errors import InputError
from analysis.tell.languages import Words


def left_out(words: Words, coverage: Iterable[Coverage]) -> list[str]:
    """What is not covered, clause by clause; nothing of clauses by which all is there.

    Raises:
        InputError: a clause of a kind that has no words.
    """
    said = [text for clause in coverage for text in _said(words, clause)]
    return [text for text in said if text]


def _said(words: Words, clause: Coverage) -> list[str]:
    if clause.kind == PART:
        return [_part(words, clause)]
    if clause.kind == ALONE:
        if clause.unit == "rows":  # that of the deaths says it
            return []
        shown = {"given": words.number(clause.given or 0), "all": words.number(clause.all or 0)}
        if clause.unit == "years":
            text = words.plural(
                "{count} year in records of the place alone, {all} in all that name it",
                "{count} years in records of the place alone, {all} in all that name it",
                clause.given or 0,
                all=shown["all"],
            )
            return [text]
        return [words("{given} of {all} deaths in records that name the place; the rest name others as well", **shown)]
    if clause.kind == AS_OF:
        first, last = words.date(clause.first), words.date(clause.last)
        only = [words("only {areas}", areas=words.enumerated(map(words.area, clause.areas)))] if clause.areas else []
        if first == last:
            return [*only, words("as of {date}", date=first)]
        return [*only, words("as of {first} to {last}", first=first, last=last)]
    if clause.kind == UNTIL:
        return [words("to {date}, the last veto listed", date=words.date(clause.last))]
    if clause.kind == RUNNING:  # tells how events were dated, not that any is left out
        return []
    if clause.kind == NOT_A_SUM:
        return [words("a world figure, not a sum of areas")]
    if clause.kind == BY_OTHERS:
        return [words("best only, summed from the events by others")]
    if clause.kind == BETWEEN:
        return [words("only {first} to {last}", first=words.date(clause.first), last=words.date(clause.last))]
    if clause.kind == SPREAD_OUT:
        shown = {"given": words.number(clause.given or 0), "all": words.number(clause.all or 0)}
        return [words("{given} of {all} events ran on and count with the share of their days", **shown)]
    if (clause.kind, clause.unit, clause.without) == (WITHOUT, "asylum", ("Various/Unknown",)):
        return [words("without those whose country of asylum is various or unknown")]
    if (clause.kind, clause.unit, clause.without) == (WITHOUT, "place", (AT_SEA,)):
        return [words("without events in international waters or airspace")]
    raise InputError(f"there are no words for {clause}", do="add them to analysis/tell/coverage.py")


def _part(words: Words, clause: Coverage) -> str:
    if clause.given == clause.all:
        return ""
    if clause.estimate and not clause.given:
        return {"low": words("no low"), "high": words("no high"), "best": words("no best estimate")}[clause.estimate]
    shown = {"given": words.number(clause.given or 0), "all": words.number(clause.all or 0)}
    text = {
        "rows": words("{given} of {all} rows", **shown),
        "areas": words("{given} of {all} areas", **shown),
        "months": words("{given} of {all} months", **shown),
        "years": words("{given} of {all} years", **shown),
        "days": words("{given} of {all} days", **shown),
        "fields": words("{given} of {all} fields", **shown),
        "parts": words("{given} of {all} parts have a figure", **shown),
        "types": words("{given} of {all} types of violence", **shown),
        "persons": words("of {all} people, the {given} whose age is known", **shown),
    }[clause.unit]
    if clause.without:
        names = words.enumerated(_named(words, name) for name in clause.without)
        text = words("{part}, without {left_out}", part=text, left_out=names)
    if not clause.estimate:
        return text
    return {
        "low": words("low: {part}", part=text),
        "high": words("high: {part}", part=text),
        "best": words("best: {part}", part=text),
    }[clause.estimate]


def _named(words: Words, name: str) -> str:
    """What is left out by its name: types of violence in words, places as the UN names them; names of actors stay."""
    types = {
        "state_based": words("wars in which a state fights"),
        "non_state": words("fighting between groups"),
        "one_sided": words("deliberate killing of civilians"),
    }
    code = areas.by_name(name) or areas.by_iso3(name)
    return types.get(name) or (words.area(code) if code else name)


def compared(words: Words, reference: Reference | None) -> str:
    """What a finding's number is compared with or made from, in words."""
    if reference is None:
        return ""
    if reference.kind == HIGHEST:
        years = {"year": reference.year, "first": reference.first, "last": reference.last}
        return words("{year}, the highest of {first}–{last}", **years)
    if reference.kind == WORST:
        years = {"year": reference.year, "first": reference.first, "last": reference.last}
        return words("{year}, the worst of {first}–{last}", **years)
    if reference.kind == RANK:
        return words("deaths: {deaths}; actors: {actors}", deaths=_count(words, reference.part), actors=reference.of)
    if reference.kind == RANK_AREAS:
        return words("number: {number}; areas: {areas}", number=_count(words, reference.part), areas=reference.of)
    if reference.kind == MEAN:
        return _periods(words, reference.first, reference.last)
    shown = {"part": _count(words, reference.part), "whole": _count(words, reference.whole)}
    if reference.kind == RISE:
        return words("{part} of {whole}, {first}–{last}", first=reference.first, last=reference.last, **shown)
    assert reference.kind == SHARE
    return words("{part} of {whole}", **shown)


def _periods(words: Words, first: int | None, last: int | None) -> str:
    """Years, or months (YYYYMM), from the first to the last."""
    assert first is not None and last is not None
    if first > 9999:
        ends = (words.date(f"{month // 100}-{month % 100:02d}") for month in (first, last))
        return words("{first} to {last}", **dict(zip(("first", "last"), ends, strict=True)))
    return f"{first}" if first == last else words("{least}–{most}", least=first, most=last)


def _count(words: Words, number: float | None) -> str:
    return words.number(round(number or 0.0))
