"""Our own webhooks, called the way Twilio calls them: a signed form, posted to their public address."""

import http.client
import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator

TIMEOUT = 15.0
"""Seconds; Twilio waits no longer either."""
_CALLBACK = re.compile(r'statusCallback="([^"]+)"')


class NotTaken(Exception):
    """The webhook did not take it. The message holds its status or the kind of trouble, never a body."""


def post(url: str, form: Mapping[str, str], token: str) -> str:
    """Post the form, signed with the account's token; answers the body of the answer. Raises NotTaken."""
    at = urlsplit(url)
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": RequestValidator(token).compute_signature(url, dict(form)),
    }
    kind = http.client.HTTPSConnection if at.scheme == "https" else http.client.HTTPConnection
    connection = kind(at.hostname or "", at.port, timeout=TIMEOUT)
    try:
        connection.request("POST", at.path + (f"?{at.query}" if at.query else ""), urlencode(form), headers)
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        raise NotTaken(type(error).__name__) from None
    finally:
        connection.close()
    if answer.status >= 300:
        raise NotTaken(f"http_{answer.status}")
    return body


def callback_in(twiml: str) -> str | None:
    """Where the receipts of the text that is answered here go; None where none is answered."""
    found = _CALLBACK.search(twiml)
    return unescape(found[1]) if found else None
