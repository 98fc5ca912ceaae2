"""All that a client told us, agreed with us and was sent by us, as plain values for them to take away.

Not in it: the practice's notes, its alerts and its preparations, which are its own; who asks for those asks the coach.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, Table, bindparam, select
from sqlalchemy.orm import Session

from coach_portal.core.models import Client, tables

_CLIENT: BindParameter[int] = bindparam("client")


def _of(table: Table, *names: str, **renamed: ColumnElement[Any]) -> Select[Any]:
    """A client's rows of a table, in the order they were written."""
    columns = [*(table.c[name] for name in names), *(column.label(name) for name, column in renamed.items())]
    return select(*columns).where(table.c.client_id == _CLIENT).order_by(table.c.id)


def _about_goal(table: Table, *names: str) -> Select[Any]:
    """The same with the goal's title beside."""
    goal = tables.goal.c
    joined = table.outerjoin(tables.goal, goal.id == table.c.goal_id)
    return _of(table, *names, goal=goal.title).select_from(joined).where(table.c.undone_at.is_(None))


_PARTS = {
    "consents": _of(tables.consent, "at", "event", "purpose", "method", "wording", "version"),
    "goals": _of(
        tables.goal, "title", "anchor", "area", "cadence", "amount", "unit", "direction", "created_at", "retired_at"
    ),
    "wins": _about_goal(tables.win, "local_date", "title", "amount", "source", "recorded_at"),
    "misses": _about_goal(tables.miss, "local_date", "recorded_at"),
    "reflections": _of(tables.reflection, "local_date", "question", "body"),
    "weeks": _of(tables.digest, "week_start", "question"),
    "texts": _of(tables.message, "created_at", "direction", "body", "state"),
    "sessions": _of(tables.appointment, "starts_at", "minutes", "place", "cancelled_at"),
    "agreed_in_sessions": _of(tables.commitment, "created_at", "body"),
    "pauses": _of(tables.pause, "began_at", "until_at", "ended_at"),
    "asked": _of(tables.schedule, "kind", "days", "every_days", "local_time", "channel", "created_at", "removed_at"),
    "supporters": _of(tables.supporter, "name", "phone", "created_at", "shared_at", "agreed_at", "ended_at"),
}
_YOU = ("name", "phone", "country", "timezone", "locale", "consent", "pace", "texts_from", "texts_until", "created_at")


def read(session: Session, client: Client, now: datetime) -> dict[str, Any]:
    """The file, in a fixed number of statements; days and moments as ISO 8601."""
    told: dict[str, Any] = {"made_at": _plain(now), "you": {name: _plain(getattr(client, name)) for name in _YOU}}
    for part, statement in _PARTS.items():
        rows = session.execute(statement, {"client": client.id}).mappings()
        told[part] = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return told


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
