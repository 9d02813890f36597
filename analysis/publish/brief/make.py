"""Briefs on request: any report or some of its claims, in any language and format, into any folder."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from analysis import audit, charts, paths
from analysis.audit import reports
from analysis.charts import gallery
from analysis.data import files, registry
from analysis.errors import InputError
from analysis.publish import processes
from analysis.publish.brief import docx, pdf, pptx, xlsx
from analysis.publish.content import brief
from analysis.tell.languages import LANGUAGES, words

DOCUMENTS = ("xlsx", "docx", "pptx", "pdf")
SITE = "html"
ALL = "all"
FORMATS = (*DOCUMENTS, SITE)

TEMPLATES = {".pptx": "pptx", ".potx": "pptx", ".docx": "docx", ".dotx": "docx"}
"""What a template's name ends with -> the format that it is for."""

OUT = paths.ROOT / "build" / "brief"
"""Where briefs are written unless another folder is named; git ignores it."""

LONGEST = 80
"""A file's name has at most so many letters of claims."""

Made = tuple[dict[str, bytes], list[str]]


def write(
    claims: Sequence[str],
    report: str,
    languages: Sequence[str],
    formats: Sequence[str],
    template: Path | None = None,
    out: Path | None = None,
    progress: Callable[[str], object] = str,
) -> list[Path]:
    """Write briefs; nothing is written if any of them fails.

    Args:
        claims: ids of claims or lists; a report's all if empty.
        report: its id, or a folder that holds its ledger; or ``all``.
        languages: languages, or ``all``.
        formats: xlsx, docx, pptx, pdf, html, or ``all``; the site is of whole reports.
        template: slides or a text of the user's own, to be filled.
        out: the folder; by default ``build/brief``, or ``brief`` beside the tables in use where those are others.
        progress: is told, in a line, what a template lacks and what has been made.

    Returns:
        The files written: ``OUT/LANGUAGE/REPORT.FORMAT``, with the claims behind the report if they are named.

    Raises:
        InputError: an unknown claim, report, language or format, or a template that cannot be filled.
    """
    tongues = LANGUAGES if "all" in languages else tuple(dict.fromkeys(words(one).language for one in languages))
    kinds = FORMATS if "all" in formats else tuple(dict.fromkeys(formats))
    for kind in kinds:
        if kind not in FORMATS:
            raise InputError(f"no format {kind!r}", expected=f"one of {', '.join(FORMATS)}, or all")
    if template is not None and TEMPLATES.get(template.suffix.lower()) not in kinds:
        raise InputError("a template for none of the formats asked for", where=template, expected=", ".join(TEMPLATES))
    if claims and report == ALL:
        raise InputError("claims of all reports", do="name one report, or leave the claims out")
    folder, documents = out or registry.outputs(OUT), [kind for kind in kinds if kind != SITE]
    written: dict[Path, bytes | str] = {}
    if documents:
        wanted = reports.known() if report == ALL else (report or reports.FIRST,)
        todo = [(one, language) for one in wanted for language in tongues]
        make = partial(_made, tuple(claims), tuple(documents), template)
        for (one, language), (made, lacking) in zip(todo, _spread(make, todo), strict=True):
            named = _name(one, claims)
            for text in lacking:
                progress(text)
            progress(f"brief {named} ({language}): {', '.join(made)}")
            written |= {folder / language / f"{named}.{kind}": content for kind, content in made.items()}
    files.write_all(written)
    return [*written, *(_site(claims, report, tongues, folder) if SITE in kinds else [])]


def _site(claims: Sequence[str], report: str, languages: Sequence[str], folder: Path) -> list[Path]:
    if claims:
        raise InputError("the site is of whole reports", do="leave the claims out, or ask for other formats")
    import analysis.publish.page as page

    return list(page.write([report] if report not in ("", ALL) else [], languages, folder / "site"))


def _name(report: str, claims: Sequence[str]) -> str:
    """What the files are called: the report, and the claims if some are named."""
    identity = Path(report).name
    return f"{identity}.{'+'.join(claims)[:LONGEST]}" if claims else identity


def _spread(make: Callable[[tuple[str, str]], Made], todo: Sequence[tuple[str, str]]) -> list[Made]:
    """One after the other, or several at once where there are cores for them."""
    cores = min(os.cpu_count() or 1, len(todo))
    if cores == 1:
        return [make(one) for one in todo]
    known = [report for report in reports.known() if report in {report for report, _ in todo}]
    if known:  # what is in no language is worked out before the processes part
        for report in known:
            audit.committed(report)
        for name in charts.FIGURES:
            gallery.sheet(name)
    with processes.pool(cores) as pool:
        return list(pool.map(make, todo))


def _made(claims: Sequence[str], kinds: Sequence[str], template: Path | None, wanted: tuple[str, str]) -> Made:
    report, language = wanted
    said = brief(report, claims, language)
    own = None if template is None else TEMPLATES[template.suffix.lower()]
    lacking: list[str] = []
    made: dict[str, bytes] = {}
    for kind in kinds:
        if kind == "xlsx":
            made[kind] = xlsx.written(said)
        elif kind == "pdf":
            made[kind] = pdf.written(said)
        else:
            writer = {"docx": docx, "pptx": pptx}[kind]
            made[kind], some = writer.written(said, template if own == kind else None)
            lacking += some
    return made, lacking
