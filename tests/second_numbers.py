"""The ledger and the tidy tables read a second time: what each definition gives under each choice of releases.

Nothing of the audit is used: how a line of the ledger is read, what it adds up and which releases belong together is
written here anew from the design, with csv, YAML and loops. ``test_second_route`` draws the verdicts from it.
"""

import calendar
import csv
import datetime
import itertools
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import yaml

from analysis import paths

AGGREGATES = ("WLD", "MUL")


def records(path: str) -> list[dict[str, str]]:
    with (paths.DATA / path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def last_day(text: str) -> datetime.date:
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    month = month or 12
    return datetime.date(year, month, day or calendar.monthrange(year, month)[1])


STATED = {record["id"]: record for record in records("headlines.csv")}
OUT: dict[tuple[str, str], datetime.date] = {}
GROUP: dict[tuple[str, str], str] = {}
for record in records("sources.csv"):
    OUT[record["source"], record["vintage"]] = last_day(record["published"])
    GROUP[record["source"], record["vintage"]] = record["release_group"]


# The numbers: one a release, series, area, role, actor (or class) and period (2014, or 2014-03).


@dataclass(frozen=True)
class Number:
    """A number, and the most it can be with all that is recorded of several places; its low and high.

    ``rows`` are those of the place alone and all that name it; ``one`` is what one more adds to a share.
    """

    value: float
    most: float
    low: float | None = None
    high: float | None = None
    rows: tuple[int, int] = (1, 1)
    one: float = 0.0


def plus(some: Iterable[Number]) -> Number:
    numbers = list(some)
    lows, highs = [one.low for one in numbers], [one.high for one in numbers]
    return Number(
        sum(one.value for one in numbers),
        sum(one.most for one in numbers),
        None if None in lows else sum(low for low in lows if low is not None),
        None if None in highs else sum(high for high in highs if high is not None),
    )


def times(one: Number, factor: float) -> Number:
    scaled = [None if end is None else end * factor for end in (one.low, one.high)]
    return Number(one.value * factor, one.most * factor, *scaled)


Series = tuple[str, str, str, str, str, str]
"""Source, vintage, series, area, role, actor."""


def number_of(record: dict[str, str]) -> Number | None:
    clauses = json.loads(record["coverage"] or "[]")
    alone = {clause["unit"]: clause for clause in clauses if clause["kind"] == "alone"}
    if not record["best"] and not alone:
        return None
    best = float(record["best"] or 0)
    incomplete = {clause.get("estimate") for clause in clauses}
    low, high = (float(record[end]) if record[end] and end not in incomplete else None for end in ("low", "high"))
    if not alone:
        return Number(best, best, low, high)
    rows = (alone["rows"]["given"], alone["rows"]["all"])
    return Number(best, float(alone["deaths"]["all"]), low if rows[0] else 0, None, rows)


@cache
def tables() -> dict[Series, dict[str, Number]]:
    result: dict[Series, dict[str, Number]] = defaultdict(dict)
    for table in sorted((paths.DATA / "tidy").glob("*.csv")):
        for record in records(f"tidy/{table.name}"):
            found = number_of(record)
            if found is not None:
                period = record["year"] + (f"-{int(record['month']):02}" if record["month"] else "")
                where = (record["series"], record["area"], record["role"], record["actor"] or record["actor_class"])
                result[record["source"], record["vintage"], *where][period] = found
    return dict(result)


@cache
def held() -> set[tuple[str, str]]:
    """Which source has which series."""
    return {(key[0], key[2]) for key in tables()}


@cache
def months_of_events(vintage: str, area: str) -> list[str]:
    """The months in which a list of events has any in an area."""
    events = ("ucdp_events", vintage, area)
    return [month for key, found in tables().items() if (key[0], key[1], key[3]) == events for month in found]


@dataclass(frozen=True)
class Part:
    """One thing to add up."""

    source: str
    series: str
    area: str
    role: str
    actor: str

    def number(self, vintages: dict[str, str], period: str) -> Number | None:
        vintage = vintages[self.source]
        found = tables().get((self.source, vintage, self.series, self.area, self.role, self.actor), {})
        if period in found:
            return found[period]
        if "-" in period:
            months = months_of_events(vintage, self.area) if self.source == "ucdp_events" else []
            return Number(0, 0, 0, 0) if months and min(months) <= period <= max(months) else None
        twelve = [found[month] for month in found if month.startswith(f"{period}-")]
        # A table by month is added up to a year; no source here is by month and by year at once.
        return plus(twelve) if twelve else None


# The ledger, read from its YAML.

Entry = dict[str, Any]


@dataclass(frozen=True)
class Way:
    """A definition: what is added up, divided by what, in which periods, against which."""

    claim: Entry
    own: Entry
    measure: str
    parts: tuple[Part, ...]
    whole: tuple[Part, ...]
    years: tuple[str, ...]
    against: tuple[str, ...]
    stated: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(self.own["id"])

    @property
    def bound(self) -> str:
        return str(self.own.get("bound", "whole"))


def parts_of(text: str, sources: list[str], area: str) -> tuple[Part, ...]:
    result = []
    for term in text.split(" + ") if text else []:
        what, _, source = term.partition(" from ")
        what, _, place = what.partition("@")
        series, _, actor = what.partition(":")
        places, _, role = (place or "WLD").replace("$", area).partition("/")
        [source] = [source] if source else [one for one in sources if (one, series) in held()]
        result += [Part(source, series, one, role or "location", actor) for one in places.split(",")]
    return tuple(result)


def periods(text: str, event: str) -> tuple[str, ...]:
    """The years (2014) or months (2014-03) that a text of the ledger names."""
    result: list[str] = []
    for piece in text.removeprefix("lowest of ").split(","):
        if ".." in piece:
            (year, month), last = map(int, piece[:7].split("-")), piece[9:]
            while not result or result[-1] != last:
                result.append(f"{year}-{month:02}")
                year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        elif piece:
            ends = [int(event[:4]) + int(one[6:]) if one.startswith("event") else int(one) for one in piece.split("-")]
            result += [str(year) for year in range(ends[0], ends[-1] + 1)]
    return tuple(result)


def ways_of(claim: Entry, own: Entry) -> list[Way]:
    """A definition; where what was stated stands for a source, with it in that source's place, and without it."""
    if "stated_for" not in own:
        return [way_of(claim, own)]
    tables = way_of(claim, {key: value for key, value in own.items() if key != "stated"})
    of_the_time = way_of(claim, own)
    parts = tuple(part for part in of_the_time.parts if part.source != own["stated_for"])
    return [replace(of_the_time, parts=parts), tables]


def way_of(claim: Entry, own: Entry) -> Way:
    sources, area = own.get("sources", []), claim.get("area", "")
    years, against = (periods(str(own.get(key, "")), claim.get("event", "")) for key in ("years", "against"))
    terms, whole = (parts_of(own.get(key, ""), sources, area) for key in ("terms", "divided_by"))
    measure = own.get("measure", claim.get("measure", "none"))
    return Way(claim, own, measure, terms, whole, years, against, tuple(own.get("stated", [])))


@cache
def ledger(report: str) -> dict[str, Entry]:
    """The claims of a report, each member of a list for itself."""
    result = {}
    for path in sorted((paths.DATA / "reports" / report).glob("*.yml")):
        for entry in [] if path.name == "report.yml" else yaml.safe_load(path.read_text(encoding="utf-8")):
            for area in entry.get("for", [""]):
                event = str(entry["for"][area]["date"]) if isinstance(entry.get("for"), dict) else ""
                own = {"id": f"{entry['id']}.{area}", "area": area, "event": event} if area else {}
                claim = {**entry, **own}
                claim["ways"] = [way for one in entry.get("definitions", []) for way in ways_of(claim, one)]
                result[claim["id"]] = claim
    return result


@cache
def head(report: str) -> Entry:
    return dict(yaml.safe_load((paths.DATA / "reports" / report / "report.yml").read_text(encoding="utf-8")))


# What a definition says under one choice of releases: a number, and another where it is compared with one.

Vintages = dict[str, str]
Answer = tuple[Number, Number | None]


def total(parts: tuple[Part, ...], vintages: Vintages, years: tuple[str, ...], some: bool = False) -> Number | None:
    """The sum; None if a number is missing, or, where some will do, unless most are there and some of each series."""
    cells = [(part, part.number(vintages, year)) for part in parts for year in years]
    known = [(part, one) for part, one in cells if one is not None]
    if len(known) == len(cells) and cells:
        return plus(one for _, one in known)
    enough = len(known) * 2 > len(cells) and {part.series for part, _ in known} == {part.series for part in parts}
    return replace(plus(one for _, one in known), most=math.inf, high=None) if some and enough else None


def mean(way: Way, vintages: Vintages, years: tuple[str, ...]) -> Number | None:
    found = total(way.parts, vintages, years)
    if found is None or not way.whole:
        return found and times(found, 1 / len(years))
    whole = total(way.whole, vintages, years)
    return exactly(found.value / whole.value) if whole and whole.value else None


def exactly(value: float) -> Number:
    return Number(value, value)


def change(way: Way, vintages: Vintages) -> Answer | None:
    now, before = mean(way, vintages, way.years), mean(way, vintages, way.against)
    return None if now is None or before is None else (now, before)


def stated(way: Way) -> list[Number]:
    return [exactly(float(STATED[identity]["value"])) for identity in way.stated]


def by_year(way: Way, vintages: Vintages, years: tuple[str, ...]) -> list[Number]:
    found = [total(way.parts, vintages, (year,)) for year in years]
    return [one for one in found if one is not None]


def top(some: list[Number]) -> Number:
    """The highest; its high is the highest of those known."""
    best = max(some, key=lambda one: one.value)
    reach = [one.high for one in some if one.high is not None]
    return replace(best, most=max(one.most for one in some), high=max(reach) if reach else None)


def years_with(way: Way, vintages: Vintages) -> Number | None:
    """In how many years an actor is recorded there alone, and in how many there or among other places."""
    [part], least, most, covered = way.parts, 0, 0, 0
    for year in way.years:
        if replace(part, area="WLD").number(vintages, year):
            covered += 1
            found = part.number(vintages, year)
            least, most = least + bool(found and found.rows[0]), most + bool(found)
        else:
            most += 1
    return Number(least, most) if covered * 2 > len(way.years) else None


@cache
def areas_of(source: str, vintage: str, series: str, role: str, year: str) -> dict[str, float]:
    """What each area has, of all actors together."""
    result = {}
    for key, found in tables().items():
        wanted = key[:3] == (source, vintage, series) and key[4:] == (role, "") and key[3] not in AGGREGATES
        if wanted and year in found:
            result[key[3]] = found[year].value
    return result


def place(way: Way, vintages: Vintages) -> Number | None:
    """The place among all areas, unless one that is not kept here could have more."""
    [part], [year] = way.parts, way.years
    sums = areas_of(part.source, vintages[part.source], part.series, part.role, year)
    world = replace(part, area="WLD", role="location").number(vintages, year)
    if part.area not in sums or world is None or world.value - sum(sums.values()) > sums[part.area]:
        return None
    if way.whole:
        heads = {area: replace(way.whole[0], area=area).number(vintages, year) for area in sums}
        sums = {area: sums[area] / one.value for area, one in heads.items() if one and one.value}
    return exactly(1 + sum(one > sums[part.area] for one in sums.values())) if part.area in sums else None


def place_of_actor(way: Way, vintages: Vintages) -> Number | None:
    [part], [year] = way.parts, way.years
    own = part.number(vintages, year)
    ahead = 1
    for key, found in tables().items():
        if key[:5] == (part.source, vintages[part.source], part.series, part.area, part.role) and year in found:
            ahead += (
                key[5] not in ("", "government", "non_government") and own is not None and found[year].value > own.value
            )
    return own and exactly(ahead)


def parted(way: Way, vintages: Vintages) -> Number | None:
    """What is made of a part and a whole."""
    whole = total(way.whole, vintages, way.years)
    part = total(way.parts, vintages, way.years, some=way.measure in ("share", "share_outside", "outside"))
    if part is None or whole is None:
        return None
    few = plus([part, *stated(way)])
    value = {
        "share": few.value / whole.value,
        "one_in": whole.value / few.value if few.value else math.nan,
        "per_thousand": 1000 * few.value / whole.value,
        "outside": whole.value - few.value,
        "share_outside": 1 - few.value / whole.value,
    }[way.measure]
    return Number(value, value if part.most == part.value else math.inf, one=1 / whole.value)


def of_rise(way: Way, vintages: Vintages) -> Number | None:
    """The rise of the part to that of the whole, from the year in which the whole was least."""
    wholes = {year: total(way.whole, vintages, (year,)) for year in way.against}
    if None in wholes.values():
        return None
    start = min(wholes, key=lambda year: wholes[year].value)  # type: ignore[union-attr]
    ends = [total(some, vintages, (year,)) for some in (way.parts, way.whole) for year in (start, *way.years)]
    if None in ends:
        return None
    first, last, whole_first, whole_last = (one.value for one in ends if one is not None)
    return exactly((last - first) / (whole_last - whole_first)) if whole_last > whole_first else None


def answer(way: Way, vintages: Vintages) -> Answer | None:
    """What a definition says by its measure; None if these releases cannot answer."""
    number: Number | None = None
    if way.measure == "change":
        return change(way, vintages)
    if way.measure == "highest":
        others = by_year(way, vintages, way.against)
        number = plus(stated(way)) if way.stated else total(way.parts, vintages, way.years)
        return (number, top(others)) if number and len(others) * 10 >= len(way.against) * 9 else None
    if way.measure in ("rise", "times"):
        both = change(way, vintages)
        if both and both[1]:
            now, before = both[0].value, both[1].value
            number = exactly(now - before if way.measure == "rise" else now / before)
            return number, both[1]
    elif way.measure in ("worst_year", "greatest"):
        some = by_year(way, vintages, way.years)
        whole = len(some) == len(way.years) or way.measure == "worst_year"
        number = top(some) if some and whole else None
        return None if number is None else (number, number if way.measure == "greatest" else None)
    elif way.measure in ("total", "per_minute"):
        number = total(way.parts, vintages, way.years, some=True)
        if number:
            days = sum(366 if calendar.isleap(int(year[:4])) else 365 for year in way.years)
            number = plus([number, *stated(way)])
            number = times(number, 1 / (days * 24 * 60)) if way.measure == "per_minute" else number
    else:
        by_name = {"years_with": years_with, "rank_areas": place, "rank": place_of_actor, "share_of_rise": of_rise}
        number = by_name.get(way.measure, parted)(way, vintages)
    return None if number is None else (number, None)


def releases(way: Way) -> Iterator[tuple[Vintages, Answer]]:
    """Every release that gives an answer; several publishers' each with the nearest in time of the others'."""
    sources = list(dict.fromkeys(part.source for part in (*way.parts, *way.whole)))
    ucdp = [source for source in sources if source.startswith("ucdp")]
    publishers = ([ucdp] if ucdp else []) + [[source] for source in sources if source not in ucdp]
    choices: list[list[Vintages]] = []
    for group in publishers:
        picks = itertools.product(*([v for s, v in OUT if s == source] for source in group))
        some = [dict(zip(group, picked, strict=True)) for picked in picks]
        choices.append([one for one in some if len({GROUP[item] for item in one.items()}) == 1 or len(one) == 1])
    whole = []
    for picked in itertools.product(*choices):
        vintages = {source: vintage for one in picked for source, vintage in one.items()}
        found = answer(way, vintages)
        if found is not None:
            whole.append(([max(OUT[item] for item in one.items()) for one in picked], picked, vintages, found))
    kept: list[Vintages] = []
    for position, some in enumerate(choices):
        for one in some:
            with_it = [entry for entry in whole if entry[1][position] == one]
            if with_it:
                nearest = min(with_it, key=lambda entry: sum(abs((day - entry[0][position]).days) for day in entry[0]))
                if nearest[2] not in kept:
                    kept.append(nearest[2])
                    yield nearest[2], nearest[3]
