"""The conversation with a client."""

from typing import Any

from coach_portal.core.schemas import MessageOut, ReadingSchema, TextSchema
from coach_portal.core.services import listing
from coach_portal.core.services.listing import Page, Window
from coach_portal.core.services.replies import corrections
from coach_portal.core.services.sending import texts
from coach_portal.web.api.views import Work, creates, lists


@creates("/clients/<int:client_id>/messages", MessageOut, given=TextSchema, tag="Messages")
def text_by_hand(work: Work, data: dict[str, str], client_id: int) -> Any:
    """Text a client

    Only someone who agreed to texts can be written to. Outside their hours the text waits for the morning.
    """
    client = work.client(client_id)
    message_ids = texts.text_by_hand(work.session, work.coach, client, data["body"], work.now)
    work.outbox.put(message_ids)
    return listing.message_row(work.session, client, message_ids[0])


@lists("/clients/<int:client_id>/messages", MessageOut, tag="Messages")
def list_messages(work: Work, window: Window, client_id: int) -> Page:
    """The texts to and from a client, the newest first"""
    return listing.messages(work.session, work.client(client_id), window)


@creates("/clients/<int:client_id>/messages/<int:message_id>/reading", MessageOut, given=ReadingSchema, tag="Messages")
def correct_reading(work: Work, data: dict[str, Any], client_id: int, message_id: int) -> Any:
    """Say what a client's text reports

    It takes the place of what we had understood, all of it: what is left out was not reported. Wins and misses are
    recorded anew, and the client's words are learnt. Sending what we had understood confirms it.
    """
    client, message = corrections.text_of(work.session, work.coach, client_id, message_id, to_change=True)
    corrections.correct(work.session, work.coach, client, message, data, work.now)
    work.session.flush()
    return listing.message_row(work.session, client, message_id)
