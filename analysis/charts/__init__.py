"""Tables and findings -> figures: ``charts.NAME(language, size)`` returns a figure with its alt text.

What draws is loaded when a figure is asked for: what decides what is stale needs the names alone.
"""

import difflib
import functools
import importlib
from typing import Any

FIGURES = (
    "verdicts_at_a_glance",
    "headline_figures",
    "deaths_by_type",
    "deaths_2014_by_release",
    "rise_of_2014",
    "where_people_died_2014",
    "civilians_share",
    "six_countries",
    "deliberate_killing_since_1989",
    "all_displaced",
    "refugees_since_1951",
    "idps_by_release",
    "origins_of_the_displaced",
    "who_hosts",
    "syria_displaced",
    "syria_dead_by_source",
    "syria_around_february_2012",
    "how_long_conflicts_last",
    "third_parties",
    "earlier_violence_and_recurrence",
    "vetoes_by_year",
    "central_african_republic_months",
    "figures_by_vintage",
    "then_and_now",
    "specification_curve",
)
"""The figures in their order."""


def __getattr__(name: str) -> Any:
    gallery = None if name.startswith("__") else importlib.import_module("analysis.charts.gallery")
    if gallery and name in FIGURES:
        return functools.partial(gallery.draw, name)
    if not hasattr(gallery, name):
        near = difflib.get_close_matches(name, FIGURES, n=3, cutoff=0.4) or FIGURES
        raise AttributeError(f"no figure {name!r}; for instance {', '.join(near)}")
    return getattr(gallery, name)


def __dir__() -> list[str]:
    return [*FIGURES, "FIGURES", "content", "draw"]
