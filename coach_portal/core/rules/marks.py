"""What became of a day, in one mark: for one goal, and for all of a client's goals together.

Silence is not a miss: a day asked about without an answer has a mark of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple

Mark = Literal["done", "partly", "missed", "silent", "paused", "not_asked", "ahead"]

WINDOW = 14
"""How many days a strip shows."""
DID = frozenset({"done", "partly"})
TOLD = DID | {"missed"}
_A_WEEK = 0b1111111


@dataclass(frozen=True, slots=True)
class Aim:
    """What a goal counts: at least or at most this much; no amount means done or not."""

    amount: float | None = None
    direction: str = "at_least"


@dataclass(slots=True)
class Day:
    """What a client told of one goal on one day. `amounts` has an entry for each win, None where none was said."""

    amounts: list[float | None] = field(default_factory=list)
    missed: bool = False


class Tally(NamedTuple):
    """On how many days of those that counted it was done, wholly or partly."""

    done: int
    days: int


class Days(NamedTuple):
    """What became of some days, without their drawing: a bit for each, the lowest for the last day.

    Five hundred clients are judged in this form, since a database can gather it by itself (see `together`).
    """

    did: int = 0
    missed: int = 0
    silent: int = 0

    @property
    def tally(self) -> Tally:
        """Done so many of the days that counted. The last day is today, and a day not over is not yet silence."""
        done = self.did.bit_count()
        return Tally(done, done + self.missed.bit_count() + (self.silent >> 1).bit_count())

    @property
    def silent_in_a_row(self) -> int:
        """How many asked days in a row have gone without a word, up to yesterday."""
        told = self.did | self.missed
        since = (told & -told) - 1 if told else -1
        return (self.silent & since & ~1).bit_count() if not told & 1 else 0

    @property
    def is_slipping(self) -> bool:
        """Whether fewer than half of the last seven days that counted were done, with at least three to judge by."""
        week = Days(self.did & _A_WEEK, self.missed & _A_WEEK, self.silent & _A_WEEK).tally
        return week.days >= 3 and week.done * 2 < week.days


NO_DAYS = Days()


def days_in_bits(did: int, missed: int, asked: int, away: int) -> Days:
    """The same from what was told and asked of any goal: what was told outweighs silence, and a pause excuses it."""
    missed &= ~did
    return Days(did, missed, asked & ~(did | missed | away))


def mark_of(aim: Aim, day: Day) -> Mark:
    """The mark of a day they told of."""
    if day.amounts:
        return _mark_of_amounts(aim, day.amounts)
    return "missed" if day.missed else "not_asked"


def mark_untold(*, asked: bool, away: bool) -> Mark:
    """The mark of a day they did not tell of."""
    if away:
        return "paused"
    return "silent" if asked else "not_asked"


def together(marks: Iterable[Mark]) -> Mark:
    """The mark of a whole day, over the goals of that day. What was told outweighs silence."""
    seen = set(marks)
    if len(seen) == 1:
        return seen.pop()
    told = seen & TOLD
    if told:
        if told == {"done"}:
            return "done"
        return "partly" if told & DID else "missed"
    for mark in ("silent", "paused"):
        if mark in seen:
            return mark
    return "not_asked"


def side_by_side(strips: Sequence[Sequence[Mark]], days: int) -> list[Mark]:
    """The marks of so many whole days, over the strips of all goals."""
    if len(strips) == 1:
        return list(strips[0][:days])
    return [_together(day) for day in islice(zip(*strips, strict=True), days)] if strips else ["not_asked"] * days


_together = lru_cache(maxsize=1024)(together)
"""Few days differ from all the others."""


def tally(marks: Sequence[Mark]) -> Tally:
    """Done so many of the days that counted. The last mark is today's, and a day not over is not yet silence."""
    return days_of(marks).tally


def last_days(today: date, days: int = WINDOW) -> tuple[date, ...]:
    """The days of a strip, oldest first."""
    return tuple(today - timedelta(days=back) for back in reversed(range(days)))


def days_of(marks: Sequence[Mark]) -> Days:
    """The marks of whole days as bits."""
    did = missed = silent = 0
    for mark in marks:
        did, missed, silent = did << 1, missed << 1, silent << 1
        if mark in DID:
            did |= 1
        elif mark == "missed":
            missed |= 1
        elif mark == "silent":
            silent |= 1
    return Days(did, missed, silent)


def _mark_of_amounts(aim: Aim, amounts: Sequence[float | None]) -> Mark:
    if aim.amount is None:
        return "done"
    total = 0.0
    for amount in amounts:
        if amount is None:
            return "done"
        total += amount
    if aim.direction == "at_most":
        return "done" if total <= aim.amount else "missed"
    return "done" if total >= aim.amount else "partly"
