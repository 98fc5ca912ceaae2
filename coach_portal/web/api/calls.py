"""Calls to a client: agreeing to them, ending them, and hearing a message that was left."""

from typing import Any

from coach_portal.core.schemas import CallsSchema, ClientOut
from coach_portal.core.services import listing
from coach_portal.core.services.calls import agreeing, recordings
from coach_portal.web.api.views import Work, creates, plays


@creates("/clients/<int:client_id>/calls", ClientOut, given=CallsSchema, tag="Calls")
def settle_calls(work: Work, data: dict[str, str], client_id: int) -> Any:
    """Ask a client whether they may be called, write down that they agreed, or end the calls

    Agreeing to texts is not agreeing to calls. `calls` of the client tells where it stands; until it is `granted`, a
    text asks where a schedule wants a call.
    """
    client = work.client(client_id)
    work.outbox.put(agreeing.settle(work.session, work.coach, client, data["how"], work.now))
    return listing.client_row(work.session, work.coach, client_id)


@plays("/clients/<int:client_id>/messages/<int:message_id>/recording", tag="Calls")
def hear_recording(work: Work, client_id: int, message_id: int) -> tuple[str, str]:
    """Hear a message that a client left on a call

    It is fetched from the carrier each time, as WAV, and kept nowhere else.
    """
    found = recordings.one_of(work.session, work.coach, client_id, message_id)
    return found.sid, found.account_sid
