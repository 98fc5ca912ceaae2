"""`python -m tests.trials.lambda_loop`: the whole loop on Lambda, as far as it goes without AWS.

`coach-portal deploy` to a make-believe AWS; its queues, and the functions from their uploaded packages under AWS's own
runtime client; the make-believe carrier at one end, Postgres at the other. Clients are asked, answer, get their week;
meanwhile a worker is killed in the middle of a batch, and a record lies in the queue that nobody can read.
Needs the packages: `make package` first.
"""

import argparse
import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from moto.server import ThreadedMotoServer
from sqlalchemy import func, select, update

from coach_portal.core.db import Database
from coach_portal.core.models import CheckInSchedule, Message, Win
from coach_portal.core.services.alerting import canary
from infra.aws.deploy.account import Account
from infra.aws.deploy.run import Deployment
from infra.aws.functions import FUNCTIONS, Every, Function
from infra.aws.packages.build import built_functions
from infra.aws.runtimes import RUNTIME
from infra.local.carrier import Carrier, CarrierSettings
from tests import databases
from tests.lambdas.cloud import Cloud, queue_depth
from tests.lambdas.front_door import FrontDoor
from tests.lambdas.runtime_api import Died
from tests.trials import people, processes
from tests.trials.processes import ACCOUNT, TOKEN

ENVIRONMENTS = {"receive_sms": 3, "delivery_status": 2, "send_messages": 3}
PATIENCE = 900.0
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
POISON = '{"not": "ours"}'
DEAD = "trial-messages-dead"


