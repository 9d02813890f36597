"""Briefs: what they say, and that every document, opened by another program, has the numbers of the tables."""

import hashlib
import io
import itertools
import math
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pptx
import pypdf
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from analysis import audit, paths
from analysis.audit import reports
from analysis.charts.style import Size
from analysis.data import tables as tidy
from analysis.errors import InputError
from analysis.publish.brief import docx as word
from analysis.publish.brief import make, package, pdf, tables, xlsx
from analysis.publish.brief import pptx as slides
from analysis.publish.content import Brief, Picture, brief
from analysis.tell.languages import LANGUAGES, Words

CLAIMS = ("deaths_2014_over_100000", "refugees_21_3_million", "syria_killed")
OFFICE = ("en", "ar", "zh")
"""A language of each script is opened in an office program."""
PAGES = 4
"""How long a brief of a report may be."""


@pytest.fixture(scope="module")
def whole() -> Brief:
    return brief()


@pytest.fixture(scope="module")
def some() -> Brief:
    return brief(claims=CLAIMS)


@pytest.fixture(scope="module")
def arabic() -> Brief:
    return brief(claims=CLAIMS, language="ar")


@pytest.fixture(scope="module")
def book(whole: Brief) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx.written(whole)))


def part(document: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as opened:
        return opened.read(name).decode("utf-8")


def described(document: bytes, folder: str) -> list[str]:
    """The alt texts of everything that is drawn in an office document."""
    with zipfile.ZipFile(io.BytesIO(document)) as opened:
        names = [name for name in opened.namelist() if name.startswith(folder) and name.endswith(".xml")]
        found = [opened.read(name).decode("utf-8") for name in names]
    drawn = [tag for text in found for tag in re.findall(r"<(?:\w+:)?(?:cNvPr|docPr) [^>]*>", text)]
    return [match[1] if (match := re.search(r'descr="([^"]*)"', tag)) else "" for tag in drawn]


# What it says


def test_the_front_counts_what_the_audit_says(whole: Brief) -> None:
    counts = Counter(verdict.verdict for verdict in audit.committed())
    tested = len(audit.committed()) - counts["not testable"]
    assert whole.front_number == f"{counts['supported']} of {tested}"
    assert re.findall(r"\d+", whole.front_sentence) == [
        str(len(audit.committed())),
        str(tested),
        str(counts["supported"]),
    ]
    assert {tally.verdict: tally.count for tally in whole.tallies} == counts


def test_every_claim_and_every_finding_is_there_once(whole: Brief) -> None:
    assert [statement.verdict for statement in whole.statements] == list(audit.committed())
    for statement in whole.statements:
        assert [answer.finding for answer in statement.answers] == list(statement.verdict.findings)


def test_the_front_of_one_claim_is_its_number() -> None:
    one = brief(claims=CLAIMS[:1])
    assert one.front_number == "126,059 deaths"
    assert one.front_sentence.endswith(": supported")
    assert {claim for picture in one.pictures for claim in picture.content.claims} >= {CLAIMS[0]}


def test_every_release_of_a_finding_is_among_the_sources(whole: Brief) -> None:
    named = {(source.source, source.vintage) for source in whole.sources}
    used = {
        pair
        for verdict in audit.committed()
        for finding in verdict.findings
        for pair in finding.vintages.items()
        if pair[0] != "headline"
    }
    assert used and used <= named
    assert all(source.citation and source.licence for source in whole.sources)


@pytest.mark.parametrize("report", reports.known())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claim_can_be_briefed_in_every_language(report: str, language: str) -> None:
    tested = [verdict.claim.id for verdict in audit.committed(report) if verdict.cited]
    made = brief(report, tested, language)
    assert {picture.claim for picture in made.pictures} >= set(tested)


# Excel


def rows(sheet: Worksheet) -> Iterator[tuple[object, ...]]:
    """The rows of a table, below its headings."""
    return sheet.iter_rows(min_row=xlsx.HEADINGS + 1, values_only=True)


def same(shown: list[tuple[object, ...]], expected: list[tuple[float | None, ...]]) -> bool:
    """Whether numbers are the same to the 15 digits that Excel keeps."""
    return len(shown) == len(expected) and all(
        one == other if one is None or other is None else math.isclose(float(str(one)), other, rel_tol=1e-15)
        for row, own in zip(shown, expected, strict=True)
        for one, other in zip(row, own, strict=True)
    )


def numbers(sheet: Worksheet, first: str, last: str) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in sheet[f"{first}{xlsx.HEADINGS + 1}:{last}{sheet.max_row}"]]


