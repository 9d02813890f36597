"""An unverified file, read and held against the release before: what a careful colleague would say of it.

What is in the file is kept as it is. Only what it cannot bear is left out: a total of the world from a
file that is not the world. A file is the world if it has what the release before had, for the years
that both hold (``TOLERANCES``); an extract, one page of a reply or half of a file is not, and its rows
of areas say how much of the release before they are made of.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.data import corrections, notices, registry
from analysis.data.corrections import Correction
from analysis.data.coverage import NOT_A_SUM, PART, Coverage, from_text, to_text
from analysis.data.readers import READERS, formats
from analysis.data.registry import Addition, Release
from analysis.data.tables import UNVERIFIED
from analysis.errors import InputError

MOVED = 0.1
"""The part by which a past year may move before it is told loudly."""

SHOWN = 6
"""So many areas, years or disorders are named one by one."""

Place = tuple[str, str]
"""Role and area."""

OWN_WORLD = ("worldbank_indicators", "un_population")
"""Sources that give a figure of the world themselves: it is theirs, whatever else is in the file."""


COUNTED = ("ucdp_armed_conflict", "ucdp_external_support", "security_council")
"""Sources that count things of the world, by no area: whole if there are as many as there were."""


@dataclass(frozen=True)
class Tolerance:
    """The least part of what the release before had that a file of the whole world has.

    ``areas`` of the areas of a year, and areas with ``weight`` of its persons or deaths; ``new_areas``
    and ``new_weight`` of the last year that both hold, for a year that the release before has not.
    """

    areas: float
    weight: float
    new_areas: float
    new_weight: float


POOLED = Tolerance(0.95, 0.97, 0, 0)
"""Of all years together. The releases that are registered keep 0.98 of areas and years, or more, of the one before."""

TOLERANCES: Mapping[str, Tolerance] = {
    "refugees": Tolerance(0.92, 0.98, 0.95, 0.98),
    "asylum_seekers": Tolerance(0.92, 0.98, 0.95, 0.98),
    "palestine_refugees": Tolerance(0.99, 0.99, 0.99, 0.99),
    "idps": Tolerance(0.9, 0.98, 0.7, 0.75),
    "displacements": Tolerance(0.9, 0.95, 0.7, 0.5),
}
"""By series. A country can come under UNHCR's mandate for its displaced, or leave it, from one year to the next."""

UCDP = Tolerance(0.8, 0.8, 0.5, 0)
"""Violence moves, and a year has few places: what a year may lack is more than for people displaced."""


@dataclass(frozen=True)
class Remark:
    """One thing to know of a file; ``loud`` if it should keep anyone from using the file before a look."""

    text: str
    loud: bool = False


@dataclass(frozen=True)
class Looked:
    """An unverified file as it was found: its rows, the entries made for its disorders, and what is to be said."""

    addition: Addition
    rows: pd.DataFrame
    entries: tuple[Correction, ...]
    remarks: tuple[Remark, ...]

    def text(self, known: Sequence[Correction]) -> str:
        """The report, for a person.

        Args:
            known: the entries of ``data/corrections.csv``, so that those to paste get ids of their own.
        """
        release, file = self.addition.release, self.addition.release.files[0]
        loud = sum(remark.loud for remark in self.remarks)
        lines = [
            f"{release.name}, unverified: {file.path}, published {release.published},"
            f" release group {release.release_group}"
        ]
        lines += [f"  {'!' if remark.loud else ' '} {remark.text}" for remark in self.remarks]
        if self.entries:
            lines.append(f"    {len(self.entries)} disorders, kept and flagged; as entries of data/corrections.csv:")
            lines += [corrections.as_line(entry) for entry in corrections.numbered(self.entries, known)]
        lines.append(f"  {loud} to look at (!)" if loud else "  nothing that should keep you from using it")
        return "\n".join(lines) + "\n"


