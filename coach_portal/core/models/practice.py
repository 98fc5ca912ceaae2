"""The practice (the tenant), the numbers it sends from, and who is told when its coach does not answer."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId
from coach_portal.core.rules.hours import USUAL_FROM, USUAL_SUNDAY_FROM, USUAL_UNTIL
from coach_portal.core.rules.retention import USUAL_MONTHS


class Practice(HasId, Base):
    """One coaching business. `texts_from` and `texts_until` are local "HH:MM" between which it may text; on Sundays
    from `sunday_from`.

    `monthly_cap_micros` is what its texts may cost in a month of UTC, in millionths of a US dollar; None: no cap.
    `budget_spent_at` is when this month's cap was reached, None while it is not. `account_sid` is its own account at
    the carrier, None where it sends from the installation's. `pictures` says how the week's picture reaches a client:
    off, link, or mms where that can be had. Former clients are erased `keep_months` months after the last sign of them;
    None: when somebody asks for it. With `factor_required` everybody signs in with a second factor.
    """

    __tablename__ = "practice"

    name: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))
    timezone: Mapped[str] = mapped_column(String(64))
    texts_from: Mapped[str] = mapped_column(String(5), default=USUAL_FROM, server_default="08:00")
    texts_until: Mapped[str] = mapped_column(String(5), default=USUAL_UNTIL, server_default="21:00")
    sunday_from: Mapped[str] = mapped_column(String(5), default=USUAL_SUNDAY_FROM, server_default="12:00")
    monthly_cap_micros: Mapped[int | None]
    budget_spent_at: Mapped[datetime | None]
    account_sid: Mapped[str | None] = mapped_column(String(34))
    pictures: Mapped[str] = mapped_column(String(8), default="link", server_default="link")
    keep_months: Mapped[int | None] = mapped_column(default=USUAL_MONTHS)
    factor_required: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]

    __table_args__ = (Index("uq_practice_account_sid", "account_sid", unique=True),)


class SendingNumber(HasId, Base):
    """A number a practice texts from, E.164. A client keeps the one they began with.

    `sender_class` is how it is registered (`rules.pacing.CLASSES`). `stopped_at` is when the carrier's error
    `stopped_code` stopped it; a coach starts it again. Its lane (`rules.pacing.Lane`): `free_at` and `line_until` in
    microseconds since 1970, `day` the date of its daily cap, `day_segments` what left on that date.
    `polled_until` is up to when missed texts to it were looked for.
    """

    __tablename__ = "sending_number"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    phone: Mapped[str] = mapped_column(String(16), unique=True)
    sender_class: Mapped[str] = mapped_column(String(24), default="local_10dlc_sole", server_default="local_10dlc_sole")
    stopped_at: Mapped[datetime | None]
    stopped_code: Mapped[str | None] = mapped_column(String(16))
    free_at: Mapped[int] = mapped_column(default=0, server_default="0")
    line_until: Mapped[int] = mapped_column(default=0, server_default="0")
    day: Mapped[date | None]
    day_segments: Mapped[int] = mapped_column(default=0, server_default="0")
    polled_until: Mapped[datetime | None]


class Suppression(Base):
    """A phone that asked this practice to stop. Outlives the client's row: neither import nor erasure revives it."""

    __tablename__ = "suppression"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), primary_key=True)
    phone: Mapped[str] = mapped_column(String(16), primary_key=True)
    reason: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