def test_every_number_of_the_statements_is_the_audits(whole: Brief, book: openpyxl.Workbook) -> None:
    cited = [statement.verdict.cited for statement in whole.statements]
    expected = [(f.value, f.low, f.high, f.compared_with) if f else (None,) * 4 for f in cited]
    assert same(numbers(book["Statements"], "E", "H"), expected)
    assert [row[12] for row in rows(book["Statements"])] == [verdict.claim.id for verdict in audit.committed()]
    assert [row[3] for row in rows(book["Statements"])] == [verdict.verdict for verdict in audit.committed()]


def test_every_number_of_the_findings_is_the_audits(book: openpyxl.Workbook) -> None:
    expected = [(f.value, f.low, f.high, f.compared_with) for v in audit.committed() for f in v.findings]
    assert len(expected) > 500
    assert same(numbers(book["Findings"], "C", "F"), expected)


def test_every_number_of_a_tidy_sheet_is_the_tables(whole: Brief, book: openpyxl.Workbook) -> None:
    keys = ["series", "area", "role", "actor_class", "actor", "year", "month", "source", "vintage"]
    known = tidy.committed()[[*keys, "low", "best", "high"]].astype(object)
    known = {row for row in known.where(known.notna(), None).itertuples(index=False, name=None)}
    read = 0
    for name in xlsx.tab_names([table.name for table in tables.read(whole)]):
        headings = [cell.value for cell in book[name][1]]
        for row in rows(book[name]):
            named = dict(zip(headings, row, strict=True))
            assert tuple(named[key] or ("" if isinstance(named[key], str) else None) for key in keys) + (
                named["low"], named["best"], named["high"],
            ) in known or tuple(named.get(key) for key in (*keys, "low", "best", "high")) in known  # fmt: skip
            read += 1
    assert read > 2000


def test_every_number_of_a_chart_is_the_figures(whole: Brief, book: openpyxl.Workbook) -> None:
    series = tables.main_series(whole)
    assert len(series) >= 5
    for table in series:
        assert table.picture is not None
        data = table.picture.content.data
        sheet = book[table.name]
        known = {(str(row["at"]), row["value"]) for _, row in data.iterrows()}
        shown = [(str(at), value) for at, *values in rows(sheet) if at for value in values if value is not None]
        shown = [pair for pair in shown if not isinstance(pair[1], str)]
        assert shown and set(shown) <= known
        assert len(sheet._charts) == 1


def test_sheets_are_made_to_be_worked_with(whole: Brief, book: openpyxl.Workbook) -> None:
    assert book.worksheets[0].title == "Read first"
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B3", sheet.title
        assert sheet.auto_filter.ref, sheet.title
        assert sheet.column_dimensions["A"].width, sheet.title
    assert book["UCDP, deaths"]["J2"].value == "deaths"
    formats = {cell.number_format for row in book["Findings"].iter_rows(min_row=3) for cell in row if cell.value}
    assert {"#,##0", "0.0%"} <= formats


