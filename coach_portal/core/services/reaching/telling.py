"""Tells coaches what waits for them: bundled, in their hours, by their way; whoever covers is told instead.

Danger is not told here: `alerting.escalation` tells it at once, whatever a coach chose.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, select, update

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.escalation import SOON, URGENT
from coach_portal.core.rules.reaching import Choice, told_at
from coach_portal.core.rules.texts.notes import MOST_CODES, Waiting, note_letter, note_text
from coach_portal.core.services.alerting.alerts import note
from coach_portal.core.services.people import consent
from coach_portal.core.services.reaching import codes
from coach_portal.core.services.reaching.absences import absent
from coach_portal.core.services.sending import emails, outbox

_alert, _client, _coach, _link = tables.alert, tables.client, tables.coach, tables.coach_client
_number, _practice = tables.sending_number, tables.practice

KIND = "coach_note"
BATCH = 200

_OWN_COACH = (
    select(func.min(_coach.c.id))
    .join(_link, _link.c.coach_id == _coach.c.id)
    .where(_link.c.client_id == _alert.c.client_id, _coach.c.active)
    .correlate(_alert)
    .scalar_subquery()
)
_OWNER = (
    select(func.min(_coach.c.id))
    .where(_coach.c.practice_id == _alert.c.practice_id, _coach.c.role == "owner", _coach.c.active)
    .correlate(_alert)
    .scalar_subquery()
)
_WHOSE = func.coalesce(_OWN_COACH, _OWNER)
_UNTOLD = _alert.c.kind.not_in(URGENT | SOON) & _alert.c.closed_at.is_(None)
_DUE = (
    select(_WHOSE.label("coach_id")).where(_alert.c.next_step_at <= bindparam("now"), _UNTOLD).distinct().limit(BATCH)
)
_WAITING = (
    select(
        _alert.c.id, _alert.c.kind, _alert.c.client_id, _alert.c.practice_id, _client.c.name, _client.c.consent,
        _client.c.archived_at, _number.c.phone.label("from_phone"),
    )
    .outerjoin(_client, _client.c.id == _alert.c.client_id)
    .outerjoin(_number, _number.c.id == _client.c.sending_number_id)
    .where(_alert.c.next_step_at <= bindparam("now"), _UNTOLD, bindparam("coach") == _WHOSE)
    .order_by(_alert.c.id)
    .limit(BATCH)
)  # fmt: skip
_TOLD = (
    update(_alert)
    .where(bulk.among(_alert.c.id, "alerts"), _alert.c.next_step_at.is_not(None), _UNTOLD)
    .values(told=_alert.c.told + 1, next_step_at=None)
    .returning(_alert.c.id)
)
_LATER = (
    update(_alert)
    .where(bulk.among(_alert.c.id, "alerts"), _alert.c.next_step_at.is_not(None), _UNTOLD)
    .values(next_step_at=bindparam("later"))
)
_NOTE_TOLD = update(_coach).where(_coach.c.id == bindparam("coach")).values(reached_at=bindparam("at"))
_ONE_COACH = select(_coach).where(_coach.c.id == bindparam("coach"))
_IS_A_CLIENTS = select(
    exists().where(_client.c.practice_id == bindparam("practice"), _client.c.phone == bindparam("phone"))
)
_SPENT = select(_practice.c.budget_spent_at).where(_practice.c.id == bindparam("practice"))
_FIRST_NUMBER = select(func.min(_number.c.phone)).where(
    _number.c.practice_id == bindparam("practice"), _number.c.stopped_at.is_(None)
)


def coaches_due(connection: Connection, now: datetime) -> list[int]:
    """The coaches in whose care something waits to be told. What is nobody's is the owner's."""
    found = {row.coach_id for row in bulk.fetch(connection, _DUE, {"now": now})}
    return sorted(found - {None})


def tell(connection: Connection, coach_id: int, public_url: str, now: datetime) -> list[int]:
    """Tell of all that waits in this coach's care, or put it off until it fits; answers the ids of texts to queue.

    Twice at once it is told once: whoever counts an alert's round tells of it.
    """
    rows = bulk.fetch(connection, _WAITING, {"coach": coach_id, "now": now})
    if not rows:
        return []
    theirs = connection.execute(_ONE_COACH, {"coach": coach_id}).one()
    away = absent(connection, coach_id, now)
    if away is not None and away.covered_by is None:
        _put_off(connection, rows, told_at(choice_of(theirs), None, away.ends_at))
        return []
    whom = connection.execute(_ONE_COACH, {"coach": away.covered_by}).one() if away else theirs
    at = told_at(choice_of(whom), whom.reached_at, now)
    if at is None or at > now:
        _put_off(connection, rows, at)
        return []
    mine = _claimed(connection, rows)
    if not mine or whom.reached_by == "page":
        return []
    connection.execute(_NOTE_TOLD, {"coach": whom.id, "at": now})
    bundle = _Bundle(connection, whom, theirs.name if away else "", mine, public_url, now)
    return bundle.send()


def choice_of(coach: Any) -> Choice:
    """How a coach, by their row, wants to be reached."""
    return Choice(coach.timezone, coach.reach_days, coach.reach_from, coach.reach_until, coach.reach_every)


def _claimed(connection: Connection, rows: Sequence[Any]) -> list[Any]:
    told = set(connection.execute(_TOLD, {"alerts": [row.id for row in rows]}).scalars())
    return [row for row in rows if row.id in told]


def _put_off(connection: Connection, rows: Sequence[Any], later: datetime | None) -> None:
    connection.execute(_LATER, {"alerts": [row.id for row in rows], "later": later})


@dataclass(frozen=True, slots=True)
class _Bundle:
    """All that one person is told at once. `covering` is whose matters they are, "" where they are their own."""

    connection: Connection
    whom: Any
    covering: str
    rows: Sequence[Any]
    public_url: str
    now: datetime

    def send(self) -> list[int]:
        """By text where that can be, else by email."""
        number = self._number()
        if self.whom.reached_by == "text" and number is not None:
            return [self._text(number)]
        letter = note_letter(self._waiting(), self.public_url, self.covering)
        email_id = emails.plan(
            self.connection,
            practice_id=self.whom.practice_id,
            kind=KIND,
            to=self.whom.email,
            subject=letter.subject,
            body=letter.body,
            now=self.now,
        )
        self._note("coach_email", email_id=email_id)
        return []

    def _text(self, number: str) -> int:
        answerable = {row.client_id: row for row in self.rows if row.consent == "granted" and not row.archived_at}
        given = {}
        for client_id, row in list(answerable.items())[:MOST_CODES]:
            given[client_id] = codes.give(self.connection, self.whom, client_id, row.name, self.now)
        waiting = [
            replace(one, code=given.get(row.client_id, "")) for one, row in zip(self._waiting(), self.rows, strict=True)
        ]
        text = outbox.outgoing(
            kind=KIND,
            practice_id=self.whom.practice_id,
            client_id=None,
            from_phone=number,
            to_phone=self.whom.phone,
            body=note_text(waiting, f"{self.public_url}/", self.covering),
            now=self.now,
            deadline_at=choice_of(self.whom).window.closes(self.now),
        )
        message_id = outbox.plan(self.connection, text)
        self._note("coach_text", message_id=message_id)
        return message_id

    def _waiting(self) -> list[Waiting]:
        names = names_apart({row.client_id: row.name for row in self.rows if row.client_id is not None})
        return [
            Waiting(
                row.kind,
                names.get(row.client_id, ""),
                f"{self.public_url}/clients/{row.client_id}/write" if row.client_id else f"{self.public_url}/",
            )
            for row in self.rows
        ]

    def _number(self) -> str | None:
        """The number to text from; None where this person cannot or may not be texted.

        A phone that is a client's too is not texted: what it answers would be read as that client's report.
        """
        here = {"practice": self.whom.practice_id, "phone": self.whom.phone}
        if self.whom.phone is None or consent.is_suppressed(self.connection, here["practice"], here["phone"]):
            return None
        if self.connection.execute(_IS_A_CLIENTS, here).scalar_one():
            return None
        if self.connection.execute(_SPENT, {"practice": here["practice"]}).scalar_one() is not None:
            return None
        numbers = {row.from_phone for row in self.rows if row.from_phone}
        first: str | None = self.connection.execute(_FIRST_NUMBER, {"practice": here["practice"]}).scalar_one()
        return next(iter(numbers)) if len(numbers) == 1 else first

    def _note(self, step: Any, **what: int) -> None:
        for row in self.rows:
            note(self.connection, row.practice_id, row.id, step, self.now, who=self.whom.name, **what)


def names_apart(full: dict[int, str]) -> dict[int, str]:
    """First names, with as much of the surname as tells two of the same apart."""
    first = {client_id: name.partition(" ")[0] for client_id, name in full.items()}
    times = Counter(first.values())
    return {client_id: name if times[name] == 1 else full[client_id] for client_id, name in first.items()}
