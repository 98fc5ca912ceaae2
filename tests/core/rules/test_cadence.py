"""How often a goal is meant to happen, and on which days it is asked about."""

from datetime import date, timedelta

import pytest

from coach_portal.core.rules.cadence import is_asked_on, times_per_week

MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("cadence", "days"),
    [
        ("daily", "1234567"),
        ("weekdays", "12345"),
        ("weekends", "67"),
        ("3_per_week", "1234567"),
        ("weekly", "1234567"),
    ],
)
def test_it_is_asked_about_on_its_days(cadence, days):
    week = (MONDAY + timedelta(days=offset) for offset in range(7))
    assert "".join(str(day.isoweekday()) for day in week if is_asked_on(cadence, day)) == days


@pytest.mark.parametrize(
    ("cadence", "times"),
    [("daily", 7), ("weekdays", 5), ("weekends", 2), ("weekly", 1), ("2_per_week", 2), ("6_per_week", 6)],
)
def test_it_is_meant_so_often_a_week(cadence, times):
    assert times_per_week(cadence) == times
