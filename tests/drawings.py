"""Figures drawn once for all tests that look at them; who changes one draws it with ``charts.draw``."""

import os
from functools import lru_cache

from matplotlib.figure import Figure

from analysis import charts
from analysis.tell import LANGUAGES

SCRIPTS = ("ar", "en", "zh")
"""One language of each script: Arabic and Chinese take other fonts, breaks and sides than Latin and Cyrillic."""


def drawn(name: str, language: str = "en", size: str = "slide", claim: str = "") -> Figure:
    """A figure to look at, drawn where it is not among the last ones."""
    return _drawn(name, language, size, claim)


@lru_cache(maxsize=64)  # one takes some 8 MB
def _drawn(name: str, language: str, size: str, claim: str) -> Figure:
    return charts.draw(name, language, size, claim)


def languages() -> tuple[str, ...]:
    """Those in which layouts are looked at: one of each script, or all six where LANGUAGES=all is set."""
    asked = os.environ.get("LANGUAGES", "")
    if asked not in ("", "all"):
        raise ValueError(f"LANGUAGES={asked}: expected all, or nothing")
    return LANGUAGES if asked else SCRIPTS
