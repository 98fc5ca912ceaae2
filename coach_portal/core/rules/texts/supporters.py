"""What is said to a client about the person who may see their week, and to that person: numbers, never words."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from coach_portal.core.rules.sms_text import to_gsm
from coach_portal.core.rules.texts.fitting import first_that_fits, plain, shorten
from coach_portal.core.rules.texts.language import language

SHARE_VERSION: Final = "share-1"
SUPPORTER_VERSION: Final = "supporter-1"
"""Which wording a consent rests on. New words, a new number."""
LINE_LENGTH = 100
"""Characters of a supporter's line that fit before a question."""

Answer = Literal["yes", "no", "end"]
_PHONE = re.compile(r"(?P<name>[^\d+]{1,60}?)[\s:,]*(?P<phone>\+?[\d\s().-]{8,20})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Named:
    """Someone a client named: "share Ana +16175550199"."""

    name: str
    phone: str


def may_they(client: str, supporter: str, locale: str) -> str:
    """To the client: may this person see how their week went?"""
    return _say(language(locale).supporting.may_they, client=client, supporter=supporter)


def shared(supporter: str, locale: str) -> str:
    """To the client, after their yes."""
    return _say(language(locale).supporting.shared, supporter=supporter)


def not_shared(supporter: str, locale: str) -> str:
    """To the client, after their no."""
    return _say(language(locale).supporting.not_shared, supporter=supporter)


def no_longer(supporter: str, locale: str) -> str:
    """To the client, once it has ended."""
    return _say(language(locale).supporting.no_longer, supporter=supporter)


def cannot(locale: str) -> str:
    """To the client who named someone in a way we cannot read."""
    return language(locale).supporting.cannot


def invitation(client: str, supporter: str, practice: str, locale: str) -> str:
    """To the supporter: the first text of all."""
    return _say(language(locale).supporting.invitation, client=client, supporter=supporter, practice=practice)


def agreed(client: str, locale: str) -> str:
    """To the supporter, after their yes."""
    return _say(language(locale).supporting.agreed, client=client)


def taken(client: str, locale: str) -> str:
    """To the supporter, whose line waits for the next check-in."""
    return _say(language(locale).supporting.taken, client=client)


def week(client: str, done: int, days: int, own_wins: int, locale: str) -> str:
    """To the supporter: how the week went, in numbers."""
    words = language(locale)
    rows = [words.supporting.days.format(done=done, days=days)] if done else []
    if own_wins:
        told = words.supporting.own_win if own_wins == 1 else words.supporting.own_wins
        rows.append(told.format(count=own_wins))
    if not rows:
        return _say(words.supporting.quiet, client=client)
    return first_that_fits([words.supporting.week.format(client=plain(client), rows=", ".join(rows))])


def line_before(question: str, supporter: str, line: str, locale: str) -> str:
    """A client's question with the line that came for them before it."""
    said = shorten(" ".join(line.split()).rstrip(".").replace('"', "'"), LINE_LENGTH)
    told = language(locale).supporting.line.format(supporter=plain(supporter), line=said)
    return f"{told} {question}"


def answer_of(body: str, locale: str) -> Answer | None:
    """Whether a text is a bare yes or no, or ends the sharing."""
    words = language(locale).supporting
    said = " ".join(re.sub(r"[^\w\s]", " ", body.casefold()).split())
    for answer, known in (("yes", words.yes), ("no", words.no), ("end", words.end)):
        if said in known:
            return answer  # type: ignore[return-value]
    return None


def named_in(body: str, locale: str) -> Named | None:
    """Whom a text asks to share with; with an empty phone where it cannot be read. None where it asks nothing such."""
    first, _, rest = body.strip().partition(" ")
    if first.casefold() not in language(locale).supporting.share or not re.search(r"\d{5}", re.sub(r"\D", "", rest)):
        return None
    found = _PHONE.fullmatch(rest.strip())
    if found is None:
        return Named("", "")
    return Named(found["name"].strip(" :,-"), re.sub(r"[^\d+]", "", found["phone"]))


def _say(template: str, **names: str) -> str:
    return to_gsm(template.format(**{key: plain(value) for key, value in names.items()}))
