"""All figures by name: each is a file of ``figures`` that makes its sheet in no language; here it is said and drawn."""

import importlib
import inspect
from dataclasses import replace

from analysis.charts import FIGURES, figures
from analysis.charts.contents import Content
from analysis.charts.sheet import Sheet
from analysis.charts.style import Figure, Size, applied, fit_script, frame
from analysis.data import registry
from analysis.errors import InputError
from analysis.tell.languages import words


@registry.once
def sheet(name: str, claim: str = "") -> Sheet:
    """A figure in no language; its file is loaded when it is asked for.

    Raises:
        InputError: an unknown figure or claim, or a claim for a figure that is of none.
    """
    if name not in FIGURES:
        raise InputError(f"no figure {name!r}", expected=f"one of {', '.join(FIGURES)}")
    make = importlib.import_module(f"{figures.__name__}.{name}").sheet
    if claim and not inspect.signature(make).parameters:
        raise InputError(f"{name} does not take a claim", do="leave it out, or draw specification_curve")
    made: Sheet = make(claim) if claim else make()
    return made


@registry.once
def content(name: str, language: str = "en", claim: str = "") -> Content:
    """What a figure says in a language: texts, and exactly the numbers drawn.

    Args:
        name: a name from ``FIGURES``.
        language: ar, en, es, fr, ru or zh.
        claim: a claim's id, for a figure that is of any claim.

    Raises:
        InputError: an unknown figure, language or claim, or a claim for a figure that is of none.
    """
    return sheet(name, claim).said(words(language), name)


def draw(
    figure: str | Sheet, language: str = "en", size: str | Size = "slide", claim: str = "", *, bare: bool = False
) -> Figure:
    """Draw a figure in the house's style.

    Args:
        figure: a name from ``FIGURES``, or a sheet of one's own, whose texts are in English where no catalogue
            has them.
        language: ar, en, es, fr, ru or zh.
        size: slide, page or square, or a format of one's own.
        claim: a claim's id, for a figure that is of any claim.
        bare: leave out title, notes and source, for a document that says them in its own letters.

    Returns:
        A matplotlib figure with ``alt`` (its alt text), ``content`` and ``language``, which shows itself in a notebook.

    Raises:
        InputError: an unknown figure, language, size or claim, or a claim for a figure that is of none.
    """
    made = sheet(figure, claim) if isinstance(figure, str) else figure
    said = content(figure, language, claim) if isinstance(figure, str) else made.said(words(language))
    shown = replace(said, title="", subtitle="", notes=(), source_line="") if bare else said
    with applied(language):
        started = frame(shown, words(language), size)
        started.figure.content = said
        made.draw(started)
        fit_script(started.figure, started.words)
    return started.figure
