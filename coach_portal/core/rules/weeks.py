"""A week beside the client's own last weeks, never beside anybody else's, and which kind of question it calls for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Standing = Literal["better", "steady", "smaller", "begun_again"]
Theme = Literal["noticing", "help", "kindness", "ahead"]

WEEKS_BEFORE = 4
"""How many weeks lie behind a comparison: a month, so that one odd week decides little."""
QUARTER = 13
"""Weeks in which nobody is asked the same question twice."""
_IN_TURN: tuple[Theme, ...] = ("noticing", "help", "ahead")


EVENING_FROM = "16:00"
"""On the day the week comes back, its text takes the place of questions due from then on: one text, not two."""


class Shape(NamedTuple):
    """A week in numbers: goals done and asked, wins outside the goals, their last weeks, and heavy words in it."""

    done: int
    asked: int
    own_wins: int = 0
    done_before: int = 0
    weeks_before: int = 0
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question that a practice added. `slot` is the week of the quarter, 0 to 12, in which it may be asked."""

    body: str
    theme: str
    locale: str
    slot: int


def is_given_back_instead(days: str, day: date, local_time: str) -> bool:
    """Whether a question gives way to the week, which comes back on these ISO weekdays ("7" is Sunday)."""
    return str(day.isoweekday()) in days and local_time >= EVENING_FROM


def standing_of(done: int, done_before: int, weeks_before: int) -> Standing | None:
    """How a week with something done stands beside the mean of those before; None where there is no saying.

    Within one of the mean, or a tenth of it, is steady.
    """
    if weeks_before < 1:
        return None
    if not done_before:
        return "begun_again" if done else None
    apart, near = done * weeks_before - done_before, max(weeks_before, done_before // 10)
    if abs(apart) <= near:
        return "steady"
    return "better" if apart > 0 else "smaller"


def is_hard(week: Shape) -> bool:
    """Whether a week calls for kindness: heavy words, nothing logged, or far less than was agreed or usual."""
    if week.heavy or not (week.done or week.own_wins):
        return True
    few = week.done * 3 < week.asked
    fell = week.done * 2 * week.weeks_before < week.done_before
    return not week.own_wins and (few or fell)


def theme_of(week: Shape, number: int) -> Theme:
    """What to ask about after such a week; `number` is the week's, so that ordinary weeks take turns."""
    return "kindness" if is_hard(week) else _IN_TURN[number % len(_IN_TURN)]


def question_of(theme: Theme, number: int, bank: dict[str, tuple[str, ...]], own: Sequence[OwnQuestion] = ()) -> str:
    """The question for week `number`: every question has its one week in the quarter, so none comes twice in one.

    A practice's own question goes first in its week; after a hard week only where it is a kind one.
    """
    slot = number % QUARTER
    fitting = [each for each in own if each.slot == slot and (theme != "kindness" or each.theme == theme)]
    if fitting:
        return fitting[number // QUARTER % len(fitting)].body
    questions = bank[theme]
    return questions[slot % len(questions)]
