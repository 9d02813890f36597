"""The companion page: a static site that works from a folder, with nothing loaded from outside.

``choices`` is what a reader can choose, ``curve`` what is drawn, ``site`` the pages, ``files`` and
``fonts`` what stands beside them.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from analysis import audit, charts
from analysis.audit import reports
from analysis.charts import gallery, render
from analysis.data import files as writing
from analysis.errors import InputError
from analysis.publish import content, drawn, notebooks
from analysis.publish.page import files, fonts
from analysis.publish.page.choices import choices
from analysis.publish.page.site import Site, findings_csv, pages
from analysis.tell.languages import LANGUAGES, Words, words

FIGURES = tuple(name for name in charts.FIGURES if name != content.CURVE)
"""Those that are of no single claim: a claim's own curve stands on its page."""

ASSETS = Path(__file__).parent / "assets"

SPACE = re.compile(r"\s*([{};,])\s*|(:)[ ]+")
"""What in a stylesheet may stand without the space around it."""

FACE = (
    '@font-face {{ font-family: "Shipped {name}"; src: url({file}) format("woff2"); '
    "unicode-range: {span}; font-display: swap; }}\n"
)


def write(report_ids: Sequence[str], languages: Sequence[str], out: Path) -> list[Path]:
    """Write the site: each report in each language, with its figures, tables and notebooks.

    Args:
        report_ids: ids of reports of the ledger; all if empty.
        languages: languages, or ``all``.
        out: the folder; what it holds under other names stays.

    Returns:
        The files written; the first is the one to open.

    Raises:
        InputError: an unknown report or language.
    """
    wanted = tuple(report_ids) or reports.known()
    for one in wanted:
        if one not in reports.known():
            raise InputError(f"no report {one!r} of the ledger", expected=", ".join(reports.known()))
    tongues = LANGUAGES if "all" in languages else tuple(dict.fromkeys(languages))
    verdicts = [verdict for one in wanted for verdict in audit.committed(one)]
    site = Site(
        languages=tuple(words(language) for language in tongues),
        briefs={
            language: tuple(content.brief(one, language=language, pictured=False) for one in wanted)
            for language in tongues
        },
        pictures={language: tuple(_picture(name, language) for name in FIGURES) for language in tongues},
        tables=files.tables(),
        books=files.books(),
        choices={verdict.claim.id: choices(verdict) for verdict in verdicts},
    )
    made: dict[str, bytes | str] = dict(pages(site))
    letters = {letter for text in made.values() if isinstance(text, str) for letter in text}
    # What stands in Chinese on a page in another language: a report's phrase, and the name of the language.
    phrases = {letter for verdict in verdicts for letter in verdict.claim.words + Words("zh").language_name("zh")}
    made |= _styled(letters, phrases)
    for path in sorted(ASSETS.iterdir()):
        made.setdefault(f"assets/{path.name}", _bare(path.name))
    made |= {f"figures/{language}/{name}.svg": svg for (name, language), svg in drawn.svg(FIGURES, tongues).items()}
    for name in FIGURES:
        made[f"data/figures/{name}.csv"] = render.numbers(gallery.sheet(name).data())
    for verdict in verdicts:
        if f"figures/{tongues[0]}/{content.CURVE}.{verdict.claim.id}.svg" in made:
            shown = gallery.sheet(content.CURVE, verdict.claim.id).data()
            made[f"data/figures/{content.CURVE}.{verdict.claim.id}.csv"] = render.numbers(shown)
    made |= {f"data/findings/{v.claim.id}.csv": findings_csv(v) for v in verdicts if v.findings}
    made |= {f"data/{table.path}": files.place(table.path).read_bytes() for table in site.tables}
    made["data/datapackage.json"] = files.package()
    made |= {f"notebooks/{book.name}.ipynb": notebooks.path_of(book.name).read_bytes() for book in site.books}
    made |= {
        f"notebooks/{book.picture(number)}": picture
        for book in site.books
        for number, picture in enumerate(book.pictures)
    }
    written = {out / name: text for name, text in made.items()}
    writing.write_all(written)
    return list(written)


def _picture(name: str, language: str) -> content.Picture:
    return content.Picture(name, "", charts.content(name, language))


def _styled(letters: Iterable[str], phrases: Iterable[str]) -> dict[str, bytes | str]:
    """The stylesheet and the fonts: Chinese in two, so that a page with no more than a quotation loads the smaller."""
    quoted = {letter for letter in phrases if fonts.is_chinese(letter)}
    shipped = {
        "Arabic": (fonts.ARABIC, {letter for letter in letters if fonts.is_arabic(letter)}),
        "Quoted": (fonts.CHINESE, quoted),
        "Chinese": (fonts.CHINESE, {letter for letter in letters if fonts.is_chinese(letter)} - quoted),
    }
    made: dict[str, bytes | str] = {}
    faces = ""
    for name, (family, some) in shipped.items():
        if some:
            made[f"assets/{name.lower()}.woff2"] = fonts.subset(family, some)
            faces += FACE.format(name=name, file=f"{name.lower()}.woff2", span=fonts.SPANS[family])
    return {"assets/page.css": faces + _bare("page.css"), **made}


def _bare(name: str) -> str:
    """A stylesheet or script without comment and without the spaces that only its writer needs."""
    text = (ASSETS / name).read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    text = "".join(f"{line}\n" for line in lines if line and not line.startswith(("//", "/*")))
    return SPACE.sub(r"\1\2", text) if name.endswith(".css") else text
