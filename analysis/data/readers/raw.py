"""Publisher files as they are -> a table of text, with every row's place in its file.

A reader says which columns it needs and under which names publishers have given them (a
``Layout``); everything else about a file (its format, delimiter, title lines above the header) is
found out here, so that a release that is new to the code but follows its publisher's layout reads
without a change.
"""

import csv
import difflib
import io
import json
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.data import areas
from analysis.data.refusals import refuse
from analysis.errors import InputError

Layout = Mapping[str, Sequence[str]]
"""Our name of a column -> the names that publishers have given it (case, spaces and underscores do not count)."""

HEADER_SEARCH = 20
"""Lines in which the header is looked for: title lines may stand above it, four in most exports, 14 in UNHCR's."""


def plain(name: object) -> str:
    """A column name without case, spaces and punctuation: ``BdBest`` and ``bd_best`` are one."""
    return re.sub(r"[^a-z0-9#+%]", "", str(name).lower())


def read(
    path: Path, layout: Layout, *, optional: Layout | None = None, encoding: str = "utf-8", whole: bool = False
) -> pd.DataFrame:
    """Read a publisher file of any format that the project knows.

    Args:
        path: csv, tsv, zip with one member, xlsx, xls, dta, rda, rdata, rds, json or geojson.
        layout: the columns needed, each with the names that publishers use for it.
        optional: columns that only some releases have; a missing one is filled with ``""``.
        encoding: of text formats; the registry names those that are not UTF-8.
        whole: also keep the columns that no layout names, under the publisher's names.

    Returns:
        One row per record, all values text (``""`` where the file has none), columns by our
        names; the index is the row in the file (1 is the first line; for binary formats the
        first record is row 1).

    Raises:
        InputError: an unreadable, empty or truncated file, a missing or doubled column.
    """
    found = _without_tags(_frame(path, content(path), layout, encoding))
    return _rename(found, layout, optional or {}, path, whole)


def _without_tags(frame: pd.DataFrame) -> pd.DataFrame:
    """The records without the row of HXL tags (``#date+year``) that the humanitarian exchange puts below a header."""
    first = [str(cell) for cell in frame.iloc[0] if cell != ""] if len(frame) else []
    return frame.iloc[1:] if first and all(cell.startswith("#") for cell in first) else frame


def content(path: Path) -> bytes:
    """A file's bytes; InputError if it is not there or empty."""
    if not path.exists():
        raise InputError("file not found", where=path, do="fetch it, or name the folder that holds it with --mirror")
    found = path.read_bytes()
    if not found:
        raise _empty(path)
    return found


