"""The one person who sees how a client's week went: asked about, agreed to by both, and ended by any of the three.

The client says yes first, in a text of their own; then the supporter is asked, and nothing is told them before their
own yes. Each step is a line in the ledger of consent.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, literal, select, update
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.errors import Invalid
from coach_portal.core.models import Client, Coach, Supporter, SupporterLine, tables
from coach_portal.core.rules.policies import POLICIES
from coach_portal.core.rules.texts import supporters as wording
from coach_portal.core.rules.texts.supporters import SHARE_VERSION, SUPPORTER_VERSION, Named
from coach_portal.core.services import audit
from coach_portal.core.services.people import consent
from coach_portal.core.services.people.consent import Party, Proof
from coach_portal.core.services.replies.arrival import Arrival
from coach_portal.core.services.sending import outbox

_supporter, _message, _client = tables.supporter, tables.message, tables.client

SHARE, SUPPORTER = "share", "supporter"
"""Purposes in the ledger: the client's agreement that numbers are told, and the supporter's that they are texted."""
SHOWN = 6

_LIVE = select(
    _supporter,
    select(func.max(_message.c.id))
    .where(_message.c.client_id == bindparam("client"), _message.c.direction == literal("out", literal_execute=True))
    .scalar_subquery()
    .label("newest"),
    select(_message.c.body).where(_message.c.id == _supporter.c.ask_id).scalar_subquery().label("asked"),
).where(_supporter.c.client_id == bindparam("client"), _supporter.c.ended_at.is_(None))
_SHARED = update(_supporter).where(_supporter.c.id == bindparam("one")).values(shared_at=bindparam("at"))
_ENDED = (
    update(_supporter)
    .where(_supporter.c.id == bindparam("one"))
    .values(ended_at=bindparam("at"), ended_by=bindparam("by"))
)
_TAKEN = select(_client.c.id).where(
    _client.c.practice_id == bindparam("practice"), _client.c.phone == bindparam("phone")
)
_READ_AS = update(_message).where(_message.c.id == bindparam("message")).values(understanding=bindparam("read"))


def live(session: Session, client: Client) -> Supporter | None:
    """The client's supporter, asked or agreed; None when they have none."""
    return session.scalar(select(Supporter).where(Supporter.client_id == client.id, Supporter.ended_at.is_(None)))


def lines(session: Session, client: Client) -> Sequence[SupporterLine]:
    """The last lines that came for the client, newest first."""
    theirs = select(SupporterLine).where(SupporterLine.client_id == client.id)
    return session.scalars(theirs.order_by(SupporterLine.id.desc()).limit(SHOWN)).all()


def propose(session: Session, coach: Coach, client: Client, data: Mapping[str, Any], now: datetime) -> list[int]:
    """Ask the client whether this person may see their weeks; answers the ids to queue.

    `data`: "name", "phone" (E.164), "locale". Raises Invalid when the client cannot be asked or the number not used.
    """
    if client.consent != POLICIES["by_hand"].consent:
        raise Invalid({"name": f"{client.name} has to agree to texts first."})
    if live(session, client):
        raise Invalid({"name": f"{client.name} has a supporter already. End that first."})
    if _is_no_supporter(session.connection(), client.practice_id, data["phone"]):
        raise Invalid({"phone": "That number cannot be used: it gets texts from you already, or asked for none."})
    body = wording.may_they(_first(client.name), data["name"], client.locale)
    row = outbox.to_client(session, client, "by_hand", body, now)
    ask_id = outbox.plan(session, row)
    given = {name: data[name] for name in ("name", "phone", "locale")}
    asked = Supporter(practice_id=client.practice_id, client_id=client.id, ask_id=ask_id, created_at=now, **given)
    session.add(asked)
    session.flush()
    party = Party(client.practice_id, client.id, client.phone)
    consent.write_line(session.connection(), party, SHARE, "invited", Proof("coach", body, SHARE_VERSION), now)
    audit.record(session, client.practice_id, audit.by(coach), "propose_supporter", f"supporter:{asked.id}", now)
    return [ask_id]


def end(session: Session, coach: Coach, client: Client, now: datetime) -> None:
    """The coach ends it: the supporter gets nothing more."""
    found = live(session, client)
    if found is None:
        return
    found.ended_at, found.ended_by = now, "coach"
    party = Party(client.practice_id, client.id, client.phone)
    consent.write_line(session.connection(), party, SHARE, "revoked", Proof("coach", "", SHARE_VERSION), now)
    audit.record(session, client.practice_id, audit.by(coach), "end_supporter", f"supporter:{found.id}", now)


