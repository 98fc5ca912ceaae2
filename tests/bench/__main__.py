"""`python -m tests.bench`: the table. Exits with 1 when anything is over its goal."""

import argparse
import sys
import time
from collections.abc import Iterator

from tests import databases
from tests.bench import digests, inbound, pages, sweep
from tests.bench.measure import ROUNDS, Count, Row

HEADING = f"{'job':28} {'database':9} {'cost':>10} {'floor':>10} {'ratio':>6} {'goal':>6}      floor is"


def main() -> int:
    """Measure, and print each row as it is known."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the size and fewer rounds")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--only", choices=("inbound", "sweep", "digests", "pages"))
    parser.add_argument("--database", choices=("sqlite", "postgres"))
    asked = parser.parse_args()
    databases.POSTGRES_SETTINGS |= {"fsync": "on", "shared_buffers": "512MB"}
    began, all_ok = time.monotonic(), True
    _say(HEADING)
    for row in _rows(asked):
        _say(_line(row) if isinstance(row, Row) else _count(row))
        all_ok &= row.is_ok
    _say(f"{time.monotonic() - began:.0f} s. Costs are medians; the database is in memory where there is room.")
    return 0 if all_ok else 1


def _rows(asked: argparse.Namespace) -> Iterator[Row | Count]:
    rounds = asked.rounds or (3 if asked.quick else ROUNDS)
    schedules, calls = (20_000, 50) if asked.quick else (200_000, 200)
    for kind in [asked.database] if asked.database else ["sqlite", "postgres"]:
        if asked.only in {None, "inbound"}:
            yield from inbound.rows(kind, rounds, calls)
        if asked.only in {None, "sweep"}:
            yield from sweep.rows(kind, rounds, schedules, schedules // 10)
        if asked.only in {None, "digests"}:
            yield from digests.rows(kind, rounds, schedules // 2)
        if asked.only in {None, "pages"}:
            yield from pages.rows(kind, rounds, 5)


def _line(row: Row) -> str:
    judged = "ok" if row.is_ok else "OVER"
    limit = "" if row.limit is None else f", and at most {row.limit * 1000:g} ms"
    return (
        f"{row.job:28} {row.database:9} {_micros(row.cost)} {_micros(row.floor)} {row.ratio:6.2f} {row.goal:6.2f} "
        f"{judged:4} {row.floor_is}{limit}"
    )


def _count(row: Count) -> str:
    judged = "ok" if row.is_ok else "OVER"
    return f"{row.job:28} {row.database:9} {row.counted:10} {'':10} {'':6} {row.goal:6} {judged:4} an exact count"


def _micros(seconds: float) -> str:
    return f"{seconds * 1e6:7.1f} us"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
