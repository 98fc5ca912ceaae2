"""Emails: written first, then sent, like texts. They tell that something waits in the portal and never what it says."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class Email(HasId, Base):
    """One email, which is its own outbox row. `kind` as in `rules.emails`.

    `state`: planned, sending, sent, failed (refused for good, or too late), unknown (it may or may not have left).
    `error` is a code, never the server's words, which quote addresses.
    """

    __tablename__ = "email"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    to_address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    send_after: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_email_unsettled",
            "send_after",
            postgresql_where=text("state IN ('planned', 'sending')"),
            sqlite_where=text("state IN ('planned', 'sending')"),
        ),
    )
