"""Tests keep to public names, so that what is private can change without them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PACKAGE = "analysis"


def is_private(name: object) -> bool:
    return isinstance(name, str) and name.startswith("_") and not name.startswith("__")


def of_package(module: str) -> bool:
    return module.split(".")[0] == PACKAGE


def imported(tree: ast.AST) -> set[str]:
    """The names by which a file calls the package, its modules and what it takes from them."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname or PACKAGE for alias in node.names if of_package(alias.name)}
        elif isinstance(node, ast.ImportFrom) and of_package(node.module or ""):
            found |= {alias.asname or alias.name for alias in node.names}
    return found


def root(node: ast.expr) -> str:
    """The first name of ``a.b.c``, nothing if it is no such chain."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def reached(source: str) -> Iterator[str]:
    """The private names of the package that a file reaches: by import, by attribute, or by name in a text."""
    tree = ast.parse(source)
    known = imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and of_package(node.module or ""):
            yield from (alias.name for alias in node.names if is_private(alias.name))
            yield from (part for part in (node.module or "").split(".") if is_private(part))
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield from (part for part in alias.name.split(".") if of_package(alias.name) and is_private(part))
        elif isinstance(node, ast.Attribute) and is_private(node.attr) and root(node.value) in known:
            yield node.attr
        elif isinstance(node, ast.Call) and any(root(argument) in known for argument in node.args):
            # setattr(module, "_name", ...), getattr and the like
            texts = (argument.value for argument in node.args if isinstance(argument, ast.Constant))
            yield from (str(text) for text in texts if is_private(text))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            parts = node.value.split(".")
            if parts[0] == PACKAGE and all(part.isidentifier() for part in parts):
                yield from (part for part in parts if is_private(part))


@pytest.mark.parametrize("path", sorted(TESTS.glob("*.py")), ids=lambda path: path.name)
def test_a_test_reaches_public_names_only(path: Path) -> None:
    assert list(reached(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "from analysis.charts.deaths import _title",
        "from analysis.charts import _deaths",
        "from analysis._charts import deaths",
        "import analysis._charts",
        "import analysis.charts\nanalysis.charts._title()",
        "from analysis.charts import deaths\ndeaths._title()",
        "from analysis.charts import deaths as module\nmodule.Chart._title",
        "from analysis.charts import deaths\nmonkeypatch.setattr(deaths, '_title', None)",
        "from analysis.charts import deaths\ngetattr(deaths, '_title')",
        "monkeypatch.setattr('analysis.charts.deaths._title', None)",
    ],
)
def test_a_private_name_is_found(line: str) -> None:
    assert len(list(reached(line))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "from analysis.charts import deaths\ndeaths.title()\ndeaths.__name__",
        "from analysis import __main__ as commands\ncommands.main([])",
        "from matplotlib import text\ntext._private",
        "'analysis tells _nothing_'",
    ],
)
def test_public_names_and_those_of_others_may_be_reached(line: str) -> None:
    assert list(reached(line)) == []
