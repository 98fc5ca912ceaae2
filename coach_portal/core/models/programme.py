"""Programmes: a sequence of steps that many clients can be started on, and how far each of them has come."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId
from coach_portal.core.models.check_in import Json


class Programme(HasId, Base):
    """A reusable sequence of steps over weeks. `locale` is the language its words are written in."""

    __tablename__ = "programme"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("coach.id"))
    name: Mapped[str] = mapped_column(String(60))
    about: Mapped[str | None] = mapped_column(String(300))
    locale: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class ProgrammeStep(HasId, Base):
    """One step. `kind`: goal, message or question; `starts`: see `rules.programmes`.

    `body` is what is sent at `local_time`, empty for a goal that begins without a word. `title` to `direction` are the
    goal, `ask_days` and `ask_at` when whoever is not asked yet is asked about it. `words` are the texts in other
    languages: {"es": {"body": …, "title": …, "anchor": …, "unit": …}}. `position` rises; that of a removed step stays.
    """

    __tablename__ = "programme_step"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    starts: Mapped[str] = mapped_column(String(16))
    days: Mapped[int | None]
    on_date: Mapped[date | None]
    local_time: Mapped[str] = mapped_column(String(5))
    body: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(String(120))
    anchor: Mapped[str | None] = mapped_column(String(120))
    area: Mapped[str | None] = mapped_column(String(32))
    cadence: Mapped[str | None] = mapped_column(String(16))
    amount: Mapped[float | None]
    unit: Mapped[str | None] = mapped_column(String(32))
    direction: Mapped[str | None] = mapped_column(String(8))
    ask_days: Mapped[str | None] = mapped_column(String(7))
    ask_at: Mapped[str | None] = mapped_column(String(5))
    words: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, server_default="{}")
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Enrolment(HasId, Base):
    """One client in one programme. `state`: active, paused, finished or stopped.

    `counts_from` is the local day that days after enrolment count from: who falls behind has it moved along. `due_at`
    is when the tick looks at it next; empty unless active. `writes_on` is the last local day that it took for a text of
    its own, from that day's beginning on. `last_step_id` and `last_on` tell the step that began last
    and its local day, `last_goal_id` the goal that a step added last.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        Index(
            "uq_enrolment_running",
            "client_id",
            "programme_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
        Index(
            "ix_enrolment_due",
            "due_at",
            postgresql_where=text("due_at IS NOT NULL"),
            sqlite_where=text("due_at IS NOT NULL"),
        ),
        Index("ix_enrolment_programme", "programme_id", "state"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("coach.id"))
    state: Mapped[str] = mapped_column(String(8))
    starts_on: Mapped[date]
    counts_from: Mapped[date]
    due_at: Mapped[datetime | None]
    writes_on: Mapped[date | None]
    last_step_id: Mapped[int | None] = mapped_column(ForeignKey("programme_step.id"))
    last_on: Mapped[date | None]
    last_goal_id: Mapped[int | None] = mapped_column(ForeignKey("goal.id"))
    created_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class BegunStep(HasId, Base):
    """A step that has begun for one client, once. `outcome`: begun, or missed where its date was over.

    `question` is what was asked, as it read. Its text keeps its own words, and so does its goal: a step that is changed
    later changes neither.
    """

    __tablename__ = "begun_step"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "step_id"),
        Index("ix_begun_step_client", "client_id", "local_date"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    step_id: Mapped[int] = mapped_column(ForeignKey("programme_step.id"))
    outcome: Mapped[str] = mapped_column(String(8))
    local_date: Mapped[date]
    begun_at: Mapped[datetime]
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goal.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), index=True)
    check_in_id: Mapped[int | None] = mapped_column(ForeignKey("check_in.id"), index=True)
    question: Mapped[str | None] = mapped_column(Text)
