"""Picking up what fell: messages committed and never queued, put off until now, or claimed and never finished."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, literal, select, update

from coach_portal.core.models import tables
from coach_portal.core.services.sending import broken_off

_message = tables.message

REQUEUE_AFTER = timedelta(minutes=10)
"""How long a queued message may wait before it counts as lost. Queueing it twice does no harm: one claim wins."""

# The states are written out, so that the partial index on unsettled messages serves whatever is prepared.
_SENDING, _PLANNED, _UNKNOWN = (literal(state, literal_execute=True) for state in ("sending", "planned", "unknown"))
_IS_STALE = (_message.c.state == _SENDING, _message.c.claimed_at < bindparam("stale"))
_STALE = update(_message).where(*_IS_STALE).values(state="unknown").returning(_message.c.id)
_READY = _message.c.send_after.is_(None) | (_message.c.send_after <= bindparam("now"))
_NOT_QUEUED_SINCE = (_message.c.queued_at <= bindparam("lost")) | (_message.c.queued_at < _message.c.send_after)
_HAS_FALLEN = (
    _message.c.state.in_((_PLANNED, _SENDING, _UNKNOWN)),
    (_message.c.state == _UNKNOWN) | (_message.c.state == _PLANNED) & _READY,
    # One that is unknown is still on the queue, which tries it again by itself; a carrier that is down for an hour
    # would otherwise have it queued anew at every tick.
    _NOT_QUEUED_SINCE,
)
_FALLEN = select(_message.c.id).where(*_HAS_FALLEN).order_by(_message.c.id).limit(bindparam("batch"))
ANY = tuple(
    select(_message.c.id).where(*criteria).order_by(_message.c.id).limit(1) for criteria in (_IS_STALE, _HAS_FALLEN)
)
"""The statements that look for one message to pick up; parameters as `moments` gives them."""
_QUEUED = (
    update(_message).where(_message.c.id.in_(bindparam("messages", expanding=True))).values(queued_at=bindparam("now"))
)


def moments(now: datetime, machine_now: datetime, requeue_after: timedelta = REQUEUE_AFTER) -> dict[str, datetime]:
    """Since when a message counts as lost, and a claim as stale."""
    return {"now": now, "lost": now - requeue_after, "stale": machine_now - broken_off.LEASE}


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
    at = moments(now, machine_now, requeue_after)
    stale = connection.execute(_STALE, {"stale": at["stale"]}).scalars().all()
    fallen = connection.execute(_FALLEN, {"now": now, "lost": at["lost"], "batch": batch}).scalars()
    message_ids = sorted({*stale, *fallen})
    if message_ids:
        connection.execute(_QUEUED, {"messages": message_ids, "now": now})
    return message_ids
