"""A publisher's bytes -> cells: archives opened within bounds, encodings, separators, sheets, replies of an API.

What a file is, its content says, not its name: a workbook that was saved as ``.csv`` is read as a
workbook, and a web page that was saved in place of a table is an error.
"""

import csv
import gzip
import io
import json
import re
import statistics
import tempfile
import unicodedata
import warnings
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from analysis.data.notices import tell
from analysis.errors import InputError

MOST_BYTES = 1 << 30
"""Bytes of a file, or of what an archive holds: the largest table that any publisher here gives out has a third."""

HEADER_SEARCH = 40
"""Records in which the header is looked for: title lines may stand above it, 14 in UNHCR's exports."""

SEPARATORS = ";,\t|"
NOT_TABLES = re.compile(r"(?i)(^|/)(metadata_|readme|licen[cs]e|codebook)|\.(pdf|docx?|md|html?)$")
"""Members of an archive that explain its table."""

FORMATS = "csv, zip, xlsx, dta, rda, rds or json"
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe\x00\x00": "utf-32", b"\xff\xfe": "utf-16"}
BYTE_ORDER_MARKS |= {b"\x00\x00\xfe\xff": "utf-32", b"\xfe\xff": "utf-16"}
PAGES = {"maxPages": "page", "TotalPages": None}
"""How a reply says of how many pages it is one -> how it says which, where it does."""

RECORDS = ("Result", "items", "results", "data")
"""Under what a reply has its records."""

Wanted = Collection[str]
"""The names of columns that are asked for, as ``plain`` gives them."""


@dataclass(frozen=True)
class Cells:
    """A table as it stands in the file: the names of its columns, and its records with their rows."""

    names: list[str]
    records: list[list[str]]
    rows: list[int]


def content(path: Path) -> bytes:
    """A file's bytes; InputError if it is not there, empty or too large to be a table."""
    if not path.exists():
        raise InputError("file not found", where=path, do="fetch it, or name the folder that holds it with --mirror")
    if not path.is_file():
        raise InputError("is no file", where=path, expected="a publisher's file")
    if path.stat().st_size > MOST_BYTES:
        raise _too_large(path)
    found = path.read_bytes()
    if not found.strip(b"\x00 \t\r\n"):
        raise empty(path)
    return found


def empty(path: Path) -> InputError:
    """The error to raise for a file that holds nothing."""
    return InputError("the file is empty", where=path, expected="a header and rows", do="download it again")


def _too_large(path: Path, what: str = "the file") -> InputError:
    return InputError(
        f"{what} is larger than {MOST_BYTES >> 20:,} MB", where=path, expected="a table", do="look at what it is"
    )


def cells(path: Path, wanted: Wanted, encoding: str = "") -> Cells | pd.DataFrame:
    """A file's table: as cells where it has a header to be found, as a data frame of text where it names its columns.

    Args:
        path: the file.
        wanted: names of columns, which tell a header from other records.
        encoding: of text; "" is what its byte-order mark says, else UTF-8.

    Raises:
        InputError: a file that is none of ``FORMATS``, or is broken.
    """
    return _cells(content(path), path.suffix.lower(), path, wanted, encoding)


def column(path: Path, names: Sequence[str], encoding: str = "") -> set[str]:
    """The values of the first of some columns that a file has; none if it has none of them."""
    wanted = [plain(name) for name in names]
    found = cells(path, wanted, encoding)
    table = pd.DataFrame(found.records, columns=found.names) if isinstance(found, Cells) else found
    for place, name in enumerate(table.columns):
        if plain(name) in wanted:
            return set(table.iloc[:, place].unique())
    return set()


def _cells(found: bytes, suffix: str, path: Path, wanted: Wanted, encoding: str) -> Cells | pd.DataFrame:
    kind = _kind(found, suffix)
    try:
        if kind == ".zip":
            member, name = _only_member(found, path)
            return _cells(member, PurePosixPath(name).suffix.lower(), path, wanted, encoding)
        if kind == ".gz":
            return _cells(_unpacked(found, path), path.with_suffix("").suffix.lower(), path, wanted, encoding)
        if kind in {".csv", ".tsv", ".txt"}:
            return _text(decoded(found, path, encoding), wanted, path)
        if kind in {".json", ".geojson"}:
            return _records(json.loads(decoded(found, path, encoding)), path)
        if kind in {".xlsx", ".xls"}:
            return _sheet(found, wanted, path)
        if kind == ".dta":
            return as_text(pd.read_stata(io.BytesIO(found), convert_categoricals=False, preserve_dtypes=False))
        if kind in {".rda", ".rdata", ".rds"}:
            return as_text(_r_object(found, path))
    except InputError:
        raise
    except Exception as error:  # every library names its own: the reader's promise is one line
        message = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(
            f"the file cannot be read as {suffix} ({message})", where=path, do="download it again and compare its hash"
        ) from error
    raise InputError(f"unknown format {suffix or 'without a name'}", where=path, expected=FORMATS)


