"""What a reader met in a file and passed over: told to whoever asked to hear it, and to nobody else.

A reader works on many files that are known; only of a file that is new does a person want to hear
that a footnote was skipped or that its first sheet was no table.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_heard: ContextVar[list[str] | None] = ContextVar("heard", default=None)


def tell(text: str) -> None:
    """Say something about the file that is being read."""
    heard = _heard.get()
    if heard is not None and text not in heard:
        heard.append(text)


@contextmanager
def heard() -> Iterator[list[str]]:
    """The list into which everything goes that is told inside the ``with``, each text once.

    >>> with heard() as told:
    ...     tell("row 7 is a footnote")
    >>> told
    ['row 7 is a footnote']
    """
    texts: list[str] = []
    token = _heard.set(texts)
    try:
        yield texts
    finally:
        _heard.reset(token)
