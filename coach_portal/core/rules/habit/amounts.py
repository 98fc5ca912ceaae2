"""How much of a goal was done, week by week: what is told on a day, averaged over the days that were told."""

from collections.abc import Sequence
from datetime import date

from coach_portal.core.rules.habit.record import DAY, Record
from coach_portal.core.rules.marks import Aim, Day


def amount_of(aim: Aim, day: Day) -> float | None:
    """How much a day brought; None where nothing tells. Done without a number counts as what was agreed."""
    if None in day.amounts:
        return aim.amount
    if day.amounts:
        return float(sum(amount for amount in day.amounts if amount is not None))
    # Who missed "at least 5" did none of it; who missed "at most 2" had more, and we do not know how many.
    return 0.0 if day.missed and aim.direction == "at_least" else None


def weekly(record: Record, mondays: Sequence[date]) -> list[float | None]:
    """The average of a day told of, for each week from these Mondays; None for a week of which nothing was told."""
    return [_average(record, [monday + DAY * offset for offset in range(7)]) for monday in mondays]


def aims(record: Record, mondays: Sequence[date]) -> list[float | None]:
    """What was agreed for a day at the end of each of these weeks."""
    return [record.terms_on(monday + 6 * DAY).aim.amount for monday in mondays]


def _average(record: Record, days: Sequence[date]) -> float | None:
    told = [amount_of(record.terms_on(day).aim, record.told[day]) for day in days if day in record.told]
    known = [amount for amount in told if amount is not None]
    return round(sum(known) / len(known), 1) if known else None
