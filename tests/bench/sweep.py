"""Planning 20,000 check-ins that are due among 200,000 schedules, and looking when none is.

The sweep's floor is its own statements, said again by the raw driver with the same rows in the same transactions, and
the zone arithmetic of each next time. The raw driver is given rows as it takes them: on Postgres as lists of values,
which the sweep writes down by itself since that is quicker. A second row counts the wording of the texts in. The queue
is a fake.
"""

import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from coach_portal.core.db import Database
from coach_portal.core.models import tables
from coach_portal.core.rules.schedule import moment_of, next_occurrence
from coach_portal.core.rules.sms_text import segments
from coach_portal.core.rules.texts import check_ins as wording
from functions import schedule_check_ins
from functions.runtime import Runtime
from tests import databases
from tests.bench.furnish import NOW, Furnisher
from tests.bench.measure import Row, each, interleave
from tests.bench.recording import (
    PostgresFloor,
    SqliteFloor,
    Transaction,
    listening,
    raw_driver,
    recording,
    rows_as_lists,
)
from tests.bench.wiring import logging_as_in_service, using, wire

GOALS = 2
GOAL = {"sqlite": 1.6, "postgres": 1.25}
FLOOR_IS = "its statements by the raw driver + zone arithmetic"
IDLE_LIMIT = 0.001
QUIET = NOW - timedelta(minutes=1)
"""A moment at which nothing is due."""


@cache
def furnish(schedules: int, due: int) -> Callable[[Database], None]:
    """So many clients with two goals each, and a daily check-in each, of which so many are due."""
    return partial(_furnish, schedules, due)


def _furnish(schedules: int, due: int, database: Database) -> None:
    furnisher = Furnisher(database)
    furnisher.clients(schedules)
    furnisher.goals(schedules, GOALS)
    furnisher.schedules(schedules, due)
    furnisher.settle()


def rows(kind: str, rounds: int, schedules: int, due: int) -> Iterator[Row]:
    """The rows of this job on one kind of database."""
    small = schedules // 20
    with ExitStack() as stack:
        stack.enter_context(logging_as_in_service())
        large_one = stack.enter_context(copied(kind, schedules, due))
        small_one = stack.enter_context(copied(kind, small, 0))
        yield from _sweep(large_one, kind, rounds, due)
        yield _idle(large_one, small_one, kind, rounds, f"{small:,}")


def _sweep(wired: Runtime, kind: str, rounds: int, due: int) -> Iterator[Row]:
    driver = raw_driver(wired.settings.database_url)
    moments = _due_at(wired)
    with recording(wired.database.engine) as said, listening(wording, "check_in") as worded, rows_as_lists():
        assert schedule_check_ins.sweep(wired) == due

    def measured(work: Callable[[], object]) -> float:
        driver.alone(RESTORE[kind])
        for known in (segments, moment_of, next_occurrence):
            known.cache_clear()
        return each(due, work)

    costs = interleave(
        {
            "sweep": lambda _: measured(lambda: schedule_check_ins.sweep(wired)),
            "floor": lambda _: measured(lambda: _lowest(driver, said, moments)),
            "words": lambda _: measured(lambda: [wording.check_in(*words, **names) for words, names in worded]),
        },
        rounds,
    )
    driver.alone(RESTORE[kind])
    driver.close()
    floor, job = costs["floor"], f"sweep, each of {due:,} due"
    yield Row(job, kind, costs["sweep"], floor, GOAL[kind], FLOOR_IS)
    yield Row(job, kind, costs["sweep"], floor + costs["words"], GOAL[kind], f"{FLOOR_IS} + wording")


def _idle(large: Runtime, small: Runtime, kind: str, rounds: int, among: str) -> Row:
    calls = 100

    def tick(wired: Runtime, _: int) -> float:
        with using(wired.at(type(wired.clock)(QUIET))):
            return statistics.median(each(1, lambda: schedule_check_ins.handler({}, None)) for _ in range(calls))

    costs = interleave({"large": partial(tick, large), "small": partial(tick, small)}, rounds)
    return Row("idle tick", kind, costs["large"], costs["small"], 2.0, f"the same among {among}", IDLE_LIMIT)


@contextmanager
def copied(kind: str, schedules: int, due: int) -> Iterator[Runtime]:
    """A database with so many schedules, of which so many are due."""
    furnished = furnish(schedules, due)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, databases.fresh(kind, Path(folder), furnished) as url:
        wired = wire(url, NOW)
        yield wired
        wired.database.dispose()


def _due_at(wired: Runtime) -> list[tuple[str, ZoneInfo]]:
    schedule, client = tables.schedule, tables.client
    due = select(schedule.c.local_time, client.c.timezone).join(client).where(schedule.c.next_due_at <= NOW)
    with wired.database.reading() as session:
        return [(row.local_time, ZoneInfo(row.timezone)) for row in session.execute(due)]


def _lowest(driver: SqliteFloor | PostgresFloor, said: list[Transaction], due: list[tuple[str, ZoneInfo]]) -> None:
    for local_time, tz in due:
        tomorrow = NOW.astimezone(tz).date() + timedelta(days=1)
        datetime.combine(tomorrow, time.fromisoformat(local_time), tz).astimezone(UTC)
    driver.say(said)


RESTORE = {
    "sqlite": (
        "PRAGMA foreign_keys=OFF",
        "DELETE FROM message",
        "DELETE FROM check_in",
        "UPDATE check_in_schedule SET asked_on = NULL, next_due_at = created_at WHERE asked_on IS NOT NULL",
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "PRAGMA foreign_keys=ON",
    ),
    "postgres": (
        "TRUNCATE check_in, message CASCADE",
        "UPDATE check_in_schedule SET asked_on = NULL, next_due_at = created_at WHERE asked_on IS NOT NULL",
        "VACUUM check_in_schedule",
    ),
}
"""All as before the sweep: what was due was due at NOW, which is also when it was created."""
