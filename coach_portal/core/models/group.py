"""Groups of clients: a name of the practice's, and who is in it. Unlike a tag a group can be renamed, can be empty, and
other things lean on it, such as a programme that was started for it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from coach_portal.core.db import Base, HasId


class ClientGroup(HasId, Base):
    """A group, by the name the practice gave it."""

    __tablename__ = "client_group"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    name: Mapped[str] = mapped_column(String(60))
    made_by: Mapped[int] = mapped_column(ForeignKey("coach.id"))
    created_at: Mapped[datetime]

    __table_args__ = (Index("uq_client_group_name", "practice_id", "name", unique=True),)


class GroupMember(Base):
    """That a client is in a group."""

    __tablename__ = "group_member"

    group_id: Mapped[int] = mapped_column(ForeignKey("client_group.id"), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), primary_key=True, index=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    joined_at: Mapped[datetime]
