"""Who has gone quiet: their fortnight, and the last words they wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.models import Alert, tables
from coach_portal.core.services.pages.roster import Line

_message, _client = tables.message, tables.client
_latest = (
    select(func.max(_message.c.id))
    .where(bulk.among(_message.c.client_id, "clients"), _message.c.direction == "in")
    .group_by(_message.c.client_id)
)
_LAST_WORDS = (
    select(_message.c.client_id, _message.c.body, _message.c.understanding, _message.c.created_at, _client.c.locale)
    .join(_client, _client.c.id == _message.c.client_id)
    .where(_message.c.id.in_(_latest))
)


@dataclass(frozen=True, slots=True)
class LastWords:
    """What someone wrote last, when, and in which language."""

    body: str
    at: datetime
    locale: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """Someone silent as the roster has them; `alert` where they were asked whether to go on and did not say either."""

    line: Line
    words: LastWords | None
    alert: Alert | None


def read(session: Session, lines: Sequence[Line], alerts: dict[int, Alert]) -> list[Quiet]:
    """These clients with their last words, but for words of danger, which stand in no list."""
    rows = bulk.fetch(session.connection(), _LAST_WORDS, {"clients": [line.id for line in lines]})
    said = {
        row.client_id: LastWords(row.body, row.created_at, row.locale)
        for row in rows
        if not (row.understanding or {}).get("risk")
    }
    return [Quiet(line, said.get(line.id), alerts.get(line.id)) for line in lines]
