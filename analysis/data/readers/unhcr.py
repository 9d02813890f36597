"""UNHCR: refugees, asylum-seekers and internally displaced people of its concern; Syrians by month.

``population`` is UNHCR's end-year dataset by origin and country of asylum, in all the forms in
which it has been given out. Refugees are those under UNHCR's mandate, without the Palestine
refugees under UNRWA's; people displaced within their country are those of UNHCR's concern only,
which IDMC's figures exceed. Two things to know of every release:

- A 0 may mean "none" or "not reported": the files from UNHCR's API write 0 for asylum-seekers of
  1951. So a 0 is no record here, and an area or a year whose records are all 0 has no row.
- ``*`` is a number that UNHCR holds back because it is small (1 to 4). It is unknown, and
  ``coverage`` counts the records that a sum leaves out for it.

One figure (a series, a year, an origin and a country of asylum) is one record.
"""

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.data import areas, corrections
from analysis.data.corrections import Correction
from analysis.data.coverage import AS_OF, WITHOUT, Coverage, from_text, to_text
from analysis.data.notices import tell
from analysis.data.readers import formats, raw
from analysis.data.readers.rows import WORLD, all_ids, tidy, totals
from analysis.data.refusals import refuse
from analysis.data.registry import Release
from analysis.errors import InputError

AREA_YEARS = range(2012, 2016)
"""The years kept by area from a release that is not the newest: those that claims about the years
before the report are tested on, release by release. The newest release is kept by area for all years."""

UNKNOWN = "UNK"
"""The area of people whose origin is not known."""

SUPPRESSED = "*"
ODD = {
    "missing": ("there is no value", "a number: this file writes 0 for none"),
    "negative": ("a negative count", "0 or more"),
}
"""State of a record -> what is said of it, and what is expected."""

LOST = ""
"""What stands in a record that has a number which the file no longer holds."""

PLACES: raw.Layout = {
    "origin": ("coo_iso", "CountryOriginCode", "Country of origin (ISO)", "Origin", "Origin / Returned from"),
    "asylum": (
        "coa_iso",
        "CountryAsylumCode",
        "Country of asylum (ISO)",
        "Country / territory of asylum/residence",
        "Country / territory of residence",
    ),
}
FIGURES: raw.Layout = {
    "refugees": ("refugees", "Refugees (incl. refugee-like situations)", "Refugees under UNHCR's mandate", "REF"),
    "asylum_seekers": ("asylum_seekers", "Asylum-seekers (pending cases)", "ASY"),
    "idps": ("idps", "Internally displaced persons (IDPs)", "IDPs of concern to UNHCR", "IDP"),
}
BY_TYPE: raw.Layout = {"year": ("year",), **FIGURES}
"""A file with a column for each type of population."""

LONG: raw.Layout = {"year": ("year",), "type": ("Population type",), "value": ("Value",)}
"""A file with a row for each type of population."""

NAMES: raw.Layout = {
    "origin_name": ("Country of origin", "coo_name"),
    "asylum_name": ("Country of asylum", "coa_name"),
}
"""What stands beside a code: where the code is left out, for who is from nowhere known."""

NOT_ASKED = ""
"""The area of records that are of all places together."""

ALL_OF_THEM = "-"
"""What UNHCR's API writes for a place that was not asked for: the record is of all places together."""

BY_YEAR: raw.Layout = {"type": ("Population type",)}
"""A file with a column for each year, which names the type in a row."""

TYPES: Mapping[str, Sequence[str]] = {
    "refugees": ("Refugees", "Refugees (incl. refugee-like situations)", "Refugees under UNHCR's mandate"),
    "asylum_seekers": ("Asylum seekers", "Asylum-seekers (pending cases)"),
    "idps": (
        *("Internally displaced", "Internally displaced persons"),
        *("Internally displaced persons (IDPs)", "IDPs of concern to UNHCR"),
    ),
    "": (
        *("Returned refugees", "Returnees", "Returned IDPs", "Stateless", "Stateless persons", "Others of concern"),
        *("Host community", "Venezuelans displaced abroad", "Other people in need of international protection"),
    ),
}
"""Our series -> what publishers call the type; "" are the types that are not read."""

