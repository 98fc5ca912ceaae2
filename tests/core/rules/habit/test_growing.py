"""What a coach is offered: to grow a goal that has become automatic, to shrink one that fails, else nothing."""

from datetime import timedelta

import pytest

from coach_portal.core.rules.habit.growing import Advice, advice
from coach_portal.core.rules.habit.record import Record, Terms
from tests.core.rules.habit.telling import TODAY, record


def kind(signs, cadence="daily"):
    """The kind of advice, if any."""
    given = advice(record(signs, cadence), TODAY)
    return given and given.kind


def test_four_weeks_at_85_percent_are_automatic():
    assert advice(record("+" * 25 + "-?-+"), TODAY) == Advice("automatic", 25, 28, in_weeks=False)


@pytest.mark.parametrize("signs", ["+" * 20, "+" * 20 + "-" * 5 + "+" * 4, "/" * 29, "+" + "." * 27 + "+"])
def test_too_soon_too_seldom_or_too_little_is_not(signs):
    assert kind(signs) is None


def test_what_is_asked_once_a_week_for_doing_well_is_judged_by_what_is_known():
    assert kind("+" * 29 + "..+...." * 4) is None
    assert kind("+" * 29 + "..+..+." * 4) == "automatic"


def test_a_goal_that_was_just_changed_is_left_alone():
    kept = record("+" * 60)
    changed = Record(kept.began, [Terms(until=TODAY - timedelta(days=10)), Terms()], kept.told, kept.asked)
    assert advice(changed, TODAY) is None


def test_less_than_two_in_five_told_in_a_fortnight_is_failing():
    assert advice(record("--+--/--+---+-"), TODAY) == Advice("failing", 3, 14, in_weeks=False)


def test_silence_says_nothing_about_the_size():
    assert kind("?" * 14) is None
    assert kind("-???????????-+") is None


def test_weeks_are_judged_as_weeks():
    assert kind("+-+-+--" * 4, "3_per_week") == "automatic"
    assert kind("+------" * 4, "3_per_week") == "failing"


def test_a_pause_keeps_nobody_from_growing():
    assert kind("+" * 20 + "|" * 9 + "+" * 9) == "automatic"
