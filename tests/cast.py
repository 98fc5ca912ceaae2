"""The cast: coach Alice, her assistant Bob, Charlie of another practice, and Alice's client Ruth."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.db import Database
from coach_portal.core.models import Client, Coach, Practice
from coach_portal.core.ports import CarrierText
from coach_portal.core.rules.hours import LAW_FROM, LAW_UNTIL
from coach_portal.core.services.people import clients, consent
from coach_portal.core.services.practice import practices
from coach_portal.core.services.sending import delivery
from coach_portal.core.services.signing_in import sign_in

NOW = datetime(2026, 11, 18, 13, 30, tzinfo=UTC)
"""When stories begin: a Wednesday; 8:30 in Boston, 14:30 in Madrid."""

PASSWORD = "seven quiet mornings"
ALICES_NUMBER = "+16175550100"
CHARLIES_NUMBER = "+16175550200"
RUTHS_PHONE = "+16175550111"
RUTH = {"name": "Ruth Adeyemi", "phone": RUTHS_PHONE, "timezone": "America/New_York", "locale": "en", "country": "US"}
ELI = {"name": "Eli Brandt", "phone": "+16175550112", "timezone": "America/New_York", "locale": "en", "country": "US"}
"""Somebody new, as an invitation names them."""


@dataclass(frozen=True)
class Cast:
    """Ids of the people in a story."""

    alice: int
    bob: int
    charlie: int
    ruth: int


def hire(database: Database) -> None:
    """Open two practices, and take on Ruth, who has said YES."""
    with database.session() as session:
        alice = _open(session, "Alice Moreau", "alice@example.com", "Moreau Coaching", ALICES_NUMBER)
        _open(session, "Charlie Stone", "charlie@example.com", "Stone Coaching", CHARLIES_NUMBER)
        sign_in.add_coach(
            session,
            practice=session.get_one(Practice, alice.practice_id),
            name="Bob Lindqvist",
            email="bob@example.com",
            role="assistant",
            password=PASSWORD,
            timezone="America/New_York",
            now=NOW,
        )
        ruth, (invitation,) = clients.add_client(session, alice, RUTH, NOW)
        delivery.record_report(session.connection(), invitation, CarrierText("SM" + "a" * 32, "delivered"), NOW)
        consent.grant(session.connection(), clients.party_of(ruth), None, NOW)


def found_in(database: Database) -> Cast:
    """The cast of a database in which they were hired."""
    with database.reading() as session:
        coaches = {coach.name.split()[0].lower(): coach.id for coach in session.scalars(select(Coach))}
        return Cast(**coaches, ruth=session.scalars(select(Client.id)).one())


def _open(session: Session, name: str, email: str, practice: str, number: str) -> Coach:
    owner = practices.open_practice(
        session,
        practice=practice,
        number=number,
        name=name,
        email=email,
        password=PASSWORD,
        now=NOW,
        sender_class="local_10dlc_high",
    )
    keep_long_hours(session.get_one(Practice, owner.practice_id))
    return owner


def keep_long_hours(practice: Practice) -> None:
    """Text whenever the law allows it, so that a story may begin at half past eight."""
    practice.texts_from, practice.texts_until, practice.sunday_from = LAW_FROM, LAW_UNTIL, LAW_FROM
