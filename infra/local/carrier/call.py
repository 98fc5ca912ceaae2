"""A call as the carrier keeps it, as Twilio's API shows it, and as a phone shows it."""

import io
import math
import wave
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from uuid import uuid4
from xml.etree.ElementTree import Element

from infra.local.carrier.texts import API_VERSION, INBOUND

LIVE = frozenset({"queued", "ringing", "in-progress"})
A_MINUTE = 0.014
"""US dollars."""


@dataclass
class Call:
    """One call. `phone` is the client's, `practice` the practice's number, whichever way it went.

    `lines` are what was said so far: who ("practice", "phone", "line" for a tone) and the words. `rest` are the verbs
    still to be played, `gather` and `record` the one that waits for whoever holds the phone.
    """

    phone: str
    practice: str
    direction: str
    url: str
    callback: str = ""
    events: tuple[str, ...] = ()
    detects: str = ""
    ring_for: float = 60.0
    created: float = 0.0
    sid: str = field(default_factory=lambda: f"CA{uuid4().hex}")
    status: str = "queued"
    started: float | None = None
    ended: float | None = None
    answered_by: str | None = None
    lines: list[tuple[str, str]] = field(default_factory=list)
    rest: list[Element] = field(default_factory=list)
    gather: Element | None = None
    record: Element | None = None
    sequence: int = 0

    @property
    def inbound(self) -> bool:
        """Whether a phone began it."""
        return self.direction == INBOUND

    @property
    def seconds(self) -> int:
        """How long it lasted."""
        return round(self.ended - self.started) if self.started is not None and self.ended is not None else 0


@dataclass(slots=True)
class Recording:
    """What was recorded on a call: the words stand for the sound. `transcript_sid` is empty where none was asked for,
    or it was deleted; `is_kept` until the recording itself was."""

    sid: str
    call_sid: str
    words: str
    seconds: int
    at: float
    transcript_sid: str = ""
    is_kept: bool = True


def as_resource(call: Call, account_sid: str) -> dict[str, object]:
    """The Call resource (`api.v2010.account.call` in Twilio's OpenAPI)."""
    path = f"/{API_VERSION}/Accounts/{account_sid}/Calls/{call.sid}"
    to, sender = (call.practice, call.phone) if call.inbound else (call.phone, call.practice)
    is_over = call.status not in LIVE
    minutes = max(1, -(-call.seconds // 60))
    return {
        "account_sid": account_sid,
        "answered_by": call.answered_by,
        "api_version": API_VERSION,
        "caller_name": None,
        "date_created": _rfc2822(call.created),
        "date_updated": _rfc2822(call.ended or call.started or call.created),
        "direction": call.direction,
        "duration": str(call.seconds) if is_over else None,
        "end_time": _rfc2822(call.ended) if call.ended is not None else None,
        "forwarded_from": None,
        "from": sender,
        "from_formatted": sender,
        "group_sid": None,
        "parent_call_sid": None,
        "phone_number_sid": None,
        "price": f"-{minutes * A_MINUTE:.5f}" if call.status == "completed" else None,
        "price_unit": "USD",
        "queue_time": "0",
        "sid": call.sid,
        "start_time": _rfc2822(call.started) if call.started is not None else None,
        "status": call.status,
        "subresource_uris": {"recordings": f"{path}/Recordings.json"},
        "to": to,
        "to_formatted": to,
        "trunk_sid": None,
        "uri": f"{path}.json",
    }


def as_seen(call: Call) -> dict[str, object]:
    """The call on its phone: what was said, and what it waits for."""
    listens = call.gather.get("input", "dtmf") if call.gather is not None else ""
    return {
        "sid": call.sid,
        "practice": call.practice,
        "by": "phone" if call.inbound else "practice",
        "at": datetime.fromtimestamp(call.created, UTC).isoformat(timespec="milliseconds"),
        "status": call.status,
        "lines": [{"by": who, "words": words} for who, words in call.lines],
        "keys": "dtmf" in listens or call.record is not None,
        "hears": "speech" in listens or call.record is not None,
        "records": call.record is not None,
    }


def sound(recording: Recording) -> bytes:
    """A quiet tone as long as the words would take: this carrier has no voice."""
    rate, out = 8000, io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(rate)
        swing = (128 + 12 * math.sin(2 * math.pi * 330 * n / rate) for n in range(rate * recording.seconds))
        file.writeframes(bytes(int(level) for level in swing))
    return out.getvalue()


def _rfc2822(moment: float) -> str:
    return format_datetime(datetime.fromtimestamp(int(moment), UTC))
