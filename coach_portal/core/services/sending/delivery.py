"""What the carrier reports of a text. States only move forward: late, repeated and unordered reports change nothing."""

import logging
import random
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.ports import CarrierText
from coach_portal.core.rules import carrier_codes
from coach_portal.core.rules.carrier_codes import Remedy
from coach_portal.core.rules.message_state import FAILED, FINAL, before, from_carrier
from coach_portal.core.rules.retrying import FIRST_ASKED, next_try
from coach_portal.core.services.alerting.alerts import raise_alert
from coach_portal.core.services.people import consent
from coach_portal.core.services.practice import numbers

log = logging.getLogger(__name__)

_message, _client = tables.message, tables.client

_ADVANCE = {
    state: update(_message)
    .where(_message.c.id == bindparam("message"), _message.c.state.in_(before(state)))
    .values(
        state=state,
        sid=bindparam("its_sid"),
        error_code=bindparam("code"),
        handed_at=func.coalesce(_message.c.handed_at, bindparam("at", type_=_message.c.handed_at.type)),
        ask_at=func.coalesce(_message.c.ask_at, bindparam("ask_at", type_=_message.c.ask_at.type)),
        **({"settled_at": bindparam("at")} if state in FINAL else {}),
    )
    .returning(_message.c.id)
    for state in ("accepted", "sent", "delivered", "undelivered", "failed")
}
_BY_SID = select(_message.c.id, _message.c.from_phone).where(_message.c.sid == bindparam("its_sid"))
_BY_ID = select(_message.c.id, _message.c.sid, _message.c.from_phone, _message.c.channel, _message.c.direction).where(
    _message.c.id == bindparam("message")
)
_PARTY = (
    select(
        _message.c.kind,
        _message.c.practice_id,
        _message.c.to_phone,
        _message.c.created_at,
        _client.c.id.label("client_id"),
        _client.c.phone,
        _client.c.unreachable_at,
        _client.c.consent,
    )
    .outerjoin(_client, _client.c.id == _message.c.client_id)
    .where(_message.c.id == bindparam("message"))
)
_WHOLE = select(_message).where(_message.c.id == bindparam("message"))
_OF_THIS_TRY = frozenset(
    {"id", "sid", "reason", "error_code", "claimed_at", "handed_at", "settled_at", "ask_at", "price_micros"}
)
_UNREACHABLE = (
    update(_client)
    .where(_client.c.id == bindparam("client"))
    .values(unreachable_at=bindparam("at"), unreachable_code=bindparam("code"))
)


def find(
    connection: Connection, sid: str, message_id: int | None, number: str | None = None, *, channel: str | None = None
) -> int | None:
    """The message a report is about: by the carrier's id, or by ours where the report outran our own record.

    `number` is the only one whose messages the reporter may speak of; None for the installation's own account. With
    `channel` our own id counts only where it is that of something we sent by it.
    """
    found: Any = bulk.first(connection, _BY_SID, {"its_sid": sid})
    if found is None and message_id is not None:
        ours = bulk.first(connection, _BY_ID, {"message": message_id})
        if ours is not None and ours.sid is None and (channel is None or _left_by(ours, channel)):
            found = ours
    if found is None or (number is not None and found.from_phone != number):
        return None
    return int(found.id)


def _left_by(row: Any, channel: str) -> bool:
    return bool(row.channel == channel and row.direction == "out")


def record_report(connection: Connection, message_id: int, report: CarrierText, now: datetime) -> bool:
    """Take a report in; answers whether it changed anything."""
    state = from_carrier(report.status)
    if state is None:
        return False
    values = {
        "message": message_id,
        "its_sid": report.sid,
        "code": report.error_code,
        "at": now,
        "ask_at": now + FIRST_ASKED,
    }
    moved = bulk.first(connection, _ADVANCE[state], values) is not None
    if moved and state in FAILED and report.error_code is not None:
        _draw_consequences(connection, message_id, report.error_code, now)
    return moved


def record_failure(connection: Connection, message_id: int, code: str, now: datetime) -> None:
    """The carrier refused the text for good."""
    values = {"message": message_id, "its_sid": None, "code": code, "at": now, "ask_at": None}
    if bulk.first(connection, _ADVANCE["failed"], values) is not None:
        _draw_consequences(connection, message_id, code, now)


def _draw_consequences(connection: Connection, message_id: int, code: str, now: datetime) -> None:
    remedy = carrier_codes.classify(code).remedy
    if remedy is Remedy.FIX_ACCOUNT:
        # Nothing of this kind leaves until someone who runs the platform has set it right.
        log.error("carrier refuses the account", extra={"message_id": message_id, "code": code})
    elif remedy is Remedy.STOP_SENDER:
        numbers.stop(connection, message_id, code, now)
    elif remedy is Remedy.WAIT:
        _send_anew(connection, message_id, now)
    party = bulk.first(connection, _PARTY, {"message": message_id})
    if party.client_id is None:
        if remedy is Remedy.OPTED_OUT and party.kind == "stranger":
            consent.suppress(connection, party.practice_id, party.to_phone, "carrier", now)
        return
    if remedy is Remedy.OPTED_OUT:
        _opted_out(connection, party, message_id, code, now)
    elif remedy is Remedy.DEAD_NUMBER and party.unreachable_at is None:
        connection.execute(_UNREACHABLE, {"client": party.client_id, "at": now, "code": code})
        _alert(connection, party, "bad_number", message_id, now)
    if party.kind == "safety":
        _alert(connection, party, "not_delivered", message_id, now)


def _opted_out(connection: Connection, party: Any, message_id: int, code: str, now: datetime) -> None:
    """The carrier's list has this number: ours gets it too, unless they began again after the text was written."""
    if party.consent != "revoked" and not consent.agreed_since(connection, party.client_id, party.created_at):
        proof = consent.Proof("carrier", f"Twilio {code}", "")
        consent.revoke(connection, consent.Party(party.practice_id, party.client_id, party.phone), proof, now)
        _alert(connection, party, "opted_out", message_id, now)


def _send_anew(connection: Connection, message_id: int, now: datetime) -> None:
    """Plan once more a text that could not be delivered for now, if there is time; the tick queues it."""
    old = connection.execute(_WHOLE, {"message": message_id}).mappings().one()
    send_after = next_try(old["retries"], now, random.random())  # noqa: S311  it spreads retries, no more
    if send_after is None or (old["deadline_at"] is not None and send_after >= old["deadline_at"]):
        return
    kept = {name: value for name, value in old.items() if name not in _OF_THIS_TRY}
    again = {"state": "planned", "created_at": now, "queued_at": now, "send_after": send_after}
    connection.execute(insert(_message), {**kept, **again, "retries": old["retries"] + 1})


def _alert(connection: Connection, party: Any, kind: str, message_id: int, now: datetime) -> None:
    raise_alert(
        connection,
        kind=kind,
        practice_id=party.practice_id,
        client_id=party.client_id,
        message_id=message_id,
        now=now,
    )
