"""One inbound text through the whole handler: fresh, come again, and forged.

The floor of a fresh text is the statements it led to, said again by the raw driver in the same transactions, and one
signature check, and the understanding of the same text. The queue is a fake that records.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from twilio.request_validator import RequestValidator

from coach_portal.core.db import Database
from coach_portal.core.rules.replies import understand
from coach_portal.core.rules.replies.understanding import Situation
from coach_portal.core.services.replies import inbound
from functions.http_event import form_of
from functions.receive_sms import handler
from functions.runtime import Runtime
from tests import databases, webhooks
from tests.bench.furnish import NOW, Furnisher, phone_of
from tests.bench.measure import Count, Row, each, interleave
from tests.bench.recording import Transaction, raw_driver, recording
from tests.bench.wiring import logging_as_in_service, using, wire
from tests.cast import ALICES_NUMBER

CLIENTS, GOALS = 10_000, 3
REPLIES = ("all done!", "1 and 3", "did the first, skipped the others", "yes", "only 3 squats, no walk", "done 💪")
GOAL = {"sqlite": 2.0, "postgres": 1.6}
MOST_ROUND_TRIPS = 8
FLOOR_IS = "its statements by the raw driver + signature + understanding"


@dataclass
class Floor:
    """What one text led to."""

    url: str
    form: dict[str, str]
    signature: str
    situation: Situation
    transactions: list[Transaction]


def furnish(database: Database) -> None:
    """10,000 clients with three goals each, all of them asked an hour ago."""
    furnisher = Furnisher(database)
    furnisher.clients(CLIENTS, ["America/New_York"])
    furnisher.goals(CLIENTS, GOALS)
    furnisher.questions(CLIENTS, GOALS)
    furnisher.settle()


def rows(kind: str, rounds: int, calls: int) -> Iterator[Row | Count]:
    """The rows of this job on one kind of database."""
    with ExitStack() as stack:
        recorded, fresh, raw = (stack.enter_context(_copy(kind)) for _ in range(3))
        texts = [[_event(fresh, (number, call)) for call in range(calls)] for number in range(rounds + 1)]
        floors = [[_record(recorded, event) for event in batch] for batch in texts]
        driver = raw_driver(raw.settings.database_url)
        stack.callback(driver.close)
        stack.enter_context(logging_as_in_service())
        stack.enter_context(using(fresh))
        validator = RequestValidator(fresh.settings.twilio_auth_token)

        def lowest(number: int) -> float:
            return each(calls, lambda: [_lowest(driver, validator, floor) for floor in floors[number]])

        def handle(events: list[dict[str, Any]]) -> float:
            return each(calls, lambda: [handler(event, None) for event in events])

        forged = [[event | {"headers": {"x-twilio-signature": "forged"}} for event in batch] for batch in texts]
        costs = interleave(
            {
                "fresh": lambda number: handle(texts[number]),
                "floor": lowest,
                "replay": lambda number: handle(texts[max(number - 1, 0)]),
                "forged": lambda number: handle(forged[number]),
            },
            rounds,
        )
        yield from _counts(kind, [floor for batch in floors for floor in batch])
        yield Row("inbound text", kind, costs["fresh"], costs["floor"], GOAL[kind], FLOOR_IS)
        yield Row("the same again", kind, costs["replay"], costs["fresh"], 0.6, "a fresh text")
        yield Row("forged", kind, costs["forged"], costs["fresh"], 0.3, "a fresh text")


@contextmanager
def _copy(kind: str) -> Iterator[Runtime]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, databases.fresh(kind, Path(folder), furnish) as url:
        wired = wire(url, NOW)
        yield wired
        wired.database.dispose()


def _counts(kind: str, floors: list[Floor]) -> Iterator[Count]:
    reports = [floor for floor in floors if floor.form["Body"] == REPLIES[0]]
    statements = max(sum(len(one.statements) for one in floor.transactions) for floor in reports)
    yield Count("statements of a report", kind, statements, MOST_ROUND_TRIPS)
    if kind == "postgres":
        trips = max(sum(one.round_trips for one in floor.transactions) for floor in reports)
        yield Count("round trips of a report", kind, trips, MOST_ROUND_TRIPS)


def _event(wired: Runtime, place: tuple[int, int]) -> dict[str, Any]:
    batch, call = place
    number = batch * 1000 + call
    return webhooks.sms(
        wired.settings,
        MessageSid=f"SM{number:032x}",
        From=phone_of(number % CLIENTS),
        To=ALICES_NUMBER,
        Body=REPLIES[number % len(REPLIES)],
    )


def _record(wired: Runtime, event: dict[str, Any]) -> Floor:
    situations: list[Situation] = []

    def listen(text: str, situation: Situation) -> Any:
        situations.append(situation)
        return understand(text, situation)

    with using(wired), recording(wired.database.engine) as said, patch.object(inbound, "understand", listen):
        answer = handler(event, None)
    assert answer["statusCode"] == 200
    url = wired.settings.webhook_url + event["rawPath"]
    return Floor(url, form_of(event), event["headers"]["x-twilio-signature"], situations[0], said)


def _lowest(driver: Any, validator: RequestValidator, floor: Floor) -> None:
    assert validator.validate(floor.url, floor.form, floor.signature)
    understand(floor.form["Body"], floor.situation)
    driver.say(floor.transactions)
