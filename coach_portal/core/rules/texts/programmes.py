"""A programme's texts, which coaches write in their own words: what stands in for names, and what is wrong with one."""

from typing import Any, Final

from coach_portal.core.rules.texts import wordings
from coach_portal.core.rules.texts.wordings import Holds

NAMES: Final = Holds(frozenset(), frozenset({"client", "coach"}))
LONGEST: Final = 480
"""Three segments: what one text of a sequence may weigh."""


def trouble(body: str) -> str | None:
    """What to do about a text, None if it may be used."""
    return wordings.trouble_with(NAMES, body, LONGEST)


def named(body: str, *, client: str, coach: str) -> str:
    """The text as this client reads it; names are first names."""
    return body.format(client=client, coach=coach)


def said(step: Any, name: str, locale: str) -> str | None:
    """One of a step's texts (body, title, anchor, unit) in a client's language, else as it was written first."""
    other: str | None = (step.words or {}).get(locale[:2], {}).get(name)
    written: str | None = getattr(step, name)
    return other or written
