"""The people coached: inviting them, changing what we know of them, and silencing or waking their texts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.errors import Invalid
from coach_portal.core.models import (
    CheckInSchedule,
    Client,
    Coach,
    CoachClient,
    Consent,
    Practice,
    SendingNumber,
    tables,
)
from coach_portal.core.rules.phone import other_zones_of
from coach_portal.core.rules.texts import consents
from coach_portal.core.rules.texts.words import Terms
from coach_portal.core.services import audit
from coach_portal.core.services.alerting.alerts import close_alerts_of_kind
from coach_portal.core.services.moments import pauses
from coach_portal.core.services.moments.schedules import wake_schedules
from coach_portal.core.services.people import consent
from coach_portal.core.services.preparing.appointments import move_reminders
from coach_portal.core.services.sending import outbox

_CHANGEABLE = frozenset({
    "name", "timezone", "locale", "texts_from", "texts_until", "texts_per_day", "texts_per_week",
})  # fmt: skip
MOST_INVITATIONS = 3
"""Whoever does not answer is left in peace: the invitation is the one text to someone who has not agreed."""

# Sunday, six in the evening, where the client is: unless chosen otherwise the week comes back then.
WEEKLY_REFLECTION = {"kind": "reflection", "days": "7", "local_time": "18:00", "channel": "text"}


LOOKED_AT = frozenset({"risk", "not_delivered", "possible_risk", "maybe_stop", "who_is_this"})
"""Kinds of alerts that are closed when a coach has looked and lets texts go again."""


def add_client(session: Session, coach: Coach, data: Mapping[str, Any], now: datetime) -> tuple[Client, list[int]]:
    """Take a client on and ask by text whether they agree; answers the client and the ids of messages to queue.

    Raises Invalid when the phone is another client's or asked this practice to stop.
    """
    practice = session.get_one(Practice, coach.practice_id)
    _refuse_phone(session, practice, data["phone"], but_for=None)
    client = Client(
        id=new_numbers(session.connection(), 1)[0],
        **{key: data[key] for key in ("name", "phone", "timezone", "locale", "country")},
        phone_zones=" ".join(other_zones_of(data["phone"], data["timezone"])),
        practice_id=practice.id,
        sending_number_id=_sending_number(session, practice).id,
        created_at=now,
    )
    session.add(client)
    session.flush()
    session.add(CoachClient(coach_id=coach.id, client_id=client.id))
    session.add(CheckInSchedule(practice_id=practice.id, client_id=client.id, created_at=now, **WEEKLY_REFLECTION))
    session.flush()
    audit.record(session, practice.id, audit.by(coach), "add_client", f"client:{client.id}", now)
    return client, invite(session, coach, client, now)


def new_numbers(connection: Connection, count: int) -> list[int]:
    """Ids for new clients, which nobody had before them, not even someone who was erased: proof goes by them."""
    ids = bulk.reserve_ids(connection, tables.client, count)
    if connection.dialect.name == "postgresql":
        return ids
    proven = select(func.max(tables.consent.c.client_id)), select(func.max(tables.erasure.c.client_id))
    used = max(connection.execute(each).scalar_one() or 0 for each in proven)
    return [one + max(used - ids[0] + 1, 0) for one in ids]


def invite(session: Session, coach: Coach, client: Client, now: datetime) -> list[int]:
    """Ask the client by text whether they agree.

    Raises Invalid when they have agreed, were asked often enough, or said no or opted out: only their START undoes
    that.
    """
    practice = session.get_one(Practice, client.practice_id)
    if client.consent == "granted":
        raise Invalid({"consent": f"{client.name} has already agreed."})
    if client.consent == "declined":
        raise Invalid({"consent": f"{client.name} said no. They can text START to begin."})
    if _times_invited(session, client) >= MOST_INVITATIONS:
        raise Invalid({"consent": f"{client.name} has been asked three times. They can text START to begin."})
    _refuse_phone(session, practice, client.phone, but_for=client.id)
    body = consents.invitation(terms_of(practice, coach, client.country), first_name(client.name), client.locale)
    proof = consent.Proof("coach", body, consents.INVITATION_VERSION)
    consent.invite(session.connection(), party_of(client), proof, now)
    session.refresh(client)
    row = outbox.to_client(session, client, "invitation", body, now)
    audit.record(session, practice.id, audit.by(coach), "invite", f"client:{client.id}", now)
    return [outbox.plan(session, row)]


def edit_client(session: Session, coach: Coach, client: Client, data: Mapping[str, Any], now: datetime) -> None:
    """Change name, zone, language, or the hours and the number of texts they asked for.

    A new zone moves every schedule. The phone is who they are and does not change.
    """
    moved = {"moved": [client.timezone, data["timezone"]]} if client.timezone != data["timezone"] else {}
    for key in _CHANGEABLE & data.keys():
        setattr(client, key, data[key])
    client.phone_zones = " ".join(other_zones_of(client.phone, client.timezone))
    session.flush()
    wake_schedules(session.connection(), client.id, now)
    move_reminders(session, client)
    audit.record(session, client.practice_id, audit.by(coach), "edit_client", f"client:{client.id}", now, **moved)


def opt_out(session: Session, coach: Coach, client: Client, now: datetime) -> None:
    """The client told their coach to stop the texts."""
    proof = consent.Proof("coach", "", "")
    consent.revoke(session.connection(), party_of(client), proof, now)
    session.refresh(client)
    audit.record(session, client.practice_id, audit.by(coach), "opt_out", f"client:{client.id}", now)


def theirs_after_all(session: Session, coach: Coach, client: Client, now: datetime) -> None:
    """The coach has made sure that the number is this client's, though a text from it said otherwise."""
    consent.note_theirs_after_all(session.connection(), client.practice_id, client.phone)
    close_alerts_of_kind(session, coach, client, {"wrong_number"}, now)
    audit.record(session, client.practice_id, audit.by(coach), "theirs_after_all", f"client:{client.id}", now)


