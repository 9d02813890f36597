"""The nouns of the audit: a finding, and a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.claims import Claim

THEN, STAND_IN, LATER = "then", "stand_in", "later"
SUPPORTED, REVISED, CONTESTED = "supported", "revised", "contested"
NOT_SUPPORTED, UNTESTABLE = "not supported", "not testable"
VERDICTS = (SUPPORTED, REVISED, CONTESTED, NOT_SUPPORTED, UNTESTABLE)

HEADLINE = "headline"
"""The source name under which a publisher's stated figure stands in a finding's vintages."""


@dataclass(frozen=True)
class Finding:
    """What one specification says about a claim.

    ``published`` holds the day by which each part was out, the last first; ``reference`` is the number that a
    comparison is made with, and ``against`` what that is; ``covers`` says what a sum leaves out.
    """

    claim: str
    definition: str
    label: str
    role: str
    fit: str
    vintages: Mapping[str, str]
    when: str
    published: tuple[str, ...]
    low: float | None
    value: float | None
    high: float | None
    holds: str
    band: str
    reference: float | None = None
    against: str = ""
    threshold: float | None = None
    covers: str = ""

    @property
    def is_headline(self) -> bool:
        """Whether it is a figure that a publisher stated in words, not a number of its data."""
        return set(self.vintages) == {HEADLINE}


@dataclass(frozen=True)
class Verdict:
    """A claim with its findings and what follows from them.

    ``base`` are the findings that the verdict rests on, ``newest`` is the newest later one under the
    report's own definition; ``reason`` and ``sentence`` are in English.
    """

    claim: Claim
    verdict: str
    flips: tuple[str, ...]
    later: str
    firmness: str
    faithful: str
    findings: tuple[Finding, ...] = field(repr=False)
    base: tuple[Finding, ...] = field(repr=False)
    newest: Finding | None = field(repr=False)
    reason: str = ""
    sentence: str = ""
