"""Consent in words, from the invitation to the goodbye.

The first texts name the coach, what comes and how often, rates, HELP and STOP (CTIA Messaging Principles), and that
nobody watches and it is not for emergencies. The goodbye confirms and says nothing more (47 CFR 64.1200(a)(12)), and
nobody who has already stopped is told so again.
"""

from typing import Final

from coach_portal.core.rules.crisis_lines import crisis_lines
from coach_portal.core.rules.sms_text import to_gsm
from coach_portal.core.rules.texts.fitting import phrase, plain
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.texts.safety import in_brief
from coach_portal.core.rules.texts.words import Terms

INVITATION_VERSION: Final = "invitation-1"
WELCOME_VERSION: Final = "welcome-2"
START_AGAIN_VERSION: Final = "start-again-1"
"""Which wording a consent rests on; kept in the ledger beside the wording itself. New words, a new number."""


def invitation(terms: Terms, client: str, locale: str) -> str:
    """The first text of all: who asks, for what, how often, and the one word that begins it."""
    return _agreement(language(locale).agreeing.invitation, terms, locale, client)


def welcome(terms: Terms, client: str, locale: str) -> str:
    """The first text after a yes, with all that the law and decency want said once."""
    return _agreement(language(locale).agreeing.welcome, terms, locale, client)


def declined(terms: Terms, locale: str) -> str:
    """After a no to the invitation."""
    return _agreement(language(locale).agreeing.declined, terms, locale)


def help_answer(terms: Terms, locale: str) -> str:
    """The answer to HELP, for clients and for those who have stopped; a frightened person may send that one word."""
    return _agreement(language(locale).agreeing.help, terms, locale)


def stop_confirmation(practice: str, locale: str) -> str:
    """The one text after an opt-out. It confirms; it sells, asks and explains nothing."""
    return to_gsm(language(locale).agreeing.stopped.format(practice=plain(practice)))


def start_again(terms: Terms, locale: str) -> str:
    """After START from someone who had stopped."""
    return _agreement(language(locale).agreeing.started_again, terms, locale)


def unknown_sender(practice: str, country: str | None, locale: str) -> str:
    """To a number we do not know, once; `country` is their phone's."""
    words = language(locale)
    crisis = in_brief(crisis_lines(country), words)
    return to_gsm(words.agreeing.unknown_sender.format(practice=plain(practice), crisis=crisis))


def _agreement(template: str, terms: Terms, locale: str, client: str = "") -> str:
    words = language(locale)
    return to_gsm(
        phrase(
            [template],
            0,
            client=plain(client),
            coach=plain(terms.coach),
            practice=plain(terms.practice),
            contact=plain(terms.contact),
            per_week=str(terms.per_week),
            crisis=in_brief(crisis_lines(terms.country), words),
        )
    )
