"""`python -m tests.trials.paced_calls`: a hundred calls due at once, at one a second, on a simulated clock.

Two things are shown to the millisecond: the account's pace is kept, and nobody is called after the window closes. A
server that dies in the middle of it is `tests.trials.calls`.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.models import CheckInSchedule, Client, Message, Practice, tables
from coach_portal.core.ports import CarrierCall
from functions import place_calls, runtime, schedule_check_ins, send_messages
from tests import fakes, webhooks
from tests.trials import command, people
from tests.trials.line import TimedQueue

DUE = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)
LIVES_FOR = timedelta(minutes=20)


@dataclass
class Placer:
    """A carrier that notes when each call was handed over, and to whom."""

    clock: fakes.FakeClock
    taken: list[tuple[datetime, str, str]] = field(default_factory=list)

    def of(self, account_sid: str | None) -> "Placer":
        """The same for every account."""
        return self

    def place_call(self, *, to: str, from_: str, message_id: int, await_beep: bool) -> CarrierCall:
        """Take a call."""
        sid = f"CA{self.clock.at.day:02}{len(self.taken):030x}"
        self.taken.append((self.clock.at, to, sid))
        return CarrierCall(sid, "queued")

    def find_call(self, *, to: str, from_: str, since: datetime, not_among: Any = ()) -> CarrierCall | None:
        """No request ever breaks off here."""
        return None

    def look_up(self, sid: str) -> CarrierCall | None:
        """Nothing is known of how they went on."""
        return None


@dataclass
class Outcome:
    """What came of it; every breach is to be none."""

    due: int = 0
    placed: int = 0
    lasted: timedelta = timedelta()
    closest: float = 0.0
    too_late: int = 0
    placed_in_time: int = 0
    last_in_time: timedelta = timedelta()
    breaches: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(
            [
                f"calls due at once  {self.due}",
                f"placed             {self.placed}, the last {self.lasted} after they were due",
                f"closest two        {self.closest:.2f} s apart, of 1 s that must be",
                f"closing in 1 min   {self.placed_in_time} placed, the last after {self.last_in_time}; "
                f"{self.too_late} dropped as too late",
                *(f"BREACH             {breach}" for breach in self.breaches[:20]),
                "the pace kept, none after the window, none twice" if not self.breaches else "NOT as it should be",
            ]
        )


def trial(database: Database, folder: Path, *, clients: int, seed: int) -> Outcome:
    """Call so many at once in an open hour, then the next day with a window of one minute."""
    outcome = Outcome(due=clients)
    _furnish(database, clients)
    with _wired(database, folder, DUE) as wired:
        _live(wired)
    _judge_open_hour(database, wired.caller, outcome)
    with database.session() as session:
        session.execute(update(Practice).values(texts_until="12:01"))
    tomorrow = DUE + timedelta(days=1)
    with _wired(database, folder, tomorrow) as wired:
        _live(wired)
    _judge_short_window(database, wired.caller, tomorrow, outcome)
    return outcome


def _furnish(database: Database, clients: int) -> None:
    coach = people.open_practice(database, DUE)
    named = [
        {"name": f"Client {number}", "calls": "granted", "timezone": "America/New_York"} for number in range(clients)
    ]
    ids = people.take_on(database, coach, named, DUE)
    people.add_goals(database, coach, [{"client_id": each, "position": 1, "title": "5 squats"} for each in ids], DUE)
    people.ask_now(database, coach, ids, DUE)
    with database.session() as session:
        session.execute(update(CheckInSchedule).values(channel="call", local_time="12:00"))
        session.execute(update(Client).values(touches_per_day=5, texts_per_day=5, texts_per_week=50))


@contextmanager
def _wired(database: Database, folder: Path, at: datetime) -> Iterator[Any]:
    settings = Settings(
        database_url="", secret_key="a secret key for trials only, long enough",
        public_url="https://portal.example.com", webhook_url="https://hooks.example.com",
        twilio_account_sid="AC" + "0" * 32, twilio_auth_token="an auth token for trials only", data_dir=folder,
    )  # fmt: skip
    clock = fakes.FakeClock(at)
    queues: dict[str, Any] = {"queue": TimedQueue(clock.now), "calls": TimedQueue(clock.now)}
    placer: Any = Placer(clock)
    wired = fakes.FakeRuntime(settings, database, clock=clock, caller=placer, **queues)
    runtime.use(wired)
    yield wired
    runtime.use(None)


def _live(wired: Any) -> None:
    """Moment by moment: the tick comes by each minute, workers take what is visible."""
    clock, queue, calls = wired.clock, wired.queue, wired.calls
    ends, ticked = clock.at + LIVES_FOR, None
    while clock.at < ends:
        minute = clock.at.replace(second=0, microsecond=0)
        if minute != ticked:
            schedule_check_ins.handler(webhooks.event("schedule"), None)
            ticked = minute
        _work(queue, send_messages.handler)
        _work(calls, place_calls.handler)
        coming = [minute + timedelta(minutes=1), *filter(None, [queue.next_at(), calls.next_at()])]
        clock.at = max(min(coming), clock.at + timedelta(milliseconds=1))


def _work(queue: TimedQueue, handler: Any) -> None:
    for batch in queue.take(5, 20):
        records = [{"messageId": str(each), "body": f'{{"message_id": {each}}}'} for each in batch]
        failed = handler({"Records": records}, None)["batchItemFailures"]
        queue.put([int(each["itemIdentifier"]) for each in failed], timedelta(seconds=2))


def _judge_open_hour(database: Database, placer: Placer, outcome: Outcome) -> None:
    outcome.placed = len(placer.taken)
    moments = sorted(at for at, _, _ in placer.taken)
    outcome.lasted = moments[-1] - DUE
    gaps = [(later - one).total_seconds() for one, later in pairwise(moments)]
    outcome.closest = min(gaps)
    if outcome.closest < 1:
        outcome.breaches.append(f"two calls were {outcome.closest:.3f} s apart")
    times = Counter(phone for _, phone, _ in placer.taken)
    outcome.breaches += [f"{phone[-4:]} was called {number} times" for phone, number in times.items() if number > 1]
    if outcome.placed != outcome.due:
        outcome.breaches.append(f"{outcome.due} were due and {outcome.placed} were called")
    with database.reading() as session:
        states = Counter(session.scalars(select(Message.state).where(Message.channel == "call")))
    if left := {state: number for state, number in states.items() if state in {"planned", "sending", "unknown"}}:
        outcome.breaches.append(f"left unsettled: {left}")


def _judge_short_window(database: Database, placer: Placer, due: datetime, outcome: Outcome) -> None:
    closes = due + timedelta(minutes=1)
    outcome.placed_in_time = len(placer.taken)
    outcome.last_in_time = max(at for at, _, _ in placer.taken) - due
    outcome.breaches += [f"called at {at:%H:%M:%S}, after closing" for at, _, _ in placer.taken if at >= closes]
    message = tables.message.c
    with database.reading() as session:
        late = select(message.id).where(message.reason == "too_late", message.created_at >= due)
        outcome.too_late = len(session.execute(late).all())
    if outcome.too_late + outcome.placed_in_time != outcome.due:
        outcome.breaches.append(
            f"{outcome.too_late} too late and {outcome.placed_in_time} placed are not {outcome.due}"
        )


def main() -> int:
    """Run the trial from the command line."""
    return command.run("paced_calls", __doc__, trial, clients=100)


if __name__ == "__main__":
    sys.exit(main())
