"""Where a coach is signed in, for them to see and to end."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from coach_portal.core.models import Coach, WebSession
from coach_portal.core.services import audit
from coach_portal.core.services.signing_in import sign_in

_NAMED_BY = 16
"""Letters of the token's hash that name a session in a form: enough to tell them apart, and no token."""


@dataclass(frozen=True, slots=True)
class SignedInOn:
    """One session: on what, since when, when last seen, and whether it is the one that asks."""

    name: str
    device: str
    since: datetime
    seen_at: datetime
    is_this: bool


def of(session: Session, coach: Coach, token: str, now: datetime) -> list[SignedInOn]:
    """The sessions that still stand, the one that asks first, then the last seen."""
    standing = select(WebSession).where(
        WebSession.coach_id == coach.id,
        WebSession.factor_due.is_(False),
        WebSession.ended_at.is_(None),
        WebSession.seen_at > now - sign_in.IDLE,
        WebSession.created_at > now - sign_in.LONGEST,
    )
    here = sign_in.hash_token(token)
    found = [
        SignedInOn(row.token_hash[:_NAMED_BY], row.device, row.created_at, row.seen_at, row.token_hash == here)
        for row in session.scalars(standing.order_by(WebSession.seen_at.desc()))
    ]
    return sorted(found, key=lambda one: not one.is_this)


def end(session: Session, coach: Coach, name: str, now: datetime) -> None:
    """End one of this coach's sessions; a name that is none of theirs ends nothing."""
    theirs = update(WebSession).where(WebSession.coach_id == coach.id, WebSession.ended_at.is_(None))
    if len(name) == _NAMED_BY:
        session.execute(theirs.where(WebSession.token_hash.startswith(name, autoescape=True)).values(ended_at=now))
        audit.record(session, coach.practice_id, audit.by(coach), "end_session", f"coach:{coach.id}", now)


def end_others(session: Session, coach: Coach, token: str, now: datetime) -> None:
    """Sign out everywhere but here."""
    sign_in.end_sessions(session, coach.id, now, but_for=token)
    audit.record(session, coach.practice_id, audit.by(coach), "end_sessions", f"coach:{coach.id}", now)
