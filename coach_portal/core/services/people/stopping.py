"""Opting out on the web, without signing in: by a link of one's own, or by writing down one's number (R4)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.models import Client, Practice
from coach_portal.core.rules.links import Links
from coach_portal.core.rules.texts import stop_confirmation
from coach_portal.core.services.people import consent
from coach_portal.core.services.people.clients import party_of
from coach_portal.core.services.replies.opting import CONFIRMED_WITHIN
from coach_portal.core.services.sending import outbox

PAGE_VERSION = "stop-page-1"
"""Which wording of the page an opt-out rests on. New words on the page, a new number."""


def whose(session: Session, links: Links, token: str) -> Client | None:
    """Whose texts this link stops; None when it is not ours, or there is nobody (any more)."""

    def written(client_id: int) -> datetime | None:
        client = session.get(Client, client_id)
        return client.created_at if client is not None else None

    client_id = links.read_stop(token, written)
    return None if client_id is None else session.get(Client, client_id)


def by_link(session: Session, client: Client, wording: str, now: datetime) -> None:
    """Stop all texts to the client whose link this is.

    The page itself confirms it, so no text follows: exactly one confirmation (R6).
    """
    _revoke(session, client, wording, now)


def by_number(session: Session, phone: str, wording: str, now: datetime) -> list[int]:
    """Stop all texts to this phone, of every practice that has it; answers the ids of confirmations to queue.

    Whoever wrote the number down may not be who has the phone: the one text tells that person, and how to undo it.
    """
    message_ids = []
    for client in session.scalars(select(Client).where(Client.phone == phone)).all():
        if _revoke(session, client, wording, now):
            message_ids.append(_confirm(session, client, now))
    return message_ids


def _revoke(session: Session, client: Client, wording: str, now: datetime) -> bool:
    if client.consent == "revoked":
        return False
    consent.revoke(session.connection(), party_of(client), consent.Proof("web", wording, PAGE_VERSION), now)
    session.refresh(client)
    return True


def _confirm(session: Session, client: Client, now: datetime) -> int:
    practice = session.get_one(Practice, client.practice_id)
    body = stop_confirmation(practice.name, client.locale)
    row = outbox.to_client(session, client, "goodbye", body, now, deadline_at=now + CONFIRMED_WITHIN)
    return outbox.plan(session, row)
