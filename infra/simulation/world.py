"""The world put together, and lived through."""

import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.ports import Clock, EmailSender, InboundBuffer, KeptText, MessageQueue, TextSender
from coach_portal.core.rules.schedule import moment_of
from functions import (
    ask_carrier,
    delivery_status,
    receive_sms,
    record_inbound,
    runtime,
    schedule_check_ins,
    send_digests,
    send_emails,
    send_messages,
    send_preparations,
    tell_alerts,
)
from functions.runtime import Handler, HandlerFailed, Runtime
from infra.simulation import judge, records
from infra.simulation.carrier import SimulatedCarrier
from infra.simulation.coaches import Coaches
from infra.simulation.faults import Death, Mishaps, MortalDatabase, Weather
from infra.simulation.judge import Breach, Evidence
from infra.simulation.people import People, Person
from infra.simulation.queue import SimulatedQueue
from infra.simulation.tempers import draw_temper, goal_title
from infra.simulation.timetable import SimulatedClock, Timetable
from infra.simulation.webhooks import Webhooks

BEGINS_AT = datetime(2026, 2, 16, 6, tzinfo=UTC)
"""So that weeks from here meet the nights when the clocks change in America (8 March) and in Europe (29 March)."""
TICK = timedelta(minutes=5)
"""How often what EventBridge wakes is woken here. On a real site it is every minute: here things come later."""
COMES_TO_REST = timedelta(days=2)
"""So long nobody texts any more at the end, that what is late may still come."""
ZONES = ("America/New_York", "America/Chicago", "America/Los_Angeles", "America/New_York", "Europe/Madrid")
ELSEWHERE = "America/Denver"
CLIENTS_EACH = 50
"""Clients of one practice."""
WORKS = (schedule_check_ins, send_digests, tell_alerts, send_preparations, send_emails, ask_carrier)
AWAY_FOR = timedelta(days=7)
_TOKEN = re.compile(r"https://\S+")  # links hold tokens that are never the same


@dataclass(frozen=True)
class SimulatedRuntime(Runtime):
    """A runtime whose carrier and mail server are the world's."""

    queue: MessageQueue
    clock: Clock
    sender: TextSender  # type: ignore[assignment]
    emails: EmailSender  # type: ignore[assignment]


@dataclass
class Outcome:
    """What came of a run. `fingerprint` is the same for two runs that were the same."""

    seed: int
    client_days: int
    texts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    breaches: list[Breach] = field(default_factory=list)
    seconds: float = 0.0
    fingerprint: str = ""


