"""What the carrier will not take, with Twilio's codes.

The magic numbers are those of https://www.twilio.com/docs/iam/test-credentials; they fail with any credentials here.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from coach_portal.core.rules.sms_text import MAX_LENGTH

E164 = re.compile(r"\+[1-9]\d{6,14}")

MAGIC_TO = {
    "+15005550001": 21211,  # invalid
    "+15005550002": 21612,  # no route
    "+15005550003": 21408,  # country not allowed
    "+15005550004": 21610,  # opted out
    "+15005550009": 21614,  # cannot receive texts
}
MAGIC_FROM = {
    "+15005550000": 21212,  # invalid
    "+15005550007": 21606,  # not ours
    "+15005550008": 21611,  # its queue is full
}

_MESSAGES = {
    20001: "Invalid parameter",
    20003: "Authenticate",
    20009: "Cannot delete this resource before it is complete",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "An internal server error has occurred",
    21201: "No 'To' number is specified",
    21205: "Url is not a valid URL",
    21211: "Invalid 'To' Phone Number",
    21212: "Invalid 'From' Phone Number",
    21408: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number",
    21602: "Message body is required.",
    21603: "A 'From' phone number is required.",
    21604: "A 'To' phone number is required.",
    21606: "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination.",
    21609: "The 'StatusCallback' URL is not a valid URL",
    21610: "Attempt to send to unsubscribed recipient",
    21611: "This 'From' number has exceeded the maximum number of queued messages",
    21612: "Message cannot be sent with the current combination of 'To' and 'From' parameters",
    21614: "'To' number is not a valid mobile number",
    21620: "Invalid media URL(s)",
    21617: "The concatenated message body exceeds the 1600 character limit",
}


class Refusal(Exception):
    """The request is turned down with one of Twilio's codes."""

    def __init__(self, code: int, status: int = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(code)
        self.code = code
        self.status = int(status)

    def as_resource(self) -> dict[str, object]:
        """The body of Twilio's error answers, which its OpenAPI does not describe."""
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        return {"code": self.code, "message": _MESSAGES[self.code], "more_info": more, "status": self.status}


def check(form: Mapping[str, str]) -> None:
    """Raise Refusal when Twilio would not take this text: fields To, From, Body, StatusCallback, MediaUrl."""
    to, sender, body = (form.get(name, "").strip() for name in ("To", "From", "Body"))
    if not to:
        raise Refusal(21604)
    if not sender:
        raise Refusal(21603)
    if code := MAGIC_TO.get(to) or MAGIC_FROM.get(sender):
        raise Refusal(code)
    if not E164.fullmatch(to) or to == sender:
        raise Refusal(21211)
    if not E164.fullmatch(sender):
        raise Refusal(21212)
    if not (body or form.get("MediaUrl")):
        raise Refusal(21602)
    if len(form["Body"]) > MAX_LENGTH:
        raise Refusal(21617)
    if not _is_callback(form.get("StatusCallback", "")):
        raise Refusal(21609)
    if not _is_callback(form.get("MediaUrl", "")):
        raise Refusal(21620)


def check_call(form: Mapping[str, str]) -> None:
    """Raise Refusal when Twilio would not place this call: fields To, From, Url, StatusCallback."""
    to, sender, url = (form.get(name, "").strip() for name in ("To", "From", "Url"))
    if not to:
        raise Refusal(21201)
    if code := MAGIC_TO.get(to) or MAGIC_FROM.get(sender):
        raise Refusal(code)
    if not E164.fullmatch(to) or to == sender:
        raise Refusal(21211)
    if not E164.fullmatch(sender):
        raise Refusal(21212)
    if not url or not _is_callback(url):
        raise Refusal(21205)
    if not _is_callback(form.get("StatusCallback", "")):
        raise Refusal(21609)


def _is_callback(url: str) -> bool:
    """None, or a web address whose host has no underscore (Twilio's OpenAPI, StatusCallback)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname or ""
    return not url or (parts.scheme in {"http", "https"} and bool(host) and "_" not in host)
