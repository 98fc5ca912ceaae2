"""POST /twilio/voice/status: the carrier reports how far a call has come."""

import logging
from typing import Any

from coach_portal.core.ports import CarrierCall
from coach_portal.core.services.calls import receipts
from coach_portal.core.services.sending import delivery, outbox
from functions.http_event import EMPTY, FORBIDDEN, INCOMPLETE, Answer, Event, form_of, is_from_twilio, query_of
from functions.runtime import entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: Event, context: Any) -> Answer:
    """Take the report in. A report of a call we do not know is no fault of the carrier's: it gets its 204 too."""
    wired = runtime()
    form = form_of(event)
    if not is_from_twilio(event, form, wired, our_number="From"):
        log.warning("call report refused: signature not accepted")
        return FORBIDDEN
    if "CallSid" not in form:
        return INCOMPLETE
    report = _report(form)
    ours = query_of(event).get("message", "")[:18]  # no id has more digits
    texts: list[int] = []
    with wired.database.transaction() as connection:
        number = None if form["AccountSid"] == wired.settings.twilio_account_sid else form["From"]
        message_id = delivery.find(
            connection, report.sid, int(ours) if ours.isdecimal() else None, number, channel="call"
        )
        if message_id is not None:
            texts = receipts.record_report(connection, message_id, report, wired.clock.now())
    outbox.queue_now(wired.queue, texts)
    log.info("call report", extra={"message_id": message_id, "status": report.status, "texts": texts})
    return EMPTY


def _report(form: dict[str, str]) -> CarrierCall:
    seconds = form.get("CallDuration", "")
    return CarrierCall(
        form["CallSid"],
        form.get("CallStatus", ""),
        int(seconds) if seconds.isdecimal() else None,
        form.get("AnsweredBy") or None,
        form.get("ErrorCode") or None,
    )
