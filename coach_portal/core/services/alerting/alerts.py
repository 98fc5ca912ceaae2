"""What a human must see now: raising alerts, saying who has one in hand, closing them. Each step is noted."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import Session

from coach_portal.core.models import Alert, Client, Coach, tables
from coach_portal.core.rules.escalation import SOON, URGENT, Step, first_step_at
from coach_portal.core.services import audit

_INSERT = insert(tables.alert).returning(tables.alert.c.id)
_NOTE = insert(tables.alert_step)


def raise_alert(
    connection: Connection, *, kind: str, practice_id: int, client_id: int | None, message_id: int | None, now: datetime
) -> int:
    """Put something before the coach's eyes; answers the alert's id. What is urgent is told them by the next tick."""
    row = {"kind": kind, "practice_id": practice_id, "client_id": client_id, "message_id": message_id}
    timed = {"created_at": now, "told": 0, "next_step_at": first_step_at(kind, now)}
    alert_id = int(connection.execute(_INSERT, {**row, **timed}).scalar_one())
    if kind in URGENT | SOON:
        note(connection, practice_id, alert_id, "raised", now)
    return alert_id


def note(
    database: Connection | Session,
    practice_id: int,
    alert_id: int,
    step: Step,
    now: datetime,
    *,
    who: str | None = None,
    message_id: int | None = None,
    email_id: int | None = None,
) -> None:
    """Write down one step; `who` is a name as the timeline shows it."""
    row = {"practice_id": practice_id, "alert_id": alert_id, "step": step, "at": now}
    database.execute(_NOTE, {**row, "who": who, "message_id": message_id, "email_id": email_id})


def acknowledge(session: Session, alert: Alert, actor: str, name: str, now: datetime) -> bool:
    """Someone has this in hand, and nobody else is told any more; False when it was so already.

    What is urgent about one client is one matter: all of it is in the same hands. `actor` is "coach:3" or
    "second_contact".
    """
    together = (Alert.client_id == alert.client_id) if alert.client_id is not None else (Alert.id == alert.id)
    mine = (Alert.practice_id == alert.practice_id, together, Alert.kind.in_(URGENT) | (Alert.id == alert.id))
    taken = session.scalars(
        update(Alert)
        .where(*mine, Alert.closed_at.is_(None), Alert.acknowledged_at.is_(None))
        .values(acknowledged_at=now, acknowledged_by=actor, next_step_at=None)
        .returning(Alert.id)
    ).all()
    for alert_id in taken:
        note(session, alert.practice_id, alert_id, "acknowledged", now, who=name)
        audit.record(session, alert.practice_id, actor, "acknowledge", f"alert:{alert_id}", now, kind=alert.kind)
    session.refresh(alert)
    return bool(taken)


def close_alert(session: Session, coach: Coach, alert: Alert, now: datetime) -> None:
    """The coach has taken care of this. Closing twice changes nothing."""
    if alert.closed_at is not None:
        return
    alert.closed_at, alert.closed_by, alert.next_step_at = now, coach.id, None
    if alert.kind in URGENT | SOON:
        note(session, alert.practice_id, alert.id, "closed", now, who=coach.name)
    audit.record(session, alert.practice_id, audit.by(coach), "close_alert", f"alert:{alert.id}", now, kind=alert.kind)


def close_alerts_of_kind(session: Session, coach: Coach, client: Client, kinds: Collection[str], now: datetime) -> None:
    """Close all of a client's open alerts of these kinds: the coach let automatic texts go again."""
    open_ones = (Alert.client_id == client.id, Alert.kind.in_(kinds), Alert.closed_at.is_(None))
    for alert in session.scalars(select(Alert).where(*open_ones)).all():
        alert.closed_at, alert.closed_by, alert.next_step_at = now, coach.id, None
        if alert.kind in URGENT | SOON:
            note(session, alert.practice_id, alert.id, "cleared", now, who=coach.name)
