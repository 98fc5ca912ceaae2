"""Coaches, their passwords, and the sessions they are signed in with. `now` here is always the machine's own clock.

Sessions live in the database by the hash of their token, so that signing out, or a coach's leaving, ends them here
and not only in a browser. Signing in takes two transactions with the slow password check between them: see `begin`
and `finish`.
"""

import hashlib
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import CoachPortalError, Invalid
from coach_portal.core.models import Coach, Practice, SignInAttempt, WebSession
from coach_portal.core.rules import passwords

# A coach looks in between calls all day, often on her own phone: half a day idle bridges a working day but not a
# night, so that a phone left behind is signed out by morning. A fortnight bounds a stolen cookie kept warm.
IDLE = timedelta(hours=12)
LONGEST = timedelta(days=14)
# Writing at each click that someone is here would cost a write per page.
TOUCH_EVERY = timedelta(minutes=5)

# Ten wrong passwords from one address: that address waits, nobody else does, so that no one can be locked out from
# afar. A hundred an hour on one account is what ASVS 6.3.1 allows a guesser with many addresses.
TRIES_PER_ADDRESS, ADDRESS_WINDOW = 10, timedelta(minutes=15)
TRIES_PER_ACCOUNT, ACCOUNT_WINDOW = 100, timedelta(hours=1)
# Nobody has more phones than this; a household's address may have some.
STOPS_PER_ADDRESS = 10

# argon2id, 19 MiB, two passes: OWASP's minimum that a small machine can still afford for several at once.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked when the email is unknown, so that the answer takes as long as for one that is.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$C8pVrXfINNmvbi6PqdDIBA$YRK8eHzmFh1U0Dwn9EZk9TIuVyWqayfXA6Q/PLNp+q8"

PASSWORD_PROBLEMS = {
    "too_short": f"Take at least {passwords.SHORTEST} characters. A few words in a row do well.",
    "too_long": f"Take at most {passwords.LONGEST} characters.",
    "common": "This is among the first a guesser tries. A few words in a row do better.",
}


class TooManyTries(CoachPortalError):
    """Too many wrong passwords; `wait` is how long until the next try is looked at."""

    code = "too_many_tries"
    permanent = False

    def __init__(self, wait: timedelta):
        super().__init__("too many tries")
        self.wait = wait


class WrongPassword(CoachPortalError):
    """The email or the password is wrong, and we do not say which."""

    code = "wrong_password"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in under way. It counts as failed until `finish` has seen the right password."""

    ids: tuple[int, int]
    coach_id: int | None
    password_hash: str

    def is_right(self, password: str) -> bool:
        """Check the password. Slow on purpose: no transaction should be open."""
        right = is_password(password, self.password_hash)
        return right and self.coach_id is not None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a session belongs to, read once per request; `coach` is detached and not to be changed."""

    coach: Coach
    practice: str
    country: str
    csrf_key: str
    seen_at: datetime

    def wants_touch(self, now: datetime) -> bool:
        """Whether it is time to note that they are still here."""
        return now - self.seen_at >= TOUCH_EVERY


# ---------- coaches ----------


def add_coach(
    session: Session, practice: Practice, name: str, email: str, role: str, password: str, timezone: str, now: datetime
) -> Coach:
    """Add someone who signs in. Raises Invalid for an email already in use or a poor password."""
    email = _normal(email)
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


def count_stop(session: Session, address: str, now: datetime) -> None:
    """Count one opt-out by number from this address; raises TooManyTries where somebody goes through numbers."""
    key = _key("stop", _network(address))
    _throttle(session, key, STOPS_PER_ADDRESS, ACCOUNT_WINDOW, now)
    session.add(SignInAttempt(key=key, at=now))


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
    account_key, address_key = _key("account", _normal(email)), _key("address", _network(address))
    _throttle(session, address_key, TRIES_PER_ADDRESS, ADDRESS_WINDOW, now)
    _throttle(session, account_key, TRIES_PER_ACCOUNT, ACCOUNT_WINDOW, now)
    rows = [SignInAttempt(key=key, at=now) for key in (account_key, address_key)]
    session.add_all(rows)
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - ACCOUNT_WINDOW))
    session.flush()
    coach = session.scalar(select(Coach).where(Coach.email == _normal(email), Coach.active))
    known = (coach.id, coach.password_hash) if coach else (None, _NOBODY)
    return Attempt((rows[0].id, rows[1].id), *known)


def finish(session: Session, attempt: Attempt, *, is_right: bool, old_token: str | None, now: datetime) -> str:
    """Sign in and return the new session's token; whatever session the browser brought along ends. Or WrongPassword."""
    if not is_right or attempt.coach_id is None:
        raise WrongPassword("wrong email or password")
    session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(attempt.ids)))
    if old_token:
        sign_out(session, old_token, now)
    _end_forgotten(session, attempt.coach_id, now)
    token = secrets.token_urlsafe(32)
    session.add(
        WebSession(
            token_hash=_hash(token),
            coach_id=attempt.coach_id,
            csrf_key=secrets.token_hex(32),
            created_at=now,
            seen_at=now,
        )
    )
    return token


def recognise(session: Session, token: str, now: datetime) -> SignedIn | None:
    """Who this session's token belongs to, if it still stands and they may still come in."""
    statement = (
        select(WebSession.csrf_key, WebSession.seen_at, Coach, Practice.name, Practice.country)
        .join(Coach, Coach.id == WebSession.coach_id)
        .join(Practice, Practice.id == Coach.practice_id)
        .where(
            WebSession.token_hash == _hash(token),
            WebSession.ended_at.is_(None),
            WebSession.seen_at > now - IDLE,
            WebSession.created_at > now - LONGEST,
            Coach.active,
        )
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        return None
    csrf_key, seen_at, coach, practice, country = row
    session.expunge(coach)
    return SignedIn(coach, practice, country, csrf_key, seen_at)


def touch(session: Session, token: str, now: datetime) -> None:
    """Note that they are still here."""
    session.execute(update(WebSession).where(WebSession.token_hash == _hash(token)).values(seen_at=now))


def sign_out(session: Session, token: str, now: datetime) -> None:
    """End this session. Its token is worth nothing from here on, wherever it was copied to."""
    session.execute(
        update(WebSession)
        .where(WebSession.token_hash == _hash(token), WebSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_sessions(session: Session, coach_id: int, now: datetime) -> None:
    """End every session of a coach: when their password changes or they leave."""
    session.execute(
        update(WebSession).where(WebSession.coach_id == coach_id, WebSession.ended_at.is_(None)).values(ended_at=now)
    )


def _end_forgotten(session: Session, coach_id: int, now: datetime) -> None:
    session.execute(delete(WebSession).where(WebSession.coach_id == coach_id, WebSession.created_at <= now - LONGEST))


def _throttle(session: Session, key: str, most: int, window: timedelta, now: datetime) -> None:
    statement = select(func.count(), func.min(SignInAttempt.at)).where(
        SignInAttempt.key == key, SignInAttempt.at > now - window
    )
    count, first = session.execute(statement).one()
    if count >= most:
        raise TooManyTries(first + window - now)


def _network(address: str) -> str:
    # One household holds a whole /64 of IPv6, so a single address there says nothing.
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


def _normal(email: str) -> str:
    # Without NULs: Postgres takes them in no text, and a stranger could break the door with one.
    return email.replace("\0", "").strip().casefold()


def _key(kind: str, value: str) -> str:
    return _hash(f"{kind}:{value}")


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
