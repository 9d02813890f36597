"""What a definition adds up and over which years, from the text of the ledger, once."""

import re
from dataclasses import dataclass

from analysis.errors import InputError


@dataclass(frozen=True)
class Term:
    """One series of the sum: ``series:actor@area/role from source``."""

    series: str
    actor: str
    area: str
    role: str
    source: str = ""


TERM = r"([a-z_.]+)(?::([^@]+))?(?:@([A-Z0-9]{3}(?:,[A-Z0-9]{3})*)(?:/([a-z]+))?)?(?: from ([a-z_]+))?"


def parse_terms(text: str) -> list[Term]:
    """``"refugees@SYR/origin + idps@SYR from idmc_displacement"`` as terms.

    The area is the world unless named; several areas (``@CAF,COD/origin``) are as many terms.
    The source only needs naming where several that are read
    have the series.

    Raises:
        InputError: a term that is not of that form.
    """
    result = []
    for part in (piece.strip() for piece in text.split("+") if piece.strip()):
        match = re.fullmatch(TERM, part)
        if not match:
            raise InputError(f"{part!r} is not a term", expected="series:actor@AREA/role from source")
        series, actor, areas, role, source = match.groups()
        for area in (areas or "WLD").split(","):
            result.append(Term(series, actor or "", area, role or "", source or ""))
    return result


YEARS = r"(\d{4})(?:-(\d{4}))?"
MONTHS = r"(\d{4})-(0[1-9]|1[0-2])\.\.(\d{4})-(0[1-9]|1[0-2])"


def years_of(text: str) -> list[int]:
    """``"2011-2015"``, ``"2014"``, ``"2013,2014"`` or the months ``"2012-03..2013-02"`` as periods.

    A year is its number, a month is YYYYMM.

    Raises:
        InputError: a part that is neither, or that ends before it begins.
    """
    result: list[int] = []
    for part in (piece.strip() for piece in text.split(",") if piece.strip()):
        periods: list[int] = []
        if months := re.fullmatch(MONTHS, part):
            first, last = (
                int(year) * 12 + int(month) - 1 for year, month in (months.groups()[:2], months.groups()[2:])
            )
            periods = [when // 12 * 100 + when % 12 + 1 for when in range(first, last + 1)]
        elif years := re.fullmatch(YEARS, part):
            periods = list(range(int(years[1]), int(years[2] or years[1]) + 1))
        if not periods:
            raise InputError(
                f"{part!r} is not a year or a span of years", expected="2014, 2011-2015, 2013,2014 or 2012-03..2013-02"
            )
        result += periods
    return result
