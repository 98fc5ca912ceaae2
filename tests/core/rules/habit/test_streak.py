"""A streak that forgives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules.habit.streak import Streak, streak
from tests.core.rules.habit.telling import TODAY, record


@pytest.mark.parametrize(
    ("signs", "length", "freezes"),
    [
        ("", 0, 2),
        ("+++", 3, 2),
        ("++-+", 3, 1),
        ("++--+", 3, 0),
        ("++---+", 1, 2),
        ("+++?+", 4, 1),
        ("+/+", 3, 2),
        ("+..+", 2, 2),
        ("++-|||-++", 4, 0),
        ("+|||||+", 2, 2),
        ("++++-" + "+" * 7, 11, 2),
        ("+-+-+-+", 3, 0),
    ],
)
def test_it_holds_through_two_slips(signs, length, freezes):
    assert streak(record(signs), TODAY) == Streak(length, freezes)


def test_a_broken_streak_leaves_the_days_since_with_two_freezes_of_their_own():
    assert streak(record("+" * 30 + "---" + "++-+"), TODAY) == Streak(3, 1)


def test_today_breaks_nothing_before_it_is_over():
    assert streak(record("++?"), TODAY) == Streak(2, 2)


def test_weeks_are_counted_where_weeks_are_judged():
    assert streak(record("+-+--+-" * 4, "3_per_week"), TODAY) == Streak(4, 2, in_weeks=True)


def test_a_week_that_fell_a_little_short_holds_the_streak():
    assert streak(record("+-+--+-" + "+------" + "+-+--+-", "3_per_week"), TODAY) == Streak(2, 2, in_weeks=True)


def test_a_week_missed_altogether_spends_a_freeze():
    assert streak(record("+-+--+-" + "-------" + "+-+--+-", "3_per_week"), TODAY) == Streak(2, 1, in_weeks=True)


def longest(signs):
    """The same, run by run from each day it may have begun: 14 in hand, 7 for a slip, 1 back for a day kept."""
    found = (0, 14)
    for begins in range(len(signs)):
        if signs[begins] not in "+/":
            continue
        length, credit = 1, 14
        for sign in signs[begins + 1 :]:
            length, credit = (length + 1, min(14, credit + 1)) if sign in "+/" else (length, credit - 7)
            if credit < 0:
                break
        else:
            found = max(found, (length, credit))
    return Streak(found[0], found[1] // 7)


@given(st.text("++++/-?", max_size=120).map(lambda signs: f"{signs}+"))
def test_it_is_the_longest_run_that_its_freezes_hold_together(signs):
    assert streak(record(signs), TODAY) == longest(signs)