def _kind(found: bytes, suffix: str) -> str:
    """The format, by the first bytes where they say it: names are what people make of them."""
    if found[:4] == b"PK\x03\x04":
        return ".xlsx" if suffix in {".xlsx", ".xls"} or b"xl/workbook.xml" in found else ".zip"
    if found[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return ".xls"
    if found[:2] == b"\x1f\x8b" and suffix not in {".rda", ".rdata", ".rds"}:
        return ".gz"
    return suffix


def _only_member(found: bytes, path: Path) -> tuple[bytes, str]:
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        files = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
        members = [one for one in files if not NOT_TABLES.search(one.filename)] or files
        if len(members) != 1:
            raise InputError(
                f"the zip has {len(members)} members ({', '.join(one.filename for one in members[:6])})",
                where=path,
                expected="one",
                do="unpack it and name the one to read",
            )
        inside = PurePosixPath(members[0].filename.replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts:
            raise InputError(
                f"the zip's member {members[0].filename} would lie outside of it",
                where=path,
                expected="a plain archive",
                do="do not trust this file: download it from its publisher",
            )
        if members[0].file_size > MOST_BYTES:
            raise _too_large(path, f"the zip's member {members[0].filename}")
        with archive.open(members[0]) as stream:
            member = stream.read(MOST_BYTES + 1)
        if len(member) > MOST_BYTES:
            raise _too_large(path, f"the zip's member {members[0].filename}")
        if not member:
            raise empty(path)
        return member, members[0].filename


def _unpacked(found: bytes, path: Path) -> bytes:
    with gzip.open(io.BytesIO(found)) as stream:
        unpacked = stream.read(MOST_BYTES + 1)
    if len(unpacked) > MOST_BYTES:
        raise _too_large(path, "what is packed in it")
    return unpacked


def decoded(content: bytes, path: Path, encoding: str = "") -> str:
    """Bytes as text with lines that end in ``\\n``; InputError if they are in another encoding, empty or a web page."""
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark)), "")
    try:
        text = content.decode(marked or encoding or "utf-8")
    except LookupError:
        raise InputError(
            f"no encoding is called {encoding!r}", where=path, expected="such as utf-8, cp1252, mac_roman, utf-16"
        ) from None
    except UnicodeDecodeError as error:
        guess = _likely(content)
        raise InputError(
            f"byte {content[error.start]:#04x} is not {marked or encoding or 'utf-8'}",
            where=path,
            row=content[: error.start].count(b"\n") + 1,
            expected=f"text in {marked or encoding or 'utf-8'}",
            do=f"save it as UTF-8, or state its encoding: --encoding NAME{f' (likely {guess})' if guess else ''},"
            " or in data/sources.csv for a registered file",
        ) from error
    if not text.strip("\ufeff\x00 \t\r\n"):
        raise empty(path)
    if "\x00" in text:
        raise InputError(
            "there are zero bytes in the text",
            where=path,
            row=text[: text.index("\x00")].count("\n") + 1,
            expected="text",
            do="state its encoding (--encoding utf-16), or download it again",
        )
    if re.match(r"\s*<(!doctype|html|\?xml)", text[:200], re.IGNORECASE):
        raise InputError(
            "the file is a web page or XML", where=path, row=1, expected=FORMATS, do="download the data itself"
        )
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _likely(content: bytes) -> str:
    """What the encoding of some bytes is likely to be; "" if nothing speaks for one."""
    from charset_normalizer import from_bytes

    best = from_bytes(content[:200_000]).best()
    return best.encoding if best else ""


def _ascii_digits(text: str) -> str:
    """Digits of other scripts as those of ASCII."""
    if text.isascii():
        return text
    return re.sub(r"(?![0-9])\d", lambda digit: str(unicodedata.decimal(digit.group())), text)


def clean(cell: str) -> str:
    """A cell without what cannot be seen: control characters, and spaces around it."""
    if cell.isascii() and cell.isprintable():
        return cell.strip()
    shown = "".join(" " if unicodedata.category(sign) in ("Cc", "Zs", "Zl", "Zp") else sign for sign in cell)
    return "".join(sign for sign in shown if unicodedata.category(sign) != "Cf").strip()


