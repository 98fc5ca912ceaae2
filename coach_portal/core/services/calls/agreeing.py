"""Agreeing to calls: a consent of its own (R1, R18), asked for by text or told to the coach, ended by one key."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Client, Coach, Practice, tables
from coach_portal.core.rules.may_send import CALLS_PER_WEEK
from coach_portal.core.rules.phone import country_of
from coach_portal.core.rules.sms_text import to_gsm
from coach_portal.core.rules.texts.fitting import plain
from coach_portal.core.rules.voice.words import bare, speaking
from coach_portal.core.services import audit
from coach_portal.core.services.people import consent, own_pages
from coach_portal.core.services.people.clients import first_name, party_of
from coach_portal.core.services.people.consent import Party, Proof
from coach_portal.core.services.replies.arrival import Arrival
from coach_portal.core.services.sending import outbox

CALLS_VERSION: Final = "calls-1"
"""Which wording of the question a consent rests on. New words, a new number."""
TOLD_VERSION: Final = "told-coach-1"
PAGE_VERSION: Final = "calls-page-1"
TOLD: Final = "{name} told {coach} in person that automatic check-in calls are welcome on this number."

_client, _message, _consent = tables.client, tables.message, tables.consent
_SET = update(_client).where(_client.c.id == bindparam("client")).values(calls=bindparam("stands"))
_BY = (
    update(tables.schedule)
    .where(tables.schedule.c.client_id == bindparam("client"), tables.schedule.c.removed_at.is_(None))
    .where(tables.schedule.c.kind != "reflection")
    .values(channel=bindparam("way"), call_at=None)
)
_GRANT = _SET.where(_client.c.calls != "granted").returning(_client.c.id)
_STANDS = select(_client.c.calls, _client.c.practice_id, _client.c.phone).where(_client.c.id == bindparam("client"))
_LAST_ASKED = (
    select(_message.c.kind)
    .where(_message.c.client_id == bindparam("client"), _message.c.direction == "out")
    .where(_message.c.state != "not_sent")
    .order_by(_message.c.id.desc())
    .limit(1)
)
_READ_AS = update(_message).where(_message.c.id == bindparam("message")).values(understanding=bindparam("read"))
_WORDS_SEEN = (
    select(_consent.c.wording)
    .where(_consent.c.client_id == bindparam("client"), _consent.c.channel == "call", _consent.c.event == "invited")
    .order_by(_consent.c.id.desc())
    .limit(1)
)


def settle(session: Session, coach: Coach, client: Client, how: str, now: datetime) -> list[int]:
    """Settle calls in one of three ways, "ask", "told" or "end"; answers the ids to queue. Raises Invalid."""
    if how == "ask":
        return ask(session, coach, client, now)
    {"told": told, "end": end}[how](session, coach, client, now)
    return []


def ask(session: Session, coach: Coach, client: Client, now: datetime) -> list[int]:
    """Ask a client by text whether they may be called; answers the ids to queue.

    Raises Invalid where they have not agreed to texts, or have agreed to calls.
    """
    _may_be_agreed(client)
    body = question(client.name, coach.name, session.get_one(Practice, client.practice_id).name, client.locale)
    connection = session.connection()
    party, proof = party_of(client), Proof("coach", body, CALLS_VERSION)
    connection.execute(_SET, {"client": client.id, "stands": "asked"})
    consent.write_line(connection, party, "check_in", "invited", proof, now, channel="call")
    audit.record(session, client.practice_id, audit.by(coach), "ask_calls", f"client:{client.id}", now)
    session.refresh(client)
    return [outbox.plan(session, outbox.to_client(session, client, "call_ask", body, now))]


def told(session: Session, coach: Coach, client: Client, now: datetime) -> None:
    """The client said yes to calls in person; what the coach confirms is written down. Raises Invalid as `ask`."""
    _may_be_agreed(client)
    wording = TOLD.format(name=client.name, coach=coach.name)
    _grant(session.connection(), party_of(client), Proof("coach", wording, TOLD_VERSION), now)
    audit.record(session, client.practice_id, audit.by(coach), "calls_agreed", f"client:{client.id}", now)
    session.refresh(client)


def choose(session: Session, client: Client, wording: str, way: str, now: datetime) -> None:
    """A client chooses on their own page to be asked by "call", having read this, or by "text". Raises Invalid.

    Their check-ins follow; a yes or no to calls is a line of the ledger as ever.
    """
    connection, proof = session.connection(), Proof("web", wording, PAGE_VERSION)
    if way == "call":
        if client.calls != "granted":
            _may_be_agreed(client)
            _grant(connection, party_of(client), proof, now)
    else:
        revoke(connection, client.id, proof, now)
    connection.execute(_BY, {"client": client.id, "way": way})
    audit.record(
        session, client.practice_id, own_pages.by_client(client.id), f"choose_{way}s", f"client:{client.id}", now
    )
    session.refresh(client)


def end(session: Session, coach: Coach, client: Client, now: datetime) -> None:
    """No more calls; texts go on."""
    revoke(session.connection(), client.id, Proof("coach", f"{coach.name} ended the calls.", ""), now)
    audit.record(session, client.practice_id, audit.by(coach), "calls_ended", f"client:{client.id}", now)
    session.refresh(client)


def revoke(connection: Connection, client_id: int, proof: Proof, now: datetime) -> None:
    """They want no more calls; from this transaction on none is placed."""
    row = connection.execute(_STANDS, {"client": client_id}).one()
    if row.calls != "revoked":
        connection.execute(_SET, {"client": client_id, "stands": "revoked"})
        party = Party(row.practice_id, client_id, row.phone)
        consent.write_line(connection, party, "check_in", "revoked", proof, now, channel="call")


def hear(connection: Connection, arrival: Arrival) -> list[int] | None:
    """A text that answers whether they may be called; None where it is about something else."""
    row, locale = arrival.around.row, arrival.around.situation.locale
    if row.calls != "asked" or row.consent != "granted" or arrival.understood.risk or arrival.text.is_call:
        return None
    words, said = speaking(locale), bare(arrival.text.body)
    asked_last = connection.execute(_LAST_ASKED, {"client": row.client_id}).scalar_one_or_none() == "call_ask"
    if said in words.yes or (asked_last and said in words.bare_yes):
        return _answered(connection, arrival, agreed=True)
    if asked_last and said in words.no:
        return _answered(connection, arrival, agreed=False)
    return None


def question(client: str, coach: str, practice: str, locale: str) -> str:
    """The text that asks."""
    names = {"client": plain(first_name(client)), "coach": plain(first_name(coach)), "practice": plain(practice)}
    return to_gsm(speaking(locale).may_we_call.format(**names, per_week=CALLS_PER_WEEK))


def _answered(connection: Connection, arrival: Arrival, *, agreed: bool) -> list[int]:
    around = arrival.around
    words = speaking(around.situation.locale)
    connection.execute(_READ_AS, {"message": arrival.message_id, "read": {"acts": ["calls" if agreed else "no_calls"]}})
    party = Party(around.row.practice_id, around.row.client_id, arrival.text.from_phone)
    seen = connection.execute(_WORDS_SEEN, {"client": party.client_id}).scalar_one_or_none() or ""
    if agreed:
        _grant(connection, party, Proof("text", seen, CALLS_VERSION, arrival.text.sid), around.now)
        body = words.calls_agreed.format(coach=plain(around.coach_name))
    else:
        connection.execute(_SET, {"client": party.client_id, "stands": "declined"})
        proof = Proof("text", arrival.text.body, CALLS_VERSION, arrival.text.sid)
        consent.write_line(connection, party, "check_in", "declined", proof, around.now, channel="call")
        body = words.calls_declined
    return [outbox.plan(connection, arrival.reply("reply", body))]


def _grant(connection: Connection, party: Party, proof: Proof, now: datetime) -> None:
    if connection.execute(_GRANT, {"client": party.client_id, "stands": "granted"}).first() is not None:
        consent.write_line(connection, party, "check_in", "granted", proof, now, channel="call")


def _may_be_agreed(client: Client) -> None:
    name = first_name(client.name)
    if client.consent != "granted":
        raise Invalid({"calls": f"{name} has not agreed to texts, so calls come later."})
    if client.calls == "granted":
        raise Invalid({"calls": f"{name} has agreed to calls already."})
    if country_of(client.phone) is None:
        raise Invalid({"calls": "This number cannot be called."})
