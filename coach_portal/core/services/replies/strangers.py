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
from coach_portal.core.services.reaching import answering
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
    """What a stranger gets: the lines to call if they tell of danger, silence if they ask for it, else one answer.

    A coach who answers a client from their own phone, naming them by their code, is no stranger.
    """
    passed_on = answering.hear(connection, arrival)
    if passed_on is not None:
        return Received(passed_on)
    danger = respond(connection, arrival, links)
    return Received([*danger.to_queue, *_said(connection, arrival)], danger.safety)


def _said(connection: Connection, arrival: Arrival) -> list[int]:
    """The one answer beside the lines to call, if there is any."""
    practice_id, phone, acts = arrival.around.row.practice_id, arrival.text.from_phone, arrival.understood.acts
    supporters = supporter_texts.hear(connection, arrival)
    if supporters is not None:
        return supporters
    if "start" in acts:
        consent.lift_suppression(connection, practice_id, phone)
    if "stop" in acts:
        consent.suppress(connection, practice_id, phone, "text", arrival.around.now)
    is_grave = arrival.understood.risk == "explicit"
    if "stop" in acts or is_grave or consent.is_suppressed(connection, practice_id, phone):
        return []
    hint = answering.hint(connection, arrival)
    return _polite(connection, arrival) if hint is None else hint


def _polite(connection: Connection, arrival: Arrival) -> list[int]:
    now, phone = arrival.around.now, arrival.text.from_phone
    told = _was_sent(connection, arrival, "coach_alert", now - TOLD_FOR)
    if _was_sent(connection, arrival, "stranger", now - HINTED_FOR if told else EVER):
        return []
    row, locale = arrival.around.row, arrival.around.situation.locale
    body = confirm_by_link(locale) if told else unknown_sender(row.practice_name, country_of(phone), locale)
    return [outbox.plan(connection, arrival.reply("stranger", body))]


def _was_sent(connection: Connection, arrival: Arrival, kind: str, since: datetime) -> bool:
    """Whether this phone, which is no client's, was sent a text of this kind."""
    about = {"practice": arrival.around.row.practice_id, "phone": arrival.text.from_phone}
    return connection.execute(_SENT_SINCE, {**about, "its_kind": kind, "since": since}).first() is not None
