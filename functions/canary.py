"""Every minute, in AWS: see that a text about danger reaches a coach, by sending one each quarter of an hour."""

import logging
from datetime import datetime
from typing import Any
from uuid import uuid4

from coach_portal.core.gateways import own_webhooks
from coach_portal.core.services.alerting import canary
from coach_portal.core.services.alerting.canary import Flight
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """See what came of the last text, and send the next if it is time; answers how many of each."""
    wired = runtime()
    now = wired.clock.machine_now()
    with wired.database.statement() as connection:
        flight = canary.last_flight(connection)
    did = {"landed": 0, "sent": 0}
    if flight is not None and flight.in_the_air:
        did["landed"] = _look(flight, wired, now)
    elif canary.is_due(flight, now):
        did["sent"] = _send(wired, now)
    return did


def _look(flight: Flight, wired: Runtime, now: datetime) -> int:
    """Once the coach has been told, or it is too late for that, write it down and close the alert."""
    if flight.told_at is None and now - flight.began_at < canary.LOST_AFTER:
        return 0
    with wired.database.session() as session:
        canary.land(session, flight, now)
    figures: dict[str, float] = {"CanaryLost": 1}
    if flight.told_at is not None:
        figures = {"CanaryReached": 1, "CanarySeconds": (flight.told_at - flight.began_at).total_seconds()}
    wired.metrics.write(now, **figures)
    log.info("canary landed", extra={"alert": flight.alert_id, "reached": flight.told_at is not None})
    return 1


def _send(wired: Runtime, now: datetime) -> int:
    """Text as a stranger in danger would, and be the phone that gets the lines to call."""
    settings = wired.settings
    sid, phone = f"SM{uuid4().hex}", canary.phone_at(now)
    text = {
        "AccountSid": settings.twilio_account_sid,
        "MessageSid": sid,
        "From": phone,
        "To": canary.NUMBER,
        "Body": canary.BODY,
    }
    try:
        answer = own_webhooks.post(f"{settings.webhook_url}/twilio/sms", text, settings.twilio_auth_token)
        callback = own_webhooks.callback_in(answer)
        if callback is None:
            log.error("the canary was given no lines to call", extra={"sid": sid})
            return 1
        receipt = {**text, "MessageSid": f"SM{uuid4().hex}", "From": canary.NUMBER, "To": phone}
        receipt |= {"Body": "", "MessageStatus": "delivered"}
        own_webhooks.post(callback, receipt, settings.twilio_auth_token)
    except own_webhooks.NotTaken as error:
        log.error("the canary could not text", extra={"sid": sid, "code": str(error)})
        return 0
    return 1
