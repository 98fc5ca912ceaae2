"""The week given back to the client, the questions that go with it, and what was answered."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class Digest(HasId, Base):
    """One week of one client as it was sent. `week_start` is its first day, the local Monday for most.

    `theme` is what its question was about. `picture_token` opens the week's picture until `picture_until`, to whoever
    holds it; empty where the practice sends no pictures.
    """

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("client_id", "week_start"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    check_in_id: Mapped[int] = mapped_column(ForeignKey("check_in.id"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    week_start: Mapped[date]
    question: Mapped[str] = mapped_column(Text)
    theme: Mapped[str | None] = mapped_column(String(16))
    picture_token: Mapped[str | None] = mapped_column(String(32), unique=True)
    picture_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ReflectionQuestion(HasId, Base):
    """A question that a practice added to ours. `slot`, 0 to 12, is its week of the quarter (see `rules.weeks`)."""

    __tablename__ = "reflection_question"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"))
    theme: Mapped[str] = mapped_column(String(16))
    locale: Mapped[str] = mapped_column(String(2))
    body: Mapped[str] = mapped_column(String(100))
    slot: Mapped[int]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class Reflection(HasId, Base):
    """A client's answer to a reflective question, in their own words."""

    __tablename__ = "reflection"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digest.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    question: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    local_date: Mapped[date]
    recorded_at: Mapped[datetime]
