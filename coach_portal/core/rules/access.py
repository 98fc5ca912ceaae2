"""What a token lets its holder do, how often, and for how long its answers are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

SCOPES: Final = {
    "read": "read what its coach may see",
    "write": "change it, and text clients",
    "webhooks": "say where events are posted to",
    "data": "take out everything of a client, and erase one",
    "tokens": "make and revoke tokens",
}
"""Each scope, and what it lets its holder do."""
EVERY_SCOPE: Final = " ".join(SCOPES)

MOST: Final = 300
"""Requests a token may make in a window. A practice of 400 clients reads all of its lists in three of them."""
WINDOW: Final = timedelta(minutes=1)

ANSWERS_KEPT: Final = timedelta(hours=24)
"""How long an answer is given again for the same `Idempotency-Key`: whoever retries does so within a day."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often a token may still ask: `left` of MOST, until `resets_at`. Below nothing, it has to wait."""

    left: int
    resets_at: datetime

    def seconds_until(self, now: datetime) -> int:
        """Whole seconds until it may ask as often again, at least 1."""
        return max(1, -((now - self.resets_at) // timedelta(seconds=1)))


def in_order(scopes: Iterable[str]) -> str:
    """Scopes as they are kept: each once, in our order, with blanks between."""
    wanted = set(scopes)
    return " ".join(scope for scope in SCOPES if scope in wanted)
