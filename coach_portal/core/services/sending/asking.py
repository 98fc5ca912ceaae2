"""Asking the carrier: what became of texts whose receipt or price is missing (R31), and whether we missed any."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.ports import CarrierText
from coach_portal.core.rules.retrying import next_ask
from coach_portal.core.services.practice import money
from coach_portal.core.services.sending import delivery

_message, _number, _practice, _inbound = tables.message, tables.sending_number, tables.practice, tables.inbound_text

ASKED_AT_ONCE = 100
"""Texts asked about in one pass: some ten seconds at the carrier's usual pace."""
LISTENED_AT_ONCE = 50
"""Numbers looked at in one pass for missed texts, those first that were not looked at for longest."""
LISTEN_EVERY = timedelta(minutes=5)
LEFT_TO_THE_WEBHOOK = timedelta(minutes=2)
"""What came just now may still be on its way, and only the webhook can answer it on the spot."""
OVERLAP = timedelta(minutes=10)
"""How far a look goes back behind the last one: the carrier may list a text late."""

_DUE = (
    select(_message.c.id, _message.c.sid, _message.c.handed_at, _message.c.channel, _practice.c.account_sid)
    .outerjoin(_practice, _practice.c.id == _message.c.practice_id)
    .where(_message.c.ask_at <= bindparam("now"), _message.c.sid.is_not(None))
    .order_by(_message.c.ask_at)
    .limit(ASKED_AT_ONCE)
)
_STANDS = select(_message.c.state, _message.c.price_micros).where(_message.c.id == bindparam("message"))
_ASK_AGAIN = update(_message).where(_message.c.id == bindparam("message")).values(ask_at=bindparam("at"))
_LISTEN = (
    select(_number.c.id, _number.c.phone, _number.c.polled_until, _practice.c.account_sid)
    .join(_practice, _practice.c.id == _number.c.practice_id)
    .where(_number.c.polled_until.is_(None) | (_number.c.polled_until <= bindparam("before")))
    .order_by(_number.c.polled_until.is_not(None), _number.c.polled_until)
    .limit(LISTENED_AT_ONCE)
)
_LISTENED = update(_number).where(_number.c.id == bindparam("number")).values(polled_until=bindparam("until"))
_KNOWN = select(_inbound.c.sid).where(_inbound.c.sid.in_(bindparam("sids", expanding=True)))


def due(connection: Connection, now: datetime) -> Sequence[Any]:
    """What to ask about now: `id`, `sid`, `handed_at`, `channel` and the `account_sid` it left from."""
    return bulk.fetch(connection, _DUE, {"now": now})


def note(connection: Connection, text: Any, told: CarrierText | None, now: datetime) -> None:
    """Take in what the carrier said of a text that was due (None: it knows no such text), and when to ask again."""
    if told is not None:
        delivery.record_report(connection, text.id, told, now)
        if told.price_micros is not None:
            money.settle(connection, text.id, told.price_micros, told.currency or "", now)
    stands = bulk.first(connection, _STANDS, {"message": text.id})
    again = next_ask(stands.state, stands.price_micros is not None, text.handed_at or now, now)
    bulk.change(connection, _ASK_AGAIN, {"message": text.id, "at": again})


def numbers(connection: Connection, now: datetime) -> Sequence[Any]:
    """The numbers to look at for missed texts: `id`, `phone`, `account_sid`, and `since` when (None: from now on)."""
    before = now - LEFT_TO_THE_WEBHOOK - LISTEN_EVERY
    return bulk.fetch(connection, _LISTEN, {"before": before})


def listened(connection: Connection, number_id: int, now: datetime) -> None:
    """Missed texts to this number were looked for, up to what is left to the webhook."""
    bulk.change(connection, _LISTENED, {"number": number_id, "until": now - LEFT_TO_THE_WEBHOOK})


def unheard(connection: Connection, sids: Collection[str]) -> set[str]:
    """Which of these texts never reached us."""
    if not sids:
        return set()
    return set(sids) - set(connection.execute(_KNOWN, {"sids": list(sids)}).scalars())
