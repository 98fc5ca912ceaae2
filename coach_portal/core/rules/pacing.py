"""How fast a number may text, by how it is registered with the carriers, and who waits when it is busy.

Speeds count segments, since the carriers do. The figures are Twilio's as published (its articles on throughput and on
A2P 10DLC, read November 2026); where pages disagree, the slower one. T-Mobile's daily cap is per brand and ends at
midnight Pacific. Which phones are T-Mobile's we do not know, so it counts for every text.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from coach_portal.core.rules.schedule import moment_of, zone


@dataclass(frozen=True, slots=True)
class SenderClass:
    """How a number is registered: `per_second` and `per_day` in segments, None where there is no cap."""

    name: str
    words: str
    per_second: float
    per_day: int | None = None


_TABLE = (
    SenderClass("local_10dlc_sole", "US local, sole proprietor", 1, 1_000),
    SenderClass("local_10dlc_low", "US local, low volume", 3.75, 2_000),
    SenderClass("local_10dlc", "US local, score 1-49", 4, 2_000),
    SenderClass("local_10dlc_mid", "US local, score 50-74", 40, 40_000),
    SenderClass("local_10dlc_high", "US local, score 75-100", 75, 200_000),
    SenderClass("toll_free", "US toll-free, verified", 3),
    SenderClass("short_code", "Short code", 10),
    SenderClass("long_code", "Number outside the US", 1),
)
# Of 10DLC the speed towards one carrier, a third of the whole, for the same reason as the daily cap.

CLASSES = {line.name: line for line in _TABLE}
SAFEST = "local_10dlc_sole"
"""The slowest: what a number counts as until somebody says otherwise."""

BURST = 1_000_000
"""Microseconds' worth of segments that may leave at once: the carrier smooths within a second."""
BURST_OF_ANSWERS = 2 * BURST
"""The same for what somebody waits for, so that it gets in between the questions that fill a number."""
_CARRIERS_DAY = "America/Los_Angeles"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Lane:
    """How busy a number is. Moments are microseconds since 1970.

    `free_at` is when what has left will have gone through at the class's speed. `line_until` is the same for what was
    put off and has a turn to come. `day_segments` left on the carriers' date `day`.
    """

    sender_class: str
    free_at: int = 0
    line_until: int = 0
    day: date | None = None
    day_segments: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text that cannot leave now: why ("paced" or "day_full"), and when to try again, in microseconds since 1970."""

    why: Literal["paced", "day_full"]
    until: int


def micros(moment: datetime) -> int:
    """A moment in microseconds since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of_micros(at: int) -> datetime:
    """The moment, in UTC."""
    return _EPOCH + timedelta(microseconds=at)


def interval(sender_class: str) -> int:
    """Microseconds from one segment to the next."""
    return round(1_000_000 / CLASSES[sender_class].per_second)


def carriers_date(now: datetime) -> date:
    """The date on which the carriers count what leaves now."""
    return now.astimezone(zone(_CARRIERS_DAY)).date()


def next_carriers_date(now: datetime) -> datetime:
    """When their next date begins."""
    return moment_of(carriers_date(now) + timedelta(days=1), "00:00", _CARRIERS_DAY)


def take(
    lane: Lane, segments: int, now: datetime, *, urgent: bool = False, waited_for: bool = False, polite: bool = False
) -> Lane | None:
    """The lane after a text has left; None when it is to wait.

    An urgent text (one about somebody's safety) never waits; one that somebody waits for finds room where others do
    not. A polite one does not overtake those who were put off before it.
    """
    at, today = micros(now), carriers_date(now)
    left = lane.day_segments if lane.day == today else 0
    if not urgent:
        busy_until = max(lane.free_at, lane.line_until) if polite else lane.free_at
        burst = BURST_OF_ANSWERS if waited_for else BURST
        cap = CLASSES[lane.sender_class].per_day
        if busy_until > at + burst or (cap is not None and left + segments > cap):
            return None
    free_at = max(lane.free_at, at) + segments * interval(lane.sender_class)
    return replace(lane, free_at=free_at, day=today, day_segments=left + segments)


def put_off(lane: Lane, segments: int, now: datetime, *, waited_for: bool = False) -> tuple[Lane, Waiting]:
    """The lane after a text that may not leave now was given its turn, and that turn.

    What somebody waits for does not join the line: it comes back as soon as the number may be free.
    """
    cap = CLASSES[lane.sender_class].per_day
    if cap is not None and lane.day == carriers_date(now) and lane.day_segments + segments > cap:
        return lane, Waiting("day_full", micros(next_carriers_date(now)))
    if waited_for:
        return lane, Waiting("paced", max(lane.free_at - BURST_OF_ANSWERS, micros(now)))
    turn = max(lane.line_until, lane.free_at, micros(now))
    return replace(lane, line_until=turn + segments * interval(lane.sender_class)), Waiting("paced", turn)
