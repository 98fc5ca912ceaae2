"""Asking somebody to join a practice: by email, with a link that works once, for a week.

Whether an address signs in elsewhere is told to whoever opens the link, and to nobody else. Moments are the machine's.
"""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Coach, CoachInvitation, Practice
from coach_portal.core.rules.links import Links, link_mark, new_nonce
from coach_portal.core.rules.roles import NAMES, ROLES
from coach_portal.core.rules.texts import signing_in_letters
from coach_portal.core.services import audit, scope
from coach_portal.core.services.sending import emails
from coach_portal.core.services.signing_in import sign_in, throttles

GOOD_FOR: Final = timedelta(days=7)
_ADDRESS: Final = "Write the whole address, such as ana@example.com."


def open_ones(session: Session, coach: Coach, now: datetime) -> Sequence[CoachInvitation]:
    """The practice's invitations that were neither taken up nor withdrawn, those too old among them: send again."""
    waiting = select(CoachInvitation).where(
        CoachInvitation.practice_id == coach.practice_id,
        CoachInvitation.accepted_at.is_(None),
        CoachInvitation.withdrawn_at.is_(None),
    )
    return session.scalars(waiting.order_by(CoachInvitation.id)).all()


def invite(session: Session, owner: Coach, email: str, role: str, now: datetime) -> CoachInvitation:
    """Send an invitation; one that waits for the same address is replaced. Raises NotAllowed, Invalid, TooManyTries."""
    scope.require(owner, "manage_people")
    email = sign_in.normal(email)
    if "@" not in email.strip("@") or " " in email or len(email) > 254:
        raise Invalid({"email": _ADDRESS})
    if role not in ROLES:
        raise Invalid({"role": "Choose one of the roles."})
    here = select(Coach.id).where(Coach.email == email, Coach.practice_id == owner.practice_id, Coach.active)
    if session.scalar(here) is not None:
        raise Invalid({"email": "Whoever has this address is here already."})
    for former in open_ones(session, owner, now):
        if former.email == email:
            former.withdrawn_at = now
    row = CoachInvitation(practice_id=owner.practice_id, email=email, role=role, invited_by=owner.id)
    row.nonce, row.sent_at, row.expires_at = new_nonce(), now, now + GOOD_FOR
    session.add(row)
    session.flush()
    _send(session, owner, row, now)
    audit.record(
        session, owner.practice_id, audit.by(owner), "invite_coach", f"coach_invitation:{row.id}", now, role=role
    )
    return row


def send_again(session: Session, owner: Coach, invitation_id: int, now: datetime) -> CoachInvitation:
    """A new link, for another week; the one before opens nothing. Raises NotAllowed, NotFound, TooManyTries."""
    row = _open_one(session, owner, invitation_id)
    row.nonce, row.sent_at, row.expires_at, row.invited_by = new_nonce(), now, now + GOOD_FOR, owner.id
    _send(session, owner, row, now)
    audit.record(session, owner.practice_id, audit.by(owner), "invite_again", f"coach_invitation:{row.id}", now)
    return row


def withdraw(session: Session, owner: Coach, invitation_id: int, now: datetime) -> None:
    """The link opens nothing any more. Raises NotAllowed, NotFound."""
    row = _open_one(session, owner, invitation_id)
    row.withdrawn_at = now
    audit.record(session, owner.practice_id, audit.by(owner), "withdraw_invitation", f"coach_invitation:{row.id}", now)


def invitation_of(session: Session, links: Links, token: str, now: datetime) -> CoachInvitation | None:
    """What this link invites to; None when it is not ours, or was used, withdrawn, replaced or is too old."""
    told = links.read_one_time("join", token)
    row = session.get(CoachInvitation, told[0]) if told else None
    if told is None or row is None or not hmac.compare_digest(row.nonce, told[1]):
        return None
    return row if row.accepted_at is None and row.withdrawn_at is None and now < row.expires_at else None


def signs_in_elsewhere(session: Session, row: CoachInvitation) -> bool:
    """Whether the invited address belongs to another practice, or to somebody who is here already."""
    theirs = session.scalar(select(Coach).where(Coach.email == row.email))
    return theirs is not None and (theirs.active or theirs.practice_id != row.practice_id)


def join(session: Session, row: CoachInvitation, name: str, password_hash: str, now: datetime) -> Coach | None:
    """Take the invitation up; None when it was a moment ago. Whoever was here before is who they were."""
    if signs_in_elsewhere(session, row):
        return None
    unused = update(CoachInvitation).where(CoachInvitation.id == row.id, CoachInvitation.accepted_at.is_(None))
    if session.scalar(unused.values(accepted_at=now).returning(CoachInvitation.id)) is None:
        return None
    practice = session.get_one(Practice, row.practice_id)
    coach = session.scalar(select(Coach).where(Coach.email == row.email))
    if coach is None:
        coach = Coach(practice_id=practice.id, email=row.email, timezone=practice.timezone, created_at=now)
        session.add(coach)
    coach.name, coach.role, coach.password_hash, coach.active = name, row.role, password_hash, True
    session.flush()
    audit.record(session, practice.id, audit.by(coach), "join", f"coach:{coach.id}", now, role=row.role)
    return coach


def _open_one(session: Session, owner: Coach, invitation_id: int) -> CoachInvitation:
    scope.require(owner, "manage_people")
    row = session.get(CoachInvitation, invitation_id)
    if row is None or row.practice_id != owner.practice_id or row.accepted_at or row.withdrawn_at:
        raise NotFound("no such invitation")
    return row


def _send(session: Session, owner: Coach, row: CoachInvitation, now: datetime) -> None:
    throttles.count(session, {"invite": str(owner.practice_id)}, now)
    practice = session.get_one(Practice, owner.practice_id).name
    link = link_mark("join", row.id, row.nonce)
    letter = signing_in_letters.invitation(practice, owner.name, NAMES[row.role], GOOD_FOR.days, link)
    emails.plan(
        session,
        practice_id=owner.practice_id,
        kind="join",
        to=row.email,
        subject=letter.subject,
        body=letter.body,
        now=now,
    )
