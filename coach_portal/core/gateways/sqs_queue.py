"""The queue of message ids on Amazon SQS."""

import json
import math
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from coach_portal.core.errors import CoachPortalError
from coach_portal.core.gateways.sqs_api import NotTaken, SqsApi

BATCH = 10
"""Entries in one SendMessageBatch at most (Amazon SQS API reference)."""
LONGEST_DELAY = 900
"""Seconds an entry can be held back at most (the same, DelaySeconds)."""


class NotQueued(CoachPortalError):
    """These message ids did not get into the queue; their rows stand, and the next tick queues them again."""

    code = "not_queued"
    permanent = False

    def __init__(self, message_ids: Sequence[int]) -> None:
        super().__init__(f"not queued: {', '.join(map(str, message_ids))}")
        self.message_ids = list(message_ids)


class SqsQueue:
    """Fills `ports.MessageQueue`; a body is {"message_id": id}. Credentials are Lambda's, or what boto3 finds."""

    def __init__(self, queue_url: str) -> None:
        self._sqs = SqsApi(queue_url)

    def put(self, message_ids: Sequence[int], delay: timedelta = timedelta()) -> None:
        """Queue these ids, ten at a time; what SQS turns away is tried once more. Raises NotQueued with the rest.

        `delay` is rounded up to seconds and cut to a quarter of an hour.
        """
        seconds = min(math.ceil(delay.total_seconds()), LONGEST_DELAY)
        left = [id_ for batch in _batches(message_ids) for id_ in self._put_batch(batch, seconds)]
        left = [id_ for batch in _batches(left) for id_ in self._put_batch(batch, seconds)]
        if left:
            raise NotQueued(left)

    def _put_batch(self, message_ids: Sequence[int], seconds: int) -> list[int]:
        """The ids that SQS did not take."""
        held_back: dict[str, Any] = {"DelaySeconds": seconds} if seconds > 0 else {}
        entries = [{"Id": str(id_), "MessageBody": json.dumps({"message_id": id_}), **held_back} for id_ in message_ids]
        try:
            return [int(id_) for id_ in self._sqs.send_message_batch(entries)]
        except NotTaken:
            return list(message_ids)


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
