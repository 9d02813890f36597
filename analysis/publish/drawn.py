"""Figures as they are needed by what is written from them: taken from ``figures`` where fresh, else drawn."""

from collections.abc import Sequence

from analysis import paths
from analysis.data import registry
from analysis.publish import build, export


def svg(names: Sequence[str], languages: Sequence[str]) -> dict[tuple[str, str], bytes]:
    """Figures as SVG: those that ``build`` made and that nothing has changed since are read, the others drawn.

    Of other tables than the committed all are drawn.

    Args:
        names: figures.
        languages: in which.

    Returns:
        (figure, language) -> its bytes.
    """
    made, given = build.here(), build.committed()
    steps = {step.targets[0]: step for step in build.steps(languages)}
    found: dict[tuple[str, str], bytes] = {}
    todo = []
    for language in languages:
        for name in names:
            path = paths.FIGURES / language / f"{name}.svg"
            if registry.in_use() != paths.TIDY or build.doubt(steps[path], made, given):
                todo.append((name, language))
            else:
                found[name, language] = path.read_bytes()
    found |= {figure: formats["svg"] for figure, formats in zip(todo, export.drawn(todo, ("svg",)), strict=True)}
    return {(name, language): found[name, language] for language in languages for name in names}
