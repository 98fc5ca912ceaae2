"""A text in a call's stead: to whom it did not reach, or who wants no calls any more."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select

from coach_portal.core.models import tables
from coach_portal.core.rules.texts import check_ins as wording
from coach_portal.core.rules.texts.words import GoalWords
from coach_portal.core.services.moments import wordings
from coach_portal.core.services.moments.due import COACH_NAME
from coach_portal.core.services.sending import outbox

_message, _client, _check_in, _goal = tables.message, tables.client, tables.check_in, tables.goal

_QUESTION = (
    select(
        _check_in.c.id,
        _check_in.c.kind,
        _check_in.c.state,
        _check_in.c.open_goal_ids,
        _check_in.c.local_date,
        _client.c.id.label("client_id"),
        _client.c.name,
        _client.c.locale,
        COACH_NAME.label("coach_name"),
        exists()
        .where(_message.c.client_id == _client.c.id, _message.c.check_in_id == _check_in.c.id)
        .where(_message.c.channel == "text", _message.c.direction == "out", _message.c.state != "not_sent")
        .label("was_texted"),
    )
    .join(_client, _client.c.id == _check_in.c.client_id)
    .where(_check_in.c.id == bindparam("check_in"))
)
_GOALS = (
    select(_goal.c.id, _goal.c.title, _goal.c.anchor, _goal.c.amount, _goal.c.unit, _goal.c.direction)
    .where(_goal.c.client_id == bindparam("client"), _goal.c.retired_at.is_(None))
    .order_by(_goal.c.position)
)


def text_instead(connection: Connection, call: Any, now: datetime) -> list[int]:
    """Plan the question of a call as a text, unless it was texted or answered; answers the ids to queue."""
    question = connection.execute(_QUESTION, {"check_in": call.check_in_id}).one_or_none()
    if question is None or question.state == "answered" or question.was_texted:
        return []
    body = _body(connection, question, call.practice_id)
    if not body:
        return []
    row = outbox.outgoing(
        kind=call.kind,
        practice_id=call.practice_id,
        client_id=call.client_id,
        check_in_id=call.check_in_id,
        from_phone=call.from_phone,
        to_phone=call.to_phone,
        body=body,
        now=now,
        deadline_at=call.deadline_at,
    )
    return [outbox.plan(connection, row)]


def _body(connection: Connection, question: Any, practice_id: int) -> str:
    client = question.name.partition(" ")[0]
    own = wordings.of_practices(connection, {practice_id}).get((practice_id, question.kind, question.locale[:2]), ())
    variant = question.local_date.toordinal() + question.client_id
    if question.kind == "wins":
        return wording.wins_question(question.locale, client=client, variant=variant, own=own)
    rows = list(enumerate(connection.execute(_GOALS, {"client": question.client_id}), 1))
    goals = [
        GoalWords(goal.title, goal.anchor or "", goal.amount, goal.unit or "", place, goal.direction == "at_most")
        for place, goal in rows
        if goal.id in question.open_goal_ids
    ]
    coach = (question.coach_name or "").partition(" ")[0]
    if not goals:
        return ""
    return wording.check_in(goals, question.locale, client=client, coach=coach, variant=variant, own=own)
