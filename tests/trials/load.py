"""A practice at work for minutes on end: clients come due one after another, are asked, and text back by their phones.

Each client is asked once and answers at most once, in words that leave no doubt, so that it is known what must come
of it. They text by the carrier's phones: the carrier signs and posts, and keeps what finds nobody.
"""

import sqlite3
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import urllib3

from coach_portal.core.db import Database
from tests.trials import people
from tests.trials.processes import Carrier

WORDS = {
    "win": "did 5 squats",
    "miss": "skipped it today",
    "help": "HELP",
    "stop": "STOP",
    "danger": "I want to kill myself",
    "silence": "",
}
SHARES = {"win": 55, "miss": 12, "help": 5, "stop": 5, "danger": 2, "silence": 21}
LOOK_EVERY = 0.5
"""Seconds between two looks at the phones."""
A_MINUTE = timedelta(minutes=1)


def furnish(database: Database, *, clients: int, minutes: int) -> None:
    """So many clients, whose check-ins come due over so many minutes from the next one on; now, if it is none."""
    now = datetime.now(UTC)
    coach = people.open_practice(database, now)
    ids = people.take_on(database, coach, [{"name": f"Client {number}"} for number in range(clients)], now)
    people.add_goals(database, coach, [{"client_id": each, "position": 1, "title": "5 squats"} for each in ids], now)
    where, share = people.zone_at_noon(now), -(-clients // max(minutes, 1))
    for number in range(0, clients, share):
        minute = now + A_MINUTE * (number // share + 1) if minutes else now
        people.ask_now(database, coach, ids[number : number + share], minute, where=where)


@dataclass
class Phones:
    """The clients' phones. What each says is chosen by the seed; `said` holds it by phone once it is on its way."""

    carrier: Carrier
    seed: int
    said: dict[str, str] = field(default_factory=dict)
    _seen: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Look at the phones again and again, and have those who were asked answer."""
        self._thread = threading.Thread(target=self._live, name="phones", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Come back when the last text is on its way."""
        self._ended.set()
        if self._thread:
            self._thread.join()

    def _live(self) -> None:
        random = Random(self.seed)
        with ThreadPoolExecutor(8) as hands, urllib3.PoolManager(maxsize=8) as http:
            while not self._ended.wait(LOOK_EVERY):
                for phone in self._newly_asked():
                    what = random.choices(list(SHARES), SHARES.values())[0]
                    self.said[phone] = what
                    if WORDS[what]:
                        hands.submit(self._text, http, phone, WORDS[what], random.uniform(0, 3))

    def _newly_asked(self) -> Sequence[str]:
        query = "SELECT id, recipient FROM text WHERE direction = 'outbound-api' AND id > ? ORDER BY id"
        with closing(sqlite3.connect(self.carrier.book)) as book:
            rows = book.execute(query, (self._seen,)).fetchall()
        self._seen = rows[-1][0] if rows else self._seen
        phones = dict.fromkeys(phone for _, phone in rows)
        return [phone for phone in phones if phone not in self.said and phone != people.COACH_PHONE]

    def _text(self, http: urllib3.PoolManager, phone: str, body: str, after: float) -> None:
        asked = {"to": people.PRACTICE_PHONE, "body": body}
        while True:
            time.sleep(after)
            try:
                http.request("POST", f"{self.carrier.url}/phones/{phone}/text", json=asked, retries=False)
                return
            except urllib3.exceptions.NewConnectionError:
                after = 1.0  # no network: they try again, as people do
