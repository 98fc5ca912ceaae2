"""Who is where in which programme, and how many there are: a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from coach_portal.core.errors import NotFound
from coach_portal.core.models import BegunStep, Client, Coach, Enrolment, Message, Programme, ProgrammeStep
from coach_portal.core.rules.programmes import Place, planned_on, week_of
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services import scope
from coach_portal.core.services.programmes import library

RUNNING = ("active", "paused")
PAST = 12
"""So many of those who came to the end are shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One programme in the list."""

    programme: Programme
    steps: int
    active: int
    finished: int


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One client in one programme. `next_on` is None while it waits for a habit, rests or is over.

    `not_sent` is why the text of the step that began last did not leave, where it did not.
    """

    enrolment: Enrolment
    client: Client
    programme: Programme
    week: int
    begun: int
    steps: int
    next_step: ProgrammeStep | None
    next_on: date | None
    not_sent: str | None

    @property
    def waits(self) -> bool:
        """Whether the next step waits for a habit."""
        return self.next_step is not None and self.next_step.starts == "when_automatic"


def lines(session: Session, coach: Coach) -> list[Line]:
    """The practice's programmes, with how many of the clients this coach sees are in each."""
    programmes = library.of_practice(session, coach)
    here = [programme.id for programme in programmes]
    steps = _by_programme(session, ProgrammeStep, here, ProgrammeStep.removed_at.is_(None))
    seen = Enrolment.client_id.in_(scope.ids_of(coach))
    active = _by_programme(session, Enrolment, here, seen, Enrolment.state.in_(RUNNING))
    finished = _by_programme(session, Enrolment, here, seen, Enrolment.state == "finished")
    return [Line(one, steps.get(one.id, 0), active.get(one.id, 0), finished.get(one.id, 0)) for one in programmes]


def line(session: Session, coach: Coach, programme: Programme) -> Line:
    """One programme as the list tells it."""
    session.flush()
    return next(each for each in lines(session, coach) if each.programme.id == programme.id)


def begun_by_step(session: Session, programme: Programme) -> dict[int, int]:
    """For how many clients each of its steps has begun."""
    counted = (
        select(BegunStep.step_id, func.count())
        .join(Enrolment, Enrolment.id == BegunStep.enrolment_id)
        .where(Enrolment.programme_id == programme.id)
        .group_by(BegunStep.step_id)
    )
    return _counted(session, counted)


def who_is_in(session: Session, coach: Coach, programme: Programme, now: datetime) -> list[Whereabouts]:
    """The clients this coach sees who are in it, by name."""
    return _found(session, coach, now, Enrolment.programme_id == programme.id, Enrolment.state.in_(RUNNING))


def who_was_in(session: Session, coach: Coach, programme: Programme, now: datetime) -> list[Whereabouts]:
    """The last of those who came to its end, or were taken out."""
    found = _found(session, coach, now, Enrolment.programme_id == programme.id, Enrolment.ended_at.is_not(None))
    return sorted(found, key=lambda each: each.enrolment.ended_at or now, reverse=True)[:PAST]


def of_client(session: Session, coach: Coach, client_id: int, now: datetime) -> list[Whereabouts]:
    """The programmes that a client is in."""
    return _found(session, coach, now, Enrolment.client_id == client_id, Enrolment.state.in_(RUNNING))


def one(session: Session, coach: Coach, enrolment_id: int, now: datetime) -> Whereabouts:
    """One of them. Raises NotFound."""
    found = _found(session, coach, now, Enrolment.id == enrolment_id)
    if not found:
        raise NotFound("no such enrolment")
    return found[0]


def own(session: Session, client: Client, now: datetime) -> list[tuple[str, int]]:
    """What a client may know: the names of the programmes they are in, and the week of each."""
    today = now.astimezone(zone(client.timezone)).date()
    mine = (
        select(Programme.name, Enrolment.counts_from)
        .join(Enrolment, Enrolment.programme_id == Programme.id)
        .where(Enrolment.client_id == client.id, Enrolment.state.in_(RUNNING), Enrolment.starts_on <= today)
        .order_by(Enrolment.id)
    )
    return [(name, week_of(since, today)) for name, since in session.execute(mine)]


