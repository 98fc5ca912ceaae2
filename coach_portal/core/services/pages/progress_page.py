"""A client's goals over weeks: every day's mark, how strong the habit grew, how much was done. A fixed number of
statements, and nothing that grows faster than the days shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.models import Client, Coach, Goal
from coach_portal.core.rules import marks
from coach_portal.core.rules.habit import amounts
from coach_portal.core.rules.habit.record import Record, strip
from coach_portal.core.rules.habit.streak import Streak, streak
from coach_portal.core.rules.habit.strength import course
from coach_portal.core.rules.marks import Mark, Tally
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services import scope
from coach_portal.core.services.pages import banners
from coach_portal.core.services.pages.banners import Banners
from coach_portal.core.services.progress import habits

PERIODS = (12, 26, 52, 104)
"""Weeks that can be looked at: a quarter, half a year, a year, two."""
WEEK = timedelta(weeks=1)
Days = tuple[tuple[date, Mark], ...]


@dataclass(frozen=True, slots=True)
class GoalWeek:
    """One week of a goal: its days' marks, on how many it was done, the average told of a day, the strength at its end.

    `amount` and `aim` are None where nothing was told or nothing is counted; `strength` before the goal began.
    """

    monday: date
    days: Days
    tally: Tally
    amount: float | None
    aim: float | None
    strength: int | None


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """One goal over the weeks shown, oldest first."""

    goal: Goal
    weeks: tuple[GoalWeek, ...]
    streak: Streak

    @property
    def days(self) -> Days:
        """Every day shown."""
        return tuple(day for week in self.weeks for day in week.days)

    @property
    def tally(self) -> Tally:
        """Done on so many of the days that counted."""
        return marks.tally([mark for _, mark in self.days])

    @property
    def strengths(self) -> tuple[int, ...]:
        """The strength at the end of each week since it began."""
        return tuple(week.strength for week in self.weeks if week.strength is not None)

    @property
    def is_counted(self) -> bool:
        """Whether there is an amount to show over time."""
        return self.goal.amount is not None and sum(week.amount is not None for week in self.weeks) > 1


@dataclass(frozen=True, slots=True)
class Progress:
    """One client's goals over so many weeks; `own` are the days of wins outside the goals."""

    now: datetime
    client: Client
    banners: Banners
    period: int
    periods: tuple[int, ...]
    goals: list[GoalProgress]
    retired: list[GoalProgress]
    own: Days
    own_wins: int


def read(session: Session, coach: Coach, client_id: int, now: datetime, period: int | None = None) -> Progress:
    """The goals of a client this coach may see, over a period of PERIODS, the one that fits them unless chosen.

    Raises NotFound.
    """
    client = scope.client_of(session, coach, client_id)
    today = now.astimezone(zone(client.timezone)).date()
    goals = list(session.scalars(select(Goal).where(Goal.client_id == client.id).order_by(Goal.position)))
    began = min((habits.began_on(goal.created_at, client.timezone) for goal in goals), default=today)
    lived = (today - began).days // 7 + 1
    periods = _offered(lived)
    shown = period if period in periods else min(periods[-1], 26)
    mondays = _mondays(today, shown)
    known = habits.read(session, [client.id], min(began, mondays[0]))
    told = [_of(goal, known.record(goal, client.timezone), mondays, today) for goal in goals]
    days = marks.last_days(today, (today - mondays[0]).days + 1)
    own = tuple(zip(days, known.diary.own_strip(client.id, days), strict=True))
    counted: Mapping[date, int] = known.diary.own.get(client.id, {})
    return Progress(
        now=now,
        client=client,
        banners=banners.read(session, client),
        period=shown,
        periods=periods,
        goals=[line for line in told if line.goal.retired_at is None],
        retired=[line for line in told if line.goal.retired_at is not None and line.tally.days],
        own=own,
        own_wins=sum(times for day, times in counted.items() if day >= mondays[0]),
    )


def _offered(lived: int) -> tuple[int, ...]:
    """The periods worth offering to whoever has been here so many weeks: up to the first that holds them all."""
    enough = next((place for place, weeks in enumerate(PERIODS) if weeks >= lived), len(PERIODS) - 1)
    return PERIODS[: enough + 1]


def _mondays(today: date, weeks: int) -> list[date]:
    this = today - timedelta(days=today.weekday())
    return [this - WEEK * back for back in reversed(range(weeks))]


def _of(goal: Goal, record: Record, mondays: Sequence[date], today: date) -> GoalProgress:
    days = marks.last_days(today, (today - mondays[0]).days + 1)
    told = tuple(zip(days, strip(record, days), strict=True))
    ends = [min(monday + WEEK - timedelta(days=1), today) for monday in mondays]
    since = [end for end in ends if end >= record.began]
    strengths = [*([None] * (len(ends) - len(since))), *course(record, since)]
    counted = amounts.weekly(record, mondays), amounts.aims(record, mondays)
    weeks = tuple(
        GoalWeek(monday, own := told[place * 7 : place * 7 + 7], _tally(own), amount, aim, level)
        for place, (monday, amount, aim, level) in enumerate(zip(mondays, *counted, strengths, strict=True))
    )
    return GoalProgress(goal, weeks, streak(record, today))


def _tally(days: Days) -> Tally:
    told = [mark for _, mark in days]
    return marks.tally(told) if len(told) < 7 else marks.tally([*told, "not_asked"])
