"""The week given back to the client, and what they answered to its question."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class Digest(HasId, Base):
    """One week of one client as it was sent. `week_start` is the local Monday."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("client_id", "week_start"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    check_in_id: Mapped[int] = mapped_column(ForeignKey("check_in.id"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    week_start: Mapped[date]
    question: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


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
