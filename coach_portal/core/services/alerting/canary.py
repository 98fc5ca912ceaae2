"""The canary: a practice of nobody's, to which danger is told every quarter of an hour, to see that a coach is told.

It goes the way of every text, from the webhook to the mail server; only the carrier is left out, which would want to be
paid.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from coach_portal.core.models import Alert, Coach, tables
from coach_portal.core.services.alerting import alerts

EVERY: Final = timedelta(minutes=15)
LOST_AFTER: Final = timedelta(minutes=10)
"""A coach who has not been told by then has not been told."""
PRACTICE: Final = "Canary"
NUMBER: Final = "+15005550006"
"""One of Twilio's magic numbers, which nobody can own."""
PHONES: Final = tuple(f"+1617555{last:04}" for last in range(100, 200))
"""Kept for fiction. Each text comes from the next, since nobody is given the lines to call twice in six hours."""
BODY: Final = "I want to kill myself"
ACTOR: Final = "canary"
"""Who has its alerts in hand; no figure counts them."""

_alert, _step, _email, _number = tables.alert, tables.alert_step, tables.email, tables.sending_number

_OURS = select(_number.c.practice_id).where(_number.c.phone == NUMBER).scalar_subquery()
_LAST = (
    select(_alert.c.id, _alert.c.created_at, _alert.c.closed_at)
    .where(_alert.c.practice_id == _OURS, _alert.c.kind == "risk")
    .order_by(_alert.c.id.desc())
    .limit(1)
)
_TOLD_AT = (
    select(_email.c.settled_at)
    .join(_step, _step.c.email_id == _email.c.id)
    .where(_step.c.step == "coach_email", _email.c.state == "sent")
)


@dataclass(frozen=True, slots=True)
class Flight:
    """The last text about danger: whether it is still on its way, and when the coach was told, if they were."""

    alert_id: int
    began_at: datetime
    in_the_air: bool
    told_at: datetime | None


def last_flight(connection: Connection) -> Flight | None:
    """The last one; None before the first."""
    last = connection.execute(_LAST).one_or_none()
    if last is None:
        return None
    told_at = connection.execute(_TOLD_AT.where(_step.c.alert_id == last.id)).scalars().first()
    return Flight(last.id, last.created_at, last.closed_at is None, told_at)


def is_due(flight: Flight | None, now: datetime) -> bool:
    """Whether it is time for the next."""
    return flight is None or (not flight.in_the_air and now - flight.began_at >= EVERY)


def phone_at(now: datetime) -> str:
    """Whose phone the text comes from that begins now."""
    return PHONES[int(now.timestamp() // EVERY.total_seconds()) % len(PHONES)]


def land(session: Session, flight: Flight, now: datetime) -> None:
    """Close the alert: whatever came of it is known."""
    alert = session.get_one(Alert, flight.alert_id)
    owner = session.scalars(select(Coach).where(Coach.practice_id == alert.practice_id)).one()
    alerts.acknowledge(session, alert, ACTOR, owner.name, now)
    alerts.close_alert(session, owner, alert, now)
