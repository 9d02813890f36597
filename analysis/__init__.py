"""An audit, in numbers, of what a UN report says about mass violence and displacement.

The data flows one way, through five wings: ``data`` reads publishers' files into tidy tables,
``audit`` holds the tables against what the report states, ``tell`` puts that into words in six
languages, ``charts`` draws it, ``publish`` writes what leaves and checks it.

A notebook imports ``table``, ``ledger``, ``findings``, ``verdicts`` and ``charts`` from here. What
they need is loaded when they are called, so that an import takes no time and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis import charts

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["charts", "findings", "ledger", "table", "verdicts"]


def table(
    series: str | None = None,
    area: str | list[str] | None = None,
    source: str | None = None,
    vintage: str | None = None,
) -> pd.DataFrame:
    """Rows of the tidy tables.

    Args:
        series: a name from ``SERIES``, or the part before its dot for the whole family
            (``"deaths"``); all series by default.
        area: an area or several (ISO 3166 alpha-3, or ``WLD``); all by default.
        source: a source of ``data/sources.csv``; all by default.
        vintage: a release of the source; all by default.

    Returns:
        One row per number, with ``tables.COLUMNS``: ``low``, ``best`` and ``high`` in ``unit``
        (NaN where the publisher gives no estimate), ``kind`` (stock at the end of ``year``,
        flow over it, or count), ``coverage`` (what a sum covers, "" when all), ``note`` (ids of
        ``data/corrections.csv``).

    Raises:
        InputError: a name that is not in the tables, with the nearest ones.

    Source: the publishers' files named in ``data/sources.csv``, by ``source`` and ``vintage``.

    >>> row = table("refugees", area="WLD", vintage="2017-08").query("year == 2015").iloc[0]
    >>> int(row["best"])
    16111285
    """
    from analysis.data import tables

    return tables.table(series, area, source, vintage)


def ledger() -> pd.DataFrame:
    """What the report states, one row a claim.

    Returns:
        Columns ``claim``, ``paragraph``, ``about``, ``printed`` (the figure as printed),
        ``value`` (in ``unit``; NaN for a comparison), ``relation``, ``unit``, ``as_of``,
        ``cited`` and ``note``.

    Source: ``data/claims.csv``.
    """
    from analysis.tell import frames

    return frames.ledger()


def findings(claim: str | None = None) -> pd.DataFrame:
    """What each definition says under each release.

    Args:
        claim: a claim's id; all claims by default.

    Returns:
        One row a specification: ``claim``, ``definition``, ``label``, ``role``, ``fit``,
        ``source`` and ``vintage`` (several stand between spaces), ``data`` (the same in words),
        ``when`` (then, stand_in, later), ``low``, ``value``,
        ``high`` (in the claim's unit, NaN when not given; a share is a fraction of 1),
        ``reference`` and ``against`` (what a comparison is made with), ``holds`` and ``band``.

    Raises:
        InputError: no such claim.
    """
    from analysis.tell import frames

    return frames.findings(claim)


def verdicts(language: str = "en") -> pd.DataFrame:
    """The verdict on each claim, with its reason.

    Args:
        language: of ``about``, ``reason`` and ``sentence``: ar, en, es, fr, ru or zh.

    Returns:
        One row a claim: ``claim``, ``group``, ``paragraph``, ``about``, ``verdict``, ``flips``
        (alternatives of the time that answer otherwise), ``later``, ``firmness``, ``faithful``,
        ``reason`` and ``sentence`` (to cite).

    Raises:
        InputError: an unknown language.

    Source: computed from ``data/tidy`` under ``data/definitions.csv``.
    """
    from analysis.tell import frames

    return frames.verdicts(language)
