"""Clocks: the machine's, one that stands still, and the demo's, which runs ahead by as much as a row says."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, insert, select

from coach_portal.core.db import Database
from coach_portal.core.models import tables


class SystemClock:
    """The machine's own time for everything."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)

    def machine_now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)


class FixedClock(SystemClock):
    """One moment for the practice's work; the machine's own time for leases and sign-in."""

    def __init__(self, at: datetime):
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Always the same moment."""
        return self._at


class ShiftedClock(SystemClock):
    """The demo's clock: ahead of the machine's by what the database says, so that every process agrees."""

    def __init__(self, database: Database):
        self._database = database

    def now(self) -> datetime:
        """The demo's moment, in UTC."""
        return datetime.now(UTC) + self._shift()

    def move_to(self, moment: datetime) -> None:
        """Run ahead so that it is this moment now. Never back."""
        seconds = max(int((moment - datetime.now(UTC)).total_seconds()) + 1, int(self._shift().total_seconds()))
        with self._database.transaction() as connection:
            connection.execute(delete(tables.clock_shift))
            connection.execute(insert(tables.clock_shift), {"seconds": seconds})

    def _shift(self) -> timedelta:
        with self._database.reading() as session:
            seconds = session.execute(select(func.max(tables.clock_shift.c.seconds))).scalar_one()
        return timedelta(seconds=seconds or 0)