def hear_client(connection: Connection, arrival: Arrival) -> list[int] | None:
    """What a client's text says about their supporter, done and answered; None where it is about something else."""
    around, locale = arrival.around, arrival.around.situation.locale
    if around.row.consent != "granted" or arrival.understood.risk or arrival.understood.maybe_stop:
        return None
    named, answer = wording.named_in(arrival.text.body, locale), wording.answer_of(arrival.text.body, locale)
    if named is None and answer is None:
        return None
    found = next(iter(bulk.fetch(connection, _LIVE, {"client": around.row.client_id})), None)
    if named is not None:
        answered = _name(connection, arrival, named, found)
    elif found is None or (answer != "end" and (found.shared_at or found.ask_id != found.newest)):
        return None
    else:
        answered = _answer(connection, arrival, found, answer == "yes")
    connection.execute(_READ_AS, {"message": arrival.message_id, "read": {"acts": ["chatter"]}})
    return answered


def _answer(connection: Connection, arrival: Arrival, found: Any, is_yes: bool) -> list[int]:
    """Yes or no to our question, or the end of what was agreed."""
    around, at = arrival.around, arrival.around.now
    proof = Proof("text", found.asked or arrival.text.body, SHARE_VERSION, arrival.text.sid)
    party, locale = _party(arrival), around.situation.locale
    if is_yes:
        connection.execute(_SHARED, {"one": found.id, "at": at})
        consent.write_line(connection, party, SHARE, "granted", proof, at)
        return [*_reply(connection, arrival, wording.shared(found.name, locale)), _invite(connection, arrival, found)]
    connection.execute(_ENDED, {"one": found.id, "at": at, "by": "client"})
    was_agreed = found.shared_at is not None
    consent.write_line(connection, party, SHARE, "revoked" if was_agreed else "declined", proof, at)
    say = wording.no_longer if was_agreed else wording.not_shared
    return _reply(connection, arrival, say(found.name, locale))


def _name(connection: Connection, arrival: Arrival, named: Named, found: Any) -> list[int]:
    """The client names someone: their own text is their agreement."""
    around = arrival.around
    locale, phone = around.situation.locale, _e164(named.phone, around.row.country)
    practice_id = around.row.practice_id
    if not (named.name and phone) or _is_no_supporter(connection, practice_id, phone):
        return _reply(connection, arrival, wording.cannot(locale))
    if found is not None:
        connection.execute(_ENDED, {"one": found.id, "at": around.now, "by": "client"})
    row = {"practice_id": practice_id, "client_id": around.row.client_id, "name": named.name, "phone": phone}
    made = insert(_supporter).values(**row, locale=locale, created_at=around.now, shared_at=around.now)
    supporter = connection.execute(made.returning(_supporter)).one()
    proof = Proof("text", arrival.text.body, SHARE_VERSION, arrival.text.sid)
    consent.write_line(connection, _party(arrival), SHARE, "granted", proof, around.now)
    invited = _invite(connection, arrival, supporter)
    return [*_reply(connection, arrival, wording.shared(named.name, locale)), invited]


def _invite(connection: Connection, arrival: Arrival, supporter: Any) -> int:
    """The first text to the supporter, who has not agreed to anything yet."""
    row, now = arrival.around.row, arrival.around.now
    body = wording.invitation(_first(row.name), supporter.name, row.practice_name, supporter.locale)
    party = Party(row.practice_id, row.client_id, supporter.phone)
    consent.write_line(connection, party, SUPPORTER, "invited", Proof("text", body, SUPPORTER_VERSION), now)
    text = outbox.outgoing(
        kind="supporter_ask",
        practice_id=row.practice_id,
        client_id=None,
        from_phone=arrival.text.to_phone,
        to_phone=supporter.phone,
        body=body,
        now=now,
    )
    return outbox.plan(connection, text)


def _reply(connection: Connection, arrival: Arrival, body: str) -> list[int]:
    return [outbox.plan(connection, arrival.reply("reply", body))]


def _is_no_supporter(connection: Connection, practice_id: int, phone: str) -> bool:
    """A client's own number is read as that client's, and who asked us to stop is not asked again."""
    known = connection.execute(_TAKEN, {"practice": practice_id, "phone": phone}).first() is not None
    return known or consent.is_suppressed(connection, practice_id, phone)


def _e164(written: str, country: str) -> str:
    """The number in full; "" where it cannot be told. North Americans write ten digits."""
    digits = written.lstrip("+")
    if written.startswith("+"):
        return f"+{digits}" if 8 <= len(digits) <= 15 else ""
    if country not in {"US", "CA"}:
        return ""
    local = digits.removeprefix("1") if len(digits) == 11 else digits
    return f"+1{local}" if len(local) == 10 else ""


def _party(arrival: Arrival) -> Party:
    row = arrival.around.row
    return Party(row.practice_id, row.client_id, arrival.text.from_phone)


def _first(name: str) -> str:
    return name.partition(" ")[0]
