"""When a coach is sent what to read before a session."""

from datetime import datetime, timedelta

from coach_portal.core.rules.schedule import moment_of, zone

AHEAD = timedelta(hours=48)
"""The earliest anybody may choose."""
AT_LEAST = timedelta(hours=1)
"""Whose hour of the day comes after the session has it so long before."""


def due_at(starts_at: datetime, at: str | None, hours: int | None, timezone: str) -> datetime | None:
    """The moment: at a local "HH:MM" on the session's day, or so many hours before it; None for not at all."""
    if at is not None:
        day = starts_at.astimezone(zone(timezone)).date()
        return min(moment_of(day, at, timezone), starts_at - AT_LEAST)
    return None if hours is None else starts_at - timedelta(hours=hours)
