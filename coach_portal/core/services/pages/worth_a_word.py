"""Wins of the last day that are worth a word, in the clients' own words, one for each: three statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.models import Coach, tables
from coach_portal.core.rules.texts.labels import as_done
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.texts.words import GoalWords
from coach_portal.core.rules.worth import RANKS, Worth, worth
from coach_portal.core.services import scope
from coach_portal.core.services.pages import transcript
from coach_portal.core.services.pages.transcript import Piece

LATELY, LOOKED_AT, SHOWN = timedelta(hours=24), 60, 5
WORDS_AT_LEAST = 12
"""A text shorter than this many characters says "done" and little more."""

_win, _goal, _client, _message = tables.win, tables.goal, tables.client, tables.message
_before = tables.win.alias("before")

_FOUND = (
    select(
        _win.c.id,
        _win.c.client_id,
        _win.c.goal_id,
        _win.c.local_date,
        _win.c.amount,
        _win.c.title.label("own"),
        _win.c.recorded_at,
        _client.c.name,
        _client.c.locale,
        _goal.c.title,
        _goal.c.anchor,
        _goal.c.unit,
        _goal.c.direction,
        _message.c.body,
        _message.c.understanding,
    )
    .join(_client, _client.c.id == _win.c.client_id)
    .join(_message, _message.c.id == _win.c.message_id)
    .outerjoin(_goal, _goal.c.id == _win.c.goal_id)
    .where(
        scope.VISIBLE,
        _client.c.archived_at.is_(None),
        _client.c.held_at.is_(None),
        _client.c.consent == "granted",
        _win.c.recorded_at > bindparam("since"),
        _win.c.local_date >= bindparam("first"),
        _win.c.undone_at.is_(None),
        func.length(_message.c.body) >= WORDS_AT_LEAST,
    )
    .order_by(_win.c.id.desc())
    .limit(LOOKED_AT)
)
_OF_GOAL = select(func.max(_before.c.local_date)).where(
    _before.c.goal_id == _goal.c.id, _before.c.undone_at.is_(None), _before.c.recorded_at <= bindparam("since")
)
_MOST = select(func.max(_before.c.amount)).where(
    _before.c.goal_id == _goal.c.id, _before.c.undone_at.is_(None), _before.c.recorded_at <= bindparam("since")
)
_OF_CLIENT = select(func.max(_before.c.local_date)).where(
    _before.c.client_id == _client.c.id, _before.c.undone_at.is_(None), _before.c.recorded_at <= bindparam("since")
)
_GOALS_BEFORE = select(
    _goal.c.id, _OF_GOAL.scalar_subquery().label("last"), _MOST.scalar_subquery().label("most")
).where(bulk.among(_goal.c.id, "goals"))
_CLIENTS_BEFORE = select(_client.c.id, _OF_CLIENT.scalar_subquery().label("last")).where(
    bulk.among(_client.c.id, "clients")
)


@dataclass(frozen=True, slots=True)
class Praise:
    """One win, whose it is, what they said of it, what was done in few words, and what makes it worth a word."""

    client_id: int
    name: str
    locale: str
    at: datetime
    pieces: list[Piece]
    done: str
    worth: Worth
    last: date | None


def read(session: Session, coach: Coach, now: datetime) -> list[Praise]:
    """At most SHOWN of them, one for each client. Words of danger stand in no list."""
    since, connection = now - LATELY, session.connection()
    values = {"since": since, "first": (since - timedelta(days=1)).date(), **scope.who(coach)}
    rows = [row for row in bulk.fetch(connection, _FOUND, values) if not (row.understanding or {}).get("risk")]
    found = _judged(connection, rows, since)
    chosen: dict[int, Praise] = {}
    for one in sorted(found, key=lambda one: RANKS.index(one.worth)):
        chosen.setdefault(one.client_id, one)
    return list(chosen.values())[:SHOWN]


def _judged(connection: Connection, rows: Sequence[Any], since: datetime) -> list[Praise]:
    goals = {"goals": [row.goal_id for row in rows if row.goal_id], "since": since}
    clients = {"clients": [row.client_id for row in rows], "since": since}
    of_goal = {row.id: row for row in bulk.fetch(connection, _GOALS_BEFORE, goals)}
    of_client = {row.id: row.last for row in bulk.fetch(connection, _CLIENTS_BEFORE, clients)}
    return [one for row in rows if (one := _praise(row, of_goal.get(row.goal_id), _day(of_client[row.client_id])))]


def _praise(row: Any, before: Any, last_win: date | None) -> Praise | None:
    found = worth(
        row.local_date,
        row.amount,
        is_own=row.goal_id is None,
        at_most=row.direction == "at_most",
        last_win=last_win,
        last_of_goal=_day(before.last) if before else None,
        most=before.most if before else None,
    )
    if found is None:
        return None
    pieces = transcript.pieces(row.body, row.understanding)
    return Praise(row.client_id, row.name, row.locale, row.recorded_at, pieces, _done(row), found, last_win)


def _done(row: Any) -> str:
    if row.goal_id is None:
        return row.own or "A win of their own"
    words = GoalWords(row.title, row.anchor or "", None, row.unit or "")
    return as_done(words, row.amount, None, language("en"))


def _day(told: Any) -> date | None:
    return date.fromisoformat(told) if isinstance(told, str) else told
