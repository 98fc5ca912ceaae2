"""An inbound text is on disk before anything is decided on it, and acted on once, however often it comes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from coach_portal.core.models import tables
from coach_portal.core.services.replies import acts, inbound
from coach_portal.core.services.replies.arrival import InboundSms
from tests.cast import ALICES_NUMBER, CHARLIES_NUMBER, RUTHS_PHONE
from tests.factories import make_client
from tests.fakes import Crash
from tests.rows import count

DANGER = "I want to kill myself"


def sms(body="did 5", sid="SM" + "f" * 32):
    """A text from Ruth."""
    return InboundSms(sid, RUTHS_PHONE, ALICES_NUMBER, body, {"Body": body})


@pytest.fixture
def receive(story):
    """Take a text in, as the webhook does."""

    def take_in(text):
        wired = story.wired
        now = wired.clock.now()
        return inbound.receive(wired.database, text, now, machine_now=now, links=wired.links)

    return take_in


@pytest.fixture
def dying(monkeypatch):
    """The process dies between writing a text down and acting on it."""

    def die(*_):
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(acts, "carry_out", die)
        yield patch


def test_it_is_kept_exactly_as_it_came(story):
    story.text("did 5 \U0001f4aa\n\nnow coffee  ")
    kept = story.row(tables.inbound_text)
    assert kept.body == "did 5 \U0001f4aa\n\nnow coffee  "
    assert kept.params["FromState"] == "MA"


def test_it_is_on_disk_before_anything_is_decided(story, receive, dying):
    with pytest.raises(Crash):
        receive(sms())
    assert story.row(tables.inbound_text).body == "did 5"
    assert story.rows(tables.message, direction="in") == []


def test_what_was_dropped_is_remembered_a_minute_later(story, receive, dying):
    story.goal(amount=5)
    with pytest.raises(Crash):
        receive(sms("did 5 squats"))
    dying.undo()
    story.tick()
    assert story.rows(tables.win) == []
    story.wired.clock.move_on(minutes=2)
    story.tick()
    assert story.row(tables.win).amount == 5
    assert len(story.phone()) == 1


def test_danger_that_was_dropped_is_answered_by_the_send_step(story, receive, dying):
    with pytest.raises(Crash):
        receive(sms(DANGER))
    dying.undo()
    for _ in range(2):
        story.wired.clock.move_on(minutes=2)
        story.tick()
    assert "988" in story.phone()[-1]
    assert len(story.rows(tables.alert, kind="risk")) == 1


def test_what_is_older_than_a_day_is_history(story, receive, dying):
    with pytest.raises(Crash):
        receive(sms())
    dying.undo()
    story.wired.clock.move_on(days=1, minutes=1)
    story.tick()
    assert story.rows(tables.message, direction="in") == []


@pytest.mark.parametrize("body", ["did 5 squats", DANGER])
def test_fifty_copies_at_once_are_one_text(story, receive, body):
    story.goal(amount=5)
    with ThreadPoolExecutor(10) as callers:
        received = list(callers.map(receive, [sms(body)] * 50))
    database = story.wired.database
    assert count(database, tables.inbound_text) == 1
    assert count(database, tables.message, direction="in") == 1
    assert sum(len(each.to_queue) + (each.safety is not None) for each in received) == 1
    assert count(database, tables.win) == (body != DANGER)
    assert count(database, tables.alert) == (body == DANGER)


def test_two_texts_at_once_each_see_what_the_other_did(story, receive):
    story.goal("5 squats")
    story.goal("Write in the journal")
    story.schedule("09:00")
    story.it_is("2026-11-18 09:00")
    texts = [sms("squats done", "SM" + "c" * 32), sms("wrote in the journal", "SM" + "d" * 32)]
    with ThreadPoolExecutor(2) as callers:
        list(callers.map(receive, texts))
    assert story.row(tables.check_in).state == "answered"


def test_a_copy_that_comes_a_month_later_changes_nothing(story):
    story.goal(amount=5)
    story.text("did 5 squats", sid="SM" + "f" * 32)
    story.wired.clock.move_on(days=30)
    story.text("did 5 squats", sid="SM" + "f" * 32)
    assert count(story.wired.database, tables.win) == 1
    assert len(story.phone()) == 1


def test_the_same_words_in_another_text_are_another_text(story):
    story.text("thanks")
    story.text("thanks")
    assert len(story.rows(tables.message, direction="in")) == 2


def test_a_person_in_two_practices_is_told_apart_by_the_number_texted(story):
    story.goal()
    with_charlie = make_client(story.wired.database, story.cast.charlie)
    story.text("STOP", to=CHARLIES_NUMBER)
    assert story.row(tables.client, id=with_charlie).consent == "revoked"
    assert story.row(tables.client, id=story.cast.ruth).consent == "granted"


def test_a_text_to_a_number_that_is_nobodys_is_kept_and_not_answered(story):
    story.text("hello?", to="+16175550999")
    assert story.row(tables.message, direction="in").practice_id is None
    assert story.phone() == []


def test_a_text_answers_the_question_that_was_open(story):
    story.goal()
    story.schedule("09:00")
    story.it_is("2026-11-18 09:00")
    story.text("done")
    asked = story.row(tables.check_in)
    assert story.row(tables.message, direction="in").check_in_id == asked.id
    assert (asked.state, asked.open_goal_ids) == ("answered", [])


def test_a_bare_done_at_breakfast_is_for_last_night(story):
    story.goal()
    story.schedule("20:00")
    story.it_is("2026-11-18 20:00")
    story.it_is("2026-11-19 07:30")
    story.text("done")
    assert story.row(tables.win).local_date == date(2026, 11, 18)
    assert "yesterday" in story.phone()[-1]
    story.it_is("2026-11-19 20:00")
    assert story.rows(tables.check_in)[-1].state == "asked"


def test_done_this_morning_is_for_today(story):
    story.goal()
    story.schedule("20:00")
    story.it_is("2026-11-18 20:00")
    story.it_is("2026-11-19 07:30")
    story.text("did them just this morning")
    assert story.row(tables.win).local_date == date(2026, 11, 19)


def test_yesterdays_question_waits_no_more(story):
    story.goal()
    story.schedule("09:00", days="3")
    story.it_is("2026-11-18 09:00")
    story.wired.clock.move_on(hours=20, minutes=1)
    story.text("done")
    assert story.row(tables.message, direction="in").check_in_id is None


def test_statements_for_one_text_are_few_and_do_not_grow_with_goals(story, statements):
    def needed():
        story.wired.clock.move_on(minutes=1)
        statements.clear()
        story.text("did 5 squats")
        return len(statements)

    def most_of_several():  # now and then a single win is told how it stands
        return max(needed() for _ in range(4))

    story.goal(amount=5)
    needed()
    with_one = most_of_several()
    for number in range(9):
        story.goal(f"habit {number}")
    assert most_of_several() == with_one


def test_a_picture_without_words_is_for_the_coach(story, receive):
    receive(replace(sms(""), params={"NumMedia": "1"}))
    assert story.row(tables.alert).kind == "wants_answer"
