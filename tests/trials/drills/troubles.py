"""The kinds of trouble. Each begins while texts come and go, and is over when the function returns."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from coach_portal.core.clocks import ShiftedClock
from tests import databases
from tests.ports import free_port
from tests.trials.drills.standing import Drill, Standing, small_disk
from tests.trials.hurried import SHIFTED
from tests.trials.load import A_MINUTE
from tests.trials.processes import hurried, wait_until

LASTS = 35.0
"""Seconds of trouble: three of what SQLite waits for a lock, and a minute's sweep falls into it."""
HURRIED = hurried(5)
_HOLD = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
held.execute("ROLLBACK")
"""


def killed(standing: Standing) -> None:
    """kill -9, some ten times."""
    random, until = Random(1), time.monotonic() + 100
    _when_texts_come(standing)
    while time.monotonic() < until:
        time.sleep(random.uniform(1, 14))
        standing.server.kill()
        standing.server.start()


def disk_full(standing: Standing) -> None:
    """Nothing more fits on the disk that holds the database and DATA_DIR."""
    _when_texts_come(standing)
    ballast = standing.disk / "ballast"
    with ballast.open("wb", buffering=0) as filling:
        until = time.monotonic() + LASTS
        while time.monotonic() < until:
            with suppress(OSError):  # whatever is let go is taken again
                while True:
                    filling.write(b"\0" * 4096)
            time.sleep(0.2)
    ballast.unlink()


def locked(standing: Standing) -> None:
    """Another process holds SQLite's write lock."""
    _when_texts_come(standing)
    file = standing.database.engine.url.database or ""
    with subprocess.Popen([sys.executable, "-c", _HOLD, file, str(LASTS)], stdout=subprocess.PIPE) as holding:
        holding.communicate()


def postgres_restarted(standing: Standing) -> None:
    """Postgres is stopped in an orderly way, and later falls; both times it is back after a while."""
    for how in ("fast", "immediate"):
        _when_texts_come(standing)
        with databases.postgres_down(how):
            time.sleep(LASTS / 3)
        standing.database.engine.dispose()
        time.sleep(10)


def carrier_down(standing: Standing) -> None:
    """Nobody answers at the carrier's for an hour of everyone's clock."""
    clock = ShiftedClock(standing.database)
    _when_texts_come(standing)
    standing.carrier.stop()
    for minutes in range(10, 61, 10):
        time.sleep(8)
        clock.move_to(datetime.now(UTC) + timedelta(minutes=minutes))
    standing.carrier.start()
    standing.carrier.is_ahead(60 * A_MINUTE.total_seconds())


def two_servers(standing: Standing) -> None:
    """A second server works on the same database; later the first one dies, and the second goes on alone."""
    port = free_port()
    second = replace(standing.server, port=port)
    with _ending(second):
        second.start()
        _when_texts_come(standing)
        time.sleep(60)
        standing.server.kill()
        time.sleep(10)
        standing.server.start()


@contextmanager
def _ending(server: object) -> Iterator[None]:
    try:
        yield
    finally:
        server.stop()  # type: ignore[attr-defined]


def _when_texts_come(standing: Standing) -> None:
    """Come back when there are more texts at the carrier than when this was called: work is in full swing."""
    before = standing.carrier.count()
    wait_until(lambda: standing.carrier.count() > before + 3, patience=90)


AWAY = ("database is away", "tick failed", "worker stumbled", "webhook failed", "function broke off")
DRILLS = {
    "killed": Drill(killed, HURRIED),
    "disk": Drill(disk_full, HURRIED, says=AWAY, room=small_disk),
    "locked": Drill(locked, HURRIED, says=AWAY),
    "postgres": Drill(postgres_restarted, HURRIED, kind="postgres", says=AWAY),
    "carrier": Drill(carrier_down, (*HURRIED, SHIFTED), says=("message not sent yet",)),
    "two": Drill(two_servers, HURRIED),
    "two-postgres": Drill(two_servers, HURRIED, kind="postgres"),
}
