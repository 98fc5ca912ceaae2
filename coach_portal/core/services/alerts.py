"""What a human must see now: raising and closing alerts."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, insert, update
from sqlalchemy.orm import Session

from coach_portal.core.models import Alert, Client, Coach, tables
from coach_portal.core.services import audit

_INSERT = insert(tables.alert)


def raise_alert(
    connection: Connection, *, kind: str, practice_id: int, client_id: int | None, message_id: int | None, now: datetime
) -> None:
    """Put something before the coach's eyes."""
    row = {"kind": kind, "practice_id": practice_id, "client_id": client_id, "message_id": message_id}
    connection.execute(_INSERT, {**row, "created_at": now})


def close_alert(session: Session, coach: Coach, alert: Alert, now: datetime) -> None:
    """The coach has this. Closing twice changes nothing."""
    if alert.closed_at is not None:
        return
    alert.closed_at, alert.closed_by = now, coach.id
    audit.record(session, alert.practice_id, audit.by(coach), "close_alert", f"alert:{alert.id}", now, kind=alert.kind)


def close_alerts_of_kind(session: Session, coach: Coach, client: Client, kinds: Collection[str], now: datetime) -> None:
    """Close all of a client's open alerts of these kinds."""
    open_ones = (Alert.client_id == client.id, Alert.kind.in_(kinds), Alert.closed_at.is_(None))
    session.execute(update(Alert).where(*open_ones).values(closed_at=now, closed_by=coach.id))
