"""A coach's sessions for their own calendar, behind a private address that they can close."""

import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.errors import NotFound
from coach_portal.core.models import Appointment, Client, Coach
from coach_portal.core.rules.icalendar import Event, calendar
from coach_portal.core.services import audit, scope

LOOKS_BACK = timedelta(days=90)
BYTES = 18
"""144 bits: nobody guesses it."""


def open_feed(session: Session, coach: Coach, now: datetime) -> str:
    """Make the address, in place of any that is open; answers its token."""
    coach.calendar_token = secrets.token_urlsafe(BYTES)
    audit.record(session, coach.practice_id, audit.by(coach), "open_calendar", f"coach:{coach.id}", now)
    return coach.calendar_token


def close_feed(session: Session, coach: Coach, now: datetime) -> None:
    """The address opens nothing from now on."""
    coach.calendar_token = None
    audit.record(session, coach.practice_id, audit.by(coach), "close_calendar", f"coach:{coach.id}", now)


def feed(session: Session, token: str, public_url: str, now: datetime) -> str:
    """The calendar that this token opens, in two statements. Raises NotFound for one that opens none."""
    coach = session.scalars(select(Coach).where(Coach.calendar_token == token, Coach.active)).one_or_none()
    if coach is None:
        raise NotFound("no such calendar")
    rows = (
        select(Appointment, Client)
        .join(Client, Client.id == Appointment.client_id)
        .where(Appointment.coach_id == coach.id, scope.visible(coach), Appointment.starts_at > now - LOOKS_BACK)
        .order_by(Appointment.starts_at, Appointment.id)
    )
    events = [_event(appointment, client, coach, public_url) for appointment, client in session.execute(rows)]
    return calendar("Sessions", coach.timezone, events)


def _event(appointment: Appointment, client: Client, coach: Coach, public_url: str) -> Event:
    address = f"{public_url}/clients/{client.id}/appointments/{appointment.id}/preparation"
    name = client.name if coach.calendar_surnames else client.name.partition(" ")[0]
    return Event(
        uid=f"appointment-{appointment.id}@{urlsplit(public_url).hostname}",
        starts_at=appointment.starts_at,
        minutes=appointment.minutes,
        title=f"Session with {name}",
        changed_at=appointment.cancelled_at or appointment.changed_at or client.created_at,
        sequence=appointment.sequence + (appointment.cancelled_at is not None),
        place=appointment.place or "",
        note=f"What to read before: {address}",
        url=address,
        is_cancelled=appointment.cancelled_at is not None,
    )