ROLES: Mapping[str, Mapping[str, str]] = {
    "refugees": {"origin": "origin", "asylum": "asylum"},
    "asylum_seekers": {"origin": "origin", "asylum": "asylum"},
    "idps": {"location": "asylum"},
}
"""Series -> role -> the column that gives the area."""

KEY = ["series", "year", "origin", "asylum"]
NESTED = '"codeValues"'
"""What the json of nested mappings has, and a list of records has not."""

SYRIA_REGION = {"egypt": "EGY", "iraq": "IRQ", "jordan": "JOR", "lebanon": "LBN", "turkey": "TUR"}
"""Part of the release -> country of asylum."""

APPLICATIONS: raw.Layout = {
    "asylum": ("Country / territory of asylum/residence",),
    "origin": ("Origin",),
    "year": ("Year",),
    "month": ("Month",),
    "value": ("Value",),
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def population(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Refugees, asylum-seekers and UNHCR's internally displaced at the end of each year.

    The world by year; by origin and by country of asylum (internally displaced by location) for
    all years of the newest release, else for ``AREA_YEARS``.

    Args:
        release: the release that the file belongs to.
        files: its one file, under ``""``.
        entries: this release's corrections. One is about all records that its ``row`` fits: ``series``,
            ``year`` (or ``1951-1992``), ``origin``, ``asylum`` as the file has them, and ``persons``,
            which is ``missing`` or ``negative``; ``published`` says how many there are (``rows=3``,
            and with ``sum=-126`` what they add up to). A flag on missing values makes the sums that
            need them unknown; a flag on 0 rows says what the file leaves out; a drop leaves out what
            is no figure of the end of a year.

    Returns:
        Tidy rows with a best only.

    Raises:
        InputError: a broken file, a missing or negative figure that no entry declares, an entry that
            no longer fits, an unknown type or area.
    """
    path = files[""]
    records = _records(path, release.encoding())
    for _, part in records.groupby("column", sort=False):
        raw.unique(part, KEY, path)
    records, left_out = _declared(records, entries, path)
    records = _all_declared(records, release, path)
    records["best"] = _persons(records, path)
    records = _at_home_told(records, release, path)
    for column in PLACES:
        records[column] = _areas(records, column, path)
    whole = not release.verified or release.vintage == release.newest_known
    kept = records if whole else records[records["year"].isin(AREA_YEARS)]
    parts = []
    for series, roles in ROLES.items():
        world = _sums(records[records["series"] == series], ["year"])
        parts.append(tidy(_without(world, series, left_out), release, series, **WORLD))
        some = kept[kept["series"] == series]
        for role, column in roles.items():
            if (some[column] == NOT_ASKED).any():
                continue  # the records are of all places together
            note = (some["note"] + " " + some[f"{column}_note"]).str.strip()
            sums = _sums(some.assign(area=some[column], note=note), ["year", "area"])
            parts.append(tidy(sums, release, series, role=role))
    return pd.concat(parts, ignore_index=True)


def syria_regional(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Syrian refugees registered in five countries of the region, at the end of each month.

    A month's figure is the last one reported in it; ``coverage`` says of which day it is, unless
    that is the month's last. The month in which the files end is left out if it was not over.

    Args:
        release: the release that the files belong to.
        files: one for each country of ``SYRIA_REGION``.
        entries: this release's corrections; their ``row`` names ``part`` and ``date``.

    Returns:
        Tidy rows of ``registered_refugees`` by country of asylum, and of the five together (MUL)
        for the months in which all of them report. Never a world total: there are other countries.

    Raises:
        InputError: a broken file, a date that stands twice, a missing or unknown country.
    """
    if set(files) != set(SYRIA_REGION):
        raise InputError(
            f"{release.name} has the parts {', '.join(sorted(files))}",
            expected=", ".join(SYRIA_REGION),
            do="name one file for each country in data/sources.csv",
        )
    reports = []
    for part, area in SYRIA_REGION.items():
        path = files[part]
        frame = _dated_values(path, release.encoding(part)).assign(part=part)
        frame = corrections.repair(frame, [e for e in entries if corrections.pairs(e.row)["part"] == part], path)
        raw.unique(frame, ["date"], path)
        frame["best"] = raw.whole_numbers(frame, "value", path, empty=False)
        frame["date"] = raw.dates(frame, "date", path)
        reports.append(frame.assign(area=area))
    table = pd.concat(reports).sort_values(["area", "date"], kind="stable")
    table["period"] = table["date"].dt.to_period("M")
    last = table.groupby(["area", "period"], as_index=False).tail(1)
    if not table["date"].max().is_month_end:
        last = last[last["period"] < table["date"].max().to_period("M")]
    last = last.assign(
        year=last["date"].dt.year,
        month=last["date"].dt.month,
        coverage=[to_text([] if day.is_month_end else [_as_of(day, day)]) for day in last["date"]],
    )
    columns = ["year", "month", "best", "coverage", "note"]
    return pd.concat(
        [
            tidy(last[["area", *columns]], release, "registered_refugees", role="asylum"),
            tidy(_of_all_five(last)[columns], release, "registered_refugees", area="MUL", role="asylum"),
        ],
        ignore_index=True,
    )


def _of_all_five(last: pd.DataFrame) -> pd.DataFrame:
    """The countries of the region together, in the months in which all of them report."""
    months = last.groupby(["year", "month"]).agg(
        best=("best", "sum"),
        areas=("area", "nunique"),
        first=("date", "min"),
        final=("date", "max"),
        note=("note", all_ids),
    )
    months = months[months["areas"] == len(SYRIA_REGION)].reset_index()
    only = tuple(sorted(SYRIA_REGION.values()))
    ends = zip(months["first"], months["final"], strict=True)
    return months.assign(coverage=[to_text([_as_of(first, final, only)]) for first, final in ends])


def asylum_applications(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Asylum applications of Syrians by month, in all countries that report them by month.

    A flow: not to be set beside stocks of refugees. A country that does not report a month, or
    never does, has no record, and the files do not tell which.

    Args:
        release: the release that the file belongs to.
        files: its one file, under ``""``: one record a country of asylum and month, origin Syria.
        entries: this release's corrections, by ``asylum``, ``year`` and ``month``.

    Returns:
        Tidy rows of ``asylum_applications`` for SYR as origin, with a best only.

    Raises:
        InputError: a broken file, another origin, an unknown month.
    """
    path = files[""]
    frame = raw.read(path, APPLICATIONS, encoding=release.encoding())
    frame = corrections.repair(frame, entries, path)
    raw.unique(frame, ["asylum", "origin", "year", "month"], path)
    for column, wrong, expected in (
        ("origin", _areas(frame, "origin", path) != "SYR", "Syria's name: the release is about Syrians"),
        ("month", ~frame["month"].isin(MONTHS), "an English month: January"),
    ):
        refuse(frame, wrong, path, column, expected=expected)
    frame["best"] = raw.whole_numbers(frame, "value", path, codes=(SUPPRESSED,), empty=False)
    frame["year"] = raw.years(frame, path)
    frame["month"] = frame["month"].map(MONTHS.index) + 1
    result = totals(frame, ["year", "month"], ["best"])
    return tidy(result, release, "asylum_applications", area="SYR", role="origin")


def _records(path: Path, encoding: str) -> pd.DataFrame:
    """A file of any form as one record a figure.

    Columns: series, column (where it stands, for errors), year, origin, asylum, persons (text),
    state (``missing``, ``negative`` or ""); indexed by the row in the file.
    """
    records = _read(path, encoding)
    states = {text: _state(text) for text in records["persons"].unique()}
    return records.assign(state=records["persons"].map(states))


def _state(persons: str) -> str:
    if persons == LOST:
        return "missing"
    return "negative" if persons.startswith("-") and raw.NUMBER.fullmatch(persons) else ""


def _read(path: Path, encoding: str) -> pd.DataFrame:
    if path.suffix.lower() == ".json" and path.exists() and NESTED.encode() in path.read_bytes():
        return _from_nested(path)
    frame = raw.read(path, PLACES, optional={**BY_TYPE, **LONG, **NAMES}, encoding=encoding, whole=True)
    for column in PLACES:
        nowhere = (frame[column] == "") & (frame[f"{column}_name"].map(areas.by_name) == UNKNOWN)
        frame.loc[nowhere, column] = UNKNOWN
    if (frame["type"] != "").any() and (frame["value"] != "").any():
        raw.require(frame, {**PLACES, **LONG}, path, encoding)
        return _from_long(frame, path)
    years = [name for name in frame.columns if re.fullmatch(r"\d{4}", name)]
    needed = {**PLACES, **(BY_YEAR if years else BY_TYPE)}
    raw.require(frame, needed, path, encoding)
    return _from_years(frame, years, path) if years else _from_types(frame, path)


def _from_types(frame: pd.DataFrame, path: Path) -> pd.DataFrame:
    year = raw.years(frame, path)
    # Exports of popstats leave a cell empty where there is nothing to count. A file that writes
    # its zeros has no reason to, so there an empty cell is a number that was lost.
    writes_zeros = (frame["refugees"] == "0").any()
    nothing = ["0"] if writes_zeros else ["0", ""]
    parts = []
    for series in FIGURES:
        given = ~frame[series].isin(nothing)
        parts.append(_figures(frame, series, series, year)[given])
    return pd.concat(parts)


def _from_long(frame: pd.DataFrame, path: Path) -> pd.DataFrame:
    series = _series(frame["type"], path)
    given = ~frame["value"].isin(["0", ""]) & (series != "")
    return _figures(frame, "value", series, raw.years(frame, path))[given]


def _from_years(frame: pd.DataFrame, years: Sequence[str], path: Path) -> pd.DataFrame:
    series = _series(frame["type"], path)
    parts = []
    for year in years:
        given = ~frame[year].isin(["0", ""]) & (series != "")
        parts.append(_figures(frame, year, series, int(year))[given])
    return pd.concat(parts)


def _figures(frame: pd.DataFrame, column: str, series: pd.Series | str, year: pd.Series | int) -> pd.DataFrame:
    places = frame[["origin", "asylum"]]
    return places.assign(series=series, column=column, year=year, persons=frame[column])


def _series(types: pd.Series, path: Path) -> pd.Series:
    """Our series for the publisher's types: a type that nobody knows could be one of ours renamed."""
    known = {raw.plain(name): series for series, names in TYPES.items() for name in names}
    return raw.looked_up(
        types.to_frame("type"),
        "type",
        lambda name: known.get(raw.plain(name)),
        path,
        what="is not a known type of population",
        expected=", ".join(name for names in TYPES.values() for name in names),
        do="add it to the reader's types",
    )


def _from_nested(path: Path) -> pd.DataFrame:
    """The json of UNHCR's chart project: year -> type -> origin -> asylum -> persons, places by number.

    It has no rows: the index names the place of a figure. ``null`` is a ``*`` of the export that
    the json was made from.
    """

    def no_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
        result = dict(pairs)
        if len(result) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise InputError(
                f"the key {twice!r} stands twice",
                where=path,
                row=1,
                column="nested",
                expected="each origin and country of asylum once",
            )
        return result

    try:
        content = json.loads(path.read_bytes(), object_pairs_hook=no_repeats)
        records = _flat(content["nested"], content["codeValues"], path)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise InputError(
            f"the file cannot be read as json of nested mappings ({type(error).__name__}: {error})",
            where=path,
            row=getattr(error, "lineno", 1),
            column="nested",
            expected="codeValues, and nested: year, type, origin, asylum, persons",
            do="download it again and compare its hash",
        ) from error
    return pd.DataFrame(records, columns=["place", "column", *KEY, "persons"]).set_index("place")


def _flat(nested: Mapping[str, Mapping], names: Sequence[str], path: Path) -> list[tuple]:
    """The mappings' figures, in their order: place, type, series, year, origin, asylum, persons."""
    records = []
    for year, types in nested.items():
        series_of = _series(pd.Series(list(types), index=[f"{year}, {name}" for name in types], dtype=str), path)
        for (kind, origins), series in zip(types.items(), series_of, strict=True):
            for code, asylums in origins.items() if series else ():
                origin, number = names[int(code)], int(year)
                for asylum, persons in asylums.items():
                    if persons != 0:
                        name = names[int(asylum)]
                        place = f"{year}, {kind}, {origin}, {name}"
                        text = SUPPRESSED if persons is None else str(persons)
                        records.append((place, kind, series, number, origin, name, text))
    return records


def _declared(
    records: pd.DataFrame, entries: Sequence[Correction], path: Path
) -> tuple[pd.DataFrame, list[Correction]]:
    """The records, changed as the entries say; and the entries about what is not there.

    Ids stand in ``note``; those of a repaired place in ``origin_note`` or ``asylum_note``, for the
    world's sum does not depend on it.
    """
    result = records.reset_index(names="place").assign(note="", origin_note="", asylum_note="")
    odd = {state: some for state, some in result.groupby("state") if state}
    left_out = []
    for entry in entries:
        row = corrections.pairs(entry.row)
        found = _fit(odd.get(row["persons"], result[:0]) if "persons" in row else result, row)
        told = corrections.pairs(entry.published)
        rows = {"rows": str(len(found))}
        if "sum" in told:
            rows["sum"] = f"{pd.to_numeric(found['persons'], errors='coerce').sum():.0f}"
        absent = found.empty and not {"series", "year"} <= row.keys()
        if rows != told or absent or entry.action not in ("flag", "repair", "drop"):
            raise InputError(
                f"correction {entry.id} ({entry.row}, {entry.action}) has expired: the records have"
                f" {corrections.joined(rows)} now, and had {entry.published}",
                where=path,
                row=None if found.empty else found["place"].iloc[0],
                column="persons",
                expected="what the entry says, and flag, repair or drop",
                do=f"look at the records, then mend or delete {entry.id} in data/corrections.csv",
            )
        if entry.action == "drop":
            result = result.drop(index=found.index)
            continue
        if found.empty:
            left_out.append(entry)
        repaired = corrections.pairs(entry.value)
        for column, value in repaired.items():
            result.loc[found.index, column] = value
        for note in [f"{column}_note" for column in repaired] or ["note"]:
            result.loc[found.index, note] = (result.loc[found.index, note] + f" {entry.id}").str.strip()
    return result.set_index("place"), left_out


def _fit(records: pd.DataFrame, row: Mapping[str, str]) -> pd.DataFrame:
    """The records that an entry's ``row`` is about."""
    found = records
    for column, value in row.items():
        if column == "year":
            found = found[found["year"].between(*_years(value))]
        else:
            found = found[found["state" if column == "persons" else column] == value]
    return found


def _years(text: str) -> tuple[int, int]:
    """``"1992"`` or ``"1951-1992"`` as first and last year."""
    first, _, last = text.partition("-")
    return int(first), int(last or first)


def _all_declared(records: pd.DataFrame, release: Release, path: Path) -> pd.DataFrame:
    """The records, missing or negative figures that no entry declares flagged by one for each series and year."""
    result = records.reset_index(names="place")
    new = result[(result["state"] != "") & (result["note"] == "")]
    for (state, series, year), same in new.groupby(["state", "series", "year"], sort=False):
        published: dict[str, float] = {"rows": len(same)}
        if state == "negative":
            published["sum"] = float(pd.to_numeric(same["persons"]).sum())
        what, expected = ODD[str(state)]
        result.loc[same.index, "note"] = corrections.declare(
            release,
            corrections.joined({"series": series, "year": year, "persons": state}),
            corrections.joined(published),
            path,
            place=same["place"].iloc[0],
            column=same["column"].iloc[0],
            what=f"{what} (one of {len(same)} for {series} {year})",
            expected=expected,
        )
    return result.set_index("place")


def _persons(records: pd.DataFrame, path: Path) -> np.ndarray:
    """The figures as numbers, in the records' order; a negative one is declared, so it is taken as it is."""
    best = np.full(len(records), np.nan)
    negative = (records["state"] == "negative").to_numpy()
    text = records["persons"].copy()
    text[negative] = text[negative].str.removeprefix("-")
    for column in records["column"].unique():
        here = (records["column"] == column).to_numpy()
        best[here] = _numbers(text[here].to_frame(column), column, path, codes=(SUPPRESSED,))
    best[negative] *= -1
    return best


def _numbers(
    frame: pd.DataFrame, column: str, path: Path, *, codes: Sequence[str] = (), empty: bool = True
) -> pd.Series:
    """``raw.whole_numbers`` for a long column of few different values: each is looked at once."""
    first = frame[[column]][~frame[column].duplicated()]
    numbers = raw.whole_numbers(first, column, path, codes=codes, empty=empty)
    return frame[column].map(dict(zip(first[column], numbers, strict=True)))


def _areas(frame: pd.DataFrame, column: str, path: Path) -> pd.Series:
    """The areas of a column of codes or names: ISO 3166 (and UNHCR's UKN, STA), or publishers' names.

    A place that was not asked for in any record is no area (``NOT_ASKED``).
    """
    if len(frame) and (frame[column] == ALL_OF_THEM).all():
        tell(f"the file has no {column}: every record is of all places together")
        return pd.Series(NOT_ASKED, index=frame.index)
    return raw.looked_up(frame, column, _area, path, expected="a code or a name of data/areas.csv")


def _area(text: str) -> str | None:
    return areas.by_iso3(text) or areas.by_name(text)


def _at_home_told(records: pd.DataFrame, release: Release, path: Path) -> pd.DataFrame:
    """The records, those of refugees in their own country flagged if the release is unverified.

    A refugee is not in the country of origin; publishers have some all the same, and they are kept.
    """
    if release.verified:
        return records
    result = records.reset_index(names="place")
    places = [result[column].map({text: _area(text) for text in result[column].unique()}) for column in PLACES]
    same = (places[0] == places[1]) & (places[0] != UNKNOWN) & (result["series"] != "idps") & (result["note"] == "")
    for (series, year, origin), some in result[same].groupby(["series", "year", "origin"], sort=False):
        asylum = some["asylum"].iloc[0]
        result.loc[some.index, "note"] = corrections.declare(
            release,
            corrections.joined({"series": series, "year": year, "origin": origin, "asylum": asylum}),
            corrections.joined({"rows": len(some)}),
            path,
            place=some["place"].iloc[0],
            column="asylum",
            what=f"{series} from {origin} in {asylum}",
            expected="another country than that of origin",
        )
    return result.set_index("place")


def _sums(records: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Sums of the records; unknown where a figure was lost, for nothing says how large it was."""
    result = totals(records[[*by, "best"]], by, ["best"])
    groups = pd.MultiIndex.from_frame(result[by])
    lost = pd.MultiIndex.from_frame(records.loc[records["state"] == "missing", by])
    result.loc[groups.isin(lost), "best"] = np.nan
    notes = records[records["note"] != ""].groupby(by)["note"].agg(all_ids)  # of the few: most have none
    result["note"] = notes.reindex(groups if len(by) > 1 else result[by[0]]).fillna("").to_numpy()
    return result


def _without(world: pd.DataFrame, series: str, left_out: Sequence[Correction]) -> pd.DataFrame:
    """The world's sums, those noted that miss records which a release leaves out."""
    result = world.copy()
    for entry in left_out:
        row = corrections.pairs(entry.row)
        touched = result["year"].between(*_years(row["year"])) & (row["series"] == series)
        clauses = [Coverage(WITHOUT, "best", unit=name, without=(row[name],)) for name in PLACES if name in row]
        result.loc[touched, "note"] = (result.loc[touched, "note"] + f" {entry.id}").str.strip()
        result.loc[touched, "coverage"] = [
            to_text([*from_text(text), *clauses]) for text in result.loc[touched, "coverage"]
        ]
    return result


def _dated_values(path: Path, encoding: str) -> pd.DataFrame:
    """UNHCR's portal exports have no header: a line ``sep=;``, then date and value.

    Every line of them ends, so a last one that does not was cut off.
    """
    lines = formats.decoded(formats.content(path), path, encoding).split("\n")
    if lines[0] != "sep=;":
        raise InputError(
            f"the first line is {lines[0]!r}", where=path, row=1, column="sep", expected="sep=;", do="download it again"
        )
    for number, line in enumerate(lines[1:-1], start=2):
        if line.count(";") != 1:
            raise InputError(
                f"the row has {line.count(';') + 1} fields",
                where=path,
                row=number,
                column="date" if ";" not in line else "value",
                expected="2: date and value",
                do="the file is broken there: download it again",
            )
    if lines[-1] or len(lines) < 3:
        raise InputError(
            "the last line does not end" if lines[-1] else "there are no rows",
            where=path,
            row=len(lines),
            column="value",
            expected="whole lines of date and value",
            do="the file is cut off there: download it again",
        )
    values = [line.split(";") for line in lines[1:-1]]
    return pd.DataFrame(values, index=range(2, len(lines)), columns=["date", "value"], dtype=str)


def _as_of(first: datetime.date, last: datetime.date, areas: tuple[str, ...] = ()) -> Coverage:
    return Coverage(AS_OF, "best", areas=areas, first=f"{first:%Y-%m-%d}", last=f"{last:%Y-%m-%d}")
