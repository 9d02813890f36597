"""The trend before an interruption, and whether its interval is what it says."""

import math

import numpy as np
import pytest

from analysis.audit.interrupted import T_975, trend
from analysis.errors import InputError


def below(t: float, degrees: int) -> float:
    """The probability that Student's t is below ``t`` > 0, by integrating its density."""
    scale = math.exp(math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)) / math.sqrt(degrees * math.pi)
    x = np.linspace(0, t, 200_001)
    density = scale * (1 + x**2 / degrees) ** (-(degrees + 1) / 2)
    return 0.5 + float(np.trapezoid(density, x))


def test_the_table_of_t_is_students() -> None:
    for degrees, t in enumerate(T_975, start=1):
        # Three decimals of t: the true quantile lies within half a unit of the last.
        assert below(t - 0.0006, degrees) < 0.975 < below(t + 0.0006, degrees), degrees


def test_a_steady_growth_is_found_without_doubt() -> None:
    fit = trend(range(10), [100 * 1.2**month for month in range(10)])
    assert fit.growth == pytest.approx(0.2)
    low, value, high = fit.at(12)
    assert (low, value, high) == pytest.approx((100 * 1.2**12,) * 3)


def test_the_line_is_that_of_least_squares() -> None:
    months, counts = [0, 1, 2, 4, 7], [3.0, 9.0, 4.0, 30.0, 25.0]
    fit = trend(months, counts)
    (slope, start), residuals, *_ = np.polyfit(months, np.log(counts), 1, full=True)
    assert fit.slope == pytest.approx(slope)
    assert fit.at(0)[1] == pytest.approx(math.exp(start))
    assert fit.scatter == pytest.approx(math.sqrt(residuals[0] / 3))


def test_the_interval_by_hand() -> None:
    """Logarithms 0, 1, 1 at months 0, 1, 2: slope 1/2, scatter sqrt(1/6), one degree of freedom."""
    low, value, high = trend([0, 1, 2], [1.0, math.e, math.e]).at(3)
    half = 12.706 * math.sqrt(1 / 6) * math.sqrt(1 + 1 / 3 + 4 / 2)
    assert [math.log(end) for end in (low, value, high)] == pytest.approx([5 / 3 - half, 5 / 3, 5 / 3 + half])


def test_the_interval_widens_with_the_distance() -> None:
    fit = trend(range(6), [5.0, 9.0, 7.0, 14.0, 12.0, 20.0])
    widths = [math.log(fit.at(month)[2] / fit.at(month)[0]) for month in (6, 8, 12)]
    assert widths == sorted(widths) and widths[0] < widths[-1]


@pytest.mark.parametrize("months", [5, 11])
@pytest.mark.parametrize("ahead", [1, 12])
def test_the_interval_covers_19_months_in_20(months: int, ahead: int) -> None:
    """By simulation: log-normal scatter about a growing trend, and one further month."""
    random = np.random.default_rng(20120204)
    runs, covered = 4_000, 0
    for _ in range(runs):
        logs = 5 + 0.15 * np.arange(months + ahead) + random.normal(0, 0.4, months + ahead)
        counts = np.exp(logs)
        low, _, high = trend(range(months), counts[:months].tolist()).at(months + ahead - 1)
        covered += low <= counts[-1] <= high
    # The standard error of a coverage of 95 % in 4,000 runs is 0.34 points.
    assert covered / runs == pytest.approx(0.95, abs=0.011)


@pytest.mark.parametrize(
    ("months", "counts", "said"),
    [
        ([0, 1], [1.0, 2.0], "2 months"),
        ([0, 1, 2], [1.0, 2.0], "2 counts"),
        (range(33), [1.0] * 33, "33 months"),
        ([0, 1, 2], [1.0, 0.0, 2.0], "a count of 0"),
        ([4, 4, 4], [1.0, 2.0, 3.0], "one month"),
    ],
)
def test_what_cannot_be_fitted_is_said(months: list[int], counts: list[float], said: str) -> None:
    with pytest.raises(InputError, match=said):
        trend(months, counts)
