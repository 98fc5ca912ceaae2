"""The events that AWS hands to the functions: files of `tests/events`, filled in and signed as Twilio signs them."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from twilio.request_validator import RequestValidator

from coach_portal.core.config import Settings

EVENTS = Path(__file__).parent / "events"


def event(name: str) -> dict[str, Any]:
    """An event as AWS sends it."""
    return json.loads((EVENTS / f"{name}.json").read_text())


def sms(settings: Settings, **fields: str | None) -> dict[str, Any]:
    """A signed inbound text; `fields` replace those of the form, None leaves one out."""
    return signed(event("sms"), settings, fields)


def status(settings: Settings, sid: str, word: str, *, message: int | None = None, error: str = "") -> dict[str, Any]:
    """A signed delivery report."""
    report = event("status")
    report["rawQueryString"] = "" if message is None else f"message={message}"
    return signed(report, settings, {"MessageSid": sid, "MessageStatus": word, "ErrorCode": error})


def signed(given: dict[str, Any], settings: Settings, fields: dict[str, str | None]) -> dict[str, Any]:
    """The event with these fields, signed with the account's token."""
    form = {**dict(parse_qsl(given["body"], keep_blank_values=True)), **fields}
    form = {name: value for name, value in form.items() if value is not None}
    query = f"?{given['rawQueryString']}" if given["rawQueryString"] else ""
    url = settings.webhook_url + given["rawPath"] + query
    signature = RequestValidator(settings.twilio_auth_token).compute_signature(url, form)
    return {**given, "body": urlencode(form), "headers": {**given["headers"], "x-twilio-signature": signature}}


def call(
    settings: Settings, sid: str, path: str, query: str, *, inbound: bool = False, **told: str | None
) -> dict[str, Any]:
    """A signed word about a call between Ruth and Alice's number, as Twilio posts it; `told` is added to its form."""
    ours, theirs = "+16175550100", "+16175550111"
    sides = {"From": theirs, "To": ours} if inbound else {"From": ours, "To": theirs}
    form: dict[str, str | None] = {
        "CallSid": sid,
        "AccountSid": settings.twilio_account_sid,
        "ApiVersion": "2010-04-01",
        "CallStatus": "in-progress",
        "Direction": "inbound" if inbound else "outbound-api",
        "Caller": sides["From"],
        "Called": sides["To"],
        **sides,
        **told,
    }
    posted = {**event("status"), "routeKey": f"POST {path}", "rawPath": path, "rawQueryString": query, "body": ""}
    return signed(posted, settings, form)
