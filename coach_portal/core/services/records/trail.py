"""The audit trail, read: who saw, changed, brought in and took out what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from coach_portal.core.models import AuditEvent, Base, Coach, tables
from coach_portal.core.services import scope
from coach_portal.core.services.records import footprint

LENGTH: Final = 50
"""Lines on a page."""
MOVED: Final = ("import", "export_client", "export_practice", "erase_client", "set_keeping")
"""What brings data in, takes it out or forgets it."""
TABLES: Final = {"schedule": "check_in_schedule"}
"""Subjects that are not named as their table is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: `kind` all, saw, changed or moved; of one coach; about one client; those before a line's id."""

    kind: str = "all"
    coach_id: int | None = None
    client_id: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who, what, and about whom; `client` is (id, name), the name empty for one who was erased."""

    id: int
    at: datetime
    who: str
    action: str
    client: tuple[int, str] | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TrailPage:
    """A page of lines, the newest first; `older` is where the next begins, None at the end."""

    lines: list[Line]
    coaches: list[Coach]
    about: str
    older: int | None


def read(session: Session, coach: Coach, wanted: Wanted) -> TrailPage:
    """A page of the practice's trail. Raises NotAllowed for anyone but the owner, NotFound for another's client."""
    scope.require(coach, "read_trail")
    about = scope.client_of(session, coach, wanted.client_id).name if wanted.client_id else ""
    asked = select(AuditEvent).where(AuditEvent.practice_id == coach.practice_id, *_conditions(session, coach, wanted))
    found = session.scalars(asked.order_by(AuditEvent.id.desc()).limit(LENGTH + 1)).all()
    shown = found[:LENGTH]
    coaches = list(session.scalars(select(Coach).where(Coach.practice_id == coach.practice_id).order_by(Coach.name)))
    names = {f"coach:{one.id}": one.name for one in coaches}
    clients = _clients(session, coach.practice_id, shown)
    lines = [
        Line(row.id, row.at, _who(row.actor, names, clients), row.action, clients.get(row.subject), _named(row, names))
        for row in shown
    ]
    return TrailPage(lines, coaches, about, shown[-1].id if len(found) > LENGTH else None)


def _named(row: AuditEvent, names: dict[str, str]) -> dict[str, Any]:
    """The details with the names of the coaches they are about."""
    told = {"whom": names[row.subject]} if row.subject in names else {}
    if row.action == "hand_over":
        told["to_name"] = names.get(f"coach:{row.detail.get('to')}", "")
    return row.detail | told


def _conditions(session: Session, coach: Coach, wanted: Wanted) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = []
    if wanted.kind == "saw":
        narrowed.append(AuditEvent.action == "view")
    elif wanted.kind == "moved":
        narrowed.append(AuditEvent.action.in_(MOVED))
    elif wanted.kind == "changed":
        narrowed.append(AuditEvent.action.not_in(("view", *MOVED)))
    if wanted.coach_id:
        narrowed.append(AuditEvent.actor == f"coach:{wanted.coach_id}")
    if wanted.before:
        narrowed.append(AuditEvent.id < wanted.before)
    if wanted.client_id:
        narrowed.append(_about(session, coach, wanted.client_id))
    return narrowed


def _about(session: Session, coach: Coach, client_id: int) -> ColumnElement[bool]:
    """Lines about a client or anything of theirs."""
    person = footprint.person_of(scope.client_of(session, coach, client_id))
    found = footprint.of(session.connection(), person).ids
    words = {table: word for word, table in TABLES.items()}
    subjects = [f"{words.get(name, name)}:{row_id}" for name, ids in found.items() for row_id in ids]
    # A chunk at a time: SQLite takes no more than some thousands of values in one list.
    return or_(*(AuditEvent.subject.in_(subjects[n : n + 500]) for n in range(0, len(subjects), 500)))


def _clients(session: Session, practice_id: int, rows: Sequence[AuditEvent]) -> dict[str, tuple[int, str]]:
    """The client that each subject is about, where it is about one."""
    ids: dict[str, set[int]] = {}
    for row in rows:
        for named in (row.subject, row.actor):
            word, _, number = named.partition(":")
            if number.isdecimal():
                ids.setdefault(word, set()).add(int(number))
    whose = {word: _whose(session, TABLES.get(word, word), few) for word, few in ids.items() if word != "client"}
    known = {one for pairs in whose.values() for one in pairs.values()} | ids.get("client", set())
    client = tables.client.c
    asked = select(client.id, client.name).where(client.practice_id == practice_id, client.id.in_(known))
    names = {row.id: row.name for row in session.execute(asked)}
    told = {
        f"{word}:{one}": (client_id, names.get(client_id, ""))
        for word in whose
        for one, client_id in whose[word].items()
    }
    return told | {f"client:{one}": (one, names.get(one, "")) for one in ids.get("client", ())}


def _whose(session: Session, name: str, ids: set[int]) -> dict[int, int]:
    table = Base.metadata.tables.get(name)
    if table is None or "client_id" not in table.c or "id" not in table.c:
        return {}
    rows = session.execute(select(table.c.id, table.c.client_id).where(table.c.id.in_(ids)))
    return {row.id: row.client_id for row in rows if row.client_id}


def _who(actor: str, names: dict[str, str], clients: dict[str, tuple[int, str]]) -> str:
    if actor in names:
        return names[actor]
    if actor.startswith("client:"):
        return clients.get(actor, (0, ""))[1] or "A former client"
    return "Coach Portal" if actor == "system" else "Someone who left"
