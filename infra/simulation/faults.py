"""What goes wrong, how often, and where: workers that die between two steps, a database that refuses."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from coach_portal.core.db import Database


@dataclass(frozen=True)
class Weather:
    """How often each thing goes wrong, as a part of one.

    `death` and `refusal` are of a worker's calls: it dies in the middle; the database refuses it a transaction. `twice`
    and `late` are of what is queued. `trouble` is of calls to the carrier, half of them after it took the text. Of
    receipts and of webhooks some are lost, repeated or late. `undelivered` is of texts; `jump` is of hours: a machine's
    clock is off for the next one.
    """

    death: float = 0
    refusal: float = 0
    twice: float = 0
    late: float = 0
    trouble: float = 0
    undelivered: float = 0
    lost: float = 0
    repeated: float = 0
    delayed: float = 0
    jump: float = 0


CALM = Weather()
STORMY = Weather(
    death=0.02, refusal=0.02, twice=0.03, late=0.03, trouble=0.08, undelivered=0.02, lost=0.03, repeated=0.05,
    delayed=0.05, jump=0.02,
)  # fmt: skip

STEPS = 30
"""A worker that is to die does so at one of its first so many steps; most calls have fewer, and it lives."""


class Death(BaseException):
    """The process ends here: nothing that follows gets to run, not even what catches every exception."""


class Mishaps:
    """Counts a worker's steps, and ends it at the one that was drawn. `told` counts what happened."""

    def __init__(self, weather: Weather, dice: Random) -> None:
        self.weather, self.told = weather, Counter[str]()
        self._dice = dice
        self._left, self._what = 0, ""

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """A worker begins; whether something will befall it is drawn now."""
        drawn = self._dice.random()
        if drawn < self.weather.death + self.weather.refusal:
            self._what = "death" if drawn < self.weather.death else "refusal"
            self._left = self._dice.randint(1, STEPS)
        try:
            yield
        finally:
            self._what = ""

    def step(self, *, begins: bool = False) -> None:
        """One step further. `begins` tells that a transaction begins here, which the database may refuse."""
        if not self._what:
            return
        self._left -= 1
        if self._what == "death" and self._left == 0:
            self._tell("death")
            raise Death
        if self._what == "refusal" and self._left <= 0 and begins:
            self._tell("refusal")
            raise OperationalError("BEGIN", {}, Exception("the database refuses"))

    def chance(self, of: float, what: str) -> bool:
        """Whether something goes wrong now that goes wrong so often."""
        happens = of > 0 and self._dice.random() < of
        if happens:
            self.told[what] += 1
        return happens

    def between(self, shortest: float, longest: float) -> float:
        """A number of seconds."""
        return self._dice.uniform(shortest, longest)

    def _tell(self, what: str) -> None:
        self.told[what] += 1
        self._what = ""


class MortalDatabase(Database):
    """A database whose every statement, beginning and commit is a step at which a worker may end."""

    def __init__(self, url: str, mishaps: Mishaps) -> None:
        super().__init__(url)
        self._mishaps = mishaps
        event.listen(self.engine, "before_cursor_execute", self._before_a_statement)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection to write with."""
        self._mishaps.step(begins=True)
        with super().transaction() as connection:
            yield connection
        self._mishaps.step()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """An ORM session to write with."""
        self._mishaps.step(begins=True)
        with super().session() as session:
            yield session
        self._mishaps.step()

    def _before_a_statement(self, *_: Any) -> None:
        self._mishaps.step()
