"""Stepping on: everyone in a programme whose next step has come begins it, once, however many they are.

An enrolment is looked at when its local day begins: a text of that day takes the day before any check-in of it is
planned, and leaves at its step's time.
A text that could not leave is planned again on a later day; its step has begun only once.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.services.moments import facts
from coach_portal.core.services.moments.check_ins import Swept
from coach_portal.core.services.moments.due import COACH_NAME, POISONED_FOR, to_queue
from coach_portal.core.services.programmes import adding, waiting
from coach_portal.core.services.programmes.walk import Begun, Walk

log = logging.getLogger(__name__)

BATCH = 500
"""Enrolments a transaction."""

_enrolment, _client, _practice, _number = tables.enrolment, tables.client, tables.practice, tables.sending_number
_step, _begun, _message, _programme = tables.programme_step, tables.begun_step, tables.message, tables.programme

ANY_DUE = select(_enrolment.c.id).where(_enrolment.c.due_at <= bindparam("now")).order_by(_enrolment.c.due_at).limit(1)
"""The statement that looks for one enrolment that is due; parameter `now`."""
_DUE = (
    select(
        _enrolment.c.id,
        _enrolment.c.programme_id,
        _enrolment.c.counts_from,
        _enrolment.c.writes_on,
        _enrolment.c.last_step_id,
        _enrolment.c.last_on,
        _enrolment.c.last_goal_id,
        _step.c.position,
        _programme.c.locale.label("written_in"),
        _begun.c.id.label("begun_id"),
        _begun.c.goal_id.label("begun_goal_id"),
        _message.c.state.label("text_state"),
        _client.c.id.label("client_id"),
        _client.c.practice_id,
        _client.c.name,
        _client.c.phone,
        _client.c.locale,
        _practice.c.name.label("practice_name"),
        _number.c.phone.label("from_phone"),
        COACH_NAME.label("coach_name"),
        *facts.COLUMNS,
    )
    .join(_client, _client.c.id == _enrolment.c.client_id)
    .join(_practice, _practice.c.id == _client.c.practice_id)
    .join(_number, _number.c.id == _client.c.sending_number_id)
    .join(_programme, _programme.c.id == _enrolment.c.programme_id)
    .outerjoin(_step, _step.c.id == _enrolment.c.last_step_id)
    .outerjoin(_begun, (_begun.c.enrolment_id == _enrolment.c.id) & (_begun.c.step_id == _enrolment.c.last_step_id))
    .outerjoin(_message, _message.c.id == _begun.c.message_id)
    .where(_enrolment.c.due_at <= bindparam("now"))
    .order_by(_enrolment.c.due_at, _enrolment.c.id)
    .limit(bindparam("batch"))
    .with_for_update(skip_locked=True, of=_enrolment)
)
_STEPS = (
    select(_step)
    .where(bulk.among(_step.c.programme_id, "programmes"), _step.c.removed_at.is_(None))
    .order_by(_step.c.programme_id, _step.c.position)
)


def plan_steps(connection: Connection, now: datetime, batch: int = BATCH) -> Swept:
    """Step on with up to `batch` enrolments. Call again, in a new transaction, while batches come back full."""
    rows = bulk.fetch(connection, _DUE, {"now": now, "batch": batch})
    if not rows:
        return Swept(0, [])
    steps: dict[int, list[Any]] = {row.programme_id: [] for row in rows}
    for step in bulk.fetch(connection, _STEPS, {"programmes": list(steps)}):
        steps[step.programme_id].append(step)
    counts = facts.counts_of(connection, {row.client_id: row.timezone for row in rows}, now)
    walks = [Walk(row, steps[row.programme_id], counts.get(row.client_id, facts.UNCOUNTED), now) for row in rows]
    ready = waiting.automatic(connection, walks, now)
    texted: set[int] = set()
    for walk in walks:
        _go(walk, walk.row.last_goal_id in ready, texted)
    return Swept(len(rows), _write(connection, walks, now))


def _go(walk: Walk, is_automatic: bool, texted: set[int]) -> None:
    try:
        walk.go(is_automatic=is_automatic, is_texted=walk.row.client_id in texted)
    except (ValueError, LookupError, OverflowError) as error:
        # One that cannot be computed may not hold up all the others, nor be looked at every few seconds.
        log.error("enrolment cannot be computed", extra={"enrolment": walk.row.id, "error": type(error).__name__})
        walk.due_at = walk.now + POISONED_FOR
    if walk.is_texted:
        texted.add(walk.row.client_id)


def _write(connection: Connection, walks: Sequence[Walk], now: datetime) -> list[int]:
    begun = [each for walk in walks for each in walk.begun]
    adding.goals(connection, [each for each in begun if each.adds_goal], now)
    messages = _write_texts(connection, [each for each in begun if each.has_text])
    bulk.insert_rows(connection, _begun, [each.row() for each in begun if each.begun_id is None])
    again = ("message_id", "check_in_id", "question", "begun_at", "local_date")
    bulk.update_rows(
        connection,
        _begun,
        [{"id": each.begun_id} | {name: each.row()[name] for name in again} for each in begun if each.begun_id],
    )
    bulk.update_rows(connection, _enrolment, [walk.stands() for walk in walks])
    return to_queue(messages)


def _write_texts(connection: Connection, begun: Sequence[Begun]) -> list[dict[str, Any]]:
    """Write the texts, and for each question the row that waits for its answer."""
    questions = [each for each in begun if each.step.kind == "question"]
    for each, check_in_id in zip(questions, bulk.reserve_ids(connection, tables.check_in, len(questions)), strict=True):
        each.check_in_id = check_in_id
    for each, message_id in zip(begun, bulk.reserve_ids(connection, _message, len(begun)), strict=True):
        each.message_id = message_id
    messages = [each.message() for each in begun]
    bulk.insert_rows(connection, tables.check_in, [each.check_in() for each in questions])
    bulk.insert_rows(connection, _message, messages)
    return messages
