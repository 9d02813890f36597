"""An audit, in numbers, of what a UN report says about mass violence and displacement.

The data flows one way, through five wings: ``data`` reads publishers' files into tidy tables,
``audit`` holds the tables against what the report states, ``tell`` puts that into words in six
languages, ``charts`` draws it, ``publish`` writes what leaves and checks it.

A notebook imports ``table``, ``ledger``, ``findings``, ``verdicts`` and ``charts`` from here.
"""

import importlib
from typing import Any

_HOME = {
    "table": "analysis.data.tables",
    "ledger": "analysis.tell.frames",
    "findings": "analysis.tell.frames",
    "verdicts": "analysis.tell.frames",
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
    importlib.import_module("analysis.publish.display").register()
    globals()[name] = found
    return found
