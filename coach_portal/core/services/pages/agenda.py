"""The sessions to come, day by day on the coach's clock, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.models import Coach, tables
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services import scope

WEEKS = 4
_appointment, _client = tables.appointment, tables.client
_COMING = (
    select(
        _appointment.c.id,
        _appointment.c.client_id,
        _appointment.c.starts_at,
        _appointment.c.minutes,
        _appointment.c.place,
        _appointment.c.series,
        _client.c.name,
        _client.c.timezone,
    )
    .join(_client, _client.c.id == _appointment.c.client_id)
    .where(
        scope.VISIBLE,
        _appointment.c.cancelled_at.is_(None),
        _appointment.c.starts_at >= bindparam("since"),
        _appointment.c.starts_at < bindparam("until"),
    )
    .order_by(_appointment.c.starts_at, _appointment.c.id)
)


@dataclass(frozen=True, slots=True)
class Day:
    """One day with its sessions: rows with id, client_id, starts_at, minutes, place, series, name and timezone."""

    on: date
    sessions: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Agenda:
    """The days that have sessions, from `first` on, for so many weeks."""

    first: date
    days: list[Day]
    weeks: int = WEEKS


def read(session: Session, coach: Coach, first: date) -> Agenda:
    """The sessions of the weeks from a day on, of the clients this coach may see."""
    here = zone(coach.timezone)
    since = datetime(first.year, first.month, first.day, tzinfo=here)
    values = {"since": since, "until": since + timedelta(weeks=WEEKS), **scope.who(coach)}
    rows = bulk.fetch(session.connection(), _COMING, values)
    days = groupby(rows, key=lambda row: row.starts_at.astimezone(here).date())
    return Agenda(first, [Day(on, list(sessions)) for on, sessions in days])
