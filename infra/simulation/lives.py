"""Who lives in the world, and what befalls them: everything that is known beforehand is entered in the timetable."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from coach_portal.core.rules.schedule import moment_of
from infra.simulation.coaches import Coaches
from infra.simulation.people import People, Person
from infra.simulation.tempers import Temper, draw_temper, goal_title
from infra.simulation.timetable import SimulatedClock, Timetable

BEGINS_AT_HOUR, LOOKS_AT_HOUR = 8, 16
"""Hours after the world's midnight, which is 6:00 UTC: people begin in the morning, coaches look in the afternoon."""
ZONES = ("America/New_York", "America/Chicago", "America/Los_Angeles", "America/New_York", "Europe/Madrid")
ELSEWHERE = "America/Denver"
CLIENTS_EACH = 50
"""Clients of one practice."""
HAVE_ONE_GOAL = 0.7
WRITES, CHANGES, PAUSES = 0.3, 0.1, 0.1
"""How often, of days, a coach writes to somebody, has them asked at another time, or lets them rest."""
KNOWN_FOR = timedelta(hours=3)
"""Nothing befalls anybody before they have been invited for so long."""
CALLS_AFTER = timedelta(hours=20)
"""Whether somebody may be called is settled the day after they were invited."""
A_WEEK, A_HOLIDAY = timedelta(days=7), 5


@dataclass
class Lives:
    """Fills the timetable. `coaches_phones` are by the number of their practice."""

    timetable: Timetable
    people: People
    coaches: Coaches
    clock: SimulatedClock
    dice: Random
    days: int
    temper: Temper | None

    def begin(self, clients: int) -> dict[str, str]:
        """Open the practices and let people come; answers each number's coach's phone."""
        begins_at, phones = self.timetable.now, {}
        for practice in range(-(-clients // CLIENTS_EACH)):
            number, first = f"+1617555{practice:04}", practice * CLIENTS_EACH
            owner, phones[number] = self.coaches.open(practice, number, begins_at)
            mine = [self._person(place, number) for place in range(first, min(first + CLIENTS_EACH, clients))]
            for person in mine:
                self.people.add(person)
                self._begin(owner, person, begins_at)
            for day in range(self.days):
                self._day_of(owner, mine, begins_at + timedelta(days=day, hours=LOOKS_AT_HOUR))
        return phones

    def _person(self, place: int, number: str) -> Person:
        goals = 1 if self.dice.random() < HAVE_ONE_GOAL else 2
        titles = tuple(goal_title(place * 2 + each) for each in range(goals))
        timezone = self.dice.choice(ZONES)
        area = 617 if timezone == "America/New_York" else 312
        phone = f"+1{area}{2_000_000 + place}"
        temper = self.temper or draw_temper(self.dice)
        person = Person(place, f"Ruth {place}", phone, number, timezone, temper, titles)
        person.zones.append((self.timetable.now, timezone))
        return person

    def _begin(self, owner: int, person: Person, begins_at: datetime) -> None:
        wait = timedelta(days=self.dice.randrange(3), hours=BEGINS_AT_HOUR, minutes=self.dice.randrange(300))
        self.timetable.at(begins_at + wait, lambda: self.coaches.take_on(owner, person, self.clock.now()))
        if person.way != "text":
            asks = begins_at + wait + CALLS_AFTER
            self._if_agreed(person, asks, lambda now: self.coaches.have_called(owner, person, now))
        day = self.dice.randint(min(7, self.days // 2), max(self.days - 1, 1))
        moment = begins_at + timedelta(days=day, minutes=self.dice.randrange(24 * 60))
        self._befall(owner, person, max(moment, begins_at + wait + KNOWN_FOR))

    def _befall(self, owner: int, person: Person, moment: datetime) -> None:
        """What happens to this person once, from the second week on or the second half."""
        people, later = self.people, self.timetable.at
        match person.temper.befalls:
            case "never agrees":
                person.silent = True
            case "falls silent":
                later(moment, lambda: setattr(person, "silent", True))
            case "stops":
                later(moment, lambda: people.stop(person))
            case "stops for a week":
                later(moment, lambda: people.stop(person))
                later(moment + A_WEEK, lambda: people.begin_again(person))
            case "despairs":
                later(moment, lambda: people.despair(person))
            case "despairs aloud":
                later(moment, lambda: setattr(person, "despairs_aloud", True))
            case "moves":
                at_night = moment_of(moment.date(), "22:30", person.timezone)
                later(at_night, lambda: self.coaches.move(owner, person, ELSEWHERE, self.clock.now()))
            case "is erased":
                later(moment, lambda: self.coaches.erase(owner, person, self.clock.now()))
            case "phone is off":
                later(moment, lambda: setattr(person, "is_on", False))
                later(moment + A_WEEK / 2, lambda: setattr(person, "is_on", True))

    def _day_of(self, owner: int, mine: list[Person], moment: datetime) -> None:
        """The coach's round, and now and then a text, a change of times or a holiday for somebody."""
        self.timetable.at(moment, lambda: self.coaches.look(owner, self.clock.now()))
        person, drawn = self.dice.choice(mine), self.dice.random()
        if drawn < WRITES:
            self._if_agreed(person, moment, lambda now: self.coaches.write(owner, person, now))
        elif drawn < WRITES + CHANGES:
            self._if_agreed(person, moment, lambda now: self.coaches.ask_at_another_time(owner, person, now))
        elif drawn < WRITES + CHANGES + PAUSES:
            self._if_agreed(person, moment, lambda now: self.coaches.pause(owner, person, A_HOLIDAY, now))

    def _if_agreed(self, person: Person, moment: datetime, act: Callable[[datetime], None]) -> None:
        def happens() -> None:
            if person.agreements and not person.stops and not person.erased_at:
                act(self.clock.now())

        self.timetable.at(moment, happens)
