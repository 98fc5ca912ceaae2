"""Telling people about an alert, round after round, until someone has it in hand.

A round is claimed by counting it; its texts and emails are rows of the same transaction, so a crash loses none of them.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, select, update

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.escalation import SOON, URGENT, next_step_at, tells_second_contact
from coach_portal.core.rules.links import SECOND, Links
from coach_portal.core.rules.texts import backup_alert, coach_alert
from coach_portal.core.rules.texts.letters import Letter, alert_letter, second_letter, soon_letter
from coach_portal.core.services.alerting.alerts import note
from coach_portal.core.services.reaching import absences
from coach_portal.core.services.sending import emails, outbox

log = logging.getLogger(__name__)

_alert, _client, _coach, _link = tables.alert, tables.client, tables.coach, tables.coach_client
_number, _second = tables.sending_number, tables.second_contact
_older = _alert.alias("older")

_OPEN = _alert.c.closed_at.is_(None) & _alert.c.acknowledged_at.is_(None)
_DUE = (
    select(_alert.c.id)
    .where(_alert.c.next_step_at <= bindparam("now"), _alert.c.kind.in_(URGENT), _OPEN)
    .order_by(_alert.c.next_step_at)
    .limit(200)
)
_FIRST_NUMBER = (
    select(func.min(_number.c.id))
    .where(_number.c.practice_id == _alert.c.practice_id)
    .correlate(_alert)
    .scalar_subquery()
)
# Another alert about the same client is being told already: this one is told once, and not in a chain of its own.
_IN_A_CHAIN = exists().where(
    _older.c.client_id == _alert.c.client_id,
    _older.c.id < _alert.c.id,
    _older.c.kind.in_(URGENT),
    _older.c.closed_at.is_(None),
    _older.c.acknowledged_at.is_(None),
    _older.c.next_step_at.is_not(None),
)
_ABOUT = (
    select(
        _alert.c.id,
        _alert.c.practice_id,
        _alert.c.kind,
        _alert.c.told,
        _alert.c.client_id,
        _alert.c.message_id,
        _alert.c.created_at,
        _client.c.name,
        _client.c.locale,
        _number.c.phone.label("from_phone"),
        _IN_A_CHAIN.label("in_a_chain"),
    )
    .outerjoin(_client, _client.c.id == _alert.c.client_id)
    .outerjoin(_number, _number.c.id == func.coalesce(_client.c.sending_number_id, _FIRST_NUMBER))
    .where(_alert.c.id == bindparam("alert"), _OPEN)
)
_CLAIM = (
    update(_alert)
    .where(_alert.c.id == bindparam("alert"), _alert.c.told == bindparam("so_far"), _OPEN)
    .values(told=bindparam("so_far") + 1, next_step_at=bindparam("next"))
    .returning(_alert.c.id)
)
_COACHES = (
    select(_coach.c.id, _coach.c.name, _coach.c.phone, _coach.c.email, _coach.c.role, _link.c.client_id)
    .outerjoin(_link, (_link.c.coach_id == _coach.c.id) & (_link.c.client_id == bindparam("client")))
    .where(_coach.c.practice_id == bindparam("practice"), _coach.c.active)
    .where(_link.c.client_id.is_not(None) | (_coach.c.role == "owner"))
    .order_by(_link.c.client_id.is_(None), _coach.c.id)
)
_COLLEAGUE = select(_coach.c.id, _coach.c.name, _coach.c.phone, _coach.c.email).where(
    _coach.c.id == bindparam("coach"), _coach.c.practice_id == bindparam("practice")
)
_SECOND = select(_second).where(_second.c.practice_id == bindparam("practice"))
_SOON = (
    select(_alert.c.id, _alert.c.practice_id, _alert.c.client_id, _client.c.name, _client.c.locale)
    .outerjoin(_client, _client.c.id == _alert.c.client_id)
    .where(_alert.c.next_step_at <= bindparam("now"), _alert.c.kind.in_(SOON), _alert.c.closed_at.is_(None))
    .order_by(_alert.c.id)
    .limit(200)
)
_TOLD = (
    update(_alert)
    .where(_alert.c.id == bindparam("alert"), _alert.c.next_step_at.is_not(None))
    .values(told=_alert.c.told + 1, next_step_at=None)
    .returning(_alert.c.id)
)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who is told. `who` is what their links carry: "c" and a coach's id, or SECOND."""

    who: str
    name: str
    phone: str | None
    email: str | None

    @property
    def first_name(self) -> str:
        """How a text names them."""
        return self.name.partition(" ")[0]


def due(connection: Connection, now: datetime) -> list[int]:
    """The alerts about which somebody is to be told now."""
    return [row.id for row in bulk.fetch(connection, _DUE, {"now": now})]


def tell(connection: Connection, alert_id: int, links: Links, now: datetime, machine_now: datetime) -> list[int]:
    """Do an alert's next round; answers the ids of texts to queue. Twice at once it is done once."""
    about = connection.execute(_ABOUT, {"alert": alert_id}).one_or_none()
    if about is None:
        return []
    following = None if about.in_a_chain else next_step_at(about.told + 1, now)
    claim = {"alert": alert_id, "so_far": about.told, "next": following}
    if connection.execute(_CLAIM, claim).one_or_none() is None:
        return []
    round_ = _Round(connection, about, links, now, machine_now)
    coach, second = people(connection, about.practice_id, about.client_id)
    for person in (coach, _standing_in(connection, coach, about.practice_id, now)):
        if person is not None:
            round_.tell_coach(person)
    if tells_second_contact(about.told):
        round_.tell_second(second, coach)
    return round_.message_ids


