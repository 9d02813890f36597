"""What a figure says, before it is drawn: texts and exactly the numbers shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from analysis.data import registry
from analysis.tell.languages import Words
from analysis.tell.sentences import by_publisher


@dataclass(frozen=True)
class Content:
    """A figure in words and numbers, in one language.

    ``data`` holds every number drawn and nothing else; ``releases`` are the (source, vintage)
    pairs that it comes from; ``claims`` are the claims that the figure is about; ``labels`` are
    further texts that the drawing needs; ``page`` is what stands on a page only, in place of the
    source line. The title says what the numbers say, no more.
    """

    title: str
    subtitle: str
    alt: str
    data: pd.DataFrame
    releases: tuple[tuple[str, str], ...]
    source_line: str
    notes: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    page: tuple[str, ...] = ()


def source_line(words: Words, releases: tuple[tuple[str, str], ...], headline_publishers: tuple[str, ...] = ()) -> str:
    """Publisher, release and licence of everything drawn, and the newest date among the releases."""
    known = {(release.source, release.vintage): release for release in registry.used()}
    licences: list[str] = []
    for pair in releases:
        if known[pair].licence not in licences:
            licences.append(known[pair].licence)
    named = [*by_publisher(words, releases), *headline_publishers]
    newest = max((known[pair].published for pair in releases), default="")
    text = words("Source: {sources}.", sources=words.listed(named))
    if licences:
        text += words.space + words(
            "Licence: {licences}.", licences=words.listed(words(licence) for licence in licences)
        )
    if newest:
        text += words.space + words(
            "Data released up to {date}; corrections: data/corrections.csv.", date=words.date(newest)
        )
    return text


def typeset(words: Words, content: Content) -> Content:
    """A figure's texts with the marks that its script needs."""
    return replace(
        content,
        title=words.typeset(content.title),
        subtitle=words.typeset(content.subtitle),
        alt=words.typeset(content.alt),
        source_line=words.typeset(content.source_line),
        notes=tuple(words.typeset(note) for note in content.notes),
        page=tuple(words.typeset(note) for note in content.page),
        labels={name: words.typeset(text) for name, text in content.labels.items()},
    )


def with_report(words: Words, content: Content) -> Content:
    """A figure of claims says, after its sources, which text of the report they were read in."""
    if not content.claims:
        return content
    text = words("Report: {symbol}, Chinese text; other versions may differ.", symbol=registry.REPORT)
    return replace(content, source_line=words.run((content.source_line, text)))
