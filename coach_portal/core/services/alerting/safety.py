"""When a text tells of danger: the lines to call at once, the coach alerted, everything automatic held.

The answer goes back in the webhook's own response. Its row is written as claimed, so that if the carrier never
confirms it, the send step asks the carrier and sends it itself.
"""

import logging
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from coach_portal.core.models import tables
from coach_portal.core.rules.links import Links
from coach_portal.core.rules.phone import country_of
from coach_portal.core.rules.texts import safety as wording
from coach_portal.core.services.alerting import escalation
from coach_portal.core.services.alerting.alerts import note, raise_alert
from coach_portal.core.services.replies.arrival import Arrival, Received, SafetyAnswer
from coach_portal.core.services.sending import outbox

log = logging.getLogger(__name__)

_message, _client = tables.message, tables.client

ONCE_IN = timedelta(hours=6)
"""One safety answer to a person in this time; later texts only alert again (docs/messaging-rules.md, R20)."""

_ANSWERED_LATELY = (
    select(_message.c.id)
    .where(
        _message.c.kind == "safety",
        _message.c.client_id.is_not_distinct_from(bindparam("client")),
        _message.c.practice_id == bindparam("practice"),
        _message.c.to_phone == bindparam("phone"),
        _message.c.created_at > bindparam("since"),
    )
    .limit(1)
)
# What is held for safety's sake stays so: a lesser reason does not take its place.
_HOLD = (
    update(_client)
    .where(_client.c.id == bindparam("client"))
    .where((bindparam("why") == "safety") | _client.c.held_reason.is_distinct_from("safety"))
    .values(held_at=bindparam("at"), held_reason=bindparam("why"))
)


def respond(connection: Connection, arrival: Arrival, links: Links) -> Received:
    """Answer, alert and hold, as far as the text's risk asks for it. No risk, nothing done."""
    risk = arrival.understood.risk
    if risk is None:
        return Received()
    row, now = arrival.around.row, arrival.around.now
    alert_id = raise_alert(
        connection,
        kind="risk" if risk == "explicit" else "possible_risk",
        practice_id=row.practice_id,
        client_id=row.client_id,
        message_id=arrival.message_id,
        now=now,
    )
    if risk != "explicit":
        return Received()
    answer = answer_once(connection, arrival)
    if answer is not None:
        note(connection, row.practice_id, alert_id, "answered", now, message_id=answer.message_id)
    if row.client_id is not None:
        hold(connection, arrival, "safety")
        note(connection, row.practice_id, alert_id, "held", now)
    told = _tell(connection, alert_id, arrival, links)
    if answer is not None and arrival.text.was_spoken:
        return Received([*told, answer.message_id])  # said on the call, and texted to be kept
    return Received(told, answer)


def hold(connection: Connection, arrival: Arrival, reason: str) -> None:
    """Hold every automated text to this client until a human has looked."""
    values = {"client": arrival.around.row.client_id, "at": arrival.around.now, "why": reason}
    connection.execute(_HOLD, values)


def answer_once(connection: Connection, arrival: Arrival) -> SafetyAnswer | None:
    """The lines to call, unless they were given a short while ago."""
    around, now = arrival.around, arrival.around.now
    lately = {
        "client": around.row.client_id,
        "practice": around.row.practice_id,
        "phone": arrival.text.from_phone,
        "since": now - ONCE_IN,
    }
    spoken = arrival.text.spoken
    if spoken is None and connection.execute(_ANSWERED_LATELY, lately).first() is not None:
        return None
    country = around.row.country or country_of(arrival.text.from_phone)
    kind, locale = arrival.understood.risk_kind, around.situation.locale
    body = spoken or wording.safety_answer(country, around.coach_name, kind, locale)
    how: dict[str, Any] = {"state": "sending", "claimed_at": arrival.machine_now}
    if arrival.text.was_spoken:
        how = {"channel": "text", "state": "planned"}
    row = arrival.reply("safety", body, **how)
    return SafetyAnswer(outbox.plan(connection, row), row["body"])


def _tell(connection: Connection, alert_id: int, arrival: Arrival, links: Links) -> list[int]:
    """Tell the coach at once. Should that break, the next tick does it: the person's own answer may not hang on it."""
    try:
        with connection.begin_nested():
            return escalation.tell(connection, alert_id, links, arrival.around.now, arrival.machine_now)
    except Exception as error:
        log.exception("coach not told yet", extra={"alert": alert_id, "error": type(error).__name__})
        return []
