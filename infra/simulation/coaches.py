"""The coaches of the world: they take people on, look at what wants them once a day, change their minds, and write."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.db import Database
from coach_portal.core.errors import Invalid
from coach_portal.core.models import Alert, CheckInSchedule, Client, Coach, Practice, SecondContact
from coach_portal.core.rules.hours import LAW_FROM, LAW_UNTIL
from coach_portal.core.services.alerting import alerts
from coach_portal.core.services.calls import agreeing
from coach_portal.core.services.moments import schedules
from coach_portal.core.services.people import clients
from coach_portal.core.services.practice import practices
from coach_portal.core.services.progress import goals
from coach_portal.core.services.records import erasure
from coach_portal.core.services.sending import texts
from infra.simulation.people import Person

EVERY_DAY = "1234567"
BY_HAND = "Thinking of you today."
PASSWORD = "a password of nobody's, long enough"  # noqa: S105  nobody signs in
HOURS = ("08:30", "09:00", "10:15", "11:00", "12:30", "14:00", "15:30")
SECOND_TIME, EVENING, MORE_ASKED_THAN_ONCE = "17:30", "19:30", 6
LOOKS_AFTER = timedelta(hours=1)

Queue = Callable[[Sequence[int]], None]


@dataclass
class Coaches:
    """What coaches do, through the portal's own services. `queue` takes the ids of messages to send."""

    database: Database
    queue: Queue
    dice: Random

    def open(self, place: int, number: str, now: datetime) -> tuple[int, str]:
        """Open a practice; answers its owner's id and phone."""
        phone = f"+1617556{place:04}"
        with self.database.session() as session:
            owner = practices.open_practice(
                session, practice=f"Practice {place}", number=number, name=f"Alice {place}",
                email=f"alice{place}@example.com", password=PASSWORD, now=now, sender_class="local_10dlc_high",
            )  # fmt: skip
            owner.phone = phone
            practice = session.get_one(Practice, owner.practice_id)
            practice.texts_from, practice.texts_until, practice.sunday_from = LAW_FROM, LAW_UNTIL, "09:00"
            second = {"name": "Tomas", "phone": f"+1617557{place:04}", "email": f"tomas{place}@example.com"}
            session.add(SecondContact(practice_id=practice.id, changed_at=now, **second))
            return owner.id, phone

    def take_on(self, coach_id: int, person: Person, now: datetime) -> None:
        """Invite somebody, agree what they will do and when they are asked."""
        details = {"name": person.name, "phone": person.phone, "timezone": person.timezone, "locale": "en"}
        with self.database.session() as session:
            coach = session.get_one(Coach, coach_id)
            client, to_send = clients.add_client(session, coach, details | {"country": "US"}, now)
            for title in person.titles:
                data = {"title": title, "cadence": "daily", "direction": "at_least"}
                goals.add_goal(session, coach, client, data, now)
            schedules.add_schedule(session, coach, client, self._when(person, now), now)
            if person.place % MORE_ASKED_THAN_ONCE == 0:
                self._ask_often(session, coach, client, person, now)
        self.queue(to_send)

    def look(self, coach_id: int, now: datetime) -> None:
        """The day's round: whoever is in danger is called, and what waits is closed."""
        with self.database.session() as session:
            coach = session.get_one(Coach, coach_id)
            mine = (Alert.practice_id == coach.practice_id, Alert.closed_at.is_(None))
            for alert in session.scalars(select(Alert).where(*mine, Alert.created_at < now - LOOKS_AFTER)).all():
                if alert.acknowledged_at is None:
                    alerts.acknowledge(session, alert, f"coach:{coach.id}", coach.name, now)
                alerts.close_alert(session, coach, alert, now)
            held = select(Client).where(Client.practice_id == coach.practice_id, Client.held_at.is_not(None))
            for client in session.scalars(held.where(Client.held_at < now - LOOKS_AFTER)).all():
                clients.clear_hold(session, coach, client, now)

    def write(self, coach_id: int, person: Person, now: datetime) -> None:
        """A text of their own."""
        try:
            with self.database.session() as session:
                coach, client = self._both(session, coach_id, person)
                to_send = texts.text_by_hand(session, coach, client, BY_HAND, now)
        except Invalid:
            return  # whoever opted out is not written to, and the portal says so
        self.queue(to_send)

    def move(self, coach_id: int, person: Person, timezone: str, now: datetime) -> None:
        """The client lives elsewhere now."""
        with self.database.session() as session:
            coach, client = self._both(session, coach_id, person)
            clients.edit_client(session, coach, client, {"timezone": timezone}, now)
        person.timezone = timezone
        person.zones.append((now, timezone))

    def ask_at_another_time(self, coach_id: int, person: Person, now: datetime) -> None:
        """The question comes at another hour from now on."""
        with self.database.session() as session:
            coach, client = self._both(session, coach_id, person)
            theirs = select(CheckInSchedule).where(
                CheckInSchedule.client_id == client.id,
                CheckInSchedule.kind == "check_in",
                CheckInSchedule.removed_at.is_(None),
                CheckInSchedule.local_time != SECOND_TIME,
            )
            for schedule in session.scalars(theirs).all():
                schedules.edit_schedule(session, coach, schedule, self._when(person, now), now)

    def pause(self, coach_id: int, person: Person, days: int, now: datetime) -> None:
        """The client is away for some days."""
        until = now + timedelta(days=days)
        with self.database.session() as session:
            coach, client = self._both(session, coach_id, person)
            clients.pause_client(session, coach, client, until, now)
        person.paused.append((now, until))

    def erase(self, coach_id: int, person: Person, now: datetime) -> None:
        """The client wants to be forgotten, and writes no more."""
        with self.database.session() as session:
            coach, client = self._both(session, coach_id, person)
            erasure.erase_client(session, coach, client, person.name, now, strike=True)
        person.erased_at, person.silent = now, True

    def have_called(self, coach_id: int, person: Person, now: datetime) -> None:
        """Whether they may be called: every other one has told the coach, the others are asked by text."""
        to_send: list[int] = []
        with self.database.session() as session:
            coach, client = self._both(session, coach_id, person)
            if client.consent != "granted":
                return
            if person.place % 2:
                to_send = agreeing.ask(session, coach, client, now)
            else:
                agreeing.told(session, coach, client, now)
                person.call_agreements.append(now)
        self.queue(to_send)

    def _ask_often(self, session: Session, coach: Coach, client: Client, person: Person, now: datetime) -> None:
        """Some want a second question and one in the evening: the caps decide what is too much."""
        for kind, hour in (("check_in", SECOND_TIME), ("wins", EVENING)):
            when = {"kind": kind, "days": EVERY_DAY, "local_time": hour, "channel": "text"}
            schedules.add_schedule(session, coach, client, when, now)
        person.asked_at.append((now, SECOND_TIME))

    def _when(self, person: Person, now: datetime) -> dict[str, Any]:
        hour = self.dice.choice(HOURS)
        person.asked_at.append((now, hour))
        when = {"kind": "check_in", "days": EVERY_DAY, "local_time": hour, "channel": "text"}
        if person.way == "both":
            return when | {"call_at": f"{int(hour[:2]) + 1:02}{hour[2:]}"}
        return when | {"channel": person.way}

    def _both(self, session: Session, coach_id: int, person: Person) -> tuple[Coach, Client]:
        coach = session.get_one(Coach, coach_id)
        theirs = select(Client).where(Client.practice_id == coach.practice_id, Client.phone == person.phone)
        return coach, session.scalars(theirs).one()
