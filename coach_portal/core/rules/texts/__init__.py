"""The words said by text: pure, in the client's language, in as few segments as their own words allow.

One thought, one question, and any answer works. Language data lives in `en.py`, `es.py`; a third language is one more
such file. Every function takes a locale ("es-MX" speaks Spanish, an unknown one English) and, where a wording varies,
a `variant`: any whole number, the same one always giving the same words.
"""

from coach_portal.core.rules.texts.answers import answer
from coach_portal.core.rules.texts.check_ins import (
    check_in,
    reflection,
    reflection_question,
    themes,
    wins_question,
)
from coach_portal.core.rules.texts.consents import (
    INVITATION_VERSION,
    START_AGAIN_VERSION,
    WELCOME_VERSION,
    declined,
    help_answer,
    invitation,
    start_again,
    stop_confirmation,
    unknown_sender,
    welcome,
)
from coach_portal.core.rules.texts.digests import digest
from coach_portal.core.rules.texts.holds import paused, resumed, snoozed, status, undone
from coach_portal.core.rules.texts.kindness import kinder_reading
from coach_portal.core.rules.texts.safety import RiskKind, backup_alert, coach_alert, safety_answer
from coach_portal.core.rules.texts.words import GoalWeek, GoalWords, Tally, Terms

__all__ = [
    "INVITATION_VERSION",
    "START_AGAIN_VERSION",
    "WELCOME_VERSION",
    "GoalWeek",
    "GoalWords",
    "RiskKind",
    "Tally",
    "Terms",
    "answer",
    "backup_alert",
    "check_in",
    "coach_alert",
    "declined",
    "digest",
    "help_answer",
    "invitation",
    "kinder_reading",
    "paused",
    "reflection",
    "reflection_question",
    "resumed",
    "safety_answer",
    "snoozed",
    "start_again",
    "status",
    "stop_confirmation",
    "themes",
    "undone",
    "unknown_sender",
    "welcome",
    "wins_question",
]
