"""A practice's own words for the texts it repeats."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class Wording(HasId, Base):
    """One way of saying one kind of text in one language. Where a practice has any, they stand in place of the house's.

    `body` holds placeholders in braces (see `rules.texts.wordings`).
    """

    __tablename__ = "wording"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    locale: Mapped[str] = mapped_column(String(16))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
