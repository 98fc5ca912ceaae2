"""What coach and client agree in a session, written down so that the next preparation begins with it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Appointment, Coach, Commitment
from coach_portal.core.services import audit, scope

LONGEST = 200


def add(
    session: Session,
    coach: Coach,
    client_id: int,
    appointment_id: int,
    body: str,
    goal_id: int | None,
    now: datetime,
) -> Commitment:
    """Write one thing down, about a goal or none. Raises NotFound for what is not theirs, Invalid for no words."""
    appointment = _appointment(session, coach, client_id, appointment_id)
    words = " ".join(body.split())
    if not words or len(words) > LONGEST:
        raise Invalid({"body": f"Write what you agreed, in at most {LONGEST} letters."})
    if goal_id is not None:
        scope.goal_of(session, coach, client_id, goal_id)
    row = Commitment(practice_id=appointment.practice_id, client_id=client_id, appointment_id=appointment.id)
    row.goal_id, row.body, row.created_at = goal_id, words, now
    session.add(row)
    session.flush()
    audit.record(session, row.practice_id, audit.by(coach), "add_commitment", f"commitment:{row.id}", now)
    return row


def remove(
    session: Session, coach: Coach, client_id: int, appointment_id: int, commitment_id: int, now: datetime
) -> Commitment:
    """Take it off the list; answers what it was."""
    appointment = _appointment(session, coach, client_id, appointment_id)
    mine = select(Commitment).where(Commitment.id == commitment_id, Commitment.appointment_id == appointment.id)
    row = session.scalars(mine).one_or_none()
    if row is None:
        raise NotFound("no such agreement")
    session.delete(row)
    audit.record(session, row.practice_id, audit.by(coach), "remove_commitment", f"commitment:{commitment_id}", now)
    return row


def _appointment(session: Session, coach: Coach, client_id: int, appointment_id: int) -> Appointment:
    client = scope.client_of(session, coach, client_id)
    wanted = (Appointment.id == appointment_id, Appointment.client_id == client.id, Appointment.cancelled_at.is_(None))
    found = session.scalars(select(Appointment).where(*wanted)).one_or_none()
    if found is None:
        raise NotFound("no such session")
    return found
