"""Figures on request: any figure, language, format and size, into any folder."""

from collections.abc import Sequence
from pathlib import Path

from analysis import charts, figures, files, paths
from analysis.errors import InputError
from analysis.languages import LANGUAGES


def export(
    names: Sequence[str], languages: Sequence[str], formats: Sequence[str], size: str, out: Path | None = None
) -> list[Path]:
    """Draw figures and write them; nothing is written if any of them fails.

    Args:
        names: figures; all if empty.
        languages: languages, or ``all``.
        formats: svg, png, pdf, or ``all``.
        size: slide, page or square.
        out: the folder; ``figures`` by default.

    Returns:
        The files written: ``OUT/LANGUAGE/NAME.FORMAT``.

    Raises:
        InputError: an unknown name, language, format or size.
    """
    wanted = list(charts.CHARTS) if not names or "all" in names else list(dict.fromkeys(names))
    tongues = LANGUAGES if "all" in languages else tuple(dict.fromkeys(languages))
    kinds = figures.FORMATS if "all" in formats else tuple(dict.fromkeys(formats))
    for kind in kinds:
        if kind not in figures.FORMATS:
            raise InputError(f"no format {kind!r}", expected=f"one of {', '.join(figures.FORMATS)}, or all")
    folder = out or paths.FIGURES
    suffix = "" if size == "slide" else f"_{size}"
    written: dict[Path, bytes | str] = {}
    for name in wanted:
        for language in tongues:
            for kind, content in figures.rendered(name, language, kinds, size).items():
                written[folder / language / f"{name}{suffix}.{kind}"] = content
    files.write_all(written)
    return list(written)
