"""The weeks of many clients, read at once: what was done, now and before, their words, their practice's wishes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Date, and_, bindparam, case, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.cadence import is_asked_on, times_per_week
from coach_portal.core.rules.habit.record import Rest
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.texts.words import Before, GoalWeek, Tally
from coach_portal.core.rules.weeks import WEEKS_BEFORE, OwnQuestion
from coach_portal.core.services.moments.pauses import rest_of

_goal, _win, _message = tables.goal, tables.win, tables.message
_reflection, _practice, _question = tables.reflection, tables.practice, tables.reflection_question
_pause = tables.pause

# A moment worth giving back has some words in it and still fits the text.
QUOTE_FROM, QUOTE_TO = 12, 90

# Where a goal is older than all the weeks that are looked at, its beginning is neither read nor reckoned with.
_GOALS = (
    select(
        _goal.c.id, _goal.c.client_id, _goal.c.title, _goal.c.cadence, _goal.c.direction, _goal.c.amount,
        case((_goal.c.created_at > bindparam("long_ago"), _goal.c.created_at)).label("created_at"),
        _goal.c.retired_at,
    )
    .where(bulk.among(_goal.c.client_id, "clients"))
    .where(or_(_goal.c.retired_at.is_(None), _goal.c.retired_at >= bindparam("since")))
    .order_by(_goal.c.client_id, _goal.c.position)
)  # fmt: skip
_THIS_WEEK = _win.c.local_date >= bindparam("first_day")


class _days_told(FunctionElement[Any]):  # noqa: N801
    """The days of a group's wins, each counted once however often it was told: see `_days`.

    count(DISTINCT …) sorts every group. Both of these are done in passing, in two thirds of the time (measured).
    """

    inherit_cache = True
    type = NullType()


@compiles(_days_told)
def _named(element: _days_told, compiler: SQLCompiler, **how: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **how)})"


@compiles(_days_told, "postgresql")
def _bits(element: _days_told, compiler: SQLCompiler, **how: Any) -> str:
    back = bindparam("last_day", type_=Date) - _win.c.local_date
    return f"bit_or(CAST(1 AS bigint) << ({compiler.process(back, **how)}))"


_WINS = (
    select(
        _win.c.client_id,
        _win.c.goal_id,
        _days_told(_win.c.local_date).label("told"),
        func.count(case((_THIS_WEEK, 1))).label("times"),
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
_WORDS = select(_message.c.client_id, _message.c.body).where(
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


class Week(NamedTuple):
    """One client's week."""

    goals: list[GoalWeek]
    own_wins: int
    before: Before
    quote: str | None
    said_before: str | None
    done: int
    meant: int

    @property
    def is_any_done(self) -> bool:
        """Whether there is anything to show."""
        return self.own_wins > 0 or self.done > 0


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
    days: dict[int, tuple[int, int]]
    own_wins: dict[int, int]
    quotes: dict[int, str]
    said_before: dict[int, str]
    pauses: dict[int, list[Any]]
    practices: dict[int, House]

    def of(self, client_id: int, timezone: str) -> Week:
        """One client's week."""
        told, done_in_all, meant_in_all, before, weeks = [], 0, 0, 0, 0
        rests = self._rests(client_id, timezone)
        for goal in self.goals.get(client_id, ()):
            done, done_before = self.days.get(goal.id, (0, 0))
            meant = max(done, self._meant(goal, timezone, rests))
            told.append(GoalWeek(goal.title, _tally(done, meant)))
            done_in_all, meant_in_all, before = done_in_all + done, meant_in_all + meant, before + done_before
            weeks = max(weeks, self._weeks_before(goal, timezone))
        return Week(
            told,
            self.own_wins.get(client_id, 0),
            Before(before, weeks),
            self.quotes.get(client_id),
            self.said_before.get(client_id),
            done_in_all,
            meant_in_all,
        )

    def _meant(self, goal: Any, timezone: str, rests: tuple[Rest, ...]) -> int:
        first_day, until = _monday_of(self.last_day), self.last_day
        if goal.created_at is not None:
            first_day = max(first_day, _local_date(goal.created_at, timezone))
        if goal.retired_at is not None:
            # A goal that was retired in the course of the week was done until then all the same.
            until = min(until, _local_date(goal.retired_at, timezone))
        return days_meant(goal.cadence, first_day, until, rests)

    def _weeks_before(self, goal: Any, timezone: str) -> int:
        if goal.created_at is None:
            return WEEKS_BEFORE
        whole = (_monday_of(self.last_day) - _local_date(goal.created_at, timezone)).days // 7
        return min(WEEKS_BEFORE, whole)

    def _rests(self, client_id: int, timezone: str) -> tuple[Rest, ...]:
        pauses = self.pauses.get(client_id)
        if not pauses:
            return ()
        return tuple(rest_of(row.began_at, row.ended_at or row.until_at, timezone) for row in pauses)


def read(connection: Connection, clients: Sequence[int], last_day: date) -> Weeks:
    """All that the texts of these clients need, for the seven days that end with this one; some seven statements."""
    first_day = last_day - timedelta(days=6)
    days = {"first_day": first_day, "earliest": first_day - timedelta(weeks=WEEKS_BEFORE), "last_day": last_day}
    since, long_ago = _a_day_before(first_day), _a_day_before(days["earliest"])
    goals: dict[int, list[Any]] = defaultdict(list)
    for goal in bulk.fetch(connection, _GOALS, {"clients": clients, "since": since, "long_ago": long_ago}):
        goals[goal.client_id].append(goal)
    told = bulk.fetch(connection, _WINS, {"clients": clients, **days})
    on_days = {row.goal_id: _days(row.told, str(first_day)) for row in told if row.goal_id is not None}
    on_days |= _within(connection, goals.values(), days)
    own_wins = {row.client_id: row.times for row in told if row.goal_id is None}
    week_before = {"clients": clients, "week_before": first_day - timedelta(days=1), "last_day": last_day}
    answers = {row.client_id: row.body for row in bulk.fetch(connection, _SAID_BEFORE, week_before)}
    pauses: dict[int, list[Any]] = defaultdict(list)
    for row in bulk.fetch(connection, _PAUSES, {"clients": clients, "since": since}):
        pauses[row.client_id].append(row)
    quotes = _quotes(connection, [row.last_message for row in told if row.last_message])
    return Weeks(last_day, goals, on_days, own_wins, quotes, answers, pauses, _practices(connection, clients))


def _days(told: int | str, first_day: str) -> tuple[int, int]:
    """On how many days this week, and in the weeks before: from bits, the last day's first, or from the days' names."""
    if isinstance(told, int):
        this_week = (told & 0b1111111).bit_count()
        return this_week, told.bit_count() - this_week
    names = set(told.split(","))
    this_week = sum([name >= first_day for name in names])
    return this_week, len(names) - this_week


def _a_day_before(day: date) -> datetime:
    """A moment that lies before this day wherever one is."""
    return datetime.combine(day - timedelta(days=1), time(), UTC)


@cache
def _monday_of(last_day: date) -> date:
    """The first day of the week that ends with this one, which is a Monday for most."""
    return last_day - timedelta(days=6)


def _quotes(connection: Connection, messages: Sequence[int]) -> dict[int, str]:
    """Of the words that came with each client's wins, the longest."""
    quotes: dict[int, str] = {}
    for client_id, body in bulk.fetch(connection, _WORDS, {"messages": messages}):
        if "\n" not in body and len(body) > len(quotes.get(client_id, "")):
            quotes[client_id] = body
    return quotes


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
