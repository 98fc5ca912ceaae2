"""Calls: each account's line, and the messages that were left for a coach."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class CallLine(Base):
    """How busy an account at the carrier is with placing calls; "" is the installation's own.

    `free_at` and `line_until` in microseconds since 1970, as a sending number's (`rules.pacing.Lane`).
    """

    __tablename__ = "call_line"

    account_sid: Mapped[str] = mapped_column(String(34), primary_key=True)
    free_at: Mapped[int] = mapped_column(default=0, server_default="0")
    line_until: Mapped[int] = mapped_column(default=0, server_default="0")


class Recording(HasId, Base):
    """A message left for the coach, kept at the carrier. `message_id` is the inbound row that stands for it.

    `transcript` is how far the carrier's transcript came: wanted, completed, failed; None where none was asked for.
    """

    __tablename__ = "recording"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    sid: Mapped[str] = mapped_column(String(34), unique=True)
    account_sid: Mapped[str] = mapped_column(String(34))
    seconds: Mapped[int]
    transcript: Mapped[str | None] = mapped_column(String(16))
    recorded_at: Mapped[datetime]
