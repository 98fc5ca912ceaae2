"""Each sending number's lane in the database, which all workers share: one conditional update lets a text go.

The update is `rules.pacing.take` in SQL, so that workers need not wait for each other to read, think and write; a test
holds the two together. Who may not go is put off by the rule itself, with the row locked.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Update, bindparam, case, func, null, or_, select, true, update

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules import pacing
from coach_portal.core.rules.pacing import Lane, Waiting
from coach_portal.core.rules.policies import POLICIES

_number, _practice, _message = tables.sending_number, tables.practice, tables.message

URGENT = frozenset({"safety", "coach_alert"})
"""Kinds that never wait, neither for their turn nor because the number was stopped."""


@dataclass(frozen=True, slots=True)
class Go:
    """The text may go now, from this account at the carrier (None: the installation's)."""

    account_sid: str | None


_ACCOUNT = select(_practice.c.account_sid).where(_practice.c.id == _number.c.practice_id).scalar_subquery()
_INTERVAL = case(
    {name: pacing.interval(name) for name in pacing.CLASSES},
    value=_number.c.sender_class,
    else_=pacing.interval(pacing.SAFEST),
)
_CAP = case({name: line.per_day for name, line in pacing.CLASSES.items()}, value=_number.c.sender_class, else_=null())
_COST: ColumnElement[int] = bindparam("segments") * _INTERVAL
_LEFT = case((_number.c.day == bindparam("today"), _number.c.day_segments), else_=0)
_LANE = (
    select(
        _number.c.sender_class,
        _number.c.free_at,
        _number.c.line_until,
        _number.c.day,
        _number.c.day_segments,
        _number.c.stopped_at,
    )
    .where(_number.c.phone == bindparam("from_phone"))
    .with_for_update()
)
_LINE_UP = update(_number).where(_number.c.phone == bindparam("from_phone")).values(line_until=bindparam("until"))


_NEXT_TURN = select(func.min(_message.c.send_after)).where(
    _message.c.state == "planned", _message.c.reason == "paced", _message.c.send_after > bindparam("now")
)
_WHOSE_TURN = select(_message.c.id).where(
    _message.c.state == "planned", _message.c.reason == "paced", _message.c.send_after <= bindparam("now")
)


@cache
def _take(urgent: bool, waited_for: bool, polite: bool) -> Update:
    now: ColumnElement[int] = bindparam("now")
    fits = or_(_CAP.is_(None), _LEFT + bindparam("segments") <= _CAP)
    open_now = (
        _number.c.stopped_at.is_(None)
        & fits
        & (_number.c.free_at <= now + (pacing.BURST_OF_ANSWERS if waited_for else pacing.BURST))
    )
    if polite:
        open_now &= _number.c.line_until <= now + pacing.BURST
    return (
        update(_number)
        .where(_number.c.phone == bindparam("from_phone"), true() if urgent else open_now)
        .values(
            free_at=case((_number.c.free_at > now, _number.c.free_at), else_=now) + _COST,
            day=bindparam("today"),
            day_segments=_LEFT + bindparam("segments"),
        )
        .returning(_ACCOUNT.label("account_sid"))
    )


def enter(
    connection: Connection,
    from_phone: str,
    kind: str,
    segments: int,
    now: datetime,
    *,
    deadline_at: datetime | None,
    turn_has_come: bool,
) -> Go | Waiting | None:
    """Whether a text may leave its number now; if not, when. None: the number was stopped.

    `turn_has_come` is for one that was put off before: it has waited its turn. One whose turn would come after its
    deadline takes nobody else's place in the line.
    """
    at = {"from_phone": from_phone, "segments": segments, "now": pacing.micros(now), "today": pacing.carriers_date(now)}
    urgent, waited_for = kind in URGENT, _is_waited_for(kind)
    polite = not (urgent or waited_for or turn_has_come)
    let_go = bulk.first(connection, _take(urgent, waited_for, polite), at)
    if let_go is not None:
        return Go(let_go.account_sid)
    row: Any = bulk.first(connection, _LANE, {"from_phone": from_phone})
    if row is None:
        return Go(None)  # none of our numbers: the carrier will say so
    if row.stopped_at is not None:
        return None
    lane, waiting = pacing.put_off(_lane(row), segments, now, waited_for=waited_for)
    if deadline_at is None or waiting.until < pacing.micros(deadline_at):
        bulk.change(connection, _LINE_UP, {"from_phone": from_phone, "until": lane.line_until})
    return waiting


def next_turn(connection: Connection, now: datetime) -> datetime | None:
    """When the next text that was put off has its turn."""
    turn: datetime | None = connection.execute(_NEXT_TURN, {"now": now}).scalar_one()
    return turn


def whose_turn(connection: Connection, now: datetime) -> list[int]:
    """The ids of the texts that were put off and whose turn has come."""
    return list(connection.execute(_WHOSE_TURN, {"now": now}).scalars())


def _lane(row: Any) -> Lane:
    known = row.sender_class if row.sender_class in pacing.CLASSES else pacing.SAFEST
    return Lane(known, row.free_at, row.line_until, row.day, row.day_segments)


def _is_waited_for(kind: str) -> bool:
    """Whether somebody stands waiting for it: an answer to their own text, or what a coach has just written."""
    return kind == "by_hand" or not POLICIES[kind].hours
