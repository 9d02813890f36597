"""The reports that are audited: ``data/reports``, a folder each, typed as YAML.

``report.yml`` says what the report is; every other ``*.yml`` is a list of claims, each with its
definitions. What is wrong is named by file, line, claim and key. Texts are texts: nothing in them
is a place for a value.
"""

import datetime
import difflib
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import msgspec
import yaml

from analysis import paths
from analysis.audit import claims as nouns
from analysis.audit import headlines
from analysis.audit.claims import COMPARISONS, FIGURELESS, NOT_TESTABLE, Claim, Definition, Event, Report
from analysis.audit.terms import Term, parse_terms, years_of
from analysis.audit.ways import AGAINST, DIVIDED, MEASURES, ONE_TERM, WITH_STATED
from analysis.data import areas, registry
from analysis.data.tables import ROLES, SERIES
from analysis.errors import InputError

FOLDER = paths.DATA / "reports"
FIRST = "a-70-999"
"""The report that is audited where none is named."""

HEAD = "report.yml"
UN_FOUNDED = 1945
LOWEST = "lowest of "
"""Before the years compared with: the one of them that is lowest."""

PHRASE = 30
"""The most letters that are quoted of a report."""

LISTS: Mapping[str, Collection[str]] = {
    "relation": nouns.RELATIONS,
    "unit": nouns.UNITS,
    "role": nouns.ROLES,
    "fit": nouns.FITS,
    "bound": nouns.BOUNDS,
    "measure": (*MEASURES, NOT_TESTABLE),
}
TEXTS = ("about", "label", "note", "used_by", "why", "title", "what", "source")
BOUND_TO_SHARES = ("majority", "third")

Noun = TypeVar("Noun")


