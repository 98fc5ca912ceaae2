"""A practice's events: switched on, numbered, and told in words that JSON has.

An event gets its number when somebody looks, under the lock of the practice's stream, and never when it is written: a
transaction that commits late can so not slip in behind a reader. Numbers only rise; one that is missing was erased.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, func, insert, select, update
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.bulk import among
from coach_portal.core.models import Coach, EventStream, tables
from coach_portal.core.rules import events as rules
from coach_portal.core.services import audit, scope

AT_ONCE = 1000
"""Events that are numbered in one transaction."""

_event, _stream, _delivery, _endpoint = tables.event, tables.event_stream, tables.event_delivery, tables.endpoint
_win, _miss, _goal, _client = tables.win, tables.miss, tables.goal, tables.client
_alert, _reflection, _consent = tables.alert, tables.reflection, tables.consent

_NEW = _event.c.number.is_(None), _event.c.practice_id == bindparam("practice")
_LOCK = select(_stream.c.number).where(_stream.c.practice_id == bindparam("practice")).with_for_update()
_FIRST_NEW = select(_event.c.id, _event.c.kind).where(*_NEW).order_by(_event.c.id).limit(AT_ONCE)
_MOVE_ON = update(_stream).where(_stream.c.practice_id == bindparam("practice")).values(number=bindparam("last"))
_WITH_NEW = select(_event.c.practice_id).where(_event.c.number.is_(None)).distinct().limit(200)
_ANY_NEW = select(exists().where(*_NEW))
_ENDPOINTS = select(_endpoint.c.id, _endpoint.c.kinds, _endpoint.c.disabled_at).where(
    _endpoint.c.practice_id == bindparam("practice"), _endpoint.c.removed_at.is_(None)
)


def _rows(columns: Iterable[Any], source: Any) -> Select[Any]:
    """The rows with some ids, of one practice."""
    named = list(columns)
    table = named[0].table
    its = among(table.c.id, "ids"), table.c.practice_id == bindparam("practice")
    return select(*named).select_from(source).where(*its)


_ABOUT: dict[str, Select[Any]] = {
    "win": _rows(
        (
            _win.c.id, _win.c.goal_id, func.coalesce(_goal.c.title, _win.c.title).label("title"), _win.c.local_date,
            _win.c.amount, _goal.c.unit, _win.c.source, _win.c.message_id, _win.c.recorded_at,
        ),
        _win.outerjoin(_goal, _goal.c.id == _win.c.goal_id),
    ),
    "miss": _rows(
        (_miss.c.id, _miss.c.goal_id, _goal.c.title, _miss.c.local_date, _miss.c.message_id, _miss.c.recorded_at),
        _miss.join(_goal, _goal.c.id == _miss.c.goal_id),
    ),
    "reflection": _rows(
        (
            _reflection.c.id, _reflection.c.question, _reflection.c.body, _reflection.c.local_date,
            _reflection.c.message_id, _reflection.c.recorded_at,
        ),
        _reflection,
    ),
    "alert": _rows(
        (
            _alert.c.id, _alert.c.kind, _alert.c.client_id, _client.c.name.label("client_name"), _alert.c.message_id,
            _alert.c.created_at, _alert.c.acknowledged_at, _alert.c.acknowledged_by, _alert.c.closed_at,
            _alert.c.closed_by,
        ),
        _alert.outerjoin(_client, _client.c.id == _alert.c.client_id),
    ),
    "consent": _rows(
        (
            _consent.c.id, _consent.c.place, _consent.c.at, _consent.c.event, _consent.c.channel, _consent.c.purpose,
            _consent.c.method, _consent.c.phone, _consent.c.wording, _consent.c.version, _consent.c.message_sid,
            _consent.c.hash,
        ),
        _consent,
    ),
    "client": _rows(
        (
            _client.c.id, _client.c.name, _client.c.phone, _client.c.timezone, _client.c.locale, _client.c.country,
            _client.c.consent, _client.c.created_at,
        ),
        _client,
    ),
}  # fmt: skip
"""What an event says of what it is about: the columns that the API's lists give."""

WORDS: Mapping[str, frozenset[str]] = {
    "win": frozenset({"title"}),
    "miss": frozenset({"title"}),
    "reflection": frozenset({"question", "body"}),
    "alert": frozenset({"client_name"}),
    "consent": frozenset({"phone", "wording"}),
    "client": frozenset({"name", "phone"}),
}
"""What of it is words, names and phones, which go only where the owner said so."""


