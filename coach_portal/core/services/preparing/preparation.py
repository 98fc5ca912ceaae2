"""What a coach reads before a session, gathered in a fixed number of statements, however long the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.errors import NotFound
from coach_portal.core.models import Appointment, Client, Coach, Commitment
from coach_portal.core.rules.marks import Day, mark_of
from coach_portal.core.rules.preparation.material import (
    MOST,
    Agreement,
    Answer,
    Did,
    Goal,
    Material,
    Text,
    Told,
    Waiting,
    first_day,
)
from coach_portal.core.rules.preparation.phrases import clock, on
from coach_portal.core.rules.preparation.report import Report, report
from coach_portal.core.rules.preparation.sheet import Sheet, sheet
from coach_portal.core.rules.schedule import moment_of, zone
from coach_portal.core.rules.texts import labels
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.texts.words import GoalWords
from coach_portal.core.services import scope
from coach_portal.core.services.preparing import statements
from coach_portal.core.services.preparing.changes import changes
from coach_portal.core.services.progress import habits

UNSURE = 0.7
"""Readings less sure than this wait for a coach (see the review queue)."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """The report before one session, read at `now`. `number` counts the client's sessions, this one included.

    `agreed` is what has been written down for the next time, `done` what was told of as done since the last one;
    `goals` are those that hold, `titles` also those retired.
    `texts` are those the report may name, by id.
    """

    now: datetime
    client: Client
    appointment: Appointment
    number: int
    report: Report
    texts: dict[int, Text]
    goals: list[Goal]
    titles: dict[int, str]
    done: list[Told]
    agreed: list[Commitment]

    @property
    def name(self) -> str:
        """What the client is called."""
        return self.client.name.partition(" ")[0]

    def sheet(self, timezone: str, public_url: str) -> Sheet:
        """The report for paper, with the session's time on a coach's clock."""
        there, here = zone(self.client.timezone), zone(timezone)
        starts, theirs = self.appointment.starts_at.astimezone(here), self.appointment.starts_at.astimezone(there)
        when = [f"{on(starts.date())}, {clock(starts)}", f"{self.appointment.minutes} minutes"]
        when += [self.appointment.place] if self.appointment.place else []
        when += [f"{clock(theirs)} for {self.name}"] if clock(theirs) != clock(starts) else []
        written = self.now.astimezone(here)
        return sheet(
            self.report,
            name=self.name,
            who=self.client.name,
            when=f"{', '.join(when)}. Session {self.number}",
            written=f"{on(written.date())}, {clock(written)},",
            where=lambda text_id: f"{public_url}/clients/{self.client.id}?texts=500#t{text_id}",
        )


def read(session: Session, coach: Coach, client_id: int, appointment_id: int, now: datetime) -> Preparation:
    """What to read before this session. Before a session that is over, what was known then. Raises NotFound."""
    client, appointment = _whom_and_when(session, coach, client_id, appointment_id)
    as_of = min(now, appointment.starts_at)
    number, last = _sessions_before(session, appointment)
    material = _material(session, client, last, as_of)
    noted = select(Commitment).where(Commitment.appointment_id == appointment.id).order_by(Commitment.id)
    return Preparation(
        now=now,
        client=client,
        appointment=appointment,
        number=number + 1,
        report=report(material),
        texts=dict(material.texts),
        goals=material.active,
        titles={goal.id: goal.title for goal in material.goals},
        done=[told for told in material.lately() if told.did != "missed"],
        agreed=list(session.scalars(noted)),
    )


def _whom_and_when(session: Session, coach: Coach, client_id: int, appointment_id: int) -> tuple[Client, Appointment]:
    wanted = (Appointment.id == appointment_id, Appointment.client_id == client_id, Appointment.cancelled_at.is_(None))
    statement = select(Client, Appointment).join(Appointment, Appointment.client_id == Client.id)
    found = session.execute(statement.where(*wanted, scope.visible(coach))).one_or_none()
    if found is None:
        raise NotFound("no such session, or not yours")
    return found[0], found[1]


def _sessions_before(session: Session, appointment: Appointment) -> tuple[int, datetime | None]:
    """How many there were, and when the last one was."""
    values = {"client": appointment.client_id, "starts_at": appointment.starts_at}
    (row,) = bulk.fetch(session.connection(), statements.SESSIONS_BEFORE, values)
    return row.number, row.last


def _material(session: Session, client: Client, last: datetime | None, as_of: datetime) -> Material:
    here = zone(client.timezone)
    today = as_of.astimezone(here).date()
    last_day = last.astimezone(here).date() if last else None
    since = first_day(last_day, today)
    begins = moment_of(since, "00:00", client.timezone)
    goals = _goals(session, client)
    texts = _texts(session, client, begins, as_of)
    return Material(
        name=client.name.partition(" ")[0],
        locale=client.locale,
        today=today,
        last=last_day,
        last_text=_last_text(session, client, as_of),
        has_agreed=client.consent == "granted",
        goals=goals,
        told=_told(session, client, goals, as_of),
        texts=texts,
        answers=_answers(session, client, begins, as_of),
        agreements=_agreements(session, client, last),
        changes=changes(session, client, begins, as_of),
        alerts=_alerts(session, client, begins, as_of),
    )


def _goals(session: Session, client: Client) -> list[Goal]:
    rows = bulk.fetch(session.connection(), statements.GOALS, {"client": client.id})
    began = [habits.began_on(row.created_at, client.timezone) for row in rows]
    known = habits.read(session, [client.id], min(began, default=client.created_at.date()))
    here = zone(client.timezone)
    return [
        Goal(
            id=row.id,
            title=title_of(row),
            record=known.record(row, client.timezone),
            retired_on=row.retired_at.astimezone(here).date() if row.retired_at else None,
        )
        for row in rows
    ]


def title_of(row: Any) -> str:
    """A goal as the report names it, of any row with its terms: "5 squats"."""
    words = GoalWords(row.title, row.anchor or "", row.amount, row.unit or "", at_most=row.direction == "at_most")
    return labels.agreed(words, language("en"), anchored=False, alone=True)


def _told(session: Session, client: Client, goals: Sequence[Goal], as_of: datetime) -> list[Told]:
    """Far enough back to set one time beside the time before."""
    earliest = as_of.date() - 2 * MOST - timedelta(days=1)
    by_id = {goal.id: goal for goal in goals}
    values = {"client": client.id, "earliest": earliest, "as_of": as_of}
    connection = session.connection()
    done = [_win_told(row, by_id.get(row.goal_id)) for row in bulk.fetch(connection, statements.WINS, values)]
    missed = bulk.fetch(connection, statements.MISSES, values)
    return done + [Told(row.goal_id, row.local_date, "missed", row.message_id) for row in missed]


def _win_told(row: Any, goal: Goal | None) -> Told:
    if goal is None:
        return Told(None, row.local_date, "done", row.message_id)
    mark = mark_of(goal.record.terms_on(row.local_date).aim, Day([row.amount]))
    did: Did = "partly" if mark == "partly" else "missed" if mark == "missed" else "done"
    return Told(goal.id, row.local_date, did, row.message_id)


def _texts(session: Session, client: Client, begins: datetime, as_of: datetime) -> dict[int, Text]:
    rows = bulk.fetch(session.connection(), statements.TEXTS, _within(client, begins, as_of))
    here = zone(client.timezone)
    return {row.id: _text(row, row.created_at.astimezone(here)) for row in rows}


def _text(row: Any, at: datetime) -> Text:
    read = row.understanding or {}
    wins = [(win["start"], win["end"]) for win in read.get("wins", ()) if win.get("end") is not None]
    unsure = row.confidence is not None and row.confidence < UNSURE and row.reviewed_at is None
    return Text(row.id, at, row.body, read.get("risk") is None, unsure, tuple(wins))


def _last_text(session: Session, client: Client, as_of: datetime) -> Any:
    found = bulk.fetch(session.connection(), statements.LAST_TEXT, {"client": client.id, "as_of": as_of})
    return found[0].created_at.astimezone(zone(client.timezone)).date() if found else None


def _answers(session: Session, client: Client, begins: datetime, as_of: datetime) -> list[Answer]:
    found = bulk.fetch(session.connection(), statements.ANSWERS, _within(client, begins, as_of))
    return [Answer(row.question, row.body, row.local_date, row.message_id) for row in found]


def _agreements(session: Session, client: Client, last: datetime | None) -> list[Agreement]:
    found = bulk.fetch(session.connection(), statements.AGREEMENTS, {"client": client.id, "last": last})
    return [Agreement(row.body, row.goal_id) for row in found]


def _alerts(session: Session, client: Client, begins: datetime, as_of: datetime) -> list[Waiting]:
    """What is open, and what was raised since."""
    rows = bulk.fetch(session.connection(), statements.ALERTS, _within(client, begins, as_of))
    here = zone(client.timezone)
    return [
        Waiting(row.kind, row.created_at.astimezone(here).date(), row.closed_at is None, row.message_id) for row in rows
    ]


def _within(client: Client, begins: datetime, as_of: datetime) -> dict[str, Any]:
    return {"client": client.id, "begins": begins, "as_of": as_of}