class Entry(dict[str, Any]):
    """A mapping of the ledger, which knows where each of its keys stands, and what it is about."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__()
        self.path = path
        self.line = line
        self.lines: dict[str, int] = {}
        self.about = ""

    def wrong(self, key: str, what: str = "", expected: str = "", do: str = "") -> InputError:
        """The error to raise for a key: what is wrong with it (its value by default)."""
        what = what or f"{self.get(key)!r}"
        what = f"{self.about}: {what}" if self.about else what
        row = self.lines.get(key, self.line)
        return InputError(what, where=self.path, row=row, column=key, expected=expected, do=do)


def known() -> tuple[str, ...]:
    """The ids of the reports here, the first audited first."""
    found = sorted(path.parent.name for path in FOLDER.glob(f"*/{HEAD}"))
    return tuple(sorted(found, key=lambda name: name != FIRST))


@cache
def committed(report: str = FIRST) -> Report:
    """A report of the ledger, read once."""
    return load(report)


@cache
def _by_id() -> dict[str, Claim]:
    return {claim.id: claim for report in known() for claim in committed(report).claims}


def claim(identity: str) -> Claim:
    """A claim of the ledger, of whichever report.

    Raises:
        InputError: no such claim, with the nearest.
    """
    if identity not in _by_id():
        near = difflib.get_close_matches(identity, _by_id(), n=3, cutoff=0.4) or list(_by_id())[:3]
        raise InputError(f"no claim {identity!r}", expected=f"for instance {', '.join(near)}")
    return _by_id()[identity]


def definition(identity: str, name: str) -> Definition:
    """A definition of a claim.

    Raises:
        InputError: no such claim, or none of its definitions has this name.
    """
    for one in claim(identity).definitions:
        if one.definition == name:
            return one
    names = [one.definition for one in claim(identity).definitions]
    raise InputError(f"no definition {name!r} of {identity}", expected=", ".join(names))


def load(report: str | Path = FIRST) -> Report:
    """A report with its claims, in the order of its files.

    Args:
        report: its id, or a folder that holds ``report.yml`` and claims.

    Raises:
        InputError: no such report, or a ledger that is not sound.
    """
    folder = Path(report) if isinstance(report, Path) or "/" in report else FOLDER / report
    if not (folder / HEAD).is_file():
        near = difflib.get_close_matches(str(report), known(), n=1, cutoff=0.0)
        raise InputError(f"no report {str(report)!r}", expected=f"{', '.join(near)}, or a folder that holds {HEAD}")
    head = _only(_read(folder / HEAD), folder / HEAD, "a mapping that says what the report is")
    _closed(head, {*_names(Report)} - {"claims"})
    return replace(_noun(head, Report), claims=tuple(_claims(folder, head)))


def _claims(folder: Path, head: Entry) -> Iterator[Claim]:
    seen: dict[str, Path] = {}
    for path in sorted(folder.glob("*.yml")):
        if path.name == HEAD:
            continue
        tree = _read(path)
        if not isinstance(tree, list):
            raise InputError("the file is not a list", where=path, row=1, expected="claims, each begun by '- id:'")
        for entry in tree:
            for claim in _members(_only(entry, path, "a claim: keys and values"), str(head["id"])):
                if claim.id in seen:
                    raise entry.wrong("id", f"{claim.id} stands in {seen[claim.id].name} too", "one claim an id")
                seen[claim.id] = path
                yield claim


def _members(entry: Entry, report: str) -> list[Claim]:
    """The claims of an entry: itself, or, of a list, one for each of its areas."""
    entry.about = str(entry.get("id", "a claim without id"))
    _closed(entry, {*_names(Claim), "for"} - {"report", "event", "member_of"})
    members = entry.get("for", {"": None})
    if not isinstance(members, (dict, list)) or not members:
        raise entry.wrong("for", expected="a list of areas")
    result = []
    for area in members:
        own = Entry(entry.path, entry.line)
        own.update({key: value for key, value in entry.items() if key not in ("for", "definitions")})
        own.lines, own.about = entry.lines, entry.about
        if area:
            own.update(id=f"{entry['id']}.{area}", area=area, member_of=entry["id"])
            own.setdefault("group", entry["id"])
        event = _event(members[area], entry) if isinstance(members, dict) and members[area] else None
        claim = replace(_noun(own, Claim, report=report), event=event)
        _check_claim(claim, own)
        definitions = entry.get("definitions", [])
        if not isinstance(definitions, list):
            raise entry.wrong("definitions", expected="a list, each begun by '- id:'")
        result.append(replace(claim, definitions=tuple(_definitions(definitions, claim, entry))))
    return result


def _event(value: Any, entry: Entry) -> Event:
    if not isinstance(value, Entry):
        raise entry.wrong("for", f"{value!r}", "date, what and source of the event that the years are counted from")
    value.about = entry.about
    _closed(value, _names(Event))
    event = _noun(value, Event)
    _date_known(value, "date")
    return event


def _definitions(entries: Sequence[Any], claim: Claim, parent: Entry) -> Iterator[Definition]:
    seen = set()
    for some in entries:
        entry = _only(some, parent.path, "a definition: keys and values")
        entry.about = f"{claim.id}, {entry.get('id', 'a definition without id')}"
        _closed(entry, {*_names(Definition), "id"} - {"claim", "definition"})
        own = Entry(entry.path, entry.line)
        own.update({key: value for key, value in entry.items() if key != "id"})
        own.lines, own.about = entry.lines, entry.about
        own.setdefault("measure", claim.measure)
        own.setdefault("unit", claim.unit)
        against = str(own.get("against", ""))
        definition = _noun(
            own,
            Definition,
            claim=claim.id,
            definition=entry.get("id", ""),
            terms=_terms(own, claim, "terms"),
            divided_by=_terms(own, claim, "divided_by"),
            years=_years(str(own.get("years", "")), claim, own, "years"),
            against=_years(against.removeprefix(LOWEST), claim, own, "against"),
            since_lowest=against.startswith(LOWEST),
        )
        if definition.definition in seen:
            raise entry.wrong("id", f"{definition.definition} stands twice", "one definition an id")
        seen.add(definition.definition)
        _check_definition(definition, claim, own)
        yield definition


def _years(text: str, claim: Claim, entry: Entry, key: str) -> tuple[int, ...]:
    """Years or months; ``event+1`` is the first year after that of the event."""
    if "event" in text and claim.event is None:
        what = f"{text!r} counts from an event, and {claim.id} has none"
        raise entry.wrong(key, what, "for: AREA: date, what, source")
    year = 0 if claim.event is None else claim.event.year
    try:
        periods = years_of(re.sub(r"event\+(\d+)", lambda match: str(year + int(match[1])), text))
    except InputError as error:
        raise entry.wrong(key, str(error)) from error
    for period in periods:
        year = period if period < 10_000 else period // 100
        if not UN_FOUNDED <= year <= registry.newest_year():
            raise entry.wrong(key, f"no year {year} in {text!r}", f"{UN_FOUNDED} to {registry.newest_year()}")
    if len(set(periods)) < len(periods):
        raise entry.wrong(key, f"a year stands twice in {text!r}", "each year once")
    return tuple(periods)


def _terms(entry: Entry, claim: Claim, key: str) -> tuple[Term, ...]:
    """Terms; ``@$`` is the claim's own area."""
    try:
        terms = parse_terms(str(entry.get(key, "")).replace("@$", f"@{claim.area}"))
    except InputError as error:
        raise entry.wrong(key, str(error)) from error
    if len(set(terms)) < len(terms):
        twice = next(term for term in terms if terms.count(term) > 1)
        raise entry.wrong(key, f"{twice.series}@{twice.area} is added twice", "each term once")
    for term in terms:
        if term.series not in SERIES:
            near = difflib.get_close_matches(term.series, SERIES, n=2, cutoff=0.0)
            raise entry.wrong(key, f"no series {term.series!r}", f"for instance {', '.join(near)}")
        _area(term.area, entry, key)
        if term.role not in ("", *ROLES):
            raise entry.wrong(key, f"no role {term.role!r}", ", ".join(ROLES))
    return tuple(terms)