@dataclass
class Outcome:
    """What came of it, each a count."""

    clients: int
    found: dict[str, int] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Everything once for everybody; the one poison set aside; somebody died and it did not matter."""
        wanted = dict.fromkeys(("asked", "wins", "answered", "digests"), self.clients)
        return (
            {**self.found, **wanted} == self.found
            and self.found["twice"] == self.found["open"] == 0
            and (self.found["dead letters"] == 1 and self.found["killed"] == 1)
            and self.found["canaries"] >= 1
        )

    def __str__(self) -> str:
        lines = [f"{name:14} {count}" for name, count in self.found.items()]
        return "\n".join([*lines, "nothing twice, nothing lost" if self.is_good else "NOT WELL"])


class Trial:
    """One run."""

    def __init__(self, clients: int, folder: Path, database: Database, carrier: Carrier, cloud: Cloud) -> None:
        self.clients, self._folder, self._database = clients, folder, database
        self._carrier, self._cloud = carrier, cloud
        self._book = processes.Carrier(folder / "carrier.db", "", urlsplit(carrier.url).port or 0)

    def run(self, coach: people.Coach) -> Outcome:
        """Ask, answer, tell of the week; then judge."""
        # A tick can take as long as half of the sending: whoever aims the kill may not wait for it.
        aiming = threading.Thread(target=self._kill_at, args=(self.clients // 3,), daemon=True)
        aiming.start()
        self._until(lambda: self._reached() >= self.clients)
        aiming.join(PATIENCE)
        self._everybody_answers()
        self._until(lambda: self._count(Win) >= self.clients and self._settled())
        self._week()
        self._until(lambda: self._sent("digest") >= self.clients and self._settled())
        self._until(lambda: queue_depth(self._cloud.account, DEAD) >= 1 and self._canaries() >= 1)
        return self._judge()

    def _kill_at(self, reached: int) -> None:
        while not self._cloud.deaths and self._reached() < self.clients:
            if self._reached() >= reached:
                self._cloud.kill_one("send_messages")
            time.sleep(0.05)

    def _until(self, so: Callable[[], bool]) -> None:
        ended, ticked = time.monotonic() + PATIENCE, 0.0
        while not so() and time.monotonic() < ended:
            if time.monotonic() - ticked > 5:
                self._tick()
                ticked = time.monotonic()
            time.sleep(0.1)

    def _tick(self) -> None:
        for function in FUNCTIONS:
            if isinstance(function.wakes, Every):
                # One that takes too long is ended by Lambda too; the next tick does its work.
                with suppress(Died):
                    self._cloud.invoke(function.name, {"source": "aws.events", "detail-type": "Scheduled Event"})

    def _everybody_answers(self) -> None:
        phones = [people.phone_of(number) for number in range(self.clients)]
        with ThreadPoolExecutor(6) as texting:
            list(texting.map(lambda p: self._carrier.inbound.text_practice(p, people.PRACTICE_PHONE, "done!"), phones))

    def _week(self) -> None:
        with self._database.session() as session:
            due_at = datetime.now(UTC).replace(second=0, microsecond=0)
            session.execute(
                update(CheckInSchedule).where(CheckInSchedule.kind == "reflection").values(next_due_at=due_at)
            )

    def _canaries(self) -> int:
        """How often danger was told to the webhooks, and a coach told of it by an email that left."""
        with self._database.statement() as connection:
            flight = canary.last_flight(connection)
        return int(flight is not None and flight.told_at is not None and not flight.in_the_air)

    def _reached(self) -> int:
        return len({phone for phone, _ in self._book.sent()})

    def _sent(self, kind: str) -> int:
        with self._database.reading() as session:
            wanted = select(func.count()).where(Message.kind == kind, Message.handed_at.is_not(None))
            return int(session.scalar(wanted) or 0)

    def _count(self, model: type[Win]) -> int:
        with self._database.reading() as session:
            return int(session.scalar(select(func.count()).select_from(model)) or 0)

    def _settled(self) -> bool:
        with self._database.reading() as session:
            open_ones = select(func.count()).where(Message.state.in_(("planned", "sending", "unknown")))
            return not session.scalar(open_ones)

    def _judge(self) -> Outcome:
        texts = self._book.sent()
        found = {
            "asked": self._sent("check_in"),
            "wins": self._count(Win),
            "answered": self._sent("reply"),
            "digests": self._sent("digest"),
            "carrier took": sum(texts.values()),
            "twice": sum(count - 1 for count in texts.values()),
            "open": int(not self._settled()),
            "killed": self._cloud.deaths,
            "dead letters": queue_depth(self._cloud.account, DEAD),
            "canaries": self._canaries(),
        }
        return Outcome(self.clients, found)


def deploy(account: Account, url: str, carrier: Carrier, door: FrontDoor, out: Path) -> None:
    """`coach-portal deploy`, with the packages that lie there."""
    given = {
        "DATABASE_URL": url,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_API_URL": carrier.url,
        "EMAIL_FROM": "Coach Portal <portal@example.com>",
    }
    deployment = Deployment(
        account, RUNTIME, out, given, say, operator_email="ops@example.com",
        public_url="https://portal.example.com", webhook_url=door.url, packages=list(built_functions(out)),
    )  # fmt: skip
    deployment.run(with_portal=False)


def furnish(database: Database, clients: int) -> people.Coach:
    """So many clients with a goal each, asked now; their week is told when the trial says so."""
    now = datetime.now(UTC)
    coach = people.open_practice(database, now)
    ids = people.take_on(
        database, coach, [{"name": f"Client {number}"} for number in range(clients)], now - timedelta(8)
    )
    people.add_goals(database, coach, [{"client_id": each, "position": 1, "title": "5 squats"} for each in ids], now)
    people.ask_now(database, coach, ids, now)
    people.ask_now(database, coach, ids, now, "reflection", awake=False)
    return coach


def start(cloud: Cloud) -> None:
    """Environments for every function, and pollers for the queues."""
    for function in FUNCTIONS:
        cloud.start(function.name, ENVIRONMENTS.get(function.name, 1))
    for name in ("send_messages", "record_inbound"):
        cloud.poll(_function(name), ENVIRONMENTS.get(name, 1))


def _function(name: str) -> Function:
    return next(function for function in FUNCTIONS if function.name == name)


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201


def trial(clients: int, out: Path) -> Outcome:
    """Deploy, run, judge, and print what each function cost."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1"}
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    account = Account("trial", "us-east-1", "http://{}:{}".format(*moto.get_host_and_port()))
    account.client("sesv2").create_email_identity(EmailIdentity="portal@example.com")
    door = FrontDoor()
    with (
        tempfile.TemporaryDirectory(prefix="lambda-loop-", dir=IN_MEMORY) as folder,
        databases.fresh("postgres", Path(folder)) as url,
        Carrier(_carrier_settings(Path(folder))) as carrier,
    ):
        database = Database(url)
        coach = furnish(database, clients)
        deploy(account, url, carrier, door, out)
        cloud = door.cloud = Cloud(account, RUNTIME, out, Path(folder))
        try:
            start(cloud)
            queue = account.client("sqs").get_queue_url(QueueName="trial-messages")["QueueUrl"]
            account.client("sqs").send_message(QueueUrl=queue, MessageBody=POISON)
            outcome = Trial(clients, Path(folder), database, carrier, cloud).run(coach)
        finally:
            cloud.stop()
            database.dispose()
        for name, tally in cloud.tallies.items():
            if tally.calls:
                each = tally.seconds / tally.calls * 1000
                errors = f"  {len(tally.errors)} errors: {tally.errors[0]}" if tally.errors else ""
                say(f"{name:20} {tally.calls:6} calls {each:7.1f} ms each {tally.memory:5.0f} MB{errors}")
    door.stop()
    moto.stop()
    return outcome


def _carrier_settings(folder: Path) -> CarrierSettings:
    return CarrierSettings(ACCOUNT, TOKEN, database=str(folder / "carrier.db"), receipt_delay=0.05)


def main() -> int:
    """Run the trial from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials.lambda_loop", description=__doc__)
    parser.add_argument("--clients", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=Path("build"))
    asked = parser.parse_args()
    began = time.monotonic()
    outcome = trial(asked.clients, asked.out)
    say(f"{outcome}\nseconds        {time.monotonic() - began:.0f}")
    return 0 if outcome.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
