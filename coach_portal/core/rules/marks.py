"""What became of a day, in one mark: for one goal, and for all of a client's goals together.

Silence is not a miss: a day asked about without an answer has a mark of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

Mark = Literal["done", "partly", "missed", "silent", "paused", "not_asked", "ahead"]

WINDOW = 14
"""How many days a strip shows."""
DID = frozenset({"done", "partly"})
TOLD = DID | {"missed"}


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


@dataclass(frozen=True, slots=True)
class Tally:
    """On how many days of those that counted it was done, wholly or partly."""

    done: int
    days: int


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
    return [together(strip[place] for strip in strips) for place in range(days)]


def tally(marks: Sequence[Mark]) -> Tally:
    """Done so many of the days that counted. The last mark is today's, and a day not over is not yet silence."""
    done = marks.count("done") + marks.count("partly")
    silent = marks.count("silent") - (marks[-1:] == ["silent"])
    return Tally(done, done + marks.count("missed") + silent)


def last_days(today: date, days: int = WINDOW) -> tuple[date, ...]:
    """The days of a strip, oldest first."""
    return tuple(today - timedelta(days=back) for back in reversed(range(days)))


def silent_days(marks: Sequence[Mark]) -> int:
    """How many asked days in a row have gone without a word, up to yesterday."""
    count = 0
    for mark in reversed(marks[:-1] if marks and marks[-1] in {"silent", "not_asked"} else marks):
        if mark in TOLD:
            break
        count += mark == "silent"
    return count


def is_slipping(marks: Sequence[Mark]) -> bool:
    """Whether fewer than half of the last seven days that counted were done, with at least three to judge by."""
    week = tally(marks[-7:])
    return week.days >= 3 and week.done * 2 < week.days


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
