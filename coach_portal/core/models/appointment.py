"""Coaching sessions. In code they are appointments, because "session" always means SQLAlchemy's."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId

_TO_REMIND = text("reminded_at IS NULL AND cancelled_at IS NULL")
_TO_PREPARE = text("prepared_at IS NULL AND cancelled_at IS NULL")


class Appointment(HasId, Base):
    """A coaching session of `minutes` minutes between a coach and a client.

    The client is reminded at `remind_at`, `remind_hours` before; `reminded_at` is when that was planned. All are empty
    for a session without a reminder. `series` is what the sessions agreed in one go share. `sequence` counts its moves,
    as calendars want it, and `changed_at` is when it last changed. `prepared_at` is when the coach was sent what to
    read before it. `share_token` opens the client's own version to whoever holds it, once the coach has sent it.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        Index("ix_appointment_client", "client_id", "starts_at"),
        Index("ix_appointment_remind", "remind_at", postgresql_where=_TO_REMIND, sqlite_where=_TO_REMIND),
        Index("ix_appointment_prepare", "starts_at", postgresql_where=_TO_PREPARE, sqlite_where=_TO_PREPARE),
        Index("uq_appointment_share_token", "share_token", unique=True),
        Index("ix_appointment_coach", "coach_id", "starts_at"),
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
    series: Mapped[str | None] = mapped_column(String(32))
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    changed_at: Mapped[datetime | None]
    prepared_at: Mapped[datetime | None]
    share_token: Mapped[str | None] = mapped_column(String(32))


class Commitment(HasId, Base):
    """Something coach and client agreed in a session, in the coach's words; `goal_id` where it is one of the goals."""

    __tablename__ = "commitment"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goal.id"))
    body: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
