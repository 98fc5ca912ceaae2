"""A text is sent 0 or 1 times, whatever breaks and whoever else is at it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.models import tables
from coach_portal.core.services.sending import outbound
from tests.fakes import Crash

TIMED_OUT = CarrierOutcomeUnknown("timed out")


def state_of(story, message_id):
    """Where a message stands."""
    return story.row(tables.message, id=message_id).state


def test_a_text_leaves_once_however_often_it_is_queued(story, send):
    message = story.message("Well done!")
    for _ in range(3):
        send(message)
    assert story.phone() == ["Well done!"]
    assert state_of(story, message) == "accepted"


def test_the_row_is_committed_before_the_call(story, send):
    message = story.message()
    story.wired.sender.refusing = Crash()
    with pytest.raises(Crash):
        send(message)
    assert state_of(story, message) == "sending"


def test_no_two_workers_send_the_same_text(story, send):
    message = story.message()
    with ThreadPoolExecutor(8) as workers:
        list(workers.map(send, [message] * 16))
    assert len(story.phone()) == 1


def test_after_a_crash_before_the_call_it_is_sent_once(story, send):
    message = story.message()
    story.wired.sender.refusing = Crash()
    with pytest.raises(Crash):
        send(message)
    story.wired.sender.refusing = None

    send(message)
    assert story.phone() == [], "the claim may still be at work"
    story.wired.clock.move_on(minutes=2)
    story.tick()
    assert len(story.phone()) == 1


def test_after_a_crash_after_the_call_it_is_not_sent_again(story, send):
    message = story.message()
    story.wired.sender.breaking_off = Crash()
    with pytest.raises(Crash):
        send(message)
    story.wired.sender.breaking_off = None

    story.wired.clock.move_on(minutes=2)
    story.tick()
    assert len(story.phone()) == 1
    assert state_of(story, message) == "sent"


def test_a_broken_off_call_is_not_repeated_before_the_carrier_can_be_asked(story, send):
    message = story.message()
    story.wired.sender.refusing = TIMED_OUT
    with pytest.raises(CarrierOutcomeUnknown):
        send(message)
    story.wired.sender.refusing = None

    story.wired.clock.move_on(seconds=30)
    with pytest.raises(CarrierOutcomeUnknown):
        send(message)
    assert (state_of(story, message), story.phone()) == ("unknown", [])


def test_a_broken_off_call_that_never_arrived_is_made_again(story, send):
    message = story.message()
    story.wired.sender.refusing = TIMED_OUT
    with pytest.raises(CarrierOutcomeUnknown):
        send(message)
    story.wired.sender.refusing = None

    story.wired.clock.move_on(minutes=2)
    send(message)
    assert len(story.phone()) == 1


def test_a_broken_off_call_that_arrived_is_recognised(story, send):
    message = story.message()
    story.wired.sender.breaking_off = TIMED_OUT
    with pytest.raises(CarrierOutcomeUnknown):
        send(message)
    story.wired.sender.breaking_off = None

    story.wired.clock.move_on(minutes=2)
    send(message)
    assert len(story.phone()) == 1
    assert story.row(tables.message, id=message).sid is not None


def test_another_text_in_the_same_words_is_not_taken_for_the_lost_one(story, send):
    first, second = story.message("Well done!"), story.message("Well done!")
    story.wired.sender.refusing = TIMED_OUT
    with pytest.raises(CarrierOutcomeUnknown):
        send(second)
    story.wired.sender.refusing = None

    send(first)
    story.wired.clock.move_on(minutes=2)
    send(second)
    assert story.phone() == ["Well done!", "Well done!"]


def test_while_the_carrier_cannot_be_asked_nothing_is_sent(story, send):
    message = story.message()
    story.wired.sender.refusing = TIMED_OUT
    with pytest.raises(CarrierOutcomeUnknown):
        send(message)
    story.wired.sender.mute = TIMED_OUT

    story.wired.clock.move_on(minutes=2)
    with pytest.raises(CarrierOutcomeUnknown):
        send(message)
    assert (state_of(story, message), story.phone()) == ("unknown", [])


def test_a_worker_that_slept_over_its_claim_does_not_call(story):
    message, wired = story.message(), story.wired
    moments = iter([wired.clock.now(), wired.clock.now() + timedelta(minutes=1)])
    with pytest.raises(CarrierOutcomeUnknown):
        outbound.deliver(wired.database, wired.sender, message, wired.clock.now(), lambda: next(moments))
    assert story.phone() == []


def test_a_late_worker_with_an_old_claim_changes_nothing(story, send):
    message, wired = story.message(), story.wired

    def another_worker_takes_over():
        wired.clock.move_on(minutes=2)
        story.tick()
        raise TIMED_OUT

    wired.sender.meanwhile = another_worker_takes_over
    with pytest.raises(CarrierOutcomeUnknown):
        send(message)
    assert len(story.phone()) == 1
    assert state_of(story, message) == "accepted"


def test_a_stop_between_planning_and_sending_wins(story):
    message = story.message()
    story.text("STOP")
    assert story.row(tables.message, id=message).reason == "opted_out"
    assert story.phone() == []


def test_what_a_coach_wrote_at_night_waits_for_the_morning(story):
    story.it_is("2026-11-18 22:30")
    story.message("Good luck tomorrow!")
    story.send()
    story.it_is("2026-11-19 07:59")
    assert story.phone() == []
    story.it_is("2026-11-19 08:00")
    assert story.phone() == ["Good luck tomorrow!"]


def test_what_a_schedule_wrote_does_not_wait_for_the_morning(story, send):
    story.it_is("2026-11-18 22:30")
    message = story.message(kind="check_in")
    send(message)
    dropped = story.row(tables.message, id=message)
    assert (dropped.state, dropped.reason) == ("not_sent", "outside_hours")


def test_a_text_past_its_deadline_is_dropped(story, send):
    message = story.message()
    story.wired.clock.move_on(hours=25)
    send(message)
    dropped = story.row(tables.message, id=message)
    assert (dropped.state, dropped.reason) == ("not_sent", "too_late")


@pytest.mark.parametrize(
    ("silenced", "reason"),
    [
        ({"held_at": "now"}, "held"),
        ({"paused_until": "later"}, "paused"),
        ({"archived_at": "now"}, "archived"),
        ({"unreachable_at": "now"}, "unreachable"),
        ({"consent": "invited"}, "no_consent"),
    ],
)
def test_who_was_silenced_since_is_not_texted(story, send, silenced, reason):
    message, now = story.message(kind="check_in"), story.wired.clock.now()
    moments = {"now": now, "later": now + timedelta(days=1)}
    story.change(tables.client, story.cast.ruth, **{key: moments.get(value, value) for key, value in silenced.items()})
    send(message)
    assert story.row(tables.message, id=message).reason == reason


def test_who_blocked_us_at_the_carrier_has_opted_out(story, send):
    message = story.message()
    story.wired.sender.refusing = CarrierError("21610", "blocked", permanent=True)
    send(message)
    assert story.row(tables.client).consent == "revoked"
    assert story.row(tables.suppression).reason == "carrier"
    assert story.row(tables.alert).kind == "opted_out"
    assert state_of(story, message) == "failed"


@pytest.mark.parametrize("code", ["21211", "21614", "30005", "30006"])
def test_a_dead_number_is_marked_and_the_coach_told_once(story, send, code):
    story.wired.sender.refusing = CarrierError(code, "no such number", permanent=True)
    send(story.message())
    send(story.message("Another"))
    assert story.row(tables.client).unreachable_code == code
    assert story.row(tables.alert).kind == "bad_number"


def test_a_refusal_for_now_is_tried_again(story):
    story.message("Well done!")
    story.wired.sender.refusing = CarrierError("20429", "too many requests", permanent=False)
    assert len(story.send()) == 1
    story.wired.sender.refusing = None
    story.wired.clock.move_on(minutes=11)
    story.tick()
    assert story.phone() == ["Well done!"]
