"""Asked less as it goes well, or as they wish; asked each time again when it slips."""

from datetime import date, timedelta

import pytest

from coach_portal.core.rules.habit.easing import agreed, earned, is_turn, next_less

MONDAY = date(2026, 11, 16)
FORTNIGHT = [MONDAY + timedelta(days=offset) for offset in range(14)]


@pytest.mark.parametrize(
    ("weeks", "kept", "times", "missed_days_ago", "pace"),
    [
        (7, 28, 28, None, "full"),
        (8, 28, 28, None, "half"),
        (8, 24, 28, 10, "half"),
        (8, 23, 28, None, "full"),
        (8, 27, 28, 3, "full"),
        (12, 14, 14, None, "weekly"),
        (12, 13, 14, 20, "half"),
        (20, 3, 3, None, "full"),
    ],
)
def test_a_goal_earns_its_pace(weeks, kept, times, missed_days_ago, pace):
    missed = None if missed_days_ago is None else timedelta(days=missed_days_ago)
    assert earned(timedelta(weeks=weeks), kept, times, missed) == pace


@pytest.mark.parametrize(
    ("wanted", "by_record", "pace"),
    [(None, "half", "half"), ("full", "weekly", "full"), ("half", "full", "half"), ("half", "weekly", "weekly")],
)
def test_what_the_client_wants_comes_first(wanted, by_record, pace):
    assert agreed(wanted, by_record) == pace


def test_less_and_less_again():
    assert [next_less(pace) for pace in (None, "full", "half", "weekly")] == ["half", "half", "weekly", "weekly"]


@pytest.mark.parametrize("days", ["1234567", "12345", "135", "7"])
def test_every_other_time_is_half_of_a_fortnights_questions(days):
    asked = [day for day in FORTNIGHT if str(day.isoweekday()) in days]
    assert sum(is_turn("half", days, day) for day in asked) == len(asked) // 2


@pytest.mark.parametrize("days", ["1234567", "246", "7"])
def test_once_a_week_is_once_a_week(days):
    asked = [day for day in FORTNIGHT if str(day.isoweekday()) in days]
    assert sum(is_turn("weekly", days, day) for day in asked) == 2
