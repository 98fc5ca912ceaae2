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

from sqlalchemy import ColumnElement, Connection, Text, bindparam, cast, func, select

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.marks import Day, Mark

Days = dict[date, Day]
NOTHING: Days = {}
NEVER: frozenset[date] = frozenset()

_to_date = lru_cache(maxsize=1024)(date.fromisoformat)


def _gathered(days: ColumnElement[date]) -> ColumnElement[str]:
    return func.aggregate_strings(cast(days, Text), ",")


_win, _miss, _asked = tables.win, tables.miss, tables.check_in
_GOAL_IDS = cast(_asked.c.goal_ids, Text)
_WINS = (
    select(_win.c.client_id, _win.c.goal_id, _win.c.amount, _gathered(_win.c.local_date).label("days"))
    .where(bulk.among(_win.c.client_id, "clients"), _win.c.local_date >= bindparam("since"), _win.c.undone_at.is_(None))
    .group_by(_win.c.client_id, _win.c.goal_id, _win.c.amount)
)
_MISSES = (
    select(_miss.c.goal_id, _gathered(_miss.c.local_date).label("days"))
    .where(bulk.among(_miss.c.client_id, "clients"), _miss.c.local_date >= bindparam("since"))
    .where(_miss.c.undone_at.is_(None))
    .group_by(_miss.c.goal_id)
)
_ASKED = (
    select(_GOAL_IDS.label("goals"), _gathered(_asked.c.local_date).label("days"))
    .where(bulk.among(_asked.c.client_id, "clients"), _asked.c.local_date >= bindparam("since"))
    .where(_asked.c.kind == "check_in", _asked.c.state != "not_sent")
    .group_by(_GOAL_IDS)
)


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


def read(connection: Connection, client_ids: Sequence[int], since: date) -> Diary:
    """Read everything since a local date, of these clients."""
    values = {"clients": client_ids, "since": since}
    told: defaultdict[int, Days] = defaultdict(dict)
    own: defaultdict[int, Counter[date]] = defaultdict(Counter)
    for client_id, goal_id, amount, days in bulk.fetch(connection, _WINS, values):
        if goal_id is None:
            own[client_id].update(_dates(days))
        else:
            _tell(told[goal_id], _dates(days), [amount], missed=False)
    for goal_id, days in bulk.fetch(connection, _MISSES, values):
        _tell(told[goal_id], _dates(days), [], missed=True)
    asked: defaultdict[int, set[date]] = defaultdict(set)
    for goal_ids, days in bulk.fetch(connection, _ASKED, values):
        on = _dates(days)
        for goal_id in json.loads(goal_ids):
            asked[goal_id].update(on)
    return Diary(told, asked, own)


def _tell(told: Days, days: Sequence[date], amounts: list[float | None], *, missed: bool) -> None:
    """Add what was told alike of several days. Those of which nothing else was told share it: nobody changes a day."""
    alike = Day(amounts, missed)
    for day in days:
        known = told.setdefault(day, alike)
        if known is not alike:
            told[day] = Day([*known.amounts, *amounts], known.missed or missed)


def _dates(gathered: str) -> list[date]:
    return list(map(_to_date, gathered.split(",")))
