"""Sends coaches what to read before their sessions, at the hour they chose: each session once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import Session as Database

from coach_portal.core import bulk
from coach_portal.core.errors import NotFound
from coach_portal.core.models import Coach, tables
from coach_portal.core.rules.preparation import letter
from coach_portal.core.rules.preparation.timing import AHEAD, due_at
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services.preparing import preparation
from coach_portal.core.services.sending import emails

_appointment, _coach, _client = tables.appointment, tables.coach, tables.client

KIND = "preparation"
_WAITING = (
    select(
        _appointment.c.id, _appointment.c.client_id, _appointment.c.coach_id, _appointment.c.starts_at,
        _coach.c.prepare_at, _coach.c.prepare_hours, _coach.c.timezone,
    )
    .join(_coach, _coach.c.id == _appointment.c.coach_id)
    .join(_client, _client.c.id == _appointment.c.client_id)
    .where(
        _appointment.c.prepared_at.is_(None),
        _appointment.c.cancelled_at.is_(None),
        _appointment.c.starts_at.between(bindparam("now"), bindparam("until")),
        _coach.c.active,
        _coach.c.prepare_at.is_not(None) | _coach.c.prepare_hours.is_not(None),
        _client.c.archived_at.is_(None),
    )
    .order_by(_appointment.c.starts_at, _appointment.c.id)
)  # fmt: skip
# Whoever changes the row goes on: two passes at once write one email.
_CLAIM = (
    update(_appointment)
    .where(_appointment.c.id == bindparam("appointment"), _appointment.c.prepared_at.is_(None))
    .values(prepared_at=bindparam("at"))
    .returning(_appointment.c.id)
)


def coaches_due(connection: Connection, now: datetime) -> list[int]:
    """The coaches who have something to read by now."""
    return sorted({row.coach_id for row in _due(connection, now)})


def plan(session: Database, coach_id: int, public_url: str, now: datetime) -> int:
    """Write to one coach about all that is due, in one email; answers about how many sessions."""
    rows = [row for row in _due(session.connection(), now) if row.coach_id == coach_id]
    mine = [row for row in rows if session.execute(_CLAIM, {"appointment": row.id, "at": now}).first()]
    coach = session.get_one(Coach, coach_id)
    told = [session_told for row in mine if (session_told := _told(session, coach, row, public_url, now))]
    if told:
        emails.plan(
            session,
            practice_id=coach.practice_id,
            kind=KIND,
            to=coach.email,
            subject=letter.subject(told),
            body=letter.body(told),
            now=now,
        )
    return len(told)


def _due(connection: Connection, now: datetime) -> list[Any]:
    rows = bulk.fetch(connection, _WAITING, {"now": now, "until": now + AHEAD})
    return [row for row in rows if _is_due(row, now)]


def _is_due(row: Any, now: datetime) -> bool:
    at = due_at(row.starts_at, row.prepare_at, row.prepare_hours, row.timezone)
    return at is not None and at <= now


def _told(session: Database, coach: Coach, row: Any, public_url: str, now: datetime) -> letter.Session | None:
    try:
        found = preparation.read(session, coach, row.client_id, row.id, now)
    except NotFound:
        return None  # no longer their client
    url = f"{public_url}/clients/{row.client_id}/appointments/{row.id}/preparation"
    return letter.Session(row.starts_at.astimezone(zone(coach.timezone)), found.name, found.report, url)
