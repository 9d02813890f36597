"""What is asked of events: how they are grouped, which ones count, and when."""

import calendar
import datetime
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.data import areas
from analysis.data.events.layout import TYPES
from analysis.errors import InputError

GROUPINGS = ("country", "year", "month", "type", "actor", "conflict", "grid")
START, SPREAD = "start", "spread"
COUNTINGS = (START, SPREAD)


@dataclass(frozen=True)
class Question:
    """How events are summed.

    ``by`` are of ``GROUPINGS``; ``since`` and ``until`` are the first and the last day that count;
    ``areas`` and ``types`` (1, 2, 3) are those that count, all if empty; ``counting`` says whether
    an event counts whole on its first day (``start``) or an equal share on each of its days
    (``spread``); ``world`` asks for rows of the world.
    """

    by: tuple[str, ...] = ("country", "year", "type")
    since: datetime.date | None = None
    until: datetime.date | None = None
    areas: tuple[str, ...] = ()
    types: tuple[int, ...] = ()
    counting: str = START
    world: bool = False

    @property
    def period(self) -> str:
        """The period at whose end an event that runs on is divided: month, year, or "" for none."""
        return "month" if "month" in self.by else "year" if "year" in self.by else ""

    @property
    def extra(self) -> tuple[str, ...]:
        """The columns that the answer has besides those of every tidy table."""
        return (
            *(("conflict_id", "conflict") if "conflict" in self.by else ()),
            *(("grid",) if "grid" in self.by else ()),
        )

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns of a file that the answer needs."""
        optional = {"actor": ("side_a_id", "side_a", "side_b_id", "side_b"), "conflict": ("conflict_id", "conflict")}
        wanted = [
            name for grouping in self.by for name in optional.get(grouping, (grouping,) if grouping == "grid" else ())
        ]
        return ("id", "type", "country", "first", "last", "low", "best", "high", "civilians", *wanted)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The Gleditsch-Ward numbers of the areas that count, all if empty."""
        return tuple(number for number, area in areas.gleditsch_ward().items() if area in self.areas)


def ask(
    by: Iterable[str] = Question.by,
    since: str = "",
    until: str = "",
    country: Iterable[str] = (),
    type: Iterable[str] = (),
    count: str = START,
    world: bool = False,
) -> Question:
    """A question, from what a person typed.

    Args:
        by: any of ``GROUPINGS``, each alone or several with commas between.
        since: the first day that counts: ``2013``, ``2013-03`` or ``2013-03-24``.
        until: the last one; of a year or month alone, its last day.
        country: areas by code or name in any of the six languages; ``all`` is all.
        type: ``state_based``, ``non_state``, ``one_sided``, or UCDP's 1, 2, 3; ``all`` is all.
        count: ``start`` or ``spread``.
        world: whether rows of the world are asked for.

    Raises:
        InputError: what is not known, with the nearest names; an empty span of days.

    >>> ask("month", since="2013-03").since
    datetime.date(2013, 3, 1)
    """
    asked = tuple(dict.fromkeys(_listed(by)))
    for one in asked:
        _known(one, GROUPINGS, "--by")
    _known(count, COUNTINGS, "--count")
    first, last = _day(since, "--since", 0), _day(until, "--until", 1)
    if first and last and first > last:
        raise InputError(f"--since {since} is after --until {until}", do="name the earlier day first")
    return Question(asked, first, last, _areas(country), _types(_listed(type)), count, world)


def _listed(values: Iterable[str]) -> list[str]:
    many = [values] if isinstance(values, str) else values
    return [one.strip() for value in many for one in str(value).split(",") if one.strip()]


def _known(value: str, known: Iterable[str], option: str) -> None:
    listed = list(known)
    if value not in listed:
        near = difflib.get_close_matches(value, listed, n=1)
        hint = f"did you mean {near[0]}?" if near else ""
        raise InputError(f"{option} {value!r} is not known", expected=f"one of {', '.join(listed)}", do=hint)


def _types(names: Iterable[str]) -> tuple[int, ...]:
    numbers = {**{name: number for number, name in TYPES.items()}, **{str(number): number for number in TYPES}}
    found = []
    for name in names:
        if name == "all":
            return ()
        _known(name, numbers, "--type")
        found.append(numbers[name])
    return tuple(sorted(set(found)))


def _areas(names: Iterable[str]) -> tuple[str, ...]:
    placed = set(areas.gleditsch_ward().values())
    many = [names] if isinstance(names, str) else names
    found = []
    for name in (one for whole in many for one in ([whole] if areas.find(whole) else _listed([whole]))):
        if name == "all":
            return ()
        area = areas.find(name)
        if area not in placed:
            near = ", ".join(areas.near(name))
            raise InputError(
                f"--country {name!r} is not a country with a Gleditsch-Ward number",
                expected="a code or name of data/areas.csv",
                do=f"nearest: {near}" if near else "",
            )
        found.append(str(area))
    return tuple(sorted(set(found)))


def _day(text: str, option: str, end: int) -> datetime.date | None:
    """The first (``end`` 0) or last (1) day of a year, a month or a day."""
    if not text:
        return None
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", text.strip())
    try:
        if parts is None:
            raise ValueError(text)
        year = int(parts[1])
        month = int(parts[2] or (12 if end else 1))
        return datetime.date(year, month, int(parts[3] or (calendar.monthrange(year, month)[1] if end else 1)))
    except ValueError as error:
        raise InputError(f"{option} {text!r} is not a date", expected="2013, 2013-03 or 2013-03-24") from error
