"""An interrupted time series: the trend before a date, carried on past it with an honest interval.

Ordinary least squares on the logarithm of a monthly count, so the trend is a constant growth a
month. The interval is that of one further month (it holds the scatter about the line as well as
the line's own doubt), with Student's t, which for eleven months is 15 % wider than the normal
distribution. It takes the months to be independent about the line, and the line to go on as it
was; where they are not, the true doubt is larger.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.errors import InputError

T_975 = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)
"""The 97.5 % quantile of Student's t for 1 to 30 degrees of freedom.

As in NIST/SEMATECH, e-Handbook of Statistical Methods, section 1.3.6.7.2; a test integrates the
density up to each of them.
"""


@dataclass(frozen=True)
class Trend:
    """A straight line through the logarithms of a count by month.

    ``scatter`` is the standard deviation about the line, ``spread`` the sum of squared distances
    of the months from their ``middle``.
    """

    months: int
    middle: float
    level: float
    slope: float
    scatter: float
    spread: float

    @property
    def growth(self) -> float:
        """The change from a month to the next, as a part of 1."""
        return float(np.exp(self.slope)) - 1

    def at(self, month: float) -> tuple[float, float, float]:
        """The 95 % prediction interval of one month's count, and the trend's own value (its median).

        Returns:
            low, value, high.
        """
        off = month - self.middle
        value = self.level + self.slope * off
        half = T_975[self.months - 3] * self.scatter * float(np.sqrt(1 + 1 / self.months + off**2 / self.spread))
        return tuple(float(np.exp(end)) for end in (value - half, value, value + half))  # type: ignore[return-value]


def trend(months: Sequence[float], counts: Sequence[float]) -> Trend:
    """Fit the trend of a count before an interruption.

    Args:
        months: when, as month numbers on one scale.
        counts: how many in each; all above 0, since the logarithm is taken.

    Raises:
        InputError: fewer than 3 months or more than 32, a count of 0 or less, all in one month.
    """
    if len(months) != len(counts) or not 3 <= len(months) <= len(T_975) + 2:
        raise InputError(f"{len(months)} months and {len(counts)} counts", expected=f"as many, 3 to {len(T_975) + 2}")
    if min(counts) <= 0:
        raise InputError(f"a count of {min(counts):g}", expected="above 0: the trend is that of the logarithm")
    x, y = np.asarray(months, dtype=float), np.log(np.asarray(counts, dtype=float))
    off = x - x.mean()
    spread = float((off**2).sum())
    if spread == 0:
        raise InputError("all counts are of one month", expected="months that differ")
    slope = float((off * y).sum()) / spread
    rest = y - y.mean() - slope * off
    scatter = float(np.sqrt((rest**2).sum() / (len(x) - 2)))
    return Trend(len(x), float(x.mean()), float(y.mean()), slope, scatter, spread)
