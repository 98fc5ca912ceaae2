"""What clients reported and were asked, day by day: three statements for one client as for five hundred.

The database gathers the days of what is alike into one row, which a large practice feels: a fortnight of five hundred
clients is a thousand rows instead of ten thousand.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, select
from sqlalchemy.orm import Session

from coach_portal.core.models import tables
from coach_portal.core.rules.marks import Day, Mark

Days = dict[date, Day]
NOTHING: Days = {}
NEVER: frozenset[date] = frozenset()

_to_date = lru_cache(maxsize=1024)(date.fromisoformat)


@dataclass(frozen=True, slots=True)
class Diary:
    """The days of some clients: what was `told` and `asked` of each goal, and each client's wins outside the goals."""

    told: dict[int, Days]
    asked: dict[int, set[date]]
    own: dict[int, Counter[date]]

    def own_strip(self, client_id: int, days: Sequence[date]) -> list[Mark]:
        """The marks of wins outside the goals, which are worth as much as any."""
        own = self.own.get(client_id)
        return ["done" if own and own[day] else "not_asked" for day in days]


def read(session: Session, client_ids: Select[int], since: date) -> Diary:
    """Read everything since a local date, of the clients whose ids the statement gives."""
    told: defaultdict[int, Days] = defaultdict(lambda: defaultdict(Day))
    own: defaultdict[int, Counter[date]] = defaultdict(Counter)
    for client_id, goal_id, amount, days in session.execute(_wins(client_ids, since)).all():
        if goal_id is None:
            own[client_id].update(_dates(days))
            continue
        for day in _dates(days):
            told[goal_id][day].amounts.append(amount)
    for goal_id, days in session.execute(_misses(client_ids, since)).all():
        for day in _dates(days):
            told[goal_id][day].missed = True
    asked: defaultdict[int, set[date]] = defaultdict(set)
    for goal_ids, days in session.execute(_check_ins(client_ids, since)).all():
        for goal_id in json.loads(goal_ids):
            asked[goal_id].update(_dates(days))
    return Diary(told, asked, own)


def _wins(client_ids: Select[int], since: date) -> Select[Any]:
    win = tables.win
    return (
        select(win.c.client_id, win.c.goal_id, win.c.amount, _gathered(win.c.local_date))
        .where(win.c.client_id.in_(client_ids), win.c.local_date >= since, win.c.undone_at.is_(None))
        .group_by(win.c.client_id, win.c.goal_id, win.c.amount)
    )


def _misses(client_ids: Select[int], since: date) -> Select[Any]:
    miss = tables.miss
    return (
        select(miss.c.goal_id, _gathered(miss.c.local_date))
        .where(miss.c.client_id.in_(client_ids), miss.c.local_date >= since, miss.c.undone_at.is_(None))
        .group_by(miss.c.goal_id)
    )


def _check_ins(client_ids: Select[int], since: date) -> Select[str, str]:
    asked = tables.check_in
    goal_ids = cast(asked.c.goal_ids, Text)
    return (
        select(goal_ids, _gathered(asked.c.local_date))
        .where(asked.c.client_id.in_(client_ids), asked.c.local_date >= since)
        .where(asked.c.kind == "check_in", asked.c.state != "not_sent")
        .group_by(goal_ids)
    )


def _gathered(days: ColumnElement[date]) -> ColumnElement[str]:
    return func.aggregate_strings(cast(days, Text), ",")


def _dates(gathered: str) -> list[date]:
    return [_to_date(day) for day in gathered.split(",")]
