"""What clients reported and were asked, day by day: three statements for one client as for five hundred."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from coach_portal.core.models import tables
from coach_portal.core.rules.marks import Aim, Day, Mark, mark_of

Key = tuple[int, date]
"""A goal's or a client's id, and a local date."""


@dataclass(frozen=True, slots=True)
class Diary:
    """The days of some clients' goals: `days` by goal and local date."""

    days: dict[Key, Day]
    withheld: frozenset[Key]

    def mark(self, client_id: int, goal_id: int, aim: Aim, day: date, *, paused: bool) -> Mark:
        """The mark of one goal's day. What was withheld from a client who is away counts as paused."""
        known = self.days.get((goal_id, day)) or Day()
        return mark_of(aim, Day(known.amounts, known.missed, known.asked, paused and (client_id, day) in self.withheld))


def read(session: Session, client_ids: Select[int], since: date) -> Diary:
    """Read everything since a local date, of the clients whose ids the statement gives."""
    days: defaultdict[Key, Day] = defaultdict(Day)
    win, miss, asked = tables.win, tables.miss, tables.check_in
    wins = select(win.c.goal_id, win.c.local_date, win.c.amount).where(
        win.c.client_id.in_(client_ids),
        win.c.local_date >= since,
        win.c.undone_at.is_(None),
        win.c.goal_id.is_not(None),
    )
    for goal_id, day, amount in session.execute(wins):
        days[goal_id, day].amounts.append(amount)
    misses = select(miss.c.goal_id, miss.c.local_date).where(
        miss.c.client_id.in_(client_ids), miss.c.local_date >= since, miss.c.undone_at.is_(None)
    )
    for goal_id, day in session.execute(misses):
        days[goal_id, day].missed = True
    withheld: set[Key] = set()
    check_ins = select(asked.c.client_id, asked.c.local_date, asked.c.goal_ids, asked.c.state).where(
        asked.c.client_id.in_(client_ids), asked.c.local_date >= since, asked.c.kind == "check_in"
    )
    for client_id, day, goal_ids, state in session.execute(check_ins):
        if state == "not_sent":
            withheld.add((client_id, day))
            continue
        for goal_id in goal_ids:
            days[goal_id, day].asked = True
    return Diary(dict(days), frozenset(withheld))
