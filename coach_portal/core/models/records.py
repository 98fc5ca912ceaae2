"""Data coming in and going out for good: a file on its way in, an erasure, and what of it is still to be forgotten."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId
from coach_portal.core.models.check_in import Json


class ImportDraft(HasId, Base):
    """A CSV file that was read and previewed. `kind`: clients, goals or wins. Nothing of it counts before `taken_at`.

    `good` counts the rows that can be taken, `bad` lists the others as [line, {field: what to do}]. `taken` counts the
    rows that were taken. `content` is emptied a week after (rules.retention).
    """

    __tablename__ = "import_draft"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"))
    kind: Mapped[str] = mapped_column(String(8))
    content: Mapped[str] = mapped_column(Text)
    good: Mapped[int]
    bad: Mapped[list[Any]] = mapped_column(Json)
    created_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    taken: Mapped[int | None]


class Erasure(HasId, Base):
    """One person was forgotten: who asked, when, and how many rows that were. Never who they were.

    `client_id` has no foreign key: the row it meant is gone. `asked_by` is empty where it was time (`rules.retention`).
    `done_at` is when the last copy outside the database was gone too.
    """

    __tablename__ = "erasure"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    client_id: Mapped[int] = mapped_column(index=True)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("coach.id"))
    asked_at: Mapped[datetime]
    did: Mapped[dict[str, Any]] = mapped_column(Json)
    done_at: Mapped[datetime | None]


class Leftover(HasId, Base):
    """A copy outside the database that is still to be forgotten, tried again at `try_at` until it is.

    `what`: text (a carrier's id), talk (our number and a phone, between which the carrier must know no text any more),
    file (its name in the file store) or mail (an email's id).
    """

    __tablename__ = "leftover"
    __table_args__ = (Index("ix_leftover_try_at", "try_at"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    erasure_id: Mapped[int] = mapped_column(ForeignKey("erasure.id"), index=True)
    what: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(96))
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    try_at: Mapped[datetime]
