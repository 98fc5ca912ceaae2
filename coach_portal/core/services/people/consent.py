"""Who agreed to what: the append-only ledger, and the state it leaves a client in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from coach_portal.core.models import Consent, tables
from coach_portal.core.rules.ledger import BEGINNING, chained
from coach_portal.core.services.moments.schedules import wake_schedules

_client, _suppression, _head = tables.client, tables.suppression, tables.consent_head

_SET_STATE = update(_client).where(_client.c.id == bindparam("client")).values(consent=bindparam("new_state"))
# Of two YES at once, one is the yes: the other waits for its row and finds nothing to change.
_AGREE = _SET_STATE.where(_client.c.consent != bindparam("new_state"))
_LAST_WORDS = (
    select(Consent.wording, Consent.version)
    .where(Consent.client_id == bindparam("client"), Consent.event == "invited", Consent.purpose == "check_in")
    .where(Consent.channel == "text")
    .order_by(Consent.id.desc())
    .limit(1)
)
_FORGET = delete(_suppression).where(
    _suppression.c.practice_id == bindparam("practice"), _suppression.c.phone == bindparam("phone")
)
REASSIGNED = "reassigned"
"""Why a phone is suppressed that somebody else has now."""
_REASON = (
    update(_suppression)
    .where(_suppression.c.practice_id == bindparam("practice"), _suppression.c.phone == bindparam("its_phone"))
    .values(reason=bindparam("why"))
)
_LAST_GRANTED = (
    select(func.max(Consent.at))
    .where(Consent.client_id == bindparam("client"), Consent.event == "granted")
    .where(Consent.channel == "text")
)
_END_CALLS = (
    update(_client)
    .where(_client.c.id == bindparam("client"), _client.c.calls.in_(("granted", "asked")))
    .values(calls="revoked")
    .returning(_client.c.id)
)
_SUPPRESS = {
    "postgresql": postgresql.insert(_suppression).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(_suppression).on_conflict_do_nothing(),
}

_FIRST_HEAD = {
    "postgresql": postgresql.insert(_head).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(_head).on_conflict_do_nothing(),
}
# Whoever holds this row writes the chain's next line: a chain has one end.
_HOLD_HEAD = select(_head.c.place, _head.c.hash).where(_head.c.practice_id == bindparam("practice")).with_for_update()
_MOVE_HEAD = (
    update(_head)
    .where(_head.c.practice_id == bindparam("practice"))
    .values(place=bindparam("its_place"), hash=bindparam("its_hash"))
)


@dataclass(frozen=True, slots=True)
class Party:
    """The person a line of the ledger is about."""

    practice_id: int
    client_id: int
    phone: str


@dataclass(frozen=True, slots=True)
class Proof:
    """How it was said: `method` is coach, text, call, web or carrier; `sid` the text or call it came in; `wording` what
    they saw or heard."""

    method: str
    wording: str
    version: str
    sid: str | None = None


def invite(connection: Connection, party: Party, proof: Proof, now: datetime) -> None:
    """They are asked to agree to check-ins by text."""
    _write(connection, party, "invited", proof, now)


def grant(connection: Connection, party: Party, sid: str | None, now: datetime, method: str = "text") -> bool:
    """They agree; their own word also lifts an earlier opt-out, and their schedules wake. False if they had agreed."""
    if not connection.execute(_AGREE, {"client": party.client_id, "new_state": "granted"}).rowcount:
        return False
    wording, version = connection.execute(_LAST_WORDS, {"client": party.client_id}).one_or_none() or ("", "")
    lift_suppression(connection, party.practice_id, party.phone)
    _write(connection, party, "granted", Proof(method, wording, version, sid), now)
    wake_schedules(connection, party.client_id, now)
    return True


def decline(connection: Connection, party: Party, proof: Proof, now: datetime) -> None:
    """They say no to the invitation: nothing more is sent."""
    _write(connection, party, "declined", proof, now)


def revoke(connection: Connection, party: Party, proof: Proof, now: datetime) -> None:
    """They opt out of texts and calls alike (R5): from this transaction on nothing is sent, and only their own START
    changes that, which brings no calls back."""
    suppress(connection, party.practice_id, party.phone, proof.method, now)
    _write(connection, party, "revoked", proof, now)
    if connection.execute(_END_CALLS, {"client": party.client_id}).first() is not None:
        write_line(connection, party, "check_in", "revoked", proof, now, channel="call")
    wake_schedules(connection, party.client_id, now)


def agreed_since(connection: Connection, client_id: int, moment: datetime) -> bool:
    """Whether they agreed after this moment: what the carrier says of an older text is out of date then."""
    last = connection.execute(_LAST_GRANTED, {"client": client_id}).scalar_one()
    return last is not None and last > moment


def suppress(connection: Connection, practice_id: int, phone: str, reason: str, now: datetime) -> None:
    """No text from this practice to this phone, whoever's it is."""
    row = {"practice_id": practice_id, "phone": phone, "reason": reason, "at": now}
    connection.execute(_SUPPRESS[connection.dialect.name], row)


