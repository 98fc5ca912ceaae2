"""The practice (the tenant), the numbers it sends from, and who is told when its coach does not answer."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class Practice(HasId, Base):
    """One coaching business. `texts_from` and `texts_until` are local "HH:MM" between which it may text."""

    __tablename__ = "practice"

    name: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))
    timezone: Mapped[str] = mapped_column(String(64))
    texts_from: Mapped[str] = mapped_column(String(5), default="08:00", server_default="08:00")
    texts_until: Mapped[str] = mapped_column(String(5), default="21:00", server_default="21:00")
    created_at: Mapped[datetime]


class SendingNumber(HasId, Base):
    """A number a practice texts from, E.164. A client keeps the one they began with."""

    __tablename__ = "sending_number"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    phone: Mapped[str] = mapped_column(String(16), unique=True)


class Suppression(Base):
    """A phone that asked this practice to stop. Outlives the client's row: neither import nor erasure revives it."""

    __tablename__ = "suppression"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), primary_key=True)
    phone: Mapped[str] = mapped_column(String(16), primary_key=True)
    reason: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
