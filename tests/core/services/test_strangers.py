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
