"""The states of an outgoing call, which only move forward.

planned → sending → accepted → ringing → in_progress → completed | busy | no_answer | failed
                  ↘ unknown (asking for it broke off: ask the carrier) → planned again, or whatever it says
planned → not_sent (with a reason)
"""

from typing import Final

from coach_portal.core.rules.message_state import OPEN

UNREACHED: Final = frozenset({"busy", "no_answer", "failed"})
ENDED: Final = UNREACHED | {"completed"}
SAID: Final = "said"
"""The state of what we said on a call: heard as far as the line held, and never sent."""

_RANK = dict.fromkeys(OPEN, 0) | {"accepted": 1, "ringing": 2, "in_progress": 3}
_ENDED_RANK = 4

# Twilio's words for a call's status (`call_enum_status` in its published OpenAPI), and those of its progress events.
_FROM_CARRIER = {
    "queued": "accepted",
    "initiated": "accepted",
    "ringing": "ringing",
    "in-progress": "in_progress",
    "answered": "in_progress",
    "completed": "completed",
    "busy": "busy",
    "no-answer": "no_answer",
    "failed": "failed",
    "canceled": "failed",
}


def from_carrier(status: str) -> str | None:
    """Our state for the carrier's word; None for one that we do not know."""
    return _FROM_CARRIER.get(status)


def before(reported: str) -> tuple[str, ...]:
    """The states that a report of this one may replace."""
    rank = _RANK.get(reported, _ENDED_RANK)
    return tuple(state for state, its_rank in _RANK.items() if its_rank < rank)
