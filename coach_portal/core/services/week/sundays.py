"""A client's Sundays: each week as it was given back, what it asked, and what they answered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.models import Client, Coach, Digest, Message, Reflection
from coach_portal.core.rules import pictures
from coach_portal.core.services import scope
from coach_portal.core.services.week import pictures as pictures_service

SHOWN = 13


@dataclass(frozen=True, slots=True)
class Sunday:
    """One week given back. `answers` are what they wrote to its question; `is_open` whether its link still opens."""

    digest: Digest
    message: Message
    answers: list[Reflection]
    is_open: bool

    @property
    def last_day(self) -> date:
        """The day it was given back."""
        return self.digest.week_start + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Sundays:
    """The page of one client's weeks, newest first. `told` is the newest one's picture in words."""

    client: Client
    weeks: list[Sunday]
    told: str
    now: datetime

    @property
    def answered(self) -> int:
        """How many of the questions they answered."""
        return sum(bool(week.answers) for week in self.weeks)


def read(session: Session, coach: Coach, client_id: int, now: datetime) -> Sundays:
    """The last quarter of a client whom this coach may see. Raises NotFound."""
    client = scope.client_of(session, coach, client_id)
    found = session.execute(
        select(Digest, Message)
        .join(Message, Message.id == Digest.message_id)
        .where(Digest.client_id == client.id)
        .order_by(Digest.week_start.desc())
        .limit(SHOWN)
    ).all()
    answers: dict[int | None, list[Reflection]] = {}
    ids = [digest.id for digest, _ in found]
    for answer in session.scalars(select(Reflection).where(Reflection.digest_id.in_(ids)).order_by(Reflection.id)):
        answers.setdefault(answer.digest_id, []).append(answer)
    weeks = [
        Sunday(digest, message, answers.get(digest.id, []), (digest.picture_until or now) > now)
        for digest, message in found
    ]
    told = pictures.told(pictures_service.week_of(session, client, weeks[0].digest.week_start), "en") if weeks else ""
    return Sundays(client, weeks, told, now)
