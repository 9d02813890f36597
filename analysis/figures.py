"""Every figure x language x format: the same bytes every time, and a sidecar that says what is shown."""

import io
import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from analysis import charts
from analysis.charts.content import Content
from analysis.sentences import number
from analysis.sources import registry

FORMATS = ("svg", "png", "pdf")


def svg(figure: Figure) -> bytes:
    """A figure as SVG with its title and alt text inside."""
    content: Content = figure.content  # type: ignore[attr-defined]
    with charts.applied(figure.language):  # type: ignore[attr-defined]
        stream = io.BytesIO()
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    text = stream.getvalue().decode("utf-8")
    names = f"<title>{escape(content.title)}</title>\n <desc>{escape(content.alt)}</desc>\n "
    opened = re.search(r"<svg [^>]*>\s*", text)
    assert opened is not None
    tag = opened.group(0).rstrip()[:-1] + ' role="img">\n '
    return (text[: opened.start()] + tag + names + text[opened.end() :]).encode("utf-8")


def png(figure: Figure) -> bytes:
    """A figure as PNG with its title and alt text inside."""
    content: Content = figure.content  # type: ignore[attr-defined]
    with charts.applied(figure.language):  # type: ignore[attr-defined]
        stream = io.BytesIO()
        figure.savefig(
            stream, format="png", metadata={"Software": None, "Title": content.title, "Description": content.alt}
        )
    return stream.getvalue()


def pdf(figure: Figure) -> bytes:
    """A figure as PDF, without the time of its making."""
    content: Content = figure.content  # type: ignore[attr-defined]
    with charts.applied(figure.language):  # type: ignore[attr-defined]
        stream = io.BytesIO()
        figure.savefig(
            stream,
            format="pdf",
            metadata={
                "CreationDate": None,
                "Producer": None,
                "Creator": None,
                "Title": content.title,
                "Subject": content.alt,
            },
        )
    return stream.getvalue()


WRITERS = {"svg": svg, "png": png, "pdf": pdf}


def rendered(name: str, language: str, formats: tuple[str, ...], size: str = "slide") -> dict[str, bytes]:
    """One figure in several formats: format -> bytes."""
    figure = charts.draw(name, language, size)
    return {form: WRITERS[form](figure) for form in formats}


def shown(name: str, languages: tuple[str, ...]) -> dict[str, Any]:
    """What a figure's sidecar says: texts in each language, the data drawn, and where it comes from."""
    contents = {language: charts.content(name, language) for language in languages}
    first = contents[languages[0]]
    known = {(release.source, release.vintage): release for release in registry.releases()}
    return {
        "figure": name,
        "title": {language: content.title for language, content in contents.items()},
        "alt": {language: content.alt for language, content in contents.items()},
        "notes": {language: list(content.notes) for language, content in contents.items()},
        "claims": {claim: charts.verdict_of(claim) for claim in first.claims},
        "data": {
            "columns": list(first.data.columns),
            "rows": [[_plain(value) for value in row] for row in first.data.itertuples(index=False, name=None)],
        },
        "sources": [
            {
                "source": source,
                "vintage": vintage,
                "published": known[source, vintage].published,
                "citation": known[source, vintage].citation,
                "licence": known[source, vintage].licence,
                "sha256": [file.sha256 for file in known[source, vintage].files],
            }
            for source, vintage in first.releases
        ],
    }


def _plain(value: object) -> object:
    if value is None or value != value or str(value) == "<NA>":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return value
    amount = float(value)  # type: ignore[arg-type]
    return int(amount) if amount.is_integer() else round(amount, 6)


def sidecar(name: str, languages: tuple[str, ...]) -> str:
    """A figure's sidecar as JSON."""
    return json.dumps(shown(name, languages), ensure_ascii=False, indent=1) + "\n"


def versions() -> Mapping[str, str]:
    """The versions of what draws: equal bytes are promised for these only."""
    import pandas

    return {"matplotlib": matplotlib.__version__, "pandas": pandas.__version__, "freetype": _freetype()}


def _freetype() -> str:
    from matplotlib import ft2font

    return str(ft2font.__freetype_version__)


__all__ = ["FORMATS", "number", "pdf", "png", "rendered", "shown", "sidecar", "svg", "versions"]
