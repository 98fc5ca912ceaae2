"""Texts, in and out. The outgoing row is the outbox: written and committed before anything is handed to the carrier."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId
from coach_portal.core.models.check_in import Json


class InboundText(Base):
    """An inbound text exactly as the carrier posted it, on disk before anything is decided on it."""

    __tablename__ = "inbound_text"

    sid: Mapped[str] = mapped_column(String(34), primary_key=True)
    from_phone: Mapped[str] = mapped_column(String(32))
    to_phone: Mapped[str] = mapped_column(String(32))
    body: Mapped[str] = mapped_column(Text)
    params: Mapped[dict[str, str]] = mapped_column(Json)
    received_at: Mapped[datetime] = mapped_column(index=True)


class Message(HasId, Base):
    """One text or call. `direction` in or out; `channel` text or call: a call of ours, or what was said on one.

    `state` is as in `rules.message_state`, of a call as in `rules.voice.call_state`; `reason` says why it was not sent;
    `purpose` is promotional for one that sells, else empty.

    `understanding` is what was made of an inbound text, `confidence` how sure that is, 0 to 1; `reviewed_at` is when a
    coach looked at it. `client_id` is empty for an unknown sender and for an alert to a coach; `practice_id` is empty
    only for a text to a number that is nobody's.

    `price_micros` is what the carrier charged, in millionths of `price_currency`, once it has said so. `retries` counts
    how often it was sent anew after a failure that passes. `ask_at` is when the carrier is to be asked about it, for
    want of a receipt or a price. Of a call `answered_by` is the carrier's word for who did, `seconds` how long it took.
    """

    __tablename__ = "message"

    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    check_in_id: Mapped[int | None] = mapped_column(ForeignKey("check_in.id"))
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    direction: Mapped[str] = mapped_column(String(3))
    channel: Mapped[str] = mapped_column(String(8), default="text", server_default="text")
    kind: Mapped[str] = mapped_column(String(16))
    from_phone: Mapped[str] = mapped_column(String(32))
    to_phone: Mapped[str] = mapped_column(String(32))
    body: Mapped[str] = mapped_column(Text)
    media_url: Mapped[str | None] = mapped_column(Text)
    purpose: Mapped[str | None] = mapped_column(String(16))
    segments: Mapped[int | None]
    price_micros: Mapped[int | None]
    price_currency: Mapped[str | None] = mapped_column(String(3))
    retries: Mapped[int] = mapped_column(default=0, server_default="0")
    ask_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(32))
    error_code: Mapped[str | None] = mapped_column(String(16))
    sid: Mapped[str | None] = mapped_column(String(34), unique=True)
    answered_by: Mapped[str | None] = mapped_column(String(24))
    seconds: Mapped[int | None]
    understanding: Mapped[dict[str, Any] | None] = mapped_column(Json)
    confidence: Mapped[float | None]
    reviewed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    send_after: Mapped[datetime | None]
    deadline_at: Mapped[datetime | None]
    queued_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    handed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_message_conversation", "client_id", "id"),
        Index(
            "ix_message_stranger",
            "practice_id",
            "to_phone",
            postgresql_where=text("client_id IS NULL"),
            sqlite_where=text("client_id IS NULL"),
        ),
        Index(
            "ix_message_unsure",
            "practice_id",
            "id",
            postgresql_where=text("direction = 'in' AND reviewed_at IS NULL AND confidence < 0.7"),
            sqlite_where=text("direction = 'in' AND reviewed_at IS NULL AND confidence < 0.7"),
        ),
        Index(
            "ix_message_ask",
            "ask_at",
            postgresql_where=text("ask_at IS NOT NULL"),
            sqlite_where=text("ask_at IS NOT NULL"),
        ),
        Index(
            "ix_message_unsettled",
            "id",
            postgresql_where=text("state IN ('planned', 'sending', 'unknown')"),
            sqlite_where=text("state IN ('planned', 'sending', 'unknown')"),
        ),
    )
