"""API tokens: what other software shows to act as a coach. `now` here is always the machine's own clock.

Only a token's hash is kept, and it is found by that hash: how long the look-up takes tells about the hash, from which
no token can be made, and so nothing need be compared in constant time.
"""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, case, or_, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import ApiToken, Coach, tables
from coach_portal.core.rules.access import EVERY_SCOPE, MOST, WINDOW, Allowance, in_order
from coach_portal.core.rules.roles import may
from coach_portal.core.services import audit

PREFIX: Final = "cp_"
"""What every token begins with, so that one left in a file can be recognised."""

_RANDOM_BYTES = 32
_LONGEST = 200
_HINT = 7

_token, _coach = tables.api_token, tables.coach
_in_window = _token.c.window_at > bindparam("edge")
_USE = (
    update(_token)
    .where(
        _token.c.token_hash == bindparam("shown"),
        _token.c.revoked_at.is_(None),
        or_(_token.c.expires_at.is_(None), _token.c.expires_at > bindparam("at")),
        _token.c.coach_id.in_(select(_coach.c.id).where(_coach.c.active)),
    )
    .values(
        used=case((_in_window, _token.c.used + 1), else_=1),
        window_at=case((_in_window, _token.c.window_at), else_=bindparam("at", type_=_token.c.window_at.type)),
        last_used_at=bindparam("at"),
    )
    .returning(_token.c.id, _token.c.coach_id, _token.c.scopes, _token.c.used, _token.c.window_at)
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A token that works: whose it is, what it may do, and how often it may still ask."""

    id: int
    coach_id: int
    scopes: frozenset[str]
    allowance: Allowance


def make_token(
    session: Session,
    coach: Coach,
    name: str,
    now: datetime,
    *,
    scopes: Collection[str] = EVERY_SCOPE.split(),
    expires_at: datetime | None = None,
) -> str:
    """A new token that acts as this coach. It is shown this once: nobody can read it from the database."""
    token = PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)
    row = ApiToken(coach_id=coach.id, name=name, token_hash=_hash(token), created_at=now, expires_at=expires_at)
    row.hint, row.scopes = token[:_HINT], in_order(scopes)
    session.add(row)
    session.flush()
    audit.record(session, coach.practice_id, audit.by(coach), "make_token", f"token:{row.id}", now)
    return token


def use(connection: Connection, token: str, now: datetime) -> Shown | None:
    """Count one request with this token; None when it is unknown, revoked or over, or its coach has left."""
    if not token.startswith(PREFIX) or len(token) > _LONGEST:
        return None
    values = {"shown": _hash(token), "at": now, "edge": now - WINDOW}
    row = connection.execute(_USE, values).one_or_none()
    if row is None:
        return None
    allowance = Allowance(MOST - row.used, row.window_at + WINDOW)
    return Shown(row.id, row.coach_id, frozenset(row.scopes.split()), allowance)


def token_of(session: Session, token: str) -> ApiToken:
    """The row of a token that was just made."""
    return session.scalars(select(ApiToken).where(ApiToken.token_hash == _hash(token))).one()


def tokens_of(session: Session, coach: Coach) -> Sequence[ApiToken]:
    """A coach's tokens that were not revoked, the newest first."""
    working = select(ApiToken).where(ApiToken.coach_id == coach.id, ApiToken.revoked_at.is_(None))
    return session.scalars(working.order_by(ApiToken.id.desc())).all()


def seen_by(coach: Coach) -> Select[Any]:
    """The tokens a coach may see and revoke, each with `made_for`: their own; the owner, all of the practice."""
    columns = [column for column in _token.c if column.name != "token_hash"]
    rows = select(*columns, _coach.c.name.label("made_for")).join(_coach, _coach.c.id == _token.c.coach_id)
    if may(coach.role, "manage_api"):
        return rows.where(_coach.c.practice_id == coach.practice_id)
    return rows.where(_coach.c.id == coach.id)


def working(session: Session, coach: Coach) -> Sequence[Any]:
    """Those of them that were not revoked, the newest first."""
    return session.execute(seen_by(coach).where(_token.c.revoked_at.is_(None)).order_by(_token.c.id.desc())).all()


def row_of(session: Session, coach: Coach, token_id: int) -> Any:
    """One of them. Raises NotFound."""
    row = session.execute(seen_by(coach).where(_token.c.id == token_id)).one_or_none()
    if row is None:
        raise NotFound("no such token")
    return row


def refuse_wider(scopes: Collection[str], own: Collection[str]) -> None:
    """Nobody makes a token by token that may do more than its own. Raises Invalid."""
    if wider := set(scopes) - set(own):
        raise Invalid({"scopes": f"Your own token may not {', '.join(sorted(wider))}."})


def revoke_token(session: Session, coach: Coach, token_id: int, now: datetime) -> None:
    """End a token at once; ending it twice changes nothing. Raises NotFound."""
    token = session.get_one(ApiToken, row_of(session, coach, token_id).id)
    if token.revoked_at is None:
        token.revoked_at = now
        audit.record(session, coach.practice_id, audit.by(coach), "revoke_token", f"token:{token.id}", now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
