"""Whose last goal has become automatic, of those whose next step waits for that: the rule of `habit.growing`."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.habit.growing import advice
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services.programmes.walk import Walk
from coach_portal.core.services.progress import habits
from coach_portal.core.services.progress.growing import LOOKS_BACK

_goal = tables.goal
_GOALS = select(
    _goal.c.id,
    _goal.c.client_id,
    _goal.c.cadence,
    _goal.c.amount,
    _goal.c.direction,
    _goal.c.created_at,
    _goal.c.retired_at,
).where(bulk.among(_goal.c.id, "goals"))


def automatic(connection: Connection, walks: Sequence[Walk], now: datetime) -> set[int]:
    """The ids of the goals that those who wait need wait for no longer; a retired goal holds nobody up."""
    timezones = {
        walk.row.last_goal_id: walk.row.timezone
        for walk in walks
        if walk.row.last_goal_id is not None and walk.next_step is not None
        if walk.next_step.starts == "when_automatic"
    }
    if not timezones:
        return set()
    goals = bulk.fetch(connection, _GOALS, {"goals": list(timezones)})
    known = habits.read(connection, sorted({goal.client_id for goal in goals}), (now - LOOKS_BACK).date())
    found = {goal.id for goal in goals if goal.retired_at is not None}
    for goal in goals:
        timezone = timezones[goal.id]
        advised = advice(known.record(goal, timezone), now.astimezone(zone(timezone)).date())
        if advised is not None and advised.kind == "automatic":
            found.add(goal.id)
    return found
