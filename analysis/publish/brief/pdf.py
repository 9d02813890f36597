"""A brief as a tagged PDF (PDF/UA-1) of some four pages, set by typst from ``brief.typ``."""

import json
import tempfile
from pathlib import Path
from typing import Any, Literal

import fontpkg
import pylopdf_fonts_zh_cn
import typst

from analysis.charts.style import ACCENT, FAMILIES, GRID, INK, SOFT, VOID
from analysis.errors import InputError
from analysis.publish.brief.pictures import column, drawn
from analysis.publish.brief.templates import LOCALES
from analysis.publish.content import Brief

LAYOUT = Path(__file__).parent / "brief.typ"
STANDARD: Literal["ua-1"] = "ua-1"
"""Tagged for screen readers; typst refuses what is not."""


def written(brief: Brief) -> bytes:
    """The file's bytes.

    Raises:
        InputError: what is said cannot be set, such as a letter that no font has.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, picture in enumerate(brief.printed_pictures):
            (folder / f"{number}.svg").write_bytes(drawn(picture, brief.words, column(brief.words), "svg"))
        (folder / "brief.json").write_text(json.dumps(said(brief), ensure_ascii=False), encoding="utf-8")
        (folder / LAYOUT.name).write_bytes(LAYOUT.read_bytes())
        try:
            made = typst.compile(
                folder / LAYOUT.name,
                font_paths=fonts(),
                ignore_system_fonts=True,
                pdf_standards=STANDARD,
                timestamp=0,
            )
        except typst.TypstError as error:
            raise InputError(f"the pages cannot be set: {error.message}", where=LAYOUT) from error
    assert isinstance(made, bytes)
    return made


def fonts() -> list[Path]:
    """The folders of the fonts that are installed with the project."""
    files = (fontpkg.path("Noto Sans"), fontpkg.path("IBM Plex Sans Arabic"), pylopdf_fonts_zh_cn.sans_path())
    return [Path(file).parent for file in files]


def said(brief: Brief) -> dict[str, Any]:
    """What stands on the pages, as ``brief.typ`` reads it."""
    say = brief.words
    return {
        "language": say.language,
        "region": LOCALES[say.language].split("-")[1],
        "right_to_left": say.right_to_left,
        "fonts": FAMILIES.get(say.language, ["Noto Sans"]) + (["Noto Sans SC"] if say.language != "zh" else []),
        "ink": INK,
        "soft": SOFT,
        "accent": ACCENT,
        "line": GRID,
        "ground": VOID,
        "title": brief.title,
        "subtitle": brief.subtitle,
        "front_number": brief.front_number,
        "front_sentence": brief.front_sentence,
        "titles": {
            "tallies": say("How the statements fare"),
            "statements": say("What data could test"),
            "figures": say("Figures"),
            "method": say("Method"),
            "caveats": say("What to keep in mind"),
            "sources": say("Sources"),
        },
        "tallies": {
            "headings": [say("Verdict"), say("What it means"), say("Statements")],
            "rows": [[tally.name, tally.meaning, say.number(tally.count)] for tally in brief.tallies],
        },
        "statements": {
            "headings": [say("Paragraph"), say("Statement"), say("Verdict"), say("Number")],
            "rows": [
                [str(one.verdict.claim.paragraph or ""), one.text, one.name, one.number]
                for one in brief.tested
                if brief.is_whole
            ],
        },
        "reasons": [
            {"title": say("{statement}: {verdict}", statement=one.text, verdict=one.name), "text": one.reason}
            for one in brief.statements
            if not brief.is_whole
        ],
        "figures": [
            {
                "title": picture.content.title,
                "file": f"{number}.svg",
                "alt": picture.content.alt,
                "caption": brief.caption(picture),
            }
            for number, picture in enumerate(brief.printed_pictures)
        ],
        "method": say.run(brief.method),
        "caveats": say.run(brief.caveats),
        "sources": [f"{source.citation} [{source.licence}]" for source in brief.printed_sources],
    }
