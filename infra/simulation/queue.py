"""A queue that promises what SQS promises: at least once, in no order, and now and then twice or late."""

import heapq
import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from infra.simulation.faults import Mishaps
from infra.simulation.timetable import Timetable

BATCH = 10
HIDDEN_FOR = timedelta(seconds=90)
"""How long records stay hidden while somebody works on them; after that they are anyone's again."""
TRIES = 10
LATE = timedelta(minutes=20)

Work = Callable[[dict[str, Any]], dict[str, Any] | None]
"""Hands an event to the function that sends; None when the worker died."""


class SimulatedQueue:
    """Fills `ports.MessageQueue`."""

    def __init__(self, timetable: Timetable, mishaps: Mishaps, work: Work) -> None:
        self._timetable, self._mishaps, self._work = timetable, mishaps, work
        self._records: list[tuple[datetime, int, int, int]] = []
        self._order = count(1)

    def put(self, message_ids: Sequence[int], delay: timedelta = timedelta()) -> None:
        """Queue these ids."""
        if not message_ids:
            return
        self._mishaps.step()
        for message_id in message_ids:
            late = LATE * self._mishaps.between(0, 1) if self._is("late") else timedelta()
            self._add(message_id, delay + late + timedelta(milliseconds=200))
            if self._is("twice"):
                self._add(message_id, delay + timedelta(seconds=self._mishaps.between(0, 300)))

    def _is(self, what: str) -> bool:
        return self._mishaps.chance(getattr(self._mishaps.weather, what), f"queued {what}")

    def _add(self, message_id: int, delay: timedelta, tries: int = 0) -> None:
        visible_at = self._timetable.now + delay
        heapq.heappush(self._records, (visible_at, next(self._order), message_id, tries))
        self._timetable.at(visible_at, self._take)

    def _take(self) -> None:
        """A worker takes what is visible, as many as fit a batch."""
        now = self._timetable.now
        batch: list[tuple[datetime, int, int, int]] = []
        while self._records and self._records[0][0] <= now and len(batch) < BATCH:
            batch.append(heapq.heappop(self._records))
        if not batch:
            return
        answer = self._work({"Records": [_record(order, message_id) for _, order, message_id, _ in batch]})
        if answer is None:
            failed = {str(order) for _, order, _, _ in batch}
        else:
            failed = {each["itemIdentifier"] for each in answer["batchItemFailures"]}
        for _, order, message_id, tries in batch:
            if str(order) in failed and tries + 1 < TRIES:
                self._add(message_id, HIDDEN_FOR, tries + 1)


def _record(order: int, message_id: int) -> dict[str, str]:
    body = json.dumps({"message_id": message_id})
    return {"messageId": str(order), "body": body, "eventSource": "aws:sqs"}
