"""A streak that a slip does not break.

It carries two freezes, spent by themselves, one for each time missed or passed over in silence; a freeze comes back
after a week of keeping on (four weeks where weeks are judged). Two, because emergency reserves raise persistence and
three did no better than two; and a broken streak that can be repaired discourages less (docs/method.md). The streak is
the longest run back from today that such freezes hold together, so every new beginning has its two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coach_portal.core.rules.habit.record import Record, Turn, turns

FREEZES = 2
BACK_AFTER_DAYS, BACK_AFTER_WEEKS = 7, 4
"""Times kept in a row of which a spent freeze comes back."""

LOST = frozenset({"missed", "silent"})
"""What spends a freeze."""

_Runs = dict[int, int]
"""The longest run for each credit in hand. A time kept earns 1; so many as bring a freeze back are worth one."""


@dataclass(frozen=True, slots=True)
class Streak:
    """How many days (or weeks, for a goal judged by the week) it holds, and the freezes left to it."""

    length: int = 0
    freezes: int = FREEZES
    in_weeks: bool = False


def streak(record: Record, today: date) -> Streak:
    """The streak of a goal as of a day."""
    found = turns(record, today)
    in_weeks = bool(found) and found[-1].is_week
    worth = BACK_AFTER_WEEKS if in_weeks else BACK_AFTER_DAYS
    runs: _Runs = {}
    full = FREEZES * worth
    for turn in found[_begins_after(found, worth) :]:
        # A run counts days or weeks, never both: where the cadence changed to the other kind, it begins anew.
        if turn.is_week != in_weeks:
            runs = {}
        elif turn.outcome == "kept" and len(runs) == 1 and full in runs:
            runs[full] += 1  # what most days are: one run, both freezes in hand
        else:
            runs = _after(runs, turn, worth)
    length = max(runs.values(), default=0)
    credit = max((credit for credit, run in runs.items() if run == length), default=FREEZES * worth)
    return Streak(length, credit // worth, in_weeks)


def _begins_after(found: Sequence[Turn], worth: int) -> int:
    """The first place that a run of today's can have begun at: just before it, what was missed until some day took more
    freezes than there are, and what was kept meanwhile brought back. Years need not be gone through for a month's run.
    """
    spent = 0
    for place in range(len(found) - 1, -1, -1):
        turn = found[place]
        if turn.is_week != found[-1].is_week:
            return place + 1
        if turn.outcome in LOST:
            spent += worth
            if spent > FREEZES * worth:
                return place + 1
        elif not turn.is_week or turn.outcome == "kept":
            spent = max(spent - 1, 0)
    return 0


def _after(runs: _Runs, turn: Turn, worth: int) -> _Runs:
    if turn.outcome in LOST:
        return {credit - worth: run for credit, run in runs.items() if credit >= worth}
    if turn.is_week and turn.outcome == "partly":
        return runs  # some of the week's times: it neither adds to the streak nor costs it anything
    full = FREEZES * worth
    grown: _Runs = {full: 1}
    for credit, run in runs.items():
        richer = min(full, credit + 1)
        grown[richer] = max(grown.get(richer, 0), run + 1)
    return grown
