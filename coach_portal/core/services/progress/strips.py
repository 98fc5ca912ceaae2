"""The strips of several clients: all goals of a day together, in one mark."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules import marks
from coach_portal.core.rules.habit.record import strip
from coach_portal.core.rules.marks import Mark
from coach_portal.core.rules.schedule import moment_of
from coach_portal.core.services.progress import habits

_goal = tables.goal
_GOALS = select(
    _goal.c.client_id, _goal.c.id, _goal.c.cadence, _goal.c.amount, _goal.c.direction, _goal.c.created_at
).where(
    bulk.among(_goal.c.client_id, "clients"), _goal.c.retired_at.is_(None) | (_goal.c.retired_at >= bindparam("since"))
)


def of_clients(session: Session, timezones: Mapping[int, str], days: Sequence[date]) -> dict[int, list[Mark]]:
    """What became of these days, by client, whose zones are given. Goals retired meanwhile count with the others."""
    ids, since = list(timezones), moment_of(days[0], "00:00", "UTC")
    goals: defaultdict[int, list[Any]] = defaultdict(list)
    for row in bulk.fetch(session.connection(), _GOALS, {"clients": ids, "since": since}):
        goals[row.client_id].append(row)
    known = habits.read(session, ids, days[0])
    found = {}
    for client_id, timezone in timezones.items():
        told = [strip(known.record(row, timezone), days) for row in goals[client_id]]
        if client_id in known.diary.own:
            told.append(known.diary.own_strip(client_id, days))
        found[client_id] = marks.side_by_side(told, len(days))
    return found
