"""The world's calls: placed, rung, taken or not, and talked through turn by turn, with the troubles that texts have.

What is handed over stands in the carrier's one book, beside the texts.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit
from xml.etree import ElementTree

from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.ports import CarrierCall
from infra.simulation.carrier import TOO_FAST, Handed
from infra.simulation.faults import Mishaps
from infra.simulation.timetable import Timetable
from infra.simulation.webhooks import Webhooks

TRIES = 3
"""How often the carrier asks the webhook of a call that gives no good answer, as docs/aws.md sets it up."""
TALKS_FOR = 8.0
"""Seconds between two turns."""
MACHINE = "machine_start"


class Holders(Protocol):
    """Whoever holds the phones."""

    def pick_up(self, phone: str) -> str:
        """What becomes of a call that rings: "human", "machine", "busy" or "no-answer"."""

    def reply(self, call: Handed, said: str) -> dict[str, str] | None:
        """What they say or press after these words, as the carrier posts it; None hangs up."""

    def understood(self, call: Handed, told: dict[str, str], answer: str | None) -> None:
        """What was said to that; None when the line broke."""


class Doors(Protocol):
    """The doors that the carrier knocks at for calls."""

    def on_call(self, event: dict[str, Any]) -> str | None:
        """What is said next; None when there was no good answer."""

    def on_call_report(self, event: dict[str, Any]) -> None:
        """How far a call has come."""


@dataclass
class SimulatedCalls:
    """Fills `ports.CallPlacer` with one account for all. `late` are after how many seconds copies of a report come."""

    timetable: Timetable
    mishaps: Mishaps
    webhooks: Webhooks
    holders: Holders
    doors: Doors
    book: list[Handed]
    late: Callable[[str], list[float]]
    tell: Callable[[datetime, str], None]

    def of(self, account_sid: str | None) -> "SimulatedCalls":
        """There is one account."""
        return self

    def place_call(self, *, to: str, from_: str, message_id: int, await_beep: bool) -> CarrierCall:
        """Take a call, refuse it, or break off before or after taking it."""
        self.mishaps.step()
        call = Handed(self.timetable.now, from_, to, "", message_id, aloud=True)
        self.book.append(call)
        trouble = self.mishaps.weather.trouble
        if self.mishaps.chance(trouble / 4, "too many calls"):
            call.refused = TOO_FAST
            raise CarrierError(TOO_FAST, "too many requests", permanent=False)
        if self.mishaps.chance(trouble / 4, "request lost before calling"):
            call.refused = "lost"
            raise CarrierOutcomeUnknown("no answer")
        breaks_off = self.mishaps.chance(trouble / 2, "answer lost after calling")
        call.sid = f"CA{len(self.book):032x}"
        self.tell(call.at, f"{from_} calls {to} (message {message_id})")
        self.timetable.after(lambda: self._ring(call), seconds=2)
        self.mishaps.step()
        if breaks_off:
            raise CarrierOutcomeUnknown("the answer was lost")
        return _known(call)

    def find_call(self, *, to: str, from_: str, since: datetime, not_among: Collection[str] = ()) -> CarrierCall | None:
        """The first such call."""
        self._may_be_away()
        calls = (each for each in self.book if each.aloud and each.sid and each.sid not in not_among)
        found = (call for call in calls if (call.to, call.from_) == (to, from_) and call.at >= since)
        return next((_known(call) for call in found), None)

    def look_up(self, sid: str) -> CarrierCall | None:
        """One call by its id."""
        self._may_be_away()
        return next((_known(call) for call in self.book if call.sid == sid), None)

    def _ring(self, call: Handed) -> None:
        self._move(call, "ringing")
        self.timetable.after(lambda: self._be_taken(call), seconds=self.mishaps.between(5, 20))

    def _be_taken(self, call: Handed) -> None:
        by = self.holders.pick_up(call.to)
        if by in {"busy", "no-answer"}:
            self._move(call, by)
            return
        self._move(call, "in-progress")
        who = MACHINE if by == "machine" else by
        self._turn(call, f"step=answered&message={call.message_id}", {"AnsweredBy": who})

    def _turn(self, call: Handed, query: str, told: dict[str, str]) -> None:
        """One turn: the webhook is told, its answer heard, and the next one follows."""
        answer = self._ask(call, query, told)
        response = None if answer is None else ElementTree.fromstring(answer)  # noqa: S314  # nosec B314 # our own
        said = "" if response is None else " ".join(say.text or "" for say in response.iter("Say"))
        self.holders.understood(call, told, None if response is None else said)
        call.body += f" {said}"
        gather = None if response is None else response.find("Gather")
        reply = None
        if gather is not None and told.get("AnsweredBy") != MACHINE:
            reply = self.holders.reply(call, said)
        if gather is None or reply is None:
            self._move(call, "completed")
            return
        following = urlsplit(gather.get("action", "")).query
        self.timetable.after(lambda: self._turn(call, following, reply), seconds=TALKS_FOR)

    def _ask(self, call: Handed, query: str, told: dict[str, str]) -> str | None:
        for _ in range(TRIES):
            answer = self.doors.on_call(self.webhooks.call(call.sid, call.from_, call.to, query, told))
            if answer is not None:
                return answer
        return None

    def _move(self, call: Handed, status: str) -> None:
        call.status = status
        for seconds in self.late("call report"):
            self.timetable.after(lambda: self._report(call, status), seconds=seconds)

    def _report(self, call: Handed, status: str) -> None:
        self.doors.on_call_report(self.webhooks.call_report(call.sid, call.from_, call.to, status, call.message_id))

    def _may_be_away(self) -> None:
        self.mishaps.step()
        if self.mishaps.chance(self.mishaps.weather.trouble, "question about a call not answered"):
            raise CarrierOutcomeUnknown("no answer")


def _known(call: Handed) -> CarrierCall:
    price, currency = (call.price_micros, "USD") if call.status == "completed" else (None, None)
    return CarrierCall(call.sid, call.status, price_micros=price, currency=currency)
