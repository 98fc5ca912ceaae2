"""The second factor: six digits from an app (TOTP, RFC 6238), each good once, and recovery codes for a lost phone.

The app's secret is sealed in the database, recovery codes are kept by their hash. Wrong codes are counted for the
account; only who knows the password gets so far.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach, Practice, RecoveryCode, SecondFactor, WebSession
from coach_portal.core.ports import Sealer
from coach_portal.core.rules.texts import signing_in_letters
from coach_portal.core.rules.texts.letters import Letter
from coach_portal.core.services import audit, scope
from coach_portal.core.services.sending import emails
from coach_portal.core.services.signing_in import sign_in, throttles

ISSUER: Final = "Coach Portal"
STEP: Final = 30
"""Seconds that a code lives (RFC 6238, 5.2). The one before and the one after count too, for clocks that differ."""
STAYS_HALF_IN: Final = timedelta(minutes=10)
"""How long after the password the code may come."""
CODES, LETTERS, LENGTH = 10, "abcdefghjkmnpqrstuvwxyz23456789", 10
WRONG: Final = "That code is not right, or was used before. Wait for the next one and try again."


@dataclass(frozen=True, slots=True)
class HalfIn:
    """Who gave their password and owes a code, with what a recovery code is checked against: (row, hash)."""

    coach_id: int
    tries: tuple[int, ...]
    codes: Sequence[tuple[int, str]]


# ---------- setting up ----------


def begin(session: Session, coach: Coach, seal: Sealer, now: datetime) -> None:
    """A new secret, which counts for nothing until a code of it was typed. Raises Invalid while one is in use."""
    found = session.get(SecondFactor, coach.id)
    if found is not None and found.confirmed_at is not None:
        raise Invalid({"code": "A second factor is on already."})
    if found is not None:
        session.delete(found)
        session.flush()
    session.add(SecondFactor(coach_id=coach.id, sealed=seal.seal(pyotp.random_base32()), last_step=0, began_at=now))


def address(session: Session, coach: Coach, seal: Sealer) -> tuple[str, str] | None:
    """The secret waiting to be confirmed, and the address in the QR code that brings it into an app."""
    row = session.get(SecondFactor, coach.id)
    secret = seal.unseal(row.sealed) if row is not None and row.confirmed_at is None else None
    if secret is None:
        return None
    return secret, pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=coach.email, issuer_name=ISSUER)


def confirm(session: Session, coach: Coach, code: str, hashes: Sequence[str], seal: Sealer, now: datetime) -> None:
    """Turn it on, by a code from the app; `hashes` are those of the new recovery codes. Raises Invalid."""
    row = session.get(SecondFactor, coach.id)
    if row is None or row.confirmed_at is not None or not _take(session, coach.id, code, seal, now):
        raise Invalid({"code": WRONG})
    row.confirmed_at = now
    keep_codes(session, coach, hashes)
    _tell(session, coach, audit.by(coach), "set_factor", signing_in_letters.FACTOR_ON, now)


def new_codes() -> tuple[list[str], list[str]]:
    """Recovery codes as they are shown, once, and their hashes. Slow on purpose: no transaction should be open."""
    shown = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(CODES)]
    return [f"{code[:5]}-{code[5:]}" for code in shown], [sign_in.hash_password(code) for code in shown]


def keep_codes(session: Session, coach: Coach, hashes: Sequence[str]) -> None:
    """These recovery codes count, and no others."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.coach_id == coach.id))
    session.add_all(RecoveryCode(coach_id=coach.id, code_hash=code_hash) for code_hash in hashes)


def codes_left(session: Session, coach: Coach) -> int | None:
    """How many recovery codes are left; None where no second factor is on."""
    row = session.get(SecondFactor, coach.id)
    if row is None or row.confirmed_at is None:
        return None
    unused = select(func.count()).where(RecoveryCode.coach_id == coach.id, RecoveryCode.used_at.is_(None))
    return session.scalar(unused) or 0


def turn_off(session: Session, coach: Coach, now: datetime) -> None:
    """Sign in by the password alone. Raises Invalid where the practice wants a second factor of everybody."""
    if session.get_one(Practice, coach.practice_id).factor_required:
        raise Invalid({"current": "Your practice wants a second factor of everybody."})
    _remove(session, coach.id)
    _tell(session, coach, audit.by(coach), "drop_factor", signing_in_letters.FACTOR_OFF, now)


def take_off(session: Session, owner: Coach, coach: Coach, now: datetime) -> None:
    """The owner helps a colleague who lost phone and recovery codes; their sessions end. Raises NotAllowed."""
    scope.require(owner, "manage_people")
    _remove(session, coach.id)
    sign_in.end_sessions(session, coach.id, now)
    _tell(session, coach, audit.by(owner), "take_factor_off", signing_in_letters.FACTOR_OFF, now)


