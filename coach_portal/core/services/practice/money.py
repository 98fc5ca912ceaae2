"""What texts cost: lines in the ledger, each month's sum, and the cap on it.

A text is charged by our own table once it has left or come in, and corrected once the carrier has named its price.
Every line is written once, however often it is asked for; the month's sum moves with it in the same transaction.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules import rates
from coach_portal.core.rules.sms_text import segments
from coach_portal.core.services.alerting.alerts import raise_alert

_message, _number, _practice, _client = tables.message, tables.sending_number, tables.practice, tables.client
_charge, _spent, _job = tables.charge, tables.month_spent, tables.job_run

JOB = "money"
"""The job whose row remembers up to which message all have been charged."""
LOOKED_AT = 2000
"""Messages a pass looks at, at most."""

_TO_CHARGE = (
    select(
        _message.c.id,
        _message.c.practice_id,
        _message.c.client_id,
        _message.c.direction,
        _message.c.channel,
        _message.c.seconds,
        _message.c.body,
        _message.c.segments,
        _message.c.created_at,
        _message.c.handed_at,
        _message.c.price_micros,
        _message.c.price_currency,
        _number.c.sender_class,
        func.coalesce(_client.c.country, _practice.c.country).label("country"),
    )
    .join(_practice, _practice.c.id == _message.c.practice_id)
    .outerjoin(_client, _client.c.id == _message.c.client_id)
    .outerjoin(_number, _number.c.phone == _message.c.from_phone)
    .where(bulk.among(_message.c.id, "messages"))
    .where((_message.c.direction == "in") | _message.c.sid.is_not(None))
    # What is said on a call is paid with the call.
    .where((_message.c.channel == "text") | (_message.c.direction == "out"))
    .order_by(_message.c.id)
)
_PRICED = (
    update(_message)
    .where(_message.c.id == bindparam("message"))
    .values(price_micros=bindparam("micros"), price_currency=bindparam("its_currency"))
)
_ESTIMATED = select(_charge.c.micros).where(_charge.c.message_id == bindparam("message"), _charge.c.kind == "estimate")
_REACHED = (
    update(_practice)
    .where(_practice.c.id == bindparam("practice"), _practice.c.budget_spent_at.is_(None))
    .where(_practice.c.monthly_cap_micros <= bindparam("spent"))
    .values(budget_spent_at=bindparam("at"))
    .returning(_practice.c.id)
)
_MONTH_TURNED = (
    update(_practice).where(_practice.c.budget_spent_at < bindparam("first_of_month")).values(budget_spent_at=None)
)
_NEXT = (
    select(_message.c.id, _message.c.created_at)
    .where(_message.c.id > bindparam("after"))
    .order_by(_message.c.id)
    .limit(LOOKED_AT)
)
_BEFORE = select(_job.c.did).where(_job.c.job == JOB)


def _write(dialect: Any) -> Any:
    return (
        dialect.insert(_charge)
        .on_conflict_do_nothing()
        .returning(_charge.c.practice_id, _charge.c.month, _charge.c.micros)
    )


def _add(dialect: Any) -> Any:
    statement = dialect.insert(_spent)
    more = {"micros": _spent.c.micros + statement.excluded.micros}
    return statement.on_conflict_do_update(index_elements=["practice_id", "month"], set_=more).returning(
        _spent.c.micros
    )


_DIALECTS: tuple[tuple[str, Any], ...] = (("postgresql", postgresql), ("sqlite", sqlite))
_WRITE = {name: _write(dialect) for name, dialect in _DIALECTS}
_ADD = {name: _add(dialect) for name, dialect in _DIALECTS}


def month_of(moment: datetime) -> date:
    """The first of the UTC month: the carrier's bill knows no other zone."""
    return moment.astimezone(UTC).date().replace(day=1)


def charge(connection: Connection, message_ids: Sequence[int], now: datetime) -> None:
    """Enter what these messages are thought to cost, as far as they left or came in and are not entered yet."""
    if message_ids:
        rows = bulk.fetch(connection, _TO_CHARGE, {"messages": message_ids})
        _enter(connection, [_estimated(row, now) for row in rows], now)


