"""Somebody leaves the practice: every way in ends at once, and nobody in their care is left without someone.

Clients go to a successor. Where none is named they go to an owner and their automatic texts are held until somebody
takes them over, so that nobody is texted in the name of a coach who is not there.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import AnswerCode, ApiToken, Client, Coach, PasswordReset, RecoveryCode, SecondFactor
from coach_portal.core.rules.texts import signing_in_letters
from coach_portal.core.services import audit, scope
from coach_portal.core.services.colleagues import handover, people
from coach_portal.core.services.sending import emails
from coach_portal.core.services.signing_in import sign_in


@dataclass(frozen=True, slots=True)
class Gone:
    """How many clients went over, how many of them are held, and the ids of texts to queue."""

    moved: int
    held: int
    message_ids: list[int]


def leave(
    session: Session, owner: Coach, who: Coach, to: Coach | None, url: str, now: datetime, machine_now: datetime,
    *, tell: bool = False,
) -> Gone:  # fmt: skip
    """Let somebody go, or go oneself. `to` takes over; `url` is where owners hand over who is held.

    Raises NotAllowed, Invalid for the last owner or a successor who cannot be one.
    """
    scope.require(owner, "manage_people")
    people.keep_an_owner(session, who)
    if to is not None and to.id == who.id:
        raise Invalid({"to": "Choose somebody who stays."})
    clients = people.clients_of(session, who)
    message_ids: list[int] = []
    heir = to or _owner_who_stays(session, who)
    if to is not None:
        message_ids = handover.hand_over(session, owner, clients, to, now, tell=tell).message_ids
    else:
        for client_id in clients:
            handover.pass_on(session, owner, client_id, heir, now)
    held = _hold(session, clients, now) if to is None else 0
    handover.move_sessions_of(session, who, heir, now)
    _shut_out(session, who, machine_now)
    subject = f"coach:{who.id}"
    detail = {"clients": len(clients), "to": heir.id, "held": held}
    audit.record(session, owner.practice_id, audit.by(owner), "let_go", subject, machine_now, **detail)
    if held:
        _tell_owners(session, who, held, url, now)
    return Gone(len(clients), held, message_ids)


def _shut_out(session: Session, who: Coach, machine_now: datetime) -> None:
    """Sessions, tokens, links, factors, the calendar's address and codes on their phone: nothing opens any more."""
    who.active, who.calendar_token, who.phone = False, None, None
    sign_in.end_sessions(session, who.id, machine_now)
    tokens = update(ApiToken).where(ApiToken.coach_id == who.id, ApiToken.revoked_at.is_(None))
    session.execute(tokens.values(revoked_at=machine_now))
    links = update(PasswordReset).where(PasswordReset.coach_id == who.id, PasswordReset.used_at.is_(None))
    session.execute(links.values(used_at=machine_now))
    session.execute(update(AnswerCode).where(AnswerCode.coach_id == who.id).values(good_until=machine_now))
    session.execute(delete(SecondFactor).where(SecondFactor.coach_id == who.id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.coach_id == who.id))
    session.flush()


def _owner_who_stays(session: Session, who: Coach) -> Coach:
    owners = select(Coach).where(Coach.practice_id == who.practice_id, Coach.role == "owner", Coach.active)
    return session.scalars(owners.where(Coach.id != who.id).order_by(Coach.id).limit(1)).one()


def _hold(session: Session, client_ids: list[int], now: datetime) -> int:
    """Hold whose texts go out; a hold for another reason stays what it is."""
    theirs = update(Client).where(Client.id.in_(client_ids), Client.archived_at.is_(None), Client.held_at.is_(None))
    held = theirs.values(held_at=now, held_reason=people.NO_COACH).returning(Client.id)
    return len(session.scalars(held).all())


def _tell_owners(session: Session, who: Coach, held: int, url: str, now: datetime) -> None:
    owners = select(Coach).where(Coach.practice_id == who.practice_id, Coach.role == "owner", Coach.active)
    letter = signing_in_letters.left_with_clients(who.name, held, url)
    for owner in session.scalars(owners):
        emails.plan(
            session,
            practice_id=owner.practice_id,
            kind="left",
            to=owner.email,
            subject=letter.subject,
            body=letter.body,
            now=now,
        )
