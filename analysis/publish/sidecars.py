"""Beside every figure, a sidecar that says what is shown: texts in each language, data and sources."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import babel
import matplotlib
import pandas as pd
from matplotlib import ft2font

from analysis import charts
from analysis.audit import verdict_on
from analysis.charts.contents import Content
from analysis.data import registry
from analysis.tell.languages import ENGLISH, LANGUAGES, words
from analysis.tell.sentences import verdict_names


def shown(name: str) -> dict[str, Any]:
    """What a figure's sidecar says: texts in each language, the data drawn, and where it comes from.

    ``drawn`` is a hash, for each language, of everything that the figure is drawn from.
    """
    contents = {language: charts.content(name, language) for language in LANGUAGES}
    first = contents[ENGLISH.language]
    known = registry.by_key(registry.used())
    return {
        "figure": name,
        "title": {language: content.title for language, content in contents.items()},
        "subtitle": {language: content.subtitle for language, content in contents.items()},
        "alt": {language: content.alt for language, content in contents.items()},
        "notes": {language: list(content.notes) for language, content in contents.items()},
        "source_line": {language: content.source_line for language, content in contents.items()},
        "face": {language: _face(content) for language, content in contents.items()},
        "page": {language: list(content.page) for language, content in contents.items()},
        "claims": {claim: _claim(claim) for claim in first.claims},
        "data": {
            "columns": list(first.data.columns),
            "rows": _rows(first.data),
        },
        "sources": [
            {
                "source": source,
                "vintage": vintage,
                "published": known[source, vintage].published,
                "citation": known[source, vintage].citation,
                "licence": known[source, vintage].licence,
                "sha256": [file.sha256 for file in known[source, vintage].files],
            }
            for source, vintage in first.releases
        ],
        "drawn": {language: _hash(content) for language, content in contents.items()},
    }


def _face(content: Content) -> str:
    """What stands below the plot on a slide."""
    return " ".join([*content.notes, content.source_line])


def _claim(claim: str) -> dict[str, Any]:
    """A claim's verdict, and its name in each language."""
    verdict = verdict_on(claim).verdict
    names = {language: verdict_names(words(language))[verdict] for language in LANGUAGES}
    return {"verdict": verdict, "names": names}


def _hash(content: Content) -> str:
    """Of all texts and numbers of a figure in one language."""
    said: list[object] = [content.title, content.subtitle, content.source_line, *content.notes, *content.page]
    said += [*content.labels.items(), content.alt]
    drawn = [list(content.data.columns), _rows(content.data)]
    return hashlib.sha256(json.dumps([said, drawn], ensure_ascii=False).encode("utf-8")).hexdigest()


def _rows(data: pd.DataFrame) -> list[list[object]]:
    return [[_plain(value) for value in row] for row in data.itertuples(index=False, name=None)]


def _plain(value: object) -> object:
    if value is None or value != value or str(value) == "<NA>":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return value
    amount = float(value)  # type: ignore[arg-type]
    return int(amount) if amount.is_integer() else round(amount, 6)


def sidecar(name: str) -> str:
    """A figure's sidecar as JSON."""
    return json.dumps(shown(name), ensure_ascii=False, indent=1) + "\n"


def versions() -> Mapping[str, str]:
    """The versions of what draws: equal bytes are promised for these only."""
    return {
        "matplotlib": matplotlib.__version__,
        "freetype": str(ft2font.__freetype_version__),
        "libraqm": str(ft2font.__libraqm_version__),
        "pandas": pd.__version__,
        "babel": babel.__version__,
    }
