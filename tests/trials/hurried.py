"""`python -m tests.trials.hurried SECONDS COMMAND ...`: `coach-portal` with a lease of so many seconds, not a minute.

Nothing in the product sets the lease: a shorter one is only for tests in which nobody is slow.
"""

import sys
from datetime import timedelta

from coach_portal.core.services.sending import broken_off
from infra import cli


def main() -> int:
    """Shorten the lease, then run the command."""
    broken_off.LEASE = timedelta(seconds=float(sys.argv[1]))
    return cli.main(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
