"""`python -m tests.trials.hour --minutes 60`: `coach-portal serve` under load, killed at random moments, started anew.

Clients are asked, text back, stop, ask for help and tell of danger, while the server dies again and again. When all has
come to rest, the carrier's book and our record must say the same, to the text.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from coach_portal.core.db import Database
from tests import databases
from tests.trials import books, load
from tests.trials.books import Compared
from tests.trials.processes import COACH_PORTAL, Carrier, Server, running, wait_until

BETWEEN_KILLS = 40.0
"""Seconds, on average."""
A_MINUTE = 60
REST = 15 * 60.0
"""Seconds for what is left: a text that no webhook brought is found within seven minutes, and lasts a quarter hour."""


@dataclass
class Outcome:
    """What came of it."""

    minutes: int
    kills: int = 0
    said: Counter[str] = field(default_factory=Counter)
    came_to_rest: bool = False
    rested: float = 0.0
    log: Counter[str] = field(default_factory=Counter)
    compared: Compared = field(default_factory=Compared)

    @property
    def is_good(self) -> bool:
        """Whether all came to rest, and the two books are equal."""
        return self.came_to_rest and not self.compared.breaches

    def __str__(self) -> str:
        said = ", ".join(f"{what} {number}" for what, number in sorted(self.said.items()))
        log = "; ".join(f"{what} {number}" for what, number in self.log.most_common(8))
        rest = f"{self.rested:.0f} s after the last kill" if self.came_to_rest else "NEVER"
        return "\n".join(
            [
                f"served           {self.minutes} minutes, killed {self.kills} times",
                f"texted back      {said}",
                f"came to rest     {rest}",
                f"on the log       {log}",
                str(self.compared),
            ]
        )


def trial(
    database_url: str, folder: Path, *, minutes: int, clients: int, seed: int, between: float = BETWEEN_KILLS,
    kills: int = 0, command: tuple[str, ...] = COACH_PORTAL,
) -> Outcome:  # fmt: skip
    """So many minutes of it; kills come at random, `between` seconds apart on average, `kills` at least."""
    database, outcome = Database(database_url), Outcome(minutes)
    try:
        load.furnish(database, clients=clients, minutes=minutes)
        with running(database_url, folder, command) as (server, carrier):
            phones = load.Phones(carrier, seed)
            server.start()
            phones.start()
            _kill_at_random(server, outcome, Random(seed), between, kills)
            began = time.monotonic()
            outcome.came_to_rest = wait_until(lambda: _is_over(database, carrier, phones, clients), REST, every=2)
            outcome.rested = time.monotonic() - began
            phones.stop()
            outcome.came_to_rest &= wait_until(lambda: books.is_quiet(database, carrier.book), REST, every=2)
            server.stop()
            outcome.said = Counter(phones.said.values())
            outcome.log = server.troubles()
            outcome.compared = books.compare(database, carrier.book, phones.said, clients=clients)
    finally:
        database.dispose()
    return outcome


def _kill_at_random(server: Server, outcome: Outcome, random: Random, between: float, kills: int) -> None:
    ends = time.monotonic() + outcome.minutes * A_MINUTE
    while True:
        pause = random.expovariate(1 / between)
        if time.monotonic() + pause > ends and outcome.kills >= kills:
            time.sleep(max(ends - time.monotonic(), 0))
            return
        time.sleep(pause)
        server.kill()
        outcome.kills += 1
        server.start()


def _is_over(database: Database, carrier: Carrier, phones: load.Phones, clients: int) -> bool:
    return len(phones.said) == clients and books.is_quiet(database, carrier.book)


def main() -> int:
    """Run the trial from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials.hour", description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--clients", type=int, help="default: 60 come due each minute")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true", help="on Postgres instead of SQLite")
    asked = parser.parse_args()
    kind, clients = "postgres" if asked.postgres else "sqlite", asked.clients or 60 * asked.minutes
    with tempfile.TemporaryDirectory(prefix="trial-hour-") as folder, databases.fresh(kind, Path(folder)) as url:
        outcome = trial(url, Path(folder), minutes=asked.minutes, clients=clients, seed=asked.seed)
    print(f"database         {kind}, seed {asked.seed}, {clients} clients\n{outcome}")  # noqa: T201
    return 0 if outcome.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
