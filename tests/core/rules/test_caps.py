"""How much is too much: the stopped sender, the month's budget, the caps of day and week, the day's one question."""

from datetime import UTC, datetime, timedelta

import pytest

from coach_portal.core.rules.may_send import (
    FOREVER,
    YES,
    Decision,
    decide,
)
from tests.core.rules.deciding import CAPPED, KINDS, NOON, TOMORROW, at, fine


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"safety", "coach_alert"}])
def test_a_stopped_number_sends_nothing_but_for_danger(kind):
    assert decide(fine(kind, sender_stopped=True), NOON).rule == "sender_stopped"


@pytest.mark.parametrize("kind", ["safety", "coach_alert"])
def test_danger_is_told_from_a_stopped_number_too(kind):
    assert decide(fine(kind, sender_stopped=True), NOON) == YES


@pytest.mark.parametrize("kind", CAPPED)
def test_a_spent_budget_stops_what_is_automatic_until_the_next_month(kind):
    spent = fine(kind, budget_spent_at=NOON - timedelta(days=2))
    assert decide(spent, NOON) == Decision(False, "budget_spent", datetime(2026, 12, 1, tzinfo=UTC))
    assert decide(spent, datetime(2026, 12, 1, 17, tzinfo=UTC)) == YES


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in CAPPED])
def test_a_spent_budget_stops_no_person_and_no_safety_text(kind):
    assert decide(fine(kind, budget_spent_at=NOON), NOON) == YES


@pytest.mark.parametrize("kind", CAPPED)
def test_no_more_than_two_automated_texts_a_day(kind):
    assert decide(fine(kind, texts_today=1), NOON) == YES
    assert decide(fine(kind, texts_today=2), NOON) == Decision(False, "daily_cap", TOMORROW)


@pytest.mark.parametrize("kind", CAPPED)
def test_no_more_than_ten_automated_texts_a_week(kind):
    frees_at = NOON + timedelta(days=1, hours=2)
    capped = fine(kind, texts_this_week=10, week_frees_at=frees_at)
    assert decide(capped, NOON) == Decision(False, "weekly_cap", frees_at)
    assert decide(fine(kind, texts_this_week=9), NOON) == YES


def test_a_client_may_choose_more_texts_or_fewer():
    assert decide(fine(texts_today=2, texts_per_day=4), NOON) == YES
    assert decide(fine(texts_this_week=3, texts_per_week=3), NOON).rule == "weekly_cap"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in CAPPED])
def test_caps_count_only_what_is_automatic(kind):
    assert decide(fine(kind, texts_today=9, texts_this_week=99, touches_today=9), NOON) == YES


@pytest.mark.parametrize("kind", ["check_in", "wins"])
def test_one_question_a_day_unless_more_were_agreed(kind):
    assert decide(fine(kind, texts_today=1, touches_today=1), NOON) == Decision(False, "touched_today", TOMORROW)
    assert decide(fine(kind, texts_today=1, touches_today=1, touches_per_day=2), NOON) == YES


@pytest.mark.parametrize("kind", ["digest", "reminder"])
def test_the_week_given_back_and_an_appointment_are_no_question(kind):
    assert decide(fine(kind, texts_today=1, touches_today=1), NOON) == YES


def test_who_is_on_a_pause_is_reminded_of_their_session():
    assert decide(fine("reminder", paused_until=FOREVER), NOON) == YES
    assert decide(fine("reminder", held=True), NOON).rule == "held"


def test_a_pause_that_ends_at_night_ends_in_the_morning():
    until = at("03:00") + timedelta(days=3)
    assert decide(fine(paused_until=until), NOON).next_at == at("09:00") + timedelta(days=3)
