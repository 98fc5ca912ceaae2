"""`python -m tests.trials.hurried SECONDS COMMAND ...`: `coach-portal` with a lease of so many seconds, not a minute,
that looks for missed texts after three times as long, not after minutes.

Nothing in the product sets these: shorter ones are only for tests in which nobody is slow. With --shifted the clock
runs ahead by what the database says, as the demo's does.
"""

import sys
from datetime import timedelta
from functools import partial

from coach_portal.core.clocks import ShiftedClock
from coach_portal.core.services.sending import asking, broken_off
from infra import cli
from infra.local import machine, ticker

SHIFTED = "--shifted"


def main() -> int:
    """Shorten what is waited for, then run the command."""
    lease = timedelta(seconds=float(sys.argv[1]))
    broken_off.LEASE = lease
    asking.LEFT_TO_THE_WEBHOOK = asking.LISTEN_EVERY = lease * 3
    ticker.ASK_EVERY = lease.total_seconds()
    given = [each for each in sys.argv[2:] if each != SHIFTED]
    if SHIFTED in sys.argv:
        machine.Machine = partial(machine.Machine, clock=lambda wired: ShiftedClock(wired.database))
    return cli.main(given)


if __name__ == "__main__":
    sys.exit(main())
