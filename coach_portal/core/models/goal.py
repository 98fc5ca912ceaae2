"""Micro-goals and what clients report about them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId
from coach_portal.core.models.check_in import Json


class Goal(HasId, Base):
    """A tiny action, the cue it is tied to, how often, perhaps how much.

    `position` is its 1-based place in the order shown to the client, who may answer by number. `synonyms` are words by
    which this client means it, learnt from their coach's corrections.
    """

    __tablename__ = "goal"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    anchor: Mapped[str | None] = mapped_column(String(120))
    area: Mapped[str | None] = mapped_column(String(32))
    cadence: Mapped[str] = mapped_column(String(16))
    amount: Mapped[float | None]
    unit: Mapped[str | None] = mapped_column(String(32))
    direction: Mapped[str] = mapped_column(String(8), default="at_least")
    synonyms: Mapped[list[str]] = mapped_column(Json, default=list, server_default="[]")
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    let_be_until: Mapped[date | None]


class FormerTerms(HasId, Base):
    """What was agreed of a goal until a local date, from which something else was. Each day is judged by its terms."""

    __tablename__ = "former_terms"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id"), index=True)
    until: Mapped[date]
    title: Mapped[str] = mapped_column(String(120))
    anchor: Mapped[str | None] = mapped_column(String(120))
    area: Mapped[str | None] = mapped_column(String(32))
    cadence: Mapped[str] = mapped_column(String(16))
    amount: Mapped[float | None]
    unit: Mapped[str | None] = mapped_column(String(32))
    direction: Mapped[str] = mapped_column(String(8))
    changed_at: Mapped[datetime]


class Win(HasId, Base):
    """Something done, on one local day. `goal_id` is empty for a win outside the goals; `title` is then their words."""

    __tablename__ = "win"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goal.id"))
    local_date: Mapped[date]
    amount: Mapped[float | None]
    title: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(8))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), index=True)
    recorded_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_win_day", "client_id", "local_date", "goal_id"),
        # The same thing told twice is one win (the label guide's rule).
        Index(
            "uq_win_told_once",
            "goal_id",
            "local_date",
            func.coalesce(text("amount"), text("-1")),
            unique=True,
            postgresql_where=text("undone_at IS NULL AND goal_id IS NOT NULL"),
            sqlite_where=text("undone_at IS NULL AND goal_id IS NOT NULL"),
        ),
    )


class Miss(HasId, Base):
    """A goal said not to be done on one local day."""

    __tablename__ = "miss"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id"))
    local_date: Mapped[date]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), index=True)
    recorded_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_miss_day", "client_id", "local_date", "goal_id"),
        Index(
            "uq_miss_told_once",
            "goal_id",
            "local_date",
            unique=True,
            postgresql_where=text("undone_at IS NULL"),
            sqlite_where=text("undone_at IS NULL"),
        ),
    )
