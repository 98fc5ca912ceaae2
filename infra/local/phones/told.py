"""What coaches and the second contact were sent, so that a visitor can read it and open its links."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.models import Coach, Email, Message, SendingNumber
from coach_portal.core.rules.links import Links

SHOWN = 40
TO_COACHES = ("coach_alert", "coach_note", "coach_answer")


@dataclass(frozen=True, slots=True)
class Told:
    """One text or email. `link` is the path of ours that it names, with the words before and after it."""

    at: datetime
    to: str
    subject: str
    before: str
    link: str
    after: str


def read(session: Session, coach: Coach, links: Links) -> list[Told]:
    """The latest of this coach's practice, the newest first."""
    texts = select(Message).where(Message.practice_id == coach.practice_id, Message.kind.in_(TO_COACHES))
    emails = select(Email).where(Email.practice_id == coach.practice_id)
    told = [
        *(_told(text.created_at, text.to_phone, "", text.body, links) for text in session.scalars(texts)),
        *(_told(one.created_at, one.to_address, one.subject, one.body, links) for one in session.scalars(emails)),
    ]
    return sorted(told, key=lambda one: one.at, reverse=True)[:SHOWN]


def number_of(session: Session, coach: Coach) -> str | None:
    """The number that this coach's practice texts from."""
    mine = select(SendingNumber.phone).where(SendingNumber.practice_id == coach.practice_id)
    return session.scalar(mine.order_by(SendingNumber.id).limit(1))


def _told(at: datetime, to: str, subject: str, body: str, links: Links) -> Told:
    body = links.written_out(body)
    link = re.search(rf"{re.escape(links.public_url)}(/\S*)", body)
    if link is None:
        return Told(at, to, subject, body, "", "")
    return Told(at, to, subject, body[: link.start()], link[1], body[link.end() :])
