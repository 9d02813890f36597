"""What the figures of deaths share: releases, rows and sums."""

from analysis.audit import series


def test_the_groups_hold_all_three_types_and_the_first_is_of_2015() -> None:
    groups = series.release_groups()
    assert list(groups[0].values()) == ["5.0-2015", "2.5-2015", "1.4-2015"]
    assert all(list(group) == list(series.YEARLY) for group in groups)
    assert series.newest(series.ALL_DYADS) == ("ucdp_country_year", "25.1")
