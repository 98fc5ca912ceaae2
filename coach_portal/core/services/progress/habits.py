"""The records of goals, from which strength, streak and all advice are computed: a fixed number of statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.habit.record import Record, Terms
from coach_portal.core.rules.marks import Aim
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services.moments import pauses
from coach_portal.core.services.moments.pauses import Rests
from coach_portal.core.services.progress import diary
from coach_portal.core.services.progress.diary import Diary

_former, _goal = tables.former_terms, tables.goal
_FORMER = (
    select(_former.c.goal_id, _former.c.cadence, _former.c.amount, _former.c.direction, _former.c.until)
    .join(_goal, _goal.c.id == _former.c.goal_id)
    .where(bulk.among(_goal.c.client_id, "clients"))
    .order_by(_former.c.until, _former.c.id)
)

Former = Mapping[int, Sequence[Terms]]


@dataclass(frozen=True, slots=True)
class Habits:
    """What is known of some clients' goals, to make records of."""

    diary: Diary
    rests: Rests
    former: Former

    def record(self, goal: Any, timezone: str) -> Record:
        """The record of one goal: a row or an instance with id, client_id, cadence, amount, direction, created_at."""
        now = Terms(goal.cadence, Aim(goal.amount, goal.direction))
        return Record(
            began=began_on(goal.created_at, timezone),
            terms=(*self.former.get(goal.id, ()), now),
            told=self.diary.told.get(goal.id, diary.NOTHING),
            asked=self.diary.asked.get(goal.id, diary.NEVER),
            rests=self.rests.get(goal.client_id, ()),
        )


def read(database: Connection | Session, client_ids: Sequence[int], since: date) -> Habits:
    """Read what was told, asked, agreed and paused since a local date, of these clients."""
    connection = database.connection() if isinstance(database, Session) else database
    return Habits(
        diary=diary.read(connection, client_ids, since),
        rests=pauses.read(connection, client_ids),
        former=_read_former(connection, client_ids),
    )


def _read_former(connection: Connection, client_ids: Sequence[int]) -> Former:
    """What was agreed before, by goal and from the oldest on."""
    former: dict[int, list[Terms]] = defaultdict(list)
    for row in bulk.fetch(connection, _FORMER, {"clients": client_ids}):
        former[row.goal_id].append(Terms(row.cadence, Aim(row.amount, row.direction), row.until))
    return former


def began_on(created_at: datetime, timezone: str) -> date:
    """The local day on which a goal was agreed."""
    return created_at.astimezone(zone(timezone)).date()
