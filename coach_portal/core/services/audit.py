"""Who did what to which row, for the practice to look up."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.orm import Session

from coach_portal.core.models import AuditEvent, Coach


def record(
    database: Connection | Session,
    practice_id: int,
    actor: str,
    action: str,
    subject: str,
    now: datetime,
    **detail: Any,
) -> None:
    """Add a line to the trail. Details are ids, counts and codes, never bodies or phone numbers."""
    row = {"actor": actor, "action": action, "subject": subject, "detail": detail}
    database.execute(insert(AuditEvent), {"practice_id": practice_id, "at": now, **row})


def by(coach: Coach) -> str:
    """The actor's name in the trail for a coach."""
    return f"coach:{coach.id}"
