"""What must be kept and not be read: sealed by a key that lies outside the database."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base


class Secret(Base):
    """One secret, sealed; see `gateways.sealed_secrets`."""

    __tablename__ = "secret"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
