"""The weeks of 100,000 clients, given back: 24 wins each, half of them this week, words and answers of last week.

The floor is one bare GROUP BY over the wins that the texts tell of, by the raw driver: this week's and those of the
four weeks before, for all clients at once. That floor knows no titles, words, pauses or questions; a second one is all
that composing reads (and then writes), by the raw driver, and the wording of the same texts. Composing puts a text
together from them, in batches of bounded size; with the outbox the rows are claimed and written too.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from coach_portal.core.db import Database
from coach_portal.core.models import tables
from coach_portal.core.rules.sms_text import segments
from coach_portal.core.rules.texts.digests import digest
from coach_portal.core.services.moments import due
from coach_portal.core.services.moments.due import Due
from coach_portal.core.services.week import digests
from functions import send_digests
from functions.runtime import Runtime
from tests import databases
from tests.bench.furnish import Furnisher
from tests.bench.measure import Count, Row, each, interleave
from tests.bench.recording import Transaction, listening, raw_driver, recording, rows_as_lists
from tests.bench.wiring import logging_as_in_service, using, wire
from tests.cast import ALICES_NUMBER

GOALS, WINS_A_WEEK = 3, 4
NOW = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
"""Six on a Sunday evening in New York, and Sunday in all these zones."""
ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Lima",
    "America/Halifax",
)
LAST_DAY = date(2026, 11, 22)
FIRST_DAY, EARLIEST = LAST_DAY - timedelta(days=6), LAST_DAY - timedelta(days=34)
SINCE = NOW - timedelta(weeks=9)
SAID = (
    "done", "did it, and the river was up to the bench this morning", "5 squats", "yes all of them",
    "walked home instead of taking the bus, it rained", "did 5",
)  # fmt: skip
_FLOOR = {
    "sqlite": "SELECT client_id, goal_id, count(*) FROM win WHERE local_date BETWEEN ? AND ? AND undone_at IS NULL "
    "GROUP BY client_id, goal_id, local_date >= ?",
    "postgres": "SELECT client_id, goal_id, count(*) FROM win WHERE local_date BETWEEN %s AND %s AND undone_at IS NULL "
    "GROUP BY client_id, goal_id, local_date >= %s",
}
FLOOR_IS = "a bare GROUP BY client, goal, this week or before"
DRIVEN = "its statements by the raw driver + wording"
MOST_A_THOUSAND = 3


@cache
def furnish(clients: int) -> Callable[[Database], None]:
    """So many clients, all due."""
    return partial(_furnish, clients)


def rows(kind: str, rounds: int, clients: int) -> Iterator[Row | Count]:
    """The rows of this job on one kind of database."""
    with ExitStack() as stack:
        stack.enter_context(logging_as_in_service())
        wired = stack.enter_context(_copy(kind, clients))
        driver = raw_driver(wired.settings.database_url)
        stack.callback(driver.close)
        dues = _dues(wired)
        with recording(wired.database.engine) as read, listening(digests, "digest") as words:
            _compose(wired, dues)
        with recording(wired.database.engine) as written, rows_as_lists():
            send_digests._plan_all(wired)

        def whole(_: int) -> float:
            driver.alone(_RESTORE[kind])
            _forget()
            return each(clients, lambda: send_digests._plan_all(wired))

        def compiled(_: int) -> float:
            _forget()
            return each(clients, lambda: _compose(wired, dues))

        def lowest(said: list[Transaction], _: int) -> float:
            driver.alone(_RESTORE[kind])
            _forget()
            return each(clients, lambda: (driver.say(said), [digest(*given, **names) for given, names in words]))

        variants = {
            "floor": partial(_floor, wired, kind, clients),
            "compiled": compiled,
            "whole": whole,
            "read": partial(lowest, read),
            "written": partial(lowest, written),
        }
        costs = interleave(variants, rounds)
        yield Row("digest, read and worded", kind, costs["compiled"], costs["floor"], 2.0, FLOOR_IS)
        yield Row("digest, read and worded", kind, costs["compiled"], costs["read"], 2.0, DRIVEN)
        yield Row("digest, with its rows", kind, costs["whole"], costs["compiled"], 1.8, "read and worded alone")
        yield Row("digest, with its rows", kind, costs["whole"], costs["written"], 1.8, DRIVEN)
        driver.alone(_RESTORE[kind])
        with recording(wired.database.engine) as said:
            send_digests._plan_all(wired)
        spoken, batches = sum(len(one.statements) for one in said), -(-clients // digests.BATCH)
        yield Count("statements a 1,000 digests", kind, -(-spoken * 1000 // (batches * digests.BATCH)), MOST_A_THOUSAND)


def _compose(wired: Runtime, dues: Sequence[Due]) -> None:
    for start in range(0, len(dues), digests.BATCH):
        with wired.database.transaction() as connection:
            digests.compose(connection, dues[start : start + digests.BATCH], LAST_DAY, "https://portal.example.com")


def _dues(wired: Runtime) -> list[Due]:
    """Everyone who is due, without moving anybody on."""
    with wired.database.transaction() as connection:
        found = due.claim(connection, digests._DUE, NOW, 10**7)
        connection.rollback()
    return sorted(found, key=lambda each: each.row.client_id)


def _floor(wired: Runtime, kind: str, clients: int, _: int) -> float:
    values = (EARLIEST, LAST_DAY, FIRST_DAY) if kind == "postgres" else tuple(map(str, (EARLIEST, LAST_DAY, FIRST_DAY)))
    connection: Any = wired.database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        return each(clients, lambda: (cursor.execute(_FLOOR[kind], values), cursor.fetchall()))
    finally:
        connection.close()


def _forget() -> None:
    segments.cache_clear()


@contextmanager
def _copy(kind: str, clients: int) -> Iterator[Runtime]:
    made = furnish(clients)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, databases.fresh(kind, Path(folder), made) as url:
        wired = wire(url, NOW)
        with using(wired):
            yield wired
        wired.database.dispose()


def _furnish(clients: int, database: Database) -> None:
    furnisher = Furnisher(database)
    furnisher.clients(clients, ZONES)
    furnisher.goals(clients, GOALS, SINCE)
    furnisher.write(tables.schedule, (_schedule(number) for number in range(clients)))
    furnisher.write(tables.message, (_message(number, place) for number in range(clients) for place in range(GOALS)))
    furnisher.write(tables.win, _wins(clients))
    furnisher.write(tables.reflection, (_reflection(number) for number in range(clients) if number % 5 < 3))
    furnisher.settle()


def _schedule(number: int) -> dict[str, Any]:
    return {
        "id": number + 1, "practice_id": 1, "client_id": number + 1, "kind": "reflection", "days": "7",
        "local_time": "18:00", "channel": "text", "next_due_at": NOW, "created_at": NOW,
    }  # fmt: skip


def _message(number: int, place: int) -> dict[str, Any]:
    id_ = number * GOALS + place + 1
    return {
        "practice_id": 1, "client_id": number + 1, "direction": "in", "kind": "text",
        "from_phone": "+12120000000", "to_phone": ALICES_NUMBER, "body": SAID[id_ % len(SAID)], "state": "received",
        "understanding": {"acts": ["win"], "risk": None}, "created_at": NOW - timedelta(days=2),
    }  # fmt: skip


def _wins(clients: int) -> Iterator[dict[str, Any]]:
    id_ = 0
    for number in range(clients):
        for place in range(GOALS):
            for back in [*range(WINS_A_WEEK), *range(7, 35, 7)]:
                id_ += 1
                yield {
                    "id": id_, "practice_id": 1, "client_id": number + 1, "goal_id": number * GOALS + place + 1,
                    "local_date": LAST_DAY - timedelta(days=back), "amount": None, "source": "text",
                    "message_id": number * GOALS + place + 1 if back < 7 else None, "recorded_at": NOW,
                }  # fmt: skip


def _reflection(number: int) -> dict[str, Any]:
    return {
        "practice_id": 1, "client_id": number + 1, "message_id": number * GOALS + 1, "question": "What helped?",
        "body": "the kettle in the morning starts everything", "local_date": LAST_DAY - timedelta(days=6),
        "recorded_at": NOW,
    }  # fmt: skip


_RESTORE = {
    "sqlite": (
        "PRAGMA foreign_keys=OFF",
        "DELETE FROM digest",
        "DELETE FROM message WHERE direction = 'out'",
        "DELETE FROM check_in",
        "UPDATE check_in_schedule SET asked_on = NULL, next_due_at = created_at WHERE asked_on IS NOT NULL",
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "PRAGMA foreign_keys=ON",
    ),
    "postgres": (
        "SET session_replication_role = replica",
        "DELETE FROM digest",
        "DELETE FROM message WHERE direction = 'out'",
        "DELETE FROM check_in",
        "UPDATE check_in_schedule SET asked_on = NULL, next_due_at = created_at WHERE asked_on IS NOT NULL",
        "VACUUM check_in_schedule",
        "VACUUM message",
        "VACUUM check_in",
        "VACUUM digest",
    ),
}
"""All as before: who was due was due at NOW, which is also when their schedule was made."""
