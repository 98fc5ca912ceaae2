"""What fell is picked up once, however often somebody looks."""

from datetime import timedelta

import pytest

from coach_portal.core.errors import CarrierOutcomeUnknown
from coach_portal.core.models import tables
from coach_portal.core.services.sending import recovery
from tests.factories import make_message
from tests.fakes import Crash


@pytest.fixture
def pick_up(story):
    """Look for fallen messages now; answers their ids."""

    def look(**more):
        clock = story.wired.clock
        with story.wired.database.transaction() as connection:
            return recovery.pick_up(connection, clock.now(), clock.machine_now(), **more)

    return look


@pytest.fixture
def time_out(story, send):
    """The call for this message breaks off."""

    def breaks_off(message):
        story.wired.sender.refusing = CarrierOutcomeUnknown("timed out")
        with pytest.raises(CarrierOutcomeUnknown):
            send(message)
        story.wired.sender.refusing = None

    return breaks_off


def test_a_message_that_was_never_queued_is(story, pick_up):
    message = make_message(story.wired.database, story.cast)
    assert pick_up() == []
    story.wired.clock.move_on(minutes=10)
    assert pick_up() == [message]
    assert pick_up() == []


def test_a_message_put_off_is_queued_when_its_time_comes(story, pick_up):
    later = story.wired.clock.now() + timedelta(hours=2)
    message = make_message(story.wired.database, story.cast, send_after=later)
    story.wired.clock.move_on(hours=1, minutes=59)
    assert pick_up() == []
    story.wired.clock.move_on(minutes=1)
    assert pick_up() == [message]


def test_a_claim_is_left_alone_while_it_may_be_at_work(story, send, pick_up):
    message = make_message(story.wired.database, story.cast)
    story.wired.sender.refusing = Crash()
    with pytest.raises(Crash):
        send(message)
    story.wired.clock.move_on(seconds=60)
    assert pick_up() == []
    story.wired.clock.move_on(seconds=1)
    assert pick_up() == [message]
    assert story.row(tables.message, id=message).state == "unknown"


def test_a_message_of_unknown_fate_is_queued_once_and_not_at_every_tick(story, pick_up, time_out):
    message = make_message(story.wired.database, story.cast)
    time_out(message)
    picked_up = []
    for _ in range(120):
        story.wired.clock.move_on(seconds=5)
        picked_up += pick_up()
    assert picked_up == [message]


def test_a_restart_picks_up_everything_unfinished(story, pick_up, time_out):
    planned, unknown = (make_message(story.wired.database, story.cast) for _ in range(2))
    time_out(unknown)
    assert pick_up(requeue_after=timedelta(0)) == [planned, unknown]


def test_what_is_settled_is_left_alone(story, send, pick_up):
    send(make_message(story.wired.database, story.cast))
    story.wired.clock.move_on(days=1)
    assert pick_up() == []
