"""Which wins of the last day are worth a word from the coach: the first one, the first after a while, the most so far,
one outside the goals. All the others were answered when they were told."""

from datetime import date, timedelta
from typing import Literal, get_args

Worth = Literal["first", "back", "most", "own"]
RANKS: tuple[Worth, ...] = get_args(Worth)
"""Which of a client's wins is chosen, and which come first."""

A_WHILE = timedelta(days=4)
"""So long without a win, and the next one is a coming back."""


def worth(
    day: date,
    amount: float | None,
    *,
    is_own: bool,
    at_most: bool,
    last_win: date | None,
    last_of_goal: date | None,
    most: float | None,
) -> Worth | None:
    """What makes a win of this day worth a word, if anything.

    `last_win` is the day of the client's last win before, `last_of_goal` that of the same goal's and `most` its largest
    amount.
    """
    if last_win is None or (not is_own and last_of_goal is None):
        return "first"
    if day - last_win >= A_WHILE:
        return "back"
    if amount is not None and most is not None and amount > most and not at_most:
        return "most"
    return "own" if is_own else None
