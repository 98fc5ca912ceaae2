"""Who is in the practice, and in which role. The last owner stays: nobody else could let anybody in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Client, Coach, CoachClient, CoachInvitation, Practice, SecondFactor, WebSession
from coach_portal.core.rules.roles import ROLES
from coach_portal.core.services import audit, scope
from coach_portal.core.services.colleagues import invitations

NO_COACH = "no_coach"
"""Why a client's texts are held (`client.held_reason`): their coach left, and nobody has taken them over."""
LAST_OWNER = "A practice needs an owner. Make somebody else one first."


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody of the practice: when last seen (None: not lately), how many clients, whether a second factor is on."""

    id: int
    name: str
    email: str
    role: str
    seen_at: datetime | None
    clients: int
    factor: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The page. `left` are those who left, `without` the clients who have nobody."""

    people: list[PersonLine]
    invitations: Sequence[CoachInvitation]
    left: list[str]
    without: list[tuple[int, str]]
    factor_required: bool


def read(session: Session, coach: Coach, now: datetime) -> PeoplePage:
    """Everybody of the practice, owners first; open invitations."""
    here = Client.practice_id == coach.practice_id
    held = select(Client.id, Client.name).where(here, Client.held_reason == NO_COACH, Client.archived_at.is_(None))
    gone = select(Coach.name).where(Coach.practice_id == coach.practice_id, Coach.active.is_(False))
    return PeoplePage(
        people=_people(session, coach),
        invitations=invitations.open_ones(session, coach, now),
        left=list(session.scalars(gone.order_by(Coach.name))),
        without=[(row.id, row.name) for row in session.execute(held.order_by(Client.name))],
        factor_required=session.get_one(Practice, coach.practice_id).factor_required,
    )


def colleague(session: Session, coach: Coach, coach_id: int) -> Coach:
    """Somebody of the coach's practice who is still there, or NotFound."""
    theirs = select(Coach).where(Coach.id == coach_id, Coach.practice_id == coach.practice_id, Coach.active)
    found = session.scalar(theirs)
    if found is None:
        raise NotFound("nobody of yours")
    return found


def clients_of(session: Session, who: Coach) -> list[int]:
    """The ids of the clients in somebody's care, archived ones too: their history goes where they go."""
    theirs = select(CoachClient.client_id).where(CoachClient.coach_id == who.id)
    return list(session.scalars(theirs.order_by(CoachClient.client_id)))


def change_role(session: Session, owner: Coach, who: Coach, role: str, now: datetime) -> None:
    """Give somebody another role, from their next click on. Raises NotAllowed, Invalid for the last owner."""
    scope.require(owner, "manage_people")
    if role not in ROLES:
        raise Invalid({"role": "Choose one of the roles."})
    if role == who.role:
        return
    keep_an_owner(session, who)
    detail = {"from_role": who.role, "to_role": role}
    who.role = role
    audit.record(session, owner.practice_id, audit.by(owner), "change_role", f"coach:{who.id}", now, **detail)


def keep_an_owner(session: Session, who: Coach) -> None:
    """Raises Invalid where this is the last owner. Two who leave at once are looked at one after the other."""
    session.execute(select(Practice.id).where(Practice.id == who.practice_id).with_for_update())
    owners = select(func.count()).where(Coach.practice_id == who.practice_id, Coach.role == "owner", Coach.active)
    session.refresh(who)
    if who.role == "owner" and (session.scalar(owners) or 0) < 2:
        raise Invalid({"role": LAST_OWNER})


def _people(session: Session, coach: Coach) -> list[PersonLine]:
    seen = select(func.max(WebSession.seen_at)).where(WebSession.coach_id == Coach.id).scalar_subquery()
    cares = (
        select(func.count())
        .select_from(CoachClient)
        .join(Client, Client.id == CoachClient.client_id)
        .where(CoachClient.coach_id == Coach.id, Client.archived_at.is_(None))
        .scalar_subquery()
    )
    rows = (
        select(Coach, seen.label("seen_at"), cares.label("clients"), SecondFactor.confirmed_at)
        .outerjoin(SecondFactor, SecondFactor.coach_id == Coach.id)
        .where(Coach.practice_id == coach.practice_id, Coach.active)
    )
    found = [
        PersonLine(who.id, who.name, who.email, who.role, seen_at, clients, confirmed_at is not None)
        for who, seen_at, clients, confirmed_at in session.execute(rows)
    ]
    return sorted(found, key=lambda one: (ROLES.index(one.role), one.name.casefold()))