def _text(text: str, wanted: Wanted, path: Path) -> Cells:
    text = _ascii_digits(text)
    head = "\n".join(text.split("\n", HEADER_SEARCH)[:HEADER_SEARCH])

    def fits(separator: str) -> tuple[int, float]:
        some = _parsed(head, separator, path)[0]
        return _header(some, wanted)[1], statistics.median(map(len, some))

    separator = max(SEPARATORS, key=fits)
    records, rows = _parsed(text, separator, path)
    header = _header(records[:HEADER_SEARCH], wanted)[0]
    names = [clean(name) for name in records[header]]
    while names and not names[-1]:
        names = names[:-1]
    body, places = records[header + 1 :], rows[header + 1 :]
    fixed, kept = [], []
    for record, row in zip(body, places, strict=True):
        given = [clean(cell) for cell in record]
        if not any(given):
            continue  # separators alone: an empty row of a spreadsheet
        trimmed = given[: len(names)] if not any(given[len(names) :]) else given
        fixed.append(trimmed)
        kept.append(row)
    blank = [number for number, line in enumerate(text.split("\n"), start=1) if not line.strip(f"{SEPARATORS} ")]
    fixed, kept = _without_footnotes(fixed, kept, len(names), blank)
    if not fixed:
        raise InputError("there are no rows under the header", where=path, expected="at least one")
    wrong = [place for place, record in enumerate(fixed) if len(record) != len(names)]
    if wrong:
        more = f" (and {len(wrong) - 1} more rows)" if len(wrong) > 1 else ""
        raise InputError(
            f"the row has {len(fixed[wrong[0]])} fields{more}",
            where=path,
            row=kept[wrong[0]],
            expected=f"{len(names)}",
            do="the file is cut off or broken there: download it again",
        )
    if not text.endswith("\n") and '"' not in text[-1:]:
        _whole_last_line(fixed, kept, path)
    return Cells(names, fixed, kept)


def _parsed(text: str, separator: str, path: Path) -> tuple[list[list[str]], list[int]]:
    """The records of a text, without blank lines, and the line on which each begins."""
    records: list[list[str]] = []
    rows: list[int] = []
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    start = 1
    try:
        for record in reader:
            if record:
                records.append(record)
                rows.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"the text is no table ({error})", where=path, row=start, do="a quotation mark may be missing there"
        ) from error
    return records, rows


def plain(name: object) -> str:
    """A column name without case, spaces and punctuation: ``BdBest`` and ``bd_best`` are one."""
    return re.sub(r"[^a-z0-9#+%]", "", str(name).lower())


def _header(records: Sequence[Sequence[str]], wanted: Wanted) -> tuple[int, int]:
    """The place of the record that holds most of the columns asked for, and how many it holds.

    Where none holds two, the header is the first record as wide as the widest: its names are then told.
    """
    found = [len(set(wanted) & {plain(cell) for cell in record}) for record in records]
    if max(found) < min(2, len(wanted) or 1):
        found = [sum(1 for cell in record if cell.strip()) for record in records]
        return found.index(max(found)), 0
    return found.index(max(found)), max(found)


def _without_footnotes(
    records: list[list[str]], rows: list[int], width: int, blank: Collection[int]
) -> tuple[list[list[str]], list[int]]:
    """The records without notes and totals that stand under the table.

    A note is a row with one cell that holds words, below a blank row or so begun; a row of one
    cell that could be the beginning of a record is not taken for a note, for the file may be cut.
    """
    under = len(records)
    while width > 2 and under and (_alone(records[under - 1]) or _is_total(records[under - 1])):
        under -= 1
    if under == len(records):
        return records, rows
    apart = under > 0 and any(rows[under - 1] < row < rows[under] for row in blank)
    begun = bool(NOTE.match(_alone(records[under])))
    kept, places = records[:under], rows[:under]
    for record, row in zip(records[under:], rows[under:], strict=True):
        if not _is_total(record) and not apart and not begun:
            kept, places = [*kept, record], [*places, row]
            continue
        what = "a row of totals" if _is_total(record) else "a footnote"
        tell(f"row {row} is {what}, left out: {' '.join(cell for cell in record if cell)[:60]}")
    return kept, places


def _alone(record: Sequence[str]) -> str:
    """The one cell of a record that has no other, if it holds words; else ""."""
    given = [cell for cell in record if cell]
    return given[0] if len(given) == 1 and " " in given[0] else ""


def _is_total(record: Sequence[str]) -> bool:
    return any(TOTAL.fullmatch(cell) for cell in record)


NOTE = re.compile(
    r"(?i)(source|note|notes|data|copyright|last updated|date extracted|extracted|downloaded|see|for more|unhcr|ucdp)\b"
    r"|[*©†\[(]|https?:"
)
TOTAL = re.compile(r"(?i)(grand |sub-?|world )?totals?|sum|all countries|gesamt|insgesamt|total g[ée]n[ée]ral")


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


def ends(path: Path) -> bool:
    """Whether a text file's last line has its end: one without may be cut inside its last number."""
    found = path.read_bytes() if path.is_file() else b""
    if _kind(found, path.suffix.lower()) not in {".csv", ".tsv", ".txt"}:
        return True
    return not found or found.rstrip(b"\x00")[-1:] in b"\r\n" or found.rstrip()[-1:] == b'"'


