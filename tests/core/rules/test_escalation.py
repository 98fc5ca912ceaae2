"""When who is told."""

from datetime import timedelta

import pytest

from coach_portal.core.rules.escalation import (
    BUNDLED_AFTER,
    SECOND_CONTACT_AFTER,
    first_step_at,
    next_step_at,
    tells_second_contact,
)
from tests.cast import NOW


def test_r20_danger_is_told_at_once_and_to_a_second_person_after_a_quarter_of_an_hour():
    assert first_step_at("risk", NOW) == NOW
    assert not tells_second_contact(0)
    assert next_step_at(1, NOW) - NOW == SECOND_CONTACT_AFTER == timedelta(minutes=15)
    assert tells_second_contact(1)


def test_rounds_come_less_and_less_often_and_never_end():
    at, rounds = NOW, []
    for told in range(1, 9):
        at = next_step_at(told, at)
        rounds.append((at - NOW) // timedelta(minutes=1))
    assert rounds == [15, 30, 60, 120, 240, 480, 720, 960]


def test_what_may_be_worrying_is_told_a_little_later_together():
    assert first_step_at("possible_risk", NOW) == NOW + BUNDLED_AFTER


@pytest.mark.parametrize("kind", ["wants_answer", "maybe_stop", "bad_number"])
def test_all_else_waits_for_the_coachs_hours(kind):
    assert first_step_at(kind, NOW) == NOW + BUNDLED_AFTER
