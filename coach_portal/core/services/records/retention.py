"""Once a day: forget what has been kept long enough (`rules.retention`)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.models import Client, Coach, Erasure, JobRun, Leftover, Practice, tables
from coach_portal.core.rules import retention as rules
from coach_portal.core.rules.pictures import kept_as
from coach_portal.core.services import audit, scope
from coach_portal.core.services.records import erasure

JOB = "retention"
ERASED_AT_ONCE = 20
"""Former clients forgotten in one pass; the others follow in the next."""

_message, _client, _practice = tables.message, tables.client, tables.practice
_inbound, _email, _draft = tables.inbound_text, tables.email, tables.import_draft
_answer, _event, _delivery = tables.kept_answer, tables.event, tables.event_delivery
_attempt, _session = tables.sign_in_attempt, tables.web_session

_TIDIED = select(tables.job_run.c.ended_at).where(tables.job_run.c.job == JOB)


@dataclass(frozen=True, slots=True)
class KeepingPage:
    """What the practice reads about keeping and erasing. `soon`: who is forgotten within a month, and when."""

    practice: Practice
    soon: list[tuple[Client, datetime]]
    erasures: list[Erasure]
    waiting: int
    tidied_at: datetime | None


def is_due(connection: Connection, now: datetime) -> bool:
    """Whether the last tidying is long enough ago."""
    ended = [run.ended_at for run in bulk.fetch(connection, _TIDIED, {})]
    return ended in ([], [None]) or now - ended[0] > rules.EVERY


def tidy(connection: Connection, now: datetime) -> dict[str, int]:
    """Remove what is too old; answers how many rows of each kind."""
    old = now - rules.EMAILS.age
    old_events = select(_event.c.id).where(_event.c.at < now - rules.EVENTS.age)
    _drop(connection, _delivery, _delivery.c.event_id.in_(old_events))
    emptied = _email.c.settled_at < old, _email.c.body != ""
    did = {
        rules.RAW_TEXTS.name: _drop(connection, _inbound, _inbound.c.received_at < now - rules.RAW_TEXTS.age),
        rules.EMAILS.name: _blank(connection, _email, and_(*emptied), subject="", body="", to_address=""),
        rules.IMPORTS.name: _blank(
            connection,
            _draft,
            and_(_draft.c.created_at < now - rules.IMPORTS.age, _draft.c.content != ""),
            content="",
        ),
        rules.SIGN_INS.name: _drop(connection, _attempt, _attempt.c.at < now - rules.SIGN_INS.age),
        rules.SESSIONS.name: _drop(connection, _session, _session.c.seen_at < now - rules.SESSIONS.age),
        rules.ANSWERS.name: _drop(connection, _answer, _answer.c.created_at < now - rules.ANSWERS.age),
        rules.EVENTS.name: _drop(connection, _event, _event.c.id.in_(old_events)),
        rules.TRAIL.name: _drop(connection, tables.audit_event, tables.audit_event.c.at < now - rules.TRAIL.age),
    }
    return {name: count for name, count in did.items() if count}


def expired_pictures(connection: Connection, now: datetime) -> list[str]:
    """The files of weeks whose links ended lately: one machine has nobody else who removes them."""
    digest = tables.digest.c
    ended = digest.picture_until.between(now - rules.PICTURES_ENDED, now)
    rows = connection.execute(select(digest.id, digest.picture_token).where(ended))
    return [kept_as(row.id, row.picture_token) for row in rows]


def forget_former(session: Session, now: datetime) -> int:
    """Erase former clients whose time has come, a few at a time; answers how many."""
    whose_time = [client for client, at in _former(session, None, now) if at <= now]
    for client in whose_time[:ERASED_AT_ONCE]:
        erasure.erase(session, client, now, asked_by=None)
    return min(len(whose_time), ERASED_AT_ONCE)


def choose(session: Session, coach: Coach, months: int | None, now: datetime) -> None:
    """Say after how many months former clients are forgotten; None: when somebody asks. Raises NotAllowed."""
    scope.require(coach, "set_keeping")
    session.get_one(Practice, coach.practice_id).keep_months = months
    subject = f"practice:{coach.practice_id}"
    audit.record(session, coach.practice_id, audit.by(coach), "set_keeping", subject, now, months=months or 0)


def read(session: Session, coach: Coach, now: datetime) -> KeepingPage:
    """How things stand. Raises NotAllowed for anyone but the owner."""
    scope.require(coach, "set_keeping")
    mine = Erasure.practice_id == coach.practice_id
    lately = session.scalars(select(Erasure).where(mine).order_by(Erasure.id.desc()).limit(20)).all()
    waiting = session.scalar(select(func.count()).where(Leftover.practice_id == coach.practice_id)) or 0
    run = session.get(JobRun, JOB)
    soon = [(client, at) for client, at in _former(session, coach.practice_id, now) if at <= now + rules.NOTICE]
    practice = session.get_one(Practice, coach.practice_id)
    return KeepingPage(practice, soon, list(lately), waiting, run.ended_at if run else None)


def _former(session: Session, practice_id: int | None, now: datetime) -> list[tuple[Client, datetime]]:
    """Former clients of practices that do not keep them for ever, and when each is forgotten; the first first."""
    last_text = select(func.max(_message.c.created_at)).where(_message.c.client_id == _client.c.id).scalar_subquery()
    former = or_(Client.archived_at.is_not(None), Client.consent.in_(("declined", "revoked")))
    asked = select(Client, last_text, Practice.keep_months).join(Practice, Practice.id == Client.practice_id)
    asked = asked.where(former, Practice.keep_months.is_not(None))
    if practice_id is not None:
        asked = asked.where(Client.practice_id == practice_id)
    found = []
    for client, texted_at, months in session.execute(asked):
        signs = [sign for sign in (client.created_at, client.archived_at, texted_at) if sign]
        found.append((client, rules.forgotten_at(max(signs), months)))
    return sorted(found, key=lambda each: each[1])


def _drop(connection: Connection, table: Table, which: ColumnElement[bool]) -> int:
    return connection.execute(delete(table).where(which)).rowcount


def _blank(connection: Connection, table: Table, which: ColumnElement[bool], **values: Any) -> int:
    return connection.execute(update(table).where(which).values(values)).rowcount
