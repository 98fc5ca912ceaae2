"""What can still be done for a text while the database is away: if it tells of danger, name the lines to call."""

from datetime import datetime

from coach_portal.core.rules.phone import country_of
from coach_portal.core.rules.replies import understand
from coach_portal.core.rules.replies.language_file import language_names, telling_words
from coach_portal.core.rules.replies.text import tokens_of
from coach_portal.core.rules.replies.understanding import Situation
from coach_portal.core.rules.texts.safety import safety_answer
from coach_portal.core.services.replies.arrival import InboundSms


def safety_answer_to(text: InboundSms, now: datetime) -> str | None:
    """The safety answer, in the language of the text, for the country of the number; None without danger.

    A second such answer to the same person may follow, since nobody remembers the first.
    """
    locale = _language_of(text.body)
    understood = understand(text.body, Situation("none", (), (), now.replace(tzinfo=None), locale))
    if understood.risk != "explicit":
        return None
    return safety_answer(country_of(text.from_phone), None, understood.risk_kind, locale)


def _language_of(body: str) -> str:
    """Whose words there are most of, since the client's own language cannot be known; English where none tells."""
    words = [token.word for token in tokens_of(body)]
    names = ["en", *(name for name in language_names() if name != "en")]
    return max(names, key=lambda name: sum(_tells(word, name, names) for word in words))


def _tells(word: str, name: str, names: list[str]) -> bool:
    return all(word in telling_words(name, other) for other in names if other != name)
