"""`coach-portal tick`: one pass of all scheduled work as of a moment."""

import argparse
import json
from datetime import UTC, datetime
from typing import Any

from coach_portal.core.clocks import FixedClock
from coach_portal.core.config import Settings
from coach_portal.core.errors import Invalid
from coach_portal.core.gateways.embedded_queue import EmbeddedQueue


def add_parser(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser("tick", help="do all scheduled work once, as of now or of --at, and send it")
    command.add_argument("--at", metavar="ISO", help="a moment such as 2026-11-22T18:00:00-05:00; without offset UTC")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> None:
    """Tick, drain the queue, and say what was done as one line of JSON."""
    from functions.runtime import make, use
    from infra.local.ticker import tick
    from infra.local.worker import drain

    wired = make(Settings.from_env())
    if asked.at:
        wired = wired.at(FixedClock(_moment(asked.at)))
    use(wired)
    did = tick()
    if isinstance(wired.queue, EmbeddedQueue):
        drain(wired.queue)
    print(json.dumps({"at": wired.clock.now().isoformat(), **did}))


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise Invalid({"at": f"{written!r} is no moment; write it like 2026-11-22T18:00:00-05:00."}) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
