"""The federal holidays of the United States, by their rules (5 U.S.C. 6103), on the day itself and the day observed."""

from datetime import date, timedelta
from functools import lru_cache

MONDAY, THURSDAY = 0, 3
_FIXED = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
# Month, weekday, and which of the month it is; -1 is the last.
_FLOATING = ((1, MONDAY, 3), (2, MONDAY, 3), (5, MONDAY, -1), (9, MONDAY, 1), (10, MONDAY, 2), (11, THURSDAY, 4))


def is_holiday(day: date) -> bool:
    """Whether this day is one, or is kept as one because the day itself falls on a weekend."""
    return day in _holidays(day.year) or day in _holidays(day.year + 1)


@lru_cache(maxsize=32)
def _holidays(year: int) -> frozenset[date]:
    fixed = [date(year, month, day) for month, day in _FIXED]
    floating = [_the(year, month, weekday, which) for month, weekday, which in _FLOATING]
    return frozenset({*fixed, *floating, *map(_observed, fixed)})


def _observed(day: date) -> date:
    # Saturday's is kept on Friday, Sunday's on Monday.
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def _the(year: int, month: int, weekday: int, which: int) -> date:
    if which > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)
