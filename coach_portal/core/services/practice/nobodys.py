"""The canary's practice, opened with a site: it is nobody's (services.alerting.canary)."""

import secrets
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.models import SendingNumber
from coach_portal.core.services.alerting import canary
from coach_portal.core.services.practice import practices

MAILBOX: Final = "success@simulator.amazonses.com"
"""A mailbox that Amazon keeps for trying ("Using the mailbox simulator", SES developer guide)."""
_NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)


def open_practice(session: Session, now: datetime) -> bool:
    """The practice, unless it is open; answers whether it is new. Its password is known to nobody, its number is never
    asked about."""
    number = select(SendingNumber).where(SendingNumber.phone == canary.NUMBER)
    if session.scalars(number).first() is not None:
        return False
    practices.open_practice(
        session,
        practice=canary.PRACTICE,
        number=canary.NUMBER,
        name=canary.PRACTICE,
        email=MAILBOX,
        password=secrets.token_urlsafe(24),
        now=now,
    )
    session.scalars(number).one().polled_until = _NEVER
    return True
