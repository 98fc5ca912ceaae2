"""What keeps the house: the audit trail, when each job last ran, the embedded queue, the demo's clock."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId
from coach_portal.core.models.check_in import Json


class AuditEvent(HasId, Base):
    """Who did what to which row. `actor` is "coach:3", "client:7" or "system"; `subject` is "client:7"."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject", "subject", "id"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    actor: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(32))
    detail: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[datetime]


class JobRun(Base):
    """When a scheduled job last began and ended, what it did, and what went wrong."""

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(String(32), primary_key=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    did: Mapped[dict[str, Any]] = mapped_column(Json)
    error: Mapped[str | None] = mapped_column(Text)


class QueueItem(HasId, Base):
    """One message id waiting in an embedded queue: "messages" or "calls". `visible_at` is when a worker may take it."""

    __tablename__ = "queue_item"
    __table_args__ = (Index("ix_queue_item_visible", "queue", "visible_at", "id"),)

    queue: Mapped[str] = mapped_column(String(16), default="messages", server_default="messages")
    message_id: Mapped[int]
    visible_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)


class ClockShift(HasId, Base):
    """How far the demo's clock runs ahead, in seconds. One row, in the demo only."""

    __tablename__ = "clock_shift"

    seconds: Mapped[int]
