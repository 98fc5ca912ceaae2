"""Who looked at whom: one line in the trail for a coach and a client within an hour, however often they look."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from coach_portal.core.models import tables
from coach_portal.core.services import audit

_audit, _client = tables.audit_event, tables.client

WITHIN = timedelta(hours=1)

_SEEN = (
    select(_audit.c.id)
    .where(
        _audit.c.subject == bindparam("subject"),
        _audit.c.actor == bindparam("actor"),
        _audit.c.action == "view",
        _audit.c.at > bindparam("since"),
    )
    .limit(1)
)
_PRACTICE = select(_client.c.practice_id).where(_client.c.id == bindparam("client"))


def is_noted(connection: Connection, coach_id: int, client_id: int, now: datetime) -> bool:
    """Whether the trail says already that this coach looked at this client within the hour."""
    wanted = {"subject": f"client:{client_id}", "actor": f"coach:{coach_id}", "since": now - WITHIN}
    return connection.execute(_SEEN, wanted).first() is not None


def note(connection: Connection, coach_id: int, client_id: int, via: str, now: datetime) -> None:
    """Say so; `via` is page or api."""
    practice_id = connection.execute(_PRACTICE, {"client": client_id}).scalar_one_or_none()
    if practice_id is not None:
        audit.record(connection, practice_id, f"coach:{coach_id}", "view", f"client:{client_id}", now, via=via)
