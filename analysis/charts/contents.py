"""What a figure says, before it is drawn: texts and exactly the numbers shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.tell.sources import Releases


@dataclass(frozen=True)
class Content:
    """A figure in words and numbers, in one language.

    ``data`` holds every number drawn and nothing else; ``releases`` are those that it comes from; ``claims``
    are the claims that the figure is about; ``labels`` are further texts that the drawing needs; ``page`` is
    what stands on a page only, in place of the source line. The title says what the numbers say, no more.
    """

    title: str
    subtitle: str
    alt: str
    data: pd.DataFrame
    releases: Releases
    source_line: str
    notes: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    page: tuple[str, ...] = ()
