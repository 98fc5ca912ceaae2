"""Strength: rises fast and levels off, falls gently."""

import pytest

from coach_portal.core.rules.habit.strength import PLATEAU_DAYS, course, strength
from coach_portal.core.rules.marks import Aim
from tests.core.rules.habit.telling import TODAY, record


def strength_of(signs, cadence="daily"):
    """As of today."""
    return strength(record(signs, cadence), TODAY)


def test_nothing_told_is_nothing():
    assert strength_of("") == 0


def test_every_day_for_sixty_six_days_is_ninety_five():
    assert strength_of("+" * PLATEAU_DAYS) == 95


@pytest.mark.parametrize(
    ("cadence", "week"), [("weekdays", "+++++.."), ("3_per_week", "+-+-+--"), ("weekly", "+------")]
)
def test_other_cadences_grow_as_fast(cadence, week):
    assert abs(strength_of(week * 9, cadence) - strength_of("+" * 63)) <= 1


def test_one_missed_day_costs_at_most_five():
    assert strength_of("+" * 90 + "-") >= strength_of("+" * 91) - 5


def test_one_missed_day_is_made_up_within_a_week():
    assert strength_of("+" * 40 + "-" + "+" * 7) >= strength_of("+" * 40)


def test_a_bad_week_does_not_undo_a_good_month():
    assert strength_of("+" * 60 + "-" * 7) > strength_of("+" * 14)


def test_silence_costs_half_of_a_miss():
    kept, silent, missed = (strength_of("+" * 60 + end) for end in ("", "?" * 6 + "+", "-" * 6 + "+"))
    assert missed < silent < kept


def test_a_little_raises_it_and_never_lowers_it():
    assert strength_of("+" * 30) <= strength_of("+" * 30 + "/") <= strength_of("+" * 31)


def test_it_stays_while_nobody_asks():
    assert strength_of("+" * 30 + "." * 60) == strength_of("+" * 30)


def test_keeping_below_a_limit_makes_it_strong():
    below, above = record("+" * 30, aim=Aim(2, "at_most")), record("+" * 30, aim=Aim(1, "at_most"))
    assert (strength(below, TODAY), strength(above, TODAY)) == (74, 0)


def test_its_course_ends_with_today():
    of = record("+" * 28)
    days = [of.began, TODAY]
    assert course(of, days) == [4, strength(of, TODAY)]
