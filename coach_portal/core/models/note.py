"""What coaches write down about a client for themselves."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class Note(HasId, Base):
    """A note of a coach's about a client. It is the practice's own: nothing that a client is sent or shown reads it."""

    __tablename__ = "note"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
