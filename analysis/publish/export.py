"""Figures on request: any figure, language, format and size, into any folder."""

import math
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from analysis import audit, charts, paths
from analysis.charts import render
from analysis.data import files, registry
from analysis.errors import InputError
from analysis.publish import processes
from analysis.tell.languages import LANGUAGES

ALONE = 4
"""Up to so many drawings other processes would take longer to start than they save."""

CURVE = "specification_curve"
"""The figure that is drawn of a claim where none is named."""

SHARES = 3
"""How many parts of the work a process takes, one after the other."""


def export(
    names: Sequence[str],
    languages: Sequence[str],
    formats: Sequence[str],
    size: str,
    out: Path | None = None,
    claim: str = "",
    progress: Callable[[str], object] = str,
) -> list[Path]:
    """Draw figures and write them; nothing is written if any of them fails.

    Args:
        names: figures; all if empty, or the specification curve where a claim is given.
        languages: languages, or ``all``.
        formats: svg, png, pdf, csv (the numbers shown), or ``all``.
        size: slide, page or square.
        out: the folder; by default ``figures``, or one of that name beside the tables in use where those are others.
        claim: of which claim, for figures of any; else the one that a figure is of.
        progress: is told, in a line, of each figure that has been drawn, and how to cite its numbers.

    Returns:
        The files written: ``OUT/LANGUAGE/NAME.FORMAT``, a claim and another size after the name.

    Raises:
        InputError: an unknown name, language, format, size or claim, or a claim for a figure that is of none.
    """
    wanted = list(dict.fromkeys(names or (CURVE,))) if claim or names else list(charts.FIGURES)
    if "all" in wanted:
        wanted = list(charts.FIGURES)
    tongues = LANGUAGES if "all" in languages else tuple(dict.fromkeys(languages))
    kinds = render.FORMATS if "all" in formats else tuple(dict.fromkeys(formats))
    for kind in kinds:
        if kind not in render.FORMATS:
            raise InputError(f"no format {kind!r}", expected=f"one of {', '.join(render.FORMATS)}, or all")
    if out is not None and out.resolve() == paths.FIGURES:
        registry.require_committed("figures")
    folder = out or registry.outputs(paths.FIGURES)
    suffix = (f"_{claim}" if claim else "") + ("" if size == "slide" else f"_{size}")
    written: dict[Path, bytes | str] = {}
    # By language, since a process that has measured a language's words once need not do so again.
    todo = [(name, language) for language in tongues for name in wanted]
    for number, ((name, language), made) in enumerate(zip(todo, drawn(todo, kinds, size, claim), strict=True), start=1):
        progress(f"figure {name} ({language}), {number} of {len(todo)}")
        if "csv" in made:
            shown = charts.content(name, language, claim)
            progress(f"to cite {name}: {shown.title}. {shown.source_line or ' '.join(shown.page)}".rstrip())
        for kind, content in made.items():
            written[folder / language / f"{name}{suffix}.{kind}"] = content
    files.write_all(written)
    return list(written)


def drawn(
    todo: Sequence[tuple[str, str]], kinds: tuple[str, ...], size: str = "slide", claim: str = ""
) -> Iterator[dict[str, bytes]]:
    """Each figure in its formats, in the order asked for; many are drawn by as many processes as there are cores."""
    make = partial(_rendered, kinds, size, claim)
    if len(todo) <= ALONE:
        yield from map(make, todo)
        return
    # What every figure needs is worked out before the processes part.
    audit.committed()
    cores = os.cpu_count() or 1
    with processes.pool(cores) as pool:
        yield from pool.map(make, todo, chunksize=math.ceil(len(todo) / cores / SHARES))


def _rendered(kinds: tuple[str, ...], size: str, claim: str, figure: tuple[str, str]) -> dict[str, bytes]:
    name, language = figure
    return render.rendered(name, language, kinds, size, claim)
