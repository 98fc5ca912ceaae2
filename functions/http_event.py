"""HTTP events as API Gateway sends them (payload format 2.0), and Twilio's signature on them."""

import base64
from typing import Any
from urllib.parse import parse_qsl

from coach_portal.core.gateways.twilio_signature import is_genuine
from functions.runtime import Runtime

Event = dict[str, Any]
Answer = dict[str, Any]

FORBIDDEN: Answer = {"statusCode": 403, "headers": {"content-type": "text/plain"}, "body": "Signature not accepted.\n"}
INCOMPLETE: Answer = {"statusCode": 400, "headers": {"content-type": "text/plain"}, "body": "A field is missing.\n"}
EMPTY: Answer = {"statusCode": 204, "headers": {}, "body": ""}


def form_of(event: Event) -> dict[str, str]:
    """The posted form as it was signed: blank fields kept. One with more fields than the carrier sends is no form."""
    body = event.get("body") or ""
    if event.get("isBase64Encoded"):
        body = base64.b64decode(body).decode("utf-8", "replace")
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=200))
    except ValueError:
        return {}


def storable(form: dict[str, str]) -> dict[str, str]:
    """The form without NULs, which no text in a database can hold."""
    return {name: value.replace("\0", "") for name, value in form.items()}


def query_of(event: Event) -> dict[str, str]:
    """The query's parameters."""
    return dict(parse_qsl(event.get("rawQueryString") or ""))


def is_from_twilio(event: Event, form: dict[str, str], wired: Runtime, *, our_number: str) -> bool:
    """Whether the account it names signed this request: ours, or a practice's own speaking of that practice's number.

    `our_number` names the field that holds the practice's number. Nothing is read from the database to say no to a
    forger, but once a minute which accounts there are.
    """
    token = _token_for(form.get("AccountSid", ""), form.get(our_number, ""), wired)
    if token is None:
        return False
    query = event.get("rawQueryString")
    url = wired.settings.webhook_url + event["rawPath"] + (f"?{query}" if query else "")
    signature = (event.get("headers") or {}).get("x-twilio-signature")
    return is_genuine(url, form, signature, [token])


def _token_for(account_sid: str, number: str, wired: Runtime) -> str | None:
    if account_sid == wired.settings.twilio_account_sid:
        return wired.settings.twilio_auth_token
    # Whoever holds one account's token may not speak for another practice's number.
    return wired.accounts.token(account_sid) if number in wired.accounts.numbers(account_sid) else None


def twiml(body: str) -> Answer:
    """An answer in Twilio's markup."""
    return {"statusCode": 200, "headers": {"content-type": "text/xml; charset=utf-8"}, "body": body}
