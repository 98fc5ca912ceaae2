"""Coaching sessions. In code they are appointments, because "session" always means SQLAlchemy's."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId

_TO_REMIND = text("reminded_at IS NULL AND cancelled_at IS NULL")


class Appointment(HasId, Base):
    """A coaching session of `minutes` minutes between a coach and a client.

    The client is reminded at `remind_at`, `remind_hours` before; `reminded_at` is when that was planned. All are empty
    for a session without a reminder.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        Index("ix_appointment_client", "client_id", "starts_at"),
        Index("ix_appointment_remind", "remind_at", postgresql_where=_TO_REMIND, sqlite_where=_TO_REMIND),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[str | None] = mapped_column(String(120))
    remind_hours: Mapped[int | None]
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
