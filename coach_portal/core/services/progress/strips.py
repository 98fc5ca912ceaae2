"""The strips of several clients: all goals of a day together, in one mark."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from coach_portal.core.models import tables
from coach_portal.core.rules import marks
from coach_portal.core.rules.habit.record import strip
from coach_portal.core.rules.marks import Mark
from coach_portal.core.rules.schedule import moment_of
from coach_portal.core.services.progress import habits

_COLUMNS = ("client_id", "id", "cadence", "amount", "direction", "created_at")


def of_clients(session: Session, timezones: Mapping[int, str], days: Sequence[date]) -> dict[int, list[Mark]]:
    """What became of these days, by client, whose zones are given. Goals retired meanwhile count with the others."""
    client, goal = tables.client, tables.goal
    ids = select(client.c.id).where(client.c.id.in_(list(timezones)))
    still = goal.c.retired_at.is_(None) | (goal.c.retired_at >= moment_of(days[0], "00:00", "UTC"))
    goals: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in session.execute(select(*(goal.c[name] for name in _COLUMNS)).where(goal.c.client_id.in_(ids), still)):
        goals[row.client_id].append(row)
    known = habits.read(session, ids, days[0])
    found = {}
    for client_id, timezone in timezones.items():
        told = [strip(known.record(row, timezone), days) for row in goals[client_id]]
        if client_id in known.diary.own:
            told.append(known.diary.own_strip(client_id, days))
        found[client_id] = marks.side_by_side(told, len(days))
    return found
