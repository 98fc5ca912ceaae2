"""API tokens: what a program shows to act as a coach. `now` here is always the machine's own clock.

Only a token's hash is kept, and it is found by that hash: how long the look-up takes tells about the hash, from which
no token can be made, and so nothing need be compared in constant time.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.errors import NotFound
from coach_portal.core.models import ApiToken, Coach
from coach_portal.core.services import audit

PREFIX: Final = "cp_"
"""What every token begins with, so that one left in a file can be recognised."""

_RANDOM_BYTES = 32
_LONGEST = 200


def make_token(session: Session, coach: Coach, name: str, now: datetime) -> str:
    """A new token that acts as this coach. It is shown this once: nobody can read it from the database."""
    token = PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)
    row = ApiToken(coach_id=coach.id, name=name, token_hash=_hash(token), created_at=now)
    session.add(row)
    session.flush()
    audit.record(session, coach.practice_id, audit.by(coach), "make_token", f"token:{row.id}", now)
    return token


def coach_of_token(session: Session, token: str) -> Coach | None:
    """The coach a token acts as; None when it is unknown or revoked, or the coach has left."""
    if not token.startswith(PREFIX) or len(token) > _LONGEST:
        return None
    holder = select(Coach).join(ApiToken, ApiToken.coach_id == Coach.id)
    valid = (ApiToken.token_hash == _hash(token), ApiToken.revoked_at.is_(None), Coach.active)
    return session.scalar(holder.where(*valid))


def tokens_of(session: Session, coach: Coach) -> Sequence[ApiToken]:
    """A coach's tokens that still work, the newest first."""
    working = select(ApiToken).where(ApiToken.coach_id == coach.id, ApiToken.revoked_at.is_(None))
    return session.scalars(working.order_by(ApiToken.id.desc())).all()


def revoke_token(session: Session, coach: Coach, token_id: int, now: datetime) -> None:
    """End a token of this coach's at once; ending it twice changes nothing. Raises NotFound."""
    token = session.scalar(select(ApiToken).where(ApiToken.id == token_id, ApiToken.coach_id == coach.id))
    if token is None:
        raise NotFound("no such token")
    if token.revoked_at is None:
        token.revoked_at = now
        audit.record(session, coach.practice_id, audit.by(coach), "revoke_token", f"token:{token.id}", now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
