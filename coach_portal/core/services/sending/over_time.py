"""What became of texts, day by day: for a practice to see whether what it sends arrives."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Date, func, select
from sqlalchemy.orm import Session

from coach_portal.core.models import Coach, tables
from coach_portal.core.rules.message_state import FAILED, OPEN
from coach_portal.core.services import scope

_message = tables.message

SPANS: Final = (30, 90)
"""Days that a page may show."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of UTC: texts that arrived, lack a receipt, failed, were not sent, and came in."""

    on: date
    arrived: int = 0
    unsure: int = 0
    failed: int = 0
    kept_back: int = 0
    heard: int = 0

    @property
    def left(self) -> int:
        """Texts that left."""
        return self.arrived + self.unsure + self.failed


@dataclass(frozen=True, slots=True)
class OverTime:
    """Days from the first to today, why texts failed (carrier's codes) and why they were kept back (our reasons)."""

    days: list[Day]
    codes: list[tuple[str, int]]
    reasons: list[tuple[str, int]]

    def total(self, name: str) -> int:
        """The sum of one count over all days."""
        return sum(getattr(day, name) for day in self.days)


def read(session: Session, coach: Coach, days: int, now: datetime) -> OverTime:
    """The last so many days of the clients this coach may see."""
    today = now.date()
    first = today - timedelta(days=days - 1)
    counts: dict[date, Counter[str]] = {}
    codes: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for row in _counted(session.connection(), coach, now - timedelta(days=days)):
        outcome = _outcome(row)
        counts.setdefault(_day(row.day), Counter())[outcome] += row.texts
        if outcome == "failed" and row.error_code:
            codes[row.error_code] += row.texts
        if outcome == "kept_back" and row.reason:
            reasons[row.reason] += row.texts
    spans = [first + timedelta(days=n) for n in range(days)]
    shown = [Day(on, **{name: n for name, n in counts.get(on, Counter()).items() if name}) for on in spans]
    return OverTime(shown, codes.most_common(8), reasons.most_common(8))


def _counted(connection: Connection, coach: Coach, since: datetime) -> list[Any]:
    day = _on(connection).label("day")
    kinds = (day, _message.c.direction, _message.c.state, _message.c.error_code, _message.c.reason)
    # By client, since that is how texts lie: there is no index by practice, and every text would pay for one.
    theirs = select(*kinds, func.count().label("texts")).where(
        _message.c.client_id.in_(scope.ids_of(coach)), _message.c.created_at >= since
    )
    return list(connection.execute(theirs.group_by(*kinds)).all())


def _on(connection: Connection) -> ColumnElement[Any]:
    if connection.dialect.name == "postgresql":
        return func.date(func.timezone("UTC", _message.c.created_at), type_=Date)
    return func.date(_message.c.created_at)


def _day(told: Any) -> date:
    return told if isinstance(told, date) else date.fromisoformat(told)


def _outcome(row: Any) -> str:
    """Under which of a day's counts a text goes; "" for one that is still to leave."""
    if row.direction == "in":
        return "heard"
    if row.state == "delivered":
        return "arrived"
    if row.state in FAILED:
        return "failed"
    if row.state == "not_sent":
        return "kept_back"
    return "" if row.state in OPEN else "unsure"
