"""What clients reported and were asked, day by day: three statements for one client as for five hundred.

The database gathers the days of what is alike into one row, which a large practice feels: a fortnight of five hundred
clients is a thousand rows instead of ten thousand.
"""

import json
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, select
from sqlalchemy.orm import Session

from coach_portal.core.models import tables
from coach_portal.core.rules.marks import Aim, Day, Mark, mark_of, mark_untold

Days = dict[date, Day]
NOTHING: Days = {}
NEVER: frozenset[date] = frozenset()

_to_date = lru_cache(maxsize=1024)(date.fromisoformat)


@dataclass(frozen=True, slots=True)
class Diary:
    """The days of some clients: what was `told` and `asked` of each goal, and the days a question was `withheld`."""

    told: dict[int, Days]
    asked: dict[int, set[date]]
    withheld: dict[int, set[date]]

    def strip(self, goal_id: int, aim: Aim, days: Sequence[date], away: Set[date]) -> list[Mark]:
        """One goal's marks. The days in `away` count as paused where they told nothing and were not asked."""
        told, asked = self.told.get(goal_id, NOTHING), self.asked.get(goal_id, NEVER)
        return [
            mark_of(aim, told[day]) if day in told else mark_untold(asked=day in asked, away=day in away)
            for day in days
        ]


def read(session: Session, client_ids: Select[int], since: date) -> Diary:
    """Read everything since a local date, of the clients whose ids the statement gives."""
    told: defaultdict[int, Days] = defaultdict(lambda: defaultdict(Day))
    for goal_id, amount, days in session.execute(_wins(client_ids, since)).all():
        for day in _dates(days):
            told[goal_id][day].amounts.append(amount)
    for goal_id, days in session.execute(_misses(client_ids, since)).all():
        for day in _dates(days):
            told[goal_id][day].missed = True
    asked: defaultdict[int, set[date]] = defaultdict(set)
    withheld: defaultdict[int, set[date]] = defaultdict(set)
    for client_id, goal_ids, state, days in session.execute(_check_ins(client_ids, since)).all():
        if state == "not_sent":
            withheld[client_id].update(_dates(days))
            continue
        for goal_id in json.loads(goal_ids):
            asked[goal_id].update(_dates(days))
    return Diary(told, asked, withheld)


def _wins(client_ids: Select[int], since: date) -> Select[Any]:
    win = tables.win
    return (
        select(win.c.goal_id, win.c.amount, _gathered(win.c.local_date))
        .where(win.c.client_id.in_(client_ids), win.c.local_date >= since)
        .where(win.c.undone_at.is_(None), win.c.goal_id.is_not(None))
        .group_by(win.c.goal_id, win.c.amount)
    )


def _misses(client_ids: Select[int], since: date) -> Select[Any]:
    miss = tables.miss
    return (
        select(miss.c.goal_id, _gathered(miss.c.local_date))
        .where(miss.c.client_id.in_(client_ids), miss.c.local_date >= since, miss.c.undone_at.is_(None))
        .group_by(miss.c.goal_id)
    )


def _check_ins(client_ids: Select[int], since: date) -> Select[Any]:
    asked = tables.check_in
    goal_ids = cast(asked.c.goal_ids, Text)
    return (
        select(asked.c.client_id, goal_ids, asked.c.state, _gathered(asked.c.local_date))
        .where(asked.c.client_id.in_(client_ids), asked.c.local_date >= since, asked.c.kind == "check_in")
        .group_by(asked.c.client_id, goal_ids, asked.c.state)
    )


def _gathered(days: ColumnElement[date]) -> ColumnElement[str]:
    return func.aggregate_strings(cast(days, Text), ",")


def _dates(gathered: str) -> list[date]:
    return [_to_date(day) for day in gathered.split(",")]
