"""All figures by name: each is a file of ``figures`` that makes its sheet in no language; here it is said and drawn."""

import importlib
import inspect
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from types import ModuleType

from analysis.charts import FIGURES, figures
from analysis.charts.contents import Content
from analysis.charts.sheet import Sheet
from analysis.charts.style import Figure, Size, applied, fit_script, frame
from analysis.errors import InputError
from analysis.tell.languages import words


def names() -> list[str]:
    """The names of all figures, in their order."""
    return list(FIGURES)


def _module(name: str) -> ModuleType:
    if name not in FIGURES:
        raise InputError(f"no figure {name!r}", expected=f"one of {', '.join(FIGURES)}")
    return importlib.import_module(f"{figures.__name__}.{name}")


@cache
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


@cache
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
    return _drawn(content(name, language, claim), name, language, size, claim)


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
    figure = _drawn(replace(said, title="", subtitle="", notes=(), source_line=""), name, language, size, claim)
    figure.content = said
    return figure


def _drawn(shown: Content, name: str, language: str, size: str | Size, claim: str) -> Figure:
    with applied(language):
        started = frame(shown, words(language), size)
        sheet(name, claim).draw(shown, started)
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
