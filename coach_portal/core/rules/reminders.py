"""When a client is reminded of a session: so many hours before, never in the night, never too late to matter."""

from datetime import datetime, time, timedelta

from coach_portal.core.rules.hours import USUAL_FROM, USUAL_SUNDAY_FROM, USUAL_UNTIL, window
from coach_portal.core.rules.schedule import DAY, moment_of, zone

THE_EVENING_BEFORE = "18:00"
USELESS_BEFORE = timedelta(minutes=30)
"""Later than this before a session its reminder helps nobody."""


def remind_at(starts_at: datetime, hours: int, timezone: str) -> datetime:
    """So many hours before; what would fall into the quiet hours goes at six in the evening before them."""
    wanted = starts_at - timedelta(hours=hours)
    if window(timezone, USUAL_FROM, USUAL_UNTIL, USUAL_SUNDAY_FROM).is_open(wanted):
        return wanted
    local = wanted.astimezone(zone(timezone))
    evening = local.date() if local.time() > time.fromisoformat(THE_EVENING_BEFORE) else local.date() - DAY
    return moment_of(evening, THE_EVENING_BEFORE, timezone)


def deadline(starts_at: datetime) -> datetime:
    """Until when a reminder makes sense."""
    return starts_at - USELESS_BEFORE
