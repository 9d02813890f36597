"""UCDP's datasets: yearly deaths by type, armed conflicts, and organised violence by country and year.

The yearly datasets count only conflicts, dyads and actors of 25 deaths or more in the year; the
country-year dataset counts all. They are two families (``deaths.*`` and ``deaths_all_dyads.*``)
and never meet in one sum. Sources: UCDP codebooks of the releases named in ``data/sources.csv``.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.data import actors, corrections
from analysis.data.corrections import Correction
from analysis.data.coverage import ALONE, Coverage, from_text, to_text
from analysis.data.readers import raw
from analysis.data.readers.rows import WORLD, all_ids, tidy, totals
from analysis.data.refusals import refuse
from analysis.data.registry import Release
from analysis.data.tables import NUMBERS
from analysis.errors import InputError

NO_ESTIMATE = ("-99",)
"""UCDP's code for an estimate that it does not give; each one is also a row of corrections.csv."""

OLD_NUMBERS = re.compile(r"\d+\.\d+-\d{4}")
"""Releases before 17.1, in which actors have other numbers than since."""

BATTLE_RELATED: raw.Layout = {
    "conflict_id": ("conflict_id",),
    "year": ("year",),
    "place": ("location_inc",),
    "gwno": ("gwno_loc",),
    "low": ("bd_low",),
    "best": ("bd_best",),
    "high": ("bd_high",),
}
BATTLE_RELATED_OPTIONAL: raw.Layout = {"dyad_id": ("dyad_id",)}
"""The version by conflict may leave it out: then a conflict has one record a year."""

NON_STATE: raw.Layout = {
    "dyad_id": ("dyad_id",),
    "year": ("year",),
    "place": ("location",),
    "gwno": ("gwno_location", "gwno_loc"),
    "low": ("low_fatality_estimate", "fat_low"),
    "best": ("best_fatality_estimate", "fat_best"),
    "high": ("high_fatality_estimate", "fat_high"),
}
ONE_SIDED: raw.Layout = {
    "actor_id": ("actor_id",),
    "name": ("actor_name",),
    "government": ("is_government_actor",),
    "year": ("year",),
    "place": ("location",),
    "gwno": ("gwno_location", "gwno_loc"),
    "low": ("low_fatality_estimate",),
    "best": ("best_fatality_estimate",),
    "high": ("high_fatality_estimate",),
}
ARMED_CONFLICT: raw.Layout = {
    "conflict_id": ("conflict_id",),
    "year": ("year",),
    "type": ("type_of_conflict", "type"),
    "intensity": ("intensity_level", "intensity"),
    "start": ("start_date",),
    "episode": ("start_date2",),
    "gwno_a": ("gwno_a",),
}
ARMED_CONFLICT_OPTIONAL: raw.Layout = {
    "gwno_a_2nd": ("gwno_a_2nd",),
    "gwno_b": ("gwno_b",),
    "gwno_b_2nd": ("gwno_b_2nd",),
}
CONFLICT_TYPES = {
    "1": "extrasystemic",
    "2": "interstate",
    "3": "intrastate",
    "4": "internationalized",
    "II": "internationalized",
    "extrasystemic": "extrasystemic",
    "interstate": "interstate",
    "intrastate": "intrastate",
}
"""UCDP's codes, and the labels that an R package gives them ("II" is internationalized internal)."""


INTENSITIES = ("1", "2")
"""Minor (25 deaths in the year), and war (1,000)."""


@dataclass(frozen=True)
class _Type:
    """How the country-year data names the columns of one type of violence."""

    name: str
    prefix: str

    def column(self, estimate: str) -> str:
        return f"{self.prefix}_{estimate}_cy"


COUNTRY_YEAR_TYPES = (
    _Type("state_based", "sb_total_deaths"),
    _Type("non_state", "ns_total_deaths"),
    _Type("one_sided", "os_total_deaths"),
    _Type("one_sided.government", "os_any_govt_killings"),
    _Type("one_sided.non_government", "os_nsgroup_killings"),
)
COUNTRY_YEAR_STATUS = {
    "civilians": "cumulative_total_deaths_civilians_in_orgvio_cy",
    "parties": "cumulative_total_deaths_parties_in_orgvio_cy",
    "unknown_status": "cumulative_total_deaths_unknown_in_orgvio_cy",
}
COUNTRY_YEAR: raw.Layout = {
    "country_id": ("country_id_cy",),
    "year": ("year_cy",),
    **{t.column(e): (t.column(e),) for t in COUNTRY_YEAR_TYPES for e in NUMBERS},
    **{column: (column,) for column in COUNTRY_YEAR_STATUS.values()},
}


