"""Who is told when someone may be in danger: a coach's own phone, and the practice's second contact."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach, SecondContact
from coach_portal.core.services import audit, scope


def second_contact(session: Session, coach: Coach) -> SecondContact | None:
    """The practice's second contact, if one is named."""
    return session.get(SecondContact, coach.practice_id)


def set_own_phone(session: Session, coach: Coach, phone: str | None, now: datetime) -> None:
    """Where this coach is texted about danger; None for by email alone."""
    coach.phone = phone
    audit.record(session, coach.practice_id, audit.by(coach), "set_alert_phone", f"coach:{coach.id}", now)


def name_second_contact(session: Session, coach: Coach, data: Mapping[str, Any], now: datetime) -> None:
    """Name who is told when a coach does not answer, or name somebody else.

    Raises NotAllowed unless the owner asks, Invalid when it is the owner's own phone or email: the same pocket twice.
    """
    scope.require(coach, "name_second_contact")
    if not (data["phone"] or data["email"]):
        raise Invalid({"phone": "Give a phone or an email; both are better."})
    if coach.phone and data["phone"] == coach.phone:
        raise Invalid({"phone": "This is your own phone. Name somebody else, who may hear it when you do not."})
    if data["email"] and data["email"].casefold() == coach.email.casefold():
        raise Invalid({"email": "This is your own email. Name somebody else, who may see it when you do not."})
    second = session.get(SecondContact, coach.practice_id) or SecondContact(practice_id=coach.practice_id)
    second.name, second.phone, second.email, second.changed_at = data["name"], data["phone"], data["email"], now
    session.add(second)
    subject = f"practice:{coach.practice_id}"
    audit.record(session, coach.practice_id, audit.by(coach), "name_second_contact", subject, now)


def remove_second_contact(session: Session, coach: Coach, now: datetime) -> None:
    """Nobody but the coach is told, and the owner where that is somebody else. Links that were sent open nothing."""
    scope.require(coach, "name_second_contact")
    second = session.get(SecondContact, coach.practice_id)
    if second is not None:
        session.delete(second)
        subject = f"practice:{coach.practice_id}"
        audit.record(session, coach.practice_id, audit.by(coach), "remove_second_contact", subject, now)
