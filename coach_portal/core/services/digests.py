"""The week given back: for everyone whose reflection is due, one text with what was done and one question."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.cadence import is_asked_on, times_per_week
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.texts import check_ins as wording
from coach_portal.core.rules.texts.digests import digest
from coach_portal.core.rules.texts.words import GoalWeek, Tally
from coach_portal.core.services import due
from coach_portal.core.services.check_ins import Swept
from coach_portal.core.services.due import BATCH, Due, Planned

_goal, _win, _message, _digest = tables.goal, tables.win, tables.message, tables.digest

KINDS = ("reflection",)
"""The kinds of schedules whose texts are planned here."""

_DUE = due.due_schedules(*KINDS)
_CLIENTS: BindParameter[list[int]] = bindparam("clients", expanding=True)
_GOALS = (
    select(_goal.c.id, _goal.c.client_id, _goal.c.title, _goal.c.cadence, _goal.c.created_at)
    .where(_goal.c.client_id.in_(_CLIENTS), _goal.c.retired_at.is_(None))
    .order_by(_goal.c.client_id, _goal.c.position)
)
_WINS = (
    select(
        _win.c.client_id,
        _win.c.goal_id,
        func.count(_win.c.local_date.distinct()).label("days"),
        func.count().label("times"),
        func.max(_win.c.message_id).label("last_message"),
    )
    .where(
        _win.c.client_id.in_(_CLIENTS),
        _win.c.local_date.between(bindparam("first_day"), bindparam("last_day")),
        _win.c.undone_at.is_(None),
    )
    .group_by(_win.c.client_id, _win.c.goal_id)
)
# Words that told of danger, or may have, are not given back.
_WORDS = (
    select(_message.c.id, _message.c.body)
    .where(_message.c.id.in_(bindparam("messages", expanding=True)))
    .where(_message.c.understanding["risk"].as_string().is_(None))
)
_ALREADY = select(_digest.c.client_id).where(
    _digest.c.client_id.in_(_CLIENTS), _digest.c.week_start == bindparam("week_start")
)

# A moment worth giving back has some words in it and still fits the text.
QUOTE_FROM, QUOTE_TO = 12, 90


def plan_digests(connection: Connection, now: datetime, batch: int = BATCH) -> Swept:
    """Plan the digests of up to `batch` clients. Call again, in a new transaction, while batches come back full."""
    dues = due.claim(connection, _DUE, now, batch)
    message_ids: list[int] = []
    for local_date, theirs in due.by_date([each for each in dues if not each.asked_before]).items():
        message_ids += _plan_date(connection, local_date, theirs, now)
    return Swept(len(dues), message_ids)


def _plan_date(connection: Connection, last_day: date, dues: Sequence[Due], now: datetime) -> list[int]:
    # The week is the seven days that end with the day it is sent: Monday to Sunday for most.
    week_start = last_day - timedelta(days=6)
    clients = [each.row.client_id for each in dues]
    already = set(connection.execute(_ALREADY, {"clients": clients, "week_start": week_start}).scalars())
    dues = [each for each in dues if each.row.client_id not in already]
    if not dues:
        return []
    week = _Week(connection, clients, week_start, last_day)
    planned = [Planned(each, week.text(each)) for each in dues]
    messages = due.write(connection, "digest", planned, now)
    rows = [_digest_row(each, message, week_start, now) for each, message in zip(dues, messages, strict=True)]
    bulk.insert_rows(connection, _digest, rows)
    return due.to_queue(messages)


class _Week:
    """The week of many clients, read at once."""

    def __init__(self, connection: Connection, clients: Sequence[int], first_day: date, last_day: date):
        self.first_day, self.last_day = first_day, last_day
        self._goals: dict[int, list[Any]] = defaultdict(list)
        for goal in connection.execute(_GOALS, {"clients": clients}):
            self._goals[goal.client_id].append(goal)
        self._wins: dict[int, dict[int | None, Any]] = defaultdict(dict)
        for row in connection.execute(_WINS, {"clients": clients, "first_day": first_day, "last_day": last_day}):
            self._wins[row.client_id][row.goal_id] = row
        self._words = self._read_words(connection)

    def _read_words(self, connection: Connection) -> dict[int, str]:
        said = [row.last_message for wins in self._wins.values() for row in wins.values() if row.last_message]
        return {row.id: row.body for row in connection.execute(_WORDS, {"messages": said})} if said else {}

    def text(self, each: Due) -> str:
        """One client's digest."""
        row = each.row
        wins = self._wins.get(row.client_id, {})
        own = wins.get(None)
        return digest(
            [self._goal_week(goal, wins, row.timezone) for goal in self._goals.get(row.client_id, ())],
            row.locale,
            client=row.name.partition(" ")[0],
            question=question_for(row, each.local_date),
            quote=self._quote(wins),
            own_wins=own.times if own else 0,
            variant=each.local_date.toordinal() // 7 + row.client_id,
        )

    def _goal_week(self, goal: Any, wins: dict[int | None, Any], timezone: str) -> GoalWeek:
        done = wins[goal.id].days if goal.id in wins else 0
        days = (self.first_day + timedelta(days=offset) for offset in range(7))
        since = max(self.first_day, goal.created_at.astimezone(zone(timezone)).date())
        asked = sum(is_asked_on(goal.cadence, day) for day in days if day >= since)
        return GoalWeek(goal.title, Tally(done, max(done, min(asked, times_per_week(goal.cadence)))))

    def _quote(self, wins: dict[int | None, Any]) -> str | None:
        said = [self._words.get(row.last_message, "") for row in wins.values()]
        fitting = [words for words in said if QUOTE_FROM <= len(words) <= QUOTE_TO and "\n" not in words]
        return max(fitting, key=len, default=None)


def question_for(row: Any, local_date: date) -> str:
    """This week's question to this client: neighbours get different ones, and nobody the same one two weeks running."""
    return wording.reflection_question(local_date.toordinal() // 7 + row.client_id, row.locale)


def _digest_row(each: Due, message: dict[str, Any], week_start: date, now: datetime) -> dict[str, Any]:
    return {
        "practice_id": each.row.practice_id,
        "client_id": each.row.client_id,
        "check_in_id": message["check_in_id"],
        "message_id": message["id"],
        "week_start": week_start,
        "question": question_for(each.row, each.local_date),
        "created_at": now,
    }
