"""Moving the demo's clock on: to every moment at which something falls due, one after the other, and doing it there."""

import logging
import threading
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, func, select

from coach_portal.core.clocks import ShiftedClock
from coach_portal.core.models import tables
from functions.runtime import Runtime
from infra.local import ticker, worker
from infra.local.phones.carrier_phones import CarrierPhones

log = logging.getLogger(__name__)

MOST_STEPS = 300
"""How many due moments one move may pass: about three weeks of a dozen clients."""
SETTLES_WITHIN = 3.0
"""How many seconds a moment's texts may take to reach their phones before the clock moves on without them."""

_message, _schedule, _alert, _email = tables.message, tables.schedule, tables.alert, tables.email
_enrolment = tables.enrolment
_ON_THEIR_WAY = select(_message.c.id).where(
    _message.c.state.in_(("sending", "accepted", "sent"))
    | (_message.c.state == "planned") & _message.c.send_after.is_(None)
)
_LAST = select(func.max(_message.c.id))


@dataclass(frozen=True, slots=True)
class Journey:
    """A move of the clock: where to, how far it got, how many texts and calls left, and whether it is over.

    `trouble` says how it ended, if not well.
    """

    target: datetime
    at: datetime
    steps: int = 0
    texts: int = 0
    calls: int = 0
    over: bool = False
    trouble: str = ""


class Clockwork:
    """Moves the clock, one journey at a time, on a thread of its own."""

    def __init__(self, runtime: Runtime, clock: ShiftedClock, carrier: CarrierPhones):
        self._runtime, self._clock, self._carrier = runtime, clock, carrier
        self._lock = threading.Lock()
        self.journey: Journey | None = None

    @property
    def is_moving(self) -> bool:
        """Whether a journey is under way."""
        return self.journey is not None and not self.journey.over

    def set_off(self, target: datetime) -> bool:
        """Begin a journey; False when one is under way already."""
        with self._lock:
            if self.is_moving:
                return False
            self.journey = Journey(target, self._clock.now())
        threading.Thread(target=self._travel, name="clockwork", daemon=True).start()
        return True

    def travel(self, target: datetime) -> Journey:
        """Go there now, and answer how it went."""
        self.journey = Journey(target, self._clock.now())
        self._travel()
        return self.journey

    def _travel(self) -> None:
        try:
            self._step_through()
        except Exception as error:
            log.exception("the clock stopped", extra={"error": type(error).__name__})
            self._note(over=True, trouble="The clock stopped on its way: the log says why.")

    def _step_through(self) -> None:
        journey = self._note(texts=0)
        for _ in range(MOST_STEPS):
            moment = self._next_due(self._clock.now())
            if moment is None or moment > journey.target:
                self._arrive(journey.target)
                self._note(over=True)
                return
            left = self._arrive(moment)
            texts, calls = journey.texts + left["text"], journey.calls + left["call"]
            self._note(steps=journey.steps + 1, texts=texts, calls=calls, at=moment)
            journey = self.journey or journey
        self._note(over=True, trouble=f"That was {MOST_STEPS} moments. Move on again for more.")

    def _arrive(self, moment: datetime) -> Counter[str]:
        """It is this moment now: do what falls due, and wait until it has reached the phones.

        Answers how many texts and calls.
        """
        last, before = self._read(_LAST), self._on_their_way()
        self._clock.move_to(moment)
        self._carrier.set_clock(self._clock.now())
        ticker.tick()
        until = time.monotonic() + SETTLES_WITHIN
        # A text that was on its way before may have lost its receipt in a crash, and is not waited for.
        while self._on_their_way() - before and time.monotonic() < until:
            worker.drain_all(self._runtime.queue, self._runtime.calls)
            time.sleep(0.01)
        since = _message.c.id > last, _message.c.state.not_in(("not_sent", "said"))
        with self._runtime.database.reading() as session:
            return Counter(session.scalars(select(_message.c.channel).where(*since)))

    def _on_their_way(self) -> set[int]:
        with self._runtime.database.reading() as session:
            return set(session.scalars(_ON_THEIR_WAY))

    def _next_due(self, now: datetime) -> datetime | None:
        """The next moment at which there is something to do."""
        with self._runtime.database.reading() as session:
            due = session.scalar(select(func.min(_schedule.c.next_due_at)).where(_schedule.c.next_due_at > now))
            ready = _message.c.send_after
            later = select(func.min(ready)).where(_message.c.state == "planned", ready > now)
            told = select(func.min(_alert.c.next_step_at)).where(_alert.c.next_step_at > now)
            mailed = select(func.min(_email.c.send_after)).where(_email.c.state == "planned", _email.c.send_after > now)
            step = select(func.min(_enrolment.c.due_at)).where(_enrolment.c.due_at > now)
            moments = [due, *(session.scalar(statement) for statement in (later, told, mailed, step))]
        return min((moment for moment in moments if moment is not None), default=None)

    def _read(self, statement: Select[int]) -> int:
        with self._runtime.database.reading() as session:
            return session.scalar(statement) or 0

    def _note(self, **changes: object) -> Journey:
        if self.journey is None:
            raise RuntimeError("no journey to note anything about")
        self.journey = replace(self.journey, **changes)  # type: ignore[arg-type]
        return self.journey
