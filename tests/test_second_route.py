"""Every verdict worked out a second time by another route: csv and loops over the tidy tables.

Nothing of the audit is used to work it out, only to compare with: what each definition adds up, which releases
belong together, what is of the time and what follows from it is written here anew.
"""

import calendar
import csv
import datetime
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from analysis import paths
from analysis.audit.verdicts import Verdict

REPORT = datetime.date(2016, 7, 22)


def records(path: str) -> list[dict[str, str]]:
    with (paths.DATA / path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def last_day(text: str) -> datetime.date:
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    month = month or 12
    return datetime.date(year, month, day or calendar.monthrange(year, month)[1])


# The numbers: one a release, series, area, role, actor and period (2014, or 2014-03).

Key = tuple[str, str, str, str, str, str, str]


@cache
def numbers() -> dict[Key, float]:
    result: dict[Key, float] = {}
    for table in ("ucdp", "unhcr", "unrwa", "idmc", "worldbank", "un_population", "vdc", "security_council"):
        for record in records(f"tidy/{table}.csv"):
            if record["best"]:
                period = record["year"] + (f"-{int(record['month']):02}" if record["month"] else "")
                where = (record["series"], record["area"], record["role"], record["actor"] or record["actor_class"])
                result[record["source"], record["vintage"], *where, period] = float(record["best"])
    return result


@cache
def months_of_events(source: str, vintage: str, area: str) -> list[str]:
    """The months in which a list of events has any in an area."""
    if source != "ucdp_events":
        return []
    return [key[6] for key in numbers() if (*key[:2], key[3]) == (source, vintage, area) and "-" in key[6]]


STATED = {record["id"]: record for record in records("headlines.csv")}
OUT: dict[tuple[str, str], datetime.date] = {}
GROUP: dict[tuple[str, str], str] = {}
for record in records("sources.csv"):
    OUT[record["source"], record["vintage"]] = last_day(record["published"])
    GROUP[record["source"], record["vintage"]] = record["release_group"]


@dataclass(frozen=True)
class Part:
    """One thing to add up."""

    source: str
    series: str
    area: str = "WLD"
    role: str = "location"
    actor: str = ""


def number(part: Part, vintage: str, period: str) -> float | None:
    key = (part.source, vintage, part.series, part.area, part.role, part.actor, period)
    if key in numbers():
        return numbers()[key]
    if "-" in period:
        held = months_of_events(part.source, vintage, part.area)
        return 0.0 if held and min(held) <= period <= max(held) else None
    twelve = [numbers().get((*key[:6], f"{period}-{month:02}")) for month in range(1, 13)]
    known = [one for one in twelve if one is not None]
    # A table by month is added up to a year; no source here is by month and by year at once.
    return sum(known) if known else None


def add(parts: list[Part], vintages: dict[str, str], periods: list[str], some: bool = False) -> float | None:
    """The sum; None where a number is missing, unless some will do."""
    result, missing = 0.0, 0
    for part in parts:
        for one in periods:
            found = number(part, vintages[part.source], one)
            if found is None:
                missing += 1
            else:
                result += found
    if missing and (not some or missing == len(parts) * len(periods)):
        return None
    return result


Answer = tuple[float | None, float | None]
"""A value, and what it is compared with."""


def releases(parts: list[Part], answer: Callable[[dict[str, str]], Answer]) -> Iterator[tuple[dict[str, str], Answer]]:
    """Every release that gives an answer; several publishers' each with the nearest in time of the others'."""
    sources = list(dict.fromkeys(part.source for part in parts))
    publishers: list[list[str]] = []
    ucdp = [source for source in sources if source.startswith("ucdp")]
    publishers += ([ucdp] if ucdp else []) + [[source] for source in sources if source not in ucdp]
    choices = []
    for group in publishers:
        some = []
        for picked in itertools.product(*([v for s, v in OUT if s == source] for source in group)):
            vintages = dict(zip(group, picked, strict=True))
            if len(group) == 1 or len({GROUP[item] for item in vintages.items()}) == 1:
                some.append(vintages)
        choices.append(some)
    whole = []
    for picked in itertools.product(*choices):
        vintages = {source: vintage for one in picked for source, vintage in one.items()}
        found = answer(vintages)
        if found[0] is not None:
            whole.append((picked, vintages, found))
    kept: list[dict[str, str]] = []
    for place, some in enumerate(choices):
        for one in some:
            own = max(OUT[item] for item in one.items())
            with_it = [entry for entry in whole if entry[0][place] == one]
            if with_it:
                days = [
                    sum(abs((max(OUT[i] for i in other.items()) - own).days) for other in entry[0]) for entry in with_it
                ]
                nearest = with_it[days.index(min(days))]
                if nearest[1] not in kept:
                    kept.append(nearest[1])
                    yield nearest[1], nearest[2]


@dataclass(frozen=True)
class Found:
    """One finding."""

    definition: str
    role: str
    fit: str
    vintages: frozenset[tuple[str, str]]
    value: float
    reference: float | None
    out: datetime.date
    before: tuple[datetime.date, ...]


Way = Callable[[str, str, str], list[Found]]


def way(parts: list[Part], answer: Callable[[dict[str, str]], Answer]) -> Way:
    def work(definition: str, role: str, fit: str) -> list[Found]:
        result = []
        for vintages, (value, reference) in releases(parts, answer):
            days = sorted((OUT[item] for item in vintages.items()), reverse=True)
            assert value is not None
            key = frozenset(vintages.items())
            result.append(Found(definition, role, fit, key, value, reference, days[0], tuple(days)))
        return result

    return work


def years(first: int, last: int | None = None) -> list[str]:
    return [str(year) for year in range(first, (last or first) + 1)]


def total(*parts: Part, over: list[str], some: bool = False) -> Way:
    return way(list(parts), lambda v: (add(list(parts), v, over, some), None))


def highest(*parts: Part, year: int, among: list[str]) -> Way:
    def answer(vintages: dict[str, str]) -> Answer:
        others = [add(list(parts), vintages, [one]) for one in among]
        held = [one for one in others if one is not None]
        if len(held) * 10 < len(others) * 9:
            return None, None
        return add(list(parts), vintages, [str(year)]), max(held)

    return way(list(parts), answer)


def mean(*parts: Part, over: list[str], against: list[str]) -> Way:
    def answer(vintages: dict[str, str]) -> Answer:
        now, then = add(list(parts), vintages, over), add(list(parts), vintages, against)
        return (None if now is None else now / len(over)), (None if then is None else then / len(against))

    return way(list(parts), answer)


def share(
    part: list[Part], whole: list[Part], over: list[str], against: list[str] | None = None, some: bool = False
) -> Way:
    def of(vintages: dict[str, str], when: list[str]) -> float | None:
        top, bottom = add(part, vintages, when, some), add(whole, vintages, when)
        return None if top is None or not bottom else top / bottom

    order = sorted([*part, *whole], key=lambda one: one.source not in {p.source for p in part})
    return way(order, lambda v: (of(v, over), of(v, against) if against else None))


def rise(part: list[Part], whole: list[Part], start: str | None) -> Way:
    """Of the rise from a year (by default the lowest of 1995-2013) to 2014."""

    def answer(vintages: dict[str, str]) -> Answer:
        wholes = {year: add(whole, vintages, [year]) for year in years(1995, 2014)}
        if start is None and None in wholes.values():
            return None, None
        low = start or min(years(1995, 2013), key=lambda year: wholes[year] or 0)
        a, b = add(part, vintages, ["2014"]), add(part, vintages, [low])
        c, d = wholes["2014"], wholes[low]
        if a is None or b is None or c is None or d is None or c <= d:
            return None, None
        return (a - b) / (c - d), None

    return way(whole, answer)


def place(actor: str, year: str) -> Way:
    own = Part("ucdp_one_sided", "deaths.one_sided", actor=actor)

    def answer(vintages: dict[str, str]) -> Answer:
        vintage = vintages["ucdp_one_sided"]
        best = number(own, vintage, year)
        if best is None:
            return None, None
        ahead = 0
        for (source, v, series, area, _, who, period), deaths in numbers().items():
            same = (source, v, series, area, period) == ("ucdp_one_sided", vintage, "deaths.one_sided", "WLD", year)
            if same and who not in ("", "government", "non_government") and deaths > best:
                ahead += 1
        return ahead + 1.0, None

    return way([own], answer)


def stated(*identities: str) -> Way:
    def work(definition: str, role: str, fit: str) -> list[Found]:
        result = []
        for identity in identities:
            day = last_day(STATED[identity]["published"])
            key = frozenset({("headline", identity)})
            result.append(Found(definition, role, fit, key, float(STATED[identity]["value"]), None, day, (day,)))
        return result

    return work


# What can be added up.

BATTLES = Part("ucdp_battle_related_deaths", "deaths.state_based")
FIGHTS = Part("ucdp_non_state", "deaths.non_state")
ONE_SIDED = Part("ucdp_one_sided", "deaths.one_sided")
ACTORS = Part("ucdp_one_sided", "actors.one_sided")
ALL = [BATTLES, FIGHTS, ONE_SIDED]
CIVILIANS = Part("ucdp_country_year", "deaths_all_dyads.civilians")
IDMC = Part("idmc_displacement", "idps")
UNHCR_IDPS = Part("unhcr_population", "idps")
REFUGEES = Part("unhcr_population", "refugees")
ASYLUM = Part("unhcr_population", "asylum_seekers")
PALESTINE = Part("unrwa_registered", "palestine_refugees")
VDC = Part("vdc_syria", "deaths.documented", "SYR")
DRAFTS = Part("security_council", "vetoed_drafts")
TEN = ("CAF", "COD", "ERI", "IRQ", "NGA", "SOM", "SSD", "SDN", "SYR", "YEM")


def at(part: Part, *areas: str, role: str = "") -> list[Part]:
    return [Part(part.source, part.series, area, role or part.role, part.actor) for area in areas]


def every(area: str = "WLD", source: str = "ucdp_country_year") -> list[Part]:
    """All three types of violence, small dyads included."""
    return [Part(source, f"deaths_all_dyads.{kind}", area) for kind in ("state_based", "non_state", "one_sided")]


def small(area: str = "WLD", source: str = "ucdp_country_year", actor: str = "") -> Part:
    """One-sided violence, small actors included."""
    return Part(source, "deaths_all_dyads.one_sided", area, actor=actor)


def conflicts(kind: str, what: str = "conflicts", source: str = "ucdp_armed_conflict") -> Part:
    return Part(source, f"{what}.{kind}")


def months(first: str, count: int) -> list[str]:
    year, month = int(first[:4]), int(first[5:])
    result = []
    for _ in range(count):
        result.append(f"{year}-{month:02}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return result


Work = list[tuple[str, str, str, Way, Callable[[float, float], bool]]]


def above(value: float, reference: float) -> bool:
    return value > reference


def least(figure: float) -> Callable[[float, float], bool]:
    return lambda value, _: value >= figure


def below(figure: float) -> Callable[[float, float], bool]:
    return lambda value, _: value < figure


def about(figure: float, unit: float) -> Callable[[float, float], bool]:
    return lambda value, _: abs(value - figure) <= unit


def third(value: float, _: float) -> bool:
    return abs(value - 1 / 3) < abs(value - 1 / 4) and abs(value - 1 / 3) < abs(value - 2 / 5)


A, R = "alternative", "report"
D14, THIRTEEN, COMPARED = years(2014), years(2013), years(1995, 2013)

WORK: dict[str, Work] = {
    "deaths_2014_over_100000": [
        ("all", R, "direct", total(*ALL, over=D14), least(100_000)),
        ("all", R, "direct", stated("ucdp_deaths_2014_paper_2015", "ucdp_deaths_2014_told_2016"), least(100_000)),
        ("state_based", A, "direct", total(BATTLES, over=D14), least(100_000)),
        ("state_and_one_sided", A, "direct", total(BATTLES, ONE_SIDED, over=D14), least(100_000)),
        ("all_dyads", A, "direct", total(*every(), over=D14), least(100_000)),
    ],
    "deaths_2014_highest_since_1994": [
        ("all", R, "direct", highest(*ALL, year=2014, among=COMPARED), above),
        ("state_based", A, "direct", highest(BATTLES, year=2014, among=COMPARED), above),
        ("state_and_one_sided", A, "direct", highest(BATTLES, ONE_SIDED, year=2014, among=COMPARED), above),
        ("all_dyads", A, "direct", highest(*every(), year=2014, among=COMPARED), above),
    ],
    "deaths_1994_above_2014": [
        ("all", R, "direct", mean(*ALL, over=years(1994), against=D14), above),
        ("state_based", A, "direct", mean(BATTLES, over=years(1994), against=D14), above),
        ("state_and_one_sided", A, "direct", mean(BATTLES, ONE_SIDED, over=years(1994), against=D14), above),
        ("all_dyads", A, "direct", mean(*every(), over=years(1994), against=D14), above),
    ],
    "civilians_targeted_more": [
        ("one_sided", A, "proxy", mean(ONE_SIDED, over=D14, against=THIRTEEN), above),
        ("civilians", A, "proxy", mean(CIVILIANS, over=D14, against=THIRTEEN), above),
    ],
    "civilians_share_rose": [
        ("one_sided", A, "proxy", share([ONE_SIDED], ALL, D14, THIRTEEN), above),
        ("civilians", A, "proxy", share([CIVILIANS], every(), D14, THIRTEEN), above),
    ],
    "civilians_large_part": [
        (f"{name}_{since}", A, "proxy", rise(part, whole, start), least(figure))
        for name, figure in (("half", 0.5), ("quarter", 0.25))
        for since, part, whole, start in (
            ("since_2013", [ONE_SIDED], ALL, "2013"),
            ("since_low", [ONE_SIDED], ALL, None),
            ("civilians_since_2013", [CIVILIANS], every(), "2013"),
        )
    ],
    "civilians_cause": [],
    "syria_killed": [
        (
            "un_statement",
            A,
            "direct",
            stated("un_sg_syria_2015_07", "un_prst_syria_2015_08", "ocha_syria_2015_08", "un_sg_syria_2016_03"),
            least(250_000),
        ),
        ("un_envoy", A, "direct", stated("un_envoy_syria_2016_04"), least(250_000)),
        ("sohr", A, "floor", stated("sohr_syria_2015_02", "sohr_syria_2015_08", "sohr_syria_2015_12"), least(250_000)),
        (
            "ohchr",
            A,
            "floor",
            stated("ohchr_syria_2012_11", "ohchr_syria_2013_04", "ohchr_syria_2014_04"),
            least(250_000),
        ),
        ("vdc", A, "floor", total(VDC, over=years(2011, 2015), some=True), least(250_000)),
        (
            "ucdp_yearly",
            A,
            "floor",
            total(*(one for part in ALL for one in at(part, "SYR")), over=years(2011, 2015), some=True),
            least(250_000),
        ),
        ("ucdp_all_dyads", A, "direct", total(*every("SYR"), over=years(2011, 2015)), least(250_000)),
    ],
    "syria_displaced": [
        (name, A, "direct", total(*at(REFUGEES, "SYR", role="origin"), *more, over=years(2015)), least(11_000_000))
        for name, more in (
            ("refugees_idps", at(IDMC, "SYR")),
            ("refugees_idps_unhcr", at(UNHCR_IDPS, "SYR")),
            ("with_asylum_seekers", [*at(ASYLUM, "SYR", role="origin"), *at(IDMC, "SYR")]),
        )
    ]
    + [("un_statement", A, "direct", stated("un_prst_syria_displaced_2015_08"), least(11_000_000))],
    "refugees_21_3_million": [
        ("unhcr_unrwa", R, "direct", total(REFUGEES, PALESTINE, over=years(2015)), about(21_300_000, 100_000)),
        ("unhcr_unrwa", R, "direct", stated("unhcr_refugees_with_unrwa_2015"), about(21_300_000, 100_000)),
        ("unhcr", A, "direct", total(REFUGEES, over=years(2015)), about(21_300_000, 100_000)),
        (
            "world_bank",
            A,
            "direct",
            total(Part("worldbank_indicators", "refugees_including_palestine"), over=years(2015)),
            about(21_300_000, 100_000),
        ),
    ],
    "idps_40_8_million": [
        ("idmc", R, "direct", total(IDMC, over=years(2015)), least(40_800_000)),
        ("idmc", R, "direct", stated("idmc_idps_2015"), least(40_800_000)),
        ("unhcr", A, "floor", total(UNHCR_IDPS, over=years(2015), some=True), least(40_800_000)),
        ("world_bank", A, "direct", total(Part("worldbank_indicators", "idps"), over=years(2015)), least(40_800_000)),
    ],
    "highest_in_un_history": [
        ("together", R, "direct", highest(REFUGEES, PALESTINE, IDMC, year=2015, among=years(1990, 2014)), above),
        ("refugees_both", A, "direct", highest(REFUGEES, PALESTINE, year=2015, among=years(1952, 2014)), above),
        ("refugees_unhcr", A, "direct", highest(REFUGEES, year=2015, among=years(1951, 2014)), above),
        ("idps", A, "direct", highest(IDMC, year=2015, among=years(1990, 2014)), above),
    ],
    "sc_resolutions_over_40": [("count_2015", A, "floor", stated("r2p_sc_2015_bellamy_other"), least(40))],
    "hrc_resolutions_10": [],
    "atrocity_scale_rose": [
        ("three_years", A, "proxy", mean(ONE_SIDED, over=years(2013, 2015), against=years(2010, 2012)), above),
        ("five_years", A, "proxy", mean(ONE_SIDED, over=years(2011, 2015), against=years(2006, 2010)), above),
        ("since_summit", A, "proxy", mean(ONE_SIDED, over=years(2011, 2015), against=years(1996, 2005)), above),
        ("all_dyads", A, "proxy", mean(small(), over=years(2013, 2015), against=years(2010, 2012)), above),
    ],
    "atrocity_frequency_rose": [
        ("three_years", A, "proxy", mean(ACTORS, over=years(2013, 2015), against=years(2010, 2012)), above),
        ("five_years", A, "proxy", mean(ACTORS, over=years(2011, 2015), against=years(2006, 2010)), above),
        ("since_summit", A, "proxy", mean(ACTORS, over=years(2011, 2015), against=years(1996, 2005)), above),
    ],
    **{
        f"civilians_attacked_{area.lower()}": [
            ("threshold", A, "proxy", total(small(area), over=years(2014, 2015)), least(25)),
            ("at_all", A, "proxy", total(small(area), over=years(2014, 2015)), least(1)),
            ("one_place", A, "floor", total(*at(ONE_SIDED, area), over=years(2014, 2015), some=True), least(25)),
        ]
        for area in ("CAF", "IRQ", "SSD", "SDN", "SYR", "YEM")
    },
    **{
        claim: [(f"rank_{year}", A, "proxy", place(actor, year), least(0)) for year in ("2014", "2015")]
        for claim, actor in (
            ("threat_isil", "IS"),
            ("threat_boko_haram", "Jama'atu Ahlis Sunna Lidda'awati wal-Jihad"),
            ("threat_al_shabaab", "Al-Shabaab"),
        )
    },
    "ten_countries_majority": [
        (name, A, "floor", share(part, whole, years(2015), some=True), lambda value, _: value > 0.5)
        for name, part, whole in (
            (
                "refugees_idps",
                [*at(REFUGEES, *TEN, role="origin"), *at(IDMC, *TEN)],
                [REFUGEES, IDMC],
            ),
            (
                "with_asylum_seekers",
                [*at(REFUGEES, *TEN, role="origin"), *at(ASYLUM, *TEN, role="origin"), *at(IDMC, *TEN)],
                [REFUGEES, IDMC, ASYLUM],
            ),
            (
                "with_palestine_refugees",
                [*at(REFUGEES, *TEN, role="origin"), *at(IDMC, *TEN)],
                [REFUGEES, IDMC, PALESTINE],
            ),
            (
                "unhcr_idps",
                [*at(REFUGEES, *TEN, role="origin"), *at(UNHCR_IDPS, *TEN)],
                [REFUGEES, UNHCR_IDPS],
            ),
            ("refugees_only", at(REFUGEES, *TEN, role="origin"), [REFUGEES]),
        )
    ],
    "conflicts_protracted": [
        (f"{name}_{first}", A, "direct", mean(age, over=D14, against=years(first, first + 9)), above)
        for name, age in (
            ("start", conflicts("since_start", "conflict_age")),
            ("episode", conflicts("since_episode", "conflict_age")),
        )
        for first in (1985, 1995)
    ],
    "council_more_vetoes": [
        ("five_years", A, "proxy", mean(DRAFTS, over=years(2011, 2015), against=years(2006, 2010)), above),
        ("since_cold_war", A, "proxy", mean(DRAFTS, over=years(2011, 2015), against=years(1991, 2010)), above),
        ("since_founding", A, "proxy", mean(DRAFTS, over=years(2011, 2015), against=years(1946, 2010)), above),
    ],
    "syria_deaths_rose_after_february_2012": [
        ("vdc_year", A, "direct", mean(VDC, over=months("2012-03", 12), against=months("2011-03", 12)), above),
        ("vdc_half_year", A, "direct", mean(VDC, over=months("2012-03", 6), against=months("2011-08", 6)), above),
        ("ucdp", A, "direct", mean(*every("SYR"), over=years(2012), against=years(2011)), above),
    ],
    "violations_by_states_majority": [
        (name, A, "proxy", share([part], [whole], over), lambda value, _: value > 0.5)
        for name, part, whole, over in (
            ("deaths_2014", Part("ucdp_one_sided", "deaths.one_sided", actor="government"), ONE_SIDED, D14),
            ("deaths_2015", Part("ucdp_one_sided", "deaths.one_sided", actor="government"), ONE_SIDED, years(2015)),
            (
                "deaths_since_2012",
                Part("ucdp_one_sided", "deaths.one_sided", actor="government"),
                ONE_SIDED,
                years(2012, 2015),
            ),
            ("actors_2014", Part("ucdp_one_sided", "actors.one_sided", actor="government"), ACTORS, D14),
            ("all_dyads_2014", small(actor="government"), small(), D14),
        )
    ],
    "car_violence_before_mandate": [
        ("one_sided", A, "proxy", total(small("CAF", "ucdp_events"), over=months("2013-04", 12)), least(25)),
        ("all_types", A, "proxy", total(*every("CAF", "ucdp_events"), over=months("2013-04", 12)), least(25)),
    ],
    "car_deaths_rose_after_coup": [
        (
            "one_sided",
            A,
            "proxy",
            mean(small("CAF", "ucdp_events"), over=months("2013-04", 13), against=months("2012-03", 12)),
            above,
        ),
        ("one_sided_years", A, "proxy", mean(small("CAF"), over=years(2013, 2014), against=years(2011, 2012)), above),
    ],
    "civil_wars_third_party": [
        (f"{name}_{year}", A, "direct", share([part], whole, [year]), third)
        for year in ("2014", "2015")
        for name, part, whole in (
            ("troops", conflicts("internationalized"), [conflicts("intrastate"), conflicts("internationalized")]),
            (
                "wars",
                conflicts("internationalized", "wars"),
                [conflicts("intrastate", "wars"), conflicts("internationalized", "wars")],
            ),
            *(
                (
                    kind,
                    conflicts(kind, "civil_conflicts", "ucdp_external_support"),
                    [conflicts("all", "civil_conflicts", "ucdp_external_support")],
                )
                for kind in ("any_support", "troop_support")
            ),
        )
    ],
    **{
        claim: [("one_sided", A, "proxy", total(small(area), over=years(*span)), below(25))]
        for claim, area, span in (
            ("averted_guinea", "GIN", (2010, 2013)),
            ("averted_kenya", "KEN", (2013, 2013)),
            ("no_recurrence_civ", "CIV", (2012, 2015)),
            ("no_recurrence_tls", "TLS", (2006, 2015)),
            ("no_recurrence_gin", "GIN", (2010, 2015)),
            ("no_recurrence_ken", "KEN", (2009, 2015)),
        )
    },
    **{
        f"earlier_violence_{area.lower()}": [
            ("early", A, "proxy", total(small(area), over=years(first, last)), least(25)),
            ("before_2014", A, "proxy", total(small(area), over=years(first, 2013)), least(25)),
        ]
        for area, first, last in (
            ("AFG", 1989, 2010),
            ("BDI", 1989, 2010),
            ("IRQ", 1989, 2010),
            ("LBY", 1989, 2010),
            ("SSD", 2011, 2012),
            ("SDN", 1989, 2010),
        )
    },
    "code_of_conduct_majority": [
        (
            "launch",
            A,
            "direct",
            stated("act_code_2015_10", "act_code_2015_10_press", "act_code_2015_12"),
            least(97),
        )
    ],
}

UNDECIDABLE = {"threat_isil", "threat_boko_haram", "threat_al_shabaab"}
"""Judgements, for which the numbers are context only."""


@dataclass(frozen=True)
class Said:
    """A finding, when it was out, and what it says."""

    found: Found
    when: str
    says: str


def answers(claim: str) -> list[Said]:
    """Every finding of a claim, worked out by loops."""
    result = []
    named = list(dict.fromkeys(definition for definition, *_ in WORK[claim]))
    for name in named:
        some = []
        for definition, role, fit, work, test in WORK[claim]:
            if definition == name:
                some += [(one, test) for one in work(definition, role, fit)]
        some.sort(key=lambda pair: (pair[0].before, sorted(pair[0].vintages)))
        timely = any(one.out <= REPORT for one, _ in some)
        for place, (one, test) in enumerate(some):
            when = "then" if one.out <= REPORT else "later" if timely or place else "stand_in"
            if claim in UNDECIDABLE or (test is above and one.reference is None):
                says = "unknown"
            else:
                says = "yes" if test(one.value, one.reference or 0) else "no"
            if one.fit == "floor" and says == "no":
                says = "unknown"
            result.append(Said(one, when, says))
    return result


def outcome(said: list[Said]) -> tuple[str, str, set[str]]:
    """The verdict, what came later, and the alternatives that answer otherwise."""
    own = [one for one in said if one.found.role == R and one.when != "later" and one.says != "unknown"]
    others = [one for one in said if one.found.role == A and one.when != "later" and one.says != "unknown"]
    base = own or others
    newest = [one for one in said if one.found.role == R and one.when == "later"]
    newest.sort(key=lambda one: one.found.before)
    later = {"yes": "holds", "no": "fails"}.get(newest[-1].says if newest else "", "none")
    yes, no = [one for one in base if one.says == "yes"], [one for one in base if one.says == "no"]
    if not base:
        return "not testable", later, set()
    if yes and no:
        return "contested", later, set()
    flips = {one.found.definition for one in others if one.says != base[0].says}
    if no:
        only_proxies = all(one.found.fit == "proxy" for one in no)
        return "contested" if only_proxies else "not supported", later, flips
    if later == "fails":
        return "revised", later, flips
    data = [one for one in yes if not any(source == "headline" for source, _ in one.found.vintages)]
    return "supported" if data or later == "holds" else "not testable", later, flips


def test_every_claim_is_worked_out(verdicts: dict[str, Verdict]) -> None:
    untestable = {identity for identity, verdict in verdicts.items() if not verdict.findings}
    assert set(WORK) - set(verdicts) == set()
    assert set(verdicts) - set(WORK) - untestable == set(), "work the new claim out here as well"
    for identity in untestable - set(WORK):
        assert verdicts[identity].verdict == "not testable"


@pytest.mark.parametrize("claim", WORK)
def test_a_verdict_worked_out_by_another_route(claim: str, verdicts: dict[str, Verdict]) -> None:
    verdict = verdicts[claim]
    said = answers(claim)
    worked = sorted(
        (
            one.found.definition,
            one.found.role,
            one.found.fit,
            sorted(one.found.vintages),
            one.when,
            round(one.found.value, 6),
            None if one.found.reference is None else round(one.found.reference, 6),
            one.says,
        )
        for one in said
    )
    found = sorted(
        (
            one.definition,
            one.role,
            one.fit,
            sorted(one.vintages.items()),
            one.when,
            round(one.value or 0, 6),
            None if one.compared_with is None else round(one.compared_with, 6),
            one.holds,
        )
        for one in verdict.findings
    )
    assert worked == found
    assert outcome(said) == (verdict.verdict, verdict.later, set(verdict.flips))


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("deaths_2014_over_100000", "supported"),
        ("deaths_2014_highest_since_1994", "supported"),
        ("deaths_1994_above_2014", "supported"),
        ("civilians_targeted_more", "supported"),
        ("civilians_share_rose", "contested"),
        ("civilians_large_part", "contested"),
        ("civilians_cause", "not testable"),
        ("syria_killed", "supported"),
        ("syria_displaced", "supported"),
        ("refugees_21_3_million", "supported"),
        ("idps_40_8_million", "revised"),
        ("highest_in_un_history", "supported"),
    ],
)
def test_the_verdicts_of_the_headline_claims(claim: str, verdict: str) -> None:
    assert outcome(answers(claim))[0] == verdict


