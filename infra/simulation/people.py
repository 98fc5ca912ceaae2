"""The clients of the world: what their phones show, what they text back, and what they know to be true."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from coach_portal.core.rules.schedule import moment_of, zone
from infra.simulation import tempers
from infra.simulation.carrier import Arrived, Handed
from infra.simulation.tempers import Temper
from infra.simulation.timetable import Timetable

JUST_NOW = timedelta(minutes=40)
"""Whoever texted so lately takes what comes for an answer, not for a question."""
BEDTIME = "22:15"
SUNDAY, EVENING = 7, 16
MAY_WE_CALL = "Reply CALL"

Bring = Callable[[str, str, str], Arrived]
"""Takes a text from a phone to one of our numbers: sender, recipient, words."""


@dataclass(frozen=True)
class Told:
    """Words that leave no doubt: these goals were done, or were not, on the local day."""

    text: Arrived
    titles: tuple[str, ...]
    done: bool
    local_date: date


@dataclass
class Person:
    """A client. `asked_at` are the times of day at which their coach has them asked, each since when it holds.

    What they did is kept for the judge: what they told, the days on which they were vague, when they agreed, stopped
    and began again, and when they wrote that they were in danger, or said it on a call, and what they heard then.
    """

    place: int
    name: str
    phone: str
    number: str
    timezone: str
    temper: Temper
    titles: tuple[str, ...]
    asked_at: list[tuple[datetime, str]] = field(default_factory=list)
    is_on: bool = True
    silent: bool = False
    agreed: bool = False
    told: list[Told] = field(default_factory=list)
    vague: set[date] = field(default_factory=set)
    agreements: list[Arrived] = field(default_factory=list)
    stops: list[Arrived] = field(default_factory=list)
    dangers: list[Arrived] = field(default_factory=list)
    wrote: list[Arrived] = field(default_factory=list)
    zones: list[tuple[datetime, str]] = field(default_factory=list)
    paused: list[tuple[datetime, datetime]] = field(default_factory=list)
    erased_at: datetime | None = None
    despairs_aloud: bool = False
    call_agreements: list[datetime] = field(default_factory=list)
    call_stops: list[Arrived] = field(default_factory=list)
    dangers_aloud: list[tuple[Arrived, str]] = field(default_factory=list)

    @property
    def way(self) -> str:
        """How they are asked, once they may be called: by "text", by "call", or "both", a call where a text stays
        unanswered."""
        return {1: "call", 4: "call", 2: "both"}.get(self.place % 5, "text")

    def local(self, moment: datetime) -> datetime:
        """What their wall clock shows."""
        return moment.astimezone(zone(self.timezone))


class People:
    """Fills `carrier.Phones`: everyone's phone, and what they do with it."""

    def __init__(self, timetable: Timetable, dice: Random) -> None:
        self.by_phone: dict[str, Person] = {}
        self.bring: Bring = _nowhere
        self._timetable, self._dice = timetable, dice

    def add(self, person: Person) -> None:
        """One more."""
        self.by_phone[person.phone] = person

    def is_on(self, phone: str) -> bool:
        """Whether texts reach this phone today."""
        person = self.by_phone.get(phone)
        return person is None or person.is_on

    def reach(self, text: Handed) -> None:
        """A text is on somebody's phone: a client may answer it."""
        person = self.by_phone.get(text.to)
        if person is None or person.silent or self._wrote_just_now(person):
            return
        if MAY_WE_CALL in text.body:
            person.call_agreements.append(self._timetable.now)
            self._later(lambda: self._write_back(person, "CALL"))
        elif not person.agreed:
            person.agreed = True
            self._later(lambda: self._agree(person, "YES"))
        elif self._is_sunday_evening(person):
            self._reflect(person)
        else:
            self._answer(person, tuple(title for title in person.titles if title in text.body))

    def write(self, person: Person, words: str) -> Arrived:
        """This person texts their coach's number."""
        text = self.bring(person.phone, person.number, words)
        person.wrote.append(text)
        return text

    def ramble(self, person: Person) -> None:
        """Something from which nothing certain follows."""
        person.vague.add(self._today(person))
        person.vague.add(self._today(person) - timedelta(days=1))
        self.write(person, self._dice.choice(tempers.VAGUE))

    def stop(self, person: Person) -> None:
        """No more texts, please."""
        person.stops.append(self.write(person, self._dice.choice(tempers.STOPS)))

    def begin_again(self, person: Person) -> None:
        """Texts are welcome again."""
        self._agree(person, "START")

    def despair(self, person: Person) -> None:
        """Words that need a human."""
        person.vague.add(self._today(person))
        person.dangers.append(self.write(person, self._dice.choice(tempers.DANGER)))

    def _write_back(self, person: Person, words: str) -> None:
        self.write(person, words)

    def _agree(self, person: Person, word: str) -> None:
        person.agreements.append(self.write(person, word))

    def _answer(self, person: Person, asked: tuple[str, ...]) -> None:
        dice, temper = self._dice, person.temper
        if not asked or len(asked) != len(person.titles) or dice.random() > temper.answers:
            return
        if dice.random() < temper.vague:
            self._later(lambda: self.ramble(person))
        else:
            done = dice.random() < 0.8
            words = dice.choice(tempers.ALL_DONE[len(asked)] if done else tempers.NONE_DONE)
            day = self._today(person)
            self._later(lambda: self._tell(person, words, asked, done, day))

    def _tell(self, person: Person, words: str, asked: tuple[str, ...], done: bool, day: date) -> None:
        if self._wrote_just_now(person) or self._timetable.now > moment_of(day, BEDTIME, person.timezone):
            return  # they think better of it: what they would say now might be about something else
        person.told.append(Told(self.write(person, words), asked, done, day))

    def _reflect(self, person: Person) -> None:
        if self._dice.random() < person.temper.answers:
            person.vague.add(self._today(person))
            self._later(lambda: self._write_down(person))

    def _write_down(self, person: Person) -> None:
        if not person.silent:
            self.write(person, self._dice.choice(tempers.REFLECTIONS))

    def _later(self, act: Callable[[], None]) -> None:
        self._timetable.after(act, minutes=self._dice.uniform(1, 50))

    def _wrote_just_now(self, person: Person) -> bool:
        return bool(person.wrote) and self._timetable.now - person.wrote[-1].at < JUST_NOW

    def _today(self, person: Person) -> date:
        return person.local(self._timetable.now).date()

    def _is_sunday_evening(self, person: Person) -> bool:
        local = person.local(self._timetable.now)
        return local.isoweekday() == SUNDAY and local.hour >= EVENING


def _nowhere(sender: str, to: str, words: str) -> Arrived:
    raise AssertionError("no carrier brings texts yet")
