"""Where a practice wants its events posted: registered, given another secret, switched on again, removed.

`now` here is the machine's clock.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Coach, Endpoint, tables
from coach_portal.core.rules import addresses
from coach_portal.core.rules import events as rules
from coach_portal.core.services import audit, scope
from coach_portal.core.services.events import stream

MOST = 10
"""Endpoints a practice may have."""
LOG = 100
"""Deliveries that a page shows."""

_delivery, _event = tables.event_delivery, tables.event


def all_of(session: Session, coach: Coach) -> Sequence[Endpoint]:
    """The practice's endpoints, the first first. Raises NotAllowed."""
    scope.require(coach, "manage_api")
    mine = select(Endpoint).where(Endpoint.practice_id == coach.practice_id, Endpoint.removed_at.is_(None))
    return session.scalars(mine.order_by(Endpoint.id)).all()


def one_of(session: Session, coach: Coach, endpoint_id: int) -> Endpoint:
    """One of them. Raises NotAllowed and NotFound."""
    scope.require(coach, "manage_api")
    mine = Endpoint.practice_id == coach.practice_id, Endpoint.removed_at.is_(None)
    found = session.scalar(select(Endpoint).where(Endpoint.id == endpoint_id, *mine))
    if found is None:
        raise NotFound("no such endpoint")
    return found


def add(
    session: Session, coach: Coach, url: str, kinds: Sequence[str], now: datetime, *, with_words: bool, own: bool
) -> Endpoint:
    """Post events there from now on; that also switches them on. `own`: whether the portal runs on this machine alone.

    Raises Invalid for an address that leads inside or is there already, and NotAllowed.
    """
    if what := addresses.trouble(url, may_be_local=own):
        raise Invalid({"url": what})
    others = all_of(session, coach)
    if any(other.url == url for other in others):
        raise Invalid({"url": "Events are posted there already."})
    if len(others) >= MOST:
        raise Invalid({"url": f"There are {MOST} already. Remove one first."})
    stream.switch(session, coach, now, on=True)
    row = Endpoint(practice_id=coach.practice_id, coach_id=coach.id, url=url, kinds=[*kinds], with_words=with_words)
    row.salt, row.created_at = rules.new_salt(), now
    session.add(row)
    session.flush()
    _note(session, coach, row, "add_endpoint", now)
    return row


def rotate(session: Session, coach: Coach, endpoint: Endpoint, now: datetime) -> None:
    """Sign with another secret; the one before it signs too for a day, so that the other side can change over."""
    endpoint.old_salt, endpoint.old_until = endpoint.salt, now + rules.ROTATING_FOR
    endpoint.salt = rules.new_salt()
    _note(session, coach, endpoint, "rotate_endpoint", now)


def enable(session: Session, coach: Coach, endpoint: Endpoint, now: datetime) -> None:
    """Post there again. What was given up meanwhile stays so until it is asked for."""
    if endpoint.disabled_at is not None:
        endpoint.disabled_at = endpoint.failing_since = None
        _note(session, coach, endpoint, "enable_endpoint", now)


def remove(session: Session, coach: Coach, endpoint: Endpoint, now: datetime) -> None:
    """Post nothing there any more."""
    endpoint.removed_at = now
    session.execute(delete(_delivery).where(_delivery.c.endpoint_id == endpoint.id))
    _note(session, coach, endpoint, "remove_endpoint", now)


def replay(session: Session, coach: Coach, endpoint: Endpoint, now: datetime, delivery_id: int | None = None) -> int:
    """Post one delivery again, or all that were given up; answers how many wait now. Raises NotFound."""
    which: ColumnElement[bool] = _delivery.c.endpoint_id == endpoint.id
    which &= _delivery.c.state == "given_up" if delivery_id is None else _delivery.c.id == delivery_id
    again = {"state": "waiting", "attempts": 0, "next_at": now}
    waiting = session.execute(update(_delivery).where(which).values(again)).rowcount  # type: ignore[attr-defined]
    if delivery_id is not None and not waiting:
        raise NotFound("no such delivery")
    if waiting:
        _note(session, coach, endpoint, "replay_events", now)
    return int(waiting)


def log_of(session: Session, endpoint: Endpoint) -> Sequence[Any]:
    """The last deliveries to an endpoint, the newest first, each with its event's `number`, `kind` and `at`."""
    rows = select(_delivery, _event.c.number, _event.c.kind, _event.c.at.label("befell_at"))
    rows = rows.join(_event, _event.c.id == _delivery.c.event_id).where(_delivery.c.endpoint_id == endpoint.id)
    return session.execute(rows.order_by(_event.c.number.desc()).limit(LOG)).all()


def secret_of(endpoint: Endpoint, secret_key: str) -> str:
    """What its deliveries are signed with."""
    return rules.secret_of(secret_key, endpoint.salt)


def _note(session: Session, coach: Coach, endpoint: Endpoint, action: str, now: datetime) -> None:
    audit.record(session, coach.practice_id, audit.by(coach), action, f"endpoint:{endpoint.id}", now)
