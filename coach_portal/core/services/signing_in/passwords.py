"""A new password: chosen by whoever knows the old one, or by a link that was sent to their address.

A link works once, for half an hour, and while no newer one was sent (OWASP, "Forgot Password"). Whoever asks for one
learns nothing: the answer is the same whether or not anybody signs in with that address.
"""

import hmac
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach, PasswordReset
from coach_portal.core.rules import passwords
from coach_portal.core.rules.emails import RESET_GOOD_FOR
from coach_portal.core.rules.links import Links, link_mark, new_nonce
from coach_portal.core.rules.texts import signing_in_letters
from coach_portal.core.rules.texts.letters import Letter
from coach_portal.core.services import audit
from coach_portal.core.services.sending import emails
from coach_portal.core.services.signing_in import sign_in, throttles


def refuse_poor(password: str) -> None:
    """Raises Invalid for a password that is too short, too long or too common."""
    if problem := passwords.problem_with(password):
        raise Invalid({"password": sign_in.PASSWORD_PROBLEMS[problem]})


def change(session: Session, coach: Coach, password_hash: str, token: str, now: datetime) -> None:
    """Take a new password; every other session of theirs ends, the one of `token` stays."""
    coach.password_hash = password_hash
    sign_in.end_sessions(session, coach.id, now, but_for=token)
    _end_links(session, coach.id, now)
    _tell(session, coach, "change_password", now)


def ask(session: Session, email: str, address: str, now: datetime) -> None:
    """Send a link for a new password, if somebody signs in with this address. Raises TooManyTries for whoever asks too
    often; who is asked about too often gets no more emails, and nobody is told so."""
    email = sign_in.normal(email)
    throttles.count(session, {"reset_address": throttles.network(address)}, now)
    try:
        throttles.count(session, {"reset_account": email}, now)
    except throttles.TooManyTries:
        return
    coach = session.scalar(select(Coach).where(Coach.email == email, Coach.active))
    if coach is None:
        return
    _end_links(session, coach.id, now)
    row = PasswordReset(coach_id=coach.id, nonce=new_nonce(), sent_at=now, expires_at=now + RESET_GOOD_FOR)
    session.add(row)
    session.flush()
    letter = signing_in_letters.reset(link_mark("reset", row.id, row.nonce))
    _send(session, coach, "reset", letter, now)
    audit.record(session, coach.practice_id, "system", "send_reset", f"coach:{coach.id}", now)


def reset_of(session: Session, links: Links, token: str, now: datetime) -> PasswordReset | None:
    """The offer that this link makes; None when it is not ours, or was used, replaced or is too old."""
    told = links.read_one_time("reset", token)
    row = session.get(PasswordReset, told[0]) if told else None
    if told is None or row is None or not hmac.compare_digest(row.nonce, told[1]):
        return None
    stands = row.used_at is None and now < row.expires_at
    return row if stands and session.get_one(Coach, row.coach_id).active else None


def reset(session: Session, row: PasswordReset, password_hash: str, now: datetime) -> bool:
    """Take the new password and end every session; False when the link was used a moment ago."""
    unused = update(PasswordReset).where(PasswordReset.id == row.id, PasswordReset.used_at.is_(None))
    if session.scalar(unused.values(used_at=now).returning(PasswordReset.id)) is None:
        return False
    coach = session.get_one(Coach, row.coach_id)
    coach.password_hash = password_hash
    sign_in.end_sessions(session, coach.id, now)
    _tell(session, coach, "reset_password", now)
    return True


def _end_links(session: Session, coach_id: int, now: datetime) -> None:
    waiting = update(PasswordReset).where(PasswordReset.coach_id == coach_id, PasswordReset.used_at.is_(None))
    session.execute(waiting.values(used_at=now))


def _tell(session: Session, coach: Coach, action: str, now: datetime) -> None:
    """It stands in the trail, and whoever's it is hears of it: they may not have done it themselves."""
    audit.record(session, coach.practice_id, audit.by(coach), action, f"coach:{coach.id}", now)
    _send(session, coach, "account", signing_in_letters.PASSWORD_CHANGED, now)


def _send(session: Session, coach: Coach, kind: str, letter: Letter, now: datetime) -> None:
    emails.plan(
        session,
        practice_id=coach.practice_id,
        kind=kind,
        to=coach.email,
        subject=letter.subject,
        body=letter.body,
        now=now,
    )
