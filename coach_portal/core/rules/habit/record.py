"""One goal's record, and what became of each time that it was due.

Only what was told or asked counts. Days before the goal began, days nobody asked about and days on a pause cost
nothing; what was done on them counts all the same. A goal of N times a week is judged by the week.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import Literal, NamedTuple

from coach_portal.core.rules.cadence import is_by_week, times_per_week
from coach_portal.core.rules.marks import DID, Aim, Day, Mark, Tally, mark_of, mark_untold

Outcome = Literal["kept", "partly", "missed", "silent"]

DAY = timedelta(days=1)
DUE_IN_A_WEEK = {"weekdays": 5, "weekends": 2}
"""How many days of a week a cadence is due on, where not on all."""
NOTHING_TOLD = Day()


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


@dataclass(frozen=True)
class Record:
    """All that one goal's strength and streak rest on. `terms` go from the oldest to those that hold.

    What is worked out of it is worked out once: strength, streak and advice all look at the same turns.
    """

    began: date
    terms: Sequence[Terms] = (Terms(),)
    told: Mapping[date, Day] = field(default_factory=dict)
    asked: Set[date] = frozenset()
    rests: Sequence[Rest] = ()

    def terms_on(self, day: date) -> Terms:
        """What was agreed for a day."""
        return next((terms for terms in self.terms if terms.until is None or day < terms.until), self.terms[-1])

    @cached_property
    def days(self) -> Sequence[date]:
        """The days that something was told or asked of, oldest first: of the others nothing is known."""
        return sorted({*self.told, *self.asked})

    @cached_property
    def turns_until(self) -> dict[date, list["Turn"]]:
        """What `turns` has worked out, by the day it was asked about."""
        return {}

    def is_resting(self, day: date) -> bool:
        """Whether a day is on a pause."""
        return any(rest.covers(day) for rest in self.rests)


class Turn(NamedTuple):
    """One time that the goal was due, a day or a week, on its last day. `part` is how much of it was done, 0 to 1.

    `span` is how many days of the calendar it stands for: 1 where every day counts, 7/5 on weekdays.
    """

    last: date
    outcome: Outcome
    part: float
    days: int = 1
    span: float = 1

    @property
    def is_week(self) -> bool:
        """Whether it was judged by the week."""
        return self.days > 1


def turns(record: Record, today: date, since: date | None = None) -> Sequence[Turn]:
    """Every time the goal was due and counts, oldest first; today and this week only once they are good."""
    if since is not None and since > record.began:
        return _turns(record, since, today)
    if today not in record.turns_until:
        record.turns_until[today] = _turns(record, record.began, today)
    return record.turns_until[today]


def strip(record: Record, days: Sequence[date]) -> list[Mark]:
    """The goal's marks, each by what was agreed for that day; where nothing was told on a pause, the pause."""
    told, asked, rests = record.told, record.asked, record.rests
    always = record.terms[0].aim if len(record.terms) == 1 else None
    return [
        mark_of(always or record.terms_on(day).aim, told[day])
        if day in told
        else mark_untold(asked=day in asked, away=bool(rests) and record.is_resting(day))
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


def _turns(record: Record, first: date, today: date) -> list[Turn]:
    found: list[Turn] = []
    for terms, begins, ends in _spells(record, first, today):
        if is_by_week(terms.cadence):
            found += _weeks(record, terms, list(_days(begins, ends)), today)
        else:
            found += _by_day(record, terms, begins, ends, today)
    return found


def _spells(record: Record, first: date, today: date) -> Iterator[tuple[Terms, date, date]]:
    """The terms that held from `first` to `today`, each with its first and its last day."""
    begins = first
    for terms in record.terms:
        is_last = terms.until is None or terms is record.terms[-1]
        ends = today if is_last or terms.until is None else min(today, terms.until - DAY)
        if begins <= ends:
            yield terms, begins, ends
            begins = ends + DAY
        if is_last:
            return


def _by_day(record: Record, terms: Terms, begins: date, ends: date, today: date) -> list[Turn]:
    """Years of days are gone through for one page, so that the days of which nothing is known are passed over, and
    what is told alike is judged once."""
    span = 7 / DUE_IN_A_WEEK.get(terms.cadence, 7)
    judged: dict[int, Mark] = {}
    found = []
    told, days = record.told, record.days
    for day in days[bisect_left(days, begins) : bisect_right(days, ends)]:
        said = told.get(day, NOTHING_TOLD)
        mark = judged.get(id(said))
        if mark is None:
            mark = judged[id(said)] = mark_of(terms.aim, said)
        turn = _of_day(record, day, mark, span, today)
        if turn:
            found.append(turn)
    return found


def _of_day(record: Record, day: date, mark: Mark, span: float, today: date) -> Turn | None:
    if mark == "done":
        return Turn(day, "kept", 1, 1, span)
    if mark == "partly":
        return Turn(day, "partly", 0.5, 1, span)
    if record.rests and record.is_resting(day):
        return None
    if mark == "missed":
        return Turn(day, "missed", 0, 1, span)
    return Turn(day, "silent", 0, 1, span) if day in record.asked and day < today else None


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
        return Turn(week[-1], "kept", 1, 7, 7)
    if not is_over or not need:
        return None
    if done:
        return Turn(week[-1], "partly", done / need, 7, 7)
    if any(day in record.told for day in awake):
        return Turn(week[-1], "missed", 0, 7, 7)
    return Turn(week[-1], "silent", 0, 7, 7) if any(day in record.asked for day in awake) else None