def look(addition: Addition, entries: Sequence[Correction], known: pd.DataFrame) -> Looked:
    """Read an unverified file and hold it against the release before.

    Args:
        addition: the file, and what it is said to be.
        entries: all corrections; those of this release are applied.
        known: the rows of the registered releases, as ``tables.load`` gives them.

    Raises:
        InputError: the file cannot be read.
    """
    release, path = addition.release, addition.file
    _ends(release, path)
    with notices.heard() as told, corrections.made() as made:
        rows = READERS[release.source].read(release, {"": path}, _entries(release, entries))
    if rows.empty:
        raise InputError("there is no figure in the file", where=path, expected="at least one that is not 0")
    remarks = [Remark(_what(rows)), *(Remark(text) for text in told), *_same_bytes(release), *_version(release, path)]
    kept = [rows]
    for series, some in rows.groupby("series", sort=True):
        before = _before(release, str(series), some, known)
        remarks += _compared(str(series), some, before, release)
    remarks += _series_gone(release, rows, known)
    kept, more = _without_world(rows, release, known)
    noted = kept.assign(note=(kept["note"] + f" {UNVERIFIED}").str.strip())
    return Looked(addition, noted.reset_index(drop=True), tuple(made), (*remarks, *more))


def _ends(release: Release, path: Path) -> None:
    """Raise InputError for a text file whose last line does not end, unless its bytes are known to be whole."""
    if formats.ends(path) or _registered(release):
        return
    raise InputError(
        "the last line does not end: it may be cut inside its last number",
        where=path,
        expected="a line break behind the last record",
        do="download it again, or, if it is whole, add the line break",
    )


def _registered(release: Release) -> list[str]:
    """The registered releases that have the file's bytes."""
    return [
        known.name for known in registry.releases() for file in known.files if file.sha256 == release.files[0].sha256
    ]


def _entries(release: Release, entries: Sequence[Correction]) -> list[Correction]:
    """The entries about a release; those of the registered one whose bytes it has are about it as well."""
    same = [entry for name in _registered(release) for entry in entries if f"{entry.source}:{entry.vintage}" == name]
    return [*corrections.of(release, entries), *(replace(entry, vintage=release.vintage) for entry in same)]


def _same_bytes(release: Release) -> list[Remark]:
    return [Remark(f"its bytes are those of {name}, which is registered") for name in _registered(release)]


def _version(release: Release, path: Path) -> list[Remark]:
    """What the file says of its own version, if that is another one than the one stated."""
    if not release.source.startswith("ucdp_"):
        return []
    said = formats.column(path, ("version",), release.encoding())
    groups = {registry.release_group(release.source, version) for version in said if re.search(r"[.-]\d", version)}
    if not groups or release.release_group in groups or max(map(len, groups)) > len("25.1"):
        return []
    return [Remark(f"the file calls its version {', '.join(sorted(said))}, and not {release.vintage}", loud=True)]


def _what(rows: pd.DataFrame) -> str:
    years = f"{rows['year'].min()} to {rows['year'].max()}"
    areas = rows.loc[~rows["area"].isin(["WLD", "MUL"]), "area"].nunique()
    return f"{len(rows):,} rows, {areas} areas, {years}: {', '.join(sorted(rows['series'].unique()))}"


