"""The cast: coach Alice, her assistant Bob, Charlie of another practice, and Alice's client Ruth."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from coach_portal.core.db import Database
from coach_portal.core.models import Coach, Practice
from coach_portal.core.services import clients, consent, practices, sign_in

PASSWORD = "seven quiet mornings"
ALICES_NUMBER = "+16175550100"
CHARLIES_NUMBER = "+16175550200"
RUTHS_PHONE = "+16175550111"
RUTH = {"name": "Ruth Adeyemi", "phone": RUTHS_PHONE, "timezone": "America/New_York", "locale": "en", "country": "US"}


@dataclass(frozen=True)
class Cast:
    """Ids of the people in a story."""

    alice: int
    bob: int
    charlie: int
    ruth: int


def hire(database: Database, now: datetime) -> Cast:
    """Open two practices, and take on Ruth, who has said YES."""
    with database.session() as session:
        alice = _open(session, "Alice Moreau", "alice@example.com", "Moreau Coaching", ALICES_NUMBER, now)
        charlie = _open(session, "Charlie Stone", "charlie@example.com", "Stone Coaching", CHARLIES_NUMBER, now)
        practice = session.get_one(Practice, alice.practice_id)
        bob = sign_in.add_coach(
            session,
            practice=practice,
            name="Bob Lindqvist",
            email="bob@example.com",
            role="assistant",
            password=PASSWORD,
            timezone="America/New_York",
            now=now,
        )
        ruth, _ = clients.add_client(session, alice, RUTH, now)
        consent.grant(session.connection(), clients.party_of(ruth), None, now)
        return Cast(alice.id, bob.id, charlie.id, ruth.id)


def _open(session: Session, name: str, email: str, practice: str, number: str, now: datetime) -> Coach:
    return practices.open_practice(
        session, practice=practice, number=number, name=name, email=email, password=PASSWORD, now=now
    )
