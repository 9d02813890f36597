"""All figures by name: each is a file of ``figures`` that makes its sheet in no language; here it is said and drawn."""

import importlib
import inspect
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

from analysis.charts import FIGURES, figures
from analysis.charts.contents import Content
from analysis.charts.sheet import Sheet
from analysis.charts.style import Figure, Size, applied, fit_script, frame
from analysis.data import registry
from analysis.errors import InputError
from analysis.tell.languages import words


def names() -> list[str]:
    """The names of all figures, in their order."""
    return list(FIGURES)


def _module(name: str) -> ModuleType:
    if name not in FIGURES:
        raise InputError(f"no figure {name!r}", expected=f"one of {', '.join(FIGURES)}")
    return importlib.import_module(f"{figures.__name__}.{name}")


@registry.once
def sheet(name: str, claim: str = "") -> Sheet:
    """A figure in no language; its file is loaded when it is asked for.

    Raises:
        InputError: an unknown figure or claim, or a claim for a figure that is of none.
    """
    make = _module(name).sheet
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


def draw(name: str, language: str = "en", size: str = "slide", claim: str = "") -> Figure:
    """Draw a figure.

    Args:
        name: a name from ``FIGURES``.
        language: ar, en, es, fr, ru or zh.
        size: slide, page or square.
        claim: a claim's id, for a figure that is of any claim.

    Returns:
        A matplotlib figure with ``alt`` (its alt text), ``content`` and ``language``, which shows itself in a notebook.

    Raises:
        InputError: an unknown figure, language, size or claim, or a claim for a figure that is of none.
    """
    return _drawn(sheet(name, claim), content(name, language, claim), language, size)


def drawn(made: Sheet, language: str = "en", size: str = "slide") -> Figure:
    """Draw a sheet of one's own in the house's style.

    Args:
        made: what is shown; its texts in English, or in another language where the catalogues have them.
        language: ar, en, es, fr, ru or zh.
        size: slide, page or square.

    Returns:
        As of ``draw``.

    Raises:
        InputError: an unknown language or size.
    """
    return _drawn(made, made.said(words(language)), language, size)


def plot(name: str, language: str, size: Size, claim: str = "") -> Figure:
    """Draw a figure without its title, notes and source, for a document that says them in its own letters.

    Args:
        name: a name from ``FIGURES``.
        language: ar, en, es, fr, ru or zh.
        size: the format.
        claim: a claim's id, for a figure that is of any claim.

    Raises:
        InputError: as ``draw``.
    """
    said = content(name, language, claim)
    bare = replace(said, title="", subtitle="", notes=(), source_line="")
    figure = _drawn(sheet(name, claim), bare, language, size)
    figure.content = said
    return figure


def _drawn(made: Sheet, shown: Content, language: str, size: str | Size) -> Figure:
    with applied(language):
        started = frame(shown, words(language), size)
        made.draw(shown, started)
        fit_script(started.figure, started.words)
    return started.figure


def _drawer(name: str) -> Callable[..., Figure]:
    def chart(language: str = "en", size: str = "slide", claim: str = "") -> Figure:
        return draw(name, language, size, claim)

    chart.__name__ = name
    chart.__doc__ = f"The figure {name}; ``charts.content({name!r})`` is what it says."
    return chart


for _name in FIGURES:
    globals()[_name] = _drawer(_name)
