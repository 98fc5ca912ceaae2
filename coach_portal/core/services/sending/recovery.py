"""Picking up what fell: messages committed and never queued, put off until now, or claimed and never finished."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from coach_portal.core.models import tables
from coach_portal.core.services.sending import broken_off

_message = tables.message

REQUEUE_AFTER = timedelta(minutes=10)
"""How long a queued message may wait before it counts as lost. Queueing it twice does no harm: one claim wins."""

_STALE = (
    update(_message)
    .where(_message.c.state == "sending", _message.c.claimed_at < bindparam("stale"))
    .values(state="unknown")
    .returning(_message.c.id)
)
_READY = _message.c.send_after.is_(None) | (_message.c.send_after <= bindparam("now"))
_NOT_QUEUED_SINCE = (_message.c.queued_at <= bindparam("lost")) | (_message.c.queued_at < _message.c.send_after)
_FALLEN = (
    select(_message.c.id)
    # The partial index on unsettled messages serves this: an idle tick reads next to nothing.
    .where(_message.c.state.in_(("planned", "sending", "unknown")))
    .where((_message.c.state == "unknown") | (_message.c.state == "planned") & _READY)
    # One that is unknown is still on the queue, which tries it again by itself; a carrier that is down for an hour
    # would otherwise have it queued anew at every tick.
    .where(_NOT_QUEUED_SINCE)
    .order_by(_message.c.id)
    .limit(bindparam("batch"))
)
_QUEUED = (
    update(_message).where(_message.c.id.in_(bindparam("messages", expanding=True))).values(queued_at=bindparam("now"))
)


def pick_up(
    connection: Connection,
    now: datetime,
    machine_now: datetime,
    *,
    requeue_after: timedelta = REQUEUE_AFTER,
    batch: int = 1000,
) -> list[int]:
    """The ids of fallen messages, to be queued once the transaction has committed.

    A claim older than its lease becomes `unknown` and is queued at once: the send step will ask the carrier about it.
    """
    stale = connection.execute(_STALE, {"stale": machine_now - broken_off.LEASE}).scalars().all()
    fallen = connection.execute(_FALLEN, {"now": now, "lost": now - requeue_after, "batch": batch}).scalars()
    message_ids = sorted({*stale, *fallen})
    if message_ids:
        connection.execute(_QUEUED, {"messages": message_ids, "now": now})
    return message_ids