def _records(content: Any, path: Path) -> pd.DataFrame:
    if isinstance(content, dict) and content.get("type") == "FeatureCollection":
        content = [feature["properties"] for feature in content["features"]]
    if isinstance(content, dict):
        content = _of_reply([content], path)
    elif isinstance(content, list) and content and all(_is_reply(one) for one in content):
        content = _of_reply(content, path)
    if not isinstance(content, list) or not content or not all(isinstance(one, dict) for one in content):
        raise InputError("the json is not a list of records", where=path, expected="[{...}, ...] or GeoJSON features")
    return as_text(pd.DataFrame.from_records(content))


def _is_reply(content: Any) -> bool:
    return isinstance(content, dict) and any(isinstance(content.get(name), list) for name in RECORDS)


def _of_reply(pages: Sequence[Mapping[str, Any]], path: Path) -> Any:
    """The records of an API's reply, whole or as a list of all its pages; a part of a reply is an error."""
    if not all(_is_reply(page) for page in pages):
        return None
    found = [next(page[name] for name in RECORDS if isinstance(page.get(name), list)) for page in pages]
    records = [record for page in found for record in page]
    for count, number in PAGES.items():
        said = pages[0].get(count)
        if (
            said is None
            or int(said) == len(pages)
            and len({str(page.get(number or "")) for page in pages}) in (1, len(pages))
        ):
            continue
        which = f"page {pages[0][number]}" if number and len(pages) == 1 else f"{len(pages)} pages"
        raise InputError(
            f"the reply is {which} of {said}",
            where=path,
            expected="all pages",
            do="ask for all in one (a larger limit or pagesize), or save all pages as one list: [page, page, ...]",
        )
    total = pages[0].get("TotalCount")
    if total is not None and int(total) != len(records):
        raise InputError(
            f"the reply has {len(records)} of {total} records",
            where=path,
            expected="all of them",
            do="ask for all pages",
        )
    if any(page.get("NextPageUrl") for page in pages[-1:]):
        raise InputError("the reply names a next page", where=path, expected="all pages", do="ask for the others too")
    return records


def _sheet(found: bytes, wanted: Wanted, path: Path) -> Cells:
    """The sheet of a workbook that holds most of the columns asked for: the first one is often a page of notes."""
    if found[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(found)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_BYTES:
                raise _too_large(path, "what is packed in it")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheets = pd.read_excel(io.BytesIO(found), sheet_name=None, header=None, dtype=object, engine="calamine")
    best: tuple[int, str, int, pd.DataFrame] | None = None
    for name, sheet in sheets.items():
        if not len(sheet):
            continue
        head = [[_cell(cell) for cell in row] for row in sheet.head(HEADER_SEARCH).to_numpy()]
        place, count = _header(head, wanted)
        if best is None or count > best[0]:
            best = (count, str(name), place, sheet)
    if best is None:
        raise empty(path)
    _, name, place, sheet = best
    if name != next(iter(sheets)):
        tell(f"the table is on sheet {name!r}")
    names = [clean(_cell(cell)) for cell in sheet.iloc[place]]
    names = [re.sub(r"^(\d{4})\.0$", r"\1", one) for one in names]
    text = as_text(sheet.iloc[place + 1 :])
    records, rows, blank = [], [], []
    for row, record in zip(range(place + 2, place + 2 + len(text)), text.to_numpy().tolist(), strict=True):
        if any(record):
            records.append(record)
            rows.append(row)
        else:
            blank.append(row)
    records, rows = _without_footnotes(records, rows, len(names), blank)
    if not records:
        raise InputError("there are no rows under the header", where=path, expected="at least one")
    return Cells(names, records, rows)


def _cell(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _r_object(found: bytes, path: Path) -> pd.DataFrame:
    import pyreadr

    if found[:2] == b"\x1f\x8b":
        _unpacked(found, path)
    with tempfile.TemporaryDirectory() as folder:  # the library wants a file, with a name that it knows
        copy = Path(folder) / f"object{path.suffix.lower() if path.suffix.lower() != '.zip' else '.rda'}"
        copy.write_bytes(found)
        objects = pyreadr.read_r(copy)
    if len(objects) != 1:
        raise InputError(f"the file holds {len(objects)} objects", where=path, expected="one data frame")
    return next(iter(objects.values()))


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Every value as the text that a csv export would hold; the index counts records from 1."""

    def text(value: object) -> str:
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return clean(_ascii_digits(str(value)))

    columns = {}
    for position in range(frame.shape[1]):
        column = frame.iloc[:, position].astype(object)
        columns[position] = column.map(text).where(column.notna(), "")
    result = pd.DataFrame(columns, index=frame.index)
    result.columns = pd.Index([str(name) for name in frame.columns])
    result.index = pd.RangeIndex(1, len(result) + 1)
    return result
