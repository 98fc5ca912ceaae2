"""A practice's own words for the texts it repeats. Where it has some for a kind and a language, they are used alone."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Coach, Wording, tables
from coach_portal.core.rules.texts.wordings import trouble
from coach_portal.core.services import audit

MOST = 12
"""Wordings of one kind in one language; nobody is asked in more ways than that."""
Own = dict[tuple[int, str, str], tuple[str, ...]]
"""By practice, kind and language."""

_wording = tables.wording
_OF_PRACTICES = (
    select(_wording.c.practice_id, _wording.c.kind, _wording.c.locale, _wording.c.body)
    .where(bulk.among(_wording.c.practice_id, "practices"))
    .order_by(_wording.c.id)
)


def of_practices(connection: Connection, practice_ids: Collection[int]) -> Own:
    """The own wordings of these practices."""
    found = defaultdict(list)
    for row in bulk.fetch(connection, _OF_PRACTICES, {"practices": list(practice_ids)}):
        found[row.practice_id, row.kind, row.locale].append(row.body)
    return {case: tuple(bodies) for case, bodies in found.items()}


def of_practice(session: Session, coach: Coach) -> Sequence[Wording]:
    """The coach's practice's wordings, those of old first."""
    mine = select(Wording).where(Wording.practice_id == coach.practice_id).order_by(Wording.id)
    return session.scalars(mine).all()


def add_wording(session: Session, coach: Coach, kind: str, locale: str, body: str, now: datetime) -> Wording:
    """Say it in this way too. Raises Invalid with what to do about the words."""
    wrong = trouble(kind, body)
    if wrong:
        raise Invalid({"body": wrong})
    if sum(each.kind == kind and each.locale == locale for each in of_practice(session, coach)) >= MOST:
        raise Invalid({"body": f"{MOST} ways are enough: take one away first."})
    wording = Wording(practice_id=coach.practice_id, kind=kind, locale=locale, body=body, created_at=now)
    session.add(wording)
    session.flush()
    audit.record(session, coach.practice_id, audit.by(coach), "add_wording", f"wording:{wording.id}", now)
    return wording


def remove_wording(session: Session, coach: Coach, wording_id: int, now: datetime) -> Wording:
    """Say it in this way no more; answers the wording that was. Raises NotFound."""
    wording = session.get(Wording, wording_id)
    if wording is None or wording.practice_id != coach.practice_id:
        raise NotFound("no such wording")
    session.delete(wording)
    audit.record(session, coach.practice_id, audit.by(coach), "remove_wording", f"wording:{wording_id}", now)
    return wording
