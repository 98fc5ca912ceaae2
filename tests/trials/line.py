"""A queue and a carrier in simulated time: what is put off comes back at its moment, what comes too fast is refused."""

import heapq
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from threading import Lock

from coach_portal.core.errors import CarrierError
from coach_portal.core.ports import CarrierText, KeptText
from coach_portal.core.rules import pacing
from coach_portal.core.rules.sms_text import segments

LONGEST_TEXT = 4
"""Segments of the longest text a trial sends."""


class TimedQueue:
    """Fills `ports.MessageQueue`: items become visible when the clock it is given says so."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now, self._lock, self._order = now, Lock(), count()
        self._items: list[tuple[datetime, int, int]] = []

    def put(self, message_ids: Sequence[int], delay: timedelta = timedelta()) -> None:
        """Queue these ids."""
        with self._lock:
            for message_id in message_ids:
                heapq.heappush(self._items, (self._now() + delay, next(self._order), message_id))

    def take(self, batch: int, most: int) -> list[list[int]]:
        """What is visible now, in batches, at most so many of them."""
        with self._lock:
            taken = []
            while self._items and self._items[0][0] <= self._now() and len(taken) < batch * most:
                taken.append(heapq.heappop(self._items)[2])
        return [taken[start : start + batch] for start in range(0, len(taken), batch)]

    def next_at(self) -> datetime | None:
        """When the next item becomes visible."""
        with self._lock:
            return self._items[0][0] if self._items else None


@dataclass(frozen=True)
class Taken:
    """A text that the carrier took."""

    at: datetime
    from_: str
    to: str
    message_id: int


@dataclass
class PacedCarrier:
    """Fills `ports.TextSender`: works off each number's texts at its class's speed, and refuses what runs ahead.

    `classes` are the numbers' classes. `fullest` is the most that a number ever had waiting, in microseconds of its
    speed; `segments` what it took of each number.
    """

    now: Callable[[], datetime]
    classes: Mapping[str, str]
    taken: list[Taken] = field(default_factory=list)
    refused: int = 0
    fullest: dict[str, int] = field(default_factory=dict)
    segments: dict[str, int] = field(default_factory=dict)
    _busy_until: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, account_sid: str | None) -> "PacedCarrier":
        """One carrier for all."""
        return self

    def most_ahead(self, number: str) -> int:
        """How much of a number's texts may wait here: a burst of answers, and the text that is added to it."""
        return pacing.BURST_OF_ANSWERS + LONGEST_TEXT * pacing.interval(self.classes[number])

    def send_text(
        self,
        *,
        to: str,
        from_: str,
        body: str,
        message_id: int,
        valid_for: int | None = None,
        media_url: str | None = None,
    ) -> CarrierText:
        """Take a text, unless its number is too far ahead of its speed."""
        weight = segments(body).count
        with self._lock:
            at = pacing.micros(self.now())
            busy_until = max(self._busy_until.get(from_, 0), at) + weight * pacing.interval(self.classes[from_])
            if busy_until - at > self.most_ahead(from_):
                self.refused += 1
                raise CarrierError("30022", "too fast", permanent=False)
            self._busy_until[from_] = busy_until
            self.fullest[from_] = max(self.fullest.get(from_, 0), busy_until - at)
            self.segments[from_] = self.segments.get(from_, 0) + weight
            self.taken.append(Taken(self.now(), from_, to, message_id))
            return CarrierText(f"SM{len(self.taken):032x}", "queued", weight)

    def find_text(
        self, *, to: str, from_: str, body: str, since: datetime, not_among: Collection[str] = ()
    ) -> CarrierText | None:
        """No call ever breaks off here."""
        return None

    def look_up(self, sid: str) -> CarrierText | None:
        """Nobody asks."""
        return None

    def texts_to(self, phone: str, since: datetime) -> Sequence[KeptText]:
        """Nothing is missed."""
        return ()