def test_charts_are_excels_own_and_described(whole: Brief) -> None:
    found = described(xlsx.written(whole), "xl/drawings/")
    alts = [table.picture.content.alt for table in tables.main_series(whole) if table.picture]
    assert [ElementTree.fromstring(f"<a>{text}</a>").text for text in found] == alts


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_what_begins_like_a_formula_stays_text(some: Brief, text: str) -> None:
    odd = replace(some, statements=(replace(some.statements[0], text=text), *some.statements[1:]))
    made = xlsx.written(odd)
    cell = openpyxl.load_workbook(io.BytesIO(made))["Statements"]["B3"]
    assert (cell.data_type, cell.value) == ("s", text)
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        sheets = [opened.read(name) for name in opened.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets and not [sheet for sheet in sheets if b"<f>" in sheet]


def test_tabs_have_names_that_excel_takes() -> None:
    assert xlsx.tab_names(["a" * 40, "a" * 40, "b: c/d", "B  c d"])[:2] == ["a" * 31, "a" * 28 + " 2"]
    assert not set("".join(xlsx.tab_names(["b: c/d[?]*\\"]))) & set("[]:*?/\\")


# Word


def test_word_has_every_verdict_and_number(whole: Brief) -> None:
    made, lacking = word.written(whole)
    opened = docx.Document(io.BytesIO(made))
    fare, tested = ([[cell.text for cell in row.cells] for row in table.rows[1:]] for table in opened.tables)
    assert [(name, int(count)) for name, _, count in fare] == [(t.name, t.count) for t in whole.tallies]
    assert [row[2:] for row in tested] == [[one.name, one.number] for one in whole.statements if one.verdict.cited]
    headings = [one.text for one in opened.paragraphs if one.style.name == "Heading 1"]
    assert headings == [
        "How the statements fare",
        "What data could test",
        "Figures",
        "Method",
        "What to keep in mind",
        "Sources",
    ]
    assert lacking == []


def test_pictures_in_word_are_described(whole: Brief) -> None:
    found = described(word.written(whole)[0], "word/document")
    assert len(whole.printed_pictures) == 4
    # The drawing and the picture in it.
    assert found == [escaped(picture.content.alt) for picture in whole.printed_pictures for _ in range(2)]


def test_word_runs_from_the_right_in_arabic(arabic: Brief) -> None:
    text = part(word.written(arabic)[0], "word/document.xml")
    written = re.findall(r"<w:p>.*?</w:p>|<w:p .*?</w:p>", text)
    cited = {source.citation for source in arabic.printed_sources}
    ours = [one for one in written if "<w:t" in one and not any(escaped(citation) in one for citation in cited)]
    assert len(ours) > 10
    assert [one for one in ours if "<w:bidi/>" not in one or "<w:rtl/>" not in one] == []
    assert "<w:bidiVisual/>" in text


# PowerPoint


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def test_there_is_a_slide_a_figure(some: Brief) -> None:
    made, lacking = slides.written(some)
    cover, *others = pptx.Presentation(io.BytesIO(made)).slides
    assert cover.shapes.title.text == some.front_number
    assert some.front_sentence in "\n".join(shape.text for shape in cover.shapes)
    assert [one.shapes.title.text for one in others] == [picture.content.title for picture in some.pictures]
    for slide, picture in zip(others, some.pictures, strict=True):
        texts = [shape.text for shape in slide.shapes if shape.has_text_frame]
        assert some.sentence(picture) in texts
        assert any(picture.content.source_line in text for text in texts)
        notes = slide.notes_slide.notes_text_frame.text
        assert all(text in notes for text in (*some.method, *some.caveats, *picture.content.page))
        assert all(one.reason in notes for one in some.about(picture))
    assert lacking == []


def test_pictures_on_slides_are_described(some: Brief) -> None:
    deck = pptx.Presentation(io.BytesIO(slides.written(some)[0]))
    drawn = [shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == 13]
    assert [shape._element.nvPicPr.cNvPr.get("descr") for shape in drawn] == [p.content.alt for p in some.pictures]
    assert not [shape for shape in drawn if re.search(r"\.(png|svg)$", shape._element.nvPicPr.cNvPr.get("descr"))]
    for shape in drawn:
        across = shape.image.size[0] / (shape.width / 914400)
        assert across >= 140, "too coarse for a projector"


def test_slides_run_from_the_right_in_arabic(arabic: Brief) -> None:
    deck = pptx.Presentation(io.BytesIO(slides.written(arabic)[0]))
    said = [p for slide in deck.slides for s in slide.shapes if s.has_text_frame for p in s.text_frame.paragraphs]
    assert said and all(one._p.pPr.get("rtl") == "1" for one in said)
    assert {run._r.rPr.get("lang") for one in said for run in one.runs} == {"ar-SA"}


# PDF


@pytest.mark.parametrize("report", reports.known())
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_and_has_four_pages(report: str, language: str) -> None:
    said = brief(report, language=language)
    opened = pypdf.PdfReader(io.BytesIO(pdf.written(said)))
    root = opened.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is not None and "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert str(root["/Lang"]).startswith(language)
    assert len(opened.pages) <= PAGES
    assert sorted(alts(root["/StructTreeRoot"])) == sorted(picture.content.alt for picture in said.printed_pictures)


def alts(node: object) -> set[str]:
    """The alt texts in a tree of tags."""
    if isinstance(node, list):
        return set().union(*map(alts, node)) if node else set()
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return alts(node)
    if not isinstance(node, dict):
        return set()
    own = {str(node["/Alt"])} if "/Alt" in node else set()
    return own | (alts(node["/K"]) if "/K" in node else set())


def test_the_pdf_has_every_verdict_and_number(whole: Brief) -> None:
    opened = pypdf.PdfReader(io.BytesIO(pdf.written(whole)))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in opened.pages))
    assert whole.front_number in text and whole.front_sentence in text
    for statement in whole.tested:
        assert re.sub(r"\s+", " ", f"{statement.name} {statement.number}") in text, statement.id


