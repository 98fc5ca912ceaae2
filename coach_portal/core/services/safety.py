"""When a text tells of danger: the lines to call at once, the coach alerted, everything automatic held.

The answer goes back in the webhook's own response. Its row is written as claimed, so that if the carrier never
confirms it, the send step asks the carrier and sends it itself.
"""

from datetime import timedelta

from sqlalchemy import Connection, bindparam, select, update

from coach_portal.core.models import tables
from coach_portal.core.rules.phone import country_of
from coach_portal.core.rules.texts import safety as wording
from coach_portal.core.services import outbox
from coach_portal.core.services.alerts import raise_alert
from coach_portal.core.services.arrival import Arrival, Received, SafetyAnswer

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
_HOLD = (
    update(_client)
    .where(_client.c.id == bindparam("client"))
    .values(held_at=bindparam("at"), held_reason=bindparam("why"))
)


def respond(connection: Connection, arrival: Arrival, public_url: str) -> Received:
    """Answer, alert and hold, as far as the text's risk asks for it. No risk, nothing done."""
    show_the_practice(connection, arrival)
    if arrival.understood.risk != "explicit":
        return Received()
    hold(connection, arrival, "safety")
    return Received(_alert_coach(connection, arrival, public_url), answer_once(connection, arrival))


def show_the_practice(connection: Connection, arrival: Arrival) -> None:
    """Put a text that tells of danger, or may do so, before a human's eyes."""
    risk = arrival.understood.risk
    if risk is not None:
        raise_alert(
            connection,
            kind="risk" if risk == "explicit" else "possible_risk",
            practice_id=arrival.around.row.practice_id,
            client_id=arrival.around.row.client_id,
            message_id=arrival.message_id,
            now=arrival.around.now,
        )


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
    row = arrival.reply("safety", body, state="sending", claimed_at=arrival.machine_now)
    return SafetyAnswer(outbox.plan(connection, row), row["body"])


def _alert_coach(connection: Connection, arrival: Arrival, public_url: str) -> list[int]:
    row, now = arrival.around.row, arrival.around.now
    if row.coach_phone is None:
        return []
    client = row.name.partition(" ")[0]
    body = wording.coach_alert(client, f"{public_url}/clients/{row.client_id}", arrival.around.situation.locale)
    text = outbox.outgoing(
        kind="coach_alert",
        practice_id=row.practice_id,
        client_id=None,
        answers_id=arrival.message_id,
        from_phone=arrival.text.to_phone,
        to_phone=row.coach_phone,
        body=body,
        now=now,
    )
    return [outbox.plan(connection, text)]
