"""All a coach sees of one client, in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from coach_portal.core.models import (
    Appointment,
    CheckInSchedule,
    Client,
    Coach,
    Goal,
    Message,
    Note,
    Practice,
    Reflection,
    Win,
    Wish,
)
from coach_portal.core.rules import marks
from coach_portal.core.rules.habit.growing import Advice
from coach_portal.core.rules.habit.record import Record, strip, this_week
from coach_portal.core.rules.habit.streak import Streak, streak
from coach_portal.core.rules.habit.strength import course, week_ends
from coach_portal.core.rules.marks import Mark, Tally
from coach_portal.core.rules.may_send import Decision, decide
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services import scope
from coach_portal.core.services.moments import silence
from coach_portal.core.services.moments.facts import facts_about
from coach_portal.core.services.moments.silence import Silence
from coach_portal.core.services.pages import banners, transcript
from coach_portal.core.services.pages.banners import Banners
from coach_portal.core.services.pages.transcript import Said
from coach_portal.core.services.people import notes, own_pages
from coach_portal.core.services.programmes import showing
from coach_portal.core.services.programmes.showing import Whereabouts
from coach_portal.core.services.progress import growing, habits
from coach_portal.core.services.progress.habits import Habits
from coach_portal.core.services.replies import wishes

REFLECTIONS, NOT_SENT, OWN_WINS, NOTES = 6, 5, 7, 3
FAILED = ("not_sent", "undelivered", "failed", "unknown")

# Built once: putting them together takes as long as the database takes over them.
_CLIENT: BindParameter[int] = bindparam("client")
_GOALS = select(Goal).where(Goal.client_id == _CLIENT).order_by(Goal.position)
_OWN_WINS = (
    select(Win)
    .where(Win.client_id == _CLIENT, Win.goal_id.is_(None), Win.undone_at.is_(None))
    .order_by(Win.id.desc())
    .limit(OWN_WINS)
)
_REFLECTIONS = (
    select(Reflection).where(Reflection.client_id == _CLIENT).order_by(Reflection.id.desc()).limit(REFLECTIONS)
)
_SCHEDULES = (
    select(CheckInSchedule)
    .where(CheckInSchedule.client_id == _CLIENT, CheckInSchedule.removed_at.is_(None))
    .order_by(CheckInSchedule.kind, CheckInSchedule.local_time)
)
_NEXT_APPOINTMENT = (
    select(Appointment)
    .where(
        Appointment.client_id == _CLIENT, Appointment.starts_at > bindparam("now"), Appointment.cancelled_at.is_(None)
    )
    .order_by(Appointment.starts_at)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal with its fortnight, how strong the habit is, and how strong it was at the end of each week."""

    goal: Goal
    days: tuple[tuple[date, Mark], ...]
    tally: Tally
    strength: int
    streak: Streak
    course: tuple[int, ...]
    this_week: Tally | None
    advice: Advice | None


@dataclass(frozen=True, slots=True)
class OwnDays:
    """The fortnight of wins outside the goals, and how many they were."""

    days: tuple[tuple[date, Mark], ...]
    wins: int


@dataclass(frozen=True, slots=True)
class Week:
    """A question asked every week, or the check-ins of a day: when it is next due, if it is."""

    schedule: CheckInSchedule
    goals: list[Goal]


@dataclass(frozen=True, slots=True)
class ClientPage:
    """One client, read at `now`. Rows stay usable while the session they were read in is open."""

    now: datetime
    client: Client
    practice: Practice
    goals: list[GoalLine]
    retired: list[Goal]
    conversation: list[Said]
    own_wins: list[Win]
    own_days: OwnDays
    reflections: list[Reflection]
    schedules: list[Week]
    wishes: list[Wish]
    waiting: list[Message]
    not_sent: list[Message]
    notes: list[tuple[Note, str]]
    banners: Banners
    appointment: Appointment | None
    decision: Decision
    writing: Decision
    silence: Silence | None
    programmes: list[Whereabouts]

    @property
    def own_page_open(self) -> bool:
        """Whether the client has a link to their own page that opens."""
        return own_pages.is_open(self.client, self.now)

    @property
    def next(self) -> Week | None:
        """Whichever question is due first."""
        due = [week for week in self.schedules if week.schedule.next_due_at is not None]
        return min(due, key=lambda week: week.schedule.next_due_at or self.now, default=None)


