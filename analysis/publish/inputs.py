"""What an output is made from: the files of code, found in the code's own imports, and the data.

A change in a file touches what is made from it and nothing else. Import statements are read, not
carried out, so that nothing heavy is loaded to find out what is stale.
"""

import ast
import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from analysis import paths
from analysis.charts import FIGURES

IMPORT = re.compile(r"^[ \t]*(from analysis\b.*? import (?:\([^)]*\)|[^(\n]*)|import analysis\b.*)", re.M)
"""An import of the project's own, wherever in a file it stands; to parse whole files would take far longer."""

DRAWN = re.compile(r'"(\w+)":\s*Chart\(')
"""Where a module of several figures lists one; a file of ``charts/figures`` is one, named as it."""

GALLERY = "analysis.charts.gallery"
SIDECARS, RENDER = "analysis.publish.sidecars", "analysis.charts.render"
FACE = ("analysis.data.query", "analysis.tell.frames")
"""What a notebook gets from ``analysis``, the charts aside, is made by these."""

BESIDE_CHARTS = (
    "analysis.tell.languages",
    "analysis.tell.texts",
    "analysis.tell.sentences",
    "analysis.data.registry",
    "analysis.data.areas",
)
"""What draws outside of charts: how numbers and dates are written. A test compares this with what runs."""


LIBRARIES = tuple(
    f"{name}=="
    for name in (
        "babel",
        "contourpy",
        "fontpkg-ibm-plex-sans-arabic",
        "fontpkg-noto-sans",
        "fonttools",
        "ipykernel",
        "ipython",
        "kiwisolver",
        "matplotlib",
        "nbclient",
        "nbformat",
        "numpy",
        "pandas",
        "pillow",
        "pylopdf-fonts-zh-cn",
    )
)


@cache
def data() -> tuple[Path, ...]:
    """The tables and ledgers: what outputs are computed from, and not what is the census's alone."""
    found = (path for path in paths.DATA.rglob("*") if path.suffix in (".csv", ".yml"))
    return tuple(sorted(path for path in found if not path.name.startswith(("numeral", "comparative"))))


@cache
def catalogues() -> tuple[Path, ...]:
    """The words in the five languages that are translated."""
    return tuple(sorted((paths.ROOT / "analysis").rglob("*.po")))


def what_says(figure: str) -> tuple[Path, ...]:
    """What a figure's texts and numbers are computed by and from."""
    return (*code((SIDECARS, GALLERY, _home(figure))), *catalogues(), *data())


def what_draws(figure: str) -> tuple[Path, ...]:
    """What turns a figure's texts and numbers into a picture; they themselves stand in its sidecar."""
    charts = paths.ROOT / "analysis" / "charts"
    drawing = [path for path in code((GALLERY, _home(figure))) if path.is_relative_to(charts)]
    return tuple(sorted({*drawing, *map(file_of, (RENDER, *BESIDE_CHARTS))}))


def what_executes(cells: Iterable[str]) -> tuple[Path, ...]:
    """What the code of a notebook calls, the drawers of its own charts among it, and the data."""
    named = set(re.findall(r"\bcharts\.(\w+)", "\n".join(cells)))
    shown = [_home(figure) for figure in FIGURES if figure in named]
    drawing = (GALLERY, RENDER, *shown) if named else ()
    return (*code((*FACE, *drawing)), *catalogues(), *data())


@cache
def versions() -> str:
    """The locked versions of the libraries that texts, numbers and pictures come from; of the others none matters."""
    lines = paths.LOCK.read_text(encoding="utf-8").splitlines()
    return "\n".join(line.strip(" \\") for line in lines if line.startswith(LIBRARIES))


def what_computes(module: str) -> tuple[Path, ...]:
    """What a module of ``publish`` computes from: its code and all data."""
    return (*code((module,)), *data())


@cache
def code(modules: Collection[str]) -> tuple[Path, ...]:
    """The files that modules run: their own, those that they import, directly or not, and the packages around them.

    That the gallery knows every figure makes none of them a part of another.
    """
    figures = set(homes().values())
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module in found:
            continue
        found.add(module)
        around = [module.rpartition(".")[0]] if "." in module else []
        waiting += [*around, *(imports(module) - (figures if module == GALLERY else set()))]
    return tuple(sorted(file_of(module) for module in found))


@cache
def imports(module: str) -> frozenset[str]:
    """The project's modules that a module imports, at its top or when it is called."""
    found = set()
    for statement in IMPORT.findall(_text(module)):
        with suppress(SyntaxError):  # a line of prose that looks like one
            for node in ast.parse(statement).body:
                if isinstance(node, ast.ImportFrom) and node.module:
                    inside = [f"{node.module}.{alias.name}" for alias in node.names]
                    found.update([node.module, *(name for name in inside if _exists(name))])
                elif isinstance(node, ast.Import):
                    found.update(alias.name for alias in node.names)
    return frozenset(found)


def file_of(module: str) -> Path:
    """The file of one of the project's modules."""
    path = paths.ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def homes() -> dict[str, str]:
    """Figure -> the module that draws it."""
    found = {}
    for path in sorted((paths.ROOT / "analysis" / "charts").rglob("*.py")):
        module = ".".join(path.relative_to(paths.ROOT).with_suffix("").parts)
        if path.parent.name == "figures" and path.stem != "__init__":
            found[path.stem] = module
        else:
            found.update(dict.fromkeys(DRAWN.findall(path.read_text(encoding="utf-8")), module))
    return found


def _home(figure: str) -> str:
    return homes()[figure]


def _exists(module: str) -> bool:
    return file_of(module).exists()


def _text(module: str) -> str:
    return file_of(module).read_text(encoding="utf-8")
