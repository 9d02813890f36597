"""The figures of a document: the plot alone, since a document says its title and source in its own letters."""

import io
from functools import lru_cache

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from analysis.charts import gallery, render
from analysis.charts.style import Figure, Size, applied
from analysis.publish.content import PRINTED, Picture
from analysis.tell.languages import Words

SLIDE = Size(12.3, 4.9, 150, 21.0, 13.5, 12.0)
"""What a slide has room for between its title and its sentence."""

COLUMN = Size(6.9, 2.75, 200, 12.0, 7.7, 7.0)
"""What a page has room for between its margins, three to a page with their captions."""


def drawn(picture: Picture, words: Words, size: Size, form: str) -> bytes:
    """A plot as bytes: ``form`` is svg, png or pdf."""
    figure = _plotted(picture.name, words.language, size, picture.claim)
    if form != "png":
        return render.WRITERS[form](figure)
    # Three channels in place of four, and no texts inside: a document has them, and it takes a third of the time.
    canvas, stream = FigureCanvasAgg(figure), io.BytesIO()
    with applied(words.language):
        canvas.draw()
    Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3]).save(stream, "png", dpi=(size.dpi, size.dpi))
    return stream.getvalue()


@lru_cache(len(PRINTED))
def _plotted(name: str, language: str, size: Size, claim: str) -> Figure:
    """A plot; those of a printed page are wanted twice, for the text and for the PDF."""
    return gallery.draw(name, language, size, claim, bare=True)
