"""What lets people in: invitations, password resets, second factors. Links are kept by the hash of what is in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class CoachInvitation(HasId, Base):
    """Someone was asked by email to join a practice in a role. Its link works once, until `expires_at`; sent again it
    has a new one. It has ended when it was taken up or withdrawn."""

    __tablename__ = "coach_invitation"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(16))
    invited_by: Mapped[int] = mapped_column(ForeignKey("coach.id"))
    nonce: Mapped[str] = mapped_column(String(32))
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class PasswordReset(HasId, Base):
    """Someone asked for a new password. Its link works once, until `expires_at`, and while no newer one was sent."""

    __tablename__ = "password_reset"

    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"), index=True)
    nonce: Mapped[str] = mapped_column(String(32))
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SecondFactor(Base):
    """A coach's authenticator app (TOTP, RFC 6238). `sealed` is its secret, `last_step` the half minute of the last
    code that was taken, since a code counts once. It is asked for from `confirmed_at` on."""

    __tablename__ = "second_factor"

    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    last_step: Mapped[int] = mapped_column(default=0, server_default="0")
    began_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class RecoveryCode(HasId, Base):
    """A code that stands in once for the app, by its hash."""

    __tablename__ = "recovery_code"

    coach_id: Mapped[int] = mapped_column(ForeignKey("coach.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(255))
    used_at: Mapped[datetime | None]
