"""Busy, no answer, a machine: once more inside the window, then the text; and states that only move on."""

from datetime import timedelta

import pytest

from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.models import Coach, tables
from coach_portal.core.ports import CarrierCall
from coach_portal.core.services.moments import wordings
from functions import ask_carrier
from tests import webhooks
from tests.core.services.calls.ringing import agree_to_calls, calls, report, ringing


@pytest.fixture
def called(story):
    """Ruth, who agreed to calls, is called at nine about her squats."""
    agree_to_calls(story)
    story.goal()
    story.schedule("09:00", channel="call")
    story.it_is("2026-11-19 09:00")
    return story


def test_a_busy_line_is_called_once_more(called):
    report(called, "busy")
    assert len(called.wired.caller.placed) == 1
    called.it_is("2026-11-19 09:20")
    assert len(called.wired.caller.placed) == 2
    assert called.phone() == []


def test_busy_twice_becomes_a_text_and_no_third_call(called):
    report(called, "busy")
    called.it_is("2026-11-19 09:20")
    report(called, "no-answer")
    called.it_is("2026-11-19 10:00")
    assert len(called.wired.caller.placed) == 2
    assert len(called.phone()) == 1
    assert "squats" in called.phone()[0]


def test_a_call_that_reached_nobody_costs_nothing(called):
    report(called, "busy")
    lines = called.rows(tables.charge, message_id=calls(called)[0].id)
    assert sum(line.micros for line in lines) == 0
    assert called.row(tables.month_spent).micros == 0


def test_whoever_was_called_ten_times_in_a_week_is_texted_instead(story):
    agree_to_calls(story)
    story.goal()
    story.schedule("09:00", channel="call")
    for day in range(19, 26):
        story.it_is(f"2026-11-{day} 09:00")
        report(story, "no-answer")
        story.it_is(f"2026-11-{day} 09:20")
        story.text("did 5 squats")
    handed = [call.handed_at for call in calls(story) if call.handed_at]
    assert len(story.wired.caller.placed) == len(handed)
    assert max(sum(at <= each < at + timedelta(days=7) for each in handed) for at in handed) == 10
    assert {call.reason for call in calls(story) if call.state == "not_sent"} == {"call_cap"}


def test_no_call_comes_after_the_window_but_a_text_before_it(called):
    called.change(tables.message, calls(called)[0].id, deadline_at=called.wired.clock.now().replace(minute=10))
    report(called, "no-answer")
    called.it_is("2026-11-19 09:20")
    assert len(called.wired.caller.placed) == 1
    assert len(called.phone()) == 1


def test_the_text_in_its_stead_is_in_the_practices_own_words(called):
    with called.wired.database.session() as session:
        alice = session.get_one(Coach, called.cast.alice)
        wordings.add_wording(session, alice, "check_in", "en", "{client}, and? {goals}", called.wired.clock.now())
    report(called, "failed", ErrorCode="13224")
    assert called.phone()[0].startswith("Ruth, and? ")


def test_the_text_in_its_stead_is_the_same_check_in(called):
    report(called, "failed", ErrorCode="13224")
    text = called.row(tables.message, channel="text", kind="check_in")
    assert text.check_in_id == calls(called)[0].check_in_id
    called.text("did 5 squats")
    assert called.row(tables.check_in).state == "answered"


def test_the_carrier_that_will_not_place_the_call_makes_it_a_text(story):
    agree_to_calls(story)
    story.goal()
    story.schedule("09:00", channel="call")
    story.wired.caller.refusing = CarrierError("21211", "no such number", permanent=True)
    story.it_is("2026-11-19 09:00")
    story.send()
    assert calls(story)[0].state == "failed"
    assert len(story.phone()) == 1


def test_a_call_after_a_text_that_nobody_takes_brings_no_second_text(story):
    agree_to_calls(story)
    story.goal()
    story.schedule("09:00", call_at="12:00")
    story.it_is("2026-11-19 09:00")
    story.it_is("2026-11-19 12:00")
    report(story, "busy")
    story.it_is("2026-11-19 12:20")
    report(story, "busy")
    story.it_is("2026-11-19 13:00")
    assert len(story.phone()) == 1


def test_a_machine_gets_nothing_and_the_client_the_text(called):
    line = ringing(called).answer("machine_start")
    assert (line.last, line.over) == ("", True)
    assert len(called.phone()) == 1
    assert calls(called)[0].answered_by == "machine_start"


def test_a_machine_gets_a_short_message_where_that_was_chosen(story):
    agree_to_calls(story)
    story.goal("See the therapist")
    story.schedule("09:00", channel="call", on_machine="message")
    story.it_is("2026-11-19 09:00")
    assert story.wired.caller.placed[0].await_beep
    line = ringing(story).answer("machine_end_beep")
    assert "1 6 1 7 5 5 5 0 1 0 0" in line.last
    assert "therapist" not in line.last
    assert story.phone() == []


def test_states_only_move_on(called):
    for word in ("completed", "ringing", "in-progress", "busy", "queued"):
        report(called, word)
    assert calls(called)[0].state == "completed"
    assert len(calls(called)) == 1


def test_a_receipt_that_comes_twice_changes_nothing(called):
    report(called, "busy")
    report(called, "busy")
    assert len(calls(called)) == 2


def test_how_long_it_took_is_kept(called):
    report(called, "completed", CallDuration="42")
    assert calls(called)[0].seconds == 42


def test_a_call_whose_asking_broke_off_is_looked_for_before_another(story):
    agree_to_calls(story)
    story.goal()
    story.schedule("09:00", channel="call")
    story.wired.caller.breaking_off = CarrierOutcomeUnknown("no answer in time")
    story.it_is("2026-11-19 09:00")
    assert calls(story)[0].state == "unknown"
    story.wired.caller.breaking_off = None
    story.it_is("2026-11-19 09:12")
    assert len(story.wired.caller.placed) == 1
    assert calls(story)[0].state == "ringing"


def test_a_call_that_never_got_through_is_placed_then(story):
    agree_to_calls(story)
    story.goal()
    story.schedule("09:00", channel="call")
    story.wired.caller.refusing = CarrierOutcomeUnknown("no answer in time")
    story.it_is("2026-11-19 09:00")
    story.wired.caller.refusing = None
    story.it_is("2026-11-19 09:12")
    assert len(story.wired.caller.placed) == 1


def test_the_carrier_is_asked_about_a_call_whose_end_it_never_told(called):
    sid = called.wired.caller.sid(1)
    called.wired.caller.told[sid] = CarrierCall(sid, "completed", 30, price_micros=14_000, currency="USD")
    called.wired.clock.move_on(minutes=11)
    ask_carrier.handler(webhooks.event("schedule"), None)
    assert (calls(called)[0].state, calls(called)[0].price_micros) == ("completed", 14_000)
