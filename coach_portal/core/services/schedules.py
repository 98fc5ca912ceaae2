"""When each client is asked: adding, changing and removing schedules, and computing when they are next due."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import CheckInSchedule, Client, Coach, Goal, tables
from coach_portal.core.rules.schedule import next_occurrence
from coach_portal.core.services import audit

_schedule, _client = tables.schedule, tables.client

# A client has at most one evening question and one weekly reflection; check-ins they may have several of.
_ONE_EACH = frozenset({"wins", "reflection"})

_OF_CLIENT = (
    select(
        _schedule.c.id,
        _schedule.c.days,
        _schedule.c.local_time,
        _schedule.c.asked_on,
        _schedule.c.next_due_at,
        _client.c.timezone,
        _client.c.consent,
        _client.c.archived_at,
    )
    .join(_client, _client.c.id == _schedule.c.client_id)
    .where(_schedule.c.client_id == bindparam("client"), _schedule.c.removed_at.is_(None))
)
_SET_DUE = update(_schedule).where(_schedule.c.id == bindparam("schedule")).values(next_due_at=bindparam("due"))


def add_schedule(
    session: Session, coach: Coach, client: Client, data: Mapping[str, Any], now: datetime
) -> CheckInSchedule:
    """Ask this client at a time. A second evening question or reflection replaces the first.

    Raises Invalid for goals that are not the client's.
    """
    goal_ids = _own_goals(session, client, data.get("goal_ids"))
    existing = _only_one(session, client, data["kind"])
    schedule = existing or CheckInSchedule(
        practice_id=client.practice_id, client_id=client.id, kind=data["kind"], created_at=now
    )
    _set_times(schedule, data, goal_ids)
    session.add(schedule)
    session.flush()
    wake_schedules(session.connection(), client.id, now)
    session.refresh(schedule)
    audit.record(session, client.practice_id, audit.by(coach), "set_schedule", f"schedule:{schedule.id}", now)
    return schedule


def edit_schedule(
    session: Session, coach: Coach, schedule: CheckInSchedule, data: Mapping[str, Any], now: datetime
) -> None:
    """Ask at another time, on other days or about other goals. Raises Invalid for goals that are not the client's."""
    client = session.get_one(Client, schedule.client_id)
    _set_times(schedule, data, _own_goals(session, client, data.get("goal_ids")))
    session.flush()
    wake_schedules(session.connection(), client.id, now)
    session.refresh(schedule)
    audit.record(session, client.practice_id, audit.by(coach), "set_schedule", f"schedule:{schedule.id}", now)


def remove_schedule(session: Session, coach: Coach, schedule: CheckInSchedule, now: datetime) -> None:
    """Ask no more at this time. What was asked before stays on record."""
    audit.record(session, schedule.practice_id, audit.by(coach), "remove_schedule", f"schedule:{schedule.id}", now)
    schedule.removed_at = now
    schedule.next_due_at = None


def schedule_of(session: Session, client: Client, schedule_id: int) -> CheckInSchedule:
    """The client's schedule with this id. Raises NotFound."""
    schedule = session.get(CheckInSchedule, schedule_id)
    if schedule is None or schedule.client_id != client.id or schedule.removed_at is not None:
        raise NotFound("no such schedule")
    return schedule


def wake_schedules(connection: Connection, client_id: int, now: datetime) -> None:
    """Compute when each of a client's schedules is next due: never, unless they agreed and are not archived.

    One that is due already is left for the sweep, which may be a minute or an outage late.
    """
    dues = []
    for row in connection.execute(_OF_CLIENT, {"client": client_id}):
        awake = row.consent == "granted" and row.archived_at is None
        if awake and row.next_due_at is not None and row.next_due_at <= now:
            continue
        dues.append({"schedule": row.id, "due": next_due(row, now) if awake else None})
    if dues:
        connection.execute(_SET_DUE, dues)


def next_due(row: Any, after: datetime) -> datetime:
    """When a schedule (its days, local_time, timezone and asked_on) is due after a moment, in UTC."""
    occurrence = next_occurrence(row.days, row.local_time, row.timezone, after)
    while _asked_already(row.asked_on, occurrence.local_date):
        occurrence = next_occurrence(row.days, row.local_time, row.timezone, occurrence.due_at)
    return occurrence.due_at


def _asked_already(asked_on: date | None, local_date: date) -> bool:
    return asked_on is not None and local_date <= asked_on


def _only_one(session: Session, client: Client, kind: str) -> CheckInSchedule | None:
    if kind not in _ONE_EACH:
        return None
    mine = select(CheckInSchedule).where(CheckInSchedule.client_id == client.id, CheckInSchedule.kind == kind)
    return session.scalars(mine.where(CheckInSchedule.removed_at.is_(None))).first()


def _set_times(schedule: CheckInSchedule, data: Mapping[str, Any], goal_ids: list[int] | None) -> None:
    schedule.days = data["days"]
    schedule.local_time = data["local_time"]
    schedule.channel = data.get("channel", "text")
    schedule.goal_ids = goal_ids
    schedule.next_due_at = None


def _own_goals(session: Session, client: Client, wanted: list[int] | None) -> list[int] | None:
    if not wanted:
        return None
    mine = select(Goal.id).where(Goal.client_id == client.id, Goal.retired_at.is_(None))
    strangers = set(wanted) - set(session.scalars(mine))
    if strangers:
        raise Invalid({"goals": f"{client.name} has no active goal with the id {min(strangers)}."})
    return list(wanted)