def lift_suppression(connection: Connection, practice_id: int, phone: str) -> None:
    """Whoever has this phone said START: texts to it are possible again."""
    connection.execute(_FORGET, {"practice": practice_id, "phone": phone})


def note_reassigned(connection: Connection, practice_id: int, phone: str) -> None:
    """Whoever has this phone is not the client we know it by: not even their START agrees to anything for them."""
    connection.execute(_REASON, {"practice": practice_id, "its_phone": phone, "why": REASSIGNED})


def note_theirs_after_all(connection: Connection, practice_id: int, phone: str) -> None:
    """The coach has made sure that the phone is the client's: still nothing is sent, and their START counts again."""
    connection.execute(_REASON, {"practice": practice_id, "its_phone": phone, "why": "text"})


def is_reassigned(connection: Connection, practice_id: int, phone: str) -> bool:
    """Whether somebody else has this phone now."""
    found = select(_suppression.c.reason).where(_suppression.c.practice_id == practice_id)
    return connection.execute(found.where(_suppression.c.phone == phone)).scalar_one_or_none() == REASSIGNED


def is_suppressed(connection: Connection, practice_id: int, phone: str) -> bool:
    """Whether this phone asked this practice to stop."""
    found = select(func.count()).where(_suppression.c.practice_id == practice_id, _suppression.c.phone == phone)
    return bool(connection.execute(found).scalar_one())


def _write(connection: Connection, party: Party, event: str, proof: Proof, now: datetime) -> None:
    # The client's row before the chain's end, here as in `grant`: two who wait for each other would wait for ever.
    connection.execute(_SET_STATE, {"client": party.client_id, "new_state": event})
    write_line(connection, party, "check_in", event, proof, now)


def write_line(
    connection: Connection, party: Party, purpose: str, event: str, proof: Proof, now: datetime, channel: str = "text"
) -> None:
    """Add a line to the ledger and change nothing else: what is not about check-ins has a purpose of its own."""
    _chain(connection, party.practice_id, [_line(party, purpose, event, proof, now, channel)])


def invited_all(connection: Connection, practice_id: int, asked: Sequence[tuple[Party, Proof]], now: datetime) -> None:
    """These people of one practice are asked to agree to check-ins by text; their rows say so already."""
    _chain(connection, practice_id, [_line(party, "check_in", "invited", proof, now, "text") for party, proof in asked])


def _line(party: Party, purpose: str, event: str, proof: Proof, now: datetime, channel: str) -> dict[str, Any]:
    return {
        "practice_id": party.practice_id,
        "client_id": party.client_id,
        "phone": party.phone,
        "channel": channel,
        "purpose": purpose,
        "event": event,
        "method": proof.method,
        "wording": proof.wording,
        "version": proof.version,
        "message_sid": proof.sid,
        "at": now,
    }


def _chain(connection: Connection, practice_id: int, lines: Sequence[dict[str, Any]]) -> None:
    """Add lines, each tied to the one before it."""
    last, previous = _end_of_chain(connection, practice_id)
    chain = []
    for place, line in enumerate(lines, last + 1):
        previous = chained(previous, {**line, "place": place})
        chain.append({**line, "place": place, "hash": previous})
    if chain:
        connection.execute(insert(Consent), chain)
        end = {"practice": practice_id, "its_place": chain[-1]["place"], "its_hash": previous}
        connection.execute(_MOVE_HEAD, end)


def _end_of_chain(connection: Connection, practice_id: int) -> tuple[int, str]:
    """Place and hash of a practice's last line, held until this transaction ends."""
    held = connection.execute(_HOLD_HEAD, {"practice": practice_id}).one_or_none()
    if held is None:
        first = {"practice_id": practice_id, "place": 0, "hash": BEGINNING}
        connection.execute(_FIRST_HEAD[connection.dialect.name], first)
        held = connection.execute(_HOLD_HEAD, {"practice": practice_id}).one()
    return held.place, held.hash
