"""`python -m tests.trials.weather`: a carrier that answers 500 after having sent, 429, nothing at all, or hangs up, and
loses, repeats and shuffles its receipts; and webhooks that never bring what clients texted.

The carrier is the make-believe one with its own book, spoken to through Twilio's SDK; only the hours that pass are
simulated. When all is over, the book and our record must say the same: no text twice, none lost, every state settled.
"""

import logging
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import waitress
from sqlalchemy import func, select

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.gateways.twilio_texts import TwilioTexts, twilio_client
from coach_portal.core.models import Charge, Message, MonthSpent, Win
from coach_portal.core.rules.message_state import FINAL, from_carrier
from functions import ask_carrier, runtime, schedule_check_ins, send_messages
from infra.local.carrier import Carrier, CarrierSettings
from infra.local.carrier.weather import Forecast
from infra.local.shim import with_webhooks
from tests import fakes, webhooks
from tests.ports import free_port
from tests.trials import command, people
from tests.trials.line import TimedQueue

ACCOUNT, TOKEN = "AC" + "0" * 32, "an auth token for trials only"
CREATE = {
    "ok": 50, "429": 8, "500": 6, "500_after_sending": 12, "timeout": 3, "timeout_after_sending": 6, "reset": 5,
    "reset_after_sending": 10,
}  # fmt: skip
DELIVER: dict[int | None, int] = {None: 80, 30003: 12, 30008: 5, 30005: 3}
RECEIPTS = {"lost": 0.25, "repeated": 0.2, "shuffled": True}
PATIENCE = 0.4
"""Seconds our gateway waits for an answer."""
LASTS = timedelta(hours=5)
"""Longer than any text may wait, and than the carrier takes to be asked about all of them."""
WORKERS, BATCH = 3, 10


@dataclass
class Outcome:
    """What came of it; the list of breaches is to be empty."""

    due: int = 0
    handed: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    anew: int = 0
    answers_missed: int = 0
    seconds: float = 0.0
    breaches: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        def told(counted: Counter[str]) -> str:
            return ", ".join(f"{what} {number}" for what, number in sorted(counted.items()))

        return "\n".join(
            [
                f"check-ins due    {self.due}",
                f"calls            {told(self.faults)}",
                f"handed over      {self.handed}, of them {self.anew} anew after a failure that passes",
                f"ended            {told(self.states)}",
                f"answers          {self.answers_missed} that no webhook brought, each recorded once",
                f"seconds          {self.seconds:.0f}",
                *(f"BREACH           {breach}" for breach in self.breaches[:20]),
                "none twice, none lost, all settled" if not self.breaches else f"{len(self.breaches)} BREACHES",
            ]
        )


def trial(database: Database, folder: Path, *, clients: int, seed: int) -> Outcome:
    """Make so many clients due, let every storm pass, and judge."""
    began, random = time.monotonic(), Random(seed)
    clock = fakes.FakeClock(datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(minutes=5))
    coach = people.open_practice(database, clock.at)
    ids = people.take_on(database, coach, [{"name": f"Client {place}"} for place in range(clients)], clock.at)
    people.add_goals(
        database, coach, [{"client_id": each, "position": 1, "title": "5 squats"} for each in ids], clock.at
    )
    people.ask_now(database, coach, ids, clock.at)
    outcome = Outcome(due=clients)
    with _standing(database, folder, clock) as (carrier, queue):
        outcome.faults = _storm(carrier, clients, random, seed)
        missed = _live(carrier, queue, clock, clients, random)
        _come_to_rest(carrier)
        _judge(database, carrier, missed, outcome)
    outcome.seconds = time.monotonic() - began
    return outcome


