"""A text as the carrier keeps it, as Twilio's API shows it, and as a phone shows it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from uuid import uuid4

from coach_portal.core.rules.sms_text import segments

API_VERSION = "2010-04-01"
INBOUND = "inbound"
A_SEGMENT, A_SEGMENT_IN = 0.0118, 0.0083
"""US dollars."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text. Moments are seconds since 1970; `callback` is where its delivery states are posted ("" for nowhere).

    `fate` is the error code its delivery will end with. `answered` is the HTTP status of the practice's webhook for an
    inbound text, None when the webhook was not reached. `media` is where the picture that goes
    along is found. The fields stand in the order of the table's columns.
    """

    id: int
    sid: str
    direction: str
    sender: str
    recipient: str
    body: str
    status: str
    error_code: int | None
    fate: int | None
    created: float
    sent: float | None
    updated: float
    callback: str
    answered: int | None
    media: str
    phone: str

    @property
    def inbound(self) -> bool:
        """Whether a phone wrote it."""
        return self.direction == INBOUND

    @property
    def practice(self) -> str:
        """The practice's number, whichever way the text went."""
        return self.recipient if self.inbound else self.sender

    @property
    def segments(self) -> int:
        """How many segments it travels in."""
        return segments(self.body).count


def new_sid(kind: str = "SM") -> str:
    """A message SID such as Twilio's, which begin with MM where a picture goes along."""
    return f"{kind}{uuid4().hex}"


def as_resource(text: Text, account_sid: str) -> dict[str, object]:
    """The Message resource (`api.v2010.account.message` in Twilio's OpenAPI)."""
    path = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{text.sid}"
    return {
        "account_sid": account_sid,
        "api_version": API_VERSION,
        "body": text.body,
        "date_created": _rfc2822(text.created),
        "date_sent": None if text.sent is None else _rfc2822(text.sent),
        "date_updated": _rfc2822(text.updated),
        "direction": text.direction,
        "error_code": text.error_code,
        "error_message": None,
        "from": text.sender,
        "messaging_service_sid": None,
        "num_media": "1" if text.media else "0",
        "num_segments": str(text.segments),
        "price": _price(text),
        "price_unit": "USD",
        "sid": text.sid,
        "status": text.status,
        "subresource_uris": {"media": f"{path}/Media.json"},
        "to": text.recipient,
        "uri": f"{path}.json",
    }


def _price(text: Text) -> str | None:
    """As Twilio writes it, and like there not before the text is where it goes."""
    if text.status not in {"delivered", "undelivered", "received"}:
        return None
    return f"-{text.segments * (A_SEGMENT_IN if text.inbound else A_SEGMENT):.5f}"


def as_seen(text: Text) -> dict[str, object]:
    """The text on its phone: who wrote it, to or from which of the practice's numbers, and how far it got."""
    return {
        "sid": text.sid,
        "by": "phone" if text.inbound else "practice",
        "practice": text.practice,
        "body": text.body,
        "media": text.media,
        "at": datetime.fromtimestamp(text.created, UTC).isoformat(timespec="milliseconds"),
        "status": text.status,
        "error_code": text.error_code,
        "segments": text.segments,
        "reached_practice": text.answered is not None and text.answered < 300 if text.inbound else None,
    }


def _rfc2822(moment: float) -> str:
    return format_datetime(datetime.fromtimestamp(int(moment), UTC))
