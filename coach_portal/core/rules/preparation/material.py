"""What a preparation is made from, as plain data. All days are the client's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from coach_portal.core.rules.habit.record import Record

Did = Literal["done", "partly", "missed"]

LEAST, MOST = timedelta(days=14), timedelta(days=60)
"""How far back it looks: to the last session, but not less than a fortnight nor more than two months."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text from the client. `at` is on their clock; `is_safe` whether it may be quoted at all; `is_unsure` whether
    nobody has looked at a reading of it that we are not sure of. `wins` are the spans that tell of things done."""

    id: int
    at: datetime
    body: str
    is_safe: bool = True
    is_unsure: bool = False
    wins: Sequence[tuple[int, int]] = ()

    @property
    def day(self) -> date:
        """The day it was written."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was told of one day: a goal done, partly or missed; without a goal, a win outside the goals."""

    goal_id: int | None
    day: date
    did: Did
    text_id: int | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as it was agreed, and its whole record."""

    id: int
    title: str
    record: Record
    retired_on: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A reflection: the question and what was answered."""

    question: str
    body: str
    day: date
    text_id: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Something agreed in the last session, in the coach's words; `goal_id` where it is one of the goals."""

    body: str
    goal_id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed on a day: `kind` as in `phrases.CHANGES`, with the words it takes."""

    day: date
    kind: str
    words: Mapping[str, str] = field(default_factory=dict)
    goal_id: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An alert: what it is about, since when, whether it is still open, and the text it came from."""

    kind: str
    day: date
    is_open: bool
    text_id: int | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """All that is known. `last` is the day of the last session, None before the first; `last_text` of their last text.

    `told` reaches back twice as far as the report looks; `texts` holds the client's own, by id.
    """

    name: str
    locale: str
    today: date
    last: date | None = None
    last_text: date | None = None
    has_agreed: bool = True
    goals: Sequence[Goal] = ()
    told: Sequence[Told] = ()
    texts: Mapping[int, Text] = field(default_factory=dict)
    answers: Sequence[Answer] = ()
    agreements: Sequence[Agreement] = ()
    changes: Sequence[Change] = ()
    alerts: Sequence[Waiting] = ()

    @property
    def since(self) -> date:
        """The first day the report looks at."""
        return first_day(self.last, self.today)

    @property
    def active(self) -> list[Goal]:
        """The goals that are asked about."""
        return [goal for goal in self.goals if goal.retired_on is None]

    def lately(self) -> list[Told]:
        """What was told of the days the report looks at, oldest first."""
        since = self.since
        return sorted((told for told in self.told if told.day >= since), key=lambda told: told.day)

    def title(self, goal_id: int | None) -> str:
        """A goal's title."""
        return next((goal.title for goal in self.goals if goal.id == goal_id), "")


def first_day(last: date | None, today: date) -> date:
    """The first day to look at, from the day of the last session."""
    wanted = last or today - MOST / 2
    return min(max(wanted, today - MOST), today - LEAST)