def settle(connection: Connection, message_id: int, micros: int, currency: str, now: datetime) -> None:
    """The carrier has named its price: correct the ledger by the difference. Another currency than ours is kept as
    it is on the message and corrects nothing."""
    bulk.change(connection, _PRICED, {"message": message_id, "micros": micros, "its_currency": currency})
    charge(connection, [message_id], now)
    estimated = bulk.first(connection, _ESTIMATED, {"message": message_id})
    if estimated is None or estimated.micros == micros or currency != rates.CURRENCY:
        return
    row = bulk.first(connection, _TO_CHARGE, {"messages": [message_id]})
    line = {**_estimated(row, now), "kind": "correction", "segments": 0, "micros": micros - estimated.micros}
    _enter(connection, [line], now)


def catch_up(connection: Connection, now: datetime, settled_before: datetime) -> int:
    """Charge the messages nobody has looked at yet, those of texts that came in among them; answers up to which id.

    Only messages written before `settled_before`: ids may become visible out of order.
    """
    bulk.change(connection, _MONTH_TURNED, {"first_of_month": _first_of(month_of(now))})
    before = [row.did for row in bulk.fetch(connection, _BEFORE, {})]
    after = int(before[0].get("message_id", 0)) if before else 0
    seen = []
    for row in bulk.fetch(connection, _NEXT, {"after": after}):
        if row.created_at >= settled_before:
            break
        seen.append(row.id)
    charge(connection, seen, now)
    return seen[-1] if seen else after


def spent(connection: Connection, practice_id: int, month: date) -> int:
    """What a practice's texts have cost in a month, in millionths of a US dollar."""
    found = select(_spent.c.micros).where(_spent.c.practice_id == practice_id, _spent.c.month == month)
    return connection.execute(found).scalar_one_or_none() or 0


def _estimated(row: Any, now: datetime) -> dict[str, Any]:
    is_call = row.channel == "call"
    weight = 0 if is_call else row.segments or max(segments(row.body).count, 1)
    cost = rates.call(row.country, row.seconds) if is_call else _of_a_text(row, weight)
    return {
        "practice_id": row.practice_id,
        "client_id": row.client_id,
        "message_id": row.id,
        "kind": "estimate",
        "direction": row.direction,
        "segments": weight,
        "micros": cost,
        "currency": rates.CURRENCY,
        "month": month_of(row.handed_at or row.created_at),
        "at": now,
    }


def _of_a_text(row: Any, weight: int) -> int:
    return rates.estimate(row.country, weight, direction=row.direction, sender_class=row.sender_class or "")


def _enter(connection: Connection, lines: Sequence[dict[str, Any]], now: datetime) -> None:
    if not lines:
        return
    sums: dict[tuple[int, date], int] = defaultdict(int)
    for written in connection.execute(_WRITE[connection.dialect.name], lines):
        sums[written.practice_id, written.month] += written.micros
    for (practice_id, month), micros in sorted(sums.items()):
        row = {"practice_id": practice_id, "month": month, "micros": micros}
        total = connection.execute(_ADD[connection.dialect.name], row).scalar_one()
        if month == month_of(now):
            _look_at_the_cap(connection, practice_id, total, now)


def _look_at_the_cap(connection: Connection, practice_id: int, total: int, now: datetime) -> None:
    values = {"practice": practice_id, "spent": total, "at": now}
    if bulk.first(connection, _REACHED, values) is not None:
        raise_alert(connection, kind="budget_spent", practice_id=practice_id, client_id=None, message_id=None, now=now)


def _first_of(month: date) -> datetime:
    return datetime(month.year, month.month, 1, tzinfo=UTC)


def summed(connection: Connection, practice_id: int, month: date) -> int:
    """The same as `spent`, added up from the ledger itself: the two must agree."""
    total = select(func.coalesce(func.sum(_charge.c.micros), 0))
    found = total.where(_charge.c.practice_id == practice_id, _charge.c.month == month)
    return int(connection.execute(found).scalar_one())
