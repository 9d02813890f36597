"""What the figures of deaths share: releases, rows and sums."""

import pandas as pd
import pytest

from analysis.charts import ucdp
from analysis.errors import InputError
from analysis.measures import Estimate


def test_the_groups_hold_all_three_types_and_the_first_is_of_2015() -> None:
    groups = ucdp.release_groups()
    assert list(groups[0].values()) == ["5.0-2015", "2.5-2015", "1.4-2015"]
    assert all(list(group) == list(ucdp.YEARLY) for group in groups)
    assert ucdp.newest(ucdp.ALL_DYADS) == ("ucdp_country_year", "25.1")


def test_a_sum_of_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="no deaths"):
        ucdp.add_up(pd.DataFrame({"low": [], "best": [], "high": [], "coverage": []}))


def test_a_sum_has_no_end_that_a_row_lacks() -> None:
    rows = pd.DataFrame({"low": [1.0, 2.0], "best": [3.0, 4.0], "high": [5.0, None], "coverage": ["", ""]})
    assert ucdp.add_up(rows) == Estimate(3.0, 7.0, None)
    rows = rows.assign(high=[5.0, 6.0], coverage=["", "low: 1 of 2 rows"])
    assert ucdp.add_up(rows) == Estimate(None, 7.0, 11.0, "low: 1 of 2 rows")


def test_a_half_band_is_no_band() -> None:
    assert ucdp.band(Estimate(None, 2.0, 3.0)) == (None, None)
    assert ucdp.band(Estimate(1.0, 2.0, None)) == (None, None)
    assert ucdp.band(Estimate(1.0, 2.0, 3.0)) == (1.0, 3.0)