def read(session: Session, coach: Coach, client_id: int, now: datetime, texts: int = transcript.LENGTH) -> ClientPage:
    """Everything for the page of a client this coach may see, with so many of the latest texts. Raises NotFound."""
    client = scope.client_of(session, coach, client_id)
    practice = session.get_one(Practice, client.practice_id)
    mine = {"client": client.id}
    every_goal = list(session.scalars(_GOALS, mine))
    goals = [goal for goal in every_goal if goal.retired_at is None]
    days = marks.last_days(now.astimezone(zone(client.timezone)).date())
    known = _habits(session, client, goals, days[0])
    conversation = transcript.read(session, client, {goal.id: goal for goal in every_goal}, texts)
    ours = [said.message for said in reversed(conversation) if not said.is_theirs]
    weeks = _weeks(session, client, goals)
    facts = facts_about(session.connection(), client.id, "check_in", now)
    decision = decide(facts, now)
    timed = [week.schedule for week in weeks]
    return ClientPage(
        now=now,
        client=client,
        practice=practice,
        goals=[_goal_line(goal, known.record(goal, client.timezone), days) for goal in goals],
        retired=[goal for goal in every_goal if goal.retired_at is not None],
        conversation=conversation,
        own_days=_own_days(client, known, days),
        own_wins=list(session.scalars(_OWN_WINS, mine)),
        reflections=list(session.scalars(_REFLECTIONS, mine)),
        schedules=weeks,
        wishes=wishes.standing(session, client),
        waiting=[message for message in ours if message.state in {"planned", "sending"}],
        not_sent=[message for message in ours if message.state in FAILED and message.reason != "eased"][:NOT_SENT],
        notes=notes.latest(session, client, NOTES),
        banners=banners.read(session, client),
        appointment=_next_appointment(session, client, now),
        decision=decision,
        silence=silence.today(client, timed, ours, bool(goals), decision, now),
        writing=decide(replace(facts, kind="by_hand"), now),
        programmes=showing.of_client(session, coach, client.id, now),
    )


def habits_of(session: Session, client: Client, now: datetime) -> list[dict[str, Any]]:
    """How each active goal of a client goes, as plain values."""
    active = select(Goal).where(Goal.client_id == client.id, Goal.retired_at.is_(None)).order_by(Goal.position)
    goals, days = session.scalars(active).all(), marks.last_days(now.astimezone(zone(client.timezone)).date())
    known = _habits(session, client, goals, days[0])
    lines = [_goal_line(goal, known.record(goal, client.timezone), days) for goal in goals]
    return [
        {
            "goal_id": line.goal.id,
            "title": line.goal.title,
            "strength": line.strength,
            "streak": line.streak.length,
            "in_weeks": line.streak.in_weeks,
            "freezes": line.streak.freezes,
            "done": line.tally.done,
            "days": line.tally.days,
            "advice": line.advice.kind if line.advice else None,
        }
        for line in lines
    ]


def may_be_asked(session: Session, client: Client, now: datetime) -> Decision:
    """Whether a check-in could go to this client now, and if not, which rule says no."""
    return decide(facts_about(session.connection(), client.id, "check_in", now), now)


def _habits(session: Session, client: Client, goals: Sequence[Goal], first: date) -> Habits:
    began = min((habits.began_on(goal.created_at, client.timezone) for goal in goals), default=first)
    return habits.read(session, [client.id], min(began, first))


def _own_days(client: Client, known: Habits, days: Sequence[date]) -> OwnDays:
    told = known.diary.own_strip(client.id, days)
    own = known.diary.own.get(client.id)
    return OwnDays(tuple(zip(days, told, strict=True)), sum(own[day] for day in days) if own else 0)


def _goal_line(goal: Goal, record: Record, days: Sequence[date]) -> GoalLine:
    told, today = strip(record, days), days[-1]
    strengths = tuple(course(record, week_ends(record, today)))
    return GoalLine(
        goal=goal,
        days=tuple(zip(days, told, strict=True)),
        tally=marks.tally(told),
        strength=strengths[-1],
        streak=streak(record, today),
        course=strengths,
        this_week=this_week(record, today),
        advice=growing.given(goal, record, today),
    )


def _weeks(session: Session, client: Client, goals: Sequence[Goal]) -> list[Week]:
    found = session.scalars(_SCHEDULES, {"client": client.id})
    return [
        Week(schedule, [goal for goal in goals if not schedule.goal_ids or goal.id in schedule.goal_ids])
        for schedule in found
    ]


def _next_appointment(session: Session, client: Client, now: datetime) -> Appointment | None:
    return session.scalars(_NEXT_APPOINTMENT, {"client": client.id, "now": now}).first()
