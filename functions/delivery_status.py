"""POST /twilio/status: the carrier reports what became of a text."""

import logging
from typing import Any

from coach_portal.core.ports import CarrierText
from coach_portal.core.services.sending import delivery
from functions.http_event import EMPTY, FORBIDDEN, INCOMPLETE, Answer, Event, form_of, is_from_twilio, query_of
from functions.runtime import entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: Event, context: Any) -> Answer:
    """Take the report in. A report of a message we do not know is no fault of the carrier's: it gets its 204 too."""
    wired = runtime()
    form = form_of(event)
    if not is_from_twilio(event, form, wired, our_number="From"):
        log.warning("status report refused: signature not accepted")
        return FORBIDDEN
    if "MessageSid" not in form:
        return INCOMPLETE
    report = CarrierText(form["MessageSid"], form.get("MessageStatus", ""), None, form.get("ErrorCode") or None)
    ours = query_of(event).get("message", "")[:18]  # no id has more digits
    with wired.database.transaction() as connection:
        number = None if form["AccountSid"] == wired.settings.twilio_account_sid else form["From"]
        message_id = delivery.find(connection, report.sid, int(ours) if ours.isdecimal() else None, number)
        moved = message_id is not None and delivery.record_report(connection, message_id, report, wired.clock.now())
    log.info("status report", extra={"message_id": message_id, "status": report.status, "moved": moved})
    return EMPTY
