"""Asking less: whose habit runs by itself, who wants fewer texts, and whose silence wants one question instead of many.

All of it for a batch of due questions at once; goals younger than eight weeks cost nothing.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Text, bindparam, cast, func, literal, select, union_all, update

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.cadence import is_by_week
from coach_portal.core.rules.habit.easing import (
    ANSWER_WITHIN,
    HALF_AFTER,
    KEPT_OVER,
    SILENCES,
    Pace,
    agreed,
    earned,
    is_turn,
)
from coach_portal.core.rules.standing import SILENT_CLIENT
from coach_portal.core.services.alerting.alerts import raise_alert
from coach_portal.core.services.moments.due import Due

_win, _miss, _check_in = tables.win, tables.miss, tables.check_in
_client, _message, _alert = tables.client, tables.message, tables.alert

LOOKS_BACK = timedelta(days=30)

_REPORTS = union_all(
    *(
        select(
            table.c.goal_id,
            func.count(table.c.local_date.distinct()).label("days"),
            func.max(table.c.local_date).label("last"),
            literal(what, literal_execute=True).label("what"),
        )
        .where(
            bulk.among(table.c.client_id, "clients"),
            table.c.local_date > bindparam("since"),
            table.c.undone_at.is_(None),
            table.c.goal_id.is_not(None),
        )
        .group_by(table.c.goal_id)
        for what, table in (("win", _win), ("miss", _miss))
    )
)
_ASKED = (
    select(cast(_check_in.c.goal_ids, Text).label("goal_ids"), func.count().label("times"))
    .where(
        bulk.among(_check_in.c.client_id, "clients"),
        _check_in.c.local_date > bindparam("since"),
        _check_in.c.local_date < bindparam("today"),
        _check_in.c.kind == "check_in",
        _check_in.c.state != "not_sent",
    )
    .group_by(_check_in.c.client_id, cast(_check_in.c.goal_ids, Text))
)
# Written out, so that both databases see that the partial index holds these rows.
_WAITS = _check_in.c.state == literal("asked", literal_execute=True)
_UNANSWERED = (
    select(_check_in.c.client_id)
    .where(bulk.among(_check_in.c.client_id, "clients"), _WAITS, _check_in.c.kind.in_(("check_in", "wins")))
    .where(_check_in.c.due_at > bindparam("since"))
    .group_by(_check_in.c.client_id)
    .having(func.count(_check_in.c.local_date.distinct()) >= SILENCES)
)
_HEARD = (
    select(_message.c.client_id, func.max(_message.c.created_at).label("at"))
    .where(bulk.among(_message.c.client_id, "clients"), _message.c.direction == "in")
    .group_by(_message.c.client_id)
)
_QUESTIONS = (
    select(_check_in.c.client_id, _check_in.c.local_date, _check_in.c.due_at)
    .where(bulk.among(_check_in.c.client_id, "clients"), _WAITS, _check_in.c.kind.in_(("check_in", "wins")))
    .where(_check_in.c.due_at > bindparam("since"))
)
_REST = (
    update(_client)
    .where(_client.c.id == bindparam("client"), _client.c.quiet_at.is_(None))
    .values(quiet_at=bindparam("at"))
)
_WAKE = update(_client).where(_client.c.id == bindparam("client")).values(go_on_asked_at=None, quiet_at=None)
_NO_LONGER_SILENT = (
    update(_alert)
    .where(_alert.c.client_id == bindparam("client"), _alert.c.kind == SILENT_CLIENT, _alert.c.closed_at.is_(None))
    .values(closed_at=bindparam("at"))
)


@dataclass(slots=True)
class Ease:
    """What a batch of due questions needs to know: what each goal's record earns, and whose silence is long."""

    paces: dict[int, Pace] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)

    def rests(self, each: Due) -> str | None:
        """Why this whole question is left out, if it is."""
        row = each.row
        if row.go_on_asked_at is not None:
            return "quiet"
        if row.pace and not row.every_days and not is_turn(row.pace, row.days, each.local_date):
            return "eased"
        return None

    def asks_to_go_on(self, each: Due) -> bool:
        """Whether this question is the one that asks whether to go on."""
        row = each.row
        return row.client_id in self.silent and row.go_on_asked_at is None and not row.quiet

    def wants(self, goal_id: int, each: Due) -> bool:
        """Whether it is this goal's turn today."""
        row, earned_pace = each.row, self.paces.get(goal_id, "full")
        return bool(row.every_days) or is_turn(agreed(row.pace, earned_pace), row.days, each.local_date)


