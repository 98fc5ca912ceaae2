"""The numbers' lanes in the database do what the rule says, for however many workers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach_portal.core.models import tables
from coach_portal.core.rules import pacing
from coach_portal.core.rules.pacing import CLASSES, Lane
from coach_portal.core.services.sending import lanes
from tests.cast import ALICES_NUMBER, NOW
from tests.rows import change, row

SLOW = "local_10dlc_sole"
KINDS = {"coach_alert": {"urgent": True}, "reply": {"waited_for": True}, "check_in": {"polite": True}}


def number_of(story):
    """Alice's number."""
    return story.row(tables.sending_number, phone=ALICES_NUMBER)


@pytest.fixture
def slow(story):
    """Alice's number sends a segment a second."""
    story.change(tables.sending_number, number_of(story).id, sender_class=SLOW)
    return story


@given(
    st.sampled_from(sorted(CLASSES)),
    st.lists(
        st.tuples(st.integers(0, 600), st.integers(1, 500), st.sampled_from(sorted(KINDS)), st.booleans()), max_size=12
    ),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_lets_go_exactly_whom_the_rule_lets_go(database, cast, sender_class, arrivals):
    number = row(database, tables.sending_number, phone=ALICES_NUMBER).id
    blank = {"free_at": 0, "line_until": 0, "day": None, "day_segments": 0}
    change(database, tables.sending_number, number, sender_class=sender_class, **blank)
    lane, now = Lane(sender_class), NOW
    for wait, segments, kind, turn_has_come in arrivals:
        now += timedelta(milliseconds=wait)
        how = {} if turn_has_come and kind == "check_in" else KINDS[kind]
        after, expected = pacing.take(lane, segments, now, **how), None
        if after is None:
            after, expected = pacing.put_off(lane, segments, now, waited_for=kind != "check_in")
        with database.transaction() as connection:
            found = lanes.enter(
                connection, ALICES_NUMBER, kind, segments, now, deadline_at=None, turn_has_come=turn_has_come
            )
        assert found == (expected or lanes.Go(None))
        kept = row(database, tables.sending_number, id=number)
        assert Lane(kept.sender_class, kept.free_at, kept.line_until, kept.day, kept.day_segments) == after
        lane = after


def test_no_two_workers_take_the_same_place(slow):
    messages = [slow.message(kind="check_in") for _ in range(12)]
    with ThreadPoolExecutor(6) as workers:
        list(workers.map(lambda _: slow.send(), messages))
    assert len(slow.phone()) == 2, "the burst of a second, and no more"
    assert len({each.send_after for each in slow.rows(tables.message, reason="paced")}) == 10


def test_who_was_put_off_is_queued_for_their_turn_and_leaves_then(slow):
    for number in range(4):
        slow.message(f"Question {number}", kind="check_in")
    slow.send()
    assert len(slow.phone()) == 2
    assert [delay.total_seconds() for delay in slow.wired.queue.later.values()] == [2, 3]
    slow.wired.clock.move_on(seconds=3)
    slow.wired.queue.put(list(slow.wired.queue.later))
    slow.send()
    assert len(slow.phone()) == 4


def test_a_text_queued_again_before_its_turn_waits_on(slow):
    for number in range(3):
        slow.message(f"Question {number}", kind="check_in")
    slow.send()
    (waiting,) = slow.wired.queue.later
    slow.wired.queue.put([waiting])
    slow.wired.clock.move_on(seconds=1)
    slow.send()
    assert slow.wired.queue.later[waiting] == timedelta(seconds=1)
    assert len(slow.phone()) == 2


def test_a_text_whose_turn_was_lost_is_found_by_the_tick(slow):
    for number in range(3):
        slow.message(f"Question {number}", kind="check_in")
    slow.send()
    slow.wired.clock.move_on(minutes=11)
    slow.tick()
    assert len(slow.phone()) == 3


def test_a_stop_wins_over_texts_in_the_line(slow):
    for number in range(5):
        slow.message(f"Question {number}", kind="check_in")
    slow.send()
    slow.text("STOP")
    slow.wired.clock.move_on(minutes=11)
    slow.tick()
    assert [text.body for text in slow.wired.sender.sent if text.body.startswith("Question")] == [
        "Question 0",
        "Question 1",
    ]


def test_a_text_whose_turn_would_come_too_late_is_dropped_at_once_and_takes_no_place(slow):
    soon = slow.wired.clock.now() + timedelta(seconds=2)
    for _ in range(2):
        slow.message(kind="check_in")
    late = [slow.message(kind="check_in", deadline_at=soon) for _ in range(3)]
    slow.send()
    assert {slow.row(tables.message, id=message).reason for message in late} == {"too_late"}
    assert number_of(slow).line_until == 0


def test_when_the_day_is_full_the_text_is_dropped_and_says_why(slow):
    today = pacing.carriers_date(slow.wired.clock.now())
    slow.change(tables.sending_number, number_of(slow).id, day=today, day_segments=1_000)
    message = slow.message(kind="check_in")
    slow.send()
    dropped = slow.row(tables.message, id=message)
    assert (dropped.state, dropped.reason) == ("not_sent", "day_full")


def test_an_alert_to_the_coach_leaves_though_the_line_is_long_and_the_number_stopped(slow):
    for number in range(5):
        slow.message(f"Question {number}", kind="check_in")
    slow.send()
    slow.change(tables.sending_number, number_of(slow).id, stopped_at=slow.wired.clock.now())
    slow.message("Ruth needs you", kind="coach_alert", client_id=None, to_phone="+16175550101")
    slow.send()
    assert slow.phone("+16175550101") == ["Ruth needs you"]
