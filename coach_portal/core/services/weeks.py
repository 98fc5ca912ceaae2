"""The weeks of many clients, read at once: what was done, now and before, their words, their practice's wishes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.cadence import is_asked_on, times_per_week
from coach_portal.core.rules.habit.record import Rest
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.texts.words import Before, GoalWeek, Tally
from coach_portal.core.rules.weeks import WEEKS_BEFORE, OwnQuestion
from coach_portal.core.services.pauses import rest_of

_goal, _win, _message = tables.goal, tables.win, tables.message
_reflection, _practice, _question = tables.reflection, tables.practice, tables.reflection_question
_pause = tables.pause

# A moment worth giving back has some words in it and still fits the text.
QUOTE_FROM, QUOTE_TO = 12, 90
MOST_IDS = 30_000

_GOALS = (
    select(
        _goal.c.id, _goal.c.client_id, _goal.c.title, _goal.c.cadence, _goal.c.direction, _goal.c.amount,
        _goal.c.created_at,
        _goal.c.retired_at,
    )
    .where(bulk.among(_goal.c.client_id, "clients"))
    .where(or_(_goal.c.retired_at.is_(None), _goal.c.retired_at >= bindparam("since")))
    .order_by(_goal.c.client_id, _goal.c.position)
)  # fmt: skip
_THIS_WEEK = _win.c.local_date >= bindparam("first_day")
_WINS = (
    select(
        _win.c.client_id,
        _win.c.goal_id,
        func.count(case((_THIS_WEEK, _win.c.local_date)).distinct()).label("days"),
        func.count(case((_THIS_WEEK, 1))).label("times"),
        func.count(_win.c.local_date.distinct()).label("all_days"),
        func.max(case((_THIS_WEEK, _win.c.message_id))).label("last_message"),
    )
    .where(
        bulk.among(_win.c.client_id, "clients"),
        _win.c.local_date.between(bindparam("earliest"), bindparam("last_day")),
        _win.c.undone_at.is_(None),
    )
    .group_by(_win.c.client_id, _win.c.goal_id)
)
# Of a goal of cutting down, what was told is done only where it stayed within the limit.
_AMOUNT = func.coalesce(func.sum(_win.c.amount), 0)
_WITHIN = (
    select(_win.c.goal_id, _win.c.local_date)
    .join(_goal, _goal.c.id == _win.c.goal_id)
    .where(
        bulk.among(_win.c.goal_id, "goals"),
        _win.c.local_date.between(bindparam("earliest"), bindparam("last_day")),
        _win.c.undone_at.is_(None),
    )
    .group_by(_win.c.goal_id, _win.c.local_date, _goal.c.amount)
    .having(or_(_goal.c.amount >= _AMOUNT, func.count() > func.count(_win.c.amount)))
)
_SAFE = _message.c.understanding["risk"].as_string().is_(None)
"""Words that told of danger, or may have, are not given back."""
_WORDS = select(_message.c.id, _message.c.body).where(
    bulk.among(_message.c.id, "messages"), func.length(_message.c.body).between(QUOTE_FROM, QUOTE_TO), _SAFE
)
_SAID_BEFORE = (
    select(_reflection.c.client_id, _reflection.c.body)
    .join(_message, _message.c.id == _reflection.c.message_id)
    .where(
        bulk.among(_reflection.c.client_id, "clients"),
        _reflection.c.local_date.between(bindparam("week_before"), bindparam("last_day")),
        _SAFE,
    )
    .order_by(_reflection.c.id)
)
_PAUSES = select(_pause.c.client_id, _pause.c.began_at, _pause.c.until_at, _pause.c.ended_at).where(
    bulk.among(_pause.c.client_id, "clients"), func.coalesce(_pause.c.ended_at, _pause.c.until_at) > bindparam("since")
)
_PRACTICES = (
    select(
        _practice.c.id, _practice.c.pictures, _question.c.body, _question.c.theme, _question.c.locale, _question.c.slot
    )
    .outerjoin(_question, and_(_question.c.practice_id == _practice.c.id, _question.c.retired_at.is_(None)))
    .where(_practice.c.id.in_(select(tables.client.c.practice_id).where(bulk.among(tables.client.c.id, "clients"))))
    .order_by(_question.c.id)
)


@dataclass(frozen=True, slots=True)
class Week:
    """One client's week."""

    goals: list[GoalWeek]
    own_wins: int
    before: Before
    quote: str | None
    said_before: str | None

    @property
    def is_any_done(self) -> bool:
        """Whether there is anything to show."""
        return self.own_wins > 0 or any(goal.tally.done for goal in self.goals)


@dataclass(frozen=True, slots=True)
class House:
    """What a practice wishes for its clients' weeks."""

    pictures: str
    questions: list[OwnQuestion]


