"""Publisher files as they are -> a table of text, with every row's place in its file.

A reader says which columns it needs and under which names publishers have given them (a
``Layout``); everything else about a file (its format, delimiter, title lines above the header) is
found out here, so that a release that is new to the code but follows its publisher's layout reads
without a change.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.data import areas
from analysis.data.readers import formats
from analysis.data.readers.formats import Cells, plain
from analysis.data.refusals import refuse
from analysis.errors import InputError

Layout = Mapping[str, Sequence[str]]
"""Our name of a column -> the names that publishers have given it (case, spaces and underscores do not count)."""

MOST = 1_000_000_000
"""No publisher here counts so many people, but for populations."""

FIRST_YEAR, LAST_YEAR = 1900, 2100


def read(
    path: Path, layout: Layout, *, optional: Layout | None = None, encoding: str = "", whole: bool = False
) -> pd.DataFrame:
    """Read a publisher file of any format that the project knows.

    Args:
        path: csv, tsv, zip with one member, xlsx, xls, dta, rda, rdata, rds, json or geojson.
        layout: the columns needed, each with the names that publishers use for it.
        optional: columns that only some releases have; a missing one is filled with ``""``.
        encoding: of text formats, where it is stated; else what a byte-order mark says, or UTF-8.
        whole: also keep the columns that no layout names, under the publisher's names.

    Returns:
        One row per record, all values text (``""`` where the file has none), columns by our
        names; the index is the row in the file (1 is the first line; for binary formats the
        first record is row 1).

    Raises:
        InputError: an unreadable, empty or truncated file, a missing or doubled column.
    """
    wanted = {plain(name) for names in {**layout, **(optional or {})}.values() for name in names}
    cells = formats.cells(path, wanted, encoding)
    if isinstance(cells, Cells):
        cells = pd.DataFrame(cells.records, index=cells.rows, columns=cells.names, dtype=str)
    found = _without_tags(cells)
    return _rename(found, layout, optional or {}, path, whole)


def _without_tags(frame: pd.DataFrame) -> pd.DataFrame:
    """The records without the row of HXL tags (``#date+year``) that the humanitarian exchange puts below a header."""
    first = [str(cell) for cell in frame.iloc[0] if cell != ""] if len(frame) else []
    return frame.iloc[1:] if first and all(cell.startswith("#") for cell in first) else frame


def _rename(frame: pd.DataFrame, layout: Layout, optional: Layout, path: Path, whole: bool) -> pd.DataFrame:
    present: dict[str, list[str]] = {}
    for name in frame.columns:
        present.setdefault(plain(name), []).append(name)
    renamed: dict[str, str] = {}
    missing: list[str] = []
    for ours, theirs in {**layout, **optional}.items():
        hits = [name for alias in theirs for name in present.get(plain(alias), [])]
        if len(hits) > 1:
            raise InputError(f"column {ours} stands there {len(hits)} times ({', '.join(hits)})", where=path)
        if hits:
            renamed[hits[0]] = ours
        elif ours in layout:
            missing.append(ours)
    if missing:
        theirs = layout[missing[0]]
        near = difflib.get_close_matches(plain(theirs[0]), [name for name in present if name], n=1, cutoff=0.6)
        others = f", and so are {', '.join(missing[1:])}" if len(missing) > 1 else ""
        raise InputError(
            "the column is missing" + (f" (is {present[near[0]][0]!r} a new name for it?)" if near else "") + others,
            where=path,
            row=1,
            column=missing[0],
            expected=f"one of {', '.join(theirs)}",
            do="if the publisher renamed it, add the name to the reader's layout; if it is gone, this is another"
            " form of the data, or another source's",
        )
    result = frame.rename(columns=renamed)
    for ours in optional:
        if ours not in result.columns:
            result[ours] = ""
    return result if whole else result[[*layout, *optional]]


NUMBER = re.compile(r"-?\d+(\.0{1,2}|\.0{4,})?|\d(\.\d+)?[eE]\+?\d{1,2}")
"""A whole number, as publishers write it: some csv have ``2010.0``, and R writes ``1e+05``."""

GROUPED = re.compile(r"-?\d{1,3}([.,]\d{3})+")
"""What is 25 thousand to one reader and 25 to another."""


def whole_numbers(
    frame: pd.DataFrame,
    column: str,
    path: Path,
    *,
    codes: Sequence[str] = (),
    empty: bool = True,
    most: float = MOST,
) -> pd.Series:
    """A text column as numbers.

    Args:
        frame: what ``read`` gave.
        column: the column to convert.
        path: the file, for the error.
        codes: texts that mean "no figure" in this dataset (``-99``, ``*``).
        empty: whether a missing value is allowed.
        most: what no figure can be above.

    Returns:
        Float64 numbers, NaN for a code or a missing value, on the frame's index. A space or an
        apostrophe between thousands is read; a point or a comma there is refused, for it may be
        either.

    Raises:
        InputError: text in a number, a negative count that is not a declared code, or more than
            there can be.
    """
    text = frame[column].str.replace("\u2212", "-").str.replace(r"(?<=\d)[ '’](?=\d{3}(?!\d))", "", regex=True)
    unknown = text.isin(list(codes)) | ((text == "") if empty else False)
    listed = f", or one of the codes {', '.join(codes)}" if codes else ""
    grouped = ~unknown & text.str.fullmatch(GROUPED.pattern)
    refuse(
        frame,
        grouped,
        path,
        column,
        f"may be thousands or a fraction (so are {int(grouped.sum()):,} values of the column)",
        expected=f"digits alone: 25000{listed}",
        do="save the file with numbers that have no separator of thousands",
    )
    wrong = ~unknown & ~text.str.fullmatch(NUMBER.pattern)
    again = "download the file again, or declare the value in data/corrections.csv"
    refuse(frame, wrong, path, column, "is not a whole number", expected=f"digits{listed}", do=again)
    numbers = pd.to_numeric(text.where(~unknown), errors="raise").astype(float)
    refuse(frame, numbers % 1 > 0, path, column, "is not a whole number", expected=f"digits{listed}", do=again)
    meant = "declare the value in data/corrections.csv if the publisher means it"
    refuse(frame, numbers < 0, path, column, "is a negative count", expected=f"0 or more{listed}", do=meant)
    limit = f"at most {most:,.0f}"
    refuse(frame, numbers > most, path, column, "is more than there can be", expected=limit, do=again)
    return numbers


def years(frame: pd.DataFrame, path: Path) -> pd.Series:
    """The column ``year`` as whole numbers; InputError for one that is none, is missing or is no year."""
    found = whole_numbers(frame, "year", path, empty=False)
    wrong = ~found.between(FIRST_YEAR, LAST_YEAR)
    what = "is not a year: has the column another's name?"
    refuse(frame, wrong, path, "year", what, expected=f"{FIRST_YEAR} to {LAST_YEAR}")
    return found.astype(int)


def dates(frame: pd.DataFrame, column: str, path: Path, form: str = "%Y-%m-%d") -> pd.Series:
    """A text column as dates.

    Args:
        frame: what ``read`` gave.
        column: the column to convert; a time of day behind the date (``T00:00:00``) is dropped.
        path: the file, for the error.
        form: how this dataset writes a date, in the signs of ``strptime``.

    Returns:
        Timestamps on the frame's index.

    Raises:
        InputError: a missing value, another form, a day that no calendar has, or one of another age.
    """
    result = pd.to_datetime(frame[column].str.split(r"[T ]", n=1, regex=True).str[0], format=form, errors="coerce")
    again = "download the file again, or repair the value in data/corrections.csv"
    wrong = ~result.dt.year.between(FIRST_YEAR, LAST_YEAR)  # nor is what is no date at all
    refuse(frame, wrong, path, column, "is not a date", expected=f"a date as {form}", do=again)
    return result


def looked_up(
    frame: pd.DataFrame,
    column: str,
    find: Callable[[str], str | None],
    path: Path,
    *,
    what: str = "is not a known area",
    expected: str = "a code of data/areas.csv",
    do: str = "add it to data/areas.csv",
) -> pd.Series:
    """What the codes of a text column stand for: areas, unless the words of the error say otherwise.

    Args:
        frame: what ``read`` gave.
        column: the column of codes.
        find: from a code to what it stands for, None if it is not known; asked once for each code.
        path: the file, for the error.
        what: what is said of a code that is not known.
        expected: what should be there.
        do: what can be done.

    Raises:
        InputError: the first code that is not known.
    """
    result = frame[column].map({code: find(code) for code in frame[column].unique()})
    refuse(frame, result.isna(), path, column, what, expected=expected, do=do)
    return result


def by_gleditsch_ward(frame: pd.DataFrame, column: str, path: Path) -> pd.Series:
    """The areas of a text column of Gleditsch-Ward numbers; InputError for one that is not known."""
    what, expected = "is not a known country number", "a Gleditsch-Ward number of data/areas.csv"

    def area(code: str) -> str | None:
        return areas.by_gleditsch_ward(re.sub(r"\.0$", "", code))

    return looked_up(frame, column, area, path, what=what, expected=expected)


def require(frame: pd.DataFrame, layout: Layout, path: Path, encoding: str = "") -> None:
    """Raise InputError for a column of ``layout``, optional when the file was read, that is not in the file."""
    if any((frame[column] == "").all() for column in layout):
        read(path, layout, encoding=encoding)


def no_new(columns: Iterable[str], path: Path, known: Iterable[str], what: str, do: str) -> None:
    """Raise InputError for the first of the columns that may be a known one under a new name, if there is one."""
    first = next(iter(columns), None)
    if first is not None:
        raise InputError(what, where=path, row=1, column=first, expected=", ".join(known), do=do)


def unique(frame: pd.DataFrame, key: Sequence[str], path: Path) -> None:
    """Raise InputError if two records have the same key."""
    doubled = frame.duplicated(list(key), keep=False)
    if doubled.any():
        first = frame.index[doubled][0]
        same = frame.index[(frame[list(key)] == frame.loc[first, list(key)]).all(axis=1)]
        raise InputError(
            f"rows {' and '.join(str(row) for row in same)} have the same key"
            f" ({', '.join(f'{name} {frame.loc[first, name]}' for name in key)})",
            where=path,
            row=same[-1],
            column=" + ".join(key),
            expected="one record each",
        )
