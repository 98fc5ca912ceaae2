"""Coaches, their passwords, and the sessions they are signed in with. `now` here is always the machine's own clock.

Sessions live in the database by the hash of their token, so that signing out, or a coach's leaving, ends them here
and not only in a browser. Signing in takes two transactions with the slow password check between them: see `begin`
and `finish`. Where a second factor is due, the session opens nothing until `services.signing_in.factors` has seen one.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import CoachPortalError, Invalid
from coach_portal.core.models import Coach, Practice, SecondFactor, WebSession
from coach_portal.core.rules import passwords
from coach_portal.core.services.signing_in import throttles

# A coach looks in between calls all day, often on her own phone: half a day idle bridges a working day but not a
# night, so that a phone left behind is signed out by morning. A fortnight bounds a stolen cookie kept warm.
IDLE = timedelta(hours=12)
LONGEST = timedelta(days=14)
# Writing at each click that someone is here would cost a write per page.
TOUCH_EVERY = timedelta(minutes=5)

# argon2id, 19 MiB, two passes: OWASP's minimum that a small machine can still afford for several at once.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked when the email is unknown, so that the answer takes as long as for one that is.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$C8pVrXfINNmvbi6PqdDIBA$YRK8eHzmFh1U0Dwn9EZk9TIuVyWqayfXA6Q/PLNp+q8"

PASSWORD_PROBLEMS = {
    "too_short": f"Take at least {passwords.SHORTEST} characters. A few words in a row do well.",
    "too_long": f"Take at most {passwords.LONGEST} characters.",
    "common": "This is among the first a guesser tries. A few words in a row do better.",
}


class WrongPassword(CoachPortalError):
    """The email or the password is wrong, and we do not say which."""

    code = "wrong_password"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in under way. It counts as failed until `finish` has seen the right password."""

    tries: tuple[int, ...]
    coach_id: int | None
    password_hash: str

    def is_right(self, password: str) -> bool:
        """Check the password. Slow on purpose: no transaction should be open."""
        right = is_password(password, self.password_hash)
        return right and self.coach_id is not None

    def rehashed(self, password: str) -> str | None:
        """The right password hashed as we hash now, where it was kept by weaker parameters. Slow on purpose."""
        return hash_password(password) if _HASHER.check_needs_rehash(self.password_hash) else None