def tell_soon(connection: Connection, public_url: str, now: datetime) -> int:
    """Email each coach, once, about what they should read soon; answers how many emails."""
    bundles: dict[tuple[int, Person], list[Any]] = defaultdict(list)
    for row in bulk.fetch(connection, _SOON, {"now": now}):
        coach, _ = people(connection, row.practice_id, row.client_id)
        if connection.execute(_TOLD, {"alert": row.id}).one_or_none() is None:
            continue
        for person in (coach, _standing_in(connection, coach, row.practice_id, now)):
            if person is not None:
                bundles[row.practice_id, person].append(row)
    for (practice_id, coach), rows in bundles.items():
        names = [(row.name or "").partition(" ")[0] for row in rows]
        letter = soon_letter(names, f"{public_url}/", rows[0].locale or "en")
        email_id = _mail(connection, practice_id, "possible_risk", coach, letter, now)
        for row in rows:
            note(connection, practice_id, row.id, "coach_email", now, who=coach.name, email_id=email_id)
    return len(bundles)


def people(connection: Connection, practice_id: int, client_id: int | None) -> tuple[Person | None, Person | None]:
    """Who is told first, and who when they do not answer.

    First the client's coach, or the practice's owner where the number is nobody's; then the second contact, or the
    owner where none is named.
    """
    found = connection.execute(_COACHES, {"practice": practice_id, "client": client_id}).all()
    coaches = [Person(f"c{row.id}", row.name, row.phone, row.email) for row in found]
    named = connection.execute(_SECOND, {"practice": practice_id}).one_or_none()
    if named is not None:
        second: Person | None = Person(SECOND, named.name, named.phone, named.email)
    else:
        second = next(iter(coaches[1:]), None)
    return (coaches[0] if coaches else None), second


def _standing_in(connection: Connection, coach: Person | None, practice_id: int, now: datetime) -> Person | None:
    """Who covers for a coach who is away, and is told beside them: an absence never takes anybody off the list."""
    away = absences.absent(connection, int(coach.who[1:]), now) if coach is not None else None
    if away is None or away.covered_by is None:
        return None
    found = connection.execute(_COLLEAGUE, {"practice": practice_id, "coach": away.covered_by}).one()
    return Person(f"c{found.id}", found.name, found.phone, found.email)


@dataclass(slots=True)
class _Round:
    """One round about one alert."""

    connection: Connection
    about: Any
    links: Links
    now: datetime
    machine_now: datetime
    message_ids: list[int] = field(default_factory=list)

    def tell_coach(self, coach: Person) -> None:
        """By text at once and by email."""
        url, name = self._link(coach), (self.about.name or "").partition(" ")[0]
        self._text(coach, coach_alert(name, url, self._locale), "coach_text")
        letter = alert_letter(name, url, self._locale, lost=self.about.kind == "not_delivered")
        self._email(coach, letter, "alert", "coach_email")

    def tell_second(self, second: Person | None, coach: Person | None) -> None:
        """By both ways too; where there is nobody, that is on the record."""
        if second is None:
            if self.about.told == 1:
                note(self.connection, self.about.practice_id, self.about.id, "nobody_else", self.now)
            return
        url, coachs_name = self._link(second), coach.first_name if coach else "Coach Portal"
        self._text(second, backup_alert(coachs_name, url, self._locale), "second_text")
        self._email(second, second_letter(coachs_name, url, self._locale), "second_contact", "second_email")

    @property
    def _locale(self) -> str:
        return self.about.locale or "en"

    def _link(self, person: Person) -> str:
        return self.links.alert(self.about.id, self.about.created_at, person.who, self.machine_now)

    def _text(self, person: Person, body: str, step: Any) -> None:
        if person.phone is None or self.about.from_phone is None:
            return
        text = outbox.outgoing(
            kind="coach_alert",
            practice_id=self.about.practice_id,
            client_id=None,
            answers_id=self.about.message_id,
            from_phone=self.about.from_phone,
            to_phone=person.phone,
            body=body,
            now=self.now,
        )
        message_id = outbox.plan(self.connection, text)
        self.message_ids.append(message_id)
        self._note(step, person, message_id=message_id)

    def _email(self, person: Person, letter: Letter, kind: str, step: Any) -> None:
        if person.email is not None:
            email_id = _mail(self.connection, self.about.practice_id, kind, person, letter, self.now)
            self._note(step, person, email_id=email_id)

    def _note(self, step: Any, person: Person, **what: int) -> None:
        note(self.connection, self.about.practice_id, self.about.id, step, self.now, who=person.name, **what)


def _mail(connection: Connection, practice_id: int, kind: str, to: Person, letter: Letter, now: datetime) -> int:
    return emails.plan(
        connection,
        practice_id=practice_id,
        kind=kind,
        to=to.email or "",
        subject=letter.subject,
        body=letter.body,
        now=now,
    )