def pause_client(session: Session, coach: Coach, client: Client, until: datetime | None, now: datetime) -> None:
    """Hold the check-ins until a moment, or until someone resumes them."""
    pauses.begin(session.connection(), client.practice_id, client.id, until, now)
    session.refresh(client)
    audit.record(session, client.practice_id, audit.by(coach), "pause", f"client:{client.id}", now)


def resume_client(session: Session, coach: Coach, client: Client, now: datetime) -> None:
    """Take the check-ins up again."""
    pauses.end(session.connection(), client.id, now)
    session.refresh(client)
    audit.record(session, client.practice_id, audit.by(coach), "resume", f"client:{client.id}", now)


def clear_hold(session: Session, coach: Coach, client: Client, now: datetime) -> None:
    """A human has looked: automated texts may go out again, and the alerts that held them are closed."""
    client.held_at = client.held_reason = None
    close_alerts_of_kind(session, coach, client, LOOKED_AT, now)
    audit.record(session, client.practice_id, audit.by(coach), "clear_hold", f"client:{client.id}", now)


def archive_client(session: Session, coach: Coach, client: Client, now: datetime) -> None:
    """Coaching has ended: nothing more is sent, and everything stays readable."""
    client.archived_at = now
    session.flush()
    wake_schedules(session.connection(), client.id, now)
    audit.record(session, client.practice_id, audit.by(coach), "archive_client", f"client:{client.id}", now)


def terms_of(practice: Practice, coach: Coach, country: str) -> Terms:
    """What a client agrees to, and with whom."""
    return Terms(practice=practice.name, coach=first_name(coach.name), contact=coach.email, country=country)


def party_of(client: Client) -> consent.Party:
    """The client as the ledger names them."""
    return consent.Party(client.practice_id, client.id, client.phone)


def first_name(name: str) -> str:
    """What we call a person in a text."""
    return name.split(maxsplit=1)[0] if name.split() else name


def _sending_number(session: Session, practice: Practice) -> SendingNumber:
    mine = select(SendingNumber).where(SendingNumber.practice_id == practice.id).order_by(SendingNumber.id).limit(1)
    number = session.scalars(mine).first()
    if number is None:
        raise Invalid({"phone": "This practice has no number to text from yet. Add one in the practice's settings."})
    return number


def _times_invited(session: Session, client: Client) -> int:
    asked = select(func.count()).where(Consent.client_id == client.id, Consent.event == "invited")
    return session.scalar(asked) or 0


def _refuse_phone(session: Session, practice: Practice, phone: str, *, but_for: int | None) -> None:
    theirs = select(Client).where(Client.practice_id == practice.id, Client.phone == phone)
    other = session.scalars(theirs).first()
    if other is not None and other.id != but_for:
        raise Invalid({"phone": "Another client of your practice already has this number."})
    if consent.is_suppressed(session.connection(), practice.id, phone):
        raise Invalid({"phone": "This number asked to get no more texts. They can text START to begin again."})
