"""The reader's choice: what the audit says under every choice of definitions and of a last release, to be looked up.

Nothing is worked out on the page: a choice is a place in a table that was computed here.
"""

import datetime
import itertools
import string
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.audit.findings import LATER, STAND_IN, THEN, Finding
from analysis.audit.verdicts import VERDICTS, Verdict, base_of, chosen, cited_of, days, decide, sides_of

DIGITS = string.digits + string.ascii_letters


@dataclass(frozen=True)
class State:
    """What a choice gives: the verdict, and by their place among the claim's findings what it cites and rests on.

    ``stand_ins`` are those that stand in for data of the time, ``shown`` those whose numbers stand beside the figure
    that is stated.
    """

    verdict: str
    cited: int | None
    base: tuple[int, ...]
    stand_ins: tuple[int, ...]
    shown: tuple[int, ...]


@dataclass(frozen=True)
class Choices:
    """Every choice and what it gives.

    ``names`` are the definitions, ``days`` the days up to which releases may be taken; ``findings`` has,
    a finding, the place of its definition and of its day (-1 if it has none), ``times`` whether it is of the time or
    later, if it does not stand in. ``table`` holds a text a day:
    the place in ``states`` of each set of definitions (a bit a definition, the first the lowest) in ``width`` digits;
    it stands for as many sets as there are, over and over, since the last definitions often turn nothing.
    """

    names: tuple[str, ...]
    days: tuple[datetime.date, ...]
    findings: tuple[tuple[int, int], ...]
    times: tuple[str, ...]
    states: tuple[State, ...]
    width: int
    table: tuple[str, ...]

    def at(self, definitions: Sequence[str], day: datetime.date) -> State:
        """What a choice gives, looked up as the page does it."""
        mask = sum(1 << self.names.index(name) for name in definitions)
        row = self.table[self.days.index(day)]
        place = mask * self.width % len(row)
        return self.states[_value(row[place : place + self.width])]

    @property
    def lines(self) -> tuple[tuple[int, ...], ...]:
        """Everything that a choice can show beside the figure stated, once."""
        return tuple(dict.fromkeys(state.shown for state in self.states))

    def as_json(self) -> dict[str, object]:
        """As the page reads it: verdicts by their place in ``VERDICTS``, what is shown by its place in ``lines``."""
        lines = self.lines
        return {
            "names": self.names,
            "findings": self.findings,
            "times": "".join(one[0] for one in self.times),
            "states": [
                [
                    VERDICTS.index(one.verdict),
                    -1 if one.cited is None else one.cited,
                    lines.index(one.shown),
                    one.base,
                    one.stand_ins,
                ]
                for one in self.states
            ],
            "digits": DIGITS,
            "width": self.width,
            "table": self.table,
        }


def choices(verdict: Verdict) -> Choices | None:
    """All choices for a claim; None where there is nothing to choose: no definition, or no release.

    Args:
        verdict: on the claim, with its findings.
    """
    names = tuple(dict.fromkeys(finding.definition for finding in verdict.findings))
    dates = tuple(days(verdict))
    if not names or not dates:
        return None
    places = {_key(finding): place for place, finding in enumerate(verdict.findings)}
    assert len(places) == len(verdict.findings), f"{verdict.claim.id}: two findings of one definition and release"
    states: dict[State, int] = {}
    rows = [
        [states.setdefault(_state(chosen(verdict, some, day), places), len(states)) for some in _subsets(names)]
        for day in dates
    ]
    order, rows = _shortened(rows)
    names = tuple(names[place] for place in order)
    width = 1 if len(states) <= len(DIGITS) else 2
    return Choices(
        names=names,
        days=dates,
        findings=tuple(
            (
                names.index(finding.definition),
                dates.index(datetime.date.fromisoformat(finding.published[0])) if finding.published else -1,
            )
            for finding in verdict.findings
        ),
        times=tuple(THEN if finding.when == THEN else LATER for finding in verdict.findings),
        states=tuple(states),
        width=width,
        table=tuple("".join(_digits(value, width) for value in row) for row in rows),
    )


def _subsets(names: Sequence[str]) -> list[list[str]]:
    """Every set of the names, in the order of the number whose bits they are."""
    bits = itertools.product((False, True), repeat=len(names))
    return [[name for name, taken in zip(names, reversed(some), strict=True) if taken] for some in bits]


def _shortened(rows: list[list[int]]) -> tuple[list[int], list[list[int]]]:
    """Rows of a table without what they repeat, and the order of names in which they repeat most.

    What turns the most stands first; where the last turns nothing, one half of a row is like the other.
    """
    masks = range(len(rows[0]))
    bits = [1 << place for place in range(len(masks).bit_length() - 1)]
    turned = [sum(row[mask] != row[mask ^ bit] for row in rows for mask in masks) for bit in bits]
    order = sorted(range(len(bits)), key=lambda place: -turned[place])
    before = [sum(bits[place] for new, place in zip(bits, order, strict=True) if mask & new) for mask in masks]
    short = []
    for row in rows:
        made = [row[mask] for mask in before]
        while len(made) > 1 and made[: len(made) // 2] == made[len(made) // 2 :]:
            made = made[: len(made) // 2]
        short.append(made)
    return order, short


def _key(finding: Finding) -> tuple[str, tuple[tuple[str, str], ...]]:
    return finding.definition, tuple(finding.vintages.items())


def _state(findings: Sequence[Finding], places: dict[tuple[str, tuple[tuple[str, str], ...]], int]) -> State:
    base = base_of(findings)
    cited = cited_of(base)
    return State(
        verdict=decide(findings),
        cited=None if cited is None else places[_key(cited)],
        base=tuple(places[_key(finding)] for finding in base),
        stand_ins=tuple(places[_key(finding)] for finding in findings if finding.when == STAND_IN),
        shown=tuple(places[_key(finding)] for finding in sides_of(base)),
    )


def _digits(value: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        value, digit = divmod(value, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits


def _value(digits: str) -> int:
    value = 0
    for digit in digits:
        value = value * len(DIGITS) + DIGITS.index(digit)
    return value
