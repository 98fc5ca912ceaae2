"""The command line of a trial that is given a database and runs in this process."""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from coach_portal.core.db import Database
from tests import databases


class Judged(Protocol):
    """What came of a trial: printed, and good when nothing was breached."""

    breaches: list[str]


def run(name: str, doc: str | None, trial: Callable[..., Judged], *, clients: int) -> int:
    """Ask for size, seed and kind of database, run the trial, print what came of it; answers the exit code."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.trials.{name}", description=doc)
    parser.add_argument("--clients", type=int, default=clients)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true", help="on Postgres instead of SQLite")
    asked = parser.parse_args()
    kind = "postgres" if asked.postgres else "sqlite"
    with tempfile.TemporaryDirectory(prefix=f"trial-{name}-") as folder, databases.fresh(kind, Path(folder)) as url:
        database = Database(url)
        outcome = trial(database, Path(folder), clients=asked.clients, seed=asked.seed)
        database.dispose()
    print(f"database         {kind}, seed {asked.seed}\n{outcome}")  # noqa: T201
    return 1 if outcome.breaches else 0
