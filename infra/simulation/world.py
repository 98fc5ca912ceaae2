"""The world put together, and lived through."""

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

from coach_portal.core.db import Database
from coach_portal.migrations import steps
from functions import runtime
from infra.simulation import judge, records
from infra.simulation.calls import SimulatedCalls
from infra.simulation.carrier import SimulatedCarrier
from infra.simulation.coaches import Coaches
from infra.simulation.faults import Mishaps, MortalDatabase, Weather
from infra.simulation.judge import Breach, Evidence
from infra.simulation.lives import Lives
from infra.simulation.on_the_phone import OnThePhone
from infra.simulation.people import People
from infra.simulation.queue import SimulatedQueue
from infra.simulation.site import TICK, Mailbox, SimulatedRuntime, Site, Tell, settings_in
from infra.simulation.tempers import Temper
from infra.simulation.timetable import Timetable
from infra.simulation.webhooks import Webhooks

BEGINS_AT = datetime(2026, 2, 16, 6, tzinfo=UTC)
"""So that weeks from here meet the nights when the clocks change in America (8 March) and in Europe (29 March)."""
COMES_TO_REST = timedelta(days=2)
"""So long nobody texts any more at the end, that what is late may still come."""
_TOKEN = re.compile(r"https://\S+")  # links hold tokens that are never the same


@dataclass
class Outcome:
    """What came of a run. `fingerprint` is the same for two runs that were the same."""

    seed: int
    client_days: int
    texts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    breaches: list[Breach] = field(default_factory=list)
    seconds: float = 0.0
    fingerprint: str = ""


def _hush(moment: datetime, what: str) -> None:
    """Tell nobody."""


class World:
    """One run: so many clients, so many days, one seed, in a migrated and empty database.

    With `temper` all are alike; `tell` follows step by step. There is one world at a time in a process.
    """

    def __init__(
        self,
        database_url: str,
        folder: Path,
        *,
        clients: int,
        days: int,
        seed: int,
        weather: Weather,
        temper: Temper | None = None,
        tick: timedelta = TICK,
        tell: Tell = _hush,
    ) -> None:
        self._clients, self._days, self._seed = clients, days, seed
        self._timetable = Timetable(BEGINS_AT)
        self._mishaps = Mishaps(weather, _dice(seed, "mishaps"))
        self._database = MortalDatabase(database_url, self._mishaps)
        self._settings = settings_in(folder)
        self.people = People(self._timetable, _dice(seed, "people"))
        self._site = Site(self._timetable, self._mishaps, tick, tell)
        self._queue = SimulatedQueue(self._timetable, self._mishaps, self._site.send)
        webhooks = Webhooks(self._settings)
        self.carrier = SimulatedCarrier(self._timetable, self._mishaps, webhooks, self.people, self._site, tell)
        holders = OnThePhone(self._timetable, self.people, _dice(seed, "on the phone"))
        self._calls = SimulatedCalls(
            self._timetable, self._mishaps, webhooks, holders, self._site, self.carrier.handed,
            self.carrier.deliveries, tell,
        )  # fmt: skip
        self._call_queue = SimulatedQueue(self._timetable, self._mishaps, self._site.place)
        self.people.bring, self._site.took = self.carrier.bring, self.carrier.took
        coaches = Coaches(self._database, self._queue.put, _dice(seed, "coaches"))
        self._lives = Lives(self._timetable, self.people, coaches, self._site.clock, _dice(seed, "lives"), days, temper)
        self._seen, self._looked_up_to = Evidence(self.people.by_phone, self.carrier.handed), 0

    def live(self, progress: Callable[[int, int], None] = lambda day, days: None) -> Outcome:
        """Live through it all; `progress` is called with each day that is over."""
        began, outcome = time.monotonic(), Outcome(self._seed, self._clients * self._days)
        random.seed(self._seed)  # the jitter of retries
        site = self._site
        runtime.settle()
        mailbox = Mailbox(self._mishaps)
        doors = (site.clock, site, self.carrier, mailbox, self._call_queue, self._calls)
        runtime.use(SimulatedRuntime(self._settings, self._database, self._queue, *doors))
        try:
            breaches = list(self._judged(progress))
        finally:
            runtime.use(None)
            self._database.dispose()
        outcome.breaches = list(dict.fromkeys(breaches))  # what was seen on several looks is one
        outcome.texts, outcome.faults = self._texts(), self._mishaps.told
        outcome.fingerprint, outcome.seconds = self._fingerprint(), time.monotonic() - began
        return outcome

    def _judged(self, progress: Callable[[int, int], None]) -> list[Breach]:
        records.watch_states(self._database)
        self._seen.coaches_phones = self._lives.begin(self._clients)
        self._site.tick()
        breaches = []
        for day in range(1, self._days + 1):
            self._timetable.live(BEGINS_AT + timedelta(days=day))
            breaches += self._look()
            progress(day, self._days)
        for person in self.people.by_phone.values():
            person.silent = True
        self._timetable.live(self._timetable.now + COMES_TO_REST)
        breaches += self._look() + judge.look(self._seen, judge.AT_THE_END)
        lived = records.Lived(self.people.by_phone, self.carrier.arrived, self.carrier.handed)
        return breaches + records.read(self._database, lived)

    def _look(self) -> list[Breach]:
        seen = self._seen
        seen.kinds |= records.kinds_of(self._database, max(seen.kinds, default=0))
        seen.new = self.carrier.handed[self._looked_up_to :]
        self._looked_up_to = len(self.carrier.handed)
        return judge.look(seen, judge.ALL_ALONG)

    def _texts(self) -> Counter[str]:
        told = Counter({"to us": len(self.carrier.arrived)})
        taken = [each for each in self.carrier.handed if each.sid]
        told.update("call" if each.aloud else self._seen.kinds.get(each.message_id, "unknown") for each in taken)
        return told

    def _fingerprint(self) -> str:
        book = "\n".join(f"{each.at} {each.to} {each.body} {each.refused}" for each in self.carrier.handed)
        return sha256(_TOKEN.sub("", book).encode()).hexdigest()[:16]


def database_at(url: str) -> None:
    """Give an empty database the newest schema."""
    database = Database(url)
    steps.upgrade(database.engine)
    database.dispose()


def _dice(seed: int, of: str) -> Random:
    return Random(f"{seed} {of}")  # noqa: S311  the same dice every time
