"""One text through the send step, and one report of what became of it.

The floor of each is the statements it leads to, said again by the raw driver in the same transactions, and for a report
its signature check. The carrier is a fake that takes everything at once.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from twilio.request_validator import RequestValidator

from coach_portal.core.db import Database
from coach_portal.core.models import tables
from coach_portal.core.services.sending import outbox
from functions import delivery_status, send_messages
from functions.http_event import form_of
from functions.runtime import Runtime
from tests import databases, webhooks
from tests.bench.furnish import NOW, Furnisher, phone_of
from tests.bench.measure import Row, each, interleave
from tests.bench.recording import Transaction, raw_driver, recording
from tests.bench.wiring import logging_as_in_service, using, wire
from tests.cast import ALICES_NUMBER

CLIENTS, BATCH = 5_000, 10
GOAL = {"sqlite": 2.0, "postgres": 1.6}
SENT_FLOOR = "its statements by the raw driver"
TOLD_FLOOR = "its statements by the raw driver + signature"


def rows(kind: str, rounds: int, calls: int) -> Iterator[Row]:
    """The rows of these jobs on one kind of database."""
    batches = [range(number * calls, (number + 1) * calls) for number in range(rounds + 1)]
    with ExitStack() as stack:
        recorded, fresh, raw = (stack.enter_context(_copy(kind)) for _ in range(3))
        sent = [_recorded(recorded, lambda batch=batch: _send(recorded, batch)) for batch in batches]
        told = [_recorded(recorded, lambda batch=batch: _report(_reports(recorded, batch))) for batch in batches]
        driver = raw_driver(raw.settings.database_url)
        stack.callback(driver.close)
        stack.enter_context(logging_as_in_service())
        stack.enter_context(using(fresh))
        # Every text is sent before it is reported, on both sides.
        variants: dict[str, Callable[[int], float]] = {
            "sent": lambda number: each(calls, lambda: _send(fresh, batches[number])),
            "floor": lambda number: each(calls, lambda: driver.say(sent[number])),
        }
        costs = interleave(variants, rounds)
        yield Row("sending one text", kind, costs["sent"], costs["floor"], GOAL[kind], SENT_FLOOR)
        events = [_reports(fresh, batch) for batch in batches]
        validator = RequestValidator(fresh.settings.twilio_auth_token)
        variants = {
            "told": lambda number: each(calls, lambda: _report(events[number])),
            "floor": lambda number: each(calls, lambda: _told_floor(driver, validator, fresh, told, events, number)),
        }
        costs = interleave(variants, rounds)
        yield Row("one delivery report", kind, costs["told"], costs["floor"], GOAL[kind], TOLD_FLOOR)


def _told_floor(
    driver: Any, validator: RequestValidator, wired: Runtime, told: Sequence[Any], events: Sequence[Any], number: int
) -> None:
    for event in events[number]:
        url = f"{wired.settings.webhook_url}{event['rawPath']}?{event['rawQueryString']}"
        assert validator.validate(url, form_of(event), event["headers"]["x-twilio-signature"])
    driver.say(told[number])


def _recorded(wired: Runtime, work: Callable[[], None]) -> list[Transaction]:
    with using(wired), recording(wired.database.engine) as said:
        work()
    return said


def _send(wired: Runtime, batch: Sequence[int]) -> None:
    for start in range(0, len(batch), BATCH):
        wired.clock.move_on(seconds=1)  # type: ignore[attr-defined]  # what its number's pace lets through
        ids = [number + 1 for number in batch[start : start + BATCH]]
        records = [{"messageId": str(id_), "body": json.dumps({"message_id": id_})} for id_ in ids]
        assert send_messages.handler({"Records": records}, None) == {"batchItemFailures": []}


def _reports(wired: Runtime, batch: Sequence[int]) -> list[dict[str, Any]]:
    with wired.database.reading() as session:
        message = tables.message
        sids = dict(session.execute(message.select().with_only_columns(message.c.id, message.c.sid)).tuples().all())
    return [webhooks.status(wired.settings, sids[number + 1], "delivered", message=number + 1) for number in batch]


def _report(events: Sequence[dict[str, Any]]) -> None:
    for event in events:
        assert delivery_status.handler(event, None)["statusCode"] < 300


@contextmanager
def _copy(kind: str) -> Iterator[Runtime]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, databases.fresh(kind, Path(folder), furnish) as url:
        wired = wire(url, NOW)
        yield wired
        wired.database.dispose()


def furnish(database: Database) -> None:
    """A check-in that is planned for each client, and a number of theirs that is never too busy for it."""
    furnisher = Furnisher(database)
    furnisher.clients(CLIENTS, ["America/New_York"])
    furnisher.goals(CLIENTS, 1)
    furnisher.questions(CLIENTS, 1)
    furnisher.write(tables.message, ({"id": number + 1, **_planned(number)} for number in range(CLIENTS)))
    with database.transaction() as connection:
        connection.execute(tables.sending_number.update().values(sender_class="short_code"))
    furnisher.settle()


def _planned(number: int) -> dict[str, Any]:
    return outbox.outgoing(
        kind="check_in",
        practice_id=1,
        client_id=number + 1,
        check_in_id=number + 1,
        from_phone=ALICES_NUMBER,
        to_phone=phone_of(number),
        body=f"Hi, did you manage 5 squats today? ({number})",
        now=NOW,
        deadline_at=NOW + timedelta(hours=4),
    )
