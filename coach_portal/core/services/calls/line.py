"""Each account's line of calls, which all workers share: one conditional update lets a call go.

The carrier places so many calls a second for an account and keeps the rest in a queue of its own, where hours pass
unseen. So we hand over no faster than it places, and who is not next gets a turn, as texts do (`sending.lanes`).
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, case, select, update
from sqlalchemy.dialects import postgresql, sqlite

from coach_portal.core.models import tables
from coach_portal.core.rules import pacing
from coach_portal.core.rules.pacing import Waiting

_line = tables.call_line
OURS = ""
"""The installation's own account."""

_HERE = _line.c.account_sid == bindparam("account")
_FREE = _line.c.free_at <= bindparam("now")
_TAKE = (
    update(_line)
    .where(_HERE, _FREE)
    .values(
        free_at=case((_line.c.free_at > bindparam("now"), _line.c.free_at), else_=bindparam("now")) + bindparam("gap")
    )
    .returning(_line.c.account_sid)
)
# Whoever is new does not overtake those who were given a turn.
_TAKE_POLITELY = _TAKE.where(_line.c.line_until <= bindparam("now"))
_BUSY = select(_line.c.free_at, _line.c.line_until).where(_HERE).with_for_update()
_LINE_UP = update(_line).where(_HERE).values(line_until=bindparam("until"))
_OPEN = {
    "postgresql": postgresql.insert(_line).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(_line).on_conflict_do_nothing(),
}


def enter(
    connection: Connection,
    account_sid: str | None,
    now: datetime,
    *,
    per_second: float,
    deadline_at: datetime | None,
    turn_has_come: bool,
) -> Waiting | None:
    """None when the call may be placed now; else when its turn is. One whose turn would be too late takes nobody's."""
    account, gap = account_sid or OURS, round(1_000_000 / per_second)
    at = {"account": account, "now": pacing.micros(now), "gap": gap}
    take = _TAKE if turn_has_come else _TAKE_POLITELY
    if connection.execute(take, at).first() is not None:
        return None
    row = connection.execute(_BUSY, {"account": account}).one_or_none()
    if row is None:
        empty = {"account_sid": account, "free_at": 0, "line_until": 0}
        connection.execute(_OPEN[connection.dialect.name], empty)
        return enter(
            connection, account_sid, now, per_second=per_second, deadline_at=deadline_at, turn_has_come=turn_has_come
        )
    if turn_has_come:
        return Waiting("paced", max(row.free_at, at["now"]))
    turn = max(row.line_until, row.free_at, at["now"])
    if deadline_at is None or turn < pacing.micros(deadline_at):
        connection.execute(_LINE_UP, {"account": account, "until": turn + gap})
    return Waiting("paced", turn)
