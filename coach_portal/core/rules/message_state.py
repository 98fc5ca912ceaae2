"""The states of an outgoing text, which only move forward.

    planned → sending → accepted → sent → delivered | undelivered | failed
                      ↘ unknown (the call broke off: ask the carrier) → planned again, or whatever it says
    planned → not_sent (with a reason)

"Sent" is never shown as "delivered": the carrier took it, and a receipt from the phone may never come.
"""

OPEN = frozenset({"planned", "sending", "unknown"})
FAILED = frozenset({"undelivered", "failed"})
FINAL = FAILED | {"delivered", "not_sent"}

_RANK = {"planned": 0, "sending": 0, "unknown": 0, "accepted": 1, "sent": 2}
_FINAL_RANK = 3

# Twilio's words for a message's status, from its published OpenAPI (`message_enum_status`).
_FROM_CARRIER = {
    "accepted": "accepted",
    "scheduled": "accepted",
    "queued": "accepted",
    "sending": "accepted",
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "partially_delivered": "delivered",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
}


def from_carrier(status: str) -> str | None:
    """Our state for the carrier's word, or None for a word that says nothing of an outgoing text."""
    return _FROM_CARRIER.get(status)


def is_forward(current: str, reported: str) -> bool:
    """Whether a report moves a text on. Late, repeated and unordered reports do not."""
    return current not in FINAL and _rank(reported) > _rank(current)


def before(reported: str) -> tuple[str, ...]:
    """The states that a report of this one may replace."""
    rank = _rank(reported)
    return tuple(state for state, its_rank in _RANK.items() if its_rank < rank)


def _rank(state: str) -> int:
    return _RANK.get(state, _FINAL_RANK)
