"""A database that was brought back from a backup: what was done since then is not done again.

What left after the backup was made is known to the carrier alone. So every text that was on its way then is asked
about before it is sent, what came due since is left out, and no number of a text that was lost is given anew.
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from coach_portal.core.models import tables
from coach_portal.core.services.moments import due

_message, _queue = tables.message, tables.queue_item

LOST_AT_MOST = 1_000_000
"""Texts that may have been written since the backup; a late receipt names one of them by its number."""
BATCH = 1000
KINDS = ("check_in", "wins", "reflection")

_MADE_AT = bindparam("made_at", type_=_message.c.claimed_at.type)
_ASK_ABOUT = (
    update(_message)
    .where(_message.c.direction == "out", _message.c.state.in_(("planned", "sending")))
    .values(state="unknown", claimed_at=func.coalesce(_message.c.claimed_at, _MADE_AT), queued_at=_MADE_AT)
)
_DUE = due.due_schedules(*KINDS)
_NEWEST = select(func.coalesce(func.max(_message.c.id), 0))


class Settled(NamedTuple):
    """How many texts the carrier will be asked about, and how many questions are left out."""

    to_ask: int
    left_out: int


def settle(connection: Connection, made_at: datetime, now: datetime) -> Settled:
    """Make a database as it was at `made_at` fit to go on with at `now`; both are the practice's time."""
    to_ask = connection.execute(_ASK_ABOUT, {"made_at": made_at}).rowcount
    connection.execute(delete(_queue))  # the server queues all that is unfinished when it starts
    left_out = 0
    while claimed := len(due.claim(connection, _DUE, now, BATCH)):
        left_out += claimed
    keep_number(connection, connection.execute(_NEWEST).scalar_one() + LOST_AT_MOST, "restored", now)
    return Settled(to_ask, left_out)


def keep_number(connection: Connection, number: int, why: str, at: datetime) -> None:
    """Have the next text's number be higher than this one, which nobody else gets. `why`: erased, or restored.

    SQLite gives the highest number anew once its row is gone, and the books would take the next text for that one.
    Postgres never does.
    """
    if connection.dialect.name == "sqlite":
        empty: dict[str, Any] = {"direction": "out", "from_phone": "", "to_phone": "", "body": "", "state": "not_sent"}
        connection.execute(insert(_message), {"id": number, "created_at": at, "kind": why, "reason": why, **empty})
