"""What a figure says, before it is drawn: texts and exactly the numbers shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.languages import Words
from analysis.sentences import PUBLISHERS
from analysis.sources import registry

if TYPE_CHECKING:
    from analysis.charts.style import Frame


@dataclass(frozen=True)
class Content:
    """A figure in words and numbers, in one language.

    ``data`` holds every number drawn and nothing else; ``releases`` are the (source, vintage)
    pairs that it comes from; ``claims`` are the claims that the figure is about; ``labels`` are
    further texts that the drawing needs. The title says what the numbers say, no more.
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


def source_line(words: Words, releases: tuple[tuple[str, str], ...], headline_publishers: tuple[str, ...] = ()) -> str:
    """Publisher, release and licence of everything drawn, and the newest date among the releases."""
    known = {(release.source, release.vintage): release for release in registry.releases()}
    by_publisher: dict[str, list[str]] = {}
    licences: list[str] = []
    for pair in releases:
        publisher = PUBLISHERS[pair[0].split("_")[0]]
        some = by_publisher.setdefault(publisher, [])
        if pair[1] not in some:
            some.append(pair[1])
        if known[pair].licence not in licences:
            licences.append(known[pair].licence)
    named = [f"{publisher} {', '.join(some)}" for publisher, some in by_publisher.items()] + list(headline_publishers)
    newest = max((known[pair].published for pair in releases), default="")
    text = words("Source: {sources}.", sources="; ".join(named))
    if licences:
        text += " " + words("Licence: {licences}.", licences="; ".join(licences))
    if newest:
        text += " " + words("Data released up to {date}; corrections: data/corrections.csv.", date=words.date(newest))
    return text


def marked(content: Content, mark: str) -> list[dict[str, Any]]:
    """The rows of what is drawn that have a mark."""
    rows = content.data[content.data["mark"].eq(mark)].to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


@dataclass(frozen=True)
class Chart:
    """A figure: what it says, and how it is drawn into its frame.

    ``content`` takes the words; where ``claim`` names one, the figure is of any claim, ``content``
    takes its id as well, and the one named is shown unless another is asked for.
    """

    content: Callable[..., Content]
    draw: Callable[[Content, "Frame"], None]
    claim: str = ""
