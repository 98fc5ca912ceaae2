"""What texts cost: an append-only ledger, and each month's sum of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class Charge(HasId, Base):
    """One line: what a text is thought to cost ("estimate"), or by how much that was off ("correction").

    `micros` are millionths of `currency`, below nothing where the estimate was too high. `month` is the first of the
    UTC month the text left or came in. No foreign keys to client and message: what was paid for outlives both.
    """

    __tablename__ = "charge"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int | None]
    message_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    direction: Mapped[str] = mapped_column(String(3))
    segments: Mapped[int]
    micros: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    month: Mapped[date]
    at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("message_id", "kind"),
        Index("ix_charge_month", "practice_id", "month", "client_id"),
    )


class MonthSpent(Base):
    """The sum of a practice's charges in a month: kept beside them, so that nobody need add them up to send a text."""

    __tablename__ = "month_spent"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    micros: Mapped[int]
