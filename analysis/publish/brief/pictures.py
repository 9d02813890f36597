"""The figures of a document: the plot alone, since a document says its title and source in its own letters."""

import io
from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from analysis.charts import gallery, render
from analysis.charts.style import Figure, Size, applied
from analysis.publish.content import PRINTED, Picture
from analysis.tell.languages import Words

SLIDE = Size(12.3, 5.6, 150, 21.0, 13.5, 12.0)
"""What a slide has room for, once the empty bands of a plot without title and source are cut off."""

COLUMN = Size(6.9, 2.75, 200, 12.0, 7.7, 7.0)
"""What a page has room for between its margins, three to a page with their captions."""

TALLER = {"ar": replace(COLUMN, height=3.1)}
"""Where lines of text need more room; the texts around the plots are shorter."""

EDGE = 6
"""How many pixels of what is blank stay."""


def column(words: Words) -> Size:
    """The format of a plot on a page."""
    return TALLER.get(words.language, COLUMN)


def drawn(picture: Picture, words: Words, size: Size, form: str) -> bytes:
    """A plot as bytes: ``form`` is svg, png or pdf."""
    figure = _plotted(picture.name, words.language, size, picture.claim)
    if form != "png":
        return render.WRITERS[form](figure)
    # Three channels in place of four, and no texts inside: a document has them, and it takes a third of the time.
    canvas, stream = FigureCanvasAgg(figure), io.BytesIO()
    with applied(words.language):
        canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[..., :3]
    if size is SLIDE:
        pixels = _trimmed(pixels)
    Image.fromarray(pixels).save(stream, "png", dpi=(size.dpi, size.dpi))
    return stream.getvalue()


@lru_cache(len(PRINTED))
def _plotted(name: str, language: str, size: Size, claim: str) -> Figure:
    """A plot; those of a printed page are wanted twice, for the text and for the PDF."""
    return gallery.draw(name, language, size, claim, bare=True)


def _trimmed(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """A picture without what is blank above and below it, where its title and its source would stand."""
    drawn = np.flatnonzero((pixels != pixels[0, 0]).any(axis=(1, 2)))
    return pixels[max(0, drawn[0] - EDGE) : drawn[-1] + EDGE]
