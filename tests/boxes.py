"""Where the texts of a figure stand: what is cut off, and what runs into what."""

from collections.abc import Iterator

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.charts.style import applied

SLACK = 1.0
"""Pixels by which two boxes may run into each other, or one beyond the edge: a box has some air around its letters."""


Texts = list[tuple[str, Bbox]]


def laid_out(figure: Figure) -> list[Text]:
    """Every text that is drawn, where it stands when it is drawn; of a tick that is out of view nothing is drawn."""
    with applied(getattr(figure, "language", "en")):
        figure.draw_without_rendering()
        return list(drawn(figure))


def texts(figure: Figure) -> Texts:
    """Every text that is drawn, with its box in pixels."""
    found = laid_out(figure)
    with applied(getattr(figure, "language", "en")):
        renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
        # Text's own box: that of an annotation would hold its arrow as well.
        return [(text.get_text(), Text.get_window_extent(text, renderer)) for text in found]


def drawn(artist: Artist) -> Iterator[Text]:
    """Every text of an artist and its children that is drawn."""
    if not artist.get_visible():
        return
    if isinstance(artist, Text):
        if artist.get_text().strip():
            yield artist
        return
    children = list(artist.get_children())
    if isinstance(artist, Axes) and not artist.axison:
        children = [child for child in children if not isinstance(child, Axis)]
    if isinstance(artist, Axis):
        low, high = sorted(artist.get_view_interval())
        edge = 1e-9 * (high - low)
        out = [
            tick
            for tick in (*artist.get_major_ticks(), *artist.get_minor_ticks())
            if not low - edge <= tick.get_loc() <= high + edge
        ]
        children = [child for child in children if child not in out]
    for child in children:
        yield from drawn(child)


def outside(found: Texts, page: Bbox, slack: float = SLACK) -> list[str]:
    """The texts that run beyond the figure's edge."""
    return [
        f"{text!r} runs out of the figure"
        for text, box in found
        if box.x0 < page.x0 - slack or box.y0 < page.y0 - slack or box.x1 > page.x1 + slack or box.y1 > page.y1 + slack
    ]


def overlaps(found: Texts, slack: float = SLACK) -> list[str]:
    """The pairs of texts that run into each other."""
    return [
        f"{one!r} runs into {other!r}"
        for number, (one, a) in enumerate(found)
        for other, b in found[number + 1 :]
        if min(a.x1, b.x1) - max(a.x0, b.x0) > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack
    ]


def problems(figure: Figure) -> list[str]:
    """Everything that is wrong with where the texts of a figure stand; nothing if all is well."""
    found = texts(figure)
    return outside(found, figure.bbox) + overlaps(found)
