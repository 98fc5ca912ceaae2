"""A practice of any size, written quickly: names, titles and zones as in life, and the same ones every time."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Table

from coach_portal.core import bulk
from coach_portal.core.db import Database
from coach_portal.core.models import Practice, tables
from coach_portal.core.rules.schedule import EVERY_DAY, zone
from coach_portal.core.services.practice import practices
from tests.cast import ALICES_NUMBER, PASSWORD, keep_long_hours

NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
"""A Wednesday on which it is between eight and nine somewhere, in the morning and in the evening."""

NAMES = ("Ruth", "Miguel", "Aisha", "Tomáš", "Mei", "Oluwaseun", "Priya", "Jonas", "Zoë", "Lucía", "Ahmed", "Hannah")
SURNAMES = ("Adeyemi", "Ortiz", "Novák", "Lindqvist", "Nakamura", "O'Brien", "Silva", "Rahman", "Fischer", "Moreau")
GOALS = (
    ("5 squats", "after I brush my teeth", 5, "squats"),
    ("Write one line in the journal", "after my first coffee", None, None),
    ("10 minute walk", "after lunch", 10, "minutes"),
    ("Drink a glass of water", "when I sit down to eat", None, None),
    ("Read 2 pages", "before I switch off the light", 2, "pages"),
    ("Put the phone in the kitchen", "before bed", None, None),
    ("One round of box breathing", "when the meeting ends", None, None),
    ("Text one friend", "on the bus home", None, None),
    ("Stretch for 3 minutes", "after I park the car", 3, "minutes"),
    ("Lay out my running shoes", "after dinner", None, None),
)
ZONES = tuple(
    "America/New_York America/Chicago America/Denver America/Los_Angeles America/Phoenix America/Anchorage "  # noqa: SIM905
    "Pacific/Honolulu America/Toronto America/Vancouver America/Halifax America/St_Johns America/Mexico_City "
    "America/Bogota America/Lima America/Santiago America/Sao_Paulo America/Argentina/Buenos_Aires Europe/London "
    "Europe/Dublin Europe/Lisbon Europe/Madrid Europe/Paris Europe/Berlin Europe/Rome Europe/Warsaw Europe/Athens "
    "Europe/Helsinki Europe/Istanbul Africa/Lagos Africa/Nairobi Africa/Johannesburg Asia/Dubai Asia/Karachi "
    "Asia/Kolkata Asia/Singapore Asia/Tokyo Australia/Sydney Pacific/Auckland".split()
)
CHUNK = 5000


def phone_of(number: int) -> str:
    """The phone of a client by number, from 0."""
    return f"+1212{number:07}"


def _local(moment: datetime, number: int) -> datetime:
    """The moment where a client is."""
    return moment.astimezone(zone(ZONES[number % len(ZONES)]))


class Furnisher:
    """Fills a migrated, empty database; rows get the ids 1, 2, 3 and so on."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.session() as session:
            owner = practices.open_practice(
                session,
                practice="Moreau Coaching",
                number=ALICES_NUMBER,
                name="Alice Moreau",
                email="alice@example.com",
                password=PASSWORD,
                now=NOW,
                sender_class="local_10dlc_high",
            )
            keep_long_hours(session.get_one(Practice, owner.practice_id))
            self.practice_id, self.coach_id = owner.practice_id, owner.id

    def clients(self, count: int, zones: Sequence[str] = ZONES) -> None:
        """So many clients of Alice's who said YES."""
        rows = (
            {
                "id": number + 1,
                "practice_id": self.practice_id,
                "sending_number_id": 1,
                "name": f"{NAMES[number % len(NAMES)]} {SURNAMES[number % len(SURNAMES)]}",
                "phone": phone_of(number),
                "country": "US",
                "timezone": zones[number % len(zones)],
                "locale": "en",
                "consent": "granted",
                "created_at": NOW,
            }
            for number in range(count)
        )
        self.write(tables.client, rows)
        links = ({"coach_id": self.coach_id, "client_id": number + 1} for number in range(count))
        self.write(tables.coach_client, links)

    def goals(self, clients: int, each: int, since: datetime = NOW) -> None:
        """So many goals for each client, agreed at this moment."""
        rows = (
            {
                "id": number * each + place + 1,
                "practice_id": self.practice_id,
                "client_id": number + 1,
                "position": place + 1,
                "title": title,
                "anchor": anchor,
                "cadence": "daily",
                "amount": amount,
                "unit": unit,
                "direction": "at_least",
                "created_at": since,
            }
            for number in range(clients)
            for place in range(each)
            for title, anchor, amount, unit in [GOALS[(number + place) % len(GOALS)]]
        )
        self.write(tables.goal, rows)

    def schedules(self, clients: int, due: int) -> None:
        """A daily check-in for each client; so many of those who are awake, scattered at random, are due at NOW."""
        awake = [number for number in range(clients) if 8 <= _local(NOW, number).hour < 21]
        is_due = set(Random(5).sample(awake, due))
        rows = (self._schedule(number, number in is_due) for number in range(clients))
        self.write(tables.schedule, rows)

    def _schedule(self, number: int, is_due: bool) -> dict[str, Any]:
        due_at = NOW if is_due else NOW + timedelta(minutes=1 + number % 1439)
        local = _local(due_at, number)
        return {
            "id": number + 1,
            "practice_id": self.practice_id,
            "client_id": number + 1,
            "kind": "check_in",
            "days": EVERY_DAY,
            "local_time": f"{local:%H:%M}",
            "channel": "text",
            "next_due_at": due_at,
            "created_at": NOW,
        }

    def questions(self, clients: int, goals_each: int) -> None:
        """A question about all their goals, asked an hour ago, waits for each client's answer."""
        self.schedules(clients, 0)
        rows = (
            {
                "id": number + 1,
                "practice_id": self.practice_id,
                "client_id": number + 1,
                "schedule_id": number + 1,
                "kind": "check_in",
                "local_date": NOW.date(),
                "due_at": NOW - timedelta(hours=1),
                "goal_ids": asked,
                "open_goal_ids": asked,
                "state": "asked",
            }
            for number in range(clients)
            for asked in [[number * goals_each + place + 1 for place in range(goals_each)]]
        )
        self.write(tables.check_in, rows)

    def write(self, table: Table, rows: Iterator[dict[str, Any]]) -> None:
        """Write rows, some thousands at a time."""
        while chunk := list(islice(rows, CHUNK)):
            with self._database.transaction() as connection:
                bulk.insert_rows(connection, table, chunk)

    def settle(self) -> None:
        """Let Postgres know what it has, as it would in time."""
        if self._database.engine.dialect.name == "postgresql":
            with self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
