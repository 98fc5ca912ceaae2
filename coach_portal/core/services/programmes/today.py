"""Whom a programme writes to on a day: that text is the day's one, so the check-ins of the day rest."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, select

from coach_portal.core import bulk
from coach_portal.core.models import tables

_enrolment = tables.enrolment
_WRITTEN_TO = select(_enrolment.c.client_id, _enrolment.c.writes_on).where(
    bulk.among(_enrolment.c.client_id, "clients"),
    _enrolment.c.ended_at.is_(None),
    _enrolment.c.state == "active",
    _enrolment.c.writes_on >= bindparam("since"),
)


def written_to(connection: Connection, client_ids: Sequence[int], since: date) -> set[tuple[int, date]]:
    """Clients with the local days, from this one on, on which they are written to."""
    rows = bulk.fetch(connection, _WRITTEN_TO, {"clients": client_ids, "since": since})
    return {(row.client_id, row.writes_on) for row in rows}
