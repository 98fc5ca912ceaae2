"""Goals that steps add, for many clients at once, and when those are asked about them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, func, select

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.texts.programmes import said
from coach_portal.core.services.moments.schedules import is_own_time, next_due
from coach_portal.core.services.programmes.walk import Begun

_goal, _schedule = tables.goal, tables.schedule

_PLACES = (
    select(_goal.c.client_id, func.max(_goal.c.position).label("last"))
    .where(bulk.among(_goal.c.client_id, "clients"))
    .group_by(_goal.c.client_id)
)
_ASKED = (
    select(_schedule.c.id, _schedule.c.client_id, _schedule.c.goal_ids)
    .where(bulk.among(_schedule.c.client_id, "clients"), _schedule.c.kind == "check_in")
    .where(_schedule.c.removed_at.is_(None))
    .order_by(_schedule.c.client_id, _schedule.c.local_time)
)


def goals(connection: Connection, begun: Sequence[Begun], now: datetime) -> None:
    """Add the goals of these steps; each is told its goal's id. Whoever is asked already keeps their time."""
    if not begun:
        return
    clients = {"clients": list({each.walk.row.client_id for each in begun})}
    places = defaultdict(int, {row.client_id: row.last for row in bulk.fetch(connection, _PLACES, clients)})
    rows = []
    for each, goal_id in zip(begun, bulk.reserve_ids(connection, _goal, len(begun)), strict=True):
        each.goal_id = goal_id
        places[each.walk.row.client_id] += 1
        rows.append(_goal_row(each, places[each.walk.row.client_id], now))
    bulk.insert_rows(connection, _goal, rows)
    bulk.insert_rows(connection, tables.audit_event, [_note(each, now) for each in begun])
    _ask(connection, begun, clients, now)


def _goal_row(each: Begun, position: int, now: datetime) -> dict[str, Any]:
    row, step = each.walk.row, each.step
    return {
        "id": each.goal_id,
        "practice_id": row.practice_id,
        "client_id": row.client_id,
        "position": position,
        "title": said(step, "title", row.locale),
        "anchor": said(step, "anchor", row.locale),
        "area": step.area,
        "cadence": step.cadence,
        "amount": step.amount,
        "unit": said(step, "unit", row.locale),
        "direction": step.direction,
        "synonyms": [],
        "created_at": now,
    }


def _note(each: Begun, now: datetime) -> dict[str, Any]:
    row = each.walk.row
    return {
        "practice_id": row.practice_id,
        "at": now,
        "actor": "system",
        "action": "begin_goal",
        "subject": f"goal:{each.goal_id}",
        "detail": {"programme": row.programme_id, "step": each.step.id},
    }


def _ask(connection: Connection, begun: Sequence[Begun], clients: dict[str, list[int]], now: datetime) -> None:
    """See that each goal is asked about: with the others, or, where nothing is asked yet, as its step says."""
    asked = defaultdict(list)
    for schedule in bulk.fetch(connection, _ASKED, clients):
        asked[schedule.client_id].append(schedule)
    joins: dict[int, list[int]] = {}
    new: dict[int, dict[str, Any]] = {}
    for each in begun:
        client_id = each.walk.row.client_id
        theirs = asked[client_id]
        if not theirs and client_id not in new and each.step.ask_at:
            new[client_id] = _schedule_row(each, now)
        elif theirs and all(schedule.goal_ids for schedule in theirs):
            joins.setdefault(theirs[0].id, list(theirs[0].goal_ids)).append(each.goal_id or 0)
    bulk.insert_rows(connection, _schedule, list(new.values()))
    bulk.update_rows(connection, _schedule, [{"id": one, "goal_ids": ids} for one, ids in joins.items()])


def _schedule_row(each: Begun, now: datetime) -> dict[str, Any]:
    row, days, at = each.walk.row, each.step.ask_days, each.step.ask_at
    times = {"days": days, "local_time": at, "every_days": None, "starts_on": None, "asked_on": None}
    return {
        "practice_id": row.practice_id,
        "client_id": row.client_id,
        "kind": "check_in",
        "own_time": is_own_time(row, at, days),
        "channel": "text",
        "on_machine": "text",
        "goal_ids": None,
        "next_due_at": next_due(SimpleNamespace(**times, timezone=row.timezone), now),
        "created_at": now,
        **times,
    }
