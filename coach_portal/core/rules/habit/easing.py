"""How often to ask: less as a habit strengthens, less when the client wants it, again more when it slips.

Fewer texts keep people (association, not proof: ten texts or more and opt-outs rise; "individualised or decreasing"
frequency did better in one meta-analysis, tailoring did not matter in another: docs/method.md). So from eight weeks on
a goal that is kept is asked about every other time, from twelve on once a week, and at the first miss each time again.
What the client wants comes before all of this.
"""

from datetime import date, timedelta
from typing import Literal

Pace = Literal["full", "half", "weekly"]

HALF_AFTER, WEEKLY_AFTER = timedelta(weeks=8), timedelta(weeks=12)
KEPT_OVER = timedelta(weeks=4)
KEPT, FEWEST = 0.85, 4
"""Kept so often of the times asked in the last four weeks, of at least so many."""
SLIPPED_WITHIN = timedelta(weeks=1)

SILENCES = 5
"""Questions in a row, on as many days, without any word: then we ask once whether to go on."""
ANSWER_WITHIN = timedelta(hours=20)
"""How long that question waits for a word before the check-ins rest and the coach is told."""

_SPARSER: dict[Pace, int] = {"full": 0, "half": 1, "weekly": 2}


def earned(age: timedelta, kept: int, times: int, last_miss: timedelta | None) -> Pace:
    """The pace a goal's record earns: its age, kept so often of so many times in four weeks, how long ago a miss."""
    slipped = last_miss is not None and last_miss < SLIPPED_WITHIN
    if age < HALF_AFTER or times < FEWEST or kept < KEPT * times or slipped:
        return "full"
    return "weekly" if age >= WEEKLY_AFTER and last_miss is None else "half"


def agreed(wanted: Pace | None, earned_pace: Pace) -> Pace:
    """What it comes to: who wants every question gets every question; else the sparser of the two."""
    if wanted is None or wanted == "full":
        return wanted or earned_pace
    return max(wanted, earned_pace, key=_SPARSER.__getitem__)


def next_less(pace: Pace | None) -> Pace:
    """What "less" comes to for someone asked at this pace."""
    return "weekly" if pace in {"half", "weekly"} else "half"


def is_turn(pace: Pace, days: str, day: date) -> bool:
    """Whether a question on these ISO weekdays is put on this one of them, at this pace."""
    if pace == "full":
        return True
    place = sum(digit < str(day.isoweekday()) for digit in days)
    if pace == "weekly":
        return place == 0
    week = (day.toordinal() - 1) // 7
    return (week * len(days) + place) % 2 == 0
