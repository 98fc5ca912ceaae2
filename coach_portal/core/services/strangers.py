"""Texts from numbers that are nobody's: recorded, answered politely once, never attached to a client."""

from sqlalchemy import Connection, bindparam, select

from coach_portal.core.models import tables
from coach_portal.core.rules.links import Links
from coach_portal.core.rules.phone import country_of
from coach_portal.core.rules.texts.consents import unknown_sender
from coach_portal.core.services import consent, outbox, supporter_texts
from coach_portal.core.services.arrival import Arrival, Received
from coach_portal.core.services.safety import respond

_message = tables.message

_ANSWERED_BEFORE = (
    select(_message.c.id)
    .where(
        _message.c.client_id.is_(None),
        _message.c.practice_id == bindparam("practice"),
        _message.c.to_phone == bindparam("phone"),
        _message.c.kind == "stranger",
    )
    .limit(1)
)


def answer(connection: Connection, arrival: Arrival, links: Links) -> Received:
    """What a stranger gets: the lines to call if they tell of danger, silence if they ask for it, else one answer."""
    practice_id, phone = arrival.around.row.practice_id, arrival.text.from_phone
    danger = respond(connection, arrival, links)
    supporters = supporter_texts.hear(connection, arrival)
    if supporters is not None:
        return Received([*danger.to_queue, *supporters], danger.safety)
    if "start" in arrival.understood.acts:
        consent.lift_suppression(connection, practice_id, phone)
    if "stop" in arrival.understood.acts:
        consent.suppress(connection, practice_id, phone, "text", arrival.around.now)
        return danger
    if arrival.understood.risk == "explicit" or consent.is_suppressed(connection, practice_id, phone):
        return danger
    if connection.execute(_ANSWERED_BEFORE, {"practice": practice_id, "phone": phone}).first() is not None:
        return danger
    body = unknown_sender(arrival.around.row.practice_name, country_of(phone), arrival.around.situation.locale)
    return Received([*danger.to_queue, outbox.plan(connection, arrival.reply("stranger", body))])
