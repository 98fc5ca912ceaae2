"""A practice moves in: a CSV of 5,000 rows, 40 of them bad, looked at and taken by two presses at once.

    python -m tests.trials.imports [--rows 5000] [--bad 40] [--postgres]

Prints how long it took and what came of it; exit 1 unless each bad row was named and each good one came in once.
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

from sqlalchemy import func, select

from coach_portal.core.db import Database
from coach_portal.core.models import Coach, tables
from coach_portal.core.schemas.imports import read_rows
from coach_portal.core.services.people import ledger
from coach_portal.core.services.records import imports
from tests import cast, databases

WRONG = (",{phone},,", "{name},12,,", "{name},{phone},Mars/Olympus,", "{name},{phone},,klingon", "{name},{first},,")


def table(count: int, bad: int, seed: int = 7) -> tuple[str, set[int]]:
    """A file with so many rows, and the lines of its bad ones."""
    dice, lines = random.Random(seed), ["name,phone,timezone,locale"]
    wrong = set(dice.sample(range(1, count), bad))
    for n in range(count):
        about = {"name": f"Client {n}", "phone": f"+1617{2_000_000 + n}", "first": "+16172000000"}
        lines.append(WRONG[n % len(WRONG)].format(**about) if n in wrong else "{name},{phone},,en".format(**about))
    return "\n".join(lines) + "\n", {n + 2 for n in wrong}


def run(database: Database, count: int, bad: int) -> bool:
    """Look, take twice at once, and tell."""
    text, wrong = table(count, bad)
    alice = cast.found_in(database).alice
    began = time.perf_counter()
    read = read_rows("clients", text)
    with database.session() as session:
        coach = session.get_one(Coach, alice)
        draft = imports.preview(session, coach, "clients", text, read.good, read.bad, cast.NOW)
        draft_id, named = draft.id, {line for line, _ in draft.bad}
    looked = time.perf_counter()
    presses = [threading.Thread(target=_press, args=(database, alice, draft_id)) for _ in range(2)]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    taken = time.perf_counter()
    with database.reading() as session:
        clients = session.scalar(select(func.count()).select_from(tables.client)) or 0
        asked = session.scalar(select(func.count()).where(tables.message.c.kind == "invitation")) or 0
        broken = [chain.broken for chain in ledger.chains(session) if chain.broken]
    came_in, was_asked = clients - 1, asked - 1  # Ruth was here before
    took = f"looked at in {looked - began:.1f} s, taken by two presses in {taken - looked:.1f} s"
    came = f"named {len(named)}, came in {came_in}, invited {was_asked}, ledger {'broken' if broken else 'whole'}"
    print(f"{count} rows, {bad} bad: {took}; {came}")  # noqa: T201
    return named == wrong and came_in == was_asked == count - bad and not broken


def _press(database: Database, coach_id: int, draft_id: int) -> None:
    with database.session() as session:
        coach = session.get_one(Coach, coach_id)
        draft = imports.draft_of(session, coach, draft_id)
        read = read_rows("clients", draft.content)
        imports.take(session, coach, draft, read.good, read.bad, cast.NOW, invite=True)


def main() -> int:
    """Run it once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--bad", type=int, default=40)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    kind = "postgres" if asked.postgres else "sqlite"
    with tempfile.TemporaryDirectory() as folder, databases.fresh(kind, Path(folder), cast.hire) as url:
        database = Database(url)
        well = run(database, asked.rows, asked.bad)
        database.dispose()
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
