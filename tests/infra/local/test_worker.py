"""One machine's worker: the very function, the very event, and another try for what failed."""

from dataclasses import replace

import pytest

from coach_portal.core.errors import CarrierError
from coach_portal.core.gateways.embedded_queue import EmbeddedQueue
from coach_portal.core.models import tables
from functions import runtime
from infra.local import worker
from infra.local.ticker import tick
from tests.rows import count

BUSY = CarrierError("20429", "too many requests", permanent=False)


@pytest.fixture
def queue(story):
    """The embedded queue, wired into the story."""
    embedded = EmbeddedQueue(story.wired.database, story.wired.clock.machine_now)
    story.wired = replace(story.wired, queue=embedded)
    runtime.use(story.wired)
    return embedded


def test_the_event_is_the_one_that_sqs_would_deliver(queue):
    queue.put([7])
    (record,) = worker.event_of(queue.take(1))["Records"]
    assert record["body"] == '{"message_id": 7}'
    assert record["eventSource"] == "aws:sqs"
    assert record["attributes"]["ApproximateReceiveCount"] == "1"


def test_work_sends_a_batch_and_says_whether_there_was_any(story, queue):
    assert not worker.work(queue)
    story.message("Well done!")
    assert worker.work(queue)
    assert story.phone() == ["Well done!"]
    assert not worker.work(queue)


def test_draining_sends_all_there_is(story, queue):
    for number in range(worker.BATCH * 2 + 1):
        story.message(f"Text {number}")
    worker.drain(queue)
    assert len(story.phone()) == worker.BATCH * 2 + 1


def test_what_failed_is_tried_again_later_and_later(story, queue):
    story.message("Well done!")
    story.wired.sender.refusing = BUSY
    for seconds in (2, 4, 8):
        worker.drain(queue)
        story.wired.clock.move_on(seconds=seconds - 1)
        assert not worker.work(queue)
        story.wired.clock.move_on(seconds=1 + seconds / 2)
    story.wired.sender.refusing = None
    worker.drain(queue)
    assert story.phone() == ["Well done!"]


def test_what_failed_too_often_is_set_aside_and_the_tick_brings_it_back(story, queue):
    story.message("Well done!")
    story.wired.sender.refusing = BUSY
    for _ in range(worker.MOST_ATTEMPTS):
        worker.work(queue)
        story.wired.clock.move_on(minutes=1)
    assert count(story.wired.database, tables.queue_item) == 0
    story.wired.sender.refusing = None
    story.wired.clock.move_on(minutes=1)
    tick()
    worker.drain(queue)
    assert story.phone() == ["Well done!"]


def test_a_tick_does_all_scheduled_work(story, queue):
    story.goal()
    story.schedule("08:31")
    story.wired.clock.move_on(minutes=1)
    assert tick()["planned"] == 1
    worker.drain(queue)
    assert len(story.phone()) == 1