def _check_claim(claim: Claim, entry: Entry) -> None:
    if not re.fullmatch(r"[a-z0-9_]+(\.[A-Z]{3})?", claim.id):
        raise entry.wrong("id", expected="small letters, figures and _")
    if claim.area:
        _area(claim.area, entry, "area")
    if len(claim.words) > PHRASE:
        raise entry.wrong("words", f"{len(claim.words)} letters are quoted", f"at most {PHRASE}")
    if claim.last_digit <= 0:
        raise entry.wrong("last_digit", expected="more than 0")
    if (claim.relation == NOT_TESTABLE) != (claim.measure == NOT_TESTABLE) and claim.relation != NOT_TESTABLE:
        raise entry.wrong("measure", f"a claim of the relation {claim.relation} has no measure", ", ".join(MEASURES))
    if claim.relation in BOUND_TO_SHARES and claim.unit != "share":
        raise entry.wrong("unit", f"a {claim.relation} of {claim.unit or 'nothing'}", "share")
    if claim.relation == NOT_TESTABLE and not claim.note:
        raise entry.wrong("note", "nothing says why it cannot be tested", "why, and what data would test it")
    if claim.headline and claim.headline not in {one.id for one in headlines.load()}:
        raise entry.wrong("headline", expected="an id of headlines.csv")


def _named(definition: Definition) -> set[str]:
    return {term.source for term in definition.terms}


def _check_definition(definition: Definition, claim: Claim, entry: Entry) -> None:
    if claim.value is None and definition.threshold is None and claim.relation not in FIGURELESS:
        raise entry.wrong(
            "threshold", "there is no figure", f"one, or a threshold, since the relation is {claim.relation}"
        )
    if not definition.terms and not definition.headlines:
        raise entry.wrong("terms", "there is nothing to measure", "terms or headlines")
    if definition.stated and definition.measure not in WITH_STATED:
        raise entry.wrong("stated", f"{definition.measure} takes no stated figures", ", ".join(WITH_STATED))
    if definition.stated_for and (not definition.stated or definition.stated_for not in _named(definition)):
        raise entry.wrong("stated_for", expected="with stated figures, a source that a term names: SERIES from SOURCE")
    for key in ("headlines", "stated"):
        for name in " + ".join(getattr(definition, key)).split(" + ") if getattr(definition, key) else ():
            if name not in {one.id for one in headlines.load()}:
                raise entry.wrong(key, f"{name!r}", "ids of headlines.csv")
    if not definition.terms:
        return
    for term in definition.all_terms:
        if term.source and term.source not in definition.sources:
            raise entry.wrong("terms", f"{term.source!r} is not among the sources", ", ".join(definition.sources))
    if not definition.years:
        raise entry.wrong("years", "no year is named", "2014, 2011-2015 or 2012-03..2013-02")
    for source in definition.sources:
        if source not in registry.SOURCES:
            near = difflib.get_close_matches(source, registry.SOURCES, n=2, cutoff=0.0)
            raise entry.wrong("sources", f"{source!r}", f"for instance {', '.join(near)}")
    measure = definition.measure
    if measure in AGAINST and not definition.against:
        raise entry.wrong("against", f"{measure} is compared with no year", "the years compared with")
    if measure in DIVIDED and not definition.divided_by:
        raise entry.wrong("divided_by", f"{measure} of nothing", "the terms of the whole")
    if measure in ONE_TERM and len(definition.terms) != 1:
        raise entry.wrong("terms", f"{measure} of several terms", "one")
    if claim.relation in COMPARISONS and measure not in AGAINST:
        raise entry.wrong("measure", f"{measure} cannot answer {claim.relation}", ", ".join(AGAINST))
    if claim.relation in BOUND_TO_SHARES and measure not in DIVIDED:
        raise entry.wrong("measure", f"{measure} cannot answer {claim.relation}", ", ".join(DIVIDED))


