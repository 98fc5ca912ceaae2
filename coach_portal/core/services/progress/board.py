"""The progress board: what a client may try, what is in effort, and what has become a win. Shown in a session, so
that nothing stands on it that the client may not see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.errors import NotFound
from coach_portal.core.models import Client, Coach, Goal, Idea, tables
from coach_portal.core.rules import marks
from coach_portal.core.rules.habit.growing import advice
from coach_portal.core.rules.habit.record import strip
from coach_portal.core.rules.marks import Mark, Tally
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services import audit
from coach_portal.core.services.progress import habits

_win = tables.win
_TIMES = (
    select(_win.c.goal_id, func.count(_win.c.local_date.distinct()).label("days"))
    .where(_win.c.client_id == bindparam("client"), _win.c.goal_id.is_not(None), _win.c.undone_at.is_(None))
    .group_by(_win.c.goal_id)
)


@dataclass(frozen=True, slots=True)
class Effort:
    """A goal that is being tried, with its fortnight and on how many days it was done in all."""

    goal: Goal
    marks: tuple[Mark, ...]
    tally: Tally
    done: int


@dataclass(frozen=True, slots=True)
class Won:
    """A goal that runs by itself, or one that was retired after it was done on so many days; `until` when it was."""

    goal: Goal
    done: int
    until: date | None


@dataclass(frozen=True, slots=True)
class Board:
    """The three columns, each in the order it came about."""

    to_try: list[Idea]
    in_effort: list[Effort]
    win: list[Won]


def read(session: Session, client: Client, now: datetime) -> Board:
    """The board of one client."""
    here = zone(client.timezone)
    today = now.astimezone(here).date()
    days = marks.last_days(today)
    goals = session.scalars(select(Goal).where(Goal.client_id == client.id).order_by(Goal.position)).all()
    began = min((habits.began_on(goal.created_at, client.timezone) for goal in goals), default=today)
    known = habits.read(session, [client.id], min(began, days[0]))
    times = {row.goal_id: row.days for row in bulk.fetch(session.connection(), _TIMES, {"client": client.id})}
    board = Board(waiting(session, client), [], [])
    for goal in goals:
        done = times.get(goal.id, 0)
        if goal.retired_at is not None:
            if done:
                board.win.append(Won(goal, done, goal.retired_at.astimezone(here).date()))
            continue
        record = known.record(goal, client.timezone)
        found = advice(record, today)
        if found and found.kind == "automatic":
            board.win.append(Won(goal, done, None))
        else:
            told = tuple(strip(record, days))
            board.in_effort.append(Effort(goal, told, marks.tally(told), done))
    return board


def add_idea(session: Session, coach: Coach, client: Client, data: Mapping[str, Any], now: datetime) -> Idea:
    """Put something to try on the board."""
    idea = Idea(practice_id=client.practice_id, client_id=client.id, created_at=now, **data)
    session.add(idea)
    session.flush()
    audit.record(session, client.practice_id, audit.by(coach), "add_idea", f"idea:{idea.id}", now)
    return idea


def drop(session: Session, coach: Coach, idea: Idea, now: datetime) -> None:
    """Take it off the board."""
    idea.dropped_at = now
    audit.record(session, idea.practice_id, audit.by(coach), "drop_idea", f"idea:{idea.id}", now)


def keep(session: Session, coach: Coach, idea: Idea, now: datetime) -> None:
    """Put it back."""
    idea.dropped_at = None
    audit.record(session, idea.practice_id, audit.by(coach), "keep_idea", f"idea:{idea.id}", now)


def idea_of(session: Session, client: Client, idea_id: int) -> Idea:
    """The client's idea with this id. Raises NotFound."""
    idea = session.get(Idea, idea_id)
    if idea is None or idea.client_id != client.id:
        raise NotFound("no such idea")
    return idea


def waiting(session: Session, client: Client) -> list[Idea]:
    """What they may try one day."""
    mine = select(Idea).where(Idea.client_id == client.id, Idea.goal_id.is_(None), Idea.dropped_at.is_(None))
    return list(session.scalars(mine.order_by(Idea.id)))
