"""What a client may try one day."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class Idea(HasId, Base):
    """A tiny action that waits until it is tried. `goal_id` is the goal it became; it was `dropped_at` where not."""

    __tablename__ = "idea"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    area: Mapped[str | None] = mapped_column(String(32))
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goal.id"))
    created_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]
