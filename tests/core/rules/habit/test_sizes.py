"""The next size up and down."""

import pytest

from coach_portal.core.rules.habit.sizes import grown, shrunk


@pytest.mark.parametrize(("amount", "more"), [(1, 2), (2, 3), (5, 6), (10, 12), (20, 25), (100, 120), (0.5, 1.5)])
def test_growing_adds_a_little(amount, more):
    assert grown(amount) == more


@pytest.mark.parametrize(("amount", "less"), [(5, 2), (10, 5), (3, 1), (1, None), (60, 30), (45, 20), (0.5, None)])
def test_shrinking_halves(amount, less):
    assert shrunk(amount) == less


@pytest.mark.parametrize(("amount", "less"), [(5, 4), (2, 1), (1, 0), (0, None), (10, 8)])
def test_a_limit_grows_by_allowing_less(amount, less):
    assert grown(amount, "at_most") == less


@pytest.mark.parametrize(("amount", "more"), [(2, 3), (10, 12)])
def test_a_limit_shrinks_by_allowing_more(amount, more):
    assert shrunk(amount, "at_most") == more
