"""The sweep: everyone whose check-in is due now gets one text about the goals they have not told us of yet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, union_all

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.cadence import is_asked_on
from coach_portal.core.rules.texts import check_ins as wording
from coach_portal.core.rules.texts.supporters import line_before
from coach_portal.core.rules.texts.wishes import go_on
from coach_portal.core.rules.texts.words import GoalWords
from coach_portal.core.rules.voice.saying import Caller, question
from coach_portal.core.rules.weeks import is_given_back_instead
from coach_portal.core.services.moments import due, easing, wordings
from coach_portal.core.services.moments.due import BATCH, Due, Planned
from coach_portal.core.services.moments.easing import Ease
from coach_portal.core.services.moments.wordings import Own
from coach_portal.core.services.people import supporter_texts
from coach_portal.core.services.people.supporter_texts import Line
from coach_portal.core.services.programmes.today import written_to

_goal, _schedule = tables.goal, tables.schedule

KINDS = ("check_in", "wins")
"""The kinds of schedules whose texts are planned here."""

_DUE = due.due_schedules(*KINDS)
_GOALS = (
    select(
        _goal.c.id,
        _goal.c.client_id,
        _goal.c.title,
        _goal.c.anchor,
        _goal.c.cadence,
        _goal.c.amount,
        _goal.c.unit,
        _goal.c.direction,
        _goal.c.created_at,
    )
    .where(bulk.among(_goal.c.client_id, "clients"), _goal.c.retired_at.is_(None))
    .order_by(_goal.c.client_id, _goal.c.position)
)
_TOLD = union_all(
    *(
        select(table.c.goal_id, table.c.local_date).where(
            bulk.among(table.c.client_id, "clients"),
            table.c.local_date >= bindparam("since"),
            table.c.undone_at.is_(None),
        )
        for table in (tables.win, tables.miss)
    )
)

_WEEKS = select(_schedule.c.client_id, _schedule.c.days).where(
    bulk.among(_schedule.c.client_id, "clients"),
    _schedule.c.kind == "reflection",
    _schedule.c.next_due_at.is_not(None),
    _schedule.c.removed_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Swept:
    """How many schedules were due in this batch, and the ids of the messages to queue."""

    claimed: int
    message_ids: list[int]


def plan_check_ins(connection: Connection, now: datetime, batch: int = BATCH) -> Swept:
    """Plan the texts of up to `batch` due schedules. Call again, in a new transaction, while batches come back full."""
    dues = due.claim(connection, _DUE, now, batch)
    if not dues:
        return Swept(0, [])
    goals = _goals_by_client(connection, dues)
    told = _told(connection, dues)
    weeks = {row.client_id: row.days for row in bulk.fetch(connection, _WEEKS, {"clients": _clients(dues)})}
    together = _together(dues)
    ease = easing.read(connection, together, [goal for theirs in goals.values() for goal in theirs], now)
    own = wordings.of_practices(connection, {each.row.practice_id for each in together})
    busy = written_to(connection, _clients(dues), min(each.local_date for each in dues))
    planned = [
        Planned(each, "", silence="touched_today")
        if (each.row.client_id, each.local_date) in busy and each.row.touches_per_day == 1
        else _plan(each, goals[each.row.client_id], told, weeks, ease, own)
        for each in together
    ]
    messages = _write(connection, planned, now)
    easing.settle(connection, together, messages, ease, now)
    return Swept(len(dues), due.to_queue(messages))


def _together(dues: Sequence[Due]) -> list[Due]:
    """The check-ins to ask, of which those of one client for one day are one: the latest, about the goals of all.

    Evening questions come after them.
    """
    latest: dict[Any, Due] = {}
    for each in dues:
        row = each.row
        if each.asked_before:
            continue
        case = (row.client_id, each.local_date) if row.kind == "check_in" else (row.id,)
        other = latest.get(case)
        latest[case] = each if other is None else _as_one(other, each)
    return sorted(latest.values(), key=lambda each: each.row.kind == "wins")


def _as_one(one: Due, other: Due) -> Due:
    first, last = sorted((one, other), key=lambda each: each.due_at)
    chosen = [each.row.goal_ids for each in (first, last)]
    every_goal = not all(chosen)
    together = None if every_goal else sorted({goal_id for goal_ids in chosen for goal_id in goal_ids})
    return last._replace(row=last.row._replace(goal_ids=together))


def _write(connection: Connection, planned: Sequence[Planned], now: datetime) -> list[dict[str, Any]]:
    """Write the questions, each after the line that waits for its client, if one does."""
    asked = [each.due.row.client_id for each in planned if each.silence is None]
    lines = supporter_texts.waiting(connection, asked) if asked else {}
    if not lines:
        return due.write(connection, None, planned, now)
    left = dict(lines)
    messages = due.write(connection, None, [_with_line(each, left) for each in planned], now)
    carried = {row["client_id"]: row["id"] for row in reversed(messages) if row["state"] == "planned"}
    given = {line.id: carried[client_id] for client_id, line in lines.items() if client_id in carried}
    supporter_texts.give(connection, given)
    return messages


def _with_line(each: Planned, lines: dict[int, Line]) -> Planned:
    """The question after the line for its client, which is given once and so taken out of the lines."""
    row = each.due.row
    line = lines.pop(row.client_id, None) if each.silence is None else None
    return each._replace(body=line_before(each.body, line.supporter, line.body, row.locale)) if line else each


def _goals_by_client(connection: Connection, dues: Sequence[Due]) -> dict[int, list[Any]]:
    goals = defaultdict(list)
    for goal in bulk.fetch(connection, _GOALS, {"clients": _clients(dues)}):
        goals[goal.client_id].append(goal)
    return goals


def _told(connection: Connection, dues: Sequence[Due]) -> set[tuple[int, date]]:
    since = min(each.local_date for each in dues)
    rows = bulk.fetch(connection, _TOLD, {"clients": _clients(dues), "since": since})
    return {(row.goal_id, row.local_date) for row in rows}


def _clients(dues: Sequence[Due]) -> list[int]:
    return list({each.row.client_id for each in dues})


def _plan(
    each: Due, goals: Sequence[Any], told: set[tuple[int, date]], weeks: dict[int, str], ease: Ease, own: Own
) -> Planned:
    row = each.row
    if is_given_back_instead(weeks.get(row.client_id, ""), each.local_date, row.local_time):
        return Planned(each, "", silence="week_instead")
    if rests := ease.rests(each):
        return Planned(each, "", silence=rests)
    # Two questions of one day differ, and each from those of the day before.
    names: dict[str, Any] = {"client": _first(row.name), "variant": each.local_date.toordinal() + 2 * row.id}
    if ease.asks_to_go_on(each):
        return Planned(each, go_on(row.locale, coach=_first(row.coach_name or ""), **names))
    ours = own.get((row.practice_id, row.kind, row.locale[:2]), ())
    if row.kind == "wins":
        call = question((), _caller(row), wins=True) if _may_call(row) else ""
        return Planned(each, wording.wins_question(row.locale, own=ours, **names), call=call)
    wanted = [placed for placed in enumerate(goals, 1) if _is_wanted(placed[1], row.goal_ids, each.local_date)]
    asked = [placed for placed in wanted if (placed[1].id, each.local_date) not in told]
    turns = [placed for placed in asked if ease.wants(placed[1].id, each)]
    if not turns:
        return Planned(each, "", silence="eased" if asked else "already_told" if wanted else "no_goals")
    words = [
        GoalWords(g.title, g.anchor or "", g.amount, g.unit or "", place, g.direction == "at_most")
        for place, g in turns
    ]
    body = wording.check_in(words, row.locale, coach=_first(row.coach_name or ""), own=ours, **names)
    call = question(words, _caller(row)) if _may_call(row) else ""
    return Planned(each, body, tuple(goal.id for _, goal in turns), call=call)


def _may_call(row: Any) -> bool:
    """Whether a call is wanted and agreed to; until it is, a text asks."""
    return row.calls == "granted" and (row.channel == "call" or row.call_at is not None)


def _caller(row: Any) -> Caller:
    coach = _first(row.coach_name or row.practice_name)
    return Caller(_first(row.name), coach, row.practice_name, row.locale, row.country)


def _is_wanted(goal: Any, chosen: list[int] | None, day: date) -> bool:
    return (not chosen or goal.id in chosen) and is_asked_on(goal.cadence, day)


def _first(name: str) -> str:
    return name.partition(" ")[0]