def _before(release: Release, series: str, rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """The rows of a series in the release before: the last that came out by then, by area where the new ones are."""
    same = known[(known["source"] == release.source) & (known["series"] == series)]
    placed = same["area"] != "WLD"
    if placed.any() and (rows["area"] != "WLD").any():
        same = same[same["vintage"].isin(same.loc[placed, "vintage"].unique())]
    dates = {one.vintage: one.available_by for one in registry.releases() if one.source == release.source}
    order = sorted(same["vintage"].unique(), key=lambda vintage: dates[vintage])
    earlier = [vintage for vintage in order if dates[vintage] <= release.available_by] or order[:1]
    return same[same["vintage"] == earlier[-1]] if earlier else same


def _yearly(rows: pd.DataFrame) -> pd.Series:
    """The best of each role, area and year, actors and classes left out; months added up."""
    some = rows[(rows["actor"] == "") & (rows["actor_class"] == "")]
    return some.groupby(["role", "area", "year"])["best"].sum(min_count=1)


def _compared(series: str, rows: pd.DataFrame, before: pd.DataFrame, release: Release) -> list[Remark]:
    """What is there or missing, and what moved, against the release before."""
    if before.empty:
        return [Remark(f"{series}: no release of {release.source} here has it, so nothing to compare with")]
    name = f"{series} against {before['vintage'].iloc[0]}"
    new, old = _yearly(rows), _yearly(before)
    if new.empty or old.empty:  # of actors alone
        return []
    years = [sorted(map(int, set(one.index.get_level_values("year")))) for one in (new, old)]
    both = set(years[0]) & set(years[1])
    result = [Remark(f"{name}: years {_span(years[0])}, and was {_span(years[1])}")]
    if years[0][-1] < years[1][-1]:
        result.append(Remark(f"  the last year is {years[0][-1]}, and was {years[1][-1]}", loud=True))
    if gone := sorted(set(years[1]) - set(years[0])):
        result.append(Remark(f"  years that are gone: {_listed(gone)}", loud=True))
    if not both:
        return result
    common = [one[one.index.get_level_values("year").isin(both)] for one in (new, old)]
    places = [set(one.index.get_level_values("area")) - {"WLD"} for one in common]
    if lost := sorted(places[1] - places[0]):
        result.append(Remark(f"  {len(lost)} of {len(places[1])} areas are gone: {_listed(lost)}", loud=True))
    if came := sorted(places[0] - places[1]):
        result.append(Remark(f"  {len(came)} areas are new: {_listed(came)}"))
    missing = common[1].index.difference(common[0].index)
    if len(missing):
        result.append(Remark(f"  {len(missing):,} of {len(common[1]):,} figures of areas and years are gone"))
    return [*result, *_moved(*common)]


def _moved(new: pd.Series, old: pd.Series) -> list[Remark]:
    pair = pd.concat([new.rename("new"), old.rename("old")], axis=1, join="inner").dropna().reset_index()
    changed = pair[pair["new"] != pair["old"]]
    far = changed[(changed["new"] - changed["old"]).abs() > MOVED * changed["old"].abs()]
    if changed.empty:
        return [Remark(f"  none of {len(pair):,} figures that both have moved")]
    world = far["area"] == "WLD"
    told = [
        Remark(f"  {len(changed):,} of {len(pair):,} figures moved, {len(far):,} by more than a tenth"),
        *(_remark_moved("  the world", far[world], loud=True) if world.any() else []),
        *(_remark_moved("  areas", far[~world], loud=not world.any()) if not world.all() else []),
    ]
    return told


def _remark_moved(name: str, rows: pd.DataFrame, loud: bool) -> list[Remark]:
    """The largest moves, one by one."""
    size = (rows["new"] - rows["old"]).abs()
    largest = rows.loc[size.sort_values(ascending=False, kind="stable").index].head(SHOWN)
    each = [
        f"{'' if row.area == 'WLD' else f'{row.area} '}{row.year} {_number(row.old)} -> {_number(row.new)}"
        for row in largest.itertuples()
    ]
    more = f" and {len(rows) - len(each):,} more" if len(rows) > len(each) else ""
    return [Remark(f"{name} moved by more than a tenth: {'; '.join(each)}{more}", loud=loud)]


def _number(value: float) -> str:
    """A count with thousands apart; a median of years keeps its half."""
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def _series_gone(release: Release, rows: pd.DataFrame, known: pd.DataFrame) -> list[Remark]:
    """Series of the release before that the file lacks."""
    dates = {one.vintage: one.available_by for one in registry.releases() if one.source == release.source}
    of_source = known[known["source"] == release.source]
    earlier = [vintage for vintage in of_source["vintage"].unique() if dates[vintage] <= release.available_by]
    if not earlier:
        return []
    last = max(earlier, key=lambda vintage: dates[vintage])
    gone = sorted(set(of_source.loc[of_source["vintage"] == last, "series"]) - set(rows["series"]))
    loud = release.source not in OWN_WORLD  # one indicator a file is how the Bank gives them out
    return [Remark(f"series of {last} that are not in it: {', '.join(gone)}", loud=loud)] if gone else []


def _without_world(rows: pd.DataFrame, release: Release, known: pd.DataFrame) -> tuple[pd.DataFrame, list[Remark]]:
    """The rows without sums over areas that are not of the world, and those of areas with what they are made of."""
    if release.source in OWN_WORLD or not (rows["area"] == "WLD").any():
        return rows, []
    names = [str(series) for series in rows["series"].unique()]
    befores = {name: _before(release, name, rows[rows["series"] == name], known) for name in names}
    whole: dict[str, dict[int, bool]] = {}
    shares: dict[str, tuple[int, int]] = {}
    if release.source in COUNTED:
        whole = dict.fromkeys(names, _counts(rows, pd.concat(befores.values())))
    for name in names if not whole else ():
        some = rows[rows["series"] == name]
        if (some["area"] != "WLD").any():
            whole[name], shares[name] = _whole(some, befores[name])
    together = {int(year): all(one.get(year, True) for one in whole.values()) for year in rows["year"].unique()}
    whole = {**dict.fromkeys(names, together), **whole}  # what has no areas stands and falls with what has them
    of_world = [whole[series][year] for series, year in zip(rows["series"], rows["year"], strict=True)]
    own = [any(clause.kind == NOT_A_SUM for clause in from_text(text)) for text in rows["coverage"]]
    is_world = pd.Series([a or b for a, b in zip(of_world, own, strict=True)], index=rows.index)
    left_out = rows[(rows["area"] == "WLD") & ~is_world]
    kept = rows.drop(index=left_out.index).copy()
    for series, (given, there) in shares.items():
        partial = (kept["series"] == series) & ~is_world.reindex(kept.index) & (kept["area"] != "WLD")
        clause = Coverage(PART, "best", given, there, "areas")
        if given < there:
            kept.loc[partial, "coverage"] = [
                to_text([*from_text(text), clause]) for text in kept.loc[partial, "coverage"]
            ]
    remarks = []
    for series, years in whole.items():
        lacking = sorted(int(year) for year in left_out.loc[left_out["series"] == series, "year"].unique())
        given, there = shares.get(series, (0, 0))
        has = f": {given} of {there} areas of the release before are there" if there else ""
        if lacking:
            remarks.append(Remark(f"{series}: no total of the world for {_listed(lacking)}{has}", loud=True))
        elif (rows["series"] == series).any():
            remarks.append(Remark(f"{series}: taken for the world in {len(years)} years"))
    if kept.empty:
        raise InputError(
            f"{release.name} is not the world, and gives nothing else",
            where=release.files[0].path,
            expected="what the release before had, or a part of it by area",
            do="take in the whole file",
        )
    return kept, remarks


def _whole(rows: pd.DataFrame, before: pd.DataFrame) -> tuple[dict[int, bool], tuple[int, int]]:
    """In which years the rows are the world, and how many of the release before's areas are there of how many.

    A year is held against the same year of the release before, by area where that is kept by area, else
    by its total; a later year against the year before it in the file.
    """
    tolerance = TOLERANCES.get(str(rows["series"].iloc[0]), UCDP)
    years = sorted(int(year) for year in rows["year"].unique())
    here, there = _places(rows), _places(before)
    totals = [_world(some) for some in (rows, before)]
    common = [year for year in years if year in there]
    had_once, has_once = _all(there, common), _all(here, common)
    first = "origin" if any(role == "origin" for role, _ in had_once) else ""
    counted = {(role, area) for role, area in had_once if role == first or not first}
    counts = len(counted & has_once), len(counted)
    had = [(year, place) for year in common for place in there[year]]
    kept = [(year, place) for year, place in had if place in here.get(year, {})]
    weigh = sum(there[year][place] for year, place in had)
    pooled = len(kept) >= POOLED.areas * len(had) and (
        sum(there[year][place] for year, place in kept) >= POOLED.weight * weigh
    )
    result: dict[int, bool] = {}
    for year in years:
        found = here.get(year, {})
        if year in there:
            whole = _has(found, there[year], tolerance.areas, tolerance.weight)
        elif year in totals[1]:
            whole = totals[0].get(year, 0) >= (1 - MOVED) * totals[1][year]
        elif result and year > max([*there, *totals[1]], default=year):
            last = max(result)
            whole = result[last] and _has(found, here.get(last, {}), tolerance.new_areas, tolerance.new_weight)
        else:
            whole = bool(common)  # a year that the release before leaves out
        result[year] = bool((common or totals[1]) and pooled and whole)
    return result, counts


def _has(found: Mapping[Place, float], reference: Mapping[Place, float], areas: float, weight: float) -> bool:
    """Whether some places are enough of those of a reference, by number and by what they weigh there."""
    same = [place for place in reference if place in found]
    return len(same) >= areas * len(reference) and (
        sum(reference[place] for place in same) >= weight * sum(reference.values())
    )


def _world(rows: pd.DataFrame) -> dict[int, float]:
    """Year -> the world's best."""
    found = _yearly(rows[rows["area"] == "WLD"]).dropna()
    return {int(year): float(best) for (_, _, year), best in found.items()}


def _all(places: Mapping[int, Mapping[Place, float]], years: Sequence[int]) -> set[Place]:
    return {place for year in years for place in places.get(year, ())}


def _places(rows: pd.DataFrame) -> dict[int, dict[Place, float]]:
    """Year -> role and area -> its best, of all that is above 0."""
    result: dict[int, dict[Place, float]] = {}
    for (role, area, year), best in _yearly(rows[rows["area"] != "WLD"]).items():
        if pd.isna(best) or best > 0:
            result.setdefault(int(year), {})[(str(role), str(area))] = 0.0 if pd.isna(best) else float(best)
    return result


def _counts(rows: pd.DataFrame, before: pd.DataFrame) -> dict[int, bool]:
    """In which years a file has as many of what it counts in the world as the release before, all series together."""
    totals = []
    for some in (rows, before):
        counted = some[(some["area"] == "WLD") & ~some["unit"].isin(["years"])]
        totals.append(counted.groupby(["series", "year"])["best"].sum().groupby(level="year").sum())
    new, old = totals
    common = [int(year) for year in new.index if year in old.index]
    pooled = bool(common) and new[common].sum() >= POOLED.areas * old[common].sum()
    return {int(year): pooled and (year not in common or new[year] >= UCDP.areas * old[year] - 1) for year in new.index}


def _span(years: Sequence[int]) -> str:
    return f"{years[0]}" if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _listed(values: Sequence[object]) -> str:
    """Values in a line, years that follow each other as a span, and how many more there are."""
    parts: list[str] = []
    spans: list[list[int]] = []
    for value in values:
        if not isinstance(value, int):
            parts.append(str(value))
        elif spans and spans[-1][-1] == value - 1:
            spans[-1].append(value)
        else:
            spans.append([value])
    parts += [str(one[0]) if len(one) == 1 else f"{one[0]} to {one[-1]}" for one in spans]
    more = f" and {len(parts) - 2 * SHOWN} more" if len(parts) > 2 * SHOWN else ""
    return ", ".join(parts[: 2 * SHOWN]) + more
