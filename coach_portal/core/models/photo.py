"""Photos that clients send."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class Photo(HasId, Base):
    """One attachment of a client's text. `state`: waiting, kept or refused, with `reason` for the last.

    `media_sid` is the carrier's id of it, `name` where the FileStore keeps it, sizes are pixels of what is kept.
    `try_at` is when it is fetched next, empty once that is settled; `tries` counts.
    """

    __tablename__ = "photo"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    place: Mapped[int]
    media_sid: Mapped[str] = mapped_column(String(34))
    state: Mapped[str] = mapped_column(String(8), default="waiting", server_default="waiting")
    reason: Mapped[str | None] = mapped_column(String(32))
    name: Mapped[str | None] = mapped_column(String(64))
    width: Mapped[int | None]
    height: Mapped[int | None]
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    try_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        Index("uq_photo_place", "message_id", "place", unique=True),
        Index(
            "ix_photo_try",
            "try_at",
            postgresql_where=text("try_at IS NOT NULL"),
            sqlite_where=text("try_at IS NOT NULL"),
        ),
    )
