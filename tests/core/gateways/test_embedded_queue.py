"""The queue inside our own database: at least once, hidden while somebody works, alike on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from coach_portal.core.gateways.embedded_queue import HIDDEN_FOR, EmbeddedQueue
from tests.cast import NOW
from tests.fakes import FakeClock


@pytest.fixture
def clock():
    """The machine's own time."""
    return FakeClock(NOW)


@pytest.fixture
def queue(database, clock):
    """An empty queue."""
    return EmbeddedQueue(database, clock.machine_now)


def taken(queue, batch=10):
    """The ids of the messages that a worker gets now."""
    return [item.message_id for item in queue.take(batch)]


def test_what_is_put_is_taken_in_order(queue):
    queue.put([3, 1])
    queue.put([2])
    assert taken(queue) == [3, 1, 2]


def test_nothing_put_is_nothing(queue):
    queue.put([])
    assert taken(queue) == []


def test_no_more_is_taken_than_asked_for(queue):
    queue.put(range(5))
    assert [taken(queue, 2), taken(queue, 2), taken(queue, 2)] == [[0, 1], [2, 3], [4]]


def test_what_is_in_hand_is_hidden_until_its_worker_must_have_died(queue, clock):
    queue.put([1])
    assert taken(queue) == [1]
    clock.at += HIDDEN_FOR - timedelta(seconds=1)
    assert taken(queue) == []
    clock.move_on(seconds=1)
    (item,) = queue.take(10)
    assert (item.message_id, item.attempts) == (1, 2)


def test_what_is_done_is_gone(queue, clock):
    queue.put([1, 2])
    first, _ = queue.take(10)
    queue.done([first])
    queue.done([])
    clock.at += HIDDEN_FOR
    assert taken(queue) == [2]


def test_what_is_put_back_comes_again_after_a_while(queue, clock):
    queue.put([1])
    (item,) = queue.take(10)
    queue.put_back(item, timedelta(seconds=8))
    clock.move_on(seconds=7)
    assert taken(queue) == []
    clock.move_on(seconds=1)
    assert taken(queue) == [1]


def test_workers_at_once_get_each_item_once(queue):
    queue.put(range(60))
    with ThreadPoolExecutor(6) as workers:
        batches = list(workers.map(lambda _: taken(queue, 7), range(12)))
    assert sorted(message for batch in batches for message in batch) == list(range(60))


def test_putting_wakes_the_workers(database, clock):
    woken = []
    queue = EmbeddedQueue(database, clock.machine_now, on_put=lambda: woken.append(True))
    queue.put([])
    assert woken == []
    queue.put([1])
    assert woken == [True]


def test_an_idle_worker_does_not_write(queue, statements):
    queue.take(10)
    assert all(statement.startswith(("BEGIN", "SELECT")) for statement in statements)
    assert "BEGIN IMMEDIATE" not in statements
