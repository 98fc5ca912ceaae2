"""The one person a client lets see how their week went, and the lines that come back from them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class Supporter(HasId, Base):
    """Someone who cares. They are told nothing before both said YES: the client (`shared_at`) and they (`agreed_at`).

    `ask_id` is the text that asked the client. `ended_by`: client, coach or supporter. A client has one who has not
    ended.
    """

    __tablename__ = "supporter"
    __table_args__ = (
        Index(
            "uq_supporter_one",
            "client_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
        Index("ix_supporter_phone", "practice_id", "phone"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    name: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(16))
    locale: Mapped[str] = mapped_column(String(16))
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    created_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]
    agreed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(16))


class SupporterLine(HasId, Base):
    """A line from a supporter. `given_id` is the check-in that carried it to the client; `withheld` that none may."""

    __tablename__ = "supporter_line"
    __table_args__ = (
        Index(
            "ix_supporter_line_waiting",
            "client_id",
            postgresql_where=text("given_id IS NULL AND NOT withheld"),
            sqlite_where=text("given_id IS NULL AND NOT withheld"),
        ),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    supporter_id: Mapped[int] = mapped_column(ForeignKey("supporter.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    given_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    withheld: Mapped[bool] = mapped_column(default=False)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