@dataclass(frozen=True, slots=True)
class Entered:
    """A new session's token. With `factor_due` the password was right and the second factor is still to come."""

    token: str
    factor_due: bool


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a session belongs to, read once per request; `coach` is detached and not to be changed.

    `must_set_up`: the practice wants a second factor of everybody, and this coach has none yet.
    """

    coach: Coach
    practice: str
    country: str
    csrf_key: str
    seen_at: datetime
    must_set_up: bool

    def wants_touch(self, now: datetime) -> bool:
        """Whether it is time to note that they are still here."""
        return now - self.seen_at >= TOUCH_EVERY


# ---------- coaches ----------


def add_coach(
    session: Session, practice: Practice, name: str, email: str, role: str, password: str, timezone: str, now: datetime
) -> Coach:
    """Add someone who signs in. Raises Invalid for an email already in use or a poor password."""
    email = normal(email)
    if problem := passwords.problem_with(password):
        raise Invalid({"password": PASSWORD_PROBLEMS[problem]})
    if "@" not in email.strip("@") or " " in email:
        raise Invalid({"email": "Write the whole address, such as ana@example.com."})
    if session.scalar(select(Coach.id).where(Coach.email == email)) is not None:
        raise Invalid({"email": "Someone already signs in with this address."})
    coach = Coach(
        practice_id=practice.id,
        name=name.strip(),
        email=email,
        role=role,
        password_hash=hash_password(password),
        timezone=timezone,
        active=True,
        created_at=now,
    )
    session.add(coach)
    session.flush()
    return coach


def hash_password(password: str) -> str:
    """The hash to keep."""
    return _HASHER.hash(password)


def is_password(password: str, password_hash: str) -> bool:
    """Whether this is the password. One longer than we accept is not worth hashing."""
    if len(password) > passwords.LONGEST:
        return False
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


# ---------- signing in ----------


def begin(session: Session, email: str, address: str, now: datetime) -> Attempt:
    """Open an attempt, counted at once so that a burst of parallel guesses is too. Raises TooManyTries."""
    throttles.forget_old(session, now)
    tries = throttles.count(session, {"address": throttles.network(address), "account": normal(email)}, now)
    coach = session.scalar(select(Coach).where(Coach.email == normal(email), Coach.active))
    known = (coach.id, coach.password_hash) if coach else (None, _NOBODY)
    return Attempt(tries, *known)


def finish(
    session: Session,
    attempt: Attempt,
    *,
    is_right: bool,
    old_token: str | None,
    now: datetime,
    device: str = "",
    rehashed: str | None = None,
) -> Entered:
    """Sign in: a new session; whatever session the browser brought along ends. Raises WrongPassword.

    `device` is the browser in words (rules.devices), `rehashed` the password's new hash where it wants one.
    """
    if not is_right or attempt.coach_id is None:
        raise WrongPassword("wrong email or password")
    throttles.take_back(session, attempt.tries)
    if session.scalar(select(Coach.password_hash).where(Coach.id == attempt.coach_id)) != attempt.password_hash:
        raise WrongPassword("the password changed meanwhile")
    if rehashed is not None:
        session.execute(update(Coach).where(Coach.id == attempt.coach_id).values(password_hash=rehashed))
    factor_due = session.scalar(
        select(SecondFactor.coach_id).where(
            SecondFactor.coach_id == attempt.coach_id, SecondFactor.confirmed_at.is_not(None)
        )
    )
    token = open_session(session, attempt.coach_id, now, device, old_token=old_token, factor_due=factor_due is not None)
    return Entered(token, factor_due is not None)


def open_session(
    session: Session, coach_id: int, now: datetime, device: str, *, old_token: str | None, factor_due: bool = False
) -> str:
    """A new session for a coach, in place of the one the browser brought along; answers its token."""
    if old_token:
        sign_out(session, old_token, now)
    session.execute(delete(WebSession).where(WebSession.coach_id == coach_id, WebSession.created_at <= now - LONGEST))
    token = secrets.token_urlsafe(32)
    row = WebSession(token_hash=hash_token(token), coach_id=coach_id, csrf_key=secrets.token_hex(32))
    row.created_at = row.seen_at = now
    row.device, row.factor_due = device, factor_due
    session.add(row)
    session.flush()
    return token


def recognise(session: Session, token: str, now: datetime) -> SignedIn | None:
    """Who this session's token belongs to, if it still stands and they may still come in."""
    statement = (
        select(WebSession.csrf_key, WebSession.seen_at, Coach, Practice, SecondFactor.confirmed_at)
        .join(Coach, Coach.id == WebSession.coach_id)
        .join(Practice, Practice.id == Coach.practice_id)
        .outerjoin(SecondFactor, SecondFactor.coach_id == Coach.id)
        .where(
            WebSession.token_hash == hash_token(token),
            WebSession.factor_due.is_(False),
            WebSession.ended_at.is_(None),
            WebSession.seen_at > now - IDLE,
            WebSession.created_at > now - LONGEST,
            Coach.active,
        )
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        return None
    csrf_key, seen_at, coach, practice, confirmed_at = row
    session.expunge(coach)
    must_set_up = practice.factor_required and confirmed_at is None
    return SignedIn(coach, practice.name, practice.country, csrf_key, seen_at, must_set_up)


def touch(session: Session, token: str, now: datetime) -> None:
    """Note that they are still here."""
    session.execute(update(WebSession).where(WebSession.token_hash == hash_token(token)).values(seen_at=now))


def sign_out(session: Session, token: str, now: datetime) -> None:
    """End this session. Its token is worth nothing from here on, wherever it was copied to."""
    session.execute(
        update(WebSession)
        .where(WebSession.token_hash == hash_token(token), WebSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_sessions(session: Session, coach_id: int, now: datetime, *, but_for: str | None = None) -> None:
    """End every session of a coach, but for the one of this token: when their password changes or they leave."""
    theirs = update(WebSession).where(WebSession.coach_id == coach_id, WebSession.ended_at.is_(None))
    if but_for is not None:
        theirs = theirs.where(WebSession.token_hash != hash_token(but_for))
    session.execute(theirs.values(ended_at=now))


def normal(email: str) -> str:
    """An email address as it is kept and compared."""
    # Without NULs: Postgres takes them in no text, and a stranger could break the door with one.
    return email.replace("\0", "").strip().casefold()


def hash_token(value: str) -> str:
    """By what a token is kept."""
    return hashlib.sha256(value.encode()).hexdigest()
