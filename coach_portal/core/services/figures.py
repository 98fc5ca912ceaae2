"""What the operator watches: texts sent, late and failed, and how long alerts about danger wait for a human."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select

from coach_portal.core.models import tables
from coach_portal.core.rules.message_state import FAILED
from coach_portal.core.rules.retention import MISSED
from coach_portal.core.services.alerting import canary

_message, _alert, _job_run = tables.message, tables.alert, tables.job_run

LATE = timedelta(minutes=1)
"""A text that leaves later than this after its moment is late."""
STOPPED = timedelta(minutes=2)
"""A job that did not come to its end for as long has stopped."""

_OUTCOMES = select(
    _message.c.state,
    _message.c.handed_at,
    func.coalesce(_message.c.send_after, _message.c.created_at).label("due_at"),
).where(_message.c.id.in_(bindparam("messages", expanding=True)))
_WAITING = select(func.min(_alert.c.created_at)).where(
    _alert.c.kind == "risk", _alert.c.closed_at.is_(None), _alert.c.acknowledged_at.is_(None)
)
_ACKNOWLEDGED = select(_alert.c.created_at, _alert.c.acknowledged_at).where(
    _alert.c.acknowledged_by.is_distinct_from(canary.ACTOR),
    _alert.c.kind == "risk",
    _alert.c.acknowledged_at > bindparam("since"),
    _alert.c.acknowledged_at <= bindparam("now"),
)
_TIDIED = select(_job_run.c.ended_at).where(_job_run.c.job == "retention")
_TICKED = select(_job_run.c.ended_at).where(_job_run.c.job == "schedule_check_ins")


def of_texts(connection: Connection, message_ids: Sequence[int]) -> dict[str, float]:
    """How many of these messages were sent, how many of them late, and how many the carrier refused."""
    if not message_ids:
        return {}
    rows = connection.execute(_OUTCOMES, {"messages": list(message_ids)}).all()
    sent = [row for row in rows if row.handed_at is not None and row.state not in FAILED]
    late = [row for row in sent if row.handed_at - row.due_at > LATE]
    failed = [row for row in rows if row.state in FAILED]
    return {"TextsSent": len(sent), "TextsLate": len(late), "TextsFailed": len(failed)}


def of_site(connection: Connection, since: datetime, now: datetime) -> dict[str, float]:
    """How long the oldest alert about danger waits, how long those acknowledged since took, and whether time ticks
    and what is too old is removed."""
    oldest = connection.execute(_WAITING).scalar_one()
    acknowledged = connection.execute(_ACKNOWLEDGED, {"since": since, "now": now}).all()
    tidied = connection.execute(_TIDIED).scalar_one_or_none()
    ticked = connection.execute(_TICKED).scalar_one_or_none()
    figures: dict[str, float] = {
        "OldestRiskMinutes": 0 if oldest is None else (now - oldest).total_seconds() / 60,
        "Ticks": int(ticked is not None and now - ticked < STOPPED),
        "Tidied": int(tidied is not None and now - tidied < MISSED),
    }
    if acknowledged:
        slowest = max(row.acknowledged_at - row.created_at for row in acknowledged)
        figures["AcknowledgeSeconds"] = slowest.total_seconds()
    return figures
