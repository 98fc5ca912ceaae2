"""Our side of the world: the functions, woken as AWS wakes them, by workers that may die."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from coach_portal.core.config import Settings
from coach_portal.core.ports import CallPlacer, Carrier, Clock, EmailSender, KeptText, MessageQueue
from functions import (
    ask_carrier,
    call_status,
    delivery_status,
    keep_records,
    place_calls,
    receive_sms,
    record_inbound,
    schedule_check_ins,
    send_digests,
    send_emails,
    send_messages,
    send_preparations,
    tell_alerts,
    tell_coaches,
    voice,
)
from functions.runtime import Handler, HandlerFailed, Runtime
from infra.simulation.faults import Death, Mishaps
from infra.simulation.timetable import SimulatedClock, Timetable

TICK = timedelta(minutes=5)
"""How often what a schedule wakes is woken here. A real site does it every minute: here things come later."""
WORKS = (
    schedule_check_ins, send_digests, tell_alerts, tell_coaches, send_preparations, send_emails, ask_carrier,
    keep_records,
)  # fmt: skip
AGAIN = 30.0
"""Seconds until a record that failed comes again."""

Tell = Callable[[datetime, str], None]
"""Is told of a happening at its moment."""
Took = Callable[[str], None]
"""Is told the carrier's id of an inbound text that we have now."""


@dataclass(frozen=True)
class SimulatedRuntime(Runtime):
    """A runtime whose carrier and mail server are the world's."""

    queue: MessageQueue
    clock: Clock
    sender: Carrier
    emails: EmailSender
    calls: MessageQueue
    caller: CallPlacer


class Site:
    """Fills `carrier.Functions`, and `ports.InboundBuffer` for the texts that come while the database refuses."""

    def __init__(self, timetable: Timetable, mishaps: Mishaps, every: timedelta, tell: Tell) -> None:
        self.clock = SimulatedClock(timetable)
        self.took: Took = _nobody
        self._timetable, self._mishaps, self._every, self._tell = timetable, mishaps, every, tell
        self._kept: set[str] = set()

    def on_text(self, event: dict[str, Any]) -> str | None:
        """The carrier knocks with a text; None when there was no good answer."""
        answer = self._work(receive_sms.handler, event)
        return answer["body"] if answer and answer["statusCode"] < 300 else None

    def is_kept(self, sid: str) -> bool:
        """Whether a text lies in the buffer, and is not recorded yet."""
        return sid in self._kept

    def on_receipt(self, event: dict[str, Any]) -> None:
        """The carrier knocks with a receipt."""
        self._work(delivery_status.handler, event)

    def send(self, event: dict[str, Any]) -> dict[str, Any] | None:
        """A worker takes records from the send queue; None when it died."""
        return self._work(send_messages.handler, event)

    def on_call(self, event: dict[str, Any]) -> str | None:
        """The carrier asks what is said next on a call; None when there was no good answer."""
        answer = self._work(voice.handler, event)
        return answer["body"] if answer and answer["statusCode"] < 300 else None

    def on_call_report(self, event: dict[str, Any]) -> None:
        """The carrier tells how far a call has come."""
        self._work(call_status.handler, event)

    def place(self, event: dict[str, Any]) -> dict[str, Any] | None:
        """A worker takes records from the queue of calls; None when it died."""
        return self._work(place_calls.handler, event)

    def tick(self) -> None:
        """Whatever a schedule wakes is woken, now and from now on."""
        for function in WORKS:
            self._work(function.handler, {"source": "simulation"})
        if self._timetable.now.minute == 0:
            jumps = self._mishaps.chance(self._mishaps.weather.jump, "clock off")
            self.clock.off = timedelta(seconds=self._mishaps.between(-60, 60)) if jumps else timedelta()
        self._timetable.after(self.tick, seconds=self._every.total_seconds())

    def keep(self, text: KeptText) -> None:
        """Keep a text, and have it recorded soon."""
        self._kept.add(text.sid)
        attributes = {"MessageGroupId": " ".join(text.group)}
        record = {"messageId": text.sid, "body": json.dumps(text.as_json()), "attributes": attributes}
        self._timetable.after(lambda: self._record(text.sid, record), seconds=AGAIN)

    def _record(self, sid: str, record: dict[str, Any]) -> None:
        answer = self._work(record_inbound.handler, {"Records": [record]})
        if answer is None or answer["batchItemFailures"]:
            self._timetable.after(lambda: self._record(sid, record), seconds=AGAIN)
        else:
            self._kept.discard(sid)
            self.took(sid)

    def _work(self, handler: Handler, event: dict[str, Any]) -> dict[str, Any] | None:
        """A worker takes this on; None when it died or broke off."""
        try:
            with self._mishaps.at_work():
                return handler(event, None)
        except (Death, HandlerFailed) as broken:
            self._tell(self._timetable.now, f"{handler.__module__} broke off: {type(broken).__name__}")
            return None


class Mailbox:
    """Fills `ports.EmailSender`: takes every email, when nothing befalls the worker."""

    def __init__(self, mishaps: Mishaps) -> None:
        self._mishaps = mishaps

    def send_email(self, *, to: str, subject: str, body: str, email_id: int) -> None:
        """Take one."""
        self._mishaps.step()

    def forget_email(self, email_id: int) -> None:
        """None is kept."""


def settings_in(folder: Path) -> Settings:
    """Settings of a world that never was."""
    return Settings(
        database_url="",
        secret_key="a secret of a world that never was",  # noqa: S106
        public_url="https://portal.example.com",
        webhook_url="https://hooks.example.com",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="a token of a world that never was",  # noqa: S106
        data_dir=folder,
    )


def _nobody(sid: str) -> None:
    """Nobody wants to know."""
