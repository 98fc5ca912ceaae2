"""How far a share, or the difference of two, can be told: held against the published examples."""

import pytest

from coach_portal.core.rules.preparation.intervals import difference, wilson


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((5, 56), (0, 29), -0.0381, 0.1926)],
)
def test_the_difference_is_newcombes(now, before, low, high):
    """Newcombe 1998, table II, method 10, examples (a), (b) and (e)."""
    assert difference(now, before) == pytest.approx((low, high), abs=0.0001)


def test_the_share_is_wilsons():
    """Newcombe 1998 (single proportion), table I, method 3: 81 of 263, and 0 of 20."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=0.0001)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=0.0001)


def test_of_nothing_nothing_is_known():
    assert wilson(0, 0) == (0.0, 1.0)
    assert difference((0, 0), (0, 0))[0] < 0 < difference((0, 0), (0, 0))[1]
