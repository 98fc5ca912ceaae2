"""Texts from numbers that are nobody's: recorded, answered politely once, never attached to a client."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from coach_portal.core.models import tables
from coach_portal.core.rules.links import Links
from coach_portal.core.rules.phone import country_of
from coach_portal.core.rules.texts.consents import unknown_sender
from coach_portal.core.rules.texts.letters import confirm_by_link
from coach_portal.core.services.alerting.safety import respond
from coach_portal.core.services.people import consent, supporter_texts
from coach_portal.core.services.replies.arrival import Arrival, Received
from coach_portal.core.services.sending import outbox

_message = tables.message

EVER = datetime(2000, 1, 1, tzinfo=UTC)
TOLD_FOR = timedelta(hours=24)
"""How long a text from a phone that was told of danger is taken for an answer to that."""
HINTED_FOR = timedelta(hours=1)
"""How long such a phone is not told again how to confirm: two machines that answer each other would never end."""

_SENT_SINCE = (
    select(_message.c.id)
    .where(
        _message.c.client_id.is_(None),
        _message.c.practice_id == bindparam("practice"),
        _message.c.to_phone == bindparam("phone"),
        _message.c.kind == bindparam("its_kind"),
        _message.c.created_at > bindparam("since"),
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
    now = arrival.around.now
    told = _was_sent(connection, arrival, "coach_alert", now - TOLD_FOR)
    if _was_sent(connection, arrival, "stranger", now - HINTED_FOR if told else EVER):
        return danger
    row, locale = arrival.around.row, arrival.around.situation.locale
    body = confirm_by_link(locale) if told else unknown_sender(row.practice_name, country_of(phone), locale)
    return Received([*danger.to_queue, outbox.plan(connection, arrival.reply("stranger", body))])


def _was_sent(connection: Connection, arrival: Arrival, kind: str, since: datetime) -> bool:
    """Whether this phone, which is no client's, was sent a text of this kind."""
    about = {"practice": arrival.around.row.practice_id, "phone": arrival.text.from_phone}
    return connection.execute(_SENT_SINCE, {**about, "its_kind": kind, "since": since}).first() is not None
