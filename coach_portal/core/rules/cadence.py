"""How often a goal is meant to happen, and on which days it is asked about."""

from datetime import date

_DAYS = {"daily": "1234567", "weekdays": "12345", "weekends": "67"}


def is_asked_on(cadence: str, day: date) -> bool:
    """Whether a goal of this cadence is asked about on this day. "3_per_week" is asked daily and judged by the week."""
    return str(day.isoweekday()) in _DAYS.get(cadence, "1234567")


def times_per_week(cadence: str) -> int:
    """How often in a week a goal of this cadence is meant to happen."""
    if cadence in _DAYS:
        return len(_DAYS[cadence])
    return 1 if cadence == "weekly" else int(cadence.split("_", maxsplit=1)[0])


def is_by_week(cadence: str) -> bool:
    """Whether a goal of this cadence is judged by the week: "3_per_week" may rest on any four days."""
    return cadence not in _DAYS
