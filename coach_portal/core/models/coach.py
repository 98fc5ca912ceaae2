"""People who sign in, the clients in their care, and the sessions and tokens they come with."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId
from coach_portal.core.rules.access import EVERY_SCOPE


class Coach(HasId, Base):
    """A person who signs in. Role: `owner`, `coach` or `assistant`.

    What they read before a session reaches them by email at `prepare_at`, local "HH:MM" on its day, or `prepare_hours`
    before it; with neither, only on the page. `reached_by` is how they hear of what waits: text, email or page; on
    `reach_days` ("1" is Monday) between `reach_from` and `reach_until`, at most once in `reach_every` minutes;
    `reached_at` is when they last were. `calendar_token` opens their calendar to
    whoever holds it; `calendar_surnames` lets clients' surnames stand in it. Who has left is not `active`: their
    row stays for what they did.
    """

    __tablename__ = "coach"
    __table_args__ = (Index("uq_coach_calendar_token", "calendar_token", unique=True),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(255))
    phone: Mapped[str | None] = mapped_column(String(16))
    timezone: Mapped[str] = mapped_column(String(64))
    active: Mapped[bool] = mapped_column(default=True)
    prepare_at: Mapped[str | None] = mapped_column(String(5))
    prepare_hours: Mapped[int | None]
    reached_by: Mapped[str] = mapped_column(String(8), default="email", server_default="email")
    reach_days: Mapped[str] = mapped_column(String(7), default="1234567", server_default="1234567")
    reach_from: Mapped[str] = mapped_column(String(5), default="08:00", server_default="08:00")
    reach_until: Mapped[str] = mapped_column(String(5), default="20:00", server_default="20:00")
    reach_every: Mapped[int] = mapped_column(default=60, server_default="60")
    reached_at: Mapped[datetime | None]
    calendar_token: Mapped[str | None] = mapped_column(String(32))
    calendar_surnames: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]


class CoachClient(Base):
    """Whose client someone is. A coach sees their own; owner and assistant see the practice."""

    __tablename__ = "coach_client"

    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), primary_key=True, index=True)


class WebSession(Base):
    """A signed-in browser, by the hash of its token, so that it can be ended from here.

    `device` is what the browser said it is, in our words. While `factor_due` only the password was given: it opens
    nothing but the page that asks for the second factor.
    """

    __tablename__ = "web_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"), index=True)
    csrf_key: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(String(64), default="", server_default="")
    factor_due: Mapped[bool] = mapped_column(default=False, server_default=false())


class SignInAttempt(HasId, Base):
    """A failed sign-in, counted by account and by address. `key` is a hash, never the address itself."""

    __tablename__ = "sign_in_attempt"

    key: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime]


class ApiToken(HasId, Base):
    """A bearer token, by its hash. It acts as the coach it was made for, within its `scopes` ("read write").

    `hint` is how it begins, to tell it from others. `used` counts its requests since `window_at` (`rules.access`).
    """

    __tablename__ = "api_token"

    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[str] = mapped_column(String(80), default=EVERY_SCOPE, server_default=EVERY_SCOPE)
    hint: Mapped[str] = mapped_column(String(12), default="", server_default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    window_at: Mapped[datetime | None]
    used: Mapped[int] = mapped_column(default=0, server_default="0")
    revoked_at: Mapped[datetime | None]