def require_of_all(session: Session, owner: Coach, is_required: bool, now: datetime) -> None:
    """Whether everybody in the practice signs in with one. Raises NotAllowed."""
    scope.require(owner, "manage_people")
    session.get_one(Practice, owner.practice_id).factor_required = is_required
    subject = f"practice:{owner.practice_id}"
    action = "require_factor" if is_required else "require_no_factor"
    audit.record(session, owner.practice_id, audit.by(owner), action, subject, now)


# ---------- signing in ----------


def half_in(session: Session, token: str, now: datetime) -> int | None:
    """Whose password was given in this session, while the code is still to come."""
    waiting = select(WebSession.coach_id).join(Coach, Coach.id == WebSession.coach_id)
    return session.scalar(
        waiting.where(
            WebSession.token_hash == sign_in.hash_token(token),
            WebSession.factor_due.is_(True),
            WebSession.ended_at.is_(None),
            WebSession.created_at > now - STAYS_HALF_IN,
            Coach.active,
        )
    )


def begin_code(session: Session, token: str, now: datetime) -> HalfIn | None:
    """Open a try of a code, counted at once. Raises TooManyTries; None where no password was given."""
    coach_id = half_in(session, token, now)
    if coach_id is None:
        return None
    tries = throttles.count(session, {"factor": str(coach_id)}, now)
    unused = select(RecoveryCode.id, RecoveryCode.code_hash).where(
        RecoveryCode.coach_id == coach_id, RecoveryCode.used_at.is_(None)
    )
    return HalfIn(coach_id, tries, [(row.id, row.code_hash) for row in session.execute(unused)])


def recovery_code(known: HalfIn, code: str) -> int | None:
    """The recovery code that was typed, if it is one. Slow on purpose: no transaction should be open."""
    typed = "".join(letter for letter in code.lower() if letter in LETTERS)
    if len(typed) != LENGTH:
        return None
    return next((row_id for row_id, kept in known.codes if sign_in.is_password(typed, kept)), None)


def finish_code(
    session: Session, known: HalfIn, code: str, recovery_id: int | None, token: str, device: str, seal: Sealer,
    now: datetime,
) -> str:  # fmt: skip
    """Sign in for good: the new session's token, in place of the one that was half in. Raises WrongPassword."""
    if half_in(session, token, now) != known.coach_id:
        raise sign_in.WrongPassword("no longer half in")
    if recovery_id is not None:
        is_right = _use(session, known.coach_id, recovery_id, now)
    else:
        is_right = _take(session, known.coach_id, code, seal, now)
    if not is_right:
        raise sign_in.WrongPassword("wrong code")
    throttles.take_back(session, known.tries)
    return sign_in.open_session(session, known.coach_id, now, device, old_token=token)


def _take(session: Session, coach_id: int, code: str, seal: Sealer, now: datetime) -> bool:
    """Whether the code is good now; it is used up by that, with all before it."""
    row = session.get(SecondFactor, coach_id)
    secret = seal.unseal(row.sealed) if row is not None else None
    if secret is None:
        return False
    typed, current = "".join(code.split()), int(now.timestamp()) // STEP
    app = pyotp.TOTP(secret, interval=STEP)
    steps = [step for step in (current - 1, current, current + 1) if _is(app.at(step * STEP), typed)]
    if not steps:
        return False
    unused = update(SecondFactor).where(SecondFactor.coach_id == coach_id, SecondFactor.last_step < steps[0])
    return session.scalar(unused.values(last_step=steps[0]).returning(SecondFactor.coach_id)) is not None


def _is(code: str, typed: str) -> bool:
    return hmac.compare_digest(code.encode(), typed.encode())


def _use(session: Session, coach_id: int, recovery_id: int, now: datetime) -> bool:
    unused = update(RecoveryCode).where(RecoveryCode.id == recovery_id, RecoveryCode.used_at.is_(None))
    taken = session.scalar(unused.values(used_at=now).returning(RecoveryCode.id)) is not None
    if taken:
        coach = session.get_one(Coach, coach_id)
        audit.record(session, coach.practice_id, audit.by(coach), "use_recovery", f"coach:{coach_id}", now)
    return taken


def _remove(session: Session, coach_id: int) -> None:
    session.execute(delete(SecondFactor).where(SecondFactor.coach_id == coach_id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.coach_id == coach_id))


def _tell(session: Session, coach: Coach, actor: str, action: str, letter: Letter, now: datetime) -> None:
    audit.record(session, coach.practice_id, actor, action, f"coach:{coach.id}", now)
    emails.plan(
        session,
        practice_id=coach.practice_id,
        kind="account",
        to=coach.email,
        subject=letter.subject,
        body=letter.body,
        now=now,
    )
