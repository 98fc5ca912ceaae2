"""Takes messages from the embedded queue and hands them to the function that sends them, as SQS would."""

import json
import logging
import random
import threading
from collections.abc import Sequence
from datetime import timedelta

from coach_portal.core.gateways.embedded_queue import EmbeddedQueue, Item
from coach_portal.core.ports import MessageQueue
from functions import place_calls, send_messages

log = logging.getLogger(__name__)

BATCH = 10
LONGEST_PAUSE = 60
"""Seconds between two tries of the same item, at most."""
MOST_ATTEMPTS = 10
"""After this many tries an item is set aside; the tick queues its message again as long as it may still be sent."""


WORKS_ON = {"messages": send_messages.handler, "calls": place_calls.handler}
"""The function that works on each queue."""


class Worker(threading.Thread):
    """One worker. It sleeps until something is queued, and looks for itself every `pause` seconds."""

    def __init__(
        self, queue: EmbeddedQueue, stopping: threading.Event, woken: threading.Event, name: str, pause: float = 1
    ):
        super().__init__(name=name)
        self._queue, self._stopping, self._woken, self._pause = queue, stopping, woken, pause

    def run(self) -> None:
        """Work until told to stop; what is in hand is finished first."""
        while not self._stopping.is_set():
            try:
                worked = work(self._queue)
            except Exception as error:
                log.exception("worker stumbled", extra={"error": type(error).__name__})
                worked = False
            if not worked:
                self._woken.wait(timeout=self._pause)
                self._woken.clear()


def work(queue: EmbeddedQueue) -> bool:
    """Send one batch; answers whether there was anything to do."""
    items = queue.take(BATCH)
    if not items:
        return False
    answer = WORKS_ON[queue.name](event_of(items), None)
    failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
    queue.done([item for item in items if str(item.id) not in failed or item.attempts >= MOST_ATTEMPTS])
    for item in items:
        if str(item.id) in failed and item.attempts < MOST_ATTEMPTS:
            queue.put_back(item, _pause(item.attempts))
    return True


def _pause(attempts: int) -> timedelta:
    """Longer each time, and never the same for two: what failed together shall not come back together."""
    shortest = min(2**attempts, LONGEST_PAUSE / 1.5)
    return timedelta(seconds=random.uniform(shortest, shortest * 1.5))  # noqa: S311


def drain(queue: EmbeddedQueue) -> None:
    """Send all that may be sent now."""
    while work(queue):
        pass


def drain_all(*queues: MessageQueue) -> None:
    """Work on all that may be done now, also on what one queue's work puts on another."""
    ours = [queue for queue in queues if isinstance(queue, EmbeddedQueue)]
    while True:
        worked = [work(queue) for queue in ours]
        if not any(worked):
            return


def event_of(items: Sequence[Item]) -> dict[str, object]:
    """The items as the event that SQS would deliver."""
    return {
        "Records": [
            {
                "messageId": str(item.id),
                "body": json.dumps({"message_id": item.message_id}),
                "attributes": {"ApproximateReceiveCount": str(item.attempts)},
                "eventSource": "aws:sqs",
            }
            for item in items
        ]
    }
