"""One goal's record, and what became of each time that it was due.

Only what was told or asked counts. Days before the goal began, days nobody asked about and days on a pause cost
nothing; what was done on them counts all the same. A goal of N times a week is judged by the week.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from coach_portal.core.rules.cadence import is_by_week, times_per_week
from coach_portal.core.rules.marks import DID, Aim, Day, Mark, Tally, mark_of, mark_untold

Outcome = Literal["kept", "partly", "missed", "silent"]

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed, until a day on which something else was; None for what holds today."""

    cadence: str = "daily"
    aim: Aim = field(default_factory=Aim)
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """A pause: its first day, and the first day they are back; None while nobody has said."""

    first: date
    back: date | None = None

    def covers(self, day: date) -> bool:
        """Whether this day is on the pause."""
        return self.first <= day and (self.back is None or day < self.back)


@dataclass(frozen=True, slots=True)
class Record:
    """All that one goal's strength and streak rest on. `terms` go from the oldest to those that hold."""

    began: date
    terms: Sequence[Terms] = (Terms(),)
    told: Mapping[date, Day] = field(default_factory=dict)
    asked: Set[date] = frozenset()
    rests: Sequence[Rest] = ()

    def terms_on(self, day: date) -> Terms:
        """What was agreed for a day."""
        return next((terms for terms in self.terms if terms.until is None or day < terms.until), self.terms[-1])

    def is_resting(self, day: date) -> bool:
        """Whether a day is on a pause."""
        return any(rest.covers(day) for rest in self.rests)


@dataclass(frozen=True, slots=True)
class Turn:
    """One time that the goal was due, a day or a week, on its last day. `part` is how much of it was done, 0 to 1."""

    last: date
    outcome: Outcome
    part: float
    days: int = 1

    @property
    def is_week(self) -> bool:
        """Whether it was judged by the week."""
        return self.days > 1


def turns(record: Record, today: date, since: date | None = None) -> list[Turn]:
    """Every time the goal was due and counts, oldest first; today and this week only once they are good."""
    first = max(record.began, since or record.began)
    found: list[Turn] = []
    for terms, group in groupby(_days(first, today), key=record.terms_on):
        days = list(group)
        found += _weeks(record, terms, days, today) if is_by_week(terms.cadence) else _by_day(record, days, today)
    return found


def strip(record: Record, days: Sequence[date]) -> list[Mark]:
    """The goal's marks, each by what was agreed for that day; where nothing was told on a pause, the pause."""
    told = record.told
    return [
        mark_of(record.terms_on(day).aim, told[day])
        if day in told
        else mark_untold(asked=day in record.asked, away=record.is_resting(day))
        for day in days
    ]


def this_week(record: Record, today: date) -> Tally | None:
    """Done so many of the times of this week (from Monday), for a goal that the week judges; None for the others."""
    terms = record.terms_on(today)
    if not is_by_week(terms.cadence):
        return None
    days = _days(max(record.began, today - DAY * today.weekday()), today)
    done = sum(mark_of(terms.aim, record.told.get(day, Day())) in DID for day in days)
    return Tally(done, times_per_week(terms.cadence))


def misses_in_a_row(record: Record, today: date) -> int:
    """How often it was missed running, the last time included. A silence in between is neither."""
    found = turns(record, today)
    count = 0
    for turn in reversed(found):
        if turn.outcome in {"kept", "partly"}:
            break
        count += turn.outcome == "missed"
    return count


def _days(first: date, last: date) -> Iterator[date]:
    return (first + DAY * offset for offset in range((last - first).days + 1))


def _by_day(record: Record, days: Sequence[date], today: date) -> list[Turn]:
    return [turn for day in days if (turn := _of_day(record, day, today))]


def _of_day(record: Record, day: date, today: date) -> Turn | None:
    mark = mark_of(record.terms_on(day).aim, record.told.get(day, Day()))
    if mark == "done":
        return Turn(day, "kept", 1)
    if mark == "partly":
        return Turn(day, "partly", 0.5)
    if record.is_resting(day):
        return None
    if mark == "missed":
        return Turn(day, "missed", 0)
    return Turn(day, "silent", 0) if day in record.asked and day < today else None


def _weeks(record: Record, terms: Terms, days: Sequence[date], today: date) -> list[Turn]:
    weeks = (list(week) for _, week in groupby(days, key=lambda day: day.isocalendar()[:2]))
    return [turn for week in weeks if (turn := _of_week(record, terms, week, today))]


def _of_week(record: Record, terms: Terms, week: Sequence[date], today: date) -> Turn | None:
    """The days of one week under the same terms. Fewer days than seven, or some on a pause, ask for fewer times."""
    awake = [day for day in week if not record.is_resting(day)]
    is_over = week[-1] < today and (week[-1].isoweekday() == 7 or week[-1] + DAY == terms.until)
    need = times_per_week(terms.cadence) * (len(awake) if is_over else 7) // 7
    done = sum(mark_of(terms.aim, record.told.get(day, Day())) in DID for day in week)
    if done and done >= need:
        return Turn(week[-1], "kept", 1, 7)
    if not is_over or not need:
        return None
    if done:
        return Turn(week[-1], "partly", done / need, 7)
    if any(day in record.told for day in awake):
        return Turn(week[-1], "missed", 0, 7)
    return Turn(week[-1], "silent", 0, 7) if any(day in record.asked for day in awake) else None