def decoded(content: bytes, path: Path, encoding: str = "utf-8") -> str:
    """Bytes as text with lines that end in ``\\n``; InputError if they are in another encoding or empty."""
    try:
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"byte {content[error.start]:#04x} is not {encoding}",
            where=path,
            row=content[: error.start].count(b"\n") + 1,
            expected=f"text in {encoding}",
            do="save it as UTF-8, or state its encoding in data/sources.csv",
        ) from error
    if not text.strip():
        raise _empty(path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _empty(path: Path) -> InputError:
    return InputError("the file is empty", where=path, expected="a header and rows", do="download it again")


def _frame(path: Path, content: bytes, layout: Layout, encoding: str) -> pd.DataFrame:
    suffix = path.suffix.lower()
    try:
        if suffix == ".zip":
            return _text(_only_member(path), layout, path, encoding)
        if suffix in {".csv", ".tsv", ".txt"}:
            return _text(content, layout, path, encoding)
        if suffix in {".json", ".geojson"}:
            return _records(json.loads(path.read_text(encoding="utf-8")), path)
        if suffix in {".xlsx", ".xls"}:
            return _sheet(path, layout)
        if suffix == ".dta":
            return _as_text(pd.read_stata(path, convert_categoricals=False, preserve_dtypes=False))
        if suffix in {".rda", ".rdata", ".rds"}:
            return _as_text(_r_object(path))
    except InputError:
        raise
    except Exception as error:  # every library names its own: the reader's promise is one line
        message = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(
            f"the file cannot be read as {suffix} ({message})", where=path, do="download it again and compare its hash"
        ) from error
    raise InputError(f"unknown format {suffix}", where=path, expected="csv, zip, xlsx, dta, rda, rds or json")


def _only_member(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        members = [n for n in archive.namelist() if not n.endswith("/") and not n.startswith("__MACOSX/")]
        if len(members) != 1:
            raise InputError(
                f"the zip has {len(members)} members ({', '.join(members)})",
                where=path,
                expected="one",
                do="unpack it and name the one to read",
            )
        return archive.read(members[0])


def _text(content: bytes, layout: Layout, path: Path, encoding: str) -> pd.DataFrame:
    text = decoded(content, path, encoding)
    head = text.split("\n", HEADER_SEARCH)[:HEADER_SEARCH]
    delimiter = max(";,\t", key=lambda mark: max(line.count(mark) for line in head))
    records: list[list[str]] = []
    rows: list[int] = []
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    start = 1
    for record in reader:
        if record:
            records.append(record)
            rows.append(start)
        start = reader.line_num + 1
    header = _header_row(records[:HEADER_SEARCH], layout)
    names = records[header]
    while names and not names[-1].strip():
        names = names[:-1]
    body, places = records[header + 1 :], rows[header + 1 :]
    if not body:
        raise InputError("there are no rows under the header", where=path, expected="at least one")
    fixed = []
    for record, row in zip(body, places, strict=True):
        trimmed = record[: len(names)] if not any(record[len(names) :]) else record
        if len(trimmed) != len(names):
            raise InputError(
                f"the row has {len(record)} fields",
                where=path,
                row=row,
                expected=f"{len(names)}",
                do="the file is cut off or broken there: download it again",
            )
        fixed.append(trimmed)
    if not text.endswith("\n") and '"' not in text[-1:]:
        _whole_last_line(fixed, places, path)
    return pd.DataFrame(fixed, index=places, columns=names, dtype=str).map(str.strip)


def _whole_last_line(records: list[list[str]], rows: list[int], path: Path) -> None:
    """A last line without an end may be cut inside its last field: its neighbours tell."""
    last, before = records[-1][-1].strip(), {record[-1].strip() for record in records[:-1]}
    if len(records) > 2 and len(before) == 1 and last not in before:
        raise InputError(
            f"the last field is {last!r}, and every other row's {before.pop()!r}",
            where=path,
            row=rows[-1],
            expected="a whole last line",
            do="the file is cut off there: download it again",
        )


def _header_row(records: list[list[str]], layout: Layout) -> int:
    """The row that holds the most of the columns asked for; the first one if none holds any."""
    wanted = {plain(name) for names in layout.values() for name in names}
    found = [len(wanted & {plain(cell) for cell in record}) for record in records]
    return found.index(max(found))


def _records(content: object, path: Path) -> pd.DataFrame:
    if isinstance(content, dict) and content.get("type") == "FeatureCollection":
        content = [feature["properties"] for feature in content["features"]]
    if not isinstance(content, list) or not content or not isinstance(content[0], dict):
        raise InputError("the json is not a list of records", where=path, expected="[{...}, ...] or GeoJSON features")
    return _as_text(pd.DataFrame.from_records(content))


def _sheet(path: Path, layout: Layout) -> pd.DataFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cells = pd.read_excel(path, sheet_name=0, header=None, dtype=object, engine="calamine")
    head = [["" if pd.isna(cell) else str(cell) for cell in row] for row in cells.head(HEADER_SEARCH).to_numpy()]
    header = _header_row(head, layout)
    body = cells.iloc[header + 1 :]
    body.columns = pd.Index([re.sub(r"^(\d{4})\.0$", r"\1", name) for name in head[header]])
    body.index = pd.RangeIndex(header + 2, header + 2 + len(body))
    return _as_text(body, keep_index=True)


def _r_object(path: Path) -> pd.DataFrame:
    import pyreadr

    objects = pyreadr.read_r(path)
    if len(objects) != 1:
        raise InputError(f"the file holds {len(objects)} objects", where=path, expected="one data frame")
    return next(iter(objects.values()))


def _as_text(frame: pd.DataFrame, *, keep_index: bool = False) -> pd.DataFrame:
    """Every value as the text that a csv export would hold."""

    def text(value: object) -> str:
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value).strip()

    columns = {}
    for position in range(frame.shape[1]):
        column = frame.iloc[:, position].astype(object)
        columns[position] = column.map(text).where(column.notna(), "")
    result = pd.DataFrame(columns, index=frame.index)
    result.columns = pd.Index([str(name) for name in frame.columns])
    if not keep_index:
        result.index = pd.RangeIndex(1, len(result) + 1)
    return result


def _rename(frame: pd.DataFrame, layout: Layout, optional: Layout, path: Path, whole: bool) -> pd.DataFrame:
    present: dict[str, list[str]] = {}
    for name in frame.columns:
        present.setdefault(plain(name), []).append(name)
    renamed: dict[str, str] = {}
    for ours, theirs in {**layout, **optional}.items():
        hits = [name for alias in theirs for name in present.get(plain(alias), [])]
        if len(hits) > 1:
            raise InputError(f"column {ours} stands there {len(hits)} times ({', '.join(hits)})", where=path)
        if hits:
            renamed[hits[0]] = ours
        elif ours in layout:
            near = difflib.get_close_matches(plain(theirs[0]), list(present), n=1, cutoff=0.6)
            raise InputError(
                "the column is missing" + (f" (is {present[near[0]][0]!r} a new name for it?)" if near else ""),
                where=path,
                row=1,
                column=ours,
                expected=f"one of {', '.join(theirs)}",
                do="if the publisher renamed it, add the name to the reader's layout",
            )
    result = frame.rename(columns=renamed)
    for ours in optional:
        if ours not in result.columns:
            result[ours] = ""
    return result if whole else result[[*layout, *optional]]


NUMBER = re.compile(r"-?\d+(\.0+)?")
"""A whole number, as publishers write it: some csv have ``2010.0``."""


def whole_numbers(
    frame: pd.DataFrame, column: str, path: Path, *, codes: Sequence[str] = (), empty: bool = True
) -> pd.Series:
    """A text column as numbers.

    Args:
        frame: what ``read`` gave.
        column: the column to convert.
        path: the file, for the error.
        codes: texts that mean "no figure" in this dataset (``-99``, ``*``).
        empty: whether a missing value is allowed.

    Returns:
        Float64 numbers, NaN for a code or a missing value, on the frame's index.

    Raises:
        InputError: text in a number, or a negative count that is not a declared code.
    """
    text = frame[column]
    unknown = text.isin(list(codes)) | ((text == "") if empty else False)
    wrong = ~unknown & ~text.str.fullmatch(NUMBER.pattern)
    listed = f", or one of the codes {', '.join(codes)}" if codes else ""
    again = "download the file again, or declare the value in data/corrections.csv"
    refuse(frame, wrong, path, column, "is not a whole number", expected=f"digits{listed}", do=again)
    numbers = pd.to_numeric(text.where(~unknown), errors="raise").astype(float)
    meant = "declare the value in data/corrections.csv if the publisher means it"
    refuse(frame, numbers < 0, path, column, "is a negative count", expected=f"0 or more{listed}", do=meant)
    return numbers


def years(frame: pd.DataFrame, path: Path) -> pd.Series:
    """The column ``year`` as whole numbers; InputError for one that is none or missing."""
    return whole_numbers(frame, "year", path, empty=False).astype(int)


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
        InputError: a missing value, another form, or a day that no calendar has.
    """
    result = pd.to_datetime(frame[column].str.split(r"[T ]", n=1, regex=True).str[0], format=form, errors="coerce")
    again = "download the file again, or repair the value in data/corrections.csv"
    refuse(frame, result.isna(), path, column, "is not a date", expected=f"a date as {form}", do=again)
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
    return looked_up(frame, column, areas.by_gleditsch_ward, path, what=what, expected=expected)


def require(frame: pd.DataFrame, layout: Layout, path: Path, encoding: str = "utf-8") -> None:
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
