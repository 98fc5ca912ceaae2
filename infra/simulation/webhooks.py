"""The carrier's webhooks, as the HTTP API hands them to the functions, signed as Twilio signs them."""

from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from coach_portal.core.config import Settings


class Webhooks:
    """Makes the events of one account."""

    def __init__(self, settings: Settings) -> None:
        self._account, self._base = settings.twilio_account_sid, settings.webhook_url
        self._validator = RequestValidator(settings.twilio_auth_token)

    def text(self, sid: str, sender: str, to: str, body: str) -> dict[str, Any]:
        """Somebody texted one of our numbers."""
        return self._event("/twilio/sms", "", {"MessageSid": sid, "From": sender, "To": to, "Body": body})

    def receipt(self, sid: str, status: str, error: str, message: int, sender: str) -> dict[str, Any]:
        """What became of a text of ours."""
        fields = {"MessageSid": sid, "MessageStatus": status, "ErrorCode": error, "From": sender}
        return self._event("/twilio/status", f"message={message}", fields)

    def call(self, sid: str, ours: str, theirs: str, query: str, told: dict[str, str]) -> dict[str, Any]:
        """A turn of a call of ours: it was taken, or something was said or pressed on it."""
        return self._event("/twilio/voice/call", query, {**_sides(sid, ours, theirs), **told})

    def call_report(self, sid: str, ours: str, theirs: str, status: str, message: int) -> dict[str, Any]:
        """How far a call of ours has come."""
        fields = _sides(sid, ours, theirs) | {"CallStatus": status}
        return self._event("/twilio/voice/status", f"message={message}", fields)

    def _event(self, path: str, query: str, fields: dict[str, str]) -> dict[str, Any]:
        form = {"AccountSid": self._account, **fields}
        address = f"{self._base}{path}" + (f"?{query}" if query else "")
        signature = self._validator.compute_signature(address, form)
        return {
            "rawPath": path,
            "rawQueryString": query,
            "headers": {"x-twilio-signature": signature},
            "requestContext": {},
            "body": urlencode(form),
            "isBase64Encoded": False,
        }


def _sides(sid: str, ours: str, theirs: str) -> dict[str, str]:
    return {"CallSid": sid, "From": ours, "To": theirs, "Direction": "outbound-api"}
