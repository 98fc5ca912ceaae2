"""`python -m tests.trials.paced`: ten thousand clients due in the same minute, numbers of every class, three workers.

The workers are threads on a real database; time is simulated, a second a step, so that an hour passes in minutes. The
carrier takes each number's texts at the speed of its class and refuses more. On the way some clients text STOP while
their question waits in line, and some others HELP, which is answered at any time.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, select, update

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.models import Alert, CheckInSchedule, Client, Coach, Goal, Message, tables
from coach_portal.core.rules import pacing
from coach_portal.core.rules.schedule import EVERY_DAY
from coach_portal.core.services.practice import practices
from functions import receive_sms, runtime, schedule_check_ins, send_messages
from tests import fakes, webhooks
from tests.cast import PASSWORD, keep_long_hours
from tests.trials import command
from tests.trials.line import PacedCarrier, TimedQueue
from tests.trials.people import phone_of

DUE = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)
"""Noon in New York."""
WORKERS, BATCH = 3, 10
SHARES = {
    "local_10dlc_high": 0.34, "local_10dlc_mid": 0.22, "short_code": 0.15, "local_10dlc_low": 0.12,
    "toll_free": 0.08, "local_10dlc_sole": 0.06, "long_code": 0.03,
}  # fmt: skip
ALMOST_FULL, CLOSES_SOON = "local_10dlc_sole", "long_code"
"""One number has sent half of what it may today; one practice closes two minutes later."""
LONG = ("write three lines about the best part of the day", "walk once around the block in the fresh air",
        "put the phone into the kitchen drawer before bed")  # fmt: skip
RECORDED = frozenset({"too_late", "day_full", "opted_out", "already_told"})


@dataclass
class Outcome:
    """What came of it; every list of breaches is to be empty."""

    due: int = 0
    sent: int = 0
    not_sent: Counter[str] = field(default_factory=Counter)
    stopped: int = 0
    answered: int = 0
    slowest_answer: float = 0.0
    fullest: float = 0.0
    lasted: timedelta = timedelta()
    seconds: float = 0.0
    breaches: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = ", ".join(f"{why} {number}" for why, number in sorted(self.not_sent.items()))
        return "\n".join(
            [
                f"check-ins due    {self.due}, at {WORKERS} workers",
                f"sent             {self.sent}, the last {self.lasted} after they were due",
                f"not sent         {told or 'none'}; each with its reason on the record",
                f"fullest number   {self.fullest:.2f} s of its speed ahead, of 2 s and one text that may be",
                f"STOP in the line {self.stopped} clients, none of them texted after",
                f"HELP             {self.answered} times, the slowest answered after {self.slowest_answer:.0f} s",
                f"seconds          {self.seconds:.0f}",
                *(f"BREACH           {breach}" for breach in self.breaches[:20]),
                "every rate kept, none twice, none lost" if not self.breaches else f"{len(self.breaches)} BREACHES",
            ]
        )


def trial(database: Database, folder: Path, *, clients: int, seed: int) -> Outcome:
    """Make so many clients due at noon, live until nothing is left to do, and judge."""
    began, random = time.monotonic(), Random(seed)
    phones = _furnish(database, clients, random)
    clock = fakes.FakeClock(DUE)
    queue, carrier = TimedQueue(clock.now), PacedCarrier(clock.now, dict(_numbers()))
    with _wired(database, folder, queue, clock, carrier) as wired:
        stops, answers = _disturb(phones, random)
        _live(wired, queue, clock, {**stops, **answers})
    outcome = _judge(database, carrier, stops, answers)
    outcome.seconds = time.monotonic() - began
    return outcome


def _numbers() -> Iterator[tuple[str, str]]:
    return ((f"+1617555{100 + place:04}", name) for place, name in enumerate(SHARES))


def _furnish(database: Database, clients: int, random: Random) -> dict[str, str]:
    """The practices with their clients; answers the number that each phone is texted from."""
    phones, places = {}, count()
    for number, name in _numbers():
        with database.session() as session:
            owner = practices.open_practice(
                session, practice=name, number=number, name="Alice Moreau", email=f"{name}@example.com",
                password=PASSWORD, now=DUE, sender_class=name,
            )  # fmt: skip
            practice = session.get_one(practices.Practice, owner.practice_id)
            keep_long_hours(practice)
            if name == CLOSES_SOON:
                practice.texts_until = "12:02"
            wanted = round(clients * SHARES[name])
            for phone in _take_on(session, owner, wanted, places, random):
                phones[phone] = number
            if name == ALMOST_FULL:
                cap = pacing.CLASSES[name].per_day or 0
                today = {"day": pacing.carriers_date(DUE), "day_segments": cap - wanted // 2}
                session.execute(update(tables.sending_number).filter_by(phone=number).values(**today))
    return phones


def _take_on(session: Any, owner: Coach, wanted: int, places: Iterator[int], random: Random) -> list[str]:
    number = session.scalars(select(practices.SendingNumber).filter_by(practice_id=owner.practice_id)).one()
    phones = [phone_of(next(places)) for _ in range(wanted)]
    person = {
        "practice_id": owner.practice_id, "sending_number_id": number.id, "country": "US", "locale": "en",
        "timezone": "America/New_York", "consent": "granted", "created_at": DUE,
    }  # fmt: skip
    rows = [{**person, "name": f"Client {phone[-4:]}", "phone": phone} for phone in phones]
    ids = session.scalars(insert(Client).returning(Client.id, sort_by_parameter_order=True), rows).all()
    of_practice = {"practice_id": owner.practice_id, "created_at": DUE}
    goals = [
        {**of_practice, "client_id": each, "position": place, "title": title, "cadence": "daily",
         "direction": "at_least"}
        for each in ids
        for place, title in enumerate(LONG if random.random() < 0.1 else ("5 squats",), 1)
    ]  # fmt: skip
    session.execute(insert(Goal), goals)
    asked = {**of_practice, "kind": "check_in", "days": EVERY_DAY, "local_time": "12:00", "next_due_at": DUE}
    session.execute(insert(CheckInSchedule), [{**asked, "client_id": each} for each in ids])
    return phones


@contextmanager
def _wired(
    database: Database, folder: Path, queue: TimedQueue, clock: fakes.FakeClock, carrier: PacedCarrier
) -> Iterator[Any]:
    settings = Settings(
        database_url="", secret_key="a secret key for trials only, long enough",
        public_url="https://portal.example.com", webhook_url="https://hooks.example.com",
        twilio_account_sid="AC" + "0" * 32, twilio_auth_token="an auth token for trials only", data_dir=folder,
    )  # fmt: skip
    wired = fakes.FakeRuntime(settings, database, queue, clock, sender=carrier)  # type: ignore[arg-type]
    runtime.use(wired)
    yield wired
    runtime.use(None)


Happenings = dict[datetime, list[tuple[str, str, str]]]
"""What is texted at a moment: phone, number, words."""


def _disturb(phones: dict[str, str], random: Random) -> tuple[Happenings, Happenings]:
    """one client in a hundred stops and one asks for help, each while the lines are long; never the same one."""
    fast = {number for number, name in _numbers() if pacing.CLASSES[name].per_second > 10}
    chosen = random.sample(sorted(phone for phone in phones if phones[phone] not in fast), max(len(phones) // 50, 8))
    longest = max(len(phones) // 125, 3)
    half = len(chosen) // 2
    stops: Happenings = {}
    answers: Happenings = {}
    for place, phone in enumerate(chosen):
        happenings, words = (stops, "STOP") if place < half else (answers, "HELP")
        # No two of the two kinds at one moment: stops at even seconds, answers at odd ones.
        at = DUE + timedelta(seconds=random.randrange(1, longest) * 2 + (place >= half))
        happenings.setdefault(at, []).append((phone, phones[phone], words))
    return stops, answers


def _live(wired: Any, queue: TimedQueue, clock: fakes.FakeClock, happenings: Happenings) -> None:
    """Second by second: what is texted arrives, the tick comes by each minute, three workers send what is visible."""
    sids, ticked = count(1), None
    with ThreadPoolExecutor(WORKERS) as workers:
        while True:
            minute = clock.at.replace(second=0)
            if minute != ticked:
                schedule_check_ins.handler(webhooks.event("schedule"), None)
                ticked = minute
            for phone, number, words in happenings.pop(clock.at, ()):
                form = {"MessageSid": f"SMf{next(sids):031x}", "From": phone, "To": number, "Body": words}
                receive_sms.handler(webhooks.sms(wired.settings, **form), None)
            while batches := queue.take(BATCH, WORKERS * 8):
                for answer, batch in zip(workers.map(_work, batches), batches, strict=True):
                    failed = {int(each["itemIdentifier"]) for each in answer["batchItemFailures"]}
                    queue.put([each for each in batch if each in failed], timedelta(seconds=2))
            moments = [*happenings, *filter(None, [queue.next_at()])]
            if not moments:
                return
            clock.at = max(clock.at + timedelta(seconds=1), _whole_second(min(moments)))


def _whole_second(moment: datetime) -> datetime:
    whole = moment.replace(microsecond=0)
    return whole if whole == moment else whole + timedelta(seconds=1)


def _work(batch: list[int]) -> dict[str, Any]:
    records = [{"messageId": str(each), "body": f'{{"message_id": {each}}}'} for each in batch]
    return send_messages.handler({"Records": records}, None)


def _judge(database: Database, carrier: PacedCarrier, stops: Happenings, answers: Happenings) -> Outcome:
    outcome = Outcome(breaches=[f"the carrier refused {carrier.refused} texts"] if carrier.refused else [])
    with database.reading() as session:
        asked = session.execute(select(*Message.__table__.c).where(Message.kind == "check_in")).all()
        replies = session.execute(select(Message.to_phone, Message.reason).where(Message.kind == "help")).all()
        alerts = select(Client.phone).join(Alert, Alert.client_id == Client.id)
        left_to_coach = set(session.scalars(alerts.where(Alert.kind == "wants_answer")))
        schedules = len(session.scalars(select(CheckInSchedule.id)).all())
    outcome.due, outcome.sent = schedules, sum(message.handed_at is not None for message in asked)
    outcome.not_sent = Counter(message.reason for message in asked if message.state == "not_sent")
    outcome.lasted = max(text.at for text in carrier.taken) - DUE
    outcome.fullest = max(carrier.fullest.values()) / 1_000_000
    outcome.stopped = sum(map(len, stops.values()))
    _look_for_breaches(outcome, asked, carrier, stops)
    dropped = {reply.to_phone for reply in replies if reply.reason == "day_full"}
    _time_the_answers(outcome, carrier, answers, dropped | left_to_coach)
    return outcome


def _look_for_breaches(outcome: Outcome, asked: Any, carrier: PacedCarrier, stops: Happenings) -> None:
    breaches, handed = outcome.breaches, {text.message_id: text.at for text in carrier.taken}
    twice = [each for each, times in Counter(text.message_id for text in carrier.taken).items() if times > 1]
    breaches += [f"message {each} was sent twice" for each in twice]
    if len(asked) != outcome.due:
        breaches.append(f"{outcome.due} were due and {len(asked)} were planned")
    for message in asked:
        if (message.id in handed) != (message.handed_at is not None):
            breaches.append(f"message {message.id}: our record and the carrier's differ")
        elif message.handed_at is None and (message.state != "not_sent" or message.reason not in RECORDED):
            breaches.append(f"message {message.id} is {message.state} ({message.reason}) and was never sent")
        elif message.handed_at is not None and message.handed_at >= message.deadline_at:
            breaches.append(f"message {message.id} left after its deadline")
    for number, fullest in carrier.fullest.items():
        if fullest > carrier.most_ahead(number):
            breaches.append(f"{number} was {fullest / 1e6:.2f} s ahead of its speed")
        cap = pacing.CLASSES[carrier.classes[number]].per_day
        if cap is not None and carrier.segments[number] > cap:
            breaches.append(f"{number} sent {carrier.segments[number]} segments on a day of {cap}")
    asked_of = {message.id for message in asked}
    for at, texts in stops.items():
        told = {phone for phone, _, _ in texts}
        late = [t for t in carrier.taken if t.to in told and t.at >= at and t.message_id in asked_of]
        breaches += [f"message {text.message_id} left after a STOP" for text in late]


def _time_the_answers(outcome: Outcome, carrier: PacedCarrier, answers: Happenings, recorded: set[str]) -> None:
    for at, texts in answers.items():
        for phone, _, _ in texts:
            back = [text.at for text in carrier.taken if text.to == phone and text.at >= at]
            outcome.answered += 1
            if back:
                outcome.slowest_answer = max(outcome.slowest_answer, (min(back) - at).total_seconds())
            elif phone not in recorded:
                outcome.breaches.append(f"HELP from {phone} got no answer, and nothing says why")


def main() -> int:
    """Run the trial from the command line."""
    return command.run("paced", __doc__, trial, clients=10_000)


if __name__ == "__main__":
    sys.exit(main())
