"""What a client sees on their own page, in a fixed number of statements: what they did, and never more than they know.

No note, no alert, no reading of ours: their goals with their marks, their wins, their weeks, and how they are texted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coach_portal.core.models import (
    CheckInSchedule,
    Client,
    Coach,
    CoachClient,
    Digest,
    Goal,
    Idea,
    Message,
    Practice,
    Win,
)
from coach_portal.core.rules import marks
from coach_portal.core.rules.habit.record import strip
from coach_portal.core.rules.habit.streak import Streak, streak
from coach_portal.core.rules.marks import Mark, Tally
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services.pages import transcript
from coach_portal.core.services.people import own_pages
from coach_portal.core.services.programmes import showing
from coach_portal.core.services.progress import board, habits

WEEKS, WINS, PICTURES = 12, 12, 4
Days = tuple[tuple[date, Mark], ...]


@dataclass(frozen=True, slots=True)
class OwnGoal:
    """One goal with its fortnight."""

    goal: Goal
    days: Days
    tally: Tally
    streak: Streak


@dataclass(frozen=True, slots=True)
class OwnWin:
    """One thing they did, in words, and the day."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One client's own page. `calendar` are the days of twelve weeks from a Monday to today, over all goals.

    `by_call` tells whether any check-in comes by call; `programmes` are the names of those they are in, each with
    its week.
    """

    now: datetime
    client: Client
    coach: str
    practice: Practice
    goals: list[OwnGoal]
    retired: list[Goal]
    to_try: list[Idea]
    calendar: Days
    own_wins: int
    wins: list[OwnWin]
    weeks: list[Digest]
    next_at: datetime | None
    by_call: bool
    programmes: list[tuple[str, int]]

    @property
    def done(self) -> int:
        """Small wins of the last fortnight: a day of a goal each, and each win outside the goals."""
        return sum(line.tally.done for line in self.goals) + self.own_wins

    @property
    def is_paused(self) -> bool:
        """Whether they are on a break."""
        return self.client.paused_until is not None and self.client.paused_until > self.now


def read(session: Session, token: str, now: datetime) -> OwnPage:
    """The page this link opens. Raises NotFound for one that opens none, or no longer."""
    client = own_pages.opened_by(session, token, now)
    today = now.astimezone(zone(client.timezone)).date()
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    goals = list(session.scalars(select(Goal).where(Goal.client_id == client.id).order_by(Goal.position)))
    active = [goal for goal in goals if goal.retired_at is None]
    began = min((habits.began_on(goal.created_at, client.timezone) for goal in active), default=first)
    known = habits.read(session, [client.id], min(began, first))
    fortnight, days = marks.last_days(today), marks.last_days(today, (today - first).days + 1)
    strips: list[Sequence[Mark]] = [strip(known.record(goal, client.timezone), days) for goal in goals]
    own: Mapping[date, int] = known.diary.own.get(client.id, {})
    if own:
        strips.append(known.diary.own_strip(client.id, days))
    untold: list[Mark] = ["not_asked"] * len(days)
    whole = marks.side_by_side(strips, len(days)) if strips else untold
    lines = []
    for goal in active:
        record = known.record(goal, client.timezone)
        told = strip(record, fortnight)
        lines.append(OwnGoal(goal, tuple(zip(fortnight, told, strict=True)), marks.tally(told), streak(record, today)))
    next_at, by_call = _asked(session, client)
    return OwnPage(
        now=now,
        client=client,
        coach=coach_of(session, client),
        practice=session.get_one(Practice, client.practice_id),
        goals=lines,
        retired=[goal for goal in goals if goal.retired_at is not None],
        to_try=board.waiting(session, client),
        calendar=tuple(zip(days, whole, strict=True)),
        own_wins=sum(own[day] for day in fortnight if day in own),
        wins=_wins(session, client, goals),
        weeks=_weeks(session, client),
        next_at=next_at,
        by_call=by_call,
        programmes=showing.own(session, client, now),
    )


def week_of(session: Session, client: Client, digest_id: int) -> Digest | None:
    """One of this client's weeks; None where there is no such."""
    return session.scalar(select(Digest).where(Digest.id == digest_id, Digest.client_id == client.id))


def coach_of(session: Session, client: Client) -> str:
    """The first name of the client's coach."""
    first = select(func.min(CoachClient.coach_id)).where(CoachClient.client_id == client.id).scalar_subquery()
    name = session.scalar(select(Coach.name).where(Coach.id == first))
    return (name or "").partition(" ")[0]


def _wins(session: Session, client: Client, goals: Sequence[Goal]) -> list[OwnWin]:
    """The last wins, but for those told beside danger: nobody wants to find such a day here."""
    safe = Message.understanding["risk"].as_string().is_(None)
    told = select(Win).outerjoin(Message, Message.id == Win.message_id)
    standing = told.where(Win.client_id == client.id, Win.undone_at.is_(None), Win.message_id.is_(None) | safe)
    latest = session.scalars(standing.order_by(Win.local_date.desc(), Win.id.desc()).limit(WINS))
    by_id = {goal.id: goal for goal in goals}
    return [OwnWin(win.local_date, transcript.win_in_words(win, by_id, client.locale)) for win in latest]


def _weeks(session: Session, client: Client) -> list[Digest]:
    theirs = select(Digest).where(Digest.client_id == client.id).order_by(Digest.week_start.desc())
    return list(session.scalars(theirs.limit(PICTURES)))


def _asked(session: Session, client: Client) -> tuple[datetime | None, bool]:
    """When they are asked next, and whether any of it is by call."""
    schedule = CheckInSchedule
    calls = func.count().filter(schedule.channel == "call")
    told = select(func.min(schedule.next_due_at), calls)
    row = session.execute(told.where(schedule.client_id == client.id, schedule.removed_at.is_(None))).one()
    return row[0], bool(row[1])
