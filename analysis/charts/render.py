"""A figure as bytes, in every format: the same each time."""

import io
import re
from html import escape

import pandas as pd

from analysis.charts.contents import Content
from analysis.charts.gallery import draw
from analysis.charts.style import Figure
from analysis.data import spreadsheet


def svg(figure: Figure) -> bytes:
    """A figure as SVG with its title and alt text inside."""
    text = _saved(figure, "svg", Date=None, Creator=None).decode("utf-8")
    names = named(figure.content)
    return re.sub(r"(<svg [^>]*)>\s*", lambda tag: f'{tag[1]} role="img">\n {names}', text, count=1).encode("utf-8")


def named(content: Content) -> str:
    """The title and the alt text as an SVG holds them."""
    return f"<title>{escape(content.title)}</title>\n <desc>{escape(content.alt)}</desc>\n "


def png(figure: Figure) -> bytes:
    """A figure as PNG with its title and alt text inside."""
    return _saved(figure, "png", Software=None, Title=figure.content.title, Description=figure.alt)


def pdf(figure: Figure) -> bytes:
    """A figure as PDF, without the time of its making."""
    nothing = dict.fromkeys(("CreationDate", "Producer", "Creator"))
    return _saved(figure, "pdf", **nothing, Title=figure.content.title, Subject=figure.alt)


def csv(figure: Figure) -> bytes:
    """The numbers that a figure shows, each with its source and release."""
    return numbers(figure.content.data)


def numbers(shown: pd.DataFrame) -> bytes:
    """What is shown in a figure, as csv."""
    return shown.apply(spreadsheet.cells).to_csv(index=False, lineterminator="\n").encode()


def _saved(figure: Figure, form: str, **metadata: str | None) -> bytes:
    stream = io.BytesIO()
    figure.savefig(stream, format=form, metadata=metadata)
    return stream.getvalue()


WRITERS = {"svg": svg, "png": png, "pdf": pdf, "csv": csv}
FORMATS = tuple(WRITERS)


def rendered(
    name: str, language: str, formats: tuple[str, ...], size: str = "slide", claim: str = ""
) -> dict[str, bytes]:
    """One figure in several formats: format -> bytes."""
    figure = draw(name, language, size, claim)
    return {form: WRITERS[form](figure) for form in formats}
