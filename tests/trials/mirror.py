"""`python -m tests.trials.mirror [--days 7] [--kills 7] [--seed 1]`: the wins of the demo are mirrored for a week.

A process that knows the API and webhooks alone (`mirroring`) keeps a copy of the wins of the furnished demo, while on a
clock that moves on day by day clients text what they did, take some of it back, and the coach logs wins through the API
with an `Idempotency-Key`; meanwhile the server is killed (kill -9) and started again. In the end the copy must be
the portal's own, and no event may be missing or have been taken twice.
"""

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Protocol

import urllib3
from sqlalchemy import func, select

from coach_portal.core.clocks import ShiftedClock
from coach_portal.core.db import Database
from coach_portal.core.models import Coach, tables
from coach_portal.core.services.practice import tokens
from infra.local.demo import carrier_process, keys
from infra.local.phones.carrier_phones import CarrierAway, CarrierPhones, NotTaken
from tests.demo import Demo, furnished, next_wednesday
from tests.ports import free_port
from tests.trials.processes import ROOT, wait_until

CATCHES_UP = 180.0
"""Seconds the copy has in the end: posts that failed are tried again after 10 s, a minute and five."""
EVENING_UTC = 21
"""The hour of the day at which the clients text; late afternoon in New York."""


class House(Protocol):
    """A portal that can be started and killed."""

    database_url: str
    carrier_url: str
    url: str

    def start(self) -> None:
        """Start it, and come back when it serves."""

    def kill(self) -> None:
        """kill -9."""


@dataclass
class Outcome:
    """What came of it: rows that one side has and the other has not, and what became of the events."""

    kills: int = 0
    days: int = 0
    wins: int = 0
    undone: int = 0
    events: int = 0
    posted: int = 0
    read: int = 0
    breaches: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{name:9} {value}" for name, value in vars(self).items() if name != "breaches"]
        return "\n".join([*lines, *(self.breaches or ["the copy is the portal's own: none lost, none doubled"])])


def trial(house: House, folder: Path, *, days: int, kills: int, seed: int) -> Outcome:
    """Mirror so many days with so many kills."""
    outcome, dice, database = Outcome(days=days), Random(seed), Database(house.database_url)
    house.start()
    copying = Copying(house.url, _token(database), folder)
    try:
        copying.start()
        for day in range(days):
            falls, is_deaf = _falls(day, days, kills), day % 3 == 1
            if is_deaf:  # the copy is away for a day
                copying.kill()
            _live_a_day(house, database, copying.token, dice, outcome, is_killed=falls)
            if is_deaf:
                copying.start()
        wait_until(lambda: _is_caught_up(database, copying.file), CATCHES_UP, every=0.5)
        _judge(database, copying.file, outcome)
    finally:
        copying.kill()
        house.kill()
        database.dispose()
    return outcome


def _token(database: Database) -> str:
    with database.session() as session:
        owner = session.scalars(select(Coach).where(Coach.role == "owner")).first()
        assert owner is not None
        return tokens.make_token(session, owner, "mirror", datetime.now(UTC))


def _falls(day: int, days: int, kills: int) -> bool:
    return day * kills // days != (day + 1) * kills // days


