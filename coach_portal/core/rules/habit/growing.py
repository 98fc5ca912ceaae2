"""When a goal has become automatic, and when it fails: what the coach is offered, never done by itself.

Automatic is 85 % over four weeks since it was last changed, from enough times to judge by; whoever is asked less for
doing well is judged by fewer. Failing is less than two in five of what was told in a fortnight (four weeks for
goals that weeks judge): silence says nothing about the goal's size. Both figures are ours, rules of thumb and no
finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from coach_portal.core.rules.cadence import is_by_week
from coach_portal.core.rules.habit.record import DAY, Record, Turn, turns

Kind = Literal["automatic", "failing"]

AUTOMATIC, AUTOMATIC_OVER = 0.85, timedelta(weeks=4)
FAILING, FAILING_OVER = 0.4, timedelta(weeks=2)
DAYS_TO_GROW, DAYS_TO_SHRINK = 8, 5
"""Days told of from which a share means something."""
WEEKS_TO_GROW, WEEKS_TO_SHRINK = 3, 2
"""The same for goals that weeks judge; a week agreed in its middle does not hold it up."""
LET_BE_FOR = timedelta(weeks=4)
"""How long advice that was declined is not given again."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What a goal's record advises, and the fact it rests on: kept so often of so many times."""

    kind: Kind
    kept: int
    times: int
    in_weeks: bool


def advice(record: Record, today: date) -> Advice | None:
    """What to do about a goal, if anything."""
    since = _changed_on(record)
    known = today - since + DAY
    if known >= AUTOMATIC_OVER:
        lately = _since(record, today, AUTOMATIC_OVER, since)
        if len(lately) >= _enough(lately, DAYS_TO_GROW, WEEKS_TO_GROW) and _kept(lately) >= AUTOMATIC * len(lately):
            return _advice("automatic", lately)
    if known < FAILING_OVER / 2:
        return None
    over = AUTOMATIC_OVER if is_by_week(record.terms_on(today).cadence) else FAILING_OVER
    told = [turn for turn in _since(record, today, over, since) if turn.outcome != "silent"]
    if len(told) >= _enough(told, DAYS_TO_SHRINK, WEEKS_TO_SHRINK) and sum(turn.part for turn in told) < FAILING * len(
        told
    ):
        return _advice("failing", told)
    return None


def _changed_on(record: Record) -> date:
    changes = [terms.until for terms in record.terms if terms.until]
    return max([record.began, *changes])


def _since(record: Record, today: date, over: timedelta, since: date) -> Sequence[Turn]:
    return turns(record, today, max(since, today - over + DAY))


def _enough(found: Sequence[Turn], days: int, weeks: int) -> int:
    return weeks if found and found[-1].is_week else days


def _kept(found: Sequence[Turn]) -> int:
    return sum(turn.outcome == "kept" for turn in found)


def _advice(kind: Kind, found: Sequence[Turn]) -> Advice:
    return Advice(kind, _kept(found), len(found), found[-1].is_week)
