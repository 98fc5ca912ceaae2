"""Deliveries of events: claimed, posted, and noted. Times are the machine's: other software knows no other.

A claim is committed before the post, and none is open during it. What breaks off is posted again when its lease is
over: at least once, and the event's id tells that it was there before.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from coach_portal.core import bulk
from coach_portal.core.db import Database
from coach_portal.core.errors import PostError
from coach_portal.core.models import tables
from coach_portal.core.ports import EventPoster
from coach_portal.core.rules import events as rules
from coach_portal.core.rules.roles import who_may
from coach_portal.core.services import audit
from coach_portal.core.services.events import stream
from coach_portal.core.services.sending import emails

LEASE = timedelta(minutes=1)
"""How long a claim is believed to be at work: ample beside the gateway's ten seconds."""
BATCH = 500
"""Deliveries a pass at most."""
TAKES = timedelta(seconds=40)
"""After so long a pass begins no other delivery: the next one is a minute away at most."""

_delivery, _endpoint, _event, _coach = tables.event_delivery, tables.endpoint, tables.event, tables.coach

_turn = func.row_number().over(partition_by=_delivery.c.endpoint_id, order_by=_event.c.number).label("turn")
# Each endpoint's events in order, and the endpoints in turn: none has to wait for all of another's.
_DUE = (
    select(_delivery.c.id, _delivery.c.endpoint_id, _delivery.c.event_id, _turn)
    .join(_event, _event.c.id == _delivery.c.event_id)
    .join(_endpoint, _endpoint.c.id == _delivery.c.endpoint_id)
    .where(_delivery.c.state == "waiting", _delivery.c.next_at <= bindparam("at"), _endpoint.c.disabled_at.is_(None))
    .order_by(_turn, _delivery.c.endpoint_id)
    .limit(BATCH)
)
_CLAIM = (
    update(_delivery)
    .where(_delivery.c.id == bindparam("which"), _delivery.c.state == "waiting", _delivery.c.next_at <= bindparam("at"))
    .values(attempts=_delivery.c.attempts + 1, tried_at=bindparam("at"), next_at=bindparam("lease"))
    .returning(_delivery.c.attempts)
)
_ITS_EVENT = select(_event).where(_event.c.id == bindparam("which"))
_ITS_ENDPOINT = select(_endpoint).where(_endpoint.c.id == bindparam("which"), _endpoint.c.disabled_at.is_(None))
_SETTLE = (
    update(_delivery)
    .where(_delivery.c.id == bindparam("which"), _delivery.c.tried_at == bindparam("since"))
    .values(state=bindparam("new"), status=bindparam("why"), next_at=bindparam("again"))
)
_WORKS = (
    update(_endpoint)
    .where(_endpoint.c.id == bindparam("which"), _endpoint.c.failing_since.is_not(None))
    .values(failing_since=None)
)
_FAILS = (
    update(_endpoint)
    .where(_endpoint.c.id == bindparam("which"))
    .values(
        failing_since=func.coalesce(_endpoint.c.failing_since, bindparam("at", type_=_endpoint.c.failing_since.type))
    )
    .returning(_endpoint.c.failing_since)
)
_DISABLE = (
    update(_endpoint)
    .where(_endpoint.c.id == bindparam("which"), _endpoint.c.disabled_at.is_(None))
    .values(disabled_at=bindparam("at"))
)
_GIVE_UP = (
    update(_delivery)
    .where(_delivery.c.endpoint_id == bindparam("which"), _delivery.c.state == "waiting")
    .values(state="given_up")
)


def due(connection: Connection, now: datetime) -> list[Any]:
    """The deliveries to try now, each with its `endpoint_id`."""
    return bulk.fetch(connection, _DUE, {"at": now})


def deliver(
    database: Database, poster: EventPoster, due_one: Any, secret_key: str, clock: Callable[[], datetime]
) -> bool | None:
    """Post one event if it is still to be; answers whether it was taken, None where it was not ours to post."""
    now = clock()
    with database.transaction() as connection:
        claim = {"which": due_one.id, "at": now, "lease": now + LEASE}
        attempts = connection.execute(_CLAIM, claim).scalar_one_or_none()
        endpoint = connection.execute(_ITS_ENDPOINT, {"which": due_one.endpoint_id}).one_or_none()
        event = connection.execute(_ITS_EVENT, {"which": due_one.event_id}).one_or_none()
        if attempts is None or endpoint is None or event is None:
            return None
        (told,) = stream.tell(connection, endpoint.practice_id, [event], with_words=endpoint.with_words)
    status = _post(poster, endpoint, told, secret_key, now)
    taken = status.startswith("2") and len(status) == 3
    with database.transaction() as connection:
        again = None if taken else rules.next_try(attempts, now)
        state = "done" if taken else "waiting" if again else "given_up"
        settled = {"which": due_one.id, "since": now, "new": state, "why": status, "again": again or now}
        connection.execute(_SETTLE, settled)
        if taken:
            connection.execute(_WORKS, {"which": endpoint.id})
        else:
            _failed(connection, endpoint, now)
    return taken


def _post(poster: EventPoster, endpoint: Any, told: dict[str, Any], secret_key: str, now: datetime) -> str:
    salts = [endpoint.salt]
    if endpoint.old_until is not None and endpoint.old_until > now:
        salts.append(endpoint.old_salt)
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    headers = rules.signed([rules.secret_of(secret_key, salt) for salt in salts], told["id"], body, now)
    try:
        return str(poster.post(endpoint.url, body, headers))
    except PostError as error:
        return error.code


def _failed(connection: Connection, endpoint: Any, now: datetime) -> None:
    since = connection.execute(_FAILS, {"which": endpoint.id, "at": now}).scalar_one()
    if now - since < rules.LOST_AFTER:
        return
    if not connection.execute(_DISABLE, {"which": endpoint.id, "at": now}).rowcount:
        return
    connection.execute(_GIVE_UP, {"which": endpoint.id})
    audit.record(connection, endpoint.practice_id, "system", "disable_endpoint", f"endpoint:{endpoint.id}", now)
    _tell_owners(connection, endpoint, now)


def _tell_owners(connection: Connection, endpoint: Any, now: datetime) -> None:
    owners = select(_coach.c.email).where(
        _coach.c.practice_id == endpoint.practice_id, _coach.c.role.in_(who_may("manage_api")), _coach.c.active
    )
    for address in connection.execute(owners).scalars().all():
        emails.plan(
            connection,
            practice_id=endpoint.practice_id,
            kind="endpoint",
            to=address,
            subject="Events could not be posted for three days",
            body=LOST.format(url=endpoint.url, days=rules.LOST_AFTER.days),
            now=now,
        )


LOST = """Your other software at

{url}

has taken none of your practice's events for {days} days, so we have stopped posting them. Nothing is lost: open
Practice, Other software, switch it on again there, and post again what was given up.
"""
