"""What EventBridge does in AWS: calls the scheduled functions, again and again."""

import logging
import threading
from collections.abc import Callable

from coach_portal.core.gateways.inbound_folder import FolderBuffer
from functions import (
    ask_carrier,
    fetch_photos,
    keep_records,
    schedule_check_ins,
    send_digests,
    send_emails,
    send_events,
    send_preparations,
    tell_alerts,
    tell_coaches,
)
from functions.runtime import runtime
from infra.local.kept_texts import record_kept

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between ticks. An idle one costs about a millisecond; this is how late a check-in may leave."""
ASK_EVERY = 60.0
"""Seconds between two times the carrier is asked about what is missing."""


class Ticker(threading.Thread):
    """Ticks until told to stop."""

    def __init__(self, stopping: threading.Event):
        super().__init__(name="ticker")
        self._stopping = stopping

    def run(self) -> None:
        """Tick at once, then every few seconds."""
        while True:
            try:
                tick()
            except Exception as error:
                log.exception("tick failed", extra={"error": type(error).__name__})
            if self._stopping.wait(EVERY):
                return


class Beside(threading.Thread):
    """Does something again and again beside the ticker: whatever waits for others must not hold up the check-ins."""

    def __init__(self, stopping: threading.Event, do: Callable[[], object], every: float):
        super().__init__(name=do.__name__)
        self._stopping, self._do, self._every = stopping, do, every

    def run(self) -> None:
        """Do it at once, for what was missed while nothing ran here, then wait a little, and again."""
        while True:
            try:
                self._do()
            except Exception as error:
                log.exception("broke off", extra={"doing": self.name, "error": type(error).__name__})
            if self._stopping.wait(self._every):
                return


def beside(stopping: threading.Event) -> list[threading.Thread]:
    """What runs beside the ticker: the carrier is asked every minute, photos and events have their turn at once."""
    return [Beside(stopping, ask, ASK_EVERY), Beside(stopping, fetch, EVERY), Beside(stopping, post, EVERY)]


def ask() -> dict[str, int]:
    """Ask the carrier once about all that is missing, and have it forget what is to be; answers what was done."""
    asked = ask_carrier.handler({"source": "ticker"}, None)
    return asked | keep_records.handler({"source": "ticker"}, None)


def fetch() -> dict[str, int]:
    """Fetch the photos that wait; answers how many are kept now."""
    return {"photos": fetch_photos.handler({"source": "ticker"}, None)["kept"]}


def post() -> dict[str, int]:
    """Post what befell to the practices' other software; answers how many events were taken."""
    return {"events": send_events.handler({"source": "ticker"}, None)["posted"]}


def tick() -> dict[str, int]:
    """One pass of all scheduled work; answers what was done."""
    buffer = runtime().buffer
    recorded = record_kept(buffer) if isinstance(buffer, FolderBuffer) else 0
    did = schedule_check_ins.handler({"source": "ticker"}, None)
    digests = send_digests.handler({"source": "ticker"}, None)
    alerts = tell_alerts.handler({"source": "ticker"}, None)
    coaches = tell_coaches.handler({"source": "ticker"}, None)
    prepared = send_preparations.handler({"source": "ticker"}, None)
    emails = send_emails.handler({"source": "ticker"}, None)
    told = {
        "alerts": alerts["told"],
        "coaches": coaches["coaches"],
        "emails": emails["sent"],
        "prepared": prepared["prepared"],
        "recorded": recorded,
    }
    return {**did, "digests": digests["planned"], **told}
