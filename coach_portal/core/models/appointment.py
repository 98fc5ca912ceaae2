"""Coaching sessions. In code they are appointments, because "session" always means SQLAlchemy's."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class Appointment(HasId, Base):
    """A coaching session of `minutes` minutes between a coach and a client."""

    __tablename__ = "appointment"
    __table_args__ = (Index("ix_appointment_client", "client_id", "starts_at"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[str | None] = mapped_column(String(120))
    cancelled_at: Mapped[datetime | None]
