"""What a US practice has to tell the carriers before its number may text, in words to paste (A2P 10DLC).

Fields and limits as Twilio's console asks for them when a campaign is registered (read November 2026); the samples are
the very texts that we send, because reviewers compare.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from coach_portal.core.rules.texts import check_ins, consents
from coach_portal.core.rules.texts.words import GoalWords, Terms

CHECKED_ON: Final = date(2026, 11, 20)
"""When the steps were last compared with Twilio's own pages."""
SAMPLE_GOAL: Final = GoalWords("5 squats", "after I brush my teeth", 5, "squats")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form: its name there, and what to paste."""

    name: str
    words: str


def campaign(terms: Terms, stop_page: str) -> Sequence[Field]:
    """The campaign's fields for a practice; `stop_page` is the address where anyone can stop their texts."""
    practice = terms.practice
    invited = consents.invitation(terms, "Sam", "en")
    asked = check_ins.check_in([SAMPLE_GOAL], "en", client="Sam", coach=terms.coach)
    return [
        Field("Use case", "Sole Proprietor, or Low Volume Mixed if you registered with a tax number (EIN)."),
        Field(
            "Campaign description",
            f"{practice} is a personal coaching practice. It sends its own coaching clients short check-ins about the "
            "small habits they agreed with their coach (for example, five squats a day), reminders of their coaching "
            "sessions, and a weekly summary of their own progress. Clients answer by text. No marketing is sent.",
        ),
        Field(
            "How do end-users consent to receive messages?",
            f"Clients of {practice} agree to check-ins by text in person, in a coaching session, and give their coach "
            "their mobile number. They then get one text that names the practice and the coach, says what will be sent "
            "and how often, that message and data rates may apply, and how to get help or stop. Nothing else is sent "
            f"unless they answer YES to it. That text reads: “{invited}” Consent is not a condition of any purchase, "
            "and mobile numbers and consent are never shared with or sold to third parties.",
        ),
        Field("Sample message 1", asked),
        Field("Sample message 2", check_ins.wins_question("en", client="Sam")),
        Field("Sample message 3", invited),
        Field("Opt-in keywords", "YES, START"),
        Field("Opt-in message", consents.welcome(terms, "Sam", "en")),
        Field("Opt-out keywords", "STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT"),
        Field("Opt-out message", consents.stop_confirmation(practice, "en")),
        Field("Help keywords", "HELP, INFO"),
        Field("Help message", consents.help_answer(terms, "en")),
        Field(
            "Privacy policy (a page of yours; these sentences must stand in it)",
            f"{practice} uses your mobile number only to send the coaching texts you agreed to. Mobile numbers and "
            "consent to texts are not shared with or sold to third parties or affiliates for marketing. You can stop "
            f"all texts at any time by answering STOP or at {stop_page}.",
        ),
        Field(
            "Terms (likewise)",
            f"{practice} sends check-ins, reminders and a weekly summary by text, up to 10 messages a week. Message "
            "and data rates may apply. Answer HELP for help, STOP to end. Carriers are not liable for delayed or "
            f"undelivered messages. Contact: {terms.contact}.",
        ),
    ]
