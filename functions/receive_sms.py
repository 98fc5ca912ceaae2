"""POST /twilio/sms: a client has texted."""

import logging
from typing import Any

from coach_portal.core.db import AWAY
from coach_portal.core.gateways.twiml import empty_response, text_response
from coach_portal.core.ports import KeptText
from coach_portal.core.services.replies.arrival import InboundSms, SafetyAnswer
from coach_portal.core.services.replies.inbound import receive
from coach_portal.core.services.replies.unrecorded import safety_answer_to
from coach_portal.core.services.sending import outbox
from functions.http_event import FORBIDDEN, INCOMPLETE, Answer, Event, form_of, is_from_twilio, storable, twiml
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: Event, context: Any) -> Answer:
    """Verify, record, act; the answer is empty unless it is a safety answer, which may not wait for a queue."""
    wired = runtime()
    form = form_of(event)
    if not is_from_twilio(event, form, wired, our_number="To"):
        log.warning("inbound text refused: signature not accepted")
        return FORBIDDEN
    if not form.keys() >= {"MessageSid", "From", "To"}:
        return INCOMPLETE
    form = storable(form)
    text = InboundSms(form["MessageSid"], form["From"], form["To"], form.get("Body", ""), form)
    try:
        answer = twiml(_record(text, wired))
        _measure(event, wired)
        return answer
    except AWAY as error:
        log.warning("database is away", extra={"sid": text.sid, "error": type(error).__name__})
        return twiml(_keep(text, wired))


def _record(text: InboundSms, wired: Runtime) -> str:
    clock = wired.clock
    received = receive(
        wired.database,
        text,
        clock.now(),
        machine_now=clock.machine_now(),
        links=wired.links,
    )
    outbox.queue_now(wired.queue, received.to_queue)
    log.info("inbound text", extra={"sid": text.sid, "queued": received.to_queue, "safety": bool(received.safety)})
    return _spoken(received.safety, wired)


def _measure(event: Event, wired: Runtime) -> None:
    """How long after it came to our door a text was recorded."""
    came = event["requestContext"].get("timeEpoch")
    if came is not None and wired.metrics.are_read:
        now = wired.clock.machine_now()
        wired.metrics.write(now, InboundSeconds=now.timestamp() - came / 1000)


def _keep(text: InboundSms, wired: Runtime) -> str:
    """Without the database: the lines to call if it tells of danger, and the text kept until it can be recorded."""
    now = wired.clock.machine_now()
    spoken = safety_answer_to(text, now)
    try:
        wired.buffer.keep(KeptText(text.params, now, spoken))
    except Exception as error:
        log.exception("text not kept", extra={"sid": text.sid, "error": type(error).__name__})
        if spoken is None:
            raise  # the carrier tries again on a 5xx
    log.info("inbound text kept", extra={"sid": text.sid, "safety": spoken is not None})
    return text_response(spoken, f"{wired.settings.webhook_url}/twilio/status") if spoken else empty_response()


def _spoken(safety: SafetyAnswer | None, wired: Runtime) -> str:
    if safety is None:
        return empty_response()
    callback = f"{wired.settings.webhook_url}/twilio/status?message={safety.message_id}"
    return text_response(safety.body, callback)
