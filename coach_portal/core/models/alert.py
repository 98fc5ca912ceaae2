"""What a human must see now, who is told, and each step that was taken."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class Alert(HasId, Base):
    """Something a human must see now. `kind`: risk, possible_risk, maybe_stop, bad_number, wants_answer, and others.

    `acknowledged_by` is who has it in hand: "coach:3" or "second_contact". `next_step_at` is when the next people are
    told, empty when nobody is to be; `told` counts the rounds of telling so far.
    """

    __tablename__ = "alert"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    kind: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    told: Mapped[int] = mapped_column(default=0, server_default="0")
    next_step_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str | None] = mapped_column(String(32))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("coach.id"))

    __table_args__ = (
        Index(
            "ix_alert_open",
            "practice_id",
            "id",
            postgresql_where=text("closed_at IS NULL"),
            sqlite_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_alert_next_step",
            "next_step_at",
            postgresql_where=text("next_step_at IS NOT NULL"),
            sqlite_where=text("next_step_at IS NOT NULL"),
        ),
    )


class AlertStep(HasId, Base):
    """One thing that was done about an alert. `step` as in `rules.escalation`; `who` is a name as it was then.

    The message or email, where there is one, tells what became of it.
    """

    __tablename__ = "alert_step"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), index=True)
    at: Mapped[datetime]
    step: Mapped[str] = mapped_column(String(24))
    who: Mapped[str | None] = mapped_column(String(120))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    email_id: Mapped[int | None] = mapped_column(ForeignKey("email.id"))


class SecondContact(Base):
    """Who is told when a coach does not answer. One for a practice; at least one of `phone` and `email` is set."""

    __tablename__ = "second_contact"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(16))
    email: Mapped[str | None] = mapped_column(String(254))
    changed_at: Mapped[datetime]
