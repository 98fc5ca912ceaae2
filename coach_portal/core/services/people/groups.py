"""Groups of clients. Their names are the practice's; a coach is shown of their members the clients they see anyway."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import ClientGroup, Coach, tables
from coach_portal.core.services import audit, scope

_group, _member, _client = tables.client_group, tables.group_member, tables.client
_OF_CLIENTS = (
    select(_member.c.client_id, _group.c.id, _group.c.name)
    .join(_group, _group.c.id == _member.c.group_id)
    .where(bulk.among(_member.c.client_id, "clients"))
)
_TAKEN = "There is a group of this name already."


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in the list, and how many of its members the coach sees."""

    id: int
    name: str
    members: int


def in_use(session: Session, coach: Coach) -> list[GroupLine]:
    """The practice's groups, in the order of the alphabet. Whom the coach does not see, and who was filed away, is
    not counted."""
    mine = scope.ids_of(coach).where(_client.c.archived_at.is_(None))
    counted = func.count(_member.c.client_id)
    lines = (
        select(_group.c.id, _group.c.name, counted)
        .select_from(_group)
        .outerjoin(_member, (_member.c.group_id == _group.c.id) & _member.c.client_id.in_(mine))
        .where(_group.c.practice_id == coach.practice_id)
        .group_by(_group.c.id, _group.c.name)
    )
    found = [GroupLine(*row) for row in session.execute(lines)]
    return sorted(found, key=lambda line: line.name.casefold())


def of_clients(session: Session, client_ids: Sequence[int]) -> dict[int, tuple[tuple[int, str], ...]]:
    """The groups of these clients as (id, name), in the order of the alphabet."""
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for row in bulk.fetch(session.connection(), _OF_CLIENTS, {"clients": client_ids}):
        found[row.client_id].append((row.id, row.name))
    return {id_: tuple(sorted(groups, key=lambda one: one[1].casefold())) for id_, groups in found.items()}


def group_of(session: Session, coach: Coach, group_id: int) -> ClientGroup:
    """One group of the coach's practice, or NotFound."""
    mine = select(ClientGroup).where(ClientGroup.id == group_id, ClientGroup.practice_id == coach.practice_id)
    found = session.scalar(mine)
    if found is None:
        raise NotFound("no such group")
    return found


def members(session: Session, coach: Coach, group: ClientGroup) -> list[int]:
    """The ids of the members whom this coach sees and who were not filed away, those of old first."""
    theirs = select(_member.c.client_id).where(_member.c.group_id == group.id)
    mine = scope.ids_of(coach).where(_client.c.archived_at.is_(None), _client.c.id.in_(theirs))
    return list(session.scalars(mine.order_by(_client.c.id)))


def named(session: Session, coach: Coach, group: ClientGroup) -> list[tuple[int, str]]:
    """The same members as (id, name), by the alphabet."""
    rows = session.execute(select(_client.c.id, _client.c.name).where(_client.c.id.in_(members(session, coach, group))))
    return sorted(((row.id, row.name) for row in rows), key=lambda one: one[1].casefold())


def make(session: Session, coach: Coach, name: str, now: datetime) -> ClientGroup:
    """A new, empty group. Raises Invalid when the practice has one of that name."""
    _refuse_name(session, coach, name, but_for=None)
    group = ClientGroup(practice_id=coach.practice_id, name=name, made_by=coach.id, created_at=now)
    session.add(group)
    session.flush()
    audit.record(session, coach.practice_id, audit.by(coach), "make_group", f"group:{group.id}", now)
    return group


def rename(session: Session, coach: Coach, group: ClientGroup, name: str, now: datetime) -> None:
    """Call it something else. Raises Invalid when another group is called so."""
    _refuse_name(session, coach, name, but_for=group.id)
    group.name = name
    audit.record(session, coach.practice_id, audit.by(coach), "rename_group", f"group:{group.id}", now)


def drop(session: Session, coach: Coach, group: ClientGroup, now: datetime) -> None:
    """There is no such group any more; its members stay clients. Raises Invalid while it has members whom this coach
    does not see: they are a colleague's to lose."""
    everyone = select(func.count()).where(_member.c.group_id == group.id)
    seen = everyone.where(_member.c.client_id.in_(scope.ids_of(coach)))
    if session.scalar(everyone) != session.scalar(seen):
        raise Invalid({"name": "Clients of your colleagues are in this group, so it stays. You can take yours out."})
    audit.record(session, coach.practice_id, audit.by(coach), "drop_group", f"group:{group.id}", now)
    session.execute(delete(_member).where(_member.c.group_id == group.id))
    session.delete(group)


def add(session: Session, coach: Coach, group: ClientGroup, client_ids: Sequence[int], now: datetime) -> list[int]:
    """Put clients whom this coach sees into the group; answers those who were not in it. Raises NotFound."""
    wanted = scope.theirs(session, coach, client_ids)
    have = set(session.scalars(_among(group, wanted)))
    new = [client_id for client_id in wanted if client_id not in have]
    common = {"group_id": group.id, "practice_id": coach.practice_id, "joined_at": now}
    bulk.insert_rows(session.connection(), _member, [{"client_id": id_} | common for id_ in new], once=True)
    _note(session, coach, "join_group", group, new, now)
    return new


def take_out(session: Session, coach: Coach, group: ClientGroup, client_ids: Sequence[int], now: datetime) -> list[int]:
    """Take clients whom this coach sees out of the group; answers those who were in it. Raises NotFound."""
    had = list(session.scalars(_among(group, scope.theirs(session, coach, client_ids))))
    session.execute(delete(_member).where(_member.c.group_id == group.id, _member.c.client_id.in_(had)))
    _note(session, coach, "leave_group", group, had, now)
    return had


def _among(group: ClientGroup, client_ids: Sequence[int]) -> Select[int]:
    return select(_member.c.client_id).where(_member.c.group_id == group.id, _member.c.client_id.in_(client_ids))


def _refuse_name(session: Session, coach: Coach, name: str, *, but_for: int | None) -> None:
    mine = select(ClientGroup.id, ClientGroup.name).where(ClientGroup.practice_id == coach.practice_id)
    if any(row.name.casefold() == name.casefold() and row.id != but_for for row in session.execute(mine)):
        raise Invalid({"name": _TAKEN})


def _note(
    session: Session, coach: Coach, action: str, group: ClientGroup, client_ids: Sequence[int], now: datetime
) -> None:
    if client_ids:
        subject = f"group:{group.id}"
        audit.record(session, coach.practice_id, audit.by(coach), action, subject, now, clients=list(client_ids))
