"""Pauses and their history: the days on one cost nothing, then and for ever."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.habit.record import Rest
from coach_portal.core.rules.may_send import FOREVER
from coach_portal.core.rules.schedule import zone

_client, _pause = tables.client, tables.pause

Rests = dict[int, list[Rest]]

_SET = update(_client).where(_client.c.id == bindparam("client")).values(paused_until=bindparam("until"))
_OF_CLIENTS = (
    select(_pause.c.client_id, _pause.c.began_at, _pause.c.until_at, _pause.c.ended_at, _client.c.timezone)
    .join(_client, _client.c.id == _pause.c.client_id)
    .where(bulk.among(_pause.c.client_id, "clients"))
    .order_by(_pause.c.id)
)
_BEGIN = insert(_pause)
_END = (
    update(_pause)
    .where(_pause.c.client_id == bindparam("client"), _pause.c.ended_at.is_(None), _pause.c.until_at > bindparam("at"))
    .values(ended_at=bindparam("at"))
)


def begin(connection: Connection, practice_id: int, client_id: int, until: datetime | None, now: datetime) -> None:
    """Hold the check-ins until a moment, or until someone resumes them; a pause that runs is over by it."""
    end_at = until or FOREVER
    connection.execute(_END, {"client": client_id, "at": now})
    row = {"practice_id": practice_id, "client_id": client_id, "began_at": now, "until_at": end_at}
    connection.execute(_BEGIN, row)
    connection.execute(_SET, {"client": client_id, "until": end_at})


def end(connection: Connection, client_id: int, now: datetime) -> None:
    """Take the check-ins up again."""
    connection.execute(_END, {"client": client_id, "at": now})
    connection.execute(_SET, {"client": client_id, "until": None})


def begin_many(connection: Connection, practice_id: int, back: Mapping[int, datetime | None], now: datetime) -> None:
    """Hold the check-ins of several clients, each until their moment."""
    if not back:
        return
    ends = [{"client": client_id, "at": now, "until": until or FOREVER} for client_id, until in back.items()]
    connection.execute(_END, ends)
    rows = [
        {"practice_id": practice_id, "client_id": one["client"], "began_at": now, "until_at": one["until"]}
        for one in ends
    ]
    connection.execute(_BEGIN, rows)
    connection.execute(_SET, ends)


def end_many(connection: Connection, client_ids: Sequence[int], now: datetime) -> None:
    """Take the check-ins of several clients up again."""
    if client_ids:
        ends = [{"client": client_id, "at": now, "until": None} for client_id in client_ids]
        connection.execute(_END, ends)
        connection.execute(_SET, ends)


def read(connection: Connection, client_ids: Sequence[int]) -> Rests:
    """Every pause of these clients by client, in the days of where they are."""
    rests: Rests = defaultdict(list)
    for row in bulk.fetch(connection, _OF_CLIENTS, {"clients": client_ids}):
        rests[row.client_id].append(rest_of(row.began_at, row.ended_at or row.until_at, row.timezone))
    return rests


def rest_of(began_at: datetime, until: datetime, timezone: str) -> Rest:
    """A pause in the days of a place; it is over on the day of `until`."""
    here = zone(timezone)
    back = None if until >= FOREVER else until.astimezone(here).date()
    return Rest(began_at.astimezone(here).date(), back)