def is_on(session: Session, coach: Coach) -> bool:
    """Whether the practice's events are written down."""
    stream = session.get(EventStream, coach.practice_id)
    return stream is not None and stream.is_on


def switch(session: Session, coach: Coach, now: datetime, *, on: bool) -> None:
    """Write the practice's events down from now on, or no more. Raises NotAllowed."""
    scope.require(coach, "manage_api")
    stream = session.get(EventStream, coach.practice_id)
    if (stream is not None and stream.is_on) == on:
        return
    if stream is None:
        session.execute(insert(_stream), {"practice_id": coach.practice_id, "is_on": on, "number": 0})
    else:
        stream.is_on = on
    action = "switch_events_on" if on else "switch_events_off"
    audit.record(session, coach.practice_id, audit.by(coach), action, f"practice:{coach.practice_id}", now)


def practices_with_new(connection: Connection) -> list[int]:
    """The practices whose newest events have no number yet."""
    return list(connection.execute(_WITH_NEW).scalars())


def has_new(connection: Connection, practice_id: int) -> bool:
    """Whether some of a practice's events have no number yet."""
    return bool(connection.execute(_ANY_NEW, {"practice": practice_id}).scalar_one())


def number_new(connection: Connection, practice_id: int, machine_now: datetime) -> int:
    """Give the practice's new events their numbers, and plan their deliveries; answers how many. Wants a transaction of
    its own: readers wait for it."""
    last = connection.execute(_LOCK, {"practice": practice_id}).scalar_one()
    new = bulk.fetch(connection, _FIRST_NEW, {"practice": practice_id})
    numbered = [{"id": event.id, "number": number} for number, event in enumerate(new, last + 1)]
    bulk.update_rows(connection, _event, numbered)
    connection.execute(_MOVE_ON, {"practice": practice_id, "last": last + len(new)})
    waiting = [
        {
            "practice_id": practice_id,
            "endpoint_id": endpoint.id,
            "event_id": event.id,
            "state": "given_up" if endpoint.disabled_at else "waiting",
            "next_at": machine_now,
            "created_at": machine_now,
        }
        for endpoint in connection.execute(_ENDPOINTS, {"practice": practice_id})
        for event in new
        if not endpoint.kinds or event.kind in endpoint.kinds
    ]
    bulk.insert_rows(connection, _delivery, waiting)
    return len(new)


def after(session: Session, coach: Coach, number: int, limit: int) -> tuple[list[dict[str, Any]], bool]:
    """The events after a number that this coach may see, in order, and whether there are more."""
    rows = select(_event).where(_event.c.practice_id == coach.practice_id, _event.c.number > number)
    if coach.role not in scope.SEES_ALL:
        rows = rows.where(_event.c.client_id.in_(scope.ids_of(coach)))
    found = session.execute(rows.order_by(_event.c.number).limit(limit + 1)).all()
    return tell(session.connection(), coach.practice_id, found[:limit], with_words=True), len(found) > limit


def tell(connection: Connection, practice_id: int, events: Sequence[Any], *, with_words: bool) -> list[dict[str, Any]]:
    """Events as JSON has them. `data` is what each is about as it is now; null where that is gone."""
    wanted = defaultdict(set)
    for event in events:
        wanted[rules.about(event.kind)].add(event.subject_id)
    known = {
        what: {row.id: row for row in _read(connection, what, practice_id, sorted(ids))} for what, ids in wanted.items()
    }
    return [_told(event, known[rules.about(event.kind)].get(event.subject_id), with_words) for event in events]


def _read(connection: Connection, what: str, practice_id: int, ids: list[int]) -> Sequence[Any]:
    return bulk.fetch(connection, _ABOUT[what], {"ids": ids, "practice": practice_id})


def _told(event: Any, row: Any, with_words: bool) -> dict[str, Any]:
    hidden = frozenset() if with_words else WORDS[rules.about(event.kind)]
    is_gone = row is None or event.kind == "client.erased"
    data = None if is_gone else {name: _plain(value) for name, value in row._asdict().items() if name not in hidden}
    return {
        "id": rules.event_id(event.practice_id, event.number),
        "number": event.number,
        "kind": event.kind,
        "at": event.at.isoformat(),
        "client_id": event.client_id,
        "subject_id": event.subject_id,
        "data": data,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
