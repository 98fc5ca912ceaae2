"""What a human must see now."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class Alert(HasId, Base):
    """Something a human must see now. `kind`: risk, possible_risk, maybe_stop, bad_number, wants_answer."""

    __tablename__ = "alert"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    kind: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
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
    )
