"""`python -m tests.trials.texts_back`: a thousand labelled texts, each sent to the running server as a signed webhook.

A fifth of them is delivered twice, half of those at once. None may be lost, stored twice or answered with a 5xx, and
each is given the answer that is due, perhaps none, in the client's language.
"""

import argparse
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import quantiles

from sqlalchemy import func, select

from coach_portal.core.db import Database
from coach_portal.core.models import Coach, Message
from tests import databases
from tests.trials import judging, people, situations
from tests.trials.post import Deliverer, Posted
from tests.trials.processes import COACH_PORTAL, Carrier, running, wait_until
from tests.trials.situations import Person

CALLERS = 8
ASKED_AFTER = 40
"""How many of those who did not stop are asked again at the end, to see that asking works."""


@dataclass
class Outcome:
    """What came of it; `faults` holds the ids of the texts that each went wrong with."""

    texts: int
    statuses: Counter[int | None] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    stopped: int = 0
    asked_after: int = 0
    p50: float = 0.0
    p99: float = 0.0
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        """Whether nothing went wrong."""
        return set(self.statuses) == {200} and not self.faults and self.asked_after > 0

    def __str__(self) -> str:
        answers = ", ".join(f"{kind} {count}" for kind, count in sorted(self.answers.items()))
        faults = [f"  {fault:32} {len(ids):4}  {' '.join(ids[:8])}" for fault, ids in sorted(self.faults.items())]
        return "\n".join(
            [
                f"texts            {self.texts}, delivered {self.statuses.total()} times",
                f"statuses         {dict(self.statuses)}",
                f"answers          {answers}",
                f"latency          p50 {self.p50 * 1000:.0f} ms, p99 {self.p99 * 1000:.0f} ms, {CALLERS} at once",
                f"stopped or held  {self.stopped}, none texted after; of the others {self.asked_after} were",
                f"seconds          {self.seconds:.0f}",
                *(["faults", *faults] if faults else ["each text once, each with the answer that is due"]),
            ]
        )


def trial(
    database_url: str, folder: Path, persons: Sequence[Person], seed: int, command: tuple[str, ...] = COACH_PORTAL
) -> Outcome:
    """Settle these people, deliver their texts, wait until all is answered, and judge."""
    database, began, now = Database(database_url), time.monotonic(), datetime.now(UTC)
    outcome = Outcome(len(persons))
    try:
        coach = situations.settle(database, persons, now)
        with running(database_url, folder, command) as (server, carrier):
            server.start()
            posted = _deliver(server.url, persons, Random(seed))
            wait_until(lambda: _is_quiet(database, now), every=0.2)
            _judge(database, carrier, persons, posted, outcome)
            _ask_after(database, carrier, coach, persons, outcome)
            server.stop()
    finally:
        database.dispose()
    outcome.seconds = time.monotonic() - began
    return outcome


def _deliver(url: str, persons: Sequence[Person], random: Random) -> list[Posted]:
    """Everyone's text; a tenth twice at the same moment, and another tenth once more at the end."""
    order = random.sample(list(persons), len(persons))
    at_once, later = order[: len(order) // 10], order[len(order) // 10 : len(order) // 5]
    deliverer = Deliverer(url)
    with ThreadPoolExecutor(CALLERS) as callers:
        pairs = list(callers.map(lambda person: _together(deliverer, person), at_once))
        posted = list(callers.map(deliverer.deliver, order[len(at_once) :]))
        again = list(callers.map(deliverer.deliver, later))
    deliverer.close()
    return [*(copy for pair in pairs for copy in pair), *posted, *again]


def _together(deliverer: Deliverer, person: Person) -> list[Posted]:
    ready = threading.Barrier(2)

    def deliver() -> Posted:
        ready.wait()
        return deliverer.deliver(person)

    with ThreadPoolExecutor(2) as two:
        return [copy.result() for copy in [two.submit(deliver), two.submit(deliver)]]


def _is_quiet(database: Database, now: datetime) -> bool:
    """Whether nothing is left to send, but what was put off to later."""
    at_work = select(func.count()).where(
        Message.state.in_(("planned", "sending", "unknown")), Message.send_after.is_(None)
    )
    with database.reading() as session:
        return session.scalar(at_work) == 0


def _judge(
    database: Database, carrier: Carrier, persons: Sequence[Person], posted: Iterable[Posted], outcome: Outcome
) -> None:
    phone = _phones(carrier)
    for delivery in posted:
        outcome.statuses[delivery.status] += 1
        phone[delivery.person.phone] += delivery.answers
    found = judging.Found.read(database)
    for person in persons:
        for fault in judging.faults(person, found, phone):
            outcome.faults[fault].append(person.record["id"])
    outcome.answers = Counter(answer.kind for answers in found.answers.values() for answer in answers)
    outcome.answers["silence"] = len(persons) - outcome.answers.total()
    cuts = quantiles([delivery.seconds for delivery in posted], n=100)
    outcome.p50, outcome.p99 = cuts[49], cuts[98]


def _ask_after(database: Database, carrier: Carrier, coach: Coach, persons: Sequence[Person], outcome: Outcome) -> None:
    """Make everyone who stopped or is held due, and some others: only the others are asked."""
    clients = judging.Found.read(database).clients
    silent = [person for person in persons if _is_silent(clients[person.client_id])]
    others = [person for person in persons if not _is_silent(clients[person.client_id])][:ASKED_AFTER]
    before = _texted(carrier)
    asked = [person.client_id for person in [*silent, *others]]
    people.ask_now(database, coach, asked, datetime.now(UTC), "wins")
    wait_until(lambda: _texted(carrier) >= before + len(others), every=0.2)
    time.sleep(1)  # whatever should not come has had its chance
    outcome.stopped, outcome.asked_after = len(silent), _texted(carrier) - before
    if outcome.asked_after != len(others):
        outcome.faults["asked after STOP, or not asked"].append(f"{outcome.asked_after} of {len(others)}")


def _is_silent(client: object) -> bool:
    return client.consent != "granted" or client.held_at is not None or client.paused_until is not None


def _texted(carrier: Carrier) -> int:
    return sum(len(bodies) for bodies in _phones(carrier).values())


def _phones(carrier: Carrier) -> dict[str, list[str]]:
    """What reached each client's phone through the API."""
    phones = defaultdict(list)
    for (phone, body), count in carrier.sent().items():
        if phone != people.COACH_PHONE:
            phones[phone] += [body] * count
    return phones


def main() -> int:
    """Run the trial from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials.texts_back", description=__doc__)
    parser.add_argument("--of-each", type=int, help="so many texts of each file instead of all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true", help="on Postgres instead of SQLite")
    asked = parser.parse_args()
    kind = "postgres" if asked.postgres else "sqlite"
    persons = situations.read(of_each=asked.of_each)
    with tempfile.TemporaryDirectory(prefix="trial-texts-") as folder, databases.fresh(kind, Path(folder)) as url:
        outcome = trial(url, Path(folder), persons, asked.seed)
    print(f"database         {kind}, seed {asked.seed}\n{outcome}")  # noqa: T201
    return 0 if outcome.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
