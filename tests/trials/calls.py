"""`python -m tests.trials.calls`: a hundred calls due at once, at one a second, and the server is killed ten times.

`kill -9` of a real `coach-portal serve`, each aimed at a call that the database shows to be in the worker's hand. The
carrier lives on: some of those calls it had taken, some not. Then as many again under a window that closes too soon
for all of them. It must have been handed each call once at most, none after the window, and no faster than the pace.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from sqlalchemy import func, select, update

from coach_portal.core.db import Database
from coach_portal.core.models import CheckIn, CheckInSchedule, Client, Coach, Message, Practice
from coach_portal.core.rules.schedule import zone
from tests import databases
from tests.trials import people
from tests.trials.processes import COACH_PORTAL, Carrier, Server, running, wait_until

HELD_UP = 0.1
"""Seconds the carrier takes over a call when it is slow, so that the kill finds it in the worker's hand."""
FAULTS = (("timeout",), ("timeout_after_sending",), ())
"""What befalls, in turn, the calls a kill is aimed at: the carrier leaves them hanging untaken, takes them and never
says so, or takes them slowly."""
RECOVERY = 300.0
"""Seconds the last start has for all that is left: the lease of a minute, and the calls."""
WINDOW = timedelta(seconds=90)
"""The window of the second round closes at the last full minute within this."""
A_WHILE = timedelta(seconds=10)


@dataclass
class Outcome:
    """What came of it; every breach is to be none."""

    due: int = 0
    per_second: float = 1.0
    kills: int = 0
    broken_off: set[str] = field(default_factory=set)
    taken_before: set[str] = field(default_factory=set)
    placed: int = 0
    closest: float = 0.0
    most_in_a_while: int = 0
    in_time: int = 0
    too_late: int = 0
    seconds: float = 0.0
    breaches: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        taken = len(self.taken_before)
        lines = [
            f"calls due at once  {self.due}, {self.per_second:g} a second",
            f"kills              {self.kills}: {len(self.broken_off)} calls broke off, {taken} of them taken",
            f"placed             {self.placed}",
            f"the pace           {self.closest:.3f} s between the closest two; "
            f"{self.most_in_a_while} in the carrier's fullest {A_WHILE.seconds} s",
        ]
        if self.too_late:
            lines.append(f"closing too soon   {self.in_time} placed in time, {self.too_late} dropped as too late")
        verdict = "NOT as it should be" if self.breaches else "the pace kept, none after the window, none twice"
        return "\n".join(
            [
                *lines,
                f"seconds            {self.seconds:.0f}",
                *(f"BREACH             {breach}" for breach in self.breaches[:20]),
                verdict,
            ]
        )


@dataclass
class Trial:
    """All that the rounds share."""

    database: Database
    server: Server
    carrier: Carrier
    random: Random
    outcome: Outcome

    def in_hand(self) -> set[str]:
        """The phones whose call a worker has claimed, and not heard of again."""
        return set(self._phones(Message.state == "sending"))

    def unsettled(self) -> list[str]:
        """Calls that wait or broke off; whom nobody answered is called again later, which is not awaited."""
        return self._phones(Message.state.in_(("planned", "sending", "unknown")), Message.retries == 0)

    def asked(self) -> int:
        """How many check-ins there are."""
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(CheckIn)) or 0

    def _phones(self, *which: object) -> list[str]:
        with self.database.reading() as session:
            return list(session.scalars(select(Message.to_phone).where(Message.channel == "call", *which)))  # type: ignore[arg-type]


def trial(
    database_url: str,
    folder: Path,
    *,
    clients: int,
    kills: int,
    seed: int,
    per_second: float = 1,
    closing: bool = True,
    command: tuple[str, ...] = COACH_PORTAL,
) -> Outcome:
    """Have so many called with so many kills; then, if `closing`, as many again with a window that closes too soon."""
    database, began = Database(database_url), time.monotonic()
    outcome = Outcome(due=clients, per_second=per_second)
    try:
        coach = people.open_practice(database, datetime.now(UTC))
        with running(database_url, folder, command, CALLS_PER_SECOND=str(per_second)) as (server, carrier):
            on = Trial(database, server, carrier, Random(seed), outcome)
            _open_hour(on, coach, clients, kills)
            if closing:
                _short_window(on, coach, clients)
    finally:
        database.dispose()
    outcome.seconds = time.monotonic() - began
    return outcome


def _open_hour(on: Trial, coach: Coach, clients: int, kills: int) -> None:
    _make_due(on.database, coach, range(clients))
    for _ in _kill_moments(on, clients, kills):
        on.server.kill()
        _look_at_the_wreck(on)
    on.carrier.becomes()
    on.server.start()
    wait_until(lambda: on.asked() >= clients and not on.unsettled(), RECOVERY, every=0.2)
    taken = on.carrier.calls()
    on.outcome.placed = len(taken)
    _judge_once(on.outcome, taken, clients)
    _judge_pace(on, taken)
    if left := on.unsettled():
        on.outcome.breaches.append(f"{len(left)} calls were left open")


def _make_due(database: Database, coach: Coach, numbers: Sequence[int]) -> None:
    now = datetime.now(UTC)
    rows = [{"name": f"Client {each}", "phone": people.phone_of(each), "calls": "granted"} for each in numbers]
    ids = people.take_on(database, coach, rows, now)
    people.add_goals(database, coach, [{"client_id": each, "position": 1, "title": "5 squats"} for each in ids], now)
    schedules = people.ask_now(database, coach, ids, now)
    with database.session() as session:
        session.execute(update(CheckInSchedule).where(CheckInSchedule.id.in_(schedules)).values(channel="call"))
        session.execute(update(Client).values(touches_per_day=5))