def may_start(session: Session, coach: Coach, programme: Programme | None) -> list[Client]:
    """The clients whom this coach could start on it, by name: in practice now, not opted out, not in it."""
    mine = scope.clients_of(coach).where(Client.archived_at.is_(None), Client.consent.not_in(("revoked", "declined")))
    if programme is not None:
        running = select(Enrolment.client_id).where(
            Enrolment.programme_id == programme.id, Enrolment.ended_at.is_(None)
        )
        mine = mine.where(Client.id.not_in(running))
    return list(session.scalars(mine.order_by(Client.name, Client.id)))


def _by_programme(
    session: Session, row: type, programmes: Sequence[int], *which: ColumnElement[bool]
) -> dict[int, int]:
    column = row.programme_id  # type: ignore[attr-defined]
    counted = select(column, func.count()).where(column.in_(programmes), *which).group_by(column)
    return _counted(session, counted)


def _counted(session: Session, pairs: Select[int, int]) -> dict[int, int]:
    return {row[0]: row[1] for row in session.execute(pairs)}


def _found(session: Session, coach: Coach, now: datetime, *which: ColumnElement[bool]) -> list[Whereabouts]:
    mine = (
        select(Enrolment, Client, Programme)
        .join(Client, Client.id == Enrolment.client_id)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .where(scope.visible(coach), *which)
        .order_by(Client.name, Enrolment.id)
    )
    rows = session.execute(mine).all()
    if not rows:
        return []
    steps: dict[int, list[ProgrammeStep]] = {programme.id: [] for _, _, programme in rows}
    every = select(ProgrammeStep).where(ProgrammeStep.programme_id.in_(steps)).order_by(ProgrammeStep.position)
    for step in session.scalars(every):
        steps[step.programme_id].append(step)
    ids = [enrolment.id for enrolment, _, _ in rows]
    begun, unsent = _begun(session, ids), _unsent(session, ids)
    return [
        _where(enrolment, client, programme, steps[programme.id], begun.get(enrolment.id, 0), unsent, now)
        for enrolment, client, programme in rows
    ]


def _begun(session: Session, enrolments: Sequence[int]) -> dict[int, int]:
    counted = select(BegunStep.enrolment_id, func.count()).where(BegunStep.enrolment_id.in_(enrolments))
    return _counted(session, counted.group_by(BegunStep.enrolment_id))


def _unsent(session: Session, enrolments: Sequence[int]) -> dict[int, str]:
    last = (
        select(Enrolment.id, Message.reason)
        .join(BegunStep, (BegunStep.enrolment_id == Enrolment.id) & (BegunStep.step_id == Enrolment.last_step_id))
        .join(Message, Message.id == BegunStep.message_id)
        .where(Enrolment.id.in_(enrolments), Message.state == "not_sent")
    )
    return {one: reason or "" for one, reason in session.execute(last)}


def _where(
    enrolment: Enrolment,
    client: Client,
    programme: Programme,
    steps: Sequence[ProgrammeStep],
    begun: int,
    unsent: dict[int, str],
    now: datetime,
) -> Whereabouts:
    today = now.astimezone(zone(client.timezone)).date()
    last = next((step.position for step in steps if step.id == enrolment.last_step_id), 0)
    there = [step for step in steps if step.removed_at is None]
    following = next((step for step in there if step.position > last), None)
    on = planned_on(following, Place(enrolment.counts_from, enrolment.last_on)) if following else None
    ended = enrolment.ended_at.astimezone(zone(client.timezone)).date() if enrolment.ended_at else today
    return Whereabouts(
        enrolment=enrolment,
        client=client,
        programme=programme,
        week=week_of(enrolment.counts_from, ended),
        begun=begun,
        steps=len(there),
        next_step=following if enrolment.ended_at is None else None,
        next_on=max(on, today) if on and enrolment.state == "active" else None,
        not_sent=unsent.get(enrolment.id),
    )
