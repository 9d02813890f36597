"""What a number leaves out, as a value: words are made of it only where it is told (``tell.coverage``).

The tables hold it as JSON, one object a clause, so that any program can read it back. A number of
which nothing is left out has no clause.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

PART, ALONE, WITHOUT, AS_OF, UNTIL = "part", "alone", "without", "as_of", "until"
RUNNING, NOT_A_SUM, BY_OTHERS = "running", "not_a_sum", "by_others"
SPREAD_OUT, BETWEEN = "spread", "between"
AT_SEA = "international waters or airspace"
"""The place of events that UCDP puts in no country's territory (its ``where_prec`` is 7)."""


@dataclass(frozen=True)
class Coverage:
    """One clause of what a number covers.

    ========= ====================================================================================
    part      ``given`` of ``all`` (``unit``: rows, areas, months, days, fields, types, parts, or persons, those
              whose age is known) have it, without those named in ``without`` (areas' codes or
              publishers' names)
    alone     a place's rows, or the deaths in them: ``given`` that name it alone and are counted, of
              ``all`` that name it, alone or among others
    without   records of which the ``unit`` (asylum, place) is one of ``without`` are not in the release
    as_of     of the days from ``first`` to ``last``, not of the period's last; of ``areas`` only
    until     up to ``last``, the last day listed
    running   ``given`` of ``all`` events, or of the deaths in them, run on into a later month (of
              yearly sums, year)
    spread    ``given`` of ``all`` events ran on and count here with the share of their days
    between   of the days from ``first`` to ``last`` only
    not_a_sum a world figure that no areas add up to
    by_others summed from the events by others than the publisher
    ========= ====================================================================================

    ``estimate`` says of which estimate it is: low, best or high; of all of them if empty.
    """

    kind: str
    estimate: str = ""
    given: int | None = None
    all: int | None = None
    unit: str = ""
    without: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    first: str = ""
    last: str = ""


def to_text(clauses: Iterable[Coverage]) -> str:
    """Clauses as JSON, fields that are empty left out; "" if there is no clause.

    >>> to_text([Coverage(PART, "low", 39, 40, "rows")])
    '[{"kind":"part","estimate":"low","given":39,"all":40,"unit":"rows"}]'
    """
    objects = [
        {name: value for name, value in asdict(clause).items() if value not in ("", None, ())} for clause in clauses
    ]
    return json.dumps(objects, ensure_ascii=False, separators=(",", ":")) if objects else ""


@cache
def from_text(text: str) -> tuple[Coverage, ...]:
    """The clauses of a ``coverage`` column's value.

    Raises:
        ValueError: a text that ``to_text`` does not write.

    >>> from_text('[{"kind":"part","estimate":"low","given":39,"all":40,"unit":"rows"}]')[0].given
    39
    """
    if not text:
        return ()
    try:
        return tuple(Coverage(**{**clause, **_tuples(clause)}) for clause in json.loads(text))
    except (TypeError, AttributeError) as error:
        raise ValueError(f"no coverage: {text!r}") from error


def _tuples(clause: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) for name, value in clause.items() if isinstance(value, list)}


def incomplete(clauses: Iterable[Coverage]) -> set[str]:
    """The estimates (low, best, high) that are not of all that the number is about."""
    return {clause.estimate for clause in clauses if clause.estimate}
