"""How an email is tried: how often, how long, and whether sending it twice is better than not at all."""

from datetime import datetime, timedelta
from typing import Final

AT_LEAST_ONCE: Final = frozenset({"alert", "second_contact"})
"""Kinds about someone in danger: sent again when nobody knows whether they left. All others leave 0 or 1 times."""

KEPT_UP_FOR: Final = timedelta(hours=24)
"""How long any other email is tried; a day later it helps nobody."""

RESET_GOOD_FOR: Final = timedelta(minutes=30)
"""How long the link in an email that offers a new password works; such an email is tried no longer."""

ONE_TIME: Final = frozenset({"join", "reset"})
"""Kinds with a one-time link in them."""

_PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15))


def deadline(kind: str, now: datetime) -> datetime | None:
    """Until when an email is tried; None for one that is tried until it leaves."""
    if kind in AT_LEAST_ONCE:
        return None
    return now + (RESET_GOOD_FOR if kind == "reset" else KEPT_UP_FOR)


def next_try(attempts: int, now: datetime) -> datetime:
    """When to try again after so many attempts: 1, 2, 5, 10, and from then on every 15 minutes."""
    return now + _PAUSES[min(max(attempts, 1), len(_PAUSES)) - 1]


def one_line(words: str) -> str:
    """A subject: one line, since a line break would begin another header."""
    return " ".join(words.split())[:200]
