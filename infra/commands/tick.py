"""`coach-portal tick`: one pass of all scheduled work as of a moment."""

import argparse
import json
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from coach_portal.core.clocks import FixedClock
from coach_portal.core.config import Settings
from coach_portal.core.errors import Invalid
from coach_portal.core.gateways.embedded_queue import EmbeddedQueue
from coach_portal.core.services.sending import lanes

if TYPE_CHECKING:
    from functions.runtime import Runtime

FOLLOWS_FOR, WAITS_FOR = timedelta(hours=1), timedelta(seconds=50)
"""How much of the line at a busy number one pass sends: on a clock that is told, and on the machine's."""
A_BREATH = timedelta(seconds=0.5)


def add_parser(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser("tick", help="do all scheduled work once, as of now or of --at, and send it")
    command.add_argument("--at", metavar="ISO", help="a moment such as 2026-11-22T18:00:00-05:00; without offset UTC")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> None:
    """Tick, drain the queue, and say what was done as one line of JSON."""
    from functions.runtime import make, use
    from infra.local.ticker import ask, fetch, post, tick
    from infra.local.worker import drain_all

    wired = make(Settings.from_env())
    if asked.at:
        wired = wired.at(FixedClock(_moment(asked.at)))
    use(wired)
    did = tick() | ask() | fetch() | post()
    if isinstance(wired.queue, EmbeddedQueue):
        drain_all(wired.queue, wired.calls)
        _follow_the_line(wired, wired.queue, stands_still=bool(asked.at))
    print(json.dumps({"at": wired.clock.now().isoformat(), **did}))


def _follow_the_line(wired: "Runtime", queue: EmbeddedQueue, *, stands_still: bool) -> None:
    """Send what was put off because its number was busy: with --at the clock moves on, else it is waited for."""
    from functions.runtime import use
    from infra.local.worker import drain_all

    until = wired.clock.now() + (FOLLOWS_FOR if stands_still else WAITS_FOR)
    while True:
        now = wired.clock.now()
        with wired.database.statement() as connection:
            turn = lanes.next_turn(connection, now)
        if turn is None or turn > until:
            return
        if stands_still:
            wired = wired.at(FixedClock(turn + A_BREATH))
            use(wired)
        else:
            time.sleep((turn - now + A_BREATH).total_seconds())
        with wired.database.statement() as connection:
            turns = lanes.whose_turn(connection, wired.clock.now())
        queue.put(turns)
        drain_all(queue, wired.calls)


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise Invalid({"at": f"{written!r} is no moment; write it like 2026-11-22T18:00:00-05:00."}) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
