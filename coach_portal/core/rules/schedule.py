"""When a schedule is due: local wall time and zone in, UTC out.

Wall time and zone are what is stored, because they are what was promised; UTC is what is compared. A wall time that a
clock change skips runs once, at the first minute that exists; one that comes twice runs once, the first time.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

EVERY_DAY = "1234567"
DAY = timedelta(days=1)
LOOK_AHEAD = 5
"""Due days to look at: the first may be over already, and a zone that crosses the date line has no such day."""
_SPREAD = {1: "1", 2: "14", 3: "135", 4: "1246", 5: "12345", 6: "123456", 7: EVERY_DAY}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a schedule is due: the local date it is for, and the moment in UTC."""

    local_date: date
    due_at: datetime


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name."""
    return ZoneInfo(name)


@lru_cache(maxsize=2048)
def wall_time(local_time: str) -> time:
    """The time that "HH:MM" says."""
    return time.fromisoformat(local_time)


@lru_cache(maxsize=4096)
def moment_of(local_date: date, local_time: str, timezone: str) -> datetime:
    """The moment, in UTC, at which a wall clock shows this time on this day; see above for gaps and folds."""
    tz = zone(timezone)
    wall = datetime.combine(local_date, wall_time(local_time), tz)
    moment = wall.astimezone(UTC)
    if moment.astimezone(tz).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return moment
    return _end_of_gap(moment, tz)


@lru_cache(maxsize=4096)  # those who are due together are due together the next time too
def next_occurrence(
    days: str,
    local_time: str,
    timezone: str,
    after: datetime,
    every_days: int | None = None,
    starts_on: date | None = None,
) -> Occurrence:
    """The first occurrence strictly after a moment.

    `days` holds ISO weekday digits, at least one; with `every_days` they do not count, but every so many local days
    from `starts_on` on.
    """
    day = after.astimezone(zone(timezone)).date() - DAY
    for _ in range(LOOK_AHEAD):
        day = _due_day(day, days, every_days, starts_on, 1)
        due_at = moment_of(day, local_time, timezone)
        if due_at > after:
            return Occurrence(day, due_at)
        day += DAY
    raise ValueError(f"nothing due on {days!r}")


def latest_occurrence(
    days: str,
    local_time: str,
    timezone: str,
    until: datetime,
    every_days: int | None = None,
    starts_on: date | None = None,
) -> Occurrence:
    """The last occurrence at or before a moment: after downtime the one that still makes sense to ask about."""
    day = until.astimezone(zone(timezone)).date() + DAY
    for _ in range(LOOK_AHEAD):
        day = _due_day(day, days, every_days, starts_on, -1)
        due_at = moment_of(day, local_time, timezone)
        if due_at <= until:
            return Occurrence(day, due_at)
        day -= DAY
    raise ValueError(f"nothing due on {days!r}")


def spread(times: int) -> str:
    """Weekdays for so many times a week (1 to 7), as evenly as a week allows: 3 is Monday, Wednesday, Friday."""
    return _SPREAD[times]


def _due_day(day: date, days: str, every_days: int | None, starts_on: date | None, step: int) -> date:
    """The first due day from this one on, forwards or backwards."""
    if every_days is not None and starts_on is not None:
        past = (day - starts_on).days % every_days
        if step > 0:
            return max(day + DAY * (-past % every_days), starts_on)
        return day - DAY * past
    for _ in range(7):
        if str(day.isoweekday()) in days:
            return day
        day += DAY * step
    raise ValueError(f"no weekday in {days!r}")


def _end_of_gap(skipped: datetime, tz: ZoneInfo) -> datetime:
    # `skipped` was read with the offset before the change and so lies past it: the change is the minute at which the
    # offset turns, and no zone moves its clocks by more than a day.
    low, high = skipped - DAY, skipped + DAY
    before = low.astimezone(tz).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        if middle.astimezone(tz).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(second=0, microsecond=0)
