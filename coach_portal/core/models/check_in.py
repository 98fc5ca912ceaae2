"""When a client is asked, and each time they were."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId

Json = JSON().with_variant(JSONB(), "postgresql")


class CheckInSchedule(HasId, Base):
    """When a client is asked: on these ISO weekdays ("135" = Monday, Wednesday, Friday) at this local "HH:MM".

    With `every_days` the weekdays do not count, but every so many local days from `starts_on` on. `own_time` is a time
    agreed with the client that lies outside the practice's hours, which then do not bind it.
    `kind`: check_in, wins or reflection. `goal_ids` empty means every active goal. `next_due_at` is computed from the
    wall time and the client's zone; empty while nothing is to be asked (not confirmed, opted out, archived).
    `asked_on` is the last local date it was asked for: a moved clock or zone never asks twice for one date.
    `channel`: text or call; with `call_at`, a local "HH:MM", a call follows a text that nothing came back to.
    `on_machine` is what an answering machine gets: a short message, or the text instead.
    """

    __tablename__ = "check_in_schedule"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    days: Mapped[str] = mapped_column(String(7))
    every_days: Mapped[int | None]
    starts_on: Mapped[date | None]
    local_time: Mapped[str] = mapped_column(String(5))
    own_time: Mapped[bool] = mapped_column(default=False, server_default=false())
    channel: Mapped[str] = mapped_column(String(8), default="text")
    call_at: Mapped[str | None] = mapped_column(String(5))
    on_machine: Mapped[str] = mapped_column(String(8), default="text", server_default="text")
    goal_ids: Mapped[list[int] | None] = mapped_column(Json)
    next_due_at: Mapped[datetime | None]
    asked_on: Mapped[date | None]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_check_in_schedule_due", "next_due_at", "client_id"),)


class CheckIn(HasId, Base):
    """One question to one client for one local date, asked or not.

    `goal_ids` are the goals it asks about, `open_goal_ids` those not yet reported. `state`: asked, answered, not_sent.
    `schedule_id` is empty for a programme's question, whose kind is question.
    """

    __tablename__ = "check_in"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    schedule_id: Mapped[int | None] = mapped_column(ForeignKey("check_in_schedule.id"))
    kind: Mapped[str] = mapped_column(String(16))
    local_date: Mapped[date]
    due_at: Mapped[datetime]
    goal_ids: Mapped[list[int]] = mapped_column(Json)
    open_goal_ids: Mapped[list[int]] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(16))

    __table_args__ = (
        UniqueConstraint("schedule_id", "local_date"),
        Index(
            "ix_check_in_waiting",
            "client_id",
            "id",
            postgresql_where=text("state = 'asked'"),
            sqlite_where=text("state = 'asked'"),
        ),
        Index("ix_check_in_day", "client_id", "local_date"),
    )
