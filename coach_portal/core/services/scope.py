"""Who sees whom. Every query about clients goes through here: a stranger gets what a missing row gets.

Owner and assistant see the practice's clients, a coach their own (rules.roles).
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Boolean, ColumnElement, Select, bindparam, select
from sqlalchemy.orm import Session

from coach_portal.core.errors import NotAllowed, NotFound
from coach_portal.core.models import Alert, Appointment, CheckInSchedule, Client, Coach, Goal, tables
from coach_portal.core.rules import roles

Row = TypeVar("Row")

# Tables, not classes, so that narrowing a plain statement leaves it one: rows of classes cost three times as much.
_client, _own = tables.client, tables.coach_client

SEES_ALL = roles.who_may("see_everyone")


def require(coach: Coach, act: roles.Act) -> None:
    """Let only those go on whose role may do this (rules.roles). Raises NotAllowed."""
    if not roles.may(coach.role, act):
        raise NotAllowed(f"{act}: not for this role")


def visible(coach: Coach) -> ColumnElement[bool]:
    """The condition that a client's row must meet to be shown to this coach."""
    here = _client.c.practice_id == coach.practice_id
    if coach.role in SEES_ALL:
        return here
    own = select(_own.c.client_id).where(_own.c.coach_id == coach.id)
    return here & _client.c.id.in_(own)


VISIBLE: ColumnElement[bool] = (_client.c.practice_id == bindparam("practice")) & (
    bindparam("sees_all", type_=Boolean())
    | _client.c.id.in_(select(_own.c.client_id).where(_own.c.coach_id == bindparam("me")))
)
"""The same condition for statements that are built once; `who` gives its values."""


def who(coach: Coach) -> dict[str, Any]:
    """Who is asking, as VISIBLE wants it."""
    return {"practice": coach.practice_id, "sees_all": coach.role in SEES_ALL, "me": coach.id}


def clients_of(coach: Coach) -> Select[Client]:
    """The clients this coach may see."""
    return select(Client).where(visible(coach))


def ids_of(coach: Coach) -> Select[int]:
    """Their ids, to narrow other tables by."""
    return select(_client.c.id).where(visible(coach))


def client_of(session: Session, coach: Coach, client_id: int) -> Client:
    """One client, or NotFound."""
    return _one(session.scalar(clients_of(coach).where(Client.id == client_id)))


def theirs(session: Session, coach: Coach, client_ids: Sequence[int]) -> list[int]:
    """These ids, each once, if all are of clients whom this coach may see. Raises NotFound."""
    wanted = list(dict.fromkeys(client_ids))
    mine = ids_of(coach).where(_client.c.id.in_(wanted))
    if len(set(session.scalars(mine))) != len(wanted):
        raise NotFound("no such client, or not yours")
    return wanted


def goal_of(session: Session, coach: Coach, client_id: int, goal_id: int) -> tuple[Client, Goal]:
    """One goal of one client, or NotFound."""
    client = client_of(session, coach, client_id)
    return client, _one(session.scalar(select(Goal).where(Goal.id == goal_id, Goal.client_id == client.id)))


def schedule_of(session: Session, coach: Coach, client_id: int, schedule_id: int) -> tuple[Client, CheckInSchedule]:
    """One schedule of one client, or NotFound."""
    client = client_of(session, coach, client_id)
    found = select(CheckInSchedule).where(CheckInSchedule.id == schedule_id, CheckInSchedule.client_id == client.id)
    found = found.where(CheckInSchedule.removed_at.is_(None))
    return client, _one(session.scalar(found))


def appointment_of(session: Session, coach: Coach, client_id: int, appointment_id: int) -> tuple[Client, Appointment]:
    """One session of one client, or NotFound."""
    client = client_of(session, coach, client_id)
    found = select(Appointment).where(Appointment.id == appointment_id, Appointment.client_id == client.id)
    return client, _one(session.scalar(found.where(Appointment.cancelled_at.is_(None))))


def alert_of(session: Session, coach: Coach, alert_id: int) -> Alert:
    """One alert about a client this coach may see, or NotFound. One about nobody we know is the owner's."""
    about: ColumnElement[bool] = Alert.client_id.in_(ids_of(coach))
    if coach.role in SEES_ALL:
        about = about | Alert.client_id.is_(None)
    return _one(
        session.scalar(select(Alert).where(Alert.id == alert_id, Alert.practice_id == coach.practice_id, about))
    )


def _one(row: Row | None) -> Row:
    if row is None:
        raise NotFound("no such row, or not yours")
    return row
