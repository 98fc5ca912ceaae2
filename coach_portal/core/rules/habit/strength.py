"""How strong a habit is, from 0 to 100: how reliably it has been done, the last weeks weighing most.

Each time it was due moves the strength a fixed part of the way: up to 100 when it was done, down to 0 when it was not.
That is exponential smoothing, whose curve for someone who misses nothing is the one that fits habit formation
(Lally et al. 2010: automaticity rises fast, then levels off; 18 to 254 days to 95 % of the plateau, typically 66). So
whoever does it every day has 95 after 66 days here, one missed day costs at most 5 of 100 and is made up within a week,
and a bad week does not undo a good month. It measures repetition; nobody can measure automaticity by text.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from math import log2

from coach_portal.core.rules.habit.record import Record, Turn, turns

PLATEAU_DAYS = 66
"""Days to 95 % of the plateau when nothing is missed: the typical value of Lally et al. (2010)."""
HALF_LIFE = PLATEAU_DAYS / log2(20)
"""Days in which the distance to 100, or to 0, halves: 15.3."""

SILENCE_WEIGHS = 0.5
"""Asked without an answer may have been done: it weighs half of a miss."""
PARTLY_WEIGHS = 0.5
"""A little of it on a day raises the strength half as much as all of it, and never lowers it."""


def strength(record: Record, today: date) -> int:
    """The strength of a goal's habit as of a day, 0 to 100."""
    return _in_percent(turns(record, today), [today])[0]


def course(record: Record, days: Iterable[date]) -> list[int]:
    """The strength as of each of these days, oldest first, as what is known now says."""
    wanted = list(days)
    return _in_percent(turns(record, wanted[-1]), wanted) if wanted else []


def week_ends(record: Record, today: date, weeks: int = 12) -> list[date]:
    """The day a goal began, or weeks before today where that is later, then every seventh day until today."""
    back = min((today - record.began).days, 7 * weeks)
    ends = [today - timedelta(days=days) for days in range(0, back + 1, 7)][::-1]
    return ends if back % 7 == 0 else [today - timedelta(days=back), *ends]


def _in_percent(found: Sequence[Turn], days: Sequence[date]) -> list[int]:
    """The strength as of each of these days, oldest first, in one go through the turns."""
    level, told, coming = 0.0, [], iter(days)
    day = next(coming)
    for turn in found:
        while turn.last > day:
            told.append(round(100 * level))
            day = next(coming)
        level = _moved(level, turn)
    return told + [round(100 * level)] * (len(days) - len(told))


def _moved(level: float, turn: Turn) -> float:
    step = _step(turn.span)
    if turn.outcome == "silent":
        return level * (1 - step * SILENCE_WEIGHS)
    if turn.outcome == "partly" and not turn.is_week:
        return level + step * PARTLY_WEIGHS * (1 - level)
    return level + step * (turn.part - level)


@cache
def _step(span: float) -> float:
    # Measured in calendar time, so that a goal of weekdays or of weeks grows as fast as one of every day.
    return 1 - float(2 ** (-span / HALF_LIFE))
