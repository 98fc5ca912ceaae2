"""What the tests of the texts share: all wordings of a language, and ordinary people."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime

from coach_portal.core.rules.crisis_lines import COUNTRIES
from coach_portal.core.rules.texts import Terms
from coach_portal.core.rules.texts.language import language

LOCALES = ("en", "es")
EVERYWHERE = (*COUNTRIES, None)
NAMES = {"en": "Marco", "es": "Guillermo"}
VARIANTS = range(6)


def wordings(locale: str) -> Iterator[str]:
    """Every sentence we say in a language; names of days and months and the like are no sentences of ours."""
    words = language(locale)
    for part in (words.asking, words.answering, words.holding, words.weekly, words.agreeing, words.caring):
        yield from _strings(part)


def terms(country: str | None = "US") -> Terms:
    return Terms(
        practice="Dana Lee Coaching", coach="Dana", contact="dana@example.com, 555-0100", country=country, per_week=10
    )


def at(moment: str) -> datetime:
    """A client's local wall time, which has no offset: at("2026-11-20 19:00")."""
    return datetime.fromisoformat(moment)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(tuple(value.values()))
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    elif is_dataclass(value):
        yield from _strings(tuple(getattr(value, field.name) for field in fields(value)))
