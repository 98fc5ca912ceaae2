"""Records in few words: one sign for each day, the last one today's.

"+" done, "/" partly, "-" missed, "?" asked without an answer, "." nothing, "|" a pause over that day.
"""

from datetime import date, timedelta

from coach_portal.core.rules.habit.record import Record, Rest, Terms
from coach_portal.core.rules.marks import Aim, Day

TODAY = date(2026, 11, 15)
"""A Sunday."""


def record(signs: str, cadence: str = "daily", aim: Aim | None = None, today: date = TODAY) -> Record:
    """The record of a goal that began on the day of the first sign."""
    began = today - timedelta(days=len(signs) - 1)
    days = {began + timedelta(days=place): sign for place, sign in enumerate(signs)}
    told = {day: told_by(sign) for day, sign in days.items() if sign in "+/-"}
    return Record(
        began=began,
        terms=(Terms(cadence, aim or Aim(2)),),
        told=told,
        asked={day for day, sign in days.items() if sign in "+/-?"},
        rests=tuple(Rest(day, day + timedelta(days=1)) for day, sign in days.items() if sign == "|"),
    )


def told_by(sign: str) -> Day:
    """What was told on a day with this sign, of a goal whose amount is 2."""
    return {"+": Day([2]), "/": Day([1]), "-": Day([], missed=True)}[sign]
