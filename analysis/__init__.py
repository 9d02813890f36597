"""An audit, in numbers, of what a UN report says about mass violence and displacement.

The data flows one way: publishers' files are read into tidy tables (``sources`` -> ``data/tidy``),
``measures`` turns tables into the numbers that the report's claims are about, ``audit`` holds
those against what the report states, ``charts`` draws tables and findings, ``figures`` writes them
for briefings, and ``check`` compares everything committed with what the data gives.

A notebook imports ``table``, ``ledger``, ``findings``, ``verdicts`` and ``charts`` from here.
"""

import importlib
from typing import Any

_HOME = {
    "table": "analysis.tables",
    "ledger": "analysis.frames",
    "findings": "analysis.frames",
    "verdicts": "analysis.frames",
}

__all__ = ["charts", "findings", "ledger", "table", "verdicts"]  # noqa: F822 - found by __getattr__


def __getattr__(name: str) -> Any:
    # Imported when first asked for, so that commands which need no tables start at once.
    if name == "charts":
        found: Any = importlib.import_module("analysis.charts")
    elif name in _HOME:
        found = getattr(importlib.import_module(_HOME[name]), name)
    else:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    importlib.import_module("analysis.rendering").register()
    globals()[name] = found
    return found
