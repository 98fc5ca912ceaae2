"""When to try again what failed in a way that passes, and when to ask the carrier what became of a text."""

from datetime import datetime, timedelta
from typing import Final

from coach_portal.core.rules.message_state import FINAL

MOST_RETRIES: Final = 2
"""How often a text the carrier could not deliver for now is sent anew (R9: a limited retry inside the window)."""
_PAUSES: Final = (timedelta(minutes=4), timedelta(minutes=12))

FIRST_ASKED: Final = timedelta(minutes=10)
"""How long a receipt may take before the carrier is asked (R31): nearly all come within seconds."""
ASKED_FOR: Final = timedelta(days=3)
"""After this long a receipt or a price will not come any more; GOV.UK Notify gives a provider as long."""


def next_try(retries: int, now: datetime, dice: float) -> datetime | None:
    """When to send anew a text that was sent anew so often before; None when it was often enough.

    `dice`, from 0 to 1, spreads those that failed together over half as long again.
    """
    if retries >= MOST_RETRIES:
        return None
    return now + _PAUSES[retries] * (1 + dice / 2)


def next_ask(state: str, price_is_known: bool, handed_at: datetime, now: datetime) -> datetime | None:
    """When to ask the carrier about a text again: twice as long after the hand-over each time; None for no more."""
    if state in FINAL and price_is_known:
        return None
    waited = max(now - handed_at, FIRST_ASKED)
    return handed_at + 2 * waited if waited <= ASKED_FOR / 2 else None
