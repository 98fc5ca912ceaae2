"""Emails, from the row that is their outbox to the hand-over. A claim is committed before the call, and none is open
during it; what broke off is `unknown`, unless someone's safety hangs on it: then it is sent again."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.db import Database
from coach_portal.core.errors import EmailError, EmailOutcomeUnknown
from coach_portal.core.models import tables
from coach_portal.core.ports import EmailSender
from coach_portal.core.rules.emails import AT_LEAST_ONCE, ONE_TIME, deadline, next_try, one_line
from coach_portal.core.rules.links import Links

_email = tables.email

LEASE = timedelta(minutes=2)
"""How long a claim is believed to be at work: ample beside the gateways' time-outs of 10 s a step."""
BATCH = 100
"""Emails a pass at most, so that one pass ends in time."""

_INSERT = insert(_email).returning(_email.c.id)
_DUE = (
    select(_email.c.id)
    .where(_email.c.state == "planned", _email.c.send_after <= bindparam("now"))
    .order_by(_email.c.send_after, _email.c.id)
    .limit(BATCH)
)
_BROKEN_OFF = select(_email.c.id, _email.c.kind).where(
    _email.c.state == "sending", _email.c.claimed_at < bindparam("stale")
)
_CLAIM = (
    update(_email)
    .where(_email.c.id == bindparam("email"), _email.c.state == "planned", _email.c.send_after <= bindparam("now"))
    .values(state="sending", claimed_at=bindparam("machine_now"), attempts=_email.c.attempts + 1)
    .returning(*_email.c)
)
# `claimed_at` is the claim's name: whoever comes late with an old one changes nothing.
_SETTLE = (
    update(_email)
    .where(_email.c.id == bindparam("email"), _email.c.claimed_at == bindparam("since"), _email.c.state == "sending")
    .values(state=bindparam("new"), error=bindparam("why"), settled_at=bindparam("at"))
)
_TRY_AGAIN = (
    update(_email)
    .where(_email.c.id == bindparam("email"), _email.c.claimed_at == bindparam("since"), _email.c.state == "sending")
    .values(state="planned", error=bindparam("why"), send_after=bindparam("at"), claimed_at=None)
)
_LET_GO = (
    update(_email)
    .where(_email.c.id == bindparam("email"), _email.c.state == "sending", _email.c.claimed_at < bindparam("stale"))
    .values(state=bindparam("new"), claimed_at=None)
)


def plan(
    database: Connection | Session, *, practice_id: int, kind: str, to: str, subject: str, body: str, now: datetime
) -> int:
    """Write one email in plain text; answers its id. The next pass sends it. Never a client's words (R25): a link."""
    row = {
        "practice_id": practice_id,
        "kind": kind,
        "to_address": to,
        "subject": one_line(subject),
        "body": body,
        "state": "planned",
        "attempts": 0,
        "created_at": now,
        "send_after": now,
        "deadline_at": deadline(kind, now),
    }
    return int(database.execute(_INSERT, row).scalar_one())


def due(database: Database, now: datetime, machine_now: datetime) -> list[int]:
    """The ids of the emails to send now; what broke off in an earlier pass is let go first."""
    with database.statement() as connection:
        for broken in bulk.fetch(connection, _BROKEN_OFF, {"stale": machine_now - LEASE}):
            new = "planned" if broken.kind in AT_LEAST_ONCE else "unknown"
            connection.execute(_LET_GO, {"email": broken.id, "stale": machine_now - LEASE, "new": new})
        return [row.id for row in bulk.fetch(connection, _DUE, {"now": now})]


def send(
    database: Database, sender: EmailSender, links: Links, email_id: int, now: datetime, machine_now: datetime
) -> bool:
    """Send one email if it is still to be sent; answers whether it left. Twice at once does no harm."""
    claim = _claim(database, email_id, now, machine_now)
    if claim is None:
        return False
    body = links.written_out(claim.body) if claim.kind in ONE_TIME else claim.body
    try:
        sender.send_email(to=claim.to_address, subject=claim.subject, body=body, email_id=claim.id)
    except EmailOutcomeUnknown as error:
        _broke_off(database, claim, error.code, now)
        return False
    except EmailError as error:
        _refused(database, claim, error, now)
        return False
    _settle(database, claim, "sent", None, now)
    return True


def _claim(database: Database, email_id: int, now: datetime, machine_now: datetime) -> Any:
    """The email, if it is ours to send now. One past its deadline is settled here."""
    with database.transaction() as connection:
        values = {"email": email_id, "now": now, "machine_now": machine_now}
        claim = connection.execute(_CLAIM, values).one_or_none()
        if claim is None or claim.deadline_at is None or now < claim.deadline_at:
            return claim
        connection.execute(_SETTLE, _settled(claim, "failed", claim.error or "too_late", now))
        return None


def _broke_off(database: Database, claim: Any, why: str, now: datetime) -> None:
    if claim.kind in AT_LEAST_ONCE:
        _later(database, claim, why, now)
    else:
        _settle(database, claim, "unknown", why, now)


def _refused(database: Database, claim: Any, error: EmailError, now: datetime) -> None:
    if error.permanent:
        _settle(database, claim, "failed", error.code, now)
    else:
        _later(database, claim, error.code, now)


def _later(database: Database, claim: Any, why: str, now: datetime) -> None:
    with database.transaction() as connection:
        values = {"email": claim.id, "since": claim.claimed_at, "why": why, "at": next_try(claim.attempts, now)}
        connection.execute(_TRY_AGAIN, values)


def _settle(database: Database, claim: Any, state: str, why: str | None, now: datetime) -> None:
    with database.transaction() as connection:
        connection.execute(_SETTLE, _settled(claim, state, why, now))


def _settled(claim: Any, state: str, why: str | None, now: datetime) -> dict[str, Any]:
    return {"email": claim.id, "since": claim.claimed_at, "new": state, "why": why, "at": now}