@pytest.mark.parametrize(
    ("claim", "definition", "vintages", "value", "reference"),
    [
        ("deaths_2014_over_100000", "all", "1.4-2015 2.5-2015 5.0-2015", 101_406 + 12_805 + 11_848, None),
        ("deaths_2014_over_100000", "all", "23.1 23.1 23.1", 148_782, None),
        ("deaths_2014_over_100000", "all_dyads", "25.1", 151_630, None),
        ("deaths_2014_highest_since_1994", "all", "1.4-2015 2.5-2015 5.0-2015", 126_059, 96_964),
        ("deaths_1994_above_2014", "all", "1.4-2015 2.5-2015 5.0-2015", 547_051, 126_059),
        ("civilians_targeted_more", "one_sided", "1.4-2015", 11_848, 8_895),
        ("civilians_large_part", "half_since_2013", "1.4-2015 2.5-2015 5.0-2015", 2_953 / 42_173, None),
        ("syria_killed", "ucdp_all_dyads", "25.1", 272_844, None),
        ("syria_displaced", "refugees_idps", "2017-08 2018", 11_473_243, None),
        ("refugees_21_3_million", "unhcr_unrwa", "2017-08 2023-06", 16_111_285 + 5_241_257, None),
        ("idps_40_8_million", "idmc", "2026-06", 40_451_900, None),
        ("highest_in_un_history", "refugees_unhcr", "2017-08", 16_111_285, 17_819_063),
    ],
)
def test_the_main_numbers(claim: str, definition: str, vintages: str, value: float, reference: float | None) -> None:
    found = [
        one.found
        for one in answers(claim)
        if one.found.definition == definition
        and sorted(vintage for _, vintage in one.found.vintages) == sorted(vintages.split())
    ]
    assert [(round(one.value, 9), one.reference) for one in found] == [(round(value, 9), reference)]
