"""Coaching sessions: making and calling them off, and reminding the client of those to come."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.errors import Invalid
from coach_portal.core.models import Appointment, Client, Coach, tables
from coach_portal.core.rules import reminders
from coach_portal.core.rules.may_send import decide
from coach_portal.core.rules.schedule import moment_of, zone
from coach_portal.core.rules.texts import check_ins as wording
from coach_portal.core.services import audit
from coach_portal.core.services.moments import wordings
from coach_portal.core.services.moments.facts import COLUMNS, facts_of
from coach_portal.core.services.sending import outbox

_appointment, _client, _practice = tables.appointment, tables.client, tables.practice
_number, _coach = tables.sending_number, tables.coach

FARTHEST = timedelta(days=3 * 366)
_TO_REMIND = (
    _appointment.c.remind_at <= bindparam("now"),
    _appointment.c.reminded_at.is_(None),
    _appointment.c.cancelled_at.is_(None),
)
ANY_TO_REMIND = select(_appointment.c.id).where(*_TO_REMIND).order_by(_appointment.c.remind_at).limit(1)
"""The statement that looks for one reminder that is due; parameter `now`."""
_REMINDERS = (
    select(
        _appointment.c.id,
        _appointment.c.starts_at,
        _appointment.c.place,
        _client.c.id.label("client_id"),
        _client.c.practice_id,
        _client.c.name,
        _client.c.phone,
        _client.c.locale,
        _coach.c.name.label("coach_name"),
        _number.c.phone.label("from_phone"),
        *COLUMNS,
    )
    .join(_client, _client.c.id == _appointment.c.client_id)
    .join(_practice, _practice.c.id == _client.c.practice_id)
    .join(_number, _number.c.id == _client.c.sending_number_id)
    .join(_coach, _coach.c.id == _appointment.c.coach_id)
    .where(*_TO_REMIND)
    .order_by(_appointment.c.remind_at)
    .limit(bindparam("batch"))
    .with_for_update(skip_locked=True, of=_appointment)
)


def add_appointment(
    session: Session, coach: Coach, client: Client, data: Mapping[str, Any], now: datetime
) -> Appointment:
    """Agree a session, or several at the same local time; answers the first. Day and time are on the coach's clock.

    Raises Invalid for one that is not to come.
    """
    every, times = data.get("repeat_weeks") or 0, data.get("times") or 1
    series = secrets.token_hex(8) if every and times > 1 else None
    days = [data["day"] + timedelta(weeks=every) * count for count in range(times if series else 1)]
    made = [_appointment_on(day, coach, client, data, now) for day in days]
    for appointment in made:
        appointment.series = series
    session.add_all(made)
    session.flush()
    for appointment in made:
        _note(session, coach, "add_appointment", appointment, now)
    return made[0]


def move_appointment(
    session: Session, coach: Coach, client: Client, appointment: Appointment, data: Mapping[str, Any], now: datetime
) -> None:
    """Agree another moment, length or place for a session; who was reminded of the old moment is reminded anew."""
    new = _appointment_on(data["day"], coach, client, data, now)
    if new.starts_at != appointment.starts_at:
        appointment.reminded_at = appointment.prepared_at = None
    for name in ("starts_at", "minutes", "place", "remind_hours", "remind_at"):
        setattr(appointment, name, getattr(new, name))
    appointment.sequence, appointment.changed_at = appointment.sequence + 1, now
    _note(session, coach, "move_appointment", appointment, now)


def cancel_appointment(session: Session, coach: Coach, appointment: Appointment, now: datetime) -> None:
    """Call a session off: its reminder does not go."""
    appointment.cancelled_at = now
    _note(session, coach, "cancel_appointment", appointment, now)


def move_reminders(session: Session, client: Client) -> None:
    """Reckon anew when a client who changed zones is reminded."""
    mine = select(Appointment).where(Appointment.client_id == client.id, Appointment.remind_hours.is_not(None))
    for appointment in session.scalars(mine.where(Appointment.reminded_at.is_(None))):
        hours = appointment.remind_hours or 0
        appointment.remind_at = reminders.remind_at(appointment.starts_at, hours, client.timezone)


def plan_reminders(connection: Connection, now: datetime, batch: int = 500) -> list[int]:
    """Plan the reminders that are due, each once; answers the ids of messages to queue. Call until none is due."""
    rows = bulk.fetch(connection, _REMINDERS, {"now": now, "batch": batch})
    bulk.update_rows(connection, _appointment, [{"id": row.id, "reminded_at": now} for row in rows])
    ids = bulk.reserve_ids(connection, tables.message, len(rows))
    own = wordings.of_practices(connection, {row.practice_id for row in rows}) if rows else {}
    messages = [{"id": message_id, **_message(row, own, now)} for row, message_id in zip(rows, ids, strict=True)]
    bulk.insert_rows(connection, tables.message, messages)
    return [message["id"] for message in messages if message["state"] == "planned" and message["send_after"] is None]


def text_of(starts_at: datetime, timezone: str, now: datetime, locale: str, **words: Any) -> str:
    """The reminder of a session as this client reads it: `client`, `coach`, `place`, `variant`."""
    there = zone(timezone)
    today, local = now.astimezone(there).date(), starts_at.astimezone(there).replace(tzinfo=None)
    return wording.reminder(local, today, locale, **words)


def _message(row: Any, own: wordings.Own, now: datetime) -> dict[str, Any]:
    deadline_at = reminders.deadline(row.starts_at)
    decision = decide(facts_of(row, "reminder", deadline_at=deadline_at), now)
    waits = decision.next_at is not None and decision.next_at < deadline_at
    silence = None if decision.allowed or waits or decision.rule == "sender_stopped" else decision.rule
    return outbox.outgoing(
        kind="reminder",
        practice_id=row.practice_id,
        client_id=row.client_id,
        from_phone=row.from_phone,
        to_phone=row.phone,
        body=text_of(
            row.starts_at,
            row.timezone,
            now,
            row.locale,
            client=row.name.partition(" ")[0],
            coach=row.coach_name.partition(" ")[0],
            place=row.place or "",
            variant=row.id,
            own=own.get((row.practice_id, "reminder", row.locale[:2]), ()),
        ),
        now=now,
        deadline_at=deadline_at,
        send_after=decision.next_at if waits else None,
        state="not_sent" if silence else "planned",
        reason=silence,
    )


def _appointment_on(day: date, coach: Coach, client: Client, data: Mapping[str, Any], now: datetime) -> Appointment:
    starts_at = _starts_at(day, data["local_time"], coach.timezone, now)
    hours = data.get("remind_hours") or None
    return Appointment(
        practice_id=client.practice_id,
        client_id=client.id,
        coach_id=coach.id,
        starts_at=starts_at,
        minutes=data["minutes"],
        place=data.get("place"),
        remind_hours=hours,
        remind_at=reminders.remind_at(starts_at, hours, client.timezone) if hours else None,
        changed_at=now,
    )


def _note(session: Session, coach: Coach, act: str, appointment: Appointment, now: datetime) -> None:
    audit.record(session, appointment.practice_id, audit.by(coach), act, f"appointment:{appointment.id}", now)


def _starts_at(day: date, local_time: str, timezone: str, now: datetime) -> datetime:
    if not timedelta(0) <= day - now.date() + timedelta(days=1) <= FARTHEST:
        raise Invalid({"day": "Choose a day to come."})
    starts_at = moment_of(day, local_time, timezone)
    if starts_at <= now:
        raise Invalid({"local_time": "Choose a time to come."})
    return starts_at


def upcoming(session: Session, client: Client, now: datetime) -> Sequence[Appointment]:
    """A client's sessions to come, the next one first."""
    mine = select(Appointment).where(
        Appointment.client_id == client.id, Appointment.starts_at > now, Appointment.cancelled_at.is_(None)
    )
    return session.scalars(mine.order_by(Appointment.starts_at)).all()
