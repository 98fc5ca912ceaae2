"""The make-believe carrier's phones, as it shows them, and its clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import urllib3

from coach_portal.core.errors import CoachPortalError

PATIENCE = 20
"""Seconds: a text waits for the practice's webhook."""


class CarrierAway(CoachPortalError):
    """The carrier does not answer."""

    code = "carrier_away"


class NotTaken(CoachPortalError):
    """The carrier does not take this text; the message says why."""

    code = "not_taken"


@dataclass(frozen=True, slots=True)
class Text:
    """One text on a phone. `is_mine` when its owner wrote it; `practice` is the other side's number."""

    is_mine: bool
    practice: str
    body: str
    at: datetime
    arrived: bool
    media: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One call on a phone. `lines` are what was said, each with who said it (practice, phone, line); `keys` and `hears`
    tell what it waits for, `records` whether that is a message after the tone."""

    sid: str
    practice: str
    is_mine: bool
    at: datetime
    status: str
    lines: Sequence[tuple[str, str]]
    keys: bool = False
    hears: bool = False
    records: bool = False

    @property
    def rings(self) -> bool:
        """Whether nobody has taken it yet."""
        return self.status in {"queued", "ringing"}

    @property
    def is_live(self) -> bool:
        """Whether it is not over."""
        return self.rings or self.status == "in-progress"


@dataclass(frozen=True, slots=True)
class Handset:
    """One phone: the practices' numbers it blocked, and its last texts and calls, oldest first."""

    blocked: Sequence[str]
    texts: Sequence[Text]
    calls: Sequence[Call] = ()


class CarrierPhones:
    """Talks to the carrier's own door, which has no password."""

    def __init__(self, url: str):
        self._url = url
        self._pool = urllib3.PoolManager(maxsize=8, retries=False, timeout=PATIENCE)

    def all(self) -> dict[str, Handset]:
        """Every phone that ever sent or got a text, by its number."""
        phones = self._ask("GET", "/phones.json")["phones"]
        return {
            phone["phone"]: Handset(
                phone["blocked"], [_text(text) for text in phone["texts"]], [_call(call) for call in phone["calls"]]
            )
            for phone in phones
        }

    def text(self, phone: str, practice: str, body: str, photo: str = "") -> None:
        """This phone texts the practice, with a photo of the carrier's or none. Raises NotTaken."""
        self._ask("POST", f"/phones/{phone}/text", {"to": practice, "body": body, "photo": photo})

    def call(self, phone: str, act: str, **told: str) -> None:
        """Whoever holds this phone dials, answers, speaks, presses a key or hangs up. Raises NotTaken."""
        self._ask("POST", f"/phones/{phone}/call", {"act": act, **told})

    def set_clock(self, now: datetime) -> None:
        """Have texts dated from this moment on."""
        self._ask("POST", "/clock", {"now": now.isoformat()})

    def _ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        try:
            answer = self._pool.request(method, self._url + path, json=body)
        except urllib3.exceptions.HTTPError as error:
            raise CarrierAway("The make-believe carrier does not answer. Stop the demo and start it again.") from error
        content = answer.json()
        if answer.status >= 400:
            raise NotTaken(content.get("message") or content.get("error") or "The carrier did not take this.")
        return content


def _text(text: Mapping[str, Any]) -> Text:
    arrived = text["status"] not in {"failed", "undelivered"} and text["reached_practice"] is not False
    at = datetime.fromisoformat(text["at"])
    return Text(text["by"] == "phone", text["practice"], text["body"], at, arrived, text["media"])


def _call(call: Mapping[str, Any]) -> Call:
    lines = [(line["by"], line["words"]) for line in call["lines"]]
    at, is_mine = datetime.fromisoformat(call["at"]), call["by"] == "phone"
    waits = (call["keys"], call["hears"], call["records"])
    return Call(call["sid"], call["practice"], is_mine, at, call["status"], lines, *waits)
