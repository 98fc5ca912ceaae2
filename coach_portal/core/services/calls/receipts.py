"""What the carrier reports of a call. States only move on; who was not reached is called once more, then texted."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from coach_portal.core.models import tables
from coach_portal.core.ports import CarrierCall
from coach_portal.core.rules import rates
from coach_portal.core.rules.voice.call_state import ENDED, UNREACHED, before, from_carrier
from coach_portal.core.services.calls.instead import text_instead
from coach_portal.core.services.practice import money

_message = tables.message

AGAIN_AFTER = timedelta(minutes=20)
"""How long after a busy line or no answer the one more call is placed."""
FIRST_ASKED, ASKED_EVERY, ASKED_FOR = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)
"""When the carrier is asked about a call whose end or price it has not told."""

_ADVANCE = {
    state: update(_message)
    .where(_message.c.id == bindparam("message"), _message.c.state.in_(before(state)))
    .values(
        state=state,
        sid=func.coalesce(bindparam("its_sid"), _message.c.sid),
        error_code=bindparam("code"),
        seconds=func.coalesce(bindparam("its_seconds"), _message.c.seconds),
        answered_by=func.coalesce(bindparam("who"), _message.c.answered_by),
        handed_at=func.coalesce(_message.c.handed_at, bindparam("at", type_=_message.c.handed_at.type)),
        ask_at=func.coalesce(_message.c.ask_at, bindparam("ask_at", type_=_message.c.ask_at.type)),
        **({"settled_at": bindparam("at")} if state in ENDED else {}),
    )
    .returning(_message.c.id)
    for state in ("accepted", "ringing", "in_progress", "completed", "busy", "no_answer", "failed")
}
_WHOLE = select(_message).where(_message.c.id == bindparam("message"))
_OF_THIS_TRY = frozenset(
    {"id", "sid", "reason", "error_code", "claimed_at", "handed_at", "settled_at", "ask_at", "price_micros"}
    | {"answered_by", "seconds"}
)
_ASK_AGAIN = update(_message).where(_message.c.id == bindparam("message")).values(ask_at=bindparam("at"))
_ANSWERED_BY = update(_message).where(_message.c.id == bindparam("message")).values(answered_by=bindparam("who"))


def record_report(connection: Connection, message_id: int, report: CarrierCall, now: datetime) -> list[int]:
    """Take a report in; answers the ids of texts to queue in the call's stead. Late and repeated ones change none."""
    state = from_carrier(report.status)
    if state is None:
        return []
    if not _moved(connection, message_id, state, report, now):
        return []
    if state not in UNREACHED:
        return []
    # The carrier charges for calls that were answered; of others it never names a price.
    money.settle(connection, message_id, 0, rates.CURRENCY, now)
    return _not_reached(connection, message_id, state, now)


def record_failure(connection: Connection, message_id: int, code: str, now: datetime) -> list[int]:
    """The carrier will not place this call; answers the ids of texts to queue in its stead."""
    refused = CarrierCall("", "failed", error_code=code)
    return record_report(connection, message_id, refused, now)


def note_who(connection: Connection, message_id: int, answered_by: str) -> None:
    """Who the carrier thinks has answered."""
    connection.execute(_ANSWERED_BY, {"message": message_id, "who": answered_by})


def note(connection: Connection, call: Any, told: CarrierCall | None, now: datetime) -> list[int]:
    """Take in what the carrier said of a call that was asked about; answers the ids of texts to queue."""
    texts: list[int] = []
    if told is not None:
        texts = record_report(connection, call.id, told, now)
        if told.price_micros is not None:
            money.settle(connection, call.id, told.price_micros, told.currency or "", now)
    stands = connection.execute(_WHOLE, {"message": call.id}).one()
    is_over = (stands.state in ENDED and stands.price_micros is not None) or now - call.handed_at > ASKED_FOR
    connection.execute(_ASK_AGAIN, {"message": call.id, "at": None if is_over else now + ASKED_EVERY})
    return texts


def _moved(connection: Connection, message_id: int, state: str, report: CarrierCall, now: datetime) -> bool:
    values = {
        "message": message_id,
        "its_sid": report.sid or None,
        "code": report.error_code,
        "its_seconds": report.seconds,
        "who": report.answered_by,
        "at": now,
        "ask_at": now + FIRST_ASKED,
    }
    return connection.execute(_ADVANCE[state], values).one_or_none() is not None


def _not_reached(connection: Connection, message_id: int, state: str, now: datetime) -> list[int]:
    """Busy or not answered: once more if there is time for it, else a text. A call that failed would fail again."""
    call = connection.execute(_WHOLE, {"message": message_id}).one()
    at = now + AGAIN_AFTER
    in_time = call.deadline_at is None or at < call.deadline_at
    if state == "failed" or call.retries or not in_time:
        return text_instead(connection, call, now)
    kept = {name: value for name, value in call._mapping.items() if name not in _OF_THIS_TRY}
    again = {"state": "planned", "created_at": now, "queued_at": now, "send_after": at, "retries": 1}
    connection.execute(insert(_message), {**kept, **again})
    return []
