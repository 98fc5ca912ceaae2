"""How much was done, week by week: of the days that were told, and no others."""

from datetime import date, timedelta

from coach_portal.core.rules.habit.amounts import aims, amount_of, weekly
from coach_portal.core.rules.habit.record import Record, Terms
from coach_portal.core.rules.marks import Aim, Day

MONDAY = date(2026, 11, 9)
SQUATS, COFFEES = Aim(5), Aim(2, "at_most")


def record(told, *terms):
    """A record of these days, counted from Monday."""
    days = {MONDAY + timedelta(days=place): day for place, day in told.items()}
    return Record(MONDAY, terms or (Terms("daily", SQUATS),), days)


def test_several_wins_of_a_day_add_up():
    assert amount_of(SQUATS, Day([3, 2])) == 5


def test_done_without_a_number_is_all_of_it():
    assert amount_of(SQUATS, Day([None])) == 5


def test_a_miss_of_at_least_is_nothing_and_of_at_most_is_not_known():
    assert amount_of(SQUATS, Day(missed=True)) == 0
    assert amount_of(COFFEES, Day(missed=True)) is None


def test_a_week_is_the_average_of_the_days_told():
    assert weekly(record({0: Day([5]), 2: Day([3]), 4: Day(missed=True)}), [MONDAY]) == [2.7]


def test_a_week_without_a_word_has_no_figure():
    assert weekly(record({0: Day([5])}), [MONDAY, MONDAY + timedelta(days=7)]) == [5, None]


def test_what_was_agreed_is_that_of_the_time():
    grown = record({}, Terms("daily", Aim(3), MONDAY + timedelta(days=7)), Terms("daily", SQUATS))
    assert aims(grown, [MONDAY, MONDAY + timedelta(days=7)]) == [3, 5]
