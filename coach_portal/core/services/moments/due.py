"""Claiming the schedules that are due: each is moved on to its next time in the transaction that plans its text."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, select

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.hours import deadline
from coach_portal.core.rules.may_send import Decision, Facts, decide, last_hour
from coach_portal.core.rules.schedule import latest_occurrence, moment_of, next_occurrence, zone
from coach_portal.core.services.moments import facts
from coach_portal.core.services.sending import outbox

_schedule, _client, _practice = tables.schedule, tables.client, tables.practice
_number, _coach, _link = tables.sending_number, tables.coach, tables.coach_client

log = logging.getLogger(__name__)

MOST_A_DAY, MOST_A_WEEK = 2, 8
"""What one question a day, the week given back and nothing else can come to."""
POISONED_FOR = timedelta(hours=1)
BATCH = 1000
"""Schedules a transaction. On Postgres 500 to 1,000 is where a larger batch stops being cheaper (measured)."""

# The coach who has had the client longest is the one whose name the texts carry.
COACH_NAME = (
    select(_coach.c.name)
    .join(_link, _link.c.coach_id == _coach.c.id)
    .where(_link.c.client_id == _client.c.id)
    .order_by(_coach.c.id)
    .limit(1)
    .scalar_subquery()
)


# Of a due row, what `may_send` wants to know; the kind, the deadline and the counts stand before them.
_ABOUT = (*facts.NAMES, "own_time")
_FACTS = ("kind", "channel", "deadline_at", *facts.COUNTS, *_ABOUT)
_facts_of = attrgetter(*_ABOUT)


@cache
def any_due(*kinds: str) -> Select[Any]:
    """The statement that looks for one due schedule of these kinds; parameter `now`."""
    return (
        select(_schedule.c.id).where(_schedule.c.next_due_at <= bindparam("now"), _schedule.c.kind.in_(kinds)).limit(1)
    )


def is_any_due(connection: Connection, kinds: Sequence[str], now: datetime) -> bool:
    """Whether there is anything to claim: asking first keeps an idle tick cheap."""
    return bool(bulk.fetch(connection, any_due(*kinds), {"now": now}))


def due_schedules(*kinds: str) -> Select[Any]:
    """The statement that finds and locks due schedules of these kinds; parameters `now` and `batch`."""
    return (
        select(
            _schedule.c.id,
            _schedule.c.kind,
            _schedule.c.days,
            _schedule.c.every_days,
            _schedule.c.starts_on,
            _schedule.c.local_time,
            _schedule.c.own_time,
            _schedule.c.channel,
            _schedule.c.call_at,
            _schedule.c.goal_ids,
            _schedule.c.next_due_at,
            _schedule.c.asked_on,
            _client.c.id.label("client_id"),
            _client.c.practice_id,
            _client.c.name,
            _client.c.phone,
            _client.c.country,
            _client.c.locale,
            _client.c.pace,
            _client.c.go_on_asked_at,
            _practice.c.name.label("practice_name"),
            _number.c.phone.label("from_phone"),
            COACH_NAME.label("coach_name"),
            *facts.COLUMNS,
        )
        .join(_client, _client.c.id == _schedule.c.client_id)
        .join(_practice, _practice.c.id == _client.c.practice_id)
        .join(_number, _number.c.id == _client.c.sending_number_id)
        .where(_schedule.c.next_due_at <= bindparam("now"), _schedule.c.kind.in_(kinds))
        .order_by(_schedule.c.next_due_at, _schedule.c.client_id)
        .limit(bindparam("batch"))
        .with_for_update(skip_locked=True, of=_schedule)
    )


class Due(NamedTuple):
    """A schedule that is due: its row (see `due_schedules`), what it is due for, and when it is due next."""

    row: Any
    local_date: date
    due_at: datetime
    next_due_at: datetime

    @property
    def asked_on(self) -> date:
        """The last date asked about, this one included."""
        return self.local_date if self.row.asked_on is None else max(self.row.asked_on, self.local_date)

    @property
    def asked_before(self) -> bool:
        """Whether this date was asked about already, before a clock or zone moved."""
        return self.row.asked_on is not None and self.local_date <= self.row.asked_on


class Planned(NamedTuple):
    """The question one due schedule puts: what it says, about which goals, why it stays silent, if it does, and where
    the picture lies that goes along, if one does. `call` is what is said instead on a call, empty where none may be."""

    due: Due
    body: str
    goal_ids: tuple[int, ...] = ()
    silence: str | None = None
    media_url: str | None = None
    call: str = ""

    @property
    def is_call(self) -> bool:
        """Whether it is asked by a call from the start."""
        return bool(self.call) and self.due.row.channel == "call"


def claim(connection: Connection, statement: Select[Any], now: datetime, batch: int) -> list[Due]:
    """Lock the due schedules of a statement and move each on to its next time."""
    dues, moves = [], []
    for row in bulk.fetch(connection, statement, {"now": now, "batch": batch}):
        try:
            due = _due(row, now)
        except (ValueError, LookupError) as error:
            # One schedule that cannot be computed may not hold up all the others, nor be looked at every few seconds.
            log.error("schedule cannot be computed", extra={"schedule": row.id, "error": type(error).__name__})
            moves.append({"id": row.id, "next_due_at": now + POISONED_FOR, "asked_on": row.asked_on})
            continue
        dues.append(due)
        moves.append({"id": row.id, "next_due_at": due.next_due_at, "asked_on": due.asked_on})
    bulk.update_rows(connection, _schedule, moves)
    return dues


def write(connection: Connection, kind: str | None, planned: Sequence[Planned], now: datetime) -> list[dict[str, Any]]:
    """Write a check-in and a message for each question; answers the message rows, ids included.

    `kind` is the kind of the messages where it differs from that of the schedules.
    """
    counts = _counts(connection, planned, now)
    check_in_ids = bulk.reserve_ids(connection, tables.check_in, len(planned))
    message_ids = bulk.reserve_ids(connection, tables.message, len(planned))
    messages: list[dict[str, Any]] = []
    asked: set[int] = set()
    for question, check_in_id, message_id in zip(planned, check_in_ids, message_ids, strict=True):
        row = question.due.row
        # One question at a time: after downtime nobody is met by a burst.
        once = question._replace(silence="touched_today") if row.client_id in asked else question
        message = _message(once, kind or row.kind, check_in_id, counts, now)
        message["id"] = message_id
        if message["state"] == "planned":
            asked.add(row.client_id)
        messages.append(message)
    check_ins = [
        _check_in(question, check_in_id, message["state"])
        for question, check_in_id, message in zip(planned, check_in_ids, messages, strict=True)
    ]
    bulk.insert_rows(connection, tables.check_in, check_ins)
    bulk.insert_rows(connection, tables.message, messages)
    _call_after(connection, zip(planned, messages, strict=True), now)
    return messages


def to_queue(messages: Sequence[dict[str, Any]]) -> list[int]:
    """The ids of the messages that may leave now."""
    return [row["id"] for row in messages if row["state"] == "planned" and row["send_after"] is None]


def by_date(dues: Sequence[Due]) -> dict[date, list[Due]]:
    """The due schedules by local date: at any moment the world has at most three."""
    dates = defaultdict(list)
    for due in dues:
        dates[due.local_date].append(due)
    return dates


def _counts(connection: Connection, planned: Sequence[Planned], now: datetime) -> dict[int, facts.Counted]:
    """The counts of those who get more than one question a day and the week, or chose fewer texts than most.

    The others cannot come near a cap; and the step that sends asks of everyone again.
    """
    busy = {each.due.row.client_id: each.due.row.timezone for each in planned if _is_busy(each.due.row)}
    return facts.counts_of(connection, busy, now) if busy else {}


def _is_busy(row: Any) -> bool:
    return bool(row.touches_per_day > 1 or row.texts_per_day < MOST_A_DAY or row.texts_per_week < MOST_A_WEEK)


def _due(row: Any, now: datetime) -> Due:
    every = (row.every_days, row.starts_on)
    following = next_occurrence(row.days, row.local_time, row.timezone, row.next_due_at, *every).due_at
    if following > now:
        local_date = row.next_due_at.astimezone(zone(row.timezone)).date()
        return Due(row, local_date, row.next_due_at, following)
    # We were away for longer than one round: ask about the latest time only, and never in a burst.
    latest = latest_occurrence(row.days, row.local_time, row.timezone, now, *every)
    following = next_occurrence(row.days, row.local_time, row.timezone, now, *every).due_at
    return Due(row, latest.local_date, latest.due_at, following)


@lru_cache(maxsize=1024)  # of those who are due together most are in the same case
def _decide(now: datetime, *facts: Any) -> Decision:
    return decide(Facts(**dict(zip(_FACTS, facts, strict=True))), now)


def _message(
    question: Planned, kind: str, check_in_id: int, counts: dict[int, facts.Counted], now: datetime
) -> dict[str, Any]:
    row, due = question.due.row, question.due
    closes = last_hour(row.texts_until, row.asked_until, row.own_time)
    deadline_at = deadline(due.due_at, row.timezone, closes)
    counted = counts.get(row.client_id, facts.UNCOUNTED) if counts else facts.UNCOUNTED
    channel = "call" if question.is_call else "text"
    decision = _decide(now, kind, channel, deadline_at, *counted, *_facts_of(row))
    waits = decision.next_at is not None and decision.next_at < deadline_at
    # A stopped number may be started again before the deadline: the step that sends looks after it.
    silent = not (decision.allowed or waits or decision.rule == "sender_stopped")
    silence = question.silence or (decision.rule if silent else None)
    return outbox.outgoing(
        kind=kind,
        practice_id=row.practice_id,
        client_id=row.client_id,
        check_in_id=check_in_id,
        from_phone=row.from_phone,
        to_phone=row.phone,
        body=question.call if question.is_call else question.body,
        channel=channel,
        now=now,
        deadline_at=max(deadline_at, due.due_at + timedelta(minutes=1)),
        send_after=decision.next_at if waits else None,
        state="not_sent" if silence else "planned",
        reason=silence or (decision.rule if waits else None),
        media_url=question.media_url,
    )


def _call_after(connection: Connection, asked: Iterable[tuple[Planned, dict[str, Any]]], now: datetime) -> None:
    """Plan the calls that follow a text to which nothing has come back by then; the step that places them looks."""
    calls = []
    for question, message in asked:
        row = question.due.row
        if not (question.call and row.call_at and message["channel"] == "text" and message["state"] == "planned"):
            continue
        at = moment_of(question.due.local_date, row.call_at, row.timezone)
        closes = deadline(at, row.timezone, last_hour(row.texts_until, row.asked_until, row.own_time))
        if at > now:
            more = {"channel": "call", "body": question.call, "send_after": at, "deadline_at": closes}
            calls.append({**message, **more, "segments": None, "media_url": None, "reason": None})
    if calls:
        ids = bulk.reserve_ids(connection, tables.message, len(calls))
        rows = [{**call, "id": message_id} for call, message_id in zip(calls, ids, strict=True)]
        bulk.insert_rows(connection, tables.message, rows)


def _check_in(question: Planned, check_in_id: int, message_state: str) -> dict[str, Any]:
    row, due = question.due.row, question.due
    return {
        "id": check_in_id,
        "practice_id": row.practice_id,
        "client_id": row.client_id,
        "schedule_id": row.id,
        "kind": row.kind,
        "local_date": due.local_date,
        "due_at": due.due_at,
        "goal_ids": question.goal_ids,
        "open_goal_ids": question.goal_ids,
        "state": "asked" if message_state == "planned" else "not_sent",
    }
