"""Who is told about someone in danger, and when: the coach at once, others too when nobody has it in hand.

R20 (docs/messaging-rules.md): the coach by two ways at once; unacknowledged after 15 minutes, the second contact. From
then on both are told again, less and less often, until someone says that they have it. Codes of steps are listed here
because the timeline, the services and the pages share them.
"""

from datetime import datetime, timedelta
from typing import Final, Literal

Step = Literal[
    "raised", "answered", "held", "coach_text", "coach_email", "second_text", "second_email", "nobody_else",
    "acknowledged", "cleared", "closed",
]  # fmt: skip

URGENT: Final = frozenset({"risk", "not_delivered"})
"""Kinds of alerts that are told at once and again, by text and email: danger, and a safety answer that got lost."""
SOON: Final = frozenset({"possible_risk"})
"""Kinds that are told by one email, together with what else came within a few minutes."""
BUNDLED_AFTER: Final = timedelta(minutes=10)
SECOND_CONTACT_AFTER: Final = timedelta(minutes=15)

_PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (15, 15, 30, 60, 120))
_LONGEST: Final = timedelta(hours=4)


def first_step_at(kind: str, now: datetime) -> datetime:
    """When someone is first told about an alert of this kind. What is not grave keeps to the coach's hours after that
    (`rules.reaching`)."""
    return now if kind in URGENT else now + BUNDLED_AFTER


def next_step_at(told: int, now: datetime) -> datetime:
    """When to tell again after so many rounds: 15, 30, 60 minutes and 2 and 4 hours after the first, then 4-hourly."""
    return now + (_PAUSES[told - 1] if told <= len(_PAUSES) else _LONGEST)


def tells_second_contact(told: int) -> bool:
    """Whether the round after so many also tells the second contact: every one but the first."""
    return told >= 1
