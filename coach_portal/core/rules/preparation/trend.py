"""How one goal went since the last session beside the time before, and how sure one can be of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from coach_portal.core.rules.cadence import is_by_week
from coach_portal.core.rules.habit.record import DAY, Record, Turn, turns
from coach_portal.core.rules.preparation.intervals import Z_90, Z_95, difference

Verdict = Literal["up", "down", "same", "new", "few", "nothing", "paused"]
Sureness = Literal["sure", "fairly", "not"]

FEW = 5
"""Fewer times told than this say nothing: even all of five leave the share anywhere above a half (Wilson, 95 %)."""
MATTERS = 0.15
"""A smaller change, sure or not, is not worth a coach's minute: one day in a week. Our own figure."""
WEEKS = 8
"""How many weeks the line shows."""
BY_WEEK_LOOKS = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Count:
    """Of the times it was due: done wholly or partly, missed, and asked without an answer."""

    done: int = 0
    partly: int = 0
    missed: int = 0
    silent: int = 0

    @property
    def told(self) -> int:
        """How many of them were told of."""
        return self.done + self.missed


@dataclass(frozen=True, slots=True)
class Trend:
    """What moved. `hidden` is how large a change, in parts of one, could hide behind "the same"."""

    now: Count
    before: Count
    since: date
    verdict: Verdict
    sureness: Sureness
    in_weeks: bool
    hidden: float
    weeks: tuple[int, ...]
    """Days done in each of the last weeks, seven days each, the last one ending today."""


def trend(record: Record, since: date, today: date) -> Trend:
    """The trend of a goal: since a day, beside as many days before it."""
    in_weeks = is_by_week(record.terms_on(today).cadence)
    if in_weeks:
        since = min(since, today - BY_WEEK_LOOKS)
    earlier = since - (today - since + DAY)
    # From a Monday on, so that no week is judged by a part of it.
    found = [turn for turn in turns(record, today, earlier - DAY * earlier.weekday()) if turn.is_week == in_weeks]
    now = _count([turn for turn in found if turn.last >= since])
    before = _count([turn for turn in found if earlier <= turn.last < since])
    verdict, sureness, hidden = _judged(now, before, record, today)
    return Trend(now, before, max(since, record.began), verdict, sureness, in_weeks, hidden, _weeks(record, today))


def _judged(now: Count, before: Count, record: Record, today: date) -> tuple[Verdict, Sureness, float]:
    if not now.told:
        return ("paused" if record.is_resting(today) else "nothing"), "not", 1.0
    if now.told < FEW or now.silent > now.told:
        return "few", "not", 1.0
    if before.told < FEW:
        return "new", "not", 1.0
    shares = (now.done, now.told), (before.done, before.told)
    low, high = difference(*shares, Z_90)
    apart = now.done / now.told - before.done / before.told
    if low <= 0 <= high or abs(apart) < MATTERS:
        return "same", "not", max(-low, high)
    verdict: Verdict = "up" if low > 0 else "down"
    surest = difference(*shares, Z_95)
    # Silence may hide misses: where much of it is, no more than "fairly".
    is_sure = (surest[0] > 0 or surest[1] < 0) and now.silent * 4 <= now.told + now.silent
    return verdict, ("sure" if is_sure else "fairly"), 0.0


def _count(found: list[Turn]) -> Count:
    outcomes = [turn.outcome for turn in found]
    kept, partly = outcomes.count("kept"), outcomes.count("partly")
    return Count(kept + partly, partly, outcomes.count("missed"), outcomes.count("silent"))


def _weeks(record: Record, today: date) -> tuple[int, ...]:
    """Only whole weeks of the goal's life, so that a beginning does not look like a rise."""
    known = min(((today - record.began).days + 1) // 7, WEEKS)
    first = today - timedelta(days=7 * known - 1)
    done = [turn.last for turn in turns(record, today, first) if turn.outcome in {"kept", "partly"}]
    if is_by_week(record.terms_on(today).cadence):
        done = [day for day, told in record.told.items() if told.amounts]
    counts = [0] * known
    for day in done:
        if first <= day <= today:
            counts[(day - first).days // 7] += 1
    return tuple(counts)