def battle_related_deaths(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Deaths in state-based conflict: the world by year, and by place."""
    key = ["conflict_id", "dyad_id", "year"]
    deaths = _deaths(release, files[""], entries, BATTLE_RELATED, key, BATTLE_RELATED_OPTIONAL)
    return _world_and_places(deaths, release, "deaths.state_based")


def non_state(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Deaths in fighting between organised groups: the world by year, and by place."""
    deaths = _deaths(release, files[""], entries, NON_STATE, ["dyad_id", "year"])
    return _world_and_places(deaths, release, "deaths.non_state")


def one_sided(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Civilians killed in one-sided violence.

    The world by year, whole, by class of actor (``tables.CLASSES``) and by actor; by place; and the
    number of actors. An actor has UCDP's present number, by which it is one under all of its names.
    """
    deaths = _deaths(release, files[""], entries, ONE_SIDED, ["actor_id", "year"])
    classes = {"1": "government", "0": "non_government"}
    path, expected = files[""], "0 or 1"
    deaths["actor_class"] = raw.looked_up(deaths, "government", classes.get, path, what="", expected=expected, do="")
    deaths["actor"] = deaths["name"]
    if OLD_NUMBERS.match(release.vintage):
        deaths["actor_id"] = [actors.by_name(name) or "" for name in deaths["name"]]
    series = "deaths.one_sided"
    by_class = ["year", "actor_class"]
    counted = [deaths.groupby(by).size().rename("best").reset_index() for by in (by_class, ["year"])]
    return pd.concat(
        [
            _world_and_places(deaths, release, series),
            tidy(totals(deaths, by_class), release, series, **WORLD),
            tidy(totals(deaths, [*by_class, "actor", "actor_id"]), release, series, **WORLD),
            *(tidy(counts, release, "actors.one_sided", **WORLD) for counts in counted),
        ],
        ignore_index=True,
    )


def armed_conflict(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Armed conflicts in the world by year and type, the wars among them, and how old they are.

    A conflict counts once a year, however many states a release gives it rows for. Age is the
    year less the year of the first death (``since_start``) or of the present episode
    (``since_episode``); the median over the conflicts active in the year.
    """
    path = files[""]
    frame = raw.read(path, ARMED_CONFLICT, optional=ARMED_CONFLICT_OPTIONAL, encoding=release.encoding())
    frame = corrections.repair(frame, entries, path)
    raw.unique(frame, ["conflict_id", "year", "gwno_a", *ARMED_CONFLICT_OPTIONAL], path)
    frame["year"] = raw.years(frame, path)
    expected = ", ".join(CONFLICT_TYPES)
    refuse(frame, ~frame["intensity"].isin(INTENSITIES), path, "intensity", expected="1 (minor) or 2 (war)")
    frame["type"] = raw.looked_up(frame, "type", CONFLICT_TYPES.get, path, what="", expected=expected, do="")
    facts = ["type", "intensity", "start", "episode"]
    key = ["conflict_id", "year"]
    refuse(
        frame,
        frame.duplicated(key) & frame.groupby(key)[facts].transform("nunique").gt(1).any(axis=1),
        path,
        " + ".join(key),
        lambda record: f"conflict {record['conflict_id']} has two records for {record['year']} that differ",
        expected="one record, or one a state with the same facts",
    )
    notes = frame[frame["note"] != ""].groupby("year")["note"].agg(all_ids)
    conflicts = frame.drop_duplicates(key).copy()
    years = pd.Index(sorted(conflicts["year"].unique()), name="year")
    parts = []
    for prefix, some in (("conflicts", conflicts), ("wars", conflicts[conflicts["intensity"] == "2"])):
        counts = some.groupby(["year", "type"]).size().unstack(fill_value=0).reindex(years, fill_value=0)
        for kind in sorted(set(CONFLICT_TYPES.values())):
            best = counts[kind] if kind in counts else pd.Series(0, index=years)
            parts.append(tidy(_noted(best, notes), release, f"{prefix}.{kind}", **WORLD))
    for column, series in (("start", "since_start"), ("episode", "since_episode")):
        started = [_date(value, row, column, path).year for row, value in conflicts[column].items()]
        age = (conflicts["year"] - pd.Series(started, index=conflicts.index)).groupby(conflicts["year"]).median()
        parts.append(tidy(_noted(age, notes), release, f"conflict_age.{series}", **WORLD))
    return pd.concat(parts, ignore_index=True)


def country_year(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Organised violence by country and year, dyads under 25 deaths included, and the world's sums.

    A country stands in a year in which UCDP covers it; 0 is UCDP's own figure. Deaths by status
    (civilians, parties, unknown) have a best estimate only. The class of actor is kept for the
    world.
    """
    path = files[""]
    frame = raw.read(path, COUNTRY_YEAR, encoding=release.encoding())
    raw.unique(frame, ["country_id", "year"], path)
    frame = _placed(frame, "country_id", path)
    parts = []
    for kind in COUNTRY_YEAR_TYPES:
        name, _, actor_class = kind.name.partition(".")
        some = frame[["country_id", "area", "year"]].assign(
            type=kind.name, **{estimate: frame[kind.column(estimate)] for estimate in NUMBERS}
        )
        about = [entry for entry in entries if corrections.pairs(entry.row)["type"] == kind.name]
        some = _estimates(some, release, about, ["country_id", "year", "type"], path)
        series = f"deaths_all_dyads.{name}"
        parts.append(tidy(totals(some, ["year"]), release, series, **WORLD, actor_class=actor_class))
        if not actor_class:
            parts.append(tidy(totals(some, ["year", "area"]), release, series, role="location"))
    year = raw.years(frame, path)
    for status, column in COUNTRY_YEAR_STATUS.items():
        numbers = pd.DataFrame(
            {"year": year, "area": frame["area"], "best": raw.whole_numbers(frame, column, path, empty=False)}
        )
        series = f"deaths_all_dyads.{status}"
        parts.append(tidy(totals(numbers, ["year"], ["best"]), release, series, **WORLD))
        if status == "civilians":
            parts.append(tidy(totals(numbers, ["year", "area"], ["best"]), release, series, role="location"))
    return pd.concat(parts, ignore_index=True)


def _deaths(
    release: Release,
    path: Path,
    entries: Sequence[Correction],
    layout: raw.Layout,
    key: Sequence[str],
    optional: raw.Layout | None = None,
) -> pd.DataFrame:
    """One record a conflict, dyad or actor and year, with numbers, its place and its corrections."""
    frame = raw.read(path, layout, optional=optional, encoding=release.encoding())
    raw.unique(frame, key, path)
    frame = _placed(frame, "gwno", path)
    frame = _estimates(frame, release, entries, key, path)
    if "name" not in frame.columns:
        frame["name"] = frame["place"]
    return frame


def _estimates(
    frame: pd.DataFrame, release: Release, entries: Sequence[Correction], key: Sequence[str], path: Path
) -> pd.DataFrame:
    frame = corrections.repair(frame, entries, path)
    for estimate in NUMBERS:
        codes = NO_ESTIMATE if estimate != "best" else ()
        frame = corrections.flagged(
            frame,
            frame[estimate].isin(NO_ESTIMATE),
            key,
            [estimate],
            release,
            path,
            column=estimate,
            what="(no estimate)",
            expected="an estimate",
        )
        frame[estimate] = raw.whole_numbers(frame, estimate, path, codes=codes, empty=False)
    frame = corrections.ordered(frame, key, release, path)
    frame["year"] = raw.years(frame, path)
    return frame


def _world_and_places(deaths: pd.DataFrame, release: Release, series: str) -> pd.DataFrame:
    """The world by year, and each place: the records of it alone, and how many name it among others."""
    places = totals(deaths, ["year", "area"]).set_index(["year", "area"])
    several = deaths[deaths["area"] == "MUL"].explode("places")
    shared = several.groupby(["year", "places"])["best"].agg(["size", "sum"])
    shared.index.names = ["year", "area"]
    places = places.reindex(places.index.union(shared.index)).fillna({"coverage": "", "note": ""})
    alone = deaths.groupby(["year", "area"])["best"].agg(["size", "sum"])
    for place, (rows, killed) in shared.iterrows():
        own, own_killed = alone.loc[place] if place in alone.index else (0, 0)
        clauses = (
            Coverage(ALONE, "", int(own), int(own + rows), "rows"),
            Coverage(ALONE, "", int(own_killed), int(own_killed + killed), "deaths"),
        )
        places.loc[place, "coverage"] = to_text([*from_text(str(places.loc[place, "coverage"])), *clauses])
    return pd.concat(
        [
            tidy(totals(deaths, ["year"]), release, series, **WORLD),
            tidy(places.reset_index(), release, series, role="location"),
        ],
        ignore_index=True,
    )


def _placed(frame: pd.DataFrame, column: str, path: Path) -> pd.DataFrame:
    """The records with the areas that each names (``places``), and its own if that is one (``area``), else MUL."""
    codes = frame[column].str.split(r"[,;]\s*", regex=True).explode().str.strip()
    found = raw.by_gleditsch_ward(codes.to_frame(), column, path).groupby(level=0).agg(lambda some: sorted(set(some)))
    places = found.reindex(frame.index)
    return frame.assign(places=places, area=[some[0] if len(some) == 1 else "MUL" for some in places])


def _noted(best: pd.Series, notes: pd.Series) -> pd.DataFrame:
    """A series of numbers by year as a table, with the corrections that a year's records carry."""
    return pd.DataFrame({"best": best.astype(float), "note": notes.reindex(best.index).fillna("")}).reset_index(
        names="year"
    )


def _date(text: str, row: int, column: str, path: Path) -> datetime.date:
    """A date in the forms that UCDP's files have: 1964-01-11, 07/31/1946 (month first), 29-5-1997."""
    day_only = re.sub(r"(?<=\d)[T ]\d{1,2}:\d\d.*", "", text)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", day_only):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", day_only):
        month, day, year = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", day_only):
        day, month, year = (int(part) for part in match.groups())
    else:
        year = month = day = 0
    try:
        return datetime.date(year, month, day)
    except ValueError as error:
        raise InputError(
            f"{text!r} is not a date", where=path, row=row, column=column, expected="YYYY-MM-DD, MM/DD/YYYY or D-M-YYYY"
        ) from error
