"""What the keys mean: the same understanding that words would have come to, without any doubt."""

from datetime import date
from typing import Final

from coach_portal.core.rules.replies.understanding import Miss, Understanding, Win

DONE, MISSED, MESSAGE, ONE_BY_ONE, STOP_CALLS = "1", "2", "3", "4", "9"
LOG_WIN, MY_WEEK = "1", "2"
"""On a call of theirs to us, where nothing was asked."""
UNSURE_BELOW: Final = 0.4
"""Of the carrier's speech confidence, 0 to 1; where it says nothing, the words stand for themselves."""
WEEK: Final = "week"
"""What a request to hear one's week travels as, where a digit would answer a question."""
STATUS: Final = Understanding(frozenset({"status"}))


def understood(keys: str, asked: tuple[int, ...], on: date) -> Understanding:
    """The keys of an answer: "1" or "2" for all that was asked, or one mark for each; WEEK asks how it stands."""
    if keys == WEEK:
        return STATUS
    marks = keys * len(asked) if len(keys) == 1 else keys
    told = list(zip(asked, marks, strict=False))
    wins = tuple(Win(goal, None, on) for goal, mark in told if mark == DONE)
    misses = tuple(Miss(goal) for goal, mark in told if mark == MISSED)
    acts = frozenset(act for act, found in (("win", wins), ("miss", misses)) if found)
    return Understanding(acts, wins, misses)  # type: ignore[arg-type]


def is_unsure(meant: Understanding, heard: float | None) -> bool:
    """Whether words on a call are to be asked for once more. What may be danger or a stop is never put off."""
    if meant.risk is not None or meant.maybe_stop or meant.acts & {"stop", "crisis"}:
        return False
    return not meant.acts or (heard is not None and heard < UNSURE_BELOW)
