"""HTTP events as API Gateway sends them (payload format 2.0), and Twilio's signature on them."""

import base64
from typing import Any
from urllib.parse import parse_qsl

from coach_portal.core.config import Settings
from coach_portal.core.gateways.twilio_signature import is_genuine

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


def is_from_twilio(event: Event, form: dict[str, str], settings: Settings) -> bool:
    """Whether our account signed this request. Nothing is read from the database to say no."""
    if form.get("AccountSid") != settings.twilio_account_sid:
        return False
    query = event.get("rawQueryString")
    url = settings.webhook_url + event["rawPath"] + (f"?{query}" if query else "")
    signature = (event.get("headers") or {}).get("x-twilio-signature")
    return is_genuine(url, form, signature, [settings.twilio_auth_token])


def twiml(body: str) -> Answer:
    """An answer in Twilio's markup."""
    return {"statusCode": 200, "headers": {"content-type": "text/xml; charset=utf-8"}, "body": body}