class World:
    """One run: so many clients, so many days, one seed."""

    def __init__(self, database_url: str, folder: Path, *, clients: int, days: int, seed: int, weather: Weather):
        self.timetable = Timetable(BEGINS_AT)
        self.mishaps = Mishaps(weather, Random(f"{seed} mishaps"))  # noqa: S311  the same dice every time
        self.database = MortalDatabase(database_url, self.mishaps)
        self.clock = SimulatedClock(self.timetable)
        self.people = People(self.timetable, Random(f"{seed} people"))  # noqa: S311  as above
        self._dice = Random(f"{seed} world")  # noqa: S311  as above
        self._clients, self._days, self._seed = clients, days, seed
        self.settings = _settings(folder)
        self.queue = SimulatedQueue(self.timetable, self.mishaps, lambda event: self._work(send_messages.handler, event))
        self.carrier = SimulatedCarrier(self.timetable, self.mishaps, Webhooks(self.settings), self.people, self)
        self.people.bring = self.carrier.bring
        self.coaches = Coaches(self.database, self.queue.put, Random(f"{seed} coaches"))  # noqa: S311  as above
        self.buffer = _Buffer(self._record_later)
        self._seen = Evidence(self.people.by_phone, {})
        self._looked_up_to = 0
        random.seed(seed)  # the jitter of retries

    def live(self, progress: Callable[[int, int], None] = lambda day, days: None) -> Outcome:
        """Live through it all; `progress` is called with each day that is over."""
        began = time.monotonic()
        outcome = Outcome(self._seed, self._clients * self._days)
        runtime.use(
            SimulatedRuntime(
                self.settings, self.database, self.queue, self.clock, self.buffer, self.carrier, _Mailbox(self.mishaps)
            )
        )
        try:
            records.watch_states(self.database)
            self._people_the_world()
            self.timetable.after(self._tick, minutes=5)
            for day in range(1, self._days + 1):
                self.timetable.live(BEGINS_AT + timedelta(days=day))
                outcome.breaches += self._look()
                progress(day, self._days)
            self._come_to_rest()
            outcome.breaches += self._look() + judge.look(self._seen, judge.AT_THE_END)
            world = records.World(self.people.by_phone, self.carrier.arrived, self.carrier.handed)
            outcome.breaches += records.read(self.database, world)
        finally:
            runtime.use(None)
            self.database.dispose()
        outcome.breaches = list(dict.fromkeys(outcome.breaches))  # what was seen on several looks is one
        outcome.faults = self.mishaps.told
        outcome.texts = self._texts()
        outcome.fingerprint = self._fingerprint()
        outcome.seconds = time.monotonic() - began
        return outcome

    def on_text(self, event: dict[str, object]) -> str | None:
        """The carrier knocks with a text."""
        answer = self._work(receive_sms.handler, event)
        return answer["body"] if answer and answer["statusCode"] < 300 else None  # noqa: PLR2004  HTTP

    def on_receipt(self, event: dict[str, object]) -> str | None:
        """The carrier knocks with a receipt."""
        answer = self._work(delivery_status.handler, event)
        return answer["body"] if answer else None

    def _work(self, handler: Handler, event: dict[str, Any]) -> dict[str, Any] | None:
        """A worker takes this on; None when it died or broke off."""
        try:
            with self.mishaps.at_work():
                return handler(event, None)
        except (Death, HandlerFailed):
            return None

    def _tick(self) -> None:
        for function in WORKS:
            self._work(function.handler, {"source": "simulation"})
        if self.timetable.now.minute == 0:
            self._clock_ticks()
        self.timetable.after(self._tick, seconds=TICK.total_seconds())

    def _clock_ticks(self) -> None:
        jumps = self.mishaps.chance(self.mishaps.weather.jump, "clock off")
        self.clock.off = timedelta(seconds=self.mishaps.between(-60, 60)) if jumps else timedelta()

    def _record_later(self, text: KeptText) -> None:
        record = {
            "messageId": text.sid,
            "body": _as_body(text),
            "attributes": {"MessageGroupId": " ".join(text.group)},
        }

        def try_to() -> None:
            answer = self._work(record_inbound.handler, {"Records": [record]})
            if answer is None or answer["batchItemFailures"]:
                self.timetable.after(try_to, seconds=30)
                return
            for each in reversed(self.carrier.arrived):
                if each.sid == text.sid:
                    each.taken_at = self.timetable.now
                    break

        self.timetable.after(try_to, seconds=30)

    def _people_the_world(self) -> None:
        for practice in range(-(-self._clients // CLIENTS_EACH)):
            number = f"+1617555{practice:04}"
            owner = self.coaches.open(practice, number, BEGINS_AT)
            self._seen.coaches_phones[number] = f"+1617556{practice:04}"
            first = practice * CLIENTS_EACH
            mine = [self._person(place, number) for place in range(first, min(first + CLIENTS_EACH, self._clients))]
            for person in mine:
                self.people.add(person)
                self._begin(owner, person)
            for day in range(self._days):
                self._day_of(owner, mine, BEGINS_AT + timedelta(days=day, hours=16))

    def _person(self, place: int, number: str) -> Person:
        dice = self._dice
        goals = 1 if dice.random() < 0.7 else 2  # noqa: PLR2004  most have one
        titles = tuple(goal_title(place * 2 + each) for each in range(goals))
        timezone = dice.choice(ZONES)
        phone = f"+1{617 if timezone == 'America/New_York' else 312}{2_000_000 + place}"
        person = Person(place, f"Ruth {place}", phone, number, timezone, draw_temper(dice), titles)
        person.zones.append((BEGINS_AT, timezone))
        return person

    def _begin(self, owner: int, person: Person) -> None:
        soon = BEGINS_AT + timedelta(days=self._dice.randrange(3), hours=8, minutes=self._dice.randrange(300))
        self.timetable.at(soon, lambda: self.coaches.take_on(owner, person, self.clock.now()))
        self._befall(owner, person)

    def _befall(self, owner: int, person: Person) -> None:
        """What happens to this person once, from the second week on."""
        day = self._dice.randint(min(7, self._days - 1), max(self._days - 1, 7))
        moment = BEGINS_AT + timedelta(days=day, minutes=self._dice.randrange(24 * 60))
        people, later = self.people, self.timetable.at
        what = person.temper.befalls
        if what == "falls silent":
            later(moment, lambda: setattr(person, "silent", True))
        elif what == "stops":
            later(moment, lambda: people.stop(person))
        elif what == "stops for a week":
            later(moment, lambda: people.stop(person))
            later(moment + AWAY_FOR, lambda: people.begin_again(person))
        elif what == "despairs":
            later(moment, lambda: people.despair(person))
        elif what == "moves":
            local = moment_of(moment.date(), "22:30", person.timezone)
            later(local, lambda: self.coaches.move(owner, person, ELSEWHERE, self.clock.now()))
        elif what == "phone is off":
            later(moment, lambda: setattr(person, "is_on", False))
            later(moment + AWAY_FOR / 2, lambda: setattr(person, "is_on", True))

    def _day_of(self, owner: int, mine: list[Person], moment: datetime) -> None:
        """The coach's round, and now and then a text, a change of times or a holiday for somebody."""
        self.timetable.at(moment, lambda: self.coaches.look(owner, self.clock.now()))
        person, drawn = self._dice.choice(mine), self._dice.random()
        if drawn < 0.3:  # noqa: PLR2004  about twice a week
            self.timetable.at(moment, lambda: self._if_agreed(person, self.coaches.write, owner))
        elif drawn < 0.4:  # noqa: PLR2004  less often
            self.timetable.at(moment, lambda: self._if_agreed(person, self.coaches.ask_at_another_time, owner))
        elif drawn < 0.5:  # noqa: PLR2004  less often
            self.timetable.at(moment, lambda: self._if_agreed(person, self._pause, owner))

    def _if_agreed(self, person: Person, act: Callable[[int, Person, datetime], None], owner: int) -> None:
        if person.agreements and not person.stops:
            act(owner, person, self.clock.now())

    def _pause(self, owner: int, person: Person, now: datetime) -> None:
        self.coaches.pause(owner, person, 5, now)

    def _look(self) -> list[Breach]:
        seen, carrier = self._seen, self.carrier
        seen.kinds |= judge.kinds_of(self.database, max(seen.kinds, default=0))
        seen.all_handed = carrier.handed
        seen.handed = carrier.handed[self._looked_up_to :]
        self._looked_up_to = len(carrier.handed)
        return judge.look(seen)

    def _come_to_rest(self) -> None:
        for person in self.people.by_phone.values():
            person.silent = True
        self.timetable.live(self.timetable.now + COMES_TO_REST)

    def _texts(self) -> Counter[str]:
        told = Counter({"to us": len(self.carrier.arrived)})
        told.update(self._seen.kinds.get(each.message_id, "unknown") for each in self.carrier.handed if each.sid)
        return told

    def _fingerprint(self) -> str:
        book = "\n".join(f"{each.at} {each.to} {each.body} {each.refused}" for each in self.carrier.handed)
        return sha256(_TOKEN.sub("", book).encode()).hexdigest()[:16]


class _Buffer(InboundBuffer):
    """Keeps texts while the database refuses, and has them recorded soon."""

    def __init__(self, record_later: Callable[[KeptText], None]) -> None:
        self._record_later = record_later

    def keep(self, text: KeptText) -> None:
        """Keep it."""
        self._record_later(text)


class _Mailbox(EmailSender):
    """Takes every email, when nothing befalls the worker."""

    def __init__(self, mishaps: Mishaps) -> None:
        self._mishaps = mishaps

    def send_email(self, *, to: str, subject: str, body: str, email_id: int) -> None:
        """Take one."""
        self._mishaps.step()


def _as_body(text: KeptText) -> str:
    return json.dumps(text.as_json())


def _settings(folder: Path) -> Settings:
    return Settings(
        database_url="",
        secret_key="a secret of a world that never was",  # noqa: S106
        public_url="https://portal.example.com",
        webhook_url="https://hooks.example.com",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="a token of a world that never was",  # noqa: S106
        data_dir=folder,
    )


def database_at(url: str) -> Database:
    """A database with the newest schema."""
    from coach_portal.migrations import steps

    database = Database(url)
    steps.upgrade(database.engine)
    return database
