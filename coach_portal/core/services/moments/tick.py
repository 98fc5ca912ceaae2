"""What a minute finds to do, asked in one statement: most minutes find nothing, and there are many of them."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from coach_portal.core import bulk
from coach_portal.core.services.moments import check_ins, due
from coach_portal.core.services.preparing import appointments
from coach_portal.core.services.programmes import stepping
from coach_portal.core.services.replies import inbound
from coach_portal.core.services.sending import recovery


def _any(statement: Select[Any]) -> ColumnElement[bool]:
    # Not EXISTS, for which Postgres forgets the order: it then reads a table to see that nothing is due (measured).
    return statement.scalar_subquery().is_not(None)


_FOUND = select(
    _any(due.any_due(*check_ins.KINDS)).label("check_ins"),
    or_(*map(_any, recovery.ANY)).label("fallen"),
    _any(appointments.ANY_TO_REMIND).label("reminders"),
    _any(inbound.ANY_FORGOTTEN).label("texts"),
    _any(stepping.ANY_DUE).label("steps"),
)


class Found(NamedTuple):
    """Whether check-ins and reminders are due, messages have fallen, texts were forgotten, and steps are due."""

    check_ins: bool
    fallen: bool
    reminders: bool
    texts: bool
    steps: bool


def look(connection: Connection, now: datetime, machine_now: datetime, forgotten: tuple[datetime, datetime]) -> Found:
    """What there is to do. `forgotten`: the moments between which a text that nobody acted on was forgotten."""
    since, until = forgotten
    (row,) = bulk.fetch(connection, _FOUND, recovery.moments(now, machine_now) | {"since": since, "until": until})
    return Found(*map(bool, row))