def _area(area: str, entry: Entry, key: str) -> None:
    if area != "WLD" and not areas.is_area(area):
        raise entry.wrong(key, f"no area {area!r}", "a code of areas.csv")


def _date_known(entry: Entry, key: str) -> None:
    try:
        registry.last_day(str(entry[key]))
    except (ValueError, InputError) as error:
        raise entry.wrong(key, expected="a date: 2011, 2011-04 or 2011-04-11") from error


# Reading: YAML as texts, lists and mappings that know their lines; then the nouns, each value by its type.


def _read(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        raise InputError("the file is not UTF-8", where=path, do="save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "the file is not YAML"
        raise InputError(
            str(what), where=path, row=mark.line + 1 if mark else None, expected="YAML", do="look at quotes and indents"
        ) from error
    if node is None:
        raise InputError("the file is empty", where=path, expected="YAML")
    return _plain(node, path)


def _plain(node: yaml.Node, path: Path) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, path) for child in node.value]
    entry = Entry(path, node.start_mark.line + 1)
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or key.value in entry:
            what = f"the key {key.value} stands twice" if isinstance(key, yaml.ScalarNode) else "a key is no text"
            raise InputError(what, where=path, row=line, expected="each key once")
        entry[key.value] = _plain(value, path)
        entry.lines[key.value] = line
    return entry


def _only(value: Any, path: Path, expected: str) -> Entry:
    if not isinstance(value, Entry):
        raise InputError("there is no mapping where one must be", where=path, expected=expected)
    return value


def _closed(entry: Entry, allowed: Collection[str]) -> None:
    for key in entry:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, n=1, cutoff=0.5) or sorted(allowed)
            raise entry.wrong(key, "there is no such key", f"for instance {', '.join(near[:3])}")


_hints = cache(get_type_hints)


def _noun(entry: Entry, kind: type[Noun], **given: Any) -> Noun:
    """An entry as a dataclass, each value by the type of its field."""
    hints = _hints(kind)  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for one in fields(kind):  # type: ignore[arg-type]
        if one.name in given:
            values[one.name] = given[one.name]
        elif one.name in entry:
            values[one.name] = _value(entry, one.name, hints[one.name])
        elif one.default is MISSING and one.default_factory is MISSING:
            raise entry.wrong(one.name, f"{one.name} is missing", "a value")
    return kind(**values)


def _value(entry: Entry, key: str, hint: Any) -> Any:
    value = entry[key]
    try:
        converted = msgspec.convert(value, hint, strict=False)
    except msgspec.ValidationError as error:
        raise entry.wrong(key, expected=_expected(hint)) from error
    if isinstance(converted, float) and (not math.isfinite(converted) or converted < 0):
        raise entry.wrong(key, expected="a number that is not below 0")
    if key in LISTS and converted not in LISTS[key]:
        raise entry.wrong(key, expected=", ".join(filter(None, LISTS[key])))
    if key in TEXTS and ("{" in str(converted) or "}" in str(converted)):
        raise entry.wrong(key, "there is a brace in the text", "a text without places for values")
    return converted


def _expected(hint: Any) -> str:
    if hint in (str,):
        return "a text"
    if hint == tuple[str, ...]:
        return "a list of texts"
    if hint == datetime.date | None or hint is datetime.date:
        return "a date: 2016-07-22"
    return "true or false" if hint is bool else "a number"


def _names(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))
