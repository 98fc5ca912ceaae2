"""When a client's next text comes, or why none will."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.models import CheckInSchedule, Client, Message
from coach_portal.core.rules.may_send import FOREVER
from coach_portal.core.services.moments.schedules import next_of
from coach_portal.core.services.pages.client_page import may_be_asked

# Silences that last until a person does something.
_SILENCES = {
    "no_consent": "Nothing more comes before {name} says YES here.",
    "opted_out": "Nothing comes: {name} opted out. Only START brings the texts back.",
    "held": "No check-in comes: on hold until the coach has looked.",
    "unreachable": "Nothing comes: the carrier says this number is out of service.",
    "archived": "Nothing comes: coaching has ended.",
    "sender_stopped": "Nothing comes: the carrier has stopped the coach's number.",
    "budget_spent": "No check-in comes: this month's budget is spent.",
}
_PAUSED = "No check-in comes: paused until {name} wants them back."
_QUESTIONS = {
    "check_in": "check-in",
    "wins": "evening question",
    "reflection": "weekly reflection",
    "digest": "weekly reflection",
    "programme": "text of a programme",
}
_KINDS = _QUESTIONS | {"by_hand": "text from the coach", "invitation": "invitation"}


@dataclass(frozen=True, slots=True)
class Coming:
    """A text or call to come: when, to whom, and what it is in a word or two."""

    at: datetime
    client: Client
    what: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What lies ahead of some clients: their texts to come, the next one first, and each lasting silence in words."""

    coming: list[Coming]
    silences: dict[int, str]

    def next_of(self, client_id: int) -> Coming | None:
        """A client's next text."""
        return next((one for one in self.coming if one.client.id == client_id), None)


def look_ahead(session: Session, clients: Sequence[Client], now: datetime) -> Outlook:
    """The outlook for these clients."""
    ids = [client.id for client in clients]
    schedules = _by_client(session.scalars(select(CheckInSchedule).where(*_is_due(ids))))
    postponed = _by_client(session.scalars(select(Message).where(*_is_postponed(ids))))
    coming: list[Coming] = []
    silences: dict[int, str] = {}
    for client in clients:
        silence = _silence(session, client, now)
        if silence:
            silences[client.id] = silence
        else:
            coming += [_asked(schedule, client, now) for schedule in schedules[client.id]]
        coming += [_put_off(message, client) for message in postponed[client.id] if not silence or _is_by_hand(message)]
    return Outlook(sorted(coming, key=lambda one: (one.at, one.client.id)), silences)


def _silence(session: Session, client: Client, now: datetime) -> str | None:
    name = client.name.partition(" ")[0]
    refused = may_be_asked(session, client, now).rule
    if refused in _SILENCES:
        return _SILENCES[refused].format(name=name)
    return _PAUSED.format(name=name) if client.paused_until and client.paused_until >= FOREVER else None


def _asked(schedule: CheckInSchedule, client: Client, now: datetime) -> Coming:
    at, paused_until = schedule.next_due_at or now, client.paused_until
    if paused_until is not None and at < paused_until:
        # What falls due during a pause is let go; a moment before its end finds the first that is not.
        before = paused_until - timedelta(microseconds=1)
        at = next_of(schedule, client.timezone, before).due_at
    is_call = schedule.channel == "call" and client.calls == "granted"
    return Coming(at, client, "call" if is_call else _KINDS[schedule.kind])


def _put_off(message: Message, client: Client) -> Coming:
    what = "call" if message.channel == "call" else _KINDS.get(message.kind, "text")
    return Coming(message.send_after or message.created_at, client, what)


def _is_by_hand(message: Message) -> bool:
    return message.kind not in _QUESTIONS


def _is_due(client_ids: Sequence[int]) -> tuple[Any, ...]:
    schedule = CheckInSchedule
    return schedule.client_id.in_(client_ids), schedule.removed_at.is_(None), schedule.next_due_at.is_not(None)


def _is_postponed(client_ids: Sequence[int]) -> tuple[Any, ...]:
    return Message.client_id.in_(client_ids), Message.state == "planned", Message.send_after.is_not(None)


def _by_client(rows: Iterable[CheckInSchedule | Message]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if row.client_id is not None:
            found[row.client_id].append(row)
    return found
