"""Starting clients on a programme, and holding, taking up or ending it for one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import BegunStep, Client, Coach, Enrolment, Message, Programme, tables
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services import audit, scope
from coach_portal.core.services.people.many import LeftOut
from coach_portal.core.services.programmes import library

FARTHEST = timedelta(days=366)


@dataclass(slots=True)
class Started:
    """Who began, by enrolment, and who did not, with the reason."""

    enrolments: list[int] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def start(
    session: Session,
    coach: Coach,
    programme: Programme,
    client_ids: Sequence[int],
    starts_on: date | None,
    now: datetime,
) -> Started:
    """Start these clients, today or on a day to come where each of them is.

    Whoever is in it already, was filed away or opted out is left out. Who has not said YES yet waits for that. Raises
    NotFound for clients who are not the coach's, Invalid for a day that is over, or a programme without steps.
    """
    _refuse(session, programme, starts_on, now)
    ids = scope.theirs(session, coach, client_ids)
    started = Started()
    clients = session.scalars(select(Client).where(Client.id.in_(ids)).order_by(Client.name, Client.id)).all()
    running = select(Enrolment.client_id).where(Enrolment.programme_id == programme.id, Enrolment.ended_at.is_(None))
    already = set(session.scalars(running.where(Enrolment.client_id.in_(ids))))
    begins = []
    for client in clients:
        why = _why_not(client, already)
        if why:
            started.left_out.append(LeftOut(client.id, client.name, why))
        else:
            begins.append(client)
    started.enrolments = bulk.reserve_ids(session.connection(), tables.enrolment, len(begins))
    rows = [
        {"id": enrolment_id, **_row(programme, coach, client, starts_on, now)}
        for enrolment_id, client in zip(started.enrolments, begins, strict=True)
    ]
    bulk.insert_rows(session.connection(), tables.enrolment, rows)
    for client in begins:
        _note(session, coach, "start_programme", client.id, programme.id, now)
    return started


def take_back(session: Session, coach: Coach, enrolment_ids: Sequence[int], now: datetime) -> int:
    """Take back a start, for those for whom nothing has begun; answers how many."""
    mine = select(Enrolment).where(Enrolment.id.in_(enrolment_ids), Enrolment.client_id.in_(scope.ids_of(coach)))
    found = session.scalars(mine.where(Enrolment.last_step_id.is_(None), Enrolment.ended_at.is_(None))).all()
    for enrolment in found:
        _end(enrolment, now)
        _note(session, coach, "stop_programme", enrolment.client_id, enrolment.programme_id, now)
    return len(found)


def enrolment_of(session: Session, coach: Coach, enrolment_id: int) -> Enrolment:
    """One enrolment of a client this coach may see. Raises NotFound."""
    mine = select(Enrolment).where(Enrolment.id == enrolment_id, Enrolment.client_id.in_(scope.ids_of(coach)))
    found = session.scalar(mine)
    if found is None:
        raise NotFound("no such enrolment")
    return found


def pause(session: Session, coach: Coach, enrolment: Enrolment, now: datetime) -> None:
    """Hold it: no step begins, and a text that has not left stays. Goals that have begun are asked about as before."""
    if enrolment.state == "active":
        enrolment.state, enrolment.paused_at, enrolment.due_at = "paused", now, None
        _hold_back(session, enrolment)
        _note(session, coach, "pause_programme", enrolment.client_id, enrolment.programme_id, now)


def resume(session: Session, coach: Coach, enrolment: Enrolment, now: datetime) -> None:
    """Go on where it was; what counts in days moves along, so that nothing missed pours out."""
    if enrolment.state == "paused":
        enrolment.state, enrolment.paused_at, enrolment.due_at = "active", None, now
        _note(session, coach, "resume_programme", enrolment.client_id, enrolment.programme_id, now)


def stop(session: Session, coach: Coach, enrolment: Enrolment, now: datetime) -> None:
    """End it for this client. Goals that it added stay, and what was sent stays on record."""
    if enrolment.ended_at is None:
        _end(enrolment, now)
        _hold_back(session, enrolment)
        _note(session, coach, "stop_programme", enrolment.client_id, enrolment.programme_id, now)


def take_up(session: Session, coach: Coach, enrolment: Enrolment, now: datetime) -> None:
    """Take a stop back. Raises Invalid where they have begun it anew meanwhile."""
    mine = select(Enrolment.id).where(
        Enrolment.client_id == enrolment.client_id,
        Enrolment.programme_id == enrolment.programme_id,
        Enrolment.ended_at.is_(None),
    )
    if session.scalar(mine):
        raise Invalid({"clients": "They are in it already."})
    if enrolment.state == "stopped":
        enrolment.state, enrolment.ended_at, enrolment.due_at = "active", None, now
        _note(session, coach, "resume_programme", enrolment.client_id, enrolment.programme_id, now)


def _refuse(session: Session, programme: Programme, starts_on: date | None, now: datetime) -> None:
    if programme.retired_at is not None:
        raise Invalid({"clients": "This programme was put away. Take it up again first."})
    if not library.steps_of(session, programme):
        raise Invalid({"clients": "It has no steps yet. Add the first one."})
    if starts_on is not None and not timedelta(days=-1) <= starts_on - now.date() <= FARTHEST:
        raise Invalid({"starts_on": "Choose today or a day to come, within a year."})


def _why_not(client: Client, already: set[int]) -> str | None:
    if client.id in already:
        return "already_in"
    if client.archived_at is not None:
        return "archived"
    return "opted_out" if client.consent in {"revoked", "declined"} else None


def _row(
    programme: Programme, coach: Coach, client: Client, starts_on: date | None, now: datetime
) -> dict[str, object]:
    today = now.astimezone(zone(client.timezone)).date()
    begins = max(starts_on or today, today)
    return {
        "practice_id": client.practice_id,
        "client_id": client.id,
        "programme_id": programme.id,
        "coach_id": coach.id,
        "state": "active",
        "starts_on": begins,
        "counts_from": begins,
        "due_at": now,
        "created_at": now,
    }


def _end(enrolment: Enrolment, now: datetime) -> None:
    enrolment.state, enrolment.ended_at, enrolment.due_at = "stopped", now, None


def _hold_back(session: Session, enrolment: Enrolment) -> None:
    """Stop the text of a step that has not left yet."""
    its = select(BegunStep.message_id).where(BegunStep.enrolment_id == enrolment.id)
    stop_it = update(Message).where(Message.id.in_(its), Message.state == "planned")
    session.execute(stop_it.values(state="not_sent", reason="taken_back"))


def _note(session: Session, coach: Coach, action: str, client_id: int, programme_id: int, now: datetime) -> None:
    subject = f"client:{client_id}"
    audit.record(session, coach.practice_id, audit.by(coach), action, subject, now, programme=programme_id)