def read(connection: Connection, dues: Sequence[Due], goals: Sequence[Any], now: datetime) -> Ease:
    """Read what these due questions rest on; `goals` are all their clients'."""
    clients = list({each.row.client_id for each in dues})
    grown = [goal for goal in goals if now - goal.created_at >= HALF_AFTER and not is_by_week(goal.cadence)]
    return Ease(_paces(connection, grown, now), _silent(connection, clients, now))


def settle(
    connection: Connection, dues: Sequence[Due], messages: Sequence[dict[str, Any]], ease: Ease, now: datetime
) -> None:
    """Note who was asked whether to go on; whose check-ins rest because that had no answer, the coach is told."""
    sent = {row["client_id"] for row in messages if row["state"] == "planned"}
    asked = [each.row.client_id for each in dues if ease.asks_to_go_on(each) and each.row.client_id in sent]
    bulk.update_rows(connection, _client, [{"id": client_id, "go_on_asked_at": now} for client_id in asked])
    for each in dues:
        row = each.row
        if row.go_on_asked_at is None or row.quiet or now - row.go_on_asked_at < ANSWER_WITHIN:
            continue
        if connection.execute(_REST, {"client": row.client_id, "at": now}).rowcount:
            raise_alert(
                connection,
                kind=SILENT_CLIENT,
                practice_id=row.practice_id,
                client_id=row.client_id,
                message_id=None,
                now=now,
            )


def heard_again(connection: Connection, client_id: int, now: datetime) -> None:
    """They wrote: whatever rested because of their silence goes on."""
    connection.execute(_WAKE, {"client": client_id})
    connection.execute(_NO_LONGER_SILENT, {"client": client_id, "at": now})


def _paces(connection: Connection, grown: Sequence[Any], now: datetime) -> dict[int, Pace]:
    if not grown:
        return {}
    today = now.date()
    values = {"clients": list({goal.client_id for goal in grown}), "since": today - KEPT_OVER, "today": today}
    kept: Counter[int] = Counter()
    missed: dict[int, Any] = {}
    told: Counter[int] = Counter()
    for row in bulk.fetch(connection, _REPORTS, values):
        told[row.goal_id] += row.days
        if row.what == "win":
            kept[row.goal_id] = row.days
        else:
            missed[row.goal_id] = row.last
    asked: Counter[int] = Counter()
    for row in bulk.fetch(connection, _ASKED, values):
        for goal_id in json.loads(row.goal_ids):
            asked[goal_id] += row.times
    return {
        goal.id: earned(
            now - goal.created_at,
            kept[goal.id],
            max(asked[goal.id], told[goal.id]),
            today - missed[goal.id] if goal.id in missed else None,
        )
        for goal in grown
    }


def _silent(connection: Connection, clients: list[int], now: datetime) -> set[int]:
    values = {"clients": clients, "since": now - LOOKS_BACK}
    unanswered = [row.client_id for row in bulk.fetch(connection, _UNANSWERED, values)]
    if not unanswered:
        return set()
    values["clients"] = unanswered
    heard = {row.client_id: row.at for row in bulk.fetch(connection, _HEARD, {"clients": unanswered})}
    days = defaultdict(set)
    for row in bulk.fetch(connection, _QUESTIONS, values):
        if row.client_id not in heard or row.due_at > heard[row.client_id]:
            days[row.client_id].add(row.local_date)
    return {client_id for client_id, since in days.items() if len(since) >= SILENCES}
