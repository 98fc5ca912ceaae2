"""The plain data that texts are made of."""

from dataclasses import dataclass
from typing import NamedTuple


class GoalWords(NamedTuple):
    """A goal as its coach worded it. `place` is its 1-based place among the client's goals, for answers by number.

    `at_most` is a goal of cutting down: its number is a limit, so an amount said stands beside it, not in its place.
    """

    title: str
    anchor: str = ""
    amount: float | None = None
    unit: str = ""
    place: int | None = None
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """On how many of the last `days` days that counted (at most 14, none before the goal began) it was `done`.

    `of_week`: this week, for a goal that the week judges; `days` is then how often it was agreed.
    """

    done: int
    days: int
    of_week: bool = False


class GoalWeek(NamedTuple):
    """One goal's week."""

    title: str
    tally: Tally


class Before(NamedTuple):
    """A client's own last weeks: how many times their goals were done, over how many whole weeks (at most four)."""

    done: int = 0
    weeks: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What a client agrees to, and with whom. `contact` is an address or a number where a person answers."""

    practice: str
    coach: str
    contact: str
    country: str | None
    per_week: int = 10
