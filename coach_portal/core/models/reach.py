"""How a coach is told what waits for them, the codes by which they answer from their own phone, and their absences."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class AnswerCode(HasId, Base):
    """What a coach's text from their own phone begins with to reach one client, until `good_until`.

    For a coach a code means one client for ever, so that one from an old text can be late but never somebody else's.
    """

    __tablename__ = "answer_code"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    code: Mapped[str] = mapped_column(String(8))
    good_until: Mapped[datetime]

    __table_args__ = (
        Index("uq_answer_code_code", "coach_id", "code", unique=True),
        Index("uq_answer_code_client", "coach_id", "client_id", unique=True),
    )


class Absence(HasId, Base):
    """A time in which a coach is away. `covered_by` is the colleague who is told in their place; `cover_name` somebody
    outside the practice, whom clients are told of and we do not reach. With neither, nobody covers."""

    __tablename__ = "absence"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    covered_by: Mapped[int | None] = mapped_column(ForeignKey("coach.id"))
    cover_name: Mapped[str | None] = mapped_column(String(120))
    created_at: Mapped[datetime]

    __table_args__ = (Index("ix_absence_coach", "coach_id", "ends_at"),)


class AbsenceTold(Base):
    """That a client was told of an absence: once."""

    __tablename__ = "absence_told"

    absence_id: Mapped[int] = mapped_column(ForeignKey("absence.id"), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), primary_key=True, index=True)
    at: Mapped[datetime]
