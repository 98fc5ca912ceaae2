"""What every drill stands on: a small practice at work, its trouble, and what was seen of it."""

import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from coach_portal.core.db import Database
from tests import databases
from tests.trials import books, load
from tests.trials.books import Compared
from tests.trials.people import phone_of
from tests.trials.processes import Carrier, Server, running, wait_until

MINUTES = 2
REST = 240.0
"""Seconds for what is left, with the hurried server; the one as it is needs a quarter of an hour."""


@dataclass
class Standing:
    """The processes, and the database seen from outside. `disk` is the folder that holds database and DATA_DIR."""

    database: Database
    carrier: Carrier
    server: Server
    phones: load.Phones
    disk: Path


Trouble = Callable[[Standing], None]
Room = Callable[[Path], AbstractContextManager[Path]]


@dataclass(frozen=True)
class Drill:
    """One kind of trouble: what is done, how the server is run, and what its log must name at least one of."""

    trouble: Trouble
    command: tuple[str, ...]
    kind: str = "sqlite"
    says: tuple[str, ...] = ()
    room: Room | None = None


@dataclass
class Outcome:
    """What came of one."""

    name: str
    came_to_rest: bool = False
    rested: float = 0.0
    seconds: float = 0.0
    log: Counter[str] = field(default_factory=Counter)
    compared: Compared = field(default_factory=Compared)

    @property
    def is_good(self) -> bool:
        """Whether it recovered, said so, and both books are equal."""
        return self.came_to_rest and not self.compared.breaches

    def __str__(self) -> str:
        log = "; ".join(f"{what} {number}" for what, number in self.log.most_common(8)) or "nothing"
        rest = f"{self.rested:.0f} s after the trouble" if self.came_to_rest else "NEVER"
        head = f"== {self.name}: {'ok' if self.is_good else 'NOT OK'}, {self.seconds:.0f} s"
        return f"{head}\ncame to rest     {rest}\non the log       {log}\n{self.compared}"


def run(name: str, drill: Drill, *, clients: int, seed: int) -> Outcome:
    """Go through one drill."""
    began, outcome = time.monotonic(), Outcome(name)
    with _stand(drill, clients, seed) as standing:
        standing.server.start()
        standing.phones.start()
        drill.trouble(standing)
        eased = time.monotonic()
        outcome.came_to_rest = wait_until(lambda: _is_over(standing, clients), REST, every=1)
        standing.phones.stop()
        outcome.came_to_rest &= wait_until(lambda: _is_over(standing, clients), REST, every=1)
        outcome.rested = time.monotonic() - eased
        standing.server.stop()
        said = standing.phones.said
        outcome.compared = books.compare(standing.database, standing.carrier.book, said, clients=clients)
        outcome.log = standing.server.troubles()
        outcome.compared.breaches += _said_otherwise(drill, standing.server)
    outcome.seconds = time.monotonic() - began
    return outcome


def _is_over(standing: Standing, clients: int) -> bool:
    return len(standing.phones.said) == clients and books.is_quiet(standing.database, standing.carrier.book)


def _said_otherwise(drill: Drill, server: Server) -> Iterator[str]:
    told = server.troubles()
    if drill.says and not any(what in told for what in drill.says):
        yield f"the log says none of {', '.join(drill.says)}"
    log = server.log.read_text()
    for private in (*filter(None, (load.WORDS[what] for what in ("win", "miss", "danger"))), phone_of(0)[:8]):
        if private in log:
            yield "the log holds a body or a phone number"


@contextmanager
def _stand(drill: Drill, clients: int, seed: int) -> Iterator[Standing]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="trial-drill-")))
        disk = stack.enter_context(drill.room(folder)) if drill.room else folder
        url = stack.enter_context(databases.fresh(drill.kind, disk))
        database = Database(url)
        stack.callback(database.dispose)
        load.furnish(database, clients=clients, minutes=MINUTES)
        server, carrier = stack.enter_context(running(url, folder, drill.command, DATA_DIR=str(disk)))
        yield Standing(database, carrier, server, load.Phones(carrier, seed), disk)


@contextmanager
def small_disk(folder: Path, megabytes: int = 48) -> Iterator[Path]:
    """A disk that is soon full: a file system in memory. Raises RuntimeError where we may not mount one."""
    disk = folder / "disk"
    disk.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(disk)]
    if subprocess.run(["mount", *options], capture_output=True, check=False).returncode:
        raise RuntimeError("a small disk can be mounted by root alone")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)
