"""The words by which a practice sorts its clients."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.models import Coach, tables
from coach_portal.core.services import audit

_tag = tables.client_tag
_OF_CLIENTS = select(_tag.c.client_id, _tag.c.tag).where(bulk.among(_tag.c.client_id, "clients"))


def of_clients(session: Session, client_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The tags of these clients, in the order of the alphabet."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in bulk.fetch(session.connection(), _OF_CLIENTS, {"clients": client_ids}):
        found[row.client_id].append(row.tag)
    return {client_id: tuple(sorted(tags, key=str.casefold)) for client_id, tags in found.items()}


def in_use(session: Session, coach: Coach) -> list[str]:
    """The practice's tags, in the order of the alphabet."""
    used = session.scalars(select(_tag.c.tag).where(_tag.c.practice_id == coach.practice_id).distinct())
    return sorted(used, key=str.casefold)


def add(session: Session, coach: Coach, client_ids: Sequence[int], tag: str, now: datetime) -> list[int]:
    """Give these clients a tag, spelt as the practice spells it already; answers those who had it not."""
    spelt = _as_spelt(session, coach, tag)
    have = set(session.scalars(_having(client_ids, spelt)))
    new = [client_id for client_id in client_ids if client_id not in have]
    rows = [{"client_id": client_id, "tag": spelt, "practice_id": coach.practice_id} for client_id in new]
    bulk.insert_rows(session.connection(), _tag, rows, once=True)
    _note(session, coach, "tag", new, now)
    return new


def remove(session: Session, coach: Coach, client_ids: Sequence[int], tag: str, now: datetime) -> list[int]:
    """Take a tag off these clients; answers those who had it."""
    spelt = _as_spelt(session, coach, tag)
    had = list(session.scalars(_having(client_ids, spelt)))
    session.execute(delete(_tag).where(_tag.c.client_id.in_(had), _tag.c.tag == spelt))
    _note(session, coach, "untag", had, now)
    return had


def _having(client_ids: Sequence[int], tag: str) -> Select[int]:
    return select(_tag.c.client_id).where(_tag.c.client_id.in_(client_ids), _tag.c.tag == tag)


def _as_spelt(session: Session, coach: Coach, tag: str) -> str:
    return next((spelt for spelt in in_use(session, coach) if spelt.casefold() == tag.casefold()), tag)


def _note(session: Session, coach: Coach, action: str, client_ids: Sequence[int], now: datetime) -> None:
    if client_ids:
        subject = f"practice:{coach.practice_id}"
        audit.record(session, coach.practice_id, audit.by(coach), action, subject, now, clients=list(client_ids))