@dataclass
class Copying:
    """The process that mirrors, to be started and ended at will."""

    url: str
    token: str
    folder: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def file(self) -> Path:
        """What it keeps."""
        return self.folder / "mirror.db"

    def start(self) -> None:
        """Start it, and come back when it has caught up."""
        command = [sys.executable, "-m", "tests.trials.mirroring", "--portal", self.url, "--token", self.token]
        command += ["--file", str(self.file), "--port", str(self.port)]
        with (self.folder / "mirror.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log)
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert said == b"mirroring\n", (self.folder / "mirror.log").read_text()[-1500:]

    def kill(self) -> None:
        """kill -9."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def _live_a_day(
    house: House, database: Database, token: str, dice: Random, outcome: Outcome, *, is_killed: bool
) -> None:
    clock = ShiftedClock(database)
    evening = (clock.now() + timedelta(days=1)).replace(hour=EVENING_UTC, minute=0)
    clock.move_to(evening)
    people, phones = _clients(database), CarrierPhones(house.carrier_url)
    dice.shuffle(people)
    falls_at = dice.randrange(1, len(people)) if is_killed and len(people) > 1 else None
    for place, one in enumerate(people):
        if place == falls_at:
            house.kill()
            outcome.kills += 1
        _act(house, phones, token, one, dice, f"{evening:%m-%d}-{one.id}")
        if place == falls_at:
            house.start()
            _log_by_api(house, token, one, clock.now(), f"{evening:%m-%d}-{one.id}")


def _act(house: House, phones: CarrierPhones, token: str, one: Any, dice: Random, key: str) -> None:
    words = dice.choice([f"did {one.title}", f"did {one.title}", "yes all done", "undo", "no, not today"])
    try:
        phones.text(one.phone, one.number, words, "")
    except (CarrierAway, NotTaken):
        return
    if dice.random() < 0.3:
        _log_by_api(house, token, one, None, key)


def _log_by_api(house: House, token: str, one: Any, at: datetime | None, key: str) -> None:
    """A win by hand, asked for twice as whoever got no answer does."""
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    day = (at or datetime.now(UTC)).date().isoformat()
    for _ in range(2):
        try:
            urllib3.request(
                "POST",
                f"{house.url}/api/v1/clients/{one.id}/wins",
                headers=headers,
                json={"title": f"a walk, {key}", "on": day},
                retries=False,
                timeout=10,
            )
        except urllib3.exceptions.HTTPError:
            time.sleep(0.1)


def _clients(database: Database) -> list[Any]:
    client, goal, number = tables.client, tables.goal, tables.sending_number
    rows = (
        select(client.c.id, client.c.phone, func.min(goal.c.title).label("title"), number.c.phone.label("number"))
        .join(goal, goal.c.client_id == client.c.id)
        .join(number, number.c.id == client.c.sending_number_id)
        .where(client.c.consent == "granted", goal.c.retired_at.is_(None))
        .group_by(client.c.id, client.c.phone, number.c.phone)
    )
    with database.reading() as session:
        return list(session.execute(rows).all())


def _is_caught_up(database: Database, copy: Path) -> bool:
    with database.reading() as session:
        new = session.execute(select(func.count()).where(tables.event.c.number.is_(None))).scalar_one()
        last = session.execute(select(func.max(tables.event.c.number))).scalar_one() or 0
    with closing(sqlite3.connect(copy)) as theirs:
        kept = int(theirs.execute("SELECT value FROM kept WHERE name = 'last'").fetchone()[0])
    return new == 0 and kept == last


def _judge(database: Database, copy: Path, outcome: Outcome) -> None:
    win, goal = tables.win.c, tables.goal.c
    title = func.coalesce(goal.title, win.title)
    ours = select(win.id, win.client_id, win.goal_id, win.local_date, win.amount, title, win.undone_at)
    ours = ours.select_from(tables.win.outerjoin(tables.goal, goal.id == win.goal_id))
    with database.reading() as session:
        rows = session.execute(ours).all()
        events = session.execute(select(tables.event.c.number, tables.event.c.kind)).all()
    standing = {(*row[:3], row[3].isoformat(), *row[4:6]) for row in rows if row[6] is None}
    with closing(sqlite3.connect(copy)) as theirs:
        mirrored = set(theirs.execute("SELECT * FROM win"))
        journal = theirs.execute("SELECT number, came_by FROM journal ORDER BY number").fetchall()
    outcome.wins, outcome.undone, outcome.events = len(standing), len(rows) - len(standing), len(events)
    outcome.posted = sum(came_by == "webhook" for _, came_by in journal)
    outcome.read = len(journal) - outcome.posted
    outcome.breaches += [f"lost: win {row[0]}" for row in sorted(standing - mirrored)]
    outcome.breaches += [f"not the portal's: win {row[0]}" for row in sorted(mirrored - standing)]
    told = [number for number, _ in events]
    if sorted(told) != [number for number, _ in journal] or sorted(told) != list(range(1, len(told) + 1)):
        outcome.breaches.append(f"events {len(told)}, taken {len(journal)}")
    walks = [row[5] for row in standing if str(row[5]).startswith("a walk, ")]
    if len(walks) != len(set(walks)):
        outcome.breaches.append("a win that was asked for twice was made twice")


@dataclass
class DemoHouse:
    """The furnished demo as a process."""

    demo: Demo

    @property
    def database_url(self) -> str:
        """Its database."""
        return f"sqlite:///{self.demo.folder / 'coach_portal.db'}"

    @property
    def carrier_url(self) -> str:
        """Its carrier, which outlives it."""
        return self.demo.carrier().url

    @property
    def url(self) -> str:
        """Where it serves."""
        return self.demo.address

    def start(self) -> None:
        """Start it, and come back when it serves."""
        self.demo.start()
        wait_until(lambda: self.demo.status("/healthz") == 200)

    def kill(self) -> None:
        """kill -9."""
        if self.demo.process.poll() is None:
            self.demo.process.kill()
            self.demo.process.communicate()


def main() -> int:
    """Furnish a demo, mirror it, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials.mirror", description=__doc__)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--kills", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="trial-mirror-") as folder:
        house = DemoHouse(Demo(furnished(Path(folder) / "data", next_wednesday()), free_port()))
        outcome = trial(house, Path(folder), days=asked.days, kills=asked.kills, seed=asked.seed)
        carrier_process.stop(house.demo.carrier(), keys.keep(house.demo.folder))
    print(outcome)  # noqa: T201
    return 1 if outcome.breaches else 0


if __name__ == "__main__":
    sys.exit(main())
