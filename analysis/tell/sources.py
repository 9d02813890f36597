"""Where the numbers of a figure come from: in a line for a slide, and in full for a page."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from analysis.data import registry, tables
from analysis.tell.languages import Words
from analysis.tell.sentences import by_publisher, publisher_in_full

Releases = tuple[tuple[str, str], ...]
"""Pairs of source and vintage."""


def face_source(
    words: Words,
    releases: Releases,
    also: Iterable[str] = (),
    name: Callable[[Words, str], str] = publisher_in_full,
) -> str:
    """Publishers, in full or as ``name`` calls them, with the year of the first release drawn and of the last."""
    known = registry.by_key(registry.used())
    years: dict[str, dict[str, set[str]]] = {}
    unverified = set()
    for source, vintage in releases:
        years.setdefault(name(words, source), {}).setdefault(source, set()).add(known[source, vintage].published[:4])
        if registry.unverified([(source, vintage)]):
            unverified.add(name(words, source))
    named = []
    for known_as, sets in years.items():
        every = set().union(*sets.values())
        shown = {"publisher": known_as, "first": min(every), "last": max(every)}
        if len(every) == 1:
            named.append(words("{publisher}, {year}", publisher=known_as, year=min(every)))
        elif name is publisher_in_full and any(len(some) > 1 for some in sets.values()):
            named.append(words("{publisher}, {first} (revised {last})", **shown))
        else:
            named.append(words("{publisher}, {first} and {last}", **shown))
        if known_as in unverified:
            named[-1] = words("{source} (unverified)", source=named[-1])
    return words("Source: {sources}.", sources=words.listed([*named, *also]))


def page_source(words: Words, releases: Releases, of_claims: bool) -> str:
    """Publisher, release and licence of everything drawn, its newest date, and which text of the report was read."""
    known = registry.by_key(registry.used())
    drawn = [known[pair] for pair in releases]
    texts = []
    if drawn:
        licences = words.listed(words(licence) for licence in dict.fromkeys(release.licence for release in drawn))
        newest = words.date(max(release.published for release in drawn))
        texts = [
            words("Source: {sources}.", sources=words.listed(by_publisher(words, releases, publisher_in_full))),
            words("Licence: {licences}.", licences=licences),
            words("Data released up to {date}; corrections: data/corrections.csv.", date=newest),
        ]
    if of_claims:
        texts.append(words("Report: {symbol}, Chinese text; other versions may differ.", symbol=registry.REPORT))
    return words.run(texts)


def marked(row: dict[str, Any], doubtful: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A number drawn, with the mark if it may be of one of these releases; a number of several has no release."""
    sources, vintages = row["source"].split(), row["vintage"].split()
    if any(source in sources and (vintage in vintages or not vintages) for source, vintage in doubtful):
        return {**row, "vintage": f"{row['vintage']} {tables.UNVERIFIED}".strip()}
    return row
