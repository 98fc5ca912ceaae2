"""The records of one client's goals as an answer to their text needs them: one statement, whatever they have told."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Date,
    Double,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules import marks
from coach_portal.core.rules.habit.record import Record, Rest, Terms, misses_in_a_row, strip, this_week
from coach_portal.core.rules.habit.streak import Streak, streak
from coach_portal.core.rules.marks import Aim, Day
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.texts.words import Tally
from coach_portal.core.services.moments.pauses import rest_of
from coach_portal.core.services.replies.situation import Circumstances

DAYS_BACK = 120
"""Ample for whatever a text names; what is older has faded."""

_goal, _win, _miss, _check_in = tables.goal, tables.win, tables.miss, tables.check_in
_former, _pause = tables.former_terms, tables.pause
_CLIENT: BindParameter[int] = bindparam("client")
_SINCE: BindParameter[date] = bindparam("since")


def _rows(what: str, **columns: Any) -> Select[Any]:
    """One kind of row, in the columns that all kinds share."""
    moment = _goal.c.created_at.type
    shared = {"goal_id": Integer, "day": Date, "amount": Double, "words": Text, "aim": Text}
    kinds: dict[str, Any] = {**shared, "first": moment, "last": moment}
    told = [columns[name].label(name) if name in columns else cast(null(), kinds[name]).label(name) for name in kinds]
    return select(literal(what, literal_execute=True).label("what"), *told)


_KNOWN = union_all(
    _rows("goal", goal_id=_goal.c.id, amount=_goal.c.amount, words=_goal.c.cadence, aim=_goal.c.direction,
          first=_goal.c.created_at).where(_goal.c.client_id == _CLIENT, _goal.c.retired_at.is_(None)),
    _rows("former", goal_id=_former.c.goal_id, day=_former.c.until, amount=_former.c.amount, words=_former.c.cadence,
          aim=_former.c.direction).join(_goal, _goal.c.id == _former.c.goal_id).where(_goal.c.client_id == _CLIENT),
    _rows("rest", first=_pause.c.began_at, last=func.coalesce(_pause.c.ended_at, _pause.c.until_at))
    .where(_pause.c.client_id == _CLIENT),
    _rows("win", goal_id=_win.c.goal_id, day=_win.c.local_date, amount=_win.c.amount)
    .where(_win.c.client_id == _CLIENT, _win.c.local_date >= _SINCE, _win.c.undone_at.is_(None)),
    _rows("miss", goal_id=_miss.c.goal_id, day=_miss.c.local_date)
    .where(_miss.c.client_id == _CLIENT, _miss.c.local_date >= _SINCE, _miss.c.undone_at.is_(None)),
    _rows("asked", day=_check_in.c.local_date, words=cast(_check_in.c.goal_ids, Text))
    .where(_check_in.c.client_id == _CLIENT, _check_in.c.local_date >= _SINCE)
    .where(_check_in.c.kind == "check_in", _check_in.c.state != "not_sent"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lately:
    """How the client's goals stand, by their places; each is reckoned when it is asked for, since few answers ask."""

    records: dict[int, Record]
    today: date

    def tallies(self) -> dict[int, Tally]:
        """The last 14 days of every goal, or this week of one that is judged by the week."""
        return {place: _tally(record, self.today) for place, record in self.records.items()}

    def misses(self, place: int) -> int:
        """How often the goal at this place was missed running; 1 where there is no record."""
        return misses_in_a_row(self.records[place], self.today) if place in self.records else 1

    def days_running(self, place: int) -> int:
        """The days that the streak of the goal at this place holds; 0 where it counts weeks."""
        found = streak(self.records[place], self.today) if place in self.records else Streak()
        return 0 if found.in_weeks else found.length


def read(connection: Connection, around: Circumstances) -> Lately:
    """How this client's goals stand, what has just been recorded included."""
    since = around.today - timedelta(days=DAYS_BACK)
    rows = bulk.fetch(connection, _KNOWN, {"client": around.row.client_id, "since": since})
    places = {goal_id: place for place, goal_id in enumerate(around.goal_ids)}
    records = {places[goal_id]: record for goal_id, record in _records(rows, around).items() if goal_id in places}
    return Lately(records, around.today)


@dataclass(slots=True)
class _Known:
    """What the rows tell, before it is put together."""

    goals: dict[int, Any] = field(default_factory=dict)
    former: defaultdict[int, list[Terms]] = field(default_factory=lambda: defaultdict(list))
    rests: list[Rest] = field(default_factory=list)
    told: defaultdict[int, dict[date, Day]] = field(default_factory=lambda: defaultdict(dict))
    asked: defaultdict[int, set[date]] = field(default_factory=lambda: defaultdict(set))


def _records(rows: Iterable[Any], around: Circumstances) -> dict[int, Record]:
    here = zone(around.row.timezone)
    known = _Known()
    for row in rows:
        _take(row, known, around.row.timezone)
    return {
        goal_id: Record(
            began=goal.first.astimezone(here).date(),
            terms=(*sorted(known.former[goal_id], key=lambda terms: terms.until or date.max), _terms(goal)),
            told=known.told[goal_id],
            asked=known.asked[goal_id],
            rests=known.rests,
        )
        for goal_id, goal in known.goals.items()
    }


def _take(row: Any, known: _Known, timezone: str) -> None:
    if row.what == "goal":
        known.goals[row.goal_id] = row
    elif row.what == "former":
        known.former[row.goal_id].append(_terms(row))
    elif row.what == "rest":
        known.rests.append(rest_of(row.first, row.last, timezone))
    elif row.what == "asked":
        for goal_id in json.loads(row.words):
            known.asked[goal_id].add(row.day)
    elif row.goal_id is not None:
        day = known.told[row.goal_id].setdefault(row.day, Day())
        if row.what == "miss":
            day.missed = True
        else:
            day.amounts.append(row.amount)


def _terms(row: Any) -> Terms:
    return Terms(row.words, Aim(row.amount, row.aim), row.day)


def _tally(record: Record, today: date) -> Tally:
    if week := this_week(record, today):
        return Tally(week.done, week.days, of_week=True)
    fortnight = marks.tally(strip(record, marks.last_days(today)))
    return Tally(fortnight.done, fortnight.days)
