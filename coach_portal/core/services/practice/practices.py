"""Practices: opening one with its sending number and its owner."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach, Practice, SendingNumber
from coach_portal.core.rules.pacing import SAFEST
from coach_portal.core.rules.phone import country_of, timezones_of
from coach_portal.core.services import audit, scope
from coach_portal.core.services.signing_in import sign_in


def set_hours(session: Session, coach: Coach, data: Mapping[str, Any], now: datetime) -> None:
    """When the practice texts, "HH:MM" where each client is. Raises NotAllowed unless the owner asks."""
    scope.require(coach, "set_hours")
    practice = session.get_one(Practice, coach.practice_id)
    for name in ("texts_from", "texts_until", "sunday_from"):
        setattr(practice, name, data[name])
    audit.record(session, practice.id, audit.by(coach), "set_hours", f"practice:{practice.id}", now)


def open_practice(
    session: Session,
    *,
    practice: str,
    number: str,
    name: str,
    email: str,
    password: str,
    now: datetime,
    sender_class: str = SAFEST,
) -> Coach:
    """A new practice that sends from `number` (E.164), and its owner. Country and zone are the number's.

    `sender_class` is how the number is registered, one of `rules.pacing.CLASSES`.

    Raises Invalid when the email or the number is taken, or the password is not good enough.
    """
    if session.scalars(select(SendingNumber).where(SendingNumber.phone == number)).first() is not None:
        raise Invalid({"number": "Another practice already sends from this number."})
    timezone = next(iter(timezones_of(number)), "UTC")
    opened = Practice(name=practice, country=country_of(number) or "US", timezone=timezone, created_at=now)
    session.add(opened)
    session.flush()
    session.add(SendingNumber(practice_id=opened.id, phone=number, sender_class=sender_class))
    owner = sign_in.add_coach(
        session,
        practice=opened,
        name=name,
        email=email,
        role="owner",
        password=password,
        timezone=timezone,
        now=now,
    )
    audit.record(session, opened.id, "system", "open_practice", f"practice:{opened.id}", now)
    return owner
