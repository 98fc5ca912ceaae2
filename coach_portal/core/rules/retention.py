"""How long what is kept, and why. The page and docs/data.md tell it from here.

Proof of consent is not among it: it stays for as long as a claim can be made (four to five years in the United States),
and is never removed by the software.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from coach_portal.core.rules.access import ANSWERS_KEPT

MONTH: Final = timedelta(days=30)
USUAL_MONTHS: Final = 24
"""What a practice begins with: long enough for who comes back after a year."""
CHOICES: Final = (3, 6, 12, 24, 36)
"""Months after which a former client may be forgotten."""
NOTICE: Final = timedelta(days=30)
"""How long before that the practice can read whose turn it is."""
EVERY: Final = timedelta(hours=20)
"""How often the house is tidied: once a day, whenever the last time was a little less than a day ago."""
PICTURES_ENDED: Final = timedelta(days=7)
"""How far back a tidying looks for pictures whose links have ended, should it have been missed for some days."""
MISSED: Final = timedelta(days=2)
"""When a tidying that did not happen is worth waking somebody."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of thing, how long it is kept, and in which words a page says so."""

    name: str
    age: timedelta
    words: str


RAW_TEXTS: Final = Kept("raw_texts", timedelta(days=30), "Texts as the carrier posted them, beside the conversation")
EMAILS: Final = Kept("emails", timedelta(days=90), "What emails to coaches said")
IMPORTS: Final = Kept("imports", timedelta(days=7), "CSV files that were imported or only looked at")
SIGN_INS: Final = Kept("sign_ins", timedelta(days=30), "Failed sign-ins")
SESSIONS: Final = Kept("sessions", timedelta(days=90), "Browsers that were signed in")
ANSWERS: Final = Kept(
    "answers", ANSWERS_KEPT, "What other software was answered, to answer the same when it asks again"
)
EVENTS: Final = Kept("events", timedelta(days=30), "Events for other software, and where they were posted")
TRAIL: Final = Kept("trail", timedelta(days=3 * 365), "The audit log")
ALL: Final = (RAW_TEXTS, EMAILS, IMPORTS, SIGN_INS, SESSIONS, ANSWERS, EVENTS, TRAIL)


def is_former(consent: str, archived_at: datetime | None) -> bool:
    """Whether someone is no client any more: filed away, or they said no or stop."""
    return archived_at is not None or consent in {"declined", "revoked"}


def forgotten_at(last_sign: datetime, months: int) -> datetime:
    """When a former client is forgotten, of whom this was the last sign."""
    return last_sign + months * MONTH
