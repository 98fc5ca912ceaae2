"""What coaches correct. What is learnt from it lies with the goal, in `Goal.synonyms`."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId
from coach_portal.core.models.check_in import Json


class Correction(HasId, Base):
    """A coach read a text otherwise than we did. `before` and `after` are the two understandings."""

    __tablename__ = "correction"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"))
    before: Mapped[dict[str, Any]] = mapped_column(Json)
    after: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[datetime]
