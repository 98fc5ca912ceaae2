"""The world's carrier: takes texts, brings texts, and has its troubles. Its book is what the judge believes."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from xml.etree import ElementTree

from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.ports import CarrierText, KeptText
from coach_portal.core.rules.sms_text import segments
from infra.local.carrier import keywords
from infra.simulation.faults import Mishaps
from infra.simulation.timetable import Timetable
from infra.simulation.webhooks import Webhooks

BLOCKED, TOO_FAST = "21610", "http_429"
HANDSET_OFF = "30003"
PRICE, CALL_PRICE = 8_300, 14_000
"""Millionths of a dollar for a segment, Twilio's and the carriers' part of a text in the USA, and for a call; about."""


@dataclass
class Handed:
    """A text or a call that was handed over. `sid` is empty where it was not taken, and `refused` then says why.

    `spoken` tells that it came as a webhook's own answer, `aloud` that it is a call; its body is all we said on it.
    """

    at: datetime
    from_: str
    to: str
    body: str
    message_id: int
    sid: str = ""
    refused: str = ""
    status: str = "queued"
    spoken: bool = False
    aloud: bool = False
    forgotten: bool = False

    @property
    def is_over(self) -> bool:
        """Whether it is on the phone, or never will be."""
        return self.status in {"delivered", "undelivered"}

    @property
    def price_micros(self) -> int:
        """What it costs."""
        if self.aloud:
            return CALL_PRICE if self.status == "completed" else 0
        return PRICE * segments(self.body).count


@dataclass
class Arrived:
    """A text that somebody sent us. `taken_at` is when we first had recorded it for all we told."""

    at: datetime
    sid: str
    from_: str
    to: str
    body: str
    taken_at: datetime | None = None
    forgotten: bool = False


class Phones(Protocol):
    """Where texts end up."""

    def reach(self, text: Handed) -> None:
        """A text is on somebody's phone."""

    def is_on(self, phone: str) -> bool:
        """Whether texts reach this phone at all today."""


class Functions(Protocol):
    """The doors that the carrier knocks at. The answer to a text is None when it was no good one."""

    def on_text(self, event: dict[str, Any]) -> str | None:
        """A text came in."""

    def is_kept(self, sid: str) -> bool:
        """Whether that text was only kept, to be recorded later."""

    def on_receipt(self, event: dict[str, Any]) -> None:
        """A receipt."""


