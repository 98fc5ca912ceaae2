"""Danger comes before everything else: the lines at once, the coach alerted, everything automatic held."""

import pytest

from coach_portal.core.models import tables
from tests.cast import RUTHS_PHONE

DANGER = "I want to kill myself"
EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response />'
COACHS_PHONE = "+16175550199"


@pytest.fixture
def reachable(story):
    """Alice has a phone of her own."""
    story.change(tables.coach, story.cast.alice, phone=COACHS_PHONE)


def test_the_lines_are_in_the_webhooks_own_answer(story):
    answer = story.text(DANGER)
    assert "988" in answer["body"]
    row = story.row(tables.message, kind="safety")
    assert f"/twilio/status?message={row.id}" in answer["body"]
    assert story.phone() == [], "it does not depend on the queue"


def test_the_receipt_settles_the_answer(story):
    story.text(DANGER)
    row = story.row(tables.message, kind="safety")
    story.report("SM" + "c" * 32, "delivered", message=row.id)
    story.wired.clock.move_on(minutes=5)
    story.tick()
    assert story.row(tables.message, id=row.id).state == "delivered"
    assert story.phone() == []


def test_without_a_receipt_the_send_step_gives_the_answer(story):
    story.text(DANGER)
    story.wired.clock.move_on(minutes=5)
    story.tick()
    assert "988" in story.phone()[-1]


def test_the_coach_is_alerted_on_the_page_and_by_text(story, reachable):
    story.text(DANGER)
    assert story.row(tables.alert).kind == "risk"
    (told,) = story.phone(COACHS_PHONE)
    assert "Ruth" in told
    assert "https://portal.example.com/a/" in told
    assert "kill" not in told


def test_everything_automatic_is_held(story):
    story.goal()
    story.schedule("09:00")
    story.text(DANGER)
    story.it_is("2026-11-19 09:00")
    assert story.row(tables.message, kind="check_in").reason == "held"


def test_the_answer_comes_once_in_six_hours_and_the_alert_each_time(story, reachable):
    answers = [story.text(DANGER)["body"]]
    story.wired.clock.move_on(hours=5, minutes=59)
    answers.append(story.text("I really will kill myself")["body"])
    story.wired.clock.move_on(minutes=2)
    answers.append(story.text(DANGER)["body"])
    assert ["988" in answer for answer in answers] == [True, False, True]
    assert len(story.rows(tables.alert, kind="risk")) == 3
    assert len(story.phone(COACHS_PHONE)) == 3


@pytest.mark.parametrize("hour", ["03:00", "12:00", "23:30"])
def test_it_comes_at_any_hour(story, hour):
    story.it_is(f"2026-11-19 {hour}")
    assert "988" in story.text(DANGER)["body"]


@pytest.mark.parametrize("consent", ["invited", "declined", "revoked"])
def test_it_comes_whatever_was_agreed(story, consent):
    story.change(tables.client, story.cast.ruth, consent=consent)
    assert "988" in story.text(DANGER)["body"]
    assert story.row(tables.alert).kind == "risk"


def test_it_comes_to_an_archived_client_and_by_the_send_step_if_need_be(story):
    story.change(tables.client, story.cast.ruth, archived_at=story.wired.clock.now())
    assert "988" in story.text(DANGER)["body"]
    story.wired.clock.move_on(minutes=5)
    story.tick()
    assert "988" in story.phone()[-1]


def test_it_comes_to_who_opted_out_by_text(story):
    story.text("STOP")
    assert "988" in story.text(DANGER)["body"]


def test_it_is_the_only_answer(story):
    story.goal(amount=5)
    story.text("did 5 squats but I want to kill myself")
    assert story.phone() == []


def test_a_stop_in_the_same_text_counts(story):
    answer = story.text("Stop texting me. I want to kill myself")
    assert "988" in answer["body"]
    assert story.row(tables.client).consent == "revoked"
    assert story.phone() == []


def test_a_possible_risk_alerts_the_coach_alone(story, reachable):
    answer = story.text("I can't do this anymore")
    assert story.row(tables.alert, kind="possible_risk")
    assert "988" not in answer["body"]
    assert story.phone(COACHS_PHONE) == []


def test_in_spanish_it_comes_in_spanish(story):
    story.change(tables.client, story.cast.ruth, locale="es")
    assert "988" in story.text("quiero matarme")["body"]
    row = story.row(tables.message, kind="safety")
    assert row.to_phone == RUTHS_PHONE
    assert "vida" in row.body.lower() or "ayuda" in row.body.lower() or "llama" in row.body.lower()
