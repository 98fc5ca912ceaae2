"""The message row is the outbox: a text is a row first, and leaves through the one send step."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from coach_portal.core import bulk
from coach_portal.core.models import Client, SendingNumber, tables
from coach_portal.core.ports import MessageQueue
from coach_portal.core.rules.hours import LONGEST_WAIT
from coach_portal.core.rules.may_send import ANSWER_WITHIN
from coach_portal.core.rules.policies import POLICIES
from coach_portal.core.rules.sms_text import segments, to_gsm

log = logging.getLogger(__name__)


def outgoing(
    *,
    kind: str,
    practice_id: int | None,
    client_id: int | None,
    from_phone: str,
    to_phone: str,
    body: str,
    now: datetime,
    deadline_at: datetime | None = None,
    check_in_id: int | None = None,
    answers_id: int | None = None,
    send_after: datetime | None = None,
    state: str = "planned",
    reason: str | None = None,
    purpose: str | None = None,
    claimed_at: datetime | None = None,
    media_url: str | None = None,
    channel: str = "text",
) -> dict[str, Any]:
    """The row of an outgoing text or call. Always the same keys, so that many rows can be written as one."""
    is_text = channel == "text"
    body = to_gsm(body) if is_text else body
    return {
        "direction": "out",
        "channel": channel,
        "kind": kind,
        "practice_id": practice_id,
        "client_id": client_id,
        "check_in_id": check_in_id,
        "answers_id": answers_id,
        "from_phone": from_phone,
        "to_phone": to_phone,
        "body": body,
        "media_url": media_url,
        "segments": segments(body).count if is_text else None,
        "state": state,
        "reason": reason,
        "purpose": purpose,
        "created_at": now,
        "queued_at": now,
        "claimed_at": claimed_at,
        "send_after": send_after,
        "deadline_at": deadline_at or _default_deadline(kind, send_after or now),
    }


def to_client(session: Session, client: Client, kind: str, body: str, now: datetime, **more: Any) -> dict[str, Any]:
    """The row of a text to a client, from the number they began with; `more` as `outgoing` takes it."""
    return outgoing(
        kind=kind,
        practice_id=client.practice_id,
        client_id=client.id,
        from_phone=session.get_one(SendingNumber, client.sending_number_id).phone,
        to_phone=client.phone,
        body=body,
        now=now,
        **more,
    )


def plan(database: Connection | Session, row: dict[str, Any]) -> int:
    """Write one outgoing text; answers its id, which the caller queues once the transaction has committed."""
    connection = database.connection() if isinstance(database, Session) else database
    return int(bulk.insert_row(connection, tables.message, row))


def queue_now(queue: MessageQueue, message_ids: Sequence[int]) -> None:
    """Queue messages that are committed. A queue that is away costs time, nothing more: the tick queues them again."""
    try:
        queue.put(message_ids)
    except Exception as error:
        log.warning("queue is away", extra={"message_ids": list(message_ids), "error": type(error).__name__})


def _default_deadline(kind: str, earliest: datetime) -> datetime | None:
    policy = POLICIES[kind]
    if policy.hours:
        # What a person wrote waits through the night for the morning; what a schedule wrote does not.
        return earliest + (timedelta(hours=24) if kind in {"by_hand", "invitation", "supporter_ask"} else LONGEST_WAIT)
    return None if kind in {"safety", "coach_alert"} else earliest + ANSWER_WITHIN
