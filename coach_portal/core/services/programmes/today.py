"""Whom a programme writes to on a day: that text is the day's one, so the check-ins of the day rest."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, select

from coach_portal.core import bulk
from coach_portal.core.models import tables

_begun, _message = tables.begun_step, tables.message
_WRITTEN_TO = (
    select(_begun.c.client_id, _begun.c.local_date)
    .join(_message, _message.c.id == _begun.c.message_id)
    .where(bulk.among(_begun.c.client_id, "clients"), _begun.c.local_date >= bindparam("since"))
    .where(_message.c.state != "not_sent")
)


def written_to(connection: Connection, client_ids: Sequence[int], since: date) -> set[tuple[int, date]]:
    """Clients with the local days, from this one on, on which they are written to."""
    rows = bulk.fetch(connection, _WRITTEN_TO, {"clients": client_ids, "since": since})
    return {(row.client_id, row.local_date) for row in rows}
