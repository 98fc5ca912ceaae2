"""The roster: every client this coach may see, with a fortnight of marks each, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from coach_portal.core.models import Base, Coach, tables
from coach_portal.core.rules import marks
from coach_portal.core.rules.habit.record import strip
from coach_portal.core.rules.marks import Mark, Tally
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.standing import ORDER, Situation, Standing, standing
from coach_portal.core.services import scope
from coach_portal.core.services.progress import habits
from coach_portal.core.services.progress.habits import Habits

Goals = dict[int, list[Row[Any]]]
Alerts = dict[int, list[tuple[str, datetime]]]


@dataclass(frozen=True, slots=True)
class Line:
    """One client in the roster. `flagged` are the places in the strip of days with a text that wants the coach."""

    id: int
    name: str
    timezone: str
    standing: Standing
    marks: tuple[Mark, ...]
    flagged: tuple[int, ...]
    tally: Tally
    heard_at: datetime | None
    next_at: datetime | None
    invited_at: datetime


@dataclass(frozen=True, slots=True)
class Roster:
    """The lines, who needs the coach first, above the days they share."""

    days: tuple[date, ...]
    today: date
    lines: list[Line]

    def counts(self) -> dict[Standing, int]:
        """How many clients stand how, in the roster's order, leaving out what nobody is."""
        numbers = {state: sum(line.standing == state for line in self.lines) for state in ORDER}
        return {state: number for state, number in numbers.items() if number}


def read(session: Session, coach: Coach, now: datetime) -> Roster:
    """Everyone this coach may see who has not been archived."""
    clients = session.execute(_clients(coach, now)).all()
    today = now.astimezone(zone(coach.timezone)).date()
    # Who lives east of the coach may be a day ahead: the grid ends with the last day anyone has reached.
    days = marks.last_days(max(today, *(now.astimezone(zone(row.timezone)).date() for row in clients), today))
    ids = scope.ids_of(coach).where(tables.client.c.archived_at.is_(None))
    goals, alerts = _goals(session, ids), _alerts(session, ids)
    known = habits.read(session, ids, days[0])
    lines = [_line(row, goals[row.id], alerts[row.id], known, days, now) for row in clients]
    lines.sort(key=lambda line: (ORDER.index(line.standing), line.name.casefold()))
    return Roster(days, today, lines)


def _clients(coach: Coach, now: datetime) -> Any:
    client, message, appointment = tables.client, tables.message, Base.metadata.tables["appointment"]
    heard_at = (
        select(message.c.created_at)
        .where(message.c.client_id == client.c.id, message.c.direction == "in")
        .order_by(message.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    next_at = (
        select(appointment.c.starts_at)
        .where(
            appointment.c.client_id == client.c.id, appointment.c.starts_at > now, appointment.c.cancelled_at.is_(None)
        )
        .order_by(appointment.c.starts_at)
        .limit(1)
        .scalar_subquery()
    )
    columns = ("id", "name", "timezone", "consent", "paused_until", "held_at", "unreachable_at", "created_at")
    return select(*(client.c[name] for name in columns), heard_at.label("heard_at"), next_at.label("next_at")).where(
        scope.visible(coach), client.c.archived_at.is_(None)
    )


def _goals(session: Session, ids: Any) -> Goals:
    goal = tables.goal
    found: Goals = defaultdict(list)
    columns = ("client_id", "id", "cadence", "amount", "direction", "created_at")
    active = (goal.c.client_id.in_(ids), goal.c.retired_at.is_(None))
    for row in session.execute(select(*(goal.c[name] for name in columns)).where(*active)):
        found[row.client_id].append(row)
    return found


def _alerts(session: Session, ids: Any) -> Alerts:
    alert = tables.alert
    found: Alerts = defaultdict(list)
    rows = select(alert.c.client_id, alert.c.kind, alert.c.created_at).where(
        alert.c.client_id.in_(ids), alert.c.closed_at.is_(None)
    )
    for client_id, kind, at in session.execute(rows):
        found[client_id].append((kind, at))
    return found


def _line(
    row: Row[Any],
    goals: Sequence[Row[Any]],
    alerts: Sequence[tuple[str, datetime]],
    known: Habits,
    days: Sequence[date],
    now: datetime,
) -> Line:
    today = now.astimezone(zone(row.timezone)).date()
    strips = [strip(known.record(goal, row.timezone), days) for goal in goals]
    if row.id in known.diary.own:
        strips.append(known.diary.own_strip(row.id, days))
    reached = sum(day <= today for day in days)
    until_today = marks.side_by_side(strips, reached)
    ahead: list[Mark] = ["ahead"] * (len(days) - reached)
    wanting = {at.astimezone(zone(row.timezone)).date() for kind, at in alerts if kind != "bad_number"}
    situation = Situation(
        consent=row.consent,
        alerts={kind for kind, _ in alerts},
        held=row.held_at is not None,
        paused_until=row.paused_until,
        unreachable=row.unreachable_at is not None,
        has_goal=bool(goals),
        marks=until_today,
    )
    return Line(
        id=row.id,
        name=row.name,
        timezone=row.timezone,
        standing=standing(situation, now),
        marks=(*until_today, *ahead),
        flagged=tuple(place for place, day in enumerate(days) if day in wanting),
        tally=marks.tally(until_today),
        heard_at=row.heard_at,
        next_at=row.next_at,
        invited_at=row.created_at,
    )
