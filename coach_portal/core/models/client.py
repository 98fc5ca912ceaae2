"""The person coached, and the ledger of what they agreed to."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId
from coach_portal.core.models.check_in import Json
from coach_portal.core.rules.may_send import TEXTS_PER_DAY, TEXTS_PER_WEEK, TOUCHES_PER_DAY


class Client(HasId, Base):
    """The person coached.

    `consent` is where the ledger stands for texts: none, invited, granted, declined or revoked, and `calls` where it
    stands for calls. `paused_until`, `held_at` and
    `unreachable_at` each silence the automated texts; FOREVER in `paused_until` means until they say so. `pace` is how
    often they want to be asked (rules.habit.easing), empty while they have not said. `go_on_asked_at` is when their
    silence was asked about, `quiet_at` since when their check-ins rest because that had no answer either.
    `texts_from` and `texts_until` are local "HH:MM" that they asked for; `phone_zones` are other zones their number's
    area code lies in, spaced. `page_token` opens the page of their own to whoever holds it, until `page_until`.
    `texts_per_day` and `texts_per_week` cap what is automated, `touches_per_day` what asks.
    """

    __tablename__ = "client"
    __table_args__ = (
        UniqueConstraint("practice_id", "phone"),
        UniqueConstraint("sending_number_id", "phone"),
        Index("uq_client_page_token", "page_token", unique=True),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    sending_number_id: Mapped[int] = mapped_column(ForeignKey("sending_number.id"))
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(16))
    country: Mapped[str] = mapped_column(String(2))
    timezone: Mapped[str] = mapped_column(String(64))
    locale: Mapped[str] = mapped_column(String(16))
    phone_zones: Mapped[str] = mapped_column(String(160), default="", server_default="")
    texts_from: Mapped[str | None] = mapped_column(String(5))
    texts_until: Mapped[str | None] = mapped_column(String(5))
    texts_per_day: Mapped[int] = mapped_column(default=TEXTS_PER_DAY, server_default="2")
    texts_per_week: Mapped[int] = mapped_column(default=TEXTS_PER_WEEK, server_default="10")
    touches_per_day: Mapped[int] = mapped_column(default=TOUCHES_PER_DAY, server_default="1")
    consent: Mapped[str] = mapped_column(String(16), default="none")
    calls: Mapped[str] = mapped_column(String(16), default="none", server_default="none")
    paused_until: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    held_reason: Mapped[str | None] = mapped_column(String(32))
    unreachable_at: Mapped[datetime | None]
    unreachable_code: Mapped[str | None] = mapped_column(String(16))
    pace: Mapped[str | None] = mapped_column(String(8))
    go_on_asked_at: Mapped[datetime | None]
    quiet_at: Mapped[datetime | None]
    page_token: Mapped[str | None] = mapped_column(String(32))
    page_until: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Pause(HasId, Base):
    """One pause of a client's check-ins. `until_at` is when it was to end, `ended_at` when someone ended it sooner."""

    __tablename__ = "pause"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    began_at: Mapped[datetime]
    until_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Wish(HasId, Base):
    """How a client asked to be texted: fewer, only weekdays, evenings. `before` is the way back.

    `kind` as in rules.wishes, or `hours` and `pace` where they chose on their own page: `message_id` is then empty.
    `before` and `after`: {"pace": …, "schedules": {id: {"days", "local_time"}}}.
    """

    __tablename__ = "wish"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    kind: Mapped[str] = mapped_column(String(16))
    before: Mapped[dict[str, Any]] = mapped_column(Json)
    after: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class Consent(HasId, Base):
    """One line of the append-only ledger: who agreed to what, when, in which words. The database refuses to change one.

    `event`: invited, granted, declined, revoked. `channel`: text or call. `method`: coach, text, call, web, carrier.
    `client_id` has no foreign key,
    because the proof outlives the person's row. `place` counts a practice's lines from 1, and `hash` ties each to the
    one before it (see `rules.ledger`).
    """

    __tablename__ = "consent"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(index=True)
    phone: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(8))
    purpose: Mapped[str] = mapped_column(String(16))
    event: Mapped[str] = mapped_column(String(16))
    method: Mapped[str] = mapped_column(String(16))
    wording: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(String(32))
    message_sid: Mapped[str | None] = mapped_column(String(34))
    at: Mapped[datetime]
    place: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (UniqueConstraint("practice_id", "place"),)


class ConsentHead(Base):
    """The end of a practice's chain: the place and hash of its last line. Whoever adds a line holds this row."""

    __tablename__ = "consent_head"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), primary_key=True)
    place: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
