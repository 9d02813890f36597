"""An audit, in numbers, of what institutions state about mass violence and displacement.

The data flows one way, through five wings: ``data`` reads publishers' files into tidy tables,
``audit`` holds the tables against what a report states, ``tell`` puts that into words in six
languages, ``charts`` draws it, ``publish`` writes what leaves and checks it.

A notebook imports ``table``, ``series``, ``holdings``, ``areas``, ``events``, ``reports``, ``ledger``,
``findings``, ``verdicts`` and ``charts`` from here. Nothing is loaded before it is asked for.
"""

import importlib
from typing import Any

_HOME = {
    "areas": ("analysis.data.areas", "names"),
    "charts": ("analysis.charts", ""),
    "events": ("analysis.data.events", "events"),
    "findings": ("analysis.tell.frames", "findings"),
    "holdings": ("analysis.data.query", "holdings"),
    "ledger": ("analysis.tell.frames", "ledger"),
    "reports": ("analysis.tell.frames", "reports"),
    "series": ("analysis.data.query", "series"),
    "table": ("analysis.data.query", "table"),
    "verdicts": ("analysis.tell.frames", "verdicts"),
}

__all__ = list(_HOME)  # noqa: PLE0605 - found by __getattr__, and declared in __init__.pyi


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    module, function = _HOME[name]
    home = importlib.import_module(module)
    found = getattr(home, function) if function else home
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return list(__all__)