@contextmanager
def _standing(database: Database, folder: Path, clock: fakes.FakeClock) -> Iterator[tuple[Carrier, TimedQueue]]:
    """The carrier, our webhooks for its receipts, and the functions wired to both."""
    here = f"http://127.0.0.1:{(port := free_port())}"
    settings = Settings(
        database_url="", secret_key="a secret key for trials only, long enough", public_url=here, webhook_url=here,
        twilio_account_sid=ACCOUNT, twilio_auth_token=TOKEN, data_dir=folder,
    )  # fmt: skip
    queue = TimedQueue(clock.now)
    server = waitress.create_server(with_webhooks(_nothing_else), host="127.0.0.1", port=port, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    book = CarrierSettings(ACCOUNT, TOKEN, sms_url=f"{here}/twilio/sms", database=str(folder / "carrier.db"))
    with Carrier(book) as carrier:
        client = twilio_client(ACCOUNT, TOKEN, api_url=carrier.url, timeout=PATIENCE)
        sender = TwilioTexts(client, webhook_url=here)
        runtime.use(fakes.FakeRuntime(settings, database, queue, clock, sender=sender))  # type: ignore[arg-type]
        yield carrier, queue
        runtime.use(None)
    server.close()


def _nothing_else(_environ: Any, start_response: Any) -> list[bytes]:
    start_response("404 Not Found", [])
    return [b""]


def _storm(carrier: Carrier, clients: int, random: Random, seed: int) -> Counter[str]:
    create = random.choices(list(CREATE), CREATE.values(), k=clients)
    deliver = random.choices(list(DELIVER), DELIVER.values(), k=clients)
    forecast = {"create": create, "deliver": deliver, "receipts": RECEIPTS, "seed": seed}
    carrier.weather.becomes(Forecast.read(forecast))
    return Counter(create)


def _live(carrier: Carrier, queue: TimedQueue, clock: fakes.FakeClock, clients: int, random: Random) -> set[str]:
    """Half a minute after another; a tenth of the clients answer, and no webhook brings it. Answers their phones."""
    answering = {people.phone_of(place) for place in random.sample(range(clients), clients // 10)}
    begins = clock.at
    ends, answer_at = begins + LASTS, begins + timedelta(minutes=30)
    with ThreadPoolExecutor(WORKERS) as workers:
        while clock.at < ends:
            carrier.clock.set({"now": clock.at.isoformat()})
            schedule_check_ins.handler(webhooks.event("schedule"), None)
            ask_carrier.handler(webhooks.event("schedule"), None)
            while batches := queue.take(BATCH, WORKERS * 4):
                for batch, answer in zip(batches, workers.map(_work, batches), strict=True):
                    failed = {int(each["itemIdentifier"]) for each in answer["batchItemFailures"]}
                    queue.put([each for each in batch if each in failed], timedelta(seconds=random.randrange(20, 60)))
            if begins < answer_at <= clock.at:
                for phone in sorted(answering):
                    _text_unheard(carrier, phone)
                begins = ends
            # The first quarter of an hour is lived closely, the long wait after it in larger steps.
            clock.move_on(seconds=30 if ends - clock.at > LASTS - timedelta(minutes=45) else 120)
    return answering


def _text_unheard(carrier: Carrier, phone: str) -> None:
    at = carrier.clock.now()
    text = carrier.book.add(
        direction="inbound", sender=phone, recipient=people.PRACTICE_PHONE, body="did it", status="received", at=at
    )
    carrier.book.received(text.sid, None, at=at)


def _work(batch: list[int]) -> dict[str, Any]:
    records = [{"messageId": str(each), "body": f'{{"message_id": {each}}}'} for each in batch]
    return send_messages.handler({"Records": records}, None)


def _come_to_rest(carrier: Carrier) -> None:
    until = time.monotonic() + 20
    while carrier.book.unfinished() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.3)  # the last receipts are on the wire


def _judge(database: Database, carrier: Carrier, missed: set[str], outcome: Outcome) -> None:
    with database.reading() as session:
        out = session.execute(select(*Message.__table__.c).where(Message.direction == "out")).all()
        wins = Counter(session.scalars(select(Win.client_id)))
        sums_of = select(Charge.message_id, func.sum(Charge.micros)).group_by(Charge.message_id)
        charged = {row[0]: row[1] for row in session.execute(sums_of)}
        ledger = session.scalar(select(func.sum(Charge.micros)))
        sums = session.scalar(select(func.sum(MonthSpent.micros)))
    theirs = {text.sid: text for text in _texts(carrier) if not text.inbound}
    asked = [message for message in out if message.kind == "check_in"]
    outcome.handed = sum(message.sid is not None for message in asked)
    outcome.anew = sum(message.retries > 0 and message.sid is not None for message in asked)
    outcome.states = Counter(message.state for message in asked)
    outcome.answers_missed = len(missed)
    breaches = outcome.breaches
    _compare(out, theirs, breaches)
    if len({message.client_id for message in asked}) != outcome.due:
        breaches.append("somebody's check-in was never planned")
    tries = Counter((message.check_in_id, message.retries) for message in asked)
    breaches += [f"check-in {check_in} has two texts of one try" for (check_in, _), times in tries.items() if times > 1]
    if sorted(wins.values()) != [1] * len(missed):
        breaches.append(f"{len(missed)} answers were missed and {sum(wins.values())} wins recorded")
    if ledger != sums:
        breaches.append(f"the ledger adds up to {ledger}, the month's sums to {sums}")
    unpaid = [message.id for message in out if message.price_micros and charged.get(message.id) != message.price_micros]
    breaches += [f"message {each} is charged otherwise than the carrier did" for each in unpaid]


def _texts(carrier: Carrier) -> Iterator[Any]:
    return (text for phone in _phones(carrier) for text in carrier.book.phone(phone))


def _phones(carrier: Carrier) -> set[str]:
    return {text.phone for text in carrier.book.last_of_each_phone(1)}


def _compare(out: Any, theirs: dict[str, Any], breaches: list[str]) -> None:
    ours = {message.sid: message for message in out if message.sid is not None}
    breaches += [f"the carrier sent {sid}, of which we know nothing" for sid in theirs.keys() - ours.keys()]
    breaches += [f"we believe in {sid}, which the carrier never had" for sid in ours.keys() - theirs.keys()]
    for message in out:
        if message.state not in FINAL:
            breaches.append(f"message {message.id} ({message.kind}) is {message.state} for ever")
        elif message.sid is None and message.reason is None and message.error_code is None:
            breaches.append(f"message {message.id} was not sent and does not say why")
        elif message.sid in theirs and from_carrier(theirs[message.sid].status) != message.state:
            breaches.append(f"message {message.id} is {message.state}, at the carrier {theirs[message.sid].status}")


def main() -> int:
    """Run the trial from the command line."""
    logging.disable(logging.WARNING)
    return command.run("weather", __doc__, trial, clients=500)


if __name__ == "__main__":
    sys.exit(main())