@dataclass(frozen=True, slots=True)
class Weeks:
    """What was read of many clients; `of` puts one client's week together."""

    last_day: date
    goals: dict[int, list[Any]]
    wins: dict[int, dict[int | None, Any]]
    within: dict[int, tuple[int, int]]
    words: dict[int, str]
    said_before: dict[int, str]
    pauses: dict[int, list[Any]]
    practices: dict[int, House]

    def of(self, client_id: int, timezone: str) -> Week:
        """One client's week."""
        wins, goals = self.wins.get(client_id, {}), self.goals.get(client_id, [])
        own = wins.get(None)
        first_day, before, since, told = self.last_day - timedelta(days=6), 0, self.last_day, []
        rests = tuple(
            rest_of(row.began_at, row.ended_at or row.until_at, timezone) for row in self.pauses.get(client_id, ())
        )
        for goal in goals:
            began = _local_date(goal.created_at, timezone)
            done, done_before = self._done(goal, wins)
            # A goal that was retired in the course of the week was done until then all the same.
            until = self.last_day if goal.retired_at is None else _local_date(goal.retired_at, timezone)
            meant = days_meant(goal.cadence, max(first_day, began), min(until, self.last_day), rests)
            told.append(GoalWeek(goal.title, _tally(done, max(done, meant))))
            before, since = before + done_before, min(since, began)
        weeks = max(min(WEEKS_BEFORE, (first_day - since).days // 7), 0)
        return Week(
            goals=told,
            own_wins=own.times if own else 0,
            before=Before(before, weeks),
            quote=self._quote(wins),
            said_before=self.said_before.get(client_id),
        )

    def _done(self, goal: Any, wins: dict[int | None, Any]) -> tuple[int, int]:
        """On how many days this week, and in the weeks before."""
        if goal.id in self.within:
            return self.within[goal.id]
        row = wins.get(goal.id)
        return (row.days, row.all_days - row.days) if row else (0, 0)

    def _quote(self, wins: dict[int | None, Any]) -> str | None:
        """Of the words that came with their wins, the longest."""
        said = [self.words[row.last_message] for row in wins.values() if row.last_message in self.words]
        return max(said, key=len) if said else None


def read(connection: Connection, clients: Sequence[int], last_day: date) -> Weeks:
    """All that the texts of these clients need, for the seven days that end with this one; some seven statements."""
    first_day = last_day - timedelta(days=6)
    days = {"first_day": first_day, "earliest": first_day - timedelta(weeks=WEEKS_BEFORE), "last_day": last_day}
    goals: dict[int, list[Any]] = defaultdict(list)
    since = datetime.combine(first_day - timedelta(days=1), time(), UTC)
    for goal in bulk.fetch(connection, _GOALS, {"clients": clients, "since": since}):
        goals[goal.client_id].append(goal)
    wins: dict[int, dict[int | None, Any]] = defaultdict(dict)
    for row in bulk.fetch(connection, _WINS, {"clients": clients, **days}):
        wins[row.client_id][row.goal_id] = row
    said = [row.last_message for theirs in wins.values() for row in theirs.values() if row.last_message]
    found = [row for part in _parts(said) for row in bulk.fetch(connection, _WORDS, {"messages": part})]
    words = {row.id: row.body for row in found if "\n" not in row.body}
    week_before = {"clients": clients, "week_before": first_day - timedelta(days=1), "last_day": last_day}
    answers = {row.client_id: row.body for row in bulk.fetch(connection, _SAID_BEFORE, week_before)}
    within = _within(connection, goals.values(), days)
    pauses: dict[int, list[Any]] = defaultdict(list)
    for row in bulk.fetch(connection, _PAUSES, {"clients": clients, "since": since}):
        pauses[row.client_id].append(row)
    return Weeks(last_day, goals, wins, within, words, answers, pauses, _practices(connection, clients))


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    """The ids in parts that SQLite takes in one statement: it has room for 32,766 parameters."""
    return (ids[start : start + MOST_IDS] for start in range(0, len(ids), MOST_IDS))


def _within(
    connection: Connection, goals: Iterable[Sequence[Any]], days: dict[str, date]
) -> dict[int, tuple[int, int]]:
    limited = [
        goal.id for theirs in goals for goal in theirs if goal.direction == "at_most" and goal.amount is not None
    ]
    if not limited:
        return {}
    kept: dict[int, list[date]] = {goal_id: [] for goal_id in limited}
    for row in bulk.fetch(connection, _WITHIN, {"goals": limited, **days}):
        kept[row.goal_id].append(row.local_date)
    this_week = {goal_id: sum(day >= days["first_day"] for day in theirs) for goal_id, theirs in kept.items()}
    return {goal_id: (this_week[goal_id], len(theirs) - this_week[goal_id]) for goal_id, theirs in kept.items()}


def _practices(connection: Connection, clients: Sequence[int]) -> dict[int, House]:
    houses: dict[int, House] = {}
    for row in bulk.fetch(connection, _PRACTICES, {"clients": clients}):
        house = houses.setdefault(row.id, House(row.pictures, []))
        if row.body is not None:
            house.questions.append(OwnQuestion(row.body, row.theme, row.locale, row.slot))
    return houses


@lru_cache(maxsize=4096)
def days_meant(cadence: str, since: date, until: date, rests: tuple[Rest, ...] = ()) -> int:
    """On how many days of these a goal was meant to happen; days on a pause cost nothing."""
    days = (since + timedelta(days=offset) for offset in range((until - since).days + 1))
    asked = [day for day in days if is_asked_on(cadence, day) and not any(rest.covers(day) for rest in rests)]
    return min(len(asked), times_per_week(cadence))


@cache
def _tally(done: int, days: int) -> Tally:
    return Tally(done, days)


@lru_cache(maxsize=4096)
def _local_date(moment: datetime, timezone: str) -> date:
    return moment.astimezone(zone(timezone)).date()
