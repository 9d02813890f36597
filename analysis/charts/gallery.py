"""All figures by name: what each says, and how it is drawn.

Each theme module lists its ``CHARTS``: a chart is a function that says what is shown (``Content``)
and one that draws it. Neither decides anything: numbers and verdicts come from ``measures`` and
``audit``.
"""

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache

from analysis.charts import (
    FIGURES,
    figures,
    holdings,
    overview,
    recurrence,
    specifications,
    today,
    whole_audit,
)
from analysis.charts.contents import Content, typeset, with_report
from analysis.charts.sheet import Sheet
from analysis.charts.style import Chart, Figure, applied, fit_script, frame
from analysis.errors import InputError
from analysis.tell.languages import words

_THEMES = (
    holdings,
    overview,
    specifications,
    today,
    whole_audit,
    recurrence,
)
_BY_THEME: dict[str, Chart] = {name: chart for theme in _THEMES for name, chart in theme.CHARTS.items()}


@cache
def sheet(name: str) -> Sheet:
    """A figure in no language; its file is loaded when it is asked for."""
    made: Sheet = importlib.import_module(f"{figures.__name__}.{name}").sheet()
    return made


def _sheet_chart(name: str) -> Chart:
    return Chart(
        content=lambda words: sheet(name).said(words, name),
        draw=lambda content, started: sheet(name).draw(content, started),
    )


_BY_THEME |= {module.name: _sheet_chart(module.name) for module in pkgutil.iter_modules(figures.__path__)}
CHARTS: dict[str, Chart] = {name: _BY_THEME[name] for name in FIGURES}


def names() -> list[str]:
    """The names of all figures, in their order."""
    return list(CHARTS)


def _chart(name: str) -> Chart:
    if name not in CHARTS:
        raise InputError(f"no figure {name!r}", expected=f"one of {', '.join(CHARTS)}")
    return CHARTS[name]


@cache
def content(name: str, language: str = "en", claim: str = "") -> Content:
    """What a figure says in a language: texts, and exactly the numbers drawn.

    Args:
        name: a name from ``CHARTS``.
        language: ar, en, es, fr, ru or zh.
        claim: a claim's id, for a figure that is of any claim.

    Raises:
        InputError: an unknown figure, language or claim, or a claim for a figure that is of none.
    """
    chart = _chart(name)
    if claim and not chart.claim:
        raise InputError(f"{name} does not take a claim", do="leave it out, or draw specification_curve")
    named = (claim or chart.claim,) if chart.claim else ()
    say = words(language)
    said = chart.content(say, *named)
    return said if said.page else typeset(say, with_report(say, said))


def draw(name: str, language: str = "en", size: str = "slide", claim: str = "") -> Figure:
    """Draw a figure.

    Args:
        name: a name from ``CHARTS``.
        language: ar, en, es, fr, ru or zh.
        size: slide, page or square.
        claim: a claim's id, for a figure that is of any claim.

    Returns:
        A matplotlib figure with ``alt`` (its alt text), ``content`` and ``language``, which shows itself in a notebook.

    Raises:
        InputError: an unknown figure, language, size or claim, or a claim for a figure that is of none.
    """
    shown = content(name, language, claim) if claim else content(name, language)  # as it is remembered
    with applied(language):
        started = frame(shown, words(language), size)
        _chart(name).draw(shown, started)
        fit_script(started.figure, started.words)
    return started.figure


def _drawer(name: str) -> Callable[..., Figure]:
    def chart(language: str = "en", size: str = "slide", claim: str = "") -> Figure:
        return draw(name, language, size, claim)

    chart.__name__ = name
    chart.__doc__ = CHARTS[name].content.__doc__
    return chart


for _name in CHARTS:
    globals()[_name] = _drawer(_name)
