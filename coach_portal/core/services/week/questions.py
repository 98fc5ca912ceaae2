"""The questions a practice adds to ours for Sundays, and how its clients get the picture of their week."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Coach, Practice, ReflectionQuestion
from coach_portal.core.rules.weeks import QUARTER
from coach_portal.core.services import audit

MOST = 52
"""Four for each week of the quarter: with more, some would not come up for a year."""


def listed(session: Session, coach: Coach) -> Sequence[ReflectionQuestion]:
    """The practice's own questions that are asked, the first added first."""
    mine = select(ReflectionQuestion).where(
        ReflectionQuestion.practice_id == coach.practice_id, ReflectionQuestion.retired_at.is_(None)
    )
    return session.scalars(mine.order_by(ReflectionQuestion.id)).all()


def add(session: Session, coach: Coach, data: Mapping[str, Any], now: datetime) -> ReflectionQuestion:
    """Add a question; it gets the week of the quarter that has the fewest. Raises Invalid for one that is there."""
    asked = listed(session, coach)
    if any(each.body.casefold() == data["body"].casefold() for each in asked):
        raise Invalid({"body": "This one is asked already."})
    if len(asked) >= MOST:
        raise Invalid({"body": f"{MOST} questions fill the year. Retire one first."})
    taken = Counter(each.slot for each in asked if each.locale == data["locale"])
    slot = min(range(QUARTER), key=lambda week: (taken[week], week))
    given = {name: data[name] for name in ("body", "theme", "locale")}
    added = ReflectionQuestion(practice_id=coach.practice_id, coach_id=coach.id, slot=slot, created_at=now, **given)
    session.add(added)
    session.flush()
    audit.record(session, coach.practice_id, audit.by(coach), "add_question", f"question:{added.id}", now)
    return added


def retire(session: Session, coach: Coach, question_id: int, now: datetime) -> ReflectionQuestion:
    """Ask it no more; answers to it stay. Raises NotFound for another practice's."""
    found = session.get(ReflectionQuestion, question_id)
    if found is None or found.practice_id != coach.practice_id:
        raise NotFound("no such question")
    found.retired_at = found.retired_at or now
    audit.record(session, coach.practice_id, audit.by(coach), "retire_question", f"question:{found.id}", now)
    return found


def set_pictures(session: Session, coach: Coach, wanted: str, now: datetime) -> None:
    """How the week's picture reaches clients from the next week on: off, link or mms."""
    session.get_one(Practice, coach.practice_id).pictures = wanted
    audit.record(session, coach.practice_id, audit.by(coach), "set_pictures", f"practice:{coach.practice_id}", now)


def pictures(session: Session, coach: Coach) -> str:
    """How it reaches them now."""
    return session.get_one(Practice, coach.practice_id).pictures
