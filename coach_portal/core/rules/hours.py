"""When texts may go: the hours of the law, the practice and the client, kept in every zone the phone may be in.

Rule numbers are those of docs/messaging-rules.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from coach_portal.core.rules.holidays import is_holiday
from coach_portal.core.rules.schedule import DAY, moment_of, wall_time, zone

# R13: never outside these hours where the recipient is, whatever anyone chooses (47 CFR 64.1200(c)(1)).
LAW_FROM, LAW_UNTIL = "08:00", "21:00"
# R13: what a practice keeps unless it chooses otherwise. "HH:MM" strings order as the times they say.
USUAL_FROM, USUAL_UNTIL, USUAL_SUNDAY_FROM = "09:00", "20:00", "12:00"
# R15: a text that could not leave in time is dropped and shown, never delivered at night.
LONGEST_WAIT = timedelta(hours=4)
SUNDAY = 6
LOOK_AHEAD = 40
"""How many openings are tried before a person's zones are taken never to be open together."""

Hours = tuple[str, str] | None
"""From and until, "HH:MM"; None is a day without."""


@dataclass(frozen=True, slots=True)
class Window:
    """The hours of a week, from Monday, on one zone's clocks. `no_holidays` closes the US federal ones."""

    timezone: str
    week: tuple[Hours, ...]
    no_holidays: bool = False

    def hours_on(self, day: date) -> Hours:
        """The hours of one local day."""
        return None if self.no_holidays and is_holiday(day) else self.week[day.weekday()]

    def is_open(self, moment: datetime) -> bool:
        """Whether the clock there shows a time within the hours."""
        local = moment.astimezone(zone(self.timezone))
        hours = self.hours_on(local.date())
        return hours is not None and wall_time(hours[0]) <= local.time() < wall_time(hours[1])

    def opens(self, after: datetime) -> datetime | None:
        """The first moment at or after this one at which it is open; None if it never is within a fortnight."""
        if self.is_open(after):
            return after
        today = after.astimezone(zone(self.timezone)).date()
        for day in (today + timedelta(days=ahead) for ahead in range(15)):
            hours = self.hours_on(day)
            opening = moment_of(day, hours[0], self.timezone) if hours else after
            if opening > after and self.is_open(opening):
                return opening
        return None

    def closes(self, moment: datetime) -> datetime:
        """When the hours that are running end; call it while it is open."""
        local_date = moment.astimezone(zone(self.timezone)).date()
        hours = self.hours_on(local_date)
        return moment_of(local_date, hours[1], self.timezone) if hours else moment


@lru_cache(maxsize=1024)
def window(timezone: str, opens: str, closes: str, sunday_opens: str) -> Window:
    """The same hours every day but for a later opening on Sundays, cut to the law's."""
    first, last = max(opens, LAW_FROM), min(closes, LAW_UNTIL)
    sunday = max(first, sunday_opens)
    weekday, rest = _hours(first, last), _hours(sunday, last)
    return Window(timezone, tuple(rest if day == SUNDAY else weekday for day in range(7)))


@lru_cache(maxsize=1024)
def law(timezone: str) -> Window:
    """The law's hours in a zone."""
    return window(timezone, LAW_FROM, LAW_UNTIL, LAW_FROM)


def next_open(windows: Sequence[Window], after: datetime) -> datetime | None:
    """The first moment at or after this one at which all are open together; None if there is none in sight."""
    moment = after
    for _ in range(LOOK_AHEAD):
        later = moment
        for each in windows:
            opening = each.opens(moment)
            if opening is None:
                return None
            later = max(later, opening)
        if later == moment:
            return moment
        moment = later
    return None


def next_midnight(timezone: str, after: datetime) -> datetime:
    """When the next local day begins."""
    return moment_of(after.astimezone(zone(timezone)).date() + DAY, "00:00", timezone)


def next_month(after: datetime) -> datetime:
    """When the next month of UTC begins."""
    return datetime(after.year + after.month // 12, after.month % 12 + 1, 1, tzinfo=UTC)


def same_month(one: datetime, other: datetime) -> bool:
    """Whether two moments, both in UTC, lie in one month."""
    return (one.year, one.month) == (other.year, other.month)


@lru_cache(maxsize=4096)
def deadline(due_at: datetime, timezone: str, texts_until: str) -> datetime:
    """When a text due at this moment has lost its sense: at closing time, or after LONGEST_WAIT if that is sooner."""
    local_date = due_at.astimezone(zone(timezone)).date()
    closing = moment_of(local_date, min(texts_until, LAW_UNTIL), timezone)
    return min(due_at + LONGEST_WAIT, closing)


def _hours(opens: str, closes: str) -> Hours:
    return (opens, closes) if opens < closes else None
