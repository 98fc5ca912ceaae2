"""A number that is nobody's is answered politely once, and never becomes somebody's."""

import pytest

from coach_portal.core.models import tables
from tests.cast import ALICES_NUMBER
from tests.factories import make_client

STRANGER = "+447700900123"


def test_a_stranger_is_recorded_and_never_attached(story):
    story.text("did 5 squats", sender=STRANGER)
    text = story.row(tables.message, direction="in")
    assert (text.client_id, text.from_phone, text.body) == (None, STRANGER, "did 5 squats")
    assert story.rows(tables.win) == []


def test_a_stranger_is_answered_once(story):
    for body in ("hello", "who is this?", "hello??"):
        story.text(body, sender=STRANGER)
    (answer,) = story.phone(STRANGER)
    assert "Moreau Coaching" in answer


def test_each_stranger_gets_an_answer_of_their_own(story):
    story.text("hello", sender=STRANGER)
    story.text("hello", sender="+447700900124")
    assert len(story.phone("+447700900124")) == 1


def test_a_stranger_who_says_stop_gets_silence(story):
    story.text("stop", sender=STRANGER)
    story.text("hello", sender=STRANGER)
    assert story.phone(STRANGER) == []
    assert story.row(tables.suppression).phone == STRANGER


def test_a_stranger_who_said_stop_cannot_be_invited(story):
    story.text("stop", sender=STRANGER)
    with pytest.raises(Exception, match="START"):
        make_client(story.wired.database, story.cast.alice, phone=STRANGER, name="Uma Reid")


def test_a_stranger_who_said_stop_can_say_start(story):
    story.text("stop", sender=STRANGER)
    story.text("start", sender=STRANGER)
    assert story.rows(tables.suppression) == []
    assert len(story.phone(STRANGER)) == 1


def test_a_stranger_in_danger_gets_the_lines_of_their_country(story):
    answer = story.text("I want to kill myself", sender=STRANGER)
    assert "116 123" in answer["body"]
    assert story.phone(STRANGER) == []


def test_a_stranger_in_danger_is_shown_to_the_practice(story):
    story.text("I want to kill myself", sender=STRANGER)
    alert = story.row(tables.alert)
    assert (alert.kind, alert.client_id) == ("risk", None)
    assert alert.message_id == story.row(tables.message, direction="in").id


def test_a_stranger_in_danger_who_said_stop_gets_the_lines_too(story):
    story.text("stop", sender=STRANGER)
    assert "116 123" in story.text("I want to kill myself", sender=STRANGER)["body"]


def test_who_was_a_stranger_is_a_client_from_their_invitation_on(story):
    story.text("hello", sender=STRANGER, to=ALICES_NUMBER)
    client = make_client(story.wired.database, story.cast.alice, phone=STRANGER, name="Uma Reid", country="GB")
    story.text("hello again", sender=STRANGER)
    assert [text.client_id for text in story.rows(tables.message, direction="in")] == [None, client]


COACHS_PHONE = "+16175550199"


def test_a_coach_who_answers_an_alert_by_text_is_told_that_only_the_link_counts(story):
    story.change(tables.coach, story.cast.alice, phone=COACHS_PHONE)
    story.text("I want to kill myself")
    for _ in range(3):
        story.text("on it!", sender=COACHS_PHONE)
    alert, hint = story.phone(COACHS_PHONE)
    assert "confirm: https://" in alert
    assert "a reply does not confirm" in hint
    assert story.row(tables.alert).acknowledged_at is None


def test_a_day_after_an_alert_a_coachs_phone_is_a_number_like_any_other(story):
    story.change(tables.coach, story.cast.alice, phone=COACHS_PHONE)
    story.text("I want to kill myself")
    story.wired.clock.move_on(hours=25)
    story.text("hello", sender=COACHS_PHONE)
    assert "We do not know your number" in story.phone(COACHS_PHONE)[-1]