def _kill_moments(on: Trial, clients: int, kills: int) -> Iterator[None]:
    """Start the server again and again; come back when a random share is placed and the next call is in hand."""
    for number in range(kills):
        wanted = int(clients * (number + on.random.random() / 2) / kills)
        well = ["ok"] * (wanted - len(on.carrier.calls()))
        on.carrier.becomes(create=[*well, *FAULTS[number % len(FAULTS)] * 3], delay=HELD_UP)
        on.server.start()
        wait_until(lambda: len(on.carrier.calls()) >= wanted and _holds_one(on), every=0.001)  # noqa: B023  called at once
        yield


def _holds_one(on: Trial) -> bool:
    """Whether a call is in hand, and stays there for some random milliseconds."""
    held = on.in_hand() - on.outcome.broken_off
    if held:
        time.sleep(on.random.uniform(0, HELD_UP / 2))
    return bool(held & on.in_hand())


def _look_at_the_wreck(on: Trial) -> None:
    time.sleep(HELD_UP * 2)  # what the carrier was holding when the line went dead it takes now
    on.outcome.kills += 1
    broken = on.in_hand()
    on.outcome.broken_off |= broken
    on.outcome.taken_before |= broken & {phone for _, phone in on.carrier.calls()}


def _judge_once(outcome: Outcome, taken: Sequence[tuple[datetime, str]], clients: int) -> None:
    times = Counter(phone for _, phone in taken)
    outcome.breaches += [f"{phone[-4:]} was called {number} times" for phone, number in times.items() if number > 1]
    missing = sum(people.phone_of(number) not in times for number in range(clients))
    if missing:
        outcome.breaches.append(f"{missing} were never called")


def _judge_pace(on: Trial, taken: Sequence[tuple[datetime, str]]) -> None:
    """By our own record to the millisecond; at the carrier over a while, since a request takes its time.

    One that broke off is recorded when the carrier was asked about it, which says nothing of the pace.
    """
    with on.database.reading() as session:
        handed = select(Message.handed_at).where(Message.channel == "call", Message.handed_at.is_not(None))
        whole = handed.where(Message.to_phone.not_in(on.outcome.broken_off)).order_by(Message.handed_at)
        moments = list(session.scalars(whole))
    on.outcome.closest = min((later - one).total_seconds() for one, later in pairwise(moments) if one and later)
    gap = 1 / on.outcome.per_second
    if on.outcome.closest < gap - 0.001:
        on.outcome.breaches.append(f"two calls were {on.outcome.closest:.3f} s apart")
    ats = [at for at, _ in taken]
    on.outcome.most_in_a_while = max(sum(at <= each < at + A_WHILE for each in ats) for at in ats)
    # One at either end may have been on its way.
    if on.outcome.most_in_a_while > A_WHILE.total_seconds() * on.outcome.per_second + 2:
        on.outcome.breaches.append(f"{on.outcome.most_in_a_while} calls within {A_WHILE}")


def _short_window(on: Trial, coach: Coach, clients: int) -> None:
    """As many more, and a kill in the middle; whoever was not reached when the window closed is not called at all."""
    on.server.stop()
    before, now = len(on.carrier.calls()), datetime.now(UTC)
    closes = (now + WINDOW).replace(second=0, microsecond=0)
    local = closes.astimezone(zone(people.zone_at_noon(now)))
    _make_due(on.database, coach, range(clients, 2 * clients))
    with on.database.session() as session:
        session.execute(update(Practice).values(texts_until=f"{local:%H:%M}"))
    on.carrier.becomes(delay=HELD_UP)
    on.server.start()
    wait_until(lambda: len(on.carrier.calls()) >= before + clients / 10 and bool(on.in_hand()), every=0.001)
    on.server.kill()
    _look_at_the_wreck(on)
    on.server.start()
    wait_until(lambda: on.asked() >= 2 * clients and not on.unsettled(), RECOVERY, every=0.2)
    later = [(at, phone) for at, phone in on.carrier.calls() if phone >= people.phone_of(clients)]
    on.outcome.in_time = len(later)
    with on.database.reading() as session:
        dropped = select(func.count()).where(Message.channel == "call", Message.reason == "too_late")
        on.outcome.too_late = session.scalar(dropped) or 0
    on.outcome.breaches += [f"called at {at:%H:%M:%S}, after closing" for at, _ in later if at >= closes]
    times = Counter(phone for _, phone in later)
    on.outcome.breaches += [f"{phone[-4:]} was called {number} times" for phone, number in times.items() if number > 1]
    if on.outcome.in_time + on.outcome.too_late != clients:
        on.outcome.breaches.append(f"{on.outcome.in_time} in time and {on.outcome.too_late} too late are not {clients}")


def main() -> int:
    """Run the trial from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials.calls", description=__doc__)
    parser.add_argument("--clients", type=int, default=100)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true", help="on Postgres instead of SQLite")
    asked = parser.parse_args()
    kind = "postgres" if asked.postgres else "sqlite"
    with tempfile.TemporaryDirectory(prefix="trial-calls-") as folder, databases.fresh(kind, Path(folder)) as url:
        outcome = trial(url, Path(folder), clients=asked.clients, kills=asked.kills, seed=asked.seed)
    print(f"database           {kind}, seed {asked.seed}\n{outcome}")  # noqa: T201
    return 1 if outcome.breaches else 0


if __name__ == "__main__":
    sys.exit(main())