def test_a_picture_without_alt_text_is_refused(some: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    said = pdf.said(some)
    bare = {**said, "figures": [{**one, "alt": None} for one in said["figures"]]}
    monkeypatch.setattr(pdf, "said", lambda _: bare)
    with pytest.raises(InputError, match="cannot be set"):
        pdf.written(some)


# The same every time, and nothing of whoever made it


MAKE = """
import hashlib, sys
from pathlib import Path
from analysis.publish.brief import make
for path in make.write(sys.argv[2:], "", ["ar"], make.DOCUMENTS, None, Path(sys.argv[1])):
    print(path.parent.name, path.name, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    made = []
    for number, settings in enumerate(
        ({"TZ": "UTC", "PYTHONHASHSEED": "1"}, {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "2", "LANG": "C", "USER": "x"})
    ):
        home = tmp_path / f"home{number}"
        home.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", MAKE, str(home / "out"), CLAIMS[0]],
            env={**os.environ, **settings, "HOME": str(home)}, cwd=home, capture_output=True, text=True, check=True,
        )  # fmt: skip
        made.append(done.stdout)
    assert len(made[0].splitlines()) == len(make.DOCUMENTS)
    assert made[0] == made[1]


def test_nothing_carries_a_date_or_a_name(some: Brief) -> None:
    for document in (xlsx.written(some), word.written(some)[0], slides.written(some)[0]):
        with zipfile.ZipFile(io.BytesIO(document)) as opened:
            assert {entry.date_time for entry in opened.infolist()} == {package.MOMENT}
            core = opened.read(package.CORE).decode("utf-8")
        names = {element.tag.split("}")[1] for element in ElementTree.fromstring(core)}
        assert names == {"title", "language"}
    opened = pypdf.PdfReader(io.BytesIO(pdf.written(some)))
    assert set(opened.metadata or {}) == {"/Title", "/Creator"}
    assert str((opened.metadata or {})["/Creator"]).startswith("Typst")


# Templates, and what is asked for


def deck(path: Path, *renamed: tuple[str, str]) -> Path:
    """A template of slides with its layouts named otherwise."""
    made = pptx.Presentation()
    for old, new in renamed:
        next(layout for layout in made.slide_layouts if layout.name == old).name = new
    made.slides.add_slide(made.slide_layouts[6])
    made.save(str(path))
    return path


def test_a_template_is_filled_by_its_layouts_names(some: Brief, tmp_path: Path) -> None:
    made, lacking = slides.written(some, deck(tmp_path / "own.pptx"))
    filled = pptx.Presentation(io.BytesIO(made))
    assert [slide.slide_layout.name for slide in filled.slides] == [slides.COVER] + [slides.FINDING] * len(
        some.pictures
    )
    assert filled.slide_width == pptx.Presentation().slide_width
    assert lacking == []


def test_a_layout_that_is_missing_is_named(some: Brief, tmp_path: Path) -> None:
    own = deck(tmp_path / "own.pptx", (slides.FINDING, "Plain"))
    with pytest.raises(
        InputError, match=r"own.pptx: the template lacks the layout 'Title Only'; expected among .*Plain"
    ):
        slides.written(some, own)


def test_a_layout_without_a_subtitle_is_named_and_made_up_for(some: Brief, tmp_path: Path) -> None:
    own = deck(tmp_path / "own.pptx", (slides.COVER, "Old"), ("Section Header", slides.COVER))
    made, lacking = slides.written(some, own)
    assert lacking == ["the layout 'Title Slide' has no place for a subtitle: it stands in a text box"]
    cover = next(iter(pptx.Presentation(io.BytesIO(made)).slides))
    assert some.front_sentence in "\n".join(shape.text for shape in cover.shapes)


def test_a_text_without_a_style_is_filled_and_says_so(some: Brief, tmp_path: Path) -> None:
    own = docx.Document()
    own.add_paragraph("old text")
    own.styles["Caption"].delete()
    own.save(str(tmp_path / "own.docx"))
    made, lacking = word.written(some, tmp_path / "own.docx")
    assert lacking == ["the template has no style 'Caption': its plain text stands in"]
    assert "old text" not in [one.text for one in docx.Document(io.BytesIO(made)).paragraphs]


@pytest.mark.parametrize("name", ["none.pptx", "text.docx"])
def test_what_is_no_template_is_an_error(some: Brief, tmp_path: Path, name: str) -> None:
    (tmp_path / "text.docx").write_text("no document", encoding="utf-8")
    with pytest.raises(InputError, match="no template there"):
        make.write(CLAIMS[:1], "", ["en"], [name[-4:]], tmp_path / name, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_template_needs_a_format_that_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a template for none of the formats asked for"):
        make.write(CLAIMS[:1], "", ["en"], ["xlsx"], deck(tmp_path / "own.pptx"), tmp_path / "out")


def test_what_cannot_be_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no format 'odt'"):
        make.write([], "", ["en"], ["odt"], None, tmp_path)
    with pytest.raises(InputError, match="no claim 'nothing'"):
        make.write(["nothing"], "", ["en"], ["xlsx"], None, tmp_path)
    with pytest.raises(InputError, match="no language 'de'"):
        make.write([], "", ["de"], ["xlsx"], None, tmp_path)


# Opened by a program that we did not write


def opened(files: Sequence[Path], out: Path) -> dict[str, pypdf.PdfReader]:
    """Documents of one kind as LibreOffice lays them out: by their names without the ending."""
    program = shutil.which("soffice") or "soffice"
    home = f"-env:UserInstallation=file://{out}/profile"
    command = [program, home, "--headless", "--convert-to", "pdf", "--outdir", str(out), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return {path.stem: pypdf.PdfReader(out / f"{path.stem}.pdf") for path in files}


@pytest.mark.office
@pytest.mark.parametrize("kind", make.DOCUMENTS[:3])
def test_an_office_program_opens_every_document(tmp_path: Path, kind: str) -> None:
    files = [tmp_path / f"{language}.{kind}" for language in OFFICE]
    for path in files:
        (made,) = make.write(CLAIMS[:1], "", [path.stem], [kind], None, tmp_path / "out")
        made.rename(path)
    for language, document in opened(files, tmp_path / "pdf").items():
        said = brief(claims=CLAIMS[:1], language=language)
        number = re.findall(r"[\d,]+", said.front_number)[0]
        assert number in "".join(page.extract_text() for page in document.pages), language
        assert kind != "pptx" or len(document.pages) == 1 + len(said.pictures)


@pytest.mark.office
def test_word_has_four_pages_in_every_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every report, with whatever letters are on this machine; a plot takes its room, whatever is drawn in it."""

    def plot(picture: Picture, say: Words, size: Size, form: str) -> bytes:
        made = io.BytesIO()
        Image.new("L", (round(size.width * 10), round(size.height * 10))).save(made, form, dpi=(10, 10))
        return made.getvalue()

    monkeypatch.setattr(word, "drawn", plot)
    files = []
    for report, language in itertools.product(reports.known(), LANGUAGES):
        files.append(tmp_path / f"{report}.{language}.docx")
        files[-1].write_bytes(word.written(brief(report, language=language))[0])
    counts = {name: len(document.pages) for name, document in opened(files, tmp_path / "pdf").items()}
    assert len(counts) == len(files) and {name: count for name, count in counts.items() if count > PAGES} == {}


def test_make_brief_is_in_the_makefile() -> None:
    makefile = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^brief: .*\n(.*\n)*?.*analysis brief .*--lang all", makefile, re.M)


def test_the_hash_of_what_is_written_is_of_the_content(some: Brief) -> None:
    other = replace(some, title="another")
    assert hashlib.sha256(xlsx.written(some)).digest() != hashlib.sha256(xlsx.written(other)).digest()
