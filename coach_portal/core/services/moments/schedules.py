"""When each client is asked: adding, changing and removing schedules, and computing when they are next due."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import CheckInSchedule, Client, Coach, Goal, Practice, tables
from coach_portal.core.rules.schedule import EVERY_DAY, Occurrence, next_occurrence, zone
from coach_portal.core.services import audit

_schedule, _client = tables.schedule, tables.client

# A client has at most one evening question and one weekly reflection; check-ins they may have several of.
_ONE_EACH = frozenset({"wins", "reflection"})
SUNDAY = "7"

_OF_CLIENT = (
    select(
        _schedule.c.id,
        _schedule.c.days,
        _schedule.c.every_days,
        _schedule.c.starts_on,
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
    _set_times(session, schedule, client, data, goal_ids, now)
    session.add(schedule)
    session.flush()
    _make_room(session, client)
    wake_schedules(session.connection(), client.id, now)
    session.refresh(schedule)
    audit.record(session, client.practice_id, audit.by(coach), "set_schedule", f"schedule:{schedule.id}", now)
    return schedule


def edit_schedule(
    session: Session, coach: Coach, schedule: CheckInSchedule, data: Mapping[str, Any], now: datetime
) -> None:
    """Ask at another time, on other days or about other goals. Raises Invalid for goals that are not the client's."""
    client = session.get_one(Client, schedule.client_id)
    _set_times(session, schedule, client, data, _own_goals(session, client, data.get("goal_ids")), now)
    session.flush()
    _make_room(session, client)
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
    occurrence = next_of(row, row.timezone, after)
    while _asked_already(row.asked_on, occurrence.local_date):
        occurrence = next_of(row, row.timezone, occurrence.due_at)
    return occurrence.due_at


def next_of(row: Any, timezone: str, after: datetime) -> Occurrence:
    """The first occurrence of a schedule's row strictly after a moment, where the client is."""
    return next_occurrence(row.days, row.local_time, timezone, after, row.every_days, row.starts_on)


def _asked_already(asked_on: date | None, local_date: date) -> bool:
    return asked_on is not None and local_date <= asked_on


def _only_one(session: Session, client: Client, kind: str) -> CheckInSchedule | None:
    if kind not in _ONE_EACH:
        return None
    mine = select(CheckInSchedule).where(CheckInSchedule.client_id == client.id, CheckInSchedule.kind == kind)
    return session.scalars(mine.where(CheckInSchedule.removed_at.is_(None))).first()


def _set_times(
    session: Session,
    schedule: CheckInSchedule,
    client: Client,
    data: Mapping[str, Any],
    goal_ids: list[int] | None,
    now: datetime,
) -> None:
    schedule.days = data["days"]
    schedule.every_days = data.get("every_days")
    today = now.astimezone(zone(client.timezone)).date()
    schedule.starts_on = data.get("starts_on") or today if schedule.every_days else None
    schedule.local_time = data["local_time"]
    practice = session.get_one(Practice, client.practice_id)
    schedule.own_time = is_own_time(practice, data["local_time"], data["days"], schedule.every_days)
    schedule.channel, schedule.call_at = data.get("channel", "text"), data.get("call_at")
    schedule.on_machine = data.get("on_machine", "text")
    schedule.goal_ids = goal_ids
    schedule.next_due_at = None


def is_own_time(practice: Practice, local_time: str, days: str, every_days: int | None = None) -> bool:
    """Whether a time lies outside the practice's hours on some of its days: it then stands by the client's wish."""
    has_sunday = SUNDAY in days or every_days is not None
    opens = max(practice.texts_from, practice.sunday_from) if has_sunday else practice.texts_from
    return not opens <= local_time < practice.texts_until


def _make_room(session: Session, client: Client) -> None:
    """More times a day than they have questions means that more were agreed."""
    mine = select(CheckInSchedule).where(CheckInSchedule.client_id == client.id, CheckInSchedule.removed_at.is_(None))
    asked = [schedule for schedule in session.scalars(mine) if schedule.kind != "reflection"]
    times = [
        len({schedule.local_time for schedule in asked if day in schedule.days or schedule.every_days})
        for day in EVERY_DAY
    ]
    client.touches_per_day = max(client.touches_per_day, *times)


def _own_goals(session: Session, client: Client, wanted: list[int] | None) -> list[int] | None:
    if not wanted:
        return None
    mine = select(Goal.id).where(Goal.client_id == client.id, Goal.retired_at.is_(None))
    strangers = set(wanted) - set(session.scalars(mine))
    if strangers:
        raise Invalid({"goals": f"{client.name} has no active goal with the id {min(strangers)}."})
    return list(wanted)
