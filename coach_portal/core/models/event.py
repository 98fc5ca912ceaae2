"""What other software needs: answers that are given again, and the events that are told to it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId
from coach_portal.core.models.check_in import Json


class KeptAnswer(Base):
    """What a request with an `Idempotency-Key` was answered, so that the same request changes nothing twice.

    Written in the transaction that did what was asked. `key_hash` and `fingerprint` (of method, address and body) are
    SHA-256; `answer` is empty where it may not lie about: a secret that is shown once, or a person who was erased.
    """

    __tablename__ = "kept_answer"

    token_id: Mapped[int] = mapped_column(ForeignKey("api_token.id"), primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    answer: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(index=True)


class EventStream(Base):
    """Whether a practice's events are written down, and the number of the last one that was told."""

    __tablename__ = "event_stream"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), primary_key=True)
    is_on: Mapped[bool]
    number: Mapped[int]


class Event(HasId, Base):
    """Something that befell. The database's triggers write it in the transaction of the fact, for practices whose
    stream is on (migration 0016); nothing else does.

    `kind` as in `rules.events`; `subject_id` is the row it is about. It holds ids alone: what it says is read from that
    row when it is told. `number` counts the practice's events in the order in which they can be seen, and is empty
    until somebody looks. `client_id` has no foreign key: a deleted win is an event too.
    """

    __tablename__ = "event"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int | None] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]
    at: Mapped[datetime]
    number: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("practice_id", "number"),
        Index(
            "ix_event_new",
            "practice_id",
            "id",
            postgresql_where=text("number IS NULL"),
            sqlite_where=text("number IS NULL"),
        ),
    )


class Endpoint(HasId, Base):
    """An address of a practice's other software that events are posted to. `kinds` are those it wants; none means all.

    `with_words`: whether clients' own words go along. Its secret is made from SECRET_KEY and `salt`, the one before it
    from `old_salt` until `old_until`. `failing_since` is the first failure since the last success.
    """

    __tablename__ = "endpoint"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"))
    url: Mapped[str] = mapped_column(String(500))
    kinds: Mapped[list[str]] = mapped_column(Json)
    with_words: Mapped[bool]
    salt: Mapped[str] = mapped_column(String(43))
    old_salt: Mapped[str | None] = mapped_column(String(43))
    old_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class EventDelivery(HasId, Base):
    """One event on its way to one endpoint. `state`: waiting, done or given_up. `status` is what the last try came to.

    Times here are the machine's. A try moves `next_at` on before the post: whoever did goes on.
    """

    __tablename__ = "event_delivery"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    endpoint_id: Mapped[int] = mapped_column(ForeignKey("endpoint.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    state: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    status: Mapped[str | None] = mapped_column(String(24))
    next_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("endpoint_id", "event_id"),
        Index(
            "ix_event_delivery_waiting",
            "next_at",
            postgresql_where=text("state = 'waiting'"),
            sqlite_where=text("state = 'waiting'"),
        ),
    )
