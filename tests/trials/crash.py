"""`python -m tests.trials.crash`: the server is killed, ten times over, in the middle of a sweep of 2,000 check-ins.

The carrier lives on. When all is over it must have been handed every check-in exactly once.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from sqlalchemy import ColumnElement, func, select

from coach_portal.core.db import Database
from coach_portal.core.models import CheckIn, Message
from tests import databases
from tests.trials import people
from tests.trials.processes import COACH_PORTAL, Carrier, Server, running, wait_until

HELD_UP = 0.1
"""Seconds the carrier takes over each text when it is slow, so that the kill finds every worker in its call."""
SLOW: dict[str, object] = {"delay": HELD_UP}
WEATHERS: tuple[dict[str, object], ...] = (SLOW, {"create": ["timeout"] * 3}, {})
"""What the carrier does in turn, once the sweep is over: takes texts slowly, leaves three calls hanging untaken, as if
the server had died between claim and call, or takes them at once."""
SWEEPS = 3
"""So many starts are killed about where the sweep plans; the carrier is slow to them, that enough is left to send."""
RECOVERY = 300.0
"""Seconds the last start has for all that is left: the lease of a minute, and the sending."""


@dataclass
class Outcome:
    """What came of it. `broken_off` are the texts in hand when the server was killed; the carrier had some of them."""

    kills: int = 0
    in_the_sweep: int = 0
    broken_off: set[tuple[str, str]] = field(default_factory=set)
    handed_before: set[tuple[str, str]] = field(default_factory=set)
    planned: int = 0
    sent: int = 0
    duplicates: int = 0
    missing: int = 0
    disagreements: int = 0
    seconds: float = 0.0
    unsettled: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Every check-in exactly once, and our own record says the same."""
        return self.sent == self.planned and not (
            self.duplicates or self.missing or self.disagreements or self.unsettled
        )

    def __str__(self) -> str:
        return "\n".join(
            [
                f"kills            {self.kills} ({self.in_the_sweep} of them before the sweep was over)",
                f"claims broken    {len(self.broken_off)}, of which the carrier had {len(self.handed_before)}",
                f"check-ins due    {self.planned}",
                f"sent             {self.sent}",
                f"duplicates       {self.duplicates}",
                f"missing          {self.missing}",
                f"our record       {self.disagreements} texts differ from the carrier's book; open: {self.unsettled}",
                f"seconds          {self.seconds:.0f}",
                "every check-in exactly once" if self.is_good else "NOT every check-in exactly once",
            ]
        )


def trial(
    database_url: str,
    folder: Path,
    *,
    clients: int,
    kills: int,
    seed: int,
    command: tuple[str, ...] = COACH_PORTAL,
) -> Outcome:
    """Make so many clients due now, kill the server so many times, let it finish, and judge."""
    database, began = Database(database_url), time.monotonic()
    outcome = Outcome(planned=clients)
    try:
        _make_due(database, clients)
        with running(database_url, folder, command) as (server, carrier):
            for _ in _kill_moments(server, carrier, database, outcome.planned, kills, Random(seed)):
                server.kill()
                _look_at_the_wreck(database, carrier, clients, outcome)
            server.start()
            wait_until(lambda: carrier.count() >= clients and not _unsettled(database), RECOVERY, every=0.5)
            server.stop()
            _judge(database, carrier, outcome)
    finally:
        database.dispose()
    outcome.seconds = time.monotonic() - began
    return outcome


def _make_due(database: Database, clients: int) -> None:
    now = datetime.now(UTC)
    coach = people.open_practice(database, now)
    ids = people.take_on(database, coach, [{"name": f"Client {number}"} for number in range(clients)], now)
    people.add_goals(database, coach, [{"client_id": each, "position": 1, "title": "5 squats"} for each in ids], now)
    people.ask_now(database, coach, ids, now)


def _kill_moments(
    server: Server, carrier: Carrier, database: Database, clients: int, kills: int, random: Random
) -> Iterator[None]:
    """Start the server again and again, and come back each time at the moment to kill it.

    The first start dies when the sweep's first thousand is in and the second is being planned, the next two about
    where they plan what was left; the others somewhere in the sending: each when a random share of the texts is out,
    a few random milliseconds have gone by, and a text is in hand.
    """
    swept_after = 0.0
    for number in range(kills):
        carrier.becomes(**(SLOW if number < SWEEPS else WEATHERS[(number - SWEEPS) % len(WEATHERS)]))
        if number == 0:
            began = time.monotonic()
            server.launch()
            wait_until(lambda: _asked(database) > 0, every=0.001)
            swept_after = time.monotonic() - began
        elif number < SWEEPS:
            server.launch()
            time.sleep(swept_after * random.uniform(0.7, 0.95))
        else:
            server.start()
            wanted = clients * (number - random.random()) / kills
            wait_until(lambda: carrier.count() >= wanted, every=0.01)  # noqa: B023  called at once
            time.sleep(random.uniform(0, 0.03))
            wait_until(lambda: bool(_in_hand(database)), every=0.001)
        yield
    carrier.becomes()


def _asked(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(CheckIn)) or 0


def _look_at_the_wreck(database: Database, carrier: Carrier, clients: int, outcome: Outcome) -> None:
    time.sleep(HELD_UP * 2)  # what the carrier was holding when the line went dead it takes now
    outcome.kills += 1
    outcome.in_the_sweep += _asked(database) < clients
    broken = _in_hand(database)
    outcome.broken_off |= broken
    outcome.handed_before |= broken & set(carrier.sent())


def _unsettled(database: Database) -> list[str]:
    open_states = select(Message.state).where(Message.state.in_(("planned", "sending", "unknown")))
    with database.reading() as session:
        return list(session.scalars(open_states))


def _in_hand(database: Database) -> set[tuple[str, str]]:
    return _texts(database, Message.state == "sending")


def _texts(database: Database, which: ColumnElement[bool]) -> set[tuple[str, str]]:
    with database.reading() as session:
        return {(phone, body) for phone, body in session.execute(select(Message.to_phone, Message.body).where(which))}


def _judge(database: Database, carrier: Carrier, outcome: Outcome) -> None:
    sent = carrier.sent()
    outcome.sent = sum(sent.values())
    outcome.duplicates = sum(count - 1 for count in sent.values())
    outcome.unsettled = _unsettled(database)
    outcome.disagreements = len(_texts(database, Message.sid.is_not(None)) ^ set(sent))
    reached = {phone for phone, _ in sent}
    outcome.missing = sum(people.phone_of(number) not in reached for number in range(outcome.planned))


def main() -> int:
    """Run the trial from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials.crash", description=__doc__)
    parser.add_argument("--clients", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true", help="on Postgres instead of SQLite")
    asked = parser.parse_args()
    kind = "postgres" if asked.postgres else "sqlite"
    with tempfile.TemporaryDirectory(prefix="trial-crash-") as folder, databases.fresh(kind, Path(folder)) as url:
        outcome = trial(url, Path(folder), clients=asked.clients, kills=asked.kills, seed=asked.seed)
    print(f"database         {kind}, seed {asked.seed}\n{outcome}")  # noqa: T201
    return 0 if outcome.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
