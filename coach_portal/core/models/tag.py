"""The words by which a practice sorts its clients."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base


class ClientTag(Base):
    """A word that a client is sorted by, as the practice spells it: head teachers, sleep well."""

    __tablename__ = "client_tag"
    __table_args__ = (Index("ix_client_tag_practice", "practice_id", "tag"),)

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(24), primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
