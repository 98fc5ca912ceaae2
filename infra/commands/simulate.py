"""`coach-portal simulate`: weeks of practice on a simulated clock, with promises checked all along."""

import argparse
import json
import logging
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

WIDTH = 40


def add_parser(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser("simulate", help="live through weeks of practice under faults, and judge them")
    command.add_argument("--clients", type=int, default=50)
    command.add_argument("--days", type=int, default=30)
    command.add_argument("--seed", type=int, default=1, help="the first of --seeds; one seed is one exact run")
    command.add_argument("--seeds", type=int, default=1, help="so many runs, each with the next seed")
    command.add_argument("--faults", action="store_true", help="workers die, the carrier errs, clocks jump, and more")
    command.add_argument("--database-url", metavar="URL", help="an empty database; a new SQLite file otherwise")
    command.add_argument("--json", action="store_true", help="print a line of JSON for each run")
    command.add_argument("--steps", action="store_true", help="tell every happening, to replay a seed step by step")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Live through every seed; 1 when a promise was broken."""
    from infra.simulation import summary

    logging.disable(logging.CRITICAL)  # what breaks off here is meant to, thousands of times
    broken = 0
    for seed in range(asked.seed, asked.seed + asked.seeds):
        outcome = _live(asked, seed)
        broken += bool(outcome.breaches)
        print(json.dumps(summary.as_json(outcome)) if asked.json else summary.table(outcome), flush=True)
    return 1 if broken else 0


def _live(asked: argparse.Namespace, seed: int) -> Any:
    from infra.simulation.faults import CALM, STORMY
    from infra.simulation.world import World, database_at

    with tempfile.TemporaryDirectory(prefix="coach-portal-") as folder:
        url = asked.database_url or f"sqlite:///{Path(folder) / 'simulated.db'}"
        database_at(url)
        tell = _tell if asked.steps else _hush
        weather = STORMY if asked.faults else CALM
        world = World(url, Path(folder), clients=asked.clients, days=asked.days, seed=seed, weather=weather, tell=tell)
        return world.live(_progress())


def _tell(moment: datetime, what: str) -> None:
    print(f"{moment:%Y-%m-%d %H:%M:%S}  {what}")


def _hush(moment: datetime, what: str) -> None:
    """Tell nothing."""


def _progress() -> Callable[[int, int], None]:
    """A bar on a terminal, nothing elsewhere."""

    def show(day: int, days: int) -> None:
        if sys.stderr.isatty():
            done = WIDTH * day // days
            end = "\n" if day == days else ""
            print(f"\r[{'#' * done}{'.' * (WIDTH - done)}] day {day} of {days}", end=end, file=sys.stderr, flush=True)

    return show
