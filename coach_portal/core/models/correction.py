"""What coaches correct, and what is learnt from it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId
from coach_portal.core.models.check_in import Json


class Correction(HasId, Base):
    """A coach read a text otherwise than we did. `before` and `after` are the understandings; nothing is overwritten."""

    __tablename__ = "correction"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"))
    before: Mapped[dict[str, Any]] = mapped_column(Json)
    after: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[datetime]


class GoalSynonym(HasId, Base):
    """Words by which one client means one of their goals, learnt from a correction."""

    __tablename__ = "goal_synonym"
    __table_args__ = (UniqueConstraint("goal_id", "words"),)

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id"))
    words: Mapped[str] = mapped_column(String(120))
    correction_id: Mapped[int] = mapped_column(ForeignKey("correction.id"))
    learnt_at: Mapped[datetime]