@dataclass
class SimulatedCarrier:
    """Fills `ports.TextSender` with one account for all. `handed` and `arrived` are its book."""

    timetable: Timetable
    mishaps: Mishaps
    webhooks: Webhooks
    phones: Phones
    functions: Functions
    tell: Callable[[datetime, str], None]
    handed: list[Handed] = field(default_factory=list)
    arrived: list[Arrived] = field(default_factory=list)
    _by_sid: dict[str, Handed] = field(default_factory=dict)
    _arrived: dict[str, Arrived] = field(default_factory=dict)
    _blocks: set[tuple[str, str]] = field(default_factory=set)

    def of(self, account_sid: str | None) -> "SimulatedCarrier":
        """There is one account."""
        return self

    def send_text(
        self,
        *,
        to: str,
        from_: str,
        body: str,
        message_id: int,
        valid_for: int | None = None,
        media_url: str | None = None,
    ) -> CarrierText:
        """Take a text, refuse it, or break off before or after taking it."""
        self.mishaps.step()
        text = Handed(self.timetable.now, from_, to, body, message_id)
        self.handed.append(text)
        self._refuse(text)
        breaks_off = self.mishaps.chance(self.mishaps.weather.trouble / 2, "answer lost after sending")
        self._take(text)
        self.mishaps.step()
        if breaks_off:
            raise CarrierOutcomeUnknown("the answer was lost")
        return _known(text)

    def find_text(
        self, *, to: str, from_: str, body: str, since: datetime, not_among: Collection[str] = ()
    ) -> CarrierText | None:
        """The first such text."""
        self._may_be_away()
        wanted = (to, from_, body)
        for text in self._by_sid.values():
            if (text.to, text.from_, text.body) == wanted and text.at >= since and text.sid not in not_among:
                return _known(text)
        return None

    def look_up(self, sid: str) -> CarrierText | None:
        """One text by its id."""
        self._may_be_away()
        text = self._by_sid.get(sid)
        return None if text is None else _known(text)

    def texts_to(self, phone: str, since: datetime) -> Sequence[KeptText]:
        """What came in to a number, the newest thousand."""
        self._may_be_away()
        found = []
        for text in reversed(self.arrived):
            if text.at <= since:
                break
            if text.to == phone:
                form = {"MessageSid": text.sid, "From": text.from_, "To": text.to, "Body": text.body}
                found.append(KeptText(form, text.at))
        return found

    def forget_text(self, sid: str) -> None:
        """Delete a text, unless it is on its way."""
        self._may_be_away()
        text = self._by_sid.get(sid)
        if text is not None and not text.is_over:
            raise CarrierError("20009", "on its way", permanent=False)
        calls = (each for each in self.handed if each.aloud and each.sid == sid)
        for each in (text, self._arrived.get(sid), *calls):
            if each is not None:
                each.forgotten = True

    def texts_between(self, ours: str, theirs: str) -> Sequence[str]:
        """The ids of what is still here, newest first."""
        self._may_be_away()
        both = {ours, theirs}
        taken = (each for each in self.handed if each.sid and not each.forgotten)
        sent = [each.sid for each in taken if {each.from_, each.to} == both]
        return sent + [each.sid for each in self.arrived if {each.from_, each.to} == both and not each.forgotten]

    def bring(self, sender: str, to: str, body: str) -> Arrived:
        """Somebody texts one of our numbers: the webhook is told, once, twice, late or never."""
        text = Arrived(self.timetable.now, f"SMi{len(self.arrived):031x}", sender, to, body)
        self.arrived.append(text)
        self._arrived[text.sid] = text
        self.tell(text.at, f"{sender} texts {to}: {body}")
        if keywords.is_stop(body):
            self._blocks.add((sender, to))
        elif keywords.is_start(body):
            self._blocks.discard((sender, to))
        for seconds in self.deliveries("webhook"):
            self.timetable.after(lambda: self._knock(text), seconds=seconds)
        return text

    def took(self, sid: str) -> None:
        """What we brought is recorded now: a text, or words said on a call, which are in nobody's list of texts."""
        text = self._arrived.get(sid)
        if text is not None:
            text.taken_at = text.taken_at or self.timetable.now

    def _knock(self, text: Arrived) -> None:
        answer = self.functions.on_text(self.webhooks.text(text.sid, text.from_, text.to, text.body))
        if answer is None:
            return
        if not self.functions.is_kept(text.sid):
            self.took(text.sid)
        for message in ElementTree.fromstring(answer).iter("Message"):  # noqa: S314  # nosec B314 # our own function wrote it
            _, _, number = message.get("statusCallback", "").partition("message=")
            said = "".join(message.itertext())
            spoken = Handed(self.timetable.now, text.to, text.from_, said, int(number or 0), spoken=True)
            self.handed.append(spoken)
            self._take(spoken)

    def _refuse(self, text: Handed) -> None:
        if (text.to, text.from_) in self._blocks:
            text.refused = BLOCKED
            raise CarrierError(BLOCKED, "the phone asked for no more", permanent=True)
        if self.mishaps.chance(self.mishaps.weather.trouble / 4, "too many requests"):
            text.refused = TOO_FAST
            raise CarrierError(TOO_FAST, "too many requests", permanent=False)
        if self.mishaps.chance(self.mishaps.weather.trouble / 4, "call lost before sending"):
            text.refused = "lost"
            raise CarrierOutcomeUnknown("no answer")

    def _take(self, text: Handed) -> None:
        self.tell(text.at, f"{text.from_} texts {text.to} (message {text.message_id}): {text.body}")
        text.sid = f"SM{len(self._by_sid):032x}"
        self._by_sid[text.sid] = text
        self.timetable.after(lambda: self._move(text, "sent"), seconds=1)
        ends = self._end_of(text)
        self.timetable.after(lambda: self._move(text, ends), seconds=self.mishaps.between(2, 8))

    def _end_of(self, text: Handed) -> str:
        fails = self.mishaps.chance(self.mishaps.weather.undelivered, "not delivered")
        return "undelivered" if fails or not self.phones.is_on(text.to) else "delivered"

    def _move(self, text: Handed, status: str) -> None:
        text.status = status
        for seconds in self.deliveries("receipt"):
            self.timetable.after(lambda: self._report(text, status), seconds=seconds)
        if status == "delivered":
            self.phones.reach(text)

    def _report(self, text: Handed, status: str) -> None:
        error = HANDSET_OFF if status == "undelivered" else ""
        self.functions.on_receipt(self.webhooks.receipt(text.sid, status, error, text.message_id, text.from_))

    def deliveries(self, what: str) -> list[float]:
        """After how many seconds each copy of a webhook is on our side."""
        weather, mishaps = self.mishaps.weather, self.mishaps
        if mishaps.chance(weather.lost, f"{what} lost"):
            return []
        late = mishaps.chance(weather.delayed, f"{what} late")
        times = [mishaps.between(60, 2400) if late else 0.3]
        if mishaps.chance(weather.repeated, f"{what} twice"):
            times.append(times[0] + mishaps.between(0, 600))
        return times

    def _may_be_away(self) -> None:
        self.mishaps.step()
        if self.mishaps.chance(self.mishaps.weather.trouble, "question not answered"):
            raise CarrierOutcomeUnknown("no answer")


def _known(text: Handed) -> CarrierText:
    code = HANDSET_OFF if text.status == "undelivered" else None
    price, currency = (text.price_micros, "USD") if text.is_over else (None, None)
    return CarrierText(text.sid, text.status, segments(text.body).count, code, price, currency)
