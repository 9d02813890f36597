"""The figures of a document: the plot alone, since a document says its title and source in its own letters."""

from analysis.charts import gallery, render
from analysis.charts.style import Size
from analysis.publish.content import Picture
from analysis.tell.languages import Words

SLIDE = Size(12.3, 4.9, 150, 21.0, 13.5, 12.0)
"""What a slide has room for between its title and its sentence."""

COLUMN = Size(6.9, 2.75, 200, 12.0, 7.7, 7.0)
"""What a page has room for between its margins, three to a page with their captions."""


def drawn(picture: Picture, words: Words, size: Size, form: str) -> bytes:
    """A plot as bytes: ``form`` is svg, png or pdf."""
    return render.WRITERS[form](gallery.draw(picture.name, words.language, size, picture.claim, bare=True))
