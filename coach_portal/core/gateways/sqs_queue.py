"""The queue of message ids on Amazon SQS."""

import json
import math
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from coach_portal.core.errors import CoachPortalError

BATCH = 10
"""Entries in one SendMessageBatch at most (Amazon SQS API reference)."""
LONGEST_DELAY = 900
"""Seconds an entry can be held back at most (the same, DelaySeconds)."""

_CONFIG = Config(connect_timeout=3, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})


class NotQueued(CoachPortalError):
    """These message ids did not get into the queue; their rows stand, and the next tick queues them again."""

    code = "not_queued"
    permanent = False

    def __init__(self, message_ids: Sequence[int]) -> None:
        super().__init__(f"not queued: {', '.join(map(str, message_ids))}")
        self.message_ids = list(message_ids)


class SqsQueue:
    """Fills `ports.MessageQueue`; a body is {"message_id": id}. Region and credentials are what boto3 finds."""

    def __init__(self, queue_url: str) -> None:
        self._queue_url = queue_url

    @cached_property
    def _sqs(self) -> Any:
        return boto3.client("sqs", config=_CONFIG)

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
        held_back = {"DelaySeconds": seconds} if seconds > 0 else {}
        entries = [{"Id": str(id_), "MessageBody": json.dumps({"message_id": id_}), **held_back} for id_ in message_ids]
        try:
            answer = self._sqs.send_message_batch(QueueUrl=self._queue_url, Entries=entries)
        except (BotoCoreError, ClientError):
            return list(message_ids)
        return [int(entry["Id"]) for entry in answer.get("Failed", [])]


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
