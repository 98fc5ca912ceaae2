"""`python -m tests.bench.weeks URL`: give back everybody's week; prints by how many MB the process has grown."""

import resource
import sys

from functions import send_digests
from tests.bench.digests import NOW
from tests.bench.wiring import logging_as_in_service, using, wire


def main() -> None:
    """The most memory that was in use, less that before the first batch."""
    wired = wire(sys.argv[1], NOW)
    with logging_as_in_service(), using(wired):
        before = _most()
        send_digests.handler({}, None)
    sys.stdout.write(f"{(_most() - before) // 1024}\n")


def _most() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
