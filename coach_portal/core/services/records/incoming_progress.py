"""Goals and past wins from another system, for clients who are here already."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.models import Coach, tables
from coach_portal.core.rules.schedule import moment_of, zone
from coach_portal.core.services import scope

_client, _goal, _win = tables.client, tables.goal, tables.win

IMPORTED = "import"
"""Where such a win came from."""
_NOBODY = "No client of yours has this number: bring the clients in first."
Rows = Sequence[tuple[int, dict[str, Any]]]
Judged = tuple[list[tuple[int, dict[str, Any]]], list[tuple[int, dict[str, str]]]]


def judge_goals(session: Session, coach: Coach, rows: Rows, now: datetime) -> Judged:
    """Tell rows that can be taken from those of unknown clients, and goals the client has already."""
    clients, has = _clients(session, coach), _goals(session, coach)
    active = {key for key, goal in has.items() if goal.retired_at is None}
    good, bad = [], []
    for line, row in rows:
        client = clients.get(row["phone"])
        key = (client.id if client else 0, row["title"].casefold())
        if client is None:
            bad.append((line, {"phone": _NOBODY}))
        elif key in active:
            bad.append((line, {"title": f"{client.name} has this goal already."}))
        elif row["since"] and row["since"] > _today(client, now):
            bad.append((line, {"since": "This day is yet to come."}))
        else:
            active.add(key)
            good.append((line, row))
    return good, bad


def take_goals(session: Session, coach: Coach, rows: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Agree them, each the last of its client's."""
    clients, connection = _clients(session, coach), session.connection()
    last = select(_goal.c.client_id, func.max(_goal.c.position)).group_by(_goal.c.client_id)
    rows_of_practice = last.where(_goal.c.practice_id == coach.practice_id)
    places = {row[0]: row[1] for row in connection.execute(rows_of_practice)}
    made = []
    for row in rows:
        client = clients[row["phone"]]
        places[client.id] = places.get(client.id, 0) + 1
        agreed = {name: row[name] for name in ("title", "anchor", "area", "cadence", "amount", "unit", "direction")}
        since = moment_of(row["since"], "12:00", client.timezone) if row["since"] else now
        begun = {"position": places[client.id], "created_at": min(since, now)}
        made.append({"practice_id": coach.practice_id, "client_id": client.id, **agreed, **begun})
    bulk.insert_rows(connection, _goal, made)


def judge_wins(session: Session, coach: Coach, rows: Rows, now: datetime) -> Judged:
    """Tell rows that can be taken from those of unknown clients and goals, of days to come, and told before."""
    clients, goals, told = _clients(session, coach), _goals(session, coach), _told(session, coach, rows)
    good, bad = [], []
    for line, row in rows:
        client = clients.get(row["phone"])
        goal = goals.get((client.id, row["goal"].casefold())) if client and row["goal"] else None
        wrong = _wrong(client, goal, row, now)
        key = client and (client.id, goal.id if goal else row["title"], row["on"], row["amount"])
        if not wrong and key in told:
            wrong = {"on": "This win is recorded already."}
        if wrong:
            bad.append((line, wrong))
        else:
            told.add(key)
            good.append((line, row))
    return good, bad


def take_wins(session: Session, coach: Coach, rows: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Record them; one that somebody records meanwhile stays one."""
    clients, goals = _clients(session, coach), _goals(session, coach)
    made = []
    for row in rows:
        client = clients[row["phone"]]
        goal = goals[client.id, row["goal"].casefold()] if row["goal"] else None
        what = {"goal_id": goal.id if goal else None, "title": row["title"], "source": IMPORTED}
        when = {"local_date": row["on"], "amount": row["amount"], "recorded_at": now}
        made.append({"practice_id": coach.practice_id, "client_id": client.id, **what, **when})
    bulk.insert_rows(session.connection(), _win, made, once=True)


def _wrong(client: Any, goal: Any, row: Mapping[str, Any], now: datetime) -> dict[str, str]:
    if client is None:
        return {"phone": _NOBODY}
    if row["goal"] and goal is None:
        return {"goal": f"{client.name} has no goal of this name: bring the goals in first, or check its spelling."}
    if row["on"] > _today(client, now):
        return {"on": "This day is yet to come."}
    return {}


def _today(client: Any, now: datetime) -> date:
    return now.astimezone(zone(client.timezone)).date()


def _clients(session: Session, coach: Coach) -> dict[str, Any]:
    """The clients this coach may see, by phone."""
    seen = select(_client.c.id, _client.c.name, _client.c.phone, _client.c.timezone).where(scope.visible(coach))
    return {row.phone: row for row in session.connection().execute(seen)}


def _goals(session: Session, coach: Coach) -> dict[tuple[int, str], Any]:
    """Their goals by client and title; of two of one name the one that is not retired."""
    theirs = select(_goal.c.id, _goal.c.client_id, _goal.c.title, _goal.c.retired_at)
    theirs = theirs.where(_goal.c.practice_id == coach.practice_id).order_by(_goal.c.retired_at.is_(None), _goal.c.id)
    return {(row.client_id, row.title.casefold()): row for row in session.connection().execute(theirs)}


def _told(session: Session, coach: Coach, rows: Rows) -> set[Any]:
    """The wins that stand on the days in question."""
    days = [row["on"] for _, row in rows]
    if not days:
        return set()
    standing = select(_win.c.client_id, _win.c.goal_id, _win.c.title, _win.c.local_date, _win.c.amount).where(
        _win.c.practice_id == coach.practice_id,
        _win.c.undone_at.is_(None),
        _win.c.local_date.between(min(days), max(days) + timedelta(days=1)),
    )
    found = session.connection().execute(standing)
    return {(row.client_id, row.goal_id or row.title, row.local_date, row.amount) for row in found}
