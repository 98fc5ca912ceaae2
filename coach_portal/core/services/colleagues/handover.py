"""Clients pass from one coach to another with all that is theirs: history stays, sessions to come and open alerts go
along, and who wants to know is told again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Alert, AnswerCode, Appointment, Client, Coach, CoachClient, Practice
from coach_portal.core.rules.policies import POLICIES
from coach_portal.core.rules.texts.holds import handed_over
from coach_portal.core.services import audit, scope
from coach_portal.core.services.colleagues.people import NO_COACH
from coach_portal.core.services.people.clients import first_name
from coach_portal.core.services.sending import outbox

COACHES = frozenset({"owner", "coach"})
"""Roles that have clients of their own."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Who went over, and the ids of the texts that tell them so."""

    clients: list[int]
    message_ids: list[int]


def successors(session: Session, coach: Coach, but_for: int | None = None) -> Sequence[Coach]:
    """Who may take clients over, by name."""
    here = select(Coach).where(Coach.practice_id == coach.practice_id, Coach.active, Coach.role.in_(COACHES))
    return session.scalars(here.where(Coach.id != but_for if but_for else Coach.id > 0).order_by(Coach.name)).all()


def hand_over(
    session: Session, owner: Coach, client_ids: Sequence[int], to: Coach, now: datetime, *, tell: bool
) -> HandedOver:
    """Give these clients into another coach's care, whoever had them. With `tell` each is told by one text, in their
    language, as far as consent and hours allow. Raises NotAllowed, NotFound, Invalid.
    """
    scope.require(owner, "hand_over")
    wanted = scope.theirs(session, owner, client_ids)
    if to.practice_id != owner.practice_id or not to.active or to.role not in COACHES:
        raise Invalid({"to": "Choose a coach of your practice."})
    moved, message_ids = [], []
    for client_id in wanted:
        client = session.get_one(Client, client_id)
        held = client.held_reason == NO_COACH
        if _coaches_of(session, client_id) == [to.id] and not held:
            continue
        former = pass_on(session, owner, client_id, to, now)
        moved.append(client_id)
        if held:
            client.held_at = client.held_reason = None
        if tell:
            message_ids += _tell(session, client, former, to, now)
    return HandedOver(moved, message_ids)


def preview(session: Session, coach: Coach, client_ids: Sequence[int], to: str) -> str:
    """What the first of these clients would be told of the coach called `to`."""
    client = session.get(Client, client_ids[0]) if client_ids else None
    if client is None:
        return ""
    former = _coaches_of(session, client.id)
    name = session.get_one(Coach, former[0]).name if former else ""
    practice = session.get_one(Practice, coach.practice_id).name
    return handed_over(first_name(client.name), first_name(to), first_name(name), practice, client.locale)


def pass_on(session: Session, actor: Coach, client_id: int, to: Coach, now: datetime) -> str:
    """Move one client with their sessions to come and their open alerts; answers the former coach's name, if any."""
    former = _coaches_of(session, client_id)
    # Who only held the place since somebody left was nobody's coach before.
    stood_in = session.scalar(select(Client.held_reason).where(Client.id == client_id)) == NO_COACH
    name = session.scalar(select(Coach.name).where(Coach.id == former[0])) if former and not stood_in else None
    session.execute(delete(CoachClient).where(CoachClient.client_id == client_id))
    session.execute(insert(CoachClient).values(client_id=client_id, coach_id=to.id))
    _move_appointments(session, Appointment.client_id == client_id, to, now)
    _tell_alerts_anew(session, client_id, to, now)
    # A code in a text on the former coach's phone reaches this client no more.
    codes = update(AnswerCode).where(AnswerCode.client_id == client_id, AnswerCode.coach_id != to.id)
    session.execute(codes.values(good_until=now))
    detail = {"to": to.id, "former": former}
    audit.record(session, actor.practice_id, audit.by(actor), "hand_over", f"client:{client_id}", now, **detail)
    return name or ""


def move_sessions_of(session: Session, who: Coach, to: Coach, now: datetime) -> None:
    """Sessions to come that somebody was to hold are another's."""
    _move_appointments(session, Appointment.coach_id == who.id, to, now)


def _coaches_of(session: Session, client_id: int) -> list[int]:
    theirs = select(CoachClient.coach_id).where(CoachClient.client_id == client_id)
    return list(session.scalars(theirs.order_by(CoachClient.coach_id)))


def _move_appointments(session: Session, which: ColumnElement[bool], to: Coach, now: datetime) -> None:
    """A moved session has another sequence, for calendars, and is prepared anew, for whoever holds it now."""
    to_come = update(Appointment).where(which, Appointment.starts_at > now, Appointment.cancelled_at.is_(None))
    session.execute(
        to_come.where(Appointment.coach_id != to.id).values(
            coach_id=to.id, sequence=Appointment.sequence + 1, changed_at=now, prepared_at=None
        )
    )


def _tell_alerts_anew(session: Session, client_id: int, to: Coach, now: datetime) -> None:
    """What is open about them is told to whoever has them now; what the former coach had in hand is in nobody's."""
    of_theirs = (Alert.client_id == client_id, Alert.closed_at.is_(None))
    in_hand = Alert.acknowledged_by.like("coach:%") & (Alert.acknowledged_by != f"coach:{to.id}")
    session.execute(update(Alert).where(*of_theirs, in_hand).values(acknowledged_at=None, acknowledged_by=None))
    session.execute(update(Alert).where(*of_theirs, Alert.acknowledged_at.is_(None)).values(next_step_at=now))


def _tell(session: Session, client: Client, former: str, to: Coach, now: datetime) -> list[int]:
    """The text; nobody who has not agreed gets one, and the step that sends asks again."""
    if client.consent != POLICIES["by_hand"].consent or client.archived_at is not None:
        return []
    practice = session.get_one(Practice, client.practice_id).name
    body = handed_over(first_name(client.name), first_name(to.name), first_name(former), practice, client.locale)
    return [outbox.plan(session, outbox.to_client(session, client, "by_hand", body, now))]
