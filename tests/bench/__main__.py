"""`python -m tests.bench`: the table. Exits with 1 when anything is over its goal."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from tests import databases
from tests.bench import carrier, digests, inbound, pages, rules, starts, sweep
from tests.bench.measure import ROUNDS, Count, Row

HEADING = f"{'job':28} {'database':9} {'cost':>10} {'floor':>10} {'ratio':>6} {'goal':>6}      floor is"
KINDS = ("sqlite", "postgres")
Rows = Iterator[Row | Count]


def main() -> int:
    """Measure, and print each row as it is known."""
    asked = _asked()
    databases.POSTGRES_SETTINGS |= {"fsync": "on", "shared_buffers": "512MB"}
    began, measured = time.monotonic(), list[Row | Count]()
    _say(HEADING)
    for row in _rows(asked):
        _say(_line(row) if isinstance(row, Row) else _count(row))
        measured.append(row)
    _say(f"{time.monotonic() - began:.0f} s. Costs are medians; the database is in memory where there is room.")
    if asked.json:
        asked.json.write_text(json.dumps([_as_json(row) for row in measured], indent=1) + "\n")
    return 0 if all(row.is_ok for row in measured) else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the size and fewer rounds")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--only", choices=(*ALONE, *ON_A_DATABASE))
    parser.add_argument("--database", choices=KINDS)
    parser.add_argument("--json", type=Path, help="write the table to this file too")
    return parser.parse_args()


def _rows(asked: argparse.Namespace) -> Rows:
    rounds, share = asked.rounds or (3 if asked.quick else ROUNDS), 10 if asked.quick else 1
    for name, alone in ALONE.items():
        if asked.only in {None, name}:
            yield from alone(rounds)
    for kind in [asked.database] if asked.database else KINDS:
        for name, job in ON_A_DATABASE.items():
            if asked.only in {None, name}:
                yield from job(kind, rounds, share)


def _weeks(kind: str, rounds: int, share: int) -> Rows:
    yield from digests.rows(kind, rounds, 100_000 // share)
    yield starts.memory(kind, 100_000 // share)


ALONE: dict[str, Callable[[int], Rows]] = {"rules": rules.rows, "starts": starts.rows}
ON_A_DATABASE: dict[str, Callable[[str, int, int], Rows]] = {
    "inbound": lambda kind, rounds, share: inbound.rows(kind, rounds, 200 if share == 1 else 50),
    "carrier": lambda kind, rounds, share: carrier.rows(kind, rounds, 200 if share == 1 else 50),
    "sweep": lambda kind, rounds, share: sweep.rows(kind, rounds, 200_000 // share, 20_000 // share),
    "digests": _weeks,
    "pages": lambda kind, rounds, share: pages.rows(kind, rounds, 5),
}


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


def _as_json(row: Row | Count) -> dict[str, object]:
    ratio = {"ratio": row.ratio} if isinstance(row, Row) else {}
    return {**asdict(row), **ratio, "ok": row.is_ok}


def _micros(seconds: float) -> str:
    return f"{seconds * 1e6:7.1f} us"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
